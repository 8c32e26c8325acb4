"""The rules by which statuses, fields, channels and needs are defined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from leadtui.domain.escalation import LONGEST_OVERDUE
from leadtui.domain.field import FOUND_KINDS, Field, FieldKind
from leadtui.domain.message import (
    LONGEST_BODY,
    LONGEST_SUBJECT,
    Medium,
    MessageText,
    placeholders_in,
    unknown_placeholder,
)
from leadtui.domain.retry import LONGEST_WAIT, MOST_ATTEMPTS, RetryRule
from leadtui.domain.status import STATUS_COLOURS, CartableRule, Status
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.text import cell_width, clean, clean_multiline, search_key
from leadtui.language.translate import _, counted

TITLE = "title"
GLYPH = "glyph"
COLOUR = "colour"
OPTIONS = "options"
FOUND_BY = "found_by"
RETRY = "retry"
CALL_GAP = "call_gap"
ESCALATION = "escalation"
LONGEST_TITLE = 80
"""The names under which problems of a definition are reported, and the longest title in letters."""

LONGEST_CALL_GAP = 7 * 24 * 60
"""The most minutes that a workspace can want between two calls to one number."""


@dataclass(frozen=True, slots=True)
class OtherDefinition:
    """Another definition of the same sort, as far as titles and keys are compared."""

    id: int
    key: str
    title: str
    retired: bool = False


def clean_status(status: Status, others: Sequence[Status]) -> Status:
    """The status as it may be kept: words cleaned, fields in their order with keys of their own.

    Raises InvalidAnswers; a problem of the n-th field is reported as "fields.n.title" or "fields.n.options".
    """
    problems: list[Invalid] = []
    taken = [OtherDefinition(each.id, each.key, each.title, each.retired) for each in others]
    title = _clean_title(status.title, status.id, taken, TITLE, problems)
    glyph = clean(status.glyph)
    if cell_width(glyph) != 1:
        problems.append(Invalid(_("A sign of one cell is needed, such as ●."), GLYPH))
    if status.colour not in STATUS_COLOURS:
        problems.append(Invalid(_("Choose one of the colours of the list."), COLOUR))
    fields = _clean_fields(status.fields, problems)
    problem = retry_problem(status, others)
    if problem is not None:
        problems.append(problem)
    problem = escalation_problem(status)
    if problem is not None:
        problems.append(problem)
    if problems:
        raise InvalidAnswers(tuple(problems))
    return replace(
        status,
        retry=status.retry or RetryRule(),
        key=status.key or new_key(title, "status", (each.key for each in others)),
        title=title,
        glyph=glyph,
        owner_title=clean(status.owner_title) if status.cartable is CartableRule.NEXT else "",
        fields=fields,
    )


def retry_problem(status: Status, others: Sequence[Status]) -> Invalid | None:
    """What is wrong with the retry rule of the status, reported as "retry.most" and the like."""
    rule = status.retry
    if not rule:
        return None
    if status.final:
        return Invalid(_("Work ends with this status; nobody is tried again."), f"{RETRY}.pace")
    if not 1 <= rule.after_minutes <= LONGEST_WAIT:
        words = _("Write after how many minutes, from 1 to {most}.").format(most=counted(LONGEST_WAIT))
        return Invalid(words, f"{RETRY}.after_minutes")
    if not 1 <= rule.most <= MOST_ATTEMPTS:
        words = _("Write how often at the most, from 1 to {most}.").format(most=counted(MOST_ATTEMPTS))
        return Invalid(words, f"{RETRY}.most")
    then = next((each for each in others if each.key == rule.then_status and not each.retired), None)
    if rule.then_status and (then is None or not then.asks_nothing or then.retry):
        words = _("After the last attempt comes a status in use that asks nothing and plans no attempt.")
        return Invalid(words, f"{RETRY}.then_status")
    return None


def call_gap_problem(minutes: int) -> Invalid | None:
    """What is wrong with so many minutes between two calls to one number; 0 asks nobody."""
    if 0 <= minutes <= LONGEST_CALL_GAP:
        return None
    words = _("Write how many minutes apart, up to {most}; 0 never asks.")
    return Invalid(words.format(most=counted(LONGEST_CALL_GAP)), CALL_GAP)


def escalation_problem(status: Status) -> Invalid | None:
    """What is wrong with the escalation rule of the status, reported as "escalation.pool_after" and the like."""
    rule = status.escalation
    if not rule:
        return None
    if status.final:
        words = _("Work ends with this status; no reminder is overdue in it.")
        return Invalid(words, f"{ESCALATION}.{'supervisor_after' if rule.supervisor_after else 'pool_after'}")
    for name, minutes in (("supervisor_after", rule.supervisor_after), ("pool_after", rule.pool_after)):
        if not 0 <= minutes <= LONGEST_OVERDUE:
            words = _("Write after how many minutes, up to {most}, or nothing for never.")
            return Invalid(words.format(most=counted(LONGEST_OVERDUE)), f"{ESCALATION}.{name}")
    if rule.supervisor_after and 0 < rule.pool_after <= rule.supervisor_after:
        words = _("The supervisor needs some time: write more than {n} minutes.")
        return Invalid(words.format(n=counted(rule.supervisor_after)), f"{ESCALATION}.pool_after")
    return None


def clean_field(field: Field, others: Sequence[Field], reserved: Iterable[str] = ()) -> Field:
    """A customers' field as it may be kept; `reserved` are keys that every customer has. Raises InvalidAnswers."""
    problems: list[Invalid] = []
    taken = [OtherDefinition(each.id, each.key, each.title, each.retired) for each in others]
    cleaned = _clean_one(field, taken, "", problems)
    if field.found_by and field.kind not in FOUND_KINDS:
        problems.append(
            Invalid(_("Customers are found by texts alone; choose another kind of answer."), FOUND_BY)
        )
    if problems:
        raise InvalidAnswers(tuple(problems))
    keys = [*(each.key for each in others), *reserved]
    return replace(cleaned, key=field.key or new_key(cleaned.title, "field", keys))


