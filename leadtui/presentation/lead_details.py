"""A lead with every field that has a value, as titles and text: what `leadtui leads show` writes."""

from __future__ import annotations

from leadtui.domain.lead import Lead, LeadNumber
from leadtui.domain.reminder import Reminder, ReminderKind
from leadtui.domain.visibility import hidden_words
from leadtui.language.translate import _
from leadtui.presentation.formatter import Formatter, number_hidden


def lead_fields(lead: Lead, formatter: Formatter) -> list[tuple[str, str]]:
    """Every field of a customer that has a value, the workspace's own included, with its title."""
    given = [
        (_("Id"), str(lead.id)),
        (_("Name"), lead.name),
        (_("City"), lead.city),
        *_numbers(lead, formatter),
        (_("E-mail"), hidden_words() if lead.numbers_hidden else lead.email),
        (_("Date"), f"{formatter.date(lead.entered_at)} {formatter.time(lead.entered_at)}"),
        (_("Grade"), lead.grade),
        (_("Major"), lead.major),
        (_("Entry channel"), _channels(lead, formatter)),
        (_("Status"), formatter.status(lead.status_id)),
        (_("Calls"), _("do not call") if lead.do_not_call else ""),
        (_("Cartable"), formatter.person(lead.owner_id)),
        (_("Need"), formatter.need(lead.need_id)),
        (_("Referrer"), lead.referrer),
        (_("Next"), formatter.moment(lead.next_at) if lead.next_at else ""),
        *((each.title, formatter.field_value(each, lead)) for each in formatter.definitions.open_fields),
    ]
    return [(title, value) for title, value in given if value]


def reminder_words(reminder: Reminder, formatter: Formatter) -> str:
    """A reminder in one line."""
    kind = _("callback") if reminder.kind is ReminderKind.CALLBACK else _("reminder")
    owner = formatter.person(reminder.owner_id)
    return "  ".join(part for part in (formatter.moment(reminder.due), kind, owner, reminder.note) if part)


def number_words(number: LeadNumber, formatter: Formatter) -> str:
    """A number as one rings it, with its extension."""
    shown = formatter.phone(number.e164)
    if not number.extension:
        return shown
    return _("{number} ext. {extension}").format(number=shown, extension=number.extension)


def _numbers(lead: Lead, formatter: Formatter) -> list[tuple[str, str]]:
    if lead.numbers_hidden:
        return [(_("Phone"), number_hidden())]
    titles = [_("Phone"), *[_("Further number")] * max(len(lead.numbers) - 1, 0)]
    numbers = lead.numbers or (LeadNumber(lead.phone, ""),)
    return [(title, number_words(each, formatter)) for title, each in zip(titles, numbers, strict=True)]


def _channels(lead: Lead, formatter: Formatter) -> str:
    latest, first = formatter.channel(lead.channel_latest_id), formatter.channel(lead.channel_first_id)
    if not first or first == latest:
        return latest
    return _("{latest} (first {channel})").format(latest=latest, channel=first)
