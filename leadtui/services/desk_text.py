"""The desk once as text: what the screen would show, for where there is no screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from leadtui.domain.cartable import CartablePart, Urgency
from leadtui.domain.lead import Lead
from leadtui.domain.sight import hidden_words
from leadtui.domain.view import View
from leadtui.language.calendar import show_date, show_moment, show_time
from leadtui.language.phone import show_phone
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _, ngettext, show_number
from leadtui.services.cartable import Cartable, open_cartable
from leadtui.services.customers import CustomerList
from leadtui.services.desk import Desk
from leadtui.services.reasons import why
from leadtui.services.reminders import ReminderGroup, due_reminders
from leadtui.services.text_table import TextColumn, lay_out

CUSTOMERS_SHOWN = 20
CARTABLE_SHOWN = 40

_MARKS = {Urgency.OVERDUE: "▲", Urgency.SOON: "•", Urgency.NEVER_CONTACTED: "○"}
_DO_NOT_CALL = "⊘"
_NOTHING = "–"
_NEW = "●"


def print_desk(desk: Desk, width: int) -> str:
    """The person's cartable and the newest customers, as lines of at most `width` cells."""
    now = desk.now()
    customers, cartable = CustomerList(desk), open_cartable(desk)
    newest = customers.first_window(View(), CUSTOMERS_SHOWN)
    first = cartable.order[:CARTABLE_SHOWN]
    leads = customers.rows({*newest, *first})
    mine = [leads[each] for each in first if each in leads]
    lines = [
        _head(desk, now),
        "",
        _cartable_head(cartable, desk.language),
        *_cartable_table(desk, cartable, mine, now, width),
        *_more(len(cartable.order) - len(first), desk.language),
        "",
        _("All customers {n}").format(n=show_number(customers.count(), desk.language)),
        *_customer_table(desk, [leads[each] for each in newest if each in leads], width),
        *_more(customers.count() - len(newest), desk.language),
    ]
    return "\n".join(ellipsize(line, width) for line in lines)


def _head(desk: Desk, now: datetime) -> str:
    zone = desk.workspace.zone
    day = show_date(now, desk.calendar, desk.language, zone=zone, style="long")
    due = due_reminders(desk)
    missed = sum(each.group is ReminderGroup.MISSED for each in due)
    parts = [desk.workspace.title, desk.actor.name, f"{day} {show_time(now, desk.language, zone)}"]
    if len(due) > missed:
        count = len(due) - missed
        parts.append(
            ngettext("{n} due", "{n} due", count).format(n=show_number(count, desk.language)),
        )
    if missed:
        parts.append(
            ngettext("{n} missed", "{n} missed", missed).format(n=show_number(missed, desk.language)),
        )
    return " · ".join(safe(part) for part in parts)


def _cartable_head(cartable: Cartable, language: str) -> str:
    return _("My cartable {n}: today {today}, overdue {overdue}, upcoming {upcoming}").format(
        n=show_number(len(cartable.order), language),
        today=show_number(cartable.counts[CartablePart.TODAY], language),
        overdue=show_number(cartable.counts[CartablePart.OVERDUE], language),
        upcoming=show_number(cartable.counts[CartablePart.UPCOMING], language),
    )


def _more(count: int, language: str) -> list[str]:
    if count <= 0:
        return []
    return [ngettext("… and {n} more", "… and {n} more", count).format(n=show_number(count, language))]


def _cartable_table(
    desk: Desk, cartable: Cartable, leads: Sequence[Lead], now: datetime, width: int
) -> list[str]:
    if not leads:
        return [_("Nobody waits for you.")]
    zone = desk.workspace.zone

    def reason(lead: Lead) -> str:
        found = cartable.reasons[lead.id]
        words = why(found, now, desk.language, desk.calendar, zone)
        return f"{_MARKS.get(found.urgency, ' ')} {words}"

    def following(lead: Lead) -> str:
        if lead.next_at is None:
            return _NOTHING
        return show_moment(lead.next_at, desk.calendar, desk.language, zone, now)

    columns = [
        TextColumn(f"  {_('Why')}", tuple(map(reason, leads)), 16, 1),
        TextColumn(_("Name"), tuple(lead.name or _phone(desk, lead) for lead in leads), 10, 0),
        TextColumn(_("Status"), tuple(_status(desk, lead) for lead in leads), 9, 2),
        TextColumn(_("Phone"), tuple(_phone(desk, lead) for lead in leads), 14, 4),
        TextColumn(_("Next"), tuple(map(following, leads)), 14, 3),
    ]
    return lay_out(columns, width)


def _customer_table(desk: Desk, leads: Sequence[Lead], width: int) -> list[str]:
    if not leads:
        return [_("No customers yet.")]
    columns = [
        TextColumn(_("Name"), tuple(lead.name or _("no name") for lead in leads), 12, 0),
        TextColumn(_("City"), tuple(lead.city for lead in leads), 6, 5),
        TextColumn(_("Phone"), tuple(_phone(desk, lead) for lead in leads), 14, 1),
        TextColumn(_("Entry"), tuple(_channel(desk, lead) for lead in leads), 9, 4),
        TextColumn(_("Status"), tuple(_status(desk, lead) for lead in leads), 10, 2),
        TextColumn(_("Owner"), tuple(_owner(desk, lead) for lead in leads), 5, 3),
    ]
    return lay_out(columns, width)


def _status(desk: Desk, lead: Lead) -> str:
    status = desk.definitions.status(lead.status_id)
    return f"{_NEW} {_('New')}" if status is None else f"{status.glyph} {status.title}"


def _phone(desk: Desk, lead: Lead) -> str:
    shown = show_phone(lead.phone, desk.workspace.region) if lead.phone else _NOTHING
    if lead.numbers_hidden:
        shown = hidden_words()
    return f"{_DO_NOT_CALL} {shown}" if lead.do_not_call else shown


def _channel(desk: Desk, lead: Lead) -> str:
    channel = desk.definitions.channel(lead.channel_latest_id)
    return channel.title if channel else _NOTHING


def _owner(desk: Desk, lead: Lead) -> str:
    if lead.owner_id is None:
        return _NOTHING
    if lead.owner_id == desk.actor.id:
        return _("me")
    person = desk.definitions.colleague(lead.owner_id)
    return person.name if person else _("somebody")
