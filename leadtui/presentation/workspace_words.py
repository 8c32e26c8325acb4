"""What the kinds of workspaces are called."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from leadtui.domain.workspace import WorkspaceKind
from leadtui.language.translate import P_

KIND_WORDS: Mapping[StrEnum, str] = {
    WorkspaceKind.PRIVATE: P_("choice", "private"),
    WorkspaceKind.BUSINESS: P_("choice", "business"),
}
"""What each kind is called, marked for translation."""
