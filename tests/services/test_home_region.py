"""The country by which numbers without a country code are read, before a workspace says one."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadtui.domain.importing import ImportOptions
from leadtui.services.importing.home_region import FoundRegion, region_of_files


@pytest.mark.parametrize(
    ("titles_and_rows", "here", "found"),
    [
        # Most numbers with a country code
        ("Name,Phone\nA,+49 30 1234567\nB,+49 171 2345678\nC,+43 1 5876543", "US", ("DE", False)),
        ("Name,Phone\nA,+49 30 1234567\nB,+43 1 5876543", "US", None),
        # those without one are no numbers there: letters of the file say where they are
        ("نام,تلفن\nمریم پژمان,0912 345 6789\nعمر,+971 50 123 4567", "US", ("IR", True)),
        # or the machine
        ("Name,Phone\nA,0912 345 6789\nB,+971 50 123 4567", "IR", None),
        # or, where the machine stands where nobody could have them, a country nearby
        ('Name,Phone\nA,"=""0912 345 6789"""\nB,021-8877 6655\nC,+1 415 555 0132', "US", ("IR", True)),
        ("Name,Phone\nA,0551234567\nB,0501234567", "US", ("SA", True)),
        ("Name,Phone\nA,030 1234567\nB,0171 2345678", "DE", None),
        # Where nobody there or nearby could have them, those with a code decide
        ("Name,Phone\nA,08001\nB,0600 00000\nC,+33 6 12 34 56 78", "US", ("FR", False)),
        ("Name,E-mail,Since\nA,a@example.com,05-03-2024", "US", None),
    ],
)
def test_the_country_of_a_file(
    titles_and_rows: str, here: str, found: tuple[str, bool] | None, tmp_path: Path
) -> None:
    path = tmp_path / "leads.csv"
    path.write_text(titles_and_rows, encoding="utf-8")
    assert region_of_files([path], ImportOptions(), here) == (None if found is None else FoundRegion(*found))
