"""Two desks with a believable morning on them, one in English and one in Persian, the same at every making."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from session_making import NOON, MovingClock, business, hire, status_of

from leadtui.domain.lead import LeadNumber
from leadtui.language.phone import parse_phone
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import log_call, open_lead
from leadtui.services.session import Session
from leadtui.store.lead_writing import NewLead, insert_leads

ME, FIRST, SECOND = 0, 1, 2
"""Who does a step, and to whom it goes: the person, or one of the two colleagues."""

PERSON = "neda@example.com"

HOUR = 60
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Step:
    """One status that was set `ago` minutes before the morning; `due` is minutes after it."""

    ago: int
    status: str
    note: str = ""
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    by: int = ME
    to: int | None = None
    due: int | None = None
    promised: bool = False
    rang: int = 0
    """Seconds of the call before it; 0 where there was none."""


@dataclass(frozen=True, slots=True)
class Person:
    """A customer who came in `ago` minutes before the morning."""

    name: str
    number: str
    city: str
    ago: int
    channel: int = 0
    email: str = ""
    grade: str = ""
    major: str = ""
    need: int | None = None
    mine: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One desk: its template, its people, and the morning at which it is looked at (aware UTC)."""

    template: str
    person: str
    morning: datetime
    colleagues: tuple[str, str]
    people: tuple[Person, ...]


def make_story(folder: Path, story: Story) -> Path:
    """Live through the story in a new store, and return its file."""
    clock = MovingClock(story.morning - timedelta(days=30))
    path = folder / "made.db"
    session = Session.create(path, business(story.template), story.person, PERSON, clock)
    sessions = [session]
    for name, address in zip(story.colleagues, ("reza@example.com", "leila@example.com"), strict=True):
        sessions.append(hire(session, name, address, clock))
    events: list[tuple[int, int, Step | None]] = []
    for place, person in enumerate(story.people):
        events.append((person.ago, place, None))
        events += [(step.ago, place, step) for step in person.steps]
    ids: dict[int, int] = {}
    for ago, place, step in sorted(events, key=lambda event: -event[0]):
        clock.now = story.morning - timedelta(minutes=ago)
        if step is None:
            ids[place] = _enter(session, story.people[place])
        else:
            _take(sessions, ids[place], step, story.morning)
    for each in sessions:
        each.close()
    return path


def open_story(made: Path, folder: Path, story: Story) -> tuple[Session, MovingClock]:
    """A copy of the store that only this test changes, opened by the person, and the clock that stands at the morning."""
    clock = MovingClock(story.morning)
    shutil.copyfile(made, folder / "story.db")
    return Session.open(folder / "story.db", PERSON, clock), clock


def _enter(session: Session, person: Person) -> int:
    number = parse_phone(person.number, session.workspace.region)
    assert number is not None
    defined = session.definitions
    new = NewLead(
        {
            "name": person.name,
            "entered_at": session.now(),
            "city": person.city,
            "email": person.email,
            "grade": person.grade,
            "major": person.major,
            "channel_first_id": defined.channels[person.channel].id,
            "need_id": None if person.need is None else defined.needs[person.need].id,
            "owner_id": session.actor.id if person.mine else None,
        },
        numbers=(LeadNumber(number.e164, number.written, number.extension),),
    )
    with session.write() as tx:
        return insert_leads(tx, [new], session.now(), None)[0]


def _take(sessions: list[Session], lead_id: int, step: Step, morning: datetime) -> None:
    session = sessions[step.by]
    lead = open_lead(session, lead_id).lead
    if step.rang:
        lead = log_call(session, lead_id, lead.phone, session.now() - timedelta(seconds=step.rang), step.rang)
    set_status(
        session,
        SetStatus(
            lead_id,
            lead.version,
            status_of(session, step.status).id,
            step.answers,
            owner_id=None if step.to is None else sessions[step.to].actor.id,
            remind_at=None if step.due is None else morning + timedelta(minutes=step.due),
            promised=step.promised,
            note=step.note,
        ),
    )


