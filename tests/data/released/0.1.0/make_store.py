"""Makes the store of release 0.1.0 that later versions must open: run at the commit that README.md names.

    PYTHONPATH=tests:tests/tui uv run python make_store.py FOLDER

Everything goes through the release's own services, and whatever only dialogs write is typed into its own dialogs.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import sqlite3
import sys
from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desk_driving import Driver, driven
from desk_making import MovingClock
from leadtui.services.desk import Desk, create_desk, open_desk
from stillness import wait_by_stillness
from textual.widgets import Input, TextArea

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.field_filter import FieldFilter
from leadtui.domain.permission import AGENT_PROFILE, Permission, Profile
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.domain.view import Arrangement, ColumnChoice, LeadFilter, View, custom_sort
from leadtui.services import (
    assigning,
    defining,
    do_not_call,
    editing,
    erasing,
    follow_up,
    given,
    leads,
    merging,
    presence,
    profiles,
    reminders,
    several,
    undo,
    views,
)
from leadtui.services.colleagues import add_colleague, change_colleague
from leadtui.services.importing import running
from leadtui.services.importing.options import ImportOptions
from leadtui.services.importing.report import ImportReport
from leadtui.services.importing.undoing import undo_import
from leadtui.services.templates import load_template
from leadtui.settings import Settings, save_settings
from leadtui.tui.commands import COMMANDS
from leadtui.tui.screens.settings.screen import SettingsScreen
from leadtui.tui.screens.unfinished_dialog import UnfinishedDialog
from leadtui.tui.widgets.form_field import FormField

BEGAN = datetime(2026, 11, 8, 6, 0, tzinfo=UTC)
"""Sunday 17 Aban 1405, 9:30 in Tehran."""

NEDA, REZA, LEILA = "neda@example.com", "reza@example.com", "leila@example.com"

OPTIONS = ("A", "B", "C")
SIZE = (160, 50)

IMPORTED = """نام,تلفن,تلفن دوم,ایمیل,شهر,مقطع,رشته,نیاز,شرکت,توضیحات
مینا صادقی,0912 000 0101,,mina@example.com,تهران,کارشناسی,حسابداری,جویای کار,,ساعت ۵ تماس بگیرید
رضا کاظمی,0912 000 0102,021 8877 0102,reza.k@example.com,کرج,کارشناسی ارشد,مدیریت,کارفرما,کاظمی و پسران,
سارا یزدانی,0912 000 0103,,sara@example.com,یزد,دکتری,مالی,مدرس,,
علی‌رضا موسوی,0912 000 0104,,,شیراز,,,,,
فاطمه نوری,0912 000 0105,,fateme@example.com,قم,کارشناسی,حسابداری,کارآموز,,
حسین عباسی,0912 000 0106,,,تبریز,,,,,
زهرا کیانی,0912 000 0107,,zahra@example.com,رشت,کاردانی,,جویای کار,,
امید رضایی,0912 000 0108,,,مشهد,,,,,
نسرین عزیزی,0912 000 0109,,nasrin@example.com,اهواز,کارشناسی,نرم‌افزار,کارفرمای نرم‌افزار,پویا,
گلناز ابراهیمی,0912 000 0110,,,کرمان,,,,,
پوریا نیک‌نام,0912 000 0111,,pouria@example.com,قزوین,,,,,
ژاله گودرزی,0912 000 0112,,,ساری,,,,,
Emma Clark,+44 161 496 0951,,emma.clark@example.org,London,,,,Clark & Sons,speaks no Persian
Adam Novak,+1 212 555 0121,,adam@example.org,Boston,Bachelor,,,,
Beth Novak,+1 212 555 0122,,beth@example.org,Boston,,,,,
Carl Novak,+1 212 555 0123,,carl@example.org,Boston,,,,,
خالد الشامي,+964 771 000 1042,,khaled@example.com,بغداد,,,,,
Olga Kern,+49 30 5550131,,olga@example.org,Berlin,,,,,
Petra Kern,+49 30 5550132,,petra@example.org,Berlin,,,,,
Dara O’Neil,+1 212 555 0141,,dara@example.org,Dublin,,,,,
"""

LATER = """name,phone,city,email,note,channel
امید رضایی,0912 000 0108,نیشابور,omid@example.com,دوباره ثبت‌نام کرد,نمایشگاه
New Person,+1 212 555 0151,Oslo,new@example.org,,autumn fair
New Other,+1 212 555 0152,Oslo,other@example.org,,
"""

TAKEN_BACK = """name,phone,city
By Mistake,+1 212 555 0161,Rome
Mistaken,+1 212 555 0162,Rome
"""

STOPPED = "name,phone,city\n" + "".join(f"Latecomer {n},+1 212 555 01{70 + n},Lima\n" for n in range(7))
STOPPED_AFTER = 3

CALLS = (
    '"","09120000112","02188776655","from-trunk","""z"" <z>","SIP/trunk-1","SIP/101-1","Dial","SIP/101,30",'
    '"2026-11-17 09:41:00","2026-11-17 09:41:15","2026-11-17 09:43:15","135","120","ANSWERED","DOCUMENTATION",'
    '"1726825260.1",""\n'
    '"","101","09120000108","from-internal","""101"" <101>","SIP/trunk-2","SIP/101-2","Dial","SIP/101,30",'
    '"2026-11-17 10:00:00","2026-11-17 10:00:08","2026-11-17 10:04:03","243","235","ANSWERED","DOCUMENTATION",'
    '"1726826400.3",""\n'
)

