"""What each service needs for the call that test_every_change.py makes of it: services and commands are tried against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from leadtui.domain.permission import DEFINING, Permission
from leadtui.services.proposals import DECIDING

P = Permission
Needs: TypeAlias = tuple[frozenset[Permission], ...]
"""Of each set at least one permission is needed."""


def all_of(*needed: Permission | frozenset[Permission]) -> Needs:
    """Each of them."""
    return tuple(each if isinstance(each, frozenset) else frozenset({each}) for each in needed)


SEEING = frozenset({P.SEE_CUSTOMERS, P.SEE_CARTABLE})
OWN: Needs = ()
"""What is the person's own, or only puts into words what was read: it needs nothing."""

OF_A_TEMPLATE = (DEFINING, P.CHANGE_WORKSPACE, P.DEFINE_STATUSES, P.DEFINE_CHANNELS)
"""What is needed for the differences of the blank template, in their order."""

NEEDS: Mapping[str, Needs] = {
    "audit.keep_head": all_of(P.SEE_AUDIT),
    "audit.list_entries": all_of(P.SEE_AUDIT),
    "bulk.assign": all_of(P.TRANSFER),
    "board.open_board": all_of(P.SEE_BOARD),
    "backing_up.back_up": all_of(P.BACK_UP),
    "calls.calls_without_outcome": all_of(P.FOLLOW_UP),
    "holidays.add_holidays": all_of(P.CHANGE_WORKSPACE),
    "holidays.remove_holidays": all_of(P.CHANGE_WORKSPACE),
    "holidays.import_holidays": all_of(P.CHANGE_WORKSPACE),
    "holidays.read_holidays": all_of(P.CHANGE_WORKSPACE),
    "holidays.list_holidays": OWN,
    "calls.rung_just_now": all_of(P.FOLLOW_UP),
    "call_windows.outside_now": OWN,
    "call_windows.require_window": OWN,
    "cartable.open_cartable": all_of(P.SEE_CARTABLE),
    "colleagues.add_colleague": all_of(P.MANAGE_COLLEAGUES),
    "colleagues.change_colleague": all_of(P.MANAGE_COLLEAGUES),
    "colleagues.leads_per_colleague": all_of(
        frozenset({P.ADD_CUSTOMERS, P.EDIT_CUSTOMERS, P.FOLLOW_UP, P.TRANSFER, P.MANAGE_COLLEAGUES})
    ),
    "distributing.distribute": all_of(P.TRANSFER),
    "distributing.plan": all_of(P.TRANSFER),
    "distributing.try_rule": all_of(P.TRANSFER),
    "distribution_rules.remove_rule": all_of(P.DEFINE_RULES),
    "distribution_rules.save_rule": all_of(P.DEFINE_RULES),
    "handing_over.hand_over": all_of(P.MANAGE_COLLEAGUES, P.TRANSFER),
    "handing_over.return_lead": all_of(P.FOLLOW_UP),
    "handing_over.returns_to": all_of(P.FOLLOW_UP),
    "handing_over.left_behind": all_of(P.MANAGE_COLLEAGUES),
    "lead_list.LeadList": all_of(SEEING),
    "lead_list.at_once": OWN,
    "day.open_day": all_of(frozenset({P.SEE_OWN_DAY, P.SEE_ALL_DAYS})),
    "day.people_of_days": OWN,
    "defining.add_titled": all_of(P.DEFINE_CHANNELS),
    "defining.bring_back": all_of(P.DEFINE_STATUSES),
    "defining.customers_per_channel": all_of(P.DEFINE_CHANNELS),
    "defining.customers_per_field": all_of(P.DEFINE_FIELDS),
    "defining.customers_per_need": all_of(P.DEFINE_NEEDS),
    "defining.customers_per_status": all_of(P.DEFINE_STATUSES),
    "defining.rename": all_of(P.DEFINE_CHANNELS),
    "defining.reorder": all_of(P.DEFINE_STATUSES),
    "defining.retire": all_of(P.DEFINE_STATUSES),
    "defining.save_field": all_of(P.DEFINE_FIELDS),
    "proposals.propose": all_of(P.PROPOSE),
    "proposals.open_proposals": all_of(DECIDING),
    "proposals.ended_proposals": all_of(DECIDING),
    "proposals.count_open": all_of(DECIDING),
    "proposals.own_proposals": OWN,
    "proposals.take_answers": OWN,
    "proposals.approve": all_of(P.DEFINE_CHANNELS),
    "proposals.decline": all_of(DECIDING, P.DEFINE_CHANNELS),
    "proposals.merge": all_of(DECIDING, P.DEFINE_CHANNELS),
    "defining.save_status": all_of(P.DEFINE_STATUSES),
    "desk_states.load_state": OWN,
    "desk_states.put_aside": OWN,
    "desk_states.save_state": OWN,
    "do_not_call.allow": all_of(P.ALLOW_CALLS),
    "do_not_call.allow_number": all_of(P.ALLOW_CALLS),
    "do_not_call.bans_of": OWN,
    "do_not_call.forbid": all_of(P.FORBID_CALLS),
    "do_not_call.forbid_number": all_of(P.FORBID_CALLS),
    "do_not_call.forbid_numbers": all_of(P.FORBID_CALLS),
    "do_not_call.list_forbidden": all_of(P.SEE_NUMBERS, P.SEE_CUSTOMERS),
    "do_not_call.require_callable": OWN,
    "drafts.discard_draft": OWN,
    "drafts.find_draft": OWN,
    "drafts.leave_draft": OWN,
    "drafts.save_draft": OWN,
    "drafts.drafts_of": OWN,
    "drafts.open_drafts": OWN,
    "editing.add_lead": all_of(P.ADD_CUSTOMERS),
    "editing.edit_lead": all_of(P.EDIT_CUSTOMERS),
    "editing.look_up": all_of(frozenset({P.ADD_CUSTOMERS, P.EDIT_CUSTOMERS})),
    "erasing.erase": all_of(P.ERASE_CUSTOMERS),
    "erasing.erase_many": all_of(P.ERASE_CUSTOMERS),
    "erasing.list_erasures": all_of(P.ERASE_CUSTOMERS),
    "export_columns.Wording": OWN,
    "export_columns.columns_of": OWN,
    # Whichever desk is open does what the workspace's rules say.
    "escalating.escalate": OWN,
    "escalating.is_anything_overdue": OWN,
    "exporting.export": all_of(P.EXPORT, SEEING),
    "exporting.export_file": all_of(P.EXPORT, SEEING),
    "exporting.suggested_name": OWN,
    "field_kinds.answers_in_the_way": all_of(P.DEFINE_FIELDS),
    "follow_up.plan_step": all_of(P.FOLLOW_UP, P.TRANSFER),
    "follow_up.set_status": all_of(P.FOLLOW_UP, P.TRANSFER),
    "follow_up.set_status_of": all_of(P.FOLLOW_UP),
    "own_preferences.change_own": OWN,
    "presence.changed_by_others": OWN,
    "cartable.given_to_me": all_of(P.SEE_CARTABLE),
    "cartable.mark_seen": OWN,
    "importing.running.list_imports": all_of(P.IMPORT),
    "importing.preview.preview": all_of(P.IMPORT),
    "importing.running.find_doubts": all_of(P.IMPORT),
    "importing.preparing.prepare": all_of(P.IMPORT),
    "importing.running.import_files": all_of(P.IMPORT),
    "importing.running.import_files (dry)": all_of(P.IMPORT),
    "importing.undoing.undo_import": all_of(P.UNDO_IMPORT),
    "leads.add_note": all_of(P.FOLLOW_UP),
    "leads.find_lead": all_of(SEEING),
    "leads.log_call": all_of(P.FOLLOW_UP),
    "leads.open_lead": all_of(SEEING),
    "lead_merge.candidates": all_of(P.MERGE_CUSTOMERS, SEEING),
    "lead_merge.compare": all_of(P.MERGE_CUSTOMERS),
    "lead_merge.merge": all_of(P.MERGE_CUSTOMERS),
    "presence.take_next": all_of(SEEING, P.FOLLOW_UP),
    "presence.arrive": OWN,
    "presence.at_work": OWN,
    "presence.set_break": OWN,
    "presence.beat": OWN,
    "presence.company": OWN,
    "presence.is_anybody_here": OWN,
    "presence.leave": OWN,
    "profiles.remove_profile": all_of(P.MANAGE_COLLEAGUES),
    "profiles.save_profile": all_of(P.MANAGE_COLLEAGUES),
    "reminders.acknowledge": all_of(P.REMIND),
    "reminders.cancel": all_of(P.REMIND),
    "reminders.due_reminders": all_of(P.SEE_CARTABLE),
    "reminders.find_reminder": all_of(frozenset({P.SEE_CARTABLE, P.REMIND})),
    "reminders.next_due": all_of(P.SEE_CARTABLE),
    "reminders.list_reminders": all_of(P.SEE_CARTABLE),
    "reminders.follow_zones": OWN,
    "reminders.mark_shown": OWN,
    "reminders.set_reminder": all_of(P.REMIND),
    "reminders.skip": all_of(P.REMIND),
    "reminders.snooze": all_of(P.REMIND),
    "bulk.select": all_of(SEEING),
    "template_exchange.compare": all_of(*OF_A_TEMPLATE),
    "template_exchange.import_template": all_of(*OF_A_TEMPLATE),
    "template_exchange.template_text": all_of(DEFINING),
    # What is taken back is a reminder that was set.
    "undo.last_undoable": OWN,
    "undo.undo": all_of(P.REMIND),
    "undo.undo_escalation": all_of(P.TRANSFER),
    "undo.undo_part": all_of(P.REMIND),
    "undo.undo_rest": all_of(P.REMIND),
    # One's own views; those of the team need more, see test_views.py.
    "views.change_view": OWN,
    "views.delete_view": OWN,
    "views.find_view": OWN,
    "views.list_views": OWN,
    "views.save_view": OWN,
    "workspace.change_workspace": all_of(P.CHANGE_WORKSPACE),
}
"""What each service needs for the call that is made of it."""
