"""What the titles of columns mean, in Persian, Arabic and English: the vocabulary of the sheets that desks receive."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from leadtui.language.text import fold_digits, search_key


class Target(StrEnum):
    """Where a column goes. Keys of custom fields stand beside these as plain strings."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PHONE = "phone"
    PHONE_OTHER = "phone_other"
    CITY = "city"
    EMAIL = "email"
    ENTERED_AT = "entered_at"
    ENTERED_TIME = "entered_time"
    """The time of day of `entered_at`, where date and time stand in two columns."""
    GRADE = "grade"
    MAJOR = "major"
    CHANNEL = "channel"
    NEED = "need"
    REFERRER = "referrer"
    NOTE = "note"
    EXTERNAL_ID = "external_id"
    """The number that the other program gave the row; recognised so that it is not taken for a phone."""
    IGNORE = "ignore"
    """Known, and of no use to the desk."""


class Meaning(NamedTuple):
    """What a title means."""

    target: Target
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
    exact = exact_meaning(title)
    if exact is not None:
        return exact
    for parts in (_PART.split(title), _SCRIPT_RUN.findall(title)):
        found = [(part, exact_meaning(part)) for part in parts]
        meanings = [meaning for _part, meaning in found if meaning is not None]
        if meanings and not any(meaning is None and is_strange(part) for part, meaning in found):
            first = meanings[0]
            same = [meaning.rank for meaning in meanings if meaning.target is first.target]
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
_PART = re.compile(r"[/\\|()\[\]{}:،,;؛–—\n\r]+|\s-\s")
_SCRIPT_RUN = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff\u200c\s]+|[A-Za-z\d_.\s-]+")
_NUMBER_AT_END = re.compile(r"(?P<title>.*?[^\d])(?P<number>\d{1,2})")

_MOBILE, _PLAIN, _MESSENGER, _LANDLINE, _SECOND, VAGUE = range(6)

