"""Makes real sessions on temporary stores, with a clock that only the test moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import update

from leadtui.domain.lead import Lead, LeadNumber
from leadtui.domain.lead_entry import entry_texts
from leadtui.domain.permission import AGENT_PROFILE, SUPERVISOR_PROFILE, Permission
from leadtui.domain.signing_in import Password
from leadtui.domain.status import Status
from leadtui.domain.workspace import Template, WorkspaceKind
from leadtui.language.phone import parse_phone
from leadtui.language.text import clean
from leadtui.services.colleagues import add_colleague
from leadtui.services.confirming import confirming
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import open_lead
from leadtui.services.securing import code_at_file, secure, security_of
from leadtui.services.session import Clock, Session
from leadtui.services.signing_in import set_password_by_code, sign_in_again
from leadtui.services.templates import load_template
from leadtui.store import definitions, tables
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.lead_writing import NewLead, insert_leads

_NEDA = "neda@example.com"

IN_THE_FIRST, IN_THE_SECOND, IN_BOTH = _NEDA, "sara@example.com", "both@example.com"
"""Who works where in a store of two workspaces."""

NOON = datetime(2024, 9, 28, 7, 12, tzinfo=UTC)
"""Saturday 7 Mehr 1403, 10:42 in Tehran."""


class MovingClock:
    """Stands still until a test moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Go on by days, hours, minutes or seconds."""
        self.now += timedelta(**by)


def business(template_name: str = "sales") -> Template:
    """A template whose workspace may have colleagues."""
    template = load_template(template_name)
    return replace(
        template,
        workspace=replace(
            template.workspace,
            kind=WorkspaceKind.BUSINESS,
            registered_name="Northwind",
            registered_number="14000012340" if template.workspace.region == "IR" else "12-3456789",
        ),
    )


def make_session(folder: Path, template: str = "sales", clock: MovingClock | None = None) -> Session:
    """A new store whose owner is Neda Karimi."""
    clock = clock or MovingClock()
    path = folder / "desk.db"
    if clock.now == NOON:
        # Making a store takes ten times as long as copying one, and most tests need one.
        path.write_bytes(_new_store(template))
        return Session.open(path, _NEDA, clock)
    return Session.create(path, business(template), "Neda Karimi", _NEDA, clock)


@cache
def _new_store(template: str) -> bytes:
    """What a store holds that was made at noon."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        Session.create(path, business(template), "Neda Karimi", _NEDA, MovingClock()).close()
        return path.read_bytes()


def make_two_workspaces(folder: Path) -> Path:
    """A new store of two workspaces: one person works in the first, one in the second, one in both."""
    session = make_session(folder)
    with session.store.write() as connection:
        first = WorkspaceConnection(connection, session.workspace.id)
        second_id = definitions.create_workspace(connection, business("blank"), NOON)
        second = WorkspaceConnection(connection, second_id)
        definitions.add_colleague(second, "Sara", IN_THE_SECOND, SUPERVISOR_PROFILE, NOON)
        for each in (first, second):
            definitions.add_colleague(each, "Mina", IN_BOTH, SUPERVISOR_PROFILE, NOON)
    session.close()
    return folder / "desk.db"


QUICK = {"memory": 8, "time": 1, "parallelism": 1}
"""What passwords of tests are hashed by: the store says it, so that a test need not wait for each of them."""


PASSWORD = "fourteen horses run"
"""Of a person who has one."""


def hash_quickly(session: Session) -> None:
    """Let the store hash passwords quickly from now on."""
    with session.store.write() as connection:
        connection.execute(update(tables.store_info).values(hashing=QUICK))


def secured(session: Session, password: str = PASSWORD) -> None:
    """Let the person be the administrator of the store, with that password, and signed in. Nobody else has one yet."""
    hash_quickly(session)
    store = session.store.path
    secure(store, session.actor.email, password, session.now)
    session.take_sign_in(sign_in_again(store, session.actor.email, password, clock=session.now))
    session.keep_sign_in()


