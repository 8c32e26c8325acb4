"""What the desk knows as JSON: stable keys, ids, and moments in ISO 8601 and UTC, whatever the person's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

from leadtui.domain.escalation import Escalated
from leadtui.domain.field import Answer, AnswerValue, Field, FieldKind
from leadtui.domain.lead import Activity, ActivityDetail, Lead, LeadNumber
from leadtui.domain.lead_fields import BuiltInKind, LeadField, lead_fields
from leadtui.domain.permission import Permission, Profile
from leadtui.domain.signing_in import IDLE_AS_USUAL, SignIn
from leadtui.domain.view import AnswerFilter, FieldFilter, LeadFilter, SavedView, custom_key
from leadtui.language.calendar import WEEK_AS_USUAL, weekday_name
from leadtui.language.repetition import kept_text

if TYPE_CHECKING:
    from leadtui.cli.output import Json
    from leadtui.domain.distribution import DistributionRule
    from leadtui.domain.do_not_call import Ban, ListedNumber
    from leadtui.domain.gateway import Gateway
    from leadtui.domain.holiday import Holiday
    from leadtui.domain.invitation import MadeInvitation
    from leadtui.domain.message import Message, MessageText
    from leadtui.domain.proposal import Proposal
    from leadtui.domain.reminder import Reminder
    from leadtui.domain.status import Status
    from leadtui.domain.team import Team
    from leadtui.domain.workspace import Channel, Colleague, Definitions, Need, Workspace
    from leadtui.services.erasing import Erasure
    from leadtui.services.escalating import PassedOn
    from leadtui.services.leads import OpenLead
    from leadtui.services.reminders import ListedReminder
    from leadtui.services.session import Session
    from leadtui.services.signing_in import OneTimeCode
    from leadtui.services.workspaces import ListedWorkspace


def moment_text(at: datetime | None) -> str | None:
    """A moment in ISO 8601, in UTC."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def lead_record(lead: Lead, definitions: Definitions) -> dict[str, Json]:
    """All fields of a customer, the workspace's own under `custom`."""
    return {
        "id": lead.id,
        "version": lead.version,
        "numbers_hidden": lead.numbers_hidden,
        **{
            each.json_key: _field(each, lead, definitions)
            for each in lead_fields(definitions)
            if each.own is None and each.json_key
        },
        "status_at": moment_text(lead.status_at),
        "custom": _custom(lead, definitions),
        **({"answers": _answers(lead, definitions)} if lead.answers else {}),
    }


def open_lead_record(opened: OpenLead, definitions: Definitions) -> dict[str, Json]:
    """A customer with their numbers, timeline (newest first) and pending reminders (earliest first)."""
    return {
        **lead_record(opened.lead, definitions),
        "numbers": [_number(each) for each in opened.lead.numbers],
        "shared_with": [{"id": each.lead_id or None, "name": each.name} for each in opened.sharers],
        "reminders": [reminder_record(each, definitions) for each in opened.pending],
        "do_not_call_because": [ban_record(each, definitions) for each in opened.bans],
        "timeline": [activity_record(each, definitions) for each in opened.timeline],
    }


def activity_record(activity: Activity, definitions: Definitions) -> dict[str, Json]:
    """One entry of a timeline, with only what its kind tells."""
    return {
        "id": activity.id,
        "at": moment_text(activity.at),
        "kind": activity.kind.value,
        **({"undone": True} if activity.undone else {}),
        "actor": person_record(definitions.colleague(activity.actor_id)),
        **_detail(activity.detail, definitions),
        **({} if activity.message is None else {"message": message_record(activity.message)}),
    }


