"""Writing a note about the open lead."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from leadtui.domain.draft import FormDraft
from leadtui.domain.lead import Lead
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _, pgettext
from leadtui.services import leads
from leadtui.services.drafts import NOTE_DRAFT
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.drafts import keep_draft, leave_draft, read_with_draft
from leadtui.tui.actions.running_call import call_with
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, KeptDialog
from leadtui.tui.widgets.draft_autosave import Keep
from leadtui.tui.widgets.inputs import TextInput


async def write_note(desk: Desk) -> None:
    """Write a note about the open lead: while one talks with them, into the one beside their history."""
    lead_id = required_lead(desk)
    if call_with(desk, lead_id) is not None:
        desk.panel.note.focus()
    else:
        await write_note_about(desk, lead_id)


async def write_note_about(desk: Desk, lead_id: int) -> None:
    """Ask for the note, beginning with its draft, until it is saved or the person leaves."""
    opened, draft = await read_with_draft(desk, NOTE_DRAFT, lead_id)
    keep, reason = partial(keep_draft, desk), ""
    while (
        note := await desk.actions.ask(dialog := NoteDialog(opened.lead, draft, reason, keep))
    ) is not None:
        try:
            await desk.actions.write(partial(leads.add_note, desk.session, lead_id, note))
        except LeadtuiError as error:
            draft, reason = dialog.draft, str(error)
        else:
            await desk.lead_saved(lead_id)
            return
    leave_draft(desk, NOTE_DRAFT, lead_id)


NOTE = "note"


class NoteDialog(KeptDialog[str]):
    """Closes with the note, or with nothing; either way the draft holds what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = "NoteDialog TextInput { height: 8; max-height: 8; }"

    def __init__(self, lead: Lead, draft: FormDraft, reason: str, keep: Keep) -> None:
        """`reason` is why an earlier save was refused; `keep` is given what is typed."""
        title = (
            pgettext("title", "{name} · note").format(name=lead.name)
            if lead.name
            else pgettext("title", "Note")
        )
        super().__init__(
            title,
            [(SAVE_KEYS, pgettext("key", "save")), ("Esc", pgettext("key", "back, kept as draft"))],
            draft,
            keep,
            reason,
        )
        self.text = TextInput(draft.texts.get(NOTE, ""), id=NOTE)

    def compose_body(self) -> Iterable[Widget]:
        """The text."""
        yield self.text

    def on_mount(self) -> None:
        """Go on where the draft ended."""
        super().on_mount()
        self.text.move_cursor(self.text.document.end)

    def action_save(self) -> None:
        """Close with the note."""
        if self.text.text.strip():
            self.dismiss(self.text.text)
        else:
            self.tell(_("The note is empty."))
