"""Making a store: there only once all that it was made for went well."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

from leadtui.domain.field import read_email
from leadtui.errors import Invalid, StoreError
from leadtui.language.text import clean
from leadtui.language.translate import _, pgettext
from leadtui.services.session import Clock, Session, system_clock, system_email
from leadtui.services.templates import load_template
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
    where: str, template: str, email: str = "", *, keep: bool = True, clock: Clock = system_clock
) -> Generator[Session]:
    """A session on a new store whose supervisor is the system's user; it comes to `where` at the end of the block.

    Where the block raises, or the store is not to be kept, nothing is left behind. `template` is a name or a
    file. Raises Unreadable for the template, Invalid for the e-mail address, StoreError.
    """
    begins_with = load_template(template)
    address = _address(email)
    target = Path(str(store_url(where).database))
    if keep and target.exists():
        # An empty file, or one in which the machine stopped before there was a workspace: nothing can be spoilt.
        with _closing(Session.create(where, begins_with, system_name(), address, clock)) as session:
            yield session
        return
    with _folder(target if keep else None) as folder:
        made = folder / target.name
        with _closing(Session.create(made, begins_with, system_name(), address, clock)) as session:
            yield session
        if keep:
            backend_at(target).put_in_place(made)


def system_name() -> str:
    """What the person at this machine is called where nobody said otherwise."""
    try:
        return clean(getuser()) or pgettext("person", "me")
    except (KeyError, OSError, ImportError):
        return pgettext("person", "me")


@contextmanager
def _folder(target: Path | None) -> Generator[Path]:
    """A folder that its owner alone can read: beside `target`, so that moving a file there is one step."""
    if target is not None:
        backend_at(target).check_place()
    try:
        if target is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
        made = tempfile.TemporaryDirectory(
            prefix=".leadtui-", dir=target and target.parent, ignore_cleanup_errors=True
        )
    except OSError as error:
        raise StoreError(
            _("No store can be made for {path}: {reason}.").format(
                path=target or tempfile.gettempdir(), reason=error.strerror or error
            )
        ) from error
    with made as name:
        yield Path(name)


@contextmanager
def _closing(session: Session) -> Generator[Session]:
    try:
        yield session
    finally:
        session.close()


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
