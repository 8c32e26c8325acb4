"""What a workspace has defined: statuses, fields, channels, needs, profiles and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, update

from leadtui.domain.distribution import DistributionRule, RuleWords
from leadtui.domain.field import Field, FieldKind
from leadtui.domain.field_rights import rights_of
from leadtui.domain.permission import Profile, grant_names, granted_profile, read_grants
from leadtui.domain.playbook import NO_PLAYBOOK, OPENING
from leadtui.domain.retry import NO_RETRY, RetryPace, RetryRule
from leadtui.domain.signing_in import PersonKind
from leadtui.domain.status import CartableRule, EscalationRule, ReminderRule, Status, StatusKind
from leadtui.domain.team import Team
from leadtui.domain.workspace import (
    Channel,
    Colleague,
    Definitions,
    MemberState,
    Need,
    Template,
    Workspace,
    WorkspaceKind,
)
from leadtui.language.calendar import Calendar
from leadtui.store import case_kinds, changes, finding, outbox, playbooks, tables
from leadtui.store.connection import WorkspaceConnection, insert_row
from leadtui.store.search_keys import sort_anew


def workspaces(connection: Connection) -> dict[int, str]:
    """The titles of the store's workspaces, by their ids."""
    workspace = tables.workspace.c
    rows = connection.execute(select(workspace.id, workspace.title).order_by(workspace.id))
    return {row.id: row.title for row in rows}


def load(tx: WorkspaceConnection) -> Definitions:
    """Everything defined, retired things included, in order of position. Raises StoreError where it cannot be read."""
    try:
        return _load(tx)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        # A word that no kind or rule has, a list of permissions that is none.
        raise tx.backend.damaged() from error


def _load(tx: WorkspaceConnection) -> Definitions:
    row = tx.connection.execute(
        select(tables.workspace).where(tables.workspace.c.id == tx.workspace_id)
    ).one()
    fields, books = _fields(tx), playbooks.current(tx)
    return Definitions(
        workspace=Workspace(
            id=row.id,
            title=row.title,
            language=row.language,
            calendar=Calendar(row.calendar),
            region=row.region,
            zone=row.zone,
            currency=row.currency,
            hours=row.hours,
            windows=row.windows,
            holidays=tuple(map(str, row.holidays)),
            call_gap=row.call_gap,
            idle_lock=row.idle_lock,
            sign_in_days=row.sign_in_days,
            week_start=row.week_start,
            kind=WorkspaceKind(row.kind),
            registered_name=row.registered_name,
            registered_number=row.registered_number,
            closed=row.closed_at is not None,
        ),
        statuses=_statuses(tx, fields),
        fields=tuple(each for each in fields if each.status_id is None),
        channels=tuple(Channel(*each) for each in _named(tx, tables.channel)),
        needs=tuple(
            Need(*each, playbook=books.get(each[1], NO_PLAYBOOK)) for each in _named(tx, tables.need)
        ),
        colleagues=_colleagues(tx),
        profiles=_profiles(tx),
        teams=teams(tx.connection, tx.workspace_id),
        rules=_rules(tx),
        case_kinds=case_kinds.all_kinds(tx),
        opening=books.get(OPENING, NO_PLAYBOOK),
        texts=outbox.texts(tx),
    )


def made_at(tx: WorkspaceConnection) -> datetime:
    """When the workspace was made, aware UTC: what tells it from those of other stores."""
    made = tables.workspace.c
    return tx.connection.execute(select(made.created_at).where(made.id == tx.workspace_id)).scalar_one()


