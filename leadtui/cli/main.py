"""The command line: `leadtui` alone opens the screens, and each noun has its commands."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated, Any

import typer
from typer.core import TyperGroup, TyperOption

from leadtui import __version__
from leadtui.cli import (
    channels,
    colleagues,
    distribution,
    do_not_call,
    erasing,
    fields,
    gateways,
    imports,
    messages,
    needs,
    outbox,
    profiles,
    proposals,
    reminders,
    sign_ins,
    statuses,
    teams,
    template,
    views,
    workspace,
    workspaces,
)
from leadtui.cli.accept import accept_command
from leadtui.cli.audit import audit_command
from leadtui.cli.backup import backup_command, restore_command
from leadtui.cli.board import board_command
from leadtui.cli.day import day_command
from leadtui.cli.demo import demo_command
from leadtui.cli.distribute import distribute_command
from leadtui.cli.doctor import doctor_command
from leadtui.cli.escalate import escalate_command
from leadtui.cli.follow_up import follow_up_command
from leadtui.cli.hand_over import hand_over_command
from leadtui.cli.import_command import import_command
from leadtui.cli.init import init_command
from leadtui.cli.me import me_command
from leadtui.cli.options import (
    REFUSED,
    AsOption,
    CommandOptions,
    Group,
    LanguageOption,
    OpenRequest,
    OpenScreens,
    SeeAsOption,
    StoreOption,
    WorkspaceOption,
    command_options,
    require_language,
    said_language,
    speak_as_said,
    stop_told,
    tell_stopped,
)
from leadtui.cli.output import hold_standard_streams, on_a_terminal, output_delivered, tell, write_line
from leadtui.cli.password import password_command
from leadtui.cli.secure import secure_command
from leadtui.cli.undo import undo_command
from leadtui.cli.usage import CommandContext, usage_refused
from leadtui.crash_report import report_crash
from leadtui.errors import InvalidAnswers, LeadtuiError
from leadtui.language import translate
from leadtui.language.translate import N_, _, pgettext
from leadtui.stopping import raise_stopped, when_asked_to_end

_ORDER = (
    "init",
    "import",
    "imports",
    "leads",
    "follow-up",
    "undo",
    "reminders",
    "do-not-call",
    "messages",
    "outbox",
    "day",
    "board",
    "distribute",
    "distribution",
    "escalate",
    "hand-over",
    "views",
    "me",
    "workspace",
    "workspaces",
    "statuses",
    "fields",
    "channels",
    "needs",
    "gateways",
    "colleagues",
    "profiles",
    "teams",
    "proposals",
    "accept",
    "sign-in",
    "sign-out",
    "lock",
    "sign-ins",
    "password",
    "secure",
    "template",
    "audit",
    "backup",
    "restore",
    "demo",
    "doctor",
)
"""The commands in the order of the work: customers come in, are worked, and the rest."""


HostedOption = Annotated[
    bool,
    typer.Option(
        "--hosted",
        help=N_(
            "For the command beside an ssh key on a server: open the desk of the person of --as, and nothing else of the machine."
        ),
    ),
]


class Commands(TyperGroup):
    """The program's commands: whatever one of them raises ends here.

    Help and epilogs are marked for translation where commands are defined; an epilog has the lines of an example.
    """

    def __init__(self, **attributes: Any) -> None:
        """Put the help of every command into the language in use: commands are made anew at each start."""
        super().__init__(**attributes)
        _translate_help(self)

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        """Read what stands before the name of a command."""
        with usage_refused():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: Any) -> Any:
        """Run the command. What was refused or stopped ends in sentences and an exit code."""
        with output_delivered(), usage_refused():
            try:
                with stop_told():
                    return super().invoke(ctx)
            except InvalidAnswers as error:
                for problem in error.problems:
                    tell(str(problem))
                raise typer.Exit(REFUSED) from None
            except LeadtuiError as error:
                tell(str(error))
                raise typer.Exit(REFUSED) from None

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order of the work."""
        return sorted(super().list_commands(ctx), key=_ORDER.index)


