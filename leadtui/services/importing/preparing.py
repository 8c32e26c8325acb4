"""Open the files of an import and recognise everything about them, before the first row is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from leadtui.domain.field import NUMBER_KINDS, FieldKind
from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead_fields import (
    CHANNEL,
    CONTACTED_AT,
    ENTERED_AT,
    NEXT_AT,
    import_fields,
    own_fields,
)
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid, Unreadable
from leadtui.language.calendar import local_date
from leadtui.language.date_forms import DateStyle, WrittenCalendar
from leadtui.language.numbers import NumberStyle
from leadtui.language.phone import default_region_known
from leadtui.language.text import clean, safe, search_key
from leadtui.language.translate import _, format_list, ngettext, pgettext, quoted
from leadtui.services.importing.account import Places
from leadtui.services.importing.cell_fates import Why
from leadtui.services.importing.channels_and_needs import MOST_NEW_CHANNELS, find_channel
from leadtui.services.importing.columns import (
    ColumnMapping,
    DefaultChannel,
    Target,
    default_channel,
    is_exact_export,
    layout_key,
    recognise_columns,
)
from leadtui.services.importing.report import MappedColumn
from leadtui.services.importing.sheet import ALL_SHEETS, Reading, Sheet, open_sheets
from leadtui.services.importing.standing import find_colleague, find_status, require_colleague
from leadtui.services.importing.telephone_log import CallLog, find_call_log
from leadtui.services.importing.titles import closed_targets
from leadtui.services.importing.values import EXACT_NUMBERS, Rules, Style, style_words
from leadtui.services.session import Session
from leadtui.store import imports


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """A file that can be read to its end, and everything recognised about it."""

    path: Path
    name: str
    """As the store and the report know it."""
    digest: str
    sheet: Sheet
    mapping: ColumnMapping
    calls: CallLog | None
    """Set for a telephone exchange's log of calls, whose columns are known."""
    channel: DefaultChannel
    """Through which channel the rows came that name none."""
    row_count: int
    given: Mapping[str, str]
    """The columns of this file that the person mapped now."""
    remembered: Mapping[str, str]
    """Those that were mapped for this layout before."""
    values: Mapping[str, str]
    """What cells mean that name an owner, a status, a need or a channel otherwise, as mapped now or before."""
    rules: Rules
    styles: Mapping[str, Style]
    """How its columns of dates and numbers are written, by the keys of their fields."""

    @property
    def layout(self) -> str:
        """By what its layout of columns is remembered."""
        return layout_key(self.sheet.titles)

    def recognised(self) -> tuple[str, ...]:
        """How it is written, a few words each."""
        words = self.sheet.recognised().words()
        styles = (each for each in self.styles.values() if isinstance(each, DateStyle) and each.in_figures)
        dates = next(styles, None)
        if dates is not None:
            words = (*words, *style_words(dates))
        if self.mapping.layout is not None:
            words = (
                *words,
                pgettext("recognised", "layout of {program}").format(program=self.mapping.layout.name),
            )
        return words if self.calls is None else (*words, pgettext("recognised", "telephone log"))

    def mapped(self) -> tuple[MappedColumn, ...]:
        """The columns that went somewhere."""
        pairs = zip(self.sheet.titles, self.mapping.targets, strict=True)
        return tuple(MappedColumn(title, target) for title, target in pairs if target not in _NOWHERE)

    def unused(self) -> tuple[str, ...]:
        """The columns that went nowhere though they might matter."""
        return self.mapping.unused

    def places(self, *, drop: bool) -> Places:
        """Where its columns go; `drop` leaves out those that no field is meant for."""
        return Places(self.sheet.titles, self.mapping.targets, Why.DROPPED if drop else Why.UNUSED)

    def notes(self) -> tuple[str, ...]:
        """Sentences on the file and on the mapping."""
        said = list(self.sheet.notes)
        if self.remembered:
            columns = format_list(f"{column} → {field}" for column, field in self.remembered.items())
            said.append(_("Mapped as the last time: {columns}.").format(columns=columns))
        if self.given:
            said.append(_("The mapping is remembered for files with the same columns."))
        return tuple(said)


