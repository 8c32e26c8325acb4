"""Signing in on a real store: what proves a person, what ends it, who is throttled, and who helps whom."""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from session_making import PASSWORD, MovingClock, add_lead, hash_quickly, hire, secured
from sqlalchemy import func, select

from leadtui.domain.permission import OWNER_PROFILE, SUPERVISOR_PROFILE
from leadtui.domain.signing_in import (
    Locked,
    NotSignedIn,
    Password,
    ProofNeeded,
    SignedOut,
    Terminal,
    Token,
    TooManyTries,
    WrongPassword,
)
from leadtui.errors import Invalid, NotFound, Refused
from leadtui.services import password_hashing, proving, signing_in
from leadtui.services.backing_up import back_up, restore
from leadtui.services.leads import add_note
from leadtui.services.securing import code_at_file, secure, security_of
from leadtui.services.session import Session
from leadtui.store import sign_ins, tables

NEDA, REZA, SARA, NOBODY = (f"{each}@example.com" for each in ("neda", "reza", "sara", "nobody"))
DESK_1, DESK_2 = Terminal("/dev/pts/1", "desk1@office"), Terminal("/dev/pts/1", "desk2@office")


@pytest.fixture
def store(session: Session, clock: MovingClock) -> Path:
    """Neda's store, of which she is the administrator; Reza is an agent without a password, Sara a supervisor."""
    hire(session, "Reza Amini", REZA, clock).close()
    hire(session, "Sara Ahmadi", SARA, clock, SUPERVISOR_PROFILE).close()
    session.reload_definitions()
    secured(session)
    return session.store.path


def opened(
    path: Path, clock: MovingClock, email: str = NEDA, proof: Password | Token | None = None
) -> Session:
    return Session.open(path, email, clock, proof=proof)


def claim(session: Session, email: str, password: str = PASSWORD) -> None:
    """A colleague gets a code from the session's person, and sets a password."""
    person = next(each for each in session.definitions.people if each.email == email)
    code = signing_in.make_code(session, person.id)
    signing_in.set_password_by_code(session.store.path, email, code.text, password, session.now)


def try_password(session: Session, email: str, password: str, at: Terminal = DESK_1) -> None:
    proving.sign_in(session.store, email, Password(password), session.now, at)


# Who proves what


def test_a_store_of_one_person_asks_nothing_until_they_set_a_password(
    session: Session, clock: MovingClock
) -> None:
    opened(session.store.path, clock).close()
    assert security_of(session.store.path).secured_at is None
    signing_in.change_password(session, PASSWORD)
    add_lead(session)  # and goes on
    with pytest.raises(ProofNeeded):
        opened(session.store.path, clock)
    with closing(opened(session.store.path, clock, proof=Token(session.keep_sign_in()))) as again:
        assert again.actor.email == NEDA
    assert security_of(session.store.path).administrator == NEDA


def test_where_several_work_nobody_claims_the_store_by_a_password(
    session: Session, clock: MovingClock
) -> None:
    reza = hire(session, "Reza", REZA, clock)
    for each in (session, reza):
        with pytest.raises(Refused, match="leadtui secure"):
            signing_in.change_password(each, PASSWORD)
    reza.close()
    assert security_of(session.store.path).secured_at is None


@pytest.mark.parametrize("email", ["", NEDA, REZA, NOBODY])
def test_an_address_alone_proves_nothing_and_lists_nobody(
    store: Path, clock: MovingClock, email: str
) -> None:
    with pytest.raises(ProofNeeded) as needed:
        opened(store, clock, email)
    assert "@" not in str(needed.value)


@pytest.mark.parametrize("email", [NEDA, REZA, NOBODY])
def test_whatever_is_wrong_the_answer_is_the_same(store: Path, clock: MovingClock, email: str) -> None:
    with pytest.raises(WrongPassword) as wrong:
        opened(store, clock, email, Password("not this one"))
    with pytest.raises(WrongPassword) as other:
        opened(store, clock, "other@example.com", Password("not this one"))
    assert str(wrong.value) == str(other.value)


