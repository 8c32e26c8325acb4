"""Whatever is typed or imported, what the services write into the store has no controls in it and is in NFC."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from amounts import examples, small_and_large
from hostile_texts import HOSTILE, INSIDE_EMOJI, TEXTS, harm_in, of_each_kind, storable
from hypothesis import HealthCheck, example, given, settings
from session_making import MovingClock, add_lead
from sqlalchemy import JSON, select

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import Field, FieldKind
from leadtui.domain.follow_up import NOTE_LIMIT
from leadtui.domain.importing import Duplicates, ImportOptions
from leadtui.domain.permission import AGENT_PROFILE
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.domain.view import custom_sort
from leadtui.errors import Invalid, NotFound, Unreadable
from leadtui.language.text import safe_multiline
from leadtui.paths import templates_folder
from leadtui.services import editing, reminders
from leadtui.services.colleagues import add_colleague, change_colleague
from leadtui.services.defining import CHANNEL, NEED, add_titled, rename, save_field, save_status
from leadtui.services.drafts import CUSTOMER_DRAFT, NOTE_DRAFT, find_draft, save_draft
from leadtui.services.editing import AddLead, EditLead, edit_lead
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.importing.running import import_files
from leadtui.services.lead_merge import merge
from leadtui.services.leads import add_note, find_lead, log_call, open_lead
from leadtui.services.session import Session
from leadtui.services.templates import load_template
from leadtui.store import definitions, tables

WITH_LINES = frozenset({"lead.search_key", "follow_up.note", "message_text.body"})
"""Columns of several lines; JSON may hold such texts too."""

TYPED_FREELY = (FieldKind.TEXT, FieldKind.LONG_TEXT)
IN_ONE_STORE = settings(
    max_examples=examples(10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
numbers = count(1)

Use = Callable[[Session, Path, str], None]
"""Gives a text to services, wherever they take one; a folder for files comes with it."""


def assert_clean(session: Session) -> None:
    """Nothing in the store could harm a terminal, and all of it is in NFC."""
    dirt = [f"{place}: {value[:80]!r}" for place, value in stored(session) if not is_clean(place, value)]
    assert not dirt


def is_clean(place: str, value: str) -> bool:
    """Whether a stored text is; ends of lines may stand only where texts of several lines do."""
    plain = value.replace("\n", "") if place in WITH_LINES or place.endswith("{}") else value
    return not harm_in(plain, allowed=INSIDE_EMOJI) and unicodedata.is_normalized("NFC", value)


def stored(session: Session) -> Iterator[tuple[str, str]]:
    """Every text of the store with its table and column; those inside JSON are marked with {}."""
    with session.store.read() as connection:
        for table in tables.metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for column in table.columns:
                    value, place = row[column.name], f"{table.name}.{column.name}"
                    if isinstance(column.type, JSON):
                        yield from ((place + "{}", text) for text in texts_in(value))
                    elif isinstance(value, str):
                        yield place, value


def texts_in(value: Any) -> Iterator[str]:
    """Every text inside a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:  # pyright: ignore[reportUnknownVariableType]  # it is JSON
            yield from texts_in(each)
    elif isinstance(value, dict):
        for key, each in value.items():  # pyright: ignore[reportUnknownVariableType]
            yield from texts_in(key)
            yield from texts_in(each)


def number() -> str:
    """A telephone number that nobody has."""
    return f"+98912{next(numbers):07}"


@pytest.mark.parametrize("dirty", ["\x1b[31m", "\x00", "\u202e", "e\u0301", "a\nb", "\ue000", "\u2028"])
def test_dirt_would_be_seen(session: Session, dirty: str) -> None:
    assert_clean(session)
    lead = add_lead(session)
    with session.store.write() as connection:
        connection.execute(tables.lead.update().where(tables.lead.c.id == lead.id).values(grade=dirty))
    with pytest.raises(AssertionError, match=r"lead\.grade"):
        assert_clean(session)


def note_call_and_draft(session: Session, _folder: Path, text: str) -> None:
    lead = add_lead(session, "Mina", number())
    with suppress(Invalid):
        add_note(session, lead.id, text)
    log_call(session, lead.id, text, session.now(), 60)
    save_draft(session, FormDraft(NOTE_DRAFT, lead.id, {NOTE_DRAFT: text}))


