"""Whoever may not see the numbers of a customer is given none of them by any service: no value, entry, refusal or file.

Numbers and addresses are planted wherever a customer, a timeline, a reminder or a ban holds words; the services are those of
test_every_change.py, which finds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import test_every_change
from session_making import MovingClock, hire, make_session
from sqlalchemy import select
from test_permissions import CALLS, grant

from leadtui.domain.do_not_call import Ban
from leadtui.domain.field import Answer, AnswerValue, Field, FieldKind
from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead, LeadNumber
from leadtui.domain.lead_fields import BUILT_IN
from leadtui.domain.permission import AGENT_PROFILE, READY_PROFILES, Permission, Profile
from leadtui.domain.view import Arrangement, FieldFilter, LeadFilter, View
from leadtui.domain.visibility import without_numbers
from leadtui.errors import LeadtuiError
from leadtui.presentation.desk_text import print_desk
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.lead_details import ban_sentence, lead_details, reminder_words
from leadtui.presentation.timeline import Timeline
from leadtui.services import defining, leads, profiles, views
from leadtui.services.exporting import ExportFormat, ExportOptions, export
from leadtui.services.importing.running import import_files
from leadtui.services.importing.undoing import undo_import
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session
from leadtui.store import activities, do_not_call, lead_writing, reminders, tables

WORDS = "rings from ۰۶۴۶ ۵۵۵-۰۱۷۱ or reza@secret.example, 2024-10-01 16:00"
"""What people write, with a number and an address in it."""

NUMBERS = ("+16465550171", "+16465550172")
OTHER_NUMBERS = ("+16465550173", "+16465550174")
_TELLING = re.compile(r"646555|secret\.example")


def tells(shown: str) -> bool:
    """Whether one of the numbers or addresses is in it, however it is written."""
    folded = shown.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    return bool(_TELLING.search(folded) or _TELLING.search(re.sub(r"[\s\-().]", "", folded)))


def test_the_words_that_are_planted_tell() -> None:
    assert tells(WORDS)
    assert tells("(646) 555-0171")


@dataclass(frozen=True, slots=True)
class Ids:
    lead: int
    twin: int
    reminder: int
    reza: int
    view: int
    profile: int


@cache
def planted() -> tuple[bytes, Ids]:
    """The store, in which Sara is an agent and both customers are Reza's."""
    with TemporaryDirectory() as name:
        folder, clock = Path(name), MovingClock()
        boss = make_session(folder, clock=clock)
        for kind in FieldKind:
            options = ("One", "Other") if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else ()
            defining.save_field(boss, Field(0, "", f"Own {kind.value}", kind, options))
        sara = hire(boss, "Sara Ahmadi", "sara@example.com", clock)
        reza = hire(boss, "Reza Amini", "reza@example.com", clock)
        boss.reload_definitions()
        view = views.save_view(sara, "Kept", Arrangement())
        profile = profiles.save_profile(boss, Profile(0, "", "Nobody's"))
        owner = reza.actor_id
        lead, twin = (plant(boss, owner, sara.actor_id, numbers) for numbers in (NUMBERS, OTHER_NUMBERS))
        with boss.write() as tx:
            do_not_call.add(tx, [Ban(tx.now, owner, WORDS, OTHER_NUMBERS[0])])
            reminder = tx.connection.execute(
                select(tables.reminder.c.id).where(tables.reminder.c.lead_id == lead)
            ).scalar_one()
        write_sheet(folder / "old.csv", "+1 646 555 0179")
        import_files(boss, [folder / "old.csv"])
        for session in (sara, reza, boss):
            session.close()
        return (folder / "desk.db").read_bytes(), Ids(lead, twin, reminder, owner, view.id, profile.id)


def write_sheet(path: Path, number: str) -> None:
    path.write_text(
        f"Name,Phone,Email,City\nAnna,{number},,Rome\nMina,{NUMBERS[0]},reza@secret.example,Boston\n"
    )


