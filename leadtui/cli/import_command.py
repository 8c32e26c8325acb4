"""`leadtui import`: bringing customers in from files."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from leadtui.cli.import_options import DEFAULT_TEMPLATE, ImportCommandOptions
from leadtui.cli.options import (
    CommandOptions,
    JsonOption,
    own_settings,
    session_for,
    stop_told,
    usual_preferences,
)
from leadtui.cli.output import (
    Json,
    ask,
    note_saved,
    on_a_terminal,
    progress_bar,
    tell,
    write_json,
    write_line,
)
from leadtui.domain.importing import Counts, ImportOptions
from leadtui.language import translate
from leadtui.language.translate import N_, _, counted, ngettext, pgettext
from leadtui.presentation.formatter import Formatter

if TYPE_CHECKING:
    from leadtui.domain.workspace import Template
    from leadtui.services.importing.report import ImportReport
    from leadtui.services.session import Session


FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help=N_("CSV, TSV or XLSX files, in the order to import them.")),
]


def import_command(
    common: CommandOptions,
    files: FilesArgument,
    asked: ImportCommandOptions,
    as_json: JsonOption = False,
) -> None:
    from leadtui.presentation.import_report import went_on_sentence
    from leadtui.services.importing.running import import_files
    from leadtui.services.lead_list import LeadList

    options = asked.read()
    with _session(common, asked.template, files, options) as session:
        if on_a_terminal() and not asked.strict and not as_json:
            options = _decided(session, files, options)
        with progress_bar(pgettext("progress", "Importing")) as progress:
            reports = import_files(session, files, options, progress)
        customers = LeadList(session).count()
        went_on = [went_on_sentence(each, Formatter(session)) for each in reports if each.went_on is not None]
    # Only now is a new store in its place: whoever reads the report may go away without spoiling that.
    for sentence in went_on:
        tell(sentence)
    if as_json:
        write_json(_record(reports, customers))
    else:
        _write_reports(reports, customers)


def _decided(session: Session, files: list[Path], options: ImportOptions) -> ImportOptions:
    """The options after the person has decided what the files leave open; Enter chooses what is likelier."""
    from leadtui.services.importing.running import find_doubts

    for doubt in find_doubts(session, files, options):
        tell(doubt.question())
        for number, choice in enumerate(doubt.choices, start=1):
            tell(f"  {number}  {choice.words}")
        chosen = 0
        while not 1 <= chosen <= len(doubt.choices):
            answer = ask(_("Which one? Enter takes the first."), default="1").strip()
            chosen = int(answer) if answer.isdecimal() else 0
        options = doubt.decided(options, doubt.choices[chosen - 1])
    return options


@contextmanager
def _session(
    chosen: CommandOptions, template: str, files: list[Path], options: ImportOptions
) -> Generator[Session]:
    """A session on the store to import into: the store's, or one on a new store, which is made only if all goes well."""
    from leadtui.services.new_store import has_workspace, new_session
    from leadtui.services.templates import load_template

    if has_workspace(chosen.where):
        if template != DEFAULT_TEMPLATE:
            tell(_("The store is there already, so the template is left out."))
        with session_for(chosen) as session, stop_told(_to_go_on):
            yield session
        return
    settings, keep = own_settings(), not options.dry_run
    with ExitStack() as block:
        block.enter_context(stop_told(lambda: _to_go_on() if has_workspace(chosen.where) else _not_made()))
        begins_with = load_template(template)
        spoken = usual_preferences(settings).language or begins_with.workspace.language
        translate.use(chosen.language or spoken)
        begins_with, why = _at_home(begins_with, files, options)
        session = block.enter_context(new_session(chosen.where, begins_with, chosen.who, keep=keep))
        yield session
    if keep:
        note_saved()
        tell(
            _("Made the store {path}; {email} is its supervisor.").format(
                path=chosen.where, email=session.actor.email
            )
        )
    tell(why.format(region=begins_with.workspace.region))


def _to_go_on() -> str:
    return _("Stopped. What was imported stays; run the same command again to go on.")


def _not_made() -> str:
    return _("Stopped; no store was made.")


def _at_home(template: Template, files: list[Path], options: ImportOptions) -> tuple[Template, str]:
    """The template with the country of a new store, and how that is known."""
    from leadtui.services.importing.home_region import region_of_files
    from leadtui.services.importing.preparing import require_region

    require_region(options.region)
    region, why = options.region.upper(), _("Its country is {region}, as --region says.")
    if not region and template.names_region:
        return template, _("Its country is {region}, as the template says.")
    if not region:
        found = region_of_files(files, options, template.workspace.region)
        region = "" if found is None else found.region
        why = (
            _("Its country is {region}: words and numbers of the files are written as there.")
            if found is not None and found.by_writing
            else _(
                "Its country is {region}: most numbers of the files that have a country code are of there."
            )
        )
    if not region:
        why = _(
            "Its country is {region}, as far as the time zone of this machine tells; name another with --region."
        )
        return template, why
    return replace(template, workspace=replace(template.workspace, region=region)), why


def _record(reports: tuple[ImportReport, ...], customers: int) -> dict[str, Json]:
    from leadtui.services.importing.report import reports_to_json

    summed = cast("dict[str, Json]", reports_to_json(reports))
    files = summed.pop("files")
    return {**summed, "customers": customers, "files": files}


def _write_reports(reports: tuple[ImportReport, ...], customers: int) -> None:
    from leadtui.presentation.import_report import count_words, report_lines

    for report in reports:
        for line in report_lines(report):
            write_line(line)
        write_line()
    total = sum((report.counts for report in reports), Counts())
    if len(reports) > 1:
        write_line(pgettext("notice", "Together: {counts}").format(counts=count_words(total)))
    in_all = ngettext("The store holds {n} customer.", "The store holds {n} customers.", customers)
    if any(report.dry_run for report in reports):
        write_line(_("This was a dry run: the store is as it was."))
    write_line(in_all.format(n=counted(customers)))
