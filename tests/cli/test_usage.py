"""Help, and what is said of a command that is given wrongly, is in the language in use from its first word to its last."""

from __future__ import annotations

import re
from typing import Any

import pytest
from command_running import Run
from test_help import COMMANDS
from typer.testing import CliRunner

from leadtui.cli.main import app
from leadtui.cli.options import CommandOptions
from leadtui.language import translate

WRONG = [
    (("leads", "list", "--jsom"), "There is no option --jsom; did you mean --from, --json or --sort?"),
    (("leads", "list", "--xyzzy"), "There is no option --xyzzy."),
    (("leads", "lst"), "There is no command lst; did you mean list?"),
    (("xyzzy",), "There is no command xyzzy."),
    (("--xyzzy",), "There is no option --xyzzy."),
    (("leads", "show"), "LEAD is missing."),
    (("follow-up", "1"), "The option --status is missing."),
    (
        ("import", "--duplicates", "none", "a.csv"),
        "--duplicates: “none” is not one of fill, overwrite or keep.",
    ),
    (("leads", "list", "--limit"), "--limit takes a value, which is missing."),
    (("leads", "list", "--json=yes"), "--json takes no value."),
    (("day", "a", "b"), "More is given than the command takes: a b."),
    (("demo", "--customers", "x"), "--customers: “x” is no whole number."),
    (("demo", "--customers", "0"), "--customers: 0 is not from 1 to 1000000."),
    (("leads", "list", "--limit", "-1"), "--limit: -1 is less than 0."),
    (("leads", "list", "--city", " "), "--city: Nothing is given here; leave it out, or say which."),
]
"""Every way in which typer refuses what was given."""


@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_what_is_given_wrongly_is_said_in_a_sentence(
    run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    said = run(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[-1] == sentence


LATIN = re.compile(r"[A-Za-z]{2,}")
TYPED = re.compile(r"`[^`]*`|leadtui .*|--\w+|«.*»|\b(LEAD|list|lst|xyzzy|fill|overwrite|keep)\b")
"""What stands in a Persian answer as it was typed or is to be typed."""


@pytest.mark.parametrize("arguments", [arguments for arguments, _sentence in WRONG])
def test_it_is_said_in_persian(arguments: tuple[str, ...]) -> None:
    said = _in_persian(*arguments)
    assert said.exit_code == 2
    assert LATIN.findall(TYPED.sub("", said.stderr)) == []


def _in_persian(*arguments: str) -> Any:
    translate.use("fa")
    options = CommandOptions(lambda _request: 0)
    return CliRunner().invoke(app, arguments, obj=options, prog_name="leadtui", catch_exceptions=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_frame_of_help_is_persian(name: str) -> None:
    said = _in_persian(*name.split()[1:], "--help").stdout
    assert said.startswith("کاربرد: leadtui")
    said = re.sub(r"--[a-z-]+", "", said)  # what is typed stays as it is
    assert [
        word
        for word in ("Usage", "Options", "Arguments", "Commands", "default", "required", "Show")
        if word in said
    ] == []