def prepare(session: Session, paths: Sequence[Path], options: ImportOptions) -> tuple[PreparedFile, ...]:
    """Open, recognise and read through every file, so that a damaged one changes nothing.

    Raises Invalid for options that cannot be, Unreadable for a file that cannot be imported.
    """
    session.check(Permission.IMPORT)
    require_region(options.region)
    _check_values(session, options.values)
    if options.owner:
        require_colleague(session.definitions, session.actor, options.owner)
    sheets = [sheet for path in paths for sheet in open_sheets(path, Reading.of(options))]
    rules = rules_of(session, options)
    if options.sheet == ALL_SHEETS:
        sheets = _with_contacts(session, sheets, options.mapping, rules)
    logs = [find_call_log(sheet) for sheet in sheets]
    if all(logs):
        _refuse_what_logs_do_not_have(options)
    given = _share_out(session, sheets, logs, options.mapping, rules)
    return tuple(
        _prepare(session, sheet, calls, own, rules, options)
        for sheet, calls, own in zip(sheets, logs, given, strict=True)
    )


def rules_of(session: Session, options: ImportOptions) -> Rules:
    """By which rules cells of dates and numbers are read, as far as the options and the workspace tell."""
    return Rules(
        region=(options.region or session.workspace.region).upper(),
        today=local_date(session.now(), session.workspace.zone),
        order=options.date_order,
        calendar=options.calendar,
        numbers=NumberStyle(options.decimals.sign, decides=options.decimals.sign)
        if options.decimals
        else None,
    )


def require_region(region: str) -> None:
    """Raise Invalid for a country whose telephone numbers are not known; "" is none."""
    if region and not default_region_known(region):
        raise Invalid(
            _("There is no region {region}; give two letters such as IR, IQ or US.").format(
                region=safe(region)
            ),
            "region",
        )


_NOWHERE = frozenset({"", Target.IGNORE, Target.EXTERNAL_ID})
_REACHABLE_BY = frozenset(each.key for each in import_fields() if each.reaches)
_MOMENTS = frozenset({ENTERED_AT, CONTACTED_AT, NEXT_AT})
_CHANNELS_LOOKED_AT = 10_000


def _check_values(session: Session, values: Mapping[str, str]) -> None:
    """Raise Invalid where a value is to mean something that the workspace does not have."""
    known = session.definitions
    for meant in values.values():
        wanted = search_key(meant)
        named = (
            find_status(known.open_statuses, meant)
            or find_colleague(known.active_colleagues, meant)
            or find_channel(known.channels, meant)
            or next((each for each in known.needs if wanted == search_key(each.title)), None)
        )
        if named is None:
            raise Invalid(
                _(
                    "There is no status, colleague, need or entry channel {value}; give one of the workspace, as in "
                    "--map-value 'Open=Interested'."
                ).format(value=safe(meant)),
                "map-value",
            )


def _refuse_what_logs_do_not_have(options: ImportOptions) -> None:
    """Raise Invalid where a person says of telephone logs alone what can be said of tables of people."""
    if options.mapping:
        raise Invalid(_("The columns of a telephone log are known; they cannot be mapped."), "map")
    if options.values:
        raise Invalid(
            _("A telephone log names no owner, status, need or entry channel; leave --map-value out."),
            "map-value",
        )


def _with_contacts(
    session: Session, sheets: Sequence[Sheet], mapping: Mapping[str, str], rules: Rules
) -> list[Sheet]:
    """The sheets by which somebody can be reached; the first of a workbook says which are left out. All where none is."""
    kept: list[Sheet] = []
    for path in dict.fromkeys(sheet.path for sheet in sheets):
        of_book = [sheet for sheet in sheets if sheet.path == path]
        reachable = [sheet for sheet in of_book if _has_contacts(session, sheet, mapping, rules)]
        others = [sheet.sheet_name for sheet in of_book if sheet not in reachable]
        if reachable and others:
            words = ngettext(
                "The sheet {names} has no rows with phone numbers or e-mail addresses and is left out.",
                "The sheets {names} have no rows with phone numbers or e-mail addresses and are left out.",
                len(others),
            ).format(names=format_list(quoted(safe(name)) for name in others))
            reachable[0] = replace(reachable[0], notes=(*reachable[0].notes, words))
        kept += reachable or of_book
    return kept


