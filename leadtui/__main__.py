"""The program's entry, which answers `--version` before anything else is imported: that takes a tenth of the time."""

from __future__ import annotations

import atexit
import gc
import sys

from leadtui import __version__

YOUNG_OBJECTS = 50_000
"""So many new objects are looked through for cycles at once; Python would look at 700."""


def run() -> None:
    """Run `leadtui` with the process's arguments; ends with SystemExit, but for the version alone."""
    if sys.argv[1:] == ["--version"] and sys.stdout:
        try:
            sys.stdout.write(f"leadtui {__version__}\n")
            sys.stdout.flush()
        except OSError:
            pass  # the command line is asked as well, and tells it
        else:
            return
    # What a command imports stays until its end: looking through it again and again, and at the end once more, is a
    # sixth of its time.
    gc.set_threshold(YOUNG_OBJECTS)
    atexit.register(gc.freeze)
    from leadtui.starting import start

    start()


if __name__ == "__main__":
    run()
