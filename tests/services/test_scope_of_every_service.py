"""For whose customers each service may be used: every scope of what it asks for, on customers of everybody's cartable.

The services are those of test_every_change.py that write about a customer; one that is new has to be put into `ASKED` or `NOT_ASKED`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
import test_every_change
from service_needs import NEEDS
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from test_every_change import Place, refuse
from test_permissions import CALLS

from leadtui.domain.permission import SCOPED, Permission, Profile, Scope
from leadtui.domain.view import View
from leadtui.errors import Refused
from leadtui.services import cases, colleagues, leads, presence
from leadtui.services.bulk import Result
from leadtui.services.lead_list import LeadList
from leadtui.services.teams import save_team
from leadtui.services.undo import Undone
from leadtui.store import definitions, tables

P = Permission
place = test_every_change.place

ASKED: Mapping[str, Permission] = {
    "editing.edit_lead": P.EDIT_CUSTOMERS,
    "lead_merge.merge": P.MERGE_CUSTOMERS,
    "lead_merge.compare": P.MERGE_CUSTOMERS,
    "erasing.erase": P.ERASE_CUSTOMERS,
    "erasing.erase_many": P.ERASE_CUSTOMERS,
    "follow_up.set_status": P.FOLLOW_UP,
    "follow_up.set_status_of": P.FOLLOW_UP,
    "leads.add_note": P.FOLLOW_UP,
    "leads.log_call": P.FOLLOW_UP,
    "playbooks.save_answers": P.FOLLOW_UP,
    "messages.set_consent": P.FOLLOW_UP,
    "messages.queue_message": P.SEND_MESSAGES,
    "messages.queue_messages": P.SEND_MESSAGES,
    "messages.fill_in": P.SEND_MESSAGES,
    "outbox.send_again": P.SEND_MESSAGES,
    "outbox.withdraw": P.SEND_MESSAGES,
    "reminders.set_reminder": P.REMIND,
    "do_not_call.forbid": P.FORBID_CALLS,
    "do_not_call.allow": P.ALLOW_CALLS,
    "cases.answer_case": P.WORK_CASES,
    "cases.give_case": P.WORK_CASES,
    "cases.link_lead": P.WORK_CASES,
    "cases.move_case": P.WORK_CASES,
    "cases.note_case": P.WORK_CASES,
    "cases.open_at": P.WORK_CASES,
    "cases.open_case": P.WORK_CASES,
    "cases.plan_move": P.WORK_CASES,
    "cases.unlink_lead": P.WORK_CASES,
    "undo.undo": P.REMIND,
    "undo.undo_part": P.REMIND,
    "undo.undo_rest": P.REMIND,
}
"""What is asked for the customer whom it is about."""

EVERYBODYS: Mapping[str, Permission] = {
    "do_not_call.forbid_number": P.FORBID_CALLS,
    "do_not_call.forbid_numbers": P.FORBID_CALLS,
    "do_not_call.allow_number": P.ALLOW_CALLS,
}
"""What is done to a number, whosever it is: it has to be granted for everybody's customers."""

NOT_ASKED: Mapping[str, str] = {
    "bulk.assign": "asks who gets them: test_scopes.py",
    "distributing.distribute": "asks who gets them, as bulk.assign",
    "handing_over.hand_over": "asks who gets them, as bulk.assign",
    "handing_over.return_lead": "is of one's own customers alone, and goes back to who gave them",
    "undo.undo_escalation": "asks who gets the customer back: test_undo_reach.py",
    "cases.undo_case": "is the person's own step on a case that they see",
    "reminders.acknowledge": "ends what rings at oneself, whosever the customer is by now",
    "reminders.cancel": "as reminders.acknowledge",
    "reminders.skip": "as reminders.acknowledge",
    "reminders.snooze": "as reminders.acknowledge",
    "editing.add_lead": "brings somebody new",
    "importing.running.import_files": "asks imports:over of whom it changes: test_scopes.py",
    "importing.undoing.undo_import": "as the import: test_undo_reach.py",
    "case_files.import_cases": "opens each case as cases.open_at does",
    "outbox.run": "sends what others were allowed to queue",
    "outbox.send_next": "as outbox.run",
}
"""Why others ask for none of the customer whom they are about."""

WRITING = (
    *test_every_change.CHANGING,
    *test_every_change.ADDING,
    *test_every_change.IMPORTING,
    *test_every_change.ERASING,
    *test_every_change.SENDING,
)

NEDAS, MATES, STRANGERS, NOBODYS = "own", "mate's", "stranger's", "nobody's"

WITHIN: Mapping[Scope, frozenset[str]] = {
    Scope.OWN: frozenset({NEDAS}),
    Scope.TEAM: frozenset({NEDAS, MATES}),
    Scope.ALL: frozenset({NEDAS, MATES, STRANGERS, NOBODYS}),
}