VISIT_ANSWERS = {
    FieldKind.TEXT: "در دفتر مرکزی",
    FieldKind.LONG_TEXT: "طبقهٔ سوم\nزنگ دوم",
    FieldKind.NUMBER: "12",
    FieldKind.MONEY: "180000000",
    FieldKind.DATE: "1405/09/20",
    FieldKind.TIME: "16:30",
    FieldKind.WEEKDAY: "دوشنبه",
    FieldKind.CHOICE: "B",
    FieldKind.CHOICES: "A\nC",
    FieldKind.YES_NO: "yes",
    FieldKind.PHONE: "0912 000 0999",
    FieldKind.EMAIL: "visit@example.com",
    FieldKind.LINK: "https://example.com/visit",
    FieldKind.PERSON: LEILA,
}
"""What is typed into a field of each kind."""


class Office:
    """The three people at one store, and the clock on their wall."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "store.db"
        self.clock = MovingClock(BEGAN)
        self.neda = create_desk(self.path, load_template("hesin-haseb"), "ندا کریمی", NEDA, self.clock)
        add_colleague(self.neda, "Reza Amini", REZA)
        add_colleague(self.neda, "لیلا حسینی", LEILA)
        self.reza = open_desk(self.path, REZA, self.clock)
        self.leila = open_desk(self.path, LEILA, self.clock)

    def lead(self, reference: str) -> int:
        """The id of a customer by the end of their number."""
        return leads.find_lead(self.neda, reference).id

    def status(self, key: str) -> Status:
        """The status of that key."""
        return next(each for each in self.neda.definitions.statuses if each.key == key)

    def version(self, lead_id: int) -> int:
        """The version of the customer by now."""
        return leads.open_lead(self.neda, lead_id).lead.version

    def import_text(self, name: str, text: str, mapping: Mapping[str, str] | None = None) -> ImportReport:
        """Import a file of that text."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        (report,) = running.import_files(self.neda, [path], ImportOptions(mapping or {}))
        path.unlink()
        return report

    def reload(self) -> None:
        """Let everybody learn what was defined."""
        for desk in (self.neda, self.reza, self.leila):
            desk.reload_definitions()


def fields_of_each_kind(prefix: str) -> tuple[Field, ...]:
    """One field of each kind."""
    return tuple(
        Field(
            0,
            f"{prefix}_{kind.name.casefold()}",
            f"{prefix} {kind.value}",
            kind,
            OPTIONS if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else (),
        )
        for kind in FieldKind
    )


