"""What the documents name is there."""

from __future__ import annotations

import re
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
