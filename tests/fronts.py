"""Which services each front uses, found in its source: `uv run python tests/fronts.py` lists them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1] / "leadtui"
SERVICES = "leadtui.services"
FRONTS = ("cli", "tui")


def used_by(front: str) -> set[str]:
    """The services that the front names, such as "leads.add_note"."""
    found = {
        name for file in (ROOT / front).rglob("*.py") for name in _named(ast.parse(file.read_text("utf-8")))
    }
    # Where the two fronts come together each is given its session.
    return found | set(_named(ast.parse((ROOT / "starting.py").read_text("utf-8"))))


def _named(tree: ast.Module) -> Iterator[str]:
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SERVICES):
            room = (node.module or "").removeprefix(SERVICES).lstrip(".")
            for each in node.names:
                named = f"{room}.{each.name}".lstrip(".")
                modules[each.asname or each.name] = named
                yield named
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield f"{modules[node.value.id]}.{node.attr}"


if __name__ == "__main__":
    by_front = {front: used_by(front) for front in FRONTS}
    services = {each for used in by_front.values() for each in used if each.rpartition(".")[2].islower()}
    for service in sorted(services):
        print(f"{service:45}", *(front if service in by_front[front] else "   " for front in FRONTS))  # noqa: T201