def define(office: Office) -> None:
    """Fields of every kind, statuses, channels, needs, profiles; some of them retired."""
    neda = office.neda
    for field in fields_of_each_kind("own"):
        defining.save_field(neda, field)
    old = defining.save_field(neda, Field(0, "", "Shoe size", FieldKind.NUMBER))
    defining.retire(neda, defining.FIELD, old.id)
    visit = Status(
        0, "", "Visit", "◇", "teal", 0, cartable=CartableRule.NEXT, reminder=ReminderRule.MUST,
        owner_title="Who goes", fields=fields_of_each_kind("visit"),
    )  # fmt: skip
    defining.save_status(neda, visit)
    defining.save_status(neda, Status(0, "", "No answer", "○", "grey"))
    gone = defining.save_status(neda, Status(0, "", "Fax sent"))
    defining.retire(neda, defining.STATUS, gone.id)
    defining.add_titled(neda, defining.CHANNEL, "نمایشگاه")
    defining.add_titled(neda, defining.NEED, "Audit")
    agent = neda.definitions.profile(AGENT_PROFILE)
    assert agent is not None
    trainee = Profile(0, "", "کارآموز", permissions=agent.permissions - {Permission.SEE_NUMBERS})
    profiles.save_profile(neda, trainee)
    add_colleague(neda, "Old Hand", "old@example.com")
    old_hand = next(each for each in neda.definitions.colleagues if each.email == "old@example.com")
    change_colleague(neda, old_hand.id, "Old Hand", AGENT_PROFILE, active=False)
    office.reload()


def import_all(office: Office) -> None:
    """One import that stays, one with calls, one that tells of people again, and one that was taken back."""
    office.import_text("register.csv", IMPORTED)
    office.clock.move(days=1)
    report = office.import_text("mistake.csv", TAKEN_BACK)
    assert report.batch_id is not None
    undo_import(office.neda, report.batch_id)
    office.clock.move(days=9)
    office.import_text("calls.csv", CALLS)
    office.clock.move(days=1)
    office.import_text("later.csv", LATER, mapping={"city": "city"})
    office.clock.move(days=1)


def work(office: Office) -> None:
    """A step of each kind, each on a customer of its own, so that each can be taken back."""
    neda, reza, clock = office.neda, office.reza, office.clock
    neda_id, reza_id, leila_id = neda.actor.id, reza.actor.id, office.leila.actor.id

    def tick() -> datetime:
        clock.move(minutes=2)
        return clock.now

    # Whoever is given something here has not seen it yet, but for one.
    assigning.assign(neda, [office.lead("0912 000 0106"), office.lead("0912 000 0110")], reza_id, "مالِ تو")
    tick()
    given.mark_seen(reza, office.lead("0912 000 0106"))
    tick()
    leads.add_note(reza, office.lead("0912 000 0106"), "Rang twice,\nنبود")
    tick()
    own = {each.kind: each for each in neda.definitions.open_fields if each.key.startswith("own_")}
    for reference in ("0912 000 0101", "emma.clark@example.org"):
        one = office.lead(reference)
        typed = {custom_sort(own[kind].key): text for kind, text in VISIT_ANSWERS.items()}
        editing.edit_customer(neda, editing.EditCustomer(one, office.version(one), typed))
        tick()
    added = editing.add_customer(
        neda, editing.NewCustomer({"name": "Hanna Weiss", "phone": "+49 30 5550133", "city": "Köln"})
    )
    tick()
    # Status: answers of every kind, an owner, a reminder; one that was taken back; one for two at once.
    visit = office.status("visit")
    answers = {each.key: VISIT_ANSWERS[each.kind] for each in visit.open_fields}
    one = office.lead("0912 000 0101")
    reminders.set_reminder(neda, one, clock.now + timedelta(days=2), "ask about the papers", promised=True)
    tick()
    follow_up.set_status(
        neda,
        follow_up.SetStatus(
            one,
            office.version(one),
            visit.id,
            answers,
            reza_id,
            clock.now + timedelta(days=3),
            note="با مدارک می‌آید",
        ),
    )
    tick()
    erased = editing.add_customer(
        neda, editing.NewCustomer({"name": "Gone Forgood", "phone": "+49 30 5550134"})
    )
    erasing.erase(neda, erased.id, "asked by letter", "Gone Forgood")
    tick()
    taken = office.lead("0912 000 0104")
    no_answer = office.status("no_answer")
    follow_up.set_status(
        neda, follow_up.SetStatus(taken, office.version(taken), no_answer.id, note="hurried")
    )
    tick()
    undo.undo(neda)
    tick()
    both = several.see(neda, [office.lead("olga@example.org"), office.lead("petra@example.org")])
    follow_up.set_status_of(neda, both, no_answer.id)
    tick()
    three = [office.lead(f"{name}@example.org") for name in ("adam", "beth", "carl")]
    assigning.assign(neda, several.see(neda, three), leila_id, "speaks English")
    tick()
    leads.add_note(neda, office.lead("0912 000 0102"), "می‌خواهد قرارداد را ببیند\nasks for a copy")
    tick()
    leads.log_call(neda, office.lead("0912 000 0103"), "+989120000103", clock.now - timedelta(minutes=1), 61)
    tick()
    edited = office.lead("0912 000 0103")
    typed = {
        "city": "Isfahan",
        "phone_other": "0912 000 0203",
        "grade": "",
        custom_sort(own[FieldKind.CHOICE].key): "C",
    }
    editing.edit_customer(neda, editing.EditCustomer(edited, office.version(edited), typed))
    tick()
    kept, lost = office.lead("0912 000 0105"), added.id
    leads.add_note(neda, lost, "the same person")
    tick()
    merging.merge(neda, kept, lost, (office.version(kept), office.version(lost)))
    tick()
    for reference, after in (
        ("0912 000 0107", 1),
        ("0912 000 0109", 1),
        ("0912 000 0111", 1),
        ("dara@example.org", 1),
    ):
        reminders.set_reminder(
            neda, office.lead(reference), clock.now + timedelta(days=after, hours=1), "ring"
        )
        tick()
    ids = {each.reminder.lead_id: each.reminder.id for each in reminders.list_reminders(neda)}
    reminders.acknowledge(neda, ids[office.lead("0912 000 0107")])
    tick()
    reminders.snooze(neda, ids[office.lead("0912 000 0109")], clock.now + timedelta(days=4))
    tick()
    reminders.cancel(neda, ids[office.lead("0912 000 0111")])
    tick()
    do_not_call.forbid(neda, office.lead("0912 000 0112"), "in writing")
    tick()
    do_not_call.allow(neda, office.lead("0912 000 0112"), "they rang us")
    tick()
    do_not_call.forbid(neda, office.lead("khaled@example.com"), "درخواست کرد")
    do_not_call.forbid_number(neda, "+1 212 555 0199", "on the state's list")
    tick()
    # Reza's morning, and one reminder that was missed.
    follow_up.set_status(
        reza,
        follow_up.SetStatus(
            office.lead("0912 000 0110"),
            office.version(office.lead("0912 000 0110")),
            office.status("awaiting_follow_up").id,
            remind_at=clock.now + timedelta(hours=2),
        ),
    )
    clock.move(hours=3)
    mine = several.see(neda, [office.lead(f"0912 000 01{n:02}") for n in (2, 3, 5, 8)])
    assigning.assign(reza, mine, neda_id)
    tick()


