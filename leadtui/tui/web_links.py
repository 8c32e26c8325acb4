"""Opening a link in the browser of the machine."""

from __future__ import annotations

import subprocess
import sys

from leadtui import hosting

OPENED = ("https://", "http://", "mailto:", "tel:")
"""How links begin that are opened; whatever else a definition holds is only copied."""

WAITED = 10
"""Seconds within which a browser has begun, or is left to itself."""

_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


def open_link(link: str) -> bool:
    """Open a link; False where that cannot be: there is no browser, or the person is hosted by a server.

    By a process of its own that has no terminal: what a browser says is not drawn over the desk, and one that needs a
    terminal ends.
    """
    if hosting.folder() is not None or not link.lower().startswith(OPENED):
        return False
    try:
        ended = subprocess.run(
            [sys.executable, "-c", _OPEN, link],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=WAITED,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False
    return ended.returncode == 0
