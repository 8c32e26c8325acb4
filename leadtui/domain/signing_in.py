"""The rules of signing in: which passwords are taken, how long wrong ones wait, what ends a sign-in, who may help whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias
from unicodedata import normalize

from leadtui.domain.field_rights import ALL_EDITED, FieldRights
from leadtui.domain.permission import Grant, Permission, Scope
from leadtui.errors import Invalid, Refused
from leadtui.language.translate import _, counted, ngettext

LEAST_SIGNS = 10
"""What a password has at the least, in signs of any script: its length protects it, not what it is composed of."""

MOST_SIGNS = 1000
"""What it has at the most, so that nobody makes the program work on a book."""

FREE_TRIES = 5
"""Wrong passwords in a row that wait for nothing."""

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)

FORGIVEN_AFTER = timedelta(days=1)
"""After so long without a try the count begins anew."""

CODE_LASTS = timedelta(hours=24)
"""For so long a one-time code can be used."""

CODES_TOLD_FOR = timedelta(days=7)
"""For so long each sign-in tells that somebody made a code for the person."""

SIGN_IN_DAYS = 30
"""Days that a sign-in lasts, unless the workspace says otherwise."""

MOST_SERVICE_DAYS = 366
"""A service sign-in ends after a year at the latest, so that somebody looks whether it is still needed."""

IDLE_LOCK, SIGN_IN_LASTS = "idle_lock", "sign_in_days"
"""What a workspace says of locking and signing in, by the names of its parts."""

IDLE_AS_USUAL = -1
"""What a workspace says of locking that has chosen nothing: see `idle_minutes`."""

USUAL_IDLE = 15

LONGEST_IDLE = 24 * 60
"""Minutes without a key after which a desk that is locked by itself is locked at the latest."""

MOST_SIGN_IN_DAYS = 366

KEPT_AFTER_END = timedelta(days=90)
"""For so long a sign-in that has ended stays on the list."""


class PersonKind(StrEnum):
    """Who a member of a workspace is."""

    PERSON = "person"
    SERVICE = "service"
    """A command that runs where nobody sits; it signs in by a token alone."""


class SignInKind(StrEnum):
    """How a sign-in came about."""

    PASSWORD = "password"
    SERVICE = "service"


class CodePurpose(StrEnum):
    """What a one-time code is for."""

    CLAIM = "claim"
    """The first password of somebody who has none."""
    RESET = "reset"
    """Another one for somebody who has forgotten theirs."""


class NotSignedIn(Refused):
    """Nobody is signed in for what was asked; the sentence says what to do."""


class ProofNeeded(NotSignedIn):
    """The store asks for a password, and none was given. `store_key` tells the store from others."""

    def __init__(self, store_key: str, email: str) -> None:
        super().__init__(
            _(
                "This store asks for a password: sign in with `leadtui sign-in --as EMAIL`, or name a file that holds it by "
                "LEADTUI_PASSWORD_FILE."
            )
        )
        self.store_key = store_key
        self.email = email


class SignedOut(NotSignedIn):
    """The sign-in has ended: by somebody, by a new password, or by its time."""


class Locked(NotSignedIn):
    """The sign-in is locked until its person proves to be there."""


class WrongPassword(NotSignedIn):
    """Address and password, or code, do not belong together; which of them is wrong is told to nobody."""


class TooManyTries(NotSignedIn):
    """Too many wrong passwords came from this terminal for this address. `until` (aware UTC) says when the next may come."""

    def __init__(self, until: datetime, now: datetime) -> None:
        minutes = max(1, -((now - until) // timedelta(minutes=1)))
        sentence = ngettext(
            "Too many wrong passwords from here; try again in {n} minute.",
            "Too many wrong passwords from here; try again in {n} minutes.",
            minutes,
        )
        super().__init__(sentence.format(n=counted(minutes)))
        self.until = until


def signed_out() -> SignedOut:
    """The sentence for a sign-in that has ended."""
    return SignedOut(_("You are signed out: this sign-in has ended. Sign in again with `leadtui sign-in`."))


def locked() -> Locked:
    """The sentence for a sign-in that is locked."""
    return Locked(_("This sign-in is locked; `leadtui sign-in` asks for your password and opens it again."))


def wrong_password() -> WrongPassword:
    """The same sentence for a wrong password, an unknown address and a person who has no password yet."""
    return WrongPassword(
        _(
            "This address and this password do not belong together. Whoever has no password yet, or has forgotten it, asks the "
            "administrator for a one-time code."
        )
    )


@dataclass(frozen=True, slots=True)
class Password:
    """A password as proof of who one is."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Token:
    """The token of a sign-in as proof of who one is."""

    text: str = field(repr=False)


Proof: TypeAlias = Password | Token


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where somebody signs in: `name` is the line that they sit at, `account` whose machine account it is, and where.

    Tries are counted for the account: lines are as many as one likes to open.
    """

    name: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in of a person, or of a service. Moments are aware UTC."""

    id: int
    user_id: int
    kind: SignInKind
    name: str
    """What a service sign-in is called; empty for a person's."""
    terminal: str
    host: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    locked_at: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Whether it has neither ended nor expired; a locked one is live."""
        return self.ended_at is None and now < self.expires_at

    def require_open(self, now: datetime) -> None:
        """Raises SignedOut where it has ended, Locked where it is locked."""
        if not self.is_live(now):
            raise signed_out()
        if self.locked_at is not None:
            raise locked()


@dataclass(frozen=True, slots=True)
class CodeNotice:
    """That somebody made a one-time code for a person, and whether it was used; `made_by` is None at the store's file."""

    made_at: datetime
    made_by: int | None
    used_at: datetime | None


