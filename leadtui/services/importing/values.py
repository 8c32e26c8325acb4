"""Read the dates and numbers of a file: by its columns together, with every doubt and every cell not read counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from leadtui.domain.importing import DecimalSign
from leadtui.language.date_cells import DateDoubt, DateFault, DateRead, read_date_cell
from leadtui.language.date_forms import (
    DateForm,
    DateOrder,
    DateSpan,
    DateStyle,
    WrittenCalendar,
    find_date_style,
)
from leadtui.language.money import OtherCurrencyError, read_money
from leadtui.language.numbers import NumberRead, NumberStyle, find_number_style, read_number
from leadtui.language.text import brief
from leadtui.language.translate import format_list, language, ngettext, pgettext, show_number
from leadtui.services.importing.doubt import Doubt, DoubtAbout, DoubtChoice

Style = DateStyle | NumberStyle
"""How a column writes its dates or its numbers."""


@dataclass(frozen=True, slots=True)
class Rules:
    """By what the dates and numbers of a file are judged."""

    region: str = ""
    today: date = date(2100, 1, 1)
    order: DateOrder | None = None
    """What the person says of the order of day, month and year; None where the file is to tell."""
    calendar: WrittenCalendar | None = None
    numbers: NumberStyle | None = None
    """Where the file itself says what is a number, as a workbook does."""

    @property
    def entries(self) -> DateSpan:
        """The days on which somebody can have come in; tomorrow has begun somewhere."""
        return DateSpan(_FIRST_RECORDS, self.today + timedelta(days=1))

    @property
    def any_days(self) -> DateSpan:
        """The days that a field can hold: dates of birth and of contracts."""
        return DateSpan(_FIRST_BORN, min(self.today + timedelta(days=_YEARS_AHEAD * 365), _LAST_DAY))

    def date_style(self, cells: Iterable[str], span: DateSpan) -> DateStyle:
        """How a column of dates is written."""
        return find_date_style(cells, self.region, span, order=self.order, calendar=self.calendar)

    def number_style(self, cells: Iterable[str]) -> NumberStyle:
        """How a column of numbers is written."""
        return self.numbers or find_number_style(cells, self.region)

    def can_be_entries(self, cells: Iterable[str]) -> bool:
        """Whether a column may say when people came in: most of its dates lie in this century and not in the future."""
        cells = list(cells)
        style = self.date_style(cells, self.any_days)
        read = [read_date_cell(cell, style, self.any_days, "UTC") for cell in cells]
        days = [each.day for each in read if isinstance(each, DateRead)]
        fitting = sum(_FIRST_ENTRY <= day <= self.entries.last for day in days)
        return fitting >= _MOST * len(days)


EXACT_NUMBERS = NumberStyle(".", decides=".")
"""How workbooks' numbers reach the import, and how the program's own exact exports write theirs."""

_FIRST_RECORDS = date(1980, 1, 1)
_FIRST_ENTRY = date(2000, 1, 1)
_FIRST_BORN = date(1900, 1, 1)
_LAST_DAY = date(2100, 12, 31)
_YEARS_AHEAD = 20
_MOST = 0.7


class ValueKind(StrEnum):
    """What could not be read."""

    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that is no date or number, or none that can be believed."""

    line: int
    column: str
    """The key of the field."""
    kind: ValueKind
    value: str
    reason: DateFault | None
    """Why a date was not read."""

    def words(self) -> str:
        """The reason, a few words."""
        return self.reason.words() if self.reason else pgettext("unread", "no number")


@dataclass(slots=True)
class _Doubtful:
    """The cells of one column that might say something else."""

    choices: tuple[DoubtChoice, DoubtChoice]
    examples: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class Tally:
    """What was not read of a file, and what was read in doubt."""

    counts: dict[ValueKind, int] = field(default_factory=lambda: dict.fromkeys(ValueKind, 0))
    unread: list[Unread] = field(default_factory=list[Unread])
    """The first ones, `MOST_TOLD` at most."""
    _doubtful: dict[tuple[str, DoubtAbout], _Doubtful] = field(
        default_factory=dict[tuple[str, DoubtAbout], _Doubtful]
    )

    def add_unread(self, unread: Unread) -> None:
        """Count a cell that was not read."""
        self.counts[unread.kind] += 1
        if len(self.unread) < MOST_TOLD:
            self.unread.append(unread)

    def add_doubt(
        self, column: str, about: DoubtAbout, choices: tuple[DoubtChoice, DoubtChoice], cell: str
    ) -> None:
        """Keep a cell that was read in doubt as an example."""
        doubtful = self._doubtful.setdefault((column, about), _Doubtful(choices))
        if len(doubtful.examples) < _EXAMPLES and cell not in doubtful.examples:
            doubtful.examples.append(cell)

    def doubts(self, titles: Mapping[str, str]) -> tuple[Doubt, ...]:
        """What the columns leave open; `titles` are theirs by the keys of their fields."""
        return tuple(
            Doubt(about, doubtful.choices, tuple(doubtful.examples), titles.get(column, column))
            for (column, about), doubtful in self._doubtful.items()
        )

    def sentences(self, titles: Mapping[str, str]) -> Iterable[str]:
        """What a person is told; `titles` are the columns' by the keys of their fields."""
        dates, numbers = self.counts[ValueKind.DATE], self.counts[ValueKind.NUMBER]
        if dates:
            words = ngettext(
                "{count} date was not read: {examples}.", "{count} dates were not read: {examples}.", dates
            )
            yield words.format(count=show_number(dates, language()), examples=self._examples(ValueKind.DATE))
        if numbers:
            words = ngettext(
                "{count} number was not read: {examples}.",
                "{count} numbers were not read: {examples}.",
                numbers,
            )
            yield words.format(
                count=show_number(numbers, language()), examples=self._examples(ValueKind.NUMBER)
            )
        for doubt in self.doubts(titles):
            yield doubt.sentence()

    def _examples(self, kind: ValueKind) -> str:
        """One cell for each reason."""
        by_reason = {each.words(): each.value for each in reversed(self.unread) if each.kind is kind}
        # Translators: a cell of a file, and why it was not read.
        pattern = pgettext("unread", "“{text}” ({reason})")
        return format_list(
            pattern.format(text=brief(value), reason=reason) for reason, value in by_reason.items()
        )