def _translate_help(command: Any) -> None:
    command.context_class = CommandContext
    if not any("--language" in option.opts for option in command.params):
        # Said once in the program's own help; it may stand behind each command as well.
        command.params.append(
            TyperOption(param_decls=["--language"], hidden=True, expose_value=False, callback=speak_as_said)
        )
    command.help = _(command.help) if command.help else ""
    if command.epilog:
        # The sign keeps the lines of the example as they are.
        command.epilog = "\n".join(
            ("\b", pgettext("heading", "Example:"), *(f"  {line}" for line in command.epilog.splitlines()))
        )
    for option in command.params:
        words = getattr(option, "help", None)
        option.help = _(words) if words else ""
    for each in getattr(command, "commands", {}).values():
        _translate_help(each)


app = Group(
    N_("Work leads all day in a terminal. Without a command the desk opens."),
    cls=Commands,
    epilog="leadtui import leads.csv\nleadtui",
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"]},
    no_args_is_help=False,
    pretty_exceptions_enable=False,
)


def run(open_screens: OpenScreens, arguments: list[str] | None = None) -> None:
    """Run the command of `arguments` (the process's own by default); ends with SystemExit and its exit code."""
    hold_standard_streams()
    said = said_language(sys.argv[1:] if arguments is None else arguments)
    if said:
        translate.use(said)
    # A name that this terminal's encoding lacks must not end the program.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # pyright: ignore  # only real streams have it
    try:
        with when_asked_to_end(raise_stopped):
            app(arguments, obj=CommandOptions(open_screens), prog_name="leadtui")
    except KeyboardInterrupt as stop:  # before or after the command itself
        raise SystemExit(tell_stopped(stop)) from None
    except SystemExit as ended:
        stop = ended.__context__ and ended.__context__.__cause__
        if isinstance(stop, KeyboardInterrupt):  # around the command itself Typer ends so, without a word
            raise SystemExit(tell_stopped(stop)) from None
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, nothing of anybody's data is printed
        tell(report_crash(error))
        raise SystemExit(REFUSED) from None


