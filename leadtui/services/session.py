"""The session: who acts, in which workspace, on which store, by which clock."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection

from leadtui.domain.audit import redefinitions, workspace_made
from leadtui.domain.field import FormatContext
from leadtui.domain.permission import OWNER_PROFILE, Permission, Profile
from leadtui.domain.preferences import Preferences
from leadtui.domain.signing_in import Proof, SignedOut, signed_out
from leadtui.domain.visibility import is_within
from leadtui.domain.workspace import (
    Colleague,
    Definitions,
    OwnWorkspace,
    Template,
    Workspace,
)
from leadtui.errors import LeadtuiError, Refused, StoreError
from leadtui.language.text import clean
from leadtui.language.translate import _, spoken, with_digits
from leadtui.services.entering import (
    Pick,
    closed_workspace,
    kept_address,
    system_email,
    which_person,
    which_workspace,
)
from leadtui.services.proving import Proven, prove
from leadtui.services.rights import (
    Need,
    acting,
    beyond,
    bounds,
    colleague_of,
    common_reach,
    not_at_work,
    require,
    seen_colleague,
    suspended,
)
from leadtui.services.transaction import Transaction, format_context_of
from leadtui.store import audit, changes, definitions, own_desk, sign_ins, workspaces
from leadtui.store.backend import Watch
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.engine import Interrupted, Interruption, Store, open_store

__all__ = [
    "Clock",
    "Interrupted",
    "Interruption",
    "Session",
    "Watch",
    "system_clock",
]

Clock = Callable[[], datetime]
"""Gives the present moment, aware UTC."""


_NEVER = -1

_NOTHING_SAID = Preferences()


def system_clock() -> datetime:
    """The machine's clock, as aware UTC."""
    return datetime.now(UTC)