def create_workspace(connection: Connection, template: Template, at: datetime) -> int:
    """Write a workspace with the template's definitions and first profiles; return its id."""
    base = template.workspace
    workspace_id = insert_row(
        connection,
        tables.workspace,
        title=base.title,
        language=base.language,
        calendar=base.calendar.value,
        region=base.region,
        zone=base.zone,
        currency=base.currency,
        hours=base.hours,
        windows=base.windows,
        holidays=list(base.holidays),
        call_gap=base.call_gap,
        idle_lock=base.idle_lock,
        sign_in_days=base.sign_in_days,
        week_start=base.week_start,
        kind=base.kind.value,
        registered_name=base.registered_name,
        registered_number=base.registered_number,
        created_at=at,
    )
    for profile in template.first_profiles:
        insert_row(
            connection,
            tables.profile,
            workspace_id=workspace_id,
            key=profile.key,
            title=profile.title,
            permissions=sorted(grant_names(profile)),
            fields=profile.fields.told(),
        )
    tx = WorkspaceConnection(connection, workspace_id)
    for position, status in enumerate(template.statuses):
        add_status(tx, replace(status, position=position))
    for position, each in enumerate(template.all_fields):
        add_field(tx, replace(each, position=position, status_id=None))
    for position, channel in enumerate(template.channels):
        add_channel(tx, channel.key, channel.title, position)
    for position, need in enumerate(template.needs):
        add_need(tx, need.key, need.title, position)
    for owner, book in ((OPENING, template.opening), *((each.key, each.playbook) for each in template.needs)):
        if book:
            playbooks.add_version(tx, owner, book, None, at)
    for position, rule in enumerate(template.rules):
        save_rule(tx, replace(rule, position=position))
    for position, each in enumerate(template.texts):
        outbox.save_text(tx, replace(each, position=position))
    for position, kind in enumerate(template.case_kinds):
        case_kinds.save(tx, replace(kind, position=position))
    return workspace_id


def add_status(tx: WorkspaceConnection, status: Status) -> int:
    """Write a status and its fields; return its id."""
    status_id = insert_row(
        tx.connection,
        tables.status,
        workspace_id=tx.workspace_id,
        key=status.key,
        title=status.title,
        glyph=status.glyph,
        colour=status.colour,
        position=status.position,
        kind=status.kind.value,
        cartable=status.cartable.value,
        reminder=status.reminder.value,
        owner_title=status.owner_title,
        retired=status.retired,
        retry=_retry_to_json(status.retry),
        escalation=asdict(status.escalation),
    )
    for position, each in enumerate(status.fields):
        add_field(tx, replace(each, position=position, status_id=status_id))
    changes.record(tx, "status", [status_id])
    return status_id


def add_field(tx: WorkspaceConnection, definition: Field) -> int:
    """Write a lead field, or a status's own where it names one; return its id."""
    field_id = insert_row(
        tx.connection,
        tables.field,
        workspace_id=tx.workspace_id,
        status_id=definition.status_id,
        key=definition.key,
        title=definition.title,
        kind=definition.kind.value,
        options=list(definition.options),
        required=definition.required,
        position=definition.position,
        retired=definition.retired,
        found_by=definition.found_by,
        playbook=definition.playbook,
    )
    changes.record(tx, "field", [field_id])
    return field_id


def add_channel(tx: WorkspaceConnection, key: str, title: str, position: int) -> int:
    """Write an entry channel; return its id."""
    channel_id = insert_row(
        tx.connection, tables.channel, workspace_id=tx.workspace_id, key=key, title=title, position=position
    )
    changes.record(tx, "channel", [channel_id])
    return channel_id


def add_need(tx: WorkspaceConnection, key: str, title: str, position: int) -> int:
    """Write a need; return its id."""
    need_id = insert_row(
        tx.connection, tables.need, workspace_id=tx.workspace_id, key=key, title=title, position=position
    )
    changes.record(tx, "need", [need_id])
    return need_id


