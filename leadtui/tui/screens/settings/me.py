"""Me: one's own name, the language, calendar and digits that go with the person, and how this terminal looks and is typed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import ClassVar

from leadtui.domain.difference import merge_definition
from leadtui.domain.preferences import USUAL, Me
from leadtui.language import calendar
from leadtui.language.calendar_names import CALENDAR_WORDS
from leadtui.language.money import TOMAN, show_money
from leadtui.language.text import safe
from leadtui.language.translate import (
    LANGUAGES,
    OWN_NAMES,
    P_,
    Digits,
    _,
    base_language,
    pgettext,
    show_number,
    speaks,
    spoken,
    with_digits,
)
from leadtui.services.own_preferences import ME, change_own
from leadtui.settings import AUTO, COMFORTABLE, COMPACT, DIRECTIONS, KEYBOARDS, TerminalProfile
from leadtui.tui.dialogs.keyboard_dialog import keyboard_hint, keyboard_title
from leadtui.tui.program import Program
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import DefinitionSort
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf

_SOME_NUMBER = 12_480
_RIAL = "IRR"
_SOME_RIALS = 2_500_000

# The three that Persian and Arabic write otherwise.
_DIGITS = {Digits.LATIN: "456", Digits.PERSIAN: "۴۵۶", Digits.ARABIC: "٤٥٦"}
_DIRECTIONS = {
    AUTO: P_("hint", "your terminal is asked how it shows lines from right to left"),
    TerminalProfile.PLAIN: P_("hint", "for xterm, Alacritty, foot: one cell after the other"),
    TerminalProfile.MARKS: P_("hint", "for GNOME Terminal and tmux"),
    TerminalProfile.KONSOLE: P_("hint", "for Konsole"),
    TerminalProfile.MLTERM: P_("hint", "for mlterm"),
    TerminalProfile.KITTY: P_("hint", "for kitty as it comes"),
    TerminalProfile.OFF: P_("hint", "lines as they are read, for a screen reader"),
}


class MeSort(DefinitionSort[Me]):
    """There is one of them, everybody's own, and it is neither added nor retired."""

    name: ClassVar[str] = ME
    title: ClassVar[str] = P_("tab", "Me")
    new_title: ClassVar[str] = P_("title", "without a name")
    movable: ClassVar[bool] = False
    alone: ClassVar[bool] = True

    def __init__(self, program: Program) -> None:
        """`program` says what holds now, and is told what is chosen."""
        super().__init__(program.session)
        self._program = program
        languages = [Choice(each, OWN_NAMES[each], (each,)) for each in LANGUAGES if speaks(each)]
        calendars = [
            Choice(each.value, pgettext("choice", words), (each.value,))
            for each, words in CALENDAR_WORDS.items()
        ]
        digits = [Choice(each.value, signs, (each.value,)) for each, signs in _DIGITS.items()]
        tomans = None
        if program.session.workspace.currency == _RIAL:
            unit = Choice(TOMAN, pgettext("choice", "in tomans"), ("toman",))
            tomans = OneOf([_usual(), unit])
        densities = [
            Choice(COMFORTABLE, pgettext("choice", "comfortable")),
            Choice(COMPACT, pgettext("choice", "compact")),
        ]
        directions = [Choice(str(each), _direction_label(str(each))) for each in DIRECTIONS]
        keyboards = [Choice(name, keyboard_title(name), (name,)) for name in KEYBOARDS]
        self.fields = (
            FormField("name", pgettext("field", "Name"), LineInput(), required=True),
            FormField("language", pgettext("field", "Language"), OneOf([_usual(), *languages])),
            FormField("calendar", pgettext("field", "Calendar"), OneOf([_usual(), *calendars])),
            FormField("digits", pgettext("field", "Digits"), OneOf([_usual(), *digits])),
            *([] if tomans is None else [FormField("money", pgettext("field", "Amounts"), tomans)]),
            FormField(
                "theme", pgettext("field", "Theme"), DropDown([Choice(each, each) for each in program.themes])
            ),
            FormField("density", pgettext("field", "Density"), OneOf(densities)),
            FormField("direction", pgettext("field", "Right to left"), OneOf(directions)),
            FormField("keyboard", pgettext("field", "Keyboard"), DropDown(keyboards)),
        )

    def items(self) -> Sequence[Me]:
        """The person, as things are now."""
        person, chosen, settings = self.session.actor, self.session.preferences, self._program.settings
        return (
            Me(
                person.id,
                person.name,
                base_language(chosen.language) or USUAL,
                chosen.calendar or USUAL,
                chosen.digits or USUAL,
                TOMAN if chosen.in_tomans else USUAL,
                settings.theme,
                settings.density,
                settings.direction,
                settings.keyboard,
            ),
        )

    def blank(self) -> Me:
        """Nobody."""
        return Me(0)

    def listed(self, item: Me) -> ListedDefinition:
        """The person and their profile."""
        person = self.session.actor
        profile = self.session.definitions.profile(person.profile)
        return ListedDefinition(item.id, item.name, glyph="●", aside=safe(profile.title) if profile else "")

    def fill(self, item: Me) -> None:
        """Show what is chosen."""
        for each in self.fields:
            each.text = getattr(item, each.key)

    def gather(self, before: Me) -> Me:
        """Take what is typed and chosen; a choice that is emptied stays what it was."""
        texts = {each.key: each.text or getattr(before, each.key) for each in self.fields}
        return replace(before, **texts | {"name": self.fields[0].text})

    def hint(self, form_field: FormField, item: Me, *, changed: bool) -> FieldMessage | None:
        """How things read with what is chosen, in that language already."""
        del changed
        session, now = self.session, self.session.now()
        chosen = item.preferences.or_else(session.usual)
        language = with_digits(spoken(chosen.language or session.workspace.language), chosen.digits)
        days, zone = chosen.calendar or session.workspace.calendar, session.workspace.zone
        match form_field.key:
            case "name":
                words = safe(session.actor.email)
            case "language":
                then = now + timedelta(days=2)
                when = calendar.show_moment(then, days, language, zone, now)
                words = f"{when} – {calendar.show_relative(then, now, language, zone)}"
            case "calendar":
                words = calendar.show_date(now, days, language, zone=zone, style="long")
            case "digits":
                words = f"{show_number(_SOME_NUMBER, language)} – {calendar.show_time(now, language, zone)}"
            case "money":
                words = show_money(
                    Decimal(_SOME_RIALS), _RIAL, language, in_tomans=item.preferences.in_tomans
                )
            case "density":
                compact = item.density == COMPACT
                words = (
                    _("Compact: more is on the screen.") if compact else _("Comfortable: more room between.")
                )
            case "direction":
                words = pgettext("hint", _DIRECTIONS[item.direction])
            case "keyboard":
                words = keyboard_hint(item.keyboard)
            case _:
                return None
        return FieldMessage(Tone.HINT, words)

    def follow(self, item: Me) -> None:
        """Show the theme that is chosen; it is kept when it is saved."""
        self._program.show_theme(item.theme)

    def affected(self, item: Me) -> int:
        """No customer feels it."""
        del item
        return 0

    def save(self, item: Me, before: Me | None) -> int:
        """Keep what goes with the person in the store."""
        name_before = before.name if before is not None else item.name
        change_own(self.session, item.name, item.preferences, name_before=name_before)
        return item.id

    def take_effect(self, item: Me) -> bool:
        """Look, speak and take keys as chosen from now on."""
        program, before = self._program, self.session.preferences
        program.look_as(
            replace(
                program.settings,
                theme=item.theme,
                density=item.density,
                direction=item.direction,
                keyboard=item.keyboard,
            )
        )
        chosen = item.preferences
        if chosen != before:
            program.speak(chosen)
        return chosen != before

    def merge(self, before: Me, mine: Me, newest: Me) -> Me:
        """Part by part."""
        return merge_definition(before, mine, newest)

    def set_retired(self, item: Me, *, retired: bool) -> None:
        """Nobody leaves by themselves."""


def _usual() -> Choice:
    return Choice(USUAL, pgettext("choice", "as usual"))


def _direction_label(direction: str) -> str:
    return pgettext("choice", "automatic") if direction == AUTO else direction
