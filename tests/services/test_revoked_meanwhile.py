"""Whoever may no longer, while something long runs, does not come to its end: it stops at the next part and leaves no file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from session_making import Office, add_lead, hire

from leadtui.domain.permission import SUPERVISOR_PROFILE, Permission
from leadtui.domain.view import View
from leadtui.errors import NotFound, Refused
from leadtui.services import exporting
from leadtui.services.backing_up import back_up
from leadtui.services.exporting import export_file
from leadtui.services.importing import running
from leadtui.services.importing.running import import_files
from leadtui.services.lead_list import LeadList
from leadtui.services.membership import suspend_colleague
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.store.sqlite import backup


@pytest.fixture
def other(office: Office) -> Session:
    """A supervisor, at a desk of their own."""
    return hire(office.neda, "Reza Amini", "reza@example.com", office.clock, SUPERVISOR_PROFILE)


def without(office: Office, *revoked: Permission) -> Callable[[], None]:
    """Takes these away from supervisors, as the owner does at another terminal."""

    def revoke() -> None:
        profile = office.neda.reload_definitions().profile(SUPERVISOR_PROFILE)
        assert profile is not None
        save_profile(office.neda, replace(profile, permissions=profile.permissions - set(revoked)))

    return revoke


def suspended(office: Office, person: Session) -> Callable[[], None]:
    return lambda: suspend_colleague(office.neda, person.actor_id)


@pytest.mark.parametrize("what", ["export", "numbers", "person"])
def test_an_export_stops_at_the_next_part_and_leaves_no_file(
    office: Office, other: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    for number in range(6):
        add_lead(office.neda, f"Customer {number}", f"+1 212 555 010{number}")
    revoke = {
        "export": without(office, Permission.EXPORT),
        "numbers": without(office, Permission.SEE_NUMBERS),
        "person": suspended(office, other),
    }[what]
    told: list[int] = []

    def progress(done: int, _total: int) -> None:
        told.append(done)
        if done == 2:
            revoke()

    file = tmp_path / "out" / "customers.csv"
    file.parent.mkdir()
    with (
        closing(other),
        pytest.raises((Refused, NotFound), match=r"exports:run|was changed meanwhile|suspended"),
    ):
        export_file(other, View(), file, progress=progress)
    assert told == [0, 2]
    assert list(file.parent.iterdir()) == []


def test_an_import_stops_at_the_next_part(
    office: Office, other: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK_ROWS", 2)
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Name,Phone\n" + "".join(f"Customer {n},+1 212 555 010{n}\n" for n in range(8)))
    revoke = without(office, Permission.IMPORT)

    def progress(done: int, _total: int) -> None:
        if done >= 2:
            revoke()

    with closing(other), pytest.raises(Refused, match="imports:run"):
        import_files(other, [sheet], progress=progress)
    assert 0 < len(LeadList(office.neda).order(View())) < 8


def test_a_backup_is_not_kept_by_who_may_no_longer_at_its_end(
    office: Office, other: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    check = backup._check  # pyright: ignore[reportPrivateUsage]  # the moment at which the copy is whole

    def revoke_then_check(made: Path) -> None:
        without(office, Permission.BACK_UP)()
        check(made)

    monkeypatch.setattr(backup, "_check", revoke_then_check)
    with closing(other), pytest.raises(Refused, match="settings:back-up"):
        back_up(other, folder / "copy.db")
    assert list(folder.iterdir()) == []


def test_a_backup_stops_while_it_is_copied(
    office: Office, other: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "ASKS_EVERY", 0.0)
    monkeypatch.setattr(backup, "LOOKS_EVERY", 100)
    folder = tmp_path / "out"
    folder.mkdir()
    asked: list[int] = []
    revoke = without(office, Permission.BACK_UP)

    def still() -> None:
        asked.append(1)
        if len(asked) == 2:
            revoke()
        other.check(Permission.BACK_UP)

    with closing(other), pytest.raises(Refused, match="settings:back-up"):
        backup.write_backup(other.store.path, folder / "copy.db", force=False, still=still)
    assert len(asked) == 2  # a copy that is whole asks some more times
    assert list(folder.iterdir()) == []
