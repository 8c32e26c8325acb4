"""Finding customers by other fields than before: their search texts are written anew part by part, so that nobody waits to save."""

from __future__ import annotations

from leadtui.services.giving_way import give_way
from leadtui.services.session import Session
from leadtui.store import finding

AT_ONCE = 500
"""Customers whose search texts are looked at in one transaction."""


def is_to_find_anew(session: Session) -> bool:
    """Whether a field was marked, unmarked, retired or brought back, and not everybody is found accordingly yet."""
    with session.read() as tx:
        return finding.is_to_find_anew(tx)


def find_anew_in_part(session: Session) -> bool:
    """Go on where it was left, in one transaction; whether there is more to do.

    Whichever desk is open does it, whoever's: it shows nobody anything, and needs no permission.
    """
    if not is_to_find_anew(session):
        return False  # nobody who saves waits for that
    with session.write() as tx:
        return finding.find_anew(tx, AT_ONCE)


def find_anew(session: Session) -> None:
    """Do all that is left to do of it; who is stopped, goes on there the next time."""
    while find_anew_in_part(session):
        give_way()
