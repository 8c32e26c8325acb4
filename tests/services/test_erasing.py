"""Erasing for good: of a customer who is in every table not one byte stays in the store's files."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from catalogue_making import write_catalogue
from session_making import MovingClock, add_lead, hire, status_of
from sqlalchemy import JSON, Text, insert, select, update

from leadtui.domain.audit import ERASED, AuditFilter, AuditKind
from leadtui.domain.draft import FormDraft
from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead import ActivityKind, Lead
from leadtui.domain.message import Consent, Medium, MessageText
from leadtui.domain.view import Arrangement, View
from leadtui.errors import Invalid, NotFound, Refused
from leadtui.language import translate
from leadtui.language.bidi import without_isolates
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.lead_details import ban_sentence
from leadtui.presentation.timeline import Timeline
from leadtui.services import (
    audit,
    desk_states,
    do_not_call,
    drafts,
    erasing,
    leads,
    messages,
    presence,
    reminders,
    views,
)
from leadtui.services.drafts import STATUS_DRAFT, open_drafts
from leadtui.services.editing import AddLead, EditLead, edit_lead, look_up
from leadtui.services.editing import add_lead as typed_in
from leadtui.services.exporting import ExportFormat, export
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.importing.running import import_files
from leadtui.services.lead_list import LeadList
from leadtui.services.lead_merge import merge
from leadtui.services.session import Session
from leadtui.services.undo import undo
from leadtui.store import tables

NAME, NUMBER, EMAIL = "Zoë Quixwyrm", "+12125550101", "quixwyrm@zoe.example"


def test_of_a_customer_who_is_everywhere_not_one_byte_stays(
    session: Session, clock: MovingClock, tmp_path: Path
) -> None:
    lead, secrets = everywhere(session, clock, tmp_path)
    friend = leads.find_lead(session, "+1 212 555 0199")
    session.store.erase_traces([], [])
    assert all(secret in content(session.store.path) for secret in secrets), "they must have been there"
    with pytest.raises(Invalid, match="nothing was erased") as wrong:
        erasing.erase(session, lead.id, "asked for it by letter", "Zoe")
    assert wrong.value.field == "confirmation"
    for telling in ("Quixwyrm asked", f"has {EMAIL}", "had 212-555-0101", "had +1 (212) 555 ۰۱۰۱"):
        with pytest.raises(Invalid, match="leave name, number and e-mail out") as telling_error:
            erasing.erase(session, lead.id, telling, NAME)
        assert telling_error.value.field == "reason"
    sequence = session.latest_change()
    assert erasing.erase(session, lead.id, "asked for it by letter", "zoë  quixwyrm") == erasing.Erased(
        1, True
    )
    with pytest.raises(NotFound):
        leads.open_lead(session, lead.id)
    assert not list(LeadList(session).order(View(find="Quixwyrm")))
    (kept,) = erasing.list_erasures(session)
    assert (kept.at, kept.actor_id, kept.reason) == (clock.now, session.actor.id, "asked for it by letter")
    moved = {(each.table, each.row_id) for each in session.changes_since(sequence)}
    assert {("lead", lead.id), ("lead", friend.id)} <= moved
    # Whom they had referred is as before, without the name, and says that something was taken out.
    opened = leads.open_lead(session, friend.id)
    assert (opened.lead.referrer, opened.lead.version > friend.version) == ("", True)
    assert "erased" in opened.timeline[0].detail.text
    assert any("came with … once" in each.detail.text for each in opened.timeline)
    # The audit tells of it, goes on, and agrees: two texts of it went.
    told = audit.list_entries(session, AuditFilter())
    assert told[0].event.kind is AuditKind.ERASURE
    assert len(told[0].event.wiped) == 2
    by_kind = {each.event.kind: {part.name: part.after for part in each.event.parts} for each in told}
    assert by_kind[AuditKind.EXPORT]["find"] == by_kind[AuditKind.VIEW]["find"] == ERASED
    with session.store.read() as connection:
        (checked,) = audit.check(connection)
    assert (checked.entries, checked.findings) == (len(told), ())
    session.close()
    left = content(session.store.path)
    assert [secret for secret in secrets if secret in left] == []


def everywhere(session: Session, clock: MovingClock, folder: Path) -> tuple[Lead, set[bytes]]:
    """A customer with texts of their own in every column of text that hangs on a lead, and where others name them."""
    words = (f"zq{place:03}wyrm" for place in itertools.count())
    lead = add_lead(session, "Former Wyrmname", "+1 212 555 0177", mine=True, email="former@wyrm.example")
    typed = {"name": NAME, "email": EMAIL, "city": "Wyrmcity", "grade": next(words), "major": next(words)}
    lead = edit_lead(
        session,
        EditLead(lead.id, lead.version, {**typed, "referrer": next(words), "phone": "+1 212 555 0101"}),
    )
    status = status_of(session, "do_not_call")
    asked = {each.key: f"answer {next(words)}" for each in status.open_fields}
    reminders.set_reminder(session, lead.id, clock.now + timedelta(hours=2), next(words))
    leads.add_note(session, lead.id, f"note {next(words)}")
    leads.log_call(session, lead.id, NUMBER, clock.now, 12)
    greeting = MessageText(0, "", "Greeting", Medium.EMAIL, "Hello {name}", "For {name}")
    text = messages.save_text(session, greeting)
    messages.queue_message(session, lead.id, text.id)
    messages.set_consent(session, lead.id, Medium.EMAIL, Consent.AGREED)
    lead = leads.open_lead(session, lead.id).lead
    set_status(session, SetStatus(lead.id, lead.version, status.id, answers=asked, note=next(words)))
    do_not_call.forbid(session, lead.id, f"reason {next(words)}")
    drafts.save_draft(session, FormDraft(STATUS_DRAFT, lead.id, {"note": next(words)}))
    drafts.save_draft(session, FormDraft("customer", None, {"phone": NUMBER, "name": "half"}))
    presence.beat(session, "terminal", lead.id)
    sheet = folder / "sheet.csv"
    sheet.write_text(f"Name,Phone,City,Company\nZed,{NUMBER},,{next(words)} Ltd\n")
    import_files(session, [sheet])
    # Merged with somebody, and taken back: that one's timeline and step still told of it.
    other = add_lead(session, "Otto Other", "+1 212 555 0166")
    lead = leads.open_lead(session, lead.id).lead
    merge(session, other.id, lead.id, (other.version, lead.version))
    undo(session)
    friend = add_lead(session, "Fred Friend", "+1 212 555 0199")
    friend = edit_lead(session, EditLead(friend.id, friend.version, {"referrer": NAME}))
    leads.add_note(session, friend.id, f"came with {NAME} once; see {EMAIL}, 2125550101")
    views.save_view(session, "Mine", Arrangement(View(find=NAME)))
    desk_states.save_state(session, desk_states.DeskState(Arrangement(View(find="quixwyrm@zoe.example"))))
    # What was exported, and what the team's view looks for, stands in the audit.
    export(session, View(find=NAME), ExportFormat.CSV, BytesIO())
    views.save_view(session, "Team's", Arrangement(View(find=EMAIL)), shared=True)
    lead = leads.find_lead(session, NUMBER)
    fill_up(session, lead, words)
    return lead, {NAME.encode(), EMAIL.encode(), b"12125550101", b"2125550177", b"wyrm", b"Wyrm"}


def fill_up(session: Session, lead: Lead, words: Any) -> None:
    """Where a column of text of the customer's rows is still empty, something of theirs goes into it."""
    with session.store.write() as connection:
        connection.execute(
            insert(tables.import_row).values(
                workspace_id=session.workspace.id,
                batch_id=1,
                line=9,
                outcome="updated",
                lead_id=lead.id,
                before={"name": next(words)},
            )
        )
        for table in tables.metadata.sorted_tables:
            hanging = table.c.id if table is tables.lead else table.c.get("lead_id")
            # A team's `lead_id` is a colleague; who takes part in a case has tests of its own.
            if hanging is None or table in (
                tables.presence,
                tables.given_seen,
                tables.team,
                tables.case_lead,
            ):
                continue
            ids = connection.execute(select(table.c.id).where(hanging == lead.id)).scalars().all()
            assert ids, f"no row of {table.name} is about the customer"
            for column in table.columns:
                if column.name in {
                    "phone",
                    "e164",
                    "kind",
                    "state",
                    "zone",
                    "wall",
                    "outcome",
                    "name",
                    "email",
                }:
                    continue
                if isinstance(column.type, JSON):
                    value: Any = connection.execute(select(column).where(table.c.id == ids[0])).scalar()
                    if isinstance(value, dict):
                        value = {**cast("dict[str, Any]", value), "more": next(words)}
                elif isinstance(column.type, Text):
                    value = next(words)
                else:
                    continue
                connection.execute(update(table).where(table.c.id == ids[0]).values({column: value}))


