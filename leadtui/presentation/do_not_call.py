"""Why somebody must not be rung: who forbade it, when and why."""

from __future__ import annotations

from leadtui.domain.do_not_call import Ban
from leadtui.domain.permission import Permission
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import Formatter


def ban_sentence(ban: Ban, formatter: Formatter) -> str:
    """Who forbade calls, when and why."""
    name = pgettext("person", "somebody") if ban.by is None else formatter.person(ban.by)
    when, status = formatter.moment(ban.at), formatter.definitions.status(ban.status_id)
    if status is not None:
        words = _("Do not call: {name} set “{status}” ({when}).")
        if ban.reason:
            words = _("Do not call: {name} set “{status}” ({when}): “{reason}”.")
        return words.format(name=name, status=status.title, when=when, reason=ban.reason)
    words = _("Do not call: {name} put {number} on the do-not-call list ({when}): “{reason}”.")
    return words.format(name=name, number=formatter.phone(ban.e164), when=when, reason=ban.reason)


def call_refusal(ban: Ban, formatter: Formatter) -> str:
    """The sentences that refuse a call: who forbade it, when, why, and what can be done."""
    if formatter.session.actor.may(Permission.ALLOW_CALLS):
        todo = _("To call anyway, allow calls first (d) and say why.")
    else:
        todo = _("Only somebody with the permission {permission} can allow calls again.").format(
            permission=Permission.ALLOW_CALLS.value
        )
    return f"{ban_sentence(ban, formatter)} {todo}"
