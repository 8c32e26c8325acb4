"""Another person with a customer's number or address: a note of the customer, or a customer of their own who shares it."""

from __future__ import annotations

import itertools
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_making import ImportDesk, copy_of, outcomes
from invariants import broken_invariants
from session_making import make_session

from leadtui.domain.importing import Duplicates, ImportOptions, SameNumber
from leadtui.domain.lead import ActivityKind
from leadtui.domain.view import View
from leadtui.errors import Invalid
from leadtui.services.do_not_call import list_forbidden
from leadtui.services.editing import EditLead, edit_lead
from leadtui.services.importing import running
from leadtui.services.importing.report import reports_to_json
from leadtui.services.importing.running import import_files, list_imports
from leadtui.services.importing.undoing import undo_import
from leadtui.services.lead_list import LeadList
from leadtui.services.lead_merge import merge
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.services.undo import undo

LEAD = SameNumber.LEAD
FAMILY = """
    name,phone,city,Shoe size
    Mina Sadeghi,09121112233,Karaj,41
    Reza Karimi,09121112233,Qom,41
    Sara Karimi,+98 912 111 2233,,36
"""
ONE = "+989121112233"


def holders(desk: ImportDesk, e164: str = ONE) -> list[tuple[str, int]]:
    """Who has a number, whose it is first, and whether they share it."""
    return [
        (row[0], row[1])
        for row in desk.rows(
            "SELECT name, sharing <> 0 FROM lead_number JOIN lead ON lead.id = lead_id "
            f"WHERE e164 = '{e164}' ORDER BY sharing"
        )
    ]


def test_each_is_a_customer_of_their_own(office: ImportDesk) -> None:
    report = office.take(FAMILY, same_number=LEAD)
    assert outcomes(report) == (3, 0, 0, 0, 0)
    assert holders(office) == [("Mina Sadeghi", 0), ("Reza Karimi", 1), ("Sara Karimi", 1)]
    assert [row[0] for row in office.rows("SELECT city FROM lead ORDER BY id")] == ["Karaj", "Qom", ""]
    assert report.sharing == reports_to_json([report])["sharing"] == 2
    assert "2 new customers share a number or an address with another person." in report.notes
    assert all(not each.whys for each in report.columns if each.column != "Shoe size")
    kinds = office.rows("SELECT lead_id, kind FROM activity ORDER BY lead_id, id")
    assert [kind for _id, kind in kinds] == ["created", "note"] * 3
    assert broken_invariants(office.session.store.path) == []


@pytest.mark.parametrize("again", list(SameNumber))
@pytest.mark.parametrize("duplicates", list(Duplicates))
def test_importing_the_same_again_adds_nothing(
    office: ImportDesk, duplicates: Duplicates, again: SameNumber
) -> None:
    office.take(FAMILY, same_number=LEAD)
    before = {name: office.rows(f"SELECT * FROM {name}") for name in ("lead", "lead_number", "activity")}
    report = office.take(FAMILY, "again.csv", same_number=again, duplicates=duplicates)
    assert outcomes(report) == (0, 0, 3, 0, 0)
    assert {name: office.rows(f"SELECT * FROM {name}") for name in before} == before


def test_overwriting_makes_nobody_another(office: ImportDesk) -> None:
    office.take(FAMILY, same_number=LEAD)
    office.take(
        "name,phone,city\nReza Karimi,09121112233,Yazd\nAli Noori,09121112233,Rasht",
        "again.csv",
        same_number=LEAD,
        duplicates=Duplicates.OVERWRITE,
    )
    cities = office.rows("SELECT name, city FROM lead ORDER BY id")
    assert cities == [
        ("Mina Sadeghi", "Karaj"),
        ("Reza Karimi", "Yazd"),
        ("Sara Karimi", ""),
        ("Ali Noori", "Rasht"),
    ]


def test_who_was_a_note_becomes_a_customer(office: ImportDesk) -> None:
    office.take(FAMILY)
    assert [name for name, _shared in holders(office)] == ["Mina Sadeghi"]
    report = office.take(FAMILY, "again.csv", same_number=LEAD)
    assert outcomes(report) == (2, 0, 1, 0, 0)
    assert [name for name, _shared in holders(office)] == ["Mina Sadeghi", "Reza Karimi", "Sara Karimi"]


def test_who_was_merged_by_mistake_is_not_the_other_one_after_it_is_taken_back(office: ImportDesk) -> None:
    office.take(FAMILY, same_number=LEAD)
    mina, reza = (open_lead(office.session, each).lead for each in (1, 2))
    merge(office.session, mina.id, reza.id, (mina.version, reza.version))
    undo(office.session)
    report = office.take(FAMILY, "again.csv", same_number=LEAD)
    assert (outcomes(report), report.to_json()["differs"]) == ((0, 0, 3, 0, 0), 0)


