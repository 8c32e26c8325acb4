"""In which language a command answers: option, variable, the person's own choice, the machine's settings, its locale, the workspace."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from command_running import Run, StoreOfTest

from leadtui import paths
from leadtui.__main__ import run as run_program
from leadtui.cli.template import agreement
from leadtui.domain.preferences import Preferences
from leadtui.language import translate
from leadtui.language.calendar import Calendar
from leadtui.language.locale_language import locale_language, named_language
from leadtui.language.translate import Digits
from leadtui.services.own_preferences import change_own
from leadtui.services.session import Session
from leadtui.settings import Settings, save_settings

ENGLISH, PERSIAN = "Name", "نام"


def heading(out: str) -> str:
    """What the column of names is called."""
    return next(words for words in out.splitlines()[0].split() if words in (ENGLISH, PERSIAN))


def prefer(place: StoreOfTest, preferences: Preferences) -> None:
    session = Session.open(place.path, "neda@example.com")
    change_own(session, session.actor.name, preferences, name_before=session.actor.name)
    session.close()


@pytest.mark.parametrize(
    ("option", "variable", "own", "machine", "locale", "expected"),
    [
        ("", "", "", "", "", ENGLISH),
        ("", "", "", "", "fa_IR.UTF-8", PERSIAN),
        ("", "", "", "", "de_DE.UTF-8", ENGLISH),
        ("", "", "", "en", "fa_IR.UTF-8", ENGLISH),
        ("", "", "fa", "en", "en_US.UTF-8", PERSIAN),
        ("", "en", "fa", "fa", "fa_IR.UTF-8", ENGLISH),
        ("fa", "en", "en", "en", "en_US.UTF-8", PERSIAN),
        ("fa_IR", "", "", "", "C", PERSIAN),
    ],
)
def test_what_is_said_nearer_counts(
    run: Run,
    place: StoreOfTest,
    monkeypatch: pytest.MonkeyPatch,
    option: str,
    variable: str,
    own: str,
    machine: str,
    locale: str,
    expected: str,
) -> None:
    prefer(place, Preferences(own))
    save_settings(Settings(language=machine), paths.settings_file())
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    monkeypatch.setenv("LEADTUI_LANGUAGE", variable)
    chosen = ["--language", option] if option else []
    listed = run(*chosen, "--as", "neda@example.com", "leads", "list", "--store", place)
    assert heading(listed.out) == expected


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs leadtui as a shell would; gives what it prints."""

    def leadtui(*arguments: str) -> str:
        monkeypatch.setattr("sys.argv", ["leadtui", *arguments])
        with pytest.raises(SystemExit):
            run_program()
        translate.use(translate.SOURCE_LANGUAGE)
        return capsys.readouterr().out

    return leadtui


@pytest.mark.parametrize(
    "said", [("--language", "fa"), ("--language=fa",), ("--store", "x.db", "--language", "fa")]
)
def test_help_is_in_the_language_that_is_said(program: Callable[..., str], said: tuple[str, ...]) -> None:
    assert "فرمان" in program(*said, "--help")
    assert "Usage" in program("--language", "en", "--help")


