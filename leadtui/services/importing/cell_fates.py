"""What becomes of each cell of a file: each that is not blank has one fate, and one reason where it is not plainly taken."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from leadtui.language.translate import pgettext


class Fate(StrEnum):
    """What became of one cell."""

    TAKEN = "taken"
    """The customer has it, or has had it from this file: as a value, a number, or in the timeline's touch or call."""
    NOTED = "noted"
    """It stands in a note of the customer, whole or as far as its field could not take it."""
    DIFFERS = "differs"
    """The customer has another value, which stays."""
    UNREAD = "unread"
    """It is not what its field needs, and stands in a note of the customer."""
    SKIPPED = "skipped"
    """It is of no use, was not wanted, or would have changed a customer whom the import may not change."""
    REJECTED = "rejected"
    """Its row is rejected."""


class Why(StrEnum):
    """Why a cell was not plainly taken."""

    BESIDE = "beside"
    TOO_LONG = "too-long"
    FURTHER = "further"
    UNUSED = "unused"
    UNKNOWN = "unknown"
    OTHERS_NUMBER = "others-number"
    ANOTHER_VALUE = "another-value"
    NOT_FILLED = "not-filled"
    ANOTHER_PERSON = "another-person"
    NOT_ALLOWED = "not-allowed"
    LEFT_ALONE = "left-alone"
    PAST = "past"
    UNANSWERED = "unanswered"
    DATE = "date"
    NUMBER = "number"
    VALUE = "value"
    DROPPED = "dropped"
    IGNORED = "ignored"
    SAYS_NOTHING = "says-nothing"
    ROW_SKIPPED = "row-skipped"
    ROW_REJECTED = "row-rejected"

    @property
    def fate(self) -> Fate:
        """What became of a cell for this reason."""
        return _FATES[self]

    @property
    def of_whole(self) -> bool:
        """Whether it is told of whole columns or rows, and not of cells."""
        return self in (Why.UNUSED, Why.DROPPED, Why.IGNORED, Why.ROW_SKIPPED, Why.ROW_REJECTED)

    def words(self) -> str:
        """The reason as a report says it of many cells."""
        return {
            Why.BESIDE: pgettext("cells", "what stands beside the value is kept in a note"),
            Why.TOO_LONG: pgettext("cells", "too long for the field, and whole in a note"),
            Why.FURTHER: pgettext("cells", "the field holds one already; kept in a note"),
            Why.UNUSED: pgettext("cells", "no field is meant; kept in a note"),
            Why.UNKNOWN: pgettext("cells", "the workspace has nothing of that name; kept in a note"),
            Why.OTHERS_NUMBER: pgettext("cells", "the number belongs to another customer; kept in a note"),
            Why.ANOTHER_VALUE: pgettext("cells", "the customer has another value, which stays"),
            Why.NOT_FILLED: pgettext("cells", "values of customers who are there stay as they are"),
            Why.ANOTHER_PERSON: pgettext(
                "cells", "said of another person with the same number or address; kept in a note"
            ),
            Why.NOT_ALLOWED: pgettext("cells", "your profile does not allow setting it; kept in a note"),
            Why.LEFT_ALONE: pgettext(
                "cells", "your profile does not let an import change this customer; left out"
            ),
            Why.PAST: pgettext(
                "cells", "a reminder that has passed, or of a customer who is done; kept in a note"
            ),
            Why.UNANSWERED: pgettext("cells", "given without what the status asks for"),
            Why.DATE: pgettext("cells", "not understood as a date, kept in a note"),
            Why.NUMBER: pgettext("cells", "not understood as a number, kept in a note"),
            Why.VALUE: pgettext("cells", "not understood as a value of the field, kept in a note"),
            Why.DROPPED: pgettext("cells", "no field is meant; left out"),
            Why.IGNORED: pgettext("cells", "of no use to a desk, or mapped to nothing; left out"),
            Why.SAYS_NOTHING: pgettext("cells", "says only that there is nothing; left out"),
            Why.ROW_SKIPPED: pgettext("cells", "its row is skipped"),
            Why.ROW_REJECTED: pgettext("cells", "its row is rejected"),
        }[self]


class Noted(NamedTuple):
    """What a row says that was not plainly taken by the field that it was meant for."""

    target: str
    """Where the cell was to go: the key of a field, or a `Target`."""
    text: str
    """As a note of the customer says it; "" where none needs to."""
    why: Why


_FATES = {
    Why.BESIDE: Fate.NOTED,
    Why.TOO_LONG: Fate.NOTED,
    Why.FURTHER: Fate.NOTED,
    Why.UNUSED: Fate.NOTED,
    Why.UNKNOWN: Fate.NOTED,
    Why.OTHERS_NUMBER: Fate.NOTED,
    Why.ANOTHER_VALUE: Fate.DIFFERS,
    Why.NOT_FILLED: Fate.DIFFERS,
    Why.ANOTHER_PERSON: Fate.DIFFERS,
    Why.NOT_ALLOWED: Fate.NOTED,
    Why.LEFT_ALONE: Fate.SKIPPED,
    Why.PAST: Fate.NOTED,
    Why.UNANSWERED: Fate.TAKEN,
    Why.DATE: Fate.UNREAD,
    Why.NUMBER: Fate.UNREAD,
    Why.VALUE: Fate.UNREAD,
    Why.DROPPED: Fate.SKIPPED,
    Why.IGNORED: Fate.SKIPPED,
    Why.SAYS_NOTHING: Fate.SKIPPED,
    Why.ROW_SKIPPED: Fate.SKIPPED,
    Why.ROW_REJECTED: Fate.REJECTED,
}
