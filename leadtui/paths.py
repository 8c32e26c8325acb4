"""Every path that leadtui uses, in one place."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import PlatformDirs

_DIRECTORIES = PlatformDirs("leadtui", appauthor=False)
_PACKED = Path(__file__).parent / "_packed"
_CHECKOUT = Path(__file__).parent.parent


def own_store() -> str:
    """The person's own store: LEADTUI_STORE where it is set, else a file in the user's data folder."""
    return os.environ.get("LEADTUI_STORE") or str(_DIRECTORIES.user_data_path / "leadtui.db")


def settings_file() -> Path:
    """The person's own settings."""
    return _DIRECTORIES.user_config_path / "settings.toml"


def own_themes_folder() -> Path:
    """Where a person puts themes of their own."""
    return _DIRECTORIES.user_config_path / "themes"


def sign_ins_folder() -> Path:
    """Where the tokens of a person's own sign-ins are, for nobody else to read."""
    return _DIRECTORIES.user_state_path / "sign-ins"


def crash_folder() -> Path:
    """Where it is kept what happened as the program met an error that nobody foresaw."""
    return _DIRECTORIES.user_log_path


def templates_folder() -> Path:
    """The workspace templates that come with leadtui."""
    return _resources("data") / "templates"


def titles_folder() -> Path:
    """What the columns of sheets are called, a file for each language."""
    return _resources("data") / "titles"


def demo_folder() -> Path:
    """The names and cities that the demonstration's customers are made of."""
    return _resources("data") / "demo"


def themes_folder() -> Path:
    """The themes that come with leadtui."""
    return _resources("themes")


def _resources(name: str) -> Path:
    # In a wheel the folder is packed into the package; in a checkout it lies beside it.
    packed = _PACKED / name
    return packed if packed.is_dir() else _CHECKOUT / name
