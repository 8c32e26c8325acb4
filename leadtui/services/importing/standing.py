"""What rows say of the work on a customer: whose they are, where they stand, when they are rung next, and that nobody may.

The rules of a step hold: its permission, who has the customer after a status, and that a final status ends reminders. What a
status asks of the person who gives it is not asked of a file. Whoever has an owner, a status or a reminder keeps them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leadtui.domain.distribution import Distributor
from leadtui.domain.do_not_call import IMPORTED_FROM, Ban
from leadtui.domain.follow_up import owner_after
from leadtui.domain.importing import Duplicates
from leadtui.domain.lead import ActivityDetail, ActivityKind
from leadtui.domain.lead_fields import DO_NOT_CALL, NEXT_AT, OWNER, STATUS
from leadtui.domain.permission import Permission, Scope
from leadtui.domain.reminder import ReminderKind
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.domain.visibility import is_within, reach
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.errors import Invalid
from leadtui.language.date_cells import DateFault
from leadtui.language.text import clean, safe, search_key
from leadtui.language.translate import _, pgettext
from leadtui.services.importing.cell_fates import Noted, Why
from leadtui.services.importing.imported_lead import ImportedEntry, ImportedLead, Standing
from leadtui.services.importing.titles import Target
from leadtui.services.importing.values import ValueReader
from leadtui.store import do_not_call, reminders
from leadtui.store.connection import WorkspaceConnection


@dataclass(frozen=True, slots=True)
class StandingReader:
    """Reads the columns of owners, states, reminders and bans by what the workspace has of that name."""

    definitions: Definitions
    actor: Colleague
    now: datetime
    values: ValueReader
    owner_id: int | None = None
    """Whose the customers are whose row names nobody."""
    distributor: Distributor | None = None
    """What shares them out where that is nobody."""

    def read(self, found: Mapping[str, str], line: int, noted: list[Noted]) -> Standing | None:
        """What the cells of a row say; what cannot be taken is added to `noted`."""
        if self.owner_id is None and self.distributor is None and found.keys().isdisjoint(_TARGETS):
            return None
        status = self._status(found.get(STATUS, ""), noted)
        forbidden = _forbids(found, noted)
        return Standing(
            owner_id=self._owner(found.get(OWNER, ""), noted) or self.owner_id,
            status=status,
            distributor=self.distributor,
            remind_at=self._reminder(found.get(NEXT_AT, ""), status, line, noted),
            # Dialers have no column for it, but a state: DNC.
            do_not_call=forbidden or search_key(found.get(STATUS, "")) in _BANS,
            may_take_over=self.actor.scope(Permission.SEE_NUMBERS) is Scope.ALL
            or self.actor.may(Permission.TAKE_OVER),
            followed=reach(self.actor, Permission.FOLLOW_UP, self.definitions),
            reminded=reach(self.actor, Permission.REMIND, self.definitions),
        )

    def _owner(self, cell: str, noted: list[Noted]) -> int | None:
        words = clean(cell)
        if not words:
            return None
        colleague = find_colleague(self.definitions.active_colleagues, words)
        sentence = pgettext("pattern", "Owner: {text}").format(text=words)
        if colleague is None:
            noted.append(Noted(OWNER, sentence, Why.UNKNOWN))
        elif not is_within((colleague.id,), reach(self.actor, Permission.TRANSFER, self.definitions)):
            noted.append(Noted(OWNER, sentence, Why.NOT_ALLOWED))
        else:
            return colleague.id
        return None

    def _status(self, cell: str, noted: list[Noted]) -> Status | None:
        words = clean(cell)
        if not words or search_key(words) in _NEW:
            return None
        status = find_status(self.definitions.open_statuses, words)
        sentence = pgettext("pattern", "Status: {text}").format(text=words)
        if status is None:
            noted.append(Noted(STATUS, sentence, Why.UNKNOWN))
        elif not self.actor.may(Permission.FOLLOW_UP):
            noted.append(Noted(STATUS, sentence, Why.NOT_ALLOWED))
        else:
            return status
        return None

    def _reminder(self, cell: str, status: Status | None, line: int, noted: list[Noted]) -> datetime | None:
        words = clean(cell)
        if not words:
            return None
        due = self.values.due(NEXT_AT, words, line)
        sentence = pgettext("pattern", "Reminder: {text}").format(text=words)
        if isinstance(due, DateFault):
            noted.append(Noted(NEXT_AT, sentence, Why.DATE))
        elif due <= self.now or (status is not None and status.final):
            noted.append(Noted(NEXT_AT, sentence, Why.PAST))
        elif not self.actor.may(Permission.REMIND):
            noted.append(Noted(NEXT_AT, sentence, Why.NOT_ALLOWED))
        else:
            return due
        return None


_TARGETS = frozenset({OWNER, STATUS, NEXT_AT, DO_NOT_CALL, Target.MAY_CALL})


def find_colleague(colleagues: Sequence[Colleague], words: str) -> Colleague | None:
    """The one whom `words` name by e-mail address, else by name."""
    wanted, address = search_key(words), words.strip().casefold()
    for each in colleagues:
        if each.email.casefold() == address:
            return each
    named = [each for each in colleagues if search_key(each.name) == wanted]
    return named[0] if len(named) == 1 else None


def find_status(statuses: Sequence[Status], words: str) -> Status | None:
    """The one that `words` name by its title before its key, however either is spelled."""
    wanted = search_key(words)
    named = [each for each in statuses if search_key(each.title) == wanted]
    keyed = [each for each in statuses if search_key(each.key) == wanted.replace(" ", "_")]
    return next(iter(named or keyed), None)


def is_unknown_status(statuses: Sequence[Status], words: str) -> bool:
    """Whether `words` name no status, nor say that nobody has worked on somebody yet or may."""
    return search_key(words) not in _NEW | _BANS and find_status(statuses, words) is None


def require_colleague(definitions: Definitions, actor: Colleague, words: str) -> int:
    """The id of whom a person gives all customers of a file to. Raises Invalid for nobody, Refused without the permission."""
    colleague = find_colleague(definitions.active_colleagues, clean(words))
    if colleague is None:
        raise Invalid(
            _("Nobody of the workspace is {owner}; give a colleague's name or e-mail address.").format(
                owner=safe(words)
            ),
            "owner",
        )
    if not is_within((colleague.id,), reach(actor, Permission.TRANSFER, definitions)):
        raise Invalid(
            _("Your profile does not allow giving customers to somebody; ask a supervisor."), "owner"
        )
    return colleague.id


def answers(cell: str) -> bool:
    """Whether a cell is an answer to the question whether somebody may be called."""
    return search_key(cell) in _DENYING | _AGREEING


def _forbids(found: Mapping[str, str], noted: list[Noted]) -> bool:
    """Whether the cells of a row that say yes to a ban, or no to calls, forbid these."""
    opted_out, agreed = found.get(DO_NOT_CALL, ""), found.get(Target.MAY_CALL, "")
    said, told = (set(map(search_key, cell.splitlines())) - {""} for cell in (opted_out, agreed))
    if said & _FORBIDDING or told & _DENYING:
        return True
    if said - _ALLOWING:
        sentence = pgettext("pattern", "Do not call: {text}").format(text=clean(opted_out))
        noted.append(Noted(DO_NOT_CALL, sentence, Why.VALUE))
    if told - _NOTHING:
        sentence = pgettext("pattern", "May be called: {text}").format(text=clean(agreed))
        noted.append(
            Noted(Target.MAY_CALL, sentence, Why.VALUE if told - _NOTHING - _AGREEING else Why.BESIDE)
        )
    return False


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(search_key, words.split("|")))


_BANS = _keys(
    "dnc|dncl|dncc|dnd|do not call|donotcall|do_not_call|don't call|dont call|no calls|do not contact|never call|not callable"
    "|تماس نگیرید|لا تتصل|ممنوع الاتصال|aramayın|aranmasın|کال نہ کریں|ne pas appeler|no llamar|não ligar|nicht anrufen|не звонить"
    "|请勿来电|कॉल न करें"
)
"""What says in whatever column that somebody must not be rung."""
_YES = _keys(
    "yes|y|true|t|1|1.0|x|✓|✔|☑|on|بله|بلی|آری|نعم|evet|ہاں|جی ہاں|oui|sí|si|verdadero|vrai|sim|ja|wahr|да|истина|是|हाँ|हां"
)
_NO = _keys(
    "no|n|false|f|0|0.0|off|خیر|نه|لا|hayır|نہیں|جی نہیں|non|nein|não|нет|否|नहीं|falso|faux|falsch|ложь"
)
_OPTED_OUT = _BANS | _keys(
    "opt out|opt-out|opted out|optout|opted_out|blocked|unsubscribed|stop|forbidden|do not allow|not allowed|ممنوع|غیرمجاز|غير مسموح"
)
_OPTED_IN = _keys(
    "opt in|opt-in|opted in|optin|opted_in|ok|allow|allowed|call|may be called|can call|callable|subscribed|مجاز|مسموح"
)
_NOTHING = _keys("-|none|null|n/a")
_FORBIDDING = _YES | _OPTED_OUT | _keys("registered|on list")
"""What forbids calls in a column of who opted out of them; in one of who agreed to them `_DENYING` does."""
_ALLOWING = _NO | _OPTED_IN | _NOTHING
_DENYING = (
    _NO
    | _OPTED_OUT
    | _keys("declined|refused|denied|withdrawn|revoked|no thanks|no thank you|not subscribed")
)
_AGREEING = (
    _YES | _OPTED_IN | _keys("agreed|agree|granted|given|موافقم|موافق|kabul|ок|согласен|согласна|同意")
)
_NEW = _keys(
    "new|new lead|جدید|جديد|جديدة|yeni|نیا|nouveau|nouvelle|nuevo|nueva|novo|nova|neu|новый|новая|新|新客户|新线索|नया|नई"
)
"""What programs call the state of whom nobody has worked on yet: here they have none."""


# Applying


def fill(
    person: ImportedLead,
    row: ImportedLead,
    standing: Standing,
    duplicates: Duplicates,
    actor_id: int,
    now: datetime,
    source: str,
) -> bool:
    """Put somebody where a row says, as far as nobody has yet and duplicates may; return whether anything was taken.

    That they may not be called is taken from any row.
    """
    taken = _forbid(person, standing)
    if duplicates is Duplicates.KEEP and person.stored is not None:
        _note_what_differs(row, standing, person.values)
        return taken
    values = person.values
    owner_id: int | None = values.get("owner_id")
    chosen = owner_id or standing.owner_id
    status = standing.status if values.get("status_id") is None else None
    known = person.stored is not None
    if status is not None and known and not is_within((owner_id,), standing.followed):
        sentence = pgettext("pattern", "Status: {text}").format(text=status.title)
        row.noted.append(Noted(STATUS, sentence, Why.NOT_ALLOWED))
        status = None
    if status is not None and status.final and values.get("next_at") is not None:
        status = None  # it would end a reminder that somebody set
    rule = ""
    if chosen is None and standing.distributor is not None and person.stored is None and not person.forbidden:
        chosen = standing.distributor.next_for(values, person.custom)
        rule = standing.distributor.rule.key
    if status is not None:
        chosen = owner_after(status, chosen, chosen, actor_id)
    if person.stored is not None and chosen == actor_id != owner_id and not standing.may_take_over:
        chosen, status = owner_id, None
    if status is not None:
        values |= {"status_id": status.id, "status_at": now}
        detail = ActivityDetail(status_to=status.title, status_to_id=status.id, source=source)
        person.entries.append(ImportedEntry(ActivityKind.STATUS_SET, now, detail, None))
    if chosen != owner_id:
        values |= {"owner_id": chosen, "owner_at": None if chosen is None else now}
        detail = ActivityDetail(owner_from_id=owner_id, owner_to_id=chosen, source=source, rule=rule)
        person.entries.append(ImportedEntry(ActivityKind.TRANSFERRED, now, detail, None))
    reminded = standing.remind_at is not None and values.get("next_at") is None
    if reminded and known and not is_within((owner_id,), standing.reminded):
        row.noted.append(Noted(NEXT_AT, "", Why.NOT_ALLOWED))
        reminded = False
    if reminded:
        values["next_at"] = standing.remind_at
        detail = ActivityDetail(reminder_at=standing.remind_at, source=source)
        person.entries.append(ImportedEntry(ActivityKind.REMINDER_SET, now, detail, None))
    if status is not None and _is_unanswered(status, chosen, values.get("next_at")):
        row.noted.append(Noted(STATUS, "", Why.UNANSWERED))
    _note_what_differs(row, standing, values)
    return taken or status is not None or chosen != owner_id or reminded


def _is_unanswered(status: Status, owner_id: int | None, next_at: datetime | None) -> bool:
    """Whether a person could not have given a status so: it needs answers, a time or a colleague that no row brings."""
    return (
        any(field.required for field in status.open_fields)
        or (status.reminder is ReminderRule.MUST and next_at is None)
        or (status.cartable is CartableRule.NEXT and owner_id is None)
    )


def _forbid(person: ImportedLead, standing: Standing) -> bool:
    newly = standing.do_not_call and not person.forbidden
    person.forbidden = person.forbidden or standing.do_not_call
    return newly


def _note_what_differs(row: ImportedLead, standing: Standing, values: Mapping[str, object]) -> None:
    """Count the cells of a row that say otherwise than the customer has it."""
    said = {
        OWNER: (standing.owner_id, values.get("owner_id")),
        STATUS: (standing.status and standing.status.id, values.get("status_id")),
        NEXT_AT: (standing.remind_at, values.get("next_at")),
    }
    row.noted += [
        Noted(key, "", Why.ANOTHER_VALUE)
        for key, (wanted, present) in said.items()
        if wanted is not None and wanted != present
    ]


def forbid(
    tx: WorkspaceConnection, people: Collection[ImportedLead], actor_id: int, now: datetime, source: str
) -> dict[int, list[str]]:
    """Put the numbers of people who may not be called on the list; return the new ones by the identity of the person."""
    forbidden = {
        person: [
            *(each.e164 for each in person.numbers if person.forbidden),
            *sorted(person.forbidden_numbers),
        ]
        for person in people
        if person.forbidden or person.forbidden_numbers
    }
    named = {e164 for numbers in forbidden.values() for e164 in numbers}
    listed = {ban.e164 for ban in do_not_call.of_numbers(tx, named)}
    added: dict[int, list[str]] = {}
    for person, numbers in forbidden.items():
        new = [each for each in dict.fromkeys(numbers) if each not in listed]
        if new:
            added[id(person)] = new
            listed |= set(new)
            reason = IMPORTED_FROM + source
            detail = ActivityDetail(text=reason, source=", ".join(new))
            person.entries.append(ImportedEntry(ActivityKind.CALLS_FORBIDDEN, now, detail, None))
            do_not_call.add(tx, [Ban(now, actor_id, reason, each) for each in new])
    return added


def remind(
    tx: WorkspaceConnection, people: Collection[ImportedLead], actor_id: int, now: datetime, zone: str
) -> dict[int, int]:
    """Set the reminders that rows brought, of people who stand in the store; return their ids by the customer's."""
    set_now: dict[int, int] = {}
    for person in people:
        was = None if person.stored is None else person.stored.next_at
        due: datetime | None = person.values.get("next_at")
        if due is not None and due != was:
            set_now[person.lead_id] = reminders.add(
                tx,
                lead_id=person.lead_id,
                owner_id=person.values.get("owner_id") or actor_id,
                due=due,
                zone=zone,
                kind=ReminderKind.REMINDER,
                note="",
                created_at=now,
                created_by=actor_id,
            )
    return set_now
