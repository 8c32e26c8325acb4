"""Every change of a customer is one transaction that leaves an activity and a change row, or it is no change at all.

The services are found, not listed from memory: one that is new has to be put into a group below, or the first test fails.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from array import array
from collections.abc import Callable, Generator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
from session_making import PASSWORD, MovingClock, add_lead, business, claimed, hire, make_session, status_of
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError
from visits import VISIT, define_visits

import leadtui.services
from leadtui.domain.audit import AuditFilter
from leadtui.domain.case import CaseLead
from leadtui.domain.case_kind_table import kind_of
from leadtui.domain.distribution import DistributionRule, Rule, RuleWords, Share, Sharing
from leadtui.domain.draft import FormDraft
from leadtui.domain.field import Field
from leadtui.domain.gateway import Gateway, Method
from leadtui.domain.importing import ImportOptions
from leadtui.domain.invitation import MadeInvitation
from leadtui.domain.lead import Lead
from leadtui.domain.mail import Letter, MailSecurity, MailServer, NotSent
from leadtui.domain.message import Consent, Medium, MessageText
from leadtui.domain.permission import AGENT_PROFILE, Profile
from leadtui.domain.playbook import Playbook
from leadtui.domain.preferences import Preferences
from leadtui.domain.proposal import Proposal, ProposalSort
from leadtui.domain.status import EscalationRule, Status
from leadtui.domain.team import Team
from leadtui.domain.view import Arrangement, View
from leadtui.domain.workspace import MemberState, Need, Template
from leadtui.language.repetition import Repetition
from leadtui.language.time_words import Unit
from leadtui.services import (
    audit,
    backing_up,
    board,
    bulk,
    call_windows,
    calls,
    cartable,
    case_kinds,
    case_shares,
    cases,
    colleagues,
    day,
    defining,
    desk_states,
    distributing,
    distribution_rules,
    do_not_call,
    drafts,
    editing,
    erasing,
    escalating,
    finding,
    follow_up,
    gateways,
    handing_over,
    holidays,
    inviting,
    lead_merge,
    leads,
    mailing,
    membership,
    messages,
    outbox,
    own_preferences,
    playbooks,
    presence,
    profiles,
    proposals,
    reminders,
    signing_in,
    teams,
    undo,
    views,
    workspace,
    workspaces,
)
from leadtui.services.case_files import export_cases, import_cases
from leadtui.services.case_limits import is_any_over_time, pass_time
from leadtui.services.cases import AnswerCase, CaseFilter, MoveCase, OpenCase
from leadtui.services.confirming import confirmed
from leadtui.services.desk_states import DeskState
from leadtui.services.editing import AddLead, EditLead
from leadtui.services.export_columns import ExportOptions, Wording, columns_of
from leadtui.services.exporting import ExportFormat, export, export_file, suggested_name
from leadtui.services.field_kinds import answers_in_the_way
from leadtui.services.follow_up import SetStatus
from leadtui.services.importing.preparing import prepare
from leadtui.services.importing.preview import preview
from leadtui.services.importing.running import find_doubts, import_files, list_imports
from leadtui.services.importing.undoing import undo_import
from leadtui.services.lead_list import LeadList, at_once
from leadtui.services.presence import take_next
from leadtui.services.session import Session
from leadtui.services.template_exchange import compare, import_template, template_text
from leadtui.services.templates import load_template
from leadtui.store import definitions


@dataclass(frozen=True, slots=True)
class Place:
    """A desk with a customer in Neda's cartable, a pending reminder, a draft and a file to import."""

    session: Session
    lead: Lead
    twin: Lead
    reminder_id: int
    colleague_id: int
    sheet: Path
    view_id: int
    profile_id: int

    def step(self) -> SetStatus:
        """A step that changes the status, the owner and the reminders, and answers questions."""
        return SetStatus(
            self.lead.id,
            self.lead.version,
            status_of(self.session, "demo_booked").id,
            answers={"date": "2024-10-01", "time": "16:00"},
            owner_id=self.colleague_id,
            remind_at=self.session.now() + timedelta(days=3),
            note="Wants to see it",
        )


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Generator[Place]:
    asked = getattr(cast("Any", request).node, "callspec", None)
    service = "" if asked is None else asked.params.get("service", "")
    content, made = furnished(
        forbidden=service.startswith("do_not_call.allow"),
        passed_on=service == "undo.undo_escalation",
        closed=service == "workspaces.reopen_workspace",
    )
    store, sheet = tmp_path / "desk.db", tmp_path / "sheet.csv"
    store.write_bytes(content)
    sheet.write_text("Name,Phone,City\nAnna,+1 212 555 0102,Rome\nMina,+1 212 555 0101,Boston\n")
    session = Session.open(
        store, made.session.actor.email, MovingClock(), workspace=made.session.workspace.title
    )
    if service == "membership.resume_colleague":
        membership.suspend_colleague(session, made.colleague_id)
    if service.startswith("mailing.") and service != "mailing.set_mail_server":
        mailing.set_mail_server(session, _POST, "a word")
    if service in ("gateways.send_trial", "gateways.forget_gateway"):
        gateways.set_gateway(session, _GATEWAY)
    if service.startswith("outbox."):
        messages.queue_message(session, made.lead.id, 1)
        if service == "outbox.send_again":
            outbox.run(session)
    if service in _OF_THE_INVITED:
        with session.write() as tx:
            definitions.add_colleague(
                tx, "Mitra", "mitra@example.com", AGENT_PROFILE, tx.now, state=MemberState.INVITED
            )
        session.reload_definitions()
    if service.startswith("inviting."):
        colleagues.add_colleague(session, "Layla Haddad", "layla@example.com")
        claimed(session, "reza@example.com")
        if service != "inviting.invite":
            inviting.invite(
                session,
                "mitra@example.com",
                next(each.key for each in session.definitions.profiles if each.id == made.profile_id),
            )
    if service.startswith("signing_in."):
        colleagues.add_colleague(session, "Sara Amini", "sara@example.com")
        claimed(session, "reza@example.com")
    yield replace(made, session=session, sheet=sheet)
    session.close()