def password_text(typed: str) -> str:
    """A password as it is hashed: the same whichever keyboard and system composed its letters (NFKC)."""
    return normalize("NFKC", typed)


def check_password(typed: str, email: str) -> str:
    """A new password as it is hashed. Raises Invalid beside "password" where it protects nobody."""
    text = password_text(typed)
    if len(text) < LEAST_SIGNS:
        raise Invalid(
            _(
                "That is too short: a password has {n} signs at the least; several words are easily kept in mind."
            ).format(n=counted(LEAST_SIGNS)),
            "password",
        )
    if len(text) > MOST_SIGNS:
        raise Invalid(
            _("That is too long: a password has {n} signs at the most.").format(n=counted(MOST_SIGNS)),
            "password",
        )
    if _plain(text) in {_plain(email), _plain(email.partition("@")[0]), _plain(email.partition("@")[2])}:
        raise Invalid(_("That is your address, which everybody knows; choose another password."), "password")
    if _is_common(_plain(text)):
        raise Invalid(
            _("That is one of the first passwords that anybody tries; choose another one."), "password"
        )
    return text


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", normalize("NFKD", text).casefold())


_COMMON_WORDS = frozenset(
    """
    abc access admin administrator adobe azerty baseball batman changeme charlie daniel default dragon flower football
    freedom george google guest hello iloveyou internet jesus jordan leadtui letmein login london lovely master michael
    monkey mustang mypassword naruto newpassword pass passphrase passw0rd passwd password pokemon princess p4ssw0rd qazwsx
    qwerty qwertyuiop qwertz secret shadow starwars summer sunshine superman test thepassword trustno welcome whatever
    winter zaq1zaq1 رمز رمزعبور گذرواژه پسورد سلام ایران کلمهعبور كلمةالمرور كلمهالمرور مرحبا
    """.split()
)
"""What the most common passwords consist of once figures before and behind them are left out."""

_ROWS = (
    "0123456789",
    "1234567890",
    "9876543210",
    "0987654321",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
    "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو",
)
"""What lies side by side on keyboards, and how one counts."""


def _is_common(plain: str) -> bool:
    """Whether somebody who guesses comes to it within some thousand tries. Empty is what has nothing but blanks and signs."""
    ascii_digits = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in plain)
    bare = ascii_digits.strip("0123456789")
    unit = re.fullmatch(r"(.{1,5}?)\1+.{0,4}", ascii_digits)
    return (
        len(set(ascii_digits)) <= 2
        or bare in _COMMON_WORDS
        or unit is not None
        or any(ascii_digits in row * 2 or (bare and bare in row * 2) for row in _ROWS)
    )


def wait_after(tries: int) -> timedelta:
    """How long one waits after so many tries in a row that all were wrong."""
    beyond = tries - FREE_TRIES
    if beyond < 0:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Held:
    """What a person may do in a workspace; `mates` are those whose customers they reach as a team, `fields` how far each field."""

    grants: frozenset[Grant] = frozenset()
    mates: frozenset[int] = frozenset()
    fields: FieldRights = ALL_EDITED

    def covers(self, other: Held) -> bool:
        """Whether it is all that another may do, for all for whose customers they may, and with each field."""
        teams = (each.permission for each in other.grants if each.scope is Scope.TEAM)
        alike = other.mates <= self.mates or all(Grant(each, Scope.ALL) in self.grants for each in teams)
        return other.grants <= self.grants and alike and self.fields.common(other.fields) == other.fields


Rights: TypeAlias = Mapping[int, Held]
"""What a person may do, by the ids of the workspaces in which they work."""


def may_help(helper: Rights, person: Rights) -> bool:
    """Whether somebody may give a person the means to sign in: they manage colleagues, and hold all that the person may do.

    In every workspace of the person's, for a password is good for all of them.
    """
    managing = Grant(Permission.MANAGE_COLLEAGUES, Scope.ALL)
    return bool(person) and all(
        (own := helper.get(workspace_id)) is not None and managing in own.grants and own.covers(held)
        for workspace_id, held in person.items()
    )


def idle_minutes(chosen: int, people: int) -> int:
    """Minutes without a key after which a desk is locked, 0 for never, where `people` work in the workspace.

    Where nothing is `chosen` a desk of one's own is not, and one among others is after a quarter of an hour.
    """
    if chosen != IDLE_AS_USUAL:
        return chosen
    return USUAL_IDLE if people > 1 else 0


def idle_lock_problem(minutes: int) -> Invalid | None:
    """What is wrong with so many minutes without a key after which a desk is locked; 0 never locks it."""
    if minutes == IDLE_AS_USUAL or 0 <= minutes <= LONGEST_IDLE:
        return None
    words = _("Write after how many minutes without a key, up to {most}; 0 never locks.")
    return Invalid(words.format(most=counted(LONGEST_IDLE)), IDLE_LOCK)


def sign_in_days_problem(days: int) -> Invalid | None:
    """What is wrong with so many days for which a sign-in lasts."""
    if 1 <= days <= MOST_SIGN_IN_DAYS:
        return None
    words = _("Write for how many days a sign-in lasts, 1 to {most}.")
    return Invalid(words.format(most=counted(MOST_SIGN_IN_DAYS)), SIGN_IN_LASTS)


def days_of_sign_in(of_workspaces: Iterable[int]) -> int:
    """Days that a sign-in lasts for somebody who works in workspaces that say so many each: the strictest holds."""
    return min(of_workspaces, default=SIGN_IN_DAYS)
