"""Every template that comes with leadtui makes a workspace, and a wrong one is told file, key and fix."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui import paths
from leadtui.domain.field import Field, FieldKind
from leadtui.domain.permission import READY_PROFILES
from leadtui.domain.status import STATUS_COLOURS, CartableRule, ReminderRule, StatusKind
from leadtui.domain.workspace import Definitions, Template
from leadtui.errors import Unreadable
from leadtui.services.session import Session
from leadtui.services.templates import NEEDED_CHANNELS, list_templates, load_template

NOW = datetime(2024, 9, 28, 7, 12, tzinfo=UTC)
BUILT_IN = ("blank", "hesin-haseb", "sahab", "sales")

GOOD = """\
title = "Desk"
summary = "For tests"
language = "en"
calendar = "gregorian"
region = "US"
zone = "America/New_York"
currency = "USD"
statuses = [
  { key = "call_back", title = "Call back", fields = [
    { key = "part", title = "Part of day", kind = "choice", options = ["Morning", "Evening"] } ] },
  { key = "handed_on", title = "Handed on", cartable = "next", owner_title = "To whom" },
]
fields = [{ key = "company", title = "Company" }]
needs = [{ key = "course", title = "A course" }]
channels = [
  { key = "import", title = "Import" },
  { key = "web_form", title = "Web form" },
  { key = "sign_up", title = "Sign-up" },
  { key = "phone_call", title = "Phone call" },
  { key = "advertising", title = "Advertising" },
  { key = "by_hand", title = "By hand" },
]
"""

KINDS = "text, long-text, number, integer, year, money, date, time, weekday, choice, choices, yes-no, phone, email, link, person"
STATUS_KEYS = "key, title, glyph, colour, kind, cartable, reminder, owner_title, fields, retry, escalation"

RETRY = 'title = "Call back", retry = {{ pace = "{pace}", after_minutes = {after}, most = 3, then_status = "{then}" }}, fields'

BROKEN = [
    (
        'title = "Call back", fields',
        RETRY.format(pace="fixed", after=0, then="call_back"),
        ": statuses[0].retry.after_minutes: Write after how many minutes, from 1 to 43,200.",
    ),
    (
        'title = "Call back", fields',
        RETRY.format(pace="growing", after=60, then="handed_on"),
        ": statuses[0].retry.then_status: After the last attempt comes a status in use that asks nothing and plans no attempt.",
    ),
    (
        'title = "Call back", fields',
        RETRY.format(pace="daily", after=60, then=""),
        ": statuses[0].retry.pace: “daily” is not known. Known are: no, fixed, growing, other-time.",
    ),
    (
        'summary = "For tests"',
        'summary = "For tests"\nhours = "nine to five"',
        ": hours: “nine to five” says no week; type such as Mon–Thu 9–13, 14–17; Fri 9–13.",
    ),
    (
        'summary = "For tests"',
        'summary = "For tests"\nholidays = ["25 December", "30 February"]',
        ": holidays[1]: “30 February” is no holiday; type its day and what it is called, such as 25 December Christmas.",
    ),
    # What is replaced in GOOD, by what, and what is said about it behind the file's name.
    ("[", "{", ", line 8: this is not TOML (Invalid initial character for a key part); correct that line."),
    (
        'title = "Desk"',
        "title = Desk",
        ", line 1: this is not TOML (Invalid value); correct that line.",
    ),
    (
        'title = "Desk"',
        'titel = "Desk"',
        ": titel: There is no such key; did you mean “title”? Known here are: title, summary, language, calendar, "
        "region, zone, currency, hours, windows, holidays, call_gap, statuses, fields, channels, needs, profiles, "
        "distribution, playbook, cases, texts.",
    ),
    ('title = "Desk"\n', "", ': title: This is missing; add a line such as title = "My desk".'),
    ('title = "Desk"', 'title = " "', ': title: This is empty; write something such as title = "My desk".'),
    ('title = "Desk"', "title = 5", ": title: This takes text in quotes, not a number."),
    ('title = "Desk"', "title = true", ": title: This takes text in quotes, not true or false."),
    ('title = "Desk"', "title = 2024-09-28", ": title: This takes text in quotes, not a date or time."),
    (
        'summary = "For tests"\n',
        "",
        ': summary: This is missing; add a line such as summary = "One line that says whom it suits".',
    ),
    (
        'language = "en"',
        'language = "English"',
        ": language: “English” is not the code of a language; write one such as en, fa or ar.",
    ),
    (
        '"gregorian"',
        '"jalaly"',
        ": calendar: “jalaly” is not known; did you mean “jalali”? Known are: gregorian, jalali, hijri.",
    ),
    ('"gregorian"', '"moon"', ": calendar: “moon” is not known. Known are: gregorian, jalali, hijri."),
    (
        'region = "US"',
        'region = "us"',
        ": region: “us” is not the code of a country; write two capital letters such as US or IR.",
    ),
    (
        'region = "US"',
        'region = "QQ"',
        ": region: “QQ” is no country whose telephone numbers are known; write its ISO code, such as US or IR.",
    ),
    (
        "America/New_York",
        "America/New York",
        ": zone: “America/New York” is not known; did you mean “America/New_York”?",
    ),
    ("America/New_York", "localtime", ": zone: “localtime” is not known; such as “Asia/Tehran” would be."),
    ("America/New_York", "+0330", ": zone: “+0330” is not known; such as “Asia/Tehran” would be."),
    (
        "America/New_York",
        "../localtime",
        ": zone: “../localtime” is not known; such as “Asia/Tehran” would be.",
    ),
    (
        'currency = "USD"',
        'currency = "$"',
        ": currency: “$” is not the code of a currency; write three capital letters such as EUR or IRR.",
    ),
    (
        'title = "Handed on"',
        'title = "Handed on", color = "red"',
        f": statuses[1].color: There is no such key; did you mean “colour”? Known here are: {STATUS_KEYS}.",
    ),
    (
        'title = "Handed on"',
        'title = "Handed on", sound = "loud"',
        f": statuses[1].sound: There is no such key. Known here are: {STATUS_KEYS}.",
    ),
    (
        'key = "handed_on", ',
        "",
        ': statuses[1].key: This is missing; add a line such as key = "call_back".',
    ),
    (
        'key = "handed_on"',
        'key = "Handed on"',
        ": statuses[1].key: “Handed on” cannot be a key; take small Latin letters, digits and _, such as call_back.",
    ),
    (
        'key = "handed_on"',
        'key = "call_back"',
        ": statuses[1].key: “call_back” stands at statuses[0].key already; write something else.",
    ),
    (
        'title = "Handed on"',
        'title = "CALL-BACK"',
        ": statuses[1].title: “CALL-BACK” reads the same as “Call back” at statuses[0].title; write something else.",
    ),
    (
        'title = "Handed on"',
        'title = "Handed on", kind = "finished"',
        ": statuses[1].kind: “finished” is not known. Known are: open, won, lost, do-not-call.",
    ),
    (
        'title = "Handed on"',
        'title = "Handed on", kind = "do_not_call"',
        ": statuses[1].kind: “do_not_call” is not known; did you mean “do-not-call”? "
        "Known are: open, won, lost, do-not-call.",
    ),
    (
        'cartable = "next"',
        'cartable = "colleague"',
        ": statuses[1].cartable: “colleague” is not known. Known are: none, next, stay.",
    ),
    (
        'title = "Handed on"',
        'title = "Handed on", reminder = true',
        ": statuses[1].reminder: This takes text in quotes, not true or false.",
    ),
    (
        'title = "Handed on"',
        'title = "Handed on", reminder = "most"',
        ": statuses[1].reminder: “most” is not known; did you mean “must”? Known are: no, ask, must.",
    ),
    (
        'title = "Handed on"',
        'title = "Handed on", colour = "gray"',
        ": statuses[1].colour: “gray” is not known; did you mean “grey”? Known are: blue, green, amber, red, violet, "
        "grey, cyan, orange, pink, teal.",
    ),
    *(
        (
            'title = "Handed on"',
            f'title = "Handed on", glyph = "{glyph}"',
            f": statuses[1].glyph: “{glyph}” does not take one cell of the screen; choose a single sign such as "
            "● ◆ ◐ ✓ ✕.",
        )
        for glyph in ("🔥", "->", "会", "n\u0308")
    ),
    (
        'cartable = "next", ',
        "",
        ": statuses[1].owner_title: This is asked only where cartable is “next”; leave it out, or set that rule.",
    ),
    (
        'kind = "choice"',
        'kind = "choise"',
        f": statuses[0].fields[0].kind: “choise” is not known; did you mean “choice”? Known are: {KINDS}.",
    ),
    (
        ', options = ["Morning", "Evening"]',
        "",
        ": statuses[0].fields[0].options: A field of kind “choice” needs its choices; add a line such as "
        'options = ["Morning", "Evening"].',
    ),
    (
        'kind = "choice", ',
        "",
        ": statuses[0].fields[0].options: A field of kind “text” has no choices; leave this out, or make it kind "
        "“choice”.",
    ),
    (
        '["Morning", "Evening"]',
        '["Morning", "morning"]',
        ": statuses[0].fields[0].options[1]: “morning” reads the same as “Morning” at statuses[0].fields[0].options[0]; "
        "write something else.",
    ),
    (
        '["Morning", "Evening"]',
        '["Morning", 2]',
        ": statuses[0].fields[0].options[1]: This takes text in quotes, not a number.",
    ),
    (
        '["Morning", "Evening"]',
        '"Morning"',
        ": statuses[0].fields[0].options: This takes a list of texts, not text.",
    ),
    (
        '["Morning", "Evening"]',
        '["Morning", ""]',
        ": statuses[0].fields[0].options[1]: This is empty; write something or leave it out.",
    ),
    (
        'key = "part"',
        'key = "note"',
        ": statuses[0].fields[0].key: “note” is what leadtui itself calls another field; choose another key.",
    ),
    (
        'key = "part"',
        'required = "yes", key = "part"',
        ": statuses[0].fields[0].required: This takes true or false, not text.",
    ),
    (
        'key = "company"',
        'key = "phone"',
        ": fields[0].key: “phone” is what leadtui itself calls another field; choose another key.",
    ),
    (
        '[{ key = "company", title = "Company" }]',
        '"Company"',
        ": fields: This takes tables, each under a line [[fields]], not text.",
    ),
    (
        "fields = [\n",
        'fields = ["Part"] }, { key = "b", title = "B", fields = [\n',
        ": statuses[0].fields[0]: This takes tables, each under a line [[statuses.fields]], not text.",
    ),
    (
        '{ key = "sign_up", title = "Sign-up" },',
        "",
        ": channels: There is none with the key “sign_up”, which leadtui itself gives to customers; add it.",
    ),
    (
        'title = "Phone call"',
        'title = "import"',
        ": channels[3].title: “import” reads the same as “Import” at channels[0].title; write something else.",
    ),
    (
        'key = "course", title = "A course"',
        'key = "course"',
        ': needs[0].title: This is missing; add a line such as title = "First course".',
    ),
]


def test_the_templates_that_come_with_leadtui() -> None:
    assert tuple(template.key for template in list_templates()) == BUILT_IN


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_workspace_made_from_a_template_loads_back_equal(name: str, tmp_path: Path) -> None:
    template = load_template(name)
    session = Session.create(tmp_path / "desk.db", template, "Neda", "neda@example.com", lambda: NOW)
    loaded = session.reload_definitions()
    session.close()
    assert without_ids(loaded, template) == template


@pytest.mark.parametrize("name", BUILT_IN)
def test_glyphs_are_no_emoji_and_colours_are_known(name: str) -> None:
    for status in load_template(name).statuses:
        assert status.colour in STATUS_COLOURS
        # Signs that some terminals draw as a coloured picture of two cells (Unicode's emoji-data.txt, BMP dingbats).
        assert status.glyph not in "✂✈✉✌✍✏✒✔✖✝✡✳✴❄❇❣❤➡▪▫▶◀◻◼☀☎☑♀♂♠♣♥♦⚙⚠"
        assert unicodedata.category(status.glyph) in {"So", "Sm"}


def test_the_company_has_its_nine_statuses_in_order_with_their_rules() -> None:
    template = load_template("hesin-haseb")
    none, following, stay = CartableRule.NONE, CartableRule.NEXT, CartableRule.STAY
    no, ask, must = ReminderRule.NO, ReminderRule.ASK, ReminderRule.MUST
    assert [(each.title, each.kind.value, each.cartable, each.reminder) for each in template.statuses] == [
        ("منجر به همکاری", "won", none, no),
        ("جلسه حضوری", "open", following, must),
        ("جلسه آنلاین", "open", following, must),
        ("ارجاع به همکاران", "open", following, ask),
        ("منتظر پیگیری", "open", stay, must),
        ("در انتظار آزمون", "open", stay, ask),
        ("انصراف از مشاوره", "lost", none, no),
        ("بلاک لیست", "do-not-call", none, no),
        ("منجر به خرید و قرارداد", "won", none, no),
    ]
    meeting = template.statuses[1]
    assert meeting.owner_title == "برگزارکننده جلسه"
    assert [(each.kind, each.required) for each in meeting.fields] == [
        (FieldKind.WEEKDAY, True),
        (FieldKind.DATE, True),
        (FieldKind.TIME, True),
    ]
    assert {each.key for each in template.channels} >= {*NEEDED_CHANNELS, "landing_page", "referral"}
    assert [each.key for each in template.needs] == [
        *("job_seeker", "employer", "trainee", "teacher", "employer_software"),
    ]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("sales", ["Agent", "Supervisor", "Owner", "Support", "Technical", "Financial", "Partner manager"]),
        ("hesin-haseb", ["کارشناس", "سرپرست", "مالک", "پشتیبانی", "فنی", "مالی", "مدیر شریکان"]),
        ("sahab", ["موظف", "مشرف", "المالك", "الدعم", "التقنية", "المالية", "مدير الشركاء"]),
    ],
)
def test_the_ready_profiles_have_their_titles_in_the_language_of_the_workspace(
    name: str, titles: list[str]
) -> None:
    profiles = load_template(name).first_profiles
    assert [each.title for each in profiles] == titles
    assert [each.key for each in profiles] == list(READY_PROFILES)


def test_a_call_team_has_a_status_that_asks_nothing_and_a_final_one_of_each_kind() -> None:
    statuses = load_template("sales").statuses
    assert [each.title for each in statuses if each.asks_nothing] == [
        "No answer",
        "Voicemail left",
        "Not reached",
    ]
    assert {each.kind for each in statuses if each.final} == set(StatusKind) - {StatusKind.OPEN}


def test_a_template_of_ones_own_is_named_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text("\ufeff" + GOOD, encoding="utf-8")
    template = load_template(str(file))
    assert template.key == "ours"
    assert template.statuses[0].fields == (
        Field(0, "part", "Part of day", FieldKind.CHOICE, ("Morning", "Evening")),
    )
    assert template.statuses[1].owner_title == "To whom"


@pytest.mark.parametrize(("replaced", "by", "sentence"), BROKEN)
def test_what_is_wrong_is_named_with_file_key_and_fix(
    replaced: str, by: str, sentence: str, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.toml"
    assert replaced in GOOD
    file.write_text(GOOD.replace(replaced, by, 1), encoding="utf-8")
    with pytest.raises(Unreadable) as problem:
        load_template(str(file))
    assert str(problem.value) == f"{file}{sentence}"


def test_a_template_without_statuses_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(re.sub(r"(?s)statuses = .*?\n\]\n", "", GOOD), encoding="utf-8")
    with pytest.raises(Unreadable) as problem:
        load_template(str(file))
    expected = "This is missing; write one or more below lines [[statuses]]."
    assert str(problem.value) == f"{file}: statuses: {expected}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a = 1\nb = '\xff'\n", "{file}, line 2: this is not UTF-8; save the file in that encoding."),
        (b'a = 1\nb = """x\n', "{file}, line 2: this is not TOML (Unterminated string); correct that line."),
        (b"a = " + b"[" * 5000, "{file} is nested too deeply for a template; make it flatter."),
        (b"#" * 1_000_001, "{file} is far too large for a template; name another file."),
        (
            b"",
            '{file}: summary: This is missing; add a line such as summary = "One line that says whom it suits".',
        ),
    ],
)
def test_what_is_no_toml_is_refused(content: bytes, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_bytes(content)
    with pytest.raises(Unreadable) as problem:
        load_template(str(file))
    assert str(problem.value) == sentence.format(file=file)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    for name, sentence in {
        str(missing): f"There is no file {missing}; check the name and the folder.",
        str(tmp_path): f"{tmp_path} is a folder; name a file inside it.",
        "hasin-haseb": "There is no template “hasin-haseb”; did you mean “hesin-haseb”? There are: blank, hesin-haseb, "
        "sahab, sales; or give a TOML file.",
        "zoo": "There is no template “zoo”. There are: blank, hesin-haseb, sahab, sales; or give a TOML file.",
    }.items():
        with pytest.raises(Unreadable) as problem:
            load_template(name)
        assert str(problem.value) == sentence


def test_without_a_zone_the_desk_keeps_the_machines_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(GOOD.replace('zone = "America/New_York"\n', ""), encoding="utf-8")
    monkeypatch.setenv("TZ", "Asia/Baghdad")
    assert load_template(str(file)).workspace.zone == "Asia/Baghdad"


@given(st.text(max_size=30))
def test_no_text_makes_a_title_that_harms_a_terminal(title: str) -> None:
    """A title of any letters is either taken cleaned or refused with a sentence of one line."""
    from tempfile import TemporaryDirectory

    quoted = "".join(f"\\U{ord(letter):08x}" for letter in title if not 0xD800 <= ord(letter) < 0xE000)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "any.toml"
        file.write_text(GOOD.replace('title = "Desk"', f'title = "{quoted}"'), encoding="utf-8")
        try:
            said = load_template(str(file)).workspace.title
        except Unreadable as problem:
            said = str(problem)
    assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Co", "Zl", "Zp"} for letter in said)


def test_each_built_in_template_is_a_file_that_can_be_copied() -> None:
    for name in BUILT_IN:
        file = paths.templates_folder() / f"{name}.toml"
        assert load_template(str(file)) == load_template(name)


def without_ids(loaded: Definitions, template: Template) -> Template:
    """What was loaded as the template that it would be, with ids as a template has them."""

    def bare(fields: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(replace(each, id=0, status_id=None) for each in fields)

    return Template(
        key=template.key,
        summary=template.summary,
        workspace=replace(loaded.workspace, id=0),
        statuses=tuple(replace(each, id=0, fields=bare(each.fields)) for each in loaded.statuses),
        fields=bare(tuple(each for each in loaded.fields if not each.playbook)),
        channels=tuple(replace(each, id=0) for each in loaded.channels),
        needs=tuple(replace(each, id=0) for each in loaded.needs),
        case_kinds=tuple(replace(each, id=0) for each in loaded.case_kinds),
        opening=loaded.opening,
        texts=tuple(replace(each, id=0) for each in loaded.texts),
    )