def claimed(session: Session, administrator: str, password: str = PASSWORD) -> None:
    """Let somebody else be the administrator, whose code gives the person this password; the session goes on signed in."""
    hash_quickly(session)
    store = session.store.path
    secure(store, administrator, "an administrator's own", session.now)
    code = code_at_file(store, session.actor.email, session.now)
    set_password_by_code(store, session.actor.email, code.text, password, session.now)
    session.take_sign_in(sign_in_again(store, session.actor.email, password, clock=session.now))
    session.keep_sign_in()


def hire(session: Session, name: str, email: str, clock: Clock, profile: str = AGENT_PROFILE) -> Session:
    """A colleague's own desk on the same store; where that asks for passwords, with one."""
    store = session.store.path
    assert store is not None
    if security_of(store).secured_at is None:
        with confirming(session.workspace.title):
            add_colleague(session, name, email, profile)
        return Session.open(store, email, clock)
    without_password(session, name, email, profile)
    code = code_at_file(store, email, clock)
    set_password_by_code(store, email, code.text, PASSWORD, clock)
    return Session.open(store, email, clock, proof=Password(PASSWORD))


def without_password(session: Session, name: str, email: str, profile: str = AGENT_PROFILE) -> None:
    """Somebody who worked here before the store asked for passwords, and has none yet."""
    with session.write() as tx:
        definitions.add_colleague(tx, name, email, profile, tx.now)
    session.reload_definitions()


def without_owner(session: Session) -> None:
    """Make the store one of the time before owners: the person is a supervisor, who erases."""
    with session.write() as tx:
        supervisor = tx.definitions.profile(SUPERVISOR_PROFILE)
        assert supervisor is not None
        granted = supervisor.permissions | {Permission.ERASE_CUSTOMERS}
        definitions.save_profile(tx, replace(supervisor, permissions=granted))
        definitions.set_membership(tx, tx.actor.id, tx.actor.name, SUPERVISOR_PROFILE)
    session.reload_definitions()


@dataclass(frozen=True, slots=True)
class Office:
    """Neda and Sara at one store."""

    neda: Session
    sara: Session
    clock: MovingClock

    def book(self, giver: Session, to: Session, lead_id: int) -> None:
        """Book a demo that somebody else holds."""
        self.clock.move(minutes=1)
        book_demo(giver, lead_id, to.actor.id)


def texts_of(session: Session, lead: Lead) -> dict[str, str]:
    """What the form of a customer begins with, by entry key."""
    return entry_texts(lead, session.definitions, session.format_context())


def add_lead(
    session: Session, name: str = "Mina Sadeghi", *numbers: str, mine: bool = False, **values: str
) -> Lead:
    """Write a customer as an import would."""
    parsed = [parse_phone(number, session.workspace.region) for number in numbers]
    new = NewLead(
        {
            "name": clean(name),
            "entered_at": session.now(),
            "owner_id": session.actor.id if mine else None,
            "channel_first_id": session.definitions.channels[0].id,
            "city": values.get("city", ""),
            "email": values.get("email", ""),
        },
        numbers=tuple(LeadNumber(each.e164, each.written, each.extension) for each in parsed if each),
    )
    with session.write() as tx:
        (lead_id,) = insert_leads(tx, [new], session.now(), session.actor.id)
    return open_lead(session, lead_id).lead


def status_of(session: Session, key: str) -> Status:
    """The status with that key."""
    return next(each for each in session.definitions.statuses if each.key == key)


def book_demo(session: Session, lead_id: int, owner_id: int) -> Lead:
    """A status that asks for date and time, gives the customer to somebody and sets a reminder in three days."""
    lead = open_lead(session, lead_id).lead
    status = status_of(session, "demo_booked")
    answers = {"date": "2024-10-01", "time": "16:00"}
    remind_at = session.now() + timedelta(days=3)
    return set_status(session, SetStatus(lead_id, lead.version, status.id, answers, owner_id, remind_at))
