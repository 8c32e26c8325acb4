"""The several workspaces of one store: which a person has, adding one, closing one, and what is due in the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from leadtui.domain.audit import workspace_made
from leadtui.domain.permission import OWNER_PROFILE, Permission
from leadtui.domain.reminder import MISSED_AFTER
from leadtui.domain.signing_in import signed_out
from leadtui.domain.workspace import OwnWorkspace, Template
from leadtui.errors import Refused, Unconfirmed
from leadtui.language.text import search_key
from leadtui.language.translate import _, counted, ngettext
from leadtui.services.confirming import what_confirms
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.services.workspace import clean_workspace, require_free_title
from leadtui.store import audit, definitions, reminders, sign_ins, workspaces
from leadtui.store.connection import WorkspaceConnection


@dataclass(frozen=True, slots=True)
class ListedWorkspace:
    """A workspace in which the person works, with how many of their reminders are due there, and missed."""

    workspace: OwnWorkspace
    here: bool
    """Whether it is the one that is shown."""
    due: int = 0
    missed: int = 0
    new: tuple[int, ...] = ()
    """The ids of those reminders that no terminal has shown yet."""


def list_workspaces(session: Session) -> tuple[ListedWorkspace, ...]:
    """The workspaces in which the person works, by their titles, closed ones last."""
    with session.read() as tx:
        own = workspaces.of_person(tx.connection, tx.actor.id)
        listed = [_listed(tx, each) for each in own]
    return tuple(sorted(listed, key=lambda each: each.workspace.closed))


def mark_shown_elsewhere(session: Session, told: Sequence[ListedWorkspace]) -> None:
    """Note that a terminal has told of the new reminders of other workspaces: only the first one rings for them."""
    with session.write() as tx:
        own = {each.id for each in workspaces.of_person(tx.connection, tx.actor.id)}
        for each in told:
            if each.workspace.id in own and each.new:
                there = WorkspaceConnection(tx.connection, each.workspace.id)
                mine = {due.id for due in reminders.due_of_owner(there, tx.actor.id, tx.now)}
                reminders.mark_rung(there, [new for new in each.new if new in mine], tx.now)


def add_workspace(session: Session, template: Template) -> OwnWorkspace:
    """Add a workspace to the store from a template, whose owner is the person.

    Raises Refused as `require_whole_store`, InvalidAnswers and Invalid beside what is wrong of the template's workspace.
    """
    cleaned = clean_workspace(template.workspace)
    with session.write(Permission.BACK_UP) as tx:
        require_whole_store(tx)
        require_free_title(tx, cleaned.title)
        made = replace(template, workspace=cleaned)
        workspace_id = definitions.create_workspace(tx.connection, made, tx.now)
        there = WorkspaceConnection(tx.connection, workspace_id)
        definitions.add_colleague(there, tx.actor.name, tx.actor.email, OWNER_PROFILE, tx.now)
        made_there = definitions.load(there).workspace
        told = [workspace_made(made_there)]
        audit.append(there, tx.now, tx.actor.id, tx.actor.name, told, tx.session.sign_in_id)
        tx.audit(workspace_made(made_there))  # where it was done from, too
        own = workspaces.of_person(tx.connection, tx.actor.id)
    return next(each for each in own if each.id == workspace_id)


def close_workspace(session: Session) -> None:
    """Close the workspace of the session: nobody works in it, nothing of it is lost.

    Who may change it can still look things up in it, by naming it. Raises Unconfirmed where nobody has typed its title,
    Refused where it is the only one that is open.
    """
    with session.write(Permission.CLOSE_WORKSPACE) as tx:
        title = tx.workspace.title
        if workspaces.open_ids(tx.connection) == frozenset({tx.workspace_id}):
            raise Refused(
                _(
                    "“{title}” is the only open workspace of this store; add another before it is closed."
                ).format(title=title)
            )
        if search_key(what_confirms()) != search_key(title):
            raise _unconfirmed(tx)
        workspaces.set_closed(tx, tx.now)
    session.reload_definitions()


def reopen_workspace(session: Session) -> None:
    """Open the workspace of the session again, as it was when it was closed."""
    with session.write(Permission.CLOSE_WORKSPACE, reopens=True) as tx:
        if tx.workspace.closed:
            workspaces.set_closed(tx, None)
    session.reload_definitions()


def due_elsewhere(session: Session) -> frozenset[tuple[int, int]]:
    """The reminders that are due in the person's other workspaces, each by the ids of the workspace and its own.

    Also where the sign-in is locked, for they ring then: nothing else is told of them. Raises SignedOut where it has ended.
    """
    found: set[tuple[int, int]] = set()
    with session.store.read() as connection:
        _secured, sign_in = sign_ins.standing(connection, session.sign_in_id)
        if session.sign_in_id is not None and (sign_in is None or not sign_in.is_live(session.now())):
            raise signed_out()
        for each in workspaces.of_person(connection, session.actor_id):
            if not (
                each.closed
                or each.id == session.workspace.id
                or Permission.SEE_CARTABLE not in each.permissions
            ):
                there = WorkspaceConnection(connection, each.id)
                due = reminders.due_of_owner(there, session.actor_id, session.now())
                found |= {(each.id, one.id) for one in due}
    return frozenset(found)


def require_whole_store(tx: Transaction) -> None:
    """Raises Refused where what concerns all workspaces of the store is not the person's.

    It is the administrator's of a store that has one, and else of who may do it in every workspace.
    """
    info = sign_ins.store_info(tx.connection)
    if info.secured_at is not None and info.administrator_id is not None:
        if info.administrator_id != tx.actor.id:
            raise Refused(
                _(
                    "That concerns every workspace of this store, and is its administrator's; ask them to do it."
                )
            )
        return
    own = workspaces.of_person(tx.connection, tx.actor.id)
    theirs = {each.id for each in own if Permission.BACK_UP in each.permissions}
    if definitions.workspaces(tx.connection).keys() - theirs:
        raise Refused(
            _(
                "That concerns every workspace of this store, and you may not do it in all of them "
                "({permission}); ask who may."
            ).format(permission=Permission.BACK_UP.value)
        )


def _unconfirmed(tx: Transaction) -> Unconfirmed:
    title = tx.workspace.title
    others = sum(each.id != tx.actor.id for each in tx.definitions.active_colleagues)
    words = _("This closes “{title}”. Nothing of it is lost, and it can be opened again.")
    if others:
        words = ngettext(
            "This closes “{title}” for you and {n} colleague. Nothing of it is lost, and it can be opened again.",
            "This closes “{title}” for you and {n} colleagues. Nothing of it is lost, and it can be opened again.",
            others,
        )
    about = words.format(title=title, n=counted(others))
    to_do = _("To close it, type its name: {title}").format(title=title)
    return Unconfirmed(f"{about} {to_do}", about, title)


def _listed(tx: Transaction, each: OwnWorkspace) -> ListedWorkspace:
    if each.closed or Permission.SEE_CARTABLE not in each.permissions:
        return ListedWorkspace(each, each.id == tx.workspace_id)
    there = WorkspaceConnection(tx.connection, each.id)
    due = reminders.due_of_owner(there, tx.actor.id, tx.now)
    return ListedWorkspace(
        each,
        each.id == tx.workspace_id,
        len(due),
        sum((one.rung_at or tx.now) - one.due > MISSED_AFTER for one in due),
        tuple(one.id for one in due if one.rung_at is None),
    )
