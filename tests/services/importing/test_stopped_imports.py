"""An import or an undo that is killed at any statement goes on by the same command, and ends as if nothing had been."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from amounts import small_and_large
from import_making import ImportDesk
from session_making import MovingClock

from leadtui.domain.importing import ImportOptions
from leadtui.errors import Conflict
from leadtui.services.importing import running
from leadtui.services.importing.running import import_files, list_imports
from leadtui.services.importing.undoing import undo_import

SCRIPT = """
import json, random, shutil, sys
from pathlib import Path
from session_making import MovingClock, make_session
from killed_at import killed_at, statements_of
from leadtui.services import giving_way
from leadtui.services.session import Session
from leadtui.services.importing import running, undoing
from leadtui.domain.importing import ImportOptions, SameNumber
from leadtui.services.importing.report import reports_to_json

folder, sample, kills, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
running.CHUNK_ROWS, undoing.CHUNK_ROWS, giving_way.GIVE_WAY_SECONDS = 20, 15, 0
undoing.FEW_ROWS = 0
chance = random.Random(seed)

def table(name, numbers, city):
    names = {n: f"{city if n % 7 == 0 else 'Name'} {n}" for n in numbers}
    lines = [f"{names[n]},{'12' if n % 9 == 0 else f'0912{n:07}'},{city},channel {n // 30},note {n % 4},need {n % 3}" for n in numbers]
    (folder / name).write_text("name,phone,city,channel,note,need\\n" + "\\n".join(lines) + "\\n")
    return folder / name

make_session(folder, "hesin-haseb").close()
files = [table("a.csv", range(80), "Qom"), table("b.csv", range(40, 130), "Karaj"), sample]
shutil.copy(folder / "desk.db", folder / "empty.db")

def desk(name, moved=0):
    clock = MovingClock()
    clock.move(days=moved)
    return Session.open(folder / name, "neda@example.com", clock)

