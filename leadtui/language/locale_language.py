"""The language of the machine, and how languages are named where one is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from leadtui.language.translate import SOURCE_LANGUAGE, base_language, speaks

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""POSIX.1, "Internationalization Variables": the first one that says something counts."""


def named_language(text: str) -> str | None:
    """Return the language that `text` names, as `fa`, `fa-IR` or `fa_IR.UTF-8` does; None where it is not spoken."""
    name = base_language(text.strip().partition(".")[0].partition("@")[0])
    return name if name and speaks(name) else None


def locale_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language of the machine's locale; empty where it is not spoken, or is English.

    An English locale is what machines come with, and says nothing of the person at it.
    """
    said = next((environment[name] for name in _LOCALE_VARIABLES if environment.get(name)), "")
    if not said and sys.platform == "win32":
        import ctypes
        import locale

        said = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    found = named_language(said)
    return found if found and found != SOURCE_LANGUAGE else ""
