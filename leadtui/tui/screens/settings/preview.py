"""The dialog that an agent will see for a status, drawn as it is being defined."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from leadtui.domain.lead import Lead
from leadtui.domain.status import Status
from leadtui.language.translate import pgettext
from leadtui.services.session import Session
from leadtui.tui.dialogs.status_entry import StatusEntry, StatusSnapshot, read_entry
from leadtui.tui.dialogs.status_form import outcome, status_fields
from leadtui.tui.status_style import status_content
from leadtui.tui.widgets.form import Form

PAUSE = 0.1
"""Seconds without a change after which the preview follows."""


class AgentPreview(Vertical):
    """The form of the status dialog with nothing filled in; it takes neither keys nor clicks."""

    def __init__(self, session: Session) -> None:
        """`session` gives the people and how answers are written."""
        super().__init__(classes="preview")
        self._session = session
        self._status: Status | None = None
        self._drawn: Status | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """What it is, and a dialog."""
        yield Static(pgettext("heading", "what agents will see"), classes="preview-title")
        with Vertical(classes="preview-box", disabled=True):
            yield Form(name="preview-form")
            yield Static(classes="preview-outcome")

    def show(self, status: Status) -> None:
        """Show the dialog of this status soon."""
        self._status = status
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self.draw)

    async def on_show(self) -> None:
        """There is room for it now."""
        await self.draw()

    async def draw(self) -> None:
        """Draw the dialog anew where the status is another than before."""
        if self._status is None or self._status == self._drawn or not self.display:
            return
        self._drawn = self._status
        status = _nameable(self._status)
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
