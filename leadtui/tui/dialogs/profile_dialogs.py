"""What one profile allows and another does not, side by side; and as which one looks around."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.permission import Profile, differences
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.language.text import brief
from leadtui.language.translate import _, pgettext
from leadtui.presentation.field_right_words import differing_fields, right_words
from leadtui.presentation.permission_words import area_words, grant_words, permission_words
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.narrowed_list import ListEntry, NarrowedList

COLUMNS = ("words", "one", "other")

TITLE_WIDTH = 15


class ProfileComparison(Dialog[None]):
    """The first profile stays, the other one is changed by the arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "other(1)", show=False),
        Binding("left", "other(-1)", show=False),
        Binding("down", "scroll_by(1)", show=False),
        Binding("up", "scroll_by(-1)", show=False),
        Binding("enter", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    ProfileComparison {
        .compared { height: auto; }
        .words { width: 1fr; height: auto; }
        .one, .other { width: 16; height: auto; }
    }
    """

    def __init__(self, profile: Profile, others: Sequence[Profile], definitions: Definitions) -> None:
        """`others` are those to compare it with; there is one at least. `definitions` say which fields there are."""
        keys = [
            ("←→", pgettext("key", "another profile")),
            ("↑↓", pgettext("key", "scroll")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "Compare · {title}").format(title=brief(profile.title, 40)), keys)
        self._profile = profile
        self._definitions = definitions
        self._others = tuple(others)
        self._at = 0

    def compose_body(self) -> Iterable[Widget]:
        """A line for each permission that one of them has alone, and a column for each of them."""
        yield Horizontal(*(Static(classes=name) for name in COLUMNS), classes="compared")

    def on_mount(self) -> None:
        """Compare with the first of the others."""
        super().on_mount()
        self._show()

    def action_other(self, by: int) -> None:
        """Compare with the next profile, or the one before."""
        self._at = (self._at + by) % len(self._others)
        self._show()
        self.query_one("#dialog").scroll_home(animate=False)

    def action_scroll_by(self, lines: int) -> None:
        """Show what is further down, or up."""
        self.query_one("#dialog").scroll_relative(y=lines, animate=False)

    def _show(self) -> None:
        one, other = self._profile, self._others[self._at]
        rows: list[tuple[Content | str, str, str]] = []
        area = None
        for permission in differences(one, other):
            if permission.area is not area:
                area = permission.area
                rows.append((Content.styled(area_words(area), "$dim"), "", ""))
            signs = [grant_words(each, permission) for each in (one, other)]
            rows.append((f"  {permission_words(permission)}", signs[0], signs[1]))
        fields = differing_fields(one, other, self._definitions)
        if fields:
            rows.append((Content.styled(pgettext("heading", "Fields"), "$dim"), "", ""))
        for field in fields:
            rights = [right_words(each.fields.of(field.key)) for each in (one, other)]
            rows.append((f"  {brief(field.title, 40)}", rights[0], rights[1]))
        titles = [Content.styled(brief(each.title, TITLE_WIDTH), "bold") for each in (one, other)]
        for place, name in enumerate(COLUMNS):
            head = titles[place - 1] if place else Content(" " if rows else _("Both allow the same."))
            lines = Content("\n").join([head, *(row[place] for row in rows)])
            self.query_one(f".{name}", Static).update(lines)


class SeeAsDialog(Dialog[str]):
    """Type a title or a name, Enter: closes with the key of the profile, or the colleague's address."""

    DEFAULT_CSS = "SeeAsDialog .hint { margin: 1 0 0 0; }"

    def __init__(self, profiles: Sequence[Profile], colleagues: Sequence[Colleague]) -> None:
        """`profiles` are those of the workspace, `colleagues` the other people who work there."""
        keys = [
            ("↑↓", pgettext("key", "choose")),
            ("Enter", pgettext("key", "see")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(_("See the desk as"), keys)
        self._profiles = profiles
        self._colleagues = colleagues

    def compose_body(self) -> Iterable[Widget]:
        """The profiles, the colleagues, and what becomes of what one does there."""
        entries = [ListEntry(each.key, Content(brief(each.title, 40)), each.title) for each in self._profiles]
        entries += [
            ListEntry(
                each.email,
                Content.assemble(brief(each.name, 40), (f"  {brief(each.email, 30)}", "$dim")),
                f"{each.name} {each.email}",
            )
            for each in self._colleagues
        ]
        yield NarrowedList(
            entries,
            pgettext("hint", "profile or colleague"),
            _("Neither a profile nor a colleague is called so."),
        )
        yield Static(
            Content(_("You see what both of you may see; nothing is changed, and quitting comes back.")),
            classes="hint",
        )

    @on(NarrowedList.Picked)
    def pick(self) -> None:
        """Close with what is pointed at."""
        self.dismiss(self.query_one(NarrowedList).pointed)
