"""What the company does beside following up, from the first step to the last, by an agent and the management."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from session_making import MovingClock, Office, add_lead, hire, make_session

from leadtui.domain.case import CaseLead, NotMet
from leadtui.errors import LeadtuiError, Refused
from leadtui.services import cases, leads
from leadtui.services.case_files import Imported, export_cases, import_cases
from leadtui.services.case_limits import pass_time
from leadtui.services.case_shares import shares
from leadtui.services.cases import AnswerCase, CaseFilter, MoveCase, OpenCase
from leadtui.services.membership import remove_colleague
from leadtui.services.session import Session
from leadtui.services.undo import undo


@pytest.fixture
def company(tmp_path: Path, clock: MovingClock) -> Generator[Office]:
    """Neda, who is the management, and Sara, an agent, at the company's own desk."""
    neda = make_session(tmp_path, "hesin-haseb", clock)
    sara = hire(neda, "سارا امینی", "sara@example.com", clock)
    neda.reload_definitions()
    yield Office(neda, sara, clock)
    sara.close()
    neda.close()


def begun(
    session: Session, kind: str, role: str = "", lead_id: int = 0, parent: int | None = None, **answers: str
) -> int:
    people = (CaseLead(role, lead_id),) if role else ()
    return cases.open_case(session, OpenCase(kind, people, "", answers, parent)).case.id


def moved(
    session: Session, case_id: int, move: str, person: int | None = None, why: str = "", **answers: str
) -> str:
    """Make the move; where the case then stands."""
    step = MoveCase(case_id, move, answers=answers, person_id=person, override=why)
    return cases.move_case(session, step).case.state


def reminded(session: Session, lead_id: int) -> list[tuple[str, int]]:
    """What is to be reminded of about the lead, and whom."""
    return [(each.note, each.owner_id) for each in leads.open_lead(session, lead_id).pending]


def test_a_resume_is_reviewed_and_the_first_one_gives_few_titles(company: Office) -> None:
    sara, neda, clock = company.sara, company.neda, company.clock
    lead = add_lead(sara, "مینا صادقی", "09121234567", mine=True)
    resume = begun(sara, "resume", "seeker", lead.id)
    # No field of study and no experience is a reason to encourage: nothing but the consent is needed.
    assert moved(sara, resume, "submit", consent="بله") == "review"
    with pytest.raises(Refused):
        moved(sara, resume, "approve", titles="کارآموز حسابداری", level="کم")
    with pytest.raises(Refused, match="by a move alone"):
        cases.answer_case(sara, AnswerCase(resume, {"skills": "اکسل"}))
    clock.move(days=4)
    assert [each.case_id for each in pass_time(sara)] == [resume]
    assert cases.show_case(neda, resume).shown.case.owner_id == neda.actor.id
    assert moved(neda, resume, "return", comment="مهارت‌ها را بنویسید") == "amend"
    assert moved(sara, resume, "submit", skills="اکسل", consent="بله") == "review"
    for titles in ("مشاور مالی", "حسابدار ثابت در محل\nمشاور مالی"):
        with pytest.raises(NotMet, match="رزومهٔ اول") as refused:
            moved(neda, resume, "approve", titles=titles, level="خوب")
        assert refused.value.overridable
    assert (
        moved(neda, resume, "approve", titles="حسابدار ثابت در محل\nکارآموز حسابداری", level="کم")
        == "approved"
    )
    assert any("جلسهٔ حضوری" in note and who == sara.actor.id for note, who in reminded(sara, lead.id))
    assert moved(sara, resume, "show") == "approved"
    # What an agent records is no co-operation yet; what the management confirmed opens the other titles.
    assert moved(sara, resume, "amend") == "amend"
    assert moved(sara, resume, "submit", consent="بله") == "review"
    together = begun(sara, "cooperation", "person", lead.id, subject="حسابرسی یک شرکت")
    with pytest.raises(NotMet):
        moved(neda, resume, "approve", titles="مشاور مالی", level="خوب")
    with pytest.raises(Refused):
        moved(sara, together, "confirm")
    assert moved(neda, together, "confirm") == "stands"
    assert moved(neda, resume, "approve", titles="مشاور مالی", level="خوب") == "approved"
    other = add_lead(sara, "رضا کریمی", mine=True)
    known = begun(sara, "resume", "seeker", other.id)
    assert moved(sara, known, "submit", consent="نه") == "review"
    assert (
        moved(neda, known, "approve", why="سال‌ها او را می‌شناسیم", titles="برنامه‌نویسی", level="خوب")
        == "approved"
    )
    with pytest.raises(NotMet, match="رضایت"):
        moved(sara, known, "show")