ENGLISH = Story(
    template="sales",
    person="Neda Karimi",
    morning=datetime(2024, 10, 1, 14, 42, tzinfo=UTC),
    colleagues=("Reza Amini", "Layla Haddad"),
    people=(
        Person(
            "Mina Sadeghi", "(206) 555-0142", "Seattle", 6 * DAY, 3, "mina.sadeghi@example.com", "Bachelor",
            "Accounting", 1,
            steps=(
                Step(5 * DAY, "no_answer", rang=31),
                Step(4 * DAY, "voicemail", "asked to be rung on Tuesday morning", rang=48),
                Step(19 * HOUR, "call_back", "wants the offer for 25 seats; will have asked her partner by then",
                     due=3, promised=True, rang=212),
            ),
        ),
        Person(
            "Paul Becker", "+49 1512 3456789", "Berlin", 8 * DAY, 0, "p.becker@example.net", need=3,
            steps=(Step(2 * DAY, "interested", "sent him the comparison", {"plan": "Team"}, due=25, rang=360),),
        ),
        Person("Renée Carter", "(435) 555-0186", "Detroit", 95, 2, "renee.carter@example.com", mine=True),
        Person("Henry Whitfield", "(248) 555-0182", "Minneapolis", 3 * HOUR, 0, mine=True, need=0),
        Person("Naomi Davis", "+44 20 7946 0124", "", 5 * HOUR, 6, "naomi@example.org", mine=True),
        Person(
            "Keisha Young", "(281) 555-0147", "Houston", 9 * DAY, 5, "k.young@example.com",
            steps=(
                Step(26 * HOUR, "demo_booked", "prefers to see the reports first",
                     {"date": "2024-10-01", "time": "14:00", "link": "meet.example.com/keisha"}, FIRST, ME, 178),
            ),
        ),
        Person(
            "Darnell Mitchell", "(251) 555-0114", "Mobile", 11 * DAY, 1, "darnell@example.com",
            steps=(Step(3 * DAY, "proposal_sent", "twelve seats, yearly", {"amount": "8640"}, due=DAY + 18),),
        ),
        Person(
            "Sophie Okafor", "(218) 555-0181", "Pittsburgh", 15 * DAY, 0, "sophie.okafor@example.com",
            steps=(Step(5 * DAY, "call_back", "on holiday until Friday", due=3 * DAY + 78, rang=40),),
        ),
        Person(
            "Luis Roberts", "(317) 555-0104", "Oakland", 13 * DAY, 2, "luis.roberts@example.net",
            steps=(Step(6 * DAY, "no_answer", rang=20),),
        ),
        Person(
            "Maria Hughes", "+44 117 496 0211", "Bristol", 7 * HOUR, 0, "maria.hughes@example.com",
            steps=(Step(2 * HOUR, "demo_booked", "", {"date": "2024-10-03", "time": "11:00"}, ME, FIRST, 2 * DAY),),
        ),
        Person(
            "Ewan Green", "+44 161 496 0219", "Manchester", 16 * DAY, 4, "ewan@example.com",
            steps=(Step(DAY, "won", "signed", {"plan": "Business", "amount": "21600"}, FIRST),),
        ),
        Person(
            "Samuel Khan", "(310) 555-0116", "Cleveland", 10 * DAY, 6, "sam.khan@example.com",
            steps=(Step(4 * HOUR, "voicemail", by=SECOND),),
        ),
        Person(
            "Trevor Nelson", "(417) 555-0142", "Springfield", 12 * DAY, 5, "",
            steps=(Step(3 * DAY, "lost", "", {"reason": "Chose a competitor"}, SECOND),),
        ),
        Person(
            "Yuki Miller", "(276) 555-0108", "Roanoke", 4 * DAY, 1, "yuki@example.com",
            steps=(Step(2 * DAY, "do_not_call", "", {"reason": "asked us to stop"}, FIRST),),
        ),
        Person("Majed Al-Shami", "+964 770 001 2345", "Baghdad", 50, 1, "majed@example.com"),
        Person("Claire Moore", "(276) 555-0115", "San Diego", 20, 0, "claire.moore@example.com", need=0),
        Person("Erin Nelson", "(504) 555-0181", "New Orleans", 4, 0, "erin.nelson@example.com", "Doctorate", "Engineering"),
        Person("Eric Green", "(313) 555-0180", "Albany", 26 * HOUR, 0, "eric@example.com"),
        Person("Kenji Davis", "(412) 555-0115", "Pittsburgh", 27 * HOUR, 1),
        Person("Sepideh Pourmohammad", "(323) 555-0149", "Los Angeles", 30 * HOUR, 5, "sepideh@example.com"),
        Person("Zoë Patel", "(434) 555-0116", "Charlottesville", 2 * DAY, 8, "zoe.patel@example.org"),
        Person("حسن السید", "+962 7 9001 4550", "عمّان", 52 * HOUR, 1, "hassan@example.com"),
        Person("James Price", "(240) 555-0150", "Boston", 3 * DAY, 2, "james.price@example.com"),
        Person("Oliver Johnson", "(361) 555-0182", "Atlanta", 5 * DAY, 0, "oliver@example.com"),
    ),
)  # fmt: skip

