"""A lead's timeline on screen: its entries in columns and colours, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from leadtui.domain.lead import Activity
from leadtui.language.text import brief, cell_width
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.timeline import GAP, Entry, Part, Role, Span, Timeline
from leadtui.tui.status_style import status_style

ENTRIES_SHOWN = 200
"""Entries that are drawn; older ones are counted in a last line."""

LEAST_WORDS = 30
"""Cells that the words of an entry have at least; on anything narrower they are cut."""

PERSON_WIDTH = 16
"""The most cells that the column of names takes."""

STYLES: Mapping[Role, str] = {
    Role.WHAT: "$dim",
    Role.SOURCE: "$faint",
    Role.STATUS_BEFORE: "$faint",
    Role.STATUS: "$status-grey",
    Role.TITLE: "$faint",
    Role.BEFORE: "$dim",
    Role.AFTER: "",
    Role.NOTE: "$foreground",
    Role.OWNER: "$untouched",
    Role.REMINDER: "$soon",
    Role.FORBIDDEN: "$late",
    Role.ALLOWED: "$gained",
}
"""How each role is drawn; a status that is still defined has its own colour."""


def draw_timeline(activities: Sequence[Activity], formatter: Formatter, width: int) -> Content:
    """The entries, newest first, one line each where `width` cells are enough; else the words go on under words."""
    timeline = Timeline(formatter)
    entries = [timeline.entry(each) for each in activities[:ENTRIES_SHOWN]]
    days = [formatter.day(each.at) for each in entries]
    people = [brief(each.actor, PERSON_WIDTH) for each in entries]
    day_width = max(map(cell_width, days), default=0)
    person_width = max(map(cell_width, people), default=0)
    lines: list[Content] = []
    for entry, day, person in zip(entries, days, people, strict=True):
        when = f"{_padded(day, day_width)}{GAP}{formatter.time(entry.at)}{GAP}"
        head = Content.assemble((when, "$faint"), (_padded(person, person_width), "$foreground"), GAP)
        words = _flowing(_contents(entry), max(width - head.cell_length, LEAST_WORDS))
        indent = Content(" " * head.cell_length)
        lines += [Content.assemble(indent if place else head, line) for place, line in enumerate(words)]
    if len(activities) > len(entries):
        older = _("… and {count} older entries").format(count=len(activities) - len(entries))
        lines.append(Content.styled(older, "$faint"))
    return Content("\n").join(lines)


def _contents(entry: Entry) -> list[Content]:
    parts = [_content(part) for part in entry.parts]
    if not entry.undone:
        return parts
    # Struck and said: colours and strikes alone are not seen on every terminal.
    struck = [Content.styled(part.plain, "$faint strike") for part in parts]
    return [*struck, Content.styled(pgettext("timeline", "taken back"), "$dim")]


def _content(part: Part) -> Content:
    drawn = [(f"{each.glyph} {each.text}" if each.glyph else each.text, _style(each)) for each in part]
    return Content.assemble(*((f"{text} ", style) for text, style in drawn[:-1]), drawn[-1])


def _style(span: Span) -> str:
    return status_style(span.status) if span.status else STYLES[span.role]


def _flowing(parts: Sequence[Content], room: int) -> list[Content]:
    """The parts after each other in lines of `room` cells: a part is only broken where it is longer than a line."""
    lines = [Content("")]
    for part in parts:
        line = Content.assemble(lines[-1], GAP, part) if lines[-1].plain else part
        if line.cell_length <= room:
            lines[-1] = line
        elif part.cell_length <= room:
            lines.append(part)
        else:
            lines[-1:] = line.wrap(room)
    return lines


def _padded(words: str, width: int) -> str:
    return words + " " * (width - cell_width(words))
