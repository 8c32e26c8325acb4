"""Statuses: what each says, what giving it does with the customer, and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from leadtui.domain.defining import ESCALATION, RETRY, retry_problem
from leadtui.domain.difference import merge_status
from leadtui.domain.lead import Lead
from leadtui.domain.retry import RetryPace, RetryRule
from leadtui.domain.status import (
    STATUS_COLOURS,
    CartableRule,
    EscalationRule,
    ReminderRule,
    Status,
    StatusKind,
)
from leadtui.language.text import safe
from leadtui.language.translate import P_, _, pgettext
from leadtui.presentation.definition_words import (
    CARTABLE_WORDS,
    COLOUR_WORDS,
    REMINDER_WORDS,
    RETRY_WORDS,
    STATUS_KIND_WORDS,
)
from leadtui.presentation.formatter import status_glyph
from leadtui.presentation.retry_words import retry_sentences
from leadtui.services import defining
from leadtui.services.defining import STATUS
from leadtui.services.session import Session
from leadtui.tui.dialogs.status_entry import StatusEntry, StatusSnapshot, read_entry
from leadtui.tui.dialogs.status_form import outcome, status_fields
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import NEW, DefinitionSort
from leadtui.tui.screens.settings.following import Following
from leadtui.tui.screens.settings.status_fields_editor import StatusFieldsEditor
from leadtui.tui.status_style import status_content, status_style
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form import Form
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf

FIELDS = "fields"

GLYPHS = ("●", "○", "◐", "◔", "◆", "◇", "■", "□", "▲", "▼", "★", "☆", "✓", "✕", "⊘", "→", "↻", "♦")
"""Proposals: signs that take one cell in every terminal."""

KEPT, RELEASED = "kept", "released"
RELEASES_WORDS = {
    KEPT: P_("choice", "stays where that status puts it"),
    RELEASED: P_("choice", "leaves every cartable"),
}
"""What becomes of a customer after the last attempt."""

PAUSE = 0.1
"""Seconds without a change after which the preview follows."""


class StatusSort(DefinitionSort[Status]):
    """The only sort with a preview: the dialog that the agent will see."""

    name: ClassVar[str] = STATUS
    title: ClassVar[str] = P_("tab", "Statuses")
    new_title: ClassVar[str] = P_("title", "new status")

    def __init__(self, session: Session) -> None:
        """Make the form, with the signs, the fields that the status asks for and the dialog that agents will see."""
        super().__init__(session)
        self._fields_editor = StatusFieldsEditor(session.language)
        self._glyph = GlyphRow()
        self._then = OneOf([])
        self._preview = AgentPreview(session)
        self.fields = (
            FormField("title", pgettext("field", "Title"), LineInput(), required=True),
            FormField("glyph", pgettext("field", "Sign"), self._glyph),
            FormField("colour", pgettext("field", "Colour"), ColourRow()),
            FormField("kind", _("With it"), OneOf(_choices(STATUS_KIND_WORDS))),
            FormField("cartable", _("When it is given, the customer"), OneOf(_choices(CARTABLE_WORDS))),
            FormField("owner_title", _("The colleague is asked for as"), LineInput("", _("Next owner"))),
            FormField("reminder", pgettext("field", "Reminder"), OneOf(_choices(REMINDER_WORDS))),
            FormField(FIELDS, _("Asks for"), self._fields_editor),
            FormField(f"{RETRY}.pace", _("Tries again"), OneOf(_choices(RETRY_WORDS))),
            FormField(f"{RETRY}.after_minutes", _("After so many minutes"), LineInput()),
            FormField(f"{RETRY}.most", _("Attempts at the most"), LineInput()),
            FormField(f"{RETRY}.then_status", _("After the last one the status is"), self._then),
            FormField(
                f"{RETRY}.releases", pgettext("field", "and the customer"), OneOf(_choices(RELEASES_WORDS))
            ),
            FormField(
                f"{ESCALATION}.supervisor_after",
                _("Overdue: to a supervisor after minutes"),
                LineInput("", pgettext("hint", "never")),
            ),
            FormField(
                f"{ESCALATION}.pool_after",
                _("Overdue: out of the cartable after minutes"),
                LineInput("", pgettext("hint", "never")),
            ),
        )
        self.beside = (Static(classes="rule preview-rule"), self._preview)

    def items(self) -> Sequence[Status]:
        """The workspace's statuses."""
        return self.session.definitions.statuses

    def blank(self) -> Status:
        """Work goes on, the customer stays, nothing is asked."""
        return Status(NEW, "", "")

    def listed(self, item: Status) -> ListedDefinition:
        """Glyph, title and colour, and how many customers stand in it."""
        return ListedDefinition(
            item.id,
            item.title,
            status_glyph(item),
            status_style(item),
            self.count_words(self.affected(item)) if item.id != NEW else "",
            item.retired,
        )

    def fill(self, item: Status) -> None:
        """Show the status."""
        title, _glyph, colour, kind, cartable, owner_title, reminder, *_retry = self.fields
        title.text, kind.text, cartable.text = item.title, item.kind.value, item.cartable.value
        colour.text = item.colour if item.colour in STATUS_COLOURS else "grey"
        owner_title.text, reminder.text = item.owner_title, item.reminder.value
        pace, after, most, _then, releases = self._retry_fields
        self._then.begin_with(
            [
                Choice(each.key, each.title)
                for each in self.session.definitions.open_statuses
                if each.asks_nothing and not each.retry and each.id != item.id
            ],
            item.retry.then_status,
        )
        pace.text = item.retry.pace.value
        after.text, most.text = str(item.retry.after_minutes), str(item.retry.most)
        releases.text = RELEASED if item.retry.releases else KEPT
        for each, minutes in zip(self._escalation_fields, astuple(item.escalation), strict=True):
            each.text = str(minutes) if minutes else ""
        self._glyph.offer(item.glyph)
        self._fields_editor.show(item.open_fields)

    def gather(self, before: Status) -> Status:
        """Take what is typed and chosen; a field that was removed stays behind as retired once it is saved."""
        title, glyph, colour, kind, cartable, owner_title, reminder, *_retry = self.fields
        retired = [each for each in before.fields if each.retired]
        return replace(
            before,
            title=title.text,
            glyph=glyph.text,
            colour=colour.text,
            kind=StatusKind(kind.text),
            cartable=CartableRule(cartable.text),
            reminder=ReminderRule(reminder.text),
            owner_title=owner_title.text,
            retry=self._retry_rule(),
            escalation=self._escalation_rule(),
            fields=(*self._fields_editor.rows, *retired),
        )

    @property
    def _retry_fields(self) -> tuple[FormField, ...]:
        return self.fields[8:13]

    @property
    def _escalation_fields(self) -> tuple[FormField, ...]:
        return self.fields[13:]

    def _escalation_rule(self) -> EscalationRule:
        return EscalationRule(*(_minutes_or_never(each.text) for each in self._escalation_fields))

    def _retry_rule(self) -> RetryRule:
        pace, after, most, then, releases = self._retry_fields
        return RetryRule(
            RetryPace(pace.text or RetryPace.NO),
            _whole_number(after.text),
            _whole_number(most.text),
            then.text,
            releases.text == RELEASED,
        )

    def save(self, item: Status, before: Status | None) -> int:
        """Write the status, new or changed, with its fields."""
        return defining.save_status(self.session, item, before, approves=self.approves).id

    def merge(self, before: Status, mine: Status, newest: Status) -> Status:
        """Part by part, field by field."""
        return merge_status(before, mine, newest)

    def same_but_place(self, before: Status, newest: Status) -> bool:
        """The place and whether it is in use are changed in the list, not in the form."""
        return replace(before, position=newest.position, retired=newest.retired) == newest

    def affected(self, item: Status) -> int:
        """How many customers stand in it."""
        return self.counts.by_status.get(item.id, 0)

    def follow(self, item: Status) -> None:
        """A colleague is asked for only where the customer moves to one."""
        owner_title = self.fields[5]
        moves = item.cartable is CartableRule.NEXT
        owner_title.display = moves
        owner_title.disabled = not moves
        for each in self._retry_fields[1:]:
            each.display = bool(item.retry)
            each.disabled = not item.retry
        for each in self._escalation_fields:
            each.display = not item.final or bool(item.escalation)
        self._preview.show(item)

    def hint(self, form_field: FormField, item: Status, *, changed: bool) -> FieldMessage | None:
        """What the retry rule will do, as far as it can be kept, and which minutes are counted of what is overdue."""
        del changed
        if form_field in self._escalation_fields:
            return self._about_escalation(item) if form_field is self._escalation_fields[-1] else None
        statuses = self.session.definitions.statuses
        if form_field.key != f"{RETRY}.pace" or not item.retry or retry_problem(item, statuses):
            return None
        then = self.session.definitions.status_of_key(item.retry.then_status)
        return FieldMessage(
            Tone.HINT, retry_sentences(item.retry, then, windows=bool(self.session.workspace.calls.week))
        )

    def _about_escalation(self, item: Status) -> FieldMessage | None:
        if not item.escalation:
            return None
        if self.session.workspace.work.week:
            return FieldMessage(Tone.HINT, _("Only minutes within the hours of work count."))
        return FieldMessage(
            Tone.HINT, _("Minutes count at night too, as no hours of work are defined (under Workspace).")
        )

    def show_problems(self, problems: Mapping[str, str], item: Status, *, changed: bool) -> None:
        """Those of the fields stand beside each of them."""
        super().show_problems(problems, item, changed=changed)
        self._fields_editor.tell(_of_fields(problems))

    def forget_problem(self, key: str, problems: dict[str, str]) -> None:
        """The asked fields forget theirs one by one."""
        super().forget_problem(key, problems)
        if key == FIELDS:
            left = self._fields_editor.problems
            for each in list(_of_fields(problems)):
                if each not in left:
                    del problems[f"{FIELDS}.{each}"]

    def placed(self, problems: Mapping[str, str]) -> frozenset[str]:
        """Also beside the asked fields."""
        asked = {f"{FIELDS}.{each}" for each in _of_fields(problems)}
        return super().placed(problems) | asked

    def focus_first_wrong(self, problems: Mapping[str, str]) -> None:
        """The form's own fields come before those that are asked."""
        if any(each.key in problems for each in self.fields):
            super().focus_first_wrong(problems)
        else:
            self._fields_editor.open_first_wrong()