MOST_TOLD = 1_000
_EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class ValueReader:
    """Reads cells by the styles of their columns, which stand under the keys of their fields."""

    rules: Rules
    styles: Mapping[str, Style]
    zone: str
    tally: Tally = field(default_factory=Tally)

    def moment(self, key: str, cell: str, line: int) -> datetime | DateFault:
        """When somebody came in, in UTC, or why it cannot be told."""
        read = self._date(key, cell, line, self.rules.entries)
        return read.moment if isinstance(read, DateRead) else read

    def due(self, key: str, cell: str, line: int) -> datetime | DateFault:
        """When something is to be done, in UTC, or why it cannot be told."""
        read = self._date(key, cell, line, self.rules.any_days)
        return read.moment if isinstance(read, DateRead) else read

    def day(self, key: str, cell: str, line: int) -> date | DateFault:
        """A day that a field holds, or why it is none."""
        read = self._date(key, cell, line, self.rules.any_days)
        return read.day if isinstance(read, DateRead) else read

    def number(self, key: str, cell: str, line: int, currency: str | None = None) -> Decimal | None:
        """A number, or an amount in `currency`; None where the cell is none, or one in another currency."""
        style = self.styles.get(key)
        if not isinstance(style, NumberStyle):
            style = self.rules.number_style(())
        read = _read(cell, style, currency)
        if read is None:
            self.tally.add_unread(Unread(line, key, ValueKind.NUMBER, cell, None))
            return None
        if read.doubtful:
            as_point = _read(cell, NumberStyle("."), currency)
            choices = _decimal_choices(as_point is not None and as_point.number == read.number)
            self.tally.add_doubt(key, DoubtAbout.DECIMALS, choices, cell)
        return read.number

    def _date(self, key: str, cell: str, line: int, span: DateSpan) -> DateRead | DateFault:
        style = self.styles.get(key)
        if not isinstance(style, DateStyle):
            style = self.rules.date_style((), span)
        read = read_date_cell(cell, style, span, self.zone)
        if not isinstance(read, DateRead):
            self.tally.add_unread(Unread(line, key, ValueKind.DATE, cell, read.fault))
            return read.fault
        if read.doubt and read.forms:
            about, choices = _date_choices(read.doubt, read.forms)
            self.tally.add_doubt(key, about, choices, cell)
        return read


def _date_choices(
    doubt: DateDoubt, forms: tuple[DateForm, DateForm]
) -> tuple[DoubtAbout, tuple[DoubtChoice, DoubtChoice]]:
    read, other = forms
    if doubt is DateDoubt.CALENDAR:
        return DoubtAbout.CALENDAR, (_calendar_choice(read), _calendar_choice(other))
    return DoubtAbout.DATE_ORDER, (_order_choice(read), _order_choice(other))


def _calendar_choice(form: DateForm) -> DoubtChoice:
    return DoubtChoice(form.calendar.value, form.calendar.words())


def _order_choice(form: DateForm) -> DoubtChoice:
    return DoubtChoice(form.order.value, form.order.words())


def _read(cell: str, style: NumberStyle, currency: str | None) -> NumberRead | None:
    if currency is None:
        return read_number(cell, style)
    try:
        return read_money(cell, style, currency)
    except OtherCurrencyError:
        return None


def _decimal_choices(as_point: bool) -> tuple[DoubtChoice, DoubtChoice]:
    """A point or a comma before the decimals: the one that gives the number that was read comes first."""
    point = DoubtChoice(DecimalSign.POINT.value, pgettext("recognised", "a point before decimals"))
    comma = DoubtChoice(DecimalSign.COMMA.value, pgettext("recognised", "a comma before decimals"))
    return (point, comma) if as_point else (comma, point)


def style_words(style: DateStyle) -> tuple[str, ...]:
    """How a column writes its dates, as said in a report."""
    order = DateOrder.YEAR_FIRST if style.year_first else style.form.order
    return style.form.calendar.words(), order.words()
