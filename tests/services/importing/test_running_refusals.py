"""What an import refuses, and that it changes nothing then."""

from __future__ import annotations

import csv
import os
from typing import Any

import pytest
from import_making import ImportDesk, outcomes
from session_making import hire
from sqlalchemy.exc import IntegrityError

from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead import ActivityKind
from leadtui.errors import Invalid, LeadtuiError, Refused
from leadtui.services import presence
from leadtui.services.formula_guard import guarded
from leadtui.services.importing import running
from leadtui.services.importing.running import import_files, list_imports

CHUNK_ROWS = 1_000


@pytest.fixture(autouse=True)
def smaller_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK_ROWS", CHUNK_ROWS)


def many(count: int) -> str:
    """A table of so many customers."""
    rows = "\n".join(f"Mina {number},0912{number:07}" for number in range(count))
    return f"name,phone\n{rows}\n"


@pytest.mark.parametrize(
    ("options", "field", "words"),
    [
        ({"region": "XX"}, "region", "There is no region XX; give two letters such as IR, IQ or US."),
        ({"encoding": "klingon"}, "encoding", "There is no encoding klingon"),
        ({"delimiter": "ab"}, "delimiter", "A delimiter is one sign"),
        ({"mapping": {"shoe": "city"}}, "map", "There is no column shoe. The columns are: name, phone."),
        ({"mapping": {"name": "shoe"}}, "map", "There is no field shoe. The fields are: name, "),
    ],
)
def test_options_that_cannot_be(office: ImportDesk, options: dict[str, Any], field: str, words: str) -> None:
    before = office.contents()
    with pytest.raises(Invalid, match=words) as refused:
        office.take("name,phone\nMina,09121112233", **options)
    assert refused.value.field == field
    assert office.contents() == before


def test_numbers_of_another_country_than_the_workspaces_are_explained(office: ImportDesk) -> None:
    foreign = "name,phone\nEva,050 123 4567\nUwe,050 123 4568"
    report = office.take(foreign)
    assert report.counts.rejected == 2
    (note,) = report.notes
    assert "numbers of IR" in note
    assert "--region" in note
    assert not office.take(foreign, region="AE").notes
    mostly_usable = "name,phone\nEva,050 123 4567\nMina,09121112233\nReza,09350001122"
    assert not office.take(mostly_usable).notes


def test_what_a_file_holds_besides_is_told_in_whole_sentences(office: ImportDesk) -> None:
    report = office.take("Customers,\nname,phone\nMina,09121112233", "people.xlsx")
    assert report.notes == (
        "The first line stands above the titles and is not read.",
        "people.xlsx is text in spite of its name.",
    )
    assert not any(words.endswith(".") for words in report.recognised)


def test_a_mapping_may_be_of_one_file_among_several(office: ImportDesk) -> None:
    paths = [
        office.file("who,phone\nMina,09121112233", "a.csv"),
        office.file("name,phone\nReza,09350001122", "b.csv"),
    ]
    import_files(office.session, paths, ImportOptions(mapping={"who": "name"}))
    assert office.lead("09121112233").name == "Mina"
    with pytest.raises(Invalid, match="There is no column place"):
        import_files(office.session, paths, ImportOptions(mapping={"place": "city"}))


@pytest.mark.parametrize(
    "content",
    ["", "name,phone\n", "\x89PNG\r\n", "name,age\nMina,38\n"],
    ids=["empty", "titles alone", "picture", "nobody can be reached"],
)
def test_a_bad_file_among_good_ones_changes_nothing(office: ImportDesk, content: str) -> None:
    good = office.file("name,phone\nMina,09121112233", "good.csv")
    bad = office.folder / "bad.csv"
    bad.write_bytes(content.encode("latin-1"))
    before = office.contents()
    with pytest.raises(LeadtuiError, match=r"bad\.csv"):
        import_files(office.session, [good, bad])
    assert office.contents() == before


def test_damage_far_down_costs_its_row_alone(office: ImportDesk) -> None:
    path = office.file(many(2 * CHUNK_ROWS))
    with path.open("ab") as file:
        file.write(b"Reza,09350001122\0\n")
    (report,) = import_files(office.session, [path])
    assert (report.counts.rejected, report.counts.read) == (1, 2 * CHUNK_ROWS + 1)


