"""Which workspace of a store is meant, and which person, by what was said and by the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from getpass import getuser
from typing import TypeAlias

from leadtui.domain.workspace import Colleague, Definitions, OwnWorkspace, last_entered
from leadtui.errors import NotFound, Refused
from leadtui.language.text import clean, fold_digits, search_key
from leadtui.language.translate import _, format_list

Pick: TypeAlias = Callable[[Sequence[OwnWorkspace]], int]
"""Gives the id of one of several workspaces in which a person works, where none was named."""


def any_of_them(own: Sequence[OwnWorkspace]) -> int:
    """The workspace where the person was last, else the first: for what concerns no single one."""
    return (last_entered(own) or own[0]).id


class ClosedWorkspace(Refused):
    """Nobody works in the workspace any more, as long as nobody opens it again."""


def closed_workspace(title: str) -> ClosedWorkspace:
    """What is said where somebody wants to work in a workspace that is closed."""
    return ClosedWorkspace(
        _(
            "“{title}” is closed: nobody works in it. Its owner opens it again in the menu of workspaces, "
            "or by `leadtui workspaces reopen`."
        ).format(title=title)
    )


def system_email() -> str:
    """How the person at this machine is known where nobody said otherwise."""
    try:
        return kept_address(f"{getuser()}@localhost")
    except (KeyError, OSError):
        return "me@localhost"


def kept_address(email: str) -> str:
    """An e-mail address as it is kept."""
    return clean(clean(email).casefold())


def which_workspace(
    there: Mapping[int, str], own: Sequence[OwnWorkspace], title: str, pick: Pick | None
) -> int:
    """The workspace that is meant among those that are `there`, by their ids, in some of which the person works."""
    if title:
        return _named(there, own, title)
    open_ones = [each for each in own if not each.closed] or list(own)
    if len(there) == 1:
        return next(iter(there))
    if not open_ones:
        raise NotFound(
            _("You work in none of the workspaces of this store; say who you are with --as EMAIL.")
        )
    if len(open_ones) == 1:
        return open_ones[0].id
    if pick is not None:
        return pick(open_ones)
    raise _several(each.title for each in open_ones)


def _named(there: Mapping[int, str], own: Sequence[OwnWorkspace], title: str) -> int:
    """The one of that title, else of that id; one in which the person works before others."""
    named = [each for each, known in there.items() if search_key(known) == search_key(title)]
    named = named or [each for each in there if str(each) == fold_digits(title)]
    own_ids = {each.id for each in own}
    found = [each for each in named if each in own_ids] or named
    if not found:
        raise NotFound(_("There is no workspace “{title}” in this store.").format(title=title))
    if len(found) > 1:
        raise _several(f"{there[each]} ({each})" for each in found)
    return found[0]


def _several(titles: Iterable[str]) -> NotFound:
    sentence = _(
        "Several workspaces of this store can be meant: {workspaces}. Name one with --workspace, by title or id."
    )
    return NotFound(sentence.format(workspaces=format_list(titles)))


def which_person(defined: Definitions, email: str) -> Colleague:
    """Whoever has that address; where none is said, whoever is at this machine, or works here alone. Raises NotFound."""
    active = defined.active_colleagues
    wanted = kept_address(email)
    people = format_list(person.email for person in active)
    if wanted:
        found = next((person for person in active if person.email == wanted), None)
        if found is None:
            raise NotFound(
                _("Nobody with the e-mail {email} works here. These do: {people}.").format(
                    email=email, people=people
                )
            )
        return found
    own = next((person for person in active if person.email == system_email()), None)
    if own is not None:
        return own
    if len(active) == 1:
        return active[0]
    raise NotFound(_("Say who you are with --as EMAIL. These work here: {people}.").format(people=people))
