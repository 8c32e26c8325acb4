"""The audit in words: what an entry is about, what was done, and what was before and is after; and what is wrong with a chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from leadtui.domain.audit import (
    AuditAct,
    AuditEntry,
    AuditEvent,
    AuditKind,
    ExportedNumbers,
    Part,
    Value,
)
from leadtui.domain.audit_chain import ChainFault, ChainFinding
from leadtui.domain.distribution import SHARING_TITLES
from leadtui.domain.lead_fields import built_in
from leadtui.domain.permission import Permission
from leadtui.domain.signing_in import IDLE_LOCK, CodePurpose, PersonKind
from leadtui.domain.week import WEEK_START
from leadtui.language.calendar import WEEK_AS_USUAL, weekday_name
from leadtui.language.territory import region_title
from leadtui.language.text import search_key
from leadtui.language.translate import (
    OWN_NAMES,
    P_,
    ListStyle,
    _,
    base_language,
    counted,
    format_list,
    language,
    ngettext,
    pgettext,
)
from leadtui.presentation.definition_words import (
    CARTABLE_WORDS,
    COLOUR_WORDS,
    FIELD_KIND_WORDS,
    REMINDER_WORDS,
    RETRY_WORDS,
    STATUS_KIND_WORDS,
)
from leadtui.presentation.filters import filter_words
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.presentation.message_words import MEDIUM_WORDS
from leadtui.presentation.permission_words import area_words, permission_words
from leadtui.presentation.retry_words import waiting_words
from leadtui.presentation.signing_in import idle_lock_words
from leadtui.presentation.workspace_words import KIND_WORDS as WORKSPACE_WORDS
from leadtui.services.audit import ChainCheck, filter_told
from leadtui.services.session import Session

KIND_WORDS: Mapping[AuditKind, str] = {
    AuditKind.WORKSPACE: P_("kind", "Workspace"),
    AuditKind.STATUS: P_("kind", "Status"),
    AuditKind.FIELD: P_("kind", "Field"),
    AuditKind.CHANNEL: P_("kind", "Entry channel"),
    AuditKind.NEED: P_("kind", "Need"),
    AuditKind.RULE: P_("kind", "Rule of distribution"),
    AuditKind.TEXT: P_("kind", "Text of messages"),
    AuditKind.GATEWAY: P_("kind", "Gateway"),
    AuditKind.CASE_KIND: P_("kind", "Kind of case"),
    AuditKind.VIEW: P_("kind", "Team's view"),
    AuditKind.TEMPLATE: P_("kind", "Template"),
    AuditKind.COLLEAGUE: P_("kind", "Colleague"),
    AuditKind.PROFILE: P_("kind", "Profile"),
    AuditKind.TEAM: P_("kind", "Team"),
    AuditKind.HAND_OVER: P_("kind", "Hand-over"),
    AuditKind.EXPORT: P_("kind", "Export"),
    AuditKind.ERASURE: P_("kind", "Erasure"),
    AuditKind.IMPORT: P_("kind", "Import"),
    AuditKind.DO_NOT_CALL: P_("kind", "Do-not-call list"),
    AuditKind.BACKUP: P_("kind", "Backup"),
    AuditKind.RESTORE: P_("kind", "Restoring"),
    AuditKind.REPAIR: P_("kind", "Repair"),
    AuditKind.SECURITY: P_("kind", "Administrator of the store"),
    AuditKind.PASSWORD: P_("kind", "Password"),
    AuditKind.CODE: P_("kind", "One-time code"),
    AuditKind.SIGN_IN: P_("kind", "Sign-in"),
}
"""What an entry is about."""

ACT_WORDS: Mapping[AuditAct, str] = {
    AuditAct.ADDED: P_("audit", "added"),
    AuditAct.CHANGED: P_("audit", "changed"),
    AuditAct.MOVED: P_("audit", "put in another order"),
    AuditAct.RETIRED: P_("audit", "retired"),
    AuditAct.BROUGHT_BACK: P_("audit", "brought back"),
    AuditAct.INVITED: P_("audit", "invited"),
    AuditAct.ACCEPTED: P_("audit", "accepted the invitation"),
    AuditAct.WITHDRAWN: P_("audit", "invitation withdrawn"),
    AuditAct.SUSPENDED: P_("audit", "suspended"),
    AuditAct.RESUMED: P_("audit", "let in again"),
    AuditAct.REMOVED: P_("audit", "removed"),
    AuditAct.UNDONE: P_("audit", "taken back"),
}
"""What was done to it, where nothing else is said of its kind."""

_ACTS_OF_KINDS: Mapping[tuple[AuditKind, AuditAct], str] = {
    (AuditKind.WORKSPACE, AuditAct.ADDED): P_("audit", "made"),
    (AuditKind.RULE, AuditAct.RETIRED): P_("audit", "switched off"),
    (AuditKind.RULE, AuditAct.BROUGHT_BACK): P_("audit", "switched on"),
    (AuditKind.COLLEAGUE, AuditAct.RETIRED): P_("audit", "no longer works here"),
    (AuditKind.COLLEAGUE, AuditAct.BROUGHT_BACK): P_("audit", "works here again"),
    (AuditKind.DO_NOT_CALL, AuditAct.ADDED): P_("audit", "forbidden"),
    (AuditKind.DO_NOT_CALL, AuditAct.REMOVED): P_("audit", "allowed"),
    (AuditKind.DO_NOT_CALL, AuditAct.DONE): P_("audit", "written into a file"),
    (AuditKind.TEMPLATE, AuditAct.DONE): P_("audit", "taken over"),
    (AuditKind.SECURITY, AuditAct.DONE): P_("audit", "named"),
    (AuditKind.PASSWORD, AuditAct.ADDED): P_("audit", "set"),
    (AuditKind.CODE, AuditAct.ADDED): P_("audit", "made"),
    (AuditKind.SIGN_IN, AuditAct.ADDED): P_("audit", "made"),
    (AuditKind.SIGN_IN, AuditAct.REMOVED): P_("audit", "ended"),
}

PART_WORDS: Mapping[str, str] = {
    "title": P_("field", "Title"),
    "name": P_("field", "Name"),
    "version": P_("field", "Version"),
    "email": P_("field", "E-mail"),
    "profile": P_("field", "Profile"),
    "permissions": P_("field", "Permissions"),
    "lead_id": P_("field", "Led by"),
    "members": P_("field", "Members"),
    "fields.hidden": P_("field", "Hidden fields"),
    "fields.read": P_("field", "Fields only read"),
    "language": P_("field", "Language"),
    "calendar": P_("field", "Calendar"),
    "region": P_("field", "Country"),
    "zone": P_("field", "Time zone"),
    "currency": P_("field", "Currency"),
    "hours": P_("field", "Hours of work"),
    "windows": P_("field", "Call windows"),
    "holidays": P_("field", "Holidays"),
    "call_gap": P_("field", "Minutes between two calls"),
    "idle_lock": P_("field", "Minutes until a desk is locked"),
    "sign_in_days": P_("field", "Days that a sign-in lasts"),
    WEEK_START: P_("field", "Weeks begin on"),
    "registered_name": P_("field", "Registered name"),
    "registered_number": P_("field", "Registered number"),
    "mail_host": P_("field", "Mail server"),
    "mail_user": P_("field", "User at the mail server"),
    "mail_sender": P_("field", "Letters come from"),
    "gateway_host": P_("field", "Gateway"),
    "any_hour": P_("field", "Outside the call windows too"),
    "asks_consent": P_("field", "Only to whom agreed"),
    "medium": P_("field", "By"),
    "subject": P_("field", "Subject"),
    "body": P_("field", "Text"),
    "closed": P_("field", "Closed"),
    "glyph": P_("field", "Sign"),
    "colour": P_("field", "Colour"),
    "kind": P_("field", "Kind"),
    "cartable": P_("field", "Cartable"),
    "reminder": P_("field", "Reminder"),
    "owner_title": P_("field", "Whom it asks for"),
    "retry.pace": P_("field", "Tries again"),
    "retry.after_minutes": P_("field", "Tries again after"),
    "retry.most": P_("field", "Attempts"),
    "retry.then_status": P_("field", "Then the status"),
    "retry.releases": P_("field", "Then leaves the cartable"),
    "escalation.supervisor_after": P_("field", "To a supervisor after"),
    "escalation.pool_after": P_("field", "To nobody after"),
    "options": P_("field", "Options"),
    "required": P_("field", "Has to be filled in"),
    "found_by": P_("field", "Found by it"),
    "words.sharing": P_("field", "Shared out"),
    "words.among": P_("field", "Among"),
    "words.by": P_("field", "By"),
    "words.cap": P_("field", "At most"),
    "words.on_shift": P_("field", "Only on shift"),
    "playbook": P_("field", "Playbook, version"),
    "order": P_("field", "Order"),
    "file": P_("field", "File"),
    "customers": P_("field", "Customers"),
    "cases": P_("field", "Cases"),
    "reminders": P_("field", "Reminders"),
    "to": P_("field", "To"),
    "format": P_("field", "Format"),
    "find": P_("field", "Looked for"),
    "filter": P_("field", "Filter"),
    "board": P_("field", "From the board"),
    "selected": P_("field", "Chosen one by one"),
    "numbers": P_("field", "Numbers"),
    "reason": P_("field", "Reason"),
    "count": P_("field", "Numbers on the list"),
    "rows": P_("field", "Rows"),
    "new": P_("field", "New"),
    "updated": P_("field", "Updated"),
    "changes": P_("field", "Changes"),
    "faults": P_("field", "Put right"),
    "replaced": P_("field", "Last entry of the store before"),
    "replaced_hash": P_("field", "Its hash"),
    "purpose": P_("field", "What for"),
    "at_file": P_("field", "At the store's file"),
    "by_code": P_("field", "By a one-time code"),
    "ended": P_("field", "Sign-ins ended"),
    "sign_in": P_("field", "Number of the sign-in"),
    "days": P_("field", "Good for days"),
}
"""What the parts of entries are called, by their names."""

_NUMBERS: Mapping[StrEnum, str] = {
    ExportedNumbers.ALL: P_("choice", "all"),
    ExportedNumbers.OWN: P_("choice", "of own customers"),
    ExportedNumbers.NONE: P_("choice", "none"),
}

_PEOPLE: Mapping[StrEnum, str] = {
    PersonKind.PERSON: P_("choice", "person"),
    PersonKind.SERVICE: P_("choice", "service"),
}

_PURPOSES: Mapping[StrEnum, str] = {
    CodePurpose.CLAIM: P_("choice", "a first password"),
    CodePurpose.RESET: P_("choice", "another password"),
}

_CHOSEN: Mapping[tuple[AuditKind, str], Mapping[Any, str]] = {
    (AuditKind.WORKSPACE, "kind"): WORKSPACE_WORDS,
    (AuditKind.STATUS, "kind"): STATUS_KIND_WORDS,
    (AuditKind.STATUS, "cartable"): CARTABLE_WORDS,
    (AuditKind.STATUS, "reminder"): REMINDER_WORDS,
    (AuditKind.STATUS, "retry.pace"): RETRY_WORDS,
    (AuditKind.RULE, "words.sharing"): SHARING_TITLES,
    (AuditKind.TEXT, "medium"): MEDIUM_WORDS,
    (AuditKind.EXPORT, "numbers"): _NUMBERS,
    (AuditKind.COLLEAGUE, "kind"): _PEOPLE,
    (AuditKind.CODE, "purpose"): _PURPOSES,
}
"""The words for parts of which one of several is chosen."""

_PERMISSIONS = frozenset(each.value for each in Permission)

_MINUTES = frozenset(
    {"retry.after_minutes", "escalation.supervisor_after", "escalation.pool_after", "call_gap"}
)


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of an entry in words."""

    title: str
    before: str
    after: str


