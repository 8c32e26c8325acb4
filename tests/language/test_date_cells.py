"""What the cells of files say as dates: read, doubtful, or refused with the reason; never a wrong day as a certain one."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from leadtui.language.date_cells import DateDoubt, DateFault, DateRead, DateUnread, read_date_cell
from leadtui.language.date_forms import (
    DateForm,
    DateOrder,
    DateSpan,
    DateStyle,
    WrittenCalendar,
    day_of,
    find_date_style,
)

GREGORIAN, JALALI, HIJRI, BUDDHIST = WrittenCalendar
YEAR_FIRST, DAY_FIRST, MONTH_FIRST = DateOrder
SPAN = DateSpan(date(1980, 1, 1), date(2026, 11, 27))


def read(
    text: str, region: str = "GB", zone: str = "UTC", column: tuple[str, ...] = ()
) -> DateRead | DateUnread:
    """Read a cell that stands in `column`, or alone."""
    return read_date_cell(text, find_date_style((text, *column), region, SPAN), SPAN, zone)


def test_the_table_of_languages_is_as_its_script_writes_it(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    script = (
        (root / "locales" / "cldr")
        .read_text()
        .replace("MODULE = ", f"MODULE = Path({str(tmp_path)!r}) / 'cldr.py' #")
    )
    (tmp_path / "cldr_script").write_text(script)
    subprocess.run([sys.executable, str(tmp_path / "cldr_script")], check=True)
    assert (tmp_path / "cldr.py").read_text() == (root / "leadtui" / "language" / "cldr.py").read_text()


LANGUAGES = (
    "en",
    "fa",
    "ar",
    "ar_LB",
    "ar_DZ",
    "ar_MA",
    "tr",
    "ur",
    "fr",
    "es",
    "pt",
    "de",
    "ru",
    "zh",
    "hi",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
@pytest.mark.parametrize(
    "form", ["{d} {m} {y}", "{d}. {m} {y} 14:30", "{m} {d}, {y}", "{y} {m} {d}", "{d}-{m}-{y}"]
)
def test_every_month_in_every_language(language: str, width: str, form: str) -> None:
    for number, name in Locale.parse(language).months["format"][width].items():
        if any(map(str.isdigit, name)):
            continue  # 3月 stands for figures
        text = form.format(d=number + 2, m=name, y=2000 + number)
        found = read(text)
        assert isinstance(found, DateRead), text
        assert (found.day, found.doubt) == (date(2000 + number, number, number + 2), None), text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mar 5, 2024", "2024-03-05"),
        ("5 Mar '24", "2024-03-05"),
        ("5-Mar-24", "2024-03-05"),
        ("05MAR2024", "2024-03-05"),
        ("5th of March 2024", "2024-03-05"),
        ("Tuesday, March 5th, 2024", "2024-03-05"),
        ("2024 Mar 05", "2024-03-05"),
        ("Sept 5 2024", "2024-09-05"),
        ("5. März 2024", "2024-03-05"),
        ("Di., 5. Mär. 2024", "2024-03-05"),
        ("5. Jänner 2024", "2024-01-05"),
        ("5 mars 2024", "2024-03-05"),
        ("mardi 5 mars 2024", "2024-03-05"),
        ("mar. 5 mars 2024", "2024-03-05"),
        ("1er août 2024", "2024-08-01"),
        ("5 de marzo de 2024", "2024-03-05"),
        ("martes, 5 de marzo de 2024", "2024-03-05"),
        ("5/mar/2024", "2024-03-05"),
        ("5 de março de 2024", "2024-03-05"),
        ("1º de março de 2024", "2024-03-01"),
        ("05 dez 2023", "2023-12-05"),
        ("5 Mart 2024 Salı", "2024-03-05"),
        ("5 Ağustos 2024", "2024-08-05"),
        ("5 Şub 2024", "2024-02-05"),
        ("5 марта 2024 г.", "2024-03-05"),
        ("вторник, 5 марта 2024 года", "2024-03-05"),
        ("5 мар. 2024", "2024-03-05"),
        ("5 май 2024", "2024-05-05"),
        ("2024年3月5日", "2024-03-05"),
        ("2024年03月05日 星期二", "2024-03-05"),
        ("5 मार्च 2024", "2024-03-05"),
        ("५ मार्च २०२४", "2024-03-05"),
        ("5 सितम्बर 2024", "2024-09-05"),
        ("5 مارچ 2024", "2024-03-05"),
        ("۵ ستمبر ۲۰۲۴", "2024-09-05"),
        ("٥ مارس ٢٠٢٤", "2024-03-05"),
        ("الثلاثاء ٥ مارس ٢٠٢٤", "2024-03-05"),
        ("5 آذار 2024", "2024-03-05"),
        ("5 كانون الثاني 2024", "2024-01-05"),
        ("5 تشرين الثاني 2024", "2024-11-05"),
        ("5 شتنبر 2024", "2024-09-05"),
        ("5 مارس 2024 م", "2024-03-05"),
        ("۵ مارس ۲۰۲۴", "2024-03-05"),
        ("۱۵ اسفند ۱۴۰۲", "2024-03-05"),
        ("سه‌شنبه ۱۵ اسفند ۱۴۰۲", "2024-03-05"),
        ("15 اسفند 02", "2024-03-05"),
        ("۱۵ام اسفند ماه سال ۱۴۰۲", "2024-03-05"),
        ("15 Esfand 1402", "2024-03-05"),
        ("۱۵ حوت ۱۴۰۲", "2024-03-05"),
        ("1402/12/15", "2024-03-05"),
        ("۱۴۰۲-۱۲-۱۵", "2024-03-05"),
        ("15/12/1402", "2024-03-05"),
        ("14021215", "2024-03-05"),
        ("1402/12/15 ه.ش", "2024-03-05"),
        ("٢٤ شعبان ١٤٤٥", "2024-03-05"),
        ("24 Sha'ban 1445", "2024-03-05"),
        ("24 شعبان 1445 هـ", "2024-03-05"),
        ("1445/08/24 هـ", "2024-03-05"),
        ("5 ربيع الأول 1446", "2024-09-08"),
        ("5 Rabi' al-awwal 1446", "2024-09-08"),
        ("1 Ramadan 1445", "2024-03-11"),
        ("1 رمضان المبارك 1445هـ", "2024-03-11"),
        ("10 ذو الحجة 1445", "2024-06-16"),
        ("5 มีนาคม 2567", "2024-03-05"),
        ("5 March 2567 BE", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
        ("2024.03.05.", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("25/03/2024", "2024-03-25"),
        ("03/25/2024", "2024-03-25"),
        ("25.3.24", "2024-03-25"),
        ("25\\03\\2024", "2024-03-25"),
        ("\u200f٢٥\u200f/٣\u200f/٢٠٢٤", "2024-03-25"),
        ("Tue, 05 March 2024", "2024-03-05"),
        ("45356", "2024-03-05"),
    ],
)
def test_days(text: str, day: str) -> None:
    assert read(text) == DateRead(date.fromisoformat(day), datetime.fromisoformat(day).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mar 5, 2024 3:04 PM", "2024-03-05 15:04:00+03:30"),
        ("Mar 5, 2024, 3:04:09 p.m.", "2024-03-05 15:04:09+03:30"),
        ("25/3/2024 3 pm", "2024-03-25 15:00:00+03:30"),
        ("2024-03-05 12:00 AM", "2024-03-05 00:00:00+03:30"),
        ("2024-03-05 12:30 PM", "2024-03-05 12:30:00+03:30"),
        ("2024-03-05T14:00:00.123Z", "2024-03-05 14:00:00.123+00:00"),
        ("2024-03-05T14:00:00.123456789+01:00", "2024-03-05 14:00:00.123456+01:00"),
        ("2024-03-05 14:00:00+05:30", "2024-03-05 14:00:00+05:30"),
        ("2024-03-05 14:00:07 UTC", "2024-03-05 14:00:07+00:00"),
        ("2024-03-05 14:00 GMT+3", "2024-03-05 14:00:00+03:00"),
        ("2024-03-05 14:00 -05", "2024-03-05 14:00:00-05:00"),
        ("2024-03-05 14:00 −0500", "2024-03-05 14:00:00-05:00"),
        ("2024-03-05 14:00 EST", "2024-03-05 14:00:00-05:00"),
        ("2024-07-05 14:00 CEST", "2024-07-05 14:00:00+02:00"),
        ("2024-07-05T14:00:00+02:00[Europe/Berlin]", "2024-07-05 14:00:00+02:00"),
        ("2024-07-05 14:00 Europe/Berlin", "2024-07-05 14:00:00+02:00"),
        ("Tue, 05 Mar 2024 14:00:00 +0000", "2024-03-05 14:00:00+00:00"),
        ("5 Mar 2024 14:00:00 -0800", "2024-03-05 14:00:00-08:00"),
        ("Tue Mar 05 2024 14:00:00 GMT+0330 (Iran Standard Time)", "2024-03-05 14:00:00+03:30"),
        ("Tue Mar  5 14:00:00 UTC 2024", "2024-03-05 14:00:00+00:00"),
        ("05/Mar/2024:14:00:00 +0330", "2024-03-05 14:00:00+03:30"),
        ("2024:03:05 14:00:05", "2024-03-05 14:00:05+03:30"),
        ("20240305T140000Z", "2024-03-05 14:00:00+00:00"),
        ("20240305140005", "2024-03-05 14:00:05+03:30"),
        ("202403051400", "2024-03-05 14:00:00+03:30"),
        ("1709647200", "2024-03-05 14:00:00+00:00"),
        ("1709647200.25", "2024-03-05 14:00:00+00:00"),
        ("1709647200000", "2024-03-05 14:00:00+00:00"),
        ("1709647200000000", "2024-03-05 14:00:00+00:00"),
        ("45356.604", "2024-03-05 14:29:45+03:30"),
        ("45356.583333333336", "2024-03-05 14:00:00+03:30"),
        ("45356,5", "2024-03-05 12:00:00+03:30"),
        ("14:30 2024-03-05", "2024-03-05 14:30:00+03:30"),
        ("1402/12/15 ب.ظ 2:00", "2024-03-05 14:00:00+03:30"),
        ("1402/12/15 2:00 ق.ظ", "2024-03-05 02:00:00+03:30"),
        ("۱۴۰۲/۱۲/۱۵ ساعت ۵ عصر", "2024-03-05 17:00:00+03:30"),
        ("۱۴۰۲/۱۲/۱۵ - ۰۸:۱۸:۳۱", "2024-03-05 08:18:31+03:30"),
        ("۱۵ اسفند ۱۴۰۲ ساعت ۹:۰۵ صبح", "2024-03-05 09:05:00+03:30"),
        ("٢٠٢٤/٠٣/٠٥ ٠٢:٠٠ م", "2024-03-05 14:00:00+03:30"),
        ("٢٠٢٤/٠٣/٠٥ ٠٢:٠٠ ص", "2024-03-05 02:00:00+03:30"),
        ("٥ مارس ٢٠٢٤ ٠٢:٠٠ مساءً", "2024-03-05 14:00:00+03:30"),
        ("٥ مارس ٢٠٢٤ الساعة ٩ صباحا", "2024-03-05 09:00:00+03:30"),
        ("25/03/2024 14h30", "2024-03-25 14:30:00+03:30"),
        ("5. März 2024 um 14:30 Uhr", "2024-03-05 14:30:00+03:30"),
        ("25.03.2024 14.30 Uhr", "2024-03-25 14:30:00+03:30"),
        ("5 de marzo de 2024, 2:30 p. m.", "2024-03-05 14:30:00+03:30"),
        ("5 mars 2024 à 14:30", "2024-03-05 14:30:00+03:30"),
        ("2024年3月5日 下午2:30", "2024-03-05 14:30:00+03:30"),
        ("2024年3月5日 14时30分", "2024-03-05 14:30:00+03:30"),
        ("2024/3/5 上午9:05:07", "2024-03-05 09:05:07+03:30"),
        ("5 Mart 2024 ÖS 2:30", "2024-03-05 14:30:00+03:30"),
        ("5 марта 2024 г., 14:30", "2024-03-05 14:30:00+03:30"),
        ("5 मार्च 2024, 2:30 अपराह्न", "2024-03-05 14:30:00+03:30"),
    ],
)
def test_moments(text: str, moment: str) -> None:
    found = read(text, "GB", "Asia/Tehran")
    assert isinstance(found, DateRead), found
    assert (found.moment, found.doubt) == (datetime.fromisoformat(moment).astimezone(UTC), None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        *(
            ("", DateFault.NO_DATE),
            ("x", DateFault.NO_DATE),
            ("-", DateFault.NO_DATE),
            ("n/a", DateFault.NO_DATE),
        ),
        *(("نامشخص", DateFault.NO_DATE), ("لا يوجد", DateFault.NO_DATE), ("yesterday", DateFault.NO_DATE)),
        *(
            ("+98 912 111 2233", DateFault.NO_DATE),
            ("09121112233", DateFault.NO_DATE),
            ("10-20", DateFault.INCOMPLETE),
        ),
        *(("2024-03-05 and 2024-03-06", DateFault.NO_DATE), ("2024-03-05 hello", DateFault.NO_DATE)),
        *(
            ("5 March April 2024", DateFault.NO_DATE),
            ("5 Foo 2024", DateFault.NO_DATE),
            ("9" * 200, DateFault.NO_DATE),
        ),
        *(("2024-03-05 - 2024-03-09", DateFault.NO_DATE), ("Q1 2024", DateFault.NO_DATE)),
        *(
            ("2024", DateFault.INCOMPLETE),
            ("March 2024", DateFault.INCOMPLETE),
            ("5 March", DateFault.INCOMPLETE),
        ),
        *(("۸ مهر", DateFault.INCOMPLETE), ("10:30", DateFault.NO_DATE), ("03/2024", DateFault.INCOMPLETE)),
        *(
            ("5 مارس", DateFault.INCOMPLETE),
            ("مارس 2024", DateFault.INCOMPLETE),
            ("1403/07", DateFault.INCOMPLETE),
        ),
        *(("0000-00-00 00:00:00", DateFault.NO_SUCH_DAY), ("29/02/2023", DateFault.NO_SUCH_DAY)),
        *(("31 June 2024", DateFault.NO_SUCH_DAY), ("2024-13-05", DateFault.NO_SUCH_DAY)),
        *(
            ("2024-02-30", DateFault.NO_SUCH_DAY),
            ("00/00/00", DateFault.NO_SUCH_DAY),
            ("31 أبريل 2024", DateFault.NO_SUCH_DAY),
        ),
        *(("32 مهر 1403", DateFault.NO_SUCH_DAY), ("30 Şubat 2024", DateFault.NO_SUCH_DAY)),
        *(("2199-01-01", DateFault.OUT_OF_SPAN), ("5 March 2199", DateFault.OUT_OF_SPAN)),
        *(
            ("1970-01-01", DateFault.OUT_OF_SPAN),
            ("1900-01-00", DateFault.NO_SUCH_DAY),
            ("0", DateFault.INCOMPLETE),
        ),
        *(
            ("5 مهر 1466", DateFault.OUT_OF_SPAN),
            ("1 شعبان 1460", DateFault.OUT_OF_SPAN),
            ("99999", DateFault.OUT_OF_SPAN),
        ),
        *(("9999999999", DateFault.OUT_OF_SPAN), ("5 марта 2077", DateFault.OUT_OF_SPAN)),
        *(
            ("2024-03-05 24:00", DateFault.CLOCK),
            ("2024-03-05 25:00", DateFault.CLOCK),
            ("2024-03-05 10:60", DateFault.CLOCK),
        ),
        *(("2024-03-05 14:00 AM", DateFault.CLOCK), ("2024-03-05 10:30:61", DateFault.CLOCK)),
        *(("1403/07/08 ۱۲ شب", DateFault.CLOCK), ("2024-03-05 16:00 صباحا", DateFault.CLOCK)),
        *(("2024-03-05 14:00 IST", DateFault.ZONE), ("2024-03-05 14:00 BST", DateFault.ZONE)),
        *(("2024-03-05 14:00 +15:00", DateFault.ZONE), ("2024-03-05 14:00 Mars/Base", DateFault.ZONE)),
        *(("Mon, 05 Mar 2024", DateFault.WEEKDAY), ("lundi 5 mars 2024", DateFault.WEEKDAY)),
        *(("جمعه ۱۵ اسفند ۱۴۰۲", DateFault.WEEKDAY), ("Freitag, 5. März 2024", DateFault.WEEKDAY)),
    ],
)
def test_what_is_not_read_says_why(text: str, fault: DateFault) -> None:
    assert read(text) == DateUnread(fault)


@pytest.mark.parametrize(
    ("text", "region", "day", "doubt"),
    [
        ("3/5/2024", "US", "2024-03-05", DateDoubt.ORDER),
        ("3/5/2024", "GB", "2024-05-03", DateDoubt.ORDER),
        ("3.5.2024", "DE", "2024-05-03", DateDoubt.ORDER),
        ("5/3/24", "IR", "2024-03-05", DateDoubt.ORDER),
        ("5/3/24", "US", "2024-05-03", DateDoubt.ORDER),
        ("24/03/05", "CN", "2024-03-05", DateDoubt.ORDER),
        ("10/11/12", "GB", "2012-11-10", DateDoubt.ORDER),
        ("۰۳/۰۷/۱۵", "IR", "2024-10-06", DateDoubt.CALENDAR),
        ("۹۹/۰۷/۰۸", "IR", "2020-09-29", None),
        ("45/08/24", "SA", "2024-03-05", None),
        ("1445/08/24", "SA", "2024-03-05", None),
        ("24/08/1445", "SA", "2024-03-05", None),
        ("1402/12/15", "US", "2024-03-05", None),
        ("05/03/2567", "TH", "2024-03-05", DateDoubt.ORDER),
        ("25/03/67", "TH", "2024-03-25", None),
        ("29/02/2024", "US", "2024-02-29", None),
        ("5/5/2024", "US", "2024-05-05", None),
        ("1375/05/02", "IR", "1996-07-23", None),
    ],
)
def test_regions(text: str, region: str, day: str, doubt: DateDoubt | None) -> None:
    found = read(text, region)
    assert isinstance(found, DateRead)
    assert (found.day.isoformat(), found.doubt) == (day, doubt)


@pytest.mark.parametrize(
    ("text", "region", "column", "day", "doubt"),
    [
        # 13 and more decide for the others
        ("03/04/2024", "GB", ("04/25/2024",), "2024-03-04", None),
        ("03/04/2024", "US", ("25/04/2024",), "2024-04-03", None),
        ("03/04/24", "US", ("25/04/24", "13/01/24"), "2024-04-03", None),
        # contradictions leave the others open
        ("03/04/2024", "US", ("25/04/2024", "04/25/2024"), "2024-03-04", DateDoubt.ORDER),
        ("25/04/2024", "US", ("04/25/2024", "04/26/2024"), "2024-04-25", None),
        # a calendar among others
        ("1445/08/24", "IR", ("2024-03-05", "2024-03-06"), "2024-03-05", DateDoubt.CALENDAR),
        ("1445/08/24", "IR", ("۰۳/۰۷/۱۵", "۰۳/۰۸/۲۱"), "2024-03-05", DateDoubt.CALENDAR),
        ("۰۳/۰۸/۲۱", "IR", ("۰۳/۰۷/۱۵", "1445/08/24"), "2024-11-11", DateDoubt.CALENDAR),
        ("۰۳/۰۸/۲۱", "IR", ("1403/07/15", "1403/08/21", "1403/08/22"), "2024-11-11", None),
        ("1446/03/05", "US", ("1446/03/09",), "2024-09-08", None),
        ("05/03/2567", "IR", ("2024-03-05", "2024-03-06"), "2024-03-05", DateDoubt.CALENDAR),
        ("1402/12/15", "IR", ("2024-03-05", "2024-03-06"), "2024-03-05", None),
    ],
)
def test_columns(text: str, region: str, column: tuple[str, ...], day: str, doubt: DateDoubt | None) -> None:
    found = read(text, region, column=column)
    assert isinstance(found, DateRead)
    assert (found.day.isoformat(), found.doubt) == (day, doubt)


def test_what_is_said_decides() -> None:
    cells = ("5/3/24", "03/04/2024")
    for order, days in (
        (DAY_FIRST, [date(2024, 3, 5), date(2024, 4, 3)]),
        (MONTH_FIRST, [date(2024, 5, 3), date(2024, 3, 4)]),
    ):
        style = find_date_style(cells, "US", SPAN, order=order)
        found = [read_date_cell(cell, style, SPAN, "UTC") for cell in cells]
        assert [each.day for each in found if isinstance(each, DateRead) and not each.doubt] == days
    style = find_date_style(["03/07/15"], "US", SPAN, order=YEAR_FIRST, calendar=JALALI)
    assert style.form == DateForm(JALALI, YEAR_FIRST)
    assert read_date_cell("03/07/15", style, SPAN, "UTC") == DateRead(
        date(2024, 10, 6), datetime(2024, 10, 6, tzinfo=UTC)
    )


def test_names_of_zones_are_those_of_the_workspace_first() -> None:
    assert read("2024-03-05 14:00 IST", zone="Asia/Kolkata") == read("2024-03-05 14:00 +0530")
    assert read("2024-07-05 14:00 BST", zone="Europe/London") == read("2024-07-05 14:00 +0100")
    assert read("2024-07-05 14:00 CST", zone="Asia/Shanghai") == read("2024-07-05 14:00 +0800")


@given(
    st.one_of(st.text(), st.text(alphabet="0123456789/-.: TZ+۰۳۹٣مهرSepampm,عصرмарт月", max_size=40)),
    st.sampled_from(("US", "IR", "SA", "TH", "DE", "CN")),
)
def test_any_text_is_read_or_refused(text: str, region: str) -> None:
    found = read(text, region)
    if isinstance(found, DateRead):
        assert found.day in SPAN
        assert found.moment.tzinfo is UTC
        assert abs(found.moment - datetime.combine(found.day, datetime.min.time(), UTC)) < timedelta(days=3)


@given(st.dates(date(2001, 1, 1), date(2026, 11, 1)), st.sampled_from(tuple(WrittenCalendar)), st.data())
def test_a_column_of_any_calendar_is_read_back(
    day: date, calendar: WrittenCalendar, data: st.DataObject
) -> None:
    """Every day of a year, written in figures in one calendar with the year first, comes back as it was."""
    years = {GREGORIAN: 0, BUDDHIST: 543, JALALI: -621, HIJRI: -579}
    year = day.year + years[calendar]
    month = data.draw(st.integers(1, 12))
    for number in (1, 15, 28):
        expected = day_of(year, month, number, calendar)
        if expected is None or expected not in SPAN or expected < date(2000, 1, 1):
            continue
        found = read(
            f"{year}/{month:02}/{number:02}", {HIJRI: "SA", BUDDHIST: "TH", JALALI: "IR"}.get(calendar, "US")
        )
        assert isinstance(found, DateRead)
        assert (found.day, found.doubt) == (expected, None)


def test_a_wall_clock_is_that_of_the_zone() -> None:
    found = read("2024-07-05 14:00", zone="Europe/Berlin")
    assert isinstance(found, DateRead)
    assert found.moment == datetime(2024, 7, 5, 14, tzinfo=ZoneInfo("Europe/Berlin"))
    assert isinstance(find_date_style((), "US", SPAN), DateStyle)


def moment_of(text: str) -> datetime | None:
    """The moment that a cell of a desk in Tehran writes."""
    found = read(text, "IR", "Asia/Tehran")
    return found.moment if isinstance(found, DateRead) else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("۱۴۰۳/۰۶/۳۰ ۰۸:۱۸", datetime(2024, 9, 20, 4, 48, tzinfo=UTC)),
        ("۱۴۰۳/۰۶/۳۰ - ۰۸:۱۸", datetime(2024, 9, 20, 4, 48, tzinfo=UTC)),
        ("08:18 1403/06/30", datetime(2024, 9, 20, 4, 48, tzinfo=UTC)),
        ("۳۰ شهریور ۱۴۰۳ ساعت ۸:۱۸", datetime(2024, 9, 20, 4, 48, tzinfo=UTC)),
        ("۱۴۰۳/۰۶/۳۰ ۸:۱۸ ب.ظ", datetime(2024, 9, 20, 16, 48, tzinfo=UTC)),
        ("۱۴۰۳/۰۶/۳۰ ۸:۱۸ ق.ظ", datetime(2024, 9, 20, 4, 48, tzinfo=UTC)),
        ("2024-09-20 09:20:00", datetime(2024, 9, 20, 5, 50, tzinfo=UTC)),
        ("2024-09-20T09:20:00.123", datetime(2024, 9, 20, 5, 50, 0, 123_000, tzinfo=UTC)),
        ("2024-09-20T08:31:00+03:30", datetime(2024, 9, 20, 5, 1, tzinfo=UTC)),
        ("2024-09-20T08:31:00.000+0330", datetime(2024, 9, 20, 5, 1, tzinfo=UTC)),
        ("2024-09-20 08:31 -05", datetime(2024, 9, 20, 13, 31, tzinfo=UTC)),
        ("2024-09-20T08:31Z", datetime(2024, 9, 20, 8, 31, tzinfo=UTC)),
        ("2024-09-20 08:31 UTC", datetime(2024, 9, 20, 8, 31, tzinfo=UTC)),
        ("9/20/2024 8:05 PM", datetime(2024, 9, 20, 16, 35, tzinfo=UTC)),
        ("20 Sep 2024 9 pm", datetime(2024, 9, 20, 17, 30, tzinfo=UTC)),
        ("Fri 20 Sep 2024, 21:00", datetime(2024, 9, 20, 17, 30, tzinfo=UTC)),
        ("2024-09-20", datetime(2024, 9, 19, 20, 30, tzinfo=UTC)),
        ("1403/06/30", datetime(2024, 9, 19, 20, 30, tzinfo=UTC)),
    ],
)
def test_moments_of_tehran(text: str, expected: datetime) -> None:
    assert moment_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "x",
            "10:30",
            "2024-09-20 25:00",
            "2024-09-20 10:60",
            "2024-09-20 10:30:61",
            "2024-13-20 10:00",
        ),
        *(
            "2024-09-20 10:00 +15:00",
            "2024-09-20 صبح",
            "2024-09-20 13 am",
            "2024-09-20 10:00 11:00",
            "2024-09-20 hello",
        ),
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert moment_of(text) is None


def test_clock_changes() -> None:
    # In Tehran 2022-03-22 00:00 to 01:00 did not exist, and 2022-09-21 23:00 to 24:00 came twice.
    assert moment_of("2022-03-22 00:30") == datetime(2022, 3, 21, 21, 0, tzinfo=UTC)
    assert moment_of("2022-03-22") == moment_of("2022-03-22 01:00")
    assert moment_of("2022-09-21 23:30") == datetime(2022, 9, 21, 19, 0, tzinfo=UTC)


@given(st.dates(SPAN.first, SPAN.last), st.times(), st.integers(-12 * 60, 14 * 60))
def test_iso_moments_are_read_as_python_reads_them(day: date, clock: time, offset: int) -> None:
    moment = datetime.combine(day, clock, timezone(timedelta(minutes=offset)))
    assert moment_of(moment.isoformat()) == moment


@given(
    st.from_regex(
        r"([0-9]{1,4}([-/.])[0-9]{1,2}\2[0-9]{1,4})([ T][0-2]?[0-9]:[0-6][0-9](:[0-6][0-9])?)?",
        fullmatch=True,
    ),
    st.sampled_from(("US", "DE", "IR", "TH", "SA")),
    st.sampled_from(("UTC", "Asia/Tehran", "America/New_York")),
)
def test_the_usual_cells_are_read_as_all_others(text: str, region: str, zone: str) -> None:
    """A sign around a cell says nothing, but takes it the long way."""
    span = DateSpan(date(1900, 1, 1), date(2100, 1, 1))
    style = find_date_style([text], region, span)
    assert read_date_cell(text, style, span, zone) == read_date_cell(f"{text},", style, span, zone)
