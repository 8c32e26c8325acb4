"""Ringing by the person's dial command: its words, and what became of it."""

from __future__ import annotations

import re
import shlex
import subprocess

from leadtui.language.translate import _, pgettext

DIAL_SECONDS = 20
"""After this time a dial command that has not ended is taken to be the telephone itself, and left alone."""

E164 = re.compile(r"\+[0-9]{4,15}")
"""What is handed to a dial command or a mobile; a store may hold anything else too."""


def dial_arguments(command: str, number: str) -> list[str]:
    """The words of the dial command with {number} replaced; no shell ever reads them. Raises ValueError."""
    words = shlex.split(command)
    if not words:
        raise ValueError(pgettext("reason", "empty command"))
    filled = [word.replace("{number}", number) for word in words]
    return filled if filled != words else [*filled, number]


def run_dial_command(command: str, number: str) -> tuple[str, bool]:
    """Run the command and tell what became of it: a sentence, and whether it failed."""
    try:
        arguments = dial_arguments(command, number)
        ended = subprocess.run(
            arguments, capture_output=True, stdin=subprocess.DEVNULL, timeout=DIAL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return _("The dial command is at work."), False
    except (OSError, ValueError) as error:
        return _("The dial command cannot be run ({reason}); correct it in the settings.").format(
            reason=error
        ), True
    if ended.returncode:
        return _("The dial command failed (it ended with {code}).").format(code=ended.returncode), True
    return _("The telephone rings."), False
