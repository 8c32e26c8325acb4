"""`leadtui escalate`: pass on overdue reminders as the statuses say, for desks that are not open; and take that back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from leadtui.cli.options import CommandOptions, DryRunOption, JsonOption, session_for, text_option
from leadtui.cli.output import tell, write_json_list
from leadtui.cli.records import passed_on_record
from leadtui.language.translate import N_, _
from leadtui.presentation.formatter import Formatter

if TYPE_CHECKING:
    from leadtui.services.session import Session

TakeBackOption = Annotated[
    str,
    text_option("LEAD", N_("Takes back instead what was last passed on of this customer."), "--take-back"),
]


def escalate_command(
    common: CommandOptions,
    dry_run: DryRunOption = False,
    take_back: TakeBackOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.presentation.escalation import passed_on_sentence
    from leadtui.services.escalating import escalate

    with session_for(common) as session:
        if take_back:
            _take_back(session, take_back)
            return
        passed = escalate(session, dry_run=dry_run)
        formatter = Formatter(session)
        if dry_run and passed:
            tell(_("Nothing is changed yet."))
        for each in passed:
            tell(passed_on_sentence(each, formatter))
        if not passed:
            tell(_("Nothing is to be passed on."))
        if as_json:
            write_json_list(passed_on_record(each, session.definitions) for each in passed)


def _take_back(session: Session, typed: str) -> None:
    from leadtui.presentation.errors import sentence
    from leadtui.presentation.undo import undone_sentence
    from leadtui.services.leads import find_lead
    from leadtui.services.undo import undo_escalation

    undone = undo_escalation(session, find_lead(session, typed).id)
    formatter = Formatter(session)
    tell(undone_sentence(undone, formatter))
    for each in undone.refused:
        tell(sentence(each, formatter))