def content(name):
    opened = desk(name)
    with opened.store.read() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        rows = {each: [list(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{each}"')] for each in names
                if not each.startswith("lead_search_") or each == "lead_search_config"}
    rows["audit"] = len(rows["audit"]) > 0  # each of its entries is salted anew, and who goes on is told again
    opened.close()
    return json.dumps(rows, default=repr, sort_keys=True)

def run(name, moved=0):
    opened = desk(name, moved)
    try:
        lists = {each: folder / f"{name}.{each}" for each in ("rejects", "report")}
        options = ImportOptions(**lists, same_number=SameNumber.LEAD)
        reports = running.import_files(opened, files, options)
        return reports_to_json(reports)
    finally:
        opened.close()

def take_back(name, moved=0):
    opened = desk(name, moved)
    try:
        for batch in (3, 2, 1):
            undoing.undo_import(opened, batch)
    finally:
        opened.close()

def counts(report):
    return json.dumps([{k: v for k, v in each.items() if k != "went_on_from_row"} for each in report["files"]])

shutil.copy(folder / "empty.db", folder / "whole.db")
whole = []
statements = statements_of(lambda: whole.append(run("whole.db")))
expected = content("whole.db")
rejects, cells = ((folder / f"whole.db.{kind}").read_text() for kind in ("rejects", "report"))
shutil.copy(folder / "whole.db", folder / "undone.db")
undo_statements = statements_of(lambda: take_back("undone.db"))
undone = content("undone.db")

wrong, went_on, killed = [], 0, 0
# After its end the definitions are read again, in a few statements: who is killed there has imported everything.
for at in sorted({2, *chance.sample(range(3, statements - 15), kills)}):
    shutil.copy(folder / "empty.db", folder / "cut.db")
    # Twice in one import: once it went on, it may be stopped again.
    killed += killed_at(at, lambda: run("cut.db"))
    killed_at(max(2, min(at, statements - at) // 3), lambda: run("cut.db"))
    report = run("cut.db")
    went_on += any(each["went_on_from_row"] for each in report["files"])
    same = content("cut.db") == expected and (folder / "cut.db.rejects").read_text() == rejects
    same = same and (folder / "cut.db.report").read_text() == cells
    if not (same and counts(report) == counts(whole[0])):
        wrong.append(["import", at])
    for file in folder.glob("cut.db*"):
        file.unlink()
for at in chance.sample(range(2, undo_statements), kills):
    shutil.copy(folder / "whole.db", folder / "cut.db")
    killed += killed_at(at, lambda: take_back("cut.db"))
    take_back("cut.db")
    opened = desk("cut.db")
    with opened.store.write() as connection:
        agrees = opened.store.backend.search_agrees(connection)
    opened.close()
    if not agrees or json.loads(content("cut.db")) | {"change": 0, "sqlite_sequence": 0} != (
        json.loads(undone) | {"change": 0, "sqlite_sequence": 0}
    ):
        wrong.append(["undo", at])
    for file in folder.glob("cut.db*"):
        file.unlink()
print(json.dumps({"wrong": wrong, "went_on": went_on, "killed": killed, "statements": statements,
                  "leads": len(json.loads(expected)["lead"]), "left": len(json.loads(undone)["lead"]),
                  "sharing": sum(each["sharing"] for each in whole[0]["files"])}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed by signal")
@pytest.mark.proof
@small_and_large("kills", 2, 15, "LEADTUI_KILLS")
def test_killed_at_any_statement_it_goes_on_as_if_nothing_had_been(tmp_path: Path, amount: int) -> None:
    tests = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, tmp_path, tests / "data" / "asterisk-cdr.csv", str(amount), "seven"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tests,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["killed"] > 2 * amount
    assert told["went_on"] >= amount // 2
    assert (told["leads"] > 100, told["sharing"] > 3, told["left"]) == (True, True, 0)


def stop_after(chunks: int) -> running.Progress:
    left = chunks

    def told(done: int, _total: int) -> None:
        nonlocal left
        if done:
            left -= 1
        if left <= 0:
            raise KeyboardInterrupt

    return told


def test_rows_without_a_date_came_in_when_their_import_began(
    office: ImportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK_ROWS", 2)
    path = office.file("name,phone\n" + "\n".join(f"N{n},0912000000{n}" for n in range(5)))
    with pytest.raises(KeyboardInterrupt):
        import_files(office.session, [path], progress=stop_after(1))
    began = office.clock.now
    office.clock.move(days=1)
    (report,) = import_files(office.session, [path])
    assert report.went_on is not None
    assert (report.went_on.row, report.went_on.begun_at) == (3, began)
    assert report.counts.new == 5
    assert {office.lead(f"0912000000{n}").entered_at for n in range(5)} == {began}
    (batch,) = list_imports(office.session)
    assert (batch.started_at, batch.ended_at) == (began, office.clock.now)


@pytest.mark.parametrize("other", ["another person", "other options", "another field", "taken back"])
def test_what_is_not_the_same_command_begins_anew(
    office: ImportDesk, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    """It doubles nothing either: rows that are there are unchanged."""
    from session_making import hire

    from leadtui.domain.field import Field
    from leadtui.domain.permission import SUPERVISOR_PROFILE
    from leadtui.services.defining import save_field

    monkeypatch.setattr(running, "CHUNK_ROWS", 2)
    path = office.file("name,phone\n" + "\n".join(f"N{n},0912000000{n}" for n in range(5)))
    with pytest.raises(KeyboardInterrupt):
        import_files(office.session, [path], progress=stop_after(1))
    session, options = office.session, ImportOptions()
    if other == "another person":
        session = hire(office.session, "Sara", "sara@example.com", MovingClock(), SUPERVISOR_PROFILE)
    elif other == "other options":
        options = ImportOptions(region="IQ")
    elif other == "another field":
        save_field(session, Field(0, "", "Shoe size"))
    else:
        assert undo_import(session, 1).removed == 2
    (report,) = import_files(session, [path], options)
    assert report.went_on is None
    assert report.counts.new == (
        5 if other == "taken back" else 3 if other != "other options" else report.counts.new
    )
    assert len(list_imports(office.session)) == 2
    if session is not office.session:
        session.close()


def test_two_programs_do_not_run_one_import(office: ImportDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second goes on where the first was; the first then notices, and doubles nothing."""
    monkeypatch.setattr(running, "CHUNK_ROWS", 2)
    path = office.file("name,phone\n" + "\n".join(f"N{n},0912000000{n}" for n in range(5)))
    second: list[int] = []

    def meanwhile(done: int, _total: int) -> None:
        if done == 2:
            (report,) = import_files(office.session, [path])
            second.append(report.counts.new)

    with pytest.raises(Conflict, match="is being run by another program"):
        import_files(office.session, [path], progress=meanwhile)
    assert second == [5]
    assert office.count("lead") == 5
    assert [each.counts.read for each in list_imports(office.session)] == [5]


def test_an_import_that_is_taken_back_while_it_runs_stops(
    office: ImportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK_ROWS", 2)
    path = office.file("name,phone\n" + "\n".join(f"N{n},0912000000{n}" for n in range(5)))

    def meanwhile(done: int, _total: int) -> None:
        if done == 4:
            assert undo_import(office.session, 1).removed == 4

    with pytest.raises(Conflict, match="was taken back meanwhile"):
        import_files(office.session, [path], progress=meanwhile)
    assert office.count("lead") == 0
