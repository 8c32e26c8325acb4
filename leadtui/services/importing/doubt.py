"""Doubts: what a file leaves open, how it is likely meant, and which option decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from leadtui.domain.importing import DecimalSign, ImportOptions
from leadtui.language.date_forms import DateOrder, WrittenCalendar
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _, format_list, pgettext, quoted


class DoubtAbout(StrEnum):
    """What can be doubtful about a file."""

    ENCODING = "encoding"
    DELIMITER = "delimiter"
    COLUMN = "column"
    """What a column is that was recognised by its cells alone."""
    DATE_ORDER = "date-order"
    CALENDAR = "calendar"
    DECIMALS = "decimals"


@dataclass(frozen=True, slots=True)
class DoubtChoice:
    """One way to read what is doubtful."""

    value: str
    """What the option that decides takes for it: an encoding, a sign, `dmy`, the field of a column."""
    words: str
    """What it would mean, for a person: the encoding's name with a cell read so, "day first: 3 April 2024"."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a file leaves open. It is read by the first choice until a person decides."""

    about: DoubtAbout
    choices: tuple[DoubtChoice, ...]
    """The likelier first; at least two."""
    examples: tuple[str, ...]
    """Two of the cells that leave it open, as the first choice reads them; one where there is but one."""
    column: str = ""
    """The title of the column; "" where it is about the whole file."""

    def option(self, choice: DoubtChoice) -> str:
        """The option of the command line that decides for a choice."""
        if self.about is DoubtAbout.COLUMN:
            return f"--map '{self.column}={choice.value}'"
        return f"--{self.about.value} {choice.value}"

    def decided(self, options: ImportOptions, choice: DoubtChoice) -> ImportOptions:
        """The options by which the files are read as a person chose."""
        match self.about:
            case DoubtAbout.ENCODING:
                return replace(options, encoding=choice.value)
            case DoubtAbout.DELIMITER:
                return replace(options, delimiter=choice.value)
            case DoubtAbout.COLUMN:
                return replace(options, mapping={**options.mapping, self.column: choice.value})
            case DoubtAbout.DATE_ORDER:
                return replace(options, date_order=DateOrder(choice.value))
            case DoubtAbout.CALENDAR:
                return replace(options, calendar=WrittenCalendar(choice.value))
            case DoubtAbout.DECIMALS:
                return replace(options, decimals=DecimalSign(choice.value))

    def question(self) -> str:
        """What is doubtful, with its examples, in one sentence."""
        about = {
            DoubtAbout.ENCODING: _("How the letters are written is doubtful"),
            DoubtAbout.DELIMITER: _("What separates the cells is doubtful"),
            DoubtAbout.COLUMN: _("What the column “{column}” holds is doubtful"),
            DoubtAbout.DATE_ORDER: _("Whether the day or the month comes first in “{column}” is doubtful"),
            DoubtAbout.CALENDAR: _("Which calendar “{column}” is written in is doubtful"),
            DoubtAbout.DECIMALS: _("What the signs in the numbers of “{column}” mean is doubtful"),
        }[self.about].format(column=safe(self.column))
        if not self.examples:
            return pgettext("doubt", "{about}.").format(about=about)
        shown = format_list(quoted(safe(ellipsize(each, _SHOWN))) for each in self.examples[:2])
        return pgettext("doubt", "{about}: {examples}.").format(about=about, examples=shown)

    def sentence(self) -> str:
        """What is doubtful, how it is read, and the option that would decide otherwise."""
        likelier, other = self.choices[:2]
        return _("{question} It is read as {words}; {option} would read it as {other}.").format(
            question=self.question(), words=likelier.words, option=self.option(other), other=other.words
        )


_SHOWN = 40
