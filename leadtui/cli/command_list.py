"""Every command of `leadtui` in the order of the work – customers come in, are worked, and the rest – and where it is done.

The module of a command is imported when the command is given, so that no other waits for it.
"""

from __future__ import annotations

from typing import NamedTuple

from leadtui.language.translate import N_


class ListedCommand(NamedTuple):
    """A command, or a noun that has commands. `place` is `module:name` of what is run, or of the noun's group.

    `help` is marked for translation; `epilog` are the lines of an example.
    """

    name: str
    place: str
    help: str
    epilog: str = ""


COMMANDS: tuple[ListedCommand, ...] = (
    ListedCommand(
        "init",
        "init:init_command",
        N_("Make a store for a firm, with the customs of its country."),
        "leadtui init 'Northwind GmbH' --country Germany --name 'Sara Ahmadi' --template sales",
    ),
    ListedCommand(
        "import",
        "import_command:import_command",
        N_("Bring customers in from files. A store that does not exist yet is made."),
        "leadtui import leads.csv --rejects rejects.csv --json",
    ),
    ListedCommand("imports", "imports:app", N_("What was imported before.")),
    ListedCommand("leads", "erasing:app", N_("The customers: all of them, or one.")),
    ListedCommand(
        "follow-up",
        "follow_up:follow_up_command",
        N_("Set a customer's status, as on screen; prints the customer after it."),
        "leadtui follow-up 09121234567 --status call_back --remind 'tomorrow 10' --note 'Rings back'",
    ),
    ListedCommand(
        "undo",
        "undo:undo_command",
        N_("Take back your last step whole: status, answers, owner and reminder. Calls stay."),
        "leadtui undo --dry-run",
    ),
    ListedCommand(
        "reminders",
        "reminders:app",
        N_("Your reminders: overdue, today, later, and lately done."),
        "leadtui reminders --json",
    ),
    ListedCommand(
        "do-not-call",
        "do_not_call:app",
        N_("The numbers that must not be rung, whether a customer has them or not."),
    ),
    ListedCommand("messages", "messages:app", N_("The texts that customers are sent, and sending them.")),
    ListedCommand(
        "outbox", "outbox:app", N_("Messages on their way: sending what is due, and deciding about the rest.")
    ),
    ListedCommand(
        "cases",
        "cases:app",
        N_("Cases: what else is done for customers, by the kinds that the workspace defines."),
    ),
    ListedCommand(
        "day",
        "day:day_command",
        N_("Show your day: calls, customers worked and reached, meetings set, what is left."),
        "leadtui day --date yesterday --json",
    ),
    ListedCommand(
        "board",
        "board:board_command",
        N_("Show the team: what each did and has left, and what needs somebody."),
        "leadtui board --from 2024-09-01 --to 2024-09-30 --csv",
    ),
    ListedCommand(
        "distribute",
        "distribute:distribute_command",
        N_("Share leads out among colleagues by a rule: those of nobody, else those that are named."),
        "leadtui distribute least-loaded --cap 200 --dry-run\nleadtui distribute evenly --by city --among 'reza:Rome' --among sara",
    ),
    ListedCommand(
        "distribution",
        "distribution:app",
        N_("The rules by which leads are shared out: kept, tried, switched on and off."),
    ),
    ListedCommand(
        "escalate",
        "escalate:escalate_command",
        N_("Pass on overdue reminders as the statuses say, as an open desk does."),
        "leadtui escalate --dry-run\nleadtui escalate --take-back 09121234567",
    ),
    ListedCommand(
        "hand-over",
        "hand_over:hand_over_command",
        N_("Give all customers and reminders of a colleague who leaves to others, as one step."),
        "leadtui hand-over reza --to sara --to mina",
    ),
    ListedCommand("views", "views:app", N_("The saved views of the customers, yours and the team's.")),
    ListedCommand(
        "me",
        "me:me_command",
        N_("Show your name and how leadtui speaks and looks for you, and change what is said."),
        "leadtui me --speaks fa --digits persian --theme leadtui-day --key 'note=ctrl+n'",
    ),
    ListedCommand(
        "workspace",
        "workspace:app",
        N_("Show what the workspace is called and how it writes, and change what is said."),
        "leadtui workspace --country Austria --currency EUR",
    ),
    ListedCommand(
        "workspaces",
        "workspaces:app",
        N_("The workspaces of the store in which you work; --workspace names one for any command."),
    ),
    ListedCommand("statuses", "statuses:app", N_("The statuses of the workspace.")),
    ListedCommand("fields", "fields:app", N_("The customers' own fields.")),
    ListedCommand("channels", "channels:app", N_("The entry channels: how customers came in.")),
    ListedCommand("needs", "needs:app", N_("The needs: what customers want.")),
    ListedCommand("gateways", "gateways:app", N_("The gateways by which messages go out.")),
    ListedCommand("colleagues", "colleagues:app", N_("The people who work here.")),
    ListedCommand("profiles", "profiles:app", N_("The profiles: what the people who have one may do.")),
    ListedCommand("teams", "teams:app", N_("The teams: who works together, led by whom.")),
    ListedCommand(
        "proposals", "proposals:app", N_("What people at work miss and propose, until it is decided.")
    ),
    ListedCommand(
        "accept",
        "accept:accept_command",
        N_("Accept an invitation: say your name, set a password, or prove yours, and work from then on."),
        "leadtui accept --as sara@example.com",
    ),
    ListedCommand(
        "sign-in",
        "sign_ins:sign_in_command",
        N_("Prove who you are once, for all commands at this account, until you sign out."),
        "leadtui sign-in --as sara@example.com",
    ),
    ListedCommand(
        "sign-out",
        "sign_ins:sign_out_command",
        N_("End the sign-in that is kept at this account."),
        "leadtui sign-out",
    ),
    ListedCommand(
        "lock",
        "sign_ins:lock_command",
        N_("Lock the sign-in that is kept at this account; `leadtui sign-in` opens it again."),
        "leadtui lock",
    ),
    ListedCommand(
        "sign-ins", "sign_ins:app", N_("The sign-ins: where you are signed in, and the services that are.")
    ),
    ListedCommand(
        "password",
        "password:password_command",
        N_("Set your password, or change it; with a one-time code also where you have forgotten it."),
        "leadtui password\nleadtui password --as sara@example.com --code 7QK2M-0V9TE-XW4ZC-3HDRA",
    ),
    ListedCommand(
        "secure",
        "secure:secure_command",
        N_("Let everybody who works in the store prove who they are: name its administrator, at its file."),
        "leadtui secure sara@example.com\nleadtui secure reza@example.com --code",
    ),
    ListedCommand("template", "template:app", N_("The definition of the workspace as a template file.")),
    ListedCommand(
        "audit",
        "audit:audit_command",
        N_(
            "Look through who changed what of how the desk works, who works at it, and what left it; newest first."
        ),
        "leadtui audit --kind export --from 'last week'\nleadtui audit --head /media/stick/heads",
    ),
    ListedCommand(
        "backup",
        "backup:backup_command",
        N_("Write the whole store to a file, also while others work in it; the copy is checked."),
        "leadtui backup monday.db",
    ),
    ListedCommand(
        "restore",
        "backup:restore_command",
        N_(
            "Put a backup in the place of the store; it is checked first, and the present store is kept beside it."
        ),
        "leadtui restore monday.db",
    ),
    ListedCommand(
        "demo",
        "demo:demo_command",
        N_("Open a throw-away desk with made-up customers; without a terminal it is printed once."),
        "leadtui demo --language fa --customers 1000",
    ),
    ListedCommand(
        "doctor",
        "doctor:doctor_command",
        N_(
            "Look for what is wrong with the store, the settings and the terminal; with --repair it is put right."
        ),
        "leadtui doctor --json",
    ),
)
