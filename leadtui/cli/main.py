"""The command line: `leadtui` alone opens the screens, and each noun has its commands."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command, get_group

from leadtui import __version__
from leadtui.cli.command_list import COMMANDS, ListedCommand
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
from leadtui.cli.usage import CommandContext, usage_refused
from leadtui.crash_report import report_crash
from leadtui.errors import InvalidAnswers, LeadtuiError
from leadtui.language import translate
from leadtui.language.translate import N_, _, pgettext
from leadtui.stopping import raise_stopped, when_asked_to_end

HostedOption = Annotated[
    bool,
    typer.Option(
        "--hosted",
        help=N_(
            "For the command beside an ssh key on a server: open the desk of the person of --as, and nothing else of the machine."
        ),
    ),
]


class Imported(Mapping[str, Any]):
    """The commands by their names, in the order of the list, each imported when it is asked for."""

    def __init__(self, listed: Iterable[ListedCommand]) -> None:
        """Nothing is imported yet."""
        self._listed = {each.name: each for each in listed}
        self._commands: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """The command, with its help in the language in use. Raises KeyError where there is none."""
        if name not in self._commands:
            self._commands[name] = _imported(self._listed[name])
        return self._commands[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is such a command."""
        return name in self._listed

    def __iter__(self) -> Iterator[str]:
        """The names in their order."""
        return iter(self._listed)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._listed)


def _imported(listed: ListedCommand) -> Any:
    module, _colon, name = listed.place.partition(":")
    what = getattr(import_module(f"leadtui.cli.{module}"), name)
    if isinstance(what, Group):
        command = get_group(what)
    else:
        alone = Group()
        alone.command(listed.name)(what)
        command = get_command(alone)
    command.name, command.help, command.epilog = listed.name, listed.help, listed.epilog
    _translate_help(command)
    return command


class Commands(TyperGroup):
    """The program's commands: whatever one of them raises ends here.

    Help and epilogs are marked for translation where commands are defined; an epilog has the lines of an example.
    """

    def __init__(self, **attributes: Any) -> None:
        """Put the program's own help into the language in use: it is made anew at each start."""
        super().__init__(**attributes)
        self.commands = cast("dict[str, Any]", Imported(COMMANDS))
        _translate_own_help(self)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # what typer calls has it
        """What each command is for, without importing any."""
        beside = formatter.width - max(len(each.name) for each in COMMANDS) - _GAPS
        with formatter.section(pgettext("heading", "Commands")):
            formatter.write_dl(
                [
                    (each.name, TyperCommand(each.name, help=_(each.help)).get_short_help_str(beside))
                    for each in COMMANDS
                ]
            )

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


_GAPS = 6
"""Cells of a line of help that neither the name of a command nor its help has."""


def _translate_help(command: Any) -> None:
    _translate_own_help(command)
    for each in getattr(command, "commands", {}).values():
        _translate_help(each)


def _translate_own_help(command: Any) -> None:
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


app = Group(
    N_("Work leads all day in a terminal. Without a command the desk opens."),
    cls=Commands,
    epilog="leadtui import leads.csv\nleadtui",
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"]},
    no_args_is_help=False,
    add_completion=True,
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