def message_record(message: Message) -> dict[str, Json]:
    """A message of the outbox; `due_at` is when it goes, or is tried again."""
    return {
        "id": message.id,
        "customer": message.lead_id,
        "by": message.filled.medium.value,
        "to": message.recipient,
        "title": message.filled.title,
        "subject": message.filled.subject,
        "text": message.filled.body,
        "state": message.state.value,
        "problem": message.problem.value if message.problem else None,
        "detail": message.detail,
        "queued_at": moment_text(message.queued_at),
        "due_at": moment_text(message.due_at),
        "state_at": moment_text(message.state_at),
        "attempts": message.attempts,
    }


def message_text_record(text: MessageText) -> dict[str, Json]:
    """A text of messages."""
    return {
        "key": text.key,
        "title": text.title,
        "by": text.medium.value,
        "subject": text.subject,
        "text": text.body,
        "retired": text.retired,
    }


def gateway_record(gateway: Gateway) -> dict[str, Json]:
    """A gateway, without its secret."""
    return {
        "by": gateway.medium.value,
        "url": gateway.url,
        "method": gateway.method.value,
        "headers": dict(gateway.headers),
        "body": gateway.body,
        "user": gateway.user,
        "statuses": gateway.statuses,
        "path": gateway.path,
        "match": gateway.match,
        "key_header": gateway.key_header,
        "key_hours": gateway.key_hours,
        "any_hour": gateway.any_hour,
        "asks_consent": gateway.asks_consent,
    }


def reminder_record(reminder: Reminder, definitions: Definitions) -> dict[str, Json]:
    """A reminder; `wall` is the time in `zone` that the person meant."""
    return {
        "id": reminder.id,
        "lead_id": reminder.lead_id,
        "owner": person_record(definitions.colleague(reminder.owner_id)),
        "due": moment_text(reminder.due),
        "wall": reminder.wall.isoformat(),
        "zone": reminder.zone,
        "kind": reminder.kind.value,
        "state": reminder.state.value,
        "repeats": kept_text(reminder.repeats) if reminder.repeats else None,
        "note": reminder.note,
    }


def listed_reminder_record(listed: ListedReminder, definitions: Definitions) -> dict[str, Json]:
    """A reminder of the list with its group and its customer."""
    return {
        "group": listed.group.value,
        **reminder_record(listed.reminder, definitions),
        "name": listed.lead_name,
        "phone": listed.phone,
        "numbers_hidden": listed.numbers_hidden,
        "status": _status(definitions.status(listed.status_id)),
        "channel": _named(definitions.channel(listed.channel_id)),
        "do_not_call": listed.do_not_call,
        "goes_at": moment_text(listed.going.at) if listed.going else None,
        "goes_to": _GOES_TO[listed.going.to] if listed.going else None,
    }


_GOES_TO = {Escalated.TO_SUPERVISOR: "supervisor", Escalated.TO_NOBODY: "nobody"}


def passed_on_record(passed: PassedOn, definitions: Definitions) -> dict[str, Json]:
    """A reminder that has gone on, and to whom."""
    return {
        "reminder": passed.reminder.id,
        "lead_id": passed.reminder.lead_id,
        "name": passed.lead_name,
        "due": moment_text(passed.reminder.due),
        "owner_from": person_record(definitions.colleague(passed.reminder.owner_id)),
        "owner_to": person_record(definitions.colleague(passed.owner_id)),
        "goes_to": _GOES_TO[passed.to],
    }


def ban_record(ban: Ban, definitions: Definitions) -> dict[str, Json]:
    """Why somebody must not be rung: a number of the list, or a status."""
    return {
        "number": ban.e164 or None,
        "status": _status(definitions.status(ban.status_id)),
        "at": moment_text(ban.at),
        "by": person_record(definitions.colleague(ban.by)),
        "reason": ban.reason,
    }


def erasure_record(erasure: Erasure, definitions: Definitions) -> dict[str, Json]:
    """That a customer was erased."""
    return {
        "id": erasure.id,
        "at": moment_text(erasure.at),
        "by": person_record(definitions.colleague(erasure.actor_id)),
        "reason": erasure.reason,
        "wiped_at": moment_text(erasure.wiped_at),
    }


