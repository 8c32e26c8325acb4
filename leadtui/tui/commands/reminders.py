"""What is done in the list of reminders."""

from __future__ import annotations

from leadtui.domain.permission import Permission
from leadtui.language.translate import N_
from leadtui.tui.commands.command import Command, Scope

REMINDERS_COMMANDS: tuple[Command, ...] = (
    Command("open-reminded", N_("Open"), ("enter",), N_("Open the customer"), Scope.REMINDERS, 1),
    Command(
        "reminder-done",
        N_("Done"),
        ("d", "space"),
        N_("The reminder is dealt with"),
        Scope.REMINDERS,
        2,
        needs=(Permission.REMIND,),
    ),
    Command(
        "move-reminder",
        N_("Move"),
        ("g",),
        N_("Choose another time"),
        Scope.REMINDERS,
        3,
        needs=(Permission.REMIND,),
    ),
    Command(
        "cancel-reminder",
        N_("Cancel it"),
        ("x", "delete"),
        N_("It is not wanted any more"),
        Scope.REMINDERS,
        4,
        needs=(Permission.REMIND,),
    ),
    Command("leave", N_("Back"), ("escape",), N_("Back to the desk"), Scope.REMINDERS, 5),
)
