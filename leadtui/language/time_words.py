"""The words for days and times in Persian, Arabic and English, and the splitting of a line into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache

from leadtui.language.calendar_names import MONTHS, WEEKDAYS, Calendar
from leadtui.language.text import fold_words


class Period(Enum):
    """A part of the day, as said beside an hour or alone."""

    AM = "before noon"
    PM = "after noon"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    LATE_AFTERNOON = "late afternoon"
    EVENING = "evening"
    NIGHT = "night"


class Unit(StrEnum):
    """A length of time that people count in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Sort(StrEnum):
    """What a word does in a line. Each value is one letter, so that a line of words can be matched as a string."""

    NUMBER = "N"
    ONE = "O"
    """The English article: one of a unit."""
    ORDINAL = "R"
    """A day of the month, said to be one: 15th, the 15th, ۱۵ام."""
    YEAR = "Z"
    """A number of four digits."""
    CLOCK = "C"
    """Hours and minutes, and perhaps seconds: a tuple of ints."""
    DATE = "D"
    """A whole date in figures, as text."""
    NEAR_DAY = "Y"
    """Days from today: an int."""
    WEEKDAY = "W"
    """Monday is 0."""
    MONTH = "M"
    """Calendar and number of the month."""
    UNIT = "U"
    HOUR_OR_AT = "H"
    """ساعت before a number is *at*, after a number *hours*."""
    TWO_UNITS = "B"
    """An Arabic dual: two of a unit."""
    PERIOD = "P"
    IN = "I"
    AFTER = "A"
    """بعد: *in* before a length of time in Arabic, *later* or *next* after one in Persian."""
    LATER = "L"
    NEXT = "X"
    AT = "T"
    PLUS = "S"
    AND = "E"
    HALF = "F"
    QUARTER = "Q"


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or several that mean one thing."""

    sort: Sort
    number: int = 0
    """The number, hour, weekday, month or days from today."""
    minute: int = 0
    second: int = 0
    calendar: Calendar | None = None
    period: Period | None = None
    unit: Unit | None = None
    text: str = ""


def split_words(text: str) -> tuple[Word, ...] | None:
    """Return the words of a line, None where one of them says nothing about time."""
    if len(text) > _LONGEST_LINE:
        return None
    line = fold_words(text)
    token = _token()
    words: list[Word] = []
    place = 0
    while place < len(line):
        match = token.match(line, place)
        if match is None:
            return None
        place = match.end()
        words.extend(_read_token(match))
    return tuple(words)


def pattern_of(words: tuple[Word, ...]) -> str:
    """Return the sorts of `words` as one string."""
    return "".join(word.sort.value for word in words)


_LONGEST_LINE = 100


def _read_token(match: re.Match[str]) -> tuple[Word, ...]:
    kind, text = match.lastgroup, match[0]
    if kind == "word":
        return _vocabulary()[text.replace(" ", "")]
    if kind == "date":
        return (Word(Sort.DATE, text=text),)
    if kind == "clock":
        hour, minute, second = (int(part) for part in (*text.split(":"), "0")[:3])
        return (Word(Sort.CLOCK, hour, minute, second),)
    if kind == "ordinal":
        number = re.sub(r"\D", "", text)
        return (Word(Sort.ORDINAL, int(number), text=number),)
    if kind == "number":
        return (Word(Sort.YEAR if len(text) == 4 else Sort.NUMBER, int(text), text=text),)
    return ()


@cache
def _token() -> re.Pattern[str]:
    """The pattern of one token of a folded line: a word with or without the spaces inside it, figures, or a gap."""
    longest_first = sorted(_vocabulary_with_spaces(), key=len, reverse=True)
    spellings = "|".join(re.escape(word).replace(r"\ ", " ?") for word in longest_first)
    return re.compile(
        rf"(?P<word>(?<![^\W\d_])(?:{spellings})(?![^\W\d_]))"
        r"|(?P<date>\d{1,4}(?P<sign>[/.\-])\d{1,2}(?P=sign)\d{1,4}(?!\d))"
        r"|(?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))"
        r"|(?P<ordinal>\d{1,2} ?(?:st|nd|rd|th|ام)(?![^\W_]))"
        r"|(?P<number>\d{1,4}(?!\d))"
        r"|(?P<gap>[ ,،]+|(?<=\d)t(?=\d))"
    )


@cache
def _vocabulary() -> dict[str, tuple[Word, ...]]:
    """Every word with what it means, by its folded spelling without spaces."""
    return {word.replace(" ", ""): meaning for word, meaning in _vocabulary_with_spaces().items()}


@cache  # folding some hundred words takes longer than a program that reads no date may spend on its start
def _vocabulary_with_spaces() -> dict[str, tuple[Word, ...]]:
    return {fold_words(spelling): meaning for meaning, spellings in meanings() for spelling in spellings}


def meanings() -> Iterator[tuple[tuple[Word, ...], tuple[str, ...]]]:
    """Yield every meaning with its spellings; no two share one."""
    yield (), _FILLERS
    for sort, spellings in _GLUE.items():
        yield (Word(sort),), spellings
    yield (Word(Sort.ONE, 1),), ("a", "an")
    for number, spellings in _NUMBERS.items():
        yield (Word(Sort.NUMBER, number),), spellings
    for unit, spellings in _UNITS.items():
        yield (Word(Sort.UNIT, unit=unit),), spellings
    for unit, spelling in _TWO_UNITS.items():
        yield (Word(Sort.TWO_UNITS, 2, unit=unit),), (spelling,)
    for period, spellings in _PERIODS.items():
        yield (Word(Sort.PERIOD, period=period),), spellings
    for distance, spellings in _NEAR_DAYS.items():
        yield (Word(Sort.NEAR_DAY, distance),), spellings
    yield (Word(Sort.NEAR_DAY, 0), Word(Sort.PERIOD, period=Period.NIGHT)), _TONIGHT
    for index, spellings in enumerate(_WEEKDAYS):
        yield (Word(Sort.WEEKDAY, index),), (*spellings, *(names[index] for names in WEEKDAYS.values()))
    for calendar, months in _MONTHS.items():
        for index, spellings in enumerate(months):
            names = tuple(names[index] for names in MONTHS[calendar].values())
            yield (Word(Sort.MONTH, index + 1, calendar=calendar),), (*spellings, *names)


# The spellings beside the names that the program itself shows. Months and weekdays in their order, Monday first.

_WEEKDAYS = (
    ("mon", "2 شنبه", "دو شنبه", "اثنين"),
    ("tue", "tues", "3 شنبه", "سه شنبه", "ثلاثاء"),
    ("wed", "weds", "4 شنبه", "چارشنبه", "چهار شنبه", "أربعاء"),
    ("thu", "thur", "thurs", "5 شنبه", "پنج شنبه", "خميس"),
    ("fri", "آدینه"),
    ("sat", "سبت"),
    ("sun", "1 شنبه", "یک شنبه", "أحد"),
)

_MONTHS: dict[Calendar, tuple[tuple[str, ...], ...]] = {
    Calendar.GREGORIAN: (
        *(("jan", "كانون الثاني"), ("feb", "شباط"), ("mar", "آذار"), ("apr", "نيسان", "آپریل")),
        *(("أيار", "می"), ("jun", "حزيران"), ("jul", "تموز", "جولای"), ("aug", "آب", "آگوست", "اگست")),
        *(("sep", "sept", "أيلول"), ("oct", "تشرين الأول"), ("nov", "تشرين الثاني"), ("dec", "كانون الأول")),
    ),
    Calendar.JALALI: (
        *((), ("ordibehest",), (), (), ("amordad", "امرداد"), ()),
        *((), (), (), ("دی ماه",), (), ("اسفندماه", "اسپند")),
    ),
    Calendar.HIJRI: (
        *(("المحرم", "محرم الحرام", "moharram"), ("صفر المظفر",)),
        *(("ربیع اول", "rabi al-awwal"), ("ربيع الثاني", "ربیع ثانی", "rabi al-thani")),
        ("جمادى الأول", "جمادی الاولی", "jumada al-ula", "jumada al-awwal"),
        ("جمادى الثانية", "جمادی الآخر", "jumada al-akhirah", "jumada al-thani"),
        *(("رجب المرجب",), ("شعبان المعظم",), ("رمضان المبارک", "ramadhan", "ramazan"), ("شوال المکرم",)),
        ("ذي القعدة", "ذیقعده", "ذی القعده", "dhu al-qidah", "dhul qadah"),
        ("ذي الحجة", "ذی الحجه", "dhul hijjah"),
    ),
}

_PERIODS: dict[Period, tuple[str, ...]] = {
    Period.AM: ("am", "a.m.", "a.m", "ق.ظ", "ق.ظ.", "ق ظ", "قبل از ظهر", "پیش از ظهر", "قبل الظهر"),
    Period.PM: ("pm", "p.m.", "p.m", "ب.ظ", "ب.ظ.", "ب ظ", "م", "مساء"),
    Period.MORNING: ("morning", "صبح", "بامداد", "ص", "صباحا", "صباح", "الصباح"),
    Period.NOON: ("noon", "midday", "ظهر", "ظهرا", "الظهر"),
    Period.AFTERNOON: ("afternoon", "بعد از ظهر", "بعد الظهر", "بعد ظهر"),
    Period.LATE_AFTERNOON: ("عصر", "عصرا", "العصر"),
    Period.EVENING: ("evening", "غروب", "المساء"),
    Period.NIGHT: ("night", "شب", "ليلا", "الليل"),
}

_NUMBERS: dict[int, tuple[str, ...]] = {
    1: ("one", "یک", "یه", "واحد", "واحدة", "الواحدة"),
    2: ("two", "دو", "الثانية"),
    3: ("three", "سه", "ثلاث", "ثلاثة", "الثالثة"),
    4: ("four", "چهار", "أربع", "أربعة", "الرابعة"),
    5: ("five", "پنج", "خمس", "خمسة", "الخامسة"),
    6: ("six", "شش", "شیش", "ست", "ستة", "السادسة"),
    7: ("seven", "هفت", "سبع", "سبعة", "السابعة"),
    8: ("eight", "هشت", "ثمان", "ثماني", "ثمانية", "الثامنة"),
    9: ("nine", "نه", "تسع", "تسعة", "التاسعة"),
    10: ("ten", "ده", "عشر", "عشرة", "العاشرة"),
    11: ("eleven", "یازده", "الحادية عشرة"),
    12: ("twelve", "دوازده", "الثانية عشرة"),
    15: ("fifteen", "پانزده"),
    20: ("twenty", "بیست", "عشرين"),
    30: ("thirty", "سی", "ثلاثين"),
    45: ("forty-five", "forty five", "چهل و پنج"),
}

_UNITS: dict[Unit, tuple[str, ...]] = {
    Unit.MINUTE: ("m", "min", "mins", "minute", "minutes", "دقیقه", "دقيقة", "دقائق"),
    Unit.HOUR: ("h", "hr", "hrs", "hour", "hours", "ساعات"),
    Unit.DAY: ("d", "day", "days", "روز", "يوم", "أيام", "يوما"),
    Unit.WEEK: ("w", "wk", "week", "weeks", "هفته", "أسبوع", "الأسبوع", "أسابيع", "أسبوعا"),
    Unit.MONTH: ("mo", "month", "months", "ماه", "شهر", "الشهر", "أشهر", "شهرا"),
}

_TWO_UNITS = {
    Unit.MINUTE: "دقيقتين",
    Unit.HOUR: "ساعتين",
    Unit.DAY: "يومين",
    Unit.WEEK: "أسبوعين",
    Unit.MONTH: "شهرين",
}

_NEAR_DAYS: dict[int, tuple[str, ...]] = {
    -2: ("day before yesterday", "the day before yesterday", "پریروز", "أول أمس", "أول من أمس"),
    -1: ("yesterday", "دیروز", "أمس"),
    0: ("today", "امروز", "اليوم"),
    1: ("tomorrow", "tmrw", "tmr", "فردا", "غدا", "غد"),
    2: ("day after tomorrow", "the day after tomorrow", "پس فردا", "بعد غد", "بعد غدا", "بعد الغد"),
}

_TONIGHT = ("tonight", "امشب", "الليلة")

_GLUE: dict[Sort, tuple[str, ...]] = {
    Sort.HOUR_OR_AT: ("ساعت", "ساعة"),
    Sort.AT: ("at", "@", "الساعة"),
    Sort.IN: ("in", "within", "خلال"),
    Sort.AFTER: ("بعد",),
    Sort.LATER: ("later", "from now", "دیگر", "دیگه"),
    Sort.NEXT: (
        *("next", "coming", "بعدی", "آینده"),
        *("القادم", "القادمة", "المقبل", "المقبلة", "التالي", "التالية"),
    ),
    Sort.PLUS: ("+",),
    Sort.AND: ("and", "و"),
    Sort.HALF: ("half", "half a", "half an", "نیم", "ونیم", "نصف", "ونصف", "والنصف"),
    Sort.QUARTER: ("quarter", "ربع", "وربع", "والربع"),
}

_FILLERS = ("on", "of", "the", "o'clock", "در", "به", "برای", "تاریخ", "في")
