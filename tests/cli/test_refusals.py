"""Whose profile allows nothing is refused by every command, in one sentence that names the permission, with exit code 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from command_running import Run, Said, StoreOfTest
from session_making import MovingClock, add_lead
from test_help import WORKING
from visits import VISIT, define_visits

from leadtui.domain.case_kind_table import kind_of
from leadtui.domain.distribution import DistributionRule
from leadtui.domain.message import Medium, MessageText
from leadtui.domain.permission import AGENT_PROFILE, DEFINING, Permission
from leadtui.domain.team import Team
from leadtui.language.translate import ListStyle, format_list
from leadtui.services.case_kind_file import kinds_text
from leadtui.services.cases import OpenCase, open_case
from leadtui.services.defining import NEED, add_titled
from leadtui.services.distribution_rules import save_rule
from leadtui.services.leads import add_note, open_lead
from leadtui.services.messages import save_text
from leadtui.services.profiles import save_profile
from leadtui.services.proposals import DECIDING
from leadtui.services.reminders import set_reminder
from leadtui.services.session import Session
from leadtui.services.teams import save_team

P = Permission
OF_THE_TEMPLATE = tuple(each for each in Permission if each in DEFINING)
DECIDING_IN_ORDER = tuple(each for each in Permission if each in DECIDING)
SEEING = (P.SEE_CUSTOMERS, P.SEE_CARTABLE)

DEFINING_COMMANDS: Mapping[str, tuple[tuple[str, ...], tuple[Permission, ...]]] = {
    "workspace": (("--title", "Ours"), (P.CHANGE_WORKSPACE,)),
    "workspace hours": (("Mon-Fri 9-17",), (P.CHANGE_WORKSPACE,)),
    "workspace windows": (("=",), (P.CHANGE_WORKSPACE,)),
    "workspace holidays add": (("25 December",), (P.CHANGE_WORKSPACE,)),
    "workspace holidays remove": (("25 December",), (P.CHANGE_WORKSPACE,)),
    "workspace holidays import": (("FILE",), (P.CHANGE_WORKSPACE,)),
    "statuses add": (("Sample sent",), (P.DEFINE_STATUSES,)),
    "statuses change": (("no_answer", "--title", "Nobody there"), (P.DEFINE_STATUSES,)),
    "statuses add-field": (("no_answer", "When"), (P.DEFINE_STATUSES,)),
    "statuses change-field": (("demo_booked", "date", "--optional"), (P.DEFINE_STATUSES,)),
    "statuses retire-field": (("demo_booked", "date"), (P.DEFINE_STATUSES,)),
    "fields add": (("Size",), (P.DEFINE_FIELDS,)),
    "fields change": (("company", "--title", "Firm"), (P.DEFINE_FIELDS,)),
    "channels add": (("Fair",), (P.DEFINE_CHANNELS,)),
    "needs add": (("Fair",), (P.DEFINE_NEEDS,)),
    "channels rename": (("import", "File"), (P.DEFINE_CHANNELS,)),
    "needs rename": (("NEED", "Another"), (P.DEFINE_NEEDS,)),
    "needs playbook set": (("opening", "talk.toml"), (P.DEFINE_NEEDS,)),
    "needs playbook history": (("opening",), (P.DEFINE_NEEDS,)),
    "needs playbook difference": (("opening", "1"), (P.DEFINE_NEEDS,)),
    "needs playbook restore": (("opening", "1"), (P.DEFINE_NEEDS,)),
    **{
        f"{noun} {verb}": ((named,), (needed,))
        for noun, named, needed in (
            ("statuses", "no_answer", P.DEFINE_STATUSES),
            ("fields", "company", P.DEFINE_FIELDS),
            ("channels", "import", P.DEFINE_CHANNELS),
            ("needs", "NEED", P.DEFINE_NEEDS),
        )
        for verb in ("retire", "bring-back", "order")
    },
    "cases kinds set": (("kinds.toml",), (P.DEFINE_CASES,)),
    **{f"cases kinds {verb}": (("visit",), (P.DEFINE_CASES,)) for verb in ("retire", "bring-back", "order")},
    "colleagues add": (("Sara", "sara@example.com"), (P.MANAGE_COLLEAGUES,)),
    "colleagues change": (("neda@example.com", "--name", "N."), (P.MANAGE_COLLEAGUES,)),
    "colleagues retire": (("neda@example.com",), (P.MANAGE_COLLEAGUES,)),
    "colleagues bring-back": (("neda@example.com",), (P.MANAGE_COLLEAGUES,)),
    "workspace mail show": ((), (P.CHANGE_WORKSPACE,)),
    "workspace mail set": (
        ("--host", "smtp.example.com", "--sender", "a@example.com"),
        (P.CHANGE_WORKSPACE,),
    ),
    "workspace mail test": ((), (P.CHANGE_WORKSPACE,)),
    "workspace mail remove": ((), (P.CHANGE_WORKSPACE,)),
    "colleagues invite": (("new@example.com",), (P.MANAGE_COLLEAGUES,)),
    "colleagues resend": (("neda@example.com",), (P.MANAGE_COLLEAGUES,)),
    "colleagues withdraw": (("neda@example.com",), (P.MANAGE_COLLEAGUES,)),
    "colleagues suspend": (("neda@example.com",), (P.MANAGE_COLLEAGUES,)),
    "colleagues resume": (("neda@example.com",), (P.MANAGE_COLLEAGUES,)),
    "colleagues remove": (("neda@example.com",), (P.MANAGE_COLLEAGUES,)),
    "colleagues code": (("neda@example.com",), (P.MANAGE_COLLEAGUES,)),
    "sign-ins add-service": (("Nightly",), (P.MANAGE_COLLEAGUES,)),
    "profiles add": (("Trainee",), (P.MANAGE_COLLEAGUES,)),
    "profiles change": (("agent", "--allow", "exports:run"), (P.MANAGE_COLLEAGUES,)),
    "profiles fields": (("agent", "--hide", "city"), (P.MANAGE_COLLEAGUES,)),
    "profiles copy": (("agent", "Another agent"), (P.MANAGE_COLLEAGUES,)),
    "profiles set": (("agent", "exports:run=team"), (P.MANAGE_COLLEAGUES,)),
    "profiles remove": (("agent",), (P.MANAGE_COLLEAGUES,)),
    "teams add": (("Evenings",), (P.MANAGE_COLLEAGUES,)),
    "teams change": (("TEAM", "--lead", "me"), (P.MANAGE_COLLEAGUES,)),
    "teams remove": (("TEAM",), (P.MANAGE_COLLEAGUES,)),
    "hand-over": (("neda@example.com", "--to", "me"), (P.MANAGE_COLLEAGUES,)),
    "distribution add": (("Fairly",), (P.DEFINE_RULES,)),
    "distribution edit": (("RULE", "--cap", "5"), (P.DEFINE_RULES,)),
    "distribution remove": (("RULE",), (P.DEFINE_RULES,)),
    "distribution try": (("RULE",), (P.TRANSFER,)),
    "messages add": (("Fair", "--by", "email", "--text", "Come"), (P.WRITE_TEXTS,)),
    "messages change": (("TEXT", "--title", "Hello"), (P.WRITE_TEXTS,)),
    **{f"messages {verb}": (("TEXT",), (P.WRITE_TEXTS,)) for verb in ("retire", "bring-back", "order")},
    "gateways show": (("email",), (P.SET_UP_MESSAGES,)),
    "gateways set": (("email", "--any-hour"), (P.SET_UP_MESSAGES,)),
    "gateways remove": (("sms",), (P.SET_UP_MESSAGES,)),
    "gateways test": (("+12125550109",), (P.SET_UP_MESSAGES,)),
}
"""The commands that define the workspace, and tell of no customer."""

NEEDED: Mapping[str, tuple[tuple[str, ...], tuple[Permission, ...]]] = {
    **DEFINING_COMMANDS,
    "import": (("FILE",), (P.IMPORT,)),
    "imports list": ((), (P.IMPORT,)),
    "imports undo": (("1",), (P.UNDO_IMPORT,)),
    "leads list": ((), SEEING),
    "leads show": (("LEAD",), SEEING),
    "leads export": (("NEW.csv",), (P.EXPORT,)),
    "leads add": (("--name", "Anna Rossi"), (P.ADD_CUSTOMERS,)),
    "leads edit": (("LEAD", "--set", "city=Rome"), (P.EDIT_CUSTOMERS,)),
    "leads merge": (("LEAD", "OTHER"), (P.MERGE_CUSTOMERS,)),
    "leads assign": (("me", "LEAD"), (P.TRANSFER,)),
    "leads status": (("no_answer", "LEAD"), (P.FOLLOW_UP,)),
    "distribute": (("evenly",), SEEING),
    "leads return": (("LEAD", "--note", "not mine"), (P.FOLLOW_UP,)),
    "leads note": (("LEAD", "likes tea"), (P.FOLLOW_UP,)),
    "leads call": (("LEAD",), (P.FOLLOW_UP,)),
    "leads erase": (("LEAD", "--reason", "asked for it"), (P.ERASE_CUSTOMERS,)),
    "leads erasures": ((), (P.ERASE_CUSTOMERS,)),
    "messages send": (("TEXT", "LEAD"), (P.SEND_MESSAGES,)),
    "messages consent": (("LEAD", "email", "agreed"), (P.FOLLOW_UP,)),
    "outbox list": ((), SEEING),
    "outbox run": ((), (P.SEND_MESSAGES,)),
    "outbox withdraw": (("1",), (P.SEND_MESSAGES,)),
    "outbox again": (("1",), (P.SEND_MESSAGES,)),
    "follow-up": (("LEAD", "--status", "no_answer"), (P.FOLLOW_UP,)),
    "undo": ((), (P.REMIND,)),
    "reminders": ((), (P.SEE_CARTABLE,)),
    "reminders add": (("LEAD", "tomorrow 10"), (P.REMIND,)),
    "reminders done": (("1",), (P.REMIND,)),
    "reminders skip": (("1",), (P.REMIND,)),
    "reminders cancel": (("1",), (P.REMIND,)),
    "reminders snooze": (("1", "tomorrow 10"), (P.REMIND,)),
    "do-not-call list": ((), (P.SEE_NUMBERS,)),
    "do-not-call export": (("NEW.csv",), (P.EXPORT,)),
    "do-not-call add": (("+12125550108", "--reason", "asked for it"), (P.FORBID_CALLS,)),
    "do-not-call remove": (("+12125550108", "--reason", "asked for it"), (P.ALLOW_CALLS,)),
    "do-not-call import": (("FILE", "--reason", "national list"), (P.FORBID_CALLS,)),
    "proposals add": (("need", "Training", "--why", "asked for"), (P.PROPOSE,)),
    "proposals list": ((), DECIDING_IN_ORDER),
    "proposals approve": (("1",), DECIDING_IN_ORDER),
    "proposals decline": (("1", "--reason", "no"), DECIDING_IN_ORDER),
    "proposals merge": (("1", "--into", "2"), DECIDING_IN_ORDER),
    "cases list": ((), (P.SEE_CASES,)),
    "cases show": (("1",), (P.SEE_CASES,)),
    "cases add": (("visit",), (P.SEE_CASES,)),
    "cases move": (("1", "end"), (P.SEE_CASES,)),
    "cases answer": (("1", "--answer", "place=Rome"), (P.SEE_CASES,)),
    "cases link": (("1", "who", "LEAD"), (P.SEE_CASES,)),
    "cases unlink": (("1", "who", "LEAD"), (P.SEE_CASES,)),
    "cases give": (("1", "me"), (P.SEE_CASES,)),
    "cases note": (("1", "likes tea"), (P.SEE_CASES,)),
    "cases undo": (("1",), (P.SEE_CASES,)),
    "cases export": (("NEW.csv",), (P.EXPORT,)),
    "cases import": (("visit", "FILE"), (P.IMPORT,)),
    "audit": ((), (P.SEE_AUDIT,)),
    "board": ((), (P.SEE_BOARD,)),
    "day": ((), (P.SEE_OWN_DAY, P.SEE_ALL_DAYS)),
    "template export": (("NEW.toml",), OF_THE_TEMPLATE),
    "template import": (("TEMPLATE", "--yes"), OF_THE_TEMPLATE),
    "backup": (("NEW.db",), (P.BACK_UP,)),
    "restore": (("COPY", "--store", "STORE"), (P.BACK_UP,)),
    "doctor": (("--repair",), (P.BACK_UP,)),
    "workspaces add": (("Another",), (P.BACK_UP,)),
    "workspaces rename": (("Northwind Sales", "Ours"), (P.CHANGE_WORKSPACE,)),
    "workspaces close": (("Northwind Sales", "--confirm", "Northwind Sales"), (P.CLOSE_WORKSPACE,)),
    "workspaces reopen": (("Northwind Sales",), (P.CLOSE_WORKSPACE,)),
}
"""How each command is given, and the permissions that it names; of several one is enough."""

LISTING = {
    f"{noun} list"
    for noun in (
        *("statuses", "fields", "channels", "needs", "colleagues", "profiles", "teams"),
        *("workspace holidays", "distribution", "cases kinds", "messages"),
    )
}
OWN_VIEWS = {f"views {verb}" for verb in ("list", "add", "change", "remove")}
OWN_WAY_IN = {"sign-in", "sign-out", "lock", "password", "secure", "sign-ins list", "sign-ins end"}
EVERYBODYS = {
    *LISTING,
    *OWN_VIEWS,
    *OWN_WAY_IN,
    *("needs playbook show", "needs playbook export", "cases kinds show", "cases kinds export"),
    *(
        "profiles compare",
        "profiles show",
        "workspaces list",
        "demo",
        "escalate",
        "cases escalate",
        "init",
        "me",
        "accept",
        "",
    ),
}
"""What is defined is needed by whoever reads a customer, a demonstration has a store of its own; the desk is for all,
and what is overdue is passed on by whoever is there."""


def test_every_command_is_here() -> None:
    known = {name.removeprefix("leadtui").strip() for name in WORKING}
    assert known == {*NEEDED, *EVERYBODYS}


def test_who_may_nothing_is_refused_by_the_permissions_name(
    run: Run, place: StoreOfTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = MovingClock()
    copy = tmp_path / "copy.db"
    assert run("backup", copy, "--store", place).code == 0
    assert run("template", "export", tmp_path / "template.toml", "--store", place).code == 0
    (tmp_path / "numbers.csv").write_text("phone\n+12125550109\n")
    (tmp_path / "kinds.toml").write_bytes(kinds_text([kind_of(VISIT)]))
    (tmp_path / "talk.toml").write_text('opening = "Hello"')
    neda = Session.open(place.path, "neda@example.com", clock)
    other = add_lead(neda, "Mina S.", "+1 212 555 0102")
    neda.close()
    reza = Session.open(place.path, "reza@example.com", clock)
    add_note(reza, place.lead.id, "rings back")
    set_reminder(reza, place.lead.id, clock.now + timedelta(hours=2))
    version = open_lead(reza, place.lead.id).lead.version
    reza.close()
    monkeypatch.setenv("LEADTUI_AS", "reza@example.com")
    monkeypatch.setenv("LEADTUI_STORE", str(place))
    monkeypatch.chdir(tmp_path)
    neda = Session.open(place.path, "neda@example.com", clock)
    add_titled(neda, NEED, "First course")
    save_rule(neda, DistributionRule(0, "", "Newest"))
    save_team(neda, Team(0, "", "Nights"))
    save_text(neda, MessageText(0, "", "Greeting", Medium.EMAIL, "Hello {name}", "Hello"))
    define_visits(neda)
    open_case(neda, OpenCase("visit"))
    neda.close()
    named = {
        "NEED": "first_course",
        "RULE": "newest",
        "TEAM": "nights",
        "TEXT": "greeting",
        "FILE": "numbers.csv",
        "LEAD": place.lead.id,
        "OTHER": other.id,
        "TEMPLATE": "template.toml",
        "COPY": copy,
        "STORE": place,
    }
    for granted in (frozenset[Permission](), frozenset(SEEING)):
        allow_agents(place, granted, clock)
        held = set(tmp_path.iterdir())
        for name, (arguments, permissions) in NEEDED.items():
            if granted.intersection(permissions):
                continue
            said = run(*name.split(), *(named.get(each, each) for each in arguments))
            # Who sees no customer is told that first where one is named.
            first = SEEING if not granted and "LEAD" in arguments else permissions
            words = format_list((each.value for each in first), ListStyle.OR)
            assert said == Said(1, "", f"Your profile does not allow this ({words}); ask a supervisor.\n"), (
                name
            )
        assert {each.name for each in set(tmp_path.iterdir()) - held} <= {"desk.db-wal", "desk.db-shm"}
    neda = Session.open(place.path, "neda@example.com", clock)
    opened = open_lead(neda, place.lead.id)
    neda.close()
    assert (opened.lead.version, len(opened.pending)) == (version, 1)


def allow_agents(place: StoreOfTest, granted: frozenset[Permission], clock: MovingClock) -> None:
    """From now on agents may do exactly this."""
    session = Session.open(place.path, "neda@example.com", clock)
    agent = session.definitions.profile(AGENT_PROFILE)
    assert agent is not None
    save_profile(session, replace(agent, permissions=granted), agent)
    session.close()


def test_who_may_not_export_lists_a_page(
    run: Run, place: StoreOfTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = MovingClock()
    neda = Session.open(place.path, "neda@example.com", clock)
    for number in range(120):
        add_lead(neda, f"Customer {number}")
    neda.close()
    allow_agents(place, frozenset(SEEING), clock)
    monkeypatch.setenv("LEADTUI_STORE", str(place))
    assert len(run("leads", "list", "--json").data) == 121
    monkeypatch.setenv("LEADTUI_AS", "reza@example.com")
    told = "Only the first 100: listing more needs the permission exports:run.\n"
    said = run("leads", "list", "--json")
    assert (len(said.data), said.err) == (100, told)
    assert run("leads", "list").err.endswith(told)
    assert run("leads", "list", "--json", "--limit", 5).err == ""
    refused = run("leads", "list", "--limit", 101)
    assert (refused.code, refused.out) == (1, "")
    assert "exports:run" in refused.err
