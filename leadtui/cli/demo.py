"""`leadtui demo`: a throw-away desk to try things on."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.options import OpenRequest, session, words
from leadtui.cli.output import Column, on_a_terminal, tell, write_line, write_table
from leadtui.cli.reminders import write_reminders
from leadtui.cli.wording import NOTHING, Wording, counted
from leadtui.domain.cartable import CartablePart
from leadtui.domain.view import View
from leadtui.language import translate
from leadtui.language.translate import _

if TYPE_CHECKING:
    from leadtui.services.desk import Desk

CUSTOMERS = 240
SHOWN = 15
"""Lines of each table where the desk is printed once."""


def demo_command(
    context: typer.Context,
    language: Annotated[
        str,
        typer.Option(parser=words, metavar="en|fa", help=_("The language of its customers and colleagues.")),
    ] = "en",
    customers: Annotated[
        int, typer.Option(min=1, max=1_000_000, metavar="N", help=_("How many customers it has."))
    ] = CUSTOMERS,
) -> None:
    from leadtui.services.demo import build_demo

    with tempfile.TemporaryDirectory(prefix="leadtui-demo-", ignore_cleanup_errors=True) as folder:
        tell(_("Making up customers …"))
        path = str(Path(folder) / "demo.db")
        desk = build_demo(path, language, customers)
        try:
            translate.use(desk.language)
            if on_a_terminal():
                request = OpenRequest(store=path, email=desk.actor.email, desk=desk)
                raise typer.Exit(session(context).open_screens(request))
            print_desk(desk)
        finally:
            desk.close()


def print_desk(desk: Desk) -> None:
    """The desk as text: the cartable, the newest customers, the reminders."""
    from leadtui.services.reminders import ReminderGroup, list_reminders

    write_line(f"{desk.workspace.title} · {desk.actor.name}")
    write_line()
    _print_cartable(desk)
    write_line()
    _print_customers(desk)
    write_line()
    pending = tuple(each for each in list_reminders(desk) if each.group is not ReminderGroup.DONE)
    write_line(_("Reminders"))
    write_reminders(desk, pending)


def _print_cartable(desk: Desk) -> None:
    from leadtui.services.cartable import open_cartable
    from leadtui.services.customers import CustomerList
    from leadtui.services.reasons import why

    cartable = open_cartable(desk)
    heads = {
        CartablePart.TODAY: _("today {n}"),
        CartablePart.OVERDUE: _("overdue {n}"),
        CartablePart.UPCOMING: _("upcoming {n}"),
    }
    counts = [heads[part].format(n=counted(count)) for part, count in cartable.counts.items()]
    write_line(_("My cartable: {counts}").format(counts=" · ".join(counts)))
    wording = Wording(desk)
    shown = cartable.order[:SHOWN]
    leads = CustomerList(desk).rows(shown)
    columns = [
        Column(_("Why")),
        Column(_("Name"), yields=1),
        Column(_("Phone")),
        Column(_("Status"), yields=2),
    ]
    rows = [
        [
            why(cartable.reasons[each], cartable.at, desk.language, desk.calendar, desk.workspace.zone),
            leads[each].name or NOTHING,
            wording.phone(leads[each].phone),
            wording.status(leads[each].status_id),
        ]
        for each in shown
        if each in leads
    ]
    write_table(columns, rows)


def _print_customers(desk: Desk) -> None:
    from leadtui.services.customers import CustomerList

    customers = CustomerList(desk)
    write_line(_("All customers: {n}").format(n=counted(customers.count())))
    wording = Wording(desk)
    shown = customers.first_window(View(), SHOWN)
    leads = customers.rows(shown)
    columns = [
        Column(_("Name"), yields=1),
        Column(_("Phone")),
        Column(_("Status"), yields=2),
        Column(_("Cartable"), yields=3),
        Column(_("City"), yields=4),
        Column(_("Date")),
    ]
    rows = [
        [
            leads[each].name or NOTHING,
            wording.phone(leads[each].phone),
            wording.status(leads[each].status_id),
            wording.person(leads[each].owner_id),
            leads[each].city,
            wording.day(leads[each].entered_at),
        ]
        for each in shown
        if each in leads
    ]
    write_table(columns, rows)
