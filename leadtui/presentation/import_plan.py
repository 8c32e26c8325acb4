"""What can be decided about files before they are imported: where each column goes, and how they are taken; each with its choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from pathlib import Path

from leadtui.domain.distribution import CHANNEL, CITY, NEED, RuleWords, Sharing
from leadtui.domain.importing import DecimalSign, Duplicates, ImportOptions, SameNumber
from leadtui.domain.lead_fields import OWNER, STATUS, import_fields, own_fields
from leadtui.domain.workspace import Definitions
from leadtui.language.date_forms import DateOrder, WrittenCalendar
from leadtui.language.territory import region_title, regions
from leadtui.language.text import brief, clean, ellipsize, safe
from leadtui.language.translate import _, apart, counted, format_list, npgettext, pgettext
from leadtui.presentation.distribution import by_title, sharing_title
from leadtui.services.importing.doubt import Doubt
from leadtui.services.importing.preview import Preview, PreviewColumn, UnknownValue
from leadtui.services.importing.titles import PARTS, Target, closed_targets

EXAMPLE_WIDTH = 24
"""Letters of a cell that are shown."""

ALL_SHEETS = "all"

FILES_NAMED = 3
"""Files that a heading names; of more there is only the number."""


class Part(StrEnum):
    """What is decided. Columns, doubts and unknown values have their place behind it."""

    COLUMN = "column"
    DOUBT = "doubt"
    VALUE = "value"
    SHEET = "sheet"
    CHANNEL = "channel"
    OWNER = "owner"
    AMONG = "among"
    BY = "by"
    CAP = "cap"
    ON_SHIFT = "on-shift"
    DUPLICATES = "duplicates"
    SAME_NUMBER = "same-number"
    REJECTS = "rejects"
    REPORT = "report"
    DROP = "drop"
    STRICT = "strict"
    REGION = "region"
    AREA_CODE = "area-code"
    DATE_ORDER = "date-order"
    CALENDAR = "calendar"
    DECIMALS = "decimals"
    ENCODING = "encoding"
    DELIMITER = "delimiter"
    TITLES = "titles"

    @property
    def is_usual(self) -> bool:
        """Whether most people who import look at it; else it stands behind a key."""
        return self not in _RARE


_RARE = frozenset(
    {
        Part.REPORT,
        Part.DROP,
        Part.STRICT,
        Part.REGION,
        Part.AREA_CODE,
        Part.DATE_ORDER,
        Part.CALENDAR,
        Part.DECIMALS,
        Part.ENCODING,
        Part.DELIMITER,
        Part.TITLES,
    }
)


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
    """Of a column, a doubt or an unknown value, from 0."""
    title: str
    stands: str
    """How it is decided now, in words; empty where nothing is."""
    about: str = ""
    """What the cells hold."""
    choices: tuple[Choice, ...] = ()
    """None where it is as it is."""
    heading: str = ""
    """Under which it stands in a list."""
    is_typed: bool = False
    """Whether it is decided by typing; `stands` is what was typed."""

    @property
    def name(self) -> str:
        """By which a list knows it."""
        return f"{self.part.value}:{self.place}"


def remembered_mapping(previews: Sequence[Preview]) -> dict[str, str]:
    """What was mapped for the layouts of files before; what two of them have otherwise is left to each."""
    mapping: dict[str, str] = {}
    for each in previews:
        mapping |= each.remembered
    return {
        title: target
        for title, target in mapping.items()
        if all(
            each.remembered.get(title) == target
            for each in previews
            if title in [clean(column.title) for column in each.columns]
        )
    }


def decisions(
    previews: Sequence[Preview], options: ImportOptions, definitions: Definitions, language: str
) -> tuple[Decision, ...]:
    """All that there is to decide, the columns first."""
    return (
        *_columns(previews, definitions),
        *_doubts(previews),
        *_values(previews, definitions),
        *_sheet(previews),
        *_ways(options, definitions),
        *_sharing(options, definitions),
        *_existing(options),
        *_kept_files(previews, options),
        *_numbers(options, definitions, language),
        *_writing(options),
    )


def decided(
    previews: Sequence[Preview], options: ImportOptions, decision: Decision, value: str
) -> ImportOptions:
    """The options once that is decided so."""
    match decision.part:
        case Part.COLUMN:
            title = clean(_all_columns(previews)[decision.place].title)
            return replace(options, mapping={**options.mapping, title: value})
        case Part.DOUBT:
            doubt = _all_doubts(previews)[decision.place]
            return doubt.decided(options, next(each for each in doubt.choices if each.value == value))
        case Part.VALUE:
            words = _all_unknown(previews)[decision.place].words
            others = {each: meant for each, meant in options.values.items() if each != words}
            return replace(options, values={**others, words: value} if value else others)
        case Part.SHEET:
            return replace(options, sheet=value, mapping={})
        case Part.OWNER:
            return _given(options, value)
        case Part.AMONG | Part.BY | Part.CAP | Part.ON_SHIFT:
            return _shared(options, decision.part, value)
        case _:
            return _decided_plainly(options, decision.part, value)


def _decided_plainly(options: ImportOptions, part: Part, value: str) -> ImportOptions:
    """What is one option by itself."""
    match part:
        case Part.REGION:
            return replace(options, region=value)
        case Part.AREA_CODE:
            return replace(options, area_code=value)
        case Part.CHANNEL:
            return replace(options, channel=value)
        case Part.DUPLICATES:
            return replace(options, duplicates=Duplicates(value))
        case Part.SAME_NUMBER:
            return replace(options, same_number=SameNumber(value))
        case Part.DROP:
            return replace(options, drop=bool(value))
        case Part.STRICT:
            return replace(options, strict=bool(value))
        case Part.REJECTS:
            return replace(options, rejects=Path(value) if value else None)
        case Part.REPORT:
            return replace(options, report=Path(value) if value else None)
        case Part.DATE_ORDER:
            return replace(options, date_order=DateOrder(value) if value else None)
        case Part.CALENDAR:
            return replace(options, calendar=WrittenCalendar(value) if value else None)
        case Part.DECIMALS:
            return replace(options, decimals=DecimalSign(value) if value else None)
        case Part.ENCODING:
            return replace(options, encoding=value)
        case Part.DELIMITER:
            return replace(options, delimiter=value)
        case _:
            line = int(value) if value.isdecimal() else 0
            return replace(options, header=False if value == _NO_TITLES else None, header_line=line)


_TO, _BY = "to:", "by:"
"""Begin a choice of an owner, and of a rule by which new customers are shared out."""


def _given(options: ImportOptions, value: str) -> ImportOptions:
    by = value.removeprefix(_BY) if value.startswith(_BY) else ""
    to = value.removeprefix(_TO) if value.startswith(_TO) else ""
    return replace(options, owner=to, distribution=RuleWords(by) if by else None)


def _shared(options: ImportOptions, part: Part, value: str) -> ImportOptions:
    """The options once that part of sharing out is decided so, where they are shared out at all."""
    words = options.distribution
    if words is None:
        return options
    match part:
        case Part.AMONG:
            named = value.replace("؛", ";").split(";")
            words = replace(words, among=tuple(each.strip() for each in named if each.strip()))
        case Part.BY:
            words = replace(words, by=value)
        case Part.CAP:
            # What is no number is refused with the import, as 0 is.
            words = replace(words, cap=(int(value) if value.isdecimal() else 0) if value else None)
        case _:
            words = replace(words, on_shift=bool(value))
    return replace(options, distribution=words)


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
    closed = closed_targets(definitions)
    titles = {key: title for key, title in titles.items() if key not in closed}
    return titles | {
        Target.NOTE: pgettext("column", "A note"),
        Target.COUNTRY: pgettext("column", "Country of the numbers"),
        Target.MAY_CALL: pgettext("column", "Whether they may be called"),
        Target.SHARED_NUMBERS: pgettext("column", "Numbers that others have too"),
        Target.EXTERNAL_ID: pgettext("column", "Number in another program, left out"),
        Target.IGNORE: pgettext("column", "Left out"),
    }


def files_words(paths: Sequence[Path]) -> str:
    """Files by their names, or how many there are."""
    names = list(dict.fromkeys(apart(brief(each.name, 40)) for each in paths))
    if len(names) > FILES_NAMED:
        return npgettext("pattern", "{n} file", "{n} files", len(names)).format(n=counted(len(names)))
    return format_list(names)


def _titles_of_files(some: Sequence[Preview], previews: Sequence[Preview]) -> str:
    """Files by their names, and by the sheet where others of the same workbook come in, too."""
    if len({each.path for each in previews}) == len(previews):
        return files_words([each.path for each in some])
    named = pgettext("pattern", "{file}: {sheet}")
    titles = [
        named.format(file=brief(each.path.name, 40), sheet=brief(each.sheets[0], 20))
        if each.sheets
        else brief(each.path.name, 40)
        for each in some
    ]
    return format_list(map(apart, titles))


def _layouts(previews: Sequence[Preview]) -> list[list[Preview]]:
    """The files, those with the same columns together."""
    together: dict[tuple[str, ...], list[Preview]] = {}
    for each in previews:
        titles = tuple(f"{clean(column.title)}\n{column.target}" for column in each.columns)
        together.setdefault(titles, []).append(each)
    return list(together.values())


def _all_columns(previews: Sequence[Preview]) -> list[PreviewColumn]:
    return [column for alike in _layouts(previews) for column in alike[0].columns]


def _all_doubts(previews: Sequence[Preview]) -> list[Doubt]:
    found = (doubt for each in previews for doubt in each.doubts)
    return list({(each.about, each.column): each for each in found}.values())


def _all_unknown(previews: Sequence[Preview]) -> list[UnknownValue]:
    found = (value for each in previews for value in each.unknown)
    return list({(each.target, each.words): each for each in found}.values())


def _columns(previews: Sequence[Preview], definitions: Definitions) -> Iterable[Decision]:
    titles = target_titles(definitions)
    mappable = tuple(Choice(key, words) for key, words in titles.items())
    layouts, places = _layouts(previews), count()
    for alike in layouts:
        heading = pgettext("heading", "Columns, where each goes, and what it holds")
        if len(layouts) > 1:
            files = _titles_of_files(alike, previews)
            heading = pgettext("heading", "Columns of {files}").format(files=files)
        for column in alike[0].columns:
            examples = [safe(ellipsize(clean(each), EXAMPLE_WIDTH)) for each in column.examples]
            yield Decision(
                Part.COLUMN,
                next(places),
                brief(column.title, 40),
                titles.get(column.target, column.target) if column.target else "",
                " · ".join(examples),
                () if alike[0].is_log else mappable,
                heading,
            )


def _doubts(previews: Sequence[Preview]) -> Iterable[Decision]:
    heading = pgettext("heading", "What is doubtful")
    for place, doubt in enumerate(_all_doubts(previews)):
        choices = tuple(Choice(each.value, safe(each.words)) for each in doubt.choices)
        yield Decision(Part.DOUBT, place, doubt.question(), choices[0].words, "", choices, heading)


def _values(previews: Sequence[Preview], definitions: Definitions) -> Iterable[Decision]:
    """What cells name that the workspace does not have, and what of it they may mean."""
    heading, titles = pgettext("heading", "What is called otherwise here"), target_titles(definitions)
    owners = [(each.email, each.name) for each in definitions.active_colleagues]
    statuses = [(each.title, each.title) for each in definitions.open_statuses]
    needs = [(each.title, each.title) for each in definitions.needs if not each.retired]
    for place, each in enumerate(_all_unknown(previews)):
        known = owners if each.target == OWNER else statuses if each.target == STATUS else needs
        title = npgettext(
            "field", "{field} “{words}”, in {n} row", "{field} “{words}”, in {n} rows", each.count
        )
        yield replace(
            _named(
                Part.VALUE,
                title.format(field=titles[each.target], words=brief(each.words, 24), n=counted(each.count)),
                pgettext("choice", "kept in a note"),
                each.meant,
                known,
            ),
            place=place,
            heading=heading,
        )


def _sheet(previews: Sequence[Preview]) -> Iterable[Decision]:
    sheets = list(dict.fromkeys(name for each in previews for name in each.sheets))
    if sheets:
        choices = tuple(Choice(each, brief(each, 40)) for each in sheets)
        every = Choice(ALL_SHEETS, pgettext("choice", "all sheets"))
        stands = every if len({each.path for each in previews}) < len(previews) else choices[0]
        yield Decision(
            Part.SHEET,
            0,
            pgettext("field", "Sheet"),
            stands.words,
            format_list(each.words for each in choices[1:]),
            (*choices, every),
            _taken_how(),
        )


def _taken_how() -> str:
    return pgettext("heading", "How it is taken")


def _ways(options: ImportOptions, definitions: Definitions) -> Iterable[Decision]:
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
        _BY + options.distribution.sharing if options.distribution else options.owner and _TO + options.owner,
        [
            *((_BY + each.key, _by_rule(each.title)) for each in definitions.open_rules),
            *((_BY + each.value, _shared_out(each)) for each in Sharing if each not in _NAMING),
            *((_TO + each.email, each.name) for each in definitions.active_colleagues),
        ],
    )


def _sharing(options: ImportOptions, definitions: Definitions) -> Iterable[Decision]:
    """How new customers are shared out by this import alone; a rule that is kept says so itself."""
    words = options.distribution
    if words is None or words.sharing in {each.key for each in definitions.open_rules}:
        return
    by = [each for each in (CHANNEL, CITY, NEED) if each not in definitions.sight.hidden]
    by += [each.key for each in own_fields(definitions)]
    yield _typed(Part.AMONG, _("Among, with ; between"), "; ".join(words.among))
    yield _named(
        Part.BY,
        _("By the value of"),
        pgettext("choice", "nothing"),
        words.by,
        [(each, by_title(each, definitions)) for each in by],
    )
    yield _typed(
        Part.CAP, _("No more once somebody has so many"), "" if words.cap is None else str(words.cap)
    )
    yield _yes_or_no(Part.ON_SHIFT, _("Only whose desk is open"), yes=words.on_shift)


def _existing(options: ImportOptions) -> Iterable[Decision]:
    """What becomes of whoever is there already."""
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


_NAMING = (Sharing.ONE,)
"""To one is what the names of colleagues are for."""


def _by_rule(title: str) -> str:
    return pgettext("choice", "by the rule “{title}”").format(title=title)


def _shared_out(sharing: Sharing) -> str:
    return pgettext("choice", "shared out among all: {how}").format(how=sharing_title(sharing.value))


def _kept_files(previews: Sequence[Preview], options: ImportOptions) -> Iterable[Decision]:
    """What may be written beside the first file, and what becomes of columns without a field."""
    first = previews[0].path
    yield _written(
        Part.REJECTS,
        pgettext("field", "Rows that nobody can be reached by"),
        pgettext("choice", "left out"),
        options.rejects,
        options.rejects or _free_beside(first, "rejected"),
    )
    yield _written(
        Part.REPORT,
        pgettext("field", "List of the cells that are not plainly taken"),
        pgettext("choice", "none"),
        options.report,
        options.report or _free_beside(first, "cells"),
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
    yield _yes_or_no(
        Part.STRICT, pgettext("field", "Nothing comes in where anything is doubtful"), yes=options.strict
    )


def _numbers(options: ImportOptions, definitions: Definitions, language: str) -> Iterable[Decision]:
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
        heading=_taken_how(),
    )
    yield _typed(
        Part.AREA_CODE, pgettext("field", "Area code of numbers without one, such as 021"), options.area_code
    )


def _writing(options: ImportOptions) -> Iterable[Decision]:
    """How files are written, where what is recognised is not meant."""
    recognised = pgettext("choice", "as recognised")
    yield _named(
        Part.DATE_ORDER,
        pgettext("field", "Dates such as 3/4/24"),
        recognised,
        options.date_order.value if options.date_order else "",
        [(each.value, each.words()) for each in DateOrder],
    )
    yield _named(
        Part.CALENDAR,
        pgettext("field", "Calendar of the dates"),
        recognised,
        options.calendar.value if options.calendar else "",
        [(each.value, each.words()) for each in WrittenCalendar],
    )
    yield _named(
        Part.DECIMALS,
        pgettext("field", "What stands before decimals"),
        recognised,
        options.decimals.value if options.decimals else "",
        [
            (DecimalSign.POINT, pgettext("choice", "a point: 1,250.50")),
            (DecimalSign.COMMA, pgettext("choice", "a comma: 1.250,50")),
        ],
    )
    yield _named(
        Part.ENCODING,
        pgettext("field", "How the letters are written"),
        recognised,
        options.encoding,
        [(each, each) for each in _ENCODINGS],
    )
    yield _named(
        Part.DELIMITER,
        pgettext("field", "What separates the cells"),
        recognised,
        options.delimiter,
        [(each, each) for each in (",", ";", "|", "؛")] + [("tab", pgettext("choice", "a tab"))],
    )
    lines = range(1, MOST_TITLE_LINE + 1)
    yield _named(
        Part.TITLES,
        pgettext("field", "Titles of the columns"),
        recognised,
        _NO_TITLES if options.header is False else str(options.header_line or ""),
        [
            (_NO_TITLES, pgettext("choice", "there are none")),
            *((str(each), pgettext("choice", "in line {n}").format(n=counted(each))) for each in lines),
        ],
    )


_NO_TITLES = "none"
MOST_TITLE_LINE = 20
"""The last line in which titles are looked for."""
_ENCODINGS = (
    "utf-8",
    "utf-16",
    "windows-1256",
    "iso-8859-6",
    "mac_farsi",
    "mac_arabic",
    "cp720",
    "cp864",
    "windows-1252",
    "iso-8859-1",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1258",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
)
"""Those that programs write; the command takes every other one, too."""


def _written(part: Part, title: str, none: str, wanted: Path | None, beside: Path) -> Decision:
    words = pgettext("choice", "{file}, beside it").format(file=apart(safe(beside.name)))
    return _chosen(
        part, title, "" if wanted is None else str(wanted), (Choice("", none), Choice(str(beside), words))
    )


def _free_beside(path: Path, word: str) -> Path:
    """A name beside the file that is not there yet."""
    names = (f"{path.stem}-{word}{number or ''}.csv" for number in count())
    return next(each for each in map(path.with_name, names) if not each.exists())


def _named(part: Part, title: str, none: str, value: str, known: Iterable[tuple[str, str]]) -> Decision:
    choices = (Choice("", none), *(Choice(each, brief(words, 40)) for each, words in known))
    return _chosen(part, title, value, choices)


def _typed(part: Part, title: str, stands: str) -> Decision:
    return Decision(part, 0, title, stands, heading=_taken_how(), is_typed=True)


def _yes_or_no(part: Part, title: str, *, yes: bool) -> Decision:
    choices = (Choice("", pgettext("choice", "no")), Choice("yes", pgettext("choice", "yes")))
    return _chosen(part, title, "yes" if yes else "", choices)


def _chosen(part: Part, title: str, value: str, choices: tuple[Choice, ...]) -> Decision:
    stands = next((each.words for each in choices if each.value == value), value)
    return Decision(part, 0, title, stands, "", choices, _taken_how())
