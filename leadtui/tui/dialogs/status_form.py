"""The fields of the status dialog: what one status asks, in its order, then owner, reminder and note."""

from __future__ import annotations

from leadtui.domain.field import FormatContext
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.language.translate import pgettext
from leadtui.presentation.input_feedback import example_of_moment
from leadtui.tui.dialogs.status_entry import NOTE, OWNER, PROMISED, REMIND, YES, StatusEntry, answer_key
from leadtui.tui.dialogs.status_reading import StatusSnapshot, owner_title
from leadtui.tui.widgets.answer_editor import SHORT_KINDS, answer_editor, answer_title, person_editor
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FormField
from leadtui.tui.widgets.inputs import LineInput, TextInput
from leadtui.tui.widgets.option_row import OptionRow


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
        fields += _reminder_fields(status, entry, context)
    fields.append(FormField(NOTE, pgettext("field", "Note"), TextInput(entry.text(NOTE))))
    return fields


def _reminder_fields(status: Status, entry: StatusEntry, context: FormatContext) -> list[FormField]:
    must = status.reminder is ReminderRule.MUST
    moment = LineInput(entry.text(REMIND), example_of_moment(context))
    promised = OptionRow(
        [Choice(YES, pgettext("choice", "promised to the customer"))], entry.text(PROMISED), several=True
    )
    return [
        FormField(REMIND, pgettext("field", "Remind"), moment, required=must, line="reminder"),
        FormField(PROMISED, "", promised, line="reminder", aside=True),
    ]
