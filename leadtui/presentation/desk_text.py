"""The desk once as text: what the screen would show, for where there is no screen."""

from __future__ import annotations

from collections.abc import Sequence

from leadtui.domain.cartable import CartablePart
from leadtui.domain.lead import Lead
from leadtui.domain.view import View
from leadtui.language.calendar import show_date
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _, ngettext
from leadtui.presentation.cartable_reason import URGENCY_GLYPHS, why
from leadtui.presentation.formatter import NOTHING, Formatter, counted
from leadtui.presentation.table import TextColumn, lay_out
from leadtui.services.cartable import Cartable, open_cartable
from leadtui.services.lead_list import LeadList
from leadtui.services.reminders import ReminderGroup, due_reminders
from leadtui.services.session import Session

CUSTOMERS_SHOWN = 20
CARTABLE_SHOWN = 40


def print_desk(session: Session, width: int) -> str:
    """The person's cartable and the newest customers, as lines of at most `width` cells."""
    formatter = Formatter(session)
    customers, cartable = LeadList(session), open_cartable(session)
    newest = customers.first_window(View(), CUSTOMERS_SHOWN)
    first = cartable.order[:CARTABLE_SHOWN]
    leads = customers.rows({*newest, *first})
    mine = [leads[each] for each in first if each in leads]
    lines = [
        _head(formatter),
        "",
        _cartable_head(cartable),
        *_cartable_table(cartable, mine, formatter, width),
        *_more(len(cartable.order) - len(first)),
        "",
        _("All customers {n}").format(n=counted(customers.count())),
        *_lead_table([leads[each] for each in newest if each in leads], formatter, width),
        *_more(customers.count() - len(newest)),
    ]
    return "\n".join(ellipsize(line, width) for line in lines)


def _head(formatter: Formatter) -> str:
    session = formatter.session
    now, zone = session.now(), session.workspace.zone
    day = show_date(now, session.calendar, session.language, zone=zone, style="long")
    groups = [each.group for each in due_reminders(session)]
    missed = groups.count(ReminderGroup.MISSED)
    due = len(groups) - missed
    parts = [session.workspace.title, session.actor.name, f"{day} {formatter.time(now)}"]
    if due:
        parts.append(ngettext("{n} due", "{n} due", due).format(n=counted(due)))
    if missed:
        parts.append(ngettext("{n} missed", "{n} missed", missed).format(n=counted(missed)))
    return " · ".join(safe(part) for part in parts)


def _cartable_head(cartable: Cartable) -> str:
    return _("My cartable {n}: today {today}, overdue {overdue}, upcoming {upcoming}").format(
        n=counted(len(cartable.order)),
        today=counted(cartable.counts[CartablePart.TODAY]),
        overdue=counted(cartable.counts[CartablePart.OVERDUE]),
        upcoming=counted(cartable.counts[CartablePart.UPCOMING]),
    )


def _more(count: int) -> list[str]:
    if count <= 0:
        return []
    return [ngettext("… and {n} more", "… and {n} more", count).format(n=counted(count))]


def _cartable_table(cartable: Cartable, leads: Sequence[Lead], formatter: Formatter, width: int) -> list[str]:
    if not leads:
        return [_("Nobody waits for you.")]
    context = formatter.context

    def reason(lead: Lead) -> str:
        found = cartable.reasons[lead.id]
        return f"{URGENCY_GLYPHS[found.urgency]} {why(found, context)}"

    columns = [
        TextColumn(f"  {_('Why')}", tuple(map(reason, leads)), 16, 1),
        TextColumn(_("Name"), tuple(lead.name or _phone(lead, formatter) for lead in leads), 10, 0),
        TextColumn(_("Status"), tuple(formatter.status(lead.status_id) for lead in leads), 9, 2),
        TextColumn(_("Phone"), tuple(_phone(lead, formatter) for lead in leads), 14, 4),
        TextColumn(_("Next"), tuple(formatter.moment(lead.next_at) for lead in leads), 14, 3),
    ]
    return lay_out(columns, width)


def _lead_table(leads: Sequence[Lead], formatter: Formatter, width: int) -> list[str]:
    if not leads:
        return [_("No customers yet.")]
    columns = [
        TextColumn(_("Name"), tuple(lead.name or _("no name") for lead in leads), 12, 0),
        TextColumn(_("City"), tuple(lead.city for lead in leads), 6, 5),
        TextColumn(_("Phone"), tuple(_phone(lead, formatter) for lead in leads), 14, 1),
        TextColumn(_("Entry"), tuple(_channel(lead, formatter) for lead in leads), 9, 4),
        TextColumn(_("Status"), tuple(formatter.status(lead.status_id) for lead in leads), 10, 2),
        TextColumn(_("Owner"), tuple(formatter.owner(lead.owner_id) for lead in leads), 5, 3),
    ]
    return lay_out(columns, width)


def _phone(lead: Lead, formatter: Formatter) -> str:
    shown = formatter.marked_phone(lead.phone, do_not_call=lead.do_not_call, hidden=lead.numbers_hidden)
    return shown or NOTHING


def _channel(lead: Lead, formatter: Formatter) -> str:
    return formatter.channel(lead.channel_latest_id) or NOTHING
