"""The program's entry, which answers `--version` before anything else is imported: that takes a tenth of the time."""

from __future__ import annotations

import sys

from leadtui import __version__


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
    from leadtui.starting import start

    start()


if __name__ == "__main__":
    run()
