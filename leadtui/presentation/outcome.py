"""What saving a step will do, in words: the sentences that the person reads before they save."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leadtui.domain.field import FormatContext
from leadtui.domain.follow_up import FollowUp
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.language import calendar
from leadtui.language.text import safe
from leadtui.language.translate import _, ngettext, pgettext, show_number
from leadtui.presentation.formatter import DAYS_BY_NAME


def outcome_sentences(
    plan: FollowUp | None,
    definitions: Definitions,
    context: FormatContext,
    actor: Colleague,
    *,
    promised: bool = False,
    owner_title: str = "",
    emphasis: tuple[str, str] = ("", ""),
) -> str:
    """What `plan` does, in whole sentences that `actor` reads.

    No plan means that nobody is named yet who takes the customer on; `owner_title` is then what the form calls
    them. `emphasis` is put around names and times, so that a screen can mark them.
    """
    if plan is None:
        return _("Moves to a colleague's cartable: say whose under “{owner}”.").format(
            owner=safe(owner_title) or pgettext("field", "Next owner")
        )
    return _Outcome(plan, definitions, context, actor, promised, emphasis).sentences()


@dataclass(frozen=True, slots=True)
class _Outcome:
    plan: FollowUp
    definitions: Definitions
    context: FormatContext
    actor: Colleague
    promised: bool
    emphasis: tuple[str, str]

    def sentences(self) -> str:
        parts = [self._where(), self._leaves(), self._reminded(), self._attempt(), self._unplanned()]
        parts += self._other_reminders()
        return " ".join(part for part in parts if part)

    def _where(self) -> str:
        """Whose cartable the customer is in afterwards, with the reminder where its owner is that person."""
        before, after = self.plan.owner_from_id, self.plan.owner_to_id
        if after is None:
            return _("Stays in nobody's cartable.") if before is None else _("Leaves every cartable.")
        if after == self.actor.id:
            words = self._stays_in_mine() if before == after else self._comes_into_mine()
        else:
            words = self._stays_in_theirs() if before == after else self._moves_to_theirs()
        return words.format(name=self._name(after), when=self._when())

    def _stays_in_mine(self) -> str:
        return self._as_reminded(
            _("Stays in your cartable."),
            _("Stays in your cartable with a reminder {when}."),
            _("Stays in your cartable with a reminder on {when}."),
            _("Stays in your cartable with a call promised for {when}."),
        )

    def _comes_into_mine(self) -> str:
        return self._as_reminded(
            _("Comes into your cartable."),
            _("Comes into your cartable with a reminder {when}."),
            _("Comes into your cartable with a reminder on {when}."),
            _("Comes into your cartable with a call promised for {when}."),
        )

    def _stays_in_theirs(self) -> str:
        return self._as_reminded(
            _("Stays in {name}'s cartable."),
            _("Stays in {name}'s cartable with a reminder {when}."),
            _("Stays in {name}'s cartable with a reminder on {when}."),
            _("Stays in {name}'s cartable with a call promised for {when}."),
        )

    def _moves_to_theirs(self) -> str:
        return self._as_reminded(
            _("Moves to {name}'s cartable."),
            _("Moves to {name}'s cartable with a reminder {when}."),
            _("Moves to {name}'s cartable with a reminder on {when}."),
            _("Moves to {name}'s cartable with a call promised for {when}."),
        )

    def _as_reminded(self, without: str, near: str, on_a_day: str, promised: str) -> str:
        """A day of the calendar takes a preposition in English, today and tomorrow take none."""
        if self.plan.remind_at is None or self.plan.planned:
            return without
        if self.promised:
            return promised
        return near if self.context.days_ahead(self.plan.remind_at) <= 1 else on_a_day

    def _attempt(self) -> str:
        """Which attempt in a row this was, and whether another one follows."""
        n, most = (
            show_number(each, self.context.language) for each in (self.plan.attempts, self.plan.most_attempts)
        )
        if self.plan.planned:
            words = _("Attempt {n} of {most}; the next one is planned for {when}.")
            return words.format(n=n, most=most, when=self._when())
        if self.plan.used_up:
            words = _("Attempt {n} of {most}, the last one: the status is then “{status}”.")
            return words.format(n=n, most=most, status=safe(self.plan.status_to.title))
        return ""

    def _unplanned(self) -> str:
        """That nothing is planned, where a person gave a reason."""
        return _("It is left without a next step.") if self.plan.no_next_step else ""

    def _leaves(self) -> str:
        before, after = self.plan.owner_from_id, self.plan.owner_to_id
        if before is None or after is None or before == after:
            return ""
        if before == self.actor.id:
            return _("Leaves yours.")
        return _("Leaves {name}'s.").format(name=self._name(before))

    def _reminded(self) -> str:
        """Who is reminded of a customer that is in nobody's cartable."""
        if self.plan.remind_at is None or self.plan.planned or self.plan.owner_to_id is not None:
            return ""
        words = self._as_reminded(
            "",
            _("You are reminded {when}."),
            _("You are reminded on {when}."),
            _("You are reminded of the call promised for {when}."),
        )
        return words.format(when=self._when())

    def _other_reminders(self) -> list[str]:
        done, cancelled, moved = len(self.plan.acknowledges), len(self.plan.cancels), len(self.plan.moves)
        replaced = len(self.plan.replaces)
        counted = (
            (
                done,
                _("The reminder that was due is done.")
                if done == 1
                else ngettext("{n} due reminder is done.", "{n} due reminders are done.", done),
            ),
            (cancelled, ngettext("{n} reminder is cancelled.", "{n} reminders are cancelled.", cancelled)),
            (
                replaced,
                _("It replaces the reminder of an earlier step.")
                if replaced == 1
                else ngettext(
                    "It replaces {n} reminder of earlier steps.",
                    "It replaces {n} reminders of earlier steps.",
                    replaced,
                ),
            ),
            (moved, ngettext("{n} reminder moves along.", "{n} reminders move along.", moved)),
        )
        return [words.format(n=show_number(n, self.context.language)) for n, words in counted if n]

    def _name(self, user_id: int) -> str:
        person = self.definitions.colleague(user_id)
        return self._emphasised(safe(person.name) if person else pgettext("person", "somebody"))

    def _when(self) -> str:
        return self._emphasised(show_when(self.plan.remind_at, self.context)) if self.plan.remind_at else ""

    def _emphasised(self, words: str) -> str:
        before, after = self.emphasis
        return f"{before}{words}{after}"


def show_when(moment: datetime, context: FormatContext) -> str:
    """A moment of the coming week by its weekday, `Saturday 09:30`; any other as near as it is."""
    if not 1 < context.days_ahead(moment) < DAYS_BY_NAME:
        return calendar.show_moment(moment, context.calendar, context.language, context.zone, context.now)
    return pgettext("pattern", "{weekday} {time}").format(
        weekday=calendar.weekday_name(calendar.local_date(moment, context.zone).weekday(), context.language),
        time=calendar.show_time(moment, context.language, context.zone),
    )
