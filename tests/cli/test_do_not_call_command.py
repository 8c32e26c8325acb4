"""`leadtui do-not-call`, and how the other commands show a number that must not be rung."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run
from session_making import MovingClock, add_lead, hire, make_session, status_of

from leadtui.services.follow_up import SetStatus, set_status

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Neda's desk with two customers; one of them has a status that forbids calls."""
    clock = MovingClock()
    session = make_session(tmp_path, clock=clock)
    hire(session, "Reza Amini", "reza@example.com", clock).close()
    add_lead(session, "Anna", "+1 212 555 0101", mine=True)
    ben = add_lead(session, "Ben", "+1 212 555 0102")
    status = status_of(session, "do_not_call")
    answers = {each.key: "stop" for each in status.open_fields if each.required}
    set_status(session, SetStatus(ben.id, ben.version, status.id, answers=answers, note="stop"))
    session.close()
    return tmp_path / "desk.db"


def test_from_the_list_to_the_customers_and_back(run: Run, store: Path, tmp_path: Path) -> None:
    at = ("--store", store)
    assert run("do-not-call", "add", "2125550101", *at).code == 1
    said = run("do-not-call", "add", "2125550101", "--reason", "asked us", *at)
    assert (said.code, said.err.strip()) == (
        0,
        "(212) 555-0101 must not be rung any more. Customers who have it: Anna.",
    )
    leads = {each["name"]: each["do_not_call"] for each in run("leads", "list", "--json", *at).data}
    assert leads == {"Anna": True, "Ben": True}
    assert "⊘ (212) 555-0101" in run("leads", "list", *at).out
    shown = run("leads", "show", "2125550101", *at).out
    assert "⊘ Do not call: Neda Karimi put (212) 555-0101 on the do-not-call list" in shown
    assert "calls forbidden" in shown
    (because,) = run("leads", "show", "2125550102", "--json", *at).data["do_not_call_because"]
    assert (because["status"]["key"], because["by"]["name"], because["reason"]) == (
        "do_not_call",
        "Neda Karimi",
        "stop",
    )
    file = tmp_path / "list.csv"
    file.write_text("\ufeffnumber;since\n+1 212 555 0101;2020\n\n'+1 212 555 0199';x\n12;x\n")
    done = run("do-not-call", "import", file, "--reason", "national list", "--json", *at).data
    assert done == {"added": 1, "already": 1, "unreadable": ["12"]}
    out = tmp_path / "out.csv"
    assert run("do-not-call", "export", out, *at).err.strip() == "2 numbers."
    assert run("do-not-call", "export", out, *at).code == 1
    assert run("do-not-call", "import", out, "--reason", "again", "--json", *at).data["already"] == 2
    listed = run("do-not-call", "list", "--json", *at).data
    assert [(each["number"], each["reason"]) for each in listed] == [
        ("+12125550199", "national list"),
        ("+12125550101", "asked us"),
    ]
    assert listed[1]["customer"]["name"] == "Anna"
    refused = run("do-not-call", "remove", "2125550101", "--reason", "x", "--as", "reza@example.com", *at)
    assert (refused.code, "customers:allow-calls" in refused.err) == (1, True)
    assert run("do-not-call", "remove", "2125550101", "--reason", "rang us", *at).code == 0
    assert (
        run("do-not-call", "remove", "2125550102", "--customer", "--reason", "rang us", *at).err
        == "Ben may be rung again.\n"
    )
    leads = {each["name"]: each["do_not_call"] for each in run("leads", "list", "--json", *at).data}
    assert leads == {"Anna": False, "Ben": False}


def test_all_who_have_a_number_are_named(run: Run, store: Path) -> None:
    at, why = ("--store", store), ("--reason", "rang us")
    assert run("leads", "edit", "2", "--set", "phone_other=2125550101", "--share", *at).code == 0
    assert run("do-not-call", "add", "2125550101", *why, *at).err == (
        "(212) 555-0101 must not be rung any more. Customers who have it: Anna, Ben.\n"
    )
    assert run("do-not-call", "remove", "2125550101", *why, *at).err == (
        "(212) 555-0101 may be rung again. Customers who have it: Anna, Ben.\n"
    )
    assert run("do-not-call", "add", "2125550101", *why, *at).code == 0
    assert run("do-not-call", "remove", "1", "--customer", *why, *at).err == (
        "Anna may be rung again. The same holds for Ben, with the same number.\n"
    )
    assert (
        run("do-not-call", "add", "2125550198", *why, *at).err
        == "(212) 555-0198 must not be rung any more.\n"
    )


def test_a_file_that_is_no_list_is_told(run: Run, store: Path, tmp_path: Path) -> None:
    said = run("do-not-call", "import", tmp_path / "none.csv", "--reason", "x", "--store", store)
    assert (said.code, "cannot be read" in said.err) == (1, True)
    (tmp_path / "x.bin").write_bytes(b"\xff\xfe\x00")
    said = run("do-not-call", "import", tmp_path / "x.bin", "--reason", "x", "--store", store)
    assert (said.code, "UTF-8" in said.err) == (1, True)


def test_erasing_and_what_stays_of_it(run: Run, store: Path) -> None:
    at = ("--store", store)
    wrong = run("leads", "erase", "2125550101", "--reason", "asked for it", "--confirm", "Ann", *at)
    assert (wrong.code, "Type “Anna” to confirm" in wrong.err) == (1, True)
    agent = ("--as", "reza@example.com")
    refused = run("leads", "erase", "2125550101", "--reason", "x", "--confirm", "Anna", *agent, *at)
    assert (refused.code, "customers:erase" in refused.err) == (1, True)
    done = run("leads", "erase", "2125550101", "--reason", "asked for it", "--confirm", "anna", *at)
    assert (done.code, done.err) == (0, "The customer was erased.\n")
    assert [each["name"] for each in run("leads", "list", "--json", *at).data] == ["Ben"]
    (erasure,) = run("leads", "erasures", "--json", *at).data
    assert (erasure["by"]["name"], erasure["reason"]) == ("Neda Karimi", "asked for it")
    assert "asked for it" in run("leads", "erasures", *at).out


@pytest.mark.parametrize("forget", [False, True])
def test_an_erased_number_comes_in_again(run: Run, store: Path, tmp_path: Path, forget: bool) -> None:
    at = ("--store", store)
    assert run("do-not-call", "add", "2125550101", "--reason", "asked us to stop", *at).code == 0
    keep = ("--forget-numbers",) if forget else ()
    assert run("leads", "erase", "2125550101", "--reason", "asked", "--confirm", "Anna", *keep, *at).code == 0
    (tmp_path / "again.csv").write_text("Name,Phone\nAnna,+1 212 555 0101\n")
    dry = run("import", tmp_path / "again.csv", "--dry-run", *at)
    assert ("somebody who was erased" in dry.out + dry.err) is not forget
    said = run("leads", "add", "--name", "Anna", "--phone", "+1 212 555 0101", *at)
    for words in ("is of somebody who was erased", "must not be rung"):
        assert (words in said.err) is not forget
    listed = run("do-not-call", "list", "--json", *at).data
    assert [each["reason"] for each in listed] == ([] if forget else ["leadtui:forbidden-before"])
    shown = run("do-not-call", "list", *at).out
    assert ("Forbidden before the customer who had it was erased" in shown) is not forget
