"""What the status dialog says: beside its fields, in its borders, and about what saving will do."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from textual.content import Content

from leadtui.domain.field import FormatContext
from leadtui.domain.permission import Permission
from leadtui.domain.status import ReminderRule, Status
from leadtui.language import calendar
from leadtui.language.phone import show_phone
from leadtui.language.text import safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import DO_NOT_CALL_GLYPH
from leadtui.presentation.input_feedback import moment_in_full, understood
from leadtui.presentation.outcome import outcome_sentences
from leadtui.services.do_not_call import lifting_problem
from leadtui.tui.dialogs.status_entry import PROMISED, REMIND, YES, StatusEntry, answer_key
from leadtui.tui.dialogs.status_proposals import weekday_of_date
from leadtui.tui.dialogs.status_reading import Reading, StatusSnapshot, owner_title
from leadtui.tui.widgets.form_field import FieldMessage, Tone

_EMPHASIS = ("\x02", "\x03")
_EMPHASISED = re.compile("\x02(.*?)\x03")


@dataclass(frozen=True, slots=True)
class Attempt:
    """How far the person has come: an error stands beside a field once it was left, or once a save was tried.

    `refused` are sentences of the last save, by form key, for fields that have not changed since.
    """

    touched: Collection[str] = ()
    tried: bool = False
    refused: Mapping[str, str] | None = None


def field_messages(
    status: Status, entry: StatusEntry, reading: Reading, attempt: Attempt, context: FormatContext
) -> dict[str, FieldMessage]:
    """What stands beneath the fields, by form key."""
    messages: dict[str, FieldMessage] = {}
    for each in status.open_fields:
        key = answer_key(each)
        if key in reading.values:
            words = understood(each.kind, reading.values[key], entry.text(key), context)
            if words:
                messages[key] = FieldMessage(Tone.UNDERSTOOD, words)
    messages.update(_about_weekday(status, reading, context))
    messages.update(_about_reminder(status, entry, reading, context))
    waiting = _waiting_weekday(status, entry, attempt)
    for key, sentence in reading.problems.items():
        if attempt.tried or (key in attempt.touched and key != waiting):
            messages[key] = FieldMessage(Tone.WRONG, sentence)
    for key, sentence in (attempt.refused or {}).items():
        messages[key] = FieldMessage(Tone.WRONG, sentence)
    return messages


def outcome(status: Status, entry: StatusEntry, reading: Reading, snapshot: StatusSnapshot) -> Content:
    """What saving will do, names and times standing out."""
    sentences = outcome_sentences(
        reading.plan,
        snapshot.definitions,
        snapshot.context,
        snapshot.actor,
        promised=entry.text(PROMISED) == YES,
        owner_title=owner_title(status),
        emphasis=_EMPHASIS,
    )
    parts: list[Content | tuple[str, str]] = []
    for place, words in enumerate(_EMPHASISED.split(sentences)):
        parts.append((words, "bold $foreground" if place % 2 else ""))
    if lifting_problem(snapshot.lead, status, "", snapshot.actor, snapshot.definitions) is not None:
        may = snapshot.actor.may(Permission.ALLOW_CALLS)
        words = (
            _("It allows calls again: the note must say why.")
            if may
            else _("It would allow calls again, which your profile does not allow ({permission}).").format(
                permission=Permission.ALLOW_CALLS.value
            )
        )
        parts.append((f" {words}", "$soon" if may else "$late"))
    return Content.assemble(*parts)


def title(snapshot: StatusSnapshot) -> Content:
    """Whom the dialog is about, and the call that ended in it."""
    lead = snapshot.lead
    name = lead.name or (
        show_phone(lead.phone, snapshot.definitions.workspace.region) if lead.phone else lead.email
    )
    words = pgettext("title", "{name} · status").format(name=safe(name) or pgettext("customer", "no name"))
    called_for = safe(snapshot.called_for)
    banned = pgettext("choice", "do not call")
    forbidden = f"· {DO_NOT_CALL_GLYPH} {banned} " if lead.do_not_call else ""
    return Content.assemble(
        f" {words} ", (forbidden, "$late"), (f"· {called_for} " if called_for else "", "$dim not bold")
    )


def keys(choosing: str, *, in_form: bool) -> Content:
    """The keys that work now; a click does the same. `choosing` are the keys of the statuses."""
    if in_form:
        pairs = [
            ("Enter", pgettext("key", "next field"), ""),
            ("Ctrl+S", pgettext("key", "save"), "@click=screen.save_status"),
            ("Esc", pgettext("key", "back, kept as draft"), "@click=screen.leave_status"),
        ]
    else:
        pairs = [
            (choosing, pgettext("key", "choose"), ""),
            ("/", pgettext("key", "filter"), ""),
            ("Enter", pgettext("key", "fill in"), ""),
            ("Esc", pgettext("key", "back"), "@click=screen.leave_status"),
        ]
    parts = [
        Content.assemble((key, f"bold $key {click}".strip()), " ", (words, f"$dim {click}".strip()))
        for key, words, click in pairs
    ]
    return Content.assemble(" ", Content(" · ").join(parts), " ")


def kept_notice(snapshot: StatusSnapshot, context: FormatContext) -> Content:
    """That the dialog was opened with a draft, and the key that throws it away; empty without one."""
    if snapshot.draft is None or snapshot.draft.blank:
        return Content("")
    at = snapshot.draft.saved_at
    if at is None:
        words = pgettext("notice", "draft kept")
    elif calendar.local_date(at, context.zone) == calendar.local_date(context.now, context.zone):
        words = pgettext("notice", "draft of {time} kept").format(
            time=calendar.show_time(at, context.language, context.zone)
        )
    else:
        moment = calendar.show_moment(at, context.calendar, context.language, context.zone, context.now)
        words = pgettext("notice", "draft of {time} kept").format(time=moment)
    return Content.assemble(
        (f"◔ {words}", "$soon"), "  ·  ", ("F9", "bold $key"), " ", (pgettext("key", "start afresh"), "$dim")
    )


def _about_reminder(
    status: Status, entry: StatusEntry, reading: Reading, context: FormatContext
) -> dict[str, FieldMessage]:
    if status.reminder is ReminderRule.NO or not entry.text(REMIND).strip():
        return {}
    if reading.remind_at is None:
        return {REMIND: FieldMessage(Tone.HINT, pgettext("notice", "not understood yet"))}
    tone = Tone.UNDERSTOOD if reading.remind_at > context.now else Tone.DOUBTFUL
    return {REMIND: FieldMessage(tone, moment_in_full(reading.remind_at, context))}


def _about_weekday(status: Status, reading: Reading, context: FormatContext) -> dict[str, FieldMessage]:
    pair = weekday_of_date(status, reading.values)
    if pair is None:
        return {}
    asked, _day, weekday = pair
    given = reading.values.get(answer_key(asked))
    if weekday is None or given is None or given == weekday:
        return {}
    words = _("The date is a {weekday}.").format(weekday=calendar.weekday_name(weekday, context.language))
    return {answer_key(asked): FieldMessage(Tone.DOUBTFUL, words)}


def _waiting_weekday(status: Status, entry: StatusEntry, attempt: Attempt) -> str:
    """The day of the week that the date beside it will fill in, once it is come to."""
    pair = weekday_of_date(status, {})
    if pair is None:
        return ""
    weekday, day = answer_key(pair[0]), answer_key(pair[1])
    blank = not entry.text(weekday).strip()
    return weekday if blank and day not in attempt.touched else ""