def content(path: Path) -> bytes:
    """The bytes of all files of the store."""
    return b"".join(
        file.read_bytes() for ending in ("", "-wal", "-shm") if (file := Path(f"{path}{ending}")).exists()
    )


@pytest.mark.proof
def test_among_many_nothing_stays_in_the_pages_either(session: Session) -> None:
    """Rows that grow move from page to page; what SQLite leaves in the unused room there goes too."""
    people = [add_lead(session, f"Wanda Wyrm{place:03}", f"+1 212 555 {place:04}") for place in range(150)]
    for place, lead in enumerate(people):
        typed = {"name": f"Wyrmling Number{place:03} " + "x" * (place * 7 % 180), "city": "y" * (place % 90)}
        edit_lead(session, EditLead(lead.id, lead.version, typed))
    assert b"Wyrm" in content(session.store.path)
    ids = [each.id for each in people]
    with pytest.raises(Invalid, match="ERASE 150"):
        erasing.erase_many(session, ids, "an order of the court", "150")
    assert erasing.erase_many(session, ids, "an order of the court", "erase 150").count == 150
    assert len(erasing.list_erasures(session)) == 150
    session.close()
    left = content(session.store.path)
    assert (b"Wyrm" in left, b"wyrm" in left) == (False, False)


def test_who_may_erase_and_what_is_typed(session: Session, clock: MovingClock) -> None:
    agent = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(session, "", NUMBER)
    twin = add_lead(session, "Ali Rezai", "+12125550102")
    friend = add_lead(session, "Ali Rezai", "+12125550103")
    leads.add_note(session, friend.id, "This is Ali Rezai")
    for refused in (
        lambda: erasing.erase(agent, lead.id, "asked", "0101"),
        lambda: erasing.erase_many(agent, [lead.id], "asked", "ERASE 1"),
        lambda: erasing.list_erasures(agent),
    ):
        with pytest.raises(Refused, match="customers:erase"):
            refused()
    agent.close()
    with pytest.raises(Invalid, match="reason is needed"):
        erasing.erase(session, lead.id, " ", "0101")
    with pytest.raises(Invalid, match="0101"):
        erasing.erase(session, lead.id, "asked", "")
    assert erasing.erase(session, lead.id, "asked", "۰۱۰۱").count == 1
    assert erasing.to_confirm(replace(lead, phone="")) == str(lead.id)
    # A name that two have does not say who was meant, and the other one keeps it.
    erasing.erase(session, twin.id, "asked", "ali rezai")
    assert leads.open_lead(session, friend.id).timeline[0].detail.text == "This is Ali Rezai"
    # Who has an id still on screen never means somebody new by it.
    erasing.erase(session, friend.id, "asked", "ali rezai")
    assert add_lead(session, "Somebody New").id == friend.id + 1