def test_an_agent_may_not_import(office: ImportDesk) -> None:
    agent = hire(office.session, "Sara", "sara@example.com", office.clock)
    for use in (lambda: import_files(agent, [office.file(many(1))]), lambda: list_imports(agent)):
        with pytest.raises(Refused, match="imports:run"):
            use()
    agent.close()


def test_a_stopped_import_goes_on(office: ImportDesk) -> None:
    path = office.file(many(CHUNK_ROWS + 700))

    def stop(done: int, total: int) -> None:
        assert total == CHUNK_ROWS + 700
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_files(office.session, [path], progress=stop)
    (stopped,) = list_imports(office.session)
    assert (stopped.ended_at, stopped.counts.new, office.count("lead")) == (None, CHUNK_ROWS, CHUNK_ROWS)
    told: list[tuple[int, int]] = []
    (report,) = import_files(office.session, [path], progress=lambda done, total: told.append((done, total)))
    assert outcomes(report) == (CHUNK_ROWS + 700, 0, 0, 0, 0)
    assert report.went_on is not None
    assert report.went_on.row == CHUNK_ROWS + 1
    assert len(list_imports(office.session)) == 1
    assert told == [
        (0, CHUNK_ROWS + 700),
        (CHUNK_ROWS, CHUNK_ROWS + 700),
        (CHUNK_ROWS + 700, CHUNK_ROWS + 700),
    ]


def test_while_a_desk_is_open_its_saves_wait_for_fewer_rows(
    office: ImportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "ROWS_BESIDE_DESKS", 20)
    path, terminal = office.file(many(50)), presence.terminal_name()
    presence.arrive(office.session, terminal)
    told: list[int] = []

    def note(done: int, _total: int) -> None:
        told.append(done)
        if done == 20:
            presence.leave(office.session, terminal)

    import_files(office.session, [path], progress=note)
    assert told == [0, 20, 50]


def test_a_chunk_is_written_whole_or_not_at_all(office: ImportDesk) -> None:
    number = CHUNK_ROWS + 600
    with office.session.store.write() as connection:
        connection.exec_driver_sql(
            f"CREATE TRIGGER fault BEFORE INSERT ON activity WHEN new.lead_id = {number} "
            "BEGIN SELECT RAISE(ABORT, 'a fault in the middle'); END"
        )
    with pytest.raises(IntegrityError, match="a fault in the middle"):
        office.take(many(CHUNK_ROWS + 700))
    assert office.count("lead") == office.count("lead_number") == office.count("activity") == CHUNK_ROWS
    assert office.count("import_row") == CHUNK_ROWS


def test_rejected_rows_are_counted_and_given_back(office: ImportDesk) -> None:
    rejects = office.folder / "out.csv"
    report = office.take(
        """
        name,phone,email,city
        Mina,09121112233,,Karaj
        =1+1,12,-,@home
        Sara,,nobody,+x
        ,,,Qom
        Reza,09350001122,,Ray
        """,
        rejects=rejects,
    )
    assert outcomes(report) == (2, 0, 0, 3, 0)
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        titles, *rows = csv.reader(file)
    assert titles == ["file", "line", "reason", "name", "phone", "email", "city"]
    assert rows == [
        ["table.csv", "3", "“12”, “-” can be neither rung nor written to", "'=1+1", "12", "'-", "'@home"],
        ["table.csv", "4", "“nobody” can be neither rung nor written to", "Sara", "", "nobody", "'+x"],
        ["table.csv", "5", "no phone number and no e-mail address", "", "", "", "Qom"],
    ]
    assert rejects.stat().st_mode & 0o077 == 0
    assert office.rows("SELECT line, lead_id FROM import_row WHERE outcome = 'rejected' ORDER BY line") == [
        (3, None),
        (4, None),
        (5, None),
    ]


