"""The form of a customer, new or known: type, see who has that number already, save."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from leadtui.domain.difference import clashing
from leadtui.domain.draft import FormDraft
from leadtui.domain.field import FormatContext
from leadtui.domain.lead_entry import new_lead, read_lead
from leadtui.domain.lead_fields import BUILT_IN, NAME
from leadtui.errors import InvalidAnswers, LeadtuiError
from leadtui.language.text import brief, safe
from leadtui.language.translate import _, pgettext
from leadtui.services.drafts import CUSTOMER_DRAFT
from leadtui.services.editing import AddLead, EditLead, Known
from leadtui.services.session import Clock, Interrupted, Interruption
from leadtui.tui.commands.command import bindings_of
from leadtui.tui.commands.dialogs import LEAD_FORM_COMMANDS
from leadtui.tui.dialogs.dialog import FormDialog, kept_notice
from leadtui.tui.dialogs.lead_form_fields import (
    CARTABLE,
    NOBODY,
    FormState,
    LeadFormSnapshot,
    editor_of,
    editor_text,
    field_messages,
    first_texts,
    lead_form_fields,
    there_words,
)
from leadtui.tui.program import program_of
from leadtui.tui.widgets.date_input import SHEET_KEY, DateInput
from leadtui.tui.widgets.draft_autosave import DraftAutosave, Keep
from leadtui.tui.widgets.form import Form
from leadtui.tui.widgets.form_field import FormField

LOOKED_UP = (NAME, *(each.key for each in BUILT_IN if each.reaches or each.names_another))
"""The fields that may mean a customer who is there already."""

_SHARED = "share-number"
"""The form key of that numbers of others are to be had by both: no field has one with a hyphen."""

LookUp = Callable[[Mapping[str, str], Interruption], Known]


@dataclass(frozen=True, slots=True)
class OpenExisting:
    """The person would rather see the customer who is there already."""

    lead_id: int


class LeadForm(FormDialog[AddLead | EditLead | OpenExisting]):
    """Closes with what is to be saved, with whom to open instead, or with None; what is typed is kept as a draft.

    `on_draft` is given what is typed, a moment after it was typed and always before the form closes; an empty
    mapping means that there is nothing to keep. `look_up` is called in a thread.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(LEAD_FORM_COMMANDS)]

    @dataclass
    class LookedUp(Message):
        """From the thread: who is known by what is typed."""

        number: int
        known: Known

    def __init__(
        self,
        snapshot: LeadFormSnapshot,
        keep: Keep,
        look_up: LookUp,
        clock: Clock,
    ) -> None:
        """`clock` is the desk's."""
        super().__init__()
        self.snapshot = snapshot
        self._look_up = look_up
        self._clock = clock
        self._before = first_texts(snapshot)
        self._begun_with = snapshot.draft or self._blank
        self._texts = {**self._before, **self._usable(self._begun_with.texts)}
        clashes = clashing(self._begun_with.base, self._begun_with.texts, self._before)
        self._theirs = {key: self._before[key] for key in clashes if key in self._before}
        self._mine = {key: self._texts[key] for key in self._theirs if key in self._texts}
        self._touched: set[str] = set()
        self._tried = bool(snapshot.problems)
        self._refused = {problem.field: str(problem) for problem in snapshot.problems}
        self._reason = snapshot.reason or self._refused.pop("", "")
        self._known = Known()
        self._share = _SHARED in self._begun_with.texts
        self._asked = 0
        self._interruption = Interruption()
        self._autosave = DraftAutosave(self, lambda: (self.draft,), keep, (self.draft,))

    def compose(self) -> ComposeResult:
        """What is to be known first, the fields, why a save was refused."""
        with Vertical(id="dialog"):
            yield Static(id="notice")
            yield Form()
            yield Static(id="reason")

    async def on_mount(self) -> None:
        """Open as it was left, and with what was wrong at the last save."""
        lead = self.snapshot.lead
        name = (
            pgettext("title", "{name} · edit").format(
                name=brief(lead.name) or pgettext("customer", "no name")
            )
            if lead
            else _("New customer")
        )
        self.box.border_title = Content(f" {safe(name)} ")
        await self._show_form()
        self._ask_who()
        wrong = next(
            (each.key for each in self.form.fields if each.key in {**self._refused, **self._theirs}), ""
        )
        self._enter(wrong)

    def on_unmount(self) -> None:
        """However it closes, also with the program: what is typed is kept, and nothing more is looked up."""
        self._interruption.stop()
        self._autosave.now()

    # What the person does

    @on(FormField.Changed)
    def _change(self, event: FormField.Changed) -> None:
        key = event.field.key
        if event.field not in self.form.fields or event.field.text == self._texts.get(key, ""):
            return
        self._texts[key] = event.field.text
        self._refused.pop(key, None)
        if key in LOOKED_UP:
            self._ask_who()
        self._tell()
        self._autosave.soon()

    @on(FormField.Left)
    def _leave(self, event: FormField.Left) -> None:
        if event.field in self.form.fields:
            self._touched.add(event.field.key)
            self._texts[event.field.key] = event.field.text
            self._tell()

    @on(Form.Finished)
    def _finish(self) -> None:
        self.action_save_customer()

    @on(events.Click, "#notice")
    async def _click_notice(self) -> None:
        if not self.snapshot.changed:
            await self.action_begin_afresh()

    def action_save_customer(self) -> None:
        """Close with what is to be saved, or show what is wrong."""
        self._gather()
        wrong = self._wrong()
        for there in self._known.there:
            if there.in_the_way and not self._share:
                wrong.setdefault(there.key, there_words(there, self._key_of, share=False))
        if wrong:
            self._tried = True
            self._reason = wrong.get("", "")
            self._tell()
            self._enter(next((each.key for each in self.form.fields if each.key in wrong), ""))
            return
        self._autosave.now()
        lead = self.snapshot.lead
        typed = {key: text for key, text in self._changes().items() if key != CARTABLE}
        if lead is None:
            self.dismiss(AddLead(typed, mine=self._texts.get(CARTABLE) != NOBODY, share=self._share))
        else:
            self.dismiss(EditLead(lead.id, lead.version, typed, share=self._share))

    def action_leave_customer(self) -> None:
        """Close without saving; what is typed is kept."""
        self._gather()
        self._autosave.now()
        self.dismiss(None)

    def action_open_existing(self) -> None:
        """Open the customer who has that number or address; what is typed is kept."""
        here = self.form.current_key
        there = {each.key: each.lead_id for each in reversed(self._known.there)}
        lead_id = there.get(here, next(iter(there.values()), None))
        if lead_id:
            self._gather()
            self._autosave.now()
            self.dismiss(OpenExisting(lead_id))

    def action_share_number(self) -> None:
        """Let both have the number that another customer has, or not after all."""
        if self._share or any(each.in_the_way for each in self._known.there):
            self._share = not self._share
            for each in self._known.there:
                self._refused.pop(each.key, None)
            self._tell()
            self._autosave.soon()

    def action_take_theirs(self) -> None:
        """Take what somebody else wrote into the field that the cursor is in, or one's own again."""
        here = self.form.current_key
        key = here if here in self._theirs else next(iter(self._theirs), "")
        field = self.form.field(key)
        if field is not None:
            mine = self._texts.get(key, "") == self._theirs[key]
            field.text = self._mine.get(key, "") if mine else self._theirs[key]
            field.take_focus()

    async def action_begin_afresh(self) -> None:
        """Throw away the draft that the form was opened with, and everything typed since."""
        self.snapshot = replace(self.snapshot, draft=None, changed="", reason="", problems=())
        self._begun_with = self._blank
        self._texts = dict(self._before)
        self._theirs, self._mine, self._refused, self._reason = {}, {}, {}, ""
        self._share = False
        self._touched.clear()
        self._tried = False
        await self._show_form()
        self._ask_who()
        self._autosave.now()
        self._enter("")

    # What is typed

    def _usable(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Texts of a draft as the editors have them; fields that have gone out of use are left out."""
        return {
            key: editor_text(editor_of(key, text, self.snapshot))
            for key, text in typed.items()
            if key in self._before
        }

    def _gather(self) -> None:
        self._texts.update({each.key: each.text for each in self.form.fields})

    def _changes(self) -> dict[str, str]:
        """What is to be saved: everything about somebody new, else what is another than before."""
        if self.snapshot.lead is None:
            return dict(self._texts)
        return {key: text for key, text in self._texts.items() if text != self._before.get(key, "")}

    @property
    def draft(self) -> FormDraft:
        """What is typed by now, and what stood there before."""
        texts = {key: text for key, text in self._texts.items() if text != self._before.get(key, "")}
        # Whoever was told that another wrote something else has seen it: from now on that is what stood before.
        base = {key: self._was(key) for key in texts}
        if self._share and texts:
            texts[_SHARED] = "yes"
        return replace(self._blank, texts=texts, base=base, saved_at=self._clock().astimezone(UTC))

    @property
    def _blank(self) -> FormDraft:
        lead = self.snapshot.lead
        return FormDraft(CUSTOMER_DRAFT, lead.id if lead else None)

    def _was(self, key: str) -> str:
        return self._begun_with.base.get(key, "") if key in self._theirs else self._before.get(key, "")

    def _wrong(self) -> dict[str, str]:
        lead = self.snapshot.lead
        try:
            read_lead(
                {key: text for key, text in self._changes().items() if key != CARTABLE},
                new_lead(self._clock()) if lead is None else lead,
                self.snapshot.definitions,
                self._format_context(),
            )
        except InvalidAnswers as error:
            return {problem.field: str(problem) for problem in error.problems}
        return {}

    def _format_context(self) -> FormatContext:
        return replace(self.snapshot.context, now=self._clock())

    # Who is known by it

    def _ask_who(self) -> None:
        self._interruption.stop()
        self._interruption = Interruption()
        self._asked += 1
        self._find_who(self._asked, {key: self._texts.get(key, "") for key in LOOKED_UP}, self._interruption)

    @work(thread=True, group="look up", description="look up who is there already")
    def _find_who(self, number: int, typed: Mapping[str, str], interruption: Interruption) -> None:
        try:
            known = self._look_up(typed, interruption)
        except (Interrupted, LeadtuiError):
            return  # superseded; or the store cannot be read, which saving will tell
        self.post_message(self.LookedUp(number, known))

    @on(LookedUp)
    def _take_known(self, message: LookedUp) -> None:
        if message.number == self._asked:
            self._known = message.known
            self._tell()

    # What is shown

    async def _show_form(self) -> None:
        await self.form.show(lead_form_fields(self._texts, self.snapshot))
        if self.snapshot.changed:
            self.show_notice(Content.styled(f"▲ {self.snapshot.changed}", "$soon"))
        else:
            self.show_notice(
                kept_notice(self._begun_with, self._key_of("begin-afresh"), self.snapshot.context)
            )
        self._tell()

    def _enter(self, key: str) -> None:
        field = self.form.field(key) or next(iter(self.form.fields), None)
        if field is not None:
            field.take_focus()

    def _tell(self) -> None:
        """Say what was understood, what is wrong, who is there already."""
        state = FormState(
            wrong=self._wrong(),
            refused=self._refused,
            touched=self._touched,
            tried=self._tried,
            known=self._known,
            share=self._share,
            theirs=self._theirs,
            taken=[key for key, theirs in self._theirs.items() if self._texts.get(key, "") == theirs],
        )
        snapshot = replace(self.snapshot, context=self._format_context())
        messages = field_messages(self._texts, state, snapshot, self._key_of)
        for field in self.form.fields:
            self.form.show_message(field.key, messages.get(field.key))
        self._show_keys()
        self.show_reason(self._reason)

    def on_descendant_focus(self) -> None:
        """The keys in the border are those that work now."""
        self._show_keys()

    def _show_keys(self) -> None:
        """Say which keys work now; a click does the same."""
        wanted = ["save-customer", "leave-customer"]
        now = {
            "open-existing": bool(self._known.there),
            "share-number": self._share or any(each.in_the_way for each in self._known.there),
            "take-theirs": bool(self._theirs),
        }
        wanted[1:1] = [name for name, works in now.items() if works]
        commands = {each.name: each for each in LEAD_FORM_COMMANDS}
        next_field = Content.assemble(("Enter", "bold $key"), " ", (pgettext("key", "next field"), "$dim"))
        parts = [] if any(now.values()) else [next_field]
        if isinstance(self.focused, DateInput):
            parts.append(
                Content.assemble((SHEET_KEY, "bold $key"), " ", (pgettext("key", "calendar"), "$dim"))
            )
        for name in wanted:
            command = commands[name]
            click = f"@click=screen.{command.method}"
            parts.append(
                Content.assemble(
                    (self._key_of(name), f"bold $key {click}"),
                    " ",
                    (pgettext("key", command.title), f"$dim {click}"),
                )
            )
        self.box.border_subtitle = Content.assemble(" ", Content(" · ").join(parts), " ")

    def _key_of(self, name: str) -> str:
        return program_of(self).key_of(name)