@cache
def furnished(
    *, forbidden: bool = False, passed_on: bool = False, closed: bool = False
) -> tuple[bytes, Place]:
    """The store of a place, made once for all tests, and the place as it was when it was closed.

    Neda has another workspace in it, where the same customer stands with all that hangs on one.
    """
    clock = MovingClock()
    with TemporaryDirectory() as folder:
        session = make_session(Path(folder), clock=clock)
        if passed_on:
            clock.move(days=-1)
        with closing(hire(session, "Reza Amini", "reza@example.com", clock)) as giver:
            reza = giver.actor
            lead = add_lead(giver, "Mina Sadeghi", "+1 212 555 0101", mine=True)
            bulk.assign(giver, [lead.id], session.actor.id)
        session.reload_definitions()
        daily = Repetition(Unit.DAY, (clock.now + timedelta(hours=2)).replace(tzinfo=None))
        define_visits(session)
        cases.open_case(session, OpenCase("visit", (CaseLead("who", lead.id),)))
        cases.open_case(session, OpenCase("visit"))
        reminder_id = reminders.set_reminder(
            session, lead.id, clock.now + timedelta(hours=2), "ring", repeats=daily
        )
        drafts.save_draft(session, FormDraft(drafts.STATUS_DRAFT, lead.id, {"note": "half a thou"}))
        playbooks.save_playbook(session, "opening", Playbook(opening="Good day"))
        messages.save_text(session, MessageText(0, "", "Greeting", Medium.SMS, "Dear {name}"))
        twin = add_lead(session, "Mina S.")
        distribution_rules.save_rule(session, DistributionRule(0, "", "Fair"))
        teams.save_team(session, Team(0, "", "Evenings", reza.id, (reza.id,)))
        for title in ("Open day", "The open day"):
            proposals.propose(session, Proposal(0, ProposalSort.CHANNEL, title, "many come from there"))
        presence.beat(session, TERMINAL, None)
        if forbidden:
            do_not_call.forbid(session, lead.id, "asked")
        if passed_on:
            _pass_on(session, lead.id, clock)
        lead = leads.open_lead(session, lead.id).lead
        view = views.save_view(session, "Kept", Arrangement())
        holidays.add_holidays(session, ["1 January"])
        profile = profiles.save_profile(session, Profile(0, "", "Nobody's"))
        place = Place(session, lead, twin, reminder_id, reza.id, Path(), view.id, profile.id)
        _furnish_another(session, clock)
        if closed:
            confirmed(session.workspace.title, lambda: workspaces.close_workspace(session))
        session.close()
        return (Path(folder) / "desk.db").read_bytes(), place


def _furnish_another(session: Session, clock: MovingClock) -> None:
    """Another workspace with a customer of the same name and number, found by words that stand nowhere else."""
    other = session.entered(workspaces.add_workspace(session, business("blank")).id)
    lead = add_lead(other, "Mina Sadeghi", "+1 212 555 0101", mine=True, city=ELSEWHERE)
    add_lead(other, "Anna", "+1 212 555 0102", city=ELSEWHERE)
    clock.move(minutes=-2)
    reminders.set_reminder(other, lead.id, clock.now + timedelta(minutes=1), ELSEWHERE, asked=True)
    clock.move(minutes=2)
    drafts.save_draft(other, FormDraft(drafts.STATUS_DRAFT, lead.id, {"note": ELSEWHERE}))
    do_not_call.forbid_number(other, "+1 212 555 0102", ELSEWHERE)
    leads.add_note(other, lead.id, ELSEWHERE)
    leads.log_call(other, lead.id, lead.phone, other.now(), 42)
    views.save_view(other, ELSEWHERE, Arrangement(View(find=ELSEWHERE)), shared=True)
    presence.arrive(other, "the terminal of the other workspace")
    presence.beat(other, "the terminal of the other workspace", lead.id)
    desk_states.save_state(other, DeskState(lead_id=lead.id))
    erasing.erase(other, add_lead(other, "Gone").id, ELSEWHERE, "Gone")


def _pass_on(session: Session, lead_id: int, clock: MovingClock) -> None:
    """A promise of yesterday, which it is by the clock until then, is overdue for longer than the status allows."""
    before = status_of(session, "call_back")
    defining.save_status(session, replace(before, escalation=EscalationRule(pool_after=60)), before)
    due = clock.now + timedelta(hours=1)
    follow_up.set_status(session, SetStatus(lead_id, None, before.id, remind_at=due))
    clock.move(days=1)
    assert escalating.escalate(session)


_POST = MailServer("smtp.invalid", 587, MailSecurity.STARTTLS, "desk", "desk@example.com")
"""No mail server: nothing answers there."""

_GATEWAY = Gateway(Medium.SMS, "http://127.0.0.1:9/{to}?text={text}", Method.GET)
"""No gateway: nothing answers there."""

_OF_THE_INVITED = {"mailing.language_of_letter", "mailing.send_invitation"}


def _made(at: Place) -> MadeInvitation:
    """The invitation of whoever is invited."""
    return MadeInvitation("", _invited(at), "mitra@example.com", "", "", at.session.now())


def _sent(send: Callable[[], None]) -> None:
    """Send a letter, which comes as far as a server that is not there."""
    with suppress(NotSent):
        send()


def _invited(at: Place) -> int:
    """Whoever is invited; where nobody is, a colleague, of whom it is told that they are not."""
    people = at.session.definitions.colleagues
    return next((each.id for each in people if each.email == "mitra@example.com"), at.colleague_id)


Call = Callable[[Place], object]

ELSEWHERE = "Zanzibar"
"""What stands in Neda's other workspace alone."""

TERMINAL = "the terminal at which Neda sits"

