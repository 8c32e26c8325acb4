"""What one cell of a file says as a date: read in twelve languages and four calendars, doubtful, or not read and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import cache, lru_cache
from typing import Generic, NamedTuple, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from leadtui.language import cldr
from leadtui.language.clock import hour_of
from leadtui.language.date_forms import (
    DateForm,
    DateSpan,
    DateStyle,
    Figures,
    WrittenCalendar,
    day_of,
    day_of_figures,
    full_years,
)
from leadtui.language.text import fold_words
from leadtui.language.time_words import Period, Sort, meanings
from leadtui.language.translate import pgettext


class DateDoubt(StrEnum):
    """What might be otherwise about a date that was read."""

    ORDER = "order"
    """Day or month first, or the year."""
    CALENDAR = "calendar"


class DateFault(StrEnum):
    """Why a cell is not read as a date."""

    NO_DATE = "no_date"
    INCOMPLETE = "incomplete"
    """The day, the month or the year is missing."""
    NO_SUCH_DAY = "no_such_day"
    OUT_OF_SPAN = "out_of_span"
    """In the future where that cannot be, or before anybody kept such records."""
    CLOCK = "clock"
    """A time of day that no clock shows."""
    ZONE = "zone"
    """The name of a zone that several places use, or an offset that none has."""
    WEEKDAY = "weekday"
    """The day is none of the weekday beside it."""

    def words(self) -> str:
        """Why a cell is no date, a few words."""
        return {
            DateFault.NO_DATE: pgettext("unread", "no date"),
            DateFault.INCOMPLETE: pgettext("unread", "day, month or year is missing"),
            DateFault.NO_SUCH_DAY: pgettext("unread", "there is no such day"),
            DateFault.OUT_OF_SPAN: pgettext("unread", "too long ago or in the future"),
            DateFault.CLOCK: pgettext("unread", "there is no such time of day"),
            DateFault.ZONE: pgettext("unread", "the time zone is not clear"),
            DateFault.WEEKDAY: pgettext("unread", "the weekday is another one"),
        }[self]


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date that was read."""

    day: date
    """As it is written, whatever the zone."""
    moment: datetime
    """Aware and in UTC; the start of the day where no time of day is written."""
    doubt: DateDoubt | None = None
    forms: tuple[DateForm, DateForm] | None = None
    """Of a doubtful one, how it was read and how else it could be."""


@dataclass(frozen=True, slots=True)
class DateUnread:
    """A cell that is no date, or none that can be believed."""

    fault: DateFault


def read_date_cell(text: str, style: DateStyle, span: DateSpan, zone: str) -> DateRead | DateUnread:
    """Read one cell of a column that writes its dates in `style`; only days of `span` are believed.

    Read are figures in any order, months in words, ISO 8601, RFC 2822, what JavaScript, cameras, web servers and
    spreadsheets write, seconds since 1970 and their parts. Without an offset or a certain name of a zone it is
    wall-clock time in `zone`, an IANA name.
    """
    try:
        return _read(text, style, span, zone)
    except _Unread as unread:
        return DateUnread(unread.fault)
    except (OverflowError, ValueError):  # beyond the years that a datetime can hold
        return DateUnread(DateFault.NO_SUCH_DAY)


class _Unread(Exception):
    def __init__(self, fault: DateFault) -> None:
        super().__init__(fault)
        self.fault = fault


_LONGEST = 100


_USUAL = re.compile(
    r"([0-9]{1,4}([-/.])[0-9]{1,2}\2[0-9]{1,4})(?:[ T]([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?)?"
)
"""What nearly all cells of a table are: figures of a day, and a time of day. A million come through here."""


def _read(text: str, style: DateStyle, span: DateSpan, zone: str) -> DateRead:
    usual = _USUAL.fullmatch(text)
    if usual is None:
        return _read_any(text, style, span, zone)
    day, forms = _read_figures(usual[1], style, span)
    clock = time(int(usual[3]), int(usual[4]), int(usual[5] or 0)) if usual[3] else time()
    return _at(day, forms, clock, _place(zone))


@lru_cache(maxsize=4096)
def _read_figures(text: str, style: DateStyle, span: DateSpan) -> tuple[date, _Forms | None]:
    return _read_day(text, style, span)