def test_a_store_that_kept_copies_is_written_anew(session: Session) -> None:
    """As a store does that an earlier version has written: what it deleted still stands in the pages' unused room."""
    lead = add_lead(session, NAME, NUMBER)
    note = "long enough to leave a hole " * 20
    with session.store.write() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
        for text in (NAME + note, NAME + note, ""):
            rows = [
                {"workspace_id": 1, "lead_id": lead.id, "kind": "note", "at": session.now(), "detail": text}
            ]
            connection.execute(insert(tables.activity), rows * 30)
            connection.exec_driver_sql("DELETE FROM activity WHERE kind = 'note'")
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    session.store.erase_traces([], [])
    # JSON writes the name otherwise than the lead's own row does.
    assert content(session.store.path).count(b"Quixwyrm") > 5
    erasing.erase(session, lead.id, "asked for it", NAME)
    session.close()
    assert b"Quixwyrm" not in content(session.store.path)


def test_nothing_is_kept_of_what_a_colleague_goes_on_typing(session: Session, clock: MovingClock) -> None:
    colleague = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(session, NAME, NUMBER)
    drafts.save_draft(colleague, FormDraft("customer", lead.id, {"name": "half"}))
    erasing.erase(session, lead.id, "asked for it by letter", NAME)
    drafts.save_draft(colleague, FormDraft("customer", lead.id, {"name": "half of it"}))
    assert open_drafts(colleague) == ()
    assert drafts.find_draft(colleague, "customer", lead.id) is None
    colleague.close()


