"""What the program says can be translated: whole sentences, and words that say where they stand."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from given_messages import CATALOGUE, given

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "leadtui"
MODULES = sorted(PACKAGE.rglob("*.py"))

TRANSLATING = frozenset({"_", "ngettext", "pgettext", "npgettext"})
MARKING = frozenset({"N_", "P_", "NP_"})
WITH_CONTEXT = frozenset({"pgettext", "npgettext", "P_", "NP_"})
WITH_PLURAL = frozenset({"ngettext", "npgettext", "NP_"})
SPEAKING = TRANSLATING | {"format_list"}


def _name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _calls(tree: ast.AST, names: frozenset[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


class _Said(NamedTuple):
    """A message with its plural, as it is handed to a function of `translate`."""

    line: int
    context: str | None
    """None where the function takes none; else as it is written there, or the name of what holds it."""
    forms: tuple[ast.expr, ...]

    @property
    def texts(self) -> list[str]:
        """The forms that are written there."""
        return [
            each.value
            for each in self.forms
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        ]


@cache
def _messages(path: Path) -> tuple[_Said, ...]:
    return tuple(_said(_tree(path)))


def _said(tree: ast.Module) -> Iterator[_Said]:
    for call in _calls(tree, TRANSLATING | MARKING):
        assert isinstance(call.func, ast.Name)
        context, forms = None, call.args
        if call.func.id in WITH_CONTEXT:
            context, forms = ast.unparse(call.args[0]).strip("'"), call.args[1:]
        yield _Said(call.lineno, context, tuple(forms[: 2 if call.func.id in WITH_PLURAL else 1]))


PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}")
ENDS_OF_A_SENTENCE = tuple(".!?:…")


def _stands_alone(message: str) -> bool:
    """Whether a translator understands it without being told where it stands."""
    places = len(PLACEHOLDER.findall(message))
    words = [each for each in PLACEHOLDER.sub(" ", message).split() if re.search(r"\w", each)]
    ends = message.endswith(ENDS_OF_A_SENTENCE)
    if len(words) < 2 and not (ends and words and places > 1):
        return False
    return ends or not (message[0].isalpha() and message[0].islower())


def test_words_and_fragments_have_a_context() -> None:
    assert [
        f"{_name(path)}:{said.line}: “{text}” needs a context, or to be a whole sentence"
        for path in MODULES
        for said in _messages(path)
        if said.context is None
        for text in said.texts
        if not _stands_alone(text)
    ] == []


def test_every_context_is_explained_to_translators() -> None:
    page = (ROOT / "docs" / "decisions" / "translation.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([a-z ]+) \|", page, re.MULTILINE))
    used = {
        said.context
        for path in MODULES
        if path.name != "translate.py"
        for said in _messages(path)
        if said.context is not None
    }
    assert used - explained == set()


def test_no_message_begins_or_ends_with_a_space() -> None:
    assert [
        f"{_name(path)}:{said.line}: “{text}”"
        for path in MODULES
        for said in _messages(path)
        for text in said.texts
        if text != text.strip()
    ] == []


def test_the_forms_of_a_plural_name_the_same_places() -> None:
    assert [
        f"{_name(path)}:{said.line}: {' / '.join(said.texts)}"
        for path in MODULES
        for said in _messages(path)
        if len({frozenset(PLACEHOLDER.findall(text)) for text in said.texts}) > 1
    ] == []


KEY = re.compile(
    r"(?<![\w{'’“+…%-])(?<!\d )([b-z]|F\d+|Ctrl\+[A-Z]|[a\d](?= (adds|shows|opens)\b))(?![\w}'’+”…-])"
)
"""What can only be a key where it stands alone in a sentence."""

KEYS_OF_DIALOGS = frozenset(
    {
        "F8 again deletes “{title}” for good.",
        "“{title}” is the team's; save one of your own with F2.",
        "{key} closes leadtui; Ctrl+C copies what is marked.",
        "{question} [y/N]",
    }
)
"""Sentences that name a key which no keymap changes."""


def test_sentences_name_the_keys_of_the_persons_own_keymap() -> None:
    """A command's key is asked for by `Program.key_of`: written into a sentence it would be the one that leadtui came with."""
    named = {
        each
        for path in MODULES
        for said in _messages(path)
        for each in said.texts
        if KEY.search(each) and " " in each
    }
    assert named - KEYS_OF_DIALOGS == set()


