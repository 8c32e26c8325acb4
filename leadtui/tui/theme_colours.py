"""The colours that the screens name beyond Textual's, and how any theme comes by those that it does not set."""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

from leadtui.domain.status import STATUS_COLOURS

FOREGROUNDS = (
    "dim",
    "faint",
    "late",
    "soon",
    "untouched",
    "gained",
    "key",
    *(f"status-{colour}" for colour in STATUS_COLOURS),
)
"""Theme variables that text is drawn in: legible on each of `BACKGROUNDS`."""

BACKGROUNDS = ("pane", "pane-alt", "cursor", "cursor-blurred", "field", "field-focus", "flash")
"""Theme variables that text stands on."""

VARIABLES = (*BACKGROUNDS, "rule", *FOREGROUNDS)
"""Every theme variable of leadtui's own."""

LEGIBLE = 4.5
"""The least contrast of text: WCAG 2.2, success criterion 1.4.3, level AA."""


def variables_for(theme: Theme) -> dict[str, str]:
    """leadtui's variables for any theme: derived from its base colours where it does not set them itself.

    Made for `App.get_theme_variable_defaults`. What is derived keeps the contrast of `LEGIBLE` on every background,
    or that of the theme's plain text where this has less; a theme of the terminal's own sixteen colours gets names
    of those, whose contrast is the terminal's affair.
    """
    own = {key: theme.variables[key] for key in VARIABLES if key in theme.variables}
    if len(own) == len(VARIABLES):
        return own
    return (_ansi_variables(theme) if theme.ansi else _derived_variables(theme)) | own


def contrast(one: Color, other: Color) -> float:
    """The contrast of two opaque colours, from 1 to 21: WCAG 2.2, "contrast ratio"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _derived_variables(theme: Theme) -> dict[str, str]:
    generated = theme.to_color_system().generate()
    primary, pane = Color.parse(theme.primary), Color.parse(generated["background"])
    foreground = Color.parse(generated["foreground"])
    surface = Color.parse(generated["surface"])
    backgrounds = {
        "pane": pane,
        "pane-alt": surface if surface != pane else pane.blend(foreground, 0.06),
        "cursor": _tint(pane, primary, foreground, 1.5),
        "cursor-blurred": _tint(pane, primary, foreground, 1.25),
        "field": _tint(pane, foreground, foreground, 1.17),
        "field-focus": _tint(pane, primary, foreground, 1.4),
        "flash": _tint(pane, Color.parse(theme.success or theme.primary), foreground, 1.45),
    }
    hues = _hues(theme)
    texts = {
        "dim": foreground.blend(pane, 0.3),
        "faint": foreground.blend(pane, 0.45),
        "late": hues["red"],
        "soon": hues["amber"],
        "untouched": hues["blue"],
        "gained": hues["green"],
        "key": Color.parse(theme.accent or theme.primary),
        **{f"status-{colour}": hues[colour] for colour in STATUS_COLOURS},
    }
    stood_on = tuple(backgrounds.values())
    # Where plain text itself is weak, what ranks below it must not outshine it.
    plain = min(LEGIBLE, _least_contrast(foreground, stood_on))
    legible = {
        key: _legible(colour, stood_on, plain if key in {"dim", "faint"} else LEGIBLE)
        for key, colour in texts.items()
    }
    rule = pane.blend(foreground, 0.14)
    return {key: colour.hex6 for key, colour in (backgrounds | {"rule": rule} | legible).items()}


def _tint(pane: Color, hue: Color, foreground: Color, distance: float) -> Color:
    """The pane tinted until its contrast with the bare pane is `distance`.

    It stops earlier where plain text would not be legible on it any more, but not before half the way: a few themes
    have plain text that is hardly legible to begin with, and their cursor must be seen too.
    """
    bearable = contrast(pane, foreground) / LEGIBLE
    wished = min(distance, max(bearable, (1 + distance) / 2))
    tints = (pane.blend(hue.blend(foreground, step / 100), step / 50, alpha=1) for step in range(1, 51))
    return next(tint for tint in tints if contrast(tint, pane) >= wished)


def _legible(colour: Color, backgrounds: tuple[Color, ...], wished: float) -> Color:
    """The colour, moved towards white or black as little as it takes for the contrast wished on every background."""
    end = max((Color(255, 255, 255), Color(0, 0, 0)), key=lambda end: _least_contrast(end, backgrounds))
    steps = (Color.parse(colour.blend(end, step / 100, alpha=1).hex6) for step in range(100))
    return next((step for step in steps if _least_contrast(step, backgrounds) >= wished), end)


def _least_contrast(colour: Color, backgrounds: tuple[Color, ...]) -> float:
    return min(contrast(colour, background) for background in backgrounds)


def _hues(theme: Theme) -> dict[str, Color]:
    """The ten status colours: the theme's own where it names them, else of a palette that suits it."""
    palette = _PALETTE_ON_DARK if theme.dark else _PALETTE_ON_LIGHT
    own = {"green": theme.success, "amber": theme.warning, "red": theme.error}
    return {colour: Color.parse(own.get(colour) or palette[colour]) for colour in STATUS_COLOURS}


