"""Narrowing a list of customers by a field that the workspace has defined itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from leadtui.domain.field import AnswerValue, FieldKind
from leadtui.language.text import search_key

YES, NO = "yes", "no"
"""What stands for the two answers among `FieldFilter.options`."""

CHOSEN_KINDS = frozenset(
    {FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.YES_NO, FieldKind.WEEKDAY, FieldKind.PERSON}
)
"""Kinds whose answers are chosen: a filter names some of them."""

RANGE_KINDS = frozenset({FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.TIME})
"""Kinds whose answers have an order: a filter gives the least and the most."""


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """What a field's value must be. Which parts count follows from the kind of the field.

    `options` are titles of choices, `YES` and `NO`, weekdays (Monday "0") or ids of people, as text.
    `least` and `most` are included, and written as values are kept: plain numbers, ISO dates and times.
    `contains` fits without regard to case and ways of spelling a letter.
    """

    key: str
    options: frozenset[str] = frozenset()
    least: str = ""
    most: str = ""
    contains: str = ""

    @property
    def empty(self) -> bool:
        """Whether it lets every value through, and none too."""
        return not (self.options or self.least or self.most or search_key(self.contains))

    def fits(self, kind: FieldKind, value: AnswerValue | None) -> bool:
        """Whether a customer with that value, or with none, is let through."""
        if self.empty:
            return True
        if value is None or value == "":
            return False
        if kind in CHOSEN_KINDS:
            return self._is_chosen(kind, value)
        if kind in RANGE_KINDS:
            return self._is_between(kind, str(value))
        return search_key(self.contains) in search_key(str(value))

    def _is_chosen(self, kind: FieldKind, value: AnswerValue) -> bool:
        if kind is FieldKind.YES_NO:
            return (YES if value in (True, 1, "true") else NO) in self.options
        wanted = {search_key(option) for option in self.options}
        given = value if isinstance(value, list) else [str(value)]
        return any(search_key(str(each)) in wanted for each in given)

    def _is_between(self, kind: FieldKind, value: str) -> bool:
        if kind in (FieldKind.DATE, FieldKind.TIME):
            # ISO dates and times of one kind sort as their letters do.
            return (not self.least or value >= self.least) and (not self.most or value <= self.most)
        number = _number(value)
        if number is None:
            return False
        least, most = _number(self.least), _number(self.most)
        return (least is None or number >= least) and (most is None or number <= most)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
