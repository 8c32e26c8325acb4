"""The desk once as text: what the screen would show, for where there is no screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from leadtui.domain.cartable import CartablePart, Urgency
from leadtui.domain.lead import Lead
from leadtui.domain.view import View
from leadtui.domain.visibility import hidden_words
from leadtui.language.calendar import show_date, show_moment, show_time
from leadtui.language.phone import show_phone
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _, ngettext, show_number
from leadtui.presentation.cartable_reason import why
from leadtui.presentation.table import TextColumn, lay_out
from leadtui.services.cartable import Cartable, open_cartable
from leadtui.services.lead_list import LeadList
from leadtui.services.reminders import ReminderGroup, due_reminders
from leadtui.services.session import Session

CUSTOMERS_SHOWN = 20
CARTABLE_SHOWN = 40

_MARKS = {Urgency.OVERDUE: "▲", Urgency.SOON: "•", Urgency.NEVER_CONTACTED: "○"}
_DO_NOT_CALL = "⊘"
_NOTHING = "–"
_NEW = "●"


def print_desk(session: Session, width: int) -> str:
    """The person's cartable and the newest customers, as lines of at most `width` cells."""
    now = session.now()
    customers, cartable = LeadList(session), open_cartable(session)
    newest = customers.first_window(View(), CUSTOMERS_SHOWN)
    first = cartable.order[:CARTABLE_SHOWN]
    leads = customers.rows({*newest, *first})
    mine = [leads[each] for each in first if each in leads]
    lines = [
        _head(session, now),
        "",
        _cartable_head(cartable, session.language),
        *_cartable_table(session, cartable, mine, now, width),
        *_more(len(cartable.order) - len(first), session.language),
        "",
        _("All customers {n}").format(n=show_number(customers.count(), session.language)),
        *_customer_table(session, [leads[each] for each in newest if each in leads], width),
        *_more(customers.count() - len(newest), session.language),
    ]
    return "\n".join(ellipsize(line, width) for line in lines)


def _head(session: Session, now: datetime) -> str:
    zone = session.workspace.zone
    day = show_date(now, session.calendar, session.language, zone=zone, style="long")
    due = due_reminders(session)
    missed = sum(each.group is ReminderGroup.MISSED for each in due)
    parts = [session.workspace.title, session.actor.name, f"{day} {show_time(now, session.language, zone)}"]
    if len(due) > missed:
        count = len(due) - missed
        parts.append(
            ngettext("{n} due", "{n} due", count).format(n=show_number(count, session.language)),
        )
    if missed:
        parts.append(
            ngettext("{n} missed", "{n} missed", missed).format(n=show_number(missed, session.language)),
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
    session: Session, cartable: Cartable, leads: Sequence[Lead], now: datetime, width: int
) -> list[str]:
    if not leads:
        return [_("Nobody waits for you.")]
    zone = session.workspace.zone

    def reason(lead: Lead) -> str:
        found = cartable.reasons[lead.id]
        words = why(found, now, session.language, session.calendar, zone)
        return f"{_MARKS.get(found.urgency, ' ')} {words}"

    def following(lead: Lead) -> str:
        if lead.next_at is None:
            return _NOTHING
        return show_moment(lead.next_at, session.calendar, session.language, zone, now)

    columns = [
        TextColumn(f"  {_('Why')}", tuple(map(reason, leads)), 16, 1),
        TextColumn(_("Name"), tuple(lead.name or _phone(session, lead) for lead in leads), 10, 0),
        TextColumn(_("Status"), tuple(_status(session, lead) for lead in leads), 9, 2),
        TextColumn(_("Phone"), tuple(_phone(session, lead) for lead in leads), 14, 4),
        TextColumn(_("Next"), tuple(map(following, leads)), 14, 3),
    ]
    return lay_out(columns, width)


def _customer_table(session: Session, leads: Sequence[Lead], width: int) -> list[str]:
    if not leads:
        return [_("No customers yet.")]
    columns = [
        TextColumn(_("Name"), tuple(lead.name or _("no name") for lead in leads), 12, 0),
        TextColumn(_("City"), tuple(lead.city for lead in leads), 6, 5),
        TextColumn(_("Phone"), tuple(_phone(session, lead) for lead in leads), 14, 1),
        TextColumn(_("Entry"), tuple(_channel(session, lead) for lead in leads), 9, 4),
        TextColumn(_("Status"), tuple(_status(session, lead) for lead in leads), 10, 2),
        TextColumn(_("Owner"), tuple(_owner(session, lead) for lead in leads), 5, 3),
    ]
    return lay_out(columns, width)


def _status(session: Session, lead: Lead) -> str:
    status = session.definitions.status(lead.status_id)
    return f"{_NEW} {_('New')}" if status is None else f"{status.glyph} {status.title}"


def _phone(session: Session, lead: Lead) -> str:
    shown = show_phone(lead.phone, session.workspace.region) if lead.phone else _NOTHING
    if lead.numbers_hidden:
        shown = hidden_words()
    return f"{_DO_NOT_CALL} {shown}" if lead.do_not_call else shown


def _channel(session: Session, lead: Lead) -> str:
    channel = session.definitions.channel(lead.channel_latest_id)
    return channel.title if channel else _NOTHING


def _owner(session: Session, lead: Lead) -> str:
    if lead.owner_id is None:
        return _NOTHING
    if lead.owner_id == session.actor.id:
        return _("me")
    person = session.definitions.colleague(lead.owner_id)
    return person.name if person else _("somebody")
