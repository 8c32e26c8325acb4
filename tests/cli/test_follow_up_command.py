"""`leadtui follow-up`: the same step as in the status dialog, with the same refusals."""

from __future__ import annotations

import re
from typing import Any

import pytest
from command_running import Run
from session_making import add_lead, make_session

from leadtui.language.text import fold_digits
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import open_lead
from leadtui.services.session import Session

pytestmark = pytest.mark.usefixtures("noon")

DEMO = (
    *("--status", "demo_booked", "--answer", "date=2024-10-01", "--answer", "Time of the demo=4 pm"),
    *("--owner", "reza", "--remind", "2024-10-01 16:00", "--note", "Wants\nto see it", "--promised"),
)


def test_a_step_is_saved_whole(run: Run, place: Any) -> None:
    said = run("follow-up", "(212) 555-0101", *DEMO, "--json", "--store", place)
    assert said.code == 0, said.err
    after = said.data
    assert after["status"]["key"] == "demo_booked"
    assert after["owner"]["email"] == "reza@example.com"
    assert after["version"] == place.lead.version + 1
    assert after["next_at"] == "2024-10-01T20:00:00Z"
    assert after["reminders"][0]["kind"] == "callback"
    assert after["reminders"][0]["owner"]["email"] == "reza@example.com"
    step = after["timeline"][0]
    assert step["text"] == "Wants\nto see it"
    assert [each["value"] for each in step["answers"]] == ["2024-10-01", "16:00"]
    session = Session.open(place.path, "reza@example.com")
    assert open_lead(session, place.lead.id).lead.owner_id == session.actor.id
    session.close()


def test_the_reminder_is_said_back_in_full_and_the_outcome_in_words(run: Run, place: Any) -> None:
    said = run("follow-up", place.lead.id, *DEMO, "--store", place)
    echo, outcome = said.err.splitlines()
    assert echo == "Reminder: Tue 1 Oct 2024 16:00 (America/New_York)"
    assert "Moves to Reza Amini's cartable with a call promised" in outcome
    assert "Demo booked" in said.out
    assert said.out.startswith("Id")


def test_everything_that_is_wrong_is_said_at_once_and_nothing_saved(run: Run, place: Any) -> None:
    said = run(
        *("follow-up", place.lead.id, "--store", place, "--status", "demo_booked"),
        *(
            "--answer",
            "link=no link at all",
            "--answer",
            "colour=red",
            "--answer",
            "nothing",
            "--answer",
            "date=",
        ),
        *("--owner", "nobody here", "--remind", "some day"),
    )
    assert (said.code, said.out) == (1, "")
    problems = said.err.splitlines()
    assert len(problems) == 7
    for words in (
        "Link to the meeting takes a web address",
        "“Demo booked” has no field “colour”. It asks for: date (Date of the demo), time (Time of the demo)",
        "“nothing” is no answer",
        "Date of the demo is needed",
        "Time of the demo is needed",
        "There is no colleague “nobody here”. There are: Neda Karimi <neda@example.com>",
        "“some day” is no moment",
    ):
        assert any(words in problem for problem in problems), words
    unchanged = run("leads", "show", place.lead.id, "--json", "--store", place).data
    assert unchanged["version"] == place.lead.version
    assert [each["kind"] for each in unchanged["timeline"]] == ["created"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--status", "nonsense"), "There is no status “nonsense”"),
        (("--status", "d"), "Several can be meant by status “d”"),
        (("--status", "no_answer", "--owner", "reza"), "does not hand the customer on"),
        (("--status", "no_answer", "--remind", "tomorrow 10"), "sets no reminder"),
        (("--status", "call_back"), "A reminder is needed"),
        (("--status", "call_back", "--remind", "yesterday 10"), "That time has passed"),
        (("--status", "no_answer", "--answer", "date=1"), "“No answer” asks for no answers"),
        (
            ("--status", "interested", "--answer", "plan=a", "--answer", "plan=b"),
            "Plan in mind is answered twice",
        ),
        (("--status", "no_answer", "--note", "x" * 10_001), "The note is too long"),
    ],
)
def test_the_refusals_are_those_of_the_screen(
    run: Run, place: Any, options: tuple[str, ...], sentence: str
) -> None:
    said = run("follow-up", place.lead.id, "--store", place, *options)
    assert (said.code, said.out) == (1, "")
    assert sentence in said.err
    assert (
        run("leads", "show", place.lead.id, "--json", "--store", place).data["version"] == place.lead.version
    )


