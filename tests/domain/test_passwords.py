"""The rules of signing in, as tables."""

from __future__ import annotations

from datetime import timedelta

import pytest
from session_making import NOON

from leadtui.domain.field_rights import ALL_EDITED, FieldRights
from leadtui.domain.permission import READY_PROFILES, Permission, grants_of
from leadtui.domain.signing_in import (
    LEAST_SIGNS,
    MOST_SIGNS,
    Held,
    Locked,
    Password,
    SignedOut,
    SignIn,
    SignInKind,
    Token,
    TooManyTries,
    check_password,
    days_of_sign_in,
    may_help,
    password_text,
    wait_after,
)
from leadtui.errors import Invalid

EMAIL = "sara.ahmadi@northwind.example"


@pytest.mark.parametrize(
    "typed",
    [
        "fourteen horses run",
        "سه اسب سیاه در باران",
        "ثلاثة خيول سوداء",
        "пять зелёных слонов",
        "kB7!vq0#zL",
        "correcthorsebattery",
        "1403 مهر ماه بود",
    ],
)
def test_length_counts_and_no_composition(typed: str) -> None:
    assert check_password(typed, EMAIL) == password_text(typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "too short"),
        ("nine sign", "too short"),
        ("x" * (MOST_SIGNS + 1), "too long"),
        (EMAIL, "your address"),
        (EMAIL.upper(), "your address"),
        ("sara.ahmadi", "your address"),
        ("Sara Ahmadi", "your address"),
        ("northwind.example", "your address"),
        ("password123", "first passwords"),
        ("Password1234!", "first passwords"),
        ("PASSWORD__2024", "first passwords"),
        ("1234567890", "first passwords"),
        ("۱۲۳۴۵۶۷۸۹۰", "first passwords"),
        ("٠٩٨٧٦٥٤٣٢١", "first passwords"),
        ("qwertyuiop", "first passwords"),
        ("qwertyuiop123", "first passwords"),
        ("1q2w3e4r5t6y", "first passwords"),
        ("aaaaaaaaaaaa", "first passwords"),
        ("abababababab", "first passwords"),
        ("12341234123412", "first passwords"),
        ("abcdefghijkl", "first passwords"),
        ("..........", "first passwords"),
        ("رمز عبور ۱۲۳۴", "first passwords"),
        ("iloveyou2024", "first passwords"),
    ],
)
def test_what_protects_nobody_is_refused(typed: str, why: str) -> None:
    with pytest.raises(Invalid, match=why) as refused:
        check_password(typed, EMAIL)
    assert refused.value.field == "password"


def test_letters_are_the_same_however_a_keyboard_composed_them() -> None:
    assert password_text("cafe\u0301 terrace") == password_text("caf\u00e9 terrace")
    assert len("\u0635\u0644\u0649" * LEAST_SIGNS) > LEAST_SIGNS


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [
        (0, 0),
        (1, 0),
        (4, 0),
        (5, 30),
        (6, 60),
        (7, 120),
        (8, 240),
        (9, 480),
        (10, 900),
        (11, 900),
        (10_000, 900),
    ],
)
def test_waits_double_up_to_a_quarter_of_an_hour(tries: int, seconds: int) -> None:
    assert wait_after(tries) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "said"), [(1, "1 minute"), (60, "1 minute"), (61, "2 minutes"), (900, "15 minutes")]
)
def test_who_waits_is_told_for_how_long(seconds: int, said: str) -> None:
    assert f"in {said}." in str(TooManyTries(NOON + timedelta(seconds=seconds), NOON))


def sign_in(**moments: object) -> SignIn:
    values = {"created_at": NOON, "seen_at": NOON, "expires_at": NOON + timedelta(days=30), **moments}
    return SignIn(1, 1, SignInKind.PASSWORD, "", "", "", **values)  # type: ignore[arg-type]


def test_a_sign_in_is_good_until_it_ends_or_its_time_is_over() -> None:
    sign_in().require_open(NOON)
    last = NOON + timedelta(days=30)
    sign_in().require_open(last - timedelta(microseconds=1))
    for ended, now in (
        (sign_in(), last),
        (sign_in(ended_at=NOON), NOON),
        (sign_in(ended_at=NOON, locked_at=NOON), NOON),
    ):
        assert not ended.is_live(now)
        with pytest.raises(SignedOut):
            ended.require_open(now)
    with pytest.raises(Locked):
        sign_in(locked_at=NOON).require_open(NOON)
    assert sign_in(locked_at=NOON).is_live(NOON)


_AGENT = READY_PROFILES["agent"]
_ALL = frozenset(Permission)
_LEADER = _AGENT | {Permission.MANAGE_COLLEAGUES}


@pytest.mark.parametrize(
    ("helper", "person", "may"),
    [
        ({1: _ALL}, {1: _AGENT}, True),
        ({1: _LEADER}, {1: _AGENT}, True),
        ({1: _AGENT}, {1: _AGENT}, False),
        ({1: _LEADER}, {1: _ALL}, False),
        ({1: _ALL}, {1: _ALL}, True),
        ({1: _ALL}, {1: _AGENT, 2: _AGENT}, False),
        ({1: _ALL, 2: _AGENT}, {1: _AGENT, 2: _AGENT}, False),
        ({1: _ALL, 2: _LEADER}, {1: _AGENT, 2: _AGENT}, True),
        ({1: _ALL}, {2: frozenset[Permission]()}, False),
        ({1: _ALL}, {}, False),
    ],
)
def test_who_helps_holds_all_that_the_person_may_do_everywhere(
    helper: dict[int, frozenset[Permission]], person: dict[int, frozenset[Permission]], may: bool
) -> None:
    rights = (
        {one: Held(grants_of(each, frozenset())) for one, each in some.items()} for some in (helper, person)
    )
    assert may_help(*rights) is may


HIDDEN, READ = FieldRights(hidden=frozenset({"city"})), FieldRights(read=frozenset({"city"}))


@pytest.mark.parametrize("helper", [ALL_EDITED, READ, HIDDEN])
@pytest.mark.parametrize("person", [ALL_EDITED, READ, HIDDEN])
def test_who_helps_reaches_each_field_as_far(helper: FieldRights, person: FieldRights) -> None:
    order = (HIDDEN, READ, ALL_EDITED)
    own, theirs = (
        Held(grants_of(some, frozenset()), fields=each) for some, each in ((_ALL, helper), (_AGENT, person))
    )
    assert may_help({1: own}, {1: theirs}) is (order.index(helper) >= order.index(person))


def test_the_strictest_workspace_says_how_long_a_sign_in_lasts() -> None:
    assert (days_of_sign_in([]), days_of_sign_in([7, 30]), days_of_sign_in([90])) == (30, 7, 90)


def test_no_proof_shows_itself() -> None:
    assert "secret" not in f"{Password('secret')!r} {Token('secret')!r}"