CHANGING: Mapping[str, Call] = {
    "editing.edit_lead": lambda at: editing.edit_lead(
        at.session,
        EditLead(at.lead.id, at.lead.version, {"city": "Rome", "phone_other": "+1 212 555 0107"}),
    ),
    "lead_merge.merge": lambda at: lead_merge.merge(
        at.session, at.lead.id, at.twin.id, (at.lead.version, at.twin.version)
    ),
    "follow_up.set_status": lambda at: follow_up.set_status(at.session, at.step()),
    "follow_up.set_status_of": lambda at: follow_up.set_status_of(
        at.session, [at.lead.id], follow_up.StatusOfSeveral(status_of(at.session, "voicemail").id)
    ),
    "bulk.assign": lambda at: bulk.assign(at.session, [at.lead.id], at.colleague_id, "Yours"),
    "distributing.distribute": lambda at: distributing.distribute(at.session, _planned(at)),
    "handing_over.hand_over": lambda at: handing_over.hand_over(
        at.session, at.session.actor.id, [at.colleague_id], leaving=False
    ),
    "handing_over.return_lead": lambda at: handing_over.return_lead(at.session, at.lead.id, "Not mine"),
    "leads.add_note": lambda at: leads.add_note(at.session, at.lead.id, "Likes tea"),
    "cases.answer_case": lambda at: cases.answer_case(at.session, AnswerCase(1, {"place": "Rome"})),
    "cases.give_case": lambda at: cases.give_case(at.session, 1, at.colleague_id),
    "cases.link_lead": lambda at: cases.link_lead(at.session, 2, "who", at.lead.id),
    "cases.note_case": lambda at: cases.note_case(at.session, 1, "Papers came"),
    "cases.move_case": lambda at: cases.move_case(at.session, MoveCase(1, "end")),
    "cases.open_case": lambda at: cases.open_case(
        at.session, OpenCase("visit", (CaseLead("who", at.lead.id),))
    ),
    "cases.open_at": lambda at: cases.open_at(
        at.session, OpenCase("visit", (CaseLead("who", at.lead.id),)), "planned"
    ),
    "cases.undo_case": lambda at: cases.undo_case(at.session, 1),
    "cases.unlink_lead": lambda at: cases.unlink_lead(at.session, 1, "who", at.lead.id),
    "playbooks.save_answers": lambda at: playbooks.save_answers(
        at.session, playbooks.TalkAnswers(at.lead.id, {"city": "Oslo"})
    ),
    "do_not_call.forbid": lambda at: do_not_call.forbid(at.session, at.lead.id, "asked"),
    "do_not_call.forbid_number": lambda at: do_not_call.forbid_number(at.session, at.lead.phone, "asked"),
    "do_not_call.forbid_numbers": lambda at: do_not_call.forbid_numbers(at.session, [at.lead.phone], "asked"),
    "do_not_call.allow": lambda at: do_not_call.allow(at.session, at.lead.id, "they rang"),
    "do_not_call.allow_number": lambda at: do_not_call.allow_number(at.session, at.lead.phone, "they rang"),
    "messages.queue_message": lambda at: messages.queue_message(at.session, at.lead.id, 1),
    "messages.queue_messages": lambda at: messages.queue_messages(at.session, [at.lead.id], 1),
    "messages.set_consent": lambda at: messages.set_consent(
        at.session, at.lead.id, Medium.SMS, Consent.AGREED
    ),
    "leads.log_call": lambda at: leads.log_call(at.session, at.lead.id, at.lead.phone, at.session.now(), 42),
    "reminders.set_reminder": lambda at: reminders.set_reminder(
        at.session, at.lead.id, at.session.now() + timedelta(days=1)
    ),
    "undo.undo": lambda at: undo.undo(at.session),
    "undo.undo_escalation": lambda at: undo.undo_escalation(at.session, at.lead.id),
    "undo.undo_part": lambda at: undo.undo_part(at.session),
    "undo.undo_rest": lambda at: undo.undo_rest(at.session, [3]),
    "reminders.acknowledge": lambda at: reminders.acknowledge(at.session, at.reminder_id),
    "reminders.skip": lambda at: reminders.skip(at.session, at.reminder_id),
    "reminders.cancel": lambda at: reminders.cancel(at.session, at.reminder_id),
    "reminders.snooze": lambda at: reminders.snooze(
        at.session, at.reminder_id, at.session.now() + timedelta(days=1)
    ),
}
"""What changes one customer."""

ADDING: Mapping[str, Call] = {
    "editing.add_lead": lambda at: editing.add_lead(
        at.session, AddLead({"name": "Anna", "phone": "+1 212 555 0107"})
    ),
}
"""What brings one customer in."""

IMPORTING: Mapping[str, Call] = {
    "case_files.import_cases": lambda at: import_cases(at.session, "visit", _cases_file(at)),
    "importing.running.import_files": lambda at: import_files(at.session, [at.sheet]),
    # It takes the entries of an import back out of the timelines: test_undoing.py looks at what is left.
    "importing.undoing.undo_import": lambda at: undo_import(at.session, 1),
}
"""What changes many customers, a chunk of rows in a transaction: between two chunks others save."""

