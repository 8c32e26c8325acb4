"""The words of the cartable's *Why* column: why a customer waits, in a few cells."""

from __future__ import annotations

from datetime import datetime

from leadtui.domain.cartable import CartableEntry, Urgency
from leadtui.language.calendar import Calendar, local_date, show_date, show_relative, show_time, weekday_name
from leadtui.language.translate import N_, catalogue, mark_plural, show_number, spoken
from leadtui.services.cartable import CartableReason

_DAYS_OF_A_WEEK = 7


def why(reason: CartableReason, now: datetime, language: str, calendar: Calendar, zone: str) -> str:
    """Why the customer waits, as of `now` (aware) and the days of the IANA `zone`: `12 min late`, `promised 10:45`.

    At most 14 cells in English, but for days of another year. Said in `language` where the program has its sentences, else in English.
    """
    words = _Spoken(spoken(language), calendar, zone)
    next_at = reason.entry.next_at
    if next_at is None:
        if reason.urgency is Urgency.NEVER_CONTACTED:
            return words.say(N_("never called"))
        return words.waiting(reason.entry, now)
    if reason.entry.promised:
        return words.promised(next_at, now)
    match reason.urgency:
        case Urgency.OVERDUE | Urgency.SOON:
            if abs(next_at - now).total_seconds() < 30:
                return words.say(N_("due now"))
            return show_relative(next_at, now, words.language, due=True)
        case _:
            return words.coming(next_at, now)


class _Spoken:
    """One way of saying times: a language that the program has sentences in, a calendar, a zone."""

    def __init__(self, language: str, calendar: Calendar, zone: str) -> None:
        self.language = language
        self._calendar: Calendar = calendar
        self._zone = zone
        self._sentences = catalogue(language)

    def say(self, sentence: str) -> str:
        return self._sentences.gettext(sentence)

    def promised(self, moment: datetime, now: datetime) -> str:
        """A promise with its hour if it is for today, else with its weekday while that says the day."""
        distance = self._days(moment, now)
        if distance == 0:
            when = show_time(moment, self.language, self._zone)
        elif abs(distance) < _DAYS_OF_A_WEEK:
            when = self._weekday(moment, short=True)
        else:
            return self.say(N_("promised"))
        return self.say(N_("promised {when}")).format(when=when)

    def coming(self, moment: datetime, now: datetime) -> str:
        """A time to come: with its hour today, a weekday within a week, then the date."""
        distance = self._days(moment, now)
        if distance == 0:
            return self.say(N_("today {time}")).format(time=show_time(moment, self.language, self._zone))
        if distance == 1:
            return self.say(N_("tomorrow"))
        return self._weekday(moment, short=False) if distance < _DAYS_OF_A_WEEK else self._date(moment, now)

    def waiting(self, entry: CartableEntry, now: datetime) -> str:
        """For how many days the customer has been in the cartable without a reminder."""
        days = 0 if entry.owner_at is None else self._days(now, entry.owner_at)
        if days <= 0:
            return self.say(N_("waiting"))
        return self._sentences.ngettext(*_WAITING, days).format(n=show_number(days, self.language))

    def _days(self, later: datetime, earlier: datetime) -> int:
        return (local_date(later, self._zone) - local_date(earlier, self._zone)).days

    def _weekday(self, moment: datetime, *, short: bool) -> str:
        return weekday_name(local_date(moment, self._zone).weekday(), self.language, short=short)

    def _date(self, moment: datetime, now: datetime) -> str:
        today = local_date(now, self._zone)
        return show_date(moment, self._calendar, self.language, zone=self._zone, today=today)


_WAITING = mark_plural("waits {n} day", "waits {n} days")
