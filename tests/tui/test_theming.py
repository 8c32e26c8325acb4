"""Themes: the product's own are whole and legible, a broken file is refused in words, Textual's own serve too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme
from textual.widgets import Static

from leadtui.domain.status import STATUS_COLOURS
from leadtui.errors import Unreadable
from leadtui.tui.theme_colours import BACKGROUNDS, FOREGROUNDS, VARIABLES, variables_for
from leadtui.tui.theming import load_theme, load_themes

OWN_FOLDER = Path(__file__).parents[2] / "themes"
LEAST_CONTRAST = {"leadtui-night": 4.5, "leadtui-day": 4.5, "leadtui-contrast": 7.0}


def wcag_contrast(one: str, other: str) -> float:
    """WCAG 2.2, "contrast ratio" and "relative luminance", of two colours written #rrggbb."""

    def luminance(colour: str) -> float:
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def own_theme(name: str) -> Theme:
    return load_theme(OWN_FOLDER / f"{name}.toml")


def written(folder: Path, name: str, changed: dict[str, str] | None = None) -> Path:
    """A copy of the night theme under another name, with some lines of text replaced."""
    text = (OWN_FOLDER / "leadtui-night.toml").read_text(encoding="utf-8")
    for old, new in (changed or {}).items():
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_contrast_of_black_and_white_is_that_of_the_standard() -> None:
    assert round(wcag_contrast("#000000", "#ffffff"), 2) == 21
    assert round(wcag_contrast("#777777", "#ffffff"), 2) == 4.48


def test_the_products_own_themes_are_a_dark_a_light_and_a_high_contrast_one() -> None:
    themes, problems = load_themes([OWN_FOLDER])
    assert problems == []
    assert {theme.name: theme.dark for theme in themes} == {
        "leadtui-night": True,
        "leadtui-day": False,
        "leadtui-contrast": True,
    }


@pytest.mark.parametrize("name", LEAST_CONTRAST)
@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("foreground", ["foreground", *FOREGROUNDS])
def test_text_is_legible_on_whatever_it_stands_on(name: str, foreground: str, background: str) -> None:
    theme = own_theme(name)
    text = theme.foreground if foreground == "foreground" else theme.variables[foreground]
    assert text is not None
    assert wcag_contrast(text, theme.variables[background]) >= LEAST_CONTRAST[name]


@pytest.mark.parametrize("name", LEAST_CONTRAST)
@pytest.mark.parametrize("part", ["block-cursor", "block-cursor-blurred", "input-cursor"])
def test_what_textual_draws_by_itself_is_legible_too(name: str, part: str) -> None:
    variables = own_theme(name).variables
    least = LEAST_CONTRAST[name]
    assert wcag_contrast(variables[f"{part}-foreground"], variables[f"{part}-background"]) >= least


@pytest.mark.parametrize("name", LEAST_CONTRAST)
def test_shades_that_mean_something_can_be_told_apart(name: str) -> None:
    variables = own_theme(name).variables
    for one, other in [
        ("pane", "cursor"),
        ("pane", "field"),
        ("cursor", "cursor-blurred"),
        ("pane", "pane-alt"),
    ]:
        assert wcag_contrast(variables[one], variables[other]) >= 1.05
    assert wcag_contrast(variables["cursor"], variables["pane"]) > wcag_contrast(
        variables["cursor-blurred"], variables["pane"]
    )
    assert len({variables[f"status-{colour}"] for colour in STATUS_COLOURS}) == len(STATUS_COLOURS)


def test_a_colour_may_be_written_in_any_opaque_way_of_a_style_sheet(tmp_path: Path) -> None:
    path = written(tmp_path, "mine.toml", {'late = "#ff8a9e"': 'late = "rgb(255,0,128)"'})
    assert load_theme(path).variables["late"].lower() == "#ff0080"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('late = "#ff8a9e"', 'late = "redd"', "variables.late"),
        ('late = "#ff8a9e"', 'late = "#ff8a9e80"', "variables.late"),
        ('late = "#ff8a9e"', 'late = "ansi_red"', "variables.late"),
        ('late = "#ff8a9e"', "late = 3", "variables.late"),
        ('late = "#ff8a9e"', 'late = "$primary; } * { display: none"', "variables.late"),
        ('late = "#ff8a9e"', "", "variables.late"),
        ('late = "#ff8a9e"', 'late = "#ff8a9e"\nlatest = "#ff8a9e"', "variables.latest"),
        ('primary = "#7aa2f7"', 'primery = "#7aa2f7"', "colours.primery"),
        ('primary = "#7aa2f7"', "", "colours.primary"),
        ('primary = "#7aa2f7"', "primary = []", "colours.primary"),
        ('border = "#7aa2f7"', 'bordure = "#7aa2f7"', "textual.bordure"),
        ('border = "#7aa2f7"', 'border = "none"', "textual.border"),
        ('text-style = "bold"', 'text-style = "blinking"', "textual.block-cursor-text-style"),
        ("dark = true", 'dark = "yes"', "dark"),
        ("dark = true", "", "dark"),
        ("dark = true", "dark = true\nbright = true", "bright"),
        ('name = "leadtui-night"', 'name = "my theme"', "name"),
        ('name = "leadtui-night"', 'name = "../../x"', "name"),
        ('name = "leadtui-night"', "name = 7", "name"),
        ("[textual]", "[textuals]", "textuals"),
    ],
)
def test_a_wrong_theme_file_is_refused_with_file_key_and_fix(
    tmp_path: Path, old: str, new: str, named: str
) -> None:
    path = written(tmp_path, "mine.toml", {old: new})
    with pytest.raises(Unreadable) as refused:
        load_theme(path)
    sentence = str(refused.value)
    assert "mine.toml" in sentence
    assert f"“{named}”" in sentence
    assert sentence.endswith(".")
    assert sentence.count(".") > 1