def add_colleague(
    tx: WorkspaceConnection,
    name: str,
    email: str,
    profile_key: str,
    at: datetime,
    *,
    state: MemberState = MemberState.ACTIVE,
    by: int | None = None,
) -> int:
    """Make a person a member with a profile, called `name` here; return the user id.

    A person known by e-mail is the same person, whose names in other workspaces stay.
    """
    user_id = tx.connection.execute(select(tables.user.c.id).where(tables.user.c.email == email)).scalar()
    if user_id is None:
        user_id = insert_row(tx.connection, tables.user, name=name, email=email, created_at=at)
    profile_id = tx.connection.execute(
        select(tables.profile.c.id).where(
            tables.profile.c.workspace_id == tx.workspace_id, tables.profile.c.key == profile_key
        )
    ).scalar_one()
    insert_row(
        tx.connection,
        tables.membership,
        workspace_id=tx.workspace_id,
        user_id=user_id,
        profile_id=profile_id,
        name=name,
        state=state.value,
        since=at,
        state_by=by,
    )
    changes.record(tx, "membership", [user_id])
    return user_id


def _named(tx: WorkspaceConnection, table: Table) -> list[tuple[int, str, str, int, bool]]:
    named = table.c
    rows = tx.connection.execute(
        select(named.id, named.key, named.title, named.position, named.retired)
        .where(named.workspace_id == tx.workspace_id)
        .order_by(named.position, named.id)
    )
    return [(row.id, row.key, row.title, row.position, row.retired) for row in rows]


def _fields(tx: WorkspaceConnection) -> tuple[Field, ...]:
    rows = tx.connection.execute(
        select(tables.field)
        .where(tables.field.c.workspace_id == tx.workspace_id)
        .order_by(tables.field.c.position, tables.field.c.id)
    )
    return tuple(
        Field(
            id=row.id,
            key=row.key,
            title=row.title,
            kind=FieldKind(row.kind),
            options=tuple(row.options),
            required=row.required,
            position=row.position,
            status_id=row.status_id,
            retired=row.retired,
            found_by=row.found_by,
            playbook=row.playbook,
        )
        for row in rows
    )


def _statuses(tx: WorkspaceConnection, fields: tuple[Field, ...]) -> tuple[Status, ...]:
    rows = tx.connection.execute(
        select(tables.status)
        .where(tables.status.c.workspace_id == tx.workspace_id)
        .order_by(tables.status.c.position, tables.status.c.id)
    )
    return tuple(
        Status(
            id=row.id,
            key=row.key,
            title=row.title,
            glyph=row.glyph,
            colour=row.colour,
            position=row.position,
            kind=StatusKind(row.kind),
            cartable=CartableRule(row.cartable),
            reminder=ReminderRule(row.reminder),
            owner_title=row.owner_title,
            fields=tuple(each for each in fields if each.status_id == row.id),
            retired=row.retired,
            retry=_retry_from_json(row.retry),
            escalation=EscalationRule(**row.escalation),
        )
        for row in rows
    )


def _retry_to_json(rule: RetryRule) -> dict[str, Any]:
    return asdict(rule) if rule else {}


def _retry_from_json(kept: dict[str, Any]) -> RetryRule:
    """The rule; none where nothing is kept, as in stores that are older than rules."""
    return replace(RetryRule(**kept), pace=RetryPace(kept["pace"])) if kept else NO_RETRY


def _colleagues(tx: WorkspaceConnection) -> tuple[Colleague, ...]:
    rows = tx.connection.execute(
        select(
            tables.user.c.id,
            tables.membership.c.name,
            tables.user.c.email,
            tables.user.c.kind,
            tables.profile.c.key,
            tables.profile.c.permissions,
            tables.profile.c.fields,
            tables.membership.c.state,
            tables.membership.c.since,
            tables.membership.c.state_by,
        )
        .join(tables.membership, tables.membership.c.user_id == tables.user.c.id)
        .join(tables.profile, tables.profile.c.id == tables.membership.c.profile_id)
        .where(tables.membership.c.workspace_id == tx.workspace_id)
        .order_by(tables.membership.c.name, tables.user.c.id)
    ).all()
    granted = {kept: read_grants(kept) for kept in {tuple(row.permissions) for row in rows}}
    return tuple(
        Colleague(
            row.id,
            row.name,
            row.email,
            row.key,
            *granted[tuple(row.permissions)],
            state=MemberState(row.state),
            kind=PersonKind(row.kind),
            since=row.since,
            by=row.state_by,
            fields=rights_of(row.fields),
        )
        for row in rows
    )


