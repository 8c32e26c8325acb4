"""Signing in on the command line: what each command asks for, what is kept where, and who may read it."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from command_running import Run, Said, StoreOfTest
from session_making import PASSWORD, MovingClock, hash_quickly
from test_help import WORKING
from test_refusals import NEEDED, OWN_VIEWS

from leadtui import paths
from leadtui.domain.signing_in import SignedOut, Token
from leadtui.services import signing_in
from leadtui.services.securing import code_at_file, secure
from leadtui.services.session import Session

NEDA, REZA = "neda@example.com", "reza@example.com"
OTHER = "eleven geese fly"

UNPROVED = {
    "doctor": "tells of the program and the file, and of no customer; with --repair it is among the others",
    "init": "makes a store",
    "demo": "has a store of its own",
    "secure": "is for whose file it is",
    "accept": "is proved by the code of an invitation",
    "sign-out": "ends what is kept",
    "": "opens the screens",
}
"""The commands that ask nobody for a proof."""

ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    **{name: arguments for name, (arguments, _permissions) in NEEDED.items()},
    **dict.fromkeys(OWN_VIEWS, ("Mine",)),
    "views list": (),
    "profiles compare": ("agent", "supervisor"),
    "sign-ins end": ("--others",),
    "profiles show": ("agent",),
    "needs playbook show": ("NEED",),
    "needs playbook export": ("NEED", "FILE"),
    "cases kinds show": ("visit",),
    "cases kinds export": ("visit", "FILE"),
}


@pytest.fixture
def safe_store(place: StoreOfTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StoreOfTest:
    """The store of the tests, with Neda as its administrator; files that commands of the table name lie beside it."""
    with closing(Session.open(place.path, NEDA, MovingClock())) as session:
        hash_quickly(session)
    secure(place.path, NEDA, PASSWORD)
    for name in ("FILE", "TEMPLATE", "COPY"):
        (tmp_path / name).write_bytes(place.path.read_bytes() if name == "COPY" else b"phone\n+12125550109\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEADTUI_STORE", str(place))
    return place


def secret(folder: Path, text: str, name: str = "secret", mode: int = 0o600) -> Path:
    file = folder / name
    file.write_text(text + "\n")
    file.chmod(mode)
    return file


@pytest.fixture
def password_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Neda's password, for every command."""
    file = secret(tmp_path, PASSWORD)
    monkeypatch.setenv("LEADTUI_PASSWORD_FILE", str(file))
    return file


def kept() -> list[Path]:
    folder = paths.sign_ins_folder()
    return sorted(folder.iterdir()) if folder.exists() else []


# Every command


@pytest.mark.parametrize(
    "name",
    ["doctor --repair", *sorted({each.removeprefix("leadtui").strip() for each in WORKING} - set(UNPROVED))],
)
def test_an_address_alone_does_nothing(run: Run, safe_store: StoreOfTest, name: str) -> None:
    before = safe_store.path.read_bytes()
    arguments = [str(safe_store) if each == "STORE" else each for each in ARGUMENTS.get(name, ())]
    for email in (NEDA, REZA, "nobody@example.com"):
        said = run(*name.split(), *arguments, "--as", email)
        assert (said.code, said.out) == (1, ""), said
        assert "LEADTUI_PASSWORD_FILE" in said.err, said.err
        assert "Reza" not in said.err
    assert safe_store.path.read_bytes() == before
    assert {each.name for each in safe_store.path.parent.iterdir()} <= {
        *("FILE", "TEMPLATE", "COPY", "own", "desk.db", "desk.db-wal", "desk.db-shm")
    }


def test_what_asks_nobody_tells_of_nobody(run: Run, safe_store: StoreOfTest) -> None:
    told = run("doctor", "--json").out + run("secure", "--json").out
    assert "Reza" not in told
    assert "Mina" not in told


# The password


def test_the_password_in_a_file_proves_who_gives_a_command(
    run: Run, safe_store: StoreOfTest, password_file: Path
) -> None:
    assert "Mina" in run("leads", "list").out
    assert kept() == []
    assert len(run("sign-ins", "list", "--json").data) == 1  # that of the command itself
    password_file.write_text("not this one")
    said = run("leads", "list")
    assert (said.code, said.out) == (1, "")
    assert "do not belong together" in said.err


