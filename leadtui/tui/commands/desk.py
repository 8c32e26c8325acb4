"""What is done at the desk: its tables, filters and other screens."""

from __future__ import annotations

from leadtui.domain.permission import Permission
from leadtui.language.translate import N_
from leadtui.tui.commands.command import Command, Scope

DESK_COMMANDS: tuple[Command, ...] = (
    Command(
        "find", N_("Find"), ("/", "f3"), N_("Find a customer by name, phone, e-mail or city"), Scope.DESK, 6
    ),
    Command("other-side", N_("Switch"), ("tab",), N_("Go to the other table"), Scope.DESK, 8),
    Command("filter", N_("Filter"), ("f", "f9"), N_("Show only some customers"), Scope.DESK, 9),
    Command(
        "reminders",
        N_("Reminders"),
        ("b", "f10"),
        N_("List my reminders"),
        Scope.DESK,
        10,
        needs=(Permission.SEE_CARTABLE,),
    ),
    Command(
        "my-day",
        N_("My day"),
        ("p",),
        N_(
            "Show calls, customers worked and reached (spoken with: a call of a minute, or a status that asks something, "
            "hands on or ends), meetings set (a status that asks for date and time), and what is left"
        ),
        Scope.DESK,
        needs=(Permission.SEE_OWN_DAY, Permission.SEE_ALL_DAYS),
    ),
    Command(
        "choose", N_("Choose"), ("space",), N_("Choose the customer under the cursor, and go on"), Scope.DESK
    ),
    Command(
        "choose-all",
        N_("Choose all"),
        ("ctrl+a",),
        N_("Choose all that the table shows; with Shift the arrows choose a range, Esc ends it"),
        Scope.DESK,
    ),
    Command(
        "assign",
        N_("Give"),
        ("o",),
        N_("Give the open customer, or all that are chosen, to a colleague"),
        Scope.DESK,
        13,
        needs=(Permission.TRANSFER,),
    ),
    Command(
        "export",
        N_("Export"),
        ("x",),
        N_("Write all that are chosen, or all that the table of customers shows, into a file"),
        Scope.DESK,
        needs=(Permission.EXPORT,),
    ),
    Command(
        "settings",
        N_("Settings"),
        ("f2",),
        N_("Define statuses, fields, channels, needs and colleagues"),
        Scope.DESK,
        12,
        needs=(Permission.DEFINE, Permission.MANAGE_COLLEAGUES),
    ),
    Command(
        "sort-before",
        N_("Sort left"),
        ("<",),
        N_("Sort by the column before"),
        Scope.DESK,
    ),
    Command("sort-after", N_("Sort right"), (">",), N_("Sort by the column after"), Scope.DESK),
    Command("reverse", N_("Reverse"), ("v",), N_("Turn the order round"), Scope.DESK),
    Command(
        "part-today",
        N_("Today"),
        ("1",),
        N_("Only what is for today"),
        Scope.DESK,
        needs=(Permission.SEE_CARTABLE,),
    ),
    Command(
        "part-overdue",
        N_("Overdue"),
        ("2",),
        N_("Only what is overdue"),
        Scope.DESK,
        needs=(Permission.SEE_CARTABLE,),
    ),
    Command(
        "part-upcoming",
        N_("Upcoming"),
        ("3",),
        N_("Only what comes later"),
        Scope.DESK,
        needs=(Permission.SEE_CARTABLE,),
    ),
    Command(
        "part-all", N_("All"), ("0",), N_("The whole cartable"), Scope.DESK, needs=(Permission.SEE_CARTABLE,)
    ),
    Command(
        "zoom", N_("Wide"), ("z",), N_("Give one table the whole width, or both their halves"), Scope.DESK
    ),
    Command(
        "columns", N_("Columns"), ("k",), N_("Choose the columns, their order and widths"), Scope.DESK, 14
    ),
    Command("views", N_("Views"), ("w",), N_("Open a saved view, or save this one"), Scope.DESK, 15),
    Command("columns-after", N_("Columns on"), ("right",), N_("Bring hidden columns into view"), Scope.DESK),
    Command(
        "columns-before", N_("Columns back"), ("left",), N_("Bring the columns before into view"), Scope.DESK
    ),
    Command(
        "timeline", N_("Timeline"), ("l",), N_("Scroll the open customer's timeline; Esc returns"), Scope.DESK
    ),
)