def _profiles(tx: WorkspaceConnection) -> tuple[Profile, ...]:
    """In the order in which they were made, the ready ones first."""
    rows = tx.connection.execute(
        select(tables.profile)
        .where(tables.profile.c.workspace_id == tx.workspace_id)
        .order_by(tables.profile.c.id)
    )
    return tuple(
        granted_profile(Profile(row.id, row.key, row.title, fields=rights_of(row.fields)), row.permissions)
        for row in rows
    )


def teams(connection: Connection, workspace_id: int) -> tuple[Team, ...]:
    """The teams of a workspace, in the order in which they were made."""
    row = tables.team.c
    rows = connection.execute(select(tables.team).where(row.workspace_id == workspace_id).order_by(row.id))
    return tuple(Team(each.id, each.key, each.title, each.lead_id, tuple(each.members)) for each in rows)


def _rules(tx: WorkspaceConnection) -> tuple[DistributionRule, ...]:
    row = tables.distribution_rule.c
    rows = tx.connection.execute(
        select(tables.distribution_rule)
        .where(row.workspace_id == tx.workspace_id)
        .order_by(row.position, row.id)
    )
    return tuple(
        DistributionRule(each.id, each.key, each.title, _rule_words(each.words), each.position, each.retired)
        for each in rows
    )


def _rule_words(kept: dict[str, Any]) -> RuleWords:
    words = RuleWords(**kept)
    return replace(words, among=tuple(words.among))


DEFINED: dict[str, Table] = {
    "status": tables.status,
    "field": tables.field,
    "channel": tables.channel,
    "need": tables.need,
    "distribution_rule": tables.distribution_rule,
    "message_text": tables.message_text,
    "case_kind": tables.case_kind,
}
"""The tables whose rows have a position and can be retired, by the name under which changes are told."""


def save_status(tx: WorkspaceConnection, status: Status) -> int:
    """Write a new status (id 0) at the end, or a changed one with its fields in place; return its id."""
    if not status.id:
        position = next_position(tx, "status")
        return add_status(tx, replace(status, position=position))
    row = tables.status.c
    tx.connection.execute(
        update(tables.status)
        .where(row.workspace_id == tx.workspace_id, row.id == status.id)
        .values(
            title=status.title,
            glyph=status.glyph,
            colour=status.colour,
            kind=status.kind.value,
            cartable=status.cartable.value,
            reminder=status.reminder.value,
            owner_title=status.owner_title,
            retry=_retry_to_json(status.retry),
            escalation=asdict(status.escalation),
        )
    )
    for position, each in enumerate(status.fields):
        save_field(tx, replace(each, status_id=status.id, position=position))
    changes.record(tx, "status", [status.id])
    return status.id


def save_field(tx: WorkspaceConnection, field: Field) -> int:
    """Write a new field (id 0) or a changed one, at its position; return its id."""
    if not field.id:
        return add_field(tx, field)
    row = tables.field.c
    if field.status_id is None and _finding(tx, field.id) != (
        field.found_by and not field.retired,
        field.kind,
    ):
        finding.ask_to_find_anew(tx)
    tx.connection.execute(
        update(tables.field)
        .where(row.workspace_id == tx.workspace_id, row.id == field.id)
        .values(
            title=field.title,
            kind=field.kind.value,
            options=list(field.options),
            required=field.required,
            position=field.position,
            retired=field.retired,
            found_by=field.found_by,
            playbook=field.playbook,
        )
    )
    changes.record(tx, "field", [field.id])
    return field.id