def listed_number_record(listed: ListedNumber, definitions: Definitions) -> dict[str, Json]:
    """A number of the do-not-call list, with the customer whose it is, and all who have it."""
    customers: list[Json] = [{"id": one, "name": name} for one, name in listed.holders]
    return {
        "number": listed.ban.e164,
        "at": moment_text(listed.ban.at),
        "by": person_record(definitions.colleague(listed.ban.by)),
        "reason": listed.ban.reason,
        "customer": customers[0] if customers else None,
        "customers": customers,
    }


def status_record(status: Status) -> dict[str, Json]:
    """A status with the fields that it asks for."""
    return {
        "id": status.id,
        "key": status.key,
        "title": status.title,
        "glyph": status.glyph,
        "colour": status.colour,
        "kind": status.kind.value,
        "cartable": status.cartable.value,
        "reminder": status.reminder.value,
        "owner_title": status.owner_title,
        "retry": asdict(status.retry) if status.retry else None,
        "escalation": asdict(status.escalation) if status.escalation else None,
        "retired": status.retired,
        "fields": [field_record(each) for each in status.fields],
    }


def field_record(field: Field) -> dict[str, Json]:
    """A field of customers, or one that a status asks for."""
    return {
        "key": field.key,
        "title": field.title,
        "kind": field.kind.value,
        "options": list(field.options),
        "required": field.required,
        "found_by": field.found_by,
        "retired": field.retired,
    }


def workspace_record(workspace: Workspace) -> dict[str, Json]:
    """The workspace itself."""
    return {
        "title": workspace.title,
        "kind": workspace.kind.value,
        "registered_name": workspace.registered_name,
        "registered_number": workspace.registered_number,
        "closed": workspace.closed,
        "language": workspace.language,
        "region": workspace.region,
        "zone": workspace.zone,
        "currency": workspace.currency,
        "calendar": workspace.calendar.value,
        "hours": workspace.hours,
        "windows": workspace.windows,
        "holidays": list(workspace.holidays),
        "call_gap": workspace.call_gap,
        "idle_lock": None if workspace.idle_lock == IDLE_AS_USUAL else workspace.idle_lock,
        "sign_in_days": workspace.sign_in_days,
        "week_start": None
        if workspace.week_start == WEEK_AS_USUAL
        else weekday_name(workspace.week_start, "en").lower(),
    }


def sign_in_record(sign_in: SignIn, session: Session) -> dict[str, Json]:
    """A sign-in: of whom, where, since when and until when; `this` is that of the command itself."""
    person = session.definitions.colleague(sign_in.user_id)
    return {
        "id": sign_in.id,
        "kind": sign_in.kind.value,
        "person": None if person is None else person.email,
        "name": sign_in.name or None,
        "account": sign_in.host or None,
        "terminal": sign_in.terminal or None,
        "since": moment_text(sign_in.created_at),
        "last_seen": moment_text(sign_in.seen_at),
        "until": moment_text(sign_in.expires_at),
        "ended": moment_text(sign_in.ended_at),
        "locked": moment_text(sign_in.locked_at),
        "this": sign_in.id == session.sign_in_id,
    }


def code_record(code: OneTimeCode) -> dict[str, Json]:
    """A one-time code that was just made."""
    return {"code": code.text, "person": code.email, "hours": code.hours}


def invitation_record(made: MadeInvitation) -> dict[str, Json]:
    """An invitation that was just made."""
    return {
        "code": made.code,
        "person": made.email,
        "workspace": made.workspace,
        "expires": moment_text(made.expires_at),
    }


def own_workspace_record(listed: ListedWorkspace) -> dict[str, Json]:
    """One of the workspaces in which the person works."""
    return {
        "id": listed.workspace.id,
        "title": listed.workspace.title,
        "kind": listed.workspace.kind.value,
        "profile": listed.workspace.profile,
        "closed": listed.workspace.closed,
        "due": listed.due,
        "missed": listed.missed,
    }