@pytest.mark.parametrize("email", [NEDA, REZA, NOBODY])
def test_whatever_is_wrong_the_work_is_the_same(
    session: Session, store: Path, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    """One Argon2 computation with the same parameters, whether the address is known, without a password, or unknown."""
    from argon2 import PasswordHasher, extract_parameters

    seen: list[object] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, kept: str, password: str) -> bool:
        seen.append(extract_parameters(kept))
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    monkeypatch.delattr(PasswordHasher, "hash")  # a wrong password is hashed for nothing else
    with pytest.raises(WrongPassword):
        try_password(session, email, "not this one")
    with session.store.read() as connection:
        hashing = sign_ins.store_info(connection).hashing
    assert seen == [extract_parameters(password_hashing.decoy(hashing))]


def test_a_password_opens_for_one_session_and_a_token_for_as_long_as_it_lasts(
    store: Path, clock: MovingClock
) -> None:
    one = opened(store, clock, proof=Password(PASSWORD))
    sign_in_id = one.sign_in_id
    one.close()
    with closing(opened(store, clock, proof=Password(PASSWORD))) as kept:
        token = kept.keep_sign_in()
        ended = {each.id: each.ended_at is not None for each in signing_in.list_sign_ins(kept)}
        assert ended[sign_in_id or 0]
        assert not ended[kept.sign_in_id or 0]
    with closing(opened(store, clock, "", Token(token))) as again:
        assert again.actor.email == NEDA
        clock.move(days=30, seconds=-1)
        add_lead(again)
        clock.move(seconds=1)
        assert again.has_expired()
        with pytest.raises(SignedOut), again.read():
            pass
    with pytest.raises(SignedOut):
        opened(store, clock, proof=Token(token))


def test_the_workspace_says_how_long_a_sign_in_lasts(
    session: Session, store: Path, clock: MovingClock
) -> None:
    with session.store.write() as connection:
        connection.execute(tables.workspace.update().values(sign_in_days=2))
    with closing(opened(store, clock, proof=Password(PASSWORD))) as short:
        clock.move(days=2)
        with pytest.raises(SignedOut):
            add_lead(short)


def test_a_token_is_good_for_nobody_else(session: Session, store: Path, clock: MovingClock) -> None:
    with closing(opened(store, clock, proof=Password(PASSWORD))) as own:
        token = own.keep_sign_in()
    with pytest.raises(Refused, match=REZA):
        opened(store, clock, REZA, Token(token))
    with pytest.raises(SignedOut):
        opened(store, clock, NEDA, Token(token + "x"))
    with session.store.read() as connection:
        kept = connection.execute(select(tables.sign_in.c.token_hash)).scalars().all()
    assert token not in kept


def test_what_proves_a_person_is_nowhere_in_the_file(
    session: Session, store: Path, clock: MovingClock
) -> None:
    with closing(opened(store, clock, proof=Password(PASSWORD))) as own:
        token = own.keep_sign_in()
    reza = next(each for each in session.definitions.people if each.email == REZA)
    code = signing_in.make_code(session, reza.id).text
    service = signing_in.add_service(session, "Nightly", "agent", 3).token
    session.close()
    content = b"".join(each.read_bytes() for each in store.parent.glob("desk.db*"))
    for secret in (token, code, code.replace("-", ""), service, PASSWORD):
        assert secret.encode() not in content


def test_parameters_are_raised_at_the_next_sign_in(session: Session, store: Path, clock: MovingClock) -> None:
    def kept() -> str:
        with session.store.read() as connection:
            found = sign_ins.find_person(connection, NEDA)
        assert found is not None
        return found.password

    assert "m=8,t=1" in kept()
    with session.store.write() as connection:
        connection.execute(
            tables.store_info.update().values(hashing={"memory": 16, "time": 2, "parallelism": 1})
        )
    with pytest.raises(WrongPassword):
        opened(store, clock, proof=Password("not this one"))
    assert "m=8,t=1" in kept()
    opened(store, clock, proof=Password(PASSWORD)).close()
    assert "m=16,t=2" in kept()
    opened(store, clock, proof=Password(PASSWORD)).close()


