"""What the parts of definitions can be, in a few words each, marked for translation: of the context "choice", kinds of fields of "kind"."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from leadtui.domain.field import FieldKind
from leadtui.domain.retry import RetryPace
from leadtui.domain.status import CartableRule, ReminderRule, StatusKind
from leadtui.language.translate import P_

COLOUR_WORDS: Mapping[str, str] = {
    "blue": P_("choice", "blue"),
    "green": P_("choice", "green"),
    "amber": P_("choice", "amber"),
    "red": P_("choice", "red"),
    "violet": P_("choice", "violet"),
    "grey": P_("choice", "grey"),
    "cyan": P_("choice", "cyan"),
    "orange": P_("choice", "orange"),
    "pink": P_("choice", "pink"),
    "teal": P_("choice", "teal"),
}

STATUS_KIND_WORDS: Mapping[StrEnum, str] = {
    StatusKind.OPEN: P_("choice", "work goes on"),
    StatusKind.WON: P_("choice", "won"),
    StatusKind.LOST: P_("choice", "lost"),
    StatusKind.DO_NOT_CALL: P_("choice", "must not be called"),
}

CARTABLE_WORDS: Mapping[StrEnum, str] = {
    CartableRule.NONE: P_("choice", "leaves every cartable"),
    CartableRule.NEXT: P_("choice", "moves to a colleague"),
    CartableRule.STAY: P_("choice", "stays"),
}

RETRY_WORDS: Mapping[StrEnum, str] = {
    RetryPace.NO: P_("choice", "no"),
    RetryPace.FIXED: P_("choice", "at even distances"),
    RetryPace.GROWING: P_("choice", "each time after twice as long"),
    RetryPace.OTHER_TIME: P_("choice", "at another time of the day"),
}

REMINDER_WORDS: Mapping[StrEnum, str] = {
    ReminderRule.NO: P_("choice", "no"),
    ReminderRule.ASK: P_("choice", "may be set"),
    ReminderRule.MUST: P_("choice", "must be set"),
}

FIELD_KIND_WORDS: Mapping[FieldKind, str] = {
    FieldKind.TEXT: P_("kind", "text"),
    FieldKind.LONG_TEXT: P_("kind", "text of several lines"),
    FieldKind.NUMBER: P_("kind", "number"),
    FieldKind.INTEGER: P_("kind", "whole number"),
    FieldKind.YEAR: P_("kind", "year"),
    FieldKind.MONEY: P_("kind", "amount of money"),
    FieldKind.DATE: P_("kind", "date"),
    FieldKind.TIME: P_("kind", "time"),
    FieldKind.WEEKDAY: P_("kind", "day of the week"),
    FieldKind.CHOICE: P_("kind", "choice of one"),
    FieldKind.CHOICES: P_("kind", "choice of several"),
    FieldKind.YES_NO: P_("kind", "yes or no"),
    FieldKind.PHONE: P_("kind", "phone number"),
    FieldKind.EMAIL: P_("kind", "e-mail address"),
    FieldKind.LINK: P_("kind", "web address"),
    FieldKind.PERSON: P_("kind", "colleague"),
}
