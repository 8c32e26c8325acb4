"""The editing keys of Textual's own fields, done at once, so that letters typed behind them stay behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from textual import events
from textual.actions import parse
from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

Field = TypeVar("Field", Input, TextArea)


def edited(field: Field, event: events.Key) -> bool:
    """Whether the key is one that edits or moves the cursor in `field`; it has then been done.

    Textual finds such a key by its bindings, when the event has gone up to the app and back: whatever was typed
    quickly behind it is in the field before it, and what Ctrl+U clears would be the new words.
    """
    action = (LINE_KEYS if isinstance(field, Input) else TEXT_KEYS).get(event.key)
    if action is None:
        return False
    _namespace, name, parameters = parse(action)
    getattr(field, f"action_{name}")(*parameters)
    event.stop()
    event.prevent_default()
    return True


def _actions(bindings: Iterable[BindingType], without: Iterable[str]) -> Mapping[str, str]:
    left_out = frozenset(without)
    return {
        key: each.action
        for each in Binding.make_bindings(bindings)
        for key in each.key.split(",")
        if each.action not in left_out
    }


# These two are coroutines: they come the long way.
LINE_KEYS = _actions(Input.BINDINGS, without=["submit"])
TEXT_KEYS = _actions(TextArea.BINDINGS, without=["delete_to_end_of_line_or_delete_line"])
