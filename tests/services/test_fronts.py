"""Nothing needs the other front: what one can do the other can too, or it is said here why not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import test_every_change
from fronts import FRONTS, used_by

WITHOUT: Mapping[str, Mapping[str, str]] = {
    "cli": {
        "cartable.open_cartable": "`leads list --owner me --sort next_at` and `reminders` tell the same",
        "call_windows.outside_now": "a command notes calls that were made; it is refused outside of the windows",
        **dict.fromkeys(
            ("cartable.given_to_me", "cartable.mark_seen", "presence.changed_by_others"),
            "marks what is new to whoever looks at a desk all day",
        ),
        **dict.fromkeys(
            ("presence.arrive", "presence.beat", "presence.company", "presence.leave", "presence.take_next"),
            "a command is over before anybody could meet whoever gave it",
        ),
        **dict.fromkeys(
            ("drafts.discard_draft", "drafts.drafts_of", "drafts.find_draft", "drafts.leave_draft"),
            "a command is typed whole: there is nothing half",
        ),
        **dict.fromkeys(
            ("drafts.open_drafts", "drafts.save_draft"), "a command is typed whole: there is nothing half"
        ),
        **dict.fromkeys(
            ("desk_states.load_state", "desk_states.save_state"), "a command has no cursor and no scroll"
        ),
        **dict.fromkeys(
            (
                "reminders.due_reminders",
                "reminders.follow_zones",
                "reminders.mark_shown",
                "reminders.next_due",
            ),
            "what rings is a desk that is open; `reminders` lists what is due",
        ),
        **dict.fromkeys(
            (
                "colleagues.leads_per_colleague",
                "defining.customers_per_channel",
                "defining.customers_per_field",
                "defining.customers_per_need",
                "defining.customers_per_status",
            ),
            "stands beside what is chosen; `leads list` counts whom it is asked for",
        ),
        **dict.fromkeys(
            ("finding.find_anew_in_part", "finding.is_to_find_anew"),
            "a desk does it in parts, beside everything else; a command does all of it",
        ),
        "workspaces.due_elsewhere": "rings behind a cover; `workspaces list` counts what is due",
        "own_preferences.keep_settings": "who is hosted has the desk alone; commands keep settings at the machine",
        "follow_up.reasons_given": "offers what was said before while one types; a command is typed whole",
        "escalating.is_anything_overdue": "looks before it writes, twice a minute; `escalate` is asked for once",
        "holidays.read_holidays": "`workspace holidays import` says what it added, and `remove` takes it off",
        **dict.fromkeys(
            ("proposals.take_answers", "proposals.count_open"),
            "tells and counts at a desk that is open; `proposals list` has both",
        ),
        "playbooks.save_need": "`needs add`, `needs rename` and `needs playbook set` do it one after the other",
        "playbooks.save_answers": "`leads edit` writes the same fields of a customer",
        "workspaces.mark_shown_elsewhere": "what rings is a desk that is open; `workspaces list` counts what is due",
        **dict.fromkeys(
            ("signing_in.unlock", "signing_in.require_lockable"),
            "a command asks for the password wherever the sign-in is locked, and locks without a look before",
        ),
        "case_limits.is_any_over_time": "looks before it writes; `cases escalate` is asked for once",
        "cases.cases_of_lead": "`cases list --lead` tells the same",
        "presence.set_break": "whose desk is not open has no break to go on",
        "presence.at_work": "stands beside who is chosen; `board` says who is at work",
        "calls.calls_without_outcome": "asks whoever rang and left it open, at the desk",
        "day.people_of_days": "offers names to choose from; `day --of` takes one",
        "handing_over.returns_to": "a command says where the customer went",
        "exporting.suggested_name": "the file is named",
        "outbox.count_to_look_at": "stands at the desk; `outbox list` has them",
        **dict.fromkeys(
            ("outbox.is_anything_due", "outbox.send_next"),
            "a desk sends beside everything else; `outbox run` sends all of it",
        ),
        "importing.preview.preview": "asks what is doubtful, and has --dry-run and --map",
        "lead_merge.candidates": "offers twins to choose from; `leads merge` names two",
        **dict.fromkeys(
            ("undo.undo_part", "undo.undo_rest"), "`undo` takes all of it, without a screen that waits"
        ),
    },
    "tui": {
        **dict.fromkeys(
            (
                "case_files.export_cases",
                "case_files.import_cases",
                "case_kinds.save_case_kinds",
                "cases.plan_move",
            ),
            "a screen lists the cases and moves them on; files are commands",
        ),
        "case_shares.shares": "listed by month for whoever pays, who works in another program",
        "leads.find_lead": "a screen has the customer before it, or finds as one types",
        "audit.keep_head": "into a file that lies elsewhere, by a timer",
        "new_store.new_session": "makes a store for a command; the screens of the first start have made theirs",
        **dict.fromkeys(
            ("proposals.own_proposals", "proposals.ended_proposals"),
            "who proposed is told at the desk; a screen lists what waits",
        ),
        "distribution_rules.remove_rule": "a screen switches a rule off",
        "exporting.export": "into standard output, which is the screen itself",
        **dict.fromkeys(
            ("holidays.add_holidays", "holidays.list_holidays", "holidays.remove_holidays"),
            "the form of the workspace has a line for each",
        ),
        "holidays.import_holidays": "a file's holidays are read into the form, and saved with it",
        **dict.fromkeys(
            ("signing_in.add_service", "signing_in.list_services"),
            "done by a command, before a desk opens or beside it",
        ),
        "finding.find_anew": "a desk does it in parts, beside everything else",
        "field_kinds.answers_in_the_way": "stands beside the kind: how many, and the first of them",
        "importing.running.find_doubts": "the preview of a file has them",
        "lead_list.at_once": "a screen shows a window of what is listed",
        "reminders.find_reminder": "a screen has the reminder before it",
        **dict.fromkeys(("undo.last_undoable", "undo.undo"), "`u` takes back by parts, so that nobody waits"),
        "views.find_view": "a screen offers all of them",
        "outbox.run": "a desk sends one after the other, beside everything else",
        "follow_up.plan_step": "the dialog works the step out as one types",
    },
}
"""Why a front lacks a service, by the service's name."""


@pytest.mark.parametrize("front", FRONTS)
def test_each_service_has_both_fronts_or_a_reason(front: str) -> None:
    by_either = {each for one in FRONTS for each in used_by(one)} & test_every_change.services()
    assert by_either - used_by(front) == set(WITHOUT[front])