PERSIAN = Story(
    template="hesin-haseb",
    person="ندا کریمی",
    morning=NOON,
    colleagues=("رضا کریمی", "لیلا حدادی"),
    people=(
        Person(
            "مینا صادقی", "0914 300 9087", "تبریز", 6 * DAY, 3, "mina.sadeghi@example.com", "کارشناسی",
            "حسابداری", 0,
            steps=(
                Step(5 * DAY, "awaiting_follow_up", "پشت فرمان بود. قرار شد فردا تماس بگیرم.", due=-4 * DAY, rang=31),
                Step(19 * HOUR, "awaiting_follow_up",
                     "فرم رزومه را خواست؛ امشب پر می‌کند و فردا پیش از ظهر منتظر تماس است", due=3, promised=True, rang=212),
            ),
        ),
        Person(
            "بهرام نوری", "0911 180 9900", "رشت", 8 * DAY, 1, "bahram@example.com", need=2,
            steps=(
                Step(2 * DAY, "awaiting_exam", "منابع آزمون را فرستادم", {"exam_date": "1403/07/20"}, due=25, rang=360),
            ),
        ),
        Person("سارا احمدی", "0912 345 6789", "تهران", 95, 0, "sara.ahmadi@example.com", mine=True),
        Person("کریم حداد", "0919 662 7788", "کرج", 3 * HOUR, 2, mine=True, need=1),
        Person("حمید فراهانی", "0913 447 2201", "", 5 * HOUR, 5, "hamid@example.org", mine=True),
        Person(
            "شیرین ملکی", "0917 808 1123", "شیراز", 9 * DAY, 4, "shirin@example.com",
            steps=(
                Step(26 * HOUR, "in_person_meeting", "مدرکش را می‌آورد",
                     {"day": "شنبه", "date": "1403/07/07", "time": "14:00"}, FIRST, ME, 178),
            ),
        ),
        Person(
            "علی رستمی", "0915 221 4010", "مشهد", 11 * DAY, 1, "ali.rostami@example.com",
            steps=(Step(3 * DAY, "awaiting_follow_up", "قیمت را با جای دیگری مقایسه می‌کند", due=DAY + 18),),
        ),
        Person(
            "ریحانه توکلی", "0935 118 2290", "اصفهان", 15 * DAY, 0, "reyhaneh@example.com",
            steps=(Step(5 * DAY, "online_meeting", "", {"date": "1403/07/10", "time": "12:00"}, SECOND, ME, 3 * DAY),),
        ),
        Person(
            "کاوه صمدی", "0902 707 1427", "قم", 13 * DAY, 2, "kaveh@example.net",
            steps=(Step(6 * DAY, "referred", "", {"reason": "کار مالیاتی دارد"}, SECOND, ME),),
        ),
        Person(
            "الهام جعفری", "0913 551 8172", "یزد", 7 * HOUR, 0, "elham@example.com",
            steps=(
                Step(2 * HOUR, "in_person_meeting", "",
                     {"day": "دوشنبه", "date": "1403/07/09", "time": "11:00"}, ME, FIRST, 2 * DAY),
            ),
        ),
        Person(
            "آرش مرادی", "0913 340 6617", "اصفهان", 16 * DAY, 4, "arash@example.com",
            steps=(Step(DAY, "cooperation", "", {"cooperation_title": "حسابدار ثابت در محل"}, FIRST),),
        ),
        Person(
            "یاسمن سعیدی", "0916 612 4545", "اهواز", 10 * DAY, 5, "yasaman@example.com",
            steps=(Step(4 * HOUR, "awaiting_follow_up", "", by=SECOND, due=5 * HOUR),),
        ),
        Person(
            "زهرا کیانی", "0912 700 3344", "قم", 12 * DAY, 6, "",
            steps=(Step(3 * DAY, "withdrew", "", {"reason": "هزینه"}, SECOND),),
        ),
        Person(
            "سمیر خلیل", "0990 006 2898", "خرم‌آباد", 4 * DAY, 1, "samir@example.com",
            steps=(Step(2 * DAY, "blacklist", "", {"reason": "درخواست کرد تماس نگیریم"}, FIRST),),
        ),
        Person(
            "فرید تهرانی", "0935 006 8076", "تهران", 14 * DAY, 1, "farid@example.com",
            steps=(Step(2 * DAY, "contract", "", {"product": "سامانه مودیان", "amount": "180000000"}, FIRST),),
        ),
        Person("گلناز ابراهیمی", "0991 006 5030", "کرمان", 20, 0, "golnaz@example.com", need=3),
        Person("امید رضایی", "0915 000 4010", "مشهد", 4, 0, "omid.rezaei@example.com", "دکتری", "مدیریت مالی"),
        Person("نسرین عزیزی", "0933 005 8025", "اهواز", 26 * HOUR, 0, "nasrin@example.com"),
        Person("محمدرضا منصوری‌نژاد", "0922 006 1680", "کرمانشاه", 27 * HOUR, 1),
        Person("لیلا حسینی", "0917 006 1071", "شیراز", 30 * HOUR, 5, "leila.hosseini@example.com"),
        Person("Emma Clark", "+44 161 496 0951", "London", 2 * DAY, 7, "emma.clark@example.org"),
        Person("خالد الشامي", "+964 771 000 1042", "بغداد", 52 * HOUR, 1, "khaled@example.com"),
        Person("پوریا نیک‌نام", "0936 803 9459", "قزوین", 3 * DAY, 2, "pouria@example.com"),
        Person("ژاله گودرزی", "0937 951 5220", "ساری", 5 * DAY, 0, "jaleh@example.com"),
    ),
)  # fmt: skip
