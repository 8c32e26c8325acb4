"""`leadtui leads add`, `edit` and `merge`: the same rules and refusals as on screen."""

from __future__ import annotations

from typing import Any

import pytest
from command_running import Run

from leadtui.domain.field import Field
from leadtui.services.defining import save_field
from leadtui.services.session import Session

pytestmark = pytest.mark.usefixtures("noon")


def test_a_customer_is_added_changed_merged_and_two_again(run: Run, place: Any) -> None:
    session = Session.open(place.path, "neda@example.com")
    save_field(session, Field(0, "", "Level"))
    session.close()
    said = run(
        *(
            "leads",
            "add",
            "--name",
            "Anna Rossi",
            "--phone",
            "212 555 0177",
            "--phone",
            "212-555-0178 x3",
        ),
        *("--email", "Anna@Example.com", "--field", "Level=high", "--field", "city=Rome", "--json"),
        *("--store", place),
    )
    assert said.code == 0, said.err
    anna = said.data
    assert (anna["name"], anna["email"], anna["city"]) == ("Anna Rossi", "anna@example.com", "Rome")
    assert [each["e164"] for each in anna["numbers"]] == ["+12125550177", "+12125550178"]
    assert anna["numbers"][1]["extension"] == "3"
    assert (anna["owner"]["email"], anna["custom"]) == ("neda@example.com", {"level": "high"})
    said = run(
        "leads", "edit", anna["id"], "--set", "City=", "--set", "level=low", "--json", "--store", place
    )
    assert (said.data["city"], said.data["custom"], said.data["version"]) == ("", {"level": "low"}, 2)
    assert said.data["timeline"][0]["changes"] == [
        {"field": "city", "before": "Rome", "after": ""},
        {"field": "level", "before": "high", "after": "low"},
    ]
    said = run("leads", "merge", place.lead.id, "212 555 0177", "--take", "name", "--json", "--store", place)
    assert said.code == 0, said.err
    assert (said.data["id"], said.data["name"], said.data["email"]) == (
        place.lead.id,
        "Anna Rossi",
        "mina@example.com",
    )
    assert said.data["timeline"][0]["kind"] == "merged"
    assert {"+12125550101", "+12125550177"} <= {each["e164"] for each in said.data["numbers"]}
    assert "Anna Rossi" in run("leads", "show", place.lead.id, "--store", place).out
    assert run("undo", "--store", place).code == 0
    assert run("leads", "show", "212 555 0177", "--json", "--store", place).data["id"] == anna["id"]


def test_what_is_wrong_is_said_at_once_and_nothing_saved(run: Run, place: Any) -> None:
    said = run(
        *("leads", "add", "--name", "Anna", "--phone", "212 555 0101", "--email", "anna@"),
        *("--field", "need=none of these", "--store", place),
    )
    assert said.code == 1
    assert "anna" not in run("leads", "list", "--store", place).out.lower()
    assert len(said.err.splitlines()) == 2
    said = run(
        *("leads", "add", "--name", "Anna", "--email", "anna@", "--field", "colour=red"),
        *("--field", "need=none of these", "--store", place),
    )
    assert said.code == 1
    told = ("“colour”", "no e-mail address", "“none of these”")
    assert [each for each in told if each not in said.err] == []
    said = run("leads", "add", "--phone", "212 555 0101", "--store", place)
    assert (said.code, place.lead.name in said.err) == (1, True)
    said = run(
        *("leads", "edit", place.lead.id, "--set", "colour=red", "--set", "city", "--set", "email=anna@"),
        *("--store", place),
    )
    assert said.code == 1
    told = ("“colour”", "“city” says nothing", "no e-mail address")
    assert [each for each in told if each not in said.err] == []
    assert "nothing is to be changed" in run("leads", "edit", place.lead.id, "--store", place).err.lower()
    assert "same customer" in run("leads", "merge", place.lead.id, place.lead.id, "--store", place).err
    as_reza = ("--as", "reza@example.com", "--store", place)
    assert "customers:merge" in run("leads", "merge", place.lead.id, place.lead.id, *as_reza).err
