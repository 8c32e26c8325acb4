"""What can be decided about a file before it is imported: where each column goes, and how it is taken; each with its choices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from pathlib import Path

from leadtui.domain.importing import Duplicates, ImportOptions, SameNumber
from leadtui.domain.lead_fields import import_fields
from leadtui.domain.workspace import Definitions
from leadtui.language.territory import region_title, regions
from leadtui.language.text import brief, clean, ellipsize, safe
from leadtui.language.translate import apart, format_list, pgettext
from leadtui.services.importing.preview import Preview
from leadtui.services.importing.titles import PARTS, Target

EXAMPLE_WIDTH = 24
"""Letters of a cell that are shown."""

ALL_SHEETS = "all"


class Part(StrEnum):
    """What is decided; columns and doubts have their place behind it."""

    COLUMN = "column"
    DOUBT = "doubt"
    SHEET = "sheet"
    REGION = "region"
    CHANNEL = "channel"
    OWNER = "owner"
    DUPLICATES = "duplicates"
    SAME_NUMBER = "same-number"
    DROP = "drop"
    REJECTS = "rejects"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to decide; `value` is what `decided` is given."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that a person may decide: what it is about, how it stands, and what else there is."""

    part: Part
    place: int
    """Of a column or a doubt, from 0."""
    title: str
    stands: str
    """How it is decided now, in words; empty where nothing is."""
    about: str = ""
    """What the cells hold."""
    choices: tuple[Choice, ...] = ()
    """None where it is as it is."""

    @property
    def name(self) -> str:
        """By which a list knows it."""
        return f"{self.part.value}:{self.place}"


def decisions(
    preview: Preview, options: ImportOptions, definitions: Definitions, language: str
) -> tuple[Decision, ...]:
    """All that there is to decide, the columns first."""
    return (
        *_columns(preview, definitions),
        *_doubts(preview),
        *_sheet(preview),
        *_ways(options, definitions, language),
        _rejects(preview, options),
    )


def decided(preview: Preview, options: ImportOptions, decision: Decision, value: str) -> ImportOptions:
    """The options once that is decided so."""
    match decision.part:
        case Part.COLUMN:
            title = clean(preview.columns[decision.place].title)
            return replace(options, mapping={**options.mapping, title: value})
        case Part.DOUBT:
            doubt = preview.doubts[decision.place]
            return doubt.decided(options, next(each for each in doubt.choices if each.value == value))
        case Part.SHEET:
            return replace(options, sheet=value, mapping={})
        case Part.REGION:
            return replace(options, region=value)
        case Part.CHANNEL:
            return replace(options, channel=value)
        case Part.OWNER:
            return replace(options, owner=value)
        case Part.DUPLICATES:
            return replace(options, duplicates=Duplicates(value))
        case Part.SAME_NUMBER:
            return replace(options, same_number=SameNumber(value))
        case Part.DROP:
            return replace(options, drop=bool(value))
        case Part.REJECTS:
            return replace(options, rejects=Path(value) if value else None)


def target_titles(definitions: Definitions) -> dict[str, str]:
    """Where a column can go, by the key of the field or target."""
    parts = {
        Target.FIRST_NAME: pgettext("column", "First name"),
        Target.MIDDLE_NAME: pgettext("column", "Middle name"),
        Target.LAST_NAME: pgettext("column", "Last name"),
        Target.EMAIL_OTHER: pgettext("column", "Further e-mail"),
        Target.ENTERED_TIME: pgettext("column", "Time of day they came in"),
    }
    titles: dict[str, str] = {}
    for each in import_fields():
        titles[each.key] = each.title
        titles |= {part: parts[Target(part)] for part in PARTS.get(each.key, ())}
    titles |= {each.key: brief(each.title, 40) for each in definitions.open_fields}
    return titles | {
        Target.NOTE: pgettext("column", "A note"),
        Target.COUNTRY: pgettext("column", "Country of the numbers"),
        Target.MAY_CALL: pgettext("column", "Whether they may be called"),
        Target.SHARED_NUMBERS: pgettext("column", "Numbers that others have too"),
        Target.EXTERNAL_ID: pgettext("column", "Number in another program, left out"),
        Target.IGNORE: pgettext("column", "Left out"),
    }


