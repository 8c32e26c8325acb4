"""Every command as one record: it feeds key bindings, the key bar, the palette and help, and says what is run."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from textual.binding import Binding
from textual.keys import Keys

from leadtui.domain.permission import Permission
from leadtui.language.bidi import left_to_right
from leadtui.language.translate import N_, P_
from leadtui.services.proposals import DECIDED_BY
from leadtui.tui.keyboard import Keyboard
from leadtui.tui.mirroring import from_the_right, key_onward, other_side

DECIDING = tuple(dict.fromkeys(DECIDED_BY.values()))
"""Whoever has one of them decides about some proposals."""


class Scope(StrEnum):
    """Where a command applies."""

    EVERYWHERE = "everywhere"
    DESK = "desk"
    LEAD = "lead"
    STATUS = "status"
    LEAD_FORM = "customer"
    REMINDERS = "reminders"
    SETTINGS = "settings"
    DAY = "day"
    IMPORTS = "imports"
    FORBIDDEN = "do-not-call"
    ERASURES = "erasures"
    OUTBOX = "outbox"
    CASES = "cases"
    AUDIT = "audit"
    BOARD = "board"
    PROPOSALS = "proposals"
    DOCTOR = "doctor"
    PLAYBOOK = "playbook"


@dataclass(frozen=True, slots=True)
class Command:
    """`keys` are Textual's, the first one is shown; without any it is run from the palette. `title` and `help` are marked for translation.

    `important` orders the key bar: when there is no room, the largest go first; 0 never shows there.
    `needs` are the permissions of which one is enough for the command to be shown; none where it is everybody's. The
    services decide by themselves.
    `anywhere` is set for what also has to be at hand over a dialog and while one types: those of its keys that write
    nothing, Ctrl combinations and F-keys, come before whatever has the keyboard.
    `on_line` is set for what is done to the line under the cursor of a list, so that it is offered only where there is one.
    `runs` is an action, which is given the desk. Without one the screen where the command applies has a method for it,
    which Textual finds by `method`.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    help: str
    scope: Scope
    important: int = 0
    needs: tuple[Permission, ...] = ()
    anywhere: bool = False
    on_line: bool = False
    runs: Callable[[Any], Coroutine[Any, Any, None] | None] | None = None

    @property
    def method(self) -> str:
        """What a screen calls it, after `action_`."""
        return self.name.replace("-", "_")

    @property
    def binding(self) -> str:
        """What its keys run, in Textual's words: through the program where that has to look at it first."""
        return f"app.run_named({self.name!r})" if self.runs or self.needs else self.method

    @property
    def keys_anywhere(self) -> tuple[str, ...]:
        """Those of its keys that work over a dialog and while one types."""
        return tuple(each for each in self.keys if self.anywhere and _WRITES_NOTHING.fullmatch(each))

    def shown_key(self, keyboard: Keyboard) -> str:
        """The first key as a person reads it that comes from their keyboard in every terminal."""
        return shown_key(keyboard.certain(self.keys), keyboard)

    def key_beside_letters(self, keyboard: Keyboard) -> str:
        """As `shown_key`, of the keys that work where letters are written down; the first one where none does."""
        silent = [each for each in self.keys if _WRITES_NOTHING.fullmatch(each)]
        return shown_key(keyboard.certain(silent), keyboard) if silent else self.shown_key(keyboard)

    def shown_keys(self, keyboard: Keyboard) -> tuple[str, ...]:
        """All keys as a person reads them."""
        return tuple(shown_key(key, keyboard) for key in self.keys)


_ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓"}


def shown_key(key: str, keyboard: Keyboard) -> str:
    """A key of Textual's as a person presses it: `Ctrl+S`, or the letter that their own keyboard has in its place.

    Where lines run from right to left, Left goes on.
    """
    words = {
        "ctrl": "Ctrl",
        "shift": "Shift",
        "tab": "Tab",
        "enter": "Enter",
        "escape": "Esc",
        "space": "Space",
        "delete": "Del",
        "home": "Home",
        **_ARROWS,
    }
    if from_the_right():
        key = other_side(key)
    if len(key) == 1:
        return keyboard.shown(key)
    shown = "+".join(words.get(part, part.upper()) for part in key.split("+"))
    if shown == _ARROWS["right"] and from_the_right():
        return left_to_right(
            shown
        )  # By itself it would be taken for a sign before words, and point on as these do.
    return left_to_right(shown) if "+" in shown and not shown.isascii() else shown


def arrow_onward() -> str:
    """The arrow that goes on in a line."""
    return _ARROWS[key_onward()]


_WRITES_NOTHING = re.compile(r"ctrl\+.+|(shift\+)?f\d+")


def small_letter(key: str) -> str:
    """What a capital that means nothing of its own stands for: Shift may be held, and Caps Lock on; else `key`."""
    return key.lower() if len(key) == 1 else key


