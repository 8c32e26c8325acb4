"""What a profile allows in one area: Space goes from one scope to the next, `□ merge  ■ edit · all  ◧ export · team`."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive

from leadtui.domain.permission import SCOPED, Permission, Scope, scopes_of
from leadtui.language.text import ellipsize, safe
from leadtui.presentation.permission_words import permission_words, scope_words
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import Edited
from leadtui.tui.widgets.option_row import OptionRow

GLYPHS = {Scope.NONE: "□", Scope.OWN: "◧", Scope.TEAM: "◧", Scope.ALL: "■"}


class GrantRow(OptionRow):
    """Its text is each permission with its scope, `customers:edit=team`, with a line end between them."""

    scopes: reactive[tuple[Scope, ...]] = reactive((), layout=True)
    """For whose customers each is granted."""

    def __init__(self, permissions: Sequence[Permission]) -> None:
        """Nothing is granted."""
        self.permissions = tuple(permissions)
        super().__init__([Choice(each.value, permission_words(each)) for each in permissions], several=True)
        self.set_reactive(GrantRow.scopes, (Scope.NONE,) * len(self.permissions))

    @property
    def text(self) -> str:
        """What is granted, and for whose customers."""
        pairs = zip(self.permissions, self.scopes, strict=True)
        return "\n".join(f"{permission}={scope}" for permission, scope in pairs)

    @text.setter
    def text(self, value: str) -> None:
        said = dict(line.split("=") for line in value.split("\n") if line)
        self.scopes = tuple(Scope(said.get(each, Scope.NONE)) for each in self.permissions)
        self.at = 0

    def watch_scopes(self) -> None:
        """Tell the field."""
        self.post_message(Edited())

    def _toggle(self, place: int) -> None:
        self._type_ahead.clear()
        self.at = place
        scopes = list(self.scopes)
        possible = scopes_of(self.permissions[place])
        scopes[place] = possible[possible.index(scopes[place]) - 1]
        self.scopes = tuple(scopes)

    def draw_option(self, place: int, label: str) -> Content:
        """The sign of the scope, what is allowed, and for whose customers."""
        here, granted = self.has_focus and place == self.at, self.scopes[place] is not Scope.NONE
        style = f"{'bold' if granted else ''} {'underline' if here else ''}".strip()
        colour = "$primary" if granted and not self.disabled else ""
        return Content.assemble((GLYPHS[self.scopes[place]], colour), " ", (label, style))

    def label_of(self, place: int, width: int) -> str:
        """What is allowed, with the scope where there are several."""
        permission, scope = self.permissions[place], self.scopes[place]
        words = safe(self.choices[place].label)
        if permission in SCOPED and scope is not Scope.NONE:
            words = f"{words} · {scope_words(permission, scope)}"
        return ellipsize(words, width)
