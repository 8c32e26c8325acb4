"""Making a store: there only once all that it was made for went well."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

from leadtui.domain.field import read_email
from leadtui.domain.workspace import Template, Workspace
from leadtui.errors import Invalid, StoreError
from leadtui.language.text import clean
from leadtui.language.translate import _, pgettext
from leadtui.passing_folder import passing_folder
from leadtui.services.entering import system_email
from leadtui.services.session import Session
from leadtui.store import definitions
from leadtui.store.engine import backend_at, open_store, store_exists, store_url


def has_workspace(where: str) -> bool:
    """Whether there is a store that somebody can work in. Raises StoreError where what is there is no store.

    One whose making was cut short by a crash has none, and is made anew.
    """
    if not store_exists(where):
        return False
    store = open_store(where, create=True)
    try:
        with store.read() as connection:
            return bool(definitions.workspaces(connection))
    finally:
        store.close()


@contextmanager
def new_session(
    where: str, template: Template, email: str = "", *, name: str = "", keep: bool = True
) -> Generator[Session]:
    """A session on a new store whose owner is the person of that name, else the system's user.

    It comes to `where` at the end of the block.

    Where the block raises, or the store is not to be kept, nothing is left behind. Raises Invalid for the e-mail
    address, StoreError.
    """
    address = _address(email)
    with _address_to_make(where, keep=keep) as made:
        session = Session.create(made, template, clean(name) or system_name(), address)
        try:
            yield session
        finally:
            session.close()


def make_store(where: str, template: Template, name: str = "", email: str = "") -> Workspace:
    """Make a store whose owner is the person of that name, else the system's user. Raises as `new_session`, and

    StoreError where somebody works there already.
    """
    if has_workspace(where):
        raise StoreError(_("There is a workspace in {path} already.").format(path=where))
    with new_session(where, template, email, name=name) as session:
        return session.workspace


def system_name() -> str:
    """What the person at this machine is called where nobody said otherwise."""
    try:
        return clean(getuser()) or pgettext("person", "me")
    except (KeyError, OSError, ImportError):
        return pgettext("person", "me")


@contextmanager
def _address_to_make(where: str, *, keep: bool) -> Generator[str]:
    """Where the store is made: what is there at the end of the block comes to `where`, or is not kept."""
    if not keep:
        with passing_folder() as folder:
            yield str(folder / "store.db")
    elif Path(str(store_url(where).database)).exists():
        # An empty file, or one in which the machine stopped before there was a workspace: nothing can be spoilt.
        yield where
    else:
        with backend_at(where).making() as made:
            yield made


def _address(email: str) -> str:
    """A person may be known by the system's name for them, which is no address on the net."""
    if not email:
        return system_email()
    address = read_email(email) or (email.casefold() if email.endswith("@localhost") else None)
    if address is None:
        raise Invalid(
            _("“{email}” is no e-mail address; type one such as name@example.com.").format(email=email)
        )
    return address
