"""The demonstration's histories: what was done with a customer, step by step, and why some wait for the person now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from leadtui.demo.scenery import Chance, Scenery
from leadtui.domain.field import AnswerValue, Field, FieldKind
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.domain.workspace import Definitions

_FULL_CARTABLE = 60
"""So many customers a colleague has at most; further ones are lost, won or not yet rung."""

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DemoStep:
    """One step that somebody took. Times are aware UTC; `owner_id` is the colleague it hands the customer to."""

    status: Status
    actor_id: int
    at: datetime
    answers: Mapping[str, AnswerValue]
    note: str
    owner_id: int | None = None
    remind_at: datetime | None = None
    promised: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """Why one customer waits. Times are aware UTC; without `due` nobody is reminded.

    Nobody has `called` a customer who has only just come into the cartable; `handed_on` is one whom a
    colleague gave to the person. A reminder that was `rung` was seen when it was due, one `snoozed_to` a
    time was moved there, one that is `done` was ended.
    """

    due: datetime | None = None
    promised: bool = False
    called: bool = True
    handed_on: bool = False
    rung: bool = False
    snoozed_to: datetime | None = None
    done: bool = False


def situations(now: datetime, zone: str) -> tuple[Situation, ...]:
    """The customers of the cartable as of `now` (aware UTC), the most telling ones first."""
    minute = now.replace(second=0, microsecond=0)
    quarter = minute - timedelta(minutes=minute.minute % 15)
    today = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)

    def minutes(count: int) -> datetime:
        return minute + timedelta(minutes=count)

    def hours(count: float) -> datetime:
        return quarter + timedelta(hours=count)

    def on_day(days: int, hour: int, minute: int = 0) -> datetime:
        return (today + timedelta(days=days, hours=hour, minutes=minute)).astimezone(now.tzinfo)

    never_called = Situation(called=False)
    waiting = Situation()
    return (
        Situation(minutes(0), promised=True),
        never_called,
        Situation(minutes(25)),
        Situation(minutes(-12), rung=True),
        Situation(hours(3), handed_on=True),
        Situation(minutes(-26 * 60)),
        Situation(on_day(1, 10)),
        waiting,
        never_called,
        Situation(minutes(8)),
        Situation(minutes(40), promised=True),
        Situation(minutes(-3 * 60)),
        Situation(minutes(-4 * 60), snoozed_to=hours(1.75)),
        Situation(on_day(2, 11)),
        Situation(minutes(-30 * 60), done=True),
        never_called,
        Situation(minutes(-25), promised=True, rung=True),
        Situation(minutes(2), handed_on=True),
        Situation(hours(5)),
        Situation(on_day(1, 11, 30), promised=True),
        Situation(on_day(3, 16), handed_on=True),
        waiting,
        never_called,
        Situation(on_day(1, 15), handed_on=True),
        Situation(on_day(6, 9, 30)),
        Situation(minutes(-54 * 60), done=True),
        never_called,
    )


class Storyteller:
    """Tells one history after another; the same `chance` tells the same ones."""

    def __init__(
        self, scenery: Scenery, definitions: Definitions, person_id: int, now: datetime, chance: Chance
    ) -> None:
        """`person_id` is who the demonstration is shown to; `now` (aware UTC) is when every history has ended."""
        self._scenery = scenery
        self._statuses = {each.key: each for each in definitions.statuses}
        self._person_id = person_id
        self._colleague_ids = tuple(each.id for each in definitions.colleagues if each.id != person_id)
        self._zone = ZoneInfo(definitions.workspace.zone)
        self._now = now
        self._chance = chance
        self._owned: Counter[int] = Counter()
        self._answers: Mapping[FieldKind, Callable[[Field, datetime], AnswerValue]] = {
            FieldKind.CHOICE: lambda field, _when: chance.one(field.options),
            FieldKind.DATE: lambda _field, when: self._local(when).date().isoformat(),
            FieldKind.TIME: lambda _field, when: self._local(when).time().isoformat("minutes"),
            FieldKind.WEEKDAY: lambda _field, when: self._local(when).weekday(),
            FieldKind.LINK: lambda _field, _when: self._link(),
            FieldKind.MONEY: lambda _field, _when: str(chance.one(scenery.amounts)),
        }

    def ordinary(self, entered_at: datetime) -> list[DemoStep]:
        """The history of a customer of the team: in a colleague's cartable at its end, or in none."""
        keys = self._chance.of(self._scenery.stories)
        times = self._times(entered_at, self._now, len(keys))
        final = self._statuses[keys[-1]].final
        if not times or (
            not final and min(self._owned[each] for each in self._colleague_ids) >= _FULL_CARTABLE
        ):
            return []
        # What has ended may have been the person's own work; what is open is a colleague's.
        actors = (*self._colleague_ids, self._person_id) if final else self._colleague_ids
        actor_id = self._chance.one(actors)
        steps: list[DemoStep] = []
        for place, (key, at) in enumerate(zip(keys, times, strict=True)):
            following = times[place + 1] if place + 1 < len(times) else None
            step = self._step(self._statuses[key], actor_id, at, following)
            steps.append(step)
            actor_id = step.owner_id or actor_id
        if not final:
            self._owned[actor_id] += 1
        return steps

    def of_cartable(self, situation: Situation) -> list[DemoStep]:
        """The history of a customer of the person's own, which ends in that situation."""
        if not situation.called:
            return []
        chance, words, due = self._chance, self._scenery.cartable, situation.due
        keys = words.handed if situation.handed_on else words.reminded if due else words.waiting
        last = self._statuses[chance.one(keys)]
        latest = min(due or self._now, self._now)
        at = self._at_work(latest - timedelta(hours=chance.between(3, 40)), before=latest - _MINUTE)
        if due is None:
            at = self._at_work(latest - timedelta(days=chance.between(1, 9)), before=latest - _MINUTE)
        actor_id = chance.one(self._colleague_ids) if situation.handed_on else self._person_id
        before = [chance.one(words.before) for _each in range(chance.below(5))]
        times = self._times(at - timedelta(days=chance.between(2, 20)), at, len(before))
        steps = [
            self._step(self._statuses[key], actor_id, when, following)
            for key, when, following in zip(before, times, [*times[1:], at], strict=False)
        ]
        meeting = (due or at + timedelta(days=2)) + 30 * _MINUTE
        steps.append(
            DemoStep(
                status=last,
                actor_id=actor_id,
                at=at,
                answers=self._answers_to(last, meeting),
                note=self._note(last),
                owner_id=self._person_id if last.cartable is CartableRule.NEXT else None,
                remind_at=due,
                promised=situation.promised,
            )
        )
        return steps

    def _step(self, status: Status, actor_id: int, at: datetime, following: datetime | None) -> DemoStep:
        """A step with what its status asks for; what it announces comes about at the `following` step, if any."""
        meeting = following or self._at_work(self._now + timedelta(days=self._chance.between(-0.5, 8)))
        meeting -= meeting.minute % 15 * _MINUTE
        reminded = status.reminder is ReminderRule.MUST or (
            status.reminder is ReminderRule.ASK and self._chance.likely(0.6)
        )
        remind_at = max(at + _MINUTE, meeting - 15 * _MINUTE)
        others = [each for each in self._colleague_ids if each != actor_id]
        return DemoStep(
            status=status,
            actor_id=actor_id,
            at=at,
            answers=self._answers_to(status, meeting),
            note=self._note(status),
            owner_id=self._chance.one(others) if status.cartable is CartableRule.NEXT else None,
            remind_at=remind_at if reminded else None,
            promised=reminded and self._chance.likely(0.3),
        )

    def _answers_to(self, status: Status, meeting: datetime) -> dict[str, AnswerValue]:
        answers: dict[str, AnswerValue] = {}
        for field in status.open_fields:
            if not field.required and self._chance.likely(0.4):
                continue
            words = self._scenery.answers.get(f"{status.key}.{field.key}")
            answers[field.key] = (
                self._chance.one(words) if words else self._answers[field.kind](field, meeting)
            )
        return answers

    def _note(self, status: Status) -> str:
        return "" if self._chance.likely(0.2) else self._chance.one(self._scenery.notes[status.key])

    def _link(self) -> str:
        letters = "".join(self._chance.one("abcdefghjkmnpqrstuvwxyz") for _each in range(9))
        return f"https://meet.example.com/{letters[:3]}-{letters[3:6]}-{letters[6:]}"

    def _times(self, start: datetime, end: datetime, count: int) -> list[datetime]:
        """So many moments of work in order between start and end; none where there is no room for them."""
        room = end - start
        if room < count * timedelta(hours=1):
            return []
        parts = sorted(self._chance.part() for _each in range(count))
        times: list[datetime] = []
        for place, part in enumerate(parts):
            earliest = (times[-1] if times else start) + 5 * _MINUTE
            latest = end - (count - place) * 5 * _MINUTE
            wished = self._at_work(start + part * room)
            times.append(min(max(wished, earliest), latest))
        return times

    def _at_work(self, moment: datetime, before: datetime | None = None) -> datetime:
        """The same day between half past nine and five, on a whole minute; as it was where that is not `before`."""
        minute = self._chance.below(450) + 9 * 60 + 30
        midnight = self._local(moment).replace(hour=0, minute=0, second=0, microsecond=0)
        at_work = (midnight + timedelta(minutes=minute)).astimezone(self._now.tzinfo)
        return at_work if before is None or at_work < before else moment

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone)
