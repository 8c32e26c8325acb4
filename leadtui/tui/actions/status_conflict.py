"""A status that somebody else came before with: what differs, and what is saved of whose choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from leadtui.domain.difference import Difference, Side
from leadtui.domain.field import show_answer
from leadtui.domain.lead import Activity, ActivityKind, Lead
from leadtui.domain.status import CartableRule, ReminderRule
from leadtui.language.translate import pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.services.follow_up import SetStatus
from leadtui.services.leads import OpenLead
from leadtui.services.session import Session
from leadtui.tui.dialogs.status_entry import owner_title

STATUS, OWNER, REMIND = "status", "owner", "remind"
_ANSWER = "answer."


@dataclass(frozen=True, slots=True)
class StatusConflict:
    """My step `mine`, decided on as the lead was `seen`, and the lead with its timeline as it is `now`."""

    session: Session
    formatter: Formatter
    mine: SetStatus
    seen: Lead
    now: OpenLead

    def differences(self) -> tuple[Difference, ...]:
        """The status always; of owner, reminder and answers what the two steps say differently."""
        found = [self._status()]
        status = self.session.definitions.status(self.mine.status_id)
        if status is None:
            return tuple(found)
        theirs = self.now.lead
        if status.cartable is CartableRule.NEXT and theirs.owner_id not in (None, self.mine.owner_id):
            people = [
                self._person(each) for each in (self.seen.owner_id, self.mine.owner_id, theirs.owner_id)
            ]
            found.append(_difference(OWNER, owner_title(status), *people))
        if self._reminders_differ() and status.reminder is not ReminderRule.NO:
            times = [self._moment(each) for each in (self.seen.next_at, self.mine.remind_at, theirs.next_at)]
            found.append(_difference(REMIND, pgettext("field", "Reminder"), *times))
        return (*found, *self._answers())

    def command(self, chosen: Mapping[str, Side]) -> SetStatus | None:
        """My step on the newest version with what is kept of theirs; None where their status stays."""
        if chosen.get(STATUS) is Side.THEIRS:
            return None
        theirs = {f"{_ANSWER}{key}": text for key, (_title, text) in self._their_answers().items()}
        answers = {
            key: theirs.get(f"{_ANSWER}{key}", text) if chosen.get(f"{_ANSWER}{key}") is Side.THEIRS else text
            for key, text in self.mine.answers.items()
        }
        lead = self.now.lead
        return replace(
            self.mine,
            version=lead.version,
            seen=lead,
            answers=answers,
            owner_id=lead.owner_id if chosen.get(OWNER) is Side.THEIRS else self.mine.owner_id,
            remind_at=lead.next_at if chosen.get(REMIND) is Side.THEIRS else self.mine.remind_at,
        )

    def reminder_beside(self, chosen: Mapping[str, Side]) -> datetime | None:
        """The reminder that I keep although their status stays."""
        kept = chosen.get(STATUS) is Side.THEIRS and chosen.get(REMIND) is Side.MINE
        return self.mine.remind_at if kept else None

    def _status(self) -> Difference:
        mine = self.mine.status_id
        titles = [self._title(each) for each in (self.seen.status_id, mine, self.now.lead.status_id)]
        return _difference(STATUS, pgettext("field", "Status"), *titles)

    def _answers(self) -> list[Difference]:
        their = self._their_answers()
        return [
            Difference(f"{_ANSWER}{key}", their[key][0], text, their[key][1])
            for key, text in self.mine.answers.items()
            if key in their and their[key][1] != text
        ]

    def _their_answers(self) -> dict[str, tuple[str, str]]:
        """Title and text of what they answered, by field key, where they set the same status."""
        told = self._their_step()
        if told is None or told.detail.status_to_id != self.mine.status_id:
            return {}
        context = self.session.format_context()
        return {
            each.key: (each.title, show_answer(each.kind, each.value, context))
            for each in told.detail.answers
        }

    def _their_step(self) -> Activity | None:
        entries = self.now.timeline
        return next(
            (each for each in entries if each.kind is ActivityKind.STATUS_SET and not each.undone), None
        )

    def _reminders_differ(self) -> bool:
        mine, theirs = self.mine.remind_at, self.now.lead.next_at
        return (
            mine is not None and theirs not in (None, mine, self.seen.next_at) and theirs > self.session.now()
        )

    def _title(self, status_id: int | None) -> str:
        return self.formatter.status(status_id)

    def _person(self, user_id: int | None) -> str:
        return pgettext("person", "nobody") if user_id is None else self.formatter.person(user_id)

    def _moment(self, at: datetime | None) -> str:
        return "" if at is None else self.formatter.moment(at)


def _difference(key: str, title: str, was: str, mine: str, theirs: str) -> Difference:
    return Difference(key, title, mine, theirs, was=was)
