"""Which terminal this is, so far as lines from right to left go: what it is asked, what it answers, what it needs.

Variables of the environment are lost over ssh and stale in tmux, so a terminal is asked: whether it turns lines itself
(DECRQM of mode 8, BDSM, ECMA-48 7.2.1), and for its name and version (XTVERSION).
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from leadtui.settings import TerminalProfile

QUESTIONS = "\x1b[8$p\x1b[>q"

ANSWERS = re.compile(r"\x1b\[8;(?P<mode>[0-4])\$y|\x1bP>\|(?P<name>[^\x1b]*)\x1b\\")

UNFINISHED_ANSWER = re.compile(r"(?:\x1b\[8;[0-4]?\$?|\x1bP>[^\x1b]*\x1b?)\Z")
"""The end of what has come in so far, where the rest of an answer is still on its way."""

STOPS_TURNING = {
    TerminalProfile.KONSOLE: "\x1b]50;BidiRenderingEnabled=false\x07",
    TerminalProfile.MLTERM: "\x1b]5379;use_ctl=false\x07",
}
TURNS_AGAIN = {
    TerminalProfile.KONSOLE: "\x1b]50;BidiRenderingEnabled=true\x07",
    TerminalProfile.MLTERM: "\x1b]5379;use_ctl=true\x07",
}
"""What these terminals are told, and no other ever gets: to xterm Konsole's would be the name of a font."""


@dataclass(frozen=True, slots=True)
class TerminalKind:
    """What is known of the terminal."""

    name: str = ""
    """With its version, as it says it; empty where it does not."""
    turns_lines: bool = False

    @property
    def profile(self) -> TerminalProfile:
        """What it is given."""
        name = self.name.lower()
        for beginning, profile in _BY_NAME:
            if name.startswith(beginning):
                return profile
        return TerminalProfile.MARKS if self.turns_lines else TerminalProfile.PLAIN

    def with_answer(self, answer: re.Match[str]) -> TerminalKind:
        """What is known once it has given this one of the `ANSWERS`."""
        if answer["name"] is not None:
            name = self.name if self.name.startswith(_IN_TMUX) else answer["name"]
            return TerminalKind(name, self.turns_lines)
        return TerminalKind(self.name, answer["mode"] in ("1", "3"))


_IN_TMUX = "tmux in "

_BY_NAME = (
    ("vte", TerminalProfile.MARKS),
    ("konsole", TerminalProfile.KONSOLE),
    ("kitty", TerminalProfile.KITTY),
    ("mlterm", TerminalProfile.MLTERM),
    (f"{_IN_TMUX}kitty", TerminalProfile.KITTY),
    # What else it runs in turns lines or is not harmed by marks.
    ("tmux", TerminalProfile.MARKS),
)


def kind_by_environment(environment: Mapping[str, str]) -> TerminalKind:
    """What the environment says, until the terminal itself has answered."""
    if environment.get("TMUX"):
        return TerminalKind(_IN_TMUX + _terminal_of_tmux(environment))
    if environment.get("KITTY_WINDOW_ID") or environment.get("TERM") == "xterm-kitty":
        return TerminalKind("kitty")
    if environment.get("TERM", "").startswith("mlterm"):  # It answers with no name.
        return TerminalKind("mlterm")
    if environment.get("KONSOLE_VERSION"):
        return TerminalKind("Konsole")
    if environment.get("VTE_VERSION"):
        return TerminalKind("VTE")
    return TerminalKind()


def _terminal_of_tmux(environment: Mapping[str, str]) -> str:
    """What tmux runs in, which it answers nobody but its own command."""
    asked = ("tmux", "display-message", "-p", "#{?client_termtype,#{client_termtype},#{client_termname}}")
    try:
        answer = subprocess.run(asked, env=environment, capture_output=True, timeout=1, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.decode("utf-8", "replace").strip().removeprefix("xterm-")
