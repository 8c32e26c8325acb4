"""Adding a customer by hand and changing one: every field by its own rule, nobody twice without a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from leadtui.domain.do_not_call import FORBIDDEN_BEFORE, Ban
from leadtui.domain.field import read_email
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead, LeadNumber
from leadtui.domain.lead_entry import differences, entry_texts, hidden_entries, new_lead, read_lead
from leadtui.domain.lead_fields import BUILT_IN, EMAIL, NAME, PHONE, PHONE_OTHER
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.person_names import spellings
from leadtui.language.phone import parse_phone, parse_phones, show_phone
from leadtui.language.translate import _
from leadtui.services.drafts import CUSTOMER_DRAFT
from leadtui.services.leads import lead_changed, numbers_hidden
from leadtui.services.session import Interruption, Session
from leadtui.services.transaction import Transaction
from leadtui.store import activities, do_not_call, drafts, journal, leads, suppression
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.lead_writing import NewLead, insert_records
from leadtui.store.search import answers_found_by, find_by_name, search_text
from leadtui.store.search_keys import import_notes, word_keys

_MOST_SHOWN = 3

_NUMBERS = (PHONE, PHONE_OTHER)
_NAMING_ANOTHER = tuple(each for each in BUILT_IN if each.names_another)

_NOT_TYPED = frozenset(
    {"id", "version", "numbers", "next_at", "do_not_call", "first_call_at", "last_call_at", "numbers_hidden"}
)
"""What of a lead follows from elsewhere, or is written by itself."""
_COLUMNS = tuple(each.name for each in fields(Lead) if each.name not in _NOT_TYPED)


@dataclass(frozen=True, slots=True)
class AddLead:
    """What was typed about somebody new, by entry key; `mine` puts them into the person's own cartable.

    With `share` a number that another customer has is had by both, marked as shared.
    """

    typed: Mapping[str, str]
    mine: bool = True
    share: bool = False


@dataclass(frozen=True, slots=True)
class EditLead:
    """What was typed about a customer as seen at `version`: only the fields that the person changed, by entry key.

    `share` is as for somebody new.
    """

    lead_id: int
    version: int
    typed: Mapping[str, str]
    share: bool = False


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """Another customer with the same number, e-mail address or name; `key` is the entry key under which it was typed."""

    key: str
    lead_id: int
    name: str
    shown: str
    shared: bool = False
    """Whether the customer who is edited has the number beside them already."""

    @property
    def in_the_way(self) -> bool:
        """Whether it has to be decided whose the number is before the customer can be saved."""
        return self.key not in (EMAIL, NAME) and not self.shared


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of numbers and addresses while they are typed."""

    there: tuple[AlreadyThere, ...] = ()
    forbidden: Mapping[str, str] = field(default_factory=dict[str, str])
    """By entry key: the numbers, as shown, that must not be rung."""
    named: Mapping[str, str] = field(default_factory=dict[str, str])
    """Who is meant where another customer is named by number or address, by the key of the field that does so."""
    erased: Mapping[str, str] = field(default_factory=dict[str, str])
    """By entry key: the numbers, as shown, of somebody who was erased."""


def add_lead(session: Session, command: AddLead) -> Lead:
    """Keep a new customer and return them.

    Raises InvalidAnswers with a problem for each wrong entry key; a number that another customer has is one.
    """
    with session.write(Permission.ADD_CUSTOMERS) as tx:
        lead = read_lead(command.typed, new_lead(tx.now), tx.definitions, tx.format_context())
        if command.mine:
            lead = replace(lead, owner_id=tx.actor.id, owner_at=tx.now)
        lead = _with_marks(tx, lead, (), command.typed, share=command.share)
        lead = _with_names(tx, lead, command.typed)
        new = NewLead({name: getattr(lead, name) for name in _COLUMNS}, lead.numbers)
        (lead_id,) = insert_records(tx, [new], tx.now)
        channel = tx.definitions.channel(lead.channel_first_id)
        detail = ActivityDetail(channel=channel.title if channel else "", owner_to_id=lead.owner_id)
        activities.add(tx, lead_id, ActivityKind.CREATED, tx.now, tx.actor.id, detail)
        _forbid_again(tx, leads.get(tx, lead_id), lead.numbers)
        drafts.discard(tx, tx.actor.id, CUSTOMER_DRAFT, None)
        return tx.show(leads.get(tx, lead_id))


def edit_lead(session: Session, command: EditLead) -> Lead:
    """Change what was typed and return the customer; where nothing is another than before, nothing is written.

    Raises Conflict where somebody changed the customer since `version`, and InvalidAnswers as `add_lead`.
    """
    with session.write(Permission.EDIT_CUSTOMERS) as tx:
        lead = tx.lead(command.lead_id, Permission.EDIT_CUSTOMERS)
        require_sight(tx, lead, command.typed)
        if lead.version != command.version:
            raise lead_changed(tx, lead)
        change_lead(tx, lead, command.typed, share=command.share)
        drafts.discard(tx, tx.actor.id, CUSTOMER_DRAFT, lead.id)
        return tx.show(leads.get(tx, lead.id))


