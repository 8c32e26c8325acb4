"""A person's own settings: how leadtui looks, writes and dials for them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import cast

from leadtui.language.keyboard_layouts import LAYOUTS
from leadtui.language.translate import ListStyle, _, format_list
from leadtui.toml_file import read_toml
from leadtui.whole_file import unwritable, whole_file

COMFORTABLE, COMPACT = "comfortable", "compact"
"""The densities: how much room there is between what is on the screen."""

AUTO = "auto"


class TerminalProfile(StrEnum):
    """What a terminal does with letters that run from right to left, and so what it is given."""

    PLAIN = "plain"
    """It draws one cell after the other, as xterm does, and needs nothing more."""
    MARKS = "marks"
    """It turns lines itself, as GNOME Terminal does, but for letters with a mark behind them: `terminal_columns.with_marks`."""
    KONSOLE = "konsole"
    """It turns lines itself until it is told not to."""
    MLTERM = "mlterm"
    """So does this one, and is told in its own way."""
    KITTY = "kitty"
    """It turns and joins the letters of a word, and nothing else."""
    OFF = "off"
    """It is given lines as they are read."""


DIRECTIONS = (AUTO, *TerminalProfile)
"""What `direction` can be; under `AUTO` the terminal is asked."""

KEYBOARDS = (AUTO, *(each.name for each in LAYOUTS))
"""What `keyboard` can be; under `AUTO` it is learned from what is typed."""

CHOICES = {"direction": DIRECTIONS, "keyboard": KEYBOARDS}
"""The settings that are one of several words."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Empty words mean "as the workspace has it". `dial` is a command in which {number} stands for the number."""

    language: str = ""
    calendar: str = ""
    theme: str = "leadtui-night"
    direction: str = AUTO
    keyboard: str = AUTO
    dial: str = ""
    bell: bool = True
    density: str = COMFORTABLE
    keymap: dict[str, str] = field(default_factory=dict[str, str])


def load_settings(path: Path) -> tuple[Settings, list[str]]:
    """The settings in `path` and a sentence for each that could not be used; a missing file is no problem."""
    try:
        given = read_toml(path)
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problem = _("{path} cannot be read ({reason}); its settings are left out.")
        return Settings(), [problem.format(path=path, reason=error)]
    return settings_of(given, str(path))


def settings_of(given: Mapping[str, object], path: str) -> tuple[Settings, list[str]]:
    """The settings that were given, and a sentence for each that could not be used; `path` is where they stand."""
    problems: list[str] = []
    kinds: dict[str, type[object]] = {
        each.name: type(getattr(Settings(), each.name)) for each in fields(Settings)
    }
    usable = Settings()
    for name, value in given.items():
        if name not in kinds:
            problems.append(_("{path}: there is no setting “{name}”.").format(path=path, name=name))
        elif not isinstance(value, kinds[name]):
            problems.append(_("{path}: “{name}” has a value of the wrong kind.").format(path=path, name=name))
        elif name == "density" and value not in (COMFORTABLE, COMPACT):
            sentence = _("{path}: “density” is either “{one}” or “{other}”.")
            problems.append(sentence.format(path=path, one=COMFORTABLE, other=COMPACT))
        elif name in CHOICES and value not in CHOICES[name]:
            sentence = _("{path}: “{name}” is one of {choices}.")
            choices = format_list((f"“{each}”" for each in CHOICES[name]), ListStyle.OR)
            problems.append(sentence.format(path=path, name=name, choices=choices))
        elif name == "keymap" and not _are_words(value):
            problems.append(_("{path}: each key in “keymap” is written in quotes.").format(path=path))
        else:
            usable = replace(usable, **{name: value})
    return usable, problems


def _are_words(table: object) -> bool:
    return isinstance(table, dict) and all(
        isinstance(each, str) for each in cast("dict[str, object]", table).values()
    )


def unusual(settings: Settings) -> dict[str, object]:
    """The settings that differ from the usual ones."""
    usual = asdict(Settings())
    return {name: value for name, value in asdict(settings).items() if value != usual[name]}


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings that differ from the usual ones, whole or not at all. Raises Refused."""
    import tomli_w

    given = unusual(settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    with whole_file(path, force=True) as file:
        tomli_w.dump(given, file)
