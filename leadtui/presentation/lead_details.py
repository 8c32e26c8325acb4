"""A lead as titles and text: every field that has a value, its reminders and numbers, and why it must not be rung."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leadtui.domain.call_window import clocks_differ, zone_of_customer
from leadtui.domain.do_not_call import FORBIDDEN_BEFORE, IMPORTED_FROM, Ban, ListedNumber
from leadtui.domain.field import FieldKind
from leadtui.domain.lead import Lead, LeadNumber
from leadtui.domain.lead_fields import BuiltInKind, LeadField, lead_fields
from leadtui.domain.reminder import Reminder, ReminderKind
from leadtui.language.text import brief
from leadtui.language.translate import _, counted, format_list, npgettext, pgettext
from leadtui.presentation.cartable_reason import their_time
from leadtui.presentation.formatter import Formatter, number_hidden
from leadtui.presentation.repetition import marked_rule, rule_words

if TYPE_CHECKING:
    from leadtui.services.leads import Sharer


def lead_details(lead: Lead, formatter: Formatter) -> list[tuple[str, str]]:
    """Every field of a lead that has a value, the workspace's own included, with its title."""
    given = [(pgettext("field", "Id"), str(lead.id))]
    for field in lead_fields(formatter.definitions):
        if field.on_page:
            given += _field_words(field, lead, formatter)
        if field.kind is FieldKind.PHONE and field.own is None:
            given.append((pgettext("field", "Local time"), local_time(lead, formatter)))
    return [(title, value) for title, value in given if value]


def local_time(lead: Lead, formatter: Formatter) -> str:
    """What the lead's clock shows, where their number or city tells where they are and it is not what ours shows."""
    workspace, context = formatter.definitions.workspace, formatter.context
    zone = zone_of_customer(lead.phone, lead.city, workspace)
    return their_time(zone, context) if clocks_differ(zone, workspace.zone, context.now) else ""


def reminder_words(reminder: Reminder, formatter: Formatter) -> str:
    """A reminder in one line."""
    kind, owner = reminder_kind(reminder), formatter.person(reminder.owner_id)
    rule = marked_rule(reminder.repeats, formatter.context)
    return "  ".join(
        part for part in (formatter.moment(reminder.due), rule, kind, owner, reminder.note) if part
    )


def again_sentence(following: Reminder, formatter: Formatter) -> str:
    """When a reminder comes again that was done or skipped."""
    words = _("It comes again {when}, {rule}.")
    rule = rule_words(following.repeats, formatter.context) if following.repeats else ""
    return words.format(when=formatter.moment(following.due), rule=rule)


def attempts_words(lead: Lead, formatter: Formatter) -> str:
    """How often in a row the lead was not reached, and when the last time."""
    words = npgettext(
        "reminder", "{n} attempt, the last {when}", "{n} attempts, the last {when}", lead.attempts
    )
    return words.format(n=counted(lead.attempts), when=formatter.moment(lead.last_attempt_at))


def attempt_told(lead: Lead, formatter: Formatter) -> str:
    """Which attempt did not reach the lead, as it stands now, and what follows: the next one, or that it was the last.

    Nothing where it was reached, or nobody tried.
    """
    if not lead.attempts:
        return ""
    status = formatter.definitions.status(lead.status_id)
    n, most = counted(lead.attempts), counted(status.retry.most if status else 0)
    if lead.next_at is not None:
        words = pgettext("notice", "attempt {n} of {most}, next {when}")
        return words.format(n=n, most=most, when=formatter.moment(lead.next_at))
    words = pgettext("notice", "attempt {n}, the last one")
    if lead.owner_id is None:
        words = pgettext("notice", "attempt {n}, the last one; out of every cartable")
    return words.format(n=n)


def reminder_kind(reminder: Reminder) -> str:
    """Whether its time was promised to the customer, in a word."""
    if reminder.kind is ReminderKind.CALLBACK:
        return pgettext("reminder", "callback")
    if reminder.kind is ReminderKind.ATTEMPT:
        return pgettext("reminder", "next attempt")
    return pgettext("reminder", "reminder")


