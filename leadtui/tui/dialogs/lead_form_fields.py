"""The fields of a customer's form: every customer's, the workspace's own, whose cartable; and what is said of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from textual.widget import Widget

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import FormatContext, read_answer
from leadtui.domain.field_rights import FieldRight
from leadtui.domain.lead import Lead
from leadtui.domain.lead_entry import asked_field, entry_texts, entry_titles, hidden_entries
from leadtui.domain.lead_fields import (
    CHANNEL,
    EMAIL,
    NAME,
    NEED,
    PHONE,
    PHONE_OTHER,
    BuiltInKind,
    LeadField,
    find_field,
    form_fields,
)
from leadtui.domain.workspace import Channel, Colleague, Definitions, Need
from leadtui.errors import Invalid
from leadtui.language.bidi import without_isolates
from leadtui.language.phone import parse_phones, show_phone
from leadtui.language.text import brief
from leadtui.language.translate import _, format_list, pgettext
from leadtui.presentation.input_feedback import understood
from leadtui.services.editing import AlreadyThere, Known
from leadtui.tui.commands.command import KeyOf
from leadtui.tui.widgets.answer_editor import MOST_IN_SIGHT, SHORT_KINDS, answer_editor, answer_title
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import Editor, FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OptionRow

NAME_WIDTH = 30

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
        if each.key not in hidden and _concerns(each, texts) and _has_place(each, snapshot)
    ]
    if snapshot.lead is None:
        shown.append(
            FormField(CARTABLE, pgettext("field", "Cartable"), _cartable_editor(texts.get(CARTABLE, "")))
        )
    return shown


def _has_place(field: LeadField, snapshot: LeadFormSnapshot) -> bool:
    """Whether it can be typed, or there is something to read."""
    return snapshot.lead is not None or snapshot.definitions.sight.of(field.key) is FieldRight.EDITED


def _concerns(field: LeadField, texts: Mapping[str, str]) -> bool:
    """Whether the field is worth a place: what a playbook asks, where it is this need's or was answered."""
    owner = field.own.playbook if field.own is not None else ""
    return not owner or owner == texts.get(NEED, "") or bool(texts.get(field.key, "").strip())


def editor_of(key: str, text: str, snapshot: LeadFormSnapshot) -> Widget:
    """What a field of the form is edited with."""
    field = find_field(key, snapshot.definitions)
    return _cartable_editor(text) if field is None else _editor(field, text, snapshot)


def editor_text(editor: Widget) -> str:
    """What an editor says."""
    assert isinstance(editor, Editor)
    return editor.text


@dataclass(frozen=True, slots=True)
class FormState:
    """All that there may be to say.

    `wrong` are sentences by form key of what cannot be kept as it is typed, told once the field was left or a save
    was `tried`; `refused` those of the last save; `theirs` what somebody else wrote meanwhile where both did.
    """

    wrong: Mapping[str, str]
    refused: Mapping[str, str]
    touched: Collection[str]
    tried: bool
    known: Known
    share: bool
    """Whether numbers of others are to be had by both."""
    theirs: Mapping[str, str]
    taken: Collection[str]
    """The form keys under which what the other wrote was taken over."""


