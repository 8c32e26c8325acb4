"""What a row changes: values, channels, needs, notes, and when somebody came in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from import_making import ImportDesk, outcomes
from session_making import NOON, status_of

from leadtui.domain.importing import Duplicates
from leadtui.domain.lead import ActivityKind
from leadtui.errors import Invalid
from leadtui.language.collation import sort_key
from leadtui.services.defining import NEED, add_titled
from leadtui.services.follow_up import SetStatus, set_status

KNOWN = "name,phone,city,email,grade,referrer\nMina,09121112233,,mina@example.com,BA,"
NEWER = "name,phone,city,email,grade,referrer\nMina Sadeghi,09121112233,Karaj,m@example.org,,Ali"


@pytest.mark.parametrize(
    ("duplicates", "values"),
    [
        (Duplicates.FILL, ("Mina", "Karaj", "mina@example.com", "BA", "Ali")),
        (Duplicates.OVERWRITE, ("Mina Sadeghi", "Karaj", "m@example.org", "BA", "Ali")),
        (Duplicates.KEEP, ("Mina", "", "mina@example.com", "BA", "")),
    ],
)
def test_duplicates_fill_overwrite_or_keep(
    office: ImportDesk, duplicates: Duplicates, values: tuple[str, ...]
) -> None:
    office.take(KNOWN)
    report = office.take(NEWER, "newer.csv", duplicates=duplicates)
    lead = office.lead("09121112233")
    assert (lead.name, lead.city, lead.email, lead.grade, lead.referrer) == values
    # Both files lack a date and a channel: the second is no other arrival than the first.
    assert outcomes(report) == ((0, 0, 1, 0, 0) if duplicates is Duplicates.KEEP else (0, 1, 0, 0, 0))


def test_changed_values_are_told_kept_and_found(office: ImportDesk) -> None:
    office.take(KNOWN)
    office.take(NEWER, "newer.csv", duplicates=Duplicates.OVERWRITE)
    lead = office.lead("m@example.org")
    assert lead.version == 2
    edited = office.timeline("09121112233")[-1]
    assert (edited.kind, edited.actor_id, edited.detail.source) == (
        ActivityKind.EDITED,
        office.session.actor.id,
        "newer.csv",
    )
    assert set(edited.detail.changes) == {
        ("name", "Mina", "Mina Sadeghi"),
        ("city", "", "Karaj"),
        ("email", "mina@example.com", "m@example.org"),
        ("referrer", "", "Ali"),
    }
    assert office.before(lead.id) == [
        {"name": "Mina", "city": "", "email": "mina@example.com", "referrer": ""}
    ]
    assert office.rows("SELECT rowid FROM lead_search WHERE lead_search MATCH '\"karaj\"'") == [(lead.id,)]
    assert office.rows("SELECT name_sort, city_sort FROM lead") == [
        tuple(sort_key(words, office.session.workspace.language) for words in ("Mina Sadeghi", "Karaj"))
    ]
    assert office.count(f"change WHERE table_name = 'lead' AND row_id = {lead.id}") == 2


def test_owner_and_status_stay(office: ImportDesk) -> None:
    office.take(KNOWN)
    lead = office.lead("09121112233")
    status = status_of(office.session, "withdrew")
    answers = {"reason": "هزینه"}
    set_status(office.session, SetStatus(lead.id, lead.version, status.id, answers))
    before = office.lead("09121112233")
    office.take(NEWER, "newer.csv", duplicates=Duplicates.OVERWRITE)
    after = office.lead("09121112233")
    assert (after.status_id, after.status_at, after.owner_id) == (
        status.id,
        before.status_at,
        before.owner_id,
    )
    assert after.name == "Mina Sadeghi"


def test_two_rows_that_contradict_leave_the_later_one(office: ImportDesk) -> None:
    office.take("name,phone\nM. Mina Sadeghi,09121112233")
    text = "name,phone\nMina,09121112233\nMina Sadeghi,09121112233"
    office.take(text, "newer.csv", duplicates=Duplicates.OVERWRITE)
    assert office.lead("09121112233").name == "Mina Sadeghi"
    again = office.take(text, "newer.csv", duplicates=Duplicates.OVERWRITE)
    assert outcomes(again) == (0, 0, 2, 0, 0)
    assert office.lead("09121112233").version == 2


def test_somebody_known_is_touched_by_their_latest_channel(office: ImportDesk) -> None:
    office.take("name,phone,channel,date\nMina,09121112233,فرم وب,2024-09-01 10:00")
    office.clock.move(days=1)
    office.take("name,phone,channel,date\nMina,09121112233,معرف,2024-09-03 18:30", "later.csv")
    lead = office.lead("09121112233")
    assert office.channel(lead.channel_first_id) == "web_form"
    assert office.channel(lead.channel_latest_id) == "referral"
    assert lead.entered_at == datetime(2024, 9, 1, 6, 30, tzinfo=UTC)
    created, touched = office.timeline("09121112233")
    assert (created.kind, created.detail.channel, created.at) == (
        ActivityKind.CREATED,
        "فرم وب",
        lead.entered_at,
    )
    assert (touched.kind, touched.detail.channel, touched.detail.source) == (
        ActivityKind.TOUCHED,
        "معرف",
        "later.csv",
    )
    assert touched.at == datetime(2024, 9, 3, 15, 0, tzinfo=UTC)
    assert lead.version == 2


@pytest.mark.parametrize("together", [True, False])
def test_what_came_earlier_is_told_later(office: ImportDesk, together: bool) -> None:
    late = "Mina,09121112233,فرم وب,2024-09-03 10:00"
    early = "Mina,09121112233,معرف,2024-09-01 10:00"
    title = "name,phone,channel,date\n"
    if together:
        office.take(f"{title}{late}\n{early}")
    else:
        office.take(title + late)
        office.take(title + early, "early.csv")
    lead = office.lead("09121112233")
    assert office.channel(lead.channel_latest_id) == "web_form"
    assert office.channel(lead.channel_first_id) == "referral"
    assert lead.entered_at == datetime(2024, 9, 1, 6, 30, tzinfo=UTC)
    kinds = {(entry.at.day, entry.kind, entry.detail.channel) for entry in office.timeline("09121112233")}
    assert kinds == {(3, ActivityKind.CREATED, "فرم وب"), (1, ActivityKind.TOUCHED, "معرف")}


def test_a_row_without_a_date_is_of_now(office: ImportDesk) -> None:
    office.take("name,phone,channel,date\nMina,09121112233,فرم وب,2024-09-03 10:00\nReza,09350001122,معرف,")
    assert office.lead("09350001122").entered_at == NOON
    office.clock.move(hours=2)
    office.take("name,phone,channel\nMina,09121112233,معرف", "later.csv")
    assert office.channel(office.lead("09121112233").channel_latest_id) == "referral"
    assert office.timeline("09121112233")[-1].at == office.clock.now


def test_keep_takes_the_number_and_tells_the_touch(office: ImportDesk) -> None:
    office.take("name,phone,channel,date\nMina,09121112233,فرم وب,2024-09-03 10:00")
    text = "name,phone,channel,date,city,note\nMina X,09121112233 / 09350001122,معرف,2024-09-04 10:00,Karaj,rang twice"
    office.take(text, "later.csv", duplicates=Duplicates.KEEP)
    lead = office.lead("09121112233")
    assert (lead.name, lead.city, len(lead.numbers)) == ("Mina", "", 2)
    assert office.channel(lead.channel_latest_id) == "referral"
    assert office.notes("09121112233") == ["rang twice"]


@pytest.mark.parametrize("words", ["فرم وب", "فرم‌وب", "web form", "Web_Form", " فرم  وب "])
def test_a_channel_is_known_by_title_or_key(office: ImportDesk, words: str) -> None:
    channels = office.count("channel")
    office.take(f"name,phone,channel\nMina,09121112233,{words}")
    assert office.channel(office.lead("09121112233").channel_first_id) == "web_form"
    assert office.count("channel") == channels


def test_a_channel_that_is_not_there_is_made_once(office: ImportDesk) -> None:
    last = max(channel.position for channel in office.session.definitions.channels)
    office.take(
        "name,phone,channel\nMina,09121112233,Trade Fair\nReza,09350001122,trade fair\nSara,09350001123,نمایشگاه"
    )
    made = office.session.definitions.channels[-2:]
    assert [(channel.title, channel.position) for channel in made] == [
        ("Trade Fair", last + 1),
        ("نمایشگاه", last + 2),
    ]
    assert made[0].key == "trade_fair"
    assert made[1].key.startswith("channel_")
    assert office.lead("09350001122").channel_first_id == made[0].id
    office.take("name,phone,channel\nX,09350001124,نمایشگاه", "again.csv")
    assert office.lead("09350001124").channel_first_id == made[1].id


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("name,phone\nMina,09121112233", "import"),
        ("نام,موبایل,تاریخ ثبت نام\nMina,09121112233,1403/07/01", "sign_up"),
        ("Timestamp,name,phone\n2024/09/01 10:00,Mina,09121112233", "web_form"),
    ],
)
def test_a_file_without_a_channel_has_one_of_its_own(office: ImportDesk, text: str, key: str) -> None:
    office.take(text)
    assert office.channel(office.lead("09121112233").channel_first_id) == key


def test_a_channel_that_a_workspace_lacks_is_made_with_its_key(office: ImportDesk) -> None:
    with office.session.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM channel WHERE key = 'import'")
    office.take("name,phone\nMina,09121112233")
    (made,) = [channel for channel in office.session.definitions.channels if channel.key == "import"]
    assert (made.title, made.id) == ("Import", office.lead("09121112233").channel_first_id)


def test_a_column_of_something_else_makes_no_channels(office: ImportDesk) -> None:
    rows = "\n".join(f"Mina,0912{number:07},answer {number}" for number in range(101))
    with pytest.raises(Invalid, match="names 101 new entry channels, so it is none") as refused:
        office.take(f"name,phone,source\n{rows}")
    assert refused.value.field == "map"
    assert office.count("lead") == office.count("import_batch") == 0
    office.take(f"name,phone,source\n{rows}", mapping={"source": "note"})
    assert office.notes("09120000007") == ["source: answer 7"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("كارفرما", "employer"),
        ("نرم افزار", "employer_software"),
        ("job seeker", "job_seeker"),
        ("کارفرمای نرم‌افزار", "employer_software"),
    ],
)
def test_a_need_is_known_by_its_title_or_a_part_of_it(office: ImportDesk, words: str, key: str) -> None:
    office.take(f"name,phone,need\nMina,09121112233,{words}")
    need = office.session.definitions.need(office.lead("09121112233").need_id)
    assert need is not None
    assert need.key == key
    assert office.notes("09121112233") == []


@pytest.mark.parametrize("words", ["کار", "حسابرسی", "-"])
def test_a_need_that_is_nobodys_or_several_is_noted(office: ImportDesk, words: str) -> None:
    office.take(f"name,phone,need,note\nMina,09121112233,{words},calls back")
    assert office.lead("09121112233").need_id is None
    assert office.notes("09121112233") == [f"calls back\nNeed: {words}"]


def test_the_workspaces_own_fields_are_filled(office: ImportDesk) -> None:
    office.take("name,phone,شرکت,experience,رزومه تکمیل شده\nMina,09121112233,Nik,۵,بله")
    lead = office.lead("09121112233")
    assert lead.custom == {"company": "Nik", "experience": "5", "resume": True}
    office.take(
        "name,phone,شرکت,experience\nMina,09121112233,Ray,many", "b.csv", duplicates=Duplicates.OVERWRITE
    )
    assert office.lead("09121112233").custom == {"company": "Ray", "experience": "5", "resume": True}
    assert ("company", "Nik", "Ray") in office.timeline("09121112233")[-1].detail.changes
    assert office.notes("09121112233") == ["سابقه کار (سال): many"]


def test_what_has_no_place_is_noted(office: ImportDesk) -> None:
    office.take("""
        name,phone,email,date,note
        Mina,09121112233,mina(at)example.com,some day in 1403,first
        Reza,912,reza@example.com / r@example.org,,
        Sara,09350001122,-,,none
    """)
    assert office.notes("09121112233") == [
        "first\nE-mail, not a whole address: mina(at)example.com\nDate, not understood: some day in 1403"
    ]
    assert office.notes("reza@example.com") == [
        "Phone, not a whole number: 912\nAnother e-mail: r@example.org"
    ]
    assert office.notes("09350001122") == ["none"]


def test_a_note_is_told_once_and_a_new_one_again(office: ImportDesk) -> None:
    text = "name,phone,date,note\nMina,09121112233,2024-09-01,{}"
    office.take(text.format("rang"))
    assert outcomes(office.take(text.format("rang"))) == (0, 0, 1, 0, 0)
    assert outcomes(office.take(text.format("rang again"))) == (0, 1, 0, 0, 0)
    assert office.notes("09121112233") == ["rang", "rang again"]
    assert office.kinds("09121112233").count(ActivityKind.TOUCHED) == 0


def test_a_long_name_is_cut_and_kept_whole_beside(office: ImportDesk) -> None:
    name = "Mina " * 2_000
    office.take(f"name,phone\n{name},09121112233")
    assert len(office.lead("09121112233").name) <= 200
    assert office.notes("09121112233") == [name.strip()]


def test_hostile_text_is_stored_without_controls(office: ImportDesk) -> None:
    office.take("name,phone,city\n\x1b]52;c;aGk=\x07Mina\u202e [/b],09121112233,\x9b31mTehran")
    lead = office.lead("09121112233")
    assert (lead.name, lead.city) == ("Mina [/b]", "Tehran")


def test_the_order_of_day_and_month_is_looked_for_in_the_whole_file(office: ImportDesk) -> None:
    rows = "\n".join(f"Mina,0912{number:07},03/04/2024" for number in range(300))
    report = office.take(f"name,phone,date\n{rows}\nReza,09350001122,03/25/2024")
    assert "month first" in report.recognised
    assert office.lead("09120000001").entered_at == datetime(2024, 3, 3, 20, 30, tzinfo=UTC)


def test_unused_columns_are_reported(office: ImportDesk) -> None:
    report = office.take("name,phone,shoe size\nMina,09121112233,38")
    assert report.unused == ("shoe size",)
    assert [(column.column, column.field) for column in report.mapping] == [
        ("name", "name"),
        ("phone", "phone"),
    ]


def test_a_mapping_is_remembered_for_its_layout(office: ImportDesk) -> None:
    first = office.take("who,phone,where\nMina,09121112233,Karaj", mapping={"who": "name", "where": "city"})
    assert first.notes == ("The mapping is remembered for files with the same columns.",)
    again = office.take("who,phone,where\nReza,09350001122,Qom", "again.csv")
    assert again.notes == ("Mapped as the last time: who → name, where → city.",)
    reza = office.lead("09350001122")
    assert (reza.name, reza.city) == ("Reza", "Qom")
    other = office.take("who,phone,place\nSara,09350001123,Ray", "other.csv")
    assert other.notes == ()


def test_what_is_mapped_now_goes_before_what_is_remembered(office: ImportDesk) -> None:
    office.take("who,phone,where\nMina,09121112233,Karaj", mapping={"who": "name", "where": "city"})
    report = office.take("who,phone,where\nReza,09350001122,Qom", "b.csv", mapping={"who": "city"})
    assert report.notes[0] == "The mapping is remembered for files with the same columns."
    assert (office.lead("09350001122").city, office.lead("09350001122").name) == ("Reza", "")
    office.take("who,phone,where\nSara,09350001123,Ray", "c.csv", mapping={"where": "city", "who": "name"})
    assert office.lead("09350001123").city == "Ray"


def test_a_remembered_field_that_is_gone_is_forgotten(office: ImportDesk) -> None:
    office.take("who,phone,firm\nMina,09121112233,Nik", mapping={"firm": "company"})
    with office.session.store.write() as connection:
        connection.exec_driver_sql("UPDATE field SET retired = 1 WHERE key = 'company'")
    office.session.reload_definitions()
    report = office.take("who,phone,firm\nReza,09350001122,Nik", "b.csv")
    # Nor does the question of a playbook after a place of work take what is called a firm.
    assert report.notes == ()
    assert office.lead("09350001122").custom == {}


@pytest.mark.parametrize(
    ("cell", "need", "note"),
    [
        ("مدرس, VIP", "مدرس", "Need: VIP"),
        ("VIP;کارآموز ,late", "کارآموز", "Need: VIP, late"),
        ("مدرس", "مدرس", ""),
        ("vip|late", "", "Need: vip|late"),
        ("Salt, Pepper", "Salt, Pepper", ""),
    ],
)
def test_of_several_tags_one_is_the_need_and_the_others_are_kept(
    office: ImportDesk, cell: str, need: str, note: str
) -> None:
    add_titled(office.session, NEED, "Salt, Pepper")
    report = office.take(f'name,phone,tags\nMina,09120000001,"{cell}"')
    lead = office.lead("09120000001")
    found = office.session.reload_definitions().need(lead.need_id)
    assert (found.title if found else "") == need
    assert office.notes("09120000001") == ([note] if note else [])
    assert sum(sum(each.whys.values()) for each in report.columns) == bool(note)


def test_most_numbers_of_another_country_are_said_to_be_so(office: ImportDesk) -> None:
    report = office.take("name,phone,email\nA,13812345678,a@b.org\nB,13912345678,b@b.org", region="")
    assert report.counts.new == 2
    assert any("--region" in note for note in report.notes)


def test_titles_of_an_unknown_language_below_the_name_of_the_list(office: ImportDesk) -> None:
    report = office.take(
        "טופס,,,\nחותמת זמן,שם מלא,טלפון,דואר\n05/03/2024 14:22:10,דנה כהן,050-323-4567,dana@example.co.il\n"
        "13/03/2024 09:05:00,עומר כץ,0527654321,",
        region="IL",
    )
    assert outcomes(report) == (2, 0, 0, 0, 0)
    assert office.lead("+972503234567").name == "דנה כהן"
    assert [each.column for each in report.doubts] == ["טלפון", "דואר", "שם מלא"]
