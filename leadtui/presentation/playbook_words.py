"""What the steps of a playbook are called where one works by it."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.domain.playbook import ItemKind
from leadtui.language.translate import P_

STEP_WORDS: Mapping[ItemKind, str] = {
    ItemKind.DO: P_("step", "To do"),
    ItemKind.SEND: P_("step", "To send"),
    ItemKind.READ: P_("step", "To read"),
    ItemKind.LINK: P_("step", "Link"),
}
