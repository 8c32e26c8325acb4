"""What is said of overdue reminders that go on: before, and once it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadtui.domain.escalation import Escalated, Going
from leadtui.language.text import brief
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import NAME_WIDTH, Formatter

if TYPE_CHECKING:
    from leadtui.services.escalating import PassedOn


def going_words(going: Going | None, formatter: Formatter) -> str:
    """Where a reminder goes if nobody answers it, and when: `to the supervisor today 10:45`; empty for nowhere."""
    if going is None:
        return ""
    if going.to is Escalated.TO_SUPERVISOR:
        words = pgettext("reminder", "to the supervisor {when}")
    else:
        words = pgettext("reminder", "to nobody's cartable {when}")
    return words.format(when=formatter.moment(max(going.at, formatter.session.now())))


def passed_on_sentence(passed: PassedOn, formatter: Formatter) -> str:
    """What went where: `The reminder of Mina Sadeghi (today 10:00) goes from Reza to Neda.`"""
    words = _("The reminder of {name} ({when}) goes from {owner} to {supervisor}.")
    if passed.to is Escalated.TO_NOBODY:
        words = _("{name} leaves the cartable of {owner}; the reminder ({when}) is with {supervisor}.")
    return words.format(
        name=brief(passed.lead_name, NAME_WIDTH) or pgettext("customer", "another customer"),
        when=formatter.moment(passed.reminder.due),
        owner=formatter.person(passed.reminder.owner_id),
        supervisor=formatter.person(passed.owner_id),
    )