ReadBelow: TypeAlias = Callable[[int | None], Sequence[AuditEntry]]
"""Gives the newest entries with a number under the given one, None for all; nothing where there is none."""


class AuditWords:
    """Puts entries into the words of the person who reads them."""

    def __init__(self, session: Session) -> None:
        """`session` gives language, calendar and zone."""
        self._formatter = Formatter(session)

    def moment(self, entry: AuditEntry) -> str:
        """When, with the year."""
        return pgettext("pattern", "{day} {time}").format(
            day=self._formatter.date(entry.at), time=self._formatter.time(entry.at)
        )

    def short_moment(self, entry: AuditEntry) -> str:
        """When, for a narrow column: the time of today, else the day."""
        return self._formatter.short_moment(entry.at)

    def full_moment(self, entry: AuditEntry) -> str:
        """When, in full."""
        return self._formatter.full_moment(entry.at)

    def who(self, entry: AuditEntry) -> str:
        """By whom, and by which of their sign-ins."""
        if entry.sign_in_id is None:
            return entry.actor_name
        words = pgettext("audit", "{name}, sign-in {number}")
        return words.format(name=entry.actor_name, number=counted(entry.sign_in_id))

    def subject(self, event: AuditEvent) -> str:
        """What the entry is about: the kind and the title."""
        kind = pgettext("kind", KIND_WORDS[event.kind])
        title = self._formatter.phone(event.title) if event.kind is AuditKind.DO_NOT_CALL else event.title
        if event.within:
            title = pgettext("pattern", "{field} ({status})").format(field=title, status=event.within)
        return pgettext("pattern", "{field}: {value}").format(field=kind, value=title) if title else kind

    def act(self, event: AuditEvent) -> str:
        """What was done; "" where the kind says it."""
        words = _ACTS_OF_KINDS.get((event.kind, event.act)) or ACT_WORDS.get(event.act)
        return pgettext("audit", words) if words else ""

    def line(self, event: AuditEvent) -> str:
        """What the entry is about and what was done, as one line."""
        return " · ".join(filter(None, (self.subject(event), self.act(event))))

    def lines(self, event: AuditEvent) -> list[PartLine]:
        """What was before and is after, part by part."""
        return [
            PartLine(
                pgettext("field", PART_WORDS[each.name]) if each.name in PART_WORDS else each.name,
                self._value(event, each, each.before),
                self._value(event, each, each.after),
            )
            for each in event.parts
        ]

    def told(self, event: AuditEvent) -> list[str]:
        """Each part on a line: what was before and is after, or what is told alone."""
        said: list[str] = []
        for part, line in zip(event.parts, self.lines(event), strict=True):
            value = line.after
            if event.act is AuditAct.CHANGED and isinstance(part.after, tuple):
                signs = (("−", line.before), ("+", line.after))
                value = "  ".join(f"{sign} {each}" for sign, each in signs if each != NOTHING)
            elif line.before != NOTHING:
                value = pgettext("pattern", "{before} → {after}").format(before=line.before, after=line.after)
            said.append(pgettext("pattern", "{field}: {value}").format(field=line.title, value=value))
        return said

    def brief(self, event: AuditEvent) -> str:
        """All parts on one line."""
        return format_list(self.told(event), ListStyle.CLAUSES)

    def text(self, entry: AuditEntry) -> str:
        """Everything that the entry says, for finding in it."""
        parts = (word for line in self.lines(entry.event) for word in (line.title, line.before, line.after))
        return " ".join((entry.actor_name, self.subject(entry.event), self.act(entry.event), *parts))

    def _value(self, event: AuditEvent, part: Part, value: Value) -> str:
        if value is None or value in ("", ()):
            return NOTHING
        if isinstance(value, bool):
            return pgettext("choice", "yes") if value else pgettext("choice", "no")
        if part.name == IDLE_LOCK and isinstance(value, int):
            return idle_lock_words(value)
        if part.name == WEEK_START and isinstance(value, int):
            as_usual = value == WEEK_AS_USUAL
            return pgettext("choice", "as usual") if as_usual else weekday_name(value, language())
        if isinstance(value, int):
            return waiting_words(value) if part.name in _MINUTES and value else counted(value)
        if isinstance(value, tuple):
            return format_list(self._word(event.kind, part.name, each) for each in value)
        return self._word(event.kind, part.name, value)

    def _word(self, kind: AuditKind, name: str, value: str) -> str:
        if kind is AuditKind.FIELD and name == "kind":
            known = {each.value: words for each, words in FIELD_KIND_WORDS.items()}
            return pgettext("kind", known[value]) if value in known else value
        chosen = {each.value: words for each, words in _CHOSEN.get((kind, name), {}).items()}
        chosen |= COLOUR_WORDS if name == "colour" else {}
        if value in chosen:
            return pgettext("choice", chosen[value])
        match name:
            case "permissions" if value in _PERMISSIONS:
                permission = Permission(value)
                words = area_words(permission.area), permission_words(permission)
                return pgettext("pattern", "{field}: {value}").format(field=words[0], value=words[1])
            case "fields.hidden" | "fields.read" if (field := built_in(value)) is not None:
                return field.title
            case "language":
                return OWN_NAMES.get(base_language(value), value)
            case "region":
                return region_title(value, language())
            case "filter":
                return filter_words(filter_told(value, self._formatter.definitions), self._formatter) or value
            case _:
                return value