def test_a_new_store_hashes_as_the_design_says(session: Session) -> None:
    with session.store.read() as connection:
        assert sign_ins.store_info(connection).hashing == sign_ins.Hashing(19456, 2, 1)


# Wrong passwords


def test_five_tries_are_free_and_then_waits_double(session: Session, store: Path, clock: MovingClock) -> None:
    for address in (NEDA, NOBODY):
        for _each in range(5):
            with pytest.raises(WrongPassword):
                try_password(session, address, "not this one")
        for seconds in (30, 60, 120, 240, 480, 900, 900):
            with pytest.raises(TooManyTries):
                try_password(session, address, PASSWORD)
            clock.move(seconds=seconds)
            with pytest.raises(WrongPassword):
                try_password(session, address, "not this one")


def test_nobody_locks_the_boss_out_from_another_account(
    session: Session, store: Path, clock: MovingClock
) -> None:
    for _each in range(5):
        with pytest.raises(WrongPassword):
            try_password(session, NEDA, "not this one", DESK_1)
    with pytest.raises(TooManyTries):
        try_password(session, NEDA, PASSWORD, Terminal("/dev/pts/9", DESK_1.account))
    try_password(session, NEDA, PASSWORD, DESK_2)
    clock.move(seconds=30)
    try_password(session, NEDA, PASSWORD, DESK_1)
    for _each in range(4):  # the right one has wiped the count
        with pytest.raises(WrongPassword):
            try_password(session, NEDA, "not this one", DESK_1)
    try_password(session, NEDA, PASSWORD, DESK_1)


def test_a_day_without_a_try_is_forgiven(session: Session, store: Path, clock: MovingClock) -> None:
    for _each in range(5):
        with pytest.raises(WrongPassword):
            try_password(session, NEDA, "not this one")
    clock.move(days=1, seconds=31)
    for _each in range(5):
        with pytest.raises(WrongPassword):
            try_password(session, NEDA, "not this one")
    with session.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.sign_in_failure)).scalar() == 1


def _try_ten_times(path: Path, started: Callable[[], object], answers: multiprocessing.Queue[str]) -> None:
    from leadtui.store.engine import open_store

    store = open_store(path)
    started()
    for _each in range(10):
        try:
            proving.sign_in(store, NEDA, Password("not this one"), MovingClock(), DESK_1)
        except NotSignedIn as error:
            answers.put(type(error).__name__)
    store.close()


def test_tries_of_two_processes_are_counted_together(session: Session, store: Path) -> None:
    context = multiprocessing.get_context("spawn")
    answers, barrier = context.Queue(), context.Barrier(2)
    both = [context.Process(target=_try_ten_times, args=(store, barrier.wait, answers)) for _each in range(2)]
    for each in both:
        each.start()
    found = [answers.get(timeout=60) for _each in range(20)]
    for each in both:
        each.join()
    assert sorted(found) == ["TooManyTries"] * 15 + ["WrongPassword"] * 5


# What ends a sign-in


def test_an_ended_sign_in_does_nothing_any_more_in_an_open_session(
    session: Session, store: Path, clock: MovingClock
) -> None:
    lead = add_lead(session)
    with closing(opened(store, clock, proof=Password(PASSWORD))) as other:
        add_note(other, lead.id, "still in")
        assert signing_in.end_other_sign_ins(session) == 1
        with pytest.raises(SignedOut):
            add_note(other, lead.id, "out")
        with pytest.raises(SignedOut):
            other.require_signed_in()
    add_note(session, lead.id, "this one stays")


