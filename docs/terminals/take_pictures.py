"""Takes pictures of the demo's screens in real terminals: `uv run python docs/terminals/take_pictures.py FOLDER [TERMINAL …]`.

Each terminal is started as it comes, on a virtual display, once in Persian and once in Arabic; keys are pressed as a
person's keyboard sends them. Whoever changes how lines from right to left are drawn looks at all of the pictures.

It wants Debian's packages xvfb, openbox, xdotool, x11-xkb-utils, imagemagick, fonts-dejavu-core, dbus, libgl1-mesa-dri,
and those of the terminals: xterm, xfce4-terminal (of VTE), konsole, kitty, alacritty, mlterm, tmux.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

DISPLAY = ":96"
COLUMNS, LINES = 120, 36
FONT, POINTS = "DejaVu Sans Mono", 11

TMUX = ("tmux", "-L", "leadtui", "-f", "/dev/null", "new-session")

XTERM = ("xterm", "-geometry", f"{COLUMNS}x{LINES}", "-fa", FONT, "-fs", str(POINTS), "-e")
VTE = (
    *("xfce4-terminal", "--disable-server", "--hide-menubar", "--hide-toolbar", "--hide-scrollbar"),
    *("--geometry", f"{COLUMNS}x{LINES}", "--font", f"{FONT} {POINTS}", "-x"),
)
KONSOLE = (
    *("konsole", "--nofork", "--hide-menubar", "--hide-tabbar", "-p", f"Font={FONT},{POINTS}"),
    *("-p", f"TerminalColumns={COLUMNS}", "-p", f"TerminalRows={LINES}", "-e"),
)
KITTY = (
    *("kitty", "--config", "NONE", "-o", f"font_family={FONT}", "-o", f"font_size={POINTS}"),
    *("-o", "remember_window_size=no", "-o", f"initial_window_width={COLUMNS}c"),
    *("-o", f"initial_window_height={LINES}c", "-o", "cursor_blink_interval=0"),
)
ALACRITTY = (
    *("alacritty", "-o", f"window.dimensions.columns={COLUMNS}", "-o", f"window.dimensions.lines={LINES}"),
    *("-o", f"font.normal.family='{FONT}'", "-o", f"font.size={POINTS}", "-e"),
)
MLTERM = ("mlterm", "--type=xft", f"--fontsize={POINTS + 4}", "-g", f"{COLUMNS}x{LINES}", "-e")

TERMINALS: Mapping[str, Sequence[str]] = {
    "xterm": XTERM,
    "vte": VTE,
    "konsole": KONSOLE,
    "kitty": KITTY,
    "kitty-force-ltr": (*KITTY, "-o", "force_ltr=yes"),
    "alacritty": ALACRITTY,
    "mlterm": MLTERM,
    "tmux-xterm": (*XTERM, *TMUX),
    "tmux-vte": (*VTE, *TMUX),
    "tmux-konsole": (*KONSOLE, *TMUX),
    "tmux-kitty": (*KITTY, *TMUX),
}
"""The commands, behind which the program's own is put."""

SETTINGS = {"kitty-force-ltr": 'direction = "plain"\n'}
"""What has to be said by hand."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What is pressed to come to a screen, what is typed there, and what is pressed to leave it."""

    keys: Sequence[str] = ()
    typed: bool = False
    left_by: Sequence[str] = ()


SCREENS: Mapping[str, Screen] = {
    "desk": Screen(),
    "status": Screen(("s", "3"), left_by=("Escape", "Escape")),
    "form": Screen(("a",), typed=True, left_by=("Escape", "Escape")),
    "reminders": Screen(("b",), left_by=("Escape",)),
    "settings": Screen(("F2", "1")),
}

TYPED = {"fa": ("ir", "مینا صادقی", "تهران (ونک)"), "ar": ("ara", "محمد الشامي", "بغداد (الكرخ)")}
"""By language, the keyboard of X11, a name and a town."""

