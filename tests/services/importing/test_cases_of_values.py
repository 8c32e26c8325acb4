"""Small files whose names and numbers are written as people write them, imported whole."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from import_making import ImportDesk, outcomes

from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead import ActivityKind
from leadtui.domain.view import View
from leadtui.services.exporting import ExportFormat, export
from leadtui.services.importing.report import ImportReport
from leadtui.services.importing.running import import_files
from leadtui.services.lead_list import LeadList

Sample = Callable[[str], Path]


def take(office: ImportDesk, sample: Sample, name: str, region: str) -> ImportReport:
    """Import one of the files as numbers of a region."""
    (report,) = import_files(office.session, [sample(f"cases/{name}")], ImportOptions(region=region))
    return report


def test_letters_stay_as_they_are_written(office: ImportDesk, sample: Sample) -> None:
    assert outcomes(take(office, sample, "names.csv", "SA")) == (17, 0, 0, 1, 0)  # Hanoi has eight digits
    ahmad = office.lead("+966501234567")
    assert (ahmad.name, ahmad.city) == ("أحمد الإبراهيمي", "مكة")
    assert "\u064a" in ahmad.name
    assert "\u0643" in ahmad.city
    assert office.lead("+989121234567").name == "د. علی\u200cرضا مؤمنی"
    for typed in ("ابراهیمی", "مکه", "الإبراهيمي"):
        assert list(LeadList(office.session).order(View(find=typed))) == [ahmad.id]
    written = BytesIO()
    export(office.session, [ahmad.id], ExportFormat.CSV, written)
    assert "أحمد الإبراهيمي" in written.getvalue().decode()


def test_what_was_imported_when_letters_were_altered_is_known_again(office: ImportDesk) -> None:
    table = "name,phone,note\nMina,09121234567,زنگ بزنيد كرج"
    office.take(table.replace("ي", "ی").replace("ك", "ک"))
    assert outcomes(office.take(table)) == (0, 0, 1, 0, 0)


def numbers_of(office: ImportDesk, number: str) -> list[str]:
    return [each.e164 for each in office.lead(number).numbers]


def test_formulas_of_a_spreadsheet_are_numbers(office: ImportDesk, sample: Sample) -> None:
    assert outcomes(take(office, sample, "q_excel.csv", "US")) == (3, 0, 0, 0, 0)
    for number, name in (("+12015550129", "A"), ("+12015550130", "B"), ("+12015550131", "C")):
        assert office.lead(number).name == name
    assert outcomes(take(office, sample, "excel-text.csv", "IR")) == (2, 0, 0, 0, 0)
    assert office.lead("+989121234567").name == "Ali Test"
    assert office.lead("+989351234567").name == "Sara Test"


def test_two_numbers_of_a_cell_are_told_apart(office: ImportDesk, sample: Sample) -> None:
    assert take(office, sample, "p_two.csv", "US").counts.rejected == 0
    assert numbers_of(office, "+12015550141") == ["+12015550141", "+12015550142"]
    assert office.notes("+12015550189") == ["Phone, beside the number: +1201555018"]
    assert office.lead("+12015550125").name == "WhatsApp id"
    assert office.lead("+525512345678").name == "Mexico old"
    for line in (sample("cases/p_two.csv")).read_text(encoding="utf-8").splitlines()[1:5]:
        office.take(f"Name,Phone\n{line}", region="US")
        assert numbers_of(office, "+12015550141") == ["+12015550141", "+12015550142"]


def test_numbers_as_they_are_written_in_iran(office: ImportDesk, sample: Sample) -> None:
    options = ImportOptions(region="IR", area_code="021")
    (report,) = import_files(office.session, [sample("cases/p_fa.csv")], options)
    assert report.counts.rejected == 0
    assert numbers_of(office, "+989121234567") == ["+989121234567", "+989121234568"]
    assert office.lead("+982188776655").name == "Local Tehran"


def test_a_code_in_a_column_of_its_own_belongs_to_the_number(office: ImportDesk, sample: Sample) -> None:
    assert outcomes(take(office, sample, "country-code-apart.csv", "IN")) == (3, 0, 0, 0, 0)
    for number, name in (("10", "Asha Test"), ("11", "Ravi Test"), ("12", "Uma Test")):
        assert office.lead(f"+9198765432{number}").name == name
    assert office.notes("+919876543210") == [
        "call again\nStatus: GOOD\nOwner: o@example.com",
        "Import: created_at: 2026-05-13 14:20:48",  # in the future
    ]


def test_a_code_in_a_column_decides_where_the_file_is_of_another_country(
    office: ImportDesk, sample: Sample
) -> None:
    assert outcomes(take(office, sample, "country-code-apart.csv", "US")) == (3, 0, 0, 0, 0)
    assert office.lead("+919876543210").name == "Asha Test"


def test_the_column_of_countries_decides_row_by_row(office: ImportDesk, sample: Sample) -> None:
    assert outcomes(take(office, sample, "country-column.csv", "US")) == (3, 0, 0, 0, 0)
    for number in ("+447700900123", "+33612345678", "+989121234567"):
        assert office.notes(number) == []


def test_a_country_that_no_number_tells_is_noted(office: ImportDesk) -> None:
    office.take(
        """
        name,phone,email,country
        Mina,+989121234567,,Germany
        Omid,,omid@example.com,Iran
        Sara,0301234567,,Deutschland
        Reza,09121234568,,ایران
        Omar,09121234569,,Antarctica
        """
    )
    assert office.notes("+989121234569") == ["Country: Antarctica"]
    assert office.notes("+989121234567") == ["Country: Germany"]
    assert office.notes("omid@example.com") == ["Country: Iran"]
    assert office.notes("+49301234567") == []
    assert office.notes("+989121234568") == []


def test_content_is_recognised_by_the_rules_of_the_region(office: ImportDesk, sample: Sample) -> None:
    assert outcomes(take(office, sample, "zh-mobile.csv", "CN")) == (2, 0, 0, 0, 0)
    assert office.lead("+8613800138000").id != office.lead("+8613900139000").id
    assert outcomes(take(office, sample, "br-numero.csv", "BR")) == (2, 0, 0, 0, 0)
    assert office.lead("+5581952075210").id != office.lead("+5511987654321").id
    landlines = "a,b\n2188776655,x\n2634567890,y\n2188776656,z"
    assert outcomes(office.take(landlines, region="IR")) == (3, 0, 0, 0, 0)


def test_a_table_without_titles_has_its_names_in_front(office: ImportDesk, sample: Sample) -> None:
    assert outcomes(take(office, sample, "tr-no-titles.csv", "TR")) == (3, 0, 0, 0, 0)
    for number, name, email in (
        ("+905321234567", "Ahmet Deneme", "ahmet@example.com"),
        ("+905321234568", "Ayşe Örnek", "ayse@example.com"),
        ("+905321234569", "Mehmet Test", "mehmet@example.com"),
    ):
        assert (office.lead(number).name, office.lead(number).email) == (name, email)


def test_emoji_are_stored_as_they_came_in(office: ImportDesk, sample: Sample) -> None:
    assert outcomes(take(office, sample, "emoji.csv", "US")) == (10, 0, 0, 0, 0)
    assert office.lead("+12015550101").name == "👨‍👩‍👧‍👦 Family Lead"
    assert office.lead("+12015550101").city == "Paris 🇫🇷"
    assert office.lead("+12015550110").name == "شركة ABC (فرع 2)"


def test_several_numbers_and_addresses_of_a_contact_are_kept(office: ImportDesk, sample: Sample) -> None:
    assert outcomes(take(office, sample, "google-several.csv", "US")) == (2, 0, 0, 0, 0)
    assert numbers_of(office, "+12125550143") == ["+12125550143", "+12125550144", "+12125550145"]
    assert (office.lead("+12125550143").name, office.lead("+12125550143").email) == (
        "Mina Test",
        "m@example.com",
    )
    assert office.notes("+12125550143") == ["Another e-mail: n@example.com"]
    assert numbers_of(office, "+989121234567") == ["+989121234567", "+989351234567"]
    assert outcomes(take(office, sample, "g_google5.csv", "US")) == (6, 0, 0, 0, 0)
    ana = office.lead("+12015550211")
    assert (ana.name, ana.email) == ("Ana1 Maria Silva", "ana1@x.org")
    assert numbers_of(office, "+12015550211") == ["+12015550211", "+12015550212", "+12015550313"]
    assert outcomes(take(office, sample, "g_outlook.csv", "US")) == (1, 0, 0, 0, 0)
    bo = office.lead("+12015550152")
    assert (bo.name, bo.city, bo.entered_at) == ("Bo Berg", "Malmö", office.clock.now)
    assert numbers_of(office, "+12015550152") == ["+12015550152", "+12015550150", "+12015550151"]
    assert office.notes("+12015550152")[0] == "vip\nAnother e-mail: bo2@x.org"


def test_a_dialers_list_is_read_by_its_places(office: ImportDesk, sample: Sample) -> None:
    assert outcomes(take(office, sample, "vicidial-standard.txt", "US")) == (3, 0, 0, 0, 0)
    for number, name, further, note in (
        ("+12125550143", "John Public", "+12125550144", "prefers evenings"),
        ("+12125550145", "Mary Sample", "+12125550146", "second"),
        ("+12125550147", "Paul Sample", "+12125550148", "third"),
    ):
        lead = office.lead(number)
        assert (lead.name, lead.city, lead.entered_at) == (name, "Tampa", office.clock.now)
        assert numbers_of(office, number) == [number, further]
        assert office.notes(number)[0] == note


@pytest.mark.parametrize("name", ["freepbx-titles.csv", "freepbx-no-titles.csv"])
def test_an_exchanges_records_are_calls(office: ImportDesk, sample: Sample, name: str) -> None:
    assert outcomes(take(office, sample, name, "US")) == (2, 0, 0, 0, 0)
    for number, caller, answered in (("+12125550143", "Ann", True), ("+12125550145", "Bob", False)):
        lead = office.lead(number)
        assert (lead.name, office.channel(lead.channel_first_id)) == (caller, "phone_call")
        calls = [
            each.detail.answered for each in office.timeline(number) if each.kind is ActivityKind.CALL_IN
        ]
        assert calls == [answered]


def test_leads_of_advertisements_come_by_advertising(office: ImportDesk, sample: Sample) -> None:
    assert outcomes(take(office, sample, "meta-leads-centre.csv", "US")) == (2, 0, 0, 0, 0)
    zone = ZoneInfo(office.session.workspace.zone)
    came = [office.lead(number).entered_at.astimezone(zone) for number in ("+12125550143", "+12125550145")]
    assert [f"{each:%Y-%m-%d %H:%M}" for each in came] == ["2021-02-18 11:08", "2021-02-17 23:39"]
    assert outcomes(take(office, sample, "meta-own-questions.csv", "IN")) == (2, 0, 0, 0, 0)
    for number in ("+12125550143", "+919876543210"):
        assert office.channel(office.lead(number).channel_first_id) == "advertising"


def test_a_request_in_arabic_has_its_date(office: ImportDesk, sample: Sample) -> None:
    office.clock.move(days=800)
    assert outcomes(take(office, sample, "ar-request-date.csv", "EG")) == (2, 0, 0, 0, 0)
    sara, karim = office.lead("+201012345678"), office.lead("+201012345679")
    zone = ZoneInfo(office.session.workspace.zone)
    assert (sara.name, sara.city) == ("سارة علي", "القاهرة")
    assert f"{sara.entered_at.astimezone(zone):%Y-%m-%d}" == "2026-05-15"
    assert f"{karim.entered_at.astimezone(zone):%Y-%m-%d}" == "2026-06-05"
    assert office.notes("+201012345678") == []
