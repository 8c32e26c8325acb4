"""How commands are grouped, and how every one of them ends: with its data, a sentence, and an exit code."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from leadtui.cli.output import quiet_when_nobody_reads, tell
from leadtui.errors import InvalidAnswers, LeadtuiError
from leadtui.language.translate import _, pgettext

REFUSED = 1
STOPPED = 130
"""The exit codes of what was refused, and of what the person stopped; 2 is a command that was written wrongly."""


class Commands(TyperGroup):
    """The program's commands: whatever one of them raises ends here.

    Help and epilogs are marked for translation where commands are defined; an epilog has the lines of an example.
    """

    def __init__(self, **attributes: Any) -> None:
        """Put the help of every command into the language in use: commands are made anew at each start."""
        super().__init__(**attributes)
        _translate_help(self)

    def invoke(self, ctx: Any) -> Any:
        """Run the command. An error that is expected is its sentence and exit code 1."""
        with ending():
            return super().invoke(ctx)

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order of the work: customers come in, are worked, and the rest."""
        return sorted(super().list_commands(ctx), key=_ORDER.index)


@contextmanager
def ending() -> Generator[None]:
    """Turn what was refused or stopped into sentences and an exit code."""
    try:
        with quiet_when_nobody_reads():
            yield
    except InvalidAnswers as error:
        for problem in error.problems:
            tell(str(problem))
        raise typer.Exit(REFUSED) from None
    except LeadtuiError as error:
        tell(str(error))
        raise typer.Exit(REFUSED) from None
    except KeyboardInterrupt:
        tell(pgettext("notice", "Stopped."))
        raise typer.Exit(STOPPED) from None


def _translate_help(command: Any) -> None:
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


_ORDER = (
    "import",
    "imports",
    "leads",
    "follow-up",
    "undo",
    "reminders",
    "do-not-call",
    "day",
    "statuses",
    "template",
    "backup",
    "restore",
    "demo",
    "doctor",
)


def group(words: str, **options: Any) -> typer.Typer:
    """A noun of the command line; its verbs are added to it."""
    # Help is plain text: Rich's panels cost a tenth of a second and wrap examples in two.
    return typer.Typer(help=words, no_args_is_help=True, rich_markup_mode=None, **options)