class Session:
    """Who acts, in which workspace, on which store: what every use case is given. Safe to use from several threads.

    What it says by itself – `definitions`, `actor` – is as last loaded, for screens. What is done goes by a
    `Transaction`, which knows what holds at that moment.
    """

    def __init__(
        self,
        store: Store,
        definitions: Definitions,
        actor_id: int,
        clock: Clock = system_clock,
        *,
        language: str = "",
        usual: Preferences = _NOTHING_SAID,
        preferences: Preferences = _NOTHING_SAID,
        seen_as: str = "",
        proven: Proven | None = None,
    ) -> None:
        """Use `open`, `create` or `seeing_as`. `preferences` are the person's own as kept; the rest is as said there."""
        self.store = store
        self.seen_as = seen_as
        """As whom the person looks around, who may then change nothing: the key of a profile or a colleague's address, else empty."""
        self.proven = proven
        """By which sign-in the person proved who they are; None in a store that asks nobody."""
        self.actor_id = actor_id
        self._definitions = self._as_seen(definitions)
        self._sequence = _NEVER
        """The newest change when the definitions were last known to be up to date."""
        self._renewing = Lock()
        self._clock = clock
        self._said = Preferences(language)
        """What was said for this time."""
        self.usual = usual
        """What holds at this machine for whoever has chosen nothing else."""
        self.preferences = preferences
        """What the person has chosen."""
        self._follow(self._said.or_else(preferences))
        self.has_saved = False
        """Whether a transaction of this session has been committed."""

    @classmethod
    def open(
        cls,
        where: str | Path,
        email: str = "",
        clock: Clock = system_clock,
        *,
        workspace: str = "",
        pick: Pick | None = None,
        language: str = "",
        usual: Preferences = _NOTHING_SAID,
        proof: Proof | None = None,
    ) -> Session:
        """Open an existing store as the person with that e-mail address, in the workspace of that title or id.

        `language` is said for this time. Without it the person's own choice holds, else what is `usual` at this
        machine, else the workspace's.

        In a store that is secured the `proof` says whether it is the person: by a password, which makes a sign-in that ends
        with the session unless it is kept (`keep_sign_in`), or by the token of one.

        In others it is, without an address, the system's user where they work there, else the workspace's only person; without
        a title the store's only workspace, else the only one in which the person works, else the one that `pick` gives.
        Raises StoreError where there is no usable store, NotFound where the person is not in it, NotSignedIn as
        `proving.prove`.
        """
        store = open_store(where)
        try:
            with store.read() as connection:
                there = definitions.workspaces(connection)
                if not there:
                    raise StoreError(
                        _(
                            "The store at {path} is empty; import a file into it or start leadtui on it."
                        ).format(path=where)
                    )
            proven = prove(store, kept_address(email), proof, clock)
            with store.read() as connection:
                if proven is None:
                    own = workspaces.of_email(connection, kept_address(email) or system_email())
                else:  # of others not even the titles are told
                    own = workspaces.of_person(connection, proven.user_id)
                    if not own and sign_ins.rights_of(connection, proven.user_id, also_suspended=True):
                        raise suspended()
                    there = {each.id: each.title for each in own}
                workspace_id = which_workspace(there, own, workspace, pick)
                tx = WorkspaceConnection(connection, workspace_id)
                defined = definitions.load(tx)
                person = (
                    which_person(defined, email) if proven is None else colleague_of(defined, proven.user_id)
                )
                if not person.active:
                    raise not_at_work(person)
                preferences = own_desk.find_preferences(tx, person.id)
        except BaseException:
            store.close()
            raise
        return cls(
            store,
            defined,
            person.id,
            clock,
            language=language,
            usual=usual,
            preferences=preferences,
            proven=proven,
        )

    @classmethod
    def create(
        cls,
        where: str | Path,
        template: Template,
        name: str,
        email: str = "",
        clock: Clock = system_clock,
        *,
        language: str = "",
        usual: Preferences = _NOTHING_SAID,
    ) -> Session:
        """Make a store with one workspace from `template`, whose owner is the named person."""
        store = open_store(where, create=True)
        address = kept_address(email) or system_email()
        try:
            with store.write() as connection:
                if definitions.workspaces(connection):
                    raise StoreError(_("There is a workspace in {path} already.").format(path=where))
                now = clock()
                tx = WorkspaceConnection(connection, definitions.create_workspace(connection, template, now))
                called = clean(name) or address
                user_id = definitions.add_colleague(tx, called, address, OWNER_PROFILE, now)
                defined = definitions.load(tx)
                audit.append(tx, now, user_id, called, [workspace_made(defined.workspace)])
        except BaseException:
            store.close()
            raise
        return cls(store, defined, user_id, clock, language=language, usual=usual)

    @property
    def seen_title(self) -> str:
        """As whom the person looks around, as people are told it."""
        person = seen_colleague(self.seen_as, self.definitions)
        profile = self.definitions.profile(self.seen_as)
        return person.name if person else profile.title if profile else ""

    def seeing_as(self, whom: Profile | Colleague) -> Session:
        """The same desk as somebody of that profile, or that colleague, has it, as far as the person may see it.

        Nothing can be changed by it. It is on the same store, which is closed once.
        """
        return Session(
            self.store,
            self._definitions,
            self.actor_id,
            self._clock,
            language=self.language,
            usual=self.usual,
            preferences=self.preferences,
            seen_as=whom.email if isinstance(whom, Colleague) else whom.key,
            # What ends with the session ends with this one.
            proven=None if self.proven is None else replace(self.proven, token=""),
        )

    def entered(self, workspace_id: int, *, closed: bool = False) -> Session:
        """The same person on the same store in another of their workspaces, also in a `closed` one where that is said.

        Raises NotFound where they do not work in it.
        """
        with self.store.read() as connection:
            own = workspaces.of_person(connection, self.actor_id)
            if all(each.id != workspace_id or (each.closed and not closed) for each in own):
                raise not_at_work()
            tx = WorkspaceConnection(connection, workspace_id)
            defined = definitions.load(tx)
            preferences = own_desk.find_preferences(tx, self.actor_id)
        return Session(
            self.store,
            defined,
            self.actor_id,
            self._clock,
            language=self._said.language,
            usual=self.usual,
            preferences=preferences,
            # What ends with the session ends with this one.
            proven=None if self.proven is None else replace(self.proven, token=""),
        )

    def own_workspaces(self) -> tuple[OwnWorkspace, ...]:
        """All workspaces of the store in which the person works, by their titles."""
        with self.store.read() as connection:
            return workspaces.of_person(connection, self.actor_id)

    def speak(self, preferences: Preferences) -> None:
        """Show everything from now on as the person has just chosen, whatever was said when the session was opened."""
        self.preferences = preferences
        self._follow(preferences)

    def _follow(self, chosen: Preferences) -> None:
        chosen, workspace = chosen.or_else(self.usual), self._definitions.workspace
        # Dates and numbers are told in the language of the sentences that they stand in.
        self.language = with_digits(spoken(chosen.language or workspace.language), chosen.digits)
        self.calendar = chosen.calendar or workspace.calendar

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
        return acting(self.actor_id, self.seen_as, self._definitions)

    @property
    def sign_in_id(self) -> int | None:
        """The sign-in by which the person proved who they are; None in a store that asks nobody."""
        return None if self.proven is None else self.proven.sign_in_id

    def keep_sign_in(self) -> str:
        """The token of the sign-in that was made for this session, which from now on lasts longer than it; else empty."""
        proven = self.proven
        if proven is None or not proven.token:
            return ""
        self.proven = replace(proven, token="")
        return proven.token

    def take_sign_in(self, proven: Proven) -> None:
        """Go on by this sign-in of the same person."""
        self.proven = proven

    def has_expired(self) -> bool:
        """Whether the time of the sign-in is over, which nobody has to write."""
        return self.proven is not None and self.now() >= self.proven.expires_at

    def require_signed_in(self) -> None:
        """Raises SignedOut or Locked where nothing may be done by this session any more, or not now."""
        with self.store.read() as connection:
            self._require_signed_in(connection)

    @contextmanager
    def read(self, *needs: Need, interruption: Interruption | None = None) -> Generator[Transaction]:
        """A consistent view of the workspace for somebody who holds all that is needed.

        Raises as `Transaction.require`, NotFound for somebody who no longer works here, SignedOut and Locked, StoreError,
        and Interrupted where `interruption` asked for it.
        """
        with self.store.read(interruption) as connection:
            tx = self._begin(connection, needs)
            if tx.workspace.closed and not tx.actor.may(Permission.CHANGE_WORKSPACE):
                raise closed_workspace(tx.workspace.title)
            yield tx

    @contextmanager
    def write(
        self, *needs: Need, reopens: bool = False, keeps: bool = False, tells: bool = False
    ) -> Generator[Transaction]:
        """One write transaction: committed whole at the end, or not at all. Raises as `read`, Refused where it is closed.

        Nobody else writes until it ends, so that what it knows – who may, what is in use – holds until then. Where
        definitions, people or profiles were changed in it, the audit tells each as the last thing that it writes. What
        `reopens` a closed workspace may write in it, and what `keeps` how somebody's desk was and what they had typed as it
        closed; what only `tells` the audit of something has saved nothing for the person.
        Raises Refused also where the person only looks around as somebody else.
        """
        with self.store.write() as connection:
            tx = self._begin(connection, needs)
            if self.seen_as:
                raise Refused(_("You only look around as somebody else; nothing is changed."))
            if tx.workspace.closed and not (reopens or keeps):
                raise closed_workspace(tx.workspace.title)
            yield tx
            if not changes.DEFINITIONS.isdisjoint(tx.moved):
                tx.audit(*redefinitions(tx.definitions, definitions.load(tx)))
        self.has_saved = self.has_saved or not tells

    def check(self, *needs: Need) -> None:
        """Raises as `read` where something that is needed is not held now, before work that takes no transaction."""
        with self.read(*needs):
            pass

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return self._clock()

    def require(self, *needs: Need) -> None:
        """As `Transaction.require`, by the permissions as last loaded: what a screen asks before it opens a dialog."""
        require(self.actor, needs)

    def reaches(self, permission: Permission, owner_id: int | None) -> bool:
        """As `Transaction.reaches`, as last loaded: what a screen shows by."""
        both = bounds(self.actor_id, self.seen_as, self._definitions)
        return is_within((owner_id,), common_reach(both, permission, self._definitions))

    def require_reach(self, permissions: Sequence[Permission], owner_id: int | None) -> None:
        """As `Transaction.require_reach`, as last loaded, where one of these is enough."""
        if not any(self.reaches(each, owner_id) for each in permissions):
            self.require(frozenset(permissions))
            raise beyond(self.actor, next(each for each in permissions if self.actor.may(each)))

    def reload_definitions(self) -> Definitions:
        """Load the definitions again, after somebody changed them."""
        # What one thread has read must not replace what another has read after it.
        with self._renewing, self._unchecked() as tx:
            self._sequence = max(self._sequence, changes.latest(tx))
            self._definitions = self._as_seen(definitions.load(tx))
        return self._definitions

    def format_context(self) -> FormatContext:
        """What reading and showing answers depends on, now."""
        return format_context_of(self, self._definitions, self.now())

    def changes_since(self, sequence: int) -> list[changes.Change]:
        """What moved in this workspace after `sequence`, oldest first."""
        with self._unchecked() as tx:
            return changes.since(tx, sequence)

    def latest_change(self) -> int:
        """The sequence of the newest change."""
        with self._unchecked() as tx:
            return changes.latest(tx)

    def watch(self) -> Watch:
        """What says, at next to no cost, whether anybody has written to the store since it was last asked."""
        return self.store.watch()

    def close(self) -> None:
        """Close the store. A sign-in that was made for this session alone ends."""
        proven = self.proven
        if proven is not None and proven.token:
            # Where that cannot be written it expires by itself, and nobody has its token.
            with suppress(LeadtuiError), self.store.write() as connection:
                sign_ins.end(connection, proven.sign_in_id, self.now())
        self.store.close()

    def _require_signed_in(self, connection: Connection) -> None:
        secured, sign_in = sign_ins.standing(connection, self.sign_in_id)
        if self.sign_in_id is None:
            if secured:
                raise SignedOut(
                    _("This store asks for a password from now on; start leadtui again and sign in.")
                )
        elif sign_in is None or sign_in.user_id != self.actor_id:
            raise signed_out()
        else:
            sign_in.require_open(self.now())

    def _begin(self, connection: Connection, needs: Sequence[Need]) -> Transaction:
        self._require_signed_in(connection)
        tx = Transaction(connection, self, self._renewed(WorkspaceConnection(connection, self.workspace.id)))
        tx.require(*needs)
        return tx

    def _as_seen(self, known: Definitions) -> Definitions:
        """What is defined, for the person: with how far they reach each field."""
        person = known.colleague(self.actor_id)
        return (
            known
            if person is None
            else replace(known, sight=acting(self.actor_id, self.seen_as, known).fields)
        )

    def _renewed(self, tx: WorkspaceConnection) -> Definitions:
        """The definitions as they stand in this transaction, or newer; they are loaded again only where they moved."""
        latest = changes.latest(tx)
        with self._renewing:
            # A view of the store may be older than what another thread has loaded since.
            if latest > self._sequence:
                if changes.redefined(tx, self._sequence):
                    self._definitions = self._as_seen(definitions.load(tx))
                self._sequence = latest
            return self._definitions

    @contextmanager
    def _unchecked(self) -> Generator[WorkspaceConnection]:
        """For what says nothing of any lead, and is asked also for somebody who is to learn that they may no longer."""
        with self.store.read() as connection:
            yield WorkspaceConnection(connection, self.workspace.id)
