"""The demonstration: a throw-away store with believable customers, colleagues, histories and reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from leadtui.demo.cases import open_cases
from leadtui.demo.people import DemoPeople
from leadtui.demo.scenery import Chance, Scenery, load_scenery
from leadtui.demo.stories import DemoStep, Situation, Storyteller, situations
from leadtui.domain.field import answer_from, edit_text
from leadtui.domain.follow_up import NO_NEXT_STEP_LIMIT, FollowUp, owner_after
from leadtui.domain.lead import Lead
from leadtui.domain.status import Status
from leadtui.domain.workspace import WorkspaceKind
from leadtui.errors import Invalid
from leadtui.language.translate import _, counted, format_list
from leadtui.services.colleagues import add_colleague
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import log_call, open_lead
from leadtui.services.reminders import acknowledge, mark_shown, snooze
from leadtui.services.session import Clock, Session, system_clock
from leadtui.services.templates import load_template
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.lead_writing import NewLead, PastStep, insert_histories, insert_leads

TEMPLATES = {"en": "sales", "fa": "hesin-haseb", "ar": "sahab"}
"""The languages of the demonstration, each with the template that its workspace is made from."""

_REGISTERED = {"en": "12-3456789", "fa": "14000012340", "ar": "7001234567"}
"""Numbers in the form of each country, under which nobody is registered."""

DEMO_LANGUAGES = tuple(TEMPLATES)

MOST_CUSTOMERS = 1_000_000

_TOLD_BY_SERVICES = 25
"""So many of the newest histories are lived through as at the desk; the others are written in bulk."""

_WITH_CASES = 100
"""So many customers a demonstration has at least in which there are cases; fewer do not fill their roles."""

_TYPED_IN = frozenset({"by_hand", "referral", "phone_call"})
"""The channels whose customers somebody of the team types in."""

_AT_ONCE = 20_000
_WEEKS = timedelta(days=42)
_YEARS = timedelta(days=730)
_A_DAY_HOLDS = 25


def build_demo(
    where: str | Path,
    language: str = "en",
    customers: int = 240,
    clock: Clock = system_clock,
    seed: int = 1403,
) -> Session:
    """Make the store and open it as its owner. The same clock and seed make the same store.

    Raises Invalid for a language without a demonstration or an impossible number of customers.
    """
    if language not in TEMPLATES:
        raise Invalid(
            _("There is no demonstration in “{language}”. There are: {known}.").format(
                language=language, known=format_list(TEMPLATES)
            ),
            "language",
        )
    if not 1 <= customers <= MOST_CUSTOMERS:
        raise Invalid(
            _("A demonstration has from 1 to {most} customers.").format(most=counted(MOST_CUSTOMERS)),
            "customers",
        )
    scenery = load_scenery(language)
    template = load_template(TEMPLATES[language])
    business = replace(
        template.workspace,
        kind=WorkspaceKind.BUSINESS,
        registered_name=template.workspace.title,
        registered_number=_REGISTERED[language],
    )
    template = replace(template, workspace=business)
    session = Session.create(where, template, scenery.person.name, scenery.person.email, clock)
    for each in scenery.colleagues:
        add_colleague(session, each.name, each.email)
    _Demonstration(session, scenery, session.now(), Chance(seed)).fill(customers)
    return session


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A customer who has come in, and what was done with them since."""

    lead_id: int
    steps: Sequence[DemoStep]
    situation: Situation | None = None


