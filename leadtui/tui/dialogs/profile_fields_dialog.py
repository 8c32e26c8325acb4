"""How far the people of a profile reach each field of a customer: a line each, a key makes it edited, read or hidden."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from leadtui.domain.field_rights import FieldRight, FieldRights
from leadtui.domain.lead_fields import LeadField, rights_allowed, ruled_fields, with_right
from leadtui.domain.permission import Profile
from leadtui.domain.workspace import Definitions
from leadtui.language.text import brief, cell_width
from leadtui.language.translate import _, pgettext
from leadtui.presentation.field_right_words import hidden_together, right_words
from leadtui.tui.dialogs.columns_dialog import ColumnList
from leadtui.tui.dialogs.dialog import Dialog

TITLE_WIDTH = 28

GLYPHS = {FieldRight.EDITED: "■", FieldRight.READ: "▣", FieldRight.HIDDEN: "□"}


class ProfileFieldsDialog(Dialog[FieldRights]):
    """Closes with the rights as they were chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s,f12", "save", show=False, priority=True),
        Binding("space,right", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
    ]
    DEFAULT_CSS = """
    ProfileFieldsDialog {
        #dialog { width: 60; }
        .hint { margin: 1 0 0 0; }
    }
    """

    def __init__(self, profile: Profile, definitions: Definitions) -> None:
        """`definitions` say which fields there are."""
        keys = [
            ("Space", pgettext("key", "edited, read, hidden")),
            ("Enter", pgettext("key", "keep")),
            ("Esc", pgettext("key", "back")),
        ]
        title = pgettext("title", "Fields · {title}").format(title=brief(profile.title, 36))
        super().__init__(title, keys)
        self._fields = ruled_fields(definitions)
        self._rights = profile.fields

    def compose_body(self) -> Iterable[Widget]:
        """A line for each field."""
        yield ColumnList(*(Option(self._words(each)) for each in self._fields))
        yield Static(Content(hidden_together()), classes="hint")

    def on_mount(self) -> None:
        """Begin with the first field."""
        super().on_mount()
        self._list.highlighted = 0

    @property
    def _list(self) -> ColumnList:
        return self.query_one(ColumnList)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_turn(1)

    def action_turn(self, step: int) -> None:
        """Let the field be reached in the next way."""
        field = self._fields[self._list.highlighted or 0]
        allowed = rights_allowed(field.key)
        at = allowed.index(self._rights.of(field.key))
        self._rights = with_right(self._rights, field.key, allowed[(at + step) % len(allowed)])
        for place, each in enumerate(self._fields):
            self._list.replace_option_prompt_at_index(place, self._words(each))
        only_two = FieldRight.HIDDEN not in allowed
        self.tell(_("Nobody works with customers without names: this one is not hidden.") if only_two else "")

    def action_save(self) -> None:
        """Close with what is chosen."""
        self.dismiss(self._rights)

    def _words(self, field: LeadField) -> Content:
        right = self._rights.of(field.key)
        title = brief(field.title, TITLE_WIDTH)
        gap = " " * (TITLE_WIDTH + 2 - cell_width(title))
        ink = {FieldRight.EDITED: "$foreground", FieldRight.READ: "$dim", FieldRight.HIDDEN: "$faint"}[right]
        return Content.styled(f"{GLYPHS[right]} {title}{gap}{right_words(right)}", ink)
