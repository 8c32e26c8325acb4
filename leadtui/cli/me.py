"""`leadtui me`: one's own name, how leadtui speaks, looks, takes keys and dials for one person; what F2, Me sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, cast

import typer

from leadtui import paths
from leadtui.cli.options import CommandOptions, JsonOption, lines, session_for, text_option
from leadtui.cli.output import Json, note_saved, tell, write_fields, write_json
from leadtui.domain.preferences import USUAL, Preferences
from leadtui.errors import Invalid, InvalidAnswers, Refused
from leadtui.language.calendar import Calendar
from leadtui.language.calendar_names import CALENDAR_WORDS
from leadtui.language.locale_language import named_language
from leadtui.language.translate import (
    LANGUAGES,
    N_,
    OWN_NAMES,
    Digits,
    _,
    base_language,
    format_list,
    pgettext,
    use,
)
from leadtui.settings import (
    COMFORTABLE,
    COMPACT,
    DIRECTIONS,
    KEYBOARDS,
    Settings,
    load_settings,
    save_settings,
)

if TYPE_CHECKING:
    from leadtui.services.session import Session

RIALS, TOMANS = "rial", "toman"
"""What is said of amounts that are kept in rials."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeOptions:
    """What was typed of oneself; each name is that of an option, and what was not said stays as it is."""

    name: Annotated[str, text_option("NAME", N_("Your name, as colleagues see it."))] = ""
    speaks: Annotated[
        str, text_option("en|fa|ar|usual", N_("The language that leadtui speaks with you, everywhere."))
    ] = ""
    calendar: Annotated[
        str, text_option("|".join((*(each.value for each in Calendar), USUAL)), N_("The calendar of dates."))
    ] = ""
    digits: Annotated[
        str, text_option("|".join((*(each.value for each in Digits), USUAL)), N_("The digits of numbers."))
    ] = ""
    amounts: Annotated[
        str, text_option(f"{RIALS}|{TOMANS}", N_("Whether amounts in rials are shown in tomans."))
    ] = ""
    theme: Annotated[
        str, text_option("THEME", N_("How the desk looks, such as leadtui-day; on this machine."))
    ] = ""
    density: Annotated[
        str, text_option(f"{COMFORTABLE}|{COMPACT}", N_("How much is on the screen; on this machine."))
    ] = ""
    direction: Annotated[
        str,
        text_option("|".join(DIRECTIONS), N_("How this terminal shows lines from right to left.")),
    ] = ""
    keyboard: Annotated[
        str, text_option("|".join(KEYBOARDS), N_("Which Persian or Arabic keyboard is yours."))
    ] = ""
    bell: Annotated[
        bool | None,
        typer.Option(
            "--bell/--no-bell",
            show_default=False,
            help=N_("Whether the bell rings with a reminder; on this machine."),
        ),
    ] = None
    dial: Annotated[
        str | None,
        typer.Option(
            parser=lines,
            metavar="COMMAND",
            show_default=False,
            help=N_("What is run to ring, with {number} in it; “” for nothing. On this machine."),
        ),
    ] = None


KeyOption = Annotated[
    list[str],
    text_option(
        "COMMAND=KEYS",
        N_(
            "Other keys for a command, with commas between them; “COMMAND=” gives its own back. Several times."
        ),
        "--key",
    ),
]


