"""The wheel holds what the program needs at run time, and finds it there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

SCRIPT = """
import leadtui
from leadtui import paths
from leadtui.language.translate import catalogue
from leadtui.services.templates import list_templates
from leadtui.tui.theming import load_themes
themes, problems = load_themes([paths.themes_folder()])
print(leadtui.__file__)
print([template.key for template in list_templates()])
print(sorted(theme.name for theme in themes), problems)
print(any(paths.demo_folder().iterdir()))
print([catalogue(language).info()["language"] for language in ("fa", "ar")])
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def test_an_installed_wheel_finds_its_templates_themes_and_translations(
    installed: Path, tmp_path: Path
) -> None:
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    assert said == [
        str(installed / "leadtui" / "__init__.py"),
        "['blank', 'hesin-haseb', 'sahab', 'sales']",
        "['leadtui-contrast', 'leadtui-day', 'leadtui-night'] []",
        "True",
        "['fa', 'ar']",
    ]


def test_the_wheel_holds_everything_that_the_package_reads(installed: Path) -> None:
    wanted = {
        path.relative_to(ROOT)
        for path in (ROOT / "leadtui").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".po"
    }
    missing = {path for path in wanted if not (installed / path).is_file()}
    assert not missing
    assert (installed / "leadtui" / "py.typed").is_file()
