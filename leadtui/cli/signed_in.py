"""How a command proves who gave it: by a sign-in that is kept, a file, or a password that is asked for on a terminal."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import typer

from leadtui import kept_sign_ins
from leadtui.cli.output import tell
from leadtui.domain.signing_in import Locked, Password, Proof, ProofNeeded, SignedOut, Token
from leadtui.errors import Refused
from leadtui.language.translate import _

if TYPE_CHECKING:
    from leadtui.domain.preferences import Preferences
    from leadtui.services.entering import Pick
    from leadtui.services.session import Session

PASSWORD_VARIABLE = "LEADTUI_PASSWORD_FILE"
TOKEN_VARIABLE = "LEADTUI_SIGN_IN_FILE"


@dataclass(frozen=True, slots=True)
class Unproved:
    """What is known of whoever has not proved who they are."""

    store_key: str
    email: str
    """The address that is likely; empty where none is."""
    locked: str = field(default="", repr=False)
    """The token of a sign-in of theirs that is locked."""
    has_ended: bool = False
    """Whether they were signed in."""


Open: TypeAlias = "Callable[[str, Proof | None], Session]"
"""Opens the session of an address by a proof."""

Ask: TypeAlias = "Callable[[Open, Unproved], Session]"
"""Asks who is there, and opens their session."""


def open_session(
    where: str,
    email: str,
    *,
    workspace: str = "",
    pick: Pick | None = None,
    language: str = "",
    usual: Preferences | None = None,
    ask: Ask | None = None,
) -> Session:
    """A session on the store as that person, who proves to be there where the store asks.

    Where nothing else proves it `ask` does, else a line on the terminal.

    Raises as `Session.open`, and ProofNeeded where nothing proves it and nobody can be asked.
    """
    from leadtui.domain.preferences import Preferences
    from leadtui.services.session import Session

    def opened(email: str, proof: Proof | None) -> Session:
        return Session.open(
            where,
            email,
            workspace=workspace,
            pick=pick,
            language=language,
            usual=Preferences() if usual is None else usual,
            proof=proof,
        )

    token = os.environ.get(TOKEN_VARIABLE, "")
    if token:
        return opened(email, Token(kept_sign_ins.read_secret(Path(token))))
    try:
        return opened(email, None)
    except ProofNeeded as needed:
        return _proven(opened, needed, None if os.environ.get(PASSWORD_VARIABLE) else ask)


def _proven(opened: Open, needed: ProofNeeded, ask: Ask | None) -> Session:
    key = needed.store_key
    email, token = kept_sign_ins.find(key, needed.email)
    locked, has_ended = "", False
    if token:
        try:
            return opened(email, Token(token))
        except SignedOut as ended:
            kept_sign_ins.forget(key, email)
            has_ended = True
            if ask is None:
                tell(str(ended))
        except Locked:
            if ask is None:
                raise
            locked = token
    email = email or needed.email
    if ask is not None:
        return ask(opened, Unproved(key, email, locked, has_ended))
    password = said_password(email) if email else None
    if password is None:
        raise needed
    return opened(email, Password(password))


def said_password(email: str) -> str | None:
    """The person's password: from the file that LEADTUI_PASSWORD_FILE names, else asked for; None where nobody can be asked."""
    named = os.environ.get(PASSWORD_VARIABLE, "")
    if named:
        return kept_sign_ins.read_secret(Path(named))
    if not can_ask():
        return None
    return ask_unseen(_("Password of {email}:").format(email=email))


def new_password() -> str:
    """A new password, asked for twice; from LEADTUI_PASSWORD_FILE where that names a file. Raises Refused."""
    named = os.environ.get(PASSWORD_VARIABLE, "")
    if named:
        return kept_sign_ins.read_secret(Path(named))
    if not can_ask():
        raise Refused(
            _("A password is asked for on a terminal alone; name a file that holds it by {variable}.").format(
                variable=PASSWORD_VARIABLE
            )
        )
    first = ask_unseen(_("New password, ten signs at the least; it is not shown:"))
    if first != ask_unseen(_("The same once more:")):
        raise Refused(_("The two are not the same; nothing was changed."))
    return first


def can_ask() -> bool:
    """Whether somebody sits there who can type what is not shown."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_seen(question: str) -> str:
    """What is typed to a question on the terminal."""
    tell(question)
    try:
        return input("> ")
    except EOFError as error:
        raise typer.Abort from error


def ask_unseen(question: str) -> str:
    """What is typed to a question, unseen, on the terminal itself."""
    tell(question)
    try:
        return getpass.getpass("> ")
    except EOFError as error:
        raise typer.Abort from error