def _has_contacts(session: Session, sheet: Sheet, mapping: Mapping[str, str], rules: Rules) -> bool:
    if not sheet.sample:
        return False
    own = own_columns(sheet, mapping)
    own = {**_remembered(session, sheet, own, rules), **own}
    targets = recognise_sheet(session, sheet, own, rules).targets
    return find_call_log(sheet) is not None or not _REACHABLE_BY.isdisjoint(targets)


def _share_out(
    session: Session,
    sheets: Sequence[Sheet],
    logs: Sequence[CallLog | None],
    mapping: Mapping[str, str],
    rules: Rules,
) -> list[dict[str, str]]:
    """Give each sheet what was mapped of its columns. Raises Invalid where a column is in none of them."""
    shares = [dict[str, str]() for _sheet in sheets]
    tables = [index for index, calls in enumerate(logs) if calls is None]
    for column, field in mapping.items():
        holding = [index for index in tables if _has_column(sheets[index], column)]
        if not holding:
            # Said in the words of the first table, which name its columns.
            recognise_columns(sheets[tables[0]].titles, (), custom={}, overrides={column: Target.IGNORE})
        for index in holding:
            shares[index][column] = field
    for index in tables:
        recognise_sheet(session, sheets[index], shares[index], rules)
    return shares


def own_columns(sheet: Sheet, mapping: Mapping[str, str]) -> dict[str, str]:
    """What was mapped of the columns that a sheet has."""
    return {column: field for column, field in mapping.items() if _has_column(sheet, column)}


def _has_column(sheet: Sheet, column: str) -> bool:
    try:
        recognise_columns(sheet.titles, (), custom={}, overrides={column: Target.IGNORE})
    except Invalid:
        return False
    return True


def recognise_sheet(
    session: Session, sheet: Sheet, overrides: Mapping[str, str], rules: Rules
) -> ColumnMapping:
    """Where the columns of a sheet go, some of which a person mapped. Raises Invalid where these cannot go there."""
    closed = closed_targets(session.definitions)
    fields = own_fields(session.definitions)
    custom = {field.key: field.key for field in fields} | {field.title: field.key for field in fields}
    return recognise_columns(
        sheet.titles,
        [row.cells for row in sheet.sample],
        custom=custom,
        overrides=overrides,
        rules=rules,
        asked=[field.key for field in fields if field.playbook],
        closed=closed,
    )


def _prepare(
    session: Session,
    sheet: Sheet,
    calls: CallLog | None,
    given: dict[str, str],
    rules: Rules,
    options: ImportOptions,
) -> PreparedFile:
    if sheet.kind.is_workbook or is_exact_export(sheet.titles):
        rules = replace(rules, numbers=EXACT_NUMBERS)
    if calls is None:
        remembered = _remembered(session, sheet, given, rules)
        mapping = recognise_sheet(session, sheet, {**remembered, **given}, rules)
        channel = default_channel(sheet, mapping) or DefaultChannel.IMPORT
    else:
        remembered, channel = dict[str, str](), DefaultChannel.PHONE_CALL
        mapping = ColumnMapping(sheet.titles, calls.targets(len(sheet.titles)))
    _require_reachable(sheet, mapping)
    dates = _date_columns(session, mapping)
    row_count, year_first = _read_through(session, sheet, mapping, dates)
    if not row_count:
        raise Unreadable(
            _("{file} has titles but no rows under them. Export it again.").format(file=safe(str(sheet.path)))
        )
    with sheet.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return PreparedFile(
        path=sheet.path,
        name=clean(sheet.path.name),
        digest=digest,
        sheet=sheet,
        mapping=mapping,
        calls=calls,
        channel=channel,
        row_count=row_count,
        given=given,
        remembered=remembered,
        values={**_remembered_values(session, sheet), **options.values},
        rules=rules,
        styles=_styles(session, sheet, mapping, rules, dates, year_first),
    )


def _remembered(session: Session, sheet: Sheet, given: Mapping[str, str], rules: Rules) -> dict[str, str]:
    """What was mapped for this layout before, as far as it goes with what is mapped now."""
    with session.read(Permission.IMPORT) as tx:
        kept = imports.find_layout(tx, layout_key(sheet.titles))
    fields = set(given.values())
    kept = {
        column: field
        for column, field in kept.items()
        if column not in given and field not in fields and not column.startswith(imports.OF_A_VALUE)
    }
    try:
        recognise_sheet(session, sheet, {**kept, **given}, rules)
    except Invalid:  # a field is not in use any more
        return {}
    return kept


