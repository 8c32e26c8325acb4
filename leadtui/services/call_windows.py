"""Call windows: asking before a customer is rung, or reminded of, at an hour at which nobody is rung where they are."""

from __future__ import annotations

from datetime import datetime

from leadtui.domain.call_window import OutsideWindow, outside_window, zone_of_customer
from leadtui.domain.lead import Lead
from leadtui.errors import Refused
from leadtui.language.calendar import show_moment, show_time
from leadtui.language.text import brief
from leadtui.language.translate import _, pgettext
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction


class NotInWindow(Refused):
    """Nobody rings there at that hour, unless they say that they want to; `outside` says when it is open."""

    def __init__(self, sentence: str, outside: OutsideWindow, lead_name: str, at: datetime) -> None:
        super().__init__(sentence)
        self.outside = outside
        self.lead_name = lead_name
        self.at = at


def outside_now(session: Session, lead: Lead) -> NotInWindow | None:
    """What is asked before the lead, as shown, is rung now; None where nothing is."""
    return _outside(session, lead, session.now(), lead.name)


def require_window(tx: Transaction, lead: Lead, at: datetime) -> None:
    """Raises NotInWindow where the lead is not rung at that moment (aware)."""
    name = tx.show(lead).name if tx.visibility.can_see(lead.owner_id) else ""
    outside = _outside(tx.session, tx.visibility.without_hidden(lead), at, name)
    if outside is not None:
        raise outside


def _outside(session: Session, lead: Lead, at: datetime, name: str) -> NotInWindow | None:
    """Where the lead is, as far as the person may know it, says when; the name is as the person may see it."""
    workspace = session.workspace
    zone = zone_of_customer(lead.phone, lead.city, workspace)
    outside = outside_window(workspace, zone, at)
    if outside is None:
        return None
    return NotInWindow(_sentence(session, name, outside, at), outside, name, at)


def _sentence(session: Session, lead_name: str, outside: OutsideWindow, at: datetime) -> str:
    """That it is not the hour for it, what time it is there, and when it is."""

    def moment(of: datetime, zone: str) -> str:
        return show_moment(of, session.calendar, session.language, zone, session.now())

    when = moment(at, outside.zone)
    if outside.holiday:
        when = pgettext("pattern", "{when}, {holiday}").format(when=when, holiday=outside.holiday)
    name = brief(lead_name, 40) or pgettext("customer", "no name")
    if outside.opens is None:
        words = _("For {name} that is {when}: outside the call windows.")
        return words.format(name=name, when=when)
    opens = moment(outside.opens, session.workspace.zone)
    if outside.elsewhere:
        there = show_time(outside.opens, session.language, outside.zone)
        opens = pgettext("pattern", "{here}, their {there}").format(here=opens, there=there)
    words = _("For {name} that is {when}: outside the call windows, which open {opens}.")
    return words.format(name=name, when=when, opens=opens)
