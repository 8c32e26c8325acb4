"""What the audit tells of how people come in: who secured the store, whose passwords and codes, which sign-ins were ended."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

import pytest
from session_making import (
    IN_BOTH,
    IN_THE_FIRST,
    IN_THE_SECOND,
    PASSWORD,
    MovingClock,
    hash_quickly,
    hire,
    make_two_workspaces,
    secured,
    without_password,
)
from test_audit import wordless

from leadtui.domain.audit import AuditAct, AuditEntry, AuditFilter, AuditKind
from leadtui.domain.permission import SUPERVISOR_PROFILE
from leadtui.domain.signing_in import CodePurpose, Password
from leadtui.language import translate
from leadtui.language.translate import LANGUAGES
from leadtui.presentation.audit import AuditWords
from leadtui.services import signing_in
from leadtui.services.audit import check, list_entries
from leadtui.services.securing import code_at_file, secure
from leadtui.services.session import Session

NEDA, REZA = "neda@example.com", "reza@example.com"
OTHER = "eleven geese fly"

OF_SIGNING_IN = frozenset({AuditKind.SECURITY, AuditKind.PASSWORD, AuditKind.CODE, AuditKind.SIGN_IN})


def told(session: Session) -> list[AuditEntry]:
    """The entries about signing in, the oldest first."""
    return list(reversed(list_entries(session, AuditFilter(kinds=OF_SIGNING_IN))))


def lines(session: Session) -> list[tuple[AuditKind, AuditAct, str, str, Mapping[str, object]]]:
    """Each of them: what about whom, by whom, and its parts."""
    return [
        (
            *(each.event.kind, each.event.act, each.event.title, each.actor_name),
            {part.name: part.after for part in each.event.parts},
        )
        for each in told(session)
    ]


def sound(session: Session) -> None:
    """The chain of every workspace is whole."""
    with session.store.read() as connection:
        assert [each.findings for each in check(connection)] == [()] * len(check(connection))


def test_a_day_of_passwords_and_codes_is_told(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza Amini", REZA, clock)
    reza.close()
    session.reload_definitions()
    path = session.store.path
    secured(session)
    assert lines(session) == [
        (AuditKind.SECURITY, AuditAct.DONE, "Neda Karimi", "Neda Karimi", {"at_file": True})
    ]
    person = next(each for each in session.definitions.people if each.email == REZA)
    code = signing_in.make_code(session, person.id)
    signing_in.set_password_by_code(path, REZA, code.text, PASSWORD, clock)
    kept = [signing_in.sign_in_again(path, REZA, PASSWORD, clock=clock) for _each in range(2)]
    signing_in.set_password_by_code(path, REZA, code_at_file(path, REZA, clock).text, OTHER, clock)
    with closing(Session.open(path, REZA, clock, proof=Password(OTHER))) as reza:
        others = [signing_in.sign_in_again(path, REZA, OTHER, clock=clock).sign_in_id for _each in range(3)]
        signing_in.end_sign_in(reza, others[0])
        signing_in.end_other_sign_ins(reza)
        signing_in.end_other_sign_ins(reza)  # of which there are none any more: nothing is told
        signing_in.change_password(reza, PASSWORD, OTHER)
        by = reza.sign_in_id
    signing_in.add_service(session, "Nightly", SUPERVISOR_PROFILE, 30)
    neda, amini = "Neda Karimi", "Reza Amini"
    assert len(kept) == 2
    assert lines(session)[1:] == [
        (AuditKind.CODE, AuditAct.ADDED, amini, neda, {"purpose": CodePurpose.CLAIM}),
        (AuditKind.PASSWORD, AuditAct.ADDED, amini, amini, {"by_code": True, "ended": 0}),
        (AuditKind.CODE, AuditAct.ADDED, amini, neda, {"purpose": CodePurpose.RESET, "at_file": True}),
        (AuditKind.PASSWORD, AuditAct.CHANGED, amini, amini, {"by_code": True, "ended": 2}),
        (AuditKind.SIGN_IN, AuditAct.REMOVED, amini, amini, {"sign_in": others[0]}),
        (AuditKind.SIGN_IN, AuditAct.REMOVED, amini, amini, {"ended": 2}),
        (AuditKind.PASSWORD, AuditAct.CHANGED, amini, amini, {"ended": 0}),
        (AuditKind.SIGN_IN, AuditAct.ADDED, "Nightly", neda, {"days": 30}),
    ]
    own = session.sign_in_id
    assert [each.sign_in_id for each in told(session)] == [None, own, None, None, None, by, by, by, own]
    sound(session)
    for language in LANGUAGES:
        translate.use(language)
        words = AuditWords(session)
        for entry in told(session):
            assert wordless(entry) == set()
            assert words.act(entry.event)
            assert str(entry.actor_name) in words.who(entry)
            assert [each for each in words.told(entry.event) if each]


def test_no_password_and_no_code_is_in_the_store(session: Session, clock: MovingClock) -> None:
    hire(session, "Reza Amini", REZA, clock).close()
    session.reload_definitions()
    secured(session)
    code = signing_in.make_code(session, session.definitions.people[1].id)
    signing_in.change_password(session, OTHER, PASSWORD)
    with session.store.read() as connection:
        kept = connection.exec_driver_sql("SELECT detail || texts FROM audit").scalars().all()
    for secret in (code.text, signing_in.read_code(code.text), PASSWORD, OTHER):
        assert not any(secret in each for each in kept)


def test_the_first_password_of_an_own_store_names_its_administrator(session: Session) -> None:
    hash_quickly(session)
    signing_in.change_password(session, PASSWORD)
    assert [(each.event.kind, each.event.act) for each in told(session)] == [
        (AuditKind.PASSWORD, AuditAct.ADDED),
        (AuditKind.SECURITY, AuditAct.DONE),
    ]
    # From then on each entry says by which sign-in.
    without_password(session, "Mina", "mina@example.com", SUPERVISOR_PROFILE)
    newest = list_entries(session, AuditFilter())[0]
    assert newest.sign_in_id == session.sign_in_id is not None
    sound(session)


@pytest.mark.parametrize("email", [IN_BOTH, IN_THE_SECOND])
def test_it_is_told_where_the_person_works_and_nowhere_else(
    tmp_path_factory: pytest.TempPathFactory, clock: MovingClock, email: str
) -> None:
    path = make_two_workspaces(tmp_path_factory.mktemp("both"))
    with closing(Session.open(path, IN_THE_FIRST, clock)) as first:
        hash_quickly(first)
    secure(path, IN_THE_FIRST, PASSWORD, clock)
    signing_in.set_password_by_code(path, email, code_at_file(path, email, clock).text, OTHER, clock)
    counts: dict[bool, int] = {}
    with closing(Session.open(path, IN_THE_FIRST, clock, proof=Password(PASSWORD))) as first:
        counts[True] = sum(each.event.kind is not AuditKind.SECURITY for each in told(first))
        sound(first)
    with closing(
        Session.open(path, email, clock, proof=Password(OTHER), pick=lambda own: own[-1].id)
    ) as second:
        kinds = [each.event.kind for each in told(second)]
    assert AuditKind.SECURITY in kinds
    assert counts[True] == (2 if email == IN_BOTH else 0)
    assert kinds.count(AuditKind.CODE) == kinds.count(AuditKind.PASSWORD) == 1
