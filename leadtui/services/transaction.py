"""A transaction of a session: everything that a use case reads and writes goes through one."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from leadtui.domain.audit import AuditEvent
from leadtui.domain.do_not_call import Ban
from leadtui.domain.field import FormatContext
from leadtui.domain.lead import Activity, Lead
from leadtui.domain.permission import Permission, Scope
from leadtui.domain.reminder import Reminder
from leadtui.domain.visibility import Owners, Visibility, is_within, visibility_of
from leadtui.domain.workspace import Definitions, Workspace
from leadtui.services.rights import (
    Need,
    acting,
    beyond,
    bounds,
    common_reach,
    not_at_work,
    require,
    seen_colleague,
)
from leadtui.store import audit, leads
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.leads import Held

if TYPE_CHECKING:
    from leadtui.services.session import Session


class Transaction(WorkspaceConnection):
    """A transaction of a session, by somebody who works in the workspace: who acts, what is defined, and at which moment.

    The store's functions take it. All it knows was found out inside of it, so that what somebody else has revoked,
    retired or changed before it began is no longer there.
    """

    __slots__ = ("_bounds", "actor", "definitions", "desk_of", "now", "session", "visibility")

    def __init__(self, connection: Connection, session: Session, definitions: Definitions) -> None:
        """Use `Session.read` or `Session.write`. Raises NotFound where the person no longer works here."""
        super().__init__(connection, definitions.workspace.id, definitions.workspace.language)
        self.session = session
        self.definitions = definitions
        self.actor = acting(session.actor_id, session.seen_as, definitions)
        if not self.actor.active:
            raise not_at_work(self.actor)
        self.desk_of = self.actor.id
        """Whose desk it is: their own, or that of the colleague as whom the person looks around."""
        seen = seen_colleague(session.seen_as, definitions)
        if seen is not None:
            self.desk_of = seen.id
        self._bounds = bounds(session.actor_id, session.seen_as, definitions)
        self.visibility = reduce(
            Visibility.common, (visibility_of(each, definitions) for each in self._bounds)
        )
        self.now = session.now()

    @property
    def workspace(self) -> Workspace:
        """The workspace in which the person works."""
        return self.definitions.workspace

    @property
    def sees_desk(self) -> bool:
        """Whether the person may see what is in the cartable of whose desk it is."""
        return self.desk_of == self.actor.id or self.visibility.can_see(self.desk_of)

    def require(self, *needs: Need) -> None:
        """Raises Refused, naming the permissions, where the person's profile grants none of one of the needs."""
        require(self.actor, needs)

    def require_all(self, *permissions: Permission) -> None:
        """Raises Refused as `require`, and where one is not granted for everybody's customers."""
        self.require(*permissions)
        for each in permissions:
            if self.actor.scope(each) is not Scope.ALL:
                raise beyond(self.actor, each)

    def reach(self, permission: Permission) -> Owners:
        """Those for whose customers the person may do something; while they look around as a colleague, both may."""
        return common_reach(self._bounds, permission, self.definitions)

    def reaches(self, permission: Permission, owner_id: int | None) -> bool:
        """Whether the person may do something to a customer in that person's cartable, or in nobody's."""
        return is_within((owner_id,), self.reach(permission))

    def require_reach(self, permission: Permission, owner_id: int | None) -> None:
        """Raises Refused where the person may not do something to a customer in that person's cartable, or in nobody's."""
        if not self.reaches(permission, owner_id):
            self.require(permission)
            raise beyond(self.actor, permission)

    def audit(self, *events: AuditEvent) -> None:
        """Let the audit tell that the person did this. What changes definitions, people and profiles it tells by itself."""
        audit.append(self, self.now, self.actor.id, self.actor.name, events, self.session.sign_in_id)

    def lead(self, lead_id: int, *actions: Permission) -> Lead:
        """The lead as it is kept, for a step on it that is each of these `actions`.

        Raises NotFound also where the person does not see it, Refused where they may not do that to it.
        """
        lead = leads.get(self, lead_id)
        if not self.visibility.can_see(lead.owner_id):
            raise leads.no_such_lead(lead_id)
        for each in actions:
            self.require_reach(each, lead.owner_id)
        return lead

    def require_taking(self, lead: Lead | Held) -> None:
        """Raises Refused where the lead, once it is in the person's own cartable, would show what is hidden and may not."""
        sees = self.visibility.can_see_numbers
        if sees(self.actor.id) and not sees(lead.owner_id):
            self.require(Permission.TAKE_OVER)

    def show(self, lead: Lead) -> Lead:
        """The lead as the person may see it: what goes out of a service has gone through here."""
        return self.visibility.redact(lead)

    def show_activity(self, activity: Activity, owner_id: int | None) -> Activity:
        """An entry of the timeline of a lead of that owner, as the person may see it."""
        return self.visibility.redact_activity(activity, owner_id)

    def show_ban(self, ban: Ban, owner_id: int | None) -> Ban:
        """Why a lead of that owner must not be rung, as the person may see it."""
        return self.visibility.redact_ban(ban, owner_id)

    def show_reminder(self, reminder: Reminder, owner_id: int | None) -> Reminder:
        """A reminder of a lead of that owner, as the person may see it."""
        return self.visibility.redact_reminder(reminder, owner_id)

    def format_context(self) -> FormatContext:
        """What reading and showing answers depends on, at the moment of the transaction."""
        return format_context_of(self.session, self.definitions, self.now)


def format_context_of(session: Session, definitions: Definitions, now: datetime) -> FormatContext:
    """What reading and showing answers depends on for the person of the session, at a moment (aware UTC)."""
    return FormatContext(
        now=now,
        zone=definitions.workspace.zone,
        region=definitions.workspace.region,
        calendar=session.calendar,
        language=session.language,
        currency=definitions.workspace.currency,
        people=definitions.active_colleagues,
        hours=definitions.workspace.work_hours,
        work=definitions.workspace.work,
        calls=definitions.workspace.calls,
        in_tomans=session.preferences.in_tomans,
        week_start=definitions.workspace.week_start,
    )
