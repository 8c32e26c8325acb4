"""The holidays of the workspace: named one by one, or out of a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from leadtui.domain.holiday import Holiday, kept_holiday, read_holiday
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid, NotFound
from leadtui.language.calendar import local_date
from leadtui.language.text import search_key
from leadtui.language.translate import _
from leadtui.services.holiday_file import HolidaysRead, read_holiday_file
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.services.workspace import clean_workspace
from leadtui.store import definitions


@dataclass(frozen=True, slots=True)
class HolidaysAdded:
    """What became of holidays that were to be added; `read` is what the file held."""

    added: int
    already: int
    read: HolidaysRead


def list_holidays(session: Session) -> tuple[Holiday, ...]:
    """The workspace's holidays: those to come in their order, then those that are over."""
    with session.read() as tx:
        workspace = tx.session.workspace
        today = local_date(tx.now, workspace.zone)
    ahead = [(each.next_day(today), each) for each in workspace.work.holidays]
    ahead.sort(key=lambda pair: (pair[0] is None, pair[0] or today, pair[1].text))
    return tuple(each for _day, each in ahead)


def add_holidays(session: Session, typed: Sequence[str]) -> tuple[Holiday, ...]:
    """Add holidays as they were typed and return them. Raises Invalid where one is none."""
    with session.write(Permission.CHANGE_WORKSPACE) as tx:
        there = tx.workspace
        added = [read_holiday(each, session.calendar, there.region) for each in typed]
        _keep(tx, [*there.holidays, *(each.text for each in added)])
    session.reload_definitions()
    return tuple(added)


def remove_holidays(session: Session, typed: Sequence[str]) -> tuple[Holiday, ...]:
    """Take holidays off, each named by its day or its title; return them. Raises NotFound where one is not there."""
    with session.write(Permission.CHANGE_WORKSPACE) as tx:
        there = tx.workspace
        known = [each for each in map(kept_holiday, there.holidays) if each is not None]
        gone = [each for name in typed for each in _named(session, name, known)]
        _keep(tx, [each.text for each in known if each not in gone])
    session.reload_definitions()
    return tuple(gone)


def read_holidays(session: Session, content: bytes) -> HolidaysRead:
    """What `import_holidays` would take from a calendar file (iCalendar), without adding any. Raises Unreadable."""
    session.check(Permission.CHANGE_WORKSPACE)
    today = local_date(session.now(), session.workspace.zone)
    return read_holiday_file(content, today.replace(month=1, day=1))


def import_holidays(session: Session, content: bytes) -> HolidaysAdded:
    """Add the holidays of a calendar file (iCalendar): days of this year and later. Raises Unreadable."""
    read = read_holidays(session, content)
    with session.write(Permission.CHANGE_WORKSPACE) as tx:
        known = set(tx.workspace.holidays)
        new = [each.text for each in read.holidays if each.text not in known]
        _keep(tx, [*tx.workspace.holidays, *new])
    session.reload_definitions()
    return HolidaysAdded(len(new), len(read.holidays) - len(new), read)


def _keep(tx: Transaction, holidays: Sequence[str]) -> None:
    present = tx.workspace
    wanted = clean_workspace(replace(present, holidays=tuple(holidays)))
    if wanted.holidays != present.holidays:
        definitions.save_workspace(tx, replace(wanted, id=present.id))


def _named(session: Session, typed: str, known: Sequence[Holiday]) -> list[Holiday]:
    key = search_key(typed)
    same = [each for each in known if each.text == typed or (key and search_key(each.title) == key)]
    if not same:
        day = _day_of(session, typed)
        same = [each for each in known if day is not None and replace(each, title="") == day]
    if not same:
        raise NotFound(
            _("There is no holiday “{typed}”; list them to see what they are called.").format(typed=typed)
        )
    return same


def _day_of(session: Session, typed: str) -> Holiday | None:
    try:
        return replace(read_holiday(typed, session.calendar, session.workspace.region), title="")
    except Invalid:
        return None
