"""Writes exports with believable customers, as CSV and as a workbook.

They have ten columns in the order of time, as exports are: half of the rows name an e-mail address, one in twenty a second
number, and one in twenty a person who was there before.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

TITLES = ("نام", "شهر", "موبایل", "ایمیل", "تاریخ", "مقطع", "رشته", "ورود", "معرف", "توضیحات")

_FIRST = "علی رضا مریم زهرا حسین فاطمه سارا نگین پویا آرش کیان لیلا نرگس امیر مهدی نیما ساناز بهار شیما کاوه".split()
_LAST = (
    "رضایی محمدی حسینی احمدی کریمی موسوی جعفری قاسمی رحیمی صادقی نوری یزدانی شریفی اکبری زارع باقری".split()
)
_CITIES = "تهران مشهد اصفهان شیراز تبریز کرج قم اهواز رشت یزد".split()
_GRADES = ("دیپلم", "کارشناسی", "کارشناسی ارشد", "دکتری", "")
_MAJORS = ("حسابداری", "حقوق", "اقتصاد", "کامپیوتر", "")
_FORMS = ("فرم مشاوره", "فرم تماس با ما", "لندینگ دوره حسابداری", "لندینگ سامانه مودیان")
_PEOPLE = 10_000_000
"""So many people at most come from one seed."""

_WRITINGS = ("0{}", "{}", "+98{}", "0098{}", "(+98) {}")


def write_file(path: Path, rows: int, seed: int = 1) -> None:
    """Write an export of so many rows; the same seed gives the same file, and another one other people."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(TITLES)
        writer.writerows(_rows(rows, seed))


def write_workbook(path: Path, rows: int, seed: int = 1) -> None:
    """Write the same as a workbook."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.append(TITLES)
    for row in _rows(rows, seed):
        sheet.append(row)
    workbook.save(path)


def _rows(count: int, seed: int) -> Iterator[tuple[str, ...]]:
    chance, began, others = random.Random(seed), datetime(2020, 1, 1, 8), seed * _PEOPLE
    for number in range(count):
        person = chance.randrange(number) if number and chance.random() < 0.05 else number
        yield _row(others + person, began + timedelta(seconds=97 * number), chance)


def _row(person: int, moment: datetime, chance: random.Random) -> tuple[str, ...]:
    traits = random.Random(person)
    name = f"{traits.choice(_FIRST)} {traits.choice(_LAST)} {traits.choice(_LAST)}"
    phone = chance.choice(_WRITINGS).format(_number(person))
    if person % 20 == 7:
        phone += f" / 0{_number(person + 50_000_000)}"
    return (
        name,
        traits.choice(_CITIES),
        phone,
        f"user{person}@example.com" if person % 2 else "",
        f"{moment:%Y-%m-%d %H:%M:%S}",
        traits.choice(_GRADES),
        traits.choice(_MAJORS),
        chance.choice(_FORMS),
        "آقای رضایی" if person % 9 == 0 else "",
        "لطفاً بعد از ظهر تماس بگیرید" if person % 12 == 0 else "",
    )


def _number(person: int) -> str:
    """A mobile number of Iran, another one for every person up to a hundred million."""
    code, line = divmod(person * 48_271 % 100_000_007, 10_000_000)
    return f"{910 + code}{line:07}"