def test_who_left_is_reminded_of_nothing(company: Office) -> None:
    sara, neda = company.sara, company.neda
    lead = add_lead(sara, "مینا صادقی", mine=True)
    resume = begun(sara, "resume", "seeker", lead.id)
    moved(sara, resume, "submit", consent="بله")
    remove_colleague(neda, sara.actor.id)
    moved(neda, resume, "approve", titles="کارآموز حسابداری", level="خوب")
    assert [who for _note, who in reminded(neda, lead.id)] == [neda.actor.id]


def test_of_a_customer_in_no_cartable_is_reminded_who_is_responsible_for_the_case(company: Office) -> None:
    sara, neda = company.sara, company.neda
    lead = add_lead(sara, "مینا صادقی")
    resume = begun(sara, "resume", "seeker", lead.id)
    moved(sara, resume, "submit", consent="بله")
    moved(neda, resume, "approve", titles="کارآموز حسابداری", level="خوب")
    assert [who for _note, who in reminded(neda, lead.id)] == [sara.actor.id]


def test_a_project_gathers_offers_of_which_one_is_chosen(company: Office) -> None:
    sara, neda = company.sara, company.neda
    employer, seeker = add_lead(sara, "شرکت آفتاب", mine=True), add_lead(sara, "مینا صادقی", mine=True)
    project = begun(sara, "project", "employer", employer.id, work="پاره‌وقت", place="تهران")
    assert moved(sara, project, "announce", pay="۲۰۰ میلیون", until="1403/08/01") == "announced"
    offer = begun(sara, "offer", "seeker", seeker.id, project, price="150000000")
    with pytest.raises(NotMet, match=r"رزومهٔ تأییدشده.*ask a supervisor") as refused:
        moved(sara, offer, "send", why="عجله دارد")
    assert not refused.value.overridable
    resume = begun(sara, "resume", "seeker", seeker.id)
    moved(sara, resume, "submit", consent="بله")
    moved(neda, resume, "approve", titles="کارآموز حسابداری", level="خوب")
    assert moved(sara, offer, "send") == "sent"
    with pytest.raises(NotMet, match="پیشنهادی انتخاب نشده"):
        moved(sara, project, "fill")
    assert moved(sara, offer, "choose") == "chosen"
    assert moved(sara, project, "fill") == "filled"
    assert any("به کارفرما زنگ بزنید" in note for note, _who in reminded(sara, employer.id))
    assert [each.case.id for each in cases.show_case(sara, project).children] == [offer]


def test_an_enrolment_works_out_the_instructors_share(company: Office) -> None:
    sara, neda, clock = company.sara, company.neda, company.clock
    teacher, trainee = add_lead(sara, "استاد نوری"), add_lead(sara, "مینا صادقی", mine=True)
    course = begun(sara, "course", whose="دورهٔ اعضا", level="مقدماتی")
    with pytest.raises(NotMet, match="مدرس می‌خواهد"):
        moved(neda, course, "offer", price="50000000", share="30")
    cases.link_lead(neda, course, "teacher", teacher.id)
    with pytest.raises(NotMet, match="سهم مدرس"):
        moved(neda, course, "offer", price="50000000")
    enrolment = begun(sara, "enrolment", "trainee", trainee.id, course)
    with pytest.raises(NotMet, match="عرضه نمی‌شود"):
        moved(sara, enrolment, "enrol", price="45000000")
    assert moved(neda, course, "offer", price="50000000", share="30") == "offered"
    with pytest.raises(Refused, match="whoever approves"):  # whose share it is was reviewed
        cases.unlink_lead(sara, course, "teacher", teacher.id)
    assert moved(sara, enrolment, "enrol", price="45000000") == "enrolled"
    answers = cases.show_case(sara, enrolment).shown.case.answers
    assert (answers["due"], answers["enrolled_on"]) == ("13500000", "2024-09-28")
    again = begun(sara, "enrolment", "trainee", trainee.id, course)
    moved(sara, again, "enrol", price="7500001")
    (share,) = shares(neda)
    assert share.people == ("استاد نوری",)
    assert share.month.isoformat() == "2024-09-22", "the first of Mehr"
    assert (share.cases, f"{share.due:f}", share.void, f"{share.fallen:f}") == (2, "15750000", 0, "0")
    moved(sara, again, "cancel")
    (share,) = shares(neda)
    assert (share.cases, f"{share.due:f}", share.void, f"{share.fallen:f}") == (1, "13500000", 1, "2250000")
    clock.move(days=40)  # a course that nobody kept current for thirty days is looked at again
    pass_time(sara)
    assert cases.show_case(sara, course).shown.case.state == "outdated"
    assert moved(neda, course, "offer", price="55000000") == "offered"
    assert moved(sara, enrolment, "finish") == "finished"


