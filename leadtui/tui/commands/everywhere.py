"""The commands that work on every screen."""

from __future__ import annotations

from leadtui.domain.permission import Permission
from leadtui.language.translate import N_, P_
from leadtui.tui.commands.command import Command, Scope

EVERYWHERE_COMMANDS: tuple[Command, ...] = (
    Command("help", P_("key", "Help"), ("?", "f1"), N_("Show every key"), Scope.EVERYWHERE, 7),
    Command(
        "quit",
        P_("key", "Quit"),
        ("q", "ctrl+q"),
        N_("Close leadtui; everything is saved"),
        Scope.EVERYWHERE,
        11,
        anywhere=True,
    ),
    Command(
        "answer-reminder",
        P_("key", "Answer reminder"),
        ("ctrl+r", "shift+f6"),
        N_("Take the keyboard to the reminder, and back"),
        Scope.EVERYWHERE,
        anywhere=True,
    ),
    Command(
        "suspend",
        P_("key", "Suspend"),
        ("ctrl+z",),
        N_("Go back to the shell for a while; there fg returns. In a field it takes back what was typed"),
        Scope.EVERYWHERE,
        anywhere=True,
    ),
    Command(
        "lock",
        P_("key", "Lock"),
        ("ctrl+l", "shift+f12"),
        N_("Lock the desk until you type your password; what is typed is kept"),
        Scope.EVERYWHERE,
        anywhere=True,
    ),
    Command(
        "propose",
        P_("key", "Propose"),
        ("ctrl+n", "shift+f7"),
        N_("Propose what is missing: a status, a field, a channel, a need; also from a dialog"),
        Scope.EVERYWHERE,
        needs=(Permission.PROPOSE,),
        anywhere=True,
    ),
    Command(
        "workspaces",
        P_("key", "Workspaces"),
        ("W", "shift+f4"),
        N_("Go to another of your workspaces, add one, rename or close one; what is typed here stays kept"),
        Scope.EVERYWHERE,
        anywhere=True,
    ),
    Command("theme", P_("key", "Theme"), ("t",), N_("Choose how leadtui looks"), Scope.EVERYWHERE),
    Command(
        "density",
        P_("key", "Density"),
        (),
        N_("More on the screen, or more room between"),
        Scope.EVERYWHERE,
    ),
    Command(
        "command-palette",
        P_("key", "Palette"),
        ("ctrl+p", "shift+f3"),
        N_("Find a command or a customer by what is typed"),
        Scope.EVERYWHERE,
    ),
)
"""What works on every screen."""
