"""What workspaces are called, and how many reminders wait in one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from leadtui.domain.workspace import WorkspaceKind
from leadtui.language.translate import P_, counted, npgettext

if TYPE_CHECKING:  # the kinds are named where no store is opened
    from leadtui.services.workspaces import ListedWorkspace

KIND_WORDS: Mapping[StrEnum, str] = {
    WorkspaceKind.PRIVATE: P_("choice", "private"),
    WorkspaceKind.BUSINESS: P_("choice", "business"),
}
"""What each kind is called, marked for translation."""


def due_words(listed: ListedWorkspace) -> str:
    """How many reminders are due there, empty where none is; how many of them were missed."""
    if not listed.due:
        return ""
    due = npgettext("workspace", "{n} due", "{n} due", listed.due).format(n=counted(listed.due))
    if not listed.missed:
        return due
    missed = npgettext("workspace", "{n} missed", "{n} missed", listed.missed).format(
        n=counted(listed.missed)
    )
    return f"{due} · {missed}"