def test_a_draft_about_several_goes_with_one_of_them(session: Session) -> None:
    """Whatever it says: a reason or a note that is typed about several customers may be about the one who goes."""
    lead, other = add_lead(session, "Zed", NUMBER), add_lead(session, "Otto", "+12125550102")
    reason = {"reason": "half of Zed's"}
    drafts.save_draft(
        session, FormDraft(drafts.ERASE_DRAFT, None, reason, other_lead_ids=(other.id, lead.id))
    )
    drafts.save_draft(
        session, FormDraft(drafts.MERGE_DRAFT, other.id, {"name": "kept"}, other_lead_ids=(lead.id,))
    )
    drafts.save_draft(
        session, FormDraft(drafts.ASSIGN_DRAFT, None, {"note": "kept"}, other_lead_ids=(other.id,))
    )
    drafts.save_draft(
        session, FormDraft(f"{drafts.SETTINGS_DRAFT}status:0", None, {"title": f"After {NUMBER}"})
    )
    erasing.erase(session, lead.id, "asked", "Zed")
    (left,) = open_drafts(session)
    assert (left.draft.kind, left.draft.other_lead_ids) == (drafts.ASSIGN_DRAFT, (other.id,))


@pytest.fixture
def forbidden(session: Session) -> str:
    """The number of a customer who must not be rung, and who was erased."""
    lead = add_lead(session, "Omid Karimi", "+1 212 555 0150", "+1 212 555 0151")
    do_not_call.forbid_number(session, "+12125550150", "asked us to stop")
    erasing.erase(session, lead.id, "asked for it", "Omid Karimi")
    return "+12125550150"