@app.callback()
def main(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=N_("Print the version and end."))] = False,
    store: StoreOption = "",
    email: AsOption = "",
    in_workspace: WorkspaceOption = "",
    language: LanguageOption = "",
    see_as: SeeAsOption = "",
    hosted: HostedOption = False,
) -> None:
    context.obj = replace(
        command_options(context, store, email, in_workspace),
        language=require_language(language),
        see_as=see_as,
    )
    if hosted:
        if context.invoked_subcommand is not None or not context.obj.who:
            raise typer.BadParameter(
                _("It opens the desk of one person, and nothing else: say who with --as EMAIL."),
                param_hint="--hosted",
            )
        _open(context.obj, hosted=True)
    if version:
        write_line(f"leadtui {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        _open(context.obj)


def _open(chosen: CommandOptions, *, hosted: bool = False) -> None:
    if not on_a_terminal():
        tell(_("The desk needs a terminal; `leadtui --help` lists what works without one."))
        raise typer.Exit(REFUSED)
    raise typer.Exit(
        chosen.open_screens(
            OpenRequest(
                chosen.stored_at,
                chosen.who,
                language=chosen.language,
                workspace=chosen.which,
                see_as=chosen.see_as,
                hosted=hosted,
            )
        )
    )


app.command(
    "init",
    help=N_("Make a store for a firm, with the customs of its country."),
    epilog="leadtui init 'Northwind GmbH' --country Germany --name 'Sara Ahmadi' --template sales",
)(init_command)
app.command(
    "import",
    help=N_("Bring customers in from files. A store that does not exist yet is made."),
    epilog="leadtui import leads.csv --rejects rejects.csv --json",
)(import_command)
app.add_typer(imports.app, name="imports")
app.add_typer(erasing.app, name="leads")  # the group of `leads.py`, with what is done there
app.command(
    "follow-up",
    help=N_("Set a customer's status, as on screen; prints the customer after it."),
    epilog="leadtui follow-up 09121234567 --status call_back --remind 'tomorrow 10' --note 'Rings back'",
)(follow_up_command)
app.command(
    "undo",
    help=N_("Take back your last step whole: status, answers, owner and reminder. Calls stay."),
    epilog="leadtui undo --dry-run",
)(undo_command)
app.add_typer(reminders.app, name="reminders")
app.add_typer(do_not_call.app, name="do-not-call")
app.add_typer(messages.app, name="messages")
app.add_typer(outbox.app, name="outbox")
app.command(
    "day",
    help=N_("Show your day: calls, customers worked and reached, meetings set, what is left."),
    epilog="leadtui day --date yesterday --json",
)(day_command)
app.command(
    "board",
    help=N_("Show the team: what each did and has left, and what needs somebody."),
    epilog="leadtui board --from 2024-09-01 --to 2024-09-30 --csv",
)(board_command)
app.command(
    "distribute",
    help=N_("Share leads out among colleagues by a rule: those of nobody, else those that are named."),
    epilog="leadtui distribute least-loaded --cap 200 --dry-run\nleadtui distribute evenly --by city --among 'reza:Rome' --among sara",
)(distribute_command)
app.add_typer(distribution.app, name="distribution")
app.command(
    "escalate",
    help=N_("Pass on overdue reminders as the statuses say, as an open desk does."),
    epilog="leadtui escalate --dry-run\nleadtui escalate --take-back 09121234567",
)(escalate_command)
app.command(
    "hand-over",
    help=N_("Give all customers and reminders of a colleague who leaves to others, as one step."),
    epilog="leadtui hand-over reza --to sara --to mina",
)(hand_over_command)
app.add_typer(views.app, name="views")
app.command(
    "me",
    help=N_("Show your name and how leadtui speaks and looks for you, and change what is said."),
    epilog="leadtui me --speaks fa --digits persian --theme leadtui-day --key 'note=ctrl+n'",
)(me_command)
app.add_typer(workspace.app, name="workspace")
app.add_typer(workspaces.app, name="workspaces")
app.add_typer(statuses.app, name="statuses")
app.add_typer(fields.app, name="fields")
app.add_typer(channels.app, name="channels")
app.add_typer(needs.app, name="needs")
app.add_typer(gateways.app, name="gateways")
app.add_typer(colleagues.app, name="colleagues")
app.add_typer(profiles.app, name="profiles")
app.add_typer(teams.app, name="teams")
app.add_typer(proposals.app, name="proposals")
app.command(
    "sign-in",
    help=N_("Prove who you are once, for all commands at this account, until you sign out."),
    epilog="leadtui sign-in --as sara@example.com",
)(sign_ins.sign_in_command)
app.command("sign-out", help=N_("End the sign-in that is kept at this account."), epilog="leadtui sign-out")(
    sign_ins.sign_out_command
)
app.command(
    "lock",
    help=N_("Lock the sign-in that is kept at this account; `leadtui sign-in` opens it again."),
    epilog="leadtui lock",
)(sign_ins.lock_command)
app.add_typer(sign_ins.app, name="sign-ins")
app.command(
    "password",
    help=N_("Set your password, or change it; with a one-time code also where you have forgotten it."),
    epilog="leadtui password\nleadtui password --as sara@example.com --code 7QK2M-0V9TE-XW4ZC-3HDRA",
)(password_command)
app.command(
    "accept",
    help=N_("Accept an invitation: say your name, set a password, or prove yours, and work from then on."),
    epilog="leadtui accept --as sara@example.com",
)(accept_command)
app.command(
    "secure",
    help=N_("Let everybody who works in the store prove who they are: name its administrator, at its file."),
    epilog="leadtui secure sara@example.com\nleadtui secure reza@example.com --code",
)(secure_command)
app.add_typer(template.app, name="template")
app.command(
    "audit",
    help=N_(
        "Look through who changed what of how the desk works, who works at it, and what left it; newest first."
    ),
    epilog="leadtui audit --kind export --from 'last week'\nleadtui audit --head /media/stick/heads",
)(audit_command)
app.command(
    "backup",
    help=N_("Write the whole store to a file, also while others work in it; the copy is checked."),
    epilog="leadtui backup monday.db",
)(backup_command)
app.command(
    "restore",
    help=N_(
        "Put a backup in the place of the store; it is checked first, and the present store is kept beside it."
    ),
    epilog="leadtui restore monday.db",
)(restore_command)
app.command(
    "doctor",
    help=N_(
        "Look for what is wrong with the store, the settings and the terminal; with --repair it is put right."
    ),
    epilog="leadtui doctor --json",
)(doctor_command)
app.command(
    "demo",
    help=N_("Open a throw-away desk with made-up customers; without a terminal it is printed once."),
    epilog="leadtui demo --language fa --customers 1000",
)(demo_command)
