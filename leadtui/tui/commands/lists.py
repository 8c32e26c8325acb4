"""The commands of the screens that list one kind of thing, with a method for each."""

from __future__ import annotations

from leadtui.domain.permission import Permission
from leadtui.language.translate import N_, P_
from leadtui.tui.commands.command import Command, Scope

REMINDERS_COMMANDS: tuple[Command, ...] = (
    Command(
        "open-reminded",
        P_("key", "Open"),
        ("enter",),
        N_("Open the customer"),
        Scope.REMINDERS,
        1,
        on_line=True,
    ),
    Command(
        "reminder-done",
        P_("key", "Done"),
        ("d", "space"),
        N_("The reminder is dealt with"),
        Scope.REMINDERS,
        2,
        needs=(Permission.REMIND,),
        on_line=True,
    ),
    Command(
        "move-reminder",
        P_("key", "Move"),
        ("g",),
        N_("Choose another time"),
        Scope.REMINDERS,
        3,
        needs=(Permission.REMIND,),
        on_line=True,
    ),
    Command(
        "skip-reminder",
        P_("key", "Skip"),
        ("s",),
        N_("Leave out this time of one that comes again"),
        Scope.REMINDERS,
        4,
        needs=(Permission.REMIND,),
        on_line=True,
    ),
    Command(
        "cancel-reminder",
        P_("key", "Cancel it"),
        ("x", "delete"),
        N_("It is not wanted any more, nor what would follow it"),
        Scope.REMINDERS,
        5,
        needs=(Permission.REMIND,),
        on_line=True,
    ),
    Command("leave", P_("key", "Back"), ("escape",), N_("Back to the desk"), Scope.REMINDERS, 6),
)
"""What is done in the list of reminders."""

IMPORTS_COMMANDS: tuple[Command, ...] = (
    Command(
        "take-back-import",
        P_("key", "Take back"),
        ("x", "u", "delete"),
        N_("Take the import back: say first who goes, who is as before and who stays, then do it"),
        Scope.IMPORTS,
        1,
        needs=(Permission.UNDO_IMPORT,),
        on_line=True,
    ),
    Command("leave-imports", P_("key", "Back"), ("escape",), N_("Back to the desk"), Scope.IMPORTS, 2),
)
"""What is done in the list of imports."""

PROPOSALS_COMMANDS: tuple[Command, ...] = (
    Command(
        "define-proposed",
        P_("key", "Define it"),
        ("enter",),
        N_("Go on in the form in which what is proposed is defined; saving approves it"),
        Scope.PROPOSALS,
        1,
        on_line=True,
    ),
    Command(
        "decline-proposed",
        P_("key", "Decline"),
        ("x", "delete"),
        N_("Do without it, and say why"),
        Scope.PROPOSALS,
        2,
        on_line=True,
    ),
    Command(
        "merge-proposed",
        P_("key", "Merge"),
        ("g",),
        N_("Let it wait, and end, with another that asks for the same"),
        Scope.PROPOSALS,
        3,
        on_line=True,
    ),
    Command(
        "leave-proposals", P_("key", "Back"), ("escape",), N_("Back to where you were"), Scope.PROPOSALS, 4
    ),
)
"""What is done in the list of proposals."""

FORBIDDEN_COMMANDS: tuple[Command, ...] = (
    Command(
        "find-number",
        P_("key", "Find"),
        ("/", "f3"),
        N_("Look a number up in any writing, or a name, a reason"),
        Scope.FORBIDDEN,
        2,
    ),
    Command(
        "forbid-number",
        P_("key", "Add"),
        ("a",),
        N_("Put a number on the list, whether a customer has it or not"),
        Scope.FORBIDDEN,
        3,
        needs=(Permission.FORBID_CALLS,),
        for_all=True,
    ),
    Command(
        "forbid-file",
        P_("key", "From a file"),
        ("i",),
        N_("Put the numbers of a file on the list"),
        Scope.FORBIDDEN,
        5,
        needs=(Permission.FORBID_CALLS,),
        for_all=True,
    ),
    Command(
        "allow-number",
        P_("key", "Take off"),
        ("x", "delete"),
        N_("Take the number off the list"),
        Scope.FORBIDDEN,
        4,
        needs=(Permission.ALLOW_CALLS,),
        for_all=True,
        on_line=True,
    ),
    Command(
        "export-numbers",
        P_("key", "Into a file"),
        ("e",),
        N_("Write the list into a CSV file, which another desk can import"),
        Scope.FORBIDDEN,
        7,
        needs=(Permission.EXPORT,),
        for_all=True,
    ),
    Command(
        "open-holder",
        P_("key", "Open"),
        ("enter",),
        N_("Open the customer who has it"),
        Scope.FORBIDDEN,
        6,
        on_line=True,
    ),
    Command("leave-forbidden", P_("key", "Back"), ("escape",), N_("Back to the desk"), Scope.FORBIDDEN, 1),
)
"""What is done in the do-not-call list."""