_TITLES: tuple[tuple[Target, int, str], ...] = (
    (
        Target.NAME,
        0,
        "نام و نام خانوادگی|نام خانوادگی و نام|نام و فامیل|نام و فامیلی|نام کامل|نام کامل شما|نام مشتری|اسم و فامیل"
        "|اسم و فامیلی|نام نام خانوادگی|نام متقاضی|نام کاربر|الاسم الكامل|الاسم الثلاثي|الاسم واللقب|اسم العميل"
        "|الاسم بالكامل|اسم الزبون|full name|name and surname|customer name|client name|contact name|lead name"
        "|your name|customer|contact|display name|name surname|first and last name|name of customer",
    ),
    (Target.NAME, 1, "نام|اسم|الاسم|name|مشتری|العميل"),
    (
        Target.FIRST_NAME,
        0,
        "نام کوچک|اسم کوچک|الاسم الأول|الاسم الاول|first name|firstname|given name|forename|fname",
    ),
    (
        Target.LAST_NAME,
        0,
        "نام خانوادگی|فامیل|فامیلی|نام فامیل|نام فامیلی|شهرت|اسم العائلة|اللقب|الاسم الأخير|اسم الأسرة|الكنية"
        "|last name|lastname|surname|family name|family|lname",
    ),
    (
        Target.PHONE,
        _MOBILE,
        "موبایل|شماره موبایل|تلفن همراه|شماره همراه|همراه|شماره تلفن همراه|گوشی|شماره گوشی|شماره موبایل شما"
        "|جوال|الجوال|رقم الجوال|موبايل|الموبايل|رقم الموبايل|المحمول|رقم المحمول|الهاتف المحمول|رقم الهاتف المحمول"
        "|الهاتف النقال|mobile|mobile number|mobile phone|mobile no|cell|cell phone|cellphone|cell number|cellular"
        "|mobile phone number",
    ),
    (
        Target.PHONE,
        _PLAIN,
        "شماره تماس|تلفن|شماره تلفن|تلفن تماس|شماره تماس شما|هاتف|الهاتف|رقم الهاتف|رقم التلفون|رقم الاتصال"
        "|تليفون|التليفون|phone|phone number|phone no|telephone|telephone number|tel|tel no|contact number"
        "|contact no|contact phone|your phone|your phone number|caller|caller number|msisdn|primary phone",
    ),
    (
        Target.PHONE,
        _MESSENGER,
        "واتساپ|واتس اپ|شماره واتساپ|شماره واتس اپ|تلگرام|شماره تلگرام|واتساب|الواتساب|رقم الواتساب|whatsapp"
        "|whatsapp number|telegram number",
    ),
    (
        Target.PHONE,
        _LANDLINE,
        "تلفن ثابت|شماره ثابت|ثابت|تلفن منزل|تلفن محل کار|تلفن دفتر|الهاتف الأرضي|هاتف المنزل|هاتف العمل|landline"
        "|home phone|work phone|office phone|business phone|home number|work number|fixed line",
    ),
    (
        Target.PHONE,
        _SECOND,
        "تلفن دوم|شماره دوم|شماره تماس دوم|موبایل دوم|شماره دیگر|شماره های دیگر|سایر شماره ها|تلفن اضطراری"
        "|رقم آخر|رقم هاتف آخر|هاتف آخر|الهاتف الثاني|second phone|other phone|other phones|alternate phone"
        "|alternative phone|secondary phone|additional phone|other number|phone other|alternate number",
    ),
    (Target.PHONE, VAGUE, "شماره|رقم|number"),
    (
        Target.CITY,
        0,
        "شهر|شهر محل سکونت|شهر سکونت|محل سکونت|نام شهر|شهرستان|شهر شما|المدينة|مدينة|مدينة السكن|city|town"
        "|city name|your city|city of residence|location",
    ),
    (Target.CITY, 1, "استان|المحافظة|محافظة|province|state|region"),
    (
        Target.EMAIL,
        0,
        "ایمیل|آدرس ایمیل|پست الکترونیک|پست الکترونیکی|رایانامه|نشانی ایمیل|ایمیل شما|البريد الإلكتروني|البريد"
        "|بريد إلكتروني|الايميل|الإيميل|ايميل|عنوان البريد الإلكتروني|email|e-mail|email address|mail|your email"
        "|e-mail address|email id",
    ),
    (
        Target.ENTERED_AT,
        0,
        "تاریخ ثبت نام|تاریخ ثبت|تاریخ عضویت|تاریخ ورود|تاریخ ایجاد|زمان ثبت|زمان ثبت نام|تاریخ و ساعت|تاریخ ارسال"
        "|تاریخ ارسال فرم|تاریخ ثبت فرم|زمان ایجاد|زمان ارسال|تاریخ و زمان|تاریخ درخواست|تاریخ ساخت|تاریخ الإنشاء"
        "|تاريخ التسجيل|تاريخ الإدخال|تاريخ الإرسال|تاريخ الإضافة|وقت التسجيل|created time|created at|created"
        "|created on|created date|date created|creation date|timestamp|submitted at|submission date|submission time"
        "|registered at|registered on|registered|registration date|register date|signup date|sign up date"
        "|signed up|signed up at|date added|added on|entered at|entry date|date and time|datetime|date time"
        "|submitted on|date submitted|lead date|joined|joined at|join date|submitted",
    ),
    (Target.ENTERED_AT, 1, "تاریخ|التاريخ|تاريخ|date"),
    (
        Target.ENTERED_TIME,
        0,
        "ساعت|زمان|ساعت ثبت|ساعت ورود|ساعت ارسال|الوقت|الساعة|وقت|time|time of day|hour",
    ),
    (
        Target.GRADE,
        0,
        "مقطع|مقطع تحصیلی|مدرک|مدرک تحصیلی|تحصیلات|میزان تحصیلات|سطح تحصیلات|آخرین مدرک تحصیلی|آخرین مدرک"
        "|المؤهل|المؤهل العلمي|الدرجة العلمية|المستوى التعليمي|المستوى الدراسي|المرحلة الدراسية|grade|education"
        "|education level|level of education|degree|highest degree|academic level|qualification",
    ),
    (
        Target.MAJOR,
        0,
        "رشته|رشته تحصیلی|گرایش|رشته و گرایش|التخصص|الاختصاص|تخصص|مجال الدراسة|major|field of study|field study"
        "|subject|discipline|speciality|specialty",
    ),
    (
        Target.CHANNEL,
        0,
        "ورود|کانال|کانال ورود|کانال ورودی|نحوه آشنایی|منبع|منبع ورود|طریقه آشنایی|روش آشنایی|منشأ|شیوه آشنایی"
        "|المصدر|مصدر|القناة|قناة|مصدر العميل|channel|source|lead source|entry channel|utm source|origin"
        "|how did you hear about us|how did you hear|how did you find us|traffic source|referral source",
    ),
    (Target.CHANNEL, 1, "platform|form name|landing page|پلتفرم|نام فرم|صفحه ورود|فرم|form|landing|المنصة"),
    (
        Target.NEED,
        0,
        "نیاز|نوع نیاز|موضوع|موضوع مشاوره|نوع درخواست|درخواست|خدمات مورد نیاز|خدمت مورد نیاز|نوع مشاوره"
        "|موضوع درخواست|علاقه مندی|الحاجة|الاحتياج|الاهتمام|نوع الطلب|الخدمة المطلوبة|need|needs|interest"
        "|interested in|service|requirement|inquiry type|request type|topic",
    ),
    (
        Target.REFERRER,
        0,
        "معرف|نام معرف|معرفی کننده|نام معرفی کننده|معرّف|المعرف|المُعرّف|المحيل|اسم المحيل|أحاله|referrer"
        "|referred by|referral|introduced by|introducer|referrer name",
    ),
    (
        Target.NOTE,
        0,
        "توضیحات|توضیح|یادداشت|یادداشت ها|شرح|پیام|متن پیام|نظر|نظرات|ملاحظات|ملاحظة|الملاحظات|تعليق|التعليقات"
        "|الرسالة|رسالة|الوصف|متن|سوال|پرسش|note|notes|comment|comments|description|message|remark|remarks"
        "|details|your message|question",
    ),
    (
        Target.EXTERNAL_ID,
        0,
        "کد|شناسه|ردیف|شماره ردیف|کد مشتری|کد کاربر|کد کاربری|شناسه کاربر|شماره مشتری|شماره پرونده|ش|شماره ثبت"
        "|المعرف|المعرف الرقمي|رقم العميل|الرقم التسلسلي|مسلسل|الرمز|id|no|#|row|row number|user id|customer id|lead id"
        "|record id|uuid|code|contact id|client id|index|serial|s no|sr no",
    ),
    (
        Target.IGNORE,
        0,
        "کد ملی|شماره ملی|کدملی|کد پستی|شماره شناسنامه|شماره کارت|شماره حساب|شماره شبا|تاریخ تولد|سن|جنسیت"
        "|الرقم القومي|الرقم الوطني|رقم الهوية|الرمز البريدي|تاريخ الميلاد|الجنس|العمر|national id|national code"
        "|passport number|postal code|zip|zip code|postcode|iban|card number|account number|birth date|birthday"
        "|date of birth|dob|gender|sex|age|ip|ip address|user agent|ad id|ad name|adset id|adset name|campaign id"
        "|campaign name|form id|is organic|lead status|utm medium|utm campaign|utm content|utm term|username"
        "|user name|password|updated at|modified at|last modified",
    ),
)

