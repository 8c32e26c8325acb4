"""`leadtui init` and `leadtui workspace`."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run

pytestmark = pytest.mark.usefixtures("noon")


def test_a_firm_begins_with_the_customs_of_its_country(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    said = run(
        "init",
        "شرکت ما",
        "--country",
        "ایران",
        "--speaks",
        "fa",
        "--template",
        "sales",
        "--json",
        "--store",
        store,
    )
    made = {
        "title": "شرکت ما",
        "language": "fa",
        "region": "IR",
        "zone": "Asia/Tehran",
        "currency": "IRR",
        "calendar": "jalali",
    }
    assert said.data == made
    assert run("workspace", "--json", "--store", store).data == made
    again = run("init", "Ours", "--store", store)
    assert (again.code, again.out) == (1, "")


def test_what_is_said_goes_before_the_country(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    said = ("--country", "de", "--zone", "Europe/Vienna", "--currency", "chf", "--calendar", "hijri")
    made = run("init", "Ours", *said, "--name", "Neda", "--json", "--store", store).data
    assert (made["region"], made["zone"], made["currency"]) == ("DE", "Europe/Vienna", "CHF")
    assert run("colleagues", "list", "--json", "--store", store).data[0]["name"] == "Neda"


def test_nothing_is_made_of_what_is_wrong(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    said = run(
        "init", "Ours", "--country", "Atlantis", "--zone", "Mars", "--currency", "gold", "--store", store
    )
    assert said.code == 1
    assert not store.exists()


def test_the_workspace_changes_part_by_part(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    run("init", "Ours", "--country", "US", "--store", store)
    changed = run(
        "workspace",
        "--title",
        "Yours",
        "--country",
        "Austria",
        "--zone",
        "Europe/Vienna",
        "--json",
        "--store",
        store,
    )
    assert (changed.data["title"], changed.data["region"], changed.data["currency"]) == ("Yours", "AT", "USD")
    refused = run("workspace", "--zone", "Nowhere", "--store", store)
    assert (refused.code, refused.out) == (1, "")
