"""Every permission, profile and service: who may, does; who may not is told which permission is missing, and nothing is written.

The services are those of test_every_change.py, which finds them; one that is new has to be put into service_needs.NEEDS too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
import test_every_change
from service_needs import NEEDS, Needs
from sqlalchemy import update

from leadtui.domain.permission import READY_PROFILES, Permission
from leadtui.errors import LeadtuiError, Refused
from leadtui.services.session import Session
from leadtui.store import tables

place = test_every_change.place

CALLS: Mapping[str, test_every_change.Call] = {
    **test_every_change.CHANGING,
    **test_every_change.ADDING,
    **test_every_change.IMPORTING,
    **test_every_change.DEFINING,
    **test_every_change.LEAVING_NO_TRACE,
    **test_every_change.TAKING_OUT,
    **test_every_change.READING,
    **test_every_change.ERASING,
    **test_every_change.SIGNING_IN,
    **test_every_change.SENDING,
}


PROFILES: Mapping[str, frozenset[Permission]] = {
    **READY_PROFILES,
    "none": frozenset(),
    **{each.value: frozenset({each}) for each in Permission},
}


def allows(granted: frozenset[Permission], needs: Needs) -> bool:
    return all(granted & any_of for any_of in needs)


def grant(session: Session, permissions: frozenset[Permission]) -> None:
    """Let Neda have exactly these, as the store keeps them."""
    profile = tables.profile
    with session.store.write() as connection:
        connection.execute(
            update(profile)
            .where(profile.c.key == session.actor.profile)
            .values(permissions=sorted(each.value for each in permissions))
        )
    session.reload_definitions()


def test_every_service_says_what_it_needs() -> None:
    assert sorted(NEEDS) == sorted(CALLS)


@pytest.mark.parametrize("service", sorted(CALLS))
def test_who_may_does_and_who_may_not_is_told_why(place: test_every_change.Place, service: str) -> None:
    needs = NEEDS[service]
    if service == "importing.undoing.undo_import":
        CALLS["importing.running.import_files"](place)
    before = shared(place.session)
    for granted in PROFILES.values():
        if not allows(granted, needs):
            grant(place.session, granted)
            with pytest.raises(Refused) as refused:
                CALLS[service](place)
            missing = next(any_of for any_of in needs if not granted & any_of)
            assert named(refused.value) == missing
    assert shared(place.session) == before
    # Whoever may everything comes first, and it is done. For the others it is done already: but they may.
    for granted in sorted(PROFILES.values(), key=len, reverse=True):
        if allows(granted, needs):
            grant(place.session, granted)
            error = outcome(place, service)
            assert error is None or granted != frozenset(Permission), error
            assert error is None or not named(error), error


def shared(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the store holds but the profiles that this test changes."""
    whole = test_every_change.content(session)
    whole.pop("profile")
    return whole


def outcome(place: test_every_change.Place, service: str) -> LeadtuiError | None:
    """Why the call was refused."""
    try:
        CALLS[service](place)
    except LeadtuiError as error:
        return error
    return None


def named(error: LeadtuiError) -> frozenset[Permission]:
    """The permissions that the sentence names."""
    return frozenset(each for each in Permission if re.search(rf"{each.value}(?![a-z-])", str(error)))
