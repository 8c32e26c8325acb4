"""`leadtui audit`, and `leadtui doctor --audit`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from command_running import Run
from session_making import make_session

from leadtui.store.sqlite.driver import sqlite_driver

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def at(tmp_path: Path, run: Run) -> tuple[object, ...]:
    """A store with two channels added and one customer exported."""
    make_session(tmp_path).close()
    store = ("--store", tmp_path / "desk.db")
    run("channels", "add", "=Fair", *store)
    run("channels", "add", "Radio", *store)
    run("leads", "export", tmp_path / "out.csv", *store)
    return store


def test_as_table_json_and_csv(run: Run, at: tuple[object, ...]) -> None:
    shown = run("audit", *at).out
    assert "Entry channel: Radio" in shown
    assert "made" in shown
    data = run("audit", "--json", *at).data
    assert [(each["number"], each["kind"], each["act"]) for each in data] == [
        (4, "export", "done"),
        (3, "channel", "added"),
        (2, "channel", "added"),
        (1, "workspace", "added"),
    ]
    rows = list(csv.DictReader(run("audit", "--csv", *at).out.splitlines()))
    assert [each["number"] for each in rows] == ["4", "3", "2", "1"]
    assert rows[1]["what"] == "Entry channel: Radio"


def test_narrowed(run: Run, at: tuple[object, ...]) -> None:
    def numbers(*asked: str) -> list[int]:
        return [each["number"] for each in run("audit", "--json", *asked, *at).data]

    assert numbers("--kind", "channel") == [3, 2]
    assert numbers("--kind", "export", "--kind", "workspace") == [4, 1]
    assert numbers("--find", "radio") == [3]
    assert numbers("--limit", "1") == [4]
    assert numbers("--by", "neda", "--from", "today", "--to", "today") == [4, 3, 2, 1]
    assert numbers("--to", "yesterday") == []
    assert "there are: workspace" in run("audit", "--kind", "cheese", *at).err
    assert run("audit", "--from", "today", "--to", "yesterday", *at).code == 1
    assert run("audit", "--find", "nowhere", *at).err.strip() == "The audit has nothing of that."


def test_the_doctor_names_what_was_changed(run: Run, at: tuple[object, ...], tmp_path: Path) -> None:
    heads = tmp_path / "heads"
    assert "entry 4" in run("audit", "--head", heads, *at).err
    well = run("doctor", "--audit", "--head", heads, *at)
    assert (well.code, "looked at: 4 entries." in well.out) == (0, True)
    raw = sqlite_driver().connect(str(tmp_path / "desk.db"))
    raw.execute("UPDATE audit SET kind = 'backup' WHERE number = 2")
    raw.commit()
    ill = run("doctor", "--audit", *at)
    assert (ill.code, "entry 2 was changed after it was written" in ill.out) == (1, True)
    assert run("doctor", *at).code == 0
    raw.execute("UPDATE audit SET kind = 'channel' WHERE number = 2")
    raw.execute("DELETE FROM audit WHERE number > 2")
    raw.commit()
    raw.close()
    assert run("doctor", "--audit", *at).code == 0
    cut = run("doctor", "--audit", "--head", heads, "--json", *at)
    assert cut.code == 1
    assert cut.data["problems"] == [
        "Audit of “Northwind Sales”: entries 3 to 4, of which a head was kept, are gone."
    ]


def test_heads_of_another_store_are_none_of_this_one(
    run: Run, at: tuple[object, ...], tmp_path: Path
) -> None:
    heads = tmp_path / "heads"
    run("audit", "--head", heads, *at)
    said = json.loads(heads.read_text("utf-8"))
    heads.write_text(json.dumps(said | {"made": "2020-01-01T00:00:00+00:00"}) + "\n", "utf-8")
    assert "keeps none of this store's audit" in run("doctor", "--audit", "--head", heads, *at).out
    heads.write_text("nothing\n")
    refused = run("doctor", "--audit", "--head", heads, *at)
    assert (refused.code, "no file of heads" in refused.err) == (1, True)
    assert "There is no file" in run("doctor", "--audit", "--head", tmp_path / "none", *at).err