class _Demonstration:
    """Fills one workspace."""

    def __init__(self, session: Session, scenery: Scenery, now: datetime, chance: Chance) -> None:
        self._session = session
        self._scenery = scenery
        self._now = now
        self._chance = chance
        self._people = DemoPeople(scenery, session.definitions, chance)
        self._stories = Storyteller(scenery, session.definitions, session.actor.id, now, chance)
        self._workers = tuple(each.id for each in session.definitions.colleagues)
        self._typed = {each.id for each in session.definitions.channels if each.key in _TYPED_IN}
        self._moment = now
        self._desks = {each: self._desk_of(each) for each in self._workers}

    def fill(self, customers: int) -> None:
        """Write so many customers, those of the person's cartable last."""
        own = situations(self._now, self._session.workspace.zone)[: max(1, customers // 8)]
        arrivals = sorted(self._arrival(customers) for _each in range(customers - len(own)))
        for start in range(0, len(arrivals), _AT_ONCE):
            chunk = arrivals[start : start + _AT_ONCE]
            self._write_team(chunk, lived=_TOLD_BY_SERVICES if start + _AT_ONCE >= len(arrivals) else 0)
        self._write_cartable(own)
        me = self._session.actor.id
        told = self._scenery.cases if customers >= _WITH_CASES else ()
        open_cases(self._session, told, self._now, lambda moment: self._session_for(me, moment))

    def _arrival(self, customers: int) -> datetime:
        """When an ordinary customer came in: the more of them, the longer ago it began."""
        chance = self._chance
        span = min(_YEARS, max(_WEEKS, timedelta(days=customers / _A_DAY_HOLDS)))
        ago = span * chance.part() ** 1.4
        moment = self._now - ago
        minute = 8 * 60 + chance.below(12 * 60) if chance.likely(0.75) else chance.below(24 * 60)
        midnight = moment.astimezone(ZoneInfo(self._session.workspace.zone)).replace(
            hour=0, minute=0, second=chance.below(60), microsecond=0
        )
        wished = (midnight + timedelta(minutes=minute)).astimezone(self._now.tzinfo)
        return wished if wished < self._now else moment

    def _write_team(self, arrivals: Sequence[datetime], lived: int) -> None:
        """Write customers of the team; the newest `lived` histories are told by the services."""
        rows = [self._people.customer(entered_at) for entered_at in arrivals]
        stories = [
            self._stories.ordinary(each) if self._chance.likely(_worked(self._now - each)) else []
            for each in arrivals
        ]
        with self._session.write() as tx:
            ids = self._insert(tx, rows)
            chapters = [_Chapter(each, steps) for each, steps in zip(ids, stories, strict=True) if steps]
            bulk = chapters[: max(0, len(chapters) - lived)]
            insert_histories(
                tx,
                self._session.workspace.zone,
                [_past(each, self._session.workspace.zone) for each in bulk],
            )
        for each in chapters[len(bulk) :]:
            self._live(each)

    def _write_cartable(self, own: Sequence[Situation]) -> None:
        """Write the person's customers and live through their histories."""
        stories = [self._stories.of_cartable(each) for each in own]
        rows = [
            self._people.customer(steps[0].at - timedelta(minutes=20 + self._chance.below(3000)))
            if steps
            else self._people.customer(
                self._now - timedelta(minutes=10 + self._chance.below(1200)), self._session.actor.id
            )
            for steps in stories
        ]
        with self._session.write() as tx:
            ids = self._insert(tx, rows)
        for lead_id, steps, situation in zip(ids, stories, own, strict=True):
            self._live(_Chapter(lead_id, steps, situation))

    def _insert(self, tx: WorkspaceConnection, rows: Sequence[NewLead]) -> list[int]:
        """Write customers as coming from outside, or as typed in by somebody of the team; ids in their order."""
        by_writer: dict[int | None, list[int]] = {}
        for place, row in enumerate(rows):
            writer = (
                self._chance.one(self._workers) if row.values["channel_first_id"] in self._typed else None
            )
            by_writer.setdefault(writer, []).append(place)
        ids = [0] * len(rows)
        for writer, places in by_writer.items():
            some = [rows[place] for place in places]
            written = insert_leads(tx, some, self._now, writer)
            for place, lead_id in zip(places, written, strict=True):
                ids[place] = lead_id
        return ids

    def _live(self, chapter: _Chapter) -> None:
        """Do step by step what was done, at the desk of who did it and by the clock of then."""
        lead = open_lead(self._session, chapter.lead_id).lead
        for step in chapter.steps:
            session = self._session_for(step.actor_id, step.at)
            if self._chance.likely(0.4):
                seconds = 20 + self._chance.below(220)
                lead = log_call(session, lead.id, lead.phone, step.at - timedelta(seconds=seconds), seconds)
            lead = set_status(session, _command(session, lead, step))
        if chapter.situation is not None and chapter.situation.due is not None:
            self._treat_reminder(lead, chapter.situation, chapter.situation.due)

    def _treat_reminder(self, lead: Lead, situation: Situation, due: datetime) -> None:
        """What the person did with the reminder when it came due."""
        reminder = open_lead(self._session, lead.id).pending[0]
        person_id = self._session.actor.id
        if situation.rung or situation.done or situation.snoozed_to:
            mark_shown(self._session_for(person_id, due), [reminder.id])
        if situation.snoozed_to is not None:
            snooze(
                self._session_for(person_id, due + timedelta(minutes=2)), reminder.id, situation.snoozed_to
            )
        if situation.done:
            acknowledge(self._session_for(person_id, due + timedelta(minutes=6)), reminder.id)

    def _desk_of(self, user_id: int) -> Session:
        return Session(self._session.store, self._session.definitions, user_id, lambda: self._moment)

    def _session_for(self, user_id: int, moment: datetime) -> Session:
        """The desk of somebody of the team, where it is that moment."""
        self._moment = moment
        return self._desks[user_id]


def _worked(age: timedelta) -> float:
    """How likely a customer who came in so long ago has been rung."""
    if age < timedelta(hours=3):
        return 0
    return 0.25 if age < timedelta(days=1) else 0.5


def _command(session: Session, lead: Lead, step: DemoStep) -> SetStatus:
    """The step as a person types it."""
    kinds = {each.key: each.kind for each in step.status.open_fields}
    context = session.format_context()
    return SetStatus(
        lead_id=lead.id,
        version=lead.version,
        status_id=step.status.id,
        answers={key: edit_text(kinds[key], value, context) for key, value in step.answers.items()},
        owner_id=step.owner_id,
        remind_at=step.remind_at,
        promised=step.promised,
        note=step.note,
        no_next_step=_why_left(step),
    )


def _why_left(step: DemoStep) -> str:
    """Who waits with nothing planned was left so for what is noted of them."""
    return (step.note or step.status.title)[:NO_NEXT_STEP_LIMIT]


def _past(chapter: _Chapter, zone: str) -> list[PastStep]:
    """The steps with all that each of them changed."""
    past: list[PastStep] = []
    before: Status | None = None
    owner_id: int | None = None
    attempts = 0
    for step in chapter.steps:
        owner_to_id = owner_after(step.status, owner_id, step.owner_id, step.actor_id)
        fields = {each.key: each for each in step.status.fields}
        retry = step.status.retry
        attempts = attempts + 1 if retry else 0
        attempt = None if step.remind_at else retry.next_attempt(attempts, step.at, zone)
        remind_at = step.remind_at or attempt
        kept = owner_to_id is not None and owner_to_id in (owner_id, step.actor_id)
        unplanned = kept and remind_at is None and not step.status.final
        change = FollowUp(
            lead_id=chapter.lead_id,
            actor_id=step.actor_id,
            at=step.at,
            status_from_id=before.id if before else None,
            status_to=step.status,
            answers=tuple(answer_from(fields[key], value) for key, value in step.answers.items()),
            note=step.note,
            owner_from_id=owner_id,
            owner_to_id=owner_to_id,
            remind_at=remind_at,
            reminder_owner_id=(owner_to_id or step.actor_id) if remind_at else None,
            attempts=attempts,
            planned=attempt is not None,
            most_attempts=retry.most if retry else 0,
            unplanned=unplanned,
            no_next_step=_why_left(step) if unplanned else "",
        )
        past.append(PastStep(change, change.detail(before), step.promised))
        before, owner_id = step.status, owner_to_id
    return past
