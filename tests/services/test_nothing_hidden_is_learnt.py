"""What somebody learns who sees their own cartable alone, or their team's: as much as where all other customers never existed.

Two desks begin alike. Sara does the same on both, at random; on one her boss also keeps customers whom she may not see. After each
step of hers all that she can ask for is compared, and so is what each step of hers answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from amounts import small_and_large
from session_making import MovingClock, make_session, status_of
from visits import define_visits

from leadtui.domain.case import CaseLead
from leadtui.domain.message import Medium, MessageState, MessageText
from leadtui.domain.permission import AGENT_PROFILE, Permission, Profile, Scope
from leadtui.domain.team import Team
from leadtui.domain.view import NEWEST, View
from leadtui.errors import Invalid, LeadtuiError, Refused
from leadtui.services import (
    bulk,
    calls,
    cartable,
    cases,
    day,
    do_not_call,
    drafts,
    editing,
    follow_up,
    handing_over,
    lead_merge,
    leads,
    messages,
    outbox,
    presence,
    reminders,
    undo,
)
from leadtui.services.cases import OpenCase
from leadtui.services.colleagues import add_colleague
from leadtui.services.editing import AddLead, EditLead
from leadtui.services.exporting import ExportFormat, export
from leadtui.services.follow_up import SetStatus, StatusOfSeveral
from leadtui.services.lead_list import LeadList
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.services.teams import save_team

STEPS = 12
NOBODYS = 1_000_000
"""No customer has an id from here on."""

NAMES = ("Mina", "Omid", "Sara", "Reza", "Lea")
CITIES = ("Rome", "Oslo", "Boston")
FINDS = ("", "mina", "rome", "+1 212 555 01", "secret", "0171", "reza@secret.example")


@dataclass(slots=True)
class Desk:
    """Sara's desk and her boss's at one store, with the ids of Sara's own customers in the order in which they came."""

    sara: Session
    boss: Session
    own: list[int] = field(default_factory=list[int])
    hidden: list[int] = field(default_factory=list[int])
    hidden_cases: list[int] = field(default_factory=list[int])

    def id_of(self, name: str) -> int:
        """The colleague of that name."""
        return next(each.id for each in self.boss.definitions.colleagues if each.name == name)

    def close(self) -> None:
        self.sara.close()
        self.boss.close()

    def named(self, ids: Sequence[int]) -> list[str]:
        """Customers by their place among Sara's own; one that is none of them is told by the id."""
        return [f"own {self.own.index(each)}" if each in self.own else f"id {each}" for each in ids]

    def plain(self, words: str) -> str:
        """Words without ids: they tell how many rows there are, and of whom they are nothing."""
        return re.sub(
            r"\b(id=|case_id=|lead_id=|reminder_id=|activity_id=|undoes_id=|follow_up_id=|replaces_id=|version=|Customer |case )\d+"
            r"|\b(token=)'\w+'|\{\d+(?=: Lead\()",
            lambda found: found[1] or found[2] or "{",
            words,
        )


@contextmanager
def desks(folder: Path, clock: MovingClock, sees: Scope) -> Generator[tuple[Desk, Desk]]:
    """A desk on which others' customers are, and one on which they never were; Sara `sees` so many customers."""
    made: list[Desk] = []
    withheld = {
        *(Permission.SEE_CUSTOMERS, Permission.SEE_ALL_DAYS, Permission.SEE_BOARD),
        *(Permission.SEE_AUDIT, Permission.ERASE_CUSTOMERS),
    }
    for name in ("whole", "lesser"):
        (folder / name).mkdir(parents=True)
        boss = make_session(folder / name, clock=clock)
        # What she may do, and cases, is everybody's: only who is seen bounds it.
        allowed = Profile(0, "", "Own", frozenset(Permission) - withheld)
        save_profile(boss, allowed.granting({Permission.SEE_CUSTOMERS: sees}))
        add_colleague(boss, "Sara", "sara@example.com", "own")
        add_colleague(boss, "Reza", "reza@example.com", AGENT_PROFILE)
        add_colleague(boss, "Omid", "omid@example.com", AGENT_PROFILE)
        ids = {each.name: each.id for each in boss.definitions.colleagues}
        save_team(boss, Team(0, "", "Evenings", ids["Reza"], (ids["Sara"],)))
        save_team(boss, Team(0, "", "Mornings", ids["Omid"], (boss.actor_id,)))
        define_visits(boss)
        messages.save_text(boss, MessageText(0, "", "Hello", Medium.SMS, "Dear {name} of {city}"))
        sara = Session.open(folder / name / "desk.db", "sara@example.com", clock)
        made.append(Desk(sara, boss))
    yield made[0], made[1]
    for each in made:
        each.close()