def me_command(
    common: CommandOptions,
    asked: MeOptions,
    key: KeyOption = [],  # noqa: B006  # Typer copies it
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.own_preferences import change_own

    with session_for(common) as session:
        settings, wrong = load_settings(paths.settings_file())
        problems: list[Invalid] = []
        preferences = _preferences(asked, session.preferences, problems)
        wanted = _settings(asked, key, settings, problems)
        if problems:
            raise InvalidAnswers(tuple(problems))
        if wanted != settings and wrong:
            # Written anew, the file would lack what cannot be read in it.
            raise Refused(" ".join(wrong))
        for each in wrong:
            tell(each)
        person = session.actor
        name = asked.name or person.name
        if (name, preferences) != (person.name, session.preferences):
            change_own(session, name, preferences, name_before=person.name)
            session.speak(preferences)
            use(session.language)
        if wanted != settings:
            save_settings(wanted, paths.settings_file())
            note_saved()
        if as_json:
            write_json(_record(session, preferences, wanted))
        else:
            write_fields(_fields(session, preferences, wanted))


def _preferences(asked: MeOptions, before: Preferences, problems: list[Invalid]) -> Preferences:
    """What goes with the person, as it is to be."""
    calendars, digits_known = tuple(map(str, Calendar)), tuple(map(str, Digits))
    spoken = named_language(asked.speaks) or asked.speaks
    language = _one_of((*LANGUAGES, USUAL), spoken, base_language(before.language) or USUAL, problems)
    calendar = _one_of((*calendars, USUAL), asked.calendar, before.calendar or USUAL, problems)
    digits = _one_of((*digits_known, USUAL), asked.digits, before.digits or USUAL, problems)
    amounts = _one_of((RIALS, TOMANS), asked.amounts, TOMANS if before.in_tomans else RIALS, problems)
    if problems:
        return before
    return Preferences(
        before.language if not asked.speaks else "" if language == USUAL else language,
        None if calendar == USUAL else Calendar(calendar),
        None if digits == USUAL else Digits(digits),
        amounts == TOMANS,
    )


def _settings(asked: MeOptions, keys: Sequence[str], before: Settings, problems: list[Invalid]) -> Settings:
    """What belongs to this machine, as it is to be."""
    keymap = dict(before.keymap)
    for each in keys:
        command, sign, typed = each.partition("=")
        if not sign or not command.strip():
            words = _("“{given}” gives no keys; write --key command=keys.").format(given=each)
            problems.append(Invalid(words, "key"))
        elif typed.strip():
            keymap[command.strip()] = typed.strip()
        else:
            keymap.pop(command.strip(), None)
    return replace(
        before,
        theme=asked.theme or before.theme,
        density=_one_of((COMFORTABLE, COMPACT), asked.density, before.density, problems),
        direction=_one_of(DIRECTIONS, asked.direction, before.direction, problems),
        keyboard=_one_of(KEYBOARDS, asked.keyboard, before.keyboard, problems),
        bell=before.bell if asked.bell is None else asked.bell,
        dial=before.dial if asked.dial is None else asked.dial,
        keymap=keymap,
    )


def _one_of(known: Sequence[str], said: str, before: str, problems: list[Invalid]) -> str:
    """The word that was said, in any case of its letters, or the one `before`; a problem where it is none of the known."""
    word = said.strip().casefold() or str(before)
    if said and word not in known:
        words = _("“{given}” is none of these: {known}.")
        problems.append(Invalid(words.format(given=said, known=format_list(map(str, known)))))
    return word


def _fields(session: Session, chosen: Preferences, settings: Settings) -> list[tuple[str, str]]:
    usual = pgettext("choice", "as usual")
    keymap = format_list(f"{command} = {keys}" for command, keys in settings.keymap.items())
    return [
        (pgettext("field", "Name"), session.actor.name),
        (pgettext("field", "E-mail"), session.actor.email),
        (pgettext("field", "Language"), OWN_NAMES.get(base_language(chosen.language), usual)),
        (
            pgettext("field", "Calendar"),
            pgettext("choice", CALENDAR_WORDS[chosen.calendar]) if chosen.calendar else usual,
        ),
        (pgettext("field", "Digits"), chosen.digits.value if chosen.digits else usual),
        (pgettext("field", "Amounts"), TOMANS if chosen.in_tomans else usual),
        (pgettext("field", "Theme"), settings.theme),
        (pgettext("field", "Density"), settings.density),
        (pgettext("field", "Right to left"), settings.direction),
        (pgettext("field", "Keyboard"), settings.keyboard),
        (pgettext("field", "Bell"), pgettext("choice", "yes") if settings.bell else pgettext("choice", "no")),
        (pgettext("field", "Rings by"), settings.dial),
        (pgettext("field", "Keys"), keymap),
    ]


def _record(session: Session, chosen: Preferences, settings: Settings) -> dict[str, Json]:
    return {
        "name": session.actor.name,
        "email": session.actor.email,
        "language": chosen.language or None,
        "calendar": chosen.calendar,
        "digits": chosen.digits,
        "in_tomans": chosen.in_tomans,
        "theme": settings.theme,
        "density": settings.density,
        "direction": settings.direction,
        "keyboard": settings.keyboard,
        "bell": settings.bell,
        "dial": settings.dial,
        "keymap": cast("dict[str, Json]", dict(settings.keymap)),
    }