def save_views(office: Office) -> None:
    """A view of one's own and one of the team's; between them they name everything that a view can."""
    neda = office.neda
    definitions = neda.definitions
    own = {each.kind: each.key for each in definitions.open_fields if each.key.startswith("own_")}
    by_field = (
        FieldFilter(own[FieldKind.CHOICE], options=frozenset({"B"})),
        FieldFilter(own[FieldKind.CHOICES], options=frozenset({"A"})),
        FieldFilter(own[FieldKind.YES_NO], options=frozenset({"yes"})),
        FieldFilter(own[FieldKind.WEEKDAY], options=frozenset({"0"})),
        FieldFilter(own[FieldKind.PERSON], options=frozenset({str(office.leila.actor.id)})),
        FieldFilter(own[FieldKind.NUMBER], least="10", most="20"),
        FieldFilter(own[FieldKind.MONEY], least="1000"),
        FieldFilter(own[FieldKind.DATE], least="2026-01-01", most="2027-01-01"),
        FieldFilter(own[FieldKind.TIME], least="08:00", most="20:00"),
        FieldFilter(own[FieldKind.TEXT], contains="دفتر"),
        FieldFilter(own[FieldKind.LONG_TEXT], contains="سوم"),
        FieldFilter(own[FieldKind.PHONE], contains="999"),
        FieldFilter(own[FieldKind.EMAIL], contains="visit"),
        FieldFilter(own[FieldKind.LINK], contains="example.com"),
    )
    columns = (
        ColumnChoice("name", width=24),
        ColumnChoice(custom_sort(own[FieldKind.MONEY]), width=14),
        ColumnChoice("city"),
        ColumnChoice("email", shown=False),
    )
    everything = LeadFilter(
        status_ids=frozenset({office.status("visit").id}),
        without_status=True,
        owner_ids=frozenset({neda.actor.id, office.reza.actor.id}),
        without_owner=True,
        cities=frozenset({"تهران", "London"}),
        channel_ids=frozenset(each.id for each in definitions.channels),
        entered_from=BEGAN - timedelta(days=1),
        entered_before=BEGAN + timedelta(days=30),
        need_ids=frozenset({definitions.needs[0].id}),
        without_need=True,
        grades=frozenset({"کارشناسی", ""}),
        fields=by_field,
    )
    view = View(sort=custom_sort(own[FieldKind.NUMBER]), descending=False, filter=everything)
    views.save_view(neda, "All that a view can say", Arrangement(view, columns), shared=True)
    boston = View(sort="name", descending=False, find="novak")
    views.save_view(neda, "نواک‌ها", Arrangement(boston))
    views.save_view(office.reza, "Reza’s", Arrangement(View(sort="city")))