def test_places_have_names() -> None:
    assert [
        f"{_name(path)}:{said.line}: “{text}”"
        for path in MODULES
        for said in _messages(path)
        for text in said.texts
        if "{}" in text
    ] == []


def test_what_is_translated_is_written_there_or_marked_elsewhere() -> None:
    """Never put together at the moment of the call: no extractor would find it."""
    assert [
        f"{_name(path)}:{said.line}: {ast.unparse(form)}"
        for path in MODULES
        if path.name != "translate.py"
        for said in _messages(path)
        for form in said.forms
        if not _is_written_or_marked(form)
    ] == []


def _is_written_or_marked(form: ast.expr) -> bool:
    match form:
        case ast.Constant(value=str()) | ast.Name() | ast.Attribute():
            return True
        case ast.BoolOp(values=values):
            return all(map(_is_written_or_marked, values))
        case ast.Subscript(value=value):
            return _is_written_or_marked(value)
        case ast.Call(func=ast.Name(id=name)):
            return name in MARKING
        case _:
            return False


def test_figures_are_in_the_digits_of_the_language() -> None:
    """Thousands are grouped by `show_number`, and `counted` in sentences, alone: a format of Python's knows ASCII digits."""
    assert [
        f"{_name(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in MODULES
        if path.name != "translate.py"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FormattedValue)
        and node.format_spec is not None
        and "," in ast.unparse(node.format_spec)
    ] == []


def test_no_sentence_is_put_together_from_translated_parts() -> None:
    assert [
        f"{_name(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in MODULES
        for node in _joined(_tree(path))
    ] == []


def _joined(tree: ast.AST) -> Iterator[ast.expr]:
    """Where two translated texts become one, or one is within an f-string, where extractors do not look."""
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(op=ast.Add(), left=left, right=right) if _is_said(left) and _is_said(right):
                yield node
            case ast.JoinedStr(values=values) if any(
                isinstance(each, ast.FormattedValue) and _is_said(each.value) for each in values
            ):
                yield node
            case ast.Call(func=ast.Attribute(attr="join", value=ast.Call() as joint)) if _is_said(joint):
                yield node
            case _:
                pass


def _is_said(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name in TRANSLATING
        case ast.Call(func=ast.Attribute(value=value)):
            return _is_said(value)
        case ast.IfExp(body=body, orelse=orelse):
            return _is_said(body) or _is_said(orelse)
        case ast.BinOp(left=left, right=right):
            return _is_said(left) or _is_said(right)
        case _:
            return False


SHOWING = frozenset(
    "tell notify told write_line confirm prompt echo Static Label Content styled from_text Text Button Span Entry BadParameter"
    " CallForbidden Conflict FileIsThere Invalid NotFound NotPossible NotTakenBack Refused StoreError Unreadable".split()
)
"""What shows its first argument to a person: by what front or widget, or as the sentence of an error."""

SHOWN = frozenset("placeholder help title tooltip sub_title border_title border_subtitle reason".split())
"""Arguments and attributes that are shown, whosever they are."""

NAMES_THAT_ARE_SAID = frozenset({"leadtui"})
LETTERS = re.compile(r"[^\W\d_]{2,}")


def _written(node: ast.AST) -> Iterator[str]:
    """The text that stands in the code, of what an expression comes to."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield from (text for part in parts for text in _written(part))
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
            yield from (*_written(one), *_written(other))
        case ast.BoolOp(values=parts):
            yield from (text for part in parts for text in _written(part))
        case ast.Call(func=ast.Attribute(attr="format", value=sentence)):
            yield from _written(sentence)
        case _:
            pass


def _unmarked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts with words that are shown as they stand in the code."""
    for node in ast.walk(tree):
        shown: list[ast.expr] = []
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=arguments, keywords=named):
                shown = [
                    *(arguments[:1] if name in SHOWING else ()),
                    *(each.value for each in named if each.arg in SHOWN),
                ]
            case ast.Assign(targets=[ast.Attribute(attr=name)], value=value) if name in SHOWN:
                shown = [value]
            case _:
                pass
        for expression in shown:
            for text in _written(expression):
                if set(LETTERS.findall(text)) - NAMES_THAT_ARE_SAID:
                    yield expression.lineno, text


