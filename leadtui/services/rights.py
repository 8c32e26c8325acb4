"""What a person may do in a workspace, also while they look around as somebody else, and what they are told who may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import TypeAlias

from leadtui.domain.permission import Grant, Permission, Scope, common_grants
from leadtui.domain.visibility import Owners, common, reach
from leadtui.domain.workspace import Colleague, Definitions, MemberState
from leadtui.errors import NotFound, Refused
from leadtui.language.translate import ListStyle, _, format_list

Need: TypeAlias = Permission | frozenset[Permission]
"""What a person has to hold: a permission, or any one of several."""


class NotAtWork(NotFound):
    """The person does not work in the workspace: not any more, not now, or not yet."""


def colleague_of(definitions: Definitions, user_id: int) -> Colleague:
    """The person, whether they still work here or not. Raises NotAtWork where they never did."""
    person = definitions.colleague(user_id)
    if person is None:
        raise not_at_work()
    return person


def acting(actor_id: int, seen_as: str, definitions: Definitions) -> Colleague:
    """The person who acts, with what they may; while they look around as somebody else, as far as that one may, too."""
    person = colleague_of(definitions, actor_id)
    if not seen_as:
        return person
    seen = seen_colleague(seen_as, definitions) or definitions.profile(seen_as)
    if seen is None or (isinstance(seen, Colleague) and not seen.active):
        return replace(person, permissions=frozenset(), narrowed=frozenset())
    permissions, narrowed = common_grants(person.grants, seen.grants)
    return replace(
        person, permissions=permissions, narrowed=narrowed, fields=person.fields.common(seen.fields)
    )


def bounds(actor_id: int, seen_as: str, definitions: Definitions) -> tuple[Colleague, ...]:
    """Those as far as all of whom reach the person does: themselves, and the colleague as whom they look around."""
    seen = seen_colleague(seen_as, definitions)
    if seen is None:
        return (acting(actor_id, seen_as, definitions),)
    return (colleague_of(definitions, actor_id), seen)


def common_reach(bounds: Sequence[Colleague], permission: Permission, definitions: Definitions) -> Owners:
    """Those for whose customers each of these people may do something."""
    return reduce(common, (reach(each, permission, definitions) for each in bounds))


def seen_colleague(seen_as: str, definitions: Definitions) -> Colleague | None:
    """The colleague whom `Session.seen_as` names; None where it names a profile, or nobody."""
    return next((each for each in definitions.people if seen_as and each.email == seen_as), None)


def beyond(actor: Colleague, permission: Permission) -> Refused:
    """That the person's profile allows it, but not for the customers that it is wanted for."""
    scope = actor.scope(permission)
    words = (
        _("Your profile allows this for the customers of your teams alone ({permission}); ask a supervisor.")
        if scope is Scope.TEAM
        else _("Your profile allows this for your own customers alone ({permission}); ask a supervisor.")
    )
    return Refused(words.format(permission=Grant(permission, scope).name))


def require(actor: Colleague, needs: Sequence[Need]) -> None:
    """Raises Refused, naming the permissions, where the person's profile grants none of one of the needs."""
    for need in needs:
        any_of = need if isinstance(need, frozenset) else frozenset({need})
        if not any(actor.may(each) for each in any_of):
            named = format_list((each.value for each in Permission if each in any_of), ListStyle.OR)
            raise Refused(
                _("Your profile does not allow this ({permission}); ask a supervisor.").format(
                    permission=named
                )
            )


def not_at_work(person: Colleague | None = None) -> NotAtWork:
    """What somebody is told who does not work here: why, and what they can do; `person` as far as they are known here."""
    if person is not None and person.state is MemberState.SUSPENDED:
        return suspended()
    if person is not None and person.state is MemberState.INVITED:
        return NotAtWork(
            _("You are invited; `leadtui accept` with the code that you were given lets you in.")
        )
    return NotAtWork(_("You no longer work in this workspace; ask a supervisor."))


def suspended() -> NotAtWork:
    """What somebody is told whose access is suspended."""
    return NotAtWork(_("Your access to this workspace is suspended; ask a supervisor."))
