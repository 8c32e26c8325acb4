"""What is done in the form of a customer."""

from __future__ import annotations

from leadtui.language.translate import N_
from leadtui.tui.commands.command import Command, Scope

LEAD_FORM_COMMANDS: tuple[Command, ...] = (
    Command("save-customer", N_("save"), ("ctrl+s", "f12"), N_("Save the customer"), Scope.LEAD_FORM, 1),
    Command(
        "open-existing",
        N_("open the other"),
        ("f8",),
        N_("Open the customer who has that number or address; what is typed is kept"),
        Scope.LEAD_FORM,
        3,
    ),
    Command(
        "take-theirs",
        N_("theirs or mine"),
        ("f7",),
        N_("Where somebody else wrote something else meanwhile: take theirs, or mine again"),
        Scope.LEAD_FORM,
        4,
    ),
    Command(
        "leave-customer",
        N_("back, kept as draft"),
        ("escape",),
        N_("Back to the desk; what is typed is kept as a draft"),
        Scope.LEAD_FORM,
        2,
    ),
    Command(
        "begin-afresh",
        N_("start afresh"),
        ("f9",),
        N_("Throw the draft away and begin anew"),
        Scope.LEAD_FORM,
        5,
    ),
)