def test_nothing_is_shown_that_is_not_marked() -> None:
    assert [
        f"{_name(path)}:{line}: “{text}” goes through _ or pgettext, or N_ and P_ where it is defined"
        for path in MODULES
        for line, text in _unmarked(_tree(path))
    ] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('tell("Nothing was found.")', ["Nothing was found."]),
        ('raise Refused("No " + _("such customer."), "name")', ["No "]),
        ('self.app.notify(f"{name} is saved.")', [" is saved."]),
        ('Static("Ready" if done else "")', ["Ready"]),
        ('Input(placeholder="name")', ["name"]),
        ('box.border_title = "Columns: {n}".format(n=n)', ["Columns: {n}"]),
        ('tell(_("Nothing was found."))', []),
        ('Static("◉ leadtui", id="top")', []),
        ('typer.Option("--repair", help=N_("Put it right."))', []),
    ],
)
def test_what_is_shown_unmarked_is_found(code: str, found: list[str]) -> None:
    assert [text for _line, text in _unmarked(ast.parse(code))] == found


def _spoken_at_import(node: ast.AST) -> Iterator[ast.Call]:
    """The calls that run when a module is imported: all but those in the bodies of functions."""
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKING:
        yield node
    body = node.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else []
    for child in ast.iter_child_nodes(node):
        if child not in body:
            yield from _spoken_at_import(child)


def test_nothing_is_translated_when_a_module_is_imported() -> None:
    assert [
        f"{_name(path)}:{call.lineno}: mark it with N_"
        for path in MODULES
        for call in _spoken_at_import(_tree(path))
    ] == []


def test_nothing_that_is_translated_is_remembered() -> None:
    remembering = [
        f"{_name(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef)
        and any(re.search(r"\b(lru_)?cache\b", ast.unparse(each)) for each in node.decorator_list)
        and any(_calls(node, SPEAKING))
    ]
    assert not remembering, f"whoever speaks another language is told in the first one's words: {remembering}"


@pytest.mark.parametrize(
    ("message", "alone"),
    [
        ("Nothing was changed.", True),
        ("{name} has it open", True),
        ("“{typed}” is no day", True),
        ("{who} changed {name} {when}.", True),
        ("Name", False),
        ("Done.", False),
        ("{field}: {value}", False),
        ("came in by {channel}", False),
    ],
)
def test_what_stands_alone(message: str, alone: bool) -> None:
    assert _stands_alone(message) is alone


EXTRACT = ROOT / "locales" / "extract"


def _entries(pot: Path) -> str:
    """What a catalogue says, but for when and by which version it was made."""
    lines = pot.read_text(encoding="utf-8").splitlines()
    return "\n".join(each for each in lines if not each.startswith(('"POT-Creation-Date:', '"Generated-By:')))


@pytest.mark.skipif(os.name == "nt", reason="what translators are given is made by a shell script")
def test_translators_are_given_what_the_program_says(tmp_path: Path) -> None:
    made = tmp_path / "leadtui.pot"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([EXTRACT, made], check=True, env={**os.environ, "PATH": path})
    stale = _entries(CATALOGUE) != _entries(made)
    assert not stale, "locales/leadtui.pot is stale; make it anew: uv run locales/extract"


def test_every_message_is_found_for_translators() -> None:
    said = {
        (said.context, text)
        for path in MODULES
        if path.name != "translate.py"
        for said in _messages(path)
        for text in said.texts
    }
    assert said - given() == set()