def holiday_record(holiday: Holiday, today: date) -> dict[str, Json]:
    """A holiday, with the next day on which it is; a day of every year has no year."""
    day = holiday.next_day(today)
    return {
        "calendar": holiday.calendar.value,
        "year": holiday.year,
        "month": holiday.month,
        "day": holiday.day,
        "title": holiday.title,
        "next": None if day is None else day.isoformat(),
    }


def titled_record(thing: Channel | Need) -> dict[str, Json]:
    """An entry channel or a need."""
    return {"id": thing.id, "key": thing.key, "title": thing.title, "retired": thing.retired}


def profile_record(profile: Profile) -> dict[str, Json]:
    """A profile with the permissions that it grants, and for whose customers where it is not everybody's."""
    granted: list[Json] = [each.value for each in Permission if each in profile.permissions]
    fields: dict[str, Json] = {custom_key(key) or key: right for key, right in profile.fields.told().items()}
    scopes: dict[str, Json] = {each.permission: each.scope for each in sorted(profile.narrowed)}
    return {
        "id": profile.id,
        "key": profile.key,
        "title": profile.title,
        "permissions": granted,
        "scopes": scopes,
        "fields": fields,
    }


def team_record(team: Team, definitions: Definitions) -> dict[str, Json]:
    """A team with its lead and its members, by their e-mail addresses."""
    lead, *members = (definitions.colleague(each) for each in (team.lead_id, *team.members))
    return {
        "id": team.id,
        "key": team.key,
        "title": team.title,
        "lead": lead.email if lead else None,
        "members": [each.email for each in members if each],
    }


def rule_record(rule: DistributionRule) -> dict[str, Json]:
    """A stored rule of distribution; each of `among` as it is written on the command line."""
    words = rule.words
    return {
        "id": rule.id,
        "key": rule.key,
        "title": rule.title,
        "on": not rule.retired,
        "sharing": words.sharing,
        "among": list(words.among),
        "by": words.by,
        "cap": words.cap,
        "on_shift": words.on_shift,
    }


def colleague_record(person: Colleague) -> dict[str, Json]:
    """Somebody who works here, or did, with the key of their profile."""
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "profile": person.profile,
        "active": person.active,
        "state": person.state.value,
        "since": moment_text(person.since),
        "by": person.by,
    }


def view_record(saved: SavedView, definitions: Definitions) -> dict[str, Json]:
    """A saved view; what it filters is told by ids and keys, and nothing of what it lets through."""
    view, usual = saved.arrangement.view, LeadFilter()
    return {
        "id": saved.id,
        "title": saved.title,
        "shared": saved.shared,
        "owner": person_record(definitions.colleague(saved.user_id)),
        "sort": view.sort,
        "descending": view.descending,
        "find": view.find,
        "filter": {
            each.name: _plain(value)
            for each in fields(LeadFilter)
            if (value := getattr(view.filter, each.name)) != getattr(usual, each.name)
        },
        "columns": [each.key for each in saved.arrangement.columns if each.shown],
    }


def _plain(value: object) -> Json:
    match value:
        case datetime():
            return moment_text(value)
        case frozenset():
            return sorted(map(_plain, cast("frozenset[object]", value)), key=str)
        case tuple():
            return list(map(_plain, cast("tuple[object, ...]", value)))
        case FieldFilter() | AnswerFilter():
            return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            return cast("Json", value)


def person_record(person: Colleague | None) -> dict[str, Json] | None:
    """Somebody who works here."""
    return None if person is None else {"name": person.name, "email": person.email}


