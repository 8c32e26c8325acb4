"""A team comes about, each person in processes of their own: invited, accepting, working, refused, and one of them removed.

Everybody has an account of their own; passwords lie in files that nobody else may read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from leadtui.domain.permission import (
    FINANCIAL_PROFILE,
    PARTNERS_PROFILE,
    SUPPORT_PROFILE,
    TECHNICAL_PROFILE,
)

OWNER = "neda@example.com"

WORK = {
    SUPPORT_PROFILE: (
        ("customers:see", "cartables:see", "customers:add", "follow-ups:set"),
        ("leads", "add", "--name", "Mina Sadeghi", "--phone", "+49 30 901820"),
        ("leads", "export", "out.csv"),
    ),
    TECHNICAL_PROFILE: (
        ("settings:fields",),
        ("fields", "add", "Shoe size", "--kind", "number"),
        ("leads", "list"),
    ),
    FINANCIAL_PROFILE: (
        ("customers:see", "exports:run"),
        ("leads", "export", "money.csv"),
        ("leads", "add", "--name", "Nobody"),
    ),
    PARTNERS_PROFILE: (
        ("reports:board",),
        ("board",),
        ("statuses", "add", "Partner"),
    ),
}
"""What the desk has for each of the four is given to the profile; what its person does then, and what is refused."""


@dataclass(frozen=True)
class Person:
    """Somebody at an account of their own: nothing of it is anybody else's."""

    email: str
    home: Path
    store: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Give a command, as this person."""
        own = {
            "HOME": str(self.home),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "LEADTUI_STORE": str(self.store),
            "LEADTUI_PASSWORD_FILE": str(self.home / "password"),
            "LEADTUI_LANGUAGE": "en",
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LEADTUI_")}
        return subprocess.run(
            [sys.executable, "-m", "leadtui", "--as", self.email, *arguments],
            env={**kept, **own},
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def does(self, *arguments: str) -> str:
        """Give a command that works; returns what it answers."""
        done = self.run(*arguments)
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    def answer(self, *arguments: str) -> Any:
        """Give a command that answers in JSON."""
        return json.loads(self.does(*arguments, "--json"))

    def refused(self, *arguments: str) -> str:
        """Give a command that is refused; returns why."""
        done = self.run(*arguments)
        assert done.returncode == 1, (arguments, done.stdout)
        return done.stderr


def person(folder: Path, email: str, password: str) -> Person:
    home = folder / email.partition("@")[0]
    home.mkdir()
    secret = home / "password"
    secret.write_text(password + "\n")
    secret.chmod(0o600)
    return Person(email, home, folder / "desk.db")


@pytest.mark.proof
def test_a_team_of_four_profiles_comes_about_and_one_of_them_goes(tmp_path: Path) -> None:
    owner = person(tmp_path, OWNER, "twelve brave otters")
    owner.does(
        "init", "Northwind GmbH", "--country", "Germany", "--name", "Neda Karimi", "--template", "sales"
    )
    assert "is private, and only a business" in owner.refused("colleagues", "invite", "mina@example.com")
    owner.does(
        *("workspace", "--kind", "business", "--registered-name", "Northwind GmbH"),
        *("--registered-number", "DE136695976"),
    )
    assert "Set a password" in owner.refused("colleagues", "invite", "mina@example.com")
    owner.does("password")
    team = {
        profile: person(tmp_path, f"{profile}@example.com", f"{profile} has a good password")
        for profile in WORK
    }
    for profile, (granted, does, refused) in WORK.items():
        allowed = [part for each in granted for part in ("--allow", each)]
        owner.does("profiles", "change", profile, *allowed)
        theirs = team[profile]
        code = owner.does("colleagues", "invite", theirs.email, "--profile", profile).strip()
        assert theirs.refused("leads", "list")  # nobody is in before they accept
        theirs.does("accept", "--code", code, "--name", f"{profile.title()} Person")
        assert "no longer good" in theirs.refused("accept", "--code", code, "--name", "Again")
        theirs.does(*does)
        assert "does not allow this" in theirs.refused(*refused)
        assert "colleagues:manage" in theirs.refused("colleagues", "invite", "friend@example.com")
    assert (team[FINANCIAL_PROFILE].home / "money.csv").is_file()
    assert not (team[SUPPORT_PROFILE].home / "out.csv").exists()
    _one_goes(owner, team[SUPPORT_PROFILE])


def _one_goes(owner: Person, leaver: Person) -> None:
    """Her cartable is shared out among the others, and her name stays in the timeline."""
    for number in range(5):
        leaver.does("leads", "add", "--name", f"Customer {number}", "--phone", f"+49 30 90182{number}1")
    mine = owner.answer("leads", "list", "--owner", leaver.email)
    assert len(mine) == 6
    removed = owner.answer("colleagues", "remove", leaver.email, "--to", "all")
    assert (removed["state"], removed["active"]) == ("gone", False)
    assert leaver.refused("leads", "list")
    shared = owner.answer("leads", "list")
    assert {each["owner"]["email"] for each in shared}.isdisjoint({leaver.email})
    assert len({each["owner"]["email"] for each in shared}) == 4
    assert "Support Person" in owner.does("leads", "show", str(mine[0]["id"]))
    told = [(each["kind"], each["act"]) for each in owner.answer("audit")]
    for act, least in (("invited", 4), ("accepted", 4), ("retired", 1)):
        assert told.count(("colleague", act)) >= least, act
