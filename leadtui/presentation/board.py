"""What needs somebody, in words."""

from __future__ import annotations

from leadtui.language.translate import P_, counted, format_list, pgettext
from leadtui.presentation.activity_sentence import whom
from leadtui.presentation.formatter import Formatter
from leadtui.services.board import Concern, ConcernLine

CONCERN_TITLES: dict[Concern, str] = {
    Concern.UNHEARD: P_("field", "Reminders nobody will hear"),
    Concern.PROMISED: P_("field", "Promised calls overdue"),
    Concern.NOBODYS: P_("field", "New, in nobody's cartable"),
    Concern.LEFT_BEHIND: P_("field", "Customers of who has left"),
    Concern.STALLED: P_("field", "Stalled over 14 days"),
}


def concern_cells(line: ConcernLine, formatter: Formatter) -> list[str]:
    """What it is, how many, since when, and with whom: `Omar 5, Jack 4`."""
    since = "" if line.oldest is None else formatter.moment(line.oldest)
    most = sorted(line.by_person.items(), key=lambda pair: -pair[1])
    people = [f"{whom(person_id, formatter)} {counted(count)}" for person_id, count in most if person_id]
    return [pgettext("field", CONCERN_TITLES[line.concern]), counted(line.count), since, format_list(people)]