@pytest.mark.parametrize("status", ["no_answer", "No answer", "NO ANSWER", "noans", "No a"])
def test_a_status_is_named_by_key_title_or_a_beginning(run: Run, place: Any, status: str) -> None:
    said = run("follow-up", place.lead.id, "--status", status, "--json", "--store", place)
    assert said.data["status"]["key"] == "no_answer"


def test_a_value_may_hold_the_sign_itself(run: Run, place: Any) -> None:
    said = run(
        *("follow-up", place.lead.id, "--status", "do_not_call", "--answer", "reason=said 1+1=2"),
        *("--json", "--store", place),
    )
    assert said.data["timeline"][0]["answers"][0]["value"] == "said 1+1=2"


def test_a_customer_that_another_changed_meanwhile_is_not_overwritten(
    run: Run, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the customer and saving the step a colleague saves theirs."""
    from leadtui.services import follow_up

    plan_step = follow_up.plan_step

    def meanwhile(session: Any, lead: Any, command: SetStatus, pending: Any = ()) -> Any:
        plan = plan_step(session, lead, command, pending)
        if command.note == "mine":
            theirs = next(each for each in session.definitions.statuses if each.key == "voicemail")
            set_status(session, SetStatus(lead.id, lead.version, theirs.id, note="theirs"))
        return plan

    monkeypatch.setattr(follow_up, "plan_step", meanwhile)
    mine = ("--status", "no_answer", "--note", "mine", "--version", place.lead.version)
    said = run("follow-up", place.lead.id, *mine, "--store", place)
    assert said.code == 1
    assert "set Voicemail left on Mina Sadeghi at 03:12." in said.err
    notes = [
        each.get("text") for each in run("leads", "show", "1", "--json", "--store", place).data["timeline"]
    ]
    assert "theirs" in notes
    assert "mine" not in notes


def test_persian_words_work_alike(run: Run, tmp_path: Any) -> None:
    session = make_session(tmp_path, "hesin-haseb")
    add_lead(session, "سارا رضایی", "0912 345 6789")
    session.close()
    said = run(
        *("follow-up", "۰۹۱۲۳۴۵۶۷۸۹", "--status", "جلسه حضوری", "--answer", "روز جلسه=دوشنبه"),
        *(
            "--answer",
            "تاریخ جلسه=۱۴۰۳/۰۷/۰۹",
            "--answer",
            "time=۱۶",
            "--owner",
            "neda",
            "--remind",
            "فردا ساعت ۱۰",
        ),
        *("--json", "--store", tmp_path / "desk.db"),
    )
    assert said.code == 0, said.err
    assert said.data["reminders"][0]["wall"] == "2024-09-29T10:00:00"
    assert [each["value"] for each in said.data["timeline"][0]["answers"]] == [0, "2024-09-30", "16:00"]
    assert re.search(r"8 \w+ 1403 10:00 \(Asia/Tehran\)", fold_digits(said.err))


def test_a_status_that_is_none_hides_nothing_else_that_is_wrong(run: Run, place: Any) -> None:
    options = ("--status", "nonsense", "--owner", "nobody here", "--remind", "some day", "--answer", "plan")
    said = run("follow-up", place.lead.id, "--store", place, *options)
    assert (said.code, said.out) == (1, "")
    for words in (
        "no status “nonsense”",
        "no colleague “nobody here”",
        "“some day” is no moment",
        "no answer",
    ):
        assert words in said.err, words


def test_without_a_next_step_a_reason_is_needed(run: Run, place: Any) -> None:
    step = ("follow-up", place.lead.id, "--status", "interested", "--store", place)
    refused = run(*step)
    assert (refused.code, refused.out) == (1, "")
    assert "Nothing would be planned: give a reminder, or say why there is no next step." in refused.err
    said = run(*step, "--no-next-step", "waits for the budget", "--json")
    assert said.code == 0, said.err
    assert said.data["next_at"] is None
    assert said.data["timeline"][0]["no_next_step"] == "waits for the budget"
    assert "It is left without a next step." in said.err
    several = ("leads", "status", "interested", place.lead.id, "--store", place)
    assert run(*several).code == 1
    assert run(*several, "--no-next-step", "waits", "--json").data["done"] == 1
