"""What is done with the open customer."""

from __future__ import annotations

from leadtui.domain.permission import Permission
from leadtui.language.translate import N_
from leadtui.tui.commands.command import Command, Scope

LEAD_COMMANDS: tuple[Command, ...] = (
    Command(
        "set-status",
        N_("Status"),
        ("s", "enter", "f4"),
        N_("Set the status of the open customer"),
        Scope.LEAD,
        1,
        needs=(Permission.FOLLOW_UP,),
    ),
    Command(
        "next-lead",
        N_("Next"),
        ("n", "f5"),
        N_("Open the next customer of my cartable"),
        Scope.LEAD,
        2,
        needs=(Permission.SEE_CARTABLE,),
    ),
    Command(
        "next-free",
        N_("Next free"),
        ("j",),
        N_("Open the next customer of all that no colleague has open"),
        Scope.LEAD,
        needs=(Permission.FOLLOW_UP,),
    ),
    Command(
        "given-lead",
        N_("Given"),
        ("i",),
        N_("Open what a colleague has given me, one by one"),
        Scope.LEAD,
        needs=(Permission.SEE_CARTABLE,),
    ),
    Command(
        "call",
        N_("Call"),
        ("c", "f8"),
        N_("Ring the open customer and time the call"),
        Scope.LEAD,
        3,
        needs=(Permission.FOLLOW_UP,),
    ),
    Command(
        "remind",
        N_("Remind"),
        ("r", "f6"),
        N_("Set a reminder on the open customer"),
        Scope.LEAD,
        5,
        needs=(Permission.REMIND,),
    ),
    Command(
        "note",
        N_("Note"),
        ("m", "f7"),
        N_("Write a note about the open customer"),
        Scope.LEAD,
        4,
        needs=(Permission.FOLLOW_UP,),
    ),
    Command(
        "add-customer",
        N_("Add"),
        ("a",),
        N_("Type in a new customer"),
        Scope.LEAD,
        13,
        needs=(Permission.ADD_CUSTOMERS,),
    ),
    Command(
        "edit-customer",
        N_("Edit"),
        ("e",),
        N_("Change the fields of the open customer"),
        Scope.LEAD,
        14,
        needs=(Permission.EDIT_CUSTOMERS,),
    ),
    Command(
        "merge-customer",
        N_("Merge"),
        ("g",),
        N_("Make one customer of the open one and another who is the same person"),
        Scope.LEAD,
        needs=(Permission.MERGE_CUSTOMERS,),
    ),
    Command(
        "undo",
        N_("Undo"),
        ("u", "ctrl+z"),
        N_("Take back my last step whole: status, answers, owner, reminder; again for the one before"),
        Scope.LEAD,
    ),
    Command(
        "do-not-call",
        N_("Do not call"),
        ("d",),
        N_("Forbid ringing the open customer, or allow it again; both ask why"),
        Scope.LEAD,
        needs=(Permission.FORBID_CALLS, Permission.ALLOW_CALLS),
    ),
    Command(
        "erase",
        N_("Erase"),
        ("delete",),
        N_(
            "Erase the open customer for good, for a reason and with a typed confirmation; there is no way back"
        ),
        Scope.LEAD,
        needs=(Permission.ERASE_CUSTOMERS,),
    ),
    Command(
        "previous-lead", N_("Back"), ("N", "shift+f5"), N_("Open the customer before this one"), Scope.LEAD
    ),
)