def _read_any(text: str, style: DateStyle, span: DateSpan, zone: str) -> DateRead:
    if len(text) > _LONGEST:
        raise _Unread(DateFault.NO_DATE)
    named = _PLACE.search(text)
    if named:
        text = text[: named.start()] + text[named.end() :]
    line = fold_words(_UNSEEN.sub("", text)).strip(_AROUND)
    counted = _counted(line, zone)
    if counted is not None:
        day = counted.astimezone(ZoneInfo(zone)).date()
        return DateRead(_believed([day], span), counted)
    for pattern, plain in _WRITTEN_OTHERWISE:
        line = pattern.sub(plain, line)
    rest, clock, offset = _take_clock(_spread(line), zone)
    day, forms = _read_day(rest.strip(_AROUND), style, span)
    place = offset or _place(named[1] if named else zone)
    return _at(day, forms, clock or time(), place)


def _at(day: date, forms: _Forms | None, clock: time, place: tzinfo) -> DateRead:
    moment = datetime.combine(day, clock, place).astimezone(UTC)
    if forms is None:
        return DateRead(day, moment)
    same = forms[0].calendar is forms[1].calendar
    return DateRead(day, moment, DateDoubt.ORDER if same else DateDoubt.CALENDAR, forms)


# Ways of writing that come down to others


_UNSEEN = re.compile("['’‘ʼʻʿ`]|(?<=[\u0600-\u06ff])\u200c")
_AROUND = ' ,;،\\-–—"'

_WRITTEN_OTHERWISE = (
    (re.compile(r"\([^()\d]*\)"), " "),  # JavaScript's (Iran Standard Time)
    (re.compile(r"(?<=\d)t(?=\d)"), " "),
    (re.compile(r"(\d{2,4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号號]?"), r"\1-\2-\3 "),
    (re.compile(r"^(\d{4}):(\d\d):(\d\d)(?= )"), r"\1-\2-\3"),  # cameras
    (re.compile(r"(\d{4}):(?=\d\d:\d\d)"), r"\1 "),  # the logs of web servers
)

_COMPACT = re.compile(
    r"(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?: ?([01]\d|2[0-3])([0-5]\d)([0-5]\d)?)?(?= ?(?:z|[+-]|$))"
)


def _spread(line: str) -> str:
    """Return a line that begins with figures without signs, 20240305T140000Z, with the signs."""
    compact = _COMPACT.match(line)
    if not compact:
        return line
    year, month, day, hour, minute, second = compact.groups()
    clock = f" {hour}:{minute}:{second or '00'}" if hour else ""
    return f"{year}-{month}-{day}{clock}{line[compact.end() :]}"


_SECONDS_A_DAY = 86_400
_UNIX = re.compile(r"(\d{9,10})(?:\.\d{1,9})?|(\d{12,13})(?:\.\d+)?|(\d{16})|(\d{19})")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d{1,15}))?")
_SERIAL_BEGIN = date(1899, 12, 30)
"""What spreadsheets count from, in the system of 1900 (ECMA-376, part 1, 18.17.4.1), for days after February 1900."""


