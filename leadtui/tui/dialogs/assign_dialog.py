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

from leadtui.language.text import brief, cell_width, search_key
from leadtui.language.translate import _, ngettext, show_number
from leadtui.services.session import Session
from leadtui.tui.dialogs.kept_dialog import Keep, KeptDialog
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


def draft_of(wish: Transfer) -> dict[str, str]:
    """What is kept of a wish: nothing where it has no note."""
    return {_TO: _name_of(wish), _NOTE: wish.note} if wish.note.strip() else {}


def wish_of(draft: Mapping[str, str]) -> Transfer | None:
    """The wish that `draft_of` kept."""
    return Transfer(_owner_of(draft.get(_TO, "")), draft[_NOTE]) if _NOTE in draft else None


def _name_of(wish: Transfer) -> str:
    return NOBODY if wish.owner_id is None else str(wish.owner_id)


def _owner_of(name: str) -> int | None:
    return int(name) if name.isdecimal() else None


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
        wish: Transfer | None = None,
        reason: str = "",
        keep: Keep | None = None,
    ) -> None:
        """`whom` says which customers; `wish` was typed before, and refused for `reason` where there is one."""
        super().__init__(keep, {} if wish is None else draft_of(wish))
        self._session = session
        self._whom = whom
        self._leads = leads_per_colleague
        self._wish = wish
        self._reason = reason

    def compose_body(self) -> Iterable[Widget]:
        """Who there is, least busy first, and the note."""
        yield NarrowedList(self._entries(), _("name or e-mail"), _("Nobody here is called so."))
        yield Label(_("Note"), classes="label")
        yield LineInput(
            self._wish.note if self._wish else "", id="note", placeholder=_("why, for whoever gets them")
        )

    def title_words(self) -> str:
        """Whom this is about."""
        return _("Give to a colleague · {whom}").format(whom=self._whom)

    def key_words(self) -> list[tuple[str, str]]:
        """Choose, note, leave."""
        return [("↑↓", _("choose")), ("Enter", _("give")), ("Tab", _("note")), ("Esc", _("back, note kept"))]

    def on_mount(self) -> None:
        """Tell what was refused."""
        super().on_mount()
        if self._wish is not None:
            self.query_one(NarrowedList).point_at(_name_of(self._wish))
        self.tell(self._reason)

    def content(self) -> dict[str, str]:
        """Whom the cursor stands on and the note; without a note it is nothing that would be missed."""
        return draft_of(
            Transfer(
                _owner_of(self.query_one(NarrowedList).pointed), self.query_one("#note", LineInput).value
            )
        )

    @on(NarrowedList.Picked)
    @on(Input.Submitted, "#note")
    def action_save(self) -> None:
        """Close with whom is pointed at."""
        name = self.query_one(NarrowedList).pointed
        if not name:
            self.tell(_("Choose a colleague."))
            return
        note = self.query_one("#note", LineInput).value
        self.dismiss(Transfer(_owner_of(name), note))

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
                name = _("{name} (you)").format(name=name)
            count = self._leads.get(person.id, 0)
            leads = ngettext("{count} lead", "{count} leads", count).format(
                count=show_number(count, self._session.language)
            )
            gap = " " * max(2, NAME_WIDTH + 4 - cell_width(name))
            words = f"{person.name} {person.email}"
            entries.append(Entry(str(person.id), Content.assemble(name, gap, (leads, "$dim")), words))
        nobody = Content.assemble(_("nobody"), "  ", (_("they leave every cartable"), "$dim"))
        return [*entries, Entry(NOBODY, nobody, _("nobody"))]