def test_a_session_from_before_a_store_was_secured_is_over(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza", REZA, clock)
    hash_quickly(session)
    secure(session.store.path, NEDA, PASSWORD, clock)
    for each in (session, reza):
        with pytest.raises(SignedOut), each.read():
            pass
    reza.close()


def test_a_new_password_ends_the_other_sign_ins(session: Session, store: Path, clock: MovingClock) -> None:
    with closing(opened(store, clock, proof=Password(PASSWORD))) as other:
        with pytest.raises(WrongPassword):
            signing_in.change_password(session, "eleven geese fly", "not this one")
        with pytest.raises(Invalid):
            signing_in.change_password(session, "short", PASSWORD)
        assert signing_in.change_password(session, "eleven geese fly", PASSWORD) == 1
        with pytest.raises(SignedOut):
            other.require_signed_in()
    session.require_signed_in()
    with pytest.raises(WrongPassword):
        opened(store, clock, proof=Password(PASSWORD))
    opened(store, clock, proof=Password("eleven geese fly")).close()


def test_locking_holds_for_every_session_of_the_sign_in(
    session: Session, store: Path, clock: MovingClock
) -> None:
    with closing(opened(store, clock, proof=Password(PASSWORD))) as one:
        token = one.keep_sign_in()
        with closing(opened(store, clock, proof=Token(token))) as desk:
            signing_in.lock(desk)
            for each in (one, desk):
                with pytest.raises(Locked):
                    add_lead(each)
            with pytest.raises(Locked):
                opened(store, clock, proof=Token(token))
            add_lead(session)  # another sign-in of the same person
            with pytest.raises(WrongPassword):
                signing_in.unlock(desk, "not this one")
            signing_in.unlock(desk, PASSWORD)
            add_lead(one)
            signing_in.lock(desk)
            again = signing_in.sign_in_again(store, NEDA, PASSWORD, token, clock)
            assert again.sign_in_id == desk.sign_in_id
            add_lead(desk)
            signing_in.lock(desk)
            signing_in.sign_out(desk)
            with pytest.raises(SignedOut):
                signing_in.unlock(desk, PASSWORD)


def test_where_nobody_has_a_password_nothing_is_locked(session: Session) -> None:
    with pytest.raises(Refused, match="leadtui password"):
        signing_in.lock(session)


def test_a_restored_store_has_no_sign_ins_and_no_codes(
    session: Session, store: Path, clock: MovingClock, tmp_path: Path
) -> None:
    token = signing_in.sign_in_again(store, NEDA, PASSWORD, clock=clock).token
    reza = next(each for each in session.definitions.people if each.email == REZA)
    code = signing_in.make_code(session, reza.id)
    back_up(session, tmp_path / "kept.db")
    session.close()
    restore(
        str(store),
        tmp_path / "kept.db",
        lambda where: opened(Path(where), clock, proof=Password(PASSWORD)),
        clock,
    )
    with pytest.raises(SignedOut):
        opened(store, clock, proof=Token(token))
    with pytest.raises(WrongPassword):
        signing_in.set_password_by_code(store, REZA, code.text, "eleven geese fly", clock)
    opened(store, clock, proof=Password(PASSWORD)).close()


def test_what_ended_long_ago_is_forgotten_and_no_number_comes_back(
    session: Session, store: Path, clock: MovingClock
) -> None:
    first = [opened(store, clock, proof=Password(PASSWORD)) for _each in range(3)]
    numbers = {each.sign_in_id for each in first}
    for each in first:
        each.close()
    clock.move(days=200)
    with closing(opened(store, clock, proof=Password(PASSWORD))) as now:
        assert [each.id for each in signing_in.list_sign_ins(now)] == [now.sign_in_id]
        assert now.sign_in_id not in numbers


# One-time codes


def test_a_code_gives_a_first_password_once_within_a_day(
    session: Session, store: Path, clock: MovingClock
) -> None:
    reza = next(each for each in session.definitions.people if each.email == REZA)
    code = signing_in.make_code(session, reza.id)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}", code.text)
    with pytest.raises(WrongPassword):
        signing_in.set_password_by_code(store, NEDA, code.text, "eleven geese fly", clock)
    typed = code.text.lower().replace("-", " ")
    signing_in.set_password_by_code(store, REZA, typed, "eleven geese fly", clock)
    opened(store, clock, REZA, Password("eleven geese fly")).close()
    with pytest.raises(WrongPassword):
        signing_in.set_password_by_code(store, REZA, code.text, "another one here", clock)
    late = signing_in.make_code(session, reza.id)
    clock.move(hours=24)
    with pytest.raises(WrongPassword):
        signing_in.set_password_by_code(store, REZA, late.text, "another one here", clock)


