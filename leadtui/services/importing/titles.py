"""What the titles of columns mean, in Persian, Arabic and English: the vocabulary of the sheets that desks receive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from leadtui.domain.lead_fields import ENTERED_AT, NAME, import_fields
from leadtui.language.text import fold_digits, search_key


class Target(StrEnum):
    """Where a column goes that fills no field of a lead by itself; the others go to the key of a field."""

    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    ENTERED_TIME = "entered_time"
    """The time of day of when somebody came in, where date and time stand in two columns."""
    COUNTRY = "country"
    """The country of a row's numbers: its name, its code, or the code that is dialled."""
    NOTE = "note"
    EXTERNAL_ID = "external_id"
    """The number that the other program gave the row; recognised so that it is not taken for a phone."""
    IGNORE = "ignore"
    """Known, and of no use to the desk."""


_PARTS: dict[str, tuple[str, ...]] = {
    NAME: (Target.FIRST_NAME, Target.LAST_NAME),
    ENTERED_AT: (Target.ENTERED_TIME,),
}

TARGETS = (
    *(target for each in import_fields() for target in (each.key, *_PARTS.get(each.key, ()))),
    *(Target.COUNTRY, Target.NOTE, Target.EXTERNAL_ID, Target.IGNORE),
)
"""Wherever a column can go but to a workspace's own fields."""


class Meaning(NamedTuple):
    """What a title means."""

    target: str
    rank: int
    """Of several columns with one target the lowest is taken: a mobile before a landline, the first before a second.
    `VAGUE` for a title that may as well mean something else."""
    loose: bool = False
    """Found only as words inside a longer title, so that the cells must agree."""


def title_key(title: str) -> str:
    """What a title is compared by: case, spaces, joiners, underscores and the forms of letters do not matter."""
    return search_key(_BETWEEN_WORDS.sub("", title))


@lru_cache(maxsize=1024)
def meaning_of(title: str) -> Meaning | None:
    """Return what `title` means, also where it mixes languages ("Phone / تلفن") or asks a whole question."""
    title = _CODE_ASIDE.sub("", title)
    exact = exact_meaning(title)
    if exact is not None:
        return exact
    for parts in (_PART.split(title), _SCRIPT_RUN.findall(title)):
        found = [(part, exact_meaning(part)) for part in parts]
        meanings = [meaning for _part, meaning in found if meaning is not None]
        if meanings and not any(meaning is None and is_strange(part) for part, meaning in found):
            first = meanings[0]
            same = [meaning.rank for meaning in meanings if meaning.target == first.target]
            return Meaning(first.target, max(same))
    return _meaning_of_question(title)


def exact_meaning(title: str) -> Meaning | None:
    """Return what the whole of `title` means, a number at its end ("Phone 2") aside."""
    key = title_key(title)
    known = _vocabulary().get(key)
    if known is not None:
        return known
    numbered = _NUMBER_AT_END.fullmatch(fold_digits(key))
    if numbered is None:
        return None
    known = _vocabulary().get(numbered["title"])
    if known is None:
        return None
    return Meaning(known.target, known.rank + (_LATER if int(numbered["number"]) > 1 else 0))


def is_strange(title: str) -> bool:
    """Whether a word of `title` turns it into another matter."""
    return not _strangers().isdisjoint(_words(title))


def _meaning_of_question(title: str) -> Meaning | None:
    """Look for known words in a longer title, as forms have them: "Please enter your mobile number"."""
    words = _words(title)
    if not 2 <= len(words) <= _LONGEST_QUESTION or is_strange(title):
        return None
    for length in range(min(len(words), 5), 0, -1):
        for start in range(len(words) - length + 1):
            known = _inside_questions().get("".join(words[start : start + length]))
            if known is not None:
                return Meaning(known.target, known.rank + _INSIDE, loose=True)
    return None


def _words(title: str) -> tuple[str, ...]:
    return tuple(title_key(word) for word in _WORD.findall(title))


_LATER = 10
_INSIDE = 20
_LONGEST_QUESTION = 14

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+(?:\u200c[^\W_]+)*")
_CODE_ASIDE = re.compile(
    r"[\W_]*(?<![^\W_])(?:with(?:out)?|includ(?:es|ing)|incl|exclud(?:es|ing)|excl|no|sans|sin|ohne|بدون|همراه با|با)[\W_]+(?:the[\W_]+)?"
    r"(?:(?:country|dial|dialing|calling|area|isd)[\W_]*code|code pays|código|vorwahl|کد کشور|پیش[\W_]*شماره)\b[\W_]*",
    re.IGNORECASE,
)
"""What a title says of how its numbers are written: "Phone (with country code)", mobile_without_country_code."""
_PART = re.compile(r"[/\\|()\[\]{}:،,;؛–—\n\r]+|\s-\s")
_SCRIPT_RUN = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff\u200c\s]+|[A-Za-z\d_.\s-]+")
_NUMBER_AT_END = re.compile(r"(?P<title>.*?[^\d])(?P<number>\d{1,2})")

VAGUE = 5
"""The rank of the titles that may as well mean something else than a phone number."""

