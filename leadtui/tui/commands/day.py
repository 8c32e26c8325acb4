"""What is done on the screen of a day."""

from __future__ import annotations

from leadtui.domain.permission import Permission
from leadtui.language.translate import N_
from leadtui.tui.commands.command import Command, Scope

DAY_COMMANDS: tuple[Command, ...] = (
    Command("day-before", N_("Day before"), ("left",), N_("Show the day before"), Scope.DAY, 2),
    Command("day-after", N_("Day after"), ("right",), N_("Show the day after"), Scope.DAY, 3),
    Command("to-today", N_("Today"), ("home",), N_("Back to today"), Scope.DAY, 4),
    Command(
        "person-after",
        N_("Next person"),
        ("down",),
        N_("Show everybody's day, then each colleague's"),
        Scope.DAY,
        5,
        needs=(Permission.SEE_ALL_DAYS,),
    ),
    Command(
        "person-before",
        N_("Person before"),
        ("up",),
        N_("Show the day of the person before"),
        Scope.DAY,
        6,
        needs=(Permission.SEE_ALL_DAYS,),
    ),
    Command("leave-day", N_("Back"), ("escape",), N_("Back to the desk"), Scope.DAY, 1),
)