def test_a_forbidden_number_that_comes_in_again_is_forbidden(
    session: Session, forbidden: str, tmp_path: Path
) -> None:
    assert do_not_call.list_forbidden(session) == ()
    known = look_up(session, {"phone": forbidden})
    assert set(known.erased) == set(known.forbidden) == {"phone"}
    assert set(look_up(session, {"phone": "+12125550151"}).erased) == {"phone"}
    assert not look_up(session, {"phone": "+12125550151"}).forbidden
    sheet = tmp_path / "again.csv"
    sheet.write_text("Name,Phone\nOmid,+1 212 555 0150\nAnna,+1 212 555 0199\nLea,+1 212 555 0151\n")
    (dry,) = import_files(session, [sheet], ImportOptions(dry_run=True))
    (report,) = import_files(session, [sheet])
    for each in (dry, report):
        assert any("2 customers have numbers of people who were erased" in note for note in each.notes)
    banned = {each.holders[0][1]: each.ban.e164 for each in do_not_call.list_forbidden(session)}
    assert banned == {"Omid": forbidden}
    (again,) = import_files(session, [sheet])
    assert again.counts.unchanged == 3
    assert not any("erased" in note for note in again.notes)


@pytest.mark.parametrize("edited", [False, True])
def test_a_forbidden_number_that_is_typed_again_is_forbidden(
    session: Session, forbidden: str, edited: bool
) -> None:
    if edited:
        lead = add_lead(session, "Mina")
        lead = edit_lead(session, EditLead(lead.id, lead.version, {"phone": forbidden}))
    else:
        lead = typed_in(session, AddLead({"name": "Omid", "phone": forbidden}))
    assert lead.do_not_call
    timeline = leads.open_lead(session, lead.id).timeline
    assert [each.detail.source for each in timeline if each.kind is ActivityKind.CALLS_FORBIDDEN] == [
        forbidden
    ]


def test_what_forbids_a_number_by_itself_is_kept_in_no_language(
    session: Session, forbidden: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = {
        "": "Content-Type: text/plain; charset=UTF-8\n",
        "Forbidden before the customer who had it was erased": "پیش از حذف مشتری ممنوع بود",
        "Imported from {file}": "از پروندهٔ {file}",
    }
    write_catalogue(tmp_path / "fa" / "LC_MESSAGES" / "leadtui.mo", sentences)
    monkeypatch.setattr(translate, "_LOCALES", tmp_path)
    translate.catalogue.cache_clear()
    (tmp_path / "listed.csv").write_text("Name,Phone,Do not call\nMina,+1 212 555 0160,yes\n")
    translate.use("fa")
    typed = typed_in(session, AddLead({"name": "Omid", "phone": forbidden}))
    import_files(session, [tmp_path / "listed.csv"])
    kept = [each.ban.reason for each in do_not_call.list_forbidden(session)]
    assert sorted(kept) == ["leadtui:forbidden-before", "leadtui:imported listed.csv"]
    for language, words in (("fa", sentences.values()), ("en", sentences)):
        translate.use(language)
        formatter = Formatter(session)
        opened = [leads.open_lead(session, each) for each in (typed.id, typed.id + 1)]
        for one, told in zip(opened, [*words][1:], strict=True):
            told = told.format(file="listed.csv")
            assert told in without_isolates(ban_sentence(one.bans[0], formatter))
            assert any(told in without_isolates(Timeline(formatter).line(each)) for each in one.timeline)
    monkeypatch.undo()
    translate.catalogue.cache_clear()


def test_no_digest_stays_where_the_law_asks_for_that(session: Session, forbidden: str) -> None:
    lead = typed_in(session, AddLead({"name": "Omid", "phone": forbidden}))
    erasing.erase(session, lead.id, "asked for it", "Omid", remember=False)
    assert not look_up(session, {"phone": forbidden}).erased
    assert not typed_in(session, AddLead({"name": "Omid", "phone": forbidden})).do_not_call


def test_what_is_kept_of_a_number_does_not_tell_it(session: Session, forbidden: str) -> None:
    with session.store.read() as connection:
        digests = connection.execute(select(tables.erased_number.c.digest)).scalars().all()
        key = connection.execute(select(tables.workspace.c.erased_key)).scalar_one()
    assert len(set(digests)) == 2
    assert len(key) == 64
    assert not {hashlib.sha256(each).hexdigest() for each in (forbidden.encode(), forbidden[1:].encode())} & {
        *digests
    }