def _finding(tx: WorkspaceConnection, field_id: int) -> tuple[bool, FieldKind]:
    """Whether customers are found by what they have in the field, and of which kind that is."""
    row = tables.field.c
    found_by, retired, kind = tx.connection.execute(
        select(row.found_by, row.retired, row.kind).where(
            row.workspace_id == tx.workspace_id, row.id == field_id
        )
    ).one()
    return found_by and not retired, FieldKind(kind)


def save_rule(tx: WorkspaceConnection, rule: DistributionRule) -> int:
    """Write a new rule of distribution (id 0) or a changed one, at its position; return its id."""
    row = tables.distribution_rule.c
    values = {"title": rule.title, "words": asdict(rule.words), "position": rule.position}
    rule_id = rule.id
    if rule_id:
        tx.connection.execute(
            update(tables.distribution_rule)
            .where(row.workspace_id == tx.workspace_id, row.id == rule_id)
            .values(**values)
        )
    else:
        rule_id = insert_row(
            tx.connection,
            tables.distribution_rule,
            workspace_id=tx.workspace_id,
            key=rule.key,
            retired=rule.retired,
            **values,
        )
    changes.record(tx, "distribution_rule", [rule_id])
    return rule_id


def remove_rule(tx: WorkspaceConnection, rule_id: int) -> None:
    """Delete a rule of distribution; what it gave says its title still."""
    row = tables.distribution_rule.c
    tx.connection.execute(
        delete(tables.distribution_rule).where(row.workspace_id == tx.workspace_id, row.id == rule_id)
    )
    changes.record(tx, "distribution_rule", [rule_id])


def save_workspace(tx: WorkspaceConnection, workspace: Workspace) -> None:
    """Write what a workspace is called and how it writes; where its language is another, its customers are sorted anew."""
    spoken = WorkspaceConnection(tx.connection, tx.workspace_id).language
    tx.connection.execute(
        update(tables.workspace)
        .where(tables.workspace.c.id == tx.workspace_id)
        .values(
            title=workspace.title,
            language=workspace.language,
            calendar=workspace.calendar.value,
            region=workspace.region,
            zone=workspace.zone,
            currency=workspace.currency,
            hours=workspace.hours,
            windows=workspace.windows,
            holidays=list(workspace.holidays),
            call_gap=workspace.call_gap,
            idle_lock=workspace.idle_lock,
            sign_in_days=workspace.sign_in_days,
            week_start=workspace.week_start,
            kind=workspace.kind.value,
            registered_name=workspace.registered_name,
            registered_number=workspace.registered_number,
        )
    )
    changes.record(tx, "workspace", [tx.workspace_id])
    if workspace.language != spoken:
        sort_anew(WorkspaceConnection(tx.connection, tx.workspace_id, workspace.language))
        changes.record(tx, "lead", [changes.WHOLE_TABLE])


def rename(tx: WorkspaceConnection, table: str, row_id: int, title: str) -> None:
    """Give a channel or a need another title; its key stays."""
    row = DEFINED[table].c
    tx.connection.execute(
        update(DEFINED[table])
        .where(row.workspace_id == tx.workspace_id, row.id == row_id)
        .values(title=title)
    )
    changes.record(tx, table, [row_id])


def set_retired(tx: WorkspaceConnection, table: str, row_id: int, *, retired: bool) -> None:
    """Take a definition out of use, or back into it; nobody is found by a field that is out of use."""
    row = DEFINED[table].c
    if table == "field" and tx.connection.execute(select(row.found_by).where(row.id == row_id)).scalar():
        finding.ask_to_find_anew(tx)
    tx.connection.execute(
        update(DEFINED[table])
        .where(row.workspace_id == tx.workspace_id, row.id == row_id)
        .values(retired=retired)
    )
    changes.record(tx, table, [row_id])


def reorder(tx: WorkspaceConnection, table: str, row_ids: Sequence[int]) -> None:
    """Let the rows stand in this order."""
    row = DEFINED[table].c
    for position, row_id in enumerate(row_ids):
        tx.connection.execute(
            update(DEFINED[table])
            .where(row.workspace_id == tx.workspace_id, row.id == row_id)
            .values(position=position)
        )
    changes.record(tx, table, row_ids)


