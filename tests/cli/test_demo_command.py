"""`leadtui demo`: a throw-away desk, on the screen or printed once."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from command_running import Run

from leadtui.cli.options import OpenRequest
from leadtui.services.lead_list import LeadList


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize(
    ("language", "told", "person", "cartable", "customers"),
    [
        ("en", "Making up customers …", "Neda Karimi", "My cartable ", "All customers "),
        ("fa", "در حال ساختن مشتریان …", "ندا کریمی", "کارتابل من ", "همه مشتریان "),
        ("ar", "جارٍ تأليف العملاء …", "ندى الكريم", "قائمة عملي ", "كل العملاء "),
    ],
)
def test_without_a_terminal_the_desk_is_printed_once(
    run: Run, scratch: Path, language: str, told: str, person: str, cartable: str, customers: str
) -> None:
    said = run("demo", "--language", language, "--customers", 60)
    assert said.code == 0, said.err
    assert told in said.err
    lines = said.out.splitlines()
    assert person in lines[0]
    assert any(line.startswith(cartable) for line in lines)
    assert any(line.startswith(customers) for line in lines)
    assert list(scratch.iterdir()) == []


def test_on_a_terminal_the_screens_open_on_it(
    run: Run, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers: list[int] = []

    def open_screens(request: OpenRequest) -> int:
        assert request.session is not None
        assert request.email == request.session.actor.email
        customers.append(LeadList(request.session).count())
        return 0

    monkeypatch.setattr("leadtui.cli.demo.on_a_terminal", lambda: True)
    assert run("demo", "--customers", 30, open_screens=open_screens).code == 0
    assert customers == [30]
    assert list(scratch.iterdir()) == []


def test_what_cannot_be_made_is_refused(run: Run, scratch: Path) -> None:
    said = run("demo", "--language", "xx")
    assert (said.code, said.out) == (1, "")
    assert "There is no demonstration in “xx”" in said.err
    assert run("demo", "--customers", 0).code == 2
    assert list(scratch.iterdir()) == []


def test_it_is_on_no_store_and_as_nobody_else(run: Run) -> None:
    for option in ("--store", "--as"):
        assert run("demo", option, "given").code == 2
