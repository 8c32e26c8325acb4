"""The cases of a customer: the list of them, one with the moves that lead on from it, and what a move or a new case asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from leadtui.domain.case import OVERRIDE_FIELD, CaseLead
from leadtui.domain.case_kind import CaseKind, CaseRole, Transition
from leadtui.domain.field import Field, FieldKind, FormatContext, edit_text, find_people
from leadtui.domain.follow_up import NOTE_FIELD, OWNER_FIELD, REMINDER_FIELD
from leadtui.domain.status import ReminderRule
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.errors import Invalid
from leadtui.language.text import safe
from leadtui.language.translate import _, apart, format_list, pgettext
from leadtui.presentation.case_words import case_name, entry_words
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.input_feedback import example_of_moment, moment_reading
from leadtui.services.cases import MoveCase, OpenCase, OpenedCase, ShownCase
from leadtui.tui.dialogs.choose_dialog import ChooseDialog
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, Dialog
from leadtui.tui.widgets.answer_editor import answer_editor, answer_title, person_editor
from leadtui.tui.widgets.form_field import FormField, Way, tell_problems
from leadtui.tui.widgets.inputs import LineInput, TextInput
from leadtui.tui.widgets.marked_lists import RadioList

CUSTOMER_FIELD, ROLE_FIELD = "customer", "role"
"""The names of the fields that say who comes into a case, and as what."""

MOST_IN_SIGHT = 12
MOST_ENTRIES = 6


@dataclass(frozen=True, slots=True)
class CasePeople:
    """Who can be named in a form."""

    definitions: Definitions
    actor: Colleague
    leads_per_colleague: Mapping[int, int] = field(default_factory=dict[int, int])


def cases_dialog(
    name: str, listed: Sequence[ShownCase], kinds: Sequence[CaseKind]
) -> ChooseDialog[ShownCase | CaseKind]:
    """Asks which of a customer's cases is looked at, or of which kind one is opened for them."""
    return ChooseDialog(
        pgettext("title", "{name} · cases").format(name=name),
        [("Enter", pgettext("key", "look at it, or open it")), ("Esc", pgettext("key", "back"))],
        [(_choice(each), each) for each in (*listed, *kinds)],
    )


def _choice(each: ShownCase | CaseKind) -> Content:
    if isinstance(each, CaseKind):
        words = pgettext("case", "+ {kind}").format(kind=apart(safe(each.title)))
        return Content.styled(words, "$dim")
    state = each.kind.state(each.case.state) or each.kind.first_state
    parts: list[Content | tuple[str, str] | str] = [
        (apart(safe(each.kind.title)), "bold"),
        f"  {state.glyph} {apart(safe(state.title))}",
    ]
    if each.case.title:
        parts.append((f"  {apart(safe(each.case.title))}", "$dim"))
    return Content.assemble(*parts)


class CaseDeed(Enum):
    """What is done to a case besides moving it on."""

    GIVE = "give"
    LINK = "link"
    UNLINK = "unlink"


class CaseDialog(Dialog[Transition | CaseDeed]):
    """A case: what was answered and what happened, and the moves that lead on; closes with what is to be done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "close_with('give')", show=False),
        Binding("a", "close_with('link')", show=False),
        Binding("x,delete", "close_with('unlink')", show=False),
    ]
    DEFAULT_CSS: ClassVar[str] = f"""
    CaseDialog RadioList {{ max-height: {MOST_IN_SIGHT}; margin: 1 0 0 0; }}
    CaseDialog #dialog {{ width: 80; }}
    CaseDialog .case-lines {{ height: auto; }}
    """

    def __init__(self, opened: OpenedCase, formatter: Formatter, *, may_work: bool) -> None:
        """`opened` is what is shown; `may_work` says whether the person may change who takes part."""
        shown = opened.shown
        self._deeds = _deeds(shown) if may_work else ()
        title = f"{shown.kind.title} {shown.case.id} · {case_name(shown)}"
        keys = {
            CaseDeed.GIVE: ("o", pgettext("key", "give")),
            CaseDeed.LINK: ("a", pgettext("key", "add customer")),
            CaseDeed.UNLINK: ("x", pgettext("key", "take out")),
        }
        moving = [("Enter", pgettext("key", "move it on"))] if opened.moves else []
        others = [keys[each] for each in self._deeds]
        super().__init__(title, [*moving, *others, ("Esc", pgettext("key", "back"))])
        self._opened = opened
        self._formatter = formatter
        self.list = RadioList(*(Option(apart(safe(each.title))) for each in opened.moves), markup=False)

    def compose_body(self) -> Iterable[Widget]:
        """What is known, then the moves."""
        yield Static(self._lines(), classes="case-lines")
        if self._opened.moves:
            yield self.list

    def on_mount(self) -> None:
        """Begin with the first move."""
        super().on_mount()
        if self._opened.moves:
            self.list.highlighted = 0
            self.list.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the move."""
        self.dismiss(self._opened.moves[event.option_index])

    def action_close_with(self, deed: str) -> None:
        """Close with what is to be done, where it can be."""
        if CaseDeed(deed) in self._deeds:
            self.dismiss(CaseDeed(deed))

    def _lines(self) -> Content:
        shown, formatter = self._opened.shown, self._formatter
        case = shown.case
        rows = [
            (pgettext("column", "State"), shown.state_title),
            (pgettext("column", "Responsible"), formatter.owner(case.owner_id)),
        ]
        for role in shown.kind.roles:
            names = format_list(each for each in shown.names(role.key) if each)
            if names:
                rows.append((role.title, names))
        for each in shown.kind.fields:
            if each.key in case.answers:
                rows.append((each.title, formatter.answer(each.kind, case.answers[each.key])))
        lines = [
            Content.assemble((f"{apart(safe(title))}  ", "$dim"), apart(safe(value))) for title, value in rows
        ]
        for entry in self._opened.timeline[:MOST_ENTRIES]:
            words = f"{formatter.short_moment(entry.at)}  {entry_words(entry, formatter)}"
            lines.append(Content.styled(words, "$faint"))
        return Content("\n").join(lines)


