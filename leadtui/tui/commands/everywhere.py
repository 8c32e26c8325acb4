"""What works on every screen."""

from __future__ import annotations

from leadtui.language.translate import N_
from leadtui.tui.commands.command import Command, Scope

EVERYWHERE_COMMANDS: tuple[Command, ...] = (
    Command("help", N_("Help"), ("?", "f1"), N_("Show every key"), Scope.EVERYWHERE, 7),
    Command(
        "quit", N_("Quit"), ("q", "ctrl+q"), N_("Close leadtui; everything is saved"), Scope.EVERYWHERE, 11
    ),
    Command(
        "answer-reminder",
        N_("Answer reminder"),
        ("ctrl+r",),
        N_("Take the keyboard to the reminder, and back"),
        Scope.EVERYWHERE,
    ),
    Command("theme", N_("Theme"), ("t",), N_("Choose how leadtui looks"), Scope.EVERYWHERE),
    Command(
        "density", N_("Density"), ("y",), N_("More on the screen, or more room between"), Scope.EVERYWHERE
    ),
    Command(
        "command-palette",
        N_("Palette"),
        ("ctrl+p",),
        N_("Find a command or a customer by what is typed"),
        Scope.EVERYWHERE,
    ),
)
