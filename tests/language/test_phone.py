"""Telephone numbers are read in any writing, shown for reading, and found by what a person types."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadtui.language.phone import (
    Phone,
    default_region_known,
    parse_phone,
    parse_phones,
    phone_search_digits,
    read_phone_cell,
    show_phone,
)

WRITINGS = Path(__file__).parents[1] / "data" / "phone_writings.txt"


@pytest.mark.parametrize(
    "written",
    [
        "09123456789",
        "0912 345 6789",
        "0912-3456789",
        "0912.345.6789",
        "0912/345/6789",
        "(0912) 345-6789",
        "9123456789",
        "989123456789",
        "+989123456789",
        "+98 912 345 6789",
        "(+98) 912 3456789",
        "+98 (0)912 345 6789",
        "00989123456789",
        "0098 912 345 67 89",
        "p:+989123456789",
        "tel:+98-912-345-6789",
        "موبایل: ۰۹۱۲۳۴۵۶۷۸۹",
        "جوال ٠٩١٢٣٤٥٦٧٨٩",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "٠٩١٢ ٣٤٥ ٦٧٨٩",
        "۰۹۱۲\u200c۳۴۵\u200c۶۷۸۹",
        "\u200e\u202a+98 912 345 6789\u202c",
        "\u00a00912\u00a0345\u00a06789\u00a0",
        "０９１２３４５６７８９",
        "0912ـ345ـ6789",
        "0912–345–6789",
        "9123456789.0",
        "989123456789.00",
        "9.123456789E+09",
        "9.123456789000e9",
        "'09123456789",
        "09123456789 (خانم رضایی)",
        "09123456789\n",
    ],
)
def test_every_writing_of_one_number(written: str) -> None:
    phone = parse_phone(written, "IR")
    assert phone is not None
    assert phone.e164 == "+989123456789"
    assert phone.extension == ""
    assert parse_phones(written, "ir") == (phone,)


@pytest.mark.parametrize(
    ("written", "region", "e164"),
    [
        ("021-88776655", "IR", "+982188776655"),
        ("021-88776655-7", "IR", "+982188776655"),
        ("0990-9158954", "IR", "+989909158954"),
        ("050 123 4567", "AE", "+971501234567"),
        ("+98 912 345 6789", "AE", "+989123456789"),
        ("0098 912 345 6789", "US", "+989123456789"),
        ("(202) 555-0123", "US", "+12025550123"),
        ("06 698 82 123", "IT", "+390669882123"),
        ("0770 123 4567", "IQ", "+9647701234567"),
        ("+683 4002", "IR", "+6834002"),
    ],
)
def test_numbers_of_other_kinds_and_countries(written: str, region: str, e164: str) -> None:
    phone = parse_phone(written, region)
    assert phone is not None
    assert phone.e164 == e164


@pytest.mark.parametrize(
    ("written", "e164", "extension"),
    [
        ("021-88776655 داخلی ۱۲", "+982188776655", "12"),
        ("021-88776655 داخلي: 12", "+982188776655", "12"),
        ("۰۲۱۸۸۷۷۶۶۵۵ (داخلی ۱۰۱)", "+982188776655", "101"),
        ("021 8877 6655 ext 12", "+982188776655", "12"),
        ("021 8877 6655, Ext. 12", "+982188776655", "12"),
        ("02188776655x12", "+982188776655", "12"),
        ("02188776655 #7", "+982188776655", "7"),
        ("02188776655 تحويلة ٤٥", "+982188776655", "45"),
        ("02188776655-12 داخلی", "+982188776655", "12"),
        ("02188776655 (101)", "+982188776655", "101"),
        ("tel:+98-21-88776655;ext=12", "+982188776655", "12"),
    ],
)
def test_extensions(written: str, e164: str, extension: str) -> None:
    phone = parse_phone(written, "IR")
    assert phone is not None
    assert (phone.e164, phone.extension) == (e164, extension)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            " ",
            "-",
            "hello",
            "101",
            "021",
            "9601",
            "88776655",
            "0912345678",
            "091234567890",
            "93561234567",
        ),
        *(
            "9.12E+09",
            "9.123456789E+08",
            "9.1234567895E+09",
            "1e400",
            "9.1E+99",
            "0912345678a",
        ),
        *(
            "<test lead: dummy data for phone_number>",
            "p:",
            "داخلی ۱۲",
            "1403/07/08 10:30",
            "2024-09-20 09:20:00",
        ),
        *(
            "کد ملی: 0012345678",
            "IR12 0170 0000 0010 9121 1122 33",
            "user@example.com",
            "+",
            "+98",
            "++989123456789",
        ),
        *("09123456789 09351112233", "9" * 10_000),
    ],
)
def test_what_is_no_number(written: str) -> None:
    assert parse_phone(written, "IR") is None


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("0912 111 2233 / 021-88776655", ["+989121112233", "+982188776655"]),
        ("09121112233\r\n02188776655", ["+989121112233", "+982188776655"]),
        ("09121112233، 02188776655; 09351112233", ["+989121112233", "+982188776655", "+989351112233"]),
        ("۰۹۱۲۱۱۱۲۲۳۳ و ۰۹۳۵۱۱۱۲۲۳۳", ["+989121112233", "+989351112233"]),
        ("09121112233 و یا 09351112233", ["+989121112233", "+989351112233"]),
        ("09121112233و09351112233", ["+989121112233", "+989351112233"]),
        ("0912 111 2233 or 0935 111 2233", ["+989121112233", "+989351112233"]),
        ("0912 111 2233 0935 111 2233", ["+989121112233", "+989351112233"]),
        ("0912 111 2233 - 0935 111 2233", ["+989121112233", "+989351112233"]),
        ("+98 912 111 2233 +98 935 111 2233", ["+989121112233", "+989351112233"]),
        ("موبایل: 09121112233 ثابت 02188776655", ["+989121112233", "+982188776655"]),
        ("09121112233 / 9121112233 / +989121112233", ["+989121112233"]),
        ("0912,111,2233", ["+989121112233"]),
        ("09121112233 / ندارد", ["+989121112233"]),
        ("09121112233, 12", ["+989121112233"]),
        ("ندارد", []),
        ("IR12 0170 0000 0010 9121 1122 33", []),
    ],
)
def test_cells_with_several_numbers(cell: str, found: list[str]) -> None:
    assert [phone.e164 for phone in parse_phones(cell, "IR")] == found


def writings() -> list[tuple[str, str, list[str], list[str]]]:
    """Region, cell, numbers and what is left over, by a table of what people write in many countries."""
    lines = WRITINGS.read_text(encoding="utf-8").splitlines()
    rows = [re.split(r" \| ?(?! *\\)", line) for line in lines if not line.startswith("#")]
    return [
        (region, cell.replace("\\|", "|"), numbers.split(), [text.strip() for text in rest])
        for region, cell, numbers, *rest in rows
    ]


@pytest.mark.parametrize(("region", "cell", "numbers", "rest"), writings())
def test_what_people_write_in_many_countries(
    region: str, cell: str, numbers: list[str], rest: list[str]
) -> None:
    read = read_phone_cell(cell, region)
    assert ([phone.e164 for phone in read.phones], list(read.rest)) == (numbers, rest)
    assert parse_phones(cell, region) == read.phones


def test_a_local_number_takes_the_area_code_that_is_given() -> None:
    for region, area_code, cell, e164 in (
        ("IR", "21", "88776655", "+982188776655"),
        ("IR", "021", "88776655", "+982188776655"),
        ("IR", "21", "8877 6655", "+982188776655"),
        ("IR", "21", "09121234567", "+989121234567"),
        ("US", "201", "555-0123", "+12015550123"),
        ("GB", "20", "7946 0958", "+442079460958"),
        ("DE", "030", "901820", "+4930901820"),
    ):
        (phone,) = read_phone_cell(cell, region, area_code).phones
        assert phone.e164 == e164
    assert not read_phone_cell("1234567", "IR", "21").phones


def test_what_was_written_stays_with_its_number() -> None:
    assert parse_phones("۰۹۱۲ ۱۱۱ ۲۲۳۳ / 021-88776655 داخلی ۱۲", "IR") == (
        Phone("+989121112233", "۰۹۱۲ ۱۱۱ ۲۲۳۳"),
        Phone("+982188776655", "021-88776655 داخلی ۱۲", "12"),
    )


prefixes = st.sampled_from(("", "0", "+98", "0098", "98", "+980", "00980", "980", "00", "+0", "+", "098"))
national = st.one_of(
    st.from_regex(r"9[0-39][0-9]{8}", fullmatch=True),
    st.from_regex(r"[1-8][0-9]{9}", fullmatch=True),
    st.from_regex(r"[0-9]{6,12}", fullmatch=True),
)


@given(prefixes, national, st.sampled_from(("IR", "AE", "US")))
@example("+980", "9123456789", "IR")
@example("98", "9123456789", "IR")
@example("", "9901234567", "IR")
def test_the_short_way_agrees_with_the_library(prefix: str, digits: str, region: str) -> None:
    phone = parse_phone(prefix + digits, region)
    assert (phone.e164 if phone else None) == by_the_library(prefix + digits, region)


def by_the_library(number: str, region: str) -> str | None:
    if number.startswith(("00", "+00")):
        number = "+" + number.lstrip("+0")
    if len(number) > 10 and number[0] not in "+0":  # perhaps a country code without its plus
        return by_the_library_alone(number, region) or by_the_library_alone(f"+{number}", region)
    return by_the_library_alone(number, region)


def by_the_library_alone(number: str, region: str) -> str | None:
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    short = len(str(parsed.national_number)) < 6 and not number.startswith("+")
    if short or not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def test_ordinary_iranian_numbers_need_no_library() -> None:
    program = (
        "import sys\n"
        "from leadtui.language.phone import parse_phones, phone_search_digits, show_phone\n"
        "assert len(parse_phones('0912 111 2233 / 021-88776655', 'IR')) == 2\n"
        "assert show_phone('+989123456789', 'IR') and phone_search_digits('0912')\n"
        "sys.exit('phonenumbers' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("e164", "region", "shown", "in_full"),
    [
        ("+989123456789", "IR", "0912 345 6789", "+98 912 345 6789"),
        ("+989123456789", "ir", "0912 345 6789", "+98 912 345 6789"),
        ("+989123456789", "AE", "+98 912 345 6789", "+98 912 345 6789"),
        ("+982188776655", "IR", "021 8877 6655", "+98 21 8877 6655"),
        ("+971501234567", "IR", "+971 50 123 4567", "+971 50 123 4567"),
        ("+971501234567", "AE", "050 123 4567", "+971 50 123 4567"),
        ("+12025550123", "US", "(202) 555-0123", "+1 202-555-0123"),
        ("not \x1b[31ma number", "IR", "not a number", "not a number"),
        ("", "IR", "", ""),
    ],
)
def test_show_phone(e164: str, region: str, shown: str, in_full: str) -> None:
    assert show_phone(e164, region) == shown
    assert show_phone(e164, region, full=True) == in_full


def examples() -> list[tuple[str, str]]:
    """A mobile and a landline of every country that the library knows, each with its region."""
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
    numbers = ((region, phonenumbers.example_number_for_type(region, kind))
               for region in sorted(phonenumbers.SUPPORTED_REGIONS) for kind in kinds)  # fmt: skip
    return [
        (region, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
        for region, number in numbers
        if number
    ]


def test_a_shown_number_reads_back_as_itself() -> None:
    for region, e164 in examples():
        for reader in (region, "IR"):
            for full in (True, False):
                shown = show_phone(e164, reader, full=full)
                phone = parse_phone(shown, reader)
                assert phone is not None, (e164, reader, shown)
                assert phone.e164 == e164


FORMATS = {
    "E.164": (phonenumbers.PhoneNumberFormat.E164, "{}"),
    "international": (phonenumbers.PhoneNumberFormat.INTERNATIONAL, "{}"),
    "RFC 3966": (phonenumbers.PhoneNumberFormat.RFC3966, "{}"),
    "national": (phonenumbers.PhoneNumberFormat.NATIONAL, "{}"),
    "a formula": (phonenumbers.PhoneNumberFormat.E164, '="{}"'),
    "WhatsApp": (phonenumbers.PhoneNumberFormat.E164, "whatsapp:{}"),
    "with a name": (phonenumbers.PhoneNumberFormat.NATIONAL, "{} (Sara)"),
    "behind a label": (phonenumbers.PhoneNumberFormat.INTERNATIONAL, "Phone: {}"),
    "with an extension": (phonenumbers.PhoneNumberFormat.INTERNATIONAL, "{} ext. 12"),
    "in brackets": (phonenumbers.PhoneNumberFormat.INTERNATIONAL, "({})"),
    "a messenger": (phonenumbers.PhoneNumberFormat.E164, "{}@c.us"),
    "twice": (phonenumbers.PhoneNumberFormat.INTERNATIONAL, "{0} / {0}"),
}


@given(st.sampled_from(examples()), st.sampled_from(sorted(FORMATS)), st.sampled_from("0۰٠０"))
def test_a_number_of_any_country_is_read_in_every_usual_writing(
    example_: tuple[str, str], name: str, zero: str
) -> None:
    region, e164 = example_
    format_, pattern = FORMATS[name]
    written = pattern.format(phonenumbers.format_number(phonenumbers.parse(e164), format_))
    digits = str.maketrans({str(value): chr(ord(zero) + value) for value in range(10)})
    if format_ == phonenumbers.PhoneNumberFormat.NATIONAL:
        national = phonenumbers.format_number(phonenumbers.parse(e164), format_)
        if by_the_library_alone(national, region) != e164:
            return  # Not every country writes so that the number can be told from another.
    found = parse_phones(written.translate(digits), region)
    assert [phone.e164 for phone in found] == [e164]


@given(
    st.data(),
    st.sampled_from((" / ", ", ", "\n", " - ", " + ", " & ", "; ", " | ", "   ", " و ", " or ", " (Ali) ")),
)
def test_two_numbers_of_any_country_are_told_apart(data: st.DataObject, gap: str) -> None:
    region, first = data.draw(st.sampled_from(examples()))
    _region, second = data.draw(st.sampled_from(examples()))
    written = gap.join(
        phonenumbers.format_number(phonenumbers.parse(each), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        for each in (first, second)
    )
    read = read_phone_cell(written, region)
    assert [phone.e164 for phone in read.phones] == list(dict.fromkeys((first, second)))
    assert read.rest == ()


@given(
    st.from_regex(r"\+98(91[0-9]{8}|21[0-9]{8})", fullmatch=True),
    st.sampled_from(("IR", "AE", "GB")),
    st.booleans(),
)
def test_a_shown_iranian_number_reads_back_as_itself(e164: str, region: str, full: bool) -> None:
    phone = parse_phone(show_phone(e164, region, full=full), region)
    assert phone is not None
    assert phone.e164 == e164


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+98 912 345", "912345"),
        ("0098912345", "912345"),
        ("0912345", "912345"),
        ("۰۹۱۲ ۳۴۵", "912345"),
        ("٠٩١٢٣٤٥", "912345"),
        ("912-345", "912345"),
        ("p:+98912345", "912345"),
        ("+98 (0)912 345", "912345"),
        ("6789", "6789"),
        ("989123456789", "9123456789"),
        ("+989", "989"),
        ("+9891", "9891"),
        ("0218", "218"),
        ("021-88776655 داخلی 12", "2188776655"),
        ("+971 50 123", "50123"),
        ("+1 555 123", "555123"),
        ("+98", None),
        ("021", None),
        ("12", None),
        ("", None),
        ("000", None),
        ("Ali", None),
        ("M 123", None),
        (" " * 10_000 + "0912", None),
        ("ab123", None),
        ("user1234@example.com", None),
    ],
)
def test_phone_search_digits(typed: str, digits: str | None) -> None:
    assert phone_search_digits(typed) == digits


@given(
    st.from_regex(r"9[0-3][0-9]{8}", fullmatch=True),
    st.integers(3, 10),
    st.sampled_from(("", "0", "+98", "0098", "+98 ", "(+98) ")),
    st.booleans(),
)
def test_what_is_typed_gives_the_start_of_the_national_digits(
    mobile: str, length: int, prefix: str, persian: bool
) -> None:
    typed = prefix + mobile[:length]
    assert phone_search_digits(typed.translate(PERSIAN) if persian else typed) == mobile[:length]


PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")

ANY_WRITING = st.text(alphabet="0123456789۰۹٣+-/.,()x#:; \nواداخلیor\u200c\u200e\x1bE", max_size=60)


@given(st.one_of(st.text(), ANY_WRITING))
@example("/" * 10_000)
@example("0 " * 5_000)
@example("(" * 5_000)
@example("0912" * 5_000)
@example("tel " * 5_000)
@example("و" * 5_000)
def test_any_text_is_read_without_complaint(text: str) -> None:
    for phone in parse_phones(text, "IR"):
        assert phonenumbers.is_valid_number(phonenumbers.parse(phone.e164))
        assert phone.written
    read_phone_cell(text, "US", "201")
    parse_phone(text, "IR")
    phone_search_digits(text)
    show_phone(text, "IR")


def test_default_region_known() -> None:
    assert default_region_known("IR")
    assert default_region_known("ae")
    assert not default_region_known("XX")
    assert not default_region_known("")


def test_an_unknown_region_still_reads_international_numbers() -> None:
    phone = parse_phone("+98 912 345 6789", "XX")
    assert phone is not None
    assert phone.e164 == "+989123456789"
    assert parse_phone("0912 345 6789", "XX") is None


@pytest.mark.parametrize("written", ["030/1234567", "089 / 123 45 67", "(030) / 1234567"])
def test_what_stands_behind_the_area_code_of_elsewhere_is_no_number_of_its_own(written: str) -> None:
    """In Vienna `1234567` alone rings somebody else."""
    assert read_phone_cell(written, "AT").phones == ()
