"""The desk once as text: what the screen would show, for where there is no screen."""

from __future__ import annotations

from collections.abc import Sequence

from leadtui.domain.cartable import CartablePart
from leadtui.domain.lead import Lead
from leadtui.domain.lead_fields import CHANNEL, CITY, NAME, OWNER, PHONE, STATUS
from leadtui.domain.view import View
from leadtui.language.bidi import without_isolates
from leadtui.language.calendar import show_date
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _, apart, counted, ngettext, pgettext
from leadtui.presentation.cartable_reason import (
    URGENCY_GLYPHS,
    elsewhere_words,
    overdue_words,
    part_titles,
    why,
)
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.presentation.table import TextColumn, lay_out
from leadtui.services.cartable import Cartable, open_cartable
from leadtui.services.lead_list import LeadList
from leadtui.services.reminders import due_reminders
from leadtui.services.session import Session

CUSTOMERS_SHOWN = 20
CARTABLE_SHOWN = 40


def print_desk(session: Session, width: int) -> str:
    """The person's cartable and the newest customers, as lines of at most `width` cells, for anything that reads text."""
    formatter = Formatter(session)
    customers, cartable = LeadList(session), open_cartable(session)
    newest = customers.first_window(View(), CUSTOMERS_SHOWN)
    first = cartable.order[:CARTABLE_SHOWN]
    leads = customers.rows({*newest, *first})
    mine = [leads[each] for each in first if each in leads]
    lines = [
        _head(formatter, cartable),
        "",
        _cartable_head(cartable),
        *_cartable_table(cartable, mine, formatter, width),
        *_more(len(cartable.order) - len(first)),
        "",
        _("All customers {n}").format(n=counted(customers.count())),
        *_lead_table([leads[each] for each in newest if each in leads], formatter, width),
        *_more(customers.count() - len(newest)),
    ]
    return "\n".join(ellipsize(without_isolates(line), width) for line in lines)


def _head(formatter: Formatter, cartable: Cartable) -> str:
    session = formatter.session
    now, zone = session.now(), session.workspace.zone
    day = show_date(now, session.calendar, session.language, zone=zone, style="long")
    parts = [session.workspace.title, session.actor.name, f"{day} {formatter.time(now)}"]
    overdue = cartable.counts[CartablePart.OVERDUE]
    elsewhere = sum(each.elsewhere for each in due_reminders(session))
    parts += [words for words in (overdue_words(overdue), elsewhere_words(elsewhere)) if words]
    return " · ".join(apart(safe(part)) for part in parts)


def _cartable_head(cartable: Cartable) -> str:
    parts = [f"{title} {counted(cartable.counts[part])}" for part, title in part_titles().items()]
    title = _("My cartable {n}").format(n=counted(len(cartable.order)))
    return " · ".join(apart(each) for each in (title, *parts))


def _more(count: int) -> list[str]:
    if count <= 0:
        return []
    return [ngettext("… and {n} more", "… and {n} more", count).format(n=counted(count))]


def _cartable_table(cartable: Cartable, leads: Sequence[Lead], formatter: Formatter, width: int) -> list[str]:
    if not leads:
        return [_("Nobody waits for you.")]
    context = formatter.context

    columns = [
        TextColumn("  " + pgettext("column", "Why"), yields=2, least=16),
        TextColumn(pgettext("column", "Name"), yields=1, least=10),
        TextColumn(pgettext("column", "Status"), yields=3, least=9),
        TextColumn(pgettext("column", "Phone"), yields=5, least=14),
        TextColumn(pgettext("column", "Next"), yields=4, least=14),
    ]
    rows: list[list[str]] = []
    for lead in leads:
        reason, phone = cartable.reasons[lead.id], _phone(lead, formatter)
        waits = f"{URGENCY_GLYPHS[reason.urgency]} {why(reason, context)}"
        status, following = formatter.status(lead.status_id), formatter.moment(lead.next_at)
        rows.append([waits, lead.name or phone, status, phone, following])
    return lay_out(columns, rows, width)


def _lead_table(leads: Sequence[Lead], formatter: Formatter, width: int) -> list[str]:
    if not leads:
        return [_("No customers yet.")]
    columns = {
        NAME: TextColumn(pgettext("column", "Name"), yields=1, least=12),
        CITY: TextColumn(pgettext("column", "City"), yields=6, least=6),
        PHONE: TextColumn(pgettext("column", "Phone"), yields=2, least=14),
        CHANNEL: TextColumn(pgettext("column", "Entry"), yields=5, least=9),
        STATUS: TextColumn(pgettext("column", "Status"), yields=3, least=10),
        OWNER: TextColumn(pgettext("column", "Owner"), yields=4, least=5),
    }
    rows = [
        [
            lead.name or pgettext("customer", "no name"),
            lead.city,
            _phone(lead, formatter),
            formatter.channel(lead.channel_latest_id) or NOTHING,
            formatter.status(lead.status_id),
            formatter.owner(lead.owner_id),
        ]
        for lead in leads
    ]
    shown = [at for at, key in enumerate(columns) if key not in formatter.definitions.sight.hidden]
    heads = [*columns.values()]
    return lay_out([heads[at] for at in shown], [[row[at] for at in shown] for row in rows], width)


def _phone(lead: Lead, formatter: Formatter) -> str:
    shown = formatter.marked_phone(lead.phone, do_not_call=lead.do_not_call, hidden=lead.numbers_hidden)
    return shown or NOTHING
