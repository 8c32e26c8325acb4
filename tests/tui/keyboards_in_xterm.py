"""Presses every key in xterm as a person with a Persian or an Arabic keyboard does: `uv run python tests/tui/keyboards_in_xterm.py`.

Under a virtual display, `setxkbmap` puts the layout of the system in place, `xdotool` presses keys by their place, and the
program notes what each runs, on every screen with letters as keys. It has to be what the same place runs on a US keyboard, and
has to come as the same key. It wants Xvfb, xterm, xdotool and setxkbmap.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

sys.path[:0] = [str(Path(__file__).parents[1])]

from session_making import add_lead, make_session
from test_capitals import PLACES as SCREENS
from test_capitals import ListeningApp
from textual import events

from leadtui.language import translate
from leadtui.language.keyboard_layouts import PLACES, PLACES_WITH_SHIFT
from leadtui.services import do_not_call, reminders
from leadtui.services.session import Session
from leadtui.settings import AUTO, Settings

DISPLAY = ":97"
MARK = "f11"
"""The key behind each that is pressed: when it has come, the one before it has done what it does."""

KEYCODES = (49, *range(10, 22), *range(24, 36), 51, *range(38, 49), *range(52, 62))
"""Those of evdev for `PLACES`."""

LAYOUTS = {"us": (AUTO, ()), "ir": ("isiri-9147", ()), "ara": (AUTO, (57,))}
"""The layouts of X11 with the setting, and keys from which it is learned."""

FIELD = "note"
OPENED_BY = {name: opening for name, (opening, _least) in SCREENS.items()} | {
    "refusal": ("c",),
    "statuses": ("s",),
    FIELD: ("m",),
}
PATIENCE = 20


class NotingApp(ListeningApp):
    """Notes what keys come as, and what they run, a line for each key."""

    def __init__(self, session: Session, settings: Settings, notes: Path) -> None:
        super().__init__(session, settings)
        self._notes = notes.open("a", encoding="utf-8")
        queue = cast("Any", self.input_queue)
        give = queue._give

        async def note_and_give(event: events.Event) -> None:
            if not isinstance(event, events.Key) or event.is_forwarded:
                await give(event)
            elif event.key == MARK:
                self.listens = True
                print(" | ".join(self.heard), file=self._notes, flush=True)
                self.heard.clear()
            elif self.listens:
                self.heard.append(f"key {event.key}")
                if self.writes_down:
                    self.heard[-1] = f"writes {event.character}"
                # A list of statuses would save, and a field would have its own keys.
                elif not self.lists_statuses:
                    await give(event)
            else:
                await give(event)

        queue._give = note_and_give

    @property
    def writes_down(self) -> bool:
        """Whether a field has the keyboard."""
        return type(self.focused).__name__ in {"TextInput", "LineInput"}

    @property
    def lists_statuses(self) -> bool:
        """Whether the list of statuses has it."""
        return type(self.focused).__name__ == "StatusList"


def run_inside(screen: str, keyboard: str, folder: Path) -> None:
    """What runs in the terminal."""
    session = make_session(folder)
    lead = add_lead(session, "Adam Price", "(212) 555-0101", "(212) 555-0102", mine=True)
    reminders.set_reminder(session, lead.id, session.now() + timedelta(minutes=1))
    if screen == "refusal":
        do_not_call.forbid(session, lead.id, "by letter")
    translate.use("en")
    app = NotingApp(session, Settings(keyboard=keyboard), folder / "notes")
    app.run()


class Terminal:
    """xterm with the program in it, and a person's fingers."""

    def __init__(self, folder: Path) -> None:
        self._notes = folder / "notes"

    def press(self, *keys: str | int) -> str:
        """Press keys one after the other, by name or by place; return what the program has noted of them."""
        before = self._marks()
        _run("xdotool", "key", *map(str, keys), MARK.upper())
        until = time.monotonic() + PATIENCE
        while self._marks() == before:
            if time.monotonic() > until:
                raise TimeoutError(f"{keys} did not come")
            time.sleep(0.005)
        return self._notes.read_text(encoding="utf-8").splitlines()[-1]

    def _marks(self) -> int:
        return self._notes.read_text(encoding="utf-8").count("\n") if self._notes.exists() else 0


def _run(*command: str) -> None:
    subprocess.run(command, check=True, env={**os.environ, "DISPLAY": DISPLAY}, capture_output=True)


@contextmanager
def virtual_display() -> Generator[None]:
    """An X server without a screen."""
    server = subprocess.Popen(
        ["Xvfb", DISPLAY, "-noreset", "-screen", "0", "1400x900x24"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(1)
        yield
    finally:
        server.terminate()
        server.wait()


@contextmanager
def terminal(screen: str, keyboard: str) -> Generator[Terminal]:
    """The program on a screen, in xterm, which has the keyboard."""
    with TemporaryDirectory() as name:
        inside = [sys.executable, __file__, screen, keyboard, name]
        environment = {
            **os.environ,
            "DISPLAY": DISPLAY,
            "LC_ALL": "C.UTF-8",
            "XDG_CONFIG_HOME": name,
            "XDG_DATA_HOME": name,
        }
        xterm = subprocess.Popen(
            ["xterm", "-u8", "-geometry", "140x40+0+0", "-e", *inside],
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            time.sleep(3)
            _run("xdotool", "mousemove", "300", "300")
            yield Terminal(Path(name))
        finally:
            xterm.terminate()
            xterm.wait()


def pressed(screen: str, layout: str) -> dict[str, str]:
    """What every place does there."""
    keyboard, learned_from = LAYOUTS[layout]
    _run("setxkbmap", "us")
    with terminal(screen, keyboard) as at:
        for each in OPENED_BY[screen]:
            _run("xdotool", "key", each)
            time.sleep(0.7)
        _run("setxkbmap", layout)
        at.press()
        at.press(*learned_from)
        plain = {place: at.press(code) for place, code in zip(PLACES, KEYCODES, strict=True)}
        return plain | {
            place: at.press(f"shift+{code}") for place, code in zip(PLACES_WITH_SHIFT, KEYCODES, strict=True)
        }


def main(screens: Sequence[str]) -> int:
    """Compare each layout with the US one on each screen; 1 where they differ."""
    wrong = 0
    with virtual_display():
        for screen in screens:
            latin = {} if screen == FIELD else pressed(screen, "us")
            for layout in [each for each in LAYOUTS if each != "us"]:
                there = pressed(screen, layout)
                if screen == FIELD:
                    print(
                        f"{screen:10} {layout:4}",
                        *(each.replace("writes ", "").replace(" | ", "") for each in there.values()),
                    )
                    continue
                differing = [place for place in latin if there[place] != latin[place]]
                run = sum(": " in did for did in there.values())
                print(
                    f"{screen:10} {layout:4} {len(there)} keys, {run} run something, {len(differing)} differ"
                )
                for place in differing:
                    print(f"    {place}: {latin[place]} but {there[place]}")
                wrong += len(differing)
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) == 4:
        run_inside(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main(sys.argv[1:] or list(OPENED_BY)))