@pytest.mark.skipif(os.name == "nt", reason="modes of files are not Windows's")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777])
def test_a_secret_that_others_may_read_is_refused(
    run: Run, safe_store: StoreOfTest, password_file: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    assert run("sign-in").code == 0
    (token,) = kept()
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    assert stat.S_IMODE(token.parent.stat().st_mode) == 0o700
    password_file.chmod(mode)
    monkeypatch.delenv("LEADTUI_PASSWORD_FILE")
    assert run("leads", "list").code == 0
    token.chmod(mode)
    _refused_for_its_mode(run("leads", "list"))
    token.unlink()
    monkeypatch.setenv("LEADTUI_PASSWORD_FILE", str(password_file))
    _refused_for_its_mode(run("leads", "list"))
    monkeypatch.setenv("LEADTUI_SIGN_IN_FILE", str(password_file))
    _refused_for_its_mode(run("leads", "list"))


def _refused_for_its_mode(said: Said) -> None:
    assert (said.code, said.out) == (1, "")
    assert "may be read by others" in said.err


def test_a_file_that_is_not_there_is_named(
    run: Run, safe_store: StoreOfTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADTUI_PASSWORD_FILE", "nowhere")
    assert "nowhere cannot be read" in run("leads", "list").err


def test_in_a_store_of_one_person_the_first_password_signs_in(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADTUI_STORE", str(tmp_path / "own.db"))
    assert run("init", "Own").code == 0
    assert run("password").code == 1  # nobody can be asked
    monkeypatch.setenv("LEADTUI_PASSWORD_FILE", str(secret(tmp_path, OTHER)))
    assert run("password").code == 0
    monkeypatch.delenv("LEADTUI_PASSWORD_FILE")
    assert run("leads", "list").code == 0
    (token,) = kept()
    token.unlink()
    assert run("leads", "list").code == 1


# Sign-ins


def test_a_sign_in_is_kept_for_all_commands_until_one_signs_out(
    run: Run, safe_store: StoreOfTest, password_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = run("sign-in")
    assert (said.code, said.out) == (0, "")
    assert "Neda Karimi is signed in until" in said.err
    monkeypatch.delenv("LEADTUI_PASSWORD_FILE")
    monkeypatch.delenv("LEADTUI_AS")  # there is one sign-in alone
    (sign_in,) = run("sign-ins", "list", "--json").data
    assert (sign_in["this"], sign_in["person"], sign_in["ended"]) == (True, NEDA, None)
    assert run("lock").code == 0
    assert "is locked" in run("leads", "list").err
    monkeypatch.setenv("LEADTUI_PASSWORD_FILE", str(password_file))
    assert run("sign-in").code == 0
    monkeypatch.delenv("LEADTUI_PASSWORD_FILE")
    assert [each["id"] for each in run("sign-ins", "list", "--json").data] == [sign_in["id"]]
    assert run("sign-out").code == 0
    assert kept() == []
    assert run("leads", "list").code == 1
    assert run("sign-out").code == 1


def test_an_ended_sign_in_is_told_and_kept_no_longer(
    run: Run, safe_store: StoreOfTest, password_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("sign-in")
    with closing(Session.open(safe_store.path, NEDA, proof=signing_in.Password(PASSWORD))) as session:
        assert signing_in.end_other_sign_ins(session) == 1
    monkeypatch.delenv("LEADTUI_PASSWORD_FILE")
    assert "You are signed out" in run("leads", "list").err
    assert kept() == []


def test_where_several_sign_in_at_one_account_nobodys_is_kept(
    run: Run, safe_store: StoreOfTest, password_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("sign-in")
    before = json.loads(kept()[0].read_text())["token"]
    code = code_at_file(safe_store.path, REZA).text
    assert run("password", "--as", REZA, "--code", code).code == 0
    said = run("sign-in", "--as", REZA)
    assert said.code == 1
    assert "Several people sign in on this account" in said.err
    assert [each.suffix for each in kept()] == [".several"]
    # Whoever sat there could have read what was kept until then: it is good for nothing any more.
    with pytest.raises(SignedOut):
        Session.open(safe_store.path, NEDA, proof=Token(before))
    assert run("sign-in").code == 1
    assert "Mina" in run("leads", "list").out  # the password is at hand
    monkeypatch.setenv("LEADTUI_KEEP_SIGN_IN", "1")
    assert (run("sign-in").code, run("sign-in", "--as", REZA).code) == (0, 0)
    assert [each.suffix for each in kept()] == [".json", ".json", ".several"]
    monkeypatch.setenv("LEADTUI_KEEP_SIGN_IN", "0")
    assert run("sign-in").code == 1


def test_a_service_works_by_the_token_in_its_file(
    run: Run, safe_store: StoreOfTest, password_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run("sign-ins", "add-service", "nightly", "--days", 3)
    assert made.code == 0
    (listed,) = run("sign-ins", "list", "--services", "--json").data
    assert (listed["name"], listed["kind"]) == ("nightly", "service")
    assert made.out.strip() not in run("sign-ins", "list", "--services", "--json").out
    monkeypatch.delenv("LEADTUI_AS")
    monkeypatch.delenv("LEADTUI_PASSWORD_FILE")
    monkeypatch.setenv("LEADTUI_SIGN_IN_FILE", str(secret(tmp_path, made.out.strip(), "token")))
    assert run("leads", "note", safe_store.lead.id, "at night").code == 0
    shown = run("leads", "show", safe_store.lead.id)
    assert "nightly" in shown.out
    assert "nightly" not in run("colleagues", "list", "--retired").out
    assert "nightly" in run("leads", "assign", "nightly", safe_store.lead.id).err
    assert run("leads", "list", "--as", NEDA).code == 1  # it is nobody else


# Codes


def test_a_code_is_made_by_who_may_and_told_to_the_person(
    run: Run, safe_store: StoreOfTest, password_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run("colleagues", "code", "reza")
    assert (made.code, "leadtui password --as reza@example.com" in made.err) == (0, True)
    monkeypatch.setenv("LEADTUI_PASSWORD_FILE", str(secret(tmp_path, "short", "other")))
    assert "too short" in run("password", "--as", REZA, "--code", made.out.strip()).err
    monkeypatch.setenv("LEADTUI_PASSWORD_FILE", str(secret(tmp_path, OTHER, "other")))
    assert run("password", "--as", REZA, "--code", made.out.strip()).code == 0
    said = run("sign-in", "--as", REZA)
    assert "Neda Karimi made a one-time code for you" in said.err
    assert "It was used" in said.err


def test_at_the_file_its_owner_helps_everybody(run: Run, safe_store: StoreOfTest) -> None:
    assert run("secure", "--json").data["administrator"] == NEDA
    assert run("secure", NEDA, "--code", "--json").data["person"] == NEDA
    assert run("secure", "--code").code == 2


@pytest.mark.skipif(os.name == "nt", reason="modes of files are not Windows's")
def test_the_doctor_says_where_the_file_lets_others_in(run: Run, safe_store: StoreOfTest) -> None:
    found = run("doctor", "--json").data
    assert found["facts"]["secured"] is True
    assert not any("past every password" in each for each in found["notes"])
    safe_store.path.chmod(0o660)
    assert any("past every password" in each for each in run("doctor", "--json").data["notes"])


# What leaves the store


def test_nothing_that_is_handed_on_has_a_hash(
    run: Run, safe_store: StoreOfTest, password_file: Path, tmp_path: Path
) -> None:
    for name, command in {
        "desk.toml": ("template", "export"),
        "leads.csv": ("leads", "export"),
        "leads.vcf": ("leads", "export"),
    }.items():
        assert run(*command, tmp_path / name).code == 0
    told = [
        run(*each.split()).out
        for each in ("colleagues list --json", "doctor --json", "sign-ins list --json --all")
    ]
    written = [(tmp_path / name).read_text() for name in ("desk.toml", "leads.csv", "leads.vcf")]
    for each in (*told, *written):
        assert "argon2" not in each
        assert "token_hash" not in each
