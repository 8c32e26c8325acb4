"""To whom customers are given: a colleague, or nobody, and a note for whoever gets them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label

from leadtui.domain.draft import FormDraft
from leadtui.language.text import brief, cell_width, search_key
from leadtui.language.translate import _, npgettext, pgettext, show_number
from leadtui.services.session import Session
from leadtui.tui.dialogs.kept_dialog import KeptDialog
from leadtui.tui.widgets.draft_autosave import Keep
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.narrowed_list import Entry, NarrowedList

NOBODY = "nobody"
NAME_WIDTH = 30


@dataclass(frozen=True, slots=True)
class Transfer:
    """What the person decided; `owner_id` is None for nobody."""

    owner_id: int | None
    note: str = ""


_TO, _NOTE = "to", "note"
"""What a draft holds."""


class AssignDialog(KeptDialog[Transfer]):
    """Type a name, Enter; Tab leads to the note first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f12", "save", show=False, priority=True),
        Binding("escape", "cancel", show=False),
    ]
    DEFAULT_CSS = "AssignDialog { NarrowedList OptionList { max-height: 9; } #note { margin: 0; } .label { margin: 1 0 0 0; } }"

    def __init__(
        self,
        session: Session,
        whom: str,
        leads_per_colleague: Mapping[int, int],
        draft: FormDraft,
        reason: str = "",
        keep: Keep | None = None,
    ) -> None:
        """`whom` says which customers; what the draft says was refused for `reason` where there is one."""
        keys = [
            ("↑↓", pgettext("key", "choose")),
            ("Enter", pgettext("key", "give")),
            ("Tab", pgettext("key", "note")),
            ("Esc", pgettext("key", "back, note kept")),
        ]
        super().__init__(_("Give to a colleague · {whom}").format(whom=whom), keys, draft, keep)
        self._session = session
        self._leads = leads_per_colleague
        self._begun_with = draft.texts
        self._reason = reason

    def compose_body(self) -> Iterable[Widget]:
        """Who there is, least busy first, and the note."""
        yield NarrowedList(
            self._entries(), pgettext("hint", "name or e-mail"), _("Nobody here is called so.")
        )
        yield Label(pgettext("field", "Note"), classes="label")
        why = pgettext("hint", "why, for whoever gets them")
        yield LineInput(self._begun_with.get(_NOTE, ""), id=_NOTE, placeholder=why)

    def on_mount(self) -> None:
        """Tell what was refused."""
        super().on_mount()
        self.query_one(NarrowedList).point_at(self._begun_with.get(_TO, ""))
        self.tell(self._reason)

    def texts(self) -> Mapping[str, str]:
        """Whom the cursor stands on and the note; without a note it is nothing that would be missed."""
        note = self.query_one(f"#{_NOTE}", LineInput).value
        return {_TO: self.query_one(NarrowedList).pointed, _NOTE: note} if note.strip() else {}

    @on(NarrowedList.Picked)
    @on(Input.Submitted, "#note")
    def action_save(self) -> None:
        """Close with whom is pointed at."""
        name = self.query_one(NarrowedList).pointed
        if not name:
            self.tell(_("Choose a colleague."))
            return
        note = self.query_one(f"#{_NOTE}", LineInput).value
        self.dismiss(Transfer(None if name == NOBODY else int(name), note))

    def _entries(self) -> list[Entry]:
        actor = self._session.actor
        people = sorted(
            self._session.definitions.active_colleagues,
            key=lambda each: (each.id == actor.id, self._leads.get(each.id, 0), search_key(each.name)),
        )
        entries: list[Entry] = []
        for person in people:
            name = brief(person.name, NAME_WIDTH)
            if person.id == actor.id:
                name = pgettext("person", "{name} (you)").format(name=name)
            count = self._leads.get(person.id, 0)
            leads = npgettext("choice", "{count} lead", "{count} leads", count).format(
                count=show_number(count, self._session.language)
            )
            gap = " " * max(2, NAME_WIDTH + 4 - cell_width(name))
            words = f"{person.name} {person.email}"
            entries.append(Entry(str(person.id), Content.assemble(name, gap, (leads, "$dim")), words))
        nobody = Content.assemble(
            pgettext("person", "nobody"), "  ", (pgettext("choice", "they leave every cartable"), "$dim")
        )
        return [*entries, Entry(NOBODY, nobody, pgettext("person", "nobody"))]