def allowed(commands: Iterable[Command], may: Callable[[Permission], bool]) -> tuple[Command, ...]:
    """Those of the commands that are shown to a person who may do what `may` says."""
    return tuple(command for command in commands if not command.needs or any(map(may, command.needs)))


def offered(
    commands: Iterable[Command], may: Callable[[Permission], bool], *, on_line: bool
) -> tuple[Command, ...]:
    """The commands of a list that are shown; `on_line` says whether a line is under the cursor."""
    return tuple(command for command in allowed(commands, may) if on_line or not command.on_line)


Keymap = Mapping[str, tuple[str, ...]]
"""The keys of some commands, by their names."""

KeyOf = Callable[[str], str]
"""Gives the key of a command as the person reads and presses it, by the command's name."""


def with_keys(commands: Iterable[Command], keymap: Keymap) -> tuple[Command, ...]:
    """The commands with the keys that they have by the keymap."""
    return tuple(replace(each, keys=keymap.get(each.name, each.keys)) for each in commands)


def bindings_of(commands: Iterable[Command]) -> list[Binding]:
    """Textual's bindings for the commands, with the ids by which `textual_keys` changes them."""
    return [
        Binding(keys, command.binding, id=name, priority=name.endswith(_ANYWHERE))
        for command in commands
        for name, keys in textual_keys(command).items()
    ]


def textual_keys(command: Command) -> dict[str, str]:
    """The keys of a command as Textual takes them, by the ids of its bindings: its name, and another for those anywhere."""
    if not command.anywhere:
        return {command.name: _joined(command.keys)}
    here = [each for each in command.keys if each not in command.keys_anywhere]
    return {command.name: _joined(here), command.name + _ANYWHERE: _joined(command.keys_anywhere)}


_ANYWHERE = "-anywhere"


def _joined(keys: Iterable[str]) -> str:
    # A comma separates keys in a binding, so the key itself goes by its name. A binding without a key would keep its old
    # ones: it gets the one that no keyboard sends.
    return ",".join("comma" if key == "," else key for key in keys) or Keys.Ignore.value


# The commands of screens and dialogs that have a method for each

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