ERASURES_COMMANDS: tuple[Command, ...] = (
    Command("leave-erasures", P_("key", "Back"), ("escape",), N_("Back to the desk"), Scope.ERASURES, 1),
)
"""What is done in the list of erasures."""

OUTBOX_COMMANDS: tuple[Command, ...] = (
    Command(
        "open-written",
        P_("key", "Open"),
        ("enter",),
        N_("Open the customer to whom it goes"),
        Scope.OUTBOX,
        2,
        on_line=True,
    ),
    Command(
        "send-again",
        P_("key", "Send again"),
        ("a",),
        N_("Send the message again that failed, or of which nobody knows whether it came"),
        Scope.OUTBOX,
        3,
        needs=(Permission.SEND_MESSAGES,),
        on_line=True,
    ),
    Command(
        "withdraw-message",
        P_("key", "Withdraw"),
        ("x", "delete"),
        N_("Send the message no more"),
        Scope.OUTBOX,
        4,
        needs=(Permission.SEND_MESSAGES,),
        on_line=True,
    ),
    Command(
        "all-messages",
        P_("key", "All"),
        ("w",),
        N_("Show all messages, or again those that wait for a person"),
        Scope.OUTBOX,
        5,
    ),
    Command("leave-outbox", P_("key", "Back"), ("escape",), N_("Back to the desk"), Scope.OUTBOX, 1),
)
"""What is done in the list of messages."""

CASES_COMMANDS: tuple[Command, ...] = (
    Command(
        "open-case",
        P_("key", "Open"),
        ("enter",),
        N_("Look at the case, and move it on"),
        Scope.CASES,
        2,
        on_line=True,
    ),
    Command(
        "new-case",
        P_("key", "New"),
        ("a", "n"),
        N_("Open a case of any kind: also one that is about nobody, or beneath another"),
        Scope.CASES,
        7,
        needs=(Permission.WORK_CASES,),
    ),
    Command(
        "my-cases",
        P_("key", "Mine"),
        ("m",),
        N_("Show only those for which I am responsible, or again everybody's"),
        Scope.CASES,
        3,
    ),
    Command(
        "my-turn",
        P_("key", "My turn"),
        ("t",),
        N_("Show only those whose turn it is with me, or again everybody's"),
        Scope.CASES,
        8,
    ),
    Command(
        "sort-cases",
        P_("key", "Sort"),
        ("s", ">"),
        N_("Sort by the next column; after the last one those first whose turn it is with me"),
        Scope.CASES,
        9,
    ),
    Command(
        "reverse-cases",
        P_("key", "Reverse"),
        ("v",),
        N_("Turn the order of the column round"),
        Scope.CASES,
        10,
    ),
    Command(
        "narrow-cases",
        P_("key", "Narrow"),
        ("f", "f9"),
        N_("Choose the kind, after Tab state and person; Esc goes back to the list"),
        Scope.CASES,
        4,
    ),
    Command(
        "find-case",
        P_("key", "Find"),
        ("/", "f3"),
        N_("Find cases by their words, or by a customer's name or number"),
        Scope.CASES,
        5,
    ),
    Command(
        "open-customer-of-case",
        P_("key", "Customer"),
        ("l",),
        N_("Open the customer whom the case is about"),
        Scope.CASES,
        6,
        on_line=True,
    ),
    Command("leave-cases", P_("key", "Back"), ("escape",), N_("Back to the desk"), Scope.CASES, 1),
)
"""What is done in the list of cases."""

AUDIT_COMMANDS: tuple[Command, ...] = (
    Command(
        "find-in-audit",
        P_("key", "Find"),
        ("/",),
        N_("Look for words; Tab goes on to person, kind and period"),
        Scope.AUDIT,
        2,
    ),
    Command("leave-audit", P_("key", "Back"), ("escape",), N_("Back to where you were"), Scope.AUDIT, 1),
)
"""What is done in the audit."""
