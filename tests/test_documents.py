"""What the documents name is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.relative_to(ROOT).as_posix())
def test_files_that_a_document_names_are_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|toml|md))`", text))
    missing = [
        each for each in named if not any((ROOT / folder / each).exists() for folder in (".", "leadtui"))
    ]
    linked = {each.partition("#")[0] for each in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in each}
    missing += [each for each in linked if each and not (document.parent / each).exists()]
    assert missing == []


def test_every_dependency_says_why_it_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    table, _, development = text.partition("For development:")
    rows = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[1:]
    listed = {re.split(r"[ (]", each)[0] for row in rows for each in row.split(", ")}
    assert listed == _names(project["project"]["dependencies"])
    for each in _names(project["dependency-groups"]["dev"]):
        assert re.search(rf"\b{each}\b", development), each


def test_every_decision_is_in_their_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [
        each.name
        for each in folder.glob("*.md")
        if each.name != "README.md" and f"({each.name})" not in index
    ] == []


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w-]", each)[0] for each in requirements}
