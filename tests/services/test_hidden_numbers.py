"""Whoever may not see the numbers of a customer is given none of them by any service: no value, entry, refusal or file.

Numbers and addresses are planted wherever a customer, a timeline, a reminder or a ban holds words; the services are those of
test_every_change.py, which finds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import test_every_change
from hidden_customers import NUMBERS, WORDS, planted, tells, write_sheet
from session_making import MovingClock, hire, make_session
from test_permissions import CALLS, grant

from leadtui.domain.draft import FormDraft
from leadtui.domain.importing import ImportOptions
from leadtui.domain.permission import AGENT_PROFILE, READY_PROFILES, Permission
from leadtui.domain.view import FieldFilter, LeadFilter, View
from leadtui.domain.visibility import without_numbers
from leadtui.errors import LeadtuiError
from leadtui.presentation.desk_text import print_desk
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.lead_details import ban_sentence, lead_details, reminder_words
from leadtui.presentation.timeline import Timeline
from leadtui.services import drafts, leads
from leadtui.services.exporting import ExportFormat, ExportOptions, export
from leadtui.services.importing.running import import_files
from leadtui.services.importing.undoing import undo_import
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session


def test_the_words_that_are_planted_tell() -> None:
    assert tells(WORDS)
    assert tells("(646) 555-0171")


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


DRAFTS = sorted(text for name, text in vars(drafts).items() if name.endswith("_DRAFT") and text[-1] != ":")


def test_no_draft_holds_a_number_that_was_hidden_since(tmp_path: Path) -> None:
    place = place_without(tmp_path)
    texts = {"note": f"Likes tea, {WORDS}", "phone": NUMBERS[0], "lone": NUMBERS[1], "owner": "3"}
    for kind in DRAFTS:
        drafts.save_draft(place.session, FormDraft(kind, place.lead.id, texts, dict(texts)))
        drafts.save_draft(place.session, FormDraft(kind, None, texts, other_lead_ids=(place.lead.id,)))
    kept = [*drafts.open_drafts(place.session)]
    assert tells(repr(kept))
    for missing in ((Permission.SEE_NUMBERS,), MISSING):
        grant(place.session, frozenset(Permission).difference(missing))
        found = [
            drafts.find_draft(place.session, each, about)
            for each in DRAFTS
            for about in (None, place.lead.id)
        ]
        begun = [*drafts.open_drafts(place.session), *(each for each in found if each is not None)]
        assert not tells(repr(begun)), missing
        assert begun
        assert all("Likes tea" in repr(each) for each in begun)
        assert place.lead.id in {each.lead_id for each in found if each} or missing == MISSING


def said_by(call: Callable[[], object]) -> str:
    """What is given or refused, whole."""
    try:
        return repr(call())
    except LeadtuiError as error:
        return f"{error!r} {error} {vars(error)}"


WHOLE_STORE = {"backing_up.back_up"}
"""What gives the file itself, numbers and all; its permission says so."""

OWN_FILE = {"importing.preparing.prepare", "importing.preview.preview"}
"""What says how a file of the person's own is read."""


@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("service", sorted(CALLS.keys() - WHOLE_STORE - OWN_FILE))
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