# Words that turn a longer title into another matter: the name of a company, the date of birth, "e-mail verified".
_STRANGERS = (
    "شرکت|سازمان|دوره|کلاس|پدر|مادر|معرف|تولد|تأیید|تایید|وضعیت|کد|ملی|پستی|کاربری|فرم|محصول|شركة|الشركة|ميلاد|حالة"
    "|company|organisation|organization|course|class|father|mother|emergency|birth|verified|confirmed|sent|status"
    "|code|national|product|form|ad|campaign|user|opt|consent|type|count|valid|best|preferred|time|when|زمان|ساعت"
)

_ASKED_FOR = frozenset({Target.NAME, Target.PHONE, Target.EMAIL, Target.CITY})


@cache
def _vocabulary() -> dict[str, Meaning]:
    return {
        title_key(title): Meaning(target, rank)
        for target, rank, titles in reversed(_TITLES)
        for title in titles.split("|")
        if title_key(title)
    }


@cache
def _inside_questions() -> dict[str, Meaning]:
    """What may be found inside a longer title: never "name" or "number" alone, which half of all titles hold."""
    return {
        title_key(title): Meaning(target, rank)
        for target, rank, titles in reversed(_TITLES)
        for title in titles.split("|")
        if target in _ASKED_FOR and title not in _TOO_COMMON and not (target is Target.NAME and rank)
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