def _columns(preview: Preview, definitions: Definitions) -> Iterable[Decision]:
    titles = target_titles(definitions)
    choices = () if preview.is_log else tuple(Choice(key, words) for key, words in titles.items())
    for place, column in enumerate(preview.columns):
        examples = [safe(ellipsize(clean(each), EXAMPLE_WIDTH)) for each in column.examples]
        yield Decision(
            Part.COLUMN,
            place,
            brief(column.title, 40),
            titles.get(column.target, column.target) if column.target else "",
            " · ".join(examples),
            choices,
        )


def _doubts(preview: Preview) -> Iterable[Decision]:
    for place, doubt in enumerate(preview.doubts):
        choices = tuple(Choice(each.value, safe(each.words)) for each in doubt.choices)
        yield Decision(Part.DOUBT, place, doubt.question(), choices[0].words, "", choices)


def _sheet(preview: Preview) -> Iterable[Decision]:
    if preview.sheets:
        choices = tuple(Choice(each, brief(each, 40)) for each in preview.sheets)
        every = Choice(ALL_SHEETS, pgettext("choice", "all sheets"))
        yield Decision(
            Part.SHEET,
            0,
            pgettext("field", "Sheet"),
            choices[0].words,
            format_list(each.words for each in choices[1:]),
            (*choices, every),
        )


def _ways(options: ImportOptions, definitions: Definitions, language: str) -> Iterable[Decision]:
    home = definitions.workspace.region
    by_region = {each: region_title(each, language) for each in regions()}
    region = options.region or home
    yield Decision(
        Part.REGION,
        0,
        pgettext("field", "Country of numbers without a country code"),
        by_region.get(region, region),
        choices=(
            Choice("", by_region.get(home, home)),
            *(
                Choice(each, words)
                for each, words in sorted(by_region.items(), key=lambda item: item[1])
                if each != home
            ),
        ),
    )
    yield _named(
        Part.CHANNEL,
        pgettext("field", "Entry channel of rows that name none"),
        pgettext("choice", "as recognised"),
        options.channel,
        [(each.title, each.title) for each in definitions.channels if not each.retired],
    )
    yield _named(
        Part.OWNER,
        pgettext("field", "Whose new customers are whose row names nobody"),
        pgettext("choice", "nobody's"),
        options.owner,
        [(each.email, each.name) for each in definitions.active_colleagues],
    )
    yield _chosen(
        Part.DUPLICATES,
        pgettext("field", "Customers who are there already"),
        options.duplicates.value,
        (
            Choice(Duplicates.FILL, pgettext("choice", "fill their blanks")),
            Choice(Duplicates.OVERWRITE, pgettext("choice", "take what the file says")),
            Choice(Duplicates.KEEP, pgettext("choice", "keep what they have")),
        ),
    )
    yield _chosen(
        Part.SAME_NUMBER,
        pgettext("field", "Another person with a customer's number"),
        options.same_number.value,
        (
            Choice(SameNumber.NOTE, pgettext("choice", "a note of that customer")),
            Choice(SameNumber.LEAD, pgettext("choice", "a customer of their own")),
        ),
    )
    yield _chosen(
        Part.DROP,
        pgettext("field", "Columns that no field is meant for"),
        "yes" if options.drop else "",
        (
            Choice("", pgettext("choice", "kept in a note")),
            Choice("yes", pgettext("choice", "left out")),
        ),
    )


def _rejects(preview: Preview, options: ImportOptions) -> Decision:
    beside = options.rejects or _free_beside(preview.path)
    written = pgettext("choice", "{file}, beside it").format(file=apart(safe(beside.name)))
    return _chosen(
        Part.REJECTS,
        pgettext("field", "Rows that nobody can be reached by"),
        "" if options.rejects is None else str(options.rejects),
        (Choice("", pgettext("choice", "left out")), Choice(str(beside), written)),
    )


def _free_beside(path: Path) -> Path:
    """A name beside the file that is not there yet."""
    names = (f"{path.stem}-rejected{number or ''}.csv" for number in count())
    return next(each for each in map(path.with_name, names) if not each.exists())


def _named(part: Part, title: str, none: str, value: str, known: Iterable[tuple[str, str]]) -> Decision:
    choices = (Choice("", none), *(Choice(each, brief(words, 40)) for each, words in known))
    return _chosen(part, title, value, choices)


def _chosen(part: Part, title: str, value: str, choices: tuple[Choice, ...]) -> Decision:
    stands = next((each.words for each in choices if each.value == value), value)
    return Decision(part, 0, title, stands, "", choices)