def stop_import(office: Office) -> None:
    """An import that is stopped after its first rows; its file stays."""
    path = office.folder / "stopped.csv"
    path.write_text(STOPPED, encoding="utf-8")
    usual, running.CHUNK_ROWS = running.CHUNK_ROWS, STOPPED_AFTER

    def stop(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        running.import_files(office.neda, [path], progress=stop)
    running.CHUNK_ROWS = usual


@contextlib.asynccontextmanager
async def lost(office: Office, desk: Desk, reference: str = "") -> AsyncGenerator[Driver]:
    """The person's program, that customer open; it ends while something is half typed."""
    office.clock.move(minutes=1)
    async with driven(desk, size=SIZE) as at:
        if isinstance(at.app.screen, UnfinishedDialog):
            await at.press("escape")
        if reference:
            at.app.open_lead(office.lead(reference))
            await at.settled()
        yield at


def fill(at: Driver, texts: dict[str, str]) -> None:
    """Put these texts into the form's fields."""
    fields = {each.key: each for each in at.app.screen.query(FormField)}
    for key, text in texts.items():
        fields[key].text = text


async def choose(at: Driver, words: str) -> None:
    """Choose all customers that a search finds."""
    await at.press("/")
    await at.type(words)
    await at.press("enter", "ctrl+a")


async def type_everything(office: Office) -> None:
    """Every dialog that keeps what is typed, half filled."""
    neda, reza = office.neda, office.reza
    async with lost(office, neda, "0912 000 0102") as at:
        await at.press("m")
        await at.type("نیمهٔ یک فکر")
        await at.press("enter")
        await at.type("half a thought")
    async with lost(office, neda, "emma.clark@example.org") as at:
        await at.press("s")
        await at.type("visit")
        if not isinstance(at.app.screen.focused, Input | TextArea):
            await at.press("enter")
        visit = office.status("visit")
        texts = {
            f"answer.{each.kind.value}.{each.key}": VISIT_ANSWERS[each.kind] for each in visit.open_fields
        }
        fill(at, {**texts, "owner": REZA, "remind": "فردا ۱۰", "note": "brings her diploma"})
    async with lost(office, neda, "0912 000 0103") as at:
        await at.press("r")
        await at.type("شنبه ۹:۳۰")
        await at.press("tab")
        await at.type("about the lease")
        await at.press("tab", "space")
    async with lost(office, neda, "0912 000 0104") as at:
        await at.press("c")
    async with lost(office, neda, "0912 000 0108") as at:
        await at.press("e", "end")
        await at.type(" نیشابوری")
        own = {each.kind: each.key for each in neda.definitions.open_fields if each.key.startswith("own_")}
        fill(
            at, {"city": "Sabzevar", **{custom_sort(own[kind]): text for kind, text in VISIT_ANSWERS.items()}}
        )
    async with lost(office, neda) as at:
        await at.press("a")
        await at.type("Newcomer Half")
        fill(at, {"phone": "0912 000 04", "city": "Tabriz", "need": "Audit"})
    async with lost(office, neda, "0912 000 0106") as at:
        await at.press("d")
        await at.type("asked on the phone")
    async with lost(office, neda, "0912 000 0110") as at:
        await at.press("delete")
        await at.type("a request of 1405")
    async with lost(office, neda) as at:
        await choose(at, "novak")
        await at.press("delete")
        await at.type("three by mistake")
    async with lost(office, neda, "0912 000 0111") as at:
        await at.press("o")
        await at.type("rez")
        await at.press("tab")
        await at.type("speaks German")
    async with lost(office, neda) as at:
        await choose(at, "kern")
        await at.press("o")
        await at.type("leil")
        await at.press("tab")
        await at.type("the two of Berlin")
    async with lost(office, neda, "0912 000 0105") as at:
        await at.press("g")
        await at.type("kern")
        await at.press("enter", "right")
    async with lost(office, neda) as at:
        await at.press("w", "f2")
        await at.type("Tehran mornings")
        await at.press("tab", "space")
    await type_settings(office)
    # One that was left by oneself, and two of Reza's.
    async with lost(office, neda, "0912 000 0109") as at:
        await at.press("m")
        await at.type("left for later")
        await at.press("escape")
    async with lost(office, reza, "0912 000 0110") as at:
        await at.press("s")
        await at.type("منتظر")
        if not isinstance(at.app.screen.focused, Input | TextArea):
            await at.press("enter")
        fill(at, {"remind": "tomorrow 11", "note": "Reza’s own words"})
    async with lost(office, reza) as at:
        await at.press("w", "down", "down", "f4", "end")
        await at.type(" and hers")


async def type_settings(office: Office) -> None:
    """A definition of each sort, not saved."""
    neda = office.neda
    async with lost(office, neda) as at:
        await at.press("f2")
        screen = at.app.screen
        assert isinstance(screen, SettingsScreen)
        # A status that gets another name and a field.
        await at.click_words("No answer")
        await at.press("enter", "end")
        await at.type(" today")
        await at.press(*["enter"] * 7)
        await at.type("Room")
        await at.press("enter")
        await at.type("choice")
        await at.press("enter", "enter")
        await at.type("upstairs, downstairs")
        for tab, typed in (
            ("2", "Half a field"),
            ("3", "نمایشگاه پاییز"),
            ("5", "Sara Novak"),
            ("6", "Night shift"),
        ):
            screen.at = int(tab) - 1
            await at.settled()
            await at.press("a")
            await at.type(typed)
        screen.at = 3
        await at.settled()
        await at.press("enter", "end")
        await at.type(" or more")


async def leave_desks(office: Office) -> None:
    """Each in their own way; Leila has never opened hers."""
    async with lost(office, office.neda) as at:
        await at.press("w")
        await at.type("1")
        await at.press("v", "z")
    async with lost(office, office.reza, "0912 000 0106") as at:
        await at.press("3", "tab", "v", "k", "down", "space", "enter")
        at.app.open_lead(office.lead("0912 000 0106"))
        await at.settled()


def someone_here(office: Office) -> None:
    """Two terminals that were killed."""
    presence.beat(office.reza, "the terminal at which Reza sits", office.lead("0912 000 0106"))
    presence.beat(office.leila, "the terminal at which Leila sits", None)


def write_settings(folder: Path) -> None:
    """A person's settings with a key for every command, some of them not the usual."""
    own_keys = {
        "set-status": "s,f4",
        "next-lead": "ctrl+n,n",
        "note": "f11,m",
        "reverse": "V",
        "part-today": "alt+1",
        "leave-day": "escape,backspace",
        "save-status": "ctrl+s,f12",
        "reminder-done": "d",
        "density": "Y",
    }
    keymap = {each.name: own_keys.get(each.name, ",".join(each.keys)) for each in COMMANDS}
    settings = Settings(
        calendar="gregorian",
        theme="leadtui-day",
        dial="true {number}",
        bell=False,
        density="compact",
        keymap=keymap,
    )
    save_settings(settings, folder / "settings.toml")


def close(office: Office) -> None:
    """One small file, without a log beside it."""
    for desk in (office.neda, office.reza, office.leila):
        desk.close()
    with contextlib.closing(sqlite3.connect(office.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("VACUUM")
    packed = gzip.compress(office.path.read_bytes(), mtime=0)
    for suffix in ("", "-wal", "-shm"):
        Path(f"{office.path}{suffix}").unlink(missing_ok=True)
    (office.folder / "store.db.gz").write_bytes(packed)


def make(folder: Path) -> None:
    """Live through it all."""
    folder.mkdir(parents=True, exist_ok=True)
    wait_by_stillness()
    office = Office(folder)
    define(office)
    import_all(office)
    work(office)
    save_views(office)
    asyncio.run(type_everything(office))
    asyncio.run(leave_desks(office))
    stop_import(office)
    someone_here(office)
    close(office)
    write_settings(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