def _deeds(shown: ShownCase) -> tuple[CaseDeed, ...]:
    """What can be done to a case: nobody comes in where its kind has no role, nor goes out whom the person does not see."""
    link = (CaseDeed.LINK,) if shown.kind.roles else ()
    unlink = (CaseDeed.UNLINK,) if shown.leads else ()
    return (CaseDeed.GIVE, *link, *unlink)


def take_out_dialog(shown: ShownCase, reason: str = "") -> ChooseDialog[CaseLead]:
    """Asks who of those whom the person sees is taken out of the case; `reason` is why one could not be."""
    return ChooseDialog(
        pgettext("title", "Take a customer out of the case"),
        [("Enter", pgettext("key", "take out")), ("Esc", pgettext("key", "back"))],
        [(_part(shown, each), each) for each in shown.case.leads if each.lead_id in shown.leads],
        reason,
    )


def _part(shown: ShownCase, each: CaseLead) -> Content:
    role = shown.kind.role(each.role)
    name = shown.leads[each.lead_id].name or pgettext("customer", "no name")
    return Content.assemble(
        (apart(safe(name)), "bold"), (f"  {apart(safe(role.title if role else each.role))}", "$dim")
    )


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What a dialog asks: its title, its fields, and what is typed in them so far. Without `notes` it asks for none."""

    title: str
    save: str
    fields: tuple[Field, ...]
    person: str = ""
    reminder: ReminderRule = ReminderRule.NO
    overrides: bool = False
    notes: bool = True
    typed: Mapping[str, str] = field(default_factory=dict[str, str])


def form_of_move(kind: CaseKind, shown: ShownCase, move: Transition, context: FormatContext) -> CaseForm:
    """What a move asks, with what was answered before."""
    asked = [
        replace(each, required=each.key in move.needs)
        for key in move.asked
        if (each := kind.field(key)) is not None
    ]
    answers = shown.case.answers
    typed = {
        each.key: edit_text(each.kind, answers[each.key], context) for each in asked if each.key in answers
    }
    return CaseForm(move.title, move.title, tuple(asked), move.person, move.reminder, typed=typed)


def form_of_new(kind: CaseKind) -> CaseForm:
    """What a new case asks."""
    return CaseForm(kind.title, pgettext("key", "open it"), kind.entry_fields)


def form_of_giving(shown: ShownCase) -> CaseForm:
    """Who is to be responsible for the case."""
    title = pgettext("title", "Give the case to a colleague · {name}").format(name=case_name(shown))
    return CaseForm(title, pgettext("key", "give"), (), pgettext("field", "Responsible"), notes=False)


def form_of_linking(shown: ShownCase) -> CaseForm:
    """Who comes into the case, and where there are several roles as what; the first that is free is chosen."""
    title = pgettext("title", "Add a customer to the case · {name}").format(name=case_name(shown))
    who = Field(0, CUSTOMER_FIELD, pgettext("field", "Customer, by number, e-mail or id"), required=True)
    roles = shown.kind.roles
    if len(roles) == 1:
        return CaseForm(title, pgettext("key", "add"), (who,), notes=False)
    titles = tuple(each.title for each in roles)
    asked = Field(0, ROLE_FIELD, pgettext("field", "Role"), FieldKind.CHOICE, titles, required=True)
    free = [each for each in roles if not each.most or len(shown.case.lead_ids(each.key)) < each.most]
    typed = {ROLE_FIELD: (free or roles)[0].title}
    return CaseForm(title, pgettext("key", "add"), (who, asked), notes=False, typed=typed)


def role_of(kind: CaseKind, typed: Mapping[str, str]) -> CaseRole:
    """The role that was chosen. Raises Invalid where none was."""
    chosen = typed.get(ROLE_FIELD, "")
    if len(kind.roles) == 1:
        return kind.roles[0]
    found = next((each for each in kind.roles if each.title == chosen), None)
    if found is None:
        raise Invalid(_("Choose what the customer is in it."), ROLE_FIELD)
    return found


class CaseFormDialog(Dialog[Mapping[str, str]]):
    """Closes with what was typed, by the keys of the fields; the service judges it, and it comes back where that is refused."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = "CaseFormDialog #dialog { width: 80; }"

    def __init__(
        self,
        form: CaseForm,
        people: CasePeople,
        context: FormatContext,
        problems: Sequence[Invalid] = (),
        reason: str = "",
    ) -> None:
        """`problems` and `reason` are why it was refused."""
        keys = [
            ("Tab", pgettext("key", "next field")),
            (SAVE_KEYS, form.save),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(form.title, keys, reason)
        self._begun = typed = form.typed
        self._fields = [
            FormField(
                each.key,
                answer_title(each, context),
                answer_editor(each, typed.get(each.key, ""), people, context),
                required=each.required,
            )
            for each in form.fields
        ]
        if form.person:
            editor = person_editor(people, context, typed.get(OWNER_FIELD, ""))
            self._fields.append(FormField(OWNER_FIELD, form.person, editor, required=True))
        if form.reminder is not ReminderRule.NO:
            line = LineInput(typed.get(REMINDER_FIELD, ""), example_of_moment(context))
            must = form.reminder is ReminderRule.MUST
            self._fields.append(FormField(REMINDER_FIELD, pgettext("field", "Reminder"), line, required=must))
        if form.overrides:
            line = LineInput(typed.get(OVERRIDE_FIELD, ""))
            self._fields.append(FormField(OVERRIDE_FIELD, pgettext("field", "All the same, because"), line))
        if form.notes:
            note = TextInput(typed.get(NOTE_FIELD, ""))
            self._fields.append(FormField(NOTE_FIELD, pgettext("field", "Note"), note))
        self._problems = {each.field: str(each) for each in problems}

    def compose_body(self) -> Iterable[Widget]:
        """The fields."""
        for each in self._fields:
            each.steps = self._go
        return self._fields

    def on_mount(self) -> None:
        """Begin with the first field, or with what was refused."""
        super().on_mount()
        overriding = next((each for each in self._fields if each.key == OVERRIDE_FIELD), self._fields[0])
        (tell_problems(self._fields, self._problems) or overriding).take_focus()

    def texts(self) -> Mapping[str, str]:
        """What is typed and chosen."""
        return {each.key: each.text for each in self._fields}

    @on(FormField.Changed)
    def _changed(self, event: FormField.Changed) -> None:
        event.stop()
        # A field also tells of what it begins with, which is what was refused.
        if event.field.text != self._begun.get(event.field.key, "") and self._problems.pop(
            event.field.key, ""
        ):
            event.field.show_message(None)

    def action_save(self) -> None:
        """Close with what is typed."""
        self.dismiss(self.texts())

    def _go(self, field_: FormField, way: Way) -> None:
        place = self._fields.index(field_) + (-1 if way is Way.UP else 1)
        if place == len(self._fields) and way is Way.ON:
            self.action_save()
        elif 0 <= place < len(self._fields):
            self._fields[place].take_focus()


_PARTS = frozenset({OWNER_FIELD, REMINDER_FIELD, OVERRIDE_FIELD, NOTE_FIELD})


def move_of(shown: ShownCase, move: Transition, typed: Mapping[str, str], context: FormatContext) -> MoveCase:
    """The move as it was typed. Raises Invalid, with the field, where a person or a moment cannot be told."""
    command = MoveCase(
        shown.case.id,
        move.key,
        shown.case.version,
        {key: text for key, text in typed.items() if key not in _PARTS},
        note=typed.get(NOTE_FIELD, ""),
        override=typed.get(OVERRIDE_FIELD, ""),
    )
    if typed.get(OWNER_FIELD, "").strip():
        command = replace(command, person_id=person_named(typed, move.person, context))
    when = typed.get(REMINDER_FIELD, "").strip()
    if when:
        said = moment_reading(when, context).said
        if said is None:
            words = pgettext("field", "“{typed}” is no moment; type one such as {example}.")
            raise Invalid(words.format(typed=when, example=example_of_moment(context)), REMINDER_FIELD)
        command = replace(command, remind_at=said)
    return command


def person_named(typed: Mapping[str, str], field_: str, context: FormatContext) -> int:
    """The id of the colleague whose name was typed into the field of that title. Raises Invalid."""
    named = typed.get(OWNER_FIELD, "").strip()
    found = find_people(named, context.people)
    if len(found) != 1:
        words = pgettext("field", "{field}: nobody here is called {name}.")
        raise Invalid(words.format(field=field_, name=named), OWNER_FIELD)
    return found[0].id


def opening_of(command: OpenCase, typed: Mapping[str, str]) -> OpenCase:
    """The new case as it was typed."""
    answers = {key: text for key, text in typed.items() if key not in _PARTS}
    return replace(command, answers=answers, note=typed.get(NOTE_FIELD, ""))
