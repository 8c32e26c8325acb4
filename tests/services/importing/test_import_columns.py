"""Columns are recognised by their titles in the languages of `data/titles`, by what they hold, and by what a person says."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.errors import Invalid
from leadtui.language.bidi import without_isolates
from leadtui.paths import titles_folder
from leadtui.services.importing.columns import (
    DefaultChannel,
    Target,
    default_channel,
    is_test_row,
    layout_key,
    recognise_columns,
)
from leadtui.services.importing.contents import Content, column_content, content_of
from leadtui.services.importing.rows import plain
from leadtui.services.importing.sheet import Reading, open_sheet
from leadtui.services.importing.titles import Meaning, exact_meaning, meaning_of, title_key
from leadtui.services.importing.values import Rules

Write = Callable[..., Path]


def targets(
    titles: Sequence[str],
    *rows: Sequence[str],
    custom: Mapping[str, str] | None = None,
    overrides: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    return recognise_columns(titles, rows, custom=custom or {}, overrides=overrides).targets


TITLES = {
    "name": "نام و نام خانوادگی|نام‌ونام‌خانوادگی|الاسم الكامل|full_name|Full Name|FULL NAME|Name (نام)|نام / Name|مشتری",
    "phone": (
        "شماره تماس|شماره‌تماس|تلفن همراه|موبایل|موبایل شما|رقم الهاتف|رقم الجوال|phone_number|Phone / تلفن|Tel."
        "|Phone-Number|شماره موبایل خود را وارد کنید|What is your phone number?|شماره موبایل (واتساپ)"
    ),
    "city": "شهر|المدينة|City|city_of_residence|شهر محل سکونت|در کدام شهر زندگی می‌کنید؟",
    "email": "ایمیل|پست الکترونیک|البريد الإلكتروني|E-Mail|email_address|ایمیل (اختیاری)|Your e-mail address",
    "entered_at": "تاریخ|تاریخ ثبت نام|تاريخ التسجيل|created_time|Created At|Timestamp|Date|تاریخ Date",
    "grade": "مقطع|مقطع_تحصیلی|مدرک تحصیلی|المؤهل العلمي|Education Level",
    "major": "رشته|رشته تحصیلی|التخصص|Field of Study",
    "channel": "ورود|نحوه آشنایی|المصدر|utm_source|Lead Source|form_name",
    "need": "نیاز|نياز|الحاجة|Interested In",
    "referrer": "معرف|نام معرف|referred by",
    Target.NOTE: "توضیحات|ملاحظات|یادداشت|Notes|COMMENTS",
    Target.EXTERNAL_ID: "کد|شناسه|ردیف|id|Customer ID",
    Target.FIRST_NAME: "نام کوچک|first_name|الاسم الأول",
    Target.LAST_NAME: "نام خانوادگی|فامیل|اسم العائلة|Surname",
    Target.IGNORE: "کد ملی|national_id|ad_id|IBAN",
    "birthday": "تاریخ تولد|Birthday",
    "postal_code": "zip code|کد پستی",
}


@pytest.mark.parametrize(
    ("title", "target"), [(title, target) for target, titles in TITLES.items() for title in titles.split("|")]
)
def test_titles_are_known(title: str, target: str) -> None:
    meaning = meaning_of(title)
    assert meaning is not None
    assert meaning.target == target


@pytest.mark.parametrize(
    "title",
    [
        "تلفن معرف",
        "شماره موبایل پدر",
        "Emergency contact phone",
        "email verified",
        "foo",
        "",
        "؟؟",
        "Best time to call your phone",
    ],
)
def test_titles_of_other_matters_mean_nothing(title: str) -> None:
    assert meaning_of(title) is None


@given(st.text(max_size=60))
def test_any_title_has_a_meaning_or_none(title: str) -> None:
    meaning = meaning_of(title)
    assert meaning is None or meaning.target
    assert title_key(title) == title_key(f" {title}_")


def test_an_endless_title_is_none_at_once() -> None:
    """Looking for words in it would take minutes."""
    assert meaning_of("[" * 100_000 + "phone" + "]" * 100_000) is None


def test_a_number_at_the_end_makes_a_title_a_later_one() -> None:
    plain = exact_meaning("Phone")
    assert plain is not None
    assert exact_meaning("Phone 1") == plain
    assert exact_meaning("تلفن ۲") == Meaning("phone", plain.rank + 10)


LANGUAGES = sorted(titles_folder().glob("*.toml"), key=lambda path: path.name)
VOCABULARY = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in LANGUAGES}


@pytest.mark.parametrize("language", VOCABULARY)
def test_a_language_has_the_same_lists_as_the_others(language: str) -> None:
    for part in ("titles", "words"):
        assert VOCABULARY[language][part].keys() == VOCABULARY["en"][part].keys()


@pytest.mark.parametrize(
    ("name", "titles"),
    [(name, titles) for language in VOCABULARY.values() for name, titles in language["titles"].items()],
)
def test_every_title_of_a_list_means_the_same(name: str, titles: list[str]) -> None:
    known = meaning_of(VOCABULARY["en"]["titles"][name][0])
    meanings = {title: meaning_of(title) for title in titles}
    assert known is not None
    strays = {title for title, each in meanings.items() if each is None or each.target != known.target}
    assert strays <= OTHERWISE_IN_ANOTHER_LANGUAGE, name


OTHERWISE_IN_ANOTHER_LANGUAGE = {"cep", "referencia", "المعرف", "फॉर्म का नाम", "फ़ॉर्म का नाम"}
"""Titles that are spelled alike in two languages and mean the likelier of the two."""


@pytest.mark.parametrize(
    ("title", "target"),
    [
        ("CUST_FIRST_NAME", Target.FIRST_NAME),
        ("crm_note", Target.NOTE),
        ("PRIMARY_PHONE_NUMBER", "phone"),
        ("E-mail 1 - Value", "email"),
        ("Person - Phone", "phone"),
        ("Mailing City", "city"),
        ("ADI SOYADI", "name"),
        ("您的手机号码是？", "phone"),
        ("请输入手机号", "phone"),
        ("आपका फोन नंबर क्या है?", "phone"),
        ("Номер телефона клиента", "phone"),
        ("Quelle est votre ville ?", "city"),
        ("¿Cuál es tu correo?", "email"),
        ("Telefon 2", "phone"),
    ],
)
def test_whose_a_value_is_changes_nothing(title: str, target: str) -> None:
    meaning = meaning_of(title)
    assert meaning is not None
    assert meaning.target == target


@pytest.mark.parametrize(
    "title", ["Phone 1 - Label", "Home Fax", "Owner Phone", "公司电话号", "Telefon Firma Fax"]
)
def test_a_strange_word_beside_a_number_makes_it_another_matter(title: str) -> None:
    assert meaning_of(title) is None


@pytest.mark.parametrize(
    ("title", "forbids"),
    [
        ("Phone 1 - Do Not Call", True),
        ("Mobile DNC", True),
        ("Lead: do not contact", True),
        ("Opt-out Telefon", True),
        ("voice_opt_out", True),
        ("HasOptedOutOfCall", True),
        ("Exclude from dialer", True),
        ("Opposition téléphone", True),
        ("Démarchage refusé", True),
        ("Opt out llamadas", True),
        ("Прием звонков запрещён", True),
        ("تلفن ممنوع", True),
        ("拒接电话", True),
        ("Phone, suppressed SMS", False),
        ("Forbidden number", False),
        ("Phone opt-in", False),
        ("Email Do Not Contact", False),
        ("SMS opt out", False),
        ("Email Opt Out", False),
    ],
)
def test_what_forbids_calls_does_so_anywhere_in_a_title(title: str, forbids: bool) -> None:
    meaning = meaning_of(title)
    assert (meaning is not None and meaning.target == "do_not_call") is forbids


def test_a_code_of_a_state_is_no_status() -> None:
    assert targets(["Estado"], ["SP"], ["RJ"]) == ("",)
    assert targets(["Estado"], ["Nuevo"], ["Cerrado"]) == ("status",)


def test_the_title_of_a_deal_is_not_its_persons_name() -> None:
    titles = ["Lead name", "First name", "Last name"]
    assert targets(titles, ["Chairs", "Ann", "Test"]) == ("", "first_name", "last_name")
    assert targets(titles, ["Ann Test", "Ann", "Test"]) == ("name", "first_name", "last_name")


def test_the_first_phone_is_rung_and_the_others_are_further_ones() -> None:
    assert targets(["PHONE_NUMBER_2", "PRIMARY_PHONE_NUMBER", "CUST_FIRST_NAME"]) == (
        "phone_other",
        "phone",
        "first_name",
    )
    assert targets(["E-mail 2 Address", "E-mail Address", "Email 3"]) == (
        "email_other",
        "email",
        "email_other",
    )


def test_a_name_beside_a_part_of_it_is_the_other_part() -> None:
    assert targets(["Nom", "Prénom"], ["Dupont", "Anne"]) == ("last_name", "first_name")
    assert targets(["Name", "Vorname"], ["Anna Berg", "Anna"]) == ("name", "first_name")


def test_a_company_goes_to_the_own_field_that_means_one() -> None:
    assert targets(["Phone", "Organization"]) == ("phone", "")
    assert targets(["Phone", "Organization"], custom={"شرکت": "firm"}) == ("phone", "firm")


def test_the_address_of_an_owner_is_not_the_customers() -> None:
    rows = [["Mina", "a@example.com"], ["Omid", "a@example.com"]]
    for title in ("Owner", "lead_owner", "Ansprechpartner Vertrieb Mitarbeiter", "کارشناس فروش"):
        assert "email" not in targets(["Name", title], *rows)


def test_first_and_last_name_may_be_apart() -> None:
    assert targets(["نام", "نام خانوادگی", "تلفن"]) == ("first_name", "last_name", "phone")
    assert targets(["name", "surname"]) == ("first_name", "last_name")
    assert targets(["نام", "تلفن"]) == ("name", "phone")
    assert targets(["نام و نام خانوادگی", "نام خانوادگی"]) == ("name", "last_name")


def test_the_mobile_is_the_phone_and_the_others_are_further_ones() -> None:
    assert targets(["تلفن ثابت", "موبایل", "واتساپ", "نام"]) == (
        "phone_other",
        "phone",
        "phone_other",
        "name",
    )
    assert targets(["Phone 2", "Phone"]) == ("phone_other", "phone")


def test_the_cells_may_refute_a_title() -> None:
    assert targets(["شماره", "نام", "تلفن"], ["1", "علی", "09121234567"], ["2", "سارا", "0913"]) == (
        "",
        "name",
        "phone",
    )
    assert targets(["contact", "registered"], ["09121234567", "yes"], ["09131234567", "no"]) == ("phone", "")
    assert targets(["email", "Your email address?"], ["yes", "a@b.co"], ["no", "c@d.co"], ["no", ""]) == (
        "",
        "email",
    )


def test_a_date_and_a_time_in_two_columns_are_one_moment() -> None:
    mapping = recognise_columns(["تاریخ", "ساعت", "موبایل"], [["1403/06/30", "08:18", "0912"]], custom={})
    assert mapping.targets == ("entered_at", "entered_time", "phone")
    assert mapping.cells_by_target(["1403/06/30", "08:18", ""]) == {"entered_at": "1403/06/30 08:18"}
    assert mapping.cells_by_target(["", "08:18", ""]) == {"entered_time": "08:18"}


def test_without_titles_the_cells_decide() -> None:
    rows = [
        ["1", "سارا بهمنی", "تهران", "0912 123 4567", "a@example.com", "1403/06/30", "02188776655"],
        ["2", "علی رضایی", "تهران", "+98 935 1234567", "", "1403/06/31", ""],
        ["3", "نرگس فرجی", "قم", "۰۹۱۲۷۶۵۴۳۲۱", "b@example.com", "1403/07/01", "021 8877 6655"],
    ]
    titles = [f"Column {number}" for number in range(1, 8)]
    expected = ("", "name", "", "phone", "email", "entered_at", "phone_other")
    assert targets(titles, *rows) == expected
    assert targets(["Column 1", "Column 2"], ["Sara Miller", "2025550123"], ["Tom Baker", "2025550199"]) == (
        "name",
        "phone",
    )


def test_an_unknown_title_over_phones_is_a_phone_only_if_there_is_no_other() -> None:
    assert targets(["foo", "bar"], ["09121234567", "a@example.com"]) == ("phone", "email")
    assert targets(["foo", "موبایل"], ["09121234567", "09131234567"]) == ("", "phone")
    assert targets(["موبایل پدر"], ["09121234567"]) == ("",)


def test_each_field_is_filled_by_one_column_but_notes_by_many() -> None:
    assert targets(["شهر", "city", "توضیحات", "Notes"]) == ("city", "", "note", "note")
    mapping = recognise_columns(["note", "comment", "phone", "phone 2", "phone 3"], [], custom={})
    assert mapping.cells_by_target(["a", "b", "1", "2", "3"]) == {
        "note": "a\nb",
        "phone": "1",
        "phone_other": "2 / 3",
    }
    assert mapping.cells_by_target(["", " \u200f", "1"]) == {"phone": "1"}


def test_a_note_says_what_it_is_unless_its_title_is_that_of_a_note() -> None:
    overrides = {"Location": "note", "Column 2": "note"}
    mapping = recognise_columns(["Location", "Column 2", "Notes"], [], custom={}, overrides=overrides)
    assert mapping.cells_by_target(["Tampa office", "b", "c"]) == {"note": "Location: Tampa office\nb\nc"}


def test_a_callback_is_a_date_or_a_number() -> None:
    for cell, target in (("2027-05-01", "next_at"), ("(212) 555-0190", "")):
        assert targets(["Phone", "Callback"], ["(212) 555-0143", cell]) == ("phone", target)


def test_custom_fields_are_known_by_title_and_key() -> None:
    custom = {"سابقه کار": "experience", "experience": "experience", "City of birth": "birth_city"}
    titles = ["سابقه_کار", "city of birth", "city", "Experience"]
    assert targets(titles, custom=custom) == ("experience", "birth_city", "city", "")


def test_what_a_person_maps_comes_first() -> None:
    titles = ["نام", "foo", "تلفن", "Bar"]
    assert targets(titles, overrides={"FOO": "city"}) == ("name", "city", "phone", "")
    assert targets(titles, overrides={"2": "phone"}) == ("name", "phone", "phone_other", "")
    assert targets(titles, overrides={"Column 4": "توضیحات", "۱": "ignore"}) == (
        "ignore",
        "",
        "phone",
        "note",
    )
    assert targets(titles, overrides={"foo": "", "bar": "job"}, custom={"شغل": "job"}) == (
        "name",
        "ignore",
        "phone",
        "job",
    )
    assert targets(titles, overrides={"foo": "phone", "bar": "phone"}) == (
        "name",
        "phone",
        "phone_other",
        "phone_other",
    )
    assert recognise_columns(titles, [], custom={}, overrides={"foo": "ignore"}).unused == ("Bar",)


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ({"baz": "city"}, "There is no column baz. The columns are: نام, foo."),
        ({"3": "city"}, "There is no column 3."),
        ({"foo": "klingon"}, "There is no field klingon. The fields are: name, first_name"),
        ({"foo": "city", "نام": "city"}, "Two columns are mapped to city."),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(overrides: dict[str, str], words: str) -> None:
    with pytest.raises(Invalid) as refused:
        targets(["نام", "foo"], overrides=overrides)
    assert without_isolates(str(refused.value)).startswith(words)
    assert refused.value.field == "map"


def test_a_remembered_mapping_is_an_override_of_all_columns() -> None:
    titles = ["نام", "foo", "تلفن", "موبایل", "بی‌ربط"]
    remembered = targets(titles, overrides={"foo": "need"})
    assert remembered == ("name", "need", "phone_other", "phone", "")
    again = targets(titles, overrides=dict(zip(titles, remembered, strict=True)))
    assert again == ("name", "need", "phone_other", "phone", "ignore")


def test_the_layout_is_the_same_in_every_writing() -> None:
    assert layout_key(["نام", "شماره‌تماس", "E-Mail"]) == layout_key(["نام ", "شماره_تماس", "email"])
    assert layout_key(["a", "b"]) != layout_key(["b", "a"])
    assert layout_key(["ab", "c"]) != layout_key(["a", "bc"])
    assert layout_key(["a"]) != layout_key(["a", ""])


def test_test_rows_of_advertising_platforms_are_known() -> None:
    assert is_test_row({"name": "<test lead: dummy data for full_name>"})
    assert is_test_row({"email": " Test@FB.com"})
    assert not is_test_row({"name": "Test Lead", "email": "test@example.com"})
    assert not is_test_row({})


@pytest.mark.parametrize(
    ("titles", "channel"),
    [
        ("نام,تلفن,تاریخ ثبت نام", DefaultChannel.SIGN_UP),
        ("name,phone,Timestamp", DefaultChannel.WEB_FORM),
        ("name,phone,date", DefaultChannel.IMPORT),
        ("name,phone,source", None),
        ("id,ad_id,form_id,form_name,platform,full_name,phone_number", DefaultChannel.ADVERTISING),
    ],
)
def test_the_channel_follows_from_the_kind_of_file(
    write: Write, titles: str, channel: DefaultChannel | None
) -> None:
    sheet = open_sheet(write(titles + "\n" + "x," * titles.count(",") + "y\n"), Reading(header=True))
    assert default_channel(sheet, recognise_columns(sheet.titles, [], custom={})) is channel


CONTENTS = {
    Content.PHONE: (
        "09121234567|9121423915|+98 912 123 4567|0098-912-1234567|(+98) 912 6095579|۰۹۱۲۳۳۴۷۳۲۹|(202) 555-0123|021-88776655"
        "|0912 12-34-56|p:+989193216932|09121234567 / 02188776655|021 88776655 داخلی ۱۲|+44 20 7946 0958|'09121234567"
    ),
    Content.EMAIL: "a@example.com|mailto:a.b+c@x.co.uk",
    Content.DATE: (
        "2024-09-20|2024-09-20T08:31:00+03:30|۱۴۰۳/۰۶/۳۰ ۰۸:۱۸|3/4/2024|03.04.24|20 Sep 2024|September 20, 2024|۳۰ شهریور ۱۴۰۳"
        "|2024-09-20 09:20:00"
    ),
    Content.TIME: "08:18|۸:۱۸|10:30:15|9:05 pm",
    Content.NUMBER: "12|1726824000.0|3.5|-7|۱۲|1,200,000|2025550123",
    Content.WORDS: "علی|Ali 2|7-Eleven|SIP/101-00000000|کارشناسی|sip:a@example.com|xmpp:a@example.com",
    Content.BLANK: "| |\u200f",
}


@pytest.mark.parametrize(
    ("cell", "content"), [(cell, content) for content, cells in CONTENTS.items() for cell in cells.split("|")]
)
def test_a_cell_shows_what_it_holds(cell: str, content: Content) -> None:
    assert content_of(cell) is content


@given(st.text(max_size=300))
def test_any_cell_holds_something(cell: str) -> None:
    assert content_of(cell) in Content


def test_a_column_holds_what_most_of_its_cells_do() -> None:
    assert column_content(["0912 123 4567"] * 7 + ["unknown"] * 3 + [""] * 20) is Content.PHONE
    assert column_content(["0912 123 4567"] * 6 + ["unknown"] * 4) is Content.WORDS
    assert column_content(["", " "]) is Content.BLANK


@pytest.mark.parametrize(
    ("titles", "rows", "doubtful"),
    [
        ("name,phone", [["Ann Lee", "09121234567"]], []),
        ("name,reach", [["Ann Lee", "09121234567"]], [("reach", "phone")]),
        ("name,phone,reach", [["Ann Lee", "09121234567", "ann@example.com"]], [("reach", "email")]),
        ("name,phone,email,reach", [["Ann Lee", "09121234567", "a@b.org", "c@b.org"]], []),
        ("name,phone,owner", [["Ann Lee", "09121234567", "c@b.org"]], []),
    ],
)
def test_a_column_that_is_taken_by_its_cells_is_doubtful(
    titles: str, rows: list[list[str]], doubtful: list[tuple[str, str]]
) -> None:
    rules = Rules(region="IR")
    mapping = recognise_columns(titles.split(","), rows, custom={}, rules=rules)
    assert [(each.column, each.choices[0].value) for each in mapping.doubts] == doubtful
    for doubt in mapping.doubts:
        assert doubt.examples == (rows[0][titles.split(",").index(doubt.column)],)
        decided = {doubt.column: doubt.choices[0].value}
        assert (
            recognise_columns(titles.split(","), rows, custom={}, overrides=decided, rules=rules).doubts == ()
        )


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('{"first": "Ann", "middle": "", "last": "Test"}', "Ann Test"),
        ('{"country": "1", "area": "212", "phone": "555-0143"}', "1 212 555-0143"),
        ('{"full": "(212) 555-0143"}', "(212) 555-0143"),
        ('{"addr_line1": "1 Main St", "addr_line2": "", "city": "Reno"}', "1 Main St, Reno"),
        ('["Chair", "Table"]', "Chair, Table"),
        (
            '{"Service": "Good", "Price": 3.50, "Again": true, "Why": null}',
            "Service: Good, Price: 3.50, Again: true",
        ),
        ('{"1": {"product": "Chair", "quantity": 2}}', "product: Chair, quantity: 2"),
        ("[]", "[]"),
        ("{}", "{}"),
        ("[/b]", "[/b]"),
        ("{no JSON}", "{no JSON}"),
        ("[" * 900 + "]" * 900, "[" * 900 + "]" * 900),
        ("[" * 100_000 + "]" * 100_000, "[" * 100_000 + "]" * 100_000),
        ("Ann", "Ann"),
        ("", ""),
    ],
)
def test_answers_of_several_parts_are_read_as_people_would(cell: str, read: str) -> None:
    assert plain(cell) == read
