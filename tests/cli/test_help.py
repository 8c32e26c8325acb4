"""Every command and option says what it does, shows how it is written, and stands in the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from catalogue_making import write_catalogue

from leadtui.cli.main import app
from leadtui.language import translate

DOCUMENT = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


def _walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    yield name, command
    for each, sub in getattr(command, "commands", {}).items():
        yield from _walk(sub, f"{name} {each}")


COMMANDS = dict(_walk(typer.main.get_command(app), "leadtui"))
WORKING = {name: command for name, command in COMMANDS.items() if not getattr(command, "commands", {})} | {
    name: COMMANDS[name] for name in ("leadtui", "leadtui reminders", "leadtui workspace")
}
"""The commands that do something, without the nouns that only hold others."""

DEFINED = ("statuses", "fields", "channels", "needs")


def _options(command: Any) -> list[Any]:
    return [each for each in command.params if each.name != "help" and not each.hidden]


def test_the_commands_are_those_that_were_promised() -> None:
    assert set(WORKING) == {
        "leadtui",
        "leadtui init",
        "leadtui workspace",
        "leadtui workspace hours",
        "leadtui workspace windows",
        *(
            f"leadtui needs playbook {each}"
            for each in ("show", "set", "export", "history", "difference", "restore")
        ),
        *(f"leadtui workspace mail {each}" for each in ("show", "set", "test", "remove")),
        *(f"leadtui workspace holidays {each}" for each in ("list", "add", "remove", "import")),
        *(f"leadtui workspaces {each}" for each in ("list", "add", "rename", "close", "reopen")),
        "leadtui me",
        "leadtui import",
        "leadtui imports list",
        "leadtui imports undo",
        "leadtui leads list",
        "leadtui leads show",
        "leadtui leads export",
        "leadtui leads add",
        "leadtui leads edit",
        "leadtui leads merge",
        "leadtui leads return",
        "leadtui leads assign",
        "leadtui leads status",
        "leadtui leads note",
        "leadtui leads call",
        "leadtui leads erase",
        "leadtui leads erasures",
        "leadtui follow-up",
        "leadtui undo",
        "leadtui reminders",
        "leadtui reminders add",
        "leadtui reminders done",
        "leadtui reminders skip",
        "leadtui reminders cancel",
        "leadtui reminders snooze",
        "leadtui do-not-call list",
        "leadtui do-not-call add",
        "leadtui do-not-call remove",
        "leadtui do-not-call import",
        "leadtui do-not-call export",
        *(f"leadtui messages {each}" for each in ("list", "add", "change", "retire", "bring-back", "order")),
        *(f"leadtui messages {each}" for each in ("send", "consent")),
        *(f"leadtui outbox {each}" for each in ("list", "run", "withdraw", "again")),
        *(f"leadtui gateways {each}" for each in ("show", "set", "test", "remove")),
        *(
            f"leadtui cases {each}"
            for each in (
                *("list", "show", "add", "move", "answer", "link", "unlink", "give", "note", "undo"),
                *("escalate", "export", "import", "shares"),
            )
        ),
        *(
            f"leadtui cases kinds {each}"
            for each in ("list", "show", "set", "export", "retire", "bring-back", "order")
        ),
        "leadtui day",
        "leadtui board",
        "leadtui distribute",
        *(f"leadtui distribution {each}" for each in ("list", "add", "edit", "remove", "try")),
        "leadtui escalate",
        "leadtui hand-over",
        *(
            f"leadtui {noun} {each}"
            for noun in DEFINED
            for each in ("list", "add", "retire", "bring-back", "order")
        ),
        *(
            "leadtui statuses change",
            "leadtui fields change",
            "leadtui channels rename",
            "leadtui needs rename",
        ),
        *(f"leadtui statuses {each}" for each in ("add-field", "change-field", "retire-field")),
        *(
            f"leadtui colleagues {each}"
            for each in (
                "list",
                "add",
                "change",
                "retire",
                "bring-back",
                "invite",
                "resend",
                "withdraw",
                "suspend",
                "resume",
                "remove",
                "code",
            )
        ),
        *(f"leadtui {each}" for each in ("sign-in", "sign-out", "lock", "password", "accept", "secure")),
        *(f"leadtui sign-ins {each}" for each in ("list", "end", "add-service")),
        *(
            f"leadtui {noun} {each}"
            for noun in ("profiles", "teams", "views")
            for each in ("list", "add", "change", "remove")
        ),
        *(f"leadtui proposals {each}" for each in ("list", "add", "approve", "decline", "merge")),
        "leadtui profiles copy",
        "leadtui profiles compare",
        "leadtui profiles set",
        "leadtui profiles show",
        "leadtui profiles fields",
        "leadtui demo",
        "leadtui template export",
        "leadtui template import",
        "leadtui backup",
        "leadtui restore",
        "leadtui doctor",
        "leadtui audit",
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    words = COMMANDS[name].help
    assert words
    assert words[0].isupper()
    assert words.endswith(".")


@pytest.mark.parametrize("name", WORKING)
def test_every_command_shows_an_example_of_itself(name: str) -> None:
    assert name in WORKING[name].epilog


def test_help_is_translated_where_it_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = {
        "": "Content-Type: text/plain; charset=UTF-8\n",
        "The customers: all of them, or one.": "مشتری‌ها: همه، یا یکی.",
        "Answer in JSON, for another program to read.": "پاسخ به صورت JSON.",
        "heading\x04Example:": "نمونه:",
    }
    write_catalogue(tmp_path / "fa" / "LC_MESSAGES" / "leadtui.mo", sentences)
    monkeypatch.setattr(translate, "_LOCALES", tmp_path)
    translate.catalogue.cache_clear()
    translate.use("fa")
    persian = dict(_walk(typer.main.get_command(app), "leadtui"))
    translate.use("en")
    translate.catalogue.cache_clear()
    shown = persian["leadtui leads show"]
    assert persian["leadtui leads"].help == "مشتری‌ها: همه، یا یکی."
    assert "نمونه:" in shown.epilog
    assert next(each.help for each in shown.params if each.name == "as_json") == "پاسخ به صورت JSON."
    assert COMMANDS["leadtui leads"].help == "The customers: all of them, or one."


@pytest.mark.parametrize(("name", "command"), COMMANDS.items())
def test_every_option_has_help(name: str, command: Any) -> None:
    for option in _options(command):
        assert option.help, f"{name} {option.name}"
        assert option.help.rstrip("”").endswith("."), f"{name} {option.name}"


@pytest.mark.parametrize("name", [name for name in WORKING if name not in ("leadtui", "leadtui demo")])
def test_every_command_can_be_told_the_store_and_the_person(name: str) -> None:
    written = {form for option in _options(WORKING[name]) for form in option.opts}
    assert {"--store", "--as", "--workspace"} <= written


@pytest.mark.parametrize(
    "name",
    [
        *("leadtui import", "leadtui imports list", "leadtui leads list", "leadtui leads show"),
        *("leadtui leads add", "leadtui leads edit", "leadtui leads merge"),
        *("leadtui follow-up", "leadtui reminders", "leadtui statuses list", "leadtui doctor"),
    ],
)
def test_everything_that_lists_or_reports_answers_in_json(name: str) -> None:
    assert "--json" in {form for option in _options(WORKING[name]) for form in option.opts}


@pytest.mark.parametrize("name", WORKING)
def test_every_command_and_option_is_documented(name: str) -> None:
    section = re.search(
        rf"^## `{re.escape(name)}(?: [^`]*)?`$(.*?)(?=^## |\Z)", DOCUMENT, re.DOTALL | re.MULTILINE
    )
    assert section is not None, f"docs/cli.md has no section for {name}"
    everywhere = {"--store", "--as", "--workspace", "--json", "--install-completion", "--show-completion"}
    for option in _options(WORKING[name]):
        for form in {*option.opts, *option.secondary_opts} - everywhere:
            if form.startswith("--"):
                assert f"`{form}" in section[1], f"{name} {form}"


def test_the_document_names_no_command_or_option_that_is_not_there() -> None:
    named = {
        match[1].strip() for match in re.finditer(r"^## `(leadtui(?: [a-z][a-z-]*)*)", DOCUMENT, re.MULTILINE)
    }
    assert named == set(WORKING)
    real = {
        form
        for command in COMMANDS.values()
        for option in command.params
        for form in (*option.opts, *option.secondary_opts)
    }
    assert set(re.findall(r"`(--[a-z-]+)", DOCUMENT)) <= real | {"--help"}


@pytest.mark.parametrize("name", [name for name in WORKING if name != "leadtui"])
def test_every_example_of_the_document_is_understood(name: str) -> None:
    """Each line of an example that begins with the command has only options that the command has."""
    written = {form for option in COMMANDS[name].params for form in (*option.opts, *option.secondary_opts)}
    below = "|".join(getattr(COMMANDS[name], "commands", ())) or "nothing"
    for line in re.findall(rf"^{re.escape(name)} (?!(?:{below})\b)(.*)$", DOCUMENT, re.MULTILINE):
        assert set(re.findall(r"(?<![\w-])--[a-z-]+", line)) <= written, line
