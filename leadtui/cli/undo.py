"""`leadtui undo`: take back the last step, as `u` does on screen."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.leads import write_lead
from leadtui.cli.options import CommandOptions, DryRunOption, JsonOption, session_for
from leadtui.cli.output import tell, write_json_list
from leadtui.cli.records import open_lead_record
from leadtui.errors import NotFound, Refused
from leadtui.language.translate import N_, _

if TYPE_CHECKING:
    from leadtui.services.leads import OpenLead

YesOption = Annotated[
    bool, typer.Option("--yes", help=N_("Take back also a step that is not of today, without being asked."))
]


def undo_command(
    common: CommandOptions,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.presentation.errors import sentence
    from leadtui.presentation.formatter import Formatter
    from leadtui.presentation.undo import undone_sentence
    from leadtui.services.leads import open_lead
    from leadtui.services.undo import NotTakenBack, last_undoable, undo

    with session_for(common) as session:
        formatter = Formatter(session)
        last = last_undoable(session) if yes or dry_run else None
        try:
            undone = undo(session, confirmed=last.step_id if last else None, dry_run=dry_run)
        except NotTakenBack as error:
            if error.asks:
                step = sentence(error, formatter)
                # Translators: {step} is a whole sentence that says which step it is.
                raise Refused(_("{step} Add --yes to take it back.").format(step=step)) from None
            raise
        words = undone_sentence(undone, formatter)
        tell(_("Nothing is changed yet. {words}").format(words=words) if dry_run else words)
        for each in undone.refused:
            tell(sentence(each, formatter))
        after: list[OpenLead] = []
        for each in () if dry_run else undone.taken:
            # Who left the person's sight by it is not shown; it is done all the same.
            with suppress(NotFound):
                after.append(open_lead(session, each.lead.id))
        if as_json:
            write_json_list(open_lead_record(each, session.definitions) for each in after)
        elif after:
            write_lead(session, after[0], as_json=False)