def learnt(desk: Desk) -> dict[str, object]:
    """All that Sara can ask for, with her customers named by their places."""
    sara, listed = desk.sara, LeadList(desk.sara)
    told: dict[str, object] = {}
    for find in FINDS:
        for sort in (NEWEST, "name", "city", "phone"):
            told[f"list {find} {sort}"] = desk.named(listed.order(View(find=find, sort=sort)))
    seen = [each for each in desk.own if is_seen(desk, each)]
    opened = [leads.open_lead(sara, each) for each in seen]
    told["opened"] = [
        desk.plain(
            repr((replace(each.lead, id=0), each.timeline, each.pending, each.bans, len(each.sharers)))
        )
        for each in opened
    ]
    told["unseen"] = [answer(desk, lambda each=each: leads.open_lead(sara, each)) for each in desk.hidden[:3]]
    mine = cartable.open_cartable(sara)
    told["cartable"] = (desk.named(mine.order), dict(mine.counts))
    told["given"] = desk.named([each.lead_id for each in cartable.given_to_me(sara)])
    told["reminders"] = desk.plain(repr(reminders.due_reminders(sara))), repr(reminders.next_due(sara))
    told["day"] = desk.plain(repr(day.open_day(sara)))
    told["company"] = repr(presence.company(sara, "sara's"))
    told["chosen"] = len(bulk.select(sara, desk.hidden).ids)
    told["changed"] = presence.changed_by_others(sara, desk.hidden)
    told["cases"] = desk.plain(repr(cases.find_cases(sara))), cases.count_cases(sara)
    told["cases of each"] = [desk.plain(repr(cases.cases_of_lead(sara, each))) for each in seen]
    told["shown cases"] = [
        answer(desk, lambda each=each: cases.show_case(sara, each)) for each in desk.hidden_cases
    ]
    told["messages"] = (
        desk.plain(repr(outbox.list_messages(sara, set(MessageState)))),
        outbox.count_to_look_at(sara),
    )
    told["calls"] = desk.plain(repr(calls.calls_without_outcome(sara)))
    told["merging"] = [
        desk.named([one.lead.id for one in lead_merge.candidates(sara, each, find)])
        for each in seen
        for find in ("", "mina")
    ]
    told["next"] = desk.named(
        [each for each in [presence.take_next(sara, "sara's", desk.own + desk.hidden)] if each]
    )
    told["given away"] = handing_over_answers(desk)
    out = BytesIO()
    export(sara, View(sort="name"), ExportFormat.CSV, out)
    told["export"] = out.getvalue()
    last = undo.last_undoable(sara)
    told["undoable"] = last is not None
    return told


def handing_over_answers(desk: Desk) -> list[str]:
    """What each way to work on somebody says of those whom she does not see."""
    sara = desk.sara
    ways: Sequence[Callable[[int], object]] = (
        lambda one: leads.find_lead(sara, str(one)),
        lambda one: leads.add_note(sara, one, "tea"),
        lambda one: leads.log_call(sara, one, "+16465550110", sara.now(), 3),
        lambda one: bulk.assign(sara, [one], sara.actor_id),
        lambda one: follow_up.set_status_of(sara, [one], StatusOfSeveral(status_of(sara, "voicemail").id)),
        lambda one: messages.queue_messages(sara, [one], 1),
        lambda one: messages.fill_in(sara, one, 1),
        lambda one: reminders.set_reminder(sara, one, sara.now() + timedelta(hours=9)),
        lambda one: do_not_call.forbid(sara, one, "asked"),
        lambda one: lead_merge.compare(sara, one, one + 1),
        lambda one: cases.open_case(sara, OpenCase("visit", (CaseLead("who", one),))),
        lambda one: undo.undo_escalation(sara, one),
        lambda one: handing_over.return_lead(sara, one, "not mine"),
        lambda one: drafts.find_draft(sara, drafts.NOTE_DRAFT, one),
        lambda one: messages.consents_of(sara, one),
    )
    return [answer(desk, lambda way=way, one=one: way(one)) for one in desk.hidden[:1] for way in ways]


def is_seen(desk: Desk, lead_id: int) -> bool:
    """Whether Sara sees the customer by now."""
    with desk.boss.read() as boss, desk.sara.read() as sara:
        return sara.visibility.can_see(boss.lead(lead_id).owner_id)


def answer(desk: Desk, call: Callable[[], object]) -> str:
    """What a call answers Sara, or why it is refused, without ids."""
    try:
        return desk.plain(type(call()).__name__)
    except LeadtuiError as error:
        return f"{type(error).__name__}: {desk.plain(str(error))}"


Step = Callable[[Desk], str]