def change_lead(tx: Transaction, lead: Lead, typed: Mapping[str, str], *, share: bool = False) -> None:
    """Change the lead by what was typed, one step with its entry in the timeline. Raises InvalidAnswers."""
    context = tx.format_context()
    after = read_lead(typed, lead, tx.definitions, context)
    after = _with_marks(tx, after, lead.numbers, typed, share=share)
    after = _with_names(tx, after, typed)
    if after != lead:
        changes = differences(lead, after, tx.definitions, context)
        with journal.record(tx, lead.id, tx.actor.id, tx.now) as step:
            step.activity_id = activities.add(
                tx,
                lead.id,
                ActivityKind.EDITED,
                tx.now,
                tx.actor.id,
                ActivityDetail(changes=changes),
            )
            write_values(tx, lead, after)
        held = {each.e164 for each in lead.numbers}
        _forbid_again(tx, leads.get(tx, lead.id), [each for each in after.numbers if each.e164 not in held])


def look_up(
    session: Session,
    typed: Mapping[str, str],
    lead_id: int | None = None,
    interruption: Interruption | None = None,
) -> Known:
    """Who has a number, e-mail address or name that is being typed, other than the customer `lead_id`.

    What is not whole yet is nobody's, and so is what only customers have of whom the person may not know it. Raises
    Interrupted where `interruption` asked for that.
    """
    needed = frozenset({Permission.ADD_CUSTOMERS, Permission.EDIT_CUSTOMERS})
    with session.read(needed, interruption=interruption) as tx:
        region = tx.workspace.region
        numbers = {each.e164: key for key in _NUMBERS for each in parse_phones(typed.get(key, ""), region)}
        address = read_email(typed.get(EMAIL, ""))
        others = {each.key: typed[each.key] for each in _NAMING_ANOTHER if typed.get(each.key)}
        name = typed.get(NAME, "")
        if not (numbers or address or others or name):
            return Known()
        visibility = tx.visibility
        holders = leads.holders_of_numbers(tx, numbers, visibility)
        had = {e164 for e164, some in holders.items() if lead_id in some}
        found = {
            each: (numbers[e164], show_phone(e164, region), e164 in had)
            for e164, some in holders.items()
            for each in some
        }
        for each in leads.find_by_email(tx, address, visibility) if address else ():
            found.setdefault(each, (EMAIL, address or "", False))
        for each in _namesakes(tx, name, lead_id):
            found.setdefault(each, (NAME, name, False))
        found.pop(lead_id or 0, None)
        few = dict(
            sorted(found.items(), key=lambda each: each[1][2])[:_MOST_SHOWN]
        )  # who is in the way first
        rows = leads.rows(tx, few)
        named = {key: _name_of(tx, text) for key, text in others.items()}
        erased = suppression.known(tx, numbers)
        told_of = erased if visibility.reached is None else {}
        forbidden = leads.forbidden_numbers(tx, numbers).union(
            e164 for e164, banned in erased.items() if banned
        )
    there = [
        AlreadyThere(key, each, rows[each].name, shown, shared)
        for each, (key, shown, shared) in few.items()
        if each in rows
    ]
    return Known(
        tuple(there),
        {numbers[each]: show_phone(each, region) for each in sorted(forbidden)},
        named,
        {numbers[each]: show_phone(each, region) for each in sorted(told_of)},
    )


def _namesakes(tx: Transaction, name: str, lead_id: int | None) -> list[int]:
    """Who may be the same person by the name; nobody as long as that is what the customer is called anyway."""
    named = spellings(name)
    present = leads.rows(tx, [lead_id]) if lead_id is not None else {}
    if any(set(spellings(row.name)) & set(named) for row in present.values()):
        return []
    return find_by_name(tx, named, _MOST_SHOWN, tx.visibility)


def write_values(tx: WorkspaceConnection, lead: Lead, after: Lead) -> None:
    """Write what is to be another over a lead, with the columns for sorting and finding that follow from it.

    Raises Conflict as `store.leads.change`.
    """
    changed: dict[str, Any] = {
        name: getattr(after, name) for name in _COLUMNS if getattr(after, name) != getattr(lead, name)
    }
    changed |= word_keys(changed, tx.language)
    answers = answers_found_by(after.custom, tx.found_by)
    if (
        changed.keys() & {"name", "city", "email"}
        or lead.numbers != after.numbers
        or answers != answers_found_by(lead.custom, tx.found_by)
    ):
        numbers, noted = [each.e164 for each in after.numbers], import_notes(tx, [lead.id])
        changed["search_key"] = search_text(
            after.name, after.city, after.email, numbers, noted.get(lead.id, ()), answers
        )
    if lead.numbers != after.numbers:
        rows = [
            (each.e164, each.written, each.extension, at, lead.id if each.shared else 0)
            for at, each in enumerate(after.numbers)
        ]
        journal.replace_numbers(tx, lead.id, rows)
    leads.change(tx, lead, **changed)


