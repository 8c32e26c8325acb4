"""The form of a settings pane."""

from __future__ import annotations

from collections.abc import Callable

from leadtui.tui.widgets.form import Form
from leadtui.tui.widgets.form_field import FormField, Way


class DefinitionForm(Form):
    """Tells at once that the person went beyond its ends: keys that came in the same breath are not meant for it."""

    def __init__(self, name: str, on_finished: Callable[[], None], on_left: Callable[[], None]) -> None:
        """`on_finished` follows Enter in the last field, `on_left` the way up from the first."""
        super().__init__(name=name)
        self.add_class("settings-form")
        self._on_finished = on_finished
        self._on_left = on_left

    def go(self, field: FormField, way: Way) -> None:
        """From one field to another, or beyond."""
        in_use = [each for each in self.fields if not each.disabled]
        if way is Way.ON and field is in_use[-1]:
            self._on_finished()
        elif way is Way.UP and field is in_use[0]:
            self._on_left()
        else:
            super().go(field, way)