DEFINING: Mapping[str, Call] = {
    "colleagues.add_colleague": lambda at: colleagues.add_colleague(
        at.session, "Lea", "lea@example.com", "nobody_s"
    ),
    "mailing.set_mail_server": lambda at: mailing.set_mail_server(at.session, _POST, "a word"),
    "mailing.forget_mail_server": lambda at: mailing.forget_mail_server(at.session),
    "gateways.set_gateway": lambda at: gateways.set_gateway(at.session, _GATEWAY, "a word"),
    "gateways.forget_gateway": lambda at: gateways.forget_gateway(at.session, Medium.SMS),
    "messages.save_text": lambda at: messages.save_text(
        at.session, MessageText(0, "", "Farewell", Medium.SMS, "Good-bye")
    ),
    "inviting.invite": lambda at: inviting.invite(at.session, "mitra@example.com", _nobodys(at)),
    "inviting.invite_again": lambda at: inviting.invite_again(at.session, _invited(at)),
    "inviting.withdraw_invitation": lambda at: inviting.withdraw_invitation(at.session, _invited(at)),
    "membership.suspend_colleague": lambda at: membership.suspend_colleague(at.session, at.colleague_id),
    "membership.resume_colleague": lambda at: membership.resume_colleague(at.session, at.colleague_id),
    "membership.remove_colleague": lambda at: membership.remove_colleague(at.session, at.colleague_id),
    "colleagues.change_colleague": lambda at: colleagues.change_colleague(
        at.session, at.colleague_id, "Reza A.", AGENT_PROFILE, active=False
    ),
    "own_preferences.change_own": lambda at: own_preferences.change_own(
        at.session, "Neda K.", Preferences("fa"), name_before=at.session.actor.name
    ),
    "profiles.save_profile": lambda at: profiles.save_profile(at.session, Profile(0, "", "Trainee")),
    "teams.save_team": lambda at: teams.save_team(
        at.session, Team(0, "", "Mornings", at.colleague_id, (at.colleague_id,))
    ),
    "teams.remove_team": lambda at: teams.remove_team(at.session, 1),
    "profiles.remove_profile": lambda at: profiles.remove_profile(at.session, at.profile_id),
    "template_exchange.import_template": lambda at: import_template(at.session, load_template("blank")),
    "case_kinds.save_case_kind": lambda at: case_kinds.save_case_kind(
        at.session, kind_of({**VISIT, "key": "call", "title": "Call"})
    ),
    "case_kinds.save_case_kinds": lambda at: case_kinds.save_case_kinds(
        at.session, [kind_of({**VISIT, "key": "call", "title": "Call"})]
    ),
    "playbooks.save_playbook": lambda at: playbooks.save_playbook(
        at.session, "opening", Playbook(opening="Hello {name}")
    ),
    "playbooks.save_need": lambda at: playbooks.save_need(
        at.session, Need(0, "", "Spare parts", playbook=Playbook(opening="Good day"))
    ),
    "playbooks.restore_playbook": lambda at: playbooks.restore_playbook(at.session, "opening", 1),
    "proposals.propose": lambda at: proposals.propose(
        at.session, Proposal(0, ProposalSort.NEED, "Training", "they ask for it")
    ),
    "proposals.approve": lambda at: defining.add_titled(
        at.session, defining.CHANNEL, "The open day", approves=2
    ),
    "proposals.decline": lambda at: proposals.decline(at.session, 1, "the website says it"),
    "proposals.merge": lambda at: proposals.merge(at.session, 2, 1),
    "defining.save_status": lambda at: defining.save_status(at.session, Status(0, "", "Sample class")),
    "defining.save_field": lambda at: defining.save_field(at.session, Field(0, "", "Shoe size")),
    "defining.add_titled": lambda at: defining.add_titled(at.session, defining.CHANNEL, "Fair"),
    "defining.rename": lambda at: defining.rename(at.session, defining.CHANNEL, 1, "Fair"),
    "defining.retire": lambda at: defining.retire(at.session, defining.STATUS, 1),
    "defining.bring_back": lambda at: defining.bring_back(at.session, defining.STATUS, 1),
    "defining.reorder": lambda at: defining.reorder(at.session, defining.STATUS, [2, 1]),
    "workspace.change_workspace": lambda at: workspace.change_workspace(
        at.session, replace(at.session.workspace, title="Ours")
    ),
    "workspaces.add_workspace": lambda at: workspaces.add_workspace(at.session, _one_more()),
    "workspaces.close_workspace": lambda at: confirmed(
        at.session.workspace.title, lambda: workspaces.close_workspace(at.session)
    ),
    "workspaces.reopen_workspace": lambda at: workspaces.reopen_workspace(at.session),
    "holidays.add_holidays": lambda at: holidays.add_holidays(at.session, ["25 December"]),
    "holidays.remove_holidays": lambda at: holidays.remove_holidays(at.session, ["1 January"]),
    "holidays.import_holidays": lambda at: holidays.import_holidays(at.session, ONE_HOLIDAY),
    "distribution_rules.save_rule": lambda at: distribution_rules.save_rule(
        at.session, DistributionRule(0, "", "Newest")
    ),
    "distribution_rules.remove_rule": lambda at: distribution_rules.remove_rule(at.session, 1),
    "views.save_view": lambda at: views.save_view(at.session, "Mine", Arrangement()),
    "views.change_view": lambda at: views.change_view(at.session, at.view_id, title="Another"),
    "views.delete_view": lambda at: views.delete_view(at.session, at.view_id),
}
"""What changes the workspace: other terminals learn of it, but it happens to no customer, so no timeline tells it."""

LEAVING_NO_TRACE: Mapping[str, Call] = {
    "own_preferences.keep_settings": lambda at: own_preferences.keep_settings(at.session, {"bell": False}),
    # A draft is what one person has typed and not said: nobody else may see it, least of all in a timeline.
    "drafts.save_draft": lambda at: drafts.save_draft(
        at.session, FormDraft(drafts.STATUS_DRAFT, at.lead.id, {"note": "half a thought"})
    ),
    # Where a person's cursor stood is nobody else's affair either.
    "desk_states.save_state": lambda at: desk_states.save_state(at.session, DeskState(zoomed=True)),
    "drafts.leave_draft": lambda at: drafts.leave_draft(at.session, drafts.STATUS_DRAFT, at.lead.id),
    "drafts.discard_draft": lambda at: drafts.discard_draft(at.session, drafts.STATUS_DRAFT, at.lead.id),
    # That a terminal showed a reminder uses nothing up and changes nothing for anybody; if it were told, every
    # terminal of the owner would wake the others up over it.
    "reminders.mark_shown": lambda at: reminders.mark_shown(at.session, [at.reminder_id]),
    # Who has a customer open is true only as long as they have; the timeline is of what lasts.
    "presence.arrive": lambda at: presence.arrive(at.session, "another"),
    "presence.beat": lambda at: presence.beat(at.session, TERMINAL, at.lead.id),
    "presence.leave": lambda at: presence.leave(at.session, TERMINAL),
    "presence.set_break": lambda at: presence.set_break(at.session, on_break=True),
    "presence.take_next": lambda at: take_next(at.session, TERMINAL, [at.lead.id]),
    "cartable.mark_seen": lambda at: cartable.mark_seen(at.session, at.lead.id),
    "workspaces.mark_shown_elsewhere": lambda at: workspaces.mark_shown_elsewhere(
        at.session, workspaces.list_workspaces(at.session)
    ),
}
"""What is kept, and is no change of anything that people share."""

ONE_HOLIDAY = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20241225\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)

TAKING_OUT: Mapping[str, Call] = {
    "backing_up.back_up": lambda at: backing_up.back_up(
        at.session, at.sheet.with_name("backup.db"), force=True
    ),
    "do_not_call.export_forbidden": lambda at: do_not_call.export_forbidden(at.session),
    "case_files.export_cases": lambda at: export_cases(at.session, CaseFilter("visit"), BytesIO()),
    "exporting.export": lambda at: export(at.session, View(), ExportFormat.CSV, BytesIO()),
    "exporting.export_file": lambda at: export_file(
        at.session, View(), at.sheet.with_name("out.csv"), force=True
    ),
}
"""What takes something out of the store: it changes nothing there, but that the audit tells of it."""

