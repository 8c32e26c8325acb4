"""The fields of a customer's form: what every customer has, the workspace's own, and whose cartable a new one is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.widget import Widget

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import FormatContext
from leadtui.domain.lead import Lead
from leadtui.domain.lead_entry import entry_texts, hidden_entries
from leadtui.domain.lead_fields import CHANNEL, BuiltInKind, LeadField, find_field, form_fields
from leadtui.domain.workspace import Channel, Colleague, Definitions, Need
from leadtui.errors import Invalid
from leadtui.language.translate import pgettext
from leadtui.tui.widgets.answer_editor import MOST_IN_SIGHT, SHORT_KINDS, answer_editor, answer_title
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import Editor, FormField
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OptionRow

CARTABLE = "cartable"
"""The form key of whose cartable a new customer comes into."""

MINE = "mine"
NOBODY = "nobody"

BY_HAND = "by_hand"
"""The key of the entry channel that a new customer is proposed to have come in by."""


@dataclass(frozen=True, slots=True)
class LeadFormSnapshot:
    """What the form is opened with; `lead` is None for somebody new.

    `draft` is what was typed before, `problems` and `reason` say why the last save was refused, `changed` that
    somebody else has changed the customer meanwhile.
    """

    lead: Lead | None
    definitions: Definitions
    context: FormatContext
    actor: Colleague
    leads_per_colleague: Mapping[int, int]
    draft: FormDraft | None = None
    problems: tuple[Invalid, ...] = ()
    reason: str = ""
    changed: str = ""


def first_texts(snapshot: LeadFormSnapshot) -> dict[str, str]:
    """What stands in the form before anything is typed, by form key, as its editors have it."""
    definitions, context = snapshot.definitions, snapshot.context
    if snapshot.lead is not None:
        texts = entry_texts(snapshot.lead, definitions, context)
    else:
        texts = dict.fromkeys((each.key for each in form_fields(definitions)), "")
        usual = next(
            (each for each in definitions.channels if each.key == BY_HAND and not each.retired), None
        )
        texts[CHANNEL] = usual.key if usual else ""
        texts[CARTABLE] = MINE
    hidden = _hidden(snapshot)
    return {
        key: editor_text(editor_of(key, text, snapshot)) for key, text in texts.items() if key not in hidden
    }


def lead_form_fields(texts: Mapping[str, str], snapshot: LeadFormSnapshot) -> list[FormField]:
    """The form, filled in with `texts`."""
    hidden = _hidden(snapshot)
    shown = [
        _form_field(each, texts.get(each.key, ""), snapshot)
        for each in form_fields(snapshot.definitions)
        if each.key not in hidden
    ]
    if snapshot.lead is None:
        shown.append(
            FormField(CARTABLE, pgettext("field", "Cartable"), _cartable_editor(texts.get(CARTABLE, "")))
        )
    return shown


def _form_field(field: LeadField, text: str, snapshot: LeadFormSnapshot) -> FormField:
    editor = _editor(field, text, snapshot)
    if field.own is None:
        return FormField(field.key, field.title, editor, line=field.form.line if field.form else "")
    title = answer_title(field.own, snapshot.context)
    line = "short" if field.own.kind in SHORT_KINDS else ""
    return FormField(field.key, title, editor, required=field.own.required, line=line)


def _hidden(snapshot: LeadFormSnapshot) -> frozenset[str]:
    """What the person may not see of this customer has no field."""
    hides = snapshot.lead is not None and snapshot.lead.numbers_hidden
    return hidden_entries(snapshot.definitions) if hides else frozenset()


def editor_of(key: str, text: str, snapshot: LeadFormSnapshot) -> Widget:
    """What a field of the form is edited with."""
    field = find_field(key, snapshot.definitions)
    return _cartable_editor(text) if field is None else _editor(field, text, snapshot)


def _editor(field: LeadField, text: str, snapshot: LeadFormSnapshot) -> Widget:
    if field.own is not None:
        return answer_editor(field.own, text, snapshot, snapshot.context)
    match field.kind:
        case BuiltInKind.CHANNEL:
            return _titled(snapshot.definitions.channels, text)
        case BuiltInKind.NEED:
            return _titled(snapshot.definitions.needs, text)
        case _:
            return LineInput(text, pgettext("hint", field.form.hint) if field.form else "")


def _cartable_editor(text: str) -> Widget:
    return OptionRow(
        [Choice(MINE, pgettext("choice", "mine")), Choice(NOBODY, pgettext("choice", "nobody's"))],
        text or MINE,
    )


def editor_text(editor: Widget) -> str:
    """What an editor says."""
    assert isinstance(editor, Editor)
    return editor.text


def _titled(known: Sequence[Channel] | Sequence[Need], text: str) -> Widget:
    """One of few in sight or of many that drop down; one out of use only where it stands there already."""
    choices = [Choice(each.key, each.title) for each in known if not each.retired or each.key == text]
    return OptionRow(choices, text) if len(choices) <= MOST_IN_SIGHT // 3 else DropDown(choices, text)
