"""A lead's timeline in lines: when, who, what, from where to where, answers, note, reminder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from textual.content import Content

from leadtui.domain.field import show_answer
from leadtui.domain.lead import Activity, ActivityDetail, ActivityKind
from leadtui.domain.lead_entry import change_title
from leadtui.language.text import cell_width, ellipsize, safe
from leadtui.language.translate import _
from leadtui.services.session import Session
from leadtui.tui.presenter import DO_NOT_CALL_GLYPH, Presenter, status_glyph, status_style

LINES_SHOWN = 200
"""Entries that are drawn; older ones are counted in a last line."""

LEAST_WORDS = 30
"""Cells that the words of an entry have at least; on anything narrower they are cut."""

PERSON_WIDTH = 16
"""The most cells that the column of names takes."""


class TimelineWriter:
    """Writes activities for one desk."""

    def __init__(self, session: Session, presenter: Presenter) -> None:
        """`session` gives the definitions and the zone."""
        self._session = session
        self._presenter = presenter
        self._writers: dict[ActivityKind, Callable[[ActivityDetail], list[Content]]] = {
            ActivityKind.STATUS_SET: self._status,
            ActivityKind.NOTE: self._note,
            ActivityKind.CREATED: self._created,
            ActivityKind.TOUCHED: self._touched,
            ActivityKind.EDITED: self._edited,
            ActivityKind.MERGED: self._merged,
            ActivityKind.TRANSFERRED: lambda detail: [*self._transferred(detail), *self._quoted(detail.text)],
            ActivityKind.CALL: self._call,
            ActivityKind.CALL_IN: self._call_in,
            ActivityKind.CALL_OUT: self._call_out,
            ActivityKind.REMINDER_SET: self._reminder_set,
            ActivityKind.REMINDER_DONE: self._reminder_done,
            ActivityKind.REMINDER_MOVED: self._reminder_moved,
            ActivityKind.REMINDER_CANCELLED: self._reminder_cancelled,
            ActivityKind.UNDONE: self._undone,
            ActivityKind.CALLS_FORBIDDEN: self._calls_forbidden,
            ActivityKind.CALLS_ALLOWED: self._calls_allowed,
        }

    def lines(self, timeline: tuple[Activity, ...], now: datetime, width: int) -> Content:
        """The entries, newest first, one line each where `width` cells are enough; else the words go on under words."""
        shown = timeline[:LINES_SHOWN]
        days = [self._presenter.day(each.at, now) for each in shown]
        people = [self._actor(each) for each in shown]
        day_width = max((cell_width(day) for day in days), default=0)
        person_width = max((cell_width(person) for person in people), default=0)
        lines = [
            line
            for each, day, person in zip(shown, days, people, strict=True)
            for line in self._entry(each, _padded(day, day_width), _padded(person, person_width), width)
        ]
        if len(timeline) > len(shown):
            older = _("… and {count} older entries").format(count=len(timeline) - len(shown))
            lines.append(Content.styled(older, "$faint"))
        return Content("\n").join(lines)

    def _entry(self, activity: Activity, day: str, person: str, width: int) -> list[Content]:
        parts = [part for part in self._writers[activity.kind](activity.detail) if part.plain]
        if activity.undone:
            # Struck and said: colours and strikes alone are not seen on every terminal.
            parts = [Content.styled(part.plain, "$faint strike") for part in parts]
            parts.append(Content.styled(_("taken back"), "$dim"))
        head = Content.assemble(
            (f"{day}  {self._presenter.time(activity.at)}  ", "$faint"), (person, "$foreground"), "  "
        )
        words = _flowing(parts, max(width - head.cell_length, LEAST_WORDS))
        indent = Content(" " * head.cell_length)
        return [Content.assemble(indent if place else head, line) for place, line in enumerate(words)]

    def _actor(self, activity: Activity) -> str:
        if activity.actor_id is None:
            return "leadtui"
        return ellipsize(safe(self._presenter.person(activity.actor_id)), PERSON_WIDTH)

    def _status(self, detail: ActivityDetail) -> list[Content]:
        parts: list[Content] = []
        status = self._session.definitions.status(detail.status_to_id)
        glyph, style = (status_glyph(status), status_style(status)) if status else ("●", "$status-grey")
        before = safe(detail.status_from) or _("New")
        if before != detail.status_to:
            parts.append(Content.styled(f"{before} →", "$faint"))
        parts.append(Content.styled(f"{glyph} {safe(detail.status_to)}", style))
        context = self._session.format_context()
        for answer in detail.answers:
            shown = show_answer(answer.kind, answer.value, context)
            parts.append(Content.assemble((safe(answer.title) + " ", "$faint"), safe(shown)))
        parts += self._quoted(detail.text)
        if detail.owner_from_id is not None or detail.owner_to_id is not None:
            parts += self._transferred(detail)
        if detail.reminder_at is not None:
            parts.append(self._at(_("reminder {when}"), detail.reminder_at))
        return parts

    def _transferred(self, detail: ActivityDetail) -> list[Content]:
        if detail.owner_to_id is None:
            return [Content.styled(_("left the cartable"), "$dim")]
        to = safe(self._presenter.person(detail.owner_to_id))
        return [Content.styled(_("➜ to {name}").format(name=to), "$untouched")]

    def _note(self, detail: ActivityDetail) -> list[Content]:
        return self._quoted(detail.text)

    def _created(self, detail: ActivityDetail) -> list[Content]:
        words = _("came in by {channel}").format(channel=detail.channel) if detail.channel else _("came in")
        source = [Content.styled(safe(detail.source), "$faint")] if detail.source else []
        return [Content.styled(safe(words), "$dim"), *source, *self._quoted(detail.text)]

    def _touched(self, detail: ActivityDetail) -> list[Content]:
        words = (
            _("came again by {channel}").format(channel=detail.channel) if detail.channel else _("came again")
        )
        return [Content.styled(safe(words), "$dim"), *self._changes(detail), *self._quoted(detail.text)]

    def _edited(self, detail: ActivityDetail) -> list[Content]:
        return [*self._changes(detail), *self._quoted(detail.text)]

    def _merged(self, detail: ActivityDetail) -> list[Content]:
        words = _("{lost} was merged into {kept}").format(
            lost=safe(detail.lost_name) or _("no name"), kept=safe(detail.kept_name) or _("no name")
        )
        return [Content.styled(words, "$dim"), *self._changes(detail)]

    def _call(self, detail: ActivityDetail) -> list[Content]:
        words = _("rang {number}").format(number=self._presenter.phone(detail.text))
        if detail.numbers_hidden:
            words = _("rang a hidden number")
        return [Content.styled(words, "$dim"), *self._length(detail)]

    def _call_in(self, detail: ActivityDetail) -> list[Content]:
        words = _("rang us") if detail.answered is not False else _("rang us, nobody answered")
        return [Content.styled(words, "$dim"), *self._length(detail)]

    def _call_out(self, detail: ActivityDetail) -> list[Content]:
        words = _("was rung") if detail.answered is not False else _("was rung, no answer")
        return [Content.styled(words, "$dim"), *self._length(detail)]

    def _reminder_set(self, detail: ActivityDetail) -> list[Content]:
        return [self._at(_("reminder {when}"), detail.reminder_at), *self._quoted(detail.text)]

    def _reminder_done(self, detail: ActivityDetail) -> list[Content]:
        return [self._at(_("reminder of {when} done"), detail.reminder_was)]

    def _reminder_cancelled(self, detail: ActivityDetail) -> list[Content]:
        return [self._at(_("reminder of {when} cancelled"), detail.reminder_was)]

    def _reminder_moved(self, detail: ActivityDetail) -> list[Content]:
        return [self._at(_("reminder moved to {when}"), detail.reminder_at)]

    def _undone(self, detail: ActivityDetail) -> list[Content]:
        parts = [Content.styled(_("took back"), "$dim")]
        if detail.undoes_kind == ActivityKind.NOTE.value:
            parts.append(Content.styled(_("the note"), "$dim"))
        if detail.undoes_kind == ActivityKind.MERGED.value:
            words = _("{name} is a customer of their own again").format(name=safe(detail.lost_name))
            parts.append(Content.styled(words, "$dim"))
        if detail.undoes_kind == ActivityKind.CALLS_FORBIDDEN.value:
            parts.append(Content.styled(_("calls are allowed again"), "$dim"))
        if detail.undoes_kind == ActivityKind.CALLS_ALLOWED.value:
            parts.append(Content.styled(_("calls are forbidden again"), "$dim"))
        if detail.undoes_kind == ActivityKind.STATUS_SET.value:
            put_back = replace(detail, reminder_at=None, owner_from_id=None, owner_to_id=None)
            parts += self._status(replace(put_back, status_to=detail.status_to or _("New")))
        if detail.owner_from_id is not None or detail.owner_to_id is not None:
            parts += self._transferred(detail)
        parts += self._changes(detail)
        if detail.reminder_was is not None:
            parts += self._reminder_cancelled(detail)
        if detail.reminder_at is not None:
            parts.append(self._at(_("reminder {when} is back"), detail.reminder_at))
        return parts

    def _calls_forbidden(self, detail: ActivityDetail) -> list[Content]:
        words = f"{DO_NOT_CALL_GLYPH} {_('calls forbidden')}"
        return [Content.styled(words, "$late"), *self._listed(detail), *self._quoted(detail.text)]

    def _calls_allowed(self, detail: ActivityDetail) -> list[Content]:
        parts = [Content.styled(_("calls allowed again"), "$gained")]
        if detail.status_from:
            parts.append(Content.styled(f"{safe(detail.status_from)} → {safe(detail.status_to)}", "$dim"))
        return [*parts, *self._listed(detail), *self._quoted(detail.text)]

    def _listed(self, detail: ActivityDetail) -> list[Content]:
        numbers = [self._presenter.phone(each) for each in detail.source.split(", ") if each]
        return [Content.styled(safe(_(", ").join(numbers)), "$faint")] if numbers else []

    def _changes(self, detail: ActivityDetail) -> list[Content]:
        return [
            Content.assemble(
                (safe(change_title(key, self._session.definitions)) + " ", "$faint"),
                (f"{safe(was) or '–'} → ", "$dim"),
                safe(now) or "–",
            )
            for key, was, now in detail.changes
        ]

    def _at(self, words: str, at: datetime | None) -> Content:
        when = self._presenter.moment(at, self._session.now()) if at is not None else "–"
        return Content.styled(safe(words.format(when=when)), "$soon")

    def _length(self, detail: ActivityDetail) -> list[Content]:
        if not detail.seconds:
            return []
        minutes, seconds = divmod(detail.seconds, 60)
        return [Content.styled(f"{minutes}:{seconds:02}", "$dim")]

    def _quoted(self, text: str) -> list[Content]:
        return [Content.styled(f"“{safe(text)}”", "$foreground")] if text else []


def _flowing(parts: list[Content], room: int) -> list[Content]:
    """The parts after each other in lines of `room` cells: a part is only broken where it is longer than a line."""
    lines = [Content("")]
    for part in parts:
        line = Content.assemble(lines[-1], "  ", part) if lines[-1].plain else part
        if line.cell_length <= room:
            lines[-1] = line
        elif part.cell_length <= room:
            lines.append(part)
        else:
            lines[-1:] = line.wrap(room)
    return lines


def _padded(words: str, width: int) -> str:
    return words + " " * (width - cell_width(words))
