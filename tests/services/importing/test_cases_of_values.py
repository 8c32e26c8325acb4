"""Small files whose names and numbers are written as people write them, imported whole."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from import_making import ImportDesk, outcomes

from leadtui.domain.importing import ImportOptions
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