def number_words(number: LeadNumber, formatter: Formatter) -> str:
    """A number as one rings it, with its extension."""
    shown = formatter.phone(number.e164)
    if not number.extension:
        return shown
    return pgettext("pattern", "{number} ext. {extension}").format(number=shown, extension=number.extension)


def ban_sentence(ban: Ban, formatter: Formatter) -> str:
    """Who forbade calls, when and why."""
    name = pgettext("person", "somebody") if ban.by is None else formatter.person(ban.by)
    when, status = formatter.moment(ban.at), formatter.definitions.status(ban.status_id)
    if status is not None:
        words = _("Do not call: {name} set “{status}” ({when}).")
        if ban.reason:
            words = _("Do not call: {name} set “{status}” ({when}): “{reason}”.")
        return words.format(name=name, status=status.title, when=when, reason=reason_words(ban.reason))
    words = _("Do not call: {name} put {number} on the do-not-call list ({when}): “{reason}”.")
    return words.format(
        name=name, number=formatter.phone(ban.e164), when=when, reason=reason_words(ban.reason)
    )


def reason_words(reason: str) -> str:
    """Why calls are forbidden or allowed again: as somebody typed it, or what the program keeps instead."""
    if reason == FORBIDDEN_BEFORE:
        return _("Forbidden before the customer who had it was erased")
    if reason.startswith(IMPORTED_FROM):
        return _("Imported from {file}").format(file=reason.removeprefix(IMPORTED_FROM))
    return reason


def sharing_sentence(sharers: Sequence[Sharer]) -> str:
    """Who else has the lead's numbers; "" where nobody does."""
    return _("Same number: {names}.").format(names=named(sharers)) if sharers else ""


def same_holds_for(sharers: Sequence[Sharer]) -> str:
    """That what forbids or allows calls holds for them, too; "" where nobody shares a number."""
    if not sharers:
        return ""
    return _("The same holds for {names}, with the same number.").format(names=named(sharers))


def holders_sentence(listed: ListedNumber) -> str:
    """Which customers have a number of the do-not-call list; "" where nobody does."""
    if not listed.holders:
        return ""
    return _("Customers who have it: {names}.").format(names=_listed([name for _id, name in listed.holders]))


def named(sharers: Sequence[Sharer]) -> str:
    """Those who share a number, as a list; the first of them where there are many."""
    return _listed([each.name for each in sharers])


def _listed(all_names: Sequence[str]) -> str:
    names = [brief(each, _NAME_WIDTH) or pgettext("customer", "another customer") for each in all_names]
    more = len(names) - _MOST_SHARERS
    if more > 0:
        names[_MOST_SHARERS:] = [pgettext("list", "and {count} more").format(count=counted(more))]
    return format_list(names)


_NAME_WIDTH = 30
_MOST_SHARERS = 3


def _field_words(field: LeadField, lead: Lead, formatter: Formatter) -> list[tuple[str, str]]:
    if field.own is not None:
        return [(field.title, formatter.value(field, lead))]
    match field.kind:
        case FieldKind.PHONE:
            return _numbers(lead, formatter)
        case FieldKind.YES_NO:
            return [(field.title, pgettext("choice", "do not call") if lead.do_not_call else "")]
        case BuiltInKind.CHANNEL:
            return [(field.title, _channels(lead, formatter))]
        case BuiltInKind.MOMENT:
            at = field.value(lead)
            return [(field.title, f"{formatter.date(at)} {formatter.time(at)}")]
        case _:
            return [(field.title, formatter.value(field, lead))]


def _numbers(lead: Lead, formatter: Formatter) -> list[tuple[str, str]]:
    if lead.numbers_hidden:
        return [(pgettext("field", "Phone"), number_hidden())]
    titles = [
        pgettext("field", "Phone"),
        *[pgettext("field", "Further number")] * max(len(lead.numbers) - 1, 0),
    ]
    numbers = lead.numbers or (LeadNumber(lead.phone, ""),)
    return [(title, number_words(each, formatter)) for title, each in zip(titles, numbers, strict=True)]


def _channels(lead: Lead, formatter: Formatter) -> str:
    latest, first = formatter.channel(lead.channel_latest_id), formatter.channel(lead.channel_first_id)
    if not first or first == latest:
        return latest
    return pgettext("pattern", "{latest} (first {channel})").format(latest=latest, channel=first)
