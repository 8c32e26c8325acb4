"""What the program says can be translated: nothing is put into words before the language is known."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "leadtui"
SPEAKING = frozenset({"_", "ngettext", "pgettext", "format_list"})


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


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_nothing_is_translated_when_a_module_is_imported(path: Path) -> None:
    calls = _spoken_at_import(ast.parse(path.read_text(encoding="utf-8")))
    assert [f"line {call.lineno}: mark it with N_" for call in calls] == []
