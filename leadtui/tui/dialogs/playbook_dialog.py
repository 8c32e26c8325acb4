"""A talk by the playbook: what to say above, the questions beneath, one under the cursor, and the status at the end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.draft import FormDraft
from leadtui.domain.lead_fields import NEED
from leadtui.domain.playbook import ItemKind, PlaybookItem
from leadtui.language.text import brief, safe, safe_multiline
from leadtui.language.translate import _, pgettext
from leadtui.presentation.playbook_words import STEP_WORDS
from leadtui.services.drafts import PLAYBOOK_DRAFT
from leadtui.services.session import Clock
from leadtui.tui.commands import PLAYBOOK_COMMANDS, bindings_of
from leadtui.tui.dialogs.dialog import FormDialog, kept_notice
from leadtui.tui.dialogs.playbook_entry import (
    STATUS,
    Asked,
    Talk,
    TalkSnapshot,
    asked_field_of,
    base_texts,
)
from leadtui.tui.program import program_of
from leadtui.tui.widgets.answer_editor import answer_editor, answer_title
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.draft_autosave import DraftAutosave, Keep
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form import Form
from leadtui.tui.widgets.form_field import Editor, FieldMessage, FormField, Tone
from leadtui.tui.widgets.splitter import BESIDE_TALK


@dataclass(frozen=True, slots=True)
class TalkResult:
    """What was answered, and what stood there before, by form key; and what the status dialog is opened with."""

    typed: dict[str, str]
    seen: dict[str, str]
    learnt: FormDraft


class PlaybookDialog(FormDialog[TalkResult]):
    """Closes with what was answered, or with None; what is typed is then kept as a draft. It reads and writes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(PLAYBOOK_COMMANDS)]

    def __init__(self, snapshot: TalkSnapshot, keep: Keep, clock: Clock) -> None:
        """`keep` is given what is typed, as it is typed."""
        super().__init__()
        self.snapshot = snapshot
        self._clock = clock
        draft = snapshot.draft or FormDraft(PLAYBOOK_DRAFT, snapshot.lead.id)
        self._seen = {**base_texts(snapshot), **draft.base}
        self._talk = Talk(snapshot, base_texts(snapshot), dict(draft.texts))
        self._at = draft.focus
        """The key of the question under the cursor."""
        self._autosave = DraftAutosave(self, lambda: (self.draft,), keep, (self._draft(draft),))
        self._touched: set[str] = set()
        self._refused = {each.field: str(each) for each in snapshot.problems}
        self._objecting = False
        self._asked: dict[str, Asked] = {}
        self._rest: list[PlaybookItem] = []
        self._first: dict[str, str] = {}
        """What stood in each field as it was shown first, before anything was typed."""

    def compose(self) -> ComposeResult:
        """The words to say, the questions, the line for a refusal."""
        with Vertical(id="dialog"):
            yield Static(id="notice")
            with VerticalScroll(id="say", can_focus=False):
                yield Static()
            yield Form()
            yield Static(id="reason")

    async def on_mount(self) -> None:
        """Begin where the talk was left, else with the first question that is open."""
        name = brief(self.snapshot.lead.name, 40) or pgettext("customer", "no name")
        title = pgettext("title", "{name} · talk").format(name=name)
        self.box.border_title = Content(f" {safe(title)} ")
        draft = self.snapshot.draft
        if draft is not None and draft.saved_at is not None:
            key = program_of(self).key_of("begin-talk-afresh")
            self.show_notice(kept_notice(draft, key, self.snapshot.context))
        await self._show_form()
        if self.snapshot.reason:
            self.show_reason(self.snapshot.reason)
        wrong = next((each.key for each in self.form.fields if each.key in self._refused), "")
        self._enter(wrong or self._at or self._first_open())

    def on_resize(self) -> None:
        """A pane of its own beside the desk, or a sheet over it."""
        self.set_class(self.size.width >= BESIDE_TALK, "-beside")

    def on_unmount(self) -> None:
        """However it closes, also with the program: what is typed is kept."""
        self._autosave.now()

    # What the person does

    @on(FormField.Changed)
    async def _change(self, event: FormField.Changed) -> None:
        field = event.field
        if field not in self.form.fields or field.text == self._talk.text(field.key):
            return
        self._refused.pop(field.key, None)
        self._gather()
        self._autosave.soon()
        if self._shown() != [each.key for each in self.form.fields]:
            await self._show_form()
            self._enter(field.key)
        self._tell()

    @on(FormField.Left)
    def _leave(self, event: FormField.Left) -> None:
        if event.field in self.form.fields:
            self._touched.add(event.field.key)
            self._tell()

    @on(Form.Finished)
    def _finish(self) -> None:
        self.action_finish_talk()

    def on_descendant_focus(self) -> None:
        """Say what belongs to the question under the cursor; propose the need that the answers speak for."""
        self._at = self.form.current_key
        self._propose_need()
        self._say()
        self._show_keys()

    def action_finish_talk(self) -> None:
        """Close with the answers and what was learnt, or show what cannot be read."""
        self._gather()
        wrong = self._talk.problems()
        first = next((each.key for each in self.form.fields if each.key in wrong), "")
        if first:
            self._touched.update(wrong)
            self._tell()
            self._enter(first)
            return
        self._autosave.now()
        typed = {key: text for key, text in self._talk.texts.items() if key != STATUS}
        seen = {key: self._seen.get(key, "") for key in typed}
        self.dismiss(TalkResult(typed, seen, self._talk.learnt()))

    def action_leave_talk(self) -> None:
        """Close without saving; what is typed is kept."""
        self._gather()
        self._autosave.now(with_focus=True)
        self.dismiss(None)

    def action_objections(self) -> None:
        """Show what customers object, with the answers; again, what is to be said."""
        self._objecting = not self._objecting
        self._say()

    def action_copy_link(self) -> None:
        """Put the link of the lines in sight on the clipboard."""
        link = next((each.link for each in reversed(self._lines()) if each.link), "")
        if not link:
            self.app.notify(_("Nothing here has a link."), markup=False)
            return
        self.app.copy_to_clipboard(link)
        self.app.notify(pgettext("notice", "Copied: {number}").format(number=link), timeout=3, markup=False)

    async def action_begin_talk_afresh(self) -> None:
        """Throw away what was typed, and begin anew."""
        self._talk = replace(self._talk, texts={})
        self._touched.clear()
        self._refused.clear()
        self.show_notice(Content(""))
        await self._show_form()
        self._autosave.now()
        self._enter(self._first_open())

    # What is typed

    @property
    def draft(self) -> FormDraft:
        """What is typed by now."""
        return self._draft(FormDraft(PLAYBOOK_DRAFT, self.snapshot.lead.id))

    def _draft(self, about: FormDraft) -> FormDraft:
        texts = dict(self._talk.texts)
        base = {key: self._seen.get(key, "") for key in texts}
        return replace(
            about,
            texts=texts,
            base=base,
            focus=self._at if texts else "",
            saved_at=self._clock().astimezone(UTC),
        )

    def _gather(self) -> None:
        """Take over what stands in the form and is another than before."""
        texts = dict(self._talk.texts)
        for each in self.form.fields:
            if each.text == self._first.get(each.key, ""):
                texts.pop(each.key, None)
            else:
                texts[each.key] = each.text
        self._talk = replace(self._talk, texts=texts)

    # What is shown

    def _shown(self) -> list[str]:
        before, after, _rest = self._talk.parts()
        return [*(each.key for each in before), NEED, *(each.key for each in after), STATUS]

    async def _show_form(self) -> None:
        before, after, rest = self._talk.parts()
        self._asked = {each.key: each for each in (*before, *after)}
        self._rest = rest
        need = self._need_editor()
        fields = [
            *map(self._question, before),
            FormField(NEED, pgettext("field", "Need"), need),
            *map(self._question, after),
            FormField(STATUS, pgettext("field", "Status"), self._status_editor()),
        ]
        await self.form.show(fields)
        self._tell()

    def _question(self, asked: Asked) -> FormField:
        field = asked_field_of(asked)
        base = answer_editor(field, self._talk.base.get(asked.key, ""), self.snapshot, self.snapshot.context)
        self._first.setdefault(asked.key, editor_text(base))
        editor = answer_editor(field, self._talk.text(asked.key), self.snapshot, self.snapshot.context)
        return FormField(asked.key, answer_title(field, self.snapshot.context), editor)

    def _need_editor(self) -> Widget:
        known = self.snapshot.definitions.needs
        at = self._talk.text(NEED)
        self._first[NEED] = self._talk.base.get(NEED, "")
        return DropDown(
            [Choice(each.key, each.title) for each in known if not each.retired or each.key == at], at
        )

    def _status_editor(self) -> Widget:
        statuses = self.snapshot.definitions.open_statuses
        proposed = self._talk.playbook.status
        self._first[STATUS] = proposed
        at = self._talk.text(STATUS) or proposed
        return DropDown([Choice(each.key, each.title) for each in statuses], at)

    def _propose_need(self) -> None:
        """The need that the answers speak for stands there once one comes to it: Enter confirms it."""
        field, likely = self.form.field(NEED), self._talk.likely
        if field is not None and self.form.current_key == NEED and likely and not field.text:
            field.text = likely

    def _first_open(self) -> str:
        texts = {each.key: each.text for each in self.form.fields}
        return next((key for key, text in texts.items() if not text.strip()), "")

    def _enter(self, key: str) -> None:
        field = self.form.field(key) or next(iter(self.form.fields), None)
        if field is not None:
            field.take_focus()

    def _tell(self) -> None:
        """Say beside each field what is wrong with it, once it was left, and what Enter does with the need."""
        wrong = {key: words for key, words in self._talk.problems().items() if key in self._touched}
        for field in self.form.fields:
            words = self._refused.get(field.key) or wrong.get(field.key)
            message = FieldMessage(Tone.WRONG, words) if words else None
            if message is None and field.key == NEED and field.text and field.text == self._talk.likely:
                message = FieldMessage(Tone.UNDERSTOOD, _("The answers speak for it; Enter confirms it."))
            self.form.show_message(field.key, message)

    def _lines(self) -> list[PlaybookItem]:
        """What belongs to the place of the cursor."""
        key = self.form.current_key
        if key == STATUS:
            return self._rest
        asked = self._asked.get(key)
        return [] if asked is None else list(asked.lines)

    def _say(self) -> None:
        parts: list[Content] = []
        if self._objecting:
            for each in self._talk.objections():
                parts.append(Content.assemble(("✕ ", "$late"), (safe_multiline(each.says), "bold")))
                parts.append(Content.assemble("  ", safe_multiline(each.answer)))
        else:
            first = next(iter(self.form.fields), None)
            if first is not None and first.key == self.form.current_key and self._talk.opening():
                parts.append(Content(safe_multiline(self._talk.opening())))
            parts += [line for each in self._lines() if (line := self._line(each)).plain]
        self.query_one("#say Static", Static).update(Content("\n").join(parts))
        self.query_one("#say").set_class(bool(parts), "-shown")

    def _line(self, item: PlaybookItem) -> Content:
        text = safe_multiline(self._talk.spoken(item.text))
        link = f" {safe(item.link)}" if item.link else ""
        if item.kind is ItemKind.ASK or item.kind is ItemKind.SAY:
            style = "bold" if item.asks else ""
            return Content.assemble((text, style), (link, "$key")) if text else Content("")
        words = pgettext("step", STEP_WORDS[item.kind])
        return Content.assemble((f"▸ {words}: ", "$dim"), text, (link, "$key"))

    def _show_keys(self) -> None:
        parts = [Content.assemble(("Enter", "bold $key"), " ", (pgettext("key", "goes on"), "$dim"))]
        for command in PLAYBOOK_COMMANDS:
            if command.important:
                click = f"@click=screen.{command.method}"
                key = program_of(self).key_of(command.name)
                title = pgettext("key", command.title)
                parts.append(Content.assemble((key, f"bold $key {click}"), " ", (title, f"$dim {click}")))
        self.box.border_subtitle = Content.assemble(" ", Content(" · ").join(parts), " ")

    def on_key(self, event: events.Key) -> None:
        """A key that comes while the form is built anew waits for it."""
        if self.focused is None and event.key != "escape":
            event.stop()
            event.prevent_default()
            self.app.post_message(event.copy())


def editor_text(editor: Widget) -> str:
    """What an editor says."""
    assert isinstance(editor, Editor)
    return editor.text
