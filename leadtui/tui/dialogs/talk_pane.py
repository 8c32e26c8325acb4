"""A talk by the playbook, beside the customer: what to say above, the questions beneath, one under the cursor, the status last."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Any, ClassVar, cast

from textual import getters, on
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.draft import FormDraft
from leadtui.domain.lead_fields import NEED
from leadtui.domain.message import MessageText
from leadtui.domain.playbook import OPENING, ItemKind, PlaybookItem
from leadtui.language.text import brief, safe, safe_multiline
from leadtui.language.translate import _, pgettext
from leadtui.presentation.playbook_words import STEP_WORDS
from leadtui.services.drafts import PLAYBOOK_DRAFT
from leadtui.services.session import Clock
from leadtui.tui.commands.command import bindings_of
from leadtui.tui.commands.dialogs import PLAYBOOK_COMMANDS
from leadtui.tui.dialogs.dialog import kept_notice
from leadtui.tui.dialogs.playbook_entry import (
    STATUS,
    Asked,
    Talk,
    TalkSnapshot,
    asked_field_of,
    base_texts,
    is_answer,
    sent_key,
)
from leadtui.tui.program import program_of
from leadtui.tui.web_links import open_link
from leadtui.tui.widgets.answer_editor import answer_editor, answer_title
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.draft_autosave import DraftAutosave, Keep
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form import Form
from leadtui.tui.widgets.form_field import Editor, FieldMessage, FormField, Tone, Way
from leadtui.tui.widgets.key_bar import CommandLine, command_words
from leadtui.tui.widgets.send_line import SENT, SendLine


@dataclass(frozen=True, slots=True)
class TalkResult:
    """What was answered, and what stood there before, by form key; and what the status dialog is opened with."""

    typed: dict[str, str]
    seen: dict[str, str]
    learnt: FormDraft


class TalkTitle(CommandLine):
    """The bar and the tint show that the talk has the keyboard; at the end of the line stands the key that leads into it."""

    DEFAULT_CSS = """
    TalkTitle {
        height: 1; background: $pane-alt; color: $foreground; text-style: bold; text-wrap: nowrap;
        &.-focused { background: $cursor-blurred; }
    }
    """

    words: reactive[str] = reactive("")
    about: reactive[str] = reactive("")
    """The need that is talked about."""

    def __init__(self, enters: str) -> None:
        """`enters` is the command whose key leads into the talk."""
        super().__init__()
        self._enters = enters

    def render(self) -> Content:
        """The bar where the pane has the focus, who is talked with about what, and the key."""
        focused = self.has_class("-focused")
        bar = ("▌", "$primary") if focused else (" ", "")
        about = (f" · {self.about}" if self.about else "", "$dim")
        left = Content.assemble(bar, self.words, about)
        into = command_words(
            program_of(self).key_here(self._enters), pgettext("key", "into the talk"), self._enters
        )
        if focused:
            into = Content.assemble(("Enter", "bold $key"), " ", (pgettext("key", "goes on"), "$dim"))
        room = self.content_size.width - left.cell_length - into.cell_length - 1
        return Content.assemble(left, " " * room, into) if room > 0 else left


class TalkPane(Vertical):
    """A third pane, or under the customer where the desk is narrow, and there only as high as it needs.

    It says `Finished` or `Left`, and reads and writes nothing; what is typed is kept as a draft, as it is typed.
    """

    DEFAULT_CSS = """
    TalkPane {
        width: 62; height: 100%; background: $pane; border-left: solid $rule; display: none;
        &.-shown { display: block; }

        #notice, #reason { display: none; height: auto; max-height: 3; padding: 0 1; color: $dim; }
        #reason { color: $late; }
        #notice.-shown, #reason.-shown { display: block; }
        #say {
            display: none; height: auto; max-height: 40%; padding: 0 1; background: $pane-alt; scrollbar-size-vertical: 1;
        }
        #say.-shown { display: block; }
        #say Static { height: auto; }
        #form { height: 1fr; padding: 1 1 0 1; }

        &.-sheet {
            width: 100%; height: auto; max-height: 52%; border-left: none;
            #say { max-height: 5; }
            #form { padding: 0 1; }
            /* No line to spare: what says nothing takes none. */
            FormField .form-message { display: none; }
            FormField.-said .form-message { display: block; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(PLAYBOOK_COMMANDS)]

    app = getters.app(cast("type[App[Any]]", App))
    form = getters.query_one("#form", Form)
    title = getters.query_one(TalkTitle)

    @dataclass
    class Finished(Message):
        """The person has come to the end: the answers are to be saved, and the status is to be asked for."""

        pane: TalkPane

    @dataclass
    class Sends(Message):
        """The person wants to send a text of the playbook."""

        pane: TalkPane
        text: MessageText

    @dataclass
    class Left(Message):
        """The person leaves the talk; what is typed stays kept."""

        pane: TalkPane

    def __init__(self, snapshot: TalkSnapshot, keep: Keep, clock: Clock, enters: str = "talk") -> None:
        """`keep` is given what is typed, as it is typed; `enters` is the command whose key leads into it."""
        super().__init__(id="talk")
        self._enters = enters
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
        self._proposed = ""
        """The status that the playbook proposes as the form stands."""

    def compose(self) -> ComposeResult:
        """Who is talked with, the words to say, the questions, the line for a refusal."""
        yield TalkTitle(self._enters)
        yield Static(id="notice")
        with VerticalScroll(id="say", can_focus=False):
            yield Static()
        yield Form()
        yield Static(id="reason")

    async def on_mount(self) -> None:
        """Show where the talk was left."""
        for part in (self.form, self.query_one("#say")):
            self.watch(part, "virtual_size", self._fit_anew, init=False)
        draft = self.snapshot.draft
        if draft is not None and draft.saved_at is not None:
            key = program_of(self).key_of("begin-talk-afresh")
            self._show_notice(kept_notice(draft, key, self.snapshot.context))
        reason = self.query_one("#reason", Static)
        reason.update(Content(f"✕ {safe(self.snapshot.reason)}"))
        reason.set_class(bool(self.snapshot.reason), "-shown")
        await self._show_form()
        self._at = self._begin()
        self._say()

    def say_anew(self) -> None:
        """Say everything in the language in use, which has changed."""
        self._say_who()
        self._say()
        self.call_later(self._show_form_anew)

    @property
    def lead_id(self) -> int:
        """With whom one talks."""
        return self.snapshot.lead.id

    @property
    def owner(self) -> str:
        """Whose playbook is talked by: the key of the need, or `OPENING`."""
        need = self._talk.need
        return need.key if need is not None and need.playbook else OPENING

    @property
    def has_answers(self) -> bool:
        """Whether anything was answered since the talk began, or stands in its draft."""
        return bool(self._talk.texts)

    @property
    def has_keyboard(self) -> bool:
        """Whether the cursor is in one of its questions."""
        focused = self.screen.focused
        return focused is not None and self in focused.ancestors

    def enter(self) -> None:
        """Put the cursor where the talk was left, else into the first question that is open."""
        self._enter(self._at or self._begin())

    def _begin(self) -> str:
        wrong = next((each.key for each in self.form.fields if each.key in self._refused), "")
        return wrong or self._at or self._first_open()

    # How high it is

    def place(self, *, beside: bool, low: bool) -> None:
        """Be a pane beside the desk, or a sheet that is only as high as it needs.

        In a `low` window a sheet says no more than what is to be said, until the keyboard comes to it.
        """
        self.set_class(not beside, "-sheet")
        self.set_class(low, "-low")
        self._fit_anew()

    def _fit_anew(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if not self.is_attached or not self.form.children:
            return
        if not self.has_class("-sheet"):
            if self.styles.clear_rule("height"):
                self.refresh(layout=True)
        else:
            asks = self.has_keyboard or not self.has_class("-low")
            form = max(each.virtual_region_with_margin.bottom for each in self.form.children) if asks else 0
            others = [each for each in self.children if each.display and each is not self.form]
            self.styles.height = form + sum(each.outer_size.height for each in others)
        field = self.form.field(self.form.current_key)
        if field is not None:
            self.form.scroll_to_widget(field, animate=False)

    # What the person does

    @on(FormField.Changed)
    async def _change(self, event: FormField.Changed) -> None:
        field = event.field
        if field not in self.form.fields or field.text == self._talk.text(field.key):
            return
        self._refused.pop(field.key, None)
        self._gather()
        self._autosave.soon()
        if self._take_parts() != [each.key for each in self.form.fields]:
            await self._show_form()
        self._tell()
        self._say()

    @on(FormField.Left)
    def _leave(self, event: FormField.Left) -> None:
        if event.field in self.form.fields:
            self._touched.add(event.field.key)
            self._tell()

    @on(SendLine.Pressed)
    def _send(self, event: SendLine.Pressed) -> None:
        event.stop()
        self.post_message(self.Sends(self, event.line.message))

    def sent(self, text: MessageText) -> None:
        """Tick the line of a text, which was queued, and go on to the next one."""
        field = self.form.field(sent_key(text))
        if field is not None:
            field.text = SENT
            self._gather()
            self._autosave.now()
            self.form.go(field, Way.ON)

    @on(Form.Finished)
    def _finish(self) -> None:
        self.action_finish_talk()

    def on_descendant_focus(self) -> None:
        """Say what belongs to the question under the cursor; propose the need that the answers speak for."""
        self._at = self.form.current_key or self._at
        self.title.add_class("-focused")
        self.title.refresh()
        self._propose_need()
        self._tell()
        self._say()
        self._fit_anew()

    def on_descendant_blur(self) -> None:
        """Say whether the keyboard is still here."""
        self.title.set_class(self.has_keyboard, "-focused")
        self.title.refresh()
        self._fit_anew()

    def action_finish_talk(self) -> None:
        """Go on to the status."""
        self.post_message(self.Finished(self))

    def result(self) -> TalkResult | None:
        """What was answered and learnt, which is kept once more before; None where something cannot be read, which is shown."""
        self._gather()
        wrong = self._talk.problems()
        first = next((each.key for each in self.form.fields if each.key in wrong), "")
        if first:
            self._touched.update(wrong)
            self._tell()
            self._enter(first)
            return None
        self._autosave.now()
        typed = {key: text for key, text in self._talk.texts.items() if is_answer(key)}
        seen = {key: self._seen.get(key, "") for key in typed}
        return TalkResult(typed, seen, self._talk.learnt())

    def action_leave_talk(self) -> None:
        """Leave without saving; what is typed is kept."""
        self.post_message(self.Left(self))

    def keep_now(self) -> None:
        """What is typed is kept at once, with the place of the cursor."""
        self._gather()
        self._autosave.now(with_focus=True)

    def action_objections(self) -> None:
        """Show what customers object, with the answers; again, what is to be said."""
        self._objecting = not self._objecting
        self._say()

    def action_copy_link(self) -> None:
        """Put the link of the lines in sight on the clipboard."""
        if link := self._link():
            self.app.copy_to_clipboard(link)
            words = pgettext("notice", "Copied: {number}").format(number=link)
            self.app.notify(words, timeout=3, markup=False)

    def action_open_link(self) -> None:
        """Open the link of the lines in sight; where nothing opens it, it is copied."""
        if link := self._link():
            self.run_worker(self._open_link(link), group="link", description="open a link")

    async def _open_link(self, link: str) -> None:
        if not await asyncio.to_thread(open_link, link):
            self.app.copy_to_clipboard(link)
            words = _("No browser opens it from here; copied: {link}")
            self.app.notify(words.format(link=link), markup=False)

    def _link(self) -> str:
        """The last link of the lines in sight; where there is none, the person is told."""
        link = next((each.link for each in reversed(self._lines()) if each.link), "")
        if not link:
            self.app.notify(_("Nothing here has a link."), markup=False)
        return link

    async def action_begin_talk_afresh(self) -> None:
        """Throw away what was typed, and begin anew."""
        self._talk = replace(self._talk, texts={})
        self._touched.clear()
        self._refused.clear()
        self._show_notice(Content(""))
        await self._show_form_anew()
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

    def _take_parts(self) -> list[str]:
        """Take what is to be said from what is typed, and return the keys of the fields that are to be shown."""
        before, after, self._rest = self._talk.parts()
        self._asked = {each.key: each for each in (*before, *after)}
        return [*(each.key for each in before), NEED, *(each.key for each in after), STATUS]

    async def _show_form(self) -> None:
        """Show what is to be asked; the fields that stand there stay as they are, and the cursor in them."""
        before, after, self._rest = self._talk.parts()
        self._asked = {each.key: each for each in (*before, *after)}
        proposed, self._proposed = self._proposed, self._talk.playbook.status
        if proposed != self._proposed and self.form.current_key != STATUS:
            await self.form.leave_out(STATUS)
        fields = [
            *(self.form.field(each.key) or self._question(each) for each in before),
            self.form.field(NEED) or FormField(NEED, pgettext("field", "Need"), self._need_editor()),
            *(self.form.field(each.key) or self._question(each) for each in after),
            self.form.field(STATUS) or FormField(STATUS, pgettext("field", "Status"), self._status_editor()),
        ]
        await self.form.change(fields)
        self._say_who()
        self._tell()

    async def _show_form_anew(self) -> None:
        """Show every field as it is now, none as it stood."""
        focused = self.form.current_key
        await self.form.show(())
        await self._show_form()
        if focused:
            self._enter(focused)

    def _say_who(self) -> None:
        name = brief(self.snapshot.lead.name, 40) or pgettext("customer", "no name")
        self.title.words = pgettext("title", "{name} · talk").format(name=name)
        self.title.about = safe(self._talk.need.title) if self._talk.need else ""

    def _show_notice(self, words: Content) -> None:
        notice = self.query_one("#notice", Static)
        notice.update(words)
        notice.set_class(bool(words.plain), "-shown")

    def _question(self, asked: Asked) -> FormField:
        if isinstance(asked.field, MessageText):
            line = SendLine(asked.field, self._talk.text(asked.key))
            return FormField(asked.key, pgettext("step", STEP_WORDS[ItemKind.SEND]), line)
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
            if isinstance(field.editor, SendLine) and field.key == self._at:
                message = FieldMessage(Tone.HINT, _send_hint(sent=bool(field.text)))
            if message is None and field.key == NEED and field.text and field.text == self._talk.likely:
                message = FieldMessage(Tone.UNDERSTOOD, _("The answers speak for it; Enter confirms it."))
            self.form.show_message(field.key, message)

    def _lines(self) -> list[PlaybookItem]:
        """What belongs to the place of the cursor."""
        if self._at == STATUS:
            return self._rest
        asked = self._asked.get(self._at)
        return [] if asked is None else list(asked.lines)

    def _say(self) -> None:
        parts: list[Content] = []
        if self._objecting:
            for each in self._talk.objections():
                parts.append(Content.assemble(("✕ ", "$late"), (safe_multiline(each.says), "bold")))
                parts.append(Content.assemble("  ", safe_multiline(each.answer)))
        else:
            first = next(iter(self.form.fields), None)
            if first is not None and first.key == self._at and self._talk.opening():
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


def _send_hint(*, sent: bool) -> str:
    if sent:
        return _("Enter goes on; space sends it again.")
    return _("Enter shows it filled in; ↓ goes on without it.")


def editor_text(editor: Widget) -> str:
    """What an editor says."""
    assert isinstance(editor, Editor)
    return editor.text
