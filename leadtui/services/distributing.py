"""Distribution: new or chosen leads are shared out among colleagues by a rule, tried before it is used."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from leadtui.domain.distribution import (
    CHANNEL,
    CITY,
    NEED,
    TRIED_DAYS,
    DistributionRule,
    Distributor,
    Rule,
    RuleWords,
    Share,
    Sharing,
)
from leadtui.domain.field import find_people
from leadtui.domain.follow_up import check_note
from leadtui.domain.lead_fields import own_fields
from leadtui.domain.permission import Permission
from leadtui.domain.view import LeadFilter
from leadtui.domain.visibility import Owners, common, is_within
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.errors import Invalid, Refused
from leadtui.language.text import clean_multiline, search_key
from leadtui.language.translate import _, format_list
from leadtui.services import bulk, presence
from leadtui.services.bulk import Result
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import filters, given, journal, leads
from leadtui.store.leads import Held

RULE_FIELD, AMONG_FIELD, BY_FIELD = "distribute", "among", "by"


@dataclass(frozen=True, slots=True)
class Plan:
    """Who gets which lead: its id, the version at which it was seen, and the person; `nobody` are left over.

    `before` says how many each has of them now.
    """

    rule: Rule
    ids: array[int]
    versions: array[int]
    owners: array[int]
    nobody: int = 0
    before: Mapping[int | None, int] = field(default_factory=Counter[int | None])

    @property
    def per_person(self) -> Mapping[int, int]:
        """How many each gets."""
        return Counter(self.owners)

    def parts(self) -> Iterator[Plan]:
        """The same, as many at a time as are given in one transaction."""
        for start in range(0, len(self.ids), bulk.GIVEN_AT_ONCE):
            part = slice(start, start + bulk.GIVEN_AT_ONCE)
            yield replace(self, ids=self.ids[part], versions=self.versions[part], owners=self.owners[part])


def plan(session: Session, words: RuleWords, lead_ids: Iterable[int], *, trial: bool = False) -> Plan:
    """Work out who would get the leads, and write nothing. Leads whose work has ended stay where they are.

    A `trial` takes them as if they had just come in, to people whose cartables are empty. Raises Invalid for a
    rule that cannot be.
    """
    with session.read(Permission.TRANSFER) as tx:
        share_out = distributor(tx, words, trial=trial)
        if trial:
            share_out = Distributor(share_out.rule, tx.definitions, {})
        ids, versions, owners = array("q"), array("q"), array("q")
        nobody, before = 0, Counter[int | None]()
        standing = leads.rows(tx, list(lead_ids), tx.visibility)
        for lead in sorted(standing.values(), key=lambda each: (each.entered_at, each.id)):
            status = tx.definitions.status(lead.status_id)
            if not trial and (lead.do_not_call or (status is not None and status.final)):
                continue
            columns = {name: getattr(lead, name) for name in ("city", "channel_latest_id", "need_id")}
            person_id = share_out.next_for(columns, lead.custom)
            before[lead.owner_id] += 1
            if person_id is None:
                nobody += 1
                continue
            ids.append(lead.id)
            versions.append(lead.version)
            owners.append(person_id)
    return Plan(share_out.rule, ids, versions, owners, nobody, before)


def try_rule(session: Session, rule: DistributionRule) -> Plan:
    """Who would have got which of the leads that came in the last TRIED_DAYS. Raises as `plan`."""
    with session.read(Permission.TRANSFER) as tx:
        since = LeadFilter(entered_from=tx.now - timedelta(days=TRIED_DAYS))
        ids = filters.fitting_ids(tx, since, tx.visibility)
    return plan(session, RuleWords(rule.key), ids or (), trial=True)


def distribute(session: Session, part: Plan, group_id: int | None = None, note: str = "") -> Result:
    """Give a part of a plan its owners in one transaction, as `bulk.assign` does; each step says by which rule.

    Raises Refused, and Invalid beside `among` or the note.
    """
    words = clean_multiline(note)
    with session.write(Permission.TRANSFER) as tx:
        check_note(words)
        active = {each.id for each in tx.definitions.active_colleagues}
        owners = dict(zip(part.ids, part.owners, strict=True))
        if not active.issuperset(owners.values()):
            raise Invalid(_("That colleague no longer works here; choose another."), AMONG_FIELD)
        bulk.require_giving(tx, owners.values())
        standing = leads.held(tx, owners.keys())
        going: list[Held] = []
        gone = changed = same = 0
        for lead_id, version in zip(part.ids, part.versions, strict=True):
            lead = standing.get(lead_id)
            if lead is None or not tx.visibility.can_see(lead.owner_id):
                gone += 1
            elif version != lead.version:
                changed += 1
            elif lead.owner_id == owners[lead_id]:
                same += 1
            else:
                if owners[lead_id] == tx.actor.id:
                    tx.require_taking(lead)
                going.append(lead)
        if going:
            group_id = group_id or journal.next_group(tx)
            bulk.transfer(tx, going, owners, group_id, note=words, rule=part.rule.key)
    return Result(len(going), same, changed, gone, group_id)


def distributor(tx: Transaction, words: RuleWords, *, trial: bool = False) -> Distributor:
    """What shares out by a rule as somebody wrote it or by a stored one that it names, from how things stand now.

    Raises Invalid, and Refused for a stored one that is switched off, unless it is only a `trial`.
    """
    stored = _stored(tx.definitions, words)
    if stored is not None and stored.retired and not trial:
        sentence = _("The rule “{title}” is switched off; try it, then switch it on.")
        raise Refused(sentence.format(title=stored.title))
    meant = words if stored is None else stored.words
    among = None if trial else tx.reach(Permission.TRANSFER)
    if meant.on_shift and not trial:
        among = common(among, presence.on_shift(tx))
    rule = read_rule(tx.definitions, meant, among, passing_over=stored is not None)
    if stored is not None:
        rule = replace(rule, title=stored.title)
    last_id = None
    if rule.sharing is Sharing.ROUND_ROBIN:
        last_id = given.last_recipient(tx, [each.person_id for each in rule.shares])
    loads = leads.counts_by_owner(tx)
    held = {one: count for one, count in loads.items() if one is not None}
    return Distributor(rule, tx.definitions, held, last_id)


def _stored(defined: Definitions, words: RuleWords) -> DistributionRule | None:
    """The stored rule that the words name; None for a way to share out. Raises Invalid where more is said of it."""
    if words.sharing.casefold() in [each.value for each in Sharing]:
        return None
    wanted = search_key(words.sharing)
    named = [
        each
        for each in defined.rules
        if words.sharing == each.key or (wanted and wanted == search_key(each.title))
    ]
    if not named:
        return None
    if replace(words, sharing="") != RuleWords(""):
        sentence = _("“{title}” says itself among whom and how; leave the rest out, or change the rule.")
        raise Invalid(sentence.format(title=named[0].title), RULE_FIELD)
    return min(named, key=lambda each: each.retired)


def read_rule(
    defined: Definitions,
    words: RuleWords,
    among: Owners = None,
    *,
    passing_over: bool = False,
) -> Rule:
    """What a rule as somebody wrote it means among who can get leads, of them only those `among` whom it may share out.

    Who cannot get any is refused, or with `passing_over` left out. Raises Invalid.
    """
    sharing = next((each for each in Sharing if each.value == words.sharing.casefold()), None)
    if sharing is None:
        known = format_list([*(each.value for each in Sharing), *(each.title for each in defined.open_rules)])
        raise Invalid(
            _("There is no rule “{typed}”; there are: {known}.").format(typed=words.sharing, known=known),
            RULE_FIELD,
        )
    by = _by(defined, words.by)
    able = [
        each
        for each in defined.active_colleagues
        if each.may(Permission.SEE_CARTABLE)
        and each.may(Permission.FOLLOW_UP)
        and is_within((each.id,), among)
    ]
    named = words.among
    if passing_over:
        named = [each for each in words.among if find_people(named_person(each), able)]
    shares = [_share(defined, each, able, by) for each in named]
    if not words.among:
        shares = [Share(each.id) for each in able]
    if not shares:
        raise Invalid(_("Nobody is there to share out among."), AMONG_FIELD)
    if sharing is Sharing.ONE and len(shares) != 1:
        raise Invalid(_("Name the one who gets them."), AMONG_FIELD)
    return Rule(sharing, shares, by, words.cap)


def named_person(typed: str) -> str:
    """Whom one of `RuleWords.among` names."""
    return typed.partition(":")[0].partition("=")[0].strip()


def _by(defined: Definitions, typed: str) -> str:
    built_in = [each for each in (CHANNEL, CITY, NEED) if each not in defined.sight.hidden]
    known_keys = [*built_in, *sorted(each.key for each in own_fields(defined))]
    if typed and typed not in known_keys:
        known = format_list(known_keys)
        raise Invalid(
            _("A rule cannot go by “{typed}”; it can by: {known}.").format(typed=typed, known=known), BY_FIELD
        )
    return typed


def _share(defined: Definitions, typed: str, able: list[Colleague], by: str) -> Share:
    """Reads `PERSON[=WEIGHT][:VALUE,VALUE]`."""
    who, _colon, takes = typed.partition(":")
    name, equals, weight = who.partition("=")
    found = find_people(name.strip(), able)
    if len(found) != 1:
        raise Invalid(
            _("“{typed}” is nobody who can get leads now; there are: {known}.").format(
                typed=name.strip(), known=format_list(each.name for each in able)
            ),
            AMONG_FIELD,
        )
    if equals and not (weight.strip().isdecimal() and int(weight) > 0):
        raise Invalid(_("“{typed}” is no weight; write one such as 2.").format(typed=weight), AMONG_FIELD)
    if takes and not by:
        raise Invalid(_("Say by which field these values are meant."), BY_FIELD)
    values = frozenset(_taken(defined, by, each.strip()) for each in takes.split(",") if each.strip())
    return Share(found[0].id, int(weight) if equals else 1, values)


def _taken(defined: Definitions, by: str, typed: str) -> str:
    things = {CHANNEL: defined.channels, NEED: defined.needs}.get(by)
    if things is None:
        return search_key(typed)
    wanted = search_key(typed)
    for each in things:
        if wanted in (search_key(each.key), search_key(each.title)):
            return each.key
    raise Invalid(
        _("“{typed}” is none of: {known}.").format(
            typed=typed, known=format_list(each.title for each in things)
        ),
        AMONG_FIELD,
    )
