"""The form of a status: its fields in their order, then owner, reminder and note; what is said of them; the outcome."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from textual.content import Content

from leadtui.domain.field import FormatContext
from leadtui.domain.permission import Permission
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.language import calendar
from leadtui.language.translate import _, pgettext
from leadtui.presentation.input_feedback import (
    Verdict,
    doubt_about_moment,
    example_of_moment,
    moment_in_full,
    moment_reading,
    understood,
    verdict_on,
)
from leadtui.presentation.outcome import outcome_sentences
from leadtui.presentation.repetition import reminder_time_feedback
from leadtui.services.do_not_call import lifting_problem
from leadtui.tui.dialogs.status_entry import (
    NO_NEXT_STEP,
    NOTE,
    OWNER,
    PROMISED,
    REMIND,
    UNTIL,
    YES,
    StatusEntry,
    StatusReading,
    StatusSnapshot,
    answer_key,
    owner_title,
    weekday_of_date,
)
from leadtui.tui.widgets.answer_editor import SHORT_KINDS, answer_editor, answer_title, person_editor
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.date_input import DateInput
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput, TextInput
from leadtui.tui.widgets.option_row import OptionRow

_EMPHASIS = ("\x02", "\x03")
_EMPHASISED = re.compile("\x02(.*?)\x03")


def status_fields(
    status: Status, entry: StatusEntry, snapshot: StatusSnapshot, context: FormatContext
) -> list[FormField]:
    """The form of `status`, filled in with `entry`."""
    fields = [
        FormField(
            answer_key(each),
            answer_title(each, context),
            answer_editor(each, entry.text(answer_key(each)), snapshot, context),
            required=each.required,
            line="short" if each.kind in SHORT_KINDS else "",
        )
        for each in status.open_fields
    ]
    if status.cartable is CartableRule.NEXT:
        owner = person_editor(snapshot, context, entry.text(OWNER))
        fields.append(FormField(OWNER, owner_title(status), owner, required=True))
    if status.reminder is not ReminderRule.NO:
        fields += _reminder_fields(status, entry, context, several=bool(snapshot.several))
    if _may_be_left(status):
        line = LineInput(entry.text(NO_NEXT_STEP))
        line.offer, *line.other_offers = (*snapshot.reasons_for(status.id), "")
        reason = FormField(NO_NEXT_STEP, pgettext("field", "Left without a next step because"), line)
        reason.disabled, reason.display = True, False
        fields.append(reason)
    fields.append(FormField(NOTE, pgettext("field", "Note"), TextInput(entry.text(NOTE))))
    return fields


def _may_be_left(status: Status) -> bool:
    """Whether the status can leave somebody in a cartable with nothing planned."""
    return (
        not status.final
        and status.cartable is not CartableRule.NONE
        and status.reminder is not ReminderRule.MUST
    )


@dataclass(frozen=True, slots=True)
class Attempt:
    """How far the person has come: an error stands beside a field once it was left, or once a save was tried.

    `refused` are sentences of the last save, by form key, for fields that have not changed since.
    """

    touched: Collection[str]
    tried: bool
    refused: Mapping[str, str]


def field_messages(
    status: Status, entry: StatusEntry, reading: StatusReading, attempt: Attempt, context: FormatContext
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
        elif key == NO_NEXT_STEP:
            messages[key] = FieldMessage(Tone.HINT, sentence)
    for key, sentence in attempt.refused.items():
        messages[key] = FieldMessage(Tone.WRONG, sentence)
    return messages


def outcome(status: Status, entry: StatusEntry, reading: StatusReading, snapshot: StatusSnapshot) -> Content:
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


def _reminder_fields(
    status: Status, entry: StatusEntry, context: FormatContext, *, several: bool
) -> list[FormField]:
    must = status.reminder is ReminderRule.MUST
    moment = DateInput(entry.text(REMIND), example_of_moment(context), context, moments=True)
    promised = OptionRow(
        [Choice(YES, pgettext("choice", "promised to the customer"))], entry.text(PROMISED), several=True
    )
    fields = [FormField(REMIND, pgettext("field", "Remind"), moment, required=must, line="reminder")]
    if several:
        hint = pgettext("hint", "all at once")
        until = DateInput(entry.text(UNTIL), hint, context, moments=True)
        fields.append(FormField(UNTIL, pgettext("field", "Spread until"), until, line="reminder"))
    return [*fields, FormField(PROMISED, "", promised, line="" if several else "reminder", aside=True)]


def _about_reminder(
    status: Status, entry: StatusEntry, reading: StatusReading, context: FormatContext
) -> dict[str, FieldMessage]:
    if status.reminder is ReminderRule.NO or not entry.text(REMIND).strip():
        return {}
    if reading.command.repeats is not None:
        feedback = reminder_time_feedback(entry.text(REMIND), context)
        tone = Tone.UNDERSTOOD if feedback.verdict is Verdict.UNDERSTOOD else Tone.DOUBTFUL
        return {REMIND: FieldMessage(tone, feedback.words)}
    read = moment_reading(entry.text(REMIND), context)
    if reading.remind_at is None:
        words = doubt_about_moment(entry.text(REMIND), read, context)
        return {REMIND: FieldMessage(Tone.HINT, words or pgettext("notice", "not understood yet"))}
    tone = Tone.UNDERSTOOD if verdict_on(reading.remind_at, context) is Verdict.UNDERSTOOD else Tone.DOUBTFUL
    return {REMIND: FieldMessage(tone, moment_in_full(reading.remind_at, context, read.others))}


def _about_weekday(status: Status, reading: StatusReading, context: FormatContext) -> dict[str, FieldMessage]:
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