def test_a_later_code_takes_the_place_of_the_earlier(
    session: Session, store: Path, clock: MovingClock
) -> None:
    reza = next(each for each in session.definitions.people if each.email == REZA)
    earlier, later = signing_in.make_code(session, reza.id), signing_in.make_code(session, reza.id)
    with pytest.raises(WrongPassword):
        signing_in.set_password_by_code(store, REZA, earlier.text, "eleven geese fly", clock)
    signing_in.set_password_by_code(store, REZA, later.text, "eleven geese fly", clock)


def test_codes_cannot_be_tried_out(store: Path, clock: MovingClock) -> None:
    for _each in range(5):
        with pytest.raises(WrongPassword):
            signing_in.set_password_by_code(store, REZA, "AAAAA", "eleven geese fly", clock, DESK_1)
    with pytest.raises(TooManyTries):
        signing_in.set_password_by_code(store, REZA, "AAAAA", "eleven geese fly", clock, DESK_1)


def test_a_reset_ends_the_sign_ins_and_is_told_at_each_of_the_next(
    session: Session, store: Path, clock: MovingClock
) -> None:
    claim(session, SARA)
    with closing(opened(store, clock, SARA, Password(PASSWORD))) as sara:
        clock.move(minutes=1)
        claim(session, SARA, "eleven geese fly")
        with pytest.raises(SignedOut):
            sara.require_signed_in()
    with closing(opened(store, clock, SARA, Password("eleven geese fly"))) as sara:
        notices = signing_in.code_notices(sara)
        assert [(each.made_by, each.used_at is not None) for each in notices] == [
            (session.actor.id, True)
        ] * 2
    clock.move(days=8)
    with closing(opened(store, clock, SARA, Password("eleven geese fly"))) as sara:
        assert signing_in.code_notices(sara) == []


def test_who_may_less_helps_nobody_who_may_more(session: Session, store: Path, clock: MovingClock) -> None:
    by_email = {each.email: each.id for each in session.definitions.people}
    claim(session, SARA)
    claim(session, REZA)
    with closing(opened(store, clock, SARA, Password(PASSWORD))) as sara:
        signing_in.make_code(sara, by_email[REZA])
        with pytest.raises(Refused, match="administrator's code"):
            signing_in.make_code(sara, by_email[NEDA])
        with pytest.raises(Refused, match="for somebody else"):
            signing_in.make_code(sara, by_email[SARA])
        with pytest.raises(NotFound):
            signing_in.make_code(sara, 99)
    with (
        closing(opened(store, clock, REZA, Password(PASSWORD))) as reza,
        pytest.raises(Refused, match="colleagues:manage"),
    ):
        signing_in.make_code(reza, by_email[SARA])


# At the file


def test_the_administrator_is_named_once(session: Session, store: Path, clock: MovingClock) -> None:
    with pytest.raises(Refused, match="administrator already"):
        secure(store, REZA, PASSWORD, clock)
    code = code_at_file(store, NEDA, clock)
    signing_in.set_password_by_code(store, NEDA, code.text, "eleven geese fly", clock)
    with closing(opened(store, clock, NEDA, Password("eleven geese fly"))) as neda:
        assert [each.made_by for each in signing_in.code_notices(neda)] == [None]
    with pytest.raises(NotFound):
        code_at_file(store, NOBODY, clock)


