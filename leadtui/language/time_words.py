"""The words for days and times in Persian, Arabic and English, and the splitting of a line into them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum, StrEnum
from functools import cache, lru_cache
from itertools import chain, product

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
    NOON_TO_NIGHT = "from noon to night"
    """The Arabic مساء: 3 and 9 alike."""
    END_OF_DAY = "end of the hours of work"


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
    """Hours and minutes, and perhaps seconds; `text` is the hour as it was written."""
    HOURS = "h"
    """14h, 1h30: a time, or a length of time."""
    DOTTED = "."
    """9.30: a time, or a day and a month."""
    PAIR = "/"
    """Day and month in figures, in either order; `text` is the sign between them."""
    FRACTION = "f"
    """Minutes, written as a decimal of hours: the 1.5 of 1.5 h."""
    MIDNIGHT = "0"
    SAME_TIME = "="
    """The time of day of now: this time tomorrow."""
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
    PAST = "J"
    """Between minutes and their hour: half past three."""
    TO = "K"
    """Between minutes and their hour: a quarter to five, یک ربع به پنج."""
    LESS = "k"
    """Between an hour and the minutes before it: الخامسة إلا ربعا."""
    THIS = "V"
    END = "G"
    WEEKEND = "?"
    """Two days, or the last working day: no sentence takes it."""
    EVERY = "e"
    """Before what comes again: see language/repetition_reading.py, which alone takes this and the next two."""
    WORKDAY = "w"
    OTHER = "o"
    """Every second one: every other day, یک روز در میان."""


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
    plural: bool = False
    """Of a unit: several, and a number has to say how many."""
    text: str = ""


def split_words(text: str) -> tuple[Word, ...] | None:
    """Return the words of a line, None where one of them says nothing about time."""
    if len(text) > _LONGEST_LINE:
        return None
    line = fold_words(text)
    token = _token()
    words: list[Word] = []
    place = 0
    before = ""
    while place < len(line):
        match = token.match(line, place)
        if match is None:
            return None
        place = match.end()
        read = _read_token(match)
        if before in _BEFORE_A_DAY and read and read[0].sort is Sort.NUMBER:
            read = (replace(read[0], sort=Sort.ORDINAL),)
        before = before if match.lastgroup == "gap" else match[0]
        if match[0] != _AT_OR_TO or (words and words[-1].sort in (Sort.NUMBER, Sort.QUARTER, Sort.UNIT)):
            words.extend(read)
    return tuple(words)


def interpretations(words: tuple[Word, ...], years: Collection[int]) -> Iterable[tuple[Word, ...]]:
    """Return every way to take the figures in `words` that are a time or something else; of `years` a number is one."""
    return (
        tuple(chain(*ways))
        for ways in product(*(_ways(word, years, alone=len(words) == 1) for word in words))
    )


def as_clock(word: Word) -> Word | None:
    """Return the figures of 14h, 9.30, 1430 and 14:30 as a time; None where they are none."""
    match word.sort:
        case Sort.CLOCK:
            return word
        case Sort.HOURS:
            hour, minute = word.text, f"{word.minute:02}"
        case Sort.DOTTED:
            hour, minute = word.text.split(".")
        case Sort.YEAR:
            hour, minute = word.text[:2], word.text[2:]
        case _:
            return None
    if int(hour) > 23 or int(minute) > 59 or len(minute) != 2:
        return None
    return Word(Sort.CLOCK, int(hour), int(minute), text=hour)


def _ways(word: Word, years: Collection[int], *, alone: bool) -> tuple[tuple[Word, ...], ...]:
    clock = as_clock(word)
    ways: tuple[tuple[Word, ...], ...] = ((clock,),) if clock else ()
    match word.sort:
        case Sort.YEAR:
            of_year = () if word.text.startswith("0") else ((word,),)
            return of_year if word.number in years else ways + of_year
        case Sort.DOTTED:
            day, month = map(int, word.text.split("."))
            return (
                (*ways, (Word(Sort.PAIR, day, month, text="."),))
                if len(word.text.partition(".")[2]) == 2 and day < 32 and month < 13
                else ways
            )
        case Sort.HOURS:
            hours = (Word(Sort.NUMBER, word.number), Word(Sort.UNIT, unit=Unit.HOUR))
            minutes = (
                (Word(Sort.NUMBER, word.minute), Word(Sort.UNIT, unit=Unit.MINUTE)) if word.minute else ()
            )
            if alone and clock and (word.number > 12 or word.text.startswith("0")):
                return ways
            return ((*hours, *minutes),) if alone and word.number < 7 else (*ways, (*hours, *minutes))
        case _:
            return ((word,),)


def corrections(text: str) -> Iterator[str]:
    """Yield the line with one of its words, which says nothing about time, replaced by one that is spelled alike."""
    if len(text) > _LONGEST_LINE:
        return
    for match in re.finditer(r"[^\W\d_]+", text):
        for spelling in _spelled_alike(fold_words(match[0])):
            yield text[: match.start()] + spelling + text[match.end() :]


def pattern_of(words: tuple[Word, ...]) -> str:
    """Return the sorts of `words` as one string."""
    return "".join(word.sort.value for word in words)


_LONGEST_LINE = 100

_BEFORE_A_DAY = ("the", "on")
"""What makes figures a day of the month: the 15."""

_AT_OR_TO = "به"
"""Persian *to* before an hour, behind its minutes; elsewhere *at* or *on*, and left out."""


@lru_cache(maxsize=256)
def _spelled_alike(word: str) -> tuple[str, ...]:
    """Return known words near an unknown one, the nearest first; none while it may be the beginning of a known one."""
    known = _vocabulary_with_spaces()
    if len(word) < 4 or any(each.startswith(word) for each in known):
        return ()
    near = get_close_matches(word, known, n=3, cutoff=0.75)
    spellings = {fold_words(each): each for _meaning, written in meanings() for each in written}
    return tuple(spellings[each] for each in near)


def _read_token(match: re.Match[str]) -> tuple[Word, ...]:
    kind, text = match.lastgroup, match[0]
    if kind == "word":
        return _vocabulary()[text.replace(" ", "")]
    if kind == "date":
        return (Word(Sort.DATE, text=text),)
    if kind == "clock":
        hour, minute, second = (*text.split(":"), "0")[:3]
        return (Word(Sort.CLOCK, int(hour), int(minute), int(second), text=hour),)
    if kind == "hours":
        hour, minute = text.split("h")
        return (Word(Sort.HOURS, int(hour), int(minute or 0), text=hour.strip()),)
    if kind == "fraction":
        whole, decimals = re.split(r"[.,٫]", text)
        return (Word(Sort.FRACTION, int(whole) * 60 + int(decimals) * 60 // 10 ** len(decimals)),)
    if kind == "pair":
        first, sign, second = re.split(r"([./])", text)[:3]
        return (Word(Sort.PAIR, int(first), int(second), text=sign),)
    if kind == "dotted":
        return (Word(Sort.DOTTED, text=text),)
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
    hours = "|".join(
        fold_words(word) for word in (*_UNITS[Unit.HOUR], *_SEVERAL_UNITS[Unit.HOUR], *_GLUE[Sort.HOUR_OR_AT])
    )
    return re.compile(
        rf"(?P<word>(?<![^\W\d_])(?:{spellings})(?![^\W\d_]))"
        r"|(?P<date>\d{1,4}(?P<sign>[/.\-])\d{1,2}(?P=sign)\d{1,4}(?!\d))"
        rf"|(?P<fraction>\d{{1,2}}[.,٫](?:5|25|75)(?= ?(?:{hours})(?![^\W\d_])))"
        r"|(?P<pair>\d{1,2}/\d{1,2}(?![\d/.])|\d{1,2}\.\d{1,2}\.(?!\d))"
        r"|(?P<dotted>\d{1,2}\.\d{1,2}(?!\d))"
        r"|(?P<hours>\d{1,2} ?h(?:\d{2})?(?![^\W_]))"
        r"|(?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))"
        r"|(?P<ordinal>\d{1,2} ?(?:st|nd|rd|th|ام)(?![^\W_]))"
        r"|(?P<number>\d{1,4}(?!\d))"
        r"|(?P<gap>[ ,،]+|(?<=\d)t(?=\d)|(?<=\d)-(?=[^\W\d_])|(?<=[^\W\d_])-(?=\d))"
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
    for number, spellings in _numbers().items():
        yield (Word(Sort.NUMBER, number),), spellings
    for number, spellings in _ordinals().items():
        yield (Word(Sort.ORDINAL, number),), spellings
    for unit, spellings in _UNITS.items():
        yield (Word(Sort.UNIT, unit=unit),), spellings
    for unit, spellings in _SEVERAL_UNITS.items():
        yield (Word(Sort.UNIT, unit=unit, plural=True),), spellings
    for unit, spelling in _TWO_UNITS.items():
        yield (Word(Sort.TWO_UNITS, 2, unit=unit),), (spelling,)
    for period, spellings in _PERIODS.items():
        yield (Word(Sort.PERIOD, period=period),), spellings
    for distance, spellings in _NEAR_DAYS.items():
        yield (Word(Sort.NEAR_DAY, distance),), spellings
    for period, spellings in _THIS_PERIOD.items():
        yield (Word(Sort.NEAR_DAY, 0), Word(Sort.PERIOD, period=period)), spellings
    for unit, spelling in _END_OF.items():
        yield (Word(Sort.END), Word(Sort.UNIT, unit=unit)), (spelling,)
    for unit, spellings in _EVERY_UNIT.items():
        yield (Word(Sort.EVERY), Word(Sort.UNIT, unit=unit)), spellings
    yield (Word(Sort.WORKDAY),), ("weekday", "workday", "working day", "business day", "روز کاری", "يوم عمل")
    yield (Word(Sort.WORKDAY, plural=True),), _WORKDAYS
    for index, spellings in enumerate(_WEEKDAYS):
        yield (Word(Sort.WEEKDAY, index),), (*spellings, *(names[index] for names in WEEKDAYS.values()))
        names = (f"{WEEKDAYS['en'][index]}s", f"{WEEKDAYS['fa'][index]} ها", f"أيام {WEEKDAYS['ar'][index]}")
        yield (Word(Sort.EVERY), Word(Sort.WEEKDAY, index)), names
        arabic = WEEKDAYS["ar"][index]
        # Without its article the Sunday behind *and* is written like *one*.
        bare = () if index == _SUNDAY else (f"و{arabic.removeprefix('ال')}",)
        yield (Word(Sort.AND), Word(Sort.WEEKDAY, index)), (f"و{arabic}", *bare)
    for calendar, months in _MONTHS.items():
        for index, spellings in enumerate(months):
            names = tuple(names[index] for names in MONTHS[calendar].values())
            yield (Word(Sort.MONTH, index + 1, calendar=calendar),), (*spellings, *names)


# The spellings beside the names that the program itself shows. Months and weekdays in their order, Monday first.

_SUNDAY = 6
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
    Period.PM: ("pm", "p.m.", "p.m", "ب.ظ", "ب.ظ.", "ب ظ", "م"),
    Period.MORNING: ("morning", "صبح", "بامداد", "ص", "صباحا", "صباح", "الصباح", "اول وقت", "first thing"),
    Period.NOON: ("noon", "midday", "ظهر", "سر ظهر", "ظهرا", "الظهر"),
    Period.AFTERNOON: ("afternoon", "بعد از ظهر", "بعد الظهر", "بعد ظهر"),
    Period.LATE_AFTERNOON: ("عصر", "عصرا", "العصر"),
    Period.EVENING: ("evening", "غروب", "المساء"),
    Period.NIGHT: ("night", "شب", "ليلا", "الليل"),
    Period.NOON_TO_NIGHT: ("مساء",),
    Period.END_OF_DAY: (
        *("eod", "cob", "end of day", "end of the day", "end of business", "close of business"),
        *("آخر وقت", "آخر وقت اداری", "پایان وقت اداری", "آخر روز", "پایان روز"),
        *("نهاية اليوم", "آخر اليوم", "نهاية الدوام", "آخر الدوام"),
    ),
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
    15: ("fifteen", "پانزده", "خمس عشرة", "خمسة عشر"),
    20: ("twenty", "بیست", "عشرين", "عشرون"),
    25: ("خمس وعشرين", "خمسة وعشرين"),
    30: ("thirty", "سی", "ثلاثين"),
    40: ("forty", "چهل", "أربعين"),
    50: ("fifty", "پنجاه", "خمسين"),
}

_TEENS = (
    ("thirteen", "سیزده"),
    ("fourteen", "چهارده"),
    ("fifteen", "پانزده"),
    ("sixteen", "شانزده"),
    ("seventeen", "هفده"),
    ("eighteen", "هجده", "هیجده"),
    ("nineteen", "نوزده"),
)


def _numbers() -> dict[int, tuple[str, ...]]:
    """Return the spellings of the numbers from 1 to 59."""
    numbers = _NUMBERS | {
        13 + place: (*_NUMBERS.get(13 + place, ()), *each) for place, each in enumerate(_TEENS)
    }
    for tens in (20, 30, 40, 50):
        english, persian = numbers[tens][:2]
        for ones in range(1, 10):
            one, persian_one = numbers[ones][:2]
            written = (f"{english} {one}", f"{english}-{one}", f"{persian} و {persian_one}")
            numbers[tens + ones] = (*written, *numbers.get(tens + ones, ()))
    return numbers


def _ordinals() -> dict[int, tuple[str, ...]]:
    """Return the spellings of the days of a month."""
    numbers = _numbers()
    english = {number: f"{numbers[number][0]}th" for number in range(13, 32)} | dict(
        enumerate(_ENGLISH_ORDINALS, 1)
    )
    persian = {number: f"{numbers[number][1]}م" for number in range(1, 31)} | _PERSIAN_ORDINALS
    english |= {20: "twentieth", 30: "thirtieth"}
    for number in (*range(21, 30), 31):
        tens = number - number % 10
        english[number] = f"{numbers[tens][0]} {english[number % 10]}"
        persian[number] = f"{numbers[tens][1]} و {persian[number % 10]}"
    arabic: dict[int, tuple[str, ...]] = {
        number: (each, f"ال{each}") for number, each in enumerate(_ARABIC_ORDINALS, 1)
    }
    tenths = ("حادي", *_ARABIC_ORDINALS[1:9])
    for ones, each in enumerate(tenths, 1):
        arabic[10 + ones] = (f"ال{each} عشر",)
        arabic[20 + ones] = (f"ال{each} والعشرين", f"ال{each} والعشرون")
    arabic |= {20: ("العشرين", "العشرون"), 30: ("الثلاثين", "الثلاثون"), 31: ("الحادي والثلاثين",)}
    return {
        number: (english[number], english[number].replace(" ", "-"), persian[number], *arabic.get(number, ()))
        for number in range(1, 32)
    } | {1: ("first", "یکم", "اول", *arabic[1])}


_ENGLISH_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth"),
)
_PERSIAN_ORDINALS = {3: "سوم", 30: "سی ام"}
_ARABIC_ORDINALS = ("أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر")

_UNITS: dict[Unit, tuple[str, ...]] = {
    Unit.MINUTE: ("m", "min", "minute", "دقیقه", "دقيقة"),
    Unit.HOUR: ("h", "hr", "hour"),
    Unit.DAY: ("d", "day", "روز", "يوم", "يوما"),
    Unit.WEEK: ("w", "wk", "week", "هفته", "أسبوع", "الأسبوع", "أسبوعا"),
    Unit.MONTH: ("mo", "month", "ماه", "شهر", "الشهر", "شهرا"),
}

_SEVERAL_UNITS: dict[Unit, tuple[str, ...]] = {
    Unit.MINUTE: ("mins", "minutes", "دقائق"),
    Unit.HOUR: ("hrs", "hours", "ساعات"),
    Unit.DAY: ("days", "أيام"),
    Unit.WEEK: ("weeks", "أسابيع"),
    Unit.MONTH: ("months", "أشهر"),
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
    0: ("today", "later today", "امروز", "همین امروز", "اليوم"),
    1: ("tomorrow", "tmrw", "tmr", "فردا", "غدا", "غد", "الغد", "بكرة", "بكرا"),
    2: (
        *("day after tomorrow", "the day after tomorrow", "پس فردا"),
        *("بعد غد", "بعد غدا", "بعد الغد", "بعد بكرة", "بعد بكرا"),
    ),
}

_THIS_PERIOD: dict[Period, tuple[str, ...]] = {
    Period.MORNING: ("this morning", "هذا الصباح"),
    Period.AFTERNOON: ("this afternoon", "later this afternoon"),
    Period.EVENING: ("this evening", "هذا المساء"),
    Period.NIGHT: ("tonight", "امشب", "الليلة", "هذه الليلة"),
}

_END_OF = {Unit.WEEK: "eow", Unit.MONTH: "eom"}

_EVERY_UNIT: dict[Unit, tuple[str, ...]] = {
    Unit.DAY: ("daily", "everyday", "روزانه", "هر روزه", "يوميا"),
    Unit.WEEK: ("weekly", "هفتگی", "أسبوعيا"),
    Unit.MONTH: ("monthly", "ماهانه", "ماهیانه", "شهريا"),
}

_WORKDAYS = (
    *("weekdays", "workdays", "working days", "business days", "روزهای کاری", "روز های کاری"),
    *("أيام العمل", "أيام الدوام"),
)

_GLUE: dict[Sort, tuple[str, ...]] = {
    Sort.EVERY: ("every", "each", "هر", "كل"),
    Sort.OTHER: ("other", "در میان"),
    Sort.HOUR_OR_AT: ("ساعت", "ساعة"),
    Sort.AT: ("at", "@", "الساعة"),
    Sort.IN: ("in", "within", "خلال"),
    Sort.AFTER: ("بعد",),
    Sort.LATER: ("later", "from now", "دیگر", "دیگه", "من الآن"),
    Sort.NEXT: (
        *("next", "coming", "بعدی", "آینده", "الجاي", "الجاية", "جاي"),
        *("القادم", "القادمة", "المقبل", "المقبلة", "التالي", "التالية"),
    ),
    Sort.PLUS: ("+",),
    Sort.AND: ("and", "و"),
    Sort.HALF: ("half", "half a", "half an", "نیم", "ونیم", "نصف", "ونصف", "والنصف", "نص", "ونص"),
    Sort.QUARTER: ("quarter", "ربع", "ربعا", "وربع", "والربع"),
    Sort.PAST: ("past", "after"),
    Sort.TO: ("to", _AT_OR_TO),
    Sort.LESS: ("إلا",),
    Sort.THIS: ("this", "این", "همین", "هذا", "هذه"),
    Sort.END: ("end", "آخر", "پایان", "نهاية"),
    Sort.WEEKEND: ("weekend", "آخر هفته", "پایان هفته", "آخر الأسبوع", "نهاية الأسبوع"),
    Sort.MIDNIGHT: ("midnight", "نیمه شب", "نصف شب", "منتصف الليل"),
    Sort.SAME_TIME: (
        *("this time", "same time", "the same time", "همین موقع", "همین ساعت", "همین وقت"),
        *("نفس الوقت", "نفس الساعة"),
    ),
}

_FILLERS = ("on", "of", "the", "o'clock", "sharp", "در", "سر", "برای", "تاریخ", "في", "من")