READING: Mapping[str, Call] = {
    "mailing.find_mail_server": lambda at: mailing.find_mail_server(at.session),
    "mailing.sends_mail": lambda at: mailing.sends_mail(at.session),
    "mailing.language_of_letter": lambda at: mailing.language_of_letter(at.session, _made(at)),
    "mailing.send_trial": lambda at: _sent(
        lambda: mailing.send_trial(at.session, Letter("", "Trial", "It works."))
    ),
    "mailing.send_invitation": lambda at: _sent(
        lambda: mailing.send_invitation(at.session, _made(at), Letter("", "Come", "Come."))
    ),
    "gateways.find_gateway": lambda at: gateways.find_gateway(at.session, Medium.SMS),
    "gateways.send_trial": lambda at: gateways.send_trial(at.session, "+1 212 555 0101", "It works."),
    "messages.consents_of": lambda at: messages.consents_of(at.session, at.lead.id),
    "messages.fill_in": lambda at: messages.fill_in(at.session, at.lead.id, 1),
    "outbox.count_to_look_at": lambda at: outbox.count_to_look_at(at.session),
    "outbox.is_anything_due": lambda at: outbox.is_anything_due(at.session),
    "outbox.list_messages": lambda at: outbox.list_messages(at.session),
    "audit.list_entries": lambda at: audit.list_entries(at.session, AuditFilter()),
    "audit.keep_head": lambda at: audit.keep_head(at.session, at.sheet.with_name("heads")),
    "board.open_board": lambda at: board.open_board(at.session),
    "cases.cases_of_lead": lambda at: cases.cases_of_lead(at.session, at.lead.id),
    "cases.count_cases": lambda at: cases.count_cases(at.session),
    "cases.find_cases": lambda at: cases.find_cases(at.session),
    "cases.plan_move": lambda at: cases.plan_move(at.session, MoveCase(1, "end")),
    "cases.show_case": lambda at: cases.show_case(at.session, 1),
    # No case stands too long here; test_cases.py looks at those that do.
    "case_limits.pass_time": lambda at: pass_time(at.session),
    "case_limits.is_any_over_time": lambda at: is_any_over_time(at.session),
    "cartable.open_cartable": lambda at: cartable.open_cartable(at.session),
    "colleagues.leads_per_colleague": lambda at: colleagues.leads_per_colleague(at.session),
    "distributing.plan": lambda at: distributing.plan(at.session, RuleWords("evenly"), [at.lead.id]),
    "holidays.list_holidays": lambda at: holidays.list_holidays(at.session),
    "holidays.read_holidays": lambda at: holidays.read_holidays(at.session, ONE_HOLIDAY),
    "distributing.try_rule": lambda at: distributing.try_rule(
        at.session, DistributionRule(1, "fair", "Fair")
    ),
    "case_shares.shares": lambda at: case_shares.shares(at.session),
    "handing_over.left_behind": lambda at: handing_over.left_behind(at.session, at.colleague_id),
    "handing_over.returns_to": lambda at: handing_over.returns_to(at.session, at.lead.id),
    "lead_list.LeadList": lambda at: LeadList(at.session).order(View(find="mina")),
    "lead_list.at_once": lambda at: at_once(at.session, [at.lead.id]),
    "day.open_day": lambda at: day.open_day(at.session),
    "day.people_of_days": lambda at: day.people_of_days(at.session),
    "proposals.open_proposals": lambda at: proposals.open_proposals(at.session),
    "proposals.ended_proposals": lambda at: proposals.ended_proposals(at.session),
    "proposals.own_proposals": lambda at: proposals.own_proposals(at.session),
    "proposals.count_open": lambda at: proposals.count_open(at.session),
    # Nothing was decided here; test_proposals.py looks at what is told of what was.
    "proposals.take_answers": lambda at: proposals.take_answers(at.session),
    "defining.customers_per_status": lambda at: defining.customers_per_status(at.session),
    "defining.customers_per_channel": lambda at: defining.customers_per_channel(at.session),
    "defining.customers_per_need": lambda at: defining.customers_per_need(at.session),
    "defining.customers_per_field": lambda at: defining.customers_per_field(at.session),
    "playbooks.playbook_history": lambda at: playbooks.playbook_history(at.session, "opening"),
    "desk_states.load_state": lambda at: desk_states.load_state(at.session),
    "desk_states.put_aside": lambda at: desk_states.put_aside(at.session),
    "call_windows.outside_now": lambda at: call_windows.outside_now(at.session, at.lead),
    "call_windows.require_window": lambda at: _with_connection(
        at, call_windows.require_window, at.session.now()
    ),
    "do_not_call.bans_of": lambda at: _with_connection(at, do_not_call.bans_of),
    "do_not_call.list_forbidden": lambda at: do_not_call.list_forbidden(at.session),
    "do_not_call.require_callable": lambda at: _with_connection(
        at, do_not_call.require_callable, at.session.now()
    ),
    # Nothing is overdue for long enough here; test_escalating.py looks at what is told of what is.
    "escalating.escalate": lambda at: escalating.escalate(at.session),
    "escalating.is_anything_overdue": lambda at: escalating.is_anything_overdue(at.session),
    "follow_up.reasons_given": lambda at: follow_up.reasons_given(at.session),
    # No field was marked here; test_found_by_answers.py looks at what is found once one is.
    "finding.find_anew": lambda at: finding.find_anew(at.session),
    "finding.find_anew_in_part": lambda at: finding.find_anew_in_part(at.session),
    "finding.is_to_find_anew": lambda at: finding.is_to_find_anew(at.session),
    "drafts.find_draft": lambda at: drafts.find_draft(at.session, drafts.STATUS_DRAFT, at.lead.id),
    "drafts.drafts_of": lambda at: drafts.drafts_of(at.session, drafts.SETTINGS_DRAFT),
    "drafts.open_drafts": lambda at: drafts.open_drafts(at.session),
    "editing.look_up": lambda at: editing.look_up(at.session, {"phone": at.lead.phone}),
    "erasing.list_erasures": lambda at: erasing.list_erasures(at.session),
    "export_columns.Wording": lambda at: Wording(at.session, ExportOptions()),
    "export_columns.columns_of": lambda at: columns_of(at.session, ExportOptions()),
    "template_exchange.compare": lambda at: compare(at.session, load_template("blank")),
    "template_exchange.template_text": lambda at: template_text(at.session),
    "exporting.suggested_name": lambda at: suggested_name(at.session, ExportFormat.CSV),
    "follow_up.plan_step": lambda at: follow_up.plan_step(at.session, at.lead, at.step()),
    "presence.changed_by_others": lambda at: presence.changed_by_others(at.session, [at.lead.id]),
    "calls.calls_without_outcome": lambda at: calls.calls_without_outcome(at.session),
    "calls.rung_just_now": lambda at: calls.rung_just_now(at.session, at.lead.phone),
    "cartable.given_to_me": lambda at: cartable.given_to_me(at.session),
    "importing.running.list_imports": lambda at: list_imports(at.session),
    "field_kinds.answers_in_the_way": lambda at: answers_in_the_way(at.session, Field(1, "x", "X")),
    "importing.preview.preview": lambda at: preview(at.session, (at.sheet,), ImportOptions()),
    "importing.running.find_doubts": lambda at: find_doubts(at.session, [at.sheet], ImportOptions()),
    "importing.preparing.prepare": lambda at: prepare(at.session, [at.sheet], ImportOptions()),
    "importing.running.import_files (dry)": lambda at: import_files(
        at.session, [at.sheet], ImportOptions(dry_run=True)
    ),
    "leads.open_lead": lambda at: leads.open_lead(at.session, at.lead.id),
    "leads.find_lead": lambda at: leads.find_lead(at.session, "+1 212 555 0101"),
    "lead_merge.candidates": lambda at: lead_merge.candidates(at.session, at.lead.id),
    "lead_merge.compare": lambda at: lead_merge.compare(at.session, at.lead.id, at.twin.id),
    "presence.company": lambda at: presence.company(at.session, "another"),
    "presence.at_work": lambda at: presence.at_work(at.session),
    "presence.is_anybody_here": lambda at: presence.is_anybody_here(at.session),
    "undo.last_undoable": lambda at: undo.last_undoable(at.session),
    "reminders.follow_zones": lambda at: reminders.follow_zones(at.session),
    "reminders.list_reminders": lambda at: reminders.list_reminders(at.session),
    "reminders.find_reminder": lambda at: reminders.find_reminder(at.session, at.reminder_id),
    "reminders.due_reminders": lambda at: reminders.due_reminders(at.session),
    "reminders.next_due": lambda at: reminders.next_due(at.session),
    "bulk.select": lambda at: bulk.select(at.session, [at.lead.id]),
    "views.find_view": lambda at: views.find_view(at.session, "Kept"),
    "views.list_views": lambda at: views.list_views(at.session),
    "signing_in.code_notices": lambda at: signing_in.code_notices(at.session),
    "signing_in.require_lockable": lambda at: signing_in.require_lockable(at.session),
    "signing_in.has_password": lambda at: signing_in.has_password(at.session),
    "signing_in.list_services": lambda at: signing_in.list_services(at.session),
    "signing_in.list_sign_ins": lambda at: signing_in.list_sign_ins(at.session),
    "workspaces.list_workspaces": lambda at: workspaces.list_workspaces(at.session),
    "own_preferences.find_settings": lambda at: own_preferences.find_settings(at.session),
    "workspaces.due_elsewhere": lambda at: workspaces.due_elsewhere(at.session),
}
"""What only looks."""


