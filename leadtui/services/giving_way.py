"""Long work is done in many transactions; between two of them others come to save."""

from __future__ import annotations

import time

GIVE_WAY_SECONDS = 0.02
"""Long enough that those who wait to save need not wait for all of the transactions."""


def give_way() -> None:
    """Let others save."""
    time.sleep(GIVE_WAY_SECONDS)
