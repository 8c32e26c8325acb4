"""What an expected error says to the person it stops, where it tells of what somebody did."""

from __future__ import annotations

from leadtui.domain.do_not_call import Ban
from leadtui.domain.lead import Activity, Lead
from leadtui.domain.permission import Permission
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.presentation.activity_sentence import activity_sentence, when
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.lead_details import ban_sentence
from leadtui.presentation.undo import step_words
from leadtui.services.do_not_call import CallForbidden
from leadtui.services.leads import LeadChanged
from leadtui.services.undo import NotTakenBack


def sentence(error: LeadtuiError, formatter: Formatter) -> str:
    """Who did what, and when, where the error knows it and the person may; else the error's own sentence."""
    if isinstance(error, LeadChanged):
        happened = activity_sentence(error.activity, error.lead, formatter)
        # Translators: {deed} is a whole sentence that says who did what, and when.
        return _("{deed} Look at what changed, then save.").format(deed=happened)
    if isinstance(error, CallForbidden):
        return call_refusal(error.ban, formatter)
    if not isinstance(error, NotTakenBack) or error.activity is None:
        return str(error)
    if error.asks:
        return _question(error.activity, error.lead, formatter)
    happened = activity_sentence(error.activity, error.lead, formatter)
    # Translators: {deed} is a whole sentence that says who did what, and when.
    return _("{deed} Your step before it can no longer be taken back.").format(deed=happened)


def call_refusal(ban: Ban, formatter: Formatter) -> str:
    """The sentences that refuse a call: who forbade it, when, why, and what can be done."""
    if formatter.session.actor.may(Permission.ALLOW_CALLS):
        todo = _("To call anyway, allow calls first and say why.")
    else:
        todo = _("Only somebody with the permission {permission} can allow calls again.").format(
            permission=Permission.ALLOW_CALLS.value
        )
    return f"{ban_sentence(ban, formatter)} {todo}"


def _question(step: Activity, lead: Lead, formatter: Formatter) -> str:
    """Which step would be taken back: one of another day, or of today where others were passed over."""
    today = formatter.context.days_ahead(step.at) == 0
    words = (
        _("Your last step that is left: {step}, {when}.") if today else _("Your last step: {step}, {when}.")
    )
    return words.format(step=step_words(step, lead, formatter), when=when(step.at, formatter))
