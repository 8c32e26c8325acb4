"""What is done in the settings."""

from __future__ import annotations

from leadtui.domain.permission import Permission
from leadtui.language.translate import N_
from leadtui.tui.commands.command import Command, Scope

SETTINGS_COMMANDS: tuple[Command, ...] = (
    Command("save-definition", N_("Save"), ("ctrl+s", "f12"), N_("Save what is changed"), Scope.SETTINGS, 1),
    Command("add-definition", N_("Add"), ("a",), N_("Add one to the list"), Scope.SETTINGS, 2),
    Command(
        "move-definition-up", N_("Move up"), ("shift+up",), N_("Move it up in the list"), Scope.SETTINGS, 6
    ),
    Command(
        "move-definition-down",
        N_("Move down"),
        ("shift+down",),
        N_("Move it down in the list"),
        Scope.SETTINGS,
        8,
    ),
    Command(
        "retire-definition",
        N_("Retire"),
        ("x", "delete"),
        N_("Take it out of use, or back into it"),
        Scope.SETTINGS,
        3,
    ),
    Command(
        "next-part",
        N_("Next part"),
        ("tab",),
        N_("Go into the form, and to its next field"),
        Scope.SETTINGS,
        5,
    ),
    Command(
        "leave-settings",
        N_("Back"),
        ("escape",),
        N_("Back to the desk; what is not saved is told first"),
        Scope.SETTINGS,
        4,
    ),
    Command("next-tab", N_("Next tab"), ("right",), N_("Go to the tab at the right"), Scope.SETTINGS),
    Command("previous-tab", N_("Tab before"), ("left",), N_("Go to the tab at the left"), Scope.SETTINGS),
    Command(
        "statuses-tab",
        N_("Statuses"),
        ("1",),
        N_("Define statuses"),
        Scope.SETTINGS,
        needs=(Permission.DEFINE,),
    ),
    Command(
        "fields-tab",
        N_("Fields"),
        ("2",),
        N_("Define the fields of customers"),
        Scope.SETTINGS,
        needs=(Permission.DEFINE,),
    ),
    Command(
        "channels-tab",
        N_("Channels"),
        ("3",),
        N_("Define entry channels"),
        Scope.SETTINGS,
        needs=(Permission.DEFINE,),
    ),
    Command(
        "needs-tab",
        N_("Needs"),
        ("4",),
        N_("Define what customers need"),
        Scope.SETTINGS,
        needs=(Permission.DEFINE,),
    ),
    Command(
        "colleagues-tab",
        N_("Colleagues"),
        ("5",),
        N_("Say who works here"),
        Scope.SETTINGS,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
    Command(
        "profiles-tab",
        N_("Profiles"),
        ("6",),
        N_("Say what people may do"),
        Scope.SETTINGS,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
)
