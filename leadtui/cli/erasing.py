"""`leadtui leads erase` and `erasures`: customers go for good, and what stays is that it happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.lead_status import app
from leadtui.cli.options import CommandOptions, JsonOption, session_for, text_option
from leadtui.cli.output import ask, on_a_terminal, tell, write_json_list, write_table
from leadtui.cli.records import erasure_record
from leadtui.cli.several import LeadsArgument, require_one_way, those_meant
from leadtui.cli.view_options import ViewOptions
from leadtui.errors import Invalid, NotFound
from leadtui.language.translate import N_, _, counted, ngettext, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.erasing import Erased
    from leadtui.services.session import Session

WhyOption = Annotated[
    str, text_option("TEXT", N_("Why; it stays, so leave name, number and e-mail out."), "--reason")
]
ConfirmOption = Annotated[
    str,
    text_option(
        "TEXT",
        N_(
            "The customer's name; without one the last four digits of the number. For several “ERASE” and how many."
        ),
        "--confirm",
    ),
]
YesOption = Annotated[
    int | None,
    typer.Option(
        "--yes",
        metavar="COUNT",
        min=1,
        show_default=False,
        help=N_("In place of the confirmation: how many customers it must be, else nothing is erased."),
    ),
]
ForgetOption = Annotated[
    bool,
    typer.Option(
        "--forget-numbers", help=N_("Keep no digest by which the numbers are known when they come in again.")
    ),
]


@app.command(
    "erase",
    help=N_(
        "Erase customers for good: those who are named, or all that the options narrow to. Nothing of them stays but "
        "that it happened, when, by whom and why."
    ),
    epilog=(
        "leadtui leads erase 09121234567 --reason 'asked for it' --confirm 'Sara Ahmadi'\n"
        "leadtui leads erase --channel fair --reason 'no consent' --yes 40"
    ),
)
def erase_command(
    common: CommandOptions,
    asked: ViewOptions,
    lead: LeadsArgument = [],  # noqa: B006  # Typer copies it
    reason: WhyOption = "",
    confirm: ConfirmOption = "",
    yes: YesOption = None,
    forget_numbers: ForgetOption = False,
) -> None:
    require_one_way(lead, asked)
    with session_for(common) as session:
        ids = those_meant(session, lead, asked)
        erased = _erase(
            session, ids, reason, _confirmed(session, ids, confirm, yes), remember=not forget_numbers
        )
        tell(
            _("The customer was erased.")
            if erased.count == 1
            else ngettext("{n} customer was erased.", "{n} customers were erased.", erased.count).format(
                n=counted(erased.count)
            )
        )
        if not erased.complete:
            tell(
                _(
                    "Copies may still be in the store's files; they go with the next erasing, or with `leadtui doctor --repair`."
                )
            )


def _confirmed(session: Session, ids: Sequence[int], confirm: str, yes: int | None) -> str:
    """What confirms it: as it was typed, asked for where somebody can answer, or agreed to by how many there are.

    Raises NotFound where it would be nobody, Invalid where it is another number.
    """
    from leadtui.services.erasing import CONFIRMATION_FIELD

    if not ids:
        raise NotFound(_("No customer is meant; nothing was erased."))
    if yes is not None and yes != len(ids):
        words = ngettext(
            "{n} customer is meant, not {yes}; nothing was erased.",
            "{n} customers are meant, not {yes}; nothing was erased.",
            len(ids),
        )
        raise Invalid(words.format(n=counted(len(ids)), yes=counted(yes)), CONFIRMATION_FIELD)
    if confirm or (yes is None and not on_a_terminal()):
        return confirm
    expected = _expected(session, ids)
    return expected if yes is not None else ask(_("Type “{expected}” to confirm").format(expected=expected))


def _expected(session: Session, ids: Sequence[int]) -> str:
    from leadtui.services.erasing import to_confirm, to_confirm_many
    from leadtui.services.leads import open_lead

    return to_confirm(open_lead(session, ids[0]).lead) if len(ids) == 1 else to_confirm_many(len(ids))


def _erase(session: Session, ids: Sequence[int], reason: str, confirmed: str, *, remember: bool) -> Erased:
    from leadtui.services.erasing import erase, erase_many

    if len(ids) == 1:
        return erase(session, ids[0], reason, confirmed, remember=remember)
    return erase_many(session, ids, reason, confirmed, remember=remember)


@app.command(
    "erasures",
    help=N_("List what was erased: when, by whom and why."),
    epilog="leadtui leads erasures --json",
)
def erasures_command(common: CommandOptions, as_json: JsonOption = False) -> None:
    from leadtui.services.erasing import list_erasures

    with session_for(common) as session:
        erasures = list_erasures(session)
        if as_json:
            write_json_list(erasure_record(each, session.definitions) for each in erasures)
            return
        formatter = Formatter(session)
        columns = [
            TextColumn(pgettext("column", "When")),
            TextColumn(pgettext("column", "By"), yields=1, least=8),
            TextColumn(pgettext("column", "Reason"), yields=2),
            TextColumn(""),
        ]
        rows = [
            [
                formatter.moment(each.at),
                formatter.person(each.actor_id),
                each.reason,
                "" if each.wiped_at else pgettext("notice", "copies may still be in the files"),
            ]
            for each in erasures
        ]
        write_table(columns, rows)
