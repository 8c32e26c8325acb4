"""The session: who acts, in which workspace, on which store, by which clock."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from threading import Lock

from leadtui.domain.field import FormatContext
from leadtui.domain.lead import Lead
from leadtui.domain.permission import SUPERVISOR_PROFILE, Permission
from leadtui.domain.template import Template
from leadtui.domain.visibility import Visibility, visibility_of
from leadtui.domain.workspace import Colleague, Definitions, Workspace
from leadtui.errors import NotFound, Refused, StoreError
from leadtui.language.calendar import Calendar
from leadtui.language.text import clean
from leadtui.language.translate import _, spoken
from leadtui.store import changes, definitions, leads
from leadtui.store.backend import Watch
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.engine import Interrupted, Interruption, Store, open_store

__all__ = [
    "Clock",
    "Interrupted",
    "Interruption",
    "Session",
    "Watch",
    "create_session",
    "open_session",
    "system_clock",
    "system_email",
]

Clock = Callable[[], datetime]
"""Gives the present moment, aware UTC."""


def system_clock() -> datetime:
    """The machine's clock, as aware UTC."""
    return datetime.now(UTC)


class Session:
    """What every use case is given. Safe to use from several threads."""

    def __init__(
        self,
        store: Store,
        definitions: Definitions,
        actor_id: int,
        clock: Clock = system_clock,
        *,
        language: str = "",
        calendar: Calendar | None = None,
    ) -> None:
        """Use `open_session` or `create_session`. `language` and `calendar` are the person's own choices."""
        self.store = store
        self._definitions = definitions
        self._reloading = Lock()
        self._actor_id = actor_id
        self._clock = clock
        # Dates and numbers are told in the language of the sentences that they stand in.
        self.language = spoken(language or definitions.workspace.language)
        self.calendar = calendar or definitions.workspace.calendar

    @property
    def workspace(self) -> Workspace:
        """The workspace in which the person works."""
        return self._definitions.workspace

    @property
    def definitions(self) -> Definitions:
        """What the workspace has defined, as last loaded."""
        return self._definitions

    @property
    def actor(self) -> Colleague:
        """The person who acts, with their permissions as last loaded."""
        person = self._definitions.colleague(self._actor_id)
        if person is None:
            raise NotFound(_("You no longer work in this workspace; ask a supervisor."))
        return person

    @contextmanager
    def read(self, interruption: Interruption | None = None) -> Generator[WorkspaceConnection]:
        """A consistent view of the workspace. Raises StoreError; Interrupted where `interruption` asked for it."""
        with self.store.read(interruption) as connection:
            yield WorkspaceConnection(connection, self.workspace.id)

    @contextmanager
    def write(self) -> Generator[WorkspaceConnection]:
        """One write transaction: committed whole at the end, or not at all. Raises StoreError."""
        with self.store.write() as connection:
            yield WorkspaceConnection(connection, self.workspace.id)

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return self._clock()

    def visibility(self) -> Visibility:
        """Which customers, and of which of them the numbers, the person who acts may see, as last loaded."""
        return visibility_of(self.actor, self._definitions)

    def lead_in_sight(self, tx: WorkspaceConnection, lead_id: int) -> Lead:
        """The lead as it is kept, for a step on it. Raises NotFound also where the person does not see it.

        What is given back to the person goes through `visibility().redact` first.
        """
        lead = leads.get(tx, lead_id)
        if not self.visibility().can_see(lead.owner_id):
            raise leads.no_such_lead(lead_id)
        return lead

    def require(self, *permissions: Permission) -> None:
        """Raises Refused, naming the permissions, where the person's profile grants none of them."""
        if not any(self.actor.may(permission) for permission in permissions):
            named = _(" or ").join(permission.value for permission in permissions)
            raise Refused(
                _("Your profile does not allow this ({permission}); ask a supervisor.").format(
                    permission=named
                )
            )

    def reload_definitions(self) -> Definitions:
        """Load the definitions again, after somebody changed them."""
        # What one thread has read must not replace what another has read after it.
        with self._reloading, self.read() as tx:
            self._definitions = definitions.load(tx)
        return self._definitions

    def format_context(self) -> FormatContext:
        """What reading and showing answers depends on, now."""
        return FormatContext(
            now=self.now(),
            zone=self.workspace.zone,
            region=self.workspace.region,
            calendar=self.calendar,
            language=self.language,
            currency=self.workspace.currency,
            people=self._definitions.active_colleagues,
        )

    def changes_since(self, sequence: int) -> list[changes.Change]:
        """What moved in this workspace after `sequence`, oldest first."""
        with self.read() as tx:
            return changes.since(tx, sequence)

    def latest_change(self) -> int:
        """The sequence of the newest change."""
        with self.read() as tx:
            return changes.latest(tx)

    def watch(self) -> Watch:
        """What says, at next to no cost, whether anybody has written to the store since it was last asked."""
        return self.store.watch()

    def close(self) -> None:
        """Close the store."""
        self.store.close()