def test_a_misspelt_key_is_answered_with_the_right_spelling(tmp_path: Path) -> None:
    path = written(tmp_path, "mine.toml", {'untouched = "': 'untuched = "'})
    with pytest.raises(Unreadable, match=r"“variables\.untouched”"):
        load_theme(path)


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe\x00", b"colours = 3", b""])
def test_a_file_that_is_no_theme_at_all_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=r"mine\.toml"):
        load_theme(path)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    for name in ("nothing.toml", "folder.toml"):
        with pytest.raises(Unreadable, match=name):
            load_theme(tmp_path / name)


@given(
    key=st.sampled_from(["late", "primary", "name", "dark", "border", "colours"]),
    value=st.one_of(
        st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=20).map(repr),
        st.integers().map(str),
        st.sampled_from(
            ["true", "1979-05-27", "[1]", "{a = 1}", '"#12"', '"rgb(1,2,3)"', '"hsl(1,2%,3%)"', "nan"]
        ),
    ),
)
def test_no_value_makes_a_theme_file_more_than_unreadable(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: str
) -> None:
    lines = (OWN_FOLDER / "leadtui-night.toml").read_text(encoding="utf-8").splitlines()
    changed = [f"{key} = {value}" if line.startswith(f"{key} = ") else line for line in lines]
    path = tmp_path_factory.mktemp("themes") / "mine.toml"
    path.write_text("\n".join(changed), encoding="utf-8")
    themes, problems = load_themes([path.parent])
    assert len(themes) + len(problems) == 1
    assert all(set(VARIABLES) <= set(theme.variables) for theme in themes)
    assert all("mine.toml" in problem for problem in problems)


def test_a_broken_file_costs_only_its_own_theme(tmp_path: Path) -> None:
    written(tmp_path, "broken.toml", {"dark = true": "dark ="})
    written(tmp_path, "mine.toml", {'name = "leadtui-night"': 'name = "mine"'})
    themes, problems = load_themes([OWN_FOLDER, tmp_path, tmp_path / "not there"])
    assert {theme.name for theme in themes} == {*LEAST_CONTRAST, "mine"}
    assert len(problems) == 1
    assert "broken.toml" in problems[0]


def test_a_persons_own_theme_takes_the_place_of_a_built_in_one(tmp_path: Path) -> None:
    written(tmp_path, "night.toml", {'late = "#ff8a9e"': 'late = "#ff0000"'})
    themes, problems = load_themes([OWN_FOLDER, tmp_path])
    assert problems == []
    (night,) = (theme for theme in themes if theme.name == "leadtui-night")
    assert night.variables["late"].lower() == "#ff0000"


@pytest.mark.parametrize("name", BUILTIN_THEMES)
def test_every_theme_of_textuals_gets_all_variables(name: str) -> None:
    derived = variables_for(BUILTIN_THEMES[name])
    assert set(derived) == set(VARIABLES)
    for value in derived.values():
        Color.parse(value)


@pytest.mark.parametrize("name", [name for name, theme in BUILTIN_THEMES.items() if not theme.ansi])
def test_what_is_derived_is_legible_and_its_cursor_seen(name: str) -> None:
    theme = BUILTIN_THEMES[name]
    derived = variables_for(theme)
    plain = Color.parse(theme.to_color_system().generate()["foreground"]).hex6
    for background in (derived[name] for name in BACKGROUNDS):
        for foreground in set(FOREGROUNDS) - {"dim", "faint"}:
            assert wcag_contrast(derived[foreground], background) >= 4.5
    weakest = min(4.5, *(wcag_contrast(plain, derived[name]) for name in BACKGROUNDS))
    assert weakest >= 3.5
    for foreground in ("dim", "faint"):
        for background in BACKGROUNDS:
            assert wcag_contrast(derived[foreground], derived[background]) >= weakest
        assert (
            wcag_contrast(derived[foreground], derived["pane"]) <= wcag_contrast(plain, derived["pane"]) + 0.3
        )
    assert wcag_contrast(derived["cursor"], derived["pane"]) >= 1.25


def test_a_themes_own_variables_stand() -> None:
    night = own_theme("leadtui-night")
    assert variables_for(night) == {key: night.variables[key] for key in VARIABLES}
    some = Theme("some", primary="#7aa2f7", variables={"late": "#ff0000", "border": "#00ff00"})
    assert variables_for(some)["late"] == "#ff0000"
    assert "border" not in variables_for(some)


class ThemedApp(App[None]):
    """One word in each colour, on each background."""

    CSS = "".join(
        f"#{text}-on-{back} {{ color: ${text}; background: ${back}; }}"
        for text in FOREGROUNDS
        for back in (*BACKGROUNDS, "rule")
    )

    def __init__(self) -> None:
        super().__init__()
        for theme in load_themes([OWN_FOLDER])[0]:
            self.register_theme(theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_for(self.current_theme)

    def compose(self) -> ComposeResult:
        yield Static("late", id="late-on-cursor")


async def test_a_running_app_can_change_to_every_theme() -> None:
    app = ThemedApp()
    async with app.run_test() as pilot:
        for name in app.available_themes:
            app.theme = name
            await pilot.pause()
            word = app.query_one("#late-on-cursor")
            expected = variables_for(app.current_theme)
            assert word.styles.color == Color.parse(expected["late"])
            assert word.styles.background == Color.parse(expected["cursor"])
