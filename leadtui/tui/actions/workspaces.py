"""The person's workspaces at the desk: going to one, adding one, giving it another name, closing it, opening it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from leadtui.domain.permission import Permission
from leadtui.domain.workspace import OwnWorkspace, WorkspaceKind
from leadtui.errors import Invalid, InvalidAnswers, LeadtuiError, Unconfirmed
from leadtui.language.territory import region_of, region_of_zone, region_title
from leadtui.language.text import brief
from leadtui.language.translate import _, base_language
from leadtui.services.session import Session
from leadtui.services.templates import list_templates, load_template, own_zone
from leadtui.services.workspace import change_workspace, template_for
from leadtui.services.workspaces import (
    ListedWorkspace,
    add_workspace,
    close_workspace,
    list_workspaces,
    reopen_workspace,
)
from leadtui.tui.action_runner import ActionRunner, NotPossible
from leadtui.tui.dialogs.workspaces_dialog import (
    NewWorkspace,
    NewWorkspaceDialog,
    WorkspaceDeed,
    WorkspacesDialog,
    WorkspaceTitleDialog,
)


async def choose_workspace(actions: ActionRunner, session: Session) -> int | None:
    """Show the menu until the person goes to another workspace, whose id it is, or stays.

    Raises NotPossible where there is neither another one nor anything that the person may do to this one.
    """
    at, said, reason = session.workspace.id, "", ""
    while True:
        listed = _shown(await actions.read(partial(list_workspaces, session)))
        may_add = session.actor.may(Permission.BACK_UP)
        if len(listed) == 1 and not (may_add or _may_change(listed[0].workspace)):
            raise NotPossible(_("You work in this workspace alone; the owner of another invites you to it."))
        wish = await actions.ask(WorkspacesDialog(listed, at, said, reason, may_add=may_add))
        if wish is None:
            return None
        if wish.deed is WorkspaceDeed.GO:
            return wish.workspace.id
        at, said, reason = wish.workspace.id, "", ""
        try:
            match wish.deed:
                case WorkspaceDeed.ADD:
                    added = await _add(actions, session)
                    if added is not None:
                        at, said = added.id, _added_words(added)
                case WorkspaceDeed.RENAME:
                    said = await _rename(actions, session, wish.workspace)
                case WorkspaceDeed.CLOSE:
                    if await _close(actions, session, wish.workspace):
                        return None  # the desk finds out, and goes on in another
                    said = _("“{title}” is closed.").format(title=brief(wish.workspace.title, 40))
                case WorkspaceDeed.REOPEN:
                    there = await actions.read(partial(session.entered, at, closed=True))
                    await actions.write(partial(reopen_workspace, there))
                    said = _("“{title}” is open.").format(title=brief(wish.workspace.title, 40))
        except Unconfirmed:
            pass  # who leaves the question has changed nothing
        except LeadtuiError as error:
            reason = str(error)


def _shown(listed: Sequence[ListedWorkspace]) -> tuple[ListedWorkspace, ...]:
    """Those in which the person can work, and closed ones that they may open again."""
    return tuple(
        each
        for each in listed
        if not each.workspace.closed or Permission.CLOSE_WORKSPACE in each.workspace.permissions
    )


def _may_change(own: OwnWorkspace) -> bool:
    return not own.permissions.isdisjoint({Permission.CHANGE_WORKSPACE, Permission.CLOSE_WORKSPACE})


async def _add(actions: ActionRunner, session: Session) -> OwnWorkspace | None:
    """Ask what the new one is like until it can be added; None where the person leaves."""
    templates = await actions.read(list_templates)
    region = region_of_zone(own_zone()) or session.workspace.region
    begun = NewWorkspace(
        country=region_title(region, session.language), language=base_language(session.language)
    )
    problems: Sequence[Invalid] = ()
    while (typed := await actions.ask(NewWorkspaceDialog(templates, begun, problems))) is not None:
        begun = typed
        try:
            return await actions.write(partial(_added, session, typed))
        except InvalidAnswers as wrong:
            problems = wrong.problems
        except Invalid as wrong:
            problems = (wrong,)
    return None


def _added(session: Session, typed: NewWorkspace) -> OwnWorkspace:
    business = typed.kind is WorkspaceKind.BUSINESS
    begun = template_for(
        load_template(typed.template),
        typed.title,
        region_of(typed.country) or typed.country,
        typed.language,
        typed.kind,
        (typed.registered_name, typed.registered_number) if business else ("", ""),
    )
    return add_workspace(session, begun)


def _added_words(added: OwnWorkspace) -> str:
    words = _("“{title}” is there, and you are its owner.")
    return words.format(title=brief(added.title, 40))


async def _rename(actions: ActionRunner, session: Session, own: OwnWorkspace) -> str:
    """Ask for another name until it can be kept; says what was done, nothing where the person leaves."""
    there = await _there(actions, session, own)
    title, reason = own.title, ""
    while (typed := await actions.ask(WorkspaceTitleDialog(title, reason))) is not None:
        before = there.reload_definitions().workspace
        try:
            await actions.write(partial(change_workspace, there, replace(before, title=typed), before))
        except Invalid as wrong:
            title, reason = typed, str(wrong)
        else:
            return _("It is called “{title}” now.").format(title=brief(there.workspace.title, 40))
    return ""


async def _close(actions: ActionRunner, session: Session, own: OwnWorkspace) -> bool:
    """Close it; returns whether it is the one that is shown. Raises Unconfirmed where the person leaves the question."""
    there = await _there(actions, session, own)
    await actions.write(partial(close_workspace, there))
    return there is session


async def _there(actions: ActionRunner, session: Session, own: OwnWorkspace) -> Session:
    """The person's session in that workspace."""
    here = own.id == session.workspace.id
    return session if here else await actions.read(partial(session.entered, own.id))
