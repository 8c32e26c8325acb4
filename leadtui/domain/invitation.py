"""Invitations: for how long one is good, what it says to whom it is for, and how a wrong code is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from leadtui.domain.signing_in import NotSignedIn
from leadtui.language.translate import _

INVITATION_LASTS = timedelta(days=7)
"""For so long somebody can accept."""


class WrongCode(NotSignedIn):
    """Address and code do not belong together; whether anybody is invited is told to nobody."""


def wrong_code() -> WrongCode:
    """The same sentence for an unknown address, a wrong code, and one that is used, withdrawn, replaced or too old."""
    return WrongCode(
        _(
            "This address and this code do not belong together, or the code is no longer good; ask whoever invited you to send "
            "the invitation again."
        )
    )


@dataclass(frozen=True, slots=True)
class Invitation:
    """What somebody is told who has the code of an invitation."""

    workspace: str
    profile: str
    by: str
    """The name of whoever invited them; empty where that was not kept."""
    email: str
    name: str
    """What they are called so far; empty where nobody said it."""
    knows_password: bool
    """Whether the address has a password already, which is asked for instead of a new one."""


@dataclass(frozen=True, slots=True)
class MadeInvitation:
    """The code of an invitation that was just made: it is shown once, and kept nowhere."""

    code: str = field(repr=False)
    user_id: int
    email: str
    workspace: str
    by: str
    expires_at: datetime
    """Aware UTC."""