def test_who_is_named_owns_what_nobody_owns(session: Session, clock: MovingClock) -> None:
    sara = hire(session, "Sara Ahmadi", SARA, clock, SUPERVISOR_PROFILE)
    sara.close()
    with session.store.write() as connection:
        membership, profile = tables.membership, tables.profile
        supervisor = select(profile.c.id).where(profile.c.key == SUPERVISOR_PROFILE).scalar_subquery()
        connection.execute(membership.update().values(profile_id=supervisor))
    hash_quickly(session)
    secure(session.store.path, SARA, PASSWORD, clock)
    with closing(opened(session.store.path, clock, SARA, Password(PASSWORD))) as owner:
        profiles = {each.email: each.profile for each in owner.definitions.people}
    assert profiles == {NEDA: SUPERVISOR_PROFILE, SARA: OWNER_PROFILE}


def test_nobody_is_named_who_does_not_work_here(session: Session, clock: MovingClock) -> None:
    for email in (NOBODY, ""):
        with pytest.raises(NotFound):
            secure(session.store.path, email, PASSWORD, clock)
    with pytest.raises(Refused, match="first"):
        code_at_file(session.store.path, NEDA, clock)


# Services


def test_a_service_signs_in_by_its_token_alone(session: Session, store: Path, clock: MovingClock) -> None:
    lead = add_lead(session, mine=True)
    made = signing_in.add_service(session, "Nightly import", "agent", 10)
    with closing(opened(store, clock, "", Token(made.token))) as service:
        assert (service.actor.name, service.actor.is_service) == ("Nightly import", True)
        assert service.actor.id not in {each.id for each in session.reload_definitions().active_colleagues}
        assert service.actor.id not in {each.id for each in session.definitions.people}
        add_note(service, lead.id, "at night")
        with pytest.raises(Refused):
            signing_in.lock(service)
        with pytest.raises(Refused):
            signing_in.change_password(service, PASSWORD)
        with pytest.raises(Refused, match="colleagues:manage"):
            signing_in.list_services(service)
        clock.move(days=10)
        with pytest.raises(SignedOut):
            add_note(service, lead.id, "too late")
    with pytest.raises(WrongPassword):
        opened(store, clock, "nightly-import@service", Password(PASSWORD))
    person = session.definitions.colleague(made.sign_in.user_id)
    assert person is not None
    with pytest.raises(NotFound):
        signing_in.make_code(session, person.id)


def test_a_service_of_the_same_name_gets_another_token(
    session: Session, store: Path, clock: MovingClock
) -> None:
    first = signing_in.add_service(session, "Nightly", "agent", 10)
    second = signing_in.add_service(session, "nightly", SUPERVISOR_PROFILE, 10)
    assert first.sign_in.user_id == second.sign_in.user_id
    with pytest.raises(SignedOut):
        opened(store, clock, "", Token(first.token))
    with closing(opened(store, clock, "", Token(second.token))) as service:
        assert service.actor.profile == SUPERVISOR_PROFILE
    assert [each.is_live(clock()) for each in signing_in.list_services(session)] == [True, False]
    signing_in.end_sign_in(session, second.sign_in.id)
    with pytest.raises(SignedOut):
        opened(store, clock, "", Token(second.token))


@pytest.mark.parametrize(
    ("name", "profile", "days"),
    [("", "agent", 1), ("x", "none", 1), ("x", "agent", 0), ("x", "agent", 367), ("x", "owner", 1)],
)
def test_what_no_service_can_be_is_told_beside_it(
    session: Session, store: Path, name: str, profile: str, days: int
) -> None:
    with pytest.raises(Invalid):
        signing_in.add_service(session, name, profile, days)


def test_nobody_ends_the_sign_in_of_another_person(session: Session, store: Path, clock: MovingClock) -> None:
    claim(session, SARA)
    with closing(opened(store, clock, SARA, Password(PASSWORD))) as sara:
        with pytest.raises(NotFound):
            signing_in.end_sign_in(session, sara.sign_in_id or 0)
        with pytest.raises(NotFound):
            signing_in.end_sign_in(sara, session.sign_in_id or 0)
        sara.require_signed_in()
