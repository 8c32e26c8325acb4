"""The commands of the dialogs that have a method for each."""

from __future__ import annotations

from leadtui.language.translate import N_, P_
from leadtui.tui.commands.command import Command, Scope

STATUS_COMMANDS: tuple[Command, ...] = (
    Command("save-status", P_("key", "Save"), ("ctrl+s", "f12"), N_("Save the status"), Scope.STATUS, 1),
    Command(
        "leave-status",
        P_("key", "Back"),
        ("escape",),
        N_("Back to the desk; what is typed is kept as a draft"),
        Scope.STATUS,
        2,
    ),
    Command(
        "start-afresh",
        P_("key", "Start afresh"),
        ("f9",),
        N_("Throw the draft away and begin anew"),
        Scope.STATUS,
        3,
    ),
)
"""What is done in the status dialog."""

PLAYBOOK_COMMANDS: tuple[Command, ...] = (
    Command(
        "finish-talk",
        P_("key", "status"),
        ("ctrl+s", "f12"),
        N_("Save the answers, and go on to the status with what was learnt"),
        Scope.PLAYBOOK,
        1,
    ),
    Command(
        "objections",
        P_("key", "objections"),
        ("f6",),
        N_("Show what customers object, with the answers; again, what to say"),
        Scope.PLAYBOOK,
        3,
    ),
    Command("copy-link", P_("key", "copy link"), ("f3",), N_("Copy the link of the step"), Scope.PLAYBOOK),
    Command(
        "open-link",
        P_("key", "open link"),
        ("f5",),
        N_("Open the link of the step in the browser"),
        Scope.PLAYBOOK,
    ),
    Command(
        "begin-talk-afresh",
        P_("key", "start afresh"),
        ("f9",),
        N_("Throw the draft away and begin anew"),
        Scope.PLAYBOOK,
    ),
    Command(
        "leave-talk",
        P_("key", "back, kept as draft"),
        ("escape",),
        N_("Back to the desk; what is typed is kept as a draft"),
        Scope.PLAYBOOK,
        2,
    ),
)
"""What is done while one talks by a playbook."""

LEAD_FORM_COMMANDS: tuple[Command, ...] = (
    Command(
        "save-customer", P_("key", "save"), ("ctrl+s", "f12"), N_("Save the customer"), Scope.LEAD_FORM, 1
    ),
    Command(
        "open-existing",
        P_("key", "open the other"),
        ("f8",),
        N_("Open the customer who has that number or address; what is typed is kept"),
        Scope.LEAD_FORM,
        3,
    ),
    Command(
        "share-number",
        P_("key", "share the number"),
        ("f5",),
        N_(
            "Let this customer have the number of another one, too: a family's, a front desk's; once more takes that back"
        ),
        Scope.LEAD_FORM,
        3,
    ),
    Command(
        "take-theirs",
        P_("key", "theirs or mine"),
        ("f7",),
        N_("Where somebody else wrote something else meanwhile: take theirs, or mine again"),
        Scope.LEAD_FORM,
        4,
    ),
    Command(
        "leave-customer",
        P_("key", "back, kept as draft"),
        ("escape",),
        N_("Back to the desk; what is typed is kept as a draft"),
        Scope.LEAD_FORM,
        2,
    ),
    Command(
        "begin-afresh",
        P_("key", "start afresh"),
        ("f9",),
        N_("Throw the draft away and begin anew"),
        Scope.LEAD_FORM,
        5,
    ),
)
"""What is done in the form of a customer."""