def test_help_of_a_command_is_in_the_language_of_the_variable(
    program: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADTUI_LANGUAGE", "fa")
    assert "مشتری" in program("leads", "list", "--help")


def test_the_program_begins_in_the_language_of_the_locale(
    program: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "fa_IR.UTF-8")
    assert "فرمان" in program("--help")


@pytest.mark.parametrize(("named", "where"), [("xx", "--language"), ("klingon", "LEADTUI_LANGUAGE")])
def test_a_language_that_is_not_spoken_is_refused_with_those_that_are(
    run: Run, place: StoreOfTest, monkeypatch: pytest.MonkeyPatch, named: str, where: str
) -> None:
    arguments = ("--language", named) if where == "--language" else ()
    if not arguments:
        monkeypatch.setenv(where, named)
    said = run(*arguments, "leads", "list", "--store", place)
    assert said.code == 2
    assert where in said.err
    assert f"leadtui does not speak “{named}”. It speaks en, fa" in said.err


def test_a_new_store_is_told_of_in_the_language_that_it_begins_with(run: Run, tmp_path: Path) -> None:
    leads = tmp_path / "leads.csv"
    leads.write_text("name,phone\nSara,+989121234567\n", "utf-8")
    new = ("--store", tmp_path / "new.db", "--as", "neda@example.com", "--template", "hesin-haseb")
    made = run("import", leads, *new, "--region", "IR")
    assert made.code == 0
    assert "--region می‌گوید" in made.err
    assert not re.search("[a-z]{3} [a-z]{2}", made.err)


def test_calendar_and_digits_of_the_person_hold_by_command_too(run: Run, place: StoreOfTest) -> None:
    prefer(place, Preferences("en", Calendar.JALALI, Digits.PERSIAN))
    shown = run("leads", "show", str(place.lead.id), "--store", place, "--as", "neda@example.com")
    assert "۱۴۰۳/۰۷/۰۷  ۰۳:۱۲" in shown.out
    assert "(212) 555-0101" in shown.out


def test_a_language_may_be_said_behind_the_command(
    run: Run, program: Callable[..., str], place: StoreOfTest
) -> None:
    listed = ("leads", "list", "--store", str(place))
    assert heading(run("--language", "en", *listed, "--language", "fa").out) == PERSIAN
    assert heading(run(*listed, "--language=fa").out) == PERSIAN
    refused = run(*listed, "--language", "xx")
    assert (refused.code, "leadtui does not speak “xx”" in refused.err) == (2, True)
    assert "فرمان" in program("leads", "--help", "--language", "fa")


@pytest.mark.parametrize(
    ("language", "yes", "no"),
    [
        ("en", "y Yes غ بله", "n no د نه"),
        ("fa", "ب بله y غ آری", "ن نه خیر n د"),
        ("ar", "ن نعم y غ", "ل لا n ى د"),
    ],
)
def test_yes_and_no_are_answered_in_every_language(language: str, yes: str, no: str) -> None:
    translate.use(language)
    assert {each: agreement(each) for each in yes.split()} == dict.fromkeys(yes.split(), True)
    assert {each: agreement(each) for each in no.split()} == dict.fromkeys(no.split(), False)
    assert [agreement(each) for each in ("", " ", "?", "maybe")] == [False, False, None, None]


def test_the_demonstration_speaks_the_language_in_use(program: Callable[..., str]) -> None:
    assert "ندا کریمی" in program("--language", "fa", "demo", "--customers", "20")
    assert "Neda Karimi" in program("--language", "fa", "demo", "--customers", "20", "--language", "en")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, ""),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LANG": "en_US.UTF-8"}, ""),
        ({"LANG": "fa_IR"}, "fa"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "fa_IR.UTF-8"}, "fa"),
        ({"LANG": "fa_IR.UTF-8", "LC_ALL": "C"}, ""),
        ({"LANG": "fa_IR.UTF-8@calendar=persian"}, "fa"),
        ({"LANG": "de_DE.UTF-8"}, ""),
    ],
)
def test_the_locale_says_a_language_where_it_is_one_of_ours(
    environment: dict[str, str], language: str
) -> None:
    assert locale_language(environment) == language


def test_a_language_may_be_named_in_any_way() -> None:
    for text in ("fa", "FA", " fa ", "fa-IR", "fa_IR.UTF-8", "fa-IR-u-nu-latn"):
        assert named_language(text) == "fa"
    assert named_language("") is None


def test_a_store_without_choices_is_as_before(place: StoreOfTest, tmp_path: Path) -> None:
    session = Session.open(place.path, "neda@example.com")
    assert session.preferences == Preferences()
    assert session.language == session.workspace.language
    session.close()