def next_position(tx: WorkspaceConnection, table: str) -> int:
    """The position after the last."""
    row = DEFINED[table].c
    last = tx.connection.execute(
        select(func.max(row.position)).where(row.workspace_id == tx.workspace_id)
    ).scalar()
    return 0 if last is None else last + 1


def set_membership(tx: WorkspaceConnection, user_id: int, name: str, profile_key: str) -> None:
    """Change what a colleague is called in this workspace, and their profile."""
    profile, membership = tables.profile.c, tables.membership.c
    profile_id = tx.connection.execute(
        select(profile.id).where(profile.workspace_id == tx.workspace_id, profile.key == profile_key)
    ).scalar_one()
    tx.connection.execute(
        update(tables.membership)
        .where(membership.workspace_id == tx.workspace_id, membership.user_id == user_id)
        .values(profile_id=profile_id, name=name)
    )
    changes.record(tx, "membership", [user_id])


def set_state(
    tx: WorkspaceConnection, user_id: int, state: MemberState, at: datetime, by: int | None
) -> None:
    """Change how a colleague stands in this workspace: since that moment (aware UTC), by whom. Who is gone is in no team."""
    membership = tables.membership.c
    tx.connection.execute(
        update(tables.membership)
        .where(membership.workspace_id == tx.workspace_id, membership.user_id == user_id)
        .values(state=state.value, since=at, state_by=by)
    )
    changes.record(tx, "membership", [user_id])
    if state is MemberState.GONE:
        for each in teams(tx.connection, tx.workspace_id):
            if user_id in each.people:
                save_team(tx, _without(each, user_id))


def _without(team: Team, user_id: int) -> Team:
    return replace(
        team,
        lead_id=None if team.lead_id == user_id else team.lead_id,
        members=tuple(each for each in team.members if each != user_id),
    )


def save_team(tx: WorkspaceConnection, team: Team) -> int:
    """Write a new team (id 0) or a changed one; return its id."""
    row = tables.team.c
    values = {"title": team.title, "lead_id": team.lead_id, "members": list(team.members)}
    team_id = team.id
    if team_id:
        tx.connection.execute(
            update(tables.team).where(row.workspace_id == tx.workspace_id, row.id == team_id).values(**values)
        )
    else:
        team_id = insert_row(tx.connection, tables.team, workspace_id=tx.workspace_id, key=team.key, **values)
    changes.record(tx, "team", [team_id])
    return team_id


def remove_team(tx: WorkspaceConnection, team_id: int) -> None:
    """Delete a team; its people stay."""
    row = tables.team.c
    tx.connection.execute(delete(tables.team).where(row.workspace_id == tx.workspace_id, row.id == team_id))
    changes.record(tx, "team", [team_id])


def save_profile(tx: WorkspaceConnection, profile: Profile) -> int:
    """Write a new profile (id 0) or a changed one; return its id."""
    row = tables.profile.c
    granted = sorted(grant_names(profile))
    profile_id = profile.id
    if profile_id:
        tx.connection.execute(
            update(tables.profile)
            .where(row.workspace_id == tx.workspace_id, row.id == profile_id)
            .values(title=profile.title, permissions=granted, fields=profile.fields.told())
        )
    else:
        profile_id = insert_row(
            tx.connection,
            tables.profile,
            workspace_id=tx.workspace_id,
            key=profile.key,
            title=profile.title,
            permissions=granted,
            fields=profile.fields.told(),
        )
    changes.record(tx, "profile", [profile_id])
    return profile_id


def remove_profile(tx: WorkspaceConnection, profile_id: int) -> None:
    """Delete a profile that nobody has."""
    row = tables.profile.c
    tx.connection.execute(
        delete(tables.profile).where(row.workspace_id == tx.workspace_id, row.id == profile_id)
    )
    changes.record(tx, "profile", [profile_id])
