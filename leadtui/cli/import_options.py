"""The options of `leadtui import`: how files are to be read, and what they may change."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any

import typer

from leadtui.cli.distribute import (
    AMONG_OPTION,
    BY_OPTION,
    CAP_OPTION,
    ON_SHIFT_OPTION,
    RULE_OPTION,
    rule_words,
)
from leadtui.cli.options import ForceOption, text_option
from leadtui.domain.importing import DecimalSign, Duplicates, ImportOptions, SameNumber
from leadtui.errors import Invalid
from leadtui.language.date_forms import DateOrder, WrittenCalendar
from leadtui.language.translate import N_, _

DEFAULT_TEMPLATE = "blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCommandOptions:
    """What was typed of an import; each name is that of an option."""

    template: Annotated[
        str,
        typer.Option(metavar="NAME|FILE", help=N_("What a store that does not exist yet begins with.")),
    ] = DEFAULT_TEMPLATE
    mapping: Annotated[
        list[str],
        text_option(
            "COLUMN=FIELD",
            N_("Where a column goes, by its title or number. Several times; remembered for this layout."),
            "--map",
        ),
    ] = field(default_factory=list[str])
    values: Annotated[
        list[str],
        text_option(
            "VALUE=MEANT",
            N_(
                "What a cell means that names a status, owner, need or channel otherwise, such as Open=Interested. "
                "Several times; remembered for this layout."
            ),
            "--map-value",
        ),
    ] = field(default_factory=list[str])
    owner: Annotated[
        str,
        text_option(
            "PERSON",
            N_("Whose new customers are whose row names no owner: a colleague's e-mail address or name."),
        ),
    ] = ""
    distribute: Annotated[str, RULE_OPTION] = ""
    among: Annotated[list[str], AMONG_OPTION] = field(default_factory=list[str])
    by: Annotated[str, BY_OPTION] = ""
    cap: Annotated[int | None, CAP_OPTION] = None
    on_shift: Annotated[bool, ON_SHIFT_OPTION] = False
    channel: Annotated[
        str,
        text_option("CHANNEL", N_("Through which entry channel rows came that name none. Else recognised.")),
    ] = ""
    region: Annotated[
        str,
        text_option(
            "CODE", N_("The country of numbers without a country code, such as IR. Else the workspace's.")
        ),
    ] = ""
    area_code: Annotated[
        str,
        text_option(
            "CODE", N_("What goes before numbers that are written without their area code, such as 021.")
        ),
    ] = ""
    duplicates: Annotated[
        Duplicates,
        typer.Option(
            help=N_("For customers who are there: fill their blanks, overwrite their values, or keep them.")
        ),
    ] = Duplicates.FILL
    same_number: Annotated[
        SameNumber,
        typer.Option(
            help=N_(
                "What becomes of another person with a customer's number or address: a note, or a customer of their own."
            )
        ),
    ] = SameNumber.NOTE
    drop: Annotated[
        bool,
        typer.Option(
            "--drop", help=N_("Leave out columns without a field instead of keeping them in a note.")
        ),
    ] = False
    rejects: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help=N_("Where rows go that nobody can be reached by, with line and reason."),
        ),
    ] = None
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help=N_("Where every cell is listed that was not plainly taken, with line, column and reason."),
        ),
    ] = None
    force: ForceOption = False
    strict: Annotated[
        bool, typer.Option("--strict", help=N_("Import nothing where anything about a file is doubtful."))
    ] = False
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=N_("Report what would happen; only the files of --rejects and --report are written."),
        ),
    ] = False
    encoding: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help=N_("How the file's letters are written. Else recognised."),
        ),
    ] = ""
    delimiter: Annotated[
        str,
        typer.Option(
            metavar="SIGN",
            show_default=False,
            help=N_("What separates its cells, or “tab”. Else recognised."),
        ),
    ] = ""
    header: Annotated[
        bool | None,
        typer.Option(
            "--header/--no-header",
            show_default=False,
            help=N_("Whether its first row has titles. Else recognised."),
        ),
    ] = None
    header_line: Annotated[
        int | None,
        typer.Option(
            min=1,
            show_default=False,
            metavar="N",
            help=N_("The line of its titles, from 1. Else recognised."),
        ),
    ] = None
    sheet: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help=N_("The sheet of a workbook, or “all”. Else the first that holds anything."),
        ),
    ] = ""
    date_order: Annotated[
        DateOrder | None,
        typer.Option(
            show_default=False,
            help=N_(
                "Which of day, month and year comes first in dates such as 3/4/24. Else its column or region tells."
            ),
        ),
    ] = None
    calendar: Annotated[
        WrittenCalendar | None,
        typer.Option(
            show_default=False, help=N_("The calendar of its dates. Else recognised by their years.")
        ),
    ] = None
    decimals: Annotated[
        DecimalSign | None,
        typer.Option(
            show_default=False, help=N_("What stands before decimals. Else its columns or region tell.")
        ),
    ] = None

    def read(self) -> ImportOptions:
        """What the service is told. Raises Invalid where a mapping is none."""
        typed: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        del typed["template"]
        rule = {name: typed.pop(name) for name in ("distribute", "among", "by", "cap", "on_shift")}
        typed["distribution"] = rule_words(**rule)
        typed["mapping"] = _mapping(self.mapping)
        typed["values"] = _mapping(self.values, "map-value")
        typed["header_line"] = self.header_line or 0
        return ImportOptions(**typed)


def _mapping(given: list[str], option: str = "map") -> dict[str, str]:
    mapping: dict[str, str] = {}
    for each in given:
        # The last sign counts: a title may hold one, a field's name does not.
        column, sign, field = each.rpartition("=")
        if not sign or not column.strip() or not field.strip():
            sentence = (
                _("“{given}” is no mapping; write --map 'Column=field'.")
                if option == "map"
                else _("“{given}” is no mapping; write --map-value 'Open=Interested'.")
            )
            raise Invalid(sentence.format(given=each), option)
        mapping[column.strip()] = field.strip()
    return mapping
