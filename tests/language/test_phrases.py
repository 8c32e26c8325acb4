"""What people at work type for a moment, in three languages: a table of what each phrase means, or why it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from leadtui.language.calendar import Calendar
from leadtui.language.clock import WORK_HOURS, WorkHours
from leadtui.language.here import Here
from leadtui.language.moment import read_moment
from leadtui.language.reading import Doubt

PHRASES = Path(__file__).parent.parent / "data" / "moments.tsv"

ZONES = {
    "GB": "Europe/London",
    "DE": "Europe/Berlin",
    "US": "America/New_York",
    "IR": "Asia/Tehran",
    "EG": "Africa/Cairo",
    "SA": "Asia/Riyadh",
}
NOW = datetime(2026, 11, 27, 10, 42, 30)
"""Friday 6 Azar 1405, wherever the workspace is."""

REFUSALS = {"no": Doubt.NOT_UNDERSTOOD, "several": Doubt.SEVERAL, "no hour": Doubt.NO_HOUR}


def phrases() -> Iterator[tuple[str, str, str, str]]:
    """Workspace, phrase, what it means, and what else it could mean."""
    for line in PHRASES.read_text(encoding="utf-8").splitlines()[1:]:
        if not line.startswith("#"):
            workspace, phrase, means, *other = line.split("\t")
            yield workspace, phrase, means, "".join(other)


def told(workspace: str, phrase: str) -> tuple[str, str]:
    """What the phrase is read as, in the words of the table."""
    region, _, span = workspace.partition(" ")
    begin, _, end = span.partition("-")
    zone = ZoneInfo(ZONES[region])
    reading = read_moment(
        phrase,
        Here(
            now=NOW.replace(tzinfo=zone),
            zone=zone.key,
            calendar=Calendar.JALALI if region == "IR" else Calendar.GREGORIAN,
            region=region,
            hours=WorkHours(time(int(begin)), time(int(end))) if span else WORK_HOURS,
        ),
    )
    others = ";".join(f"{each.astimezone(zone):%Y-%m-%d %H:%M}" for each in reading.others) or "none"
    if reading.said is not None:
        assert reading.said.tzinfo is UTC
        return f"{reading.said.astimezone(zone):%Y-%m-%d %H:%M}", others
    if reading.doubt is Doubt.MISSPELT:
        return f"meant: {reading.meant}", others
    return next(word for word, doubt in REFUSALS.items() if doubt is reading.doubt), others


def test_phrases() -> None:
    wrong: list[str] = []
    for workspace, phrase, means, other in phrases():
        said, others = told(workspace, phrase)
        if said != means or other not in ("", others):
            wrong.append(f"{workspace}: {phrase!r} should be {means} ({other}), is {said} ({others})")
    assert not wrong, "\n".join(wrong)


def test_the_table_holds_what_is_refused_too() -> None:
    table = list(phrases())
    refused = [phrase for _, phrase, means, _ in table if not means.startswith("20")]
    assert len(table) >= 240
    assert len(refused) * 3 >= len(table)
    assert len({(workspace, phrase) for workspace, phrase, *_ in table}) == len(table)
