"""Writes a store of N believable customers: `python -m tests.bench.make_store FILE --customers N`."""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table

from leadtui.domain.permission import READY_PROFILES
from leadtui.language.collation import sort_key
from leadtui.language.text import search_key
from leadtui.store import tables
from leadtui.store.column_types import microseconds, moment
from leadtui.store.engine import open_store
from leadtui.store.search import search_text

WORKSPACE_ID, LANGUAGE = 1, "fa"
NOW = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
"""The moment at which the store stands: entries lie before it, reminders around it."""

_FIRST = """علی محمد رضا حسین مهدی زهرا فاطمه مریم سارا نرگس امیر حمید سعید مجید وحید نسرین لیلا الهام پریسا ژاله
    گلناز کیان پژمان چکامه آرش بابک داریوش فرهاد شیرین مینا هانیه یلدا Reza Sara John Mary Omar Layla Peter Anna
    David Emma Yusuf Fatima Liam Olivia Noah Chloe Zoë José""".split()
_LAST = """احمدی محمدی حسینی رضایی کریمی موسوی جعفری صادقی رحیمی ابراهیمی قاسمی نوری اکبری امینی باقری پورمحمد
    چگینی ژیان گودرزی کیانی یزدانی شیرازی تهرانی اصفهانی تبریزی مشهدی کرمانی همدانی قمی زنجانی لطفی نجفی وکیلی
    Smith Jones Taylor Brown Khan Ahmadi Hassan Garcia Müller Rossi Novak Silva Kim Chen Haddad Nasser""".split()
_MIDDLE = ("", "", "", "", " نژاد", " زاده", " پور", " فرد", " نیا", " مقدم", " اصل", " تبار")
_CITIES = """تهران تهران تهران تهران مشهد مشهد اصفهان اصفهان شیراز تبریز کرج قم اهواز کرمانشاه ارومیه رشت زاهدان
    همدان کرمان یزد اردبیل بندرعباس اراک زنجان سنندج قزوین خرم‌آباد گرگان ساری آبادان Tehran London Dubai Toronto
    Berlin""".split()
_GRADES = ("کارشناسی", "کارشناسی ارشد", "دیپلم", "کاردانی", "دکتری", "Bachelor", "Master", "")
_MAJORS = (
    "حسابداری",
    "مدیریت مالی",
    "اقتصاد",
    "مدیریت بازرگانی",
    "مهندسی صنایع",
    "Accounting",
    "Law",
    "",
    "",
)
_STATUSES = (
    ("منتظر پیگیری", "open"),
    ("جلسه حضوری", "open"),
    ("جلسه آنلاین", "open"),
    ("ارجاع به همکاران", "open"),
    ("در انتظار آزمون", "open"),
    ("منجر به همکاری", "won"),
    ("منجر به خرید و قرارداد", "won"),
    ("انصراف از مشاوره", "lost"),
    ("بلاک لیست", "do-not-call"),
)
_CHANNELS = ("فرم وب", "ثبت‌نام سایت", "معرف", "تماس تلفنی", "فهرست وارد شده")
_NEEDS = ("جویای کار", "کارفرما", "کارآموز", "مدرس", "کارفرمای نرم‌افزار")
_MOBILE_CODES = tuple(str(code) for code in (*range(901, 906), *range(910, 921), *range(930, 940), 990, 991))
_COLLEAGUES = 40
_TEHRAN = ZoneInfo("Asia/Tehran")
_BATCH = 50_000


def make_store(path: Path, customers: int, seed: int = 1) -> None:
    """Write a new store with `customers` customers to `path`; the same seed gives the same store."""
    store = open_store(path, create=True)
    try:
        with store.write() as connection:
            _define(connection)
            # Indexes and triggers are made again at the end: in bulk that is several times quicker.
            later = _set_aside(connection)
            leads = _leads(customers, random.Random(seed))
            while batch := list(itertools.islice(leads, _BATCH)):
                _insert(connection, tables.lead, [lead for lead, _ in batch])
                _insert(connection, tables.lead_number, [number for _, some in batch for number in some])
                _insert(connection, tables.reminder, _reminders([lead for lead, _ in batch]))
            for statement in later:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("INSERT INTO lead_search(lead_search) VALUES ('rebuild')")
    finally:
        store.close()


Row = Mapping[str, object]


def _define(connection: Connection) -> None:
    at = microseconds(NOW - timedelta(days=1500))
    here = {"workspace_id": WORKSPACE_ID}
    _insert(
        connection,
        tables.workspace,
        [
            {
                "id": WORKSPACE_ID,
                "title": "حصین حاسب",
                "language": LANGUAGE,
                "calendar": "jalali",
                "region": "IR",
            }
            | {"zone": "Asia/Tehran", "currency": "IRR", "created_at": at}
        ],
    )
    profiles = {key: number for number, key in enumerate(READY_PROFILES, 1)}
    _insert(
        connection,
        tables.profile,
        [
            here | {"id": profiles[key], "key": key, "title": key, "permissions": json.dumps(sorted(granted))}
            for key, granted in READY_PROFILES.items()
        ],
    )
    people = range(1, _COLLEAGUES + 1)
    _insert(
        connection,
        tables.user,
        [
            {"id": one, "name": f"{_FIRST[one]} {_LAST[one]}", "email": f"{one}@desk.test", "created_at": at}
            for one in people
        ],
    )
    _insert(
        connection,
        tables.membership,
        [
            here | {"user_id": one, "profile_id": profiles["supervisor" if one == 1 else "agent"]}
            for one in people
        ],
    )
    _insert(
        connection,
        tables.status,
        [
            here
            | {"id": place, "key": f"status-{place}", "title": title, "glyph": "●", "colour": "blue"}
            | {"position": place, "kind": kind, "cartable": "stay", "reminder": "ask"}
            for place, (title, kind) in enumerate(_STATUSES, 1)
        ],
    )
    for table, titles in ((tables.channel, _CHANNELS), (tables.need, _NEEDS)):
        rows = [
            here | {"id": place, "key": f"{table.name}-{place}", "title": title, "position": place}
            for place, title in enumerate(titles, 1)
        ]
        _insert(connection, table, rows)
    _insert(
        connection,
        tables.field,
        [here | {"key": "budget", "title": "بودجه", "kind": "money", "options": "[]", "position": 1}],
    )