SENDING: Mapping[str, Call] = {
    "outbox.run": lambda at: outbox.run(at.session),
    "outbox.send_next": lambda at: outbox.send_next(at.session),
    "outbox.send_again": lambda at: outbox.send_again(at.session, 1),
    "outbox.withdraw": lambda at: outbox.withdraw(at.session, 1),
}
"""What moves a message on: its entry of the timeline shows where it stands."""


SIGNING_IN: Mapping[str, Call] = {
    "signing_in.add_service": lambda at: signing_in.add_service(at.session, "Nightly", _nobodys(at), 30),
    "signing_in.change_password": lambda at: signing_in.change_password(
        at.session, "another password", PASSWORD
    ),
    "signing_in.end_other_sign_ins": lambda at: signing_in.end_other_sign_ins(at.session),
    "signing_in.end_sign_in": lambda at: signing_in.end_sign_in(at.session, at.session.sign_in_id or 0),
    "signing_in.lock": lambda at: signing_in.lock(at.session),
    "signing_in.make_code": lambda at: signing_in.make_code(at.session, _sara(at)),
    "signing_in.sign_out": lambda at: signing_in.sign_out(at.session),
    "signing_in.unlock": lambda at: signing_in.unlock(at.session, PASSWORD),
}
"""What changes how people come in, and no customer: the place is one where everybody proves who they are."""

WITHIN_ANOTHER = frozenset(
    {
        "audit.tell_everywhere",
        "signing_in.new_code",
        "bulk.transfer",
        "distributing.distributor",
        "board.listed",
        "day.left_of",
        "day.work_done",
        "presence.on_shift",
        "presence.shifts",
        "colleagues.end_access",
        "colleagues.require_changeable",
        "colleagues.require_owner_confirmed",
        "profiles.require_fields_held",
        "membership.remove",
        "membership.require_person",
        "handing_over.bring_back",
        "profiles.require_held",
        "profiles.require_profile_held",
        "profiles.require_teams_held",
        "bulk.require_giving",
        "cases.open_within",
        "transaction.format_context_of",
        "workspace.require_business",
        "workspace.require_free_title",
        "workspaces.require_whole_store",
        "leads.lead_changed",
        "lead_merge.unmerge",
        *(
            f"messages.{each}"
            for each in ("queue", "words_for", "words_of_case", "gateway_of", "hindrance", "quiet_until")
        ),
        *(f"messages.{each}" for each in ("put_back", "put_consent_back", "withdraw_caused")),
        "editing.change_lead",
        "editing.require_sight",
        "field_kinds.change_answers",
        "importing.preparing.recognise_sheet",
        "importing.preparing.rules_of",
        "importing.running.doubts_of",
        "importing.writing.write_arrivals",
        "importing.writing.write_outgoing",
        "do_not_call.require_undo",
        "do_not_call.put_back",
        "case_kinds.with_kept_parts",
        "case_steps.put_back",
        "case_steps.put_case_back",
        "case_steps.write_case_step",
        "case_steps.take_case_step",
        "follow_up.set_status_within",
        "undo.take_steps_back",
    }
)
"""What is done in the transaction of another service, which is in a group of its own."""