def _counted(line: str, zone: str) -> datetime | None:
    """Return the moment of a bare number: seconds since 1970 or parts of them, or a spreadsheet's days."""
    unix = _UNIX.fullmatch(line)
    if unix and not _COMPACT.match(line):
        parts = zip(unix.groups(), (1, 10**3, 10**6, 10**9), strict=True)
        number, second = next((int(part), size) for part, size in parts if part)
        return datetime.fromtimestamp(number // second, UTC)
    serial = _SERIAL.fullmatch(line)
    if not serial:
        return None
    # Nearly a whole second is one: the fraction was rounded when it was written.
    seconds = int(float(f"0.{serial[2] or 0}") * _SECONDS_A_DAY + 0.01)
    day = datetime.combine(_SERIAL_BEGIN, time()) + timedelta(days=int(serial[1]), seconds=seconds)
    return day.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


# The time of day and its zone


_OFFSET = re.compile(
    r" ?(?:(?:utc|gmt|ut)? ?(?P<sign>[+\-−])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?(?![\d:/.])"
    r"|(?P<name>[a-z]{1,5})(?![^\W_]))"
)
_PLACE = re.compile(r"\[?\b([A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?)\b\]?")

# Hours from UTC: RFC 5322, 4.3, and names that one place alone uses.
_ZONES = {
    name: hours
    for hours, names in (
        *(
            (0.0, "z utc gmt ut wet"),
            (1.0, "west cet"),
            (2.0, "cest eet"),
            (3.0, "eest msk trt"),
            (3.5, "irst"),
        ),
        *((4.5, "irdt"), (5.0, "pkt"), (9.0, "jst"), (-4.0, "edt"), (-5.0, "est cdt"), (-6.0, "cst mdt")),
        *((-7.0, "mst pdt"), (-8.0, "pst")),
    )
    for name in names.split()
}
_ZONES_OF_SEVERAL_PLACES = frozenset("ist bst ast adt gst sst cat eat wat act ect amt".split())
_FARTHEST = timedelta(hours=14)


def _take_clock(line: str, zone: str) -> tuple[str, time | None, tzinfo | None]:
    """Return what remains of `line` without time of day and zone, and the two."""
    found = _clock().search(line) or _hour_alone().search(line)
    if not found:
        return line, None, None
    parts = found.groupdict("")
    hour: int | None = int(parts["hour"] or parts["hour_after"])
    period = parts["before"] or parts["after"]
    if period:
        hour = hour_of(_periods()[period], hour)
    minute, second = int(parts.get("minute", "0")), int(parts.get("second") or 0)
    if hour is None or hour > 23 or minute > 59 or second > 59:
        raise _Unread(DateFault.CLOCK)
    microsecond = int(parts.get("fraction", "")[:6].ljust(6, "0"))
    offset, end = _take_offset(line, found.end(), zone)
    return f"{line[: found.start()]} {line[end:]}", time(hour, minute, second, microsecond), offset


def _take_offset(line: str, begin: int, zone: str) -> tuple[tzinfo | None, int]:
    """Return the zone that stands behind a time of day, and where it ends."""
    found = _OFFSET.match(line, begin)
    if not found:
        return None, begin
    if found["sign"]:
        distance = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        if distance > _FARTHEST:
            raise _Unread(DateFault.ZONE)
        return timezone(distance if found["sign"] == "+" else -distance), found.end()
    name = found["name"]
    if name in _own_names(zone):
        return ZoneInfo(zone), found.end()
    if name in _ZONES_OF_SEVERAL_PLACES:
        raise _Unread(DateFault.ZONE)
    return (timezone(timedelta(hours=_ZONES[name])), found.end()) if name in _ZONES else (None, begin)


@lru_cache(maxsize=16)
def _own_names(zone: str) -> frozenset[str]:
    """Return what people in `zone` call their time, in winter and in summer: IST is India's in India."""
    seasons = (datetime(2024, month, 1, tzinfo=ZoneInfo(zone)) for month in (1, 7))
    return frozenset((season.tzname() or "").lower() for season in seasons)


def _place(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise _Unread(DateFault.ZONE) from None


# The day


class _Meaning(NamedTuple):
    """What a word beside a date says; nothing, mostly."""

    month: int = 0
    calendar: WrittenCalendar | None = None
    """Of the month, or of the year that the word stands beside."""
    weekday: int | None = None


_Forms: TypeAlias = "tuple[DateForm, DateForm]"
"""How a doubtful date was read and how else it could be."""

_FIGURES = re.compile(r"(\d{1,4}) ?([/.\-\\،, ]) ?(\d{1,2}) ?\2 ?(\d{1,4})")
_NUMBERS = re.compile(r"\d{1,4}(?:[ /.\-]+\d{1,4})?")
_GAP = r"[\s,.;،/\-–—]"
_WITH_MONTH = re.compile(
    rf"(?P<year_first>\d{{4}}){_GAP}*M{_GAP}*(?P<day_after>\d\d?)"
    rf"|(?P<day>\d\d?){_GAP}*M{_GAP}*(?P<year_last>\d{{4}}|\d\d)"
    rf"|M{_GAP}*(?P<day_end>\d\d?){_GAP}+(?P<year_end>\d{{4}}|\d\d)"
)
_BUDDHIST_CENTURIES = ("24", "25", "26")


def _read_day(text: str, style: DateStyle, span: DateSpan) -> tuple[date, _Forms | None]:
    """Read what is no time of day."""
    parts = list(_parts(text))
    words = [part for part in parts if isinstance(part, _Meaning)]
    months = [word for word in words if word.month]
    if len(months) > 1:  # "mar." is also a Tuesday in French and Spanish
        months = [word for word in months if word.weekday is None]
    weekdays = {word.weekday for word in words if word.weekday is not None and word not in months}
    calendar = next((word.calendar for word in words if word.calendar and not word.month), None)
    plain = "".join(part if isinstance(part, str) else "M" if part in months else " " for part in parts)
    plain = plain.strip(_AROUND + ".")
    figures = _FIGURES.fullmatch(plain)
    forms = None
    if len(months) == 1 and "M" in plain.replace("M", "", plain.count("M") - 1):
        day = _day_with_month(plain, months[0], calendar, span)
    elif figures and not months:
        day, forms = _day_of_figures(Figures(figures[1], figures[3], figures[4]), style, span, calendar)
    else:
        raise _Unread(DateFault.INCOMPLETE if _NUMBERS.fullmatch(plain) else DateFault.NO_DATE)
    if weekdays and day.weekday() not in weekdays:
        raise _Unread(DateFault.WEEKDAY)
    return day, forms


def _parts(text: str) -> Iterator[str | _Meaning]:
    """Yield figures and signs as they stand, and of words what they mean."""
    place = 0
    while place < len(text):
        found = _token().match(text, place)
        if not found:
            raise _Unread(DateFault.NO_DATE)
        place = found.end()
        yield _words()[found["word"]] if found["word"] else found[0]


def _day_with_month(plain: str, word: _Meaning, era: WrittenCalendar | None, span: DateSpan) -> date:
    """Return the day of a date whose month, written as a word, stands as `M` in `plain`."""
    found = _WITH_MONTH.fullmatch(plain)
    if not found:
        without_month = plain.replace("M", " ").strip(_AROUND + ".")
        incomplete = not without_month or _NUMBERS.fullmatch(without_month)
        raise _Unread(DateFault.INCOMPLETE if incomplete else DateFault.NO_DATE)
    parts = found.groupdict("")
    year = parts["year_first"] or parts["year_last"] or parts["year_end"]
    day = int(parts["day"] or parts["day_after"] or parts["day_end"])
    calendar = word.calendar or WrittenCalendar.GREGORIAN
    if era is WrittenCalendar.BUDDHIST or (len(year) == 4 and year.startswith(_BUDDHIST_CENTURIES)):
        calendar = WrittenCalendar.BUDDHIST
    days = (day_of(full, word.month, day, calendar) for full in full_years(year, calendar))
    return _believed([each for each in days if each], span)


@lru_cache(maxsize=8192)
def _day_of_figures(
    figures: Figures, style: DateStyle, span: DateSpan, era: WrittenCalendar | None
) -> tuple[date, _Forms | None]:
    """Return the day of the likeliest form that has one in `span`, and what may be otherwise."""
    days = [each for each in style.days_of(figures, span) if era in (None, each[0].calendar)]
    if not days:
        elsewhere = (day_of_figures(figures, form) for form in style.forms if era in (None, form.calendar))
        return _believed([day for day in elsewhere if day], span), None
    form, day = days[0]
    for rival, other in days[1:]:
        if other != day and rival in style.rivals:
            return day, (form, rival)
    if era or form.calendar in style.usual:
        return day, None
    return day, (form, style.form)


def _believed(days: Sequence[date], span: DateSpan) -> date:
    """Return the first of `days` that lies in `span`; say why there is none."""
    for day in days:
        if day in span:
            return day
    raise _Unread(DateFault.OUT_OF_SPAN if days else DateFault.NO_SUCH_DAY)


# The words


_T = TypeVar("_T")
_CHINESE = "\u4e00"


class _Vocabulary(Generic[_T]):
    """Words by their folded spelling, in which spaces, hyphens and a full stop at the end do not count."""

    def __init__(self, spellings: Iterable[tuple[str, _T]]) -> None:
        self._meanings: dict[str, _T] = {}
        folded = {fold_words(_UNSEEN.sub("", spelling)): meaning for spelling, meaning in spellings}
        for spelling, meaning in folded.items():
            self._meanings[_key(spelling)] = meaning
        longest = sorted(filter(None, folded), key=len, reverse=True)
        spaced = "|".join(
            re.escape(word.rstrip(".॰")).replace(r"\ ", "[ -]?").replace(r"\-", "[ -]?")
            for word in longest
            if word[0] < _CHINESE
        )
        joined = "|".join(word for word in longest if word[0] >= _CHINESE)  # Chinese has no spaces
        self.pattern = rf"(?:(?<![^\W\d_])(?:{spaced})(?![^\W\d_])[.॰]?{'|' * bool(joined)}{joined})"

    def __getitem__(self, written: str) -> _T:
        return self._meanings[_key(written)]


def _key(spelling: str) -> str:
    return spelling.replace(" ", "").replace("-", "").rstrip(".॰")


@cache
def _token() -> re.Pattern[str]:
    return re.compile(rf"(?P<word>{_words().pattern})|\d+|[^\w\s]|\s+")


@cache
def _words() -> _Vocabulary[_Meaning]:
    found: dict[str, _Meaning] = {}
    for spelling, meaning in _spelled():
        folded = fold_words(_UNSEEN.sub("", spelling))
        known = found.get(folded, meaning)
        found[folded] = known if known == meaning else _both(known, meaning)
    return _Vocabulary(found.items())


def _both(one: _Meaning, other: _Meaning) -> _Meaning:
    """Return what a word means that is a month and a weekday."""
    month = one if one.month else other
    return month._replace(weekday=other.weekday if one.weekday is None else one.weekday)


def _spelled() -> Iterator[tuple[str, _Meaning]]:
    for word in _FILLERS.split("|"):
        yield word, _Meaning()
    for calendar, words in _ERAS.items():
        for word in words.split("|"):
            yield word, _Meaning(calendar=calendar)
    for calendar, months in _MONTHS:
        for number, names in enumerate(months, start=1):
            for name in names.split("|"):
                yield name, _Meaning(number, calendar)
    for weekday, names in enumerate(cldr.WEEKDAYS):
        for name in names.split("|"):
            yield name, _Meaning(weekday=weekday)
    for words, spellings in meanings():  # what people type is found in files too
        word = words[0] if len(words) == 1 else None
        for spelling in spellings:
            if word and word.sort is Sort.MONTH and word.calendar:
                yield spelling, _Meaning(word.number, WrittenCalendar(word.calendar.value))
            elif word and word.sort is Sort.WEEKDAY:
                yield spelling, _Meaning(weekday=word.number)


_FILLERS = (
    "st|nd|rd|th|er|o|of|the|on|at|de|del|do|le|el|la|las|den|der|am|um|a|à|kl|saat|günü|в|г|года|год|число|"
    "ام|م‌ام|در|روز|ساعت|تاریخ|مورخ|ماه|سال|يوم|في|الساعة|الموافق|بتاريخ|سنة|بجے|को|बजे|日|号|號|t"
)

_ERAS = {
    WrittenCalendar.HIJRI: "هـ|هـ.|ه.ق|ه ق|هـ.ق|ق|قمری|هجری قمری|ah|a.h.",
    WrittenCalendar.JALALI: "ه.ش|ه ش|هـ.ش|ش|شمسی|خورشیدی|هجری شمسی",
    WrittenCalendar.GREGORIAN: "م|میلادی|ميلادية|ad|a.d.|ce|c.e.",
    WrittenCalendar.BUDDHIST: "be|b.e.|พ.ศ.",
}

_MONTHS = (
    (WrittenCalendar.GREGORIAN, cldr.MONTHS),
    (
        WrittenCalendar.GREGORIAN,
        (
            *("gen|jän", "feber|фев", "mrz|mär|mrt", "आप्रैल", "maggio", "хаз"),
            *("июл", "агу", "सितम्बर|сен", "अक्तूबर", "नवम्बर|ноя", "दिसम्बर"),
        ),
    ),
    (
        WrittenCalendar.HIJRI,
        (
            "محرم|المحرم|محرم الحرام|muharram|moharram|muharrem",
            "صفر|صفر المظفر|safar|safer",
            "ربيع الأول|ربيع أول|ربيع 1|rabi al-awwal|rabi ul-awwal|rabi i|rebiülevvel",
            "ربيع الآخر|ربيع الثاني|ربيع ثاني|ربيع 2|rabi al-thani|rabi ath-thani|rabi al-akhir|rabi us-sani|rabi ii|rebiülahir",
            "جمادى الأولى|جمادى الأول|جمادي الأولى|جماد الأول|jumada al-ula|jumada al-awwal|jumada al-oula|jumada i|cemaziyelevvel",
            "جمادى الآخرة|جمادى الثانية|جمادى الثاني|جماد الثاني|جمادى الآخر|jumada al-akhirah|jumada al-thani|jumada al-thaniyah"
            "|jumada ath-thani|jumada ii|cemaziyelahir",
            "رجب|رجب المرجب|rajab|recep",
            "شعبان|شعبان المعظم|shaban|shabaan|şaban",
            "رمضان|رمضان المبارك|ramadan|ramadhan|ramazan",
            "شوال|شوال المكرم|shawwal|shavval|şevval",
            "ذو القعدة|ذي القعدة|ذوالقعدة|ذی قعده|dhu al-qidah|dhu al-qadah|dhul qidah|dhul qadah|zilqad|zilkade",
            "ذو الحجة|ذي الحجة|ذوالحجة|ذی حجه|dhu al-hijjah|dhul hijjah|dhu al-hijja|zilhaj|zilhicce",
        ),
    ),
    (
        WrittenCalendar.JALALI,  # as Afghanistan names them
        ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"),
    ),
)


@cache
def _periods() -> _Vocabulary[Period]:
    """The parts of the day beside a time."""
    typed = (
        (spelling, words[0].period)
        for words, spellings in meanings()
        if len(words) == 1 and words[0].sort is Sort.PERIOD
        for spelling in spellings
    )
    further = ((word, period) for period, words in _FURTHER_PERIODS.items() for word in words.split("|"))
    return _Vocabulary((word, period) for word, period in (*typed, *further) if period)


_FURTHER_PERIODS = {
    Period.AM: "a. m.|öö|上午|पूर्वाह्न|vorm.|vormittags",
    Period.PM: "p. m.|ös|下午|अपराह्न|nachm.",
    Period.MORNING: "sabah|早上|清晨|凌晨|सुबह|morgens|утра|du matin|de la mañana|da manhã",
    Period.NOON: "中午|दोपहर|دوپہر|mittags",
    Period.AFTERNOON: "öğleden sonra|سہ پہر|nachmittags|дня|de l après-midi|da tarde|de la tarde",
    Period.EVENING: "akşam|晚上|शाम|شام|abends|вечера|du soir",
    Period.NIGHT: "gece|रात|رات|nachts|da noite|de la noche",
}


@cache
def _clock() -> re.Pattern[str]:
    """Hours and minutes, perhaps with seconds and a part of the day: 14:30:45.123, ٢:٠٠ م, 14h30, 14.30 Uhr, 下午2:30."""
    period = _periods().pattern
    return re.compile(
        rf"(?:(?P<before>{period}) ?)?"
        r"(?<![\d:])(?P<hour>\d{1,2})(?:: ?|(?: ?h ?| ?[时時点點] ?)(?=\d\d(?!\d))|\.(?=\d\d ?uhr))"
        r"(?P<minute>\d\d)(?: ?分)?(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?(?![\d:])(?: ?uhr)?"
        rf"(?: ?(?P<after>{period}))?(?P<hour_after>)"
    )


@cache
def _hour_alone() -> re.Pattern[str]:
    """An hour that a part of the day shows to be one: 3 pm, 下午3点."""
    period = _periods().pattern
    return re.compile(
        rf"(?<![\d/.\-])(?P<hour>\d{{1,2}}) ?(?P<after>{period})"
        rf"|(?P<before>{period}) ?(?P<hour_after>\d{{1,2}})(?![\d/.\-])(?: ?[时時点點])?"
    )