def _minutes_or_never(text: str) -> int:
    """The number that is typed, 0 for nothing; -1, which no rule may say, where it is none."""
    if not text.strip():
        return 0
    return _whole_number(text) or -1


def _whole_number(text: str) -> int:
    """The number that is typed, in whichever digits; 0, which no rule may say, where it is none."""
    return int(text) if text.strip().isdecimal() else 0


def _of_fields(problems: Mapping[str, str]) -> dict[str, str]:
    start = f"{FIELDS}."
    return {key.removeprefix(start): words for key, words in problems.items() if key.startswith(start)}


class ColourRow(OneOf):
    """The colours of a status, each drawn in itself."""

    def __init__(self) -> None:
        """None is chosen yet."""
        super().__init__(
            [Choice(colour, pgettext("choice", words), (colour,)) for colour, words in COLOUR_WORDS.items()]
        )

    def colour_of(self, place: int) -> str:
        """Each colour is drawn in itself."""
        return f"$status-{self.choices[place].text}"


class GlyphRow(OneOf):
    """Proposed signs, the first nine on the digits; any other one can be typed, but for letters, which are no sign."""

    def __init__(self) -> None:
        """None is chosen yet."""
        super().__init__([Choice(glyph, glyph) for glyph in GLYPHS])

    def offer(self, glyph: str) -> None:
        """Choose that sign, which need not be among the proposals."""
        self.choices = tuple(Choice(each, safe(each)) for each in dict.fromkeys((*GLYPHS, glyph)) if each)
        self.text = glyph
        self.refresh(layout=True)

    def draw_option(self, place: int, label: str) -> Content:
        """Signs have no mark before them, since a mark is a sign: the chosen one stands in brackets."""
        if place in self.chosen:
            return Content.assemble(("[", "$primary"), (label, "bold"), ("]", "$primary"))
        return Content(f" {label} ")

    def _find(self, letter: str, key: str) -> None:  # noqa: ARG002 - signs are no letters, whatever the keyboard
        """Choose the sign that a digit counts to, or the one that is typed."""
        if letter.isdecimal():
            if int(letter):
                self._move_to(int(letter) - 1)
        elif letter.strip() and not letter.isalpha():
            self.offer(letter)