ERASING: Mapping[str, Call] = {
    "erasing.erase": lambda at: erasing.erase(at.session, at.lead.id, "asked", at.lead.name),
    "erasing.erase_many": lambda at: erasing.erase_many(at.session, [at.lead.id], "asked", "ERASE 1"),
}
"""What leaves no timeline in which it could be told: see test_erasing."""

MENDING = frozenset({"repairing.repair"})
"""What puts the store itself right, and nothing that people see: test_repairing.py plants what it mends."""

MAKING_A_STORE = frozenset({"new_store.new_session"})
"""What gives a desk: there is nobody yet who could be told."""


def _one_more() -> Template:
    begun = business("blank")
    return replace(begun, workspace=replace(begun.workspace, title="One more"))


def _planned(at: Place) -> distributing.Plan:
    """Neda's customer is to go to Reza."""
    rule = Rule(Sharing.EVENLY, [Share(at.colleague_id)])
    return distributing.Plan(
        rule, array("q", [at.lead.id]), array("q", [at.lead.version]), array("q", [at.colleague_id])
    )


def _cases_file(at: Place) -> Path:
    """A table with a visit to the customer."""
    file = at.sheet.with_name("visits.csv")
    file.write_text("who,place\n+1 212 555 0101,Rome\n")
    return file


def _nobodys(at: Place) -> str:
    """The key of the profile that allows nothing."""
    return next(each.key for each in at.session.definitions.profiles if each.id == at.profile_id)


def _sara(at: Place) -> int:
    """An agent who has no password yet."""
    return next(each.id for each in at.session.definitions.people if each.email == "sara@example.com")


def _with_connection(at: Place, look: Callable[..., object], *more: object) -> object:
    with at.session.read() as tx:
        return look(tx, at.lead, *more)


def services() -> set[str]:
    """The public functions and classes of all services that are given a session or a transaction, or give one."""
    found: set[str] = set()
    beginning = "leadtui.services."
    for module_info in pkgutil.walk_packages(leadtui.services.__path__, beginning):
        if module_info.name.endswith("_child"):  # the program of a process of its own
            continue
        module = importlib.import_module(module_info.name)
        for name, thing in vars(module).items():
            if name.startswith("_") or getattr(thing, "__module__", "") != module_info.name:
                continue
            if (inspect.isfunction(thing) or inspect.isclass(thing)) and _concerns_a_desk(thing):
                found.add(f"{module_info.name.removeprefix(beginning)}.{name}")
    return found


def _concerns_a_desk(thing: Callable[..., Any]) -> bool:
    try:
        signature = inspect.signature(thing)
    except ValueError:  # an enum or an error, which nobody calls
        return False
    kinds = [str(each.annotation) for each in signature.parameters.values()]
    if inspect.isfunction(thing):
        kinds.append(str(signature.return_annotation))
    return any(re.search(r"\b(Session|Transaction)\b", kind) for kind in kinds)


def test_every_service_is_in_one_of_the_groups() -> None:
    groups = (
        *(CHANGING, ADDING, IMPORTING, DEFINING, LEAVING_NO_TRACE, TAKING_OUT, READING, MENDING),
        *(MAKING_A_STORE, WITHIN_ANOTHER),
        ERASING,
        SIGNING_IN,
        SENDING,
    )
    known = {name.removesuffix(" (dry)") for group in groups for name in group}
    # Values that only carry the session: within a transaction, and from one step of an import to the next.
    carrying = {"transaction.Transaction", "importing.writing.Setting"}
    assert services() - carrying == known


@dataclass(slots=True)
class Recorded:
    """The transactions that were begun and committed."""

    begun: list[str] = field(default_factory=list[str])
    committed: int = 0

    @property
    def writing(self) -> int:
        """How many were to write."""
        return sum(each == "BEGIN IMMEDIATE" for each in self.begun)


@contextmanager
def recorded() -> Generator[Recorded]:
    """Listens to every engine for as long as the block lasts."""
    seen = Recorded()

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("BEGIN"):
            seen.begun.append(statement)

    def count(_connection: Any) -> None:
        seen.committed += 1

    event.listen(Engine, "before_cursor_execute", listen)
    event.listen(Engine, "commit", count)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
        event.remove(Engine, "commit", count)


