"""The calendars of the desk: their years, and the names of their months and days in three languages."""

from __future__ import annotations

from enum import StrEnum

from leadtui.language import cldr
from leadtui.language.translate import P_, base_language


class Calendar(StrEnum):
    """How the days of a year are named and counted."""

    GREGORIAN = "gregorian"
    JALALI = "jalali"
    """The solar calendar of Iran."""
    HIJRI = "hijri"
    """The lunar calendar of Muslims, as Saudi Arabia counts it (Umm al-Qura)."""


CALENDAR_WORDS = {
    Calendar.GREGORIAN: P_("choice", "Gregorian"),
    Calendar.JALALI: P_("choice", "Jalali"),
    Calendar.HIJRI: P_("choice", "Hijri"),
}
"""What people choose a calendar by."""


YEARS = {
    Calendar.JALALI: range(1278, 1501),
    Calendar.GREGORIAN: range(1900, 2101),
    Calendar.HIJRI: range(1343, 1501),
}
"""The years that are read: of days from 1899, 1900 and 1924 on."""


def weekday_name(index: int, language: str, *, short: bool = False) -> str:
    """Return the name of a weekday; Monday is 0 and Sunday 6, as everywhere in Python.

    Only English has short names; an unknown language gets the English ones.
    """
    names = WEEKDAYS.get(base_language(language), WEEKDAYS["en"])
    return names[index][:3] if short and names is WEEKDAYS["en"] else names[index]


def weekday_letters(index: int, language: str) -> str:
    """Return what stands above a column of a month: one letter, in English two."""
    letters = _WEEKDAY_LETTERS.get(base_language(language))
    return letters[index] if letters else WEEKDAYS["en"][index][:2]


def month_name(month: int, calendar: Calendar, language: str, *, short: bool = False) -> str:
    """Return the name of a month, 1 to 12; only the Gregorian months in English have short names."""
    names = MONTHS[calendar].get(base_language(language), MONTHS[calendar]["en"])
    return names[month - 1][:3] if short and names is MONTHS[Calendar.GREGORIAN]["en"] else names[month - 1]


WEEK_AS_USUAL = -1
"""As the day on which weeks begin: the one that is usual in the region."""


def weekdays_in_order(language: str, region: str, begins: int = WEEK_AS_USUAL) -> tuple[int, ...]:
    """Return the weekdays (Monday 0) in the order of the week, which `begins` on one of them.

    As usual is as in `region` (ISO 3166); in Persian that is Saturday.
    """
    first = 0
    if begins != WEEK_AS_USUAL:
        first = begins
    elif base_language(language) == "fa" or region in cldr.WEEK_FROM_SATURDAY:
        first = 5
    elif region in cldr.WEEK_FROM_SUNDAY:
        first = 6
    return tuple((first + day) % 7 for day in range(7))


WEEKDAYS: dict[str, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fa": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}
"""Monday first."""

# CLDR, narrow names.
_WEEKDAY_LETTERS = {"fa": "دسچپجشی", "ar": "نثرخجسح"}

MONTHS: dict[Calendar, dict[str, tuple[str, ...]]] = {
    Calendar.GREGORIAN: {
        "en": (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        "fa": (
            *("ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن"),
            *("ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"),
        ),
        "ar": (
            *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
            *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
        ),
    },
    Calendar.JALALI: {
        "en": (
            *("Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar"),
            *("Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"),
        ),
        "fa": (
            *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
            *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
        ),
        "ar": (
            *("فروردين", "أرديبهشت", "خرداد", "تير", "مرداد", "شهريور"),
            *("مهر", "آبان", "آذر", "دي", "بهمن", "إسفند"),
        ),
    },
    Calendar.HIJRI: {
        "en": (
            *("Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II"),
            *("Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah"),
        ),
        "fa": (
            *("محرم", "صفر", "ربیع‌الاول", "ربیع‌الثانی", "جمادی‌الاول", "جمادی‌الثانی"),
            *("رجب", "شعبان", "رمضان", "شوال", "ذیقعده", "ذیحجه"),
        ),
        "ar": (
            *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة"),
            *("رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
        ),
    },
}

NEAR_DAYS: dict[str, dict[int, str]] = {
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
    "fa": {-2: "پریروز", -1: "دیروز", 0: "امروز", 1: "فردا", 2: "پس‌فردا"},
    "ar": {-2: "أول أمس", -1: "أمس", 0: "اليوم", 1: "غدًا", 2: "بعد غد"},
}
"""What the days next to today are called, by their distance; English has no word for those beyond."""


def near_day(distance: int, language: str) -> str | None:
    """Return what a day so many days from today is called, None where it has no name of its own."""
    return NEAR_DAYS.get(base_language(language), NEAR_DAYS["en"]).get(distance)