def test_a_name_that_was_taken_back_is_not_a_former_one(office: ImportDesk) -> None:
    office.take("name,phone\nMina Sadeghi,09121112233")
    mina = office.lead("09121112233")
    edit_lead(office.session, EditLead(mina.id, mina.version, {"name": "Reza Karimi"}))
    undo(office.session)
    report = office.take("name,phone\nReza Karimi,09121112233", "again.csv", same_number=LEAD)
    assert (outcomes(report), report.sharing) == ((1, 0, 0, 0, 0), 1)


def test_a_second_number_that_another_person_has_is_shared(office: ImportDesk) -> None:
    office.take("name,phone\nMina Sadeghi,02188776655")
    office.take("name,phone\nReza Karimi,09350001122 / 02188776655", "again.csv", same_number=LEAD)
    reza = office.lead("09350001122")
    assert [(each.e164, each.shared) for each in reza.numbers] == [
        ("+989350001122", False),
        ("+982188776655", True),
    ]
    assert office.notes("09350001122") == []


def test_a_number_of_who_may_be_the_same_is_still_left_to_them(office: ImportDesk) -> None:
    office.take("name,phone\nMina,09121112233\nMina,09350001122")
    office.take("name,phone\nMina,09121112233 / 09350001122", "again.csv", same_number=LEAD)
    assert [len(row) for row in office.rows("SELECT id FROM lead_number")] == [1, 1]


def test_an_address_is_shared_too(office: ImportDesk) -> None:
    office.take("name,email\nMina Sadeghi,family@example.com")
    table = "name,email\nReza Karimi,family@example.com"
    report = office.take(table, "again.csv", same_number=LEAD)
    assert (outcomes(report), report.sharing) == ((1, 0, 0, 0, 0), 1)
    assert outcomes(office.take(table, "third.csv", same_number=LEAD)) == (0, 0, 1, 0, 0)
    assert [row[0] for row in office.rows("SELECT name FROM lead ORDER BY id")] == [
        "Mina Sadeghi",
        "Reza Karimi",
    ]


def test_taken_back_the_number_is_the_first_ones_alone(office: ImportDesk) -> None:
    office.take("name,phone\nMina Sadeghi,09121112233")
    before = office.rows("SELECT * FROM lead_number"), office.rows("SELECT version FROM lead")
    office.take(FAMILY, "family.csv", same_number=LEAD)
    undo_import(office.session, list_imports(office.session)[0].id)
    after = office.rows("SELECT * FROM lead_number"), office.rows("SELECT version FROM lead")
    assert after[0] == before[0]
    assert office.lead("09121112233").name == "Mina Sadeghi"
    assert outcomes(office.take(FAMILY, "family.csv", same_number=LEAD))[0] == 2


def test_who_has_it_is_said_where_a_number_is_asked_for(office: ImportDesk) -> None:
    office.take(FAMILY, same_number=LEAD)
    with pytest.raises(Invalid, match=r"1 \(Mina Sadeghi\), 2 \(Reza Karimi\), 3 \(Sara Karimi\)"):
        office.lead("0912 111 2233")
    assert len(LeadList(office.session).order(View(find="0912 111 2233"))) == 3


LOG = """
    calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,duration,billsec,disposition,uniqueid
    2024-09-01 10:00:00,,09121112233,101,from-trunk,SIP/trunk-1,SIP/101-1,Dial,40,30,ANSWERED,1.1
    2024-09-01 11:00:00,,101,09121112233,from-internal,SIP/101-2,SIP/trunk-2,Dial,40,30,ANSWERED,1.2
"""


def test_a_call_stands_with_whom_somebody_spoke_with_last(office: ImportDesk) -> None:
    office.take(FAMILY, same_number=LEAD)
    report = office.take(LOG, "log.csv")
    assert outcomes(report) == (0, 2, 0, 0, 0)
    assert ActivityKind.CALL_IN in [each.kind for each in open_lead(office.session, 1).timeline]
    assert any(
        note.startswith("2 calls were of numbers that several customers share") for note in report.notes
    )
    office.take("name,phone,last contact\nReza Karimi,09121112233,2024-09-20 10:00", "spoken.csv")
    later = LOG.replace("2024-09-01", "2024-09-25").replace(",1.", ",2.")
    office.take(later, "later.csv")
    kinds = [each.kind for each in open_lead(office.session, 2).timeline]
    assert {ActivityKind.CALL_IN, ActivityKind.CALL_OUT} <= set(kinds)
    assert outcomes(office.take(LOG, "again.csv")) == (0, 0, 2, 0, 0)


