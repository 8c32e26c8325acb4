"""Choices of a definition's form, of which exactly one is always taken: a rule, a colour, a glyph, a kind."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from leadtui.domain.field import FieldKind
from leadtui.domain.permission import Profile
from leadtui.domain.status import CartableRule, ReminderRule, StatusKind
from leadtui.language.text import safe
from leadtui.language.translate import N_, _
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import Way, go
from leadtui.tui.widgets.option_row import OptionRow

GLYPHS = ("●", "○", "◐", "◔", "◆", "◇", "■", "□", "▲", "▼", "★", "☆", "✓", "✕", "⊘", "→", "↻", "♦")
"""Proposals: signs that take one cell in every terminal."""

COLOUR_WORDS = {
    "blue": N_("blue"),
    "green": N_("green"),
    "amber": N_("amber"),
    "red": N_("red"),
    "violet": N_("violet"),
    "grey": N_("grey"),
    "cyan": N_("cyan"),
    "orange": N_("orange"),
    "pink": N_("pink"),
    "teal": N_("teal"),
}

STATUS_KIND_WORDS = {
    StatusKind.OPEN: N_("work goes on"),
    StatusKind.WON: N_("won"),
    StatusKind.LOST: N_("lost"),
    StatusKind.DO_NOT_CALL: N_("must not be called"),
}

CARTABLE_WORDS = {
    CartableRule.NONE: N_("leaves every cartable"),
    CartableRule.NEXT: N_("moves to a colleague"),
    CartableRule.STAY: N_("stays"),
}

REMINDER_WORDS = {
    ReminderRule.NO: N_("no"),
    ReminderRule.ASK: N_("may be set"),
    ReminderRule.MUST: N_("must be set"),
}

FIELD_KIND_WORDS = {
    FieldKind.TEXT: N_("text"),
    FieldKind.LONG_TEXT: N_("text of several lines"),
    FieldKind.NUMBER: N_("number"),
    FieldKind.MONEY: N_("amount of money"),
    FieldKind.DATE: N_("date"),
    FieldKind.TIME: N_("time"),
    FieldKind.WEEKDAY: N_("day of the week"),
    FieldKind.CHOICE: N_("choice of one"),
    FieldKind.CHOICES: N_("choice of several"),
    FieldKind.YES_NO: N_("yes or no"),
    FieldKind.PHONE: N_("phone number"),
    FieldKind.EMAIL: N_("e-mail address"),
    FieldKind.LINK: N_("web address"),
    FieldKind.PERSON: N_("colleague"),
}

CHOOSING = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
"""The kinds that have options."""


def status_kind_choices() -> list[Choice]:
    """What a status means for the work."""
    return [Choice(each.value, _(words)) for each, words in STATUS_KIND_WORDS.items()]


def cartable_choices() -> list[Choice]:
    """Where the customer goes."""
    return [Choice(each.value, _(words)) for each, words in CARTABLE_WORDS.items()]


def reminder_choices() -> list[Choice]:
    """Whether a time is asked for."""
    return [Choice(each.value, _(words)) for each, words in REMINDER_WORDS.items()]


def field_kind_choices() -> list[Choice]:
    """What kind of answer a field takes."""
    return [Choice(each.value, _(words), (each.value,)) for each, words in FIELD_KIND_WORDS.items()]


def options_text(options: Sequence[str]) -> str:
    """The options as one line: with commas between, or semicolons where one has a comma of its own."""
    between = "; " if any(mark in each for each in options for mark in ",،") else ", "
    return between.join(options)


def options_of(text: str) -> tuple[str, ...]:
    """The options that a line names: parted at semicolons where it has any, else at commas; in any script."""
    folded = text.replace("؛", ";")
    parted = folded.split(";") if ";" in folded else folded.replace("،", ",").split(",")
    return tuple(part.strip() for part in parted if part.strip())


class OneOf(OptionRow):
    """Another one can be chosen, but not none."""

    def validate_chosen(self, chosen: frozenset[int]) -> frozenset[int]:
        """What was chosen stays where nothing would be."""
        return chosen or self.chosen

    def _climb(self, by: int, way: Way) -> None:
        """Always out of the field: whoever goes down a form changes nothing on the way."""
        del by
        go(self, way)


class OneProfile(OneOf):
    """What a colleague works as: one of the profiles that the workspace has by now."""

    def __init__(self) -> None:
        """None is offered yet."""
        super().__init__([])

    def offer(self, profiles: Sequence[Profile]) -> None:
        """Offer these profiles; the chosen one stays where it is among them."""
        choices = tuple(Choice(each.key, each.title, (each.key,)) for each in profiles)
        if choices != self.choices:
            self.offer_choices(choices)


class ColourRow(OneOf):
    """The colours of a status, each drawn in itself."""

    def __init__(self) -> None:
        """None is chosen yet."""
        super().__init__([Choice(colour, _(words), (colour,)) for colour, words in COLOUR_WORDS.items()])

    def colour_of(self, place: int) -> str:
        """Its own."""
        return f"$status-{self.choices[place].text}"


class GlyphRow(OneOf):
    """Proposed signs; any other one can be typed."""

    def __init__(self) -> None:
        """None is chosen yet."""
        super().__init__([Choice(glyph, glyph) for glyph in GLYPHS])

    def offer(self, glyph: str) -> None:
        """Choose that sign, which need not be among the proposals."""
        self.choices = tuple(Choice(each, safe(each)) for each in dict.fromkeys((*GLYPHS, glyph)) if each)
        self.text = glyph
        self.refresh(layout=True)

    def draw_option(self, place: int, label: str) -> Content:
        """Signs have no mark before them, since a mark is a sign: the chosen one stands in brackets."""
        if place in self.chosen:
            return Content.assemble(("[", "$primary"), (label, "bold"), ("]", "$primary"))
        return Content(f" {label} ")

    def _find(self, letter: str) -> None:
        """A sign that is typed is chosen, whatever it is."""
        if letter.strip():
            self.offer(letter)


class OneKind(DropDown):
    """The kind of a field: another one can be chosen, but not none."""

    def __init__(self) -> None:
        """Text, until another one is chosen."""
        super().__init__(field_kind_choices(), FieldKind.TEXT.value)

    def validate_at(self, at: int | None) -> int | None:
        """What was chosen stays where nothing would be."""
        return self.at if at is None else at
