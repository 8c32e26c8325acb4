"""No command writes what its user may not see: to neither output, into no file; nor more than a page without the permission.

The commands are those of test_refusals.py, which knows them all.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from command_running import Run
from hidden_customers import HIDDEN_NAME, Ids, planted, tells
from session_making import MovingClock, add_lead
from test_help import WORKING
from test_refusals import DEFINING_COMMANDS, EVERYBODYS, LISTING, NEEDED, OWN_VIEWS

from leadtui.domain.permission import AGENT_PROFILE, Permission
from leadtui.domain.reminder import ReminderKind
from leadtui.services import profiles
from leadtui.services.do_not_call import forbid_number
from leadtui.services.session import Session
from leadtui.store import reminders

MISSING = (
    frozenset({Permission.SEE_NUMBERS}),
    frozenset({Permission.SEE_CUSTOMERS}),
    frozenset({Permission.SEE_NUMBERS, Permission.SEE_CUSTOMERS}),
)
WHOLE_STORE = {"backup", "restore"}
"""What gives or takes the file itself; its permission says so."""
OF_NO_CUSTOMER = {
    "sign-ins end",
    *DEFINING_COMMANDS,
    *LISTING,
    *OWN_VIEWS,
    "profiles compare",
    "profiles show",
    *("needs playbook show", "needs playbook export", "cases kinds show", "cases kinds export"),
    "demo",
    "init",
    "me",
}
COMMANDS = sorted({*NEEDED, *EVERYBODYS} - OF_NO_CUSTOMER - WHOLE_STORE)
EXPORTS = [
    ("leads export", f"NEW.{ending}", *more) for ending in ("csv", "vcf") for more in ((), ("--exact",))
]
FURTHER = [
    *EXPORTS,
    ("import", "FILE", "--dry-run", "--report", "NEW.csv", "--rejects", "NEWER.csv"),
    ("leads list", "--find", "646555"),
    ("leads list", "--find", "Onlyname"),
    ("leads list", "--sort", "phone"),
    ("leads edit", "LEAD", "--set", "name=Other"),
    ("leads edit", "LEAD", "--set", "phone=+12125550166"),
    ("leads show", "OTHER"),
    ("follow-up", "LEAD", "--status", "interested"),
    ("do-not-call remove", "LEAD", "--customer", "--reason", "asked"),
    ("imports undo", "1", "--dry-run"),
    ("day", "--of", "all"),
]
ASKED = [(each, *NEEDED.get(each, ((), ()))[0]) for each in COMMANDS] + FURTHER


def allow_all_but(store: Path, missing: frozenset[Permission]) -> None:
    """From now on Sara may do everything but that."""
    boss = Session.open(store, "neda@example.com", MovingClock())
    agent = boss.definitions.profile(AGENT_PROFILE)
    assert agent is not None
    profiles.save_profile(boss, replace(agent, permissions=frozenset(Permission) - missing), agent)
    boss.close()


def written_out(asked: tuple[str, ...], ids: Ids, folder: Path) -> list[object]:
    """The words of a command."""
    (folder / "people.csv").write_text("Name,Phone\nAnna Rossi,+1 212 555 0109\n")
    named = {
        "FILE": folder / "people.csv",
        "LEAD": ids.lead,
        "OTHER": ids.twin,
        "NEW.csv": folder / "new.csv",
        "NEWER.csv": folder / "newer.csv",
        "NEW.vcf": folder / "new.vcf",
        "NEW.toml": folder / "new.toml",
        "TEMPLATE": folder / "none.toml",
    }
    command, *arguments = asked
    return [*command.split(), *(named.get(each, each) for each in arguments)]


@pytest.mark.parametrize("missing", MISSING, ids=lambda each: "+".join(sorted(each)))
@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
@pytest.mark.usefixtures("noon")
def test_no_command_tells_what_is_hidden(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: tuple[str, ...],
    missing: frozenset[Permission],
) -> None:
    content, ids = planted()
    store, folder = tmp_path / "desk.db", tmp_path / "files"
    store.write_bytes(content)
    folder.mkdir()
    allow_all_but(store, missing)
    monkeypatch.setenv("LEADTUI_AS", "sara@example.com")
    monkeypatch.setenv("LEADTUI_STORE", str(store))
    command = WORKING[f"leadtui {asked[0]}".strip()]
    as_json = [("--json",)] if any("--json" in each.opts for each in command.params) else []
    for more in [(), *as_json]:
        said = run(*written_out(asked, ids, folder), *more)
        assert said.code in (0, 1)
        texts = [said.out, said.err, *(each.read_text(errors="replace") for each in folder.iterdir())]
        for text in texts:
            assert not tells(text), text
            assert Permission.SEE_CUSTOMERS not in missing or HIDDEN_NAME not in text, text


TELLING = [
    ("leads list",),
    ("leads list", "--find", "646555"),
    ("leads show", "LEAD"),
    ("leads edit", "LEAD", "--set", "city=Rome"),
    ("leads edit", "LEAD", "--set", "phone=+16465550174"),
    ("leads merge", "LEAD", "OTHER"),
    ("leads add", "--phone", "+16465550171"),
    ("do-not-call list",),
    *EXPORTS,
]


@pytest.mark.parametrize("asked", TELLING, ids=" ".join)
@pytest.mark.usefixtures("noon")
def test_every_command_tells_all_to_whoever_may_see_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    content, ids = planted()
    store, folder = tmp_path / "desk.db", tmp_path / "files"
    store.write_bytes(content)
    folder.mkdir()
    monkeypatch.setenv("LEADTUI_STORE", str(store))
    monkeypatch.setenv("COLUMNS", "400")
    said = run(*written_out(asked, ids, folder))
    texts = [said.out, said.err, *(each.read_text(errors="replace") for each in folder.iterdir())]
    whole = "\n".join(texts)
    assert tells(whole)
    assert HIDDEN_NAME in whole
    assert "hidden" not in whole


@pytest.mark.parametrize("command", ["leads list", "do-not-call list", "reminders"])
@pytest.mark.usefixtures("noon")
def test_no_list_is_longer_than_a_page_without_the_permission(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    content, _ids = planted()
    store, clock = tmp_path / "desk.db", MovingClock()
    store.write_bytes(content)
    sara = Session.open(store, "sara@example.com", clock)
    leads = [add_lead(sara, f"Customer {each}") for each in range(110)]
    for each in range(110):
        forbid_number(sara, f"+1202555{each:04}", "asked")
    with sara.write() as tx:
        for lead in leads:
            reminders.add(
                tx,
                lead_id=lead.id,
                owner_id=sara.actor_id,
                due=clock.now,
                zone="UTC",
                kind=ReminderKind.REMINDER,
                note="",
                created_at=clock.now,
                created_by=sara.actor_id,
            )
    sara.close()
    monkeypatch.setenv("LEADTUI_STORE", str(store))
    assert len(run(*command.split(), "--json").data) >= (0 if command == "reminders" else 110)
    allow_all_but(store, frozenset({Permission.EXPORT}))
    monkeypatch.setenv("LEADTUI_AS", "sara@example.com")
    for options in ((), ("--json",)):
        said = run(*command.split(), *options)
        assert "Only the first 100: listing more needs the permission exports:run." in said.err
    assert len(said.data) == 100
