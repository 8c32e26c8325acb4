"""How commands are given, in the language in use: the frame of their help, and what is wrong with what was given.

Typer says both in English: the words of the frame go through gettext's global catalogue, which is the process's and not
the program's, and the faults are put together where they are raised. So its few sentences are known here by their form.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
import typer.core
from typer._click.exceptions import NoArgsIsHelpError, UsageError
from typer._click.formatting import HelpFormatter

from leadtui.cli.output import shown_on, tell
from leadtui.language.bidi import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE
from leadtui.language.translate import N_, P_, ListStyle, _, format_list, pgettext

_HEADINGS = (P_("heading", "Arguments"), P_("heading", "Options"), P_("heading", "Commands"))
_BESIDE_OPTIONS = (P_("option", "default: {default}"), P_("option", "required"))


def _word(message: str) -> str:
    """What typer has gettext look up, in the language in use."""
    if message in _HEADINGS:
        return pgettext("heading", message)
    if message in _BESIDE_OPTIONS:
        return pgettext("option", message)
    return message


setattr(typer.core, "_", _word)  # noqa: B010 -- the name by which its module calls gettext


_HELP = {
    "Show this message and exit.": N_("Show this help and end."),
    "Install completion for the current shell.": N_("Install completion for the current shell."),
    "Show completion for the current shell, to copy it or customize the installation.": N_(
        "Show completion for the current shell, to copy it or adapt the installation."
    ),
}
"""What typer says of its own options."""


class _Formatter(HelpFormatter):
    """Writes help with the words that typer has no gettext for."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """`Usage:` and how the command is given."""
        # All of it is one command, which nothing parts.
        prefix = prefix or pgettext("heading", "Usage:") + " "
        super().write_usage(LEFT_TO_RIGHT_ISOLATE + prog, args + POP_ISOLATE, prefix)

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:
        """Options or commands with their help."""
        shown = [(name, _(_HELP[words]) if words in _HELP else words) for name, words in rows]
        super().write_dl(shown, *args, **options)


class CommandContext(typer.Context):
    """What every command runs in."""

    formatter_class = _Formatter

    def get_help(self) -> str:
        """The help of the command, as it is seen where it is printed."""
        return shown_on(sys.stdout, super().get_help())


@contextmanager
def usage_refused() -> Generator[None]:
    """Say what is wrong with what was given, as typer would but in the language in use, and end."""
    try:
        yield
    except NoArgsIsHelpError:
        raise
    except UsageError as error:
        if error.ctx is not None:
            tell(error.ctx.get_usage())
            # All of it is one command, which nothing parts.
            tell(str.format(_("`{command} --help` says more."), command=error.ctx.command_path))
            tell("")
        tell(usage_sentence(error.format_message()))
        raise typer.Exit(error.exit_code) from None


def usage_sentence(message: str) -> str:
    """Return what typer says is wrong in the language in use; a sentence of leadtui's own as it is."""
    for form, sentence in _SENTENCES:
        if found := form.fullmatch(message):
            said = {name: text for name, text in found.groupdict().items() if text is not None}
            if "known" in said:
                said["known"] = format_list(
                    (each.strip("'") for each in said["known"].split(", ")), ListStyle.OR
                )
            return _(sentence).format(**said)
    if found := _OF_ONE.fullmatch(message):
        name, fault = found.groups()
        return pgettext("pattern", "{field}: {value}").format(field=name, value=usage_sentence(fault))
    return message


_OF_ONE = re.compile(r"Invalid value for '(.+?)': (.+)", re.DOTALL)
_SENTENCES = tuple(
    (re.compile(form, re.DOTALL), sentence)
    for form, sentence in (
        (
            r"No such option: (?P<option>\S+) \(Possible options: (?P<known>.+)\)",
            N_("There is no option {option}; did you mean {known}?"),
        ),
        (r"No such option: (?P<option>.+)", N_("There is no option {option}.")),
        (
            r"No such command '(?P<name>.+)'\. Did you mean (?P<known>.+)\?",
            N_("There is no command {name}; did you mean {known}?"),
        ),
        (r"No such command '(?P<name>.*)'\.", N_("There is no command {name}.")),
        (r"Missing command\.", N_("A command is missing.")),
        (r"Missing argument '(?P<name>.+)'\.", N_("{name} is missing.")),
        (r"Missing option '(?P<name>.+)'\.", N_("The option {name} is missing.")),
        (r"Option '(?P<name>.+)' requires an argument\.", N_("{name} takes a value, which is missing.")),
        (r"Option '(?P<name>.+)' does not take a value\.", N_("{name} takes no value.")),
        (
            r"Got unexpected extra argument\(s\) \((?P<words>.+)\)",
            N_("More is given than the command takes: {words}."),
        ),
        (r"'(?P<given>.*)' is not one of (?P<known>.+)\.", N_("“{given}” is not one of {known}.")),
        (r"'(?P<given>.*)' is not a valid int(eger)?( range)?\.", N_("“{given}” is no whole number.")),
        (
            r"(?P<given>\S+) is not in the range (?P<least>\d+)<=x<=(?P<most>\d+)\.",
            N_("{given} is not from {least} to {most}."),
        ),
        (r"(?P<given>\S+) is not in the range x>=(?P<least>\d+)\.", N_("{given} is less than {least}.")),
    )
)