def own_step(chance: Random, clock: MovingClock) -> Step:
    """Something that Sara does, the same on each desk."""
    name, city = chance.choice(NAMES), chance.choice(CITIES)
    number = f"+1 212 555 010{chance.randrange(8)}"
    place, kind, status = (
        chance.random(),
        chance.randrange(11),
        chance.choice(("no_answer", "voicemail", "call_back")),
    )

    def at(desk: Desk) -> int:
        return desk.own[int(place * len(desk.own))]

    def add(desk: Desk) -> object:
        desk.own.append(
            editing.add_lead(desk.sara, AddLead({"name": name, "phone": number, "city": city})).id
        )
        return name

    def edit(desk: Desk) -> object:
        version = leads.open_lead(desk.sara, at(desk)).lead.version
        return editing.edit_lead(desk.sara, EditLead(at(desk), version, {"city": city, "phone": number}))

    def follow(desk: Desk) -> object:
        lead = leads.open_lead(desk.sara, at(desk)).lead
        return follow_up.set_status(
            desk.sara, SetStatus(lead.id, lead.version, status_of(desk.sara, status).id)
        )

    steps: Sequence[Callable[[Desk], object]] = (
        add,
        edit,
        follow,
        lambda desk: leads.add_note(desk.sara, at(desk), f"{name} likes {city}"),
        lambda desk: reminders.set_reminder(desk.sara, at(desk), clock.now + timedelta(hours=3), "ring"),
        lambda desk: undo.undo(desk.sara),
        lambda desk: bulk.assign(desk.sara, [at(desk)], None if place < 0.5 else desk.boss.actor_id),
        lambda desk: bulk.assign(desk.sara, [at(desk)], desk.id_of("Reza" if place < 0.5 else "Omid")),
        lambda desk: messages.queue_message(desk.sara, at(desk), 1),
        lambda desk: cases.open_case(desk.sara, OpenCase("visit", (CaseLead("who", at(desk)),))),
        lambda desk: leads.log_call(desk.sara, at(desk), "+12125550100", clock.now, 60),
    )

    def step(desk: Desk) -> str:
        return answer(desk, lambda: (steps[kind] if desk.own else add)(desk))

    return step


def hidden_step(desk: Desk, chance: Random, clock: MovingClock) -> None:
    """Something that the boss does with customers whom Sara may not see."""
    boss, kind = desk.boss, chance.randrange(9)
    if kind == 0 or not desk.hidden:
        typed = {
            "name": f"{chance.choice(NAMES)} Secret",
            "phone": f"+1 646 555 01{len(desk.hidden) + 10}",
            "email": f"reza{len(desk.hidden)}@secret.example",
            "city": chance.choice(CITIES),
        }
        desk.hidden.append(editing.add_lead(boss, AddLead(typed, mine=chance.random() < 0.5)).id)
        return
    lead = leads.open_lead(boss, chance.choice(desk.hidden)).lead
    if kind == 1:
        leads.add_note(boss, lead.id, "rings from 0171")
    elif kind == 2:
        follow_up.set_status(boss, SetStatus(lead.id, lead.version, status_of(boss, "no_answer").id))
    elif kind == 3:
        reminders.set_reminder(boss, lead.id, clock.now + timedelta(hours=1), "secret")
    elif kind == 4:
        bulk.assign(boss, [lead.id], desk.id_of("Omid"))
    elif kind == 5:
        opened = cases.open_case(boss, OpenCase("visit", (CaseLead("who", lead.id),), title="secret"))
        desk.hidden_cases.append(opened.case.id)
    elif kind == 6:
        with suppress(Refused):  # calls are forbidden
            messages.queue_message(boss, lead.id, 1)
    elif kind == 7:
        presence.beat(boss, "boss's", lead.id)
    else:
        with suppress(Invalid, Refused):  # it is forbidden already
            do_not_call.forbid(boss, lead.id, "asked for it")


@small_and_large("runs", 1, 60)
@pytest.mark.parametrize("sees", [Scope.NONE, Scope.TEAM])
def test_nothing_is_learnt_of_who_is_hidden(tmp_path: Path, sees: Scope, amount: int) -> None:
    for seed in range(amount):
        clock = MovingClock()
        with desks(tmp_path / str(seed), clock, sees) as (whole, lesser):
            work(whole, lesser, clock, seed)


def test_what_is_not_hidden_is_noticed(tmp_path: Path) -> None:
    clock = MovingClock()
    with (
        desks(tmp_path, clock, Scope.ALL) as (whole, lesser),
        pytest.raises(AssertionError),
    ):
        work(whole, lesser, clock, 0)


def work(whole: Desk, lesser: Desk, clock: MovingClock, seed: int) -> None:
    """Some steps of Sara's on both desks, and of her boss's on the whole one between them."""
    chance, secret = Random(seed), Random(-seed - 1)
    for number in range(STEPS):
        for _each in range(secret.randrange(3)):
            hidden_step(whole, secret, clock)
        lesser.hidden = [NOBODYS + each for each in whole.hidden]
        lesser.hidden_cases = [NOBODYS + each for each in whole.hidden_cases]
        clock.move(minutes=1)
        step = own_step(chance, clock)
        assert step(whole) == step(lesser), (seed, number)
        assert_alike(learnt(whole), learnt(lesser))
    assert whole.hidden


def assert_alike(whole: Mapping[str, object], lesser: Mapping[str, object]) -> None:
    """Raises where something is told otherwise."""
    for what, told in whole.items():
        assert told == lesser[what], what
