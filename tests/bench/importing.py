"""Measure a bulk import against the `sqlite3` shell's `.import` of the same file.

    python -m tests.bench.importing --rows 1000000

The file has ten columns in the order of time, as exports are: half of the rows name an e-mail address, one in
twenty a second number, and one in twenty a person who was there before.
"""

from __future__ import annotations

import argparse
import cProfile
import csv
import os
import pstats
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from leadtui.services.importing.report import ImportReport
from leadtui.services.importing.running import import_files
from leadtui.services.session import Session
from leadtui.services.templates import load_template

TITLES = ("نام", "شهر", "موبایل", "ایمیل", "تاریخ", "مقطع", "رشته", "ورود", "معرف", "توضیحات")

_FIRST = "علی رضا مریم زهرا حسین فاطمه سارا نگین پویا آرش کیان لیلا نرگس امیر مهدی نیما ساناز بهار شیما کاوه".split()
_LAST = (
    "رضایی محمدی حسینی احمدی کریمی موسوی جعفری قاسمی رحیمی صادقی نوری یزدانی شریفی اکبری زارع باقری".split()
)
_CITIES = "تهران مشهد اصفهان شیراز تبریز کرج قم اهواز رشت یزد".split()
_GRADES = ("دیپلم", "کارشناسی", "کارشناسی ارشد", "دکتری", "")
_MAJORS = ("حسابداری", "حقوق", "اقتصاد", "کامپیوتر", "")
_FORMS = ("فرم مشاوره", "فرم تماس با ما", "لندینگ دوره حسابداری", "لندینگ سامانه مودیان")
_WRITINGS = ("0{}", "{}", "+98{}", "0098{}", "(+98) {}")


def write_file(path: Path, rows: int, seed: int = 1) -> None:
    """Write an export of so many rows; the same seed gives the same file."""
    chance = random.Random(seed)
    began = datetime(2020, 1, 1, 8)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(TITLES)
        for number in range(rows):
            person = chance.randrange(number) if number and chance.random() < 0.05 else number
            writer.writerow(_row(person, began + timedelta(seconds=97 * number), chance))


class Seconds(NamedTuple):
    """What a run took, by the clock on the wall and of the processor; the second is the same on a busy machine."""

    wall: float
    processor: float


def measure_shell(path: Path, folder: Path) -> Seconds | None:
    """What the `sqlite3` shell takes to import the file as it is; None where there is no shell."""
    shell = shutil.which("sqlite3")
    if shell is None:
        return None
    columns = ", ".join(f'"{title}" TEXT' for title in TITLES)
    commands = f"CREATE TABLE t({columns});\n.mode csv\n.import --skip 1 {path} t\n"
    began = _now()
    subprocess.run([shell, str(folder / "shell.db")], input=commands, text=True, check=True)
    return _since(began)


def measure_import(path: Path, folder: Path) -> tuple[Seconds, ImportReport]:
    """What the import into a new store takes, and its report."""
    session = Session.create(
        folder / "desk.db", load_template("hesin-haseb"), "Neda Karimi", "neda@example.com"
    )
    try:
        began = _now()
        (report,) = import_files(session, [path])
        return _since(began), report
    finally:
        session.close()


def main() -> None:
    """Read the command line, measure, and print one line for each way."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leadtui-bench-") as name:
        folder = Path(name)
        path = folder / "export.csv"
        write_file(path, chosen.rows)
        shell = measure_shell(path, folder)
        if chosen.profile:
            _profiled(lambda: measure_import(path, folder))
            return
        took, report = measure_import(path, folder)
        size = (folder / "desk.db").stat().st_size / 1024**2
        _say(f"{report.counts}, {size:,.0f} MB")
        _say(f"leadtui import  {took.wall:7.1f} s, {took.processor:6.1f} s of the processor")
        if shell is None:
            _say("sqlite3 .import  there is no sqlite3 shell to compare with")
        else:
            _say(f"sqlite3 .import {shell.wall:7.1f} s, {shell.processor:6.1f} s of the processor")
            _say(f"times as long   {took.wall / shell.wall:7.1f}  , {took.processor / shell.processor:6.1f}")


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


def _now() -> Seconds:
    used = os.times()
    return Seconds(time.perf_counter(), sum(used[:4]))  # this process's and its children's


def _since(began: Seconds) -> Seconds:
    now = _now()
    return Seconds(now.wall - began.wall, now.processor - began.processor)


def _profiled(work: Callable[[], object]) -> None:
    profile = cProfile.Profile()
    profile.runcall(work)
    pstats.Stats(profile).sort_stats("tottime").print_stats(45)


def _say(words: str) -> None:
    print(words)


if __name__ == "__main__":
    main()
