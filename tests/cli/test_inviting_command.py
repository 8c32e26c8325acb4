"""Inviting and accepting on the command line, by files where nobody sits at a terminal."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from command_running import Run, StoreOfTest
from session_making import PASSWORD, MovingClock, hash_quickly

from leadtui.services.securing import secure
from leadtui.services.session import Session

NEDA = "neda@example.com"


def secret(folder: Path, text: str, name: str) -> str:
    file = folder / name
    file.write_text(text + "\n")
    file.chmod(0o600)
    return str(file)


def test_invited_accepted_suspended_let_in_and_removed(
    place: StoreOfTest, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Session.open(place.path, NEDA, MovingClock())) as session:
        hash_quickly(session)
    secure(place.path, NEDA, PASSWORD)
    owner, hers = secret(tmp_path, PASSWORD, "owner"), secret(tmp_path, "nine calm lanterns", "hers")
    monkeypatch.setenv("LEADTUI_STORE", str(place))
    monkeypatch.setenv("LEADTUI_KEEP_SIGN_IN", "0")
    monkeypatch.setenv("LEADTUI_PASSWORD_FILE", owner)
    old = run("--as", NEDA, "colleagues", "invite", "mitra@example.com", "--json").data["code"]
    said = run("--as", NEDA, "colleagues", "resend", "mitra@example.com")
    code = said.out.strip()
    assert "leadtui accept --as mitra@example.com" in said.err
    assert "invited" in run("--as", NEDA, "colleagues", "list").out
    monkeypatch.setenv("LEADTUI_PASSWORD_FILE", hers)
    accept = ("--as", "mitra@example.com", "accept", "--name", "Mitra Omidi", "--code")
    assert "no longer good" in run(*accept, old).err
    assert "Neda Karimi invites you" in run(*accept, code).err
    assert run("--as", "mitra@example.com", "me", "--json").out
    monkeypatch.setenv("LEADTUI_PASSWORD_FILE", owner)
    told = run("--as", NEDA, "colleagues", "suspend", "mitra@example.com", "--json").data
    assert told["state"] == "suspended"
    monkeypatch.setenv("LEADTUI_PASSWORD_FILE", hers)
    assert "suspended" in run("--as", "mitra@example.com", "leads", "list").err
    monkeypatch.setenv("LEADTUI_PASSWORD_FILE", owner)
    run("--as", NEDA, "colleagues", "resume", "mitra@example.com")
    removed = run("--as", NEDA, "colleagues", "remove", "mitra@example.com", "--to", "all", "--json").data
    assert (removed["state"], removed["name"]) == ("gone", "Mitra Omidi")