_OTHER_HEADINGS: dict[str, str] = {
    Target.FIRST_NAME: (
        "نام کوچک|اسم کوچک|الاسم الأول|الاسم الاول|first name|firstname|given name|forename|fname"
    ),
    Target.LAST_NAME: (
        "نام خانوادگی|فامیل|فامیلی|نام فامیل|نام فامیلی|شهرت|اسم العائلة|اللقب|الاسم الأخير|اسم الأسرة|الكنية"
        "|last name|lastname|surname|family name|family|lname"
    ),
    Target.ENTERED_TIME: ("ساعت|زمان|ساعت ثبت|ساعت ورود|ساعت ارسال|الوقت|الساعة|وقت|time|time of day|hour"),
    Target.COUNTRY: (
        "کشور|نام کشور|کد کشور|پیش شماره کشور|الدولة|البلد|بلد|دولة|رمز الدولة|مفتاح الدولة|كود الدولة|country|country name"
        "|country region|country code|country iso|iso country|country calling code|calling code|dial code|dialing code"
        "|dialling code|phone country code|phone code|isd|isd code|nation|ülke|ülke kodu|ملک|ملک کا کوڈ|pays|code pays|indicatif"
        "|país|código de país|código do país|código país|ddi|land|länderkennzeichen|ländervorwahl|страна|код страны|国家|国家代码"
        "|国家区号|देश|देश कोड"
    ),
    Target.NOTE: (
        "توضیحات|توضیح|یادداشت|یادداشت ها|شرح|پیام|متن پیام|نظر|نظرات|ملاحظات|ملاحظة|الملاحظات|تعليق|التعليقات"
        "|الرسالة|رسالة|الوصف|متن|سوال|پرسش|note|notes|comment|comments|description|message|remark|remarks"
        "|details|your message|question|crm note|crm notes|lead note|lead notes|customer note|customer notes"
    ),
    Target.EXTERNAL_ID: (
        "کد|شناسه|ردیف|شماره ردیف|کد مشتری|کد کاربر|کد کاربری|شناسه کاربر|شماره مشتری|شماره پرونده|ش|شماره ثبت"
        "|المعرف|المعرف الرقمي|رقم العميل|الرقم التسلسلي|مسلسل|الرمز|id|no|#|row|row number|user id|customer id|lead id"
        "|record id|uuid|code|contact id|client id|index|serial|s no|sr no"
    ),
    Target.IGNORE: (
        "کد ملی|شماره ملی|کدملی|کد پستی|شماره شناسنامه|شماره کارت|شماره حساب|شماره شبا|تاریخ تولد|سن|جنسیت"
        "|الرقم القومي|الرقم الوطني|رقم الهوية|الرمز البريدي|تاريخ الميلاد|الجنس|العمر|national id|national code"
        "|passport number|postal code|zip|zip code|postcode|iban|card number|account number|birth date|birthday"
        "|date of birth|dob|gender|sex|age|ip|ip address|user agent|ad id|ad name|adset id|adset name|campaign id"
        "|campaign name|form id|is organic|lead status|utm medium|utm campaign|utm content|utm term|username"
        "|user name|password|updated at|modified at|last modified"
    ),
}


def _headings() -> Iterator[tuple[str, int, str]]:
    """Every title that is known, with where its column goes and the rank; of a title named twice the first counts."""
    for field in import_fields():
        for rank, titles in enumerate(field.imported.headings if field.imported else ()):
            for title in titles.split("|"):
                yield field.key, rank, title
    for target, titles in _OTHER_HEADINGS.items():
        for title in titles.split("|"):
            yield target, 0, title


# Words that turn a longer title into another matter: the name of a company, the date of birth, "e-mail verified".
_STRANGERS = (
    "شرکت|سازمان|دوره|کلاس|پدر|مادر|معرف|تولد|تأیید|تایید|وضعیت|کد|ملی|پستی|کاربری|فرم|محصول|شركة|الشركة|ميلاد|حالة"
    "|company|organisation|organization|course|class|father|mother|emergency|birth|verified|confirmed|sent|status"
    "|code|national|product|form|ad|campaign|user|opt|consent|type|count|valid|best|preferred|time|when|زمان|ساعت"
)

_ASKED_FOR = frozenset(each.key for each in import_fields() if each.searched)


@cache
def _vocabulary() -> dict[str, Meaning]:
    return {
        title_key(title): Meaning(target, rank)
        for target, rank, title in reversed(list(_headings()))
        if title_key(title)
    }


@cache
def _inside_questions() -> dict[str, Meaning]:
    """What may be found inside a longer title: never "name" or "number" alone, which half of all titles hold."""
    return {
        title_key(title): Meaning(target, rank)
        for target, rank, title in reversed(list(_headings()))
        if target in _ASKED_FOR and title not in _TOO_COMMON and not (target == NAME and rank)
    }


_TOO_COMMON = frozenset(
    {
        "شماره",
        "رقم",
        "number",
        "customer",
        "contact",
        "mail",
        "location",
        "ثابت",
        "همراه",
        "cell",
        "caller",
        "state",
    }
)


@cache
def _strangers() -> frozenset[str]:
    return frozenset(title_key(word) for word in _STRANGERS.split("|"))