STILL, PATIENCE = 1.5, 6.0
"""Seconds without a change after which a screen is complete, and after which one is that has a blinking cursor."""

FULL = 60_000
"""Bytes of a screen full of words, packed."""


class Display:
    """A virtual display, of whose screen there is a file."""

    def __init__(self, folder: Path) -> None:
        self._screen = folder / "Xvfb_screen0"

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            _run("xdotool", "key", key)
            time.sleep(0.3)

    def type(self, language: str) -> None:
        """Fill in the first field with the language's own keyboard, and the second one, which takes a number."""
        keyboard, name, _town = TYPED[language]
        _run("setxkbmap", keyboard)
        time.sleep(0.5)
        _run("xdotool", "type", "--delay", "60", name)
        self.press("Tab")
        _run("setxkbmap", "us")
        time.sleep(0.5)
        _run("xdotool", "type", "--delay", "60", "0912 345 6789")

    def wait_for_words(self, *, there: bool = True) -> None:
        """Wait until the program has filled the screen with words, or is gone from it."""
        until = time.monotonic() + 60
        while (len(zlib.compress(self._screen.read_bytes(), 1)) > FULL) is not there:
            assert time.monotonic() < until, "the program did not begin, or end"
            time.sleep(0.5)

    def wait(self) -> None:
        """Wait until the screen has not changed for a while."""
        until, unchanged_since = time.monotonic() + PATIENCE, time.monotonic()
        before = b""
        while time.monotonic() < until and time.monotonic() - unchanged_since < STILL:
            now = self._screen.read_bytes()
            if now != before:
                before, unchanged_since = now, time.monotonic()
            time.sleep(0.2)

    def take(self, picture: Path) -> None:
        """Write a picture of the terminal's window."""
        _run("convert", f"xwd:{self._screen}", "-trim", "+repage", "-colors", "48", f"png8:{picture}")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def _started(*command: str) -> Generator[None]:
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@contextmanager
def virtual_display() -> Generator[Display]:
    """An X server without a screen, with somebody who gives windows the keyboard."""
    with TemporaryDirectory() as folder:
        os.environ.update(
            DISPLAY=DISPLAY, LIBGL_ALWAYS_SOFTWARE="1", LC_ALL="C.UTF-8", XDG_RUNTIME_DIR=folder
        )
        with _started("Xvfb", DISPLAY, "-noreset", "-screen", "0", "1600x1000x24", "-fbdir", folder):
            time.sleep(1)
            with _started("openbox"):
                yield Display(Path(folder))


def take_pictures(display: Display, terminal: str, language: str, folder: Path) -> None:
    """Go through the screens in one terminal."""
    leadtui = shutil.which("leadtui")
    assert leadtui, "run it with `uv run`"
    with TemporaryDirectory() as home:
        fonts = Path(home, ".mlterm", "aafont")
        fonts.parent.mkdir()
        fonts.write_text(f"DEFAULT={FONT}\nISO10646_UCS4_1={FONT}\n")
        settings = Path(home, "leadtui", "settings.toml")
        settings.parent.mkdir()
        settings.write_text(SETTINGS.get(terminal, ""))
        own = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "XDG_STATE_HOME": home}
        inside = ["env", *(f"{name}={value}" for name, value in own.items())]
        command = ["dbus-run-session", *TERMINALS[terminal], leadtui, "demo", "--language", language]
        with _started(*inside, *command):
            display.wait_for_words()
            for name, screen in SCREENS.items():
                display.press(*screen.keys)
                if screen.typed:
                    display.type(language)
                display.wait()
                display.take(folder / f"{terminal}-{language}-{name}.png")
                display.press(*screen.left_by)
            if TMUX[0] in TERMINALS[terminal]:
                _run(*TMUX[:3], "kill-server")
    display.wait_for_words(there=False)


def main(folder: str, *terminals: str) -> None:
    """Take the pictures of these terminals, or of all."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    with virtual_display() as display:
        for terminal in terminals or TERMINALS:
            for language in TYPED:
                take_pictures(display, terminal, language, Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