SETTINGS_COMMANDS: tuple[Command, ...] = (
    Command(
        "save-definition", P_("key", "Save"), ("ctrl+s", "f12"), N_("Save what is changed"), Scope.SETTINGS, 1
    ),
    Command("add-definition", P_("key", "Add"), ("a",), N_("Add one to the list"), Scope.SETTINGS, 2),
    Command(
        "move-definition-up",
        P_("key", "Move up"),
        ("shift+up",),
        N_("Move it up in the list"),
        Scope.SETTINGS,
        6,
    ),
    Command(
        "move-definition-down",
        P_("key", "Move down"),
        ("shift+down",),
        N_("Move it down in the list"),
        Scope.SETTINGS,
        8,
    ),
    Command(
        "retire-definition",
        P_("key", "Retire"),
        ("x", "delete"),
        N_("Take it out of use, or back into it"),
        Scope.SETTINGS,
        3,
    ),
    Command(
        "copy-profile",
        P_("key", "Copy"),
        ("c",),
        N_("Begin a profile that allows what this one does"),
        Scope.SETTINGS,
        6,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
    Command(
        "invite-colleague",
        P_("key", "Invite"),
        ("i",),
        N_("Invite somebody by their e-mail address"),
        Scope.SETTINGS,
        3,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
    Command(
        "resend-invitation",
        P_("key", "Send again"),
        ("r",),
        N_("Make another code for whoever is invited; the one from before is good no more"),
        Scope.SETTINGS,
        7,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
    Command(
        "colleague-code",
        P_("key", "One-time code"),
        ("o",),
        N_("Make a code with which the colleague sets a password, their first or another; it is shown once"),
        Scope.SETTINGS,
        8,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
    Command(
        "suspend-colleague",
        P_("key", "Suspend"),
        ("u",),
        N_("Let the colleague do nothing here for a while, or let them in again"),
        Scope.SETTINGS,
        3,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
    Command(
        "compare-profile",
        P_("key", "Compare"),
        ("d",),
        N_("Show what another profile allows otherwise"),
        Scope.SETTINGS,
        7,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
    Command(
        "profile-fields",
        P_("key", "Fields"),
        ("f",),
        N_("Say which fields of customers people of this profile edit, only read or do not see"),
        Scope.SETTINGS,
        6,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
    Command(
        "see-as-profile",
        P_("key", "See as"),
        ("v",),
        N_(
            "Look at the desk as somebody of this profile, or this colleague, has it; nothing is changed, quitting comes back"
        ),
        Scope.SETTINGS,
        7,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
    Command(
        "next-part",
        P_("key", "Next part"),
        ("tab",),
        N_("Go into the form, and to its next field"),
        Scope.SETTINGS,
        5,
    ),
    Command(
        "leave-settings",
        P_("key", "Back"),
        ("escape",),
        N_("Back to the desk; what is not saved is told first"),
        Scope.SETTINGS,
        4,
    ),
    Command(
        "mail-server",
        P_("key", "Mail"),
        ("m",),
        N_("Set the mail server through which invitations are sent"),
        Scope.SETTINGS,
        5,
        needs=(Permission.CHANGE_WORKSPACE,),
    ),
    Command(
        "gateway",
        P_("key", "Gateway"),
        ("g",),
        N_("Set the gateway by which short messages go out, and try it"),
        Scope.SETTINGS,
        5,
        needs=(Permission.SET_UP_MESSAGES,),
    ),
    Command(
        "messages-tab",
        P_("key", "Messages"),
        ("w",),
        N_("Write the texts that customers are sent"),
        Scope.SETTINGS,
        needs=(Permission.WRITE_TEXTS,),
    ),
    Command(
        "import-holidays",
        P_("key", "Calendar file"),
        ("ctrl+o", "shift+f2"),
        N_("Take the holidays of a calendar file (.ics) into the form of the workspace"),
        Scope.SETTINGS,
        7,
        needs=(Permission.CHANGE_WORKSPACE,),
    ),
    Command(
        "own-password", P_("key", "Password"), ("p",), N_("Set or change your password"), Scope.SETTINGS, 6
    ),
    Command(
        "own-sign-ins",
        P_("key", "Sign-ins"),
        ("s",),
        N_("See where you are signed in, and end a sign-in"),
        Scope.SETTINGS,
        7,
    ),
    Command("next-tab", P_("key", "Next tab"), ("right",), N_("Go to the tab at the right"), Scope.SETTINGS),
    Command(
        "previous-tab", P_("key", "Tab before"), ("left",), N_("Go to the tab at the left"), Scope.SETTINGS
    ),
    Command("me-tab", P_("key", "Me"), ("0",), N_("Your name, language and looks"), Scope.SETTINGS),
    Command(
        "statuses-tab",
        P_("key", "Statuses"),
        ("1",),
        N_("Define statuses"),
        Scope.SETTINGS,
        needs=(Permission.DEFINE_STATUSES,),
    ),
    Command(
        "fields-tab",
        P_("key", "Fields"),
        ("2",),
        N_("Define the fields of customers"),
        Scope.SETTINGS,
        needs=(Permission.DEFINE_FIELDS,),
    ),
    Command(
        "channels-tab",
        P_("key", "Channels"),
        ("3",),
        N_("Define entry channels"),
        Scope.SETTINGS,
        needs=(Permission.DEFINE_CHANNELS,),
    ),
    Command(
        "needs-tab",
        P_("key", "Needs"),
        ("4",),
        N_("Define what customers need"),
        Scope.SETTINGS,
        needs=(Permission.DEFINE_NEEDS,),
    ),
    Command(
        "colleagues-tab",
        P_("key", "Colleagues"),
        ("5",),
        N_("Say who works here"),
        Scope.SETTINGS,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
    Command(
        "profiles-tab",
        P_("key", "Profiles"),
        ("6",),
        N_("Say what people may do"),
        Scope.SETTINGS,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
    Command(
        "teams-tab",
        P_("key", "Teams"),
        ("e",),
        N_("Say who works together, led by whom"),
        Scope.SETTINGS,
        needs=(Permission.MANAGE_COLLEAGUES,),
    ),
    Command(
        "workspace-tab",
        P_("key", "Workspace"),
        ("7",),
        N_("What the workspace is called and how it writes"),
        Scope.SETTINGS,
        needs=(Permission.CHANGE_WORKSPACE,),
    ),
    Command(
        "distribution-tab",
        P_("key", "Distribution"),
        ("8",),
        N_("Keep rules by which leads are shared out"),
        Scope.SETTINGS,
        needs=(Permission.DEFINE_RULES,),
    ),
    Command(
        "proposals-tab",
        P_("key", "Proposals"),
        ("9",),
        N_("Look at what people at work have proposed"),
        Scope.SETTINGS,
        needs=DECIDING,
    ),
    Command(
        "audit-tab",
        P_("key", "Audit"),
        ("l",),
        N_("Look through who changed what"),
        Scope.SETTINGS,
        needs=(Permission.SEE_AUDIT,),
    ),
)
"""What is done in the settings."""

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
    ),
    Command(
        "forbid-file",
        P_("key", "From a file"),
        ("i",),
        N_("Put the numbers of a file on the list"),
        Scope.FORBIDDEN,
        5,
        needs=(Permission.FORBID_CALLS,),
    ),
    Command(
        "allow-number",
        P_("key", "Take off"),
        ("x", "delete"),
        N_("Take the number off the list"),
        Scope.FORBIDDEN,
        4,
        needs=(Permission.ALLOW_CALLS,),
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
        "my-cases",
        P_("key", "Mine"),
        ("m",),
        N_("Show only those for which I am responsible, or again everybody's"),
        Scope.CASES,
        3,
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
        N_("Go to another of your workspaces; what is typed here stays kept"),
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