def find_entries(session: Session, read: ReadBelow, find: str = "") -> Iterator[AuditEntry]:
    """The entries that say all the words that are looked for, the newest first.

    `read` gives those with a number under the given one, a part at a time, as they are asked for: whoever wants a few
    reads a few.
    """
    words, keys = AuditWords(session), [search_key(each) for each in find.split()]
    below: int | None = None
    while some := read(below):
        for each in some:
            told = search_key(words.text(each)) if keys else ""
            if all(key in told for key in keys):
                yield each
        below = some[-1].number


def chain_sentences(check: ChainCheck) -> Iterator[str]:
    """What is wrong with the audit of a workspace, each in a sentence."""
    for found in check.findings:
        yield _fault_sentence(found).format(
            workspace=check.workspace, first=counted(found.first), last=counted(found.last)
        )


def chain_summary(check: ChainCheck) -> str:
    """How much of the audit of a workspace was looked at."""
    words = ngettext(
        "The audit of “{workspace}” was looked at: {n} entry.",
        "The audit of “{workspace}” was looked at: {n} entries.",
        check.entries,
    )
    return words.format(workspace=check.workspace, n=counted(check.entries))


def _fault_sentence(found: ChainFinding) -> str:
    one = found.first == found.last
    match found.fault:
        case ChainFault.CHANGED:
            return _("Audit of “{workspace}”: entry {first} was changed after it was written.")
        case ChainFault.UNCONNECTED:
            return _(
                "Audit of “{workspace}”: entry {first} does not follow the one before it; one was put in, taken out or moved."
            )
        case ChainFault.MISSING if one:
            return _("Audit of “{workspace}”: entry {first} is missing.")
        case ChainFault.MISSING:
            return _("Audit of “{workspace}”: entries {first} to {last} are missing.")
        case ChainFault.TEXT_CHANGED:
            return _("Audit of “{workspace}”: a text of entry {first} was changed after it was written.")
        case ChainFault.TEXT_MISSING:
            return _("Audit of “{workspace}”: a text of entry {first} is gone, and no erasing took it away.")
        case ChainFault.UNLIKE_HEAD:
            return _("Audit of “{workspace}”: entry {first} is not the one whose head was kept.")
        case ChainFault.CUT_OFF if one:
            return _("Audit of “{workspace}”: entry {first}, of which a head was kept, is gone.")
        case ChainFault.CUT_OFF:
            return _("Audit of “{workspace}”: entries {first} to {last}, of which a head was kept, are gone.")