def field_messages(
    texts: Mapping[str, str], state: FormState, snapshot: LeadFormSnapshot, key_of: KeyOf
) -> dict[str, FieldMessage]:
    """What stands beneath the fields, by form key; what matters most hides the rest."""
    messages: dict[str, FieldMessage] = {
        key: FieldMessage(Tone.HINT, pgettext("hint", "your profile only reads it"))
        for key in snapshot.definitions.sight.read
    }
    for key in entry_titles(snapshot.definitions):
        words = _understood(key, texts.get(key, ""), snapshot)
        if words:
            messages[key] = FieldMessage(Tone.UNDERSTOOD, words)
    for key, number in state.known.erased.items():
        words = _("{number} is of somebody who was erased").format(number=number)
        messages[key] = FieldMessage(Tone.DOUBTFUL, words)
    for key, number in state.known.forbidden.items():
        messages[key] = FieldMessage(Tone.DOUBTFUL, _("{number} must not be rung").format(number=number))
    for key, name in state.known.named.items():
        if name:
            messages[key] = FieldMessage(Tone.UNDERSTOOD, brief(name, NAME_WIDTH))
    for key, theirs in state.theirs.items():
        shown = brief(theirs, NAME_WIDTH)
        if key in state.taken:
            words = pgettext("notice", "{key} takes yours")
        elif shown:
            words = pgettext("notice", "somebody else wrote “{theirs}”; {key} takes it")
        else:
            words = pgettext("notice", "somebody else wrote “nothing”; {key} takes it")
        messages[key] = FieldMessage(Tone.DOUBTFUL, words.format(theirs=shown, key=key_of("take-theirs")))
    for key, sentence in state.wrong.items():
        if state.tried or key in state.touched:
            messages[key] = FieldMessage(Tone.WRONG, sentence)
    for key, sentence in state.refused.items():
        messages[key] = FieldMessage(Tone.WRONG, sentence)
    for there in reversed(state.known.there):
        tone = Tone.WRONG if there.in_the_way and not state.share else Tone.DOUBTFUL
        messages[there.key] = FieldMessage(tone, there_words(there, key_of, share=state.share))
    return messages


def there_words(there: AlreadyThere, key_of: KeyOf, *, share: bool) -> str:
    """That somebody is known by that number, address or name already, and the keys that open them and share the number."""
    name = brief(there.name, NAME_WIDTH) or pgettext("customer", "another customer")
    if there.key == EMAIL:
        words = _("{name} has this address; {key} opens them")
    elif there.key == NAME:
        words = _("{name} is here already; {key} opens them")
    elif there.shared or share:
        words = _("{name} has this number, too: it is shared; {key} opens them")
    else:
        words = _("{name} has this number; {key} opens them, {share} shares it")
    return words.format(name=name, key=key_of("open-existing"), share=key_of("share-number"))


def _form_field(field: LeadField, text: str, snapshot: LeadFormSnapshot) -> FormField:
    editor = _editor(field, text, snapshot)
    editor.disabled = snapshot.definitions.sight.of(field.key) is FieldRight.READ
    if field.own is None:
        return FormField(field.key, field.title, editor, line=field.form.line if field.form else "")
    title = answer_title(field.own, snapshot.context)
    line = "short" if field.own.kind in SHORT_KINDS else ""
    return FormField(field.key, title, editor, required=field.own.required, line=line)


def _hidden(snapshot: LeadFormSnapshot) -> frozenset[str]:
    """What the person may not see of this customer has no field."""
    hides = snapshot.lead is not None and snapshot.lead.numbers_hidden
    return hidden_entries(snapshot.definitions) if hides else frozenset()


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


def _titled(known: Sequence[Channel] | Sequence[Need], text: str) -> Widget:
    """One of few in sight or of many that drop down; one out of use only where it stands there already."""
    choices = [Choice(each.key, each.title) for each in known if not each.retired or each.key == text]
    return OptionRow(choices, text) if len(choices) <= MOST_IN_SIGHT // 3 else DropDown(choices, text)


def _understood(key: str, text: str, snapshot: LeadFormSnapshot) -> str:
    if not text.strip():
        return ""
    context = snapshot.context
    if key in (PHONE, PHONE_OTHER):
        return _understood_numbers(text, context)
    own = asked_field(key, snapshot.definitions)
    if own is None:
        return ""
    try:
        value = read_answer(own, text, context)
    except Invalid:
        return ""
    return "" if value is None else understood(own.kind, value, text, context)


def _understood_numbers(text: str, context: FormatContext) -> str:
    shown: list[str] = []
    for each in parse_phones(text, context.region):
        number = show_phone(each.e164, context.region)
        if each.extension:
            number = pgettext("pattern", "{number} ext. {extension}").format(
                number=number, extension=each.extension
            )
        shown.append(number)
    words = format_list(shown)
    return "" if without_isolates(words) == text.strip() else words