def clean_text(text: MessageText, others: Iterable[MessageText], known: Iterable[str]) -> MessageText:
    """The text as it is kept, with a key. Raises InvalidAnswers, each problem under the name of the part."""
    taken = [OtherDefinition(each.id, each.key, each.title, each.retired) for each in others]
    problems: list[Invalid] = []
    mail = text.medium is Medium.EMAIL
    cleaned = replace(
        text,
        title=_clean_title(text.title, text.id, taken, TITLE, problems),
        subject=clean(text.subject) if mail else "",
        body=clean_multiline(text.body),
    )
    if not cleaned.body:
        problems.append(Invalid(_("Write what is to be sent."), "body"))
    elif len(cleaned.body) > LONGEST_BODY:
        words = _("That is too long; {most} letters are sent at the most.")
        problems.append(Invalid(words.format(most=LONGEST_BODY), "body"))
    if mail and not cleaned.subject:
        problems.append(Invalid(_("A letter needs a subject."), "subject"))
    elif len(cleaned.subject) > LONGEST_SUBJECT:
        words = _("That is too long; {most} letters are sent at the most.")
        problems.append(Invalid(words.format(most=LONGEST_SUBJECT), "subject"))
    names = tuple(known)
    for part in ("subject", "body"):
        for name in placeholders_in(getattr(cleaned, part)):
            if name not in names:
                problems.append(Invalid(unknown_placeholder(name, names), part))
    if problems:
        raise InvalidAnswers(tuple(problems))
    return replace(cleaned, key=cleaned.key or new_key(cleaned.title, "text", (each.key for each in taken)))


def clean_title(title: str, own_id: int, others: Sequence[OtherDefinition]) -> str:
    """A title as it may be kept. Raises Invalid where it is empty, too long, or taken, however it is written."""
    problems: list[Invalid] = []
    cleaned = _clean_title(title, own_id, others, TITLE, problems)
    if problems:
        raise problems[0]
    return cleaned


def new_key(title: str, kind: str, taken: Iterable[str]) -> str:
    """A stable key from a title where it has Latin letters, else from its kind; none that is taken."""
    stem = re.sub(r"[^a-z0-9]+", "_", clean(title).casefold()).strip("_")[:40]
    stem = stem if re.match(r"[a-z]", stem) else kind
    used = set(taken)
    key, number = stem, 1
    while key in used:
        number += 1
        key = f"{stem}_{number}"
    return key


def _clean_fields(fields: Sequence[Field], problems: list[Invalid]) -> tuple[Field, ...]:
    cleaned: list[Field] = []
    keys = [each.key for each in fields if each.key]
    for place, each in enumerate(fields):
        if each.retired:
            cleaned.append(each)
            continue
        # A new field has no id yet: its place, counted below all ids, tells it from the others.
        taken = [
            OtherDefinition(other.id or -at - 1, other.key, other.title, other.retired)
            for at, other in enumerate(fields)
        ]
        one = _clean_one(replace(each, id=each.id or -place - 1), taken, f"fields.{place}.", problems)
        key = each.key or new_key(one.title, "field", keys)
        keys.append(key)
        cleaned.append(replace(one, id=each.id, key=key, position=place))
    return tuple(cleaned)


def _clean_one(field: Field, taken: Sequence[OtherDefinition], prefix: str, problems: list[Invalid]) -> Field:
    title = _clean_title(field.title, field.id, taken, prefix + TITLE, problems)
    options = tuple(dict.fromkeys(clean(option) for option in field.options if clean(option)))
    chooses = field.kind in (FieldKind.CHOICE, FieldKind.CHOICES)
    if chooses and len(options) < 2:
        problems.append(
            Invalid(
                _("“{field}” needs at least two options to choose from.").format(field=title)
                if title
                else _("At least two options to choose from are needed."),
                prefix + OPTIONS,
            )
        )
    elif chooses and len({search_key(option) for option in options}) < len(options):
        problems.append(
            Invalid(
                _("Two options of “{field}” read alike.").format(field=title)
                if title
                else _("Two options read alike."),
                prefix + OPTIONS,
            )
        )
    return replace(field, title=title, options=options if chooses else ())


def _clean_title(
    title: str, own_id: int, taken: Sequence[OtherDefinition], name: str, problems: list[Invalid]
) -> str:
    cleaned = clean(title)
    if not cleaned:
        problems.append(Invalid(_("A title is needed."), name))
    elif len(cleaned) > LONGEST_TITLE:
        problems.append(
            Invalid(
                _("The title is too long; {limit} letters fit.").format(limit=counted(LONGEST_TITLE)), name
            )
        )
    else:
        alike = search_key(cleaned) or cleaned
        twin = next(
            (
                each
                for each in taken
                if each.id != own_id and not each.retired and (search_key(each.title) or each.title) == alike
            ),
            None,
        )
        if twin is not None:
            problems.append(Invalid(_("There is “{title}” already.").format(title=twin.title), name))
    return cleaned