def _leads(count: int, chance: random.Random) -> Iterator[tuple[Row, Sequence[Row]]]:
    """Each customer with its numbers, oldest entry first."""
    between = timedelta(days=1095) / count
    for number in range(1, count + 1):
        first = _FIRST[int(len(_FIRST) * chance.random() ** 2)]
        last = _LAST[int(len(_LAST) * chance.random() ** 2)] + chance.choice(_MIDDLE)
        name = f"{first} {last}"
        city = chance.choice(_CITIES) if chance.random() < 0.9 else ""
        phones = [_phone(number)] + ([_phone(count + number)] if chance.random() < 0.05 else [])
        email = f"{search_key(first)}.{number}@example.com" if chance.random() < 0.4 else ""
        entered = microseconds(NOW - timedelta(days=1095) + between * number)
        entered += chance.randrange(86_400) * 1_000_000
        owned = chance.random() < 0.4
        worked = owned or chance.random() < 0.3
        reminded = owned and chance.random() < 0.3
        lead: Row = {
            "id": number,
            "workspace_id": WORKSPACE_ID,
            "version": 1,
            "name": name,
            "name_sort": _sort_key(name),
            "city": city,
            "city_sort": _sort_key(city),
            "city_key": search_key(city),
            "phone": phones[0],
            "email": email,
            "grade": chance.choice(_GRADES),
            "major": chance.choice(_MAJORS),
            "referrer": name if chance.random() < 0.02 else "",
            "entered_at": entered,
            "channel_first_id": chance.randint(1, len(_CHANNELS)),
            "channel_latest_id": chance.randint(1, len(_CHANNELS)),
            "need_id": chance.choice((None, *range(1, len(_NEEDS) + 1))),
            "status_id": chance.randint(1, len(_STATUSES)) if worked else None,
            "status_at": entered + 3_600_000_000 if worked else None,
            "owner_id": chance.randint(1, _COLLEAGUES) if owned else None,
            "owner_at": entered if owned else None,
            "next_at": microseconds(NOW) + chance.randint(-(10**5), 10**6) * 10**6 if reminded else None,
            "contacted_at": entered + 3_600_000_000 if worked else None,
            "custom": f'{{"budget": "{chance.randint(1, 900)}000000"}}' if chance.random() < 0.2 else "{}",
            "search_key": search_text(name, city, email, phones),
            "created_at": entered,
        }
        numbers = [
            {"workspace_id": WORKSPACE_ID, "lead_id": number, "e164": phone, "written": "0" + phone[3:]}
            | {"extension": "", "position": position}
            for position, phone in enumerate(phones)
        ]
        yield lead, numbers


_sort_key = lru_cache(maxsize=100_000)(partial(sort_key, language=LANGUAGE))


def _phone(number: int) -> str:
    """A mobile number of Iran, another one for every `number` up to 280 million."""
    block, code = divmod(number, len(_MOBILE_CODES))
    return f"+98{_MOBILE_CODES[code]}{block * 6_700_417 % 10_000_000:07}"


def _reminders(leads: list[Row]) -> list[Row]:
    return [
        {
            "workspace_id": WORKSPACE_ID,
            "lead_id": lead["id"],
            "owner_id": lead["owner_id"],
            "due": lead["next_at"],
            "wall": moment(lead["next_at"]).astimezone(_TEHRAN).replace(tzinfo=None).isoformat(),
            "zone": _TEHRAN.key,
            "kind": "reminder",
            "state": "pending",
            "note": "",
            "created_at": lead["entered_at"],
        }
        for lead in leads
        if lead["next_at"] is not None
    ]


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Rows whose values are in the database's own form, by the driver's own executemany."""
    if not rows:
        return
    columns = ", ".join(f'"{name}"' for name in rows[0])
    values = ", ".join("?" * len(rows[0]))
    statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({values})'
    connection.exec_driver_sql(statement, [tuple(row.values()) for row in rows])


def _set_aside(connection: Connection) -> list[str]:
    """Drop the indexes and triggers of the leads and their numbers; return what makes them again.

    Unique ones stay: what refers to a lead needs them.
    """
    made = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ('lead', 'lead_number', 'reminder') "
        "AND type IN ('index', 'trigger') AND sql IS NOT NULL AND sql NOT LIKE '%UNIQUE%' ORDER BY rowid"
    ).all()
    for kind, name, _ in made:
        connection.exec_driver_sql(f"DROP {kind} {name}")
    return [sql for _, _, sql in made]


def main() -> None:
    """Read the command line and write the store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--customers", type=int, default=10_000)
    chosen = parser.parse_args()
    began = time.perf_counter()
    make_store(chosen.file, chosen.customers)
    print(f"{chosen.customers:,} customers in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
