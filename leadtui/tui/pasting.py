"""An app that makes harmless what is pasted, before any of its fields sees it."""

from __future__ import annotations

from textual import events
from textual.app import ReturnType

from leadtui.language.text import safe_multiline
from leadtui.tui.key_order import KeyOrderApp


class PastingApp(KeyOrderApp[ReturnType]):
    """What comes from a clipboard may hold anything; Textual's own fields would draw it as it is."""

    async def on_event(self, event: events.Event) -> None:
        """Take the harm out of what is pasted."""
        if isinstance(event, events.Paste):
            event.text = safe_multiline(event.text)
        await super().on_event(event)