def _ansi_variables(theme: Theme) -> dict[str, str]:
    """The terminal's own colours; the shades that sixteen colours lack fall together."""
    back = theme.background or "ansi_default"
    # On a background that is named too a field has to be another colour.
    named = back != "ansi_default"
    field, cursor = (
        ("ansi_blue" if named else "ansi_black", "ansi_magenta" if named else "ansi_blue")
        if theme.dark
        else ("ansi_bright_white" if named else "ansi_white", "ansi_bright_cyan" if named else "ansi_cyan")
    )
    bright = "bright_" if theme.dark else ""
    hues = {
        "blue": f"ansi_{bright}blue",
        "green": f"ansi_{bright}green",
        "amber": f"ansi_{bright}yellow",
        "red": f"ansi_{bright}red",
        "violet": f"ansi_{bright}magenta",
        "grey": "ansi_bright_black",
        "cyan": f"ansi_{bright}cyan",
        "orange": "ansi_yellow",
        "pink": f"ansi_{bright}magenta",
        "teal": "ansi_cyan",
    }
    return {
        "pane": back,
        "pane-alt": back,
        "cursor": cursor,
        "cursor-blurred": back if named else field,
        "field": field,
        "field-focus": cursor,
        "flash": cursor,
        "rule": "ansi_bright_black" if named else field,
        "dim": "ansi_white" if theme.dark else "ansi_bright_black",
        # Bright black is black on many a console.
        "faint": "ansi_cyan" if named and theme.dark else "ansi_bright_black",
        "late": hues["red"],
        "soon": hues["amber"],
        "untouched": hues["blue"],
        "gained": hues["green"],
        "key": hues["violet"],
        **{f"status-{colour}": hues[colour] for colour in STATUS_COLOURS},
    }


def _luminance(colour: Color) -> float:
    """WCAG 2.2, "relative luminance", of an sRGB colour."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)


_PALETTE_ON_DARK = {
    "blue": "#7aa2f7",
    "green": "#9ece6a",
    "amber": "#e0af68",
    "red": "#f7768e",
    "violet": "#bb9af7",
    "grey": "#a4abc8",
    "cyan": "#7dcfff",
    "orange": "#ff9e64",
    "pink": "#f5a3d4",
    "teal": "#5fcfb8",
}
_PALETTE_ON_LIGHT = {
    "blue": "#2455a4",
    "green": "#1f6b2c",
    "amber": "#7d5400",
    "red": "#b2261e",
    "violet": "#6a3cb3",
    "grey": "#555a63",
    "cyan": "#00627f",
    "orange": "#99480a",
    "pink": "#a3266f",
    "teal": "#0a675c",
}
