"""Themes: reads the theme files, and gives Textual's own themes the colours that leadtui's screens name.

A theme file is TOML: `name`, `dark`, a table `[colours]` (the base colours that Textual derives its own from), a
table `[variables]` (the colours that the screens name, all of them) and, if wished, a table `[textual]` with
single variables of Textual's own. Every colour is opaque, so that what is written is what is seen.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from textual.color import Color, ColorParseError
from textual.design import ColorSystem
from textual.theme import BUILTIN_THEMES, Theme

from leadtui.errors import Unreadable
from leadtui.language.translate import _
from leadtui.toml_file import read_toml
from leadtui.tui.theme_colours import VARIABLES

SIXTEEN = "leadtui-sixteen"
"""What the names of the themes of sixteen colours begin with; nobody chooses them."""

BASE_COLOURS = (
    "primary",
    "secondary",
    "accent",
    "success",
    "warning",
    "error",
    "foreground",
    "background",
    "surface",
    "panel",
)


def load_themes(folders: Iterable[Path]) -> tuple[list[Theme], list[str]]:
    """Every theme of the folders, and a sentence for each file that cannot be used.

    A theme of a later folder takes the place of one of the same name in an earlier one. A folder that does not exist
    has no themes.
    """
    themes: dict[str, Theme] = {}
    problems: list[str] = []
    for folder in folders:
        try:
            paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
        except OSError as error:
            problems.append(_cannot_open(folder, error))
            continue
        for path in paths:
            try:
                theme = load_theme(path)
            except Unreadable as problem:
                problems.append(str(problem))
            else:
                themes[theme.name] = theme
    return list(themes.values()), problems


def load_theme(path: Path) -> Theme:
    """The theme that a file describes.

    Raises `Unreadable`, naming the file, the key and the fix, where the file cannot be read, is not TOML, lacks a
    key, has one too many, or has something that is not a colour.
    """
    document = _document(path)
    _check_keys(path, "", document, required=("name", "dark", "colours", "variables"), optional=("textual",))
    base = _table(path, document, "colours")
    own = _table(path, document, "variables")
    textual = _table(path, document, "textual")
    _check_keys(path, "colours.", base, required=BASE_COLOURS)
    _check_keys(path, "variables.", own, required=VARIABLES)
    _check_keys(path, "textual.", textual, required=(), optional=_textual_variables())
    colours = {key: _colour(path, f"colours.{key}", value) for key, value in base.items()}
    variables = {key: _colour(path, f"variables.{key}", value) for key, value in own.items()}
    variables |= {key: _textual_value(path, key, value) for key, value in textual.items()}
    return Theme(
        name=_name(path, document["name"]),
        dark=_dark(path, document["dark"]),
        primary=colours["primary"],
        secondary=colours["secondary"],
        accent=colours["accent"],
        success=colours["success"],
        warning=colours["warning"],
        error=colours["error"],
        foreground=colours["foreground"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["panel"],
        variables=variables,
    )


def sixteen_colour_themes() -> tuple[Theme, Theme]:
    """A dark and a light theme of the colours that every terminal has, whatever it has them look like.

    Textual's leave the background to the terminal, which may be dark or light; these name it.
    """
    night = replace(
        BUILTIN_THEMES["ansi-dark"],
        name=f"{SIXTEEN}-night",
        primary="ansi_bright_cyan",
        foreground="ansi_white",
        background="ansi_black",
        surface="ansi_black",
        panel="ansi_black",
    )
    day = replace(
        BUILTIN_THEMES["ansi-light"],
        name=f"{SIXTEEN}-day",
        primary="ansi_blue",
        foreground="ansi_black",
        background="ansi_white",
        surface="ansi_white",
        panel="ansi_white",
    )
    return night, day


# Reading a file


def _document(path: Path) -> dict[str, object]:
    try:
        return read_toml(path)
    except OSError as error:
        raise Unreadable(_cannot_open(path, error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(
            _(
                "The theme file {file} is not TOML in UTF-8 ({reason}). Correct it there, or delete the file."
            ).format(file=path, reason=error)
        ) from error


def _cannot_open(path: Path, error: OSError) -> str:
    return _("{file} cannot be read ({reason}). Allow reading it, or move it out of the themes.").format(
        file=path, reason=error.strerror or error
    )


def _check_keys(
    path: Path,
    prefix: str,
    table: Mapping[str, object],
    *,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
) -> None:
    """Unknown keys first: a misspelt key is also a missing one, and its own name says more."""
    for key in table:
        if key not in required and key not in optional:
            raise Unreadable(_unknown_key(path, prefix, key, (*required, *optional)))
    for key in required:
        if key not in table:
            raise Unreadable(
                _(
                    "The theme file {file} lacks the key “{key}”. "
                    "Copy its line from a theme of leadtui's own, and change the value."
                ).format(file=path, key=prefix + key)
            )


def _unknown_key(path: Path, prefix: str, key: str, known: tuple[str, ...]) -> str:
    import difflib  # only on the way to an error

    near = difflib.get_close_matches(key, known, n=1)
    if near:
        return _("The theme file {file} has an unknown key “{key}”. Write it “{near}”, or remove it.").format(
            file=path, key=prefix + key, near=prefix + near[0]
        )
    return _("The theme file {file} has an unknown key “{key}”. Remove it.").format(
        file=path, key=prefix + key
    )


def _table(path: Path, document: Mapping[str, object], key: str) -> dict[str, object]:
    value = document.get(key, {})
    if not isinstance(value, dict):
        raise Unreadable(
            _("In the theme file {file}, “{key}” is not a table. Begin it with a line [{key}].").format(
                file=path, key=key
            )
        )
    return cast("dict[str, object]", value)


def _name(path: Path, value: object) -> str:
    # Textual makes a style class of the name, so it must be one that a style sheet can spell.
    if isinstance(value, str) and re.fullmatch(r"[a-zA-Z][a-zA-Z0-9_-]{0,63}", value):
        return value
    raise Unreadable(
        _(
            "In the theme file {file}, “name” is {value}. "
            "Use Latin letters, digits and dashes, a letter first, as in “my-theme”."
        ).format(file=path, value=repr(value))
    )


def _dark(path: Path, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Unreadable(
        _("In the theme file {file}, “dark” is {value}. Write dark = true or dark = false.").format(
            file=path, value=repr(value)
        )
    )


def _colour(path: Path, key: str, value: object) -> str:
    try:
        colour = Color.parse(value) if isinstance(value, str) else None
    except ColorParseError:
        colour = None
    if colour is None or colour.a != 1 or colour.ansi is not None:
        raise Unreadable(
            _(
                "In the theme file {file}, “{key}” is {value}, which is not an opaque colour. "
                "Write one such as “#7aa2f7”."
            ).format(file=path, key=key, value=repr(value))
        )
    return colour.hex6


def _textual_value(path: Path, key: str, value: object) -> str:
    """A variable of Textual's: a colour, except for the few that hold a text style."""
    if not key.endswith("-style"):
        return _colour(path, f"textual.{key}", value)
    words = value.split() if isinstance(value, str) else []
    if words and all(word in _TEXT_STYLES for word in words):
        return " ".join(words)
    raise Unreadable(
        _("In the theme file {file}, “{key}” is {value}. Use words from: {words}.").format(
            file=path, key=f"textual.{key}", value=repr(value), words=", ".join(_TEXT_STYLES)
        )
    )


_TEXT_STYLES = ("none", "bold", "italic", "underline", "reverse", "strike", "not")


def _textual_variables() -> tuple[str, ...]:
    return tuple(ColorSystem(primary="#000000").generate())
