"""What the steps of a playbook are called where one works by it."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.domain.field import Field
from leadtui.domain.playbook import OPENING, ItemKind, PlaybookItem
from leadtui.domain.workspace import Definitions, Need
from leadtui.language.translate import P_, _

STEP_WORDS: Mapping[ItemKind, str] = {
    ItemKind.DO: P_("step", "To do"),
    ItemKind.SEND: P_("step", "To send"),
    ItemKind.READ: P_("step", "To read"),
    ItemKind.LINK: P_("step", "Link"),
}

ITEM_WORDS: Mapping[ItemKind, str] = {
    ItemKind.ASK: P_("line of a playbook", "Ask"),
    ItemKind.SAY: P_("line of a playbook", "Say"),
    ItemKind.DO: P_("line of a playbook", "Do"),
    ItemKind.SEND: P_("line of a playbook", "Send"),
    ItemKind.READ: P_("line of a playbook", "Read"),
    ItemKind.LINK: P_("line of a playbook", "Link"),
}
"""What its lines are called where a playbook is written."""


OPENING_ID = -1
"""The id of the need that stands for the talk with whoever has none yet; none that is stored has it."""


def opening_need(definitions: Definitions) -> Need:
    """The talk with which one begins where the need is not known, as one of the needs among which it is listed."""
    return Need(OPENING_ID, OPENING, _("Where the need is not known"), playbook=definitions.opening)


def line_title(item: PlaybookItem, fields: Mapping[str, Field]) -> str:
    """What one line is called where all of them are listed; `fields` are those that a question can be about, by key."""
    if not item.asks:
        return one_line(item.text) or item.link
    known = fields.get(item.field)
    return one_line(item.title) or (known.title if known is not None else "") or one_line(item.text)


def one_line(text: str) -> str:
    """A text of several lines as one."""
    return " ".join(text.split())
