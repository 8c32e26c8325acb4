"""`leadtui workspace`: what the workspace is called, where it is, and how it writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

import typer

from leadtui.cli.fields import TitleOption
from leadtui.cli.options import CommandOptions, JsonOption, session_for, text_option
from leadtui.cli.output import write_fields, write_json
from leadtui.cli.records import workspace_record
from leadtui.domain.workspace import Workspace
from leadtui.language.calendar import Calendar
from leadtui.language.territory import region_of, region_title
from leadtui.language.translate import N_, OWN_NAMES, base_language, language, pgettext


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceOptions:
    """What was typed of a workspace; each name is that of an option, and what was not said stays as it is."""

    speaks: Annotated[
        str, text_option("en|fa|ar", N_("The language of the workspace, by which names are sorted."))
    ] = ""
    country: Annotated[
        str, text_option("COUNTRY", N_("Where it is, by name or code. Else as the machine's zone says."))
    ] = ""
    zone: Annotated[
        str, text_option("ZONE", N_("The time zone, such as Asia/Tehran. Else the country's."))
    ] = ""
    currency: Annotated[
        str, text_option("CODE", N_("The currency of amounts, such as EUR. Else the country's."))
    ] = ""
    calendar: Annotated[
        Calendar | None, typer.Option(show_default=False, help=N_("The calendar. Else the country's."))
    ] = None

    @property
    def region_code(self) -> str:
        """The country as ISO 3166 alpha-2 code, or what was typed where it names none."""
        return region_of(self.country) or self.country

    def applied(self, to: Workspace) -> Workspace:
        """The workspace with what was said."""
        return replace(
            to,
            language=self.speaks or to.language,
            region=self.region_code or to.region,
            zone=self.zone or to.zone,
            currency=self.currency or to.currency,
            calendar=self.calendar or to.calendar,
        )


def workspace_command(
    common: CommandOptions,
    asked: WorkspaceOptions,
    title: TitleOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.workspace import change_workspace

    with session_for(common) as session:
        before = session.workspace
        wanted = asked.applied(replace(before, title=title or before.title))
        workspace = before if wanted == before else change_workspace(session, wanted, before)
        if as_json:
            write_json(workspace_record(workspace))
        else:
            write_fields(workspace_fields(workspace))


def workspace_fields(workspace: Workspace) -> list[tuple[str, str]]:
    """The parts of a workspace under their titles."""
    return [
        (pgettext("field", "Title"), workspace.title),
        (pgettext("field", "Language"), OWN_NAMES.get(base_language(workspace.language), workspace.language)),
        (pgettext("field", "Country"), region_title(workspace.region, language())),
        (pgettext("field", "Time zone"), workspace.zone),
        (pgettext("field", "Currency"), workspace.currency),
        (pgettext("field", "Calendar"), workspace.calendar.value),
    ]