def test_a_teachers_access_opens_after_the_meeting_and_the_approval_alone(company: Office) -> None:
    sara, neda = company.sara, company.neda
    lead = add_lead(sara, "استاد نوری", mine=True)
    case = begun(sara, "teacher", "teacher", lead.id, subject="حسابداری")
    for move, by, answers in (
        ("approve", neda, {"level": "متوسط", "content": "سه فصل"}),
        ("open", neda, {}),
        ("meet", sara, {}),
    ):
        with pytest.raises(LeadtuiError):
            moved(by, case, move, None, "", **answers)
    assert moved(sara, case, "meet", met_on="1403/07/05") == "met"
    with pytest.raises(Refused):
        moved(sara, case, "approve", level="متوسط", content="سه فصل")
    assert moved(neda, case, "approve", level="متوسط", content="سه فصل") == "approved"
    with pytest.raises(Refused):
        moved(sara, case, "open", person=neda.actor.id)
    assert moved(neda, case, "open", person=neda.actor.id) == "open"
    after = leads.open_lead(neda, lead.id)
    assert after.lead.owner_id == neda.actor.id
    assert ("مدرس تازه: دسترسی باز شد، هماهنگ کنید", neda.actor.id) in reminded(neda, lead.id)


def test_software_is_read_about_analysed_and_set_up_step_by_step(company: Office) -> None:
    sara, neda = company.sara, company.neda
    lead = add_lead(sara, "شرکت آفتاب", mine=True)
    case = begun(sara, "software", "employer", lead.id, system="سامانهٔ مؤدیان")
    assert moved(sara, case, "send") == "sent"
    with pytest.raises(Refused):
        moved(sara, case, "set_up", person=neda.actor.id)
    assert moved(sara, case, "read") == "read"
    with pytest.raises(LeadtuiError):
        moved(sara, case, "analyse", meeting="تلفنی")
    assert moved(sara, case, "analyse", meeting="جلسهٔ حضوری", process="سه شعبه، فروش روزانه") == "analysed"
    assert moved(sara, case, "set_up", person=neda.actor.id) == "setup"
    assert cases.show_case(sara, case).shown.case.owner_id == neda.actor.id
    done = ["نصب", "اطلاعات پایه", "آموزش کاربران"]
    assert moved(neda, case, "step", steps="\n".join(done)) == "setup"
    with pytest.raises(NotMet, match="تحویل"):
        moved(neda, case, "finish")
    assert moved(neda, case, "step", steps="\n".join([*done, "تحویل"])) == "setup"
    assert moved(neda, case, "finish") == "done"


def test_what_a_file_brings_back_is_what_was_written(company: Office, tmp_path: Path) -> None:
    neda = company.neda
    lead = add_lead(neda, "شرکت آفتاب", "09121234567")
    answers = {"system": "سفارشی", "process": "یک; دو\nسه", "steps": "نصب\nتحویل"}
    first = begun(neda, "software", "employer", lead.id, None, **answers)
    file = tmp_path / "cases.csv"
    with file.open("wb") as stream:
        export_cases(neda, CaseFilter(kind="software"), stream)
    assert import_cases(neda, "software", file) == Imported(1)
    was, now = (cases.show_case(neda, each).shown.case for each in (first, first + 1))
    assert now.answers == was.answers
    assert now.lead_ids() == (lead.id,)


def test_what_a_file_opened_is_taken_back_as_one(company: Office, tmp_path: Path) -> None:
    neda = company.neda
    for number in range(3):
        add_lead(neda, f"شرکت {number}", f"0912123456{number}")
    file = tmp_path / "cases.csv"
    file.write_text("employer,system\n" + "".join(f"0912123456{each},پروژه\n" for each in range(3)), "utf-8")
    assert import_cases(neda, "software", file) == Imported(3)
    undone = undo(neda)
    assert (len(undone.taken), undone.refused) == (3, ())
    assert not cases.find_cases(neda)