def system_email() -> str:
    """How the person at this machine is known where nobody said otherwise."""
    try:
        return _address(f"{getuser()}@localhost")
    except (KeyError, OSError):
        return "me@localhost"


def open_session(
    where: str | Path,
    email: str = "",
    clock: Clock = system_clock,
    *,
    language: str = "",
    calendar: Calendar | None = None,
) -> Session:
    """Open an existing store as the person with that e-mail address.

    Without one it is the system's user where they work there, else the store's only person.
    Raises StoreError where there is no usable store, NotFound where the person is not in it.
    """
    store = open_store(where)
    try:
        with store.read() as connection:
            workspace_id = definitions.only_workspace(connection)
            if workspace_id is None:
                raise StoreError(
                    _("The store at {path} is empty; import a file into it or start leadtui on it.").format(
                        path=where
                    )
                )
            defined = definitions.load(WorkspaceConnection(connection, workspace_id))
        person = _who(defined, email)
    except BaseException:
        store.close()
        raise
    return Session(store, defined, person.id, clock, language=language, calendar=calendar)


def create_session(
    where: str | Path,
    template: Template,
    name: str,
    email: str = "",
    clock: Clock = system_clock,
    *,
    language: str = "",
    calendar: Calendar | None = None,
) -> Session:
    """Make a store with one workspace from `template`, whose supervisor is the named person."""
    store = open_store(where, create=True)
    address = _address(email) or system_email()
    try:
        with store.write() as connection:
            if definitions.only_workspace(connection) is not None:
                raise StoreError(_("There is a workspace in {path} already.").format(path=where))
            now = clock()
            workspace_id = definitions.create_workspace(connection, template, now)
            tx = WorkspaceConnection(connection, workspace_id)
            user_id = definitions.add_colleague(tx, clean(name) or address, address, SUPERVISOR_PROFILE, now)
            defined = definitions.load(tx)
    except BaseException:
        store.close()
        raise
    return Session(store, defined, user_id, clock, language=language, calendar=calendar)


def _address(email: str) -> str:
    """An e-mail address as it is kept."""
    return clean(clean(email).casefold())


def _who(defined: Definitions, email: str) -> Colleague:
    active = defined.active_colleagues
    wanted = _address(email)
    people = _(", ").join(person.email for person in active)
    if wanted:
        found = next((person for person in active if person.email == wanted), None)
        if found is None:
            raise NotFound(
                _("Nobody with the e-mail {email} works here. These do: {people}.").format(
                    email=email, people=people
                )
            )
        return found
    own = next((person for person in active if person.email == system_email()), None)
    if own is not None:
        return own
    if len(active) == 1:
        return active[0]
    raise NotFound(_("Say who you are with --as EMAIL. These work here: {people}.").format(people=people))