def plant(boss: Session, owner_id: int, sara_id: int, numbers: tuple[str, ...]) -> int:
    """A customer of whom every word tells how to reach them."""
    now = boss.now()
    texts = {each.name: WORDS for each in fields(Lead) if each.type == "str" and each.name != "phone"}
    custom = {each.key: value_of(each.kind) for each in boss.definitions.open_fields}
    values = {
        **{name: text for name, text in texts.items() if name in tables.lead.c},
        "email": "reza@secret.example",
        "entered_at": now,
        "owner_id": owner_id,
        "channel_first_id": boss.definitions.channels[0].id,
        "channel_latest_id": boss.definitions.channels[0].id,
        "custom": custom,
    }
    new = lead_writing.NewLead(values, tuple(LeadNumber(each, each) for each in numbers))
    with boss.write() as tx:
        (lead_id,) = lead_writing.insert_records(tx, [new], now)
        for kind in ActivityKind:
            activities.add(tx, lead_id, kind, now, owner_id, full_detail(boss))
        reminders.add(
            tx,
            lead_id=lead_id,
            owner_id=sara_id,
            due=now + timedelta(hours=2),
            zone=tx.workspace.zone,
            kind=reminders.ReminderKind.REMINDER,
            note=WORDS,
            created_at=now,
            created_by=owner_id,
        )
    return lead_id


def value_of(kind: FieldKind) -> AnswerValue:
    plain: Mapping[FieldKind, AnswerValue] = {
        FieldKind.NUMBER: "12",
        FieldKind.MONEY: "1250000",
        FieldKind.DATE: "2024-10-01",
        FieldKind.TIME: "16:00",
        FieldKind.WEEKDAY: 1,
        FieldKind.YES_NO: True,
        FieldKind.PERSON: 1,
        FieldKind.PHONE: NUMBERS[1],
        FieldKind.EMAIL: "reza@secret.example",
        FieldKind.CHOICES: [WORDS, "Other"],
        FieldKind.LINK: "https://wa.me/16465550171",
    }
    return plain.get(kind, WORDS)


def full_detail(boss: Session) -> ActivityDetail:
    """An entry in which everything that can be told is told, as whatever kind."""
    told: dict[str, Any] = {each.name: WORDS for each in fields(ActivityDetail) if each.type == "str"}
    keys = [each.key for each in BUILT_IN] + [each.key for each in boss.definitions.open_fields]
    return replace(
        ActivityDetail(),
        **{**told, "undoes_kind": ActivityKind.NOTE.value},
        answers=tuple(Answer(1, each.value, each.value, each, value_of(each)) for each in FieldKind),
        changes=tuple((key, WORDS, NUMBERS[0]) for key in keys),
    )


MISSING = (Permission.SEE_NUMBERS, Permission.SEE_CUSTOMERS)


def place_without(folder: Path, *missing: Permission) -> test_every_change.Place:
    """Sara's desk; she may everything but that."""
    content, ids = planted()
    (folder / "desk.db").write_bytes(content)
    sara = Session.open(folder / "desk.db", "sara@example.com", MovingClock())
    boss = Session.open(folder / "desk.db", "neda@example.com", MovingClock())
    lead, twin = (leads.open_lead(boss, each).lead for each in (ids.lead, ids.twin))
    boss.close()
    grant(sara, frozenset(Permission).difference(missing))
    with sara.read() as tx:
        lead, twin = (tx.show(each) for each in (lead, twin))
    write_sheet(folder / "sheet.csv", NUMBERS[1])
    return test_every_change.Place(
        sara, lead, twin, ids.reminder, ids.reza, folder / "sheet.csv", ids.view, ids.profile
    )


def said_by(call: Callable[[], object]) -> str:
    """What is given or refused, whole."""
    try:
        return repr(call())
    except LeadtuiError as error:
        return f"{error!r} {error} {vars(error)}"


WHOLE_STORE = {"backing_up.back_up"}
"""What gives the file itself, numbers and all; its permission says so."""

OWN_FILE = {"importing.preparing.prepare"}
"""What says how a file of the person's own is read."""

OF_THE_LIST = {"do_not_call.list_forbidden"}
"""The numbers that must not be rung, of customers or not, are for whoever may see numbers."""


@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("service", sorted(CALLS.keys() - WHOLE_STORE - OWN_FILE - OF_THE_LIST))
def test_no_service_gives_a_hidden_number(tmp_path: Path, service: str, missing: Permission) -> None:
    place = place_without(tmp_path, missing)
    stale = replace(place, lead=replace(place.lead, version=place.lead.version - 1))
    for at in (stale, place):
        said = said_by(lambda at=at: CALLS[service](at))
        assert not tells(said), said
    for each in set(tmp_path.iterdir()) - {place.sheet}:
        if not each.name.startswith("desk.db"):
            assert not tells(each.read_bytes().decode(errors="replace"))
    place.session.close()


