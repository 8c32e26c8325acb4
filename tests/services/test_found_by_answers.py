"""A customer is found by answers in own fields that are marked so, by whoever may see them, as long as they stand."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from import_making import ImportDesk
from session_making import hire
from sqlalchemy import update

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.view import CUSTOM_PREFIX, View, custom_sort
from leadtui.errors import InvalidAnswers, LeadtuiError
from leadtui.services import defining, erasing, finding
from leadtui.services.editing import AddLead, EditLead, edit_lead
from leadtui.services.editing import add_lead as add_by_hand
from leadtui.services.importing.running import list_imports
from leadtui.services.importing.undoing import undo_import
from leadtui.services.lead_list import LeadList
from leadtui.services.lead_merge import merge
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.services.template_exchange import import_template, read_template, template_text
from leadtui.services.undo import undo
from leadtui.store import consistency, tables
from leadtui.store.search import ANSWER_LETTERS


@dataclass
class Desk:
    """A desk with a field of text by which its customers are found, and one by which they are not."""

    office: ImportDesk
    firm: Field
    motto: Field

    @property
    def session(self) -> Session:
        return self.office.session

    def add(self, name: str, **answers: str) -> int:
        """Somebody new with answers, by the keys of the fields."""
        typed = {"name": name, **{custom_sort(key): text for key, text in answers.items()}}
        return add_by_hand(self.session, AddLead(typed)).id

    def edit(self, lead_id: int, **typed: str) -> None:
        """Change somebody, by entry keys."""
        keys = {key.replace("custom_", CUSTOM_PREFIX): text for key, text in typed.items()}
        version = open_lead(self.session, lead_id).lead.version
        edit_lead(self.session, EditLead(lead_id, version, keys))

    def mark(self, field: Field, *, found_by: bool = True) -> Field:
        """Mark a field, or take its mark away, and let everybody be found accordingly."""
        saved = defining.save_field(self.session, replace(field, found_by=found_by), field)
        finding.find_anew(self.session)
        return saved

    def found(self, typed: str, session: Session | None = None) -> list[int]:
        """The ids of whom a typed text finds, once the store says the same of itself."""
        assert list(consistency.look(self.session.store, self.session.now())) == []
        return sorted(LeadList(session or self.session).order(View(find=typed)))


@pytest.fixture
def desk(tmp_path: Path) -> Generator[Desk]:
    office = ImportDesk(tmp_path)
    firm = defining.save_field(office.session, Field(0, "", "Firm", found_by=True))
    yield Desk(office, firm, defining.save_field(office.session, Field(0, "", "Motto")))
    office.session.close()


def test_answers_find_as_they_are_given_and_changed(desk: Desk) -> None:
    mina = desk.add("Mina", firm="Zarrin Trading Company", motto="Quality first")
    reza = desk.add("Reza", firm="\u0632\u0631\u06cc\u0646 \u062a\u062c\u0627\u0631\u062a")
    for typed in ("zarrin", "trading comp", "mina company", "Co", "arri"):
        assert desk.found(typed) == [mina], typed
    assert desk.found("\u0632\u0631\u064a\u0646") == [reza]
    assert desk.found("quality") == []
    desk.edit(mina, custom_firm="Northwind")
    assert (desk.found("zarrin"), desk.found("northwind")) == ([], [mina])
    undo(desk.session)
    assert (desk.found("zarrin"), desk.found("northwind")) == ([mina], [])


def test_signs_are_looked_for_where_they_were_typed(desk: Desk) -> None:
    mina, reza = desk.add("Mina", firm="Plan_B 50%"), desk.add("Reza", firm="Plan B 50")
    assert desk.found("plan b") == [reza]
    assert desk.found("plan_b") == desk.found("50%") == [mina]


def test_a_mark_that_comes_or_goes_counts_for_everybody(desk: Desk) -> None:
    mina = desk.add("Mina", firm="Zarrin", motto="Quality first")
    motto = desk.mark(desk.motto)
    assert (desk.found("quality"), desk.found("zarrin")) == ([mina], [mina])
    desk.mark(motto, found_by=False)
    assert (desk.found("quality"), desk.found("zarrin")) == ([], [mina])
    defining.retire(desk.session, defining.FIELD, desk.firm.id)
    finding.find_anew(desk.session)
    assert desk.found("zarrin") == []
    defining.bring_back(desk.session, defining.FIELD, desk.firm.id)
    finding.find_anew(desk.session)
    assert desk.found("zarrin") == [mina]


def test_who_is_stopped_goes_on_there_and_others_save_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "AT_ONCE", 2)
    ids = [desk.add(f"Customer {number}", motto=f"Quality {number}") for number in range(5)]
    defining.save_field(desk.session, replace(desk.motto, found_by=True), desk.motto)
    assert finding.find_anew_in_part(desk.session)
    assert sorted(LeadList(desk.session).order(View(find="quality"))) == ids[:2]
    desk.edit(ids[4], custom_motto="Quality last")
    again = Session.open(desk.session.store.path, desk.session.actor.email, desk.office.clock)
    assert finding.is_to_find_anew(again)
    finding.find_anew(again)
    assert not finding.is_to_find_anew(again)
    again.close()
    assert desk.found("quality") == ids
    assert desk.found("quality last") == [ids[4]]


def test_a_mark_that_changes_on_the_way_begins_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "AT_ONCE", 2)
    for number in range(5):
        desk.add(f"Customer {number}", motto=f"Quality {number}")
    marked = defining.save_field(desk.session, replace(desk.motto, found_by=True), desk.motto)
    assert finding.find_anew_in_part(desk.session)
    desk.mark(marked, found_by=False)
    assert desk.found("quality") == []


def test_many_answers_leave_nothing_in_the_index_once_they_find_nobody(desk: Desk) -> None:
    office = desk.office
    rows = [f"Customer {number},c{number}@example.com,Quixwyrm {number}" for number in range(120)]
    office.take("\n".join(("name,email,Firm", *rows)))
    assert len(desk.found("quixwyrm")) == 120
    desk.mark(desk.firm, found_by=False)
    assert desk.found("quixwyrm") == []
    with desk.session.store.read() as connection:
        assert not desk.session.store.backend.search_keeps_deleted(connection)


def test_imports_bring_answers_and_take_them_back(desk: Desk) -> None:
    office = desk.office
    office.take("name,phone,Firm\nMina Sadeghi,09121112233,Zarrin Trading")
    office.take("name,phone\nReza Karimi,09350001122", "reza.csv")
    office.take("name,phone,Firm\nReza Karimi,09350001122,Northwind", "more.csv")
    assert (desk.found("zarrin"), desk.found("northwind")) == ([1], [2])
    undo_import(desk.session, list_imports(desk.session)[0].id)
    assert (desk.found("zarrin"), desk.found("northwind")) == ([1], [])


def test_a_merge_and_taking_it_back_leave_the_answers(desk: Desk) -> None:
    session = desk.session
    mina, reza = desk.add("Mina", firm="Zarrin"), desk.add("Reza")
    versions = [open_lead(session, each).lead.version for each in (reza, mina)]
    merge(session, reza, mina, (versions[0], versions[1]))
    assert desk.found("zarrin") == [reza]
    undo(session)
    assert desk.found("zarrin") == [mina]


def test_only_texts_can_be_marked(desk: Desk) -> None:
    with pytest.raises(InvalidAnswers, match="texts alone"):
        defining.save_field(desk.session, Field(0, "", "Size", FieldKind.NUMBER, found_by=True))
    desk.add("Mina", firm="12")
    with pytest.raises(InvalidAnswers, match="texts alone"):
        defining.save_field(desk.session, replace(desk.firm, kind=FieldKind.NUMBER), desk.firm)
    unmarked = replace(desk.firm, kind=FieldKind.LONG_TEXT)
    assert defining.save_field(desk.session, unmarked, desk.firm).found_by


def test_a_number_that_becomes_a_text_finds_at_once(desk: Desk) -> None:
    level = defining.save_field(desk.session, Field(0, "", "Level", FieldKind.CHOICE, ("Beginner", "Expert")))
    mina = desk.add("Mina", level="Expert")
    saved = replace(level, kind=FieldKind.TEXT, options=(), found_by=True)
    defining.save_field(desk.session, saved, level)
    finding.find_anew(desk.session)
    assert desk.found("expert") == [mina]


def test_a_template_carries_the_mark(desk: Desk, tmp_path: Path) -> None:
    session, file = desk.session, tmp_path / "desk.toml"
    written = template_text(session).decode()
    assert written.count("found_by = true") == 1
    mina = desk.add("Mina", firm="Zarrin")
    for text, whom in ((written.replace(", found_by = true", ""), []), (written, [mina])):
        file.write_text(text, encoding="utf-8")
        import_template(session, read_template(str(file)))
        finding.find_anew(session)
        assert desk.found("zarrin") == whom
    file.write_text(written.replace('"text", found_by', '"number", found_by'), encoding="utf-8")
    with pytest.raises(LeadtuiError, match="texts alone"):
        read_template(str(file))


HIDING = [
    ("zarrin", True),
    ("trading", True),
    ("zoe@example.org", False),
    ("zoe", False),
    ("example", False),
    ("9350001122", False),
    ("0935 000", False),
    ("Zar_in", False),
]
"""What is typed, and whether somebody who sees no numbers may find by it."""


@pytest.mark.parametrize(("typed", "seen"), HIDING)
@pytest.mark.parametrize("reached", [{}, {"email": "mina@example.com"}, {"phone": "09121112233"}])
def test_what_an_answer_hides_is_not_found(
    desk: Desk, typed: str, seen: bool, reached: dict[str, str]
) -> None:
    session = desk.session
    mina = add_by_hand(session, AddLead({"name": "Mina", **reached}, mine=False)).id
    desk.edit(mina, custom_firm="Zarrin Trading, zoe@example.org or 0935 000 1122")
    with session.store.write() as connection:
        granted = ["customers:see", "cartables:see"]
        of_agents = tables.profile.c.key == "agent"
        connection.execute(update(tables.profile).where(of_agents).values(permissions=granted))
    agent = hire(session, "Agent", "agent@example.com", desk.office.clock)
    assert desk.found(typed) == ([] if "_" in typed else [mina])
    assert desk.found(typed, agent) == ([mina] if seen else [])
    agent.close()


def test_whom_an_answer_names_is_not_found_in_it_once_erased(desk: Desk) -> None:
    session = desk.session
    mina = desk.add("Mina Sadeghi", firm="Works with Zo\u00eb Quixwyrm")
    zoe = desk.add("Zo\u00eb Quixwyrm", firm="Vexmoor")
    assert desk.found("quixwyrm") == [mina, zoe]
    assert erasing.erase(session, zoe, "asked by letter", "Zo\u00eb Quixwyrm").complete
    assert (desk.found("quixwyrm"), desk.found("vexmoor"), desk.found("works with")) == ([], [], [mina])
    content = session.store.path.read_bytes().lower()
    assert b"quixwyrm" not in content
    assert b"vexmoor" not in content


def test_a_page_of_words_counts_as_far_as_one_reads(desk: Desk) -> None:
    mina = desk.add("Mina", firm=f"{'word ' * (ANSWER_LETTERS // 5)}quixwyrm")
    assert desk.found("word") == [mina]
    assert desk.found("quixwyrm") == []


@pytest.mark.parametrize("field", ["firm", "motto"])
def test_nobody_is_found_by_a_field_that_was_not_marked(desk: Desk, field: str) -> None:
    mina = desk.add("Mina", **{field: "Zarrin"})
    assert desk.found("zarrin") == ([mina] if field == "firm" else [])
