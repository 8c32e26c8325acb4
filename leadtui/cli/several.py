"""Which customers a command is about that takes many: those that are named, or all that options narrow down to."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.options import words
from leadtui.cli.view_options import ViewOptions, chosen_view
from leadtui.language.translate import N_, _

if TYPE_CHECKING:
    from leadtui.services.session import Session

LeadsArgument = Annotated[
    list[str],
    typer.Argument(
        parser=words,
        metavar="LEAD…",
        help=N_("An id, a phone number in any writing, or an e-mail. Several times."),
    ),
]


def require_one_way(named: Sequence[str], asked: ViewOptions) -> None:
    """Raises BadParameter where customers are named and narrowed down, or neither: all of them are never meant."""
    if bool(named) == (asked != ViewOptions()):
        raise typer.BadParameter(_("Name customers, or narrow them down by options: one of the two."))


def those_meant(session: Session, named: Sequence[str], asked: ViewOptions) -> array[int]:
    """The ids, in the order in which they are named or listed. Raises NotFound, Invalid."""
    from leadtui.services.lead_list import LeadList
    from leadtui.services.leads import find_lead

    if named:
        return array("q", dict.fromkeys(find_lead(session, each).id for each in named))
    return LeadList(session).order(chosen_view(session, asked))
