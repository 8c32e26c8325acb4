"""The sample exports, imported as a desk would import them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from import_making import ImportDesk, outcomes

from leadtui.domain.importing import Counts, ImportOptions
from leadtui.domain.lead import ActivityKind
from leadtui.language.bidi import without_isolates
from leadtui.services.importing.report import ImportReport, reports_to_json
from leadtui.services.importing.running import import_files, list_imports

SAMPLES = ("website-form.csv", "registrations.xlsx", "meta-lead-ads.csv", "old-excel.csv", "asterisk-cdr.csv")

Sample = Callable[[str], Path]


def import_samples(office: ImportDesk, sample: Sample, *names: str) -> tuple[ImportReport, ...]:
    return import_files(office.session, [sample(name) for name in names or SAMPLES])


def customers(office: ImportDesk) -> list[tuple[Any, ...]]:
    """Everybody as they are known, whatever ids they and their channels have."""
    return office.rows(
        "SELECT lead.phone, lead.email, lead.name, city, grade, major, referrer, entered_at, contacted_at, "
        "first.key, latest.key, need.key, "
        "(SELECT group_concat(e164) FROM (SELECT e164 FROM lead_number WHERE lead_id = lead.id ORDER BY e164)), "
        "(SELECT group_concat(kind) FROM (SELECT kind FROM activity WHERE lead_id = lead.id "
        "AND kind NOT IN ('created', 'touched', 'edited') ORDER BY at, kind)) "
        "FROM lead LEFT JOIN channel AS first ON first.id = channel_first_id "
        "LEFT JOIN channel AS latest ON latest.id = channel_latest_id LEFT JOIN need ON need.id = need_id "
        "ORDER BY lead.phone, lead.email"
    )


@dataclass(frozen=True, slots=True)
class Imported:
    """A desk into which the samples were imported, for tests that only look at it."""

    office: ImportDesk
    reports: tuple[ImportReport, ...]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, sample: Sample) -> Generator[Imported]:
    office = ImportDesk(tmp_path_factory.mktemp("imported"))
    yield Imported(office, import_samples(office, sample))
    office.session.close()


def test_the_samples_are_1089_customers(imported: Imported) -> None:
    office, reports = imported.office, imported.reports
    assert [outcomes(report) for report in reports] == [
        (383, 35, 0, 2, 0),
        (239, 21, 0, 0, 0),
        (162, 17, 0, 0, 1),
        (141, 3, 6, 0, 0),
        (164, 92, 0, 0, 44),
    ]
    assert office.count("lead") == 1089
    total = reports_to_json(reports)
    assert (total["read"], total["new"]) == (1310, 1089)
    assert total["read"] == sum(
        total[name] for name in ("new", "updated", "unchanged", "rejected", "skipped")
    )


def test_the_samples_again_tell_nothing_new(office: ImportDesk, sample: Sample) -> None:
    office.clock.move(days=7)  # some rows are of later than the clock's day, and the future is not believed
    import_samples(office, sample)
    before = office.contents()
    office.clock.move(days=1)
    again = import_samples(office, sample)
    assert [outcomes(report) for report in again] == [
        (0, 0, 418, 2, 0),
        (0, 0, 260, 0, 0),
        (0, 0, 179, 0, 1),
        (0, 0, 150, 0, 0),
        (0, 0, 256, 0, 44),
    ]
    after = office.contents()
    noted = {name for name in before if before[name] != after[name]}
    assert noted == {"import_batch", "import_row", "audit", "change", "sqlite_sequence"}


@pytest.mark.parametrize(
    "order",
    [
        SAMPLES[::-1],
        SAMPLES[2:] + SAMPLES[:2],
        (SAMPLES[4], *SAMPLES[:4]),
        (SAMPLES[3], *SAMPLES[::2], SAMPLES[1]),
    ],
    ids=lambda order: order[0],
)
def test_the_samples_in_any_order_are_the_same_customers(
    imported: Imported, office: ImportDesk, sample: Sample, order: tuple[str, ...]
) -> None:
    reports = import_samples(office, sample, *order)
    assert sum(report.counts.new for report in reports) == 1089
    assert customers(office) == customers(imported.office)


def test_one_at_a_time_is_as_together(imported: Imported, office: ImportDesk, sample: Sample) -> None:
    singly = [import_samples(office, sample, name)[0] for name in SAMPLES]
    assert [report.counts for report in singly] == [report.counts for report in imported.reports]
    assert customers(office) == customers(imported.office)


def test_what_the_samples_say_of_single_customers(imported: Imported) -> None:
    office = imported.office
    two = office.lead("۰۹۱۲ ۱۱۱ ۲۲۳۳")
    assert [number.e164 for number in two.numbers] == ["+989121112233", "+982188776655"]
    assert office.lead("021-88776655").id == two.id
    assert two.name == "محمدمهدي شبیری"
    rang = office.lead("0935 601 5227")
    assert (rang.name, office.channel(rang.channel_first_id)) == ("", "phone_call")
    assert office.kinds("0935 601 5227").count(ActivityKind.CALL_OUT) == 5
    signed_up = office.lead("0912 142 3915")
    assert (signed_up.name, signed_up.city) == ("ستایش علیجانی", "کرج")
    assert office.kinds("0912 142 3915") == [ActivityKind.CREATED, ActivityKind.TOUCHED]
    referred = office.lead("0935 464 1964")
    assert (referred.name, referred.referrer) == ("نرگس فرجي", "آقاي رضايي")


def test_needs_of_the_old_sheet_are_those_of_the_workspace(office: ImportDesk, sample: Sample) -> None:
    import_samples(office, sample, "old-excel.csv")
    named = dict(
        office.rows("SELECT need.key, count(*) FROM lead JOIN need ON need.id = need_id GROUP BY need.key")
    )
    assert named.keys() == {"employer", "job_seeker", "trainee", "teacher", "employer_software"}
    assert sum(named.values()) == office.count("lead")
    assert office.count("activity WHERE kind = 'note'") == 0


def test_the_report_says_what_was_recognised(imported: Imported) -> None:
    form, sheet, advertisements, old, calls = (report.to_json() for report in imported.reports)
    assert form["recognised"] == [
        "CSV",
        "UTF-8",
        "“,” between the cells",
        "with titles",
        "Jalali dates",
        "year first",
        "numbers of IR",
    ]
    assert {"column": "شماره تماس", "field": "phone"} in form["mapping"]
    assert [(each["reason"], each["count"]) for each in form["reasons"]] == [
        ("unusable-contact", 1),
        ("no-contact", 1),
    ]
    assert [*map(without_isolates, sheet["recognised"][:2])] == ["XLSX", "sheet “ثبت نام”"]
    assert advertisements["reasons"][0] == {
        "outcome": "skipped",
        "reason": "test-row",
        "words": "a test row of the advertising platform",
        "count": 1,
    }
    assert "Windows-1256" in old["recognised"]
    assert calls["recognised"][-2:] == ["telephone log", "numbers of IR"]
    assert (form["import"], calls["import"], form["dry_run"]) == (1, 5, False)


def test_rows_that_reach_nobody_are_given_back(office: ImportDesk, sample: Sample, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    import_files(office.session, [sample("website-form.csv")], ImportOptions(rejects=rejects))
    titles, first, second = rejects.read_text("utf-8-sig").split("\n", 2)
    assert titles.startswith("file,line,reason,نام و نام خانوادگی,شهر,شماره تماس,")
    assert first.startswith(
        "website-form.csv,124,“۰۹۱۲” can be neither rung nor written to,نازنین زهرا پویان"
    )
    assert second.startswith("website-form.csv,240,no phone number and no e-mail address,نرگس الوندی,کرج,,")


def test_a_dry_run_reports_the_same_and_writes_nothing(
    imported: Imported, office: ImportDesk, sample: Sample
) -> None:
    before = office.contents()
    paths = [sample(name) for name in SAMPLES]
    tried = import_files(office.session, paths, ImportOptions(dry_run=True))
    assert office.contents() == before
    assert all(report.dry_run for report in tried)
    done = imported.reports
    assert [report.counts for report in tried] == [report.counts for report in done]
    assert [report.reasons for report in tried] == [report.reasons for report in done]


def test_imports_are_listed_newest_first(office: ImportDesk, sample: Sample) -> None:
    import_samples(office, sample, "old-excel.csv")
    office.clock.move(hours=1)
    import_samples(office, sample, "registrations.xlsx", "meta-lead-ads.csv")
    listed = list_imports(office.session)
    assert [batch.file_name for batch in listed] == [
        "meta-lead-ads.csv",
        "registrations.xlsx",
        "old-excel.csv",
    ]
    assert listed[2].counts == Counts(new=141, updated=3, unchanged=6)
    assert all(batch.ended_at == batch.started_at for batch in listed)
    assert len({batch.file_digest for batch in listed}) == 3
    assert listed[0].options["duplicates"] == "fill"


def test_every_row_of_a_file_is_accounted_for(office: ImportDesk, sample: Sample) -> None:
    import_samples(office, sample, "website-form.csv", "asterisk-cdr.csv")
    for batch in list_imports(office.session):
        became = dict(
            office.rows(
                f"SELECT outcome, count(*) FROM import_row WHERE batch_id = {batch.id} GROUP BY outcome"
            )
        )
        assert sum(became.values()) == batch.counts.read
        assert became.get("new", 0) == batch.counts.new
        assert became.get("skipped", 0) == batch.counts.skipped


def test_everything_leaves_an_entry_and_a_change(imported: Imported) -> None:
    office = imported.office
    assert office.count("lead WHERE id NOT IN (SELECT lead_id FROM activity WHERE kind = 'created')") == 0
    changed = {row[0] for row in office.rows("SELECT row_id FROM change WHERE table_name = 'lead'")}
    leads = {row[0] for row in office.rows("SELECT id FROM lead")}
    assert changed & {0} or changed >= leads  # 0 is the whole table
    assert office.count("change WHERE table_name = 'import_batch'") >= 10
    made = office.rows("SELECT id FROM channel WHERE title LIKE 'لندینگ%'")
    assert made
    for (channel_id,) in made:
        assert office.count(f"change WHERE table_name = 'channel' AND row_id = {channel_id}") == 1
