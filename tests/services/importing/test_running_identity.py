"""Who a row means: one customer for one person, by any of their numbers, else by their address."""

from __future__ import annotations

import pytest
from import_making import ImportDesk, outcomes

from leadtui.domain.importing import Duplicates
from leadtui.domain.lead import ActivityKind


@pytest.mark.parametrize(
    "written",
    [
        "09121234567",
        "۰۹۱۲ ۱۲۳ ۴۵۶۷",
        "+98 (912) 123-4567",
        "00989121234567",
        "9121234567",
        "9121234567.0",
        "p:+989121234567",
    ],
)
def test_a_number_is_one_number_in_any_writing(office: ImportDesk, written: str) -> None:
    office.take("name,phone\nMina,0912 123 4567")
    report = office.take(f"name,phone\nMina,{written}", "again.csv")
    assert outcomes(report) == (0, 0, 1, 0, 0)
    assert office.lead("09121234567").numbers[0].written == "0912 123 4567"


def test_the_region_says_whose_national_numbers_they_are(office: ImportDesk) -> None:
    office.take("name,phone\nAli,0770 123 4567", region="iq")
    assert office.lead("+9647701234567").name == "Ali"


def test_rows_of_one_file_about_one_person_are_one_customer(office: ImportDesk) -> None:
    report = office.take("""
        name,phone,city,date
        Mina,09121234567,,2024-09-01 10:00
        Mina Sadeghi,+989121234567,Karaj,2024-09-02 10:00
        Reza,09127654321,Qom,2024-09-02 11:00
    """)
    assert outcomes(report) == (2, 1, 0, 0, 0)
    mina = office.lead("09121234567")
    assert (mina.name, mina.city, mina.version) == ("Mina", "Karaj", 1)
    assert office.kinds("09121234567") == [ActivityKind.CREATED, ActivityKind.TOUCHED]


def test_first_and_last_name_make_a_name(office: ImportDesk) -> None:
    office.take("نام,نام خانوادگی,موبایل\n رضا , كريمي  نژاد,09121234567\n,محمدی,09127654321")
    assert office.lead("09121234567").name == "رضا كريمي نژاد"
    assert office.lead("09127654321").name == "محمدی"


def test_a_second_number_is_found_like_the_first(office: ImportDesk) -> None:
    office.take("name,phone,other phone\nMina,0912 111 2233 / 021-88776655 داخلی ۱۲,0935 000 1122")
    mina = office.lead("02188776655")
    assert [(number.e164, number.extension) for number in mina.numbers] == [
        ("+989121112233", ""),
        ("+982188776655", "12"),
        ("+989350001122", ""),
    ]
    assert mina.phone == "+989121112233"
    again = office.take("name,phone\nمینا,09350001122", "again.csv")
    assert outcomes(again) == (0, 1, 0, 0, 0)


def test_a_further_number_of_somebody_known_is_kept(office: ImportDesk) -> None:
    office.take("name,phone\nMina,09121112233")
    office.take("name,phone\nMina,09350001122 / 09121112233", "again.csv")
    mina = office.lead("09350001122")
    assert [number.e164 for number in mina.numbers] == ["+989121112233", "+989350001122"]
    assert mina.phone == "+989121112233"
    edited = office.timeline("09350001122")[-1]
    assert (edited.kind, edited.detail.changes) == (ActivityKind.EDITED, (("phone", "", "+989350001122"),))
    assert office.before(mina.id)[0]["added_numbers"] == ["+989350001122"]


def test_a_number_of_somebody_else_is_left_to_them(office: ImportDesk) -> None:
    office.take("name,phone\nMina,09121112233\nReza,09350001122")
    report = office.take("name,phone\nMina,09121112233 / 09350001122", "again.csv")
    assert outcomes(report) == (0, 1, 0, 0, 0)
    assert len(office.lead("09121112233").numbers) == 1
    assert office.lead("09350001122").name == "Reza"
    left_out = "The number +989350001122 belongs to another customer and was left out."
    assert office.notes("09121112233") == [left_out]
    again = office.take("name,phone\nMina,09121112233 / 09350001122", "again.csv")
    assert outcomes(again) == (0, 0, 1, 0, 0)


def test_without_a_number_the_address_tells_who_it_is(office: ImportDesk) -> None:
    office.take("name,email\nMina,Mina@Example.com")
    report = office.take("name,email\nMina S,mailto:mina@example.COM", "again.csv")
    assert outcomes(report) == (0, 0, 1, 0, 0)
    assert office.lead("mina@example.com").name == "Mina"


def test_somebody_known_by_address_alone_gets_the_number(office: ImportDesk) -> None:
    office.take("name,email\nMina,mina@example.com")
    report = office.take("name,phone,email\nMina,09121112233,mina@example.com", "again.csv")
    assert outcomes(report) == (0, 1, 0, 0, 0)
    assert office.count("lead") == 1
    assert office.lead("09121112233").email == "mina@example.com"
    assert office.lead("09121112233").phone == "+989121112233"


def test_another_number_with_a_shared_address_is_another_person(office: ImportDesk) -> None:
    report = office.take("""
        name,phone,email
        Mina,09121112233,family@example.com
        Reza,09350001122,family@example.com
        somebody,,family@example.com
    """)
    assert outcomes(report) == (2, 1, 0, 0, 0)
    assert office.notes("09121112233") == [
        "Import: another person with the same number or address: somebody\nemail: family@example.com"
    ]
    assert {row[0] for row in office.rows("SELECT name FROM lead")} == {"Mina", "Reza"}


def test_two_without_a_number_who_share_an_address_stay_as_they_are(office: ImportDesk) -> None:
    office.take("name,email\nMina,mina@example.com\nReza,reza@example.com")
    with office.session.store.write() as connection:
        connection.exec_driver_sql("UPDATE lead SET email = 'family@example.com'")
    office.take("name,phone,email\nSara,09121112233,family@example.com", "again.csv")
    assert office.count("lead") == 3
    assert office.lead("09121112233").name == "Sara"


def test_the_number_decides_before_the_address(office: ImportDesk) -> None:
    office.take("name,phone,email\nMina,09121112233,mina@example.com\nReza,09350001122,reza@example.com")
    office.take(
        "name,phone,email\nMina,09121112233,reza@example.com", "again.csv", duplicates=Duplicates.OVERWRITE
    )
    assert office.lead("09121112233").email == "reza@example.com"
    assert office.lead("09350001122").name == "Reza"


@pytest.mark.parametrize("duplicates", list(Duplicates))
def test_the_number_that_identifies_is_kept_whatever_duplicates_may(
    office: ImportDesk, duplicates: Duplicates
) -> None:
    office.take("name,email\nMina,mina@example.com")
    text = "name,phone,email\nMina,09121112233,mina@example.com\nMina,09121112233,"
    first = office.take(text, "again.csv", duplicates=duplicates)
    assert (first.counts.new, office.count("lead")) == (0, 1)
    assert office.take(text, "again.csv", duplicates=duplicates).counts.updated == 0
