"""The commands of the screens that count and check, with a method for each."""

from __future__ import annotations

from leadtui.domain.permission import Permission
from leadtui.language.translate import N_, P_
from leadtui.tui.commands.command import Command, Scope

DAY_COMMANDS: tuple[Command, ...] = (
    Command("day-before", P_("key", "Day before"), ("left",), N_("Show the day before"), Scope.DAY, 2),
    Command("day-after", P_("key", "Day after"), ("right",), N_("Show the day after"), Scope.DAY, 3),
    Command("to-today", P_("key", "Today"), ("home",), N_("Back to today"), Scope.DAY, 4),
    Command(
        "person-after",
        P_("key", "Next person"),
        ("down",),
        N_("Show everybody's day, then each colleague's"),
        Scope.DAY,
        5,
        needs=(Permission.SEE_ALL_DAYS,),
    ),
    Command(
        "person-before",
        P_("key", "Person before"),
        ("up",),
        N_("Show the day of the person before"),
        Scope.DAY,
        6,
        needs=(Permission.SEE_ALL_DAYS,),
    ),
    Command("leave-day", P_("key", "Back"), ("escape",), N_("Back to the desk"), Scope.DAY, 1),
)
"""What is done on the screen of a day."""

BOARD_COMMANDS: tuple[Command, ...] = (
    Command(
        "open-counted",
        P_("key", "Open the list"),
        ("enter",),
        N_("Show whom the number under the cursor counts, at the desk"),
        Scope.BOARD,
        2,
    ),
    Command(
        "give-counted",
        P_("key", "Give"),
        ("o",),
        N_("Give all whom the number under the cursor counts to a colleague"),
        Scope.BOARD,
        3,
        needs=(Permission.TRANSFER,),
    ),
    Command(
        "share-out-counted",
        P_("key", "Share out"),
        ("d",),
        N_("Share all whom the number under the cursor counts out among colleagues by a rule"),
        Scope.BOARD,
        3,
        needs=(Permission.TRANSFER,),
    ),
    Command(
        "board-period",
        P_("key", "Period"),
        ("p",),
        N_("Show other days: yesterday, this week, last month, any"),
        Scope.BOARD,
        4,
    ),
    Command(
        "export-board",
        P_("key", "Export"),
        ("x",),
        N_("Write the board into a file, for a spreadsheet or for programs"),
        Scope.BOARD,
        5,
    ),
    Command("leave-board", P_("key", "Back"), ("escape",), N_("Back to the desk"), Scope.BOARD, 1),
)
"""What is done on the board; its arrows move from number to number."""

DOCTOR_COMMANDS: tuple[Command, ...] = (
    Command(
        "repair",
        P_("key", "Repair"),
        ("r",),
        N_("Put right what can be proven from the rest of the store: say first what, then after a typed yes"),
        Scope.DOCTOR,
        2,
        needs=(Permission.BACK_UP,),
    ),
    Command(
        "look-again", P_("key", "Look again"), ("f5",), N_("Look at everything once more"), Scope.DOCTOR, 3
    ),
    Command("leave-doctor", P_("key", "Back"), ("escape",), N_("Back to the desk"), Scope.DOCTOR, 1),
)
"""What is done where the store was looked at."""