def test_what_a_row_told_of_one_is_told_of_the_other_too(office: ImportDesk) -> None:
    """Both came on the same day with the same two numbers, so that only their names tell their rows apart."""
    office.take("name,phone,email\nReza Karimi,09121112233,b@example.com")
    table = """
        name,phone,email
        Mina Sadeghi,09121112233 / 09350001122,b@example.com
        Reza Karimi,09121112233 / 09350001122,b@example.com
    """
    assert outcomes(office.take(table, "both.csv")) == (1, 1, 0, 0, 0)
    assert outcomes(office.take(table, "both.csv")) == (0, 0, 2, 0, 0)


@pytest.mark.parametrize("same_number", list(SameNumber))
def test_who_opts_out_forbids_the_number_and_no_other_of_the_holder(
    office: ImportDesk, same_number: SameNumber
) -> None:
    office.take("name,phone\nMina Sadeghi,09121112233 / 09350001122")
    office.take("name,phone,do not call\nReza Karimi,09121112233,yes", "again.csv", same_number=same_number)
    assert [each.ban.e164 for each in list_forbidden(office.session)] == [ONE]
    assert office.lead("09350001122").do_not_call
    undo_import(office.session, list_imports(office.session)[0].id)
    assert list_forbidden(office.session) == ()


def test_one_that_was_stopped_goes_on(office: ImportDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK_ROWS", 1)
    for stop_after in (1, 2):
        rows = itertools.count(1)

        def stop(_done: int, _total: int, rows: itertools.count[int] = rows, last: int = stop_after) -> None:
            if next(rows) > last:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            import_files(
                office.session, [office.file(FAMILY)], ImportOptions(same_number=LEAD), progress=stop
            )
    report = office.take(FAMILY, same_number=LEAD)
    assert (report.counts.new, report.sharing) == (3, 2)
    assert [name for name, _shared in holders(office)] == ["Mina Sadeghi", "Reza Karimi", "Sara Karimi"]
    assert len(list_imports(office.session)) == 1


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    make_session(folder, "hesin-haseb").close()
    return folder / "desk.db"


PERSON = st.tuples(
    st.sampled_from(("Mina Sadeghi", "Reza Karimi", "Sara", "")),
    st.sampled_from(("09121112233", "09350001122", "09121112233 / 09350001122", "")),
    st.sampled_from(("a@example.com", "b@example.com", "")),
    st.sampled_from(("41", "42", "")),
    st.sampled_from(("yes", "")),
)


TITLES = ("name", "phone", "email", "Shoe size", "do not call")


def _table(people: list[tuple[str, ...]]) -> str:
    return "\n".join([",".join(TITLES), *(",".join(each) for each in people)])


def _seen(session: Session) -> list[list[tuple[object, ...]]]:
    queries = (
        "SELECT name, phone, email, search_key FROM lead ORDER BY id",
        "SELECT lead_id, e164, sharing, position FROM lead_number ORDER BY lead_id, position",
        "SELECT lead_id, kind, detail FROM activity ORDER BY id",
        "SELECT e164 FROM do_not_call ORDER BY e164",
    )
    with session.store.read() as connection:
        return [[tuple(row) for row in connection.exec_driver_sql(each)] for each in queries]


@settings(
    max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=st.lists(PERSON, max_size=3), people=st.lists(PERSON, min_size=1, max_size=6), data=st.data())
def test_whoever_comes_in_comes_once_and_goes_again(
    empty_store: Path, before: list[tuple[str, ...]], people: list[tuple[str, ...]], data: st.DataObject
) -> None:
    options = ImportOptions(
        same_number=data.draw(st.sampled_from(SameNumber)), duplicates=data.draw(st.sampled_from(Duplicates))
    )
    with copy_of(empty_store) as (session, folder), TemporaryDirectory() as name:
        first, second = Path(name) / "first.csv", Path(name) / "second.csv"
        first.write_text(_table(before))
        second.write_text(_table(people))
        if before:
            import_files(session, [first])
        as_before = _seen(session)
        (report,) = import_files(session, [second], options)
        for account in report.columns:
            column = TITLES.index(account.column)
            assert account.filled == sum(bool(each[column]) for each in people)
        assert broken_invariants(folder / "desk.db") == []
        as_imported = _seen(session)
        (again,) = import_files(session, [second], options)
        assert (again.counts.new, again.counts.rejected) == (0, report.counts.rejected)
        assert _seen(session) == as_imported
        for batch in list_imports(session)[:2]:
            undo_import(session, batch.id)
        assert _seen(session) == as_before
        assert broken_invariants(folder / "desk.db") == []
