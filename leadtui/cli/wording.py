"""How customers, reminders and timelines read as plain text, in the person's language and calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from leadtui.domain.field import show_answer
from leadtui.domain.lead import Activity, ActivityDetail, ActivityKind, Lead, LeadNumber
from leadtui.domain.lead_entry import change_title
from leadtui.domain.reminder import Reminder, ReminderKind
from leadtui.domain.visibility import hidden_words
from leadtui.language import calendar, translate
from leadtui.language.phone import show_phone
from leadtui.language.translate import _, show_number, spoken

if TYPE_CHECKING:
    from leadtui.services.session import Session

NOTHING = "–"
"""What stands where there is no owner, no reminder, no answer."""

DO_NOT_CALL = "⊘"
"""Stands before a number that must not be rung."""


def counted(number: int) -> str:
    """A number in the digits of the language that the program speaks."""
    return show_number(number, spoken(translate.language()))


class Wording:
    """Words for one session as of one moment."""

    def __init__(self, session: Session) -> None:
        """The definitions, the language and the calendar are the session's; the moment is its present one."""
        self._session = session
        self._format_context = session.format_context()
        self._now = self._format_context.now

    def day(self, at: datetime) -> str:
        """A day in figures."""
        session = self._session
        return calendar.show_date(
            at, session.calendar, session.language, zone=session.workspace.zone, style="numeric"
        )

    def moment(self, at: datetime | None) -> str:
        """A moment as near as it is."""
        session = self._session
        if at is None:
            return NOTHING
        return calendar.show_moment(at, session.calendar, session.language, session.workspace.zone, self._now)

    def full_moment(self, at: datetime) -> str:
        """A moment in full: weekday, date with its year, time and zone."""
        session = self._session
        return _("{day} {time} ({zone})").format(
            day=calendar.show_date(
                at, session.calendar, session.language, zone=session.workspace.zone, style="long"
            ),
            time=calendar.show_time(at, session.language, session.workspace.zone),
            zone=session.workspace.zone,
        )

    def person(self, user_id: int | None) -> str:
        """A colleague's name."""
        if user_id is None:
            return NOTHING
        person = self._session.definitions.colleague(user_id)
        return person.name if person else _("somebody")

    def status(self, status_id: int | None) -> str:
        """A status by glyph and title."""
        status = self._session.definitions.status(status_id)
        return f"{status.glyph} {status.title}" if status else _("New")

    def channel(self, channel_id: int | None) -> str:
        """An entry channel's title."""
        channel = self._session.definitions.channel(channel_id)
        return channel.title if channel else ""

    def phone(self, e164: str) -> str:
        """A number grouped for reading, as at home in the workspace's region."""
        return show_phone(e164, self._session.workspace.region) if e164 else ""

    def lead_phone(self, lead: Lead) -> str:
        """The number that is rung, or that it is hidden; either says so where it must not be rung."""
        if lead.numbers_hidden:
            return f"{DO_NOT_CALL} {hidden_words()}" if lead.do_not_call else hidden_words()
        return self.callable_phone(lead.phone, do_not_call=lead.do_not_call)

    def callable_phone(self, e164: str, *, do_not_call: bool) -> str:
        """A number, which says so where it must not be rung."""
        shown = self.phone(e164)
        return f"{DO_NOT_CALL} {shown}" if do_not_call else shown

    def lead_fields(self, lead: Lead) -> list[tuple[str, str]]:
        """Every field of a customer that has a value, the workspace's own included, with its title."""
        need = self._session.definitions.need(lead.need_id)
        given = [
            (_("Id"), str(lead.id)),
            (_("Name"), lead.name),
            (_("City"), lead.city),
            *self._numbers(lead),
            (_("E-mail"), hidden_words() if lead.numbers_hidden else lead.email),
            (_("Date"), f"{self.day(lead.entered_at)} {self._time(lead.entered_at)}"),
            (_("Grade"), lead.grade),
            (_("Major"), lead.major),
            (_("Entry channel"), self._channels(lead)),
            (_("Status"), self.status(lead.status_id)),
            (_("Calls"), _("do not call") if lead.do_not_call else ""),
            (_("Cartable"), self.person(lead.owner_id)),
            (_("Need"), need.title if need else ""),
            (_("Referrer"), lead.referrer),
            (_("Next"), self.moment(lead.next_at) if lead.next_at else ""),
            *self._custom(lead),
        ]
        return [(title, value) for title, value in given if value]

    def reminder_words(self, reminder: Reminder) -> str:
        """A reminder in one line."""
        kind = _("callback") if reminder.kind is ReminderKind.CALLBACK else _("reminder")
        parts = (self.moment(reminder.due), kind, self.person(reminder.owner_id), reminder.note)
        return "  ".join(part for part in parts if part)

    def activity_words(self, activity: Activity) -> str:
        """One entry of a timeline in one line: when, who, what."""
        actor = self.person(activity.actor_id) if activity.actor_id is not None else "leadtui"
        words = [self.day(activity.at), self._time(activity.at), actor]
        return "  ".join([*words, *(part for part in self._happened(activity) if part)])

    def _time(self, at: datetime) -> str:
        return calendar.show_time(at, self._session.language, self._session.workspace.zone)

    def _numbers(self, lead: Lead) -> list[tuple[str, str]]:
        if lead.numbers_hidden:
            return [(_("Phone"), hidden_words())]
        titles = [_("Phone"), *[_("Further number")] * max(len(lead.numbers) - 1, 0)]
        numbers = lead.numbers or (LeadNumber(lead.phone, ""),)
        return [(title, self._number(number)) for title, number in zip(titles, numbers, strict=True)]

    def _number(self, number: LeadNumber) -> str:
        shown = self.phone(number.e164)
        if not number.extension:
            return shown
        return _("{number} ext. {extension}").format(number=shown, extension=number.extension)

    def _channels(self, lead: Lead) -> str:
        latest, first = self.channel(lead.channel_latest_id), self.channel(lead.channel_first_id)
        if not first or first == latest:
            return latest
        return _("{latest} (first {channel})").format(latest=latest, channel=first)

    def _custom(self, lead: Lead) -> list[tuple[str, str]]:
        return [
            (each.title, show_answer(each.kind, lead.custom[each.key], self._format_context))
            for each in self._session.definitions.open_fields
            if each.key in lead.custom
        ]

    def _happened(self, activity: Activity) -> list[str]:
        detail = activity.detail
        told: dict[ActivityKind, Callable[[], list[str]]] = {
            ActivityKind.STATUS_SET: lambda: self._status_set(detail),
            ActivityKind.TRANSFERRED: lambda: [self._transfer(detail)],
            ActivityKind.NOTE: list[str],
            ActivityKind.EDITED: lambda: self._changes(detail),
            ActivityKind.MERGED: lambda: [
                _("{lost} was merged into {kept}").format(lost=detail.lost_name, kept=detail.kept_name),
                *self._changes(detail),
            ],
            ActivityKind.CREATED: lambda: [
                _("came in by {channel}").format(channel=detail.channel) if detail.channel else _("came in"),
                detail.source,
            ],
            ActivityKind.TOUCHED: lambda: [
                _("came again by {channel}").format(channel=detail.channel)
                if detail.channel
                else _("came again"),
                *self._changes(detail),
            ],
            ActivityKind.CALL: lambda: [
                _("rang a hidden number")
                if detail.numbers_hidden
                else _("rang {number}").format(number=self.phone(detail.text)),
                _length(detail),
            ],
            ActivityKind.CALL_IN: lambda: [
                _("rang us") if detail.answered is not False else _("rang us, nobody answered"),
                _length(detail),
            ],
            ActivityKind.CALL_OUT: lambda: [
                _("was rung") if detail.answered is not False else _("was rung, no answer"),
                _length(detail),
            ],
            ActivityKind.REMINDER_SET: lambda: [
                _("reminder {when}").format(when=self.moment(detail.reminder_at))
            ],
            ActivityKind.REMINDER_DONE: lambda: [
                _("reminder of {when} done").format(when=self.moment(detail.reminder_was))
            ],
            ActivityKind.REMINDER_MOVED: lambda: [
                _("reminder moved to {when}").format(when=self.moment(detail.reminder_at))
            ],
            ActivityKind.REMINDER_CANCELLED: lambda: [
                _("reminder of {when} cancelled").format(when=self.moment(detail.reminder_was))
            ],
            ActivityKind.UNDONE: lambda: self._undone(detail),
            ActivityKind.CALLS_FORBIDDEN: lambda: [_("calls forbidden"), self._listed(detail)],
            ActivityKind.CALLS_ALLOWED: lambda: [
                _("calls allowed again"),
                f"{detail.status_from} → {detail.status_to}" if detail.status_from else "",
                self._listed(detail),
            ],
        }
        quoted = [] if activity.kind is ActivityKind.CALL or not detail.text else [f"“{detail.text}”"]
        undone = [_("(taken back)")] if activity.undone else []
        return [*told[activity.kind](), *quoted, *undone]

    def _undone(self, detail: ActivityDetail) -> list[str]:
        words = [_("took back")]
        if detail.undoes_kind == ActivityKind.NOTE.value:
            words.append(_("the note"))
        if detail.undoes_kind == ActivityKind.MERGED.value:
            words.append(_("{name} is a customer of their own again").format(name=detail.lost_name))
        if detail.undoes_kind == ActivityKind.CALLS_FORBIDDEN.value:
            words.append(_("calls are allowed again"))
        if detail.undoes_kind == ActivityKind.CALLS_ALLOWED.value:
            words.append(_("calls are forbidden again"))
        if detail.undoes_kind == ActivityKind.STATUS_SET.value:
            words.append(f"{detail.status_from or _('New')} → {detail.status_to or _('New')}")
        if detail.owner_from_id is not None or detail.owner_to_id is not None:
            words.append(self._transfer(detail))
        words += self._changes(detail)
        if detail.reminder_was is not None:
            words.append(_("reminder of {when} cancelled").format(when=self.moment(detail.reminder_was)))
        if detail.reminder_at is not None:
            words.append(_("reminder {when} is back").format(when=self.moment(detail.reminder_at)))
        return words

    def _status_set(self, detail: ActivityDetail) -> list[str]:
        words = [f"{detail.status_from or _('New')} → {detail.status_to}"]
        for answer in detail.answers:
            words.append(f"{answer.title}: {show_answer(answer.kind, answer.value, self._format_context)}")
        if detail.owner_from_id is not None or detail.owner_to_id is not None:
            words.append(self._transfer(detail))
        if detail.reminder_at is not None:
            words.append(_("reminder {when}").format(when=self.moment(detail.reminder_at)))
        return words

    def _listed(self, detail: ActivityDetail) -> str:
        return _(", ").join(self.phone(each) for each in detail.source.split(", ")) if detail.source else ""

    def _transfer(self, detail: ActivityDetail) -> str:
        if detail.owner_to_id is None:
            return _("left the cartable")
        return _("to {name}").format(name=self.person(detail.owner_to_id))

    def _changes(self, detail: ActivityDetail) -> list[str]:
        return [
            f"{change_title(key, self._session.definitions)}: {was or NOTHING} → {now or NOTHING}"
            for key, was, now in detail.changes
        ]


def _length(detail: ActivityDetail) -> str:
    if not detail.seconds:
        return ""
    minutes, seconds = divmod(detail.seconds, 60)
    return f"{minutes}:{seconds:02}"