def _forbid_again(tx: Transaction, lead: Lead, numbers: Iterable[LeadNumber]) -> None:
    """Forbid those of the numbers, new with this customer, that were forbidden when who had them was erased."""
    forbidden = [
        e164 for e164, banned in suppression.known(tx, [each.e164 for each in numbers]).items() if banned
    ]
    new = set(forbidden) - leads.forbidden_numbers(tx, forbidden)
    if new:
        do_not_call.add(tx, [Ban(tx.now, tx.actor.id, FORBIDDEN_BEFORE, each) for each in sorted(new)])
        detail = ActivityDetail(text=FORBIDDEN_BEFORE, source=", ".join(sorted(new)))
        activities.add(tx, lead.id, ActivityKind.CALLS_FORBIDDEN, tx.now, tx.actor.id, detail)
        leads.change(tx, lead)


def _with_marks(
    tx: Transaction, lead: Lead, had: Iterable[LeadNumber], typed: Mapping[str, str], *, share: bool
) -> Lead:
    """The lead with its numbers as it `had` them, those of others marked as shared where it is to `share` them.

    Raises InvalidAnswers, beside the field, where a number is another customer's and it is not. One of whom the person
    may not know the number shares it without a word, so that a refusal does not tell that it is there.
    """
    marked = {each.e164: each.shared for each in had}
    new = [each.e164 for each in lead.numbers if each.e164 not in marked]
    others = {e164: some[0] for e164, some in leads.holders_of_numbers(tx, new, tx.visibility).items()}
    if others and not share:
        _refuse_numbers(tx, others, typed)
    marked |= dict.fromkeys(leads.holders_of_numbers(tx, new), True)
    numbers = tuple(replace(each, shared=marked.get(each.e164, False)) for each in lead.numbers)
    return replace(lead, numbers=numbers)


def _refuse_numbers(tx: Transaction, others: Mapping[str, int], typed: Mapping[str, str]) -> None:
    """Raises InvalidAnswers that names whose the numbers are."""
    names = {one: each.name for one, each in leads.rows(tx, set(others.values())).items()}
    problems = [
        Invalid(
            belongs_to(names[owner], show_phone(e164, tx.workspace.region)),
            _typed_under(tx, typed, e164),
        )
        for e164, owner in others.items()
    ]
    raise InvalidAnswers(tuple(problems))


def _with_names(tx: Transaction, lead: Lead, typed: Mapping[str, str]) -> Lead:
    """The lead with the names of those whom it names, as just typed, by number or address."""
    named = {
        each.column: _name_of(tx, each.value(lead)) or each.value(lead)
        for each in _NAMING_ANOTHER
        if each.key in typed
    }
    return replace(lead, **named)


def _name_of(tx: Transaction, typed: str) -> str:
    """The name of the customer whose number or e-mail address that is; "" where it is nobody's, or several have it."""
    number, address = parse_phone(typed, tx.workspace.region), read_email(typed)
    found: list[int] = []
    if number is not None:
        found = leads.find_by_number(tx, number.e164, tx.visibility)
    elif address:
        found = leads.find_by_email(tx, address, tx.visibility)
    return leads.get(tx, found[0]).name if len(found) == 1 else ""


def belongs_to(name: str, number: str) -> str:
    """The sentence for a number that another customer has."""
    if not name:
        return _("{number} belongs to another customer; open that one, merge the two, or share it.").format(
            number=number
        )
    return _("{number} belongs to {name}; open that customer, merge the two, or share it.").format(
        number=number, name=name
    )


def require_sight(tx: Transaction, lead: Lead, typed: Mapping[str, str]) -> None:
    """What a person does not see, or sees with numbers left out, they cannot change. Raises Refused."""
    shown = tx.show(lead)
    if not shown.numbers_hidden:
        return
    context = tx.format_context()
    kept, seen = (entry_texts(each, tx.definitions, context) for each in (lead, shown))
    if any(key in hidden_entries(tx.definitions) or kept.get(key) != seen.get(key) for key in typed):
        raise numbers_hidden(shown)


def _typed_under(tx: Transaction, typed: Mapping[str, str], e164: str) -> str:
    """The entry key under which a number was typed."""
    numbers = {
        key: {each.e164 for each in parse_phones(typed.get(key, ""), tx.workspace.region)} for key in _NUMBERS
    }
    only_further = e164 in numbers[PHONE_OTHER] - numbers[PHONE]
    return PHONE_OTHER if only_further else PHONE
