"""The saved views: opened by a digit or by name, saved, overwritten, renamed, shared, deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from leadtui.domain.draft import FormDraft
from leadtui.domain.permission import Permission
from leadtui.domain.view import SavedView
from leadtui.language.text import brief, cell_width, fold_digits, safe
from leadtui.language.translate import _, pgettext
from leadtui.services.session import Session
from leadtui.tui.dialogs.dialog import SAVE, YES, Dialog, KeptDialog
from leadtui.tui.widgets.draft_autosave import Keep
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.marked_lists import Mark
from leadtui.tui.widgets.narrowed_list import ListEntry, NarrowedList

STANDARD = "standard"
"""The name of the entry that shows everybody as a new desk does."""

TITLE_WIDTH = 34


class ViewDeed(StrEnum):
    """What is to be done with a view."""

    OPEN = "open"
    SAVE = "save"
    OVERWRITE = "overwrite"
    RENAME = "rename"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class ViewWish:
    """What the person wants; `view` is None for the standard one and for one that is new."""

    deed: ViewDeed
    view: SavedView | None = None
    title: str = ""
    shared: bool = False


class ViewsDialog(Dialog[ViewWish]):
    """Digits open a view while nothing is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "save", show=False, priority=True),
        Binding("f3", "overwrite", show=False, priority=True),
        Binding("f4", "rename", show=False, priority=True),
        Binding("f8", "delete", show=False, priority=True),
    ]
    DEFAULT_CSS = "ViewsDialog { .deeds { margin: 1 0 0 0; } }"

    def __init__(self, session: Session, views: Sequence[SavedView], shown: SavedView | None) -> None:
        """`shown` is the view that the table shows, changed or not."""
        keys = [
            ("1–9", pgettext("key", "open")),
            ("Enter", pgettext("key", "open")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(_("Views of all customers"), keys)
        self._session = session
        self._views = tuple(views)
        self._shown = shown
        self._doomed: SavedView | None = None

    def compose_body(self) -> Iterable[Widget]:
        """The list, and what can be done with one of it."""
        at = "" if self._shown is None else str(self._shown.id)
        words = pgettext("hint", "find a view, or a digit opens it"), _("No view is called so.")
        yield NarrowedList(self._entries(), *words, at=at)
        yield Static(_deeds(), classes="deeds")

    @on(NarrowedList.Typed)
    def _digit(self, event: NarrowedList.Typed) -> None:
        typed = fold_digits(event.text)
        if len(typed) == 1 and typed.isdigit() and int(typed) <= len(self._views):
            self._open(self._views[int(typed) - 1] if int(typed) else None)

    @on(NarrowedList.Picked)
    def _picked(self, event: NarrowedList.Picked) -> None:
        self._open(self._named(event.name))

    def action_save(self) -> None:
        """Save what is shown as a new view."""
        self.dismiss(ViewWish(ViewDeed.SAVE))

    def action_overwrite(self) -> None:
        """Keep what is shown in place of the view under the cursor."""
        self._with_pointed(ViewDeed.OVERWRITE)

    def action_rename(self) -> None:
        """Give the view under the cursor another title, or share it."""
        self._with_pointed(ViewDeed.RENAME)

    def action_delete(self) -> None:
        """Forget the view under the cursor; the key is asked for twice."""
        view = self._named(self.query_one(NarrowedList).pointed)
        if view is not None and view is not self._doomed:
            self._doomed = view
            self.tell(_("F8 again deletes “{title}” for good.").format(title=view.title))
            return
        self._with_pointed(ViewDeed.DELETE)

    def _with_pointed(self, deed: ViewDeed) -> None:
        view = self._named(self.query_one(NarrowedList).pointed)
        if view is None:
            self.tell(_("That is everybody's own view; choose one that was saved."))
        elif view.shared and not self._session.actor.may(Permission.SHARE_VIEWS):
            self.tell(_("“{title}” is the team's; save one of your own with F2.").format(title=view.title))
        else:
            self.dismiss(ViewWish(deed, view))

    def _open(self, view: SavedView | None) -> None:
        self.dismiss(ViewWish(ViewDeed.OPEN, view))

    def _named(self, name: str) -> SavedView | None:
        return next((each for each in self._views if str(each.id) == name), None)

    def _entries(self) -> list[ListEntry]:
        standard = Content.assemble(("0  ", "bold $key"), _("All customers, as they come"))
        entries = [ListEntry(STANDARD, standard, _("All customers, as they come"))]
        for place, view in enumerate(self._views, 1):
            key = str(place) if place < 10 else " "
            title = brief(view.title, TITLE_WIDTH)
            person = self._session.definitions.colleague(view.user_id)
            whose = (
                pgettext("choice", "the team's · {name}").format(name=person.name if person else "")
                if view.shared
                else ""
            )
            shown = (
                "  " + pgettext("choice", "(shown)")
                if self._shown is not None and self._shown.id == view.id
                else ""
            )
            gap = " " * (TITLE_WIDTH + 2 - cell_width(title))
            words = Content.assemble(
                (f"{key}  ", "bold $key"), title, gap, (safe(whose), "$dim"), (shown, "$gained")
            )
            entries.append(ListEntry(str(view.id), words, f"{view.title} {whose}"))
        return entries


_TITLE, _SHARED, _VIEW = "title", "shared", "view"
"""What a draft holds; the last is the id of the view that gets another title."""


def wish_of(draft: FormDraft, views: Sequence[SavedView]) -> ViewWish:
    """What a draft says; a view that is there no more is saved as a new one."""
    view = next((each for each in views if str(each.id) == draft.texts.get(_VIEW)), None)
    deed = ViewDeed.SAVE if view is None else ViewDeed.RENAME
    return ViewWish(deed, view, draft.texts.get(_TITLE, ""), draft.texts.get(_SHARED) == YES)


class ViewTitleDialog(KeptDialog[ViewWish]):
    """The title of a view, and whether the whole team works with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        SAVE,
        Binding("enter", "save", show=False),
    ]

    def __init__(
        self,
        session: Session,
        wish: ViewWish,
        draft: FormDraft,
        reason: str = "",
        keep: Keep | None = None,
    ) -> None:
        """`wish` is what was typed before, refused for `reason` where there is one."""
        title = _("Save this view") if wish.view is None else _("Rename the view")
        super().__init__(
            title, [("Enter", pgettext("key", "save")), ("Esc", pgettext("key", "back"))], draft, keep, reason
        )
        self._session = session
        self._wish = wish

    def compose_body(self) -> Iterable[Widget]:
        """One line, and a mark for those who may share."""
        yield Label(pgettext("field", "Title"), classes="label")
        yield LineInput(
            self._wish.title, placeholder=pgettext("hint", "such as: waiting in Tehran"), id=_TITLE
        )
        if self._session.actor.may(Permission.SHARE_VIEWS):
            yield Mark(pgettext("choice", "for the whole team"), self._wish.shared, id=_SHARED)

    def texts(self) -> Mapping[str, str]:
        """The title, for whom, and which view gets it; nothing where the view has that title already."""
        typed, view = super().texts(), self._wish.view
        if view is None or not typed:
            return typed
        wish = self._typed_wish()
        same = (wish.title, wish.shared) == (view.title, view.shared)
        return {} if same else {**typed, _VIEW: str(view.id)}

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Close with the title."""
        wish = self._typed_wish()
        if wish.title.strip():
            self.dismiss(wish)
        else:
            self.tell(_("A title is needed."))

    def _typed_wish(self) -> ViewWish:
        title = self.query_one(f"#{_TITLE}", LineInput).value
        shared = any(mark.value for mark in self.query(f"#{_SHARED}").results(Mark))
        return ViewWish(self._wish.deed, self._wish.view, title, shared)


def _deeds() -> Content:
    pairs = (
        ("F2", pgettext("key", "save this as …")),
        ("F3", pgettext("key", "overwrite")),
        ("F4", pgettext("key", "rename, share")),
        ("F8", pgettext("key", "delete")),
    )
    return Content("   ").join(
        Content.assemble((key, "bold $key"), " ", (words, "$dim")) for key, words in pairs
    )