@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("also", sorted(Permission))
def test_nothing_that_is_read_holds_a_hidden_number(
    tmp_path: Path, missing: Permission, also: Permission
) -> None:
    place = place_without(tmp_path, missing, also)
    sara = place.session
    customers, formatter = LeadList(sara), Formatter(sara)
    timeline = Timeline(formatter)

    def page(lead_id: int) -> str:
        opened = leads.open_lead(sara, lead_id)
        lines = [f"{title} {text}" for title, text in lead_details(opened.lead, formatter)]
        lines += [ban_sentence(each, formatter) for each in opened.bans]
        lines += [reminder_words(each, formatter) for each in opened.pending]
        return "\n".join([*lines, *map(timeline.line, opened.timeline), repr(opened)])

    def exported(format_: ExportFormat, options: ExportOptions) -> str:
        stream = BytesIO()
        export(sara, View(), format_, stream, options)
        return stream.getvalue().decode()

    ways: list[Callable[[], object]] = [
        lambda: page(place.lead.id),
        lambda: page(place.twin.id),
        lambda: customers.rows([place.lead.id, place.twin.id]),
        lambda: customers.cities("", 10),
        lambda: print_desk(sara, 160),
        *(
            lambda format_=format_, exact=exact: exported(format_, ExportOptions(exact=exact))
            for format_ in (ExportFormat.CSV, ExportFormat.VCARD)
            for exact in (False, True)
        ),
        lambda: undo_import(sara, 1, dry_run=True),
        lambda: import_files(
            sara, [place.sheet], ImportOptions(dry_run=True, rejects=tmp_path / "rejects.csv")
        ),
    ]
    for way in ways:
        said = said_by(way)
        assert not tells(said), said
    sara.close()


def test_nobody_is_found_by_a_number_in_their_words(tmp_path: Path) -> None:
    place = place_without(tmp_path, Permission.SEE_NUMBERS)
    customers = LeadList(place.session)
    hidden = {place.lead.id, place.twin.id}
    for typed in ("646", "5550171", "0646 555", "reza@", "secret.example"):
        assert not hidden & set(customers.order(View(find=typed)))
        assert not customers.matches(View(find=typed), list(hidden))
        asked = LeadFilter(fields=(FieldFilter("own_text", contains=typed),))
        assert not hidden & set(customers.order(View(filter=asked)))
    place.session.close()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("New Person, second-private@x.org;", "New Person, hidden"),
        ("Phone: +1201555018", "Phone: hidden"),
        ("+1 (201) 555‑0188 ext. 4", "hidden ext. 4"),
        ("۰۹۱۲ ۱۲۳ ۴۵۶۷ است", "hidden است"),
        ("0912_123_4567/0912,123,4567", "hidden"),
        ("wa.me/12015550188", "wa.me/hidden"),
        ("mail＠x.org", "hidden"),
        ("meets on 2024-10-01 at 16:00", "meets on 2024-10-01 at 16:00"),
        ("1403/07/10 16:00, ring 2015550188", "1403/07/10 16:00, ring hidden"),
        ("01.10.2024 17:30:00", "01.10.2024 17:30:00"),
        ("pays 12,500,000 for 3 rooms", "pays 12,500,000 for 3 rooms"),
        ("0912,123,4567", "hidden"),
        ("2024-10-01-5550", "hidden"),
        ("room 4711", "room 4711"),
        ("", ""),
    ],
)
def test_of_words_only_what_reaches_somebody_is_hidden(text: str, shown: str) -> None:
    assert without_numbers(text) == shown


def test_no_number_that_a_file_brought_is_read_in_a_timeline(tmp_path: Path) -> None:
    clock, cases = MovingClock(), Path(__file__).parent.parent / "data" / "cases"
    boss = make_session(tmp_path, clock=clock)
    import_files(boss, [cases / "leak_note.csv", cases / "leak_other.csv"])
    sara = hire(boss, "Sara Ahmadi", "sara@example.com", clock)
    grant(sara, READY_PROFILES[AGENT_PROFILE] - {Permission.SEE_NUMBERS})
    timeline = Timeline(Formatter(sara))
    ids = LeadList(sara).order(View())
    assert len(ids) == 3
    for each in ids:
        opened = leads.open_lead(sara, each)
        shown = repr(opened) + "".join(map(timeline.line, opened.timeline))
        assert "hidden" in shown
        assert not re.search(r"@|55501|4960808|\d{7}", re.sub(r"datetime\([^)]*\)", "", shown)), shown
    boss.close()
    sara.close()
