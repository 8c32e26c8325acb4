"""What the desk offers to the actions that work on it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Protocol

from textual.notifications import SeverityLevel

from leadtui.domain.draft import FormDraft
from leadtui.language.translate import _
from leadtui.presentation.formatter import Formatter
from leadtui.services.session import Session
from leadtui.tui.action_runner import ActionRunner, NotPossible
from leadtui.tui.dialogs.playbook_entry import TalkSnapshot
from leadtui.tui.dialogs.talk_pane import TalkPane
from leadtui.tui.program import Program
from leadtui.tui.widgets.call_bar import RunningCall
from leadtui.tui.widgets.cartable_pane import CartablePane
from leadtui.tui.widgets.lead_panel import LeadPanel
from leadtui.tui.widgets.leads_pane import LeadsPane
from leadtui.tui.widgets.record_table import RecordTable


@dataclass(slots=True)
class StepsRefused:
    """What the person was told of steps that could not be undone at once."""

    passed_over: frozenset[int] = frozenset()
    """Asked once more, the step before them is offered."""
    asked_about: int | None = None
    """The next press takes this one back."""


class Desk(Protocol):
    """The desk as its actions see it. `DeskScreen` is the one that there is."""

    steps_refused: StepsRefused

    @property
    def session(self) -> Session:
        """What every use case is given."""
        ...

    @property
    def actions(self) -> ActionRunner:
        """How an action reads, asks and writes."""
        ...

    @property
    def formatter(self) -> Formatter:
        """How its leads read."""
        ...

    @property
    def program(self) -> Program:
        """The program that it runs in."""
        ...

    # What it shows

    @property
    def customers(self) -> LeadsPane:
        """The side of all customers."""
        ...

    @property
    def cartable(self) -> CartablePane:
        """The side of my cartable."""
        ...

    @property
    def panel(self) -> LeadPanel:
        """The open customer."""
        ...

    @property
    def call(self) -> RunningCall | None:
        """The call that goes on."""
        ...

    def show_call(
        self, call: RunningCall | None, typed: FormDraft | None = None, dial: str | None = None
    ) -> None:
        """Show that a call goes on, or none; `typed` is the draft of its status, where its note goes.

        `dial` is the command that rings, which may be empty; without it the call went on before.
        """
        ...

    @property
    def talk(self) -> TalkPane | None:
        """The talk by a playbook that stands beside its customer, also while another one is open."""
        ...

    async def show_talk(self, snapshot: TalkSnapshot | None) -> None:
        """Show a talk in place of the one before, or none; the cursor stays where it is, and else goes back to the table."""
        ...

    @property
    def current_table(self) -> RecordTable:
        """The table whose side is shown, or has the focus."""
        ...

    @property
    def current_lead(self) -> int | None:
        """The open customer, on whom the actions work."""
        ...

    @property
    def current_name(self) -> str:
        """Its name, as far as it has been read."""
        ...

    @property
    def on_cartable_side(self) -> bool:
        """Whether the side of my cartable is shown, or has the focus."""
        ...

    def show_side(self, *, cartable: bool) -> bool:
        """Show a side and focus its table; returns whether it was the other one before."""
        ...

    def open_lead(self, lead_id: int) -> None:
        """Open a customer, wherever it stands in the tables."""
        ...

    async def drawn(self) -> None:
        """Wait until what was changed stands on the screen."""
        ...

    async def lead_saved(self, lead_id: int, *, worked: str = "") -> None:
        """Show a step that was saved; where `worked` says what the lead was worked to, go on to the next one."""
        ...

    def go_past(self) -> bool:
        """Whether the person may leave the open customer: who came by itself stays the first time."""
        ...

    async def open_settings(self, begin_with: str = "") -> None:
        """Define what the desk asks; `begin_with` is the kind of a draft that is gone on with."""
        ...

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, as far as the terminal allows that."""
        ...

    def open_link(self, address: str) -> None:
        """Let the machine open an address by whatever program is for it."""
        ...

    def tell(
        self, sentence: str, *, severity: SeverityLevel = "information", timeout: float | None = None
    ) -> None:
        """Tell the person something for a moment."""
        ...


def required_lead(desk: Desk) -> int:
    """The open customer. Raises NotPossible where none is."""
    lead_id = desk.current_lead
    if lead_id is None:
        raise NotPossible(_("No customer is open; choose one in a table."))
    return lead_id


def chosen_leads(desk: Desk) -> array[int]:
    """Who is chosen in the current table: where anybody is, commands for several mean them and not the open one."""
    return desk.current_table.chosen.ids()