def _choices(words: Mapping[Any, str]) -> list[Choice]:
    return [Choice(str(each), pgettext("choice", text)) for each, text in words.items()]


class AgentPreview(Vertical):
    """The form of the status dialog with nothing filled in; it takes neither keys nor clicks."""

    def __init__(self, session: Session) -> None:
        """`session` gives the people and how answers are written."""
        super().__init__(classes="preview")
        self._session = session
        self._following = Following(self, PAUSE, self._draw)

    def compose(self) -> ComposeResult:
        """What it is, and a dialog."""
        yield Static(pgettext("heading", "what agents will see"), classes="preview-title")
        with Vertical(classes="preview-box", disabled=True):
            yield Form(name="preview-form")
            yield Static(classes="preview-outcome")

    def show(self, status: Status) -> None:
        """Show the dialog of this status soon."""
        self._following.follow(status)

    async def on_show(self) -> None:
        """There is room for it now."""
        await self._following.draw()

    async def _draw(self, typed: Status, _before: Status | None) -> None:
        status = _nameable(typed)
        box = self.query_one(".preview-box", Vertical)
        box.border_title = Content.assemble(" ", status_content(status), " ")
        snapshot, entry = self._snapshot(), StatusEntry(status.id)
        await self.query_one(Form).show(status_fields(status, entry, snapshot, snapshot.context))
        reading = read_entry(entry, status, snapshot, self._session.now())
        self.query_one(".preview-outcome", Static).update(outcome(status, entry, reading, snapshot))

    def _snapshot(self) -> StatusSnapshot:
        session = self._session
        nobody = Lead(id=0, version=0, name="", entered_at=session.now())
        return StatusSnapshot(nobody, session.definitions, session.format_context(), session.actor, {}, ())


def _nameable(status: Status) -> Status:
    """With dots where no title is typed yet."""
    fields = tuple(replace(each, title=each.title or "…") for each in status.fields)
    return replace(status, title=status.title or pgettext("title", "new status"), fields=fields)