def set_a_status(session: Session, _folder: Path, text: str) -> None:
    lead = add_lead(session, "Mina", number())
    answers = {f"own_{kind.name.lower()}": text for kind in TYPED_FREELY}
    note, why = text[:NOTE_LIMIT], f"x{text}"[:200]
    step = SetStatus(lead.id, lead.version, status_that_asks(session), answers, note=note, no_next_step=why)
    set_status(session, step)


def remind(session: Session, _folder: Path, text: str) -> None:
    lead = add_lead(session, "Mina", number())
    soon = session.now() + timedelta(hours=1)
    first = reminders.set_reminder(session, lead.id, soon, text)
    moved = reminders.snooze(session, first, soon + timedelta(hours=1))
    reminders.acknowledge(session, moved)
    reminders.cancel(session, reminders.set_reminder(session, lead.id, soon, text, promised=True))
    assert len(open_lead(session, lead.id).timeline) == 6


def add_edit_and_merge(session: Session, _folder: Path, text: str) -> None:
    words = ("name", "city", "grade", "major", "referrer")
    typed = {**dict.fromkeys(words, text), "phone": number(), custom_sort(own_field(session)): text}
    with suppress(Invalid):
        editing.add_lead(session, AddLead({**typed, "email": f"{text}@example.com"}))
    with suppress(Invalid):
        editing.add_lead(session, AddLead({"name": "Mina", "phone": f"{number()} {text}", "channel": text}))
    mina, twin = add_lead(session, "Mina", number()), add_lead(session, "Twin", number())
    with suppress(Invalid):
        edit_lead(session, EditLead(mina.id, 1, typed))
    save_draft(session, FormDraft(CUSTOMER_DRAFT, None, typed))
    mina = open_lead(session, mina.id).lead
    merge(session, mina.id, twin.id, (mina.version, twin.version))


def own_field(session: Session) -> str:
    """The key of a field of long text; made once."""
    if not session.definitions.open_fields:
        save_field(session, Field(0, "", "Own", FieldKind.LONG_TEXT))
    return next(each.key for each in session.definitions.open_fields if each.kind in TYPED_FREELY)


def hire_colleagues(session: Session, _folder: Path, text: str) -> None:
    for name, email in (
        (text, f"{next(numbers)}@example.com"),
        ("Reza", text),
        ("Sara", f"{text}@localhost"),
    ):
        with suppress(Invalid):
            add_colleague(session, name, email)


def define(session: Session, _folder: Path, text: str) -> None:
    known = session.definitions
    choice = Field(0, "", text, FieldKind.CHOICE, (text, "Plain"))
    nobody = add_colleague(session, "Reza", f"{next(numbers)}@example.com")
    for change in (
        lambda: save_status(session, Status(0, "", text, cartable=CartableRule.NEXT, owner_title=text)),
        lambda: save_status(
            session, Status(0, "", f"It {next(numbers)}", text, owner_title=text, fields=(choice,))
        ),
        lambda: save_field(session, choice),
        lambda: add_titled(session, CHANNEL, text),
        lambda: add_titled(session, NEED, text),
        lambda: rename(session, CHANNEL, known.channels[0].id, text),
        lambda: change_colleague(session, nobody, text, AGENT_PROFILE, active=False),
    ):
        with suppress(Invalid):
            change()


def import_a_file(session: Session, folder: Path, text: str) -> None:
    cell = storable(text)
    name = "".join(letter for letter in cell if letter not in "/\0")[:40]
    file = folder / f"{next(numbers)}{name}.csv"
    titles = ["Name", "Phone", "E-mail", "City", "Grade", "Major", "Note", "Referrer", "Entry", "Need"]
    with file.open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow([*titles, cell])
        writer.writerow([cell, number(), f"{cell}@example.com", *[cell] * 8])
        writer.writerow([cell, f"{number()} {cell}", cell, *[cell] * 8])
        writer.writerow([cell] * 11)
    for mapping in ({cell: "note"}, {"11": "major"}):
        with suppress(Unreadable, Invalid):
            import_files(session, [file], ImportOptions(mapping=mapping, duplicates=Duplicates.OVERWRITE))