def test_every_service_that_writes_about_a_customer_says_whose() -> None:
    assert set(WRITING) <= {*ASKED, *EVERYBODYS, *NOT_ASKED}
    asked = {**ASKED, **EVERYBODYS}
    assert set(asked.values()) <= set(SCOPED)
    assert all(any(asked[each] in any_of for any_of in NEEDS[each]) for each in asked)


def with_colleagues(at: Place) -> dict[str, int | None]:
    """Reza is in a team with Neda, Omid in none, and Neda has a profile of her own; whose customers there are."""
    session, neda = at.session, at.session.actor
    colleagues.add_colleague(session, "Omid", "omid@example.com")
    stranger = next(each for each in session.definitions.people if each.email == "omid@example.com")
    team = session.definitions.teams[0]
    save_team(session, replace(team, members=(*team.members, neda.id)))
    return {NEDAS: neda.id, MATES: at.colleague_id, STRANGERS: stranger.id, NOBODYS: None}


def let(at: Place, scopes: Mapping[Permission, Scope]) -> None:
    """Let Neda do everything, and this for customers of these scopes."""
    kept = at.session.definitions.profile(at.session.actor.profile)
    assert kept is not None
    with at.session.write() as tx:
        held = Profile(kept.id, "own", kept.title).granting(dict.fromkeys(Permission, Scope.ALL))
        definitions.save_profile(tx, held.granting(scopes))
        tx.connection.execute(update(tables.profile).where(tables.profile.c.id == kept.id).values(key="own"))
    at.session.reload_definitions()


def put(at: Place, owner_id: int | None) -> None:
    """Let every customer be in that cartable, and every case be nobody's, as though they always had been."""
    with at.session.store.write() as connection:
        connection.execute(update(tables.lead).values(owner_id=owner_id))
        connection.execute(update(tables.case_record).values(owner_id=None))


def is_done(at: Place, service: str, permission: Permission) -> bool:
    """Whether it is done, in a store that takes no change any more; what is refused names the permission."""
    try:
        given = CALLS[service](at)
    except IntegrityError:
        return True
    except Refused as refused:
        given = refused
    if isinstance(given, Undone):
        given = given.refused[0]
    if isinstance(given, Refused):
        assert permission.value in str(given)
        return False
    left = isinstance(given, Result) and given.beyond == 1
    assert left or service in test_every_change.READING, given
    return not left


@pytest.mark.parametrize("service", [*ASKED, *EVERYBODYS])
def test_it_is_done_to_the_customers_of_the_scope_and_to_no_others(place: Place, service: str) -> None:
    permission = {**ASKED, **EVERYBODYS}[service]
    owners = with_colleagues(place)
    for scope, reached in WITHIN.items():
        let(place, {permission: scope})
        if service in EVERYBODYS:
            reached = frozenset(owners) if scope is Scope.ALL else frozenset[str]()
        _refuse_changes(place)
        done: set[str] = set()
        for whose, owner_id in owners.items():
            put(place, owner_id)
            done |= {whose} if is_done(place, service, permission) else set()
        assert done == reached, scope
        put(place, owners[NEDAS])
        _take_changes(place)


def _refuse_changes(at: Place) -> None:
    refuse(at.session, "change")


def _take_changes(at: Place) -> None:
    with at.session.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER refuse_change")


def test_the_next_customer_is_one_whom_the_person_may_follow_up(place: Place) -> None:
    owners = with_colleagues(place)
    ids = LeadList(place.session).order(View())
    for scope, reached in WITHIN.items():
        let(place, {P.FOLLOW_UP: scope})
        found: set[str] = set()
        for whose, owner_id in owners.items():
            put(place, owner_id)
            if presence.take_next(place.session, test_every_change.TERMINAL, ids) is not None:
                found.add(whose)
        assert found == reached


def test_a_case_is_worked_by_whoever_is_responsible_for_it(place: Place) -> None:
    owners = with_colleagues(place)
    let(place, {P.WORK_CASES: Scope.OWN})
    put(place, owners[STRANGERS])
    with pytest.raises(Refused, match="cases:work=own"):
        CALLS["cases.note_case"](place)
    opened = cases.show_case(place.session, 1)
    assert (opened.is_worked, opened.moves) == (False, ())
    with place.session.store.write() as connection:
        connection.execute(update(tables.case_record).values(owner_id=owners[NEDAS]))
    opened = cases.show_case(place.session, 1)
    assert opened.is_worked
    assert opened.moves
    CALLS["cases.note_case"](place)
    assert leads.open_lead(place.session, place.lead.id).timeline[0].detail.case_act == "noted"
