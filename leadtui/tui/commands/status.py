"""What is done in the status dialog."""

from __future__ import annotations

from leadtui.language.translate import N_
from leadtui.tui.commands.command import Command, Scope

STATUS_COMMANDS: tuple[Command, ...] = (
    Command("save-status", N_("Save"), ("ctrl+s", "f12"), N_("Save the status"), Scope.STATUS, 1),
    Command(
        "leave-status",
        N_("Back"),
        ("escape",),
        N_("Back to the desk; what is typed is kept as a draft"),
        Scope.STATUS,
        2,
    ),
    Command(
        "start-afresh",
        N_("Start afresh"),
        ("f9",),
        N_("Throw the draft away and begin anew"),
        Scope.STATUS,
        3,
    ),
)
