"""What is asked about a case: by a move, for a new one, for its answers, a note, and who is to be responsible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from leadtui.domain.case import OVERRIDE_FIELD, TITLE_FIELD
from leadtui.domain.case_kind import CaseKind, Transition
from leadtui.domain.field import Field, FormatContext, edit_text, find_people
from leadtui.domain.follow_up import NOTE_FIELD, OWNER_FIELD, REMINDER_FIELD
from leadtui.domain.permission import Permission
from leadtui.domain.status import ReminderRule
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.errors import Invalid
from leadtui.language.translate import pgettext
from leadtui.presentation.case_words import case_name
from leadtui.presentation.input_feedback import example_of_moment, moment_reading
from leadtui.services.cases import AnswerCase, MoveCase, OpenCase, ShownCase
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, Dialog
from leadtui.tui.widgets.answer_editor import answer_editor, answer_title, person_editor
from leadtui.tui.widgets.form_field import FormField, Way, tell_problems
from leadtui.tui.widgets.inputs import LineInput, TextInput


@dataclass(frozen=True, slots=True)
class CasePeople:
    """Who can be named in a form."""

    definitions: Definitions
    actor: Colleague
    leads_per_colleague: Mapping[int, int] = field(default_factory=dict[int, int])


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
    person_needed: bool = True
    typed: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all that it asks, in their order."""
        parts = (
            (OWNER_FIELD, bool(self.person)),
            (REMINDER_FIELD, self.reminder is not ReminderRule.NO),
            (OVERRIDE_FIELD, self.overrides),
            (NOTE_FIELD, self.notes),
        )
        return (*(each.key for each in self.fields), *(key for key, asked in parts if asked))


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
    """What a new case asks; one that need not be about anybody is called by a title."""
    named = () if any(each.least for each in kind.roles) else _title_field(kind)
    return CaseForm(kind.title, pgettext("key", "open it"), (*named, *kind.entry_fields))


def form_of_answers(shown: ShownCase, actor: Colleague, context: FormatContext) -> CaseForm:
    """The title and the answers of a case as they are, as far as the person fills them in beside moves."""
    kind, case = shown.kind, shown.case
    fields = kind.open_fields if actor.may(Permission.APPROVE_CASES) else kind.entry_fields
    title = pgettext("title", "Fill in the case · {name}").format(name=case_name(shown))
    typed = {
        TITLE_FIELD: case.title,
        **{
            each.key: edit_text(each.kind, case.answers[each.key], context)
            for each in fields
            if each.key in case.answers
        },
    }
    return CaseForm(title, pgettext("key", "save"), (*_title_field(kind), *fields), notes=False, typed=typed)


def _title_field(kind: CaseKind) -> tuple[Field, ...]:
    """The line of a case's title; a kind that has a field of that name does without."""
    return () if kind.field(TITLE_FIELD) else (Field(0, TITLE_FIELD, pgettext("column", "Title")),)


def form_of_note(shown: ShownCase) -> CaseForm:
    """What is to be noted in the timeline of the case."""
    title = pgettext("title", "{name} · note").format(name=case_name(shown))
    return CaseForm(title, pgettext("key", "save"), ())


def form_of_giving(shown: ShownCase) -> CaseForm:
    """Who is to be responsible for the case."""
    title = pgettext("title", "Give the case to a colleague · {name}").format(name=case_name(shown))
    person = pgettext("field", "Responsible (empty: nobody)")
    return CaseForm(title, pgettext("key", "give"), (), person, person_needed=False, notes=False)


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
            person = FormField(OWNER_FIELD, form.person, editor, required=form.person_needed)
            self._fields.append(person)
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


def move_of(
    shown: ShownCase, move: Transition, form: CaseForm, typed: Mapping[str, str], context: FormatContext
) -> MoveCase:
    """The move with the answers that stood otherwise in the form as it was first shown: of what is kept one may see less.

    Raises Invalid, with the field, where a person or a moment cannot be told.
    """
    command = MoveCase(
        shown.case.id,
        move.key,
        shown.case.version,
        _answers(shown.kind, _changed(form, typed)),
        note=note_of(typed),
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


def giving_of(typed: Mapping[str, str], form: CaseForm, context: FormatContext) -> int | None:
    """The id of the colleague who is to be responsible, None for nobody. Raises Invalid."""
    return person_named(typed, form.person, context) if typed.get(OWNER_FIELD, "").strip() else None


def person_named(typed: Mapping[str, str], field_: str, context: FormatContext) -> int:
    """The id of the colleague whose name was typed into the field of that title. Raises Invalid."""
    named = typed.get(OWNER_FIELD, "").strip()
    found = find_people(named, context.people)
    if len(found) != 1:
        words = pgettext("field", "{field}: nobody here is called {name}.")
        raise Invalid(words.format(field=field_, name=named), OWNER_FIELD)
    return found[0].id


def note_of(typed: Mapping[str, str]) -> str:
    """The note that was typed."""
    return typed.get(NOTE_FIELD, "")


def opening_of(kind: CaseKind, command: OpenCase, typed: Mapping[str, str]) -> OpenCase:
    """The new case as it was typed."""
    answers = _answers(kind, typed)
    return replace(command, title=_title(kind, typed) or "", answers=answers, note=note_of(typed))


def answering_of(shown: ShownCase, form: CaseForm, typed: Mapping[str, str]) -> AnswerCase:
    """What was typed otherwise than it stood in the form as it was first shown."""
    changed = _changed(form, typed)
    kind, case = shown.kind, shown.case
    return AnswerCase(case.id, _answers(kind, changed), case.version, _title(kind, changed))


def _changed(form: CaseForm, typed: Mapping[str, str]) -> Mapping[str, str]:
    return {key: text for key, text in typed.items() if text != form.typed.get(key, "")}


def _answers(kind: CaseKind, typed: Mapping[str, str]) -> Mapping[str, str]:
    return {key: text for key, text in typed.items() if kind.field(key)}


def _title(kind: CaseKind, typed: Mapping[str, str]) -> str | None:
    """The title that was typed; None where its kind asks for none, or none was."""
    return None if kind.field(TITLE_FIELD) else typed.get(TITLE_FIELD)