def test_mended_rejects_can_be_imported(office: ImportDesk) -> None:
    rejects = office.folder / "out.csv"
    office.take("نام,تلفن\nرضا,۱۲", rejects=rejects)
    mended = rejects.read_text("utf-8-sig").replace(",۱۲", ",۰۹۱۲۱۱۱۲۲۳۳")
    rejects.write_text(mended, "utf-8-sig")
    (report,) = import_files(office.session, [rejects])
    assert outcomes(report) == (1, 0, 0, 0, 0)
    assert office.lead("09121112233").name == "رضا"


def test_rejects_of_several_files_stand_under_their_own_titles(office: ImportDesk) -> None:
    rejects = office.folder / "out.csv"
    paths = [
        office.file("name,phone\nMina,1", "a.csv"),
        office.file("phone,town,name\n2,Karaj,Reza", "b.csv"),
    ]
    import_files(office.session, paths, ImportOptions(rejects=rejects, dry_run=True))
    lines = rejects.read_text("utf-8-sig").splitlines()
    reason = "“{}” can be neither rung nor written to"
    assert lines == [
        "file,line,reason,name,phone,town",
        f"a.csv,2,{reason.format(1)},Mina,1,",
        f"b.csv,2,{reason.format(2)},Reza,2,Karaj",
    ]


def test_rejects_never_replace_what_is_imported(office: ImportDesk) -> None:
    path = office.file(many(3))
    link = office.folder / "link.csv"
    link.symlink_to(path)
    for rejects in (path, link):
        with pytest.raises(Refused, match="is itself to be imported"):
            import_files(office.session, [path], ImportOptions(rejects=rejects))
    assert office.count("lead") == 0
    assert path.read_text().startswith("name,phone")


@pytest.mark.parametrize("place", [".", "no/such/folder.csv", "/dev/full"])
def test_rejects_that_cannot_be_written_stop_the_import_at_once(office: ImportDesk, place: str) -> None:
    with pytest.raises(Refused, match=r"is a folder|cannot be written|no ordinary file"):
        office.take(many(3), rejects=office.folder / place)
    assert office.count("lead") == 0


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=A1", "'=A1"),
        ("+98912", "'+98912"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("Mina", "Mina"),
        ("", ""),
        ("\uff1dcmd()", "'\uff1dcmd()"),
        ("\uff20SUM(1)", "'\uff20SUM(1)"),
    ],
)
def test_no_cell_begins_a_formula(cell: str, safe: str) -> None:
    assert guarded(cell) == safe


def test_an_advertising_test_row_is_skipped(office: ImportDesk) -> None:
    report = office.take(
        """
        id,created_time,ad_id,ad_name,form_id,platform,full_name,phone_number,email
        l:1,2024-09-20T08:31:00+03:30,1,a,2,ig,<test lead: dummy data for full_name>,p:<test lead: dummy data>,test@meta.com
        l:2,2024-09-20T09:31:00+03:30,1,a,2,ig,Mina,p:+989121112233,
        """
    )
    assert outcomes(report) == (1, 0, 0, 0, 1)
    assert office.channel(office.lead("09121112233").channel_first_id) == "advertising"
    assert office.timeline("09121112233")[0].detail.channel == "تبلیغات"


def test_a_dry_run_leaves_no_trace_of_the_copy(office: ImportDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    place = office.folder / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", os.fspath(place))
    report = office.take(many(20), dry_run=True)
    assert outcomes(report) == (20, 0, 0, 0, 0)
    assert list(place.iterdir()) == []
    assert office.count("lead") == office.count("channel WHERE title = 'Import'") == 0


def test_a_row_means_whom_it_meant_before(office: ImportDesk) -> None:
    text = "name,phone,date\nMina,09121112233,2024-09-01"
    office.take(text)
    with office.session.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM lead_number")
        connection.exec_driver_sql("UPDATE lead SET phone = ''")
    assert outcomes(office.take(text)) == (0, 1, 0, 0, 0)
    assert office.kinds("09121112233") == [ActivityKind.CREATED, ActivityKind.EDITED]
    assert office.lead("09121112233").phone == "+989121112233"
    assert outcomes(office.take(text)) == (0, 0, 1, 0, 0)
