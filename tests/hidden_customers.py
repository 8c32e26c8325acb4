"""A desk on which every word of two customers tells how to reach them, for tests of who may not know it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from session_making import MovingClock, hire, make_session
from sqlalchemy import select

from leadtui.domain.do_not_call import Ban
from leadtui.domain.field import Answer, AnswerValue, Field, FieldKind
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead, LeadNumber
from leadtui.domain.lead_fields import BUILT_IN
from leadtui.domain.permission import Profile
from leadtui.domain.view import Arrangement
from leadtui.services import defining, profiles, views
from leadtui.services.importing.running import import_files
from leadtui.services.session import Session
from leadtui.store import activities, do_not_call, lead_writing, reminders, tables

WORDS = "rings from ۰۶۴۶ ۵۵۵-۰۱۷۱ or reza@secret.example, 2024-10-01 16:00"
"""What people write, with a number and an address in it."""

HIDDEN_NAME = "Onlyname"
"""Stands in the customers' names alone."""

NUMBERS = ("+16465550171", "+16465550172")
OTHER_NUMBERS = ("+16465550173", "+16465550174")
_TELLING = re.compile(r"646555|secret\.example")


def tells(shown: str) -> bool:
    """Whether one of the numbers or addresses is in it, however it is written."""
    folded = shown.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    return bool(_TELLING.search(folded) or _TELLING.search(re.sub(r"[\s\-().]", "", folded)))


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
        "name": f"{WORDS}, {HIDDEN_NAME}",
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
