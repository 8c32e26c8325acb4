"""A talk by the playbook that is being written, with nobody: as agents have it, and nothing of it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from textual import getters, on
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import FieldKind
from leadtui.domain.lead import Lead
from leadtui.domain.playbook import OPENING, PlaybookItem, own_fields
from leadtui.domain.workspace import Definitions, Need
from leadtui.language.translate import _, pgettext
from leadtui.services.drafts import PLAYBOOK_DRAFT
from leadtui.services.session import Session
from leadtui.tui.dialogs.playbook_entry import TalkSnapshot
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.dialogs.status_entry import StatusSnapshot
from leadtui.tui.dialogs.talk_pane import TalkPane
from leadtui.tui.screens.settings.fields import CHOOSING
from leadtui.tui.screens.settings.following import Following

PAUSE = 0.2
"""Seconds without a change after which the talk follows."""

TRY_OUT = "try-playbook"
"""The command that leads into it, and back."""

_NO_KEY = "-"


class TalkTrial(Vertical):
    """What was answered in it stays while the playbook is changed; the status that it ends with can be looked at."""

    app = getters.app(cast("type[App[Any]]", App))

    def __init__(self, session: Session) -> None:
        """`session` gives the people, and how answers are written."""
        super().__init__(classes="preview")
        self._session = session
        self._following = Following(self, PAUSE, self._draw)
        self._left: Widget | None = None
        """What had the keyboard before."""

    def compose(self) -> ComposeResult:
        """What it is; the talk comes beneath."""
        yield Static(pgettext("heading", "try-out – nothing is kept"), classes="preview-title")
        yield Static(_("Nothing is written yet."), classes="preview-outcome")

    @property
    def talk(self) -> TalkPane | None:
        """The talk as it is shown."""
        return next(iter(self.query(TalkPane)), None)

    def show(self, need: Need) -> None:
        """Follow what is typed, soon."""
        self._following.follow(need)

    async def on_show(self) -> None:
        """There is room for it now."""
        await self._following.draw()

    async def _draw(self, item: Need, before: Need | None) -> None:
        """Begin the talk anew; what was answered stays while it is the same need."""
        talk = self.talk
        answered: FormDraft | None = None
        if talk is not None:
            same = before is not None and before.id == item.id
            answered = talk.draft if same and talk.has_answers else None
            await talk.remove()
        self.query_one(".preview-outcome").display = not item.playbook
        if not item.playbook:
            return
        talk = TalkPane(self._snapshot(item, answered), _keep_nothing, self._session.now, TRY_OUT)
        await self.mount(talk)
        talk.place(beside=True, low=False)

    def enter(self) -> None:
        """Put the keyboard into the talk, with what is typed by now; `give_back` ends that."""
        self._left = self.screen.focused
        self.run_worker(self._enter(), group="trial", description="try out a playbook")

    async def _enter(self) -> None:
        await self._following.draw()
        if self.talk is not None:
            self.call_after_refresh(self.talk.enter)

    def give_back(self) -> None:
        """Give the keyboard back to what had it."""
        if self.parent is not None:
            self.parent.remove_class("-trying")
        self.screen.set_focus(self._left, scroll_visible=False)

    @on(TalkPane.Left)
    def _leave(self, event: TalkPane.Left) -> None:
        event.stop()
        self.give_back()

    @on(TalkPane.Sends)
    def _send(self, event: TalkPane.Sends) -> None:
        """Tick it, and send nothing."""
        event.stop()
        event.pane.sent(event.text)

    @on(TalkPane.Finished)
    def _finish(self, event: TalkPane.Finished) -> None:
        """Show the status dialog as the agent would have it then; what it closes with is forgotten."""
        event.stop()
        result = event.pane.result()
        if result is None:
            return
        told = event.pane.snapshot
        snapshot = StatusSnapshot(
            told.lead, told.definitions, told.context, told.actor, {}, (), draft=result.learnt
        )
        self.app.push_screen(StatusDialog(snapshot, None))

    def _snapshot(self, need: Need, answered: FormDraft | None) -> TalkSnapshot:
        session = self._session
        definitions = definitions_with(session.definitions, need)
        known = None if need.key == OPENING else need.id
        nobody = Lead(id=0, version=0, name=_("Mina Sadeghi"), entered_at=session.now(), need_id=known)
        draft = replace(answered, kind=PLAYBOOK_DRAFT, saved_at=None) if answered is not None else None
        return TalkSnapshot(nobody, definitions, session.format_context(), session.actor, {}, draft)


def _keep_nothing(draft: FormDraft) -> None:
    del draft


def definitions_with(known: Definitions, need: Need) -> Definitions:
    """The definitions as they would be with that playbook, as far as it is written."""
    owner = need.key or _NO_KEY
    playbook = replace(need.playbook, items=tuple(map(_showable, need.playbook.items)))
    fields = tuple(each for each in known.fields if each.playbook != owner) + own_fields(owner, playbook)
    if owner == OPENING:
        return replace(known, fields=fields, opening=playbook)
    whole = replace(need, key=owner, title=need.title or "…", playbook=playbook)
    others = tuple(each for each in known.needs if each.id != need.id)
    return replace(known, fields=fields, needs=(*others, whole))


def _showable(item: PlaybookItem) -> PlaybookItem:
    """With dots where no title is typed yet, and a text in place of a choice that has no options yet."""
    title = item.title if item.field or item.title.strip() else "…"
    if item.answer in CHOOSING and not item.options:
        return replace(item, title=title, answer=FieldKind.TEXT)
    return replace(item, title=title)
