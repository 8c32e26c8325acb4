"""Every command of the screens says what the services that it starts need, so that who may not does not see it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from desk_driving import Driver, driven
from service_needs import NEEDS, SEEING
from session_making import MovingClock, add_lead, hire

from leadtui.domain.permission import Permission, Profile
from leadtui.domain.permission import Scope as Scopes
from leadtui.services import bulk
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.tui.actions.commands import COMMANDS
from leadtui.tui.commands.command import Scope
from leadtui.tui.dialogs.lead_form import LeadForm
from leadtui.tui.palette import CommandProvider
from leadtui.tui.widgets.key_bar import KeyBar

STARTS: Mapping[str, tuple[str, ...]] = {
    "set-status": ("follow_up.set_status",),
    "call": ("leads.log_call",),
    "show-number": ("leads.log_call",),
    "no-outcome": ("calls.calls_without_outcome",),
    "note": ("leads.add_note",),
    "cases": ("cases.cases_of_lead",),
    "next-lead": ("cartable.open_cartable",),
    "next-free": ("presence.take_next",),
    "given-lead": ("cartable.given_to_me",),
    "remind": ("reminders.set_reminder",),
    "add-customer": ("editing.add_lead",),
    "edit-customer": ("editing.edit_lead",),
    "merge-customer": ("lead_merge.merge",),
    "do-not-call": ("do_not_call.forbid", "do_not_call.allow"),
    "return-customer": ("handing_over.return_lead",),
    "erase": ("erasing.erase",),
    "assign": ("bulk.assign",),
    "import-file": ("importing.running.import_files",),
    "export": ("exporting.export_file",),
    "my-day": ("day.open_day",),
    "board": ("board.open_board",),
    "give-counted": ("bulk.assign",),
    "share-out-counted": ("distributing.distribute",),
    "part-today": ("cartable.open_cartable",),
    "part-overdue": ("cartable.open_cartable",),
    "part-upcoming": ("cartable.open_cartable",),
    "part-never-called": ("cartable.open_cartable",),
    "part-nothing-planned": ("cartable.open_cartable",),
    "part-all": ("cartable.open_cartable",),
    "reminders": ("reminders.list_reminders",),
    "reminder-done": ("reminders.acknowledge",),
    "move-reminder": ("reminders.snooze",),
    "undo-escalation": ("undo.undo_escalation",),
    "skip-reminder": ("reminders.skip",),
    "cancel-reminder": ("reminders.cancel",),
    "statuses-tab": ("defining.save_status",),
    "fields-tab": ("defining.save_field",),
    "channels-tab": ("defining.rename",),
    "needs-tab": ("defining.customers_per_need",),
    "colleagues-tab": ("colleagues.change_colleague",),
    "profiles-tab": ("profiles.save_profile",),
    "teams-tab": ("teams.save_team",),
    "copy-profile": ("profiles.save_profile",),
    "profile-fields": ("profiles.save_profile",),
    "compare-profile": ("profiles.save_profile",),
    "see-as-profile": ("profiles.save_profile",),
    "invite-colleague": ("inviting.invite",),
    "colleague-code": ("signing_in.make_code",),
    "resend-invitation": ("inviting.invite_again",),
    "suspend-colleague": ("membership.suspend_colleague", "membership.resume_colleague"),
    "imports": ("importing.running.list_imports",),
    "take-back-import": ("importing.undoing.undo_import",),
    "forbidden-numbers": ("do_not_call.list_forbidden",),
    "forbid-number": ("do_not_call.forbid_number",),
    "forbid-file": ("do_not_call.forbid_numbers",),
    "allow-number": ("do_not_call.allow_number",),
    "erasures": ("erasing.list_erasures",),
    "export-numbers": ("exporting.export_file",),
    "back-up": ("backing_up.back_up",),
    "doctor": ("backing_up.back_up",),
    "repair": ("backing_up.back_up",),
    "export-template": ("template_exchange.template_text",),
    "import-template": ("template_exchange.template_text",),
    "audit": ("audit.list_entries",),
    "audit-tab": ("audit.list_entries",),
    "workspace-tab": ("workspace.change_workspace",),
    "mail-server": ("mailing.set_mail_server",),
    "import-holidays": ("holidays.read_holidays",),
    "propose": ("proposals.propose",),
    "proposals": ("proposals.open_proposals",),
    "proposals-tab": ("proposals.open_proposals",),
    "distribution-tab": ("distribution_rules.save_rule",),
    "talk": ("playbooks.save_answers",),
    "message": ("messages.queue_message",),
    "message-consent": ("messages.set_consent",),
    "outbox": ("outbox.count_to_look_at",),
    "new-case": ("cases.open_case",),
    "all-cases": ("cases.find_cases",),
    "send-again": ("outbox.send_again",),
    "withdraw-message": ("outbox.withdraw",),
    "gateway": ("gateways.set_gateway",),
    "messages-tab": ("messages.save_text",),
    "try-playbook": ("playbooks.save_need",),
    "playbook-versions": ("playbooks.restore_playbook",),
}
"""What a command is for, by the names of service_needs.NEEDS; where it serves for several, each of them is enough."""

OTHERS_DAYS = {"person-after", "person-before"}
"""A day of one's own needs less than a colleague's, which is what these show."""

WITHIN = {
    *("define-proposed", "decline-proposed", "merge-proposed", "leave-proposals"),
    *("save-status", "leave-status", "start-afresh"),
    *("finish-talk", "objections", "copy-link", "open-link", "begin-talk-afresh", "leave-talk"),
    *("save-customer", "open-existing", "share-number", "take-theirs", "leave-customer", "begin-afresh"),
    *("save-definition", "add-definition", "move-definition-up", "move-definition-down", "retire-definition"),
    *("next-part", "leave-settings", "next-tab", "previous-tab", "open-reminded", "leave"),
    *("day-before", "day-after", "to-today", "leave-day"),
    *("leave-imports", "find-number", "open-holder", "leave-forbidden", "leave-erasures"),
    *("look-again", "leave-doctor"),
    *("open-written", "all-messages", "leave-outbox"),
    *(
        "open-case",
        "my-cases",
        "my-turn",
        "sort-cases",
        "reverse-cases",
        "narrow-cases",
        "find-case",
        "open-customer-of-case",
        "leave-cases",
    ),
    *("find-in-audit", "leave-audit"),
    *("open-counted", "board-period", "export-board", "leave-board"),
}
"""Of a screen that has opened already: where a right was taken away meanwhile, what is typed stays, and is refused."""

EVERYBODYS = {
    *(
        "previous-lead",
        "copy-number",
        "undo",
        "timeline",
        "find",
        "filter",
        "other-side",
        "zoom",
        "choose",
        "choose-all",
        "next-row",
        "previous-row",
        "demo",
        "see-as",
        "break",
    ),
    *("sort-before", "sort-after", "reverse", "columns", "columns-after", "columns-before", "views"),
    "workspaces",
    *("help", "quit", "suspend", "lock", "answer-reminder", "theme", "density", "command-palette"),
    *("settings", "me-tab", "own-password", "own-sign-ins"),
}
"""They look at what is shown, which is only what the person sees; `undo` needs what the step itself needed."""


def test_every_command_is_here() -> None:
    named = [*STARTS, *OTHERS_DAYS, *WITHIN, *EVERYBODYS]
    assert sorted(named) == sorted(each.name for each in COMMANDS)


SIGHT = (SEEING, frozenset({Permission.SEE_CASES}))
"""Whoever has not even these does not come to where a command of theirs is offered."""


def test_a_command_needs_what_its_services_need() -> None:
    by_name = {each.name: each for each in COMMANDS}
    for name, services in STARTS.items():
        # Who sees no customers, or no cases, has none to begin with.
        own = [
            next((each for each in NEEDS[service] if each not in SIGHT), NEEDS[service][-1])
            for service in services
        ]
        assert frozenset(by_name[name].needs) == frozenset().union(*own), name
    assert all(by_name[name].needs == (Permission.SEE_ALL_DAYS,) for name in OTHERS_DAYS)
    assert not [name for name in WITHIN | EVERYBODYS if by_name[name].needs]


@pytest.mark.parametrize("granted", [frozenset[Permission](), frozenset({Permission.SEE_CUSTOMERS})], ids=len)
async def test_who_may_nothing_is_shown_nothing_and_told_why(
    session: Session, clock: MovingClock, granted: frozenset[Permission]
) -> None:
    add_lead(session, "Mina Sadeghi", "(212) 555-0101")
    save_profile(session, Profile(0, "", "Trainee", granted))
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock, "trainee")
    at_desk = [each for each in COMMANDS if each.scope in (Scope.LEAD, Scope.DESK) and each.needs]
    async with driven(sara) as driver:
        assert driver.shows("Mina Sadeghi") == bool(granted)
        for command in at_desk:
            driver.app.clear_notifications()
            await driver.app.run_command(command)
            await driver.settled()
            told = driver.told()
            assert len(told) == 1, (command.name, told)
            assert all(each.value in told[0] for each in command.needs), command.name
            assert driver.app.screen is driver.screen
            assert not driver.shows(f"{command.shown_key(driver.app.keyboard)} {command.title}")
    sara.close()


async def test_the_form_opens_for_whom_it_is_allowed_alone(session: Session, clock: MovingClock) -> None:
    granted = frozenset({Permission.SEE_CUSTOMERS, Permission.ADD_CUSTOMERS})
    save_profile(session, Profile(0, "", "Reception", granted))
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock, "reception")
    async with driven(sara) as driver:
        await driver.app.run_command(next(each for each in COMMANDS if each.name == "add-customer"))
        await driver.settled()
        assert isinstance(driver.app.screen, LeadForm), driver.told()
    sara.close()


async def test_a_key_is_named_where_it_may_be_done_to_the_open_customer(
    session: Session, clock: MovingClock
) -> None:
    narrow = {
        Permission.FOLLOW_UP: Scopes.OWN,
        Permission.REMIND: Scopes.ALL,
        Permission.SEE_CARTABLE: Scopes.ALL,
        Permission.SEE_CUSTOMERS: Scopes.ALL,
    }
    save_profile(session, Profile(0, "", "Narrow").granting(narrow))
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock, "narrow")
    own = add_lead(session, "Mina Sadeghi", "(212) 555-0101")
    bulk.assign(session, [own.id], sara.actor_id)
    clock.move(minutes=1)
    other = add_lead(session, "Omid Rad", "(212) 555-0102")

    def named(driver: Driver) -> set[str]:
        return {each.name for each in driver.app.screen.query_one(KeyBar).commands} & {"set-status", "remind"}

    async with driven(sara) as driver:
        for lead, keys in ((other, {"remind"}), (own, {"set-status", "remind"}), (other, {"remind"})):
            driver.app.open_lead(lead.id)
            await driver.settled()
            assert named(driver) == keys, lead.name
            palette = {each.name for each in CommandProvider(driver.app.screen)._commands()}  # pyright: ignore[reportPrivateUsage]
            assert ("set-status" in palette) == ("set-status" in keys)
        await driver.press("s")
        assert driver.told() == [
            "Your profile allows this for your own customers alone (follow-ups:set=own); ask a supervisor."
        ]
        assert driver.app.screen is driver.screen
        # Of who is chosen each is looked at by itself.
        await driver.press("space")
        assert named(driver) == {"set-status", "remind"}
    sara.close()