def content(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the store holds, the index of the search included."""
    with session.store.read() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'lead_search' ORDER BY name"
        ).scalars()
        return {
            name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')]
            for name in names.all()
        }


def added(session: Session, table: str, before: Mapping[str, list[tuple[Any, ...]]]) -> list[dict[str, Any]]:
    """The rows of a table that were not there before, by column."""
    with session.store.read() as connection:
        rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings().all()
    return [dict(row) for row in rows if tuple(row.values()) not in before[table]]


def refuse(session: Session, table: str) -> None:
    """From now on the store itself refuses rows of this table."""
    with session.store.write() as connection:
        connection.exec_driver_sql(
            f"CREATE TRIGGER refuse_{table} BEFORE INSERT ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'no room in {table}'); END"
        )


@pytest.mark.parametrize("service", CHANGING)
def test_a_change_is_one_transaction_with_an_activity_and_a_change_row(place: Place, service: str) -> None:
    before = content(place.session)
    with recorded() as seen:
        CHANGING[service](place)
    assert seen.writing == 1
    known = {row[0] for row in before["activity"]}  # a merge moves the entries of the other customer
    activities = [each for each in added(place.session, "activity", before) if each["id"] not in known]
    assert [each["lead_id"] for each in activities] == [place.lead.id]
    assert activities[0]["actor_id"] == place.session.actor.id
    moved = {(each["table_name"], each["row_id"]) for each in added(place.session, "change", before)}
    assert ("lead", place.lead.id) in moved
    if added(place.session, "reminder", before):
        assert any(table == "reminder" for table, _row in moved)
    assert leads.open_lead(place.session, place.lead.id).lead.version == place.lead.version + 1


@pytest.mark.parametrize("table", ["activity", "change"])
@pytest.mark.parametrize("service", CHANGING)
def test_without_its_activity_or_change_row_nothing_is_written(
    place: Place, service: str, table: str
) -> None:
    refuse(place.session, table)
    before = content(place.session)
    with recorded() as seen, pytest.raises(IntegrityError, match=f"no room in {table}"):
        CHANGING[service](place)
    assert seen.writing == 1
    assert seen.committed == 0
    assert content(place.session) == before


@pytest.mark.parametrize("service", ADDING)
def test_who_comes_in_does_so_in_one_transaction_with_an_activity_and_a_change_row(
    place: Place, service: str
) -> None:
    before = content(place.session)
    with recorded() as seen:
        ADDING[service](place)
    assert seen.writing == 1
    (lead,) = added(place.session, "lead", before)
    (activity,) = added(place.session, "activity", before)
    assert (activity["lead_id"], activity["actor_id"]) == (lead["id"], place.session.actor.id)
    moved = {(each["table_name"], each["row_id"]) for each in added(place.session, "change", before)}
    assert moved == {("lead", lead["id"])}


@pytest.mark.parametrize("table", ["activity", "change"])
@pytest.mark.parametrize("service", ADDING)
def test_nobody_comes_in_without_an_activity_or_change_row(place: Place, service: str, table: str) -> None:
    refuse(place.session, table)
    before = content(place.session)
    with pytest.raises(IntegrityError, match=f"no room in {table}"):
        ADDING[service](place)
    assert content(place.session) == before


def test_an_import_tells_each_customer_in_the_transaction_that_writes_them(place: Place) -> None:
    before = content(place.session)
    with recorded() as seen:
        IMPORTING["importing.running.import_files"](place)
    # The batch begins, its one chunk is written, the batch ends.
    assert seen.writing == 3
    new = [each["id"] for each in added(place.session, "lead", before) if each["id"] != place.lead.id]
    told = {each["lead_id"] for each in added(place.session, "activity", before)}
    assert told == {*new, place.lead.id}
    moved = {(each["table_name"], each["row_id"]) for each in added(place.session, "change", before)}
    assert moved >= {("lead", each) for each in told}
    assert any(table == "import_batch" for table, _row in moved)


@pytest.mark.parametrize("table", ["activity", "import_row"])
def test_an_import_writes_a_chunk_whole_or_not_at_all(place: Place, table: str) -> None:
    refuse(place.session, table)
    before = content(place.session)
    with pytest.raises(IntegrityError, match=f"no room in {table}"):
        IMPORTING["importing.running.import_files"](place)
    after = content(place.session)
    batch, before_batch = after.pop("import_batch"), before.pop("import_batch")
    assert (len(batch), len(before_batch)) == (1, 0)
    # All that is left is that an import was begun and did not end; and that is a change, too.
    assert list_imports(place.session)[0].ended_at is None
    changes = after.pop("change")
    assert [row[2] for row in changes[len(before.pop("change")) :]] == ["import_batch", "audit"]
    assert len(after.pop("audit")) == len(before.pop("audit")) + 1
    assert {name: rows for name, rows in after.items() if name != "sqlite_sequence"} == {
        name: rows for name, rows in before.items() if name != "sqlite_sequence"
    }


def test_an_import_without_change_rows_writes_nothing(place: Place) -> None:
    refuse(place.session, "change")
    before = content(place.session)
    with pytest.raises(IntegrityError, match="no room in change"):
        IMPORTING["importing.running.import_files"](place)
    assert content(place.session) == before


@pytest.mark.parametrize("service", DEFINING)
def test_a_definition_is_one_transaction_with_a_change_row(place: Place, service: str) -> None:
    before = content(place.session)
    with recorded() as seen:
        DEFINING[service](place)
    assert seen.writing == 1
    assert added(place.session, "change", before)
    assert not added(place.session, "activity", before)


@pytest.mark.parametrize("service", DEFINING)
def test_a_definition_without_its_change_row_is_not_written(place: Place, service: str) -> None:
    refuse(place.session, "change")
    before = content(place.session)
    with pytest.raises(IntegrityError, match="no room in change"):
        DEFINING[service](place)
    assert content(place.session) == before


@pytest.mark.parametrize("service", LEAVING_NO_TRACE)
def test_what_leaves_no_trace_leaves_none(place: Place, service: str) -> None:
    before = content(place.session)
    with recorded() as seen:
        LEAVING_NO_TRACE[service](place)
    after = content(place.session)
    assert seen.writing == 1
    assert after != before
    assert {name for name in after if after[name] != before[name]} <= {
        "desk_state",
        "draft",
        "reminder",
        "presence",
        "given_seen",
        "membership",
    }


@pytest.mark.parametrize("service", SIGNING_IN)
def test_what_changes_how_people_come_in_changes_nothing_else(place: Place, service: str) -> None:
    before = content(place.session)
    signing_in.sign_in_again(
        place.session.store.path, place.session.actor.email, PASSWORD, clock=place.session.now
    )
    SIGNING_IN[service](place)
    after = content(place.session)
    ways_in = {"user", "sign_in", "sign_in_failure", "one_time_code"}
    untold = {"signing_in.lock", "signing_in.unlock", "signing_in.sign_out"}
    told = set[str]() if service in untold else {"audit", "change", "sqlite_sequence"}
    joins = {"membership"} if service == "signing_in.add_service" else set[str]()
    moved = {name for name in after if after[name] != before[name]}
    assert moved <= ways_in | told | joins
    assert moved
    assert ("audit" in moved) == bool(told)


@pytest.mark.parametrize("service", SENDING)
def test_what_moves_a_message_on_tells_those_who_look_at_its_customer(place: Place, service: str) -> None:
    before = content(place.session)
    SENDING[service](place)
    after = content(place.session)
    moved = {(each["table_name"], each["row_id"]) for each in added(place.session, "change", before)}
    assert moved == {("outbox", 1), ("lead", place.lead.id)}
    assert {name for name in after if after[name] != before[name]} == {"outbox", "change", "sqlite_sequence"}


@pytest.mark.parametrize("service", READING)
def test_what_only_looks_takes_no_lock_and_changes_nothing(place: Place, service: str) -> None:
    before = content(place.session)
    if "dry" in service:
        READING[service](place)  # it writes, but into a copy
    else:
        with recorded() as seen:
            READING[service](place)
        assert seen.writing == 0
    assert content(place.session) == before


@pytest.mark.parametrize("service", TAKING_OUT)
def test_what_takes_something_out_changes_nothing_but_the_audit(place: Place, service: str) -> None:
    before = content(place.session)
    with recorded() as seen:
        TAKING_OUT[service](place)
    after = content(place.session)
    assert seen.writing == 1
    assert {name for name in after if after[name] != before[name]} == {"audit", "change", "sqlite_sequence"}