USES: tuple[Use, ...] = (
    note_call_and_draft,
    add_edit_and_merge,
    set_a_status,
    remind,
    hire_colleagues,
    define,
    import_a_file,
)


@pytest.mark.parametrize("use", USES)
@small_and_large("texts of each kind", 3, 100)
def test_what_is_known_to_be_hostile_is_stored_clean(
    session: Session, tmp_path: Path, use: Use, amount: int
) -> None:
    for text in of_each_kind(amount):
        use(session, tmp_path, text)
    assert_clean(session)


@pytest.mark.parametrize("use", USES)
@given(text=TEXTS)
@IN_ONE_STORE
def test_anything_is_stored_clean(session: Session, tmp_path: Path, use: Use, text: str) -> None:
    use(session, tmp_path, text)
    assert_clean(session)


@given(text=TEXTS)
@example(text="  two  spaces and a\n\n\n\nline\t")
@IN_ONE_STORE
def test_a_draft_keeps_every_letter_and_space(session: Session, text: str) -> None:
    lead = add_lead(session, "Mina", number())
    save_draft(session, FormDraft(NOTE_DRAFT, lead.id, {NOTE_DRAFT: text}))
    draft = find_draft(session, NOTE_DRAFT, lead.id)
    assert draft is not None
    harmless = unicodedata.normalize("NFC", text.replace("\t", " "))
    if safe_multiline(harmless) == harmless:
        assert draft.texts[NOTE_DRAFT] == harmless


@pytest.mark.parametrize("text", HOSTILE)
def test_a_refusal_quotes_anything(session: Session, text: str) -> None:
    with pytest.raises(Invalid, match="There is no profile"):
        add_colleague(session, "Reza", "reza@example.com", text or "-")


@given(text=TEXTS)
@settings(
    max_examples=examples(5), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(text="\x1b]52;c;cGF5bG9hZA==\x07")
@example(text="\u0390\u202e\ud800")
@example(text="x" * 10_000)
def test_the_first_person_and_the_template(tmp_path: Path, clock: MovingClock, text: str) -> None:
    folder = tmp_path / str(next(numbers))
    folder.mkdir()
    file = folder / "own.toml"
    blank = (templates_folder() / "blank.toml").read_text("utf-8")
    file.write_text(blank.replace('"My desk"', in_toml(text)).replace('"Follow up"', in_toml(text)), "utf-8")
    try:
        template = load_template(str(file))
    except Unreadable:
        template = load_template("blank")
    session = Session.create(folder / "desk.db", template, text, text, clock)
    try:
        assert_clean(session)
        assert session.actor.name
        again = Session.open(folder / "desk.db", text or session.actor.email, clock)
        assert again.actor.id == session.actor.id
        again.close()
    finally:
        session.close()


@given(text=TEXTS)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_customer_is_looked_up_by_any_text(session: Session, text: str) -> None:
    for reference in (text, f"{text}@example.com", f"+98{text}"):
        with pytest.raises((NotFound, Invalid)):
            find_lead(session, reference)
    assert session.store.path is not None
    with pytest.raises(NotFound):
        Session.open(session.store.path, f"{text}@example.com")


def status_that_asks(session: Session) -> int:
    """A status with a field of each kind that takes any text; made once."""
    known = next((each for each in session.definitions.statuses if each.key == "asks"), None)
    if known is not None:
        return known.id
    fields = tuple(Field(0, f"own_{kind.name.lower()}", "It", kind) for kind in TYPED_FREELY)
    with session.write() as tx:
        asking = Status(0, "asks", "Asks", position=99, reminder=ReminderRule.NO, fields=fields)
        status_id = definitions.add_status(tx, asking)
    session.reload_definitions()
    return status_id


def in_toml(text: str) -> str:
    """The text as TOML writes it: the escapes of JSON do, for controls too."""
    escaped = json.dumps(storable(text), ensure_ascii=False)
    return escaped.replace("\x7f", "\\u007f")