def _remembered_values(session: Session, sheet: Sheet) -> dict[str, str]:
    with session.read(Permission.IMPORT) as tx:
        kept = imports.find_layout(tx, layout_key(sheet.titles))
    return {
        words.removeprefix(imports.OF_A_VALUE): meant
        for words, meant in kept.items()
        if words.startswith(imports.OF_A_VALUE)
    }


def _require_reachable(sheet: Sheet, mapping: ColumnMapping) -> None:
    if _REACHABLE_BY.isdisjoint(mapping.targets):
        raise Invalid(
            _(
                "No column of {file} holds phone numbers or e-mail addresses; name one with "
                "--map 'Column=phone', or the country of its numbers with --region. The columns are: {columns}."
            ).format(file=safe(str(sheet.path)), columns=format_list(map(safe, sheet.titles))),
            "map",
        )


def _date_columns(session: Session, mapping: ColumnMapping) -> dict[int, str]:
    """The columns of dates, with the keys of their fields."""
    days = {field.key for field in session.definitions.open_fields if field.kind is FieldKind.DATE}
    return {index: key for index, key in enumerate(mapping.targets) if key in _MOMENTS or key in days}


def _read_through(
    session: Session, sheet: Sheet, mapping: ColumnMapping, dates: Iterable[int]
) -> tuple[int, frozenset[int]]:
    """Read the whole file once and count its rows; refuse a column of channels that holds something else.

    Returned with the count are those of the columns of `dates` in which every cell begins with a year, as ISO 8601 has it.
    """
    index = mapping.targets.index(CHANNEL) if CHANNEL in mapping.targets else None
    year_first = list(dates)
    if index is None and not year_first:
        return sheet.check(), frozenset()
    named: set[str] = set()
    count = 0
    for row in sheet.rows:
        count += 1
        if index is not None and len(named) < _CHANNELS_LOOKED_AT:
            named.add(row.cells[index])
        for column in year_first:
            cell = row.cells[column]
            if cell and not _YEAR_FIRST(cell):
                year_first = [each for each in year_first if each != column]
    if index is not None:
        _require_channels(session, sheet, index, named)
    return count, frozenset(year_first)


def _require_channels(session: Session, sheet: Sheet, index: int, named: Iterable[str]) -> None:
    known = session.definitions.channels
    new = {words for words in map(clean, named) if words and find_channel(known, words) is None}
    if len(new) > MOST_NEW_CHANNELS:
        column = sheet.titles[index]
        raise Invalid(
            _(
                "The column {column} of {file} names {count} new entry channels, so it is none; say what it is with "
                "--map '{column}=note', or leave it out with --map '{column}=ignore'."
            ).format(column=safe(column), file=safe(str(sheet.path)), count=len(new)),
            "map",
        )


def _styles(
    session: Session,
    sheet: Sheet,
    mapping: ColumnMapping,
    rules: Rules,
    dates: Mapping[int, str],
    year_first: Collection[int],
) -> dict[str, Style]:
    """How the columns of dates and numbers are written: by their first cells, where these leave it open by all of them.

    In a column that is `year_first` all orders read every cell alike, so that its first cells say as much as all.
    """
    kinds = {field.key: field.kind for field in session.definitions.open_fields}
    styles: dict[str, Style] = {}
    for index, key in enumerate(mapping.targets):
        if index in dates:
            span = rules.entries if key in (ENTERED_AT, CONTACTED_AT) else rules.any_days
            style = rules.date_style((row.cells[index] for row in sheet.sample), span)
            is_gregorian = style.form.calendar is WrittenCalendar.GREGORIAN
            if style.rivals and not (is_gregorian and index in year_first):
                style = rules.date_style((row.cells[index] for row in sheet.rows), span)
            styles[key] = style
        elif kinds.get(key) in NUMBER_KINDS - {FieldKind.YEAR}:
            styles[key] = rules.number_style(row.cells[index] for row in sheet.rows)
    return styles


_YEAR_FIRST = re.compile(r"\s*(?:(?:19|20)\d\d([-/.])\d\d?\1\d\d?(?![\d/-])|$)").match
"""Begins with a day of the Gregorian calendar in figures, its year first; or holds nothing."""
