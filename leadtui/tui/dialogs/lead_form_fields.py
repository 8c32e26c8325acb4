"""The fields of a customer's form: what every customer has, the workspace's own, and whose cartable a new one is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textual.widget import Widget

from leadtui.domain.field import FormatContext
from leadtui.domain.lead import Lead
from leadtui.domain.lead_entry import (
    CustomerField,
    asked_field,
    entry_texts,
    entry_titles,
    hidden_entries,
    values_of,
)
from leadtui.domain.workspace import Channel, Colleague, Definitions, Need
from leadtui.errors import Invalid
from leadtui.language.translate import _
from leadtui.tui.dialogs.lead_typing import CARTABLE, MINE, NOBODY
from leadtui.tui.widgets.answer_editor import MOST_IN_SIGHT, SHORT_KINDS, answer_editor, answer_title
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import Editor, FormField
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OptionRow

BY_HAND = "by_hand"
"""The key of the entry channel that a new customer is proposed to have come in by."""

_LINES = {
    CustomerField.PHONE: "reach",
    CustomerField.PHONE_OTHER: "reach",
    CustomerField.EMAIL: "reach",
    CustomerField.CITY: "about",
    CustomerField.GRADE: "about",
    CustomerField.MAJOR: "about",
    CustomerField.REFERRER: "from",
    CustomerField.CHANNEL: "from",
    CustomerField.NEED: "from",
}


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
    draft: Mapping[str, str] = field(default_factory=dict[str, str])
    problems: tuple[Invalid, ...] = ()
    reason: str = ""
    changed: str = ""


def first_texts(snapshot: LeadFormSnapshot) -> dict[str, str]:
    """What stands in the form before anything is typed, by form key, as its editors have it."""
    definitions, context = snapshot.definitions, snapshot.context
    if snapshot.lead is not None:
        texts = entry_texts(values_of(snapshot.lead), definitions, context)
    else:
        texts = dict.fromkeys(entry_titles(definitions), "")
        usual = next(
            (each for each in definitions.channels if each.key == BY_HAND and not each.retired), None
        )
        texts[CustomerField.CHANNEL] = usual.key if usual else ""
        texts[CARTABLE] = MINE
    hidden = _hidden(snapshot)
    return {
        key: editor_text(editor_of(key, text, snapshot)) for key, text in texts.items() if key not in hidden
    }


def form_fields(texts: Mapping[str, str], snapshot: LeadFormSnapshot) -> list[FormField]:
    """The form, filled in with `texts`."""
    titles = entry_titles(snapshot.definitions) | ({} if snapshot.lead else {CARTABLE: _("Cartable")})
    fields: list[FormField] = []
    hidden = _hidden(snapshot)
    for key, title in titles.items():
        if key in hidden:
            continue
        own = asked_field(key, snapshot.definitions)
        if own is not None:
            line = "short" if own.kind in SHORT_KINDS else ""
            title, required = answer_title(own, snapshot.context), own.required
        else:
            line, required = _LINES.get(CustomerField(key), "") if key != CARTABLE else "", False
        fields.append(
            FormField(key, title, editor_of(key, texts.get(key, ""), snapshot), required=required, line=line)
        )
    return fields


def _hidden(snapshot: LeadFormSnapshot) -> frozenset[str]:
    """What the person may not see of this customer has no field."""
    hides = snapshot.lead is not None and snapshot.lead.numbers_hidden
    return hidden_entries(snapshot.definitions) if hides else frozenset()


def editor_of(key: str, text: str, snapshot: LeadFormSnapshot) -> Widget:
    """What a field of the form is edited with."""
    own = asked_field(key, snapshot.definitions)
    if own is not None:
        return answer_editor(own, text, snapshot, snapshot.context)
    match key:
        case CustomerField.CHANNEL:
            return _titled(snapshot.definitions.channels, text)
        case CustomerField.NEED:
            return _titled(snapshot.definitions.needs, text)
        case str() if key == CARTABLE:
            choices = [Choice(MINE, _("mine")), Choice(NOBODY, _("nobody's"))]
            return OptionRow(choices, text or MINE)
        case CustomerField.PHONE_OTHER:
            return LineInput(text, _("several, with a comma between"))
        case CustomerField.EMAIL:
            return LineInput(text, "name@example.com")
        case CustomerField.REFERRER:
            return LineInput(text, _("a name, or a customer's number"))
        case _:
            return LineInput(text)


def editor_text(editor: Widget) -> str:
    """What an editor says."""
    assert isinstance(editor, Editor)
    return editor.text


def _titled(known: Sequence[Channel] | Sequence[Need], text: str) -> Widget:
    """One of few in sight or of many that drop down; one out of use only where it stands there already."""
    choices = [Choice(each.key, each.title) for each in known if not each.retired or each.key == text]
    return OptionRow(choices, text) if len(choices) <= MOST_IN_SIGHT // 3 else DropDown(choices, text)
