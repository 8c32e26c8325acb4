"""What the form of a customer says: beside its fields, and in its borders."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from textual.content import Content

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import FormatContext, read_answer
from leadtui.domain.lead_entry import asked_field, entry_titles
from leadtui.domain.lead_fields import PHONE, PHONE_OTHER
from leadtui.errors import Invalid
from leadtui.language import calendar
from leadtui.language.phone import parse_phones, show_phone
from leadtui.language.text import brief
from leadtui.language.translate import _, format_list, pgettext
from leadtui.presentation.input_feedback import understood
from leadtui.services.editing import AlreadyThere, Known
from leadtui.tui.commands import LEAD_FORM_COMMANDS
from leadtui.tui.dialogs.lead_form_fields import LeadFormSnapshot
from leadtui.tui.widgets.form_field import FieldMessage, Tone

NAME_WIDTH = 30


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
    known: Known = field(default_factory=Known)
    theirs: Mapping[str, str] = field(default_factory=dict[str, str])
    taken: Collection[str] = ()
    """The form keys under which what the other wrote was taken over."""


def field_messages(
    texts: Mapping[str, str], state: FormState, snapshot: LeadFormSnapshot
) -> dict[str, FieldMessage]:
    """What stands beneath the fields, by form key; what matters most hides the rest."""
    messages: dict[str, FieldMessage] = {}
    for key in entry_titles(snapshot.definitions):
        words = _understood(key, texts.get(key, ""), snapshot)
        if words:
            messages[key] = FieldMessage(Tone.UNDERSTOOD, words)
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
        messages[there.key] = FieldMessage(_tone(there), there_words(there))
    return messages


def there_words(there: AlreadyThere) -> str:
    """That somebody is known by that number or address already, and the key that opens them."""
    if not there.lead_id:
        return (
            pgettext("notice", "another customer has this address")
            if there.by_email
            else pgettext("notice", "another customer has this number")
        )
    name = brief(there.name, NAME_WIDTH) or pgettext("customer", "another customer")
    words = (
        _("{name} has this address; {key} opens them")
        if there.by_email
        else _("{name} has this number; {key} opens them")
    )
    return words.format(name=name, key=key_of("open-existing"))


def key_of(name: str) -> str:
    """The key of a command of the form, as it is shown."""
    return next(each for each in LEAD_FORM_COMMANDS if each.name == name).shown_key()


def keys(*, known: bool, clash: bool) -> Content:
    """The keys that work now; a click does the same."""
    wanted = ["save-customer", "leave-customer"]
    wanted[1:1] = (["open-existing"] if known else []) + (["take-theirs"] if clash else [])
    commands = {each.name: each for each in LEAD_FORM_COMMANDS}
    next_field = Content.assemble(("Enter", "bold $key"), " ", (pgettext("key", "next field"), "$dim"))
    parts = [] if known or clash else [next_field]
    for name in wanted:
        command = commands[name]
        click = f"@click=screen.{command.method}"
        parts.append(
            Content.assemble(
                (command.shown_key(), f"bold $key {click}"),
                " ",
                (pgettext("key", command.title), f"$dim {click}"),
            )
        )
    return Content.assemble(" ", Content(" · ").join(parts), " ")


def notice(snapshot: LeadFormSnapshot, draft: FormDraft) -> Content:
    """That somebody else changed the customer, or that the form was opened with a draft; empty without both."""
    if snapshot.changed:
        return Content.styled(f"▲ {snapshot.changed}", "$soon")
    at, around = draft.saved_at, snapshot.context
    if draft.blank or at is None:
        return Content("")
    same_day = calendar.local_date(at, around.zone) == calendar.local_date(around.now, around.zone)
    moment = (
        calendar.show_time(at, around.language, around.zone)
        if same_day
        else calendar.show_moment(at, around.calendar, around.language, around.zone, around.now)
    )
    words = pgettext("notice", "draft of {time} kept").format(time=moment)
    return Content.assemble(
        (f"◔ {words}", "$soon"),
        "  ·  ",
        (key_of("begin-afresh"), "bold $key"),
        " ",
        (pgettext("key", "start afresh"), "$dim"),
    )


def _tone(there: AlreadyThere) -> Tone:
    """An address may be shared, a number may not."""
    return Tone.DOUBTFUL if there.by_email else Tone.WRONG


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
    return "" if words == text.strip() else words