def _field(field: LeadField, lead: Lead, definitions: Definitions) -> Json:
    value = field.value(lead)
    match field.kind:
        case BuiltInKind.MOMENT | BuiltInKind.DUE:
            return moment_text(value)
        case BuiltInKind.CHANNEL:
            return _named(definitions.channel(value))
        case BuiltInKind.NEED:
            return _named(definitions.need(value))
        case BuiltInKind.STATUS:
            return _status(definitions.status(value))
        case FieldKind.PERSON:
            return person_record(definitions.colleague(value))
        case _:
            return value


def _named(thing: Channel | Need | None) -> dict[str, Json] | None:
    return None if thing is None else {"key": thing.key, "title": thing.title}


def _status(status: Status | None) -> dict[str, Json] | None:
    return None if status is None else {"key": status.key, "title": status.title, "kind": status.kind.value}


def _number(number: LeadNumber) -> dict[str, Json]:
    return {
        "e164": number.e164,
        "written": number.written,
        "extension": number.extension,
        "shared": number.shared,
    }


def _custom(lead: Lead, definitions: Definitions) -> dict[str, Json]:
    kinds = {each.key: each.kind for each in definitions.open_fields}
    return {key: _value(kinds[key], value, definitions) for key, value in lead.custom.items() if key in kinds}


def _answers(lead: Lead, definitions: Definitions) -> dict[str, Json]:
    """What the statuses of the columns that are shown were last answered, by the name of the column."""
    return {
        f"{status.key}.{key}": _value(answer.kind, answer.value, definitions)
        for (status_id, key), answer in lead.answers.items()
        if (status := definitions.status(status_id)) is not None
    }


def answer_record(answer: Answer, definitions: Definitions) -> dict[str, Json]:
    """An answer under the title and of the kind with which it was given."""
    return {
        "key": answer.key,
        "title": answer.title,
        "kind": answer.kind.value,
        "value": _value(answer.kind, answer.value, definitions),
    }


def _value(kind: FieldKind, value: AnswerValue, definitions: Definitions) -> Json:
    if kind is FieldKind.PERSON and isinstance(value, int):
        return person_record(definitions.colleague(value))
    return list(value) if isinstance(value, list) else value


def _detail(detail: ActivityDetail, definitions: Definitions) -> dict[str, Json]:
    def person(user_id: int | None) -> Json:
        return person_record(definitions.colleague(user_id))

    shown: dict[str, Callable[[], tuple[str, Json]]] = {
        "status_to_id": lambda: ("status", _status(definitions.status(detail.status_to_id))),
        "owner_from_id": lambda: ("owner_from", person(detail.owner_from_id)),
        "owner_to_id": lambda: ("owner_to", person(detail.owner_to_id)),
        "answers": lambda: ("answers", [answer_record(each, definitions) for each in detail.answers]),
        "reminder_at": lambda: ("reminder_at", moment_text(detail.reminder_at)),
        "reminder_was": lambda: ("reminder_was", moment_text(detail.reminder_was)),
        "changes": lambda: (
            "changes",
            [{"field": key, "before": before, "after": after} for key, before, after in detail.changes],
        ),
    }
    records: dict[str, Json] = {}
    for each in fields(ActivityDetail):
        value = getattr(detail, each.name)
        if value != getattr(_NOTHING, each.name):
            key, record = shown[each.name]() if each.name in shown else (each.name, value)
            records[key] = record
    return records


_NOTHING = ActivityDetail()


def proposal_record(proposal: Proposal) -> dict[str, Json]:
    """What somebody proposed, and what became of it."""
    return {
        "id": proposal.id,
        "sort": proposal.sort.value,
        "title": proposal.title,
        "why": proposal.why,
        "example": proposal.example,
        "status_id": proposal.status_id,
        "need": proposal.need,
        "proposer_id": proposal.proposer_id,
        "proposed_at": moment_text(proposal.proposed_at),
        "state": proposal.state.value,
        "decided_by": proposal.decided_by,
        "decided_at": moment_text(proposal.decided_at),
        "reason": proposal.reason,
        "definition_id": proposal.definition_id,
        "merged_into": proposal.into_id,
    }
