"""Permissions and their areas in the words of people, and what two profiles allow otherwise."""

from __future__ import annotations

from leadtui.domain.permission import SCOPE_TITLES, SCOPED, Area, Permission, Profile, Scope
from leadtui.language.translate import P_, pgettext

AREA_WORDS = {
    Area.CUSTOMERS: P_("field", "Customers"),
    Area.CARTABLES: P_("field", "Cartables"),
    Area.FOLLOW_UPS: P_("field", "Follow-ups"),
    Area.IMPORTS: P_("field", "Imports"),
    Area.EXPORTS: P_("field", "Exports"),
    Area.SETTINGS: P_("field", "Settings"),
    Area.COLLEAGUES: P_("field", "Colleagues"),
    Area.MESSAGES: P_("field", "Messages"),
    Area.CASES: P_("field", "Cases"),
    Area.REPORTS: P_("field", "Reports"),
}

PERMISSION_WORDS = {
    Permission.SEE_CUSTOMERS: P_("choice", "see customers"),
    Permission.SEE_NUMBERS: P_("choice", "see numbers"),
    Permission.ADD_CUSTOMERS: P_("choice", "add"),
    Permission.EDIT_CUSTOMERS: P_("choice", "edit"),
    Permission.MERGE_CUSTOMERS: P_("choice", "merge"),
    Permission.ERASE_CUSTOMERS: P_("choice", "erase for good"),
    Permission.FORBID_CALLS: P_("choice", "forbid calls"),
    Permission.ALLOW_CALLS: P_("choice", "allow calls again"),
    Permission.SEE_CARTABLE: P_("choice", "have a cartable"),
    Permission.FOLLOW_UP: P_("choice", "set statuses, note, call"),
    Permission.TRANSFER: P_("choice", "give to colleagues"),
    Permission.TAKE_OVER: P_("choice", "take over whose numbers are hidden"),
    Permission.REMIND: P_("choice", "set reminders"),
    Permission.SEE_CASES: P_("choice", "see cases"),
    Permission.WORK_CASES: P_("choice", "open and move cases"),
    Permission.APPROVE_CASES: P_("choice", "review and approve cases"),
    Permission.OVERRIDE_CASES: P_("choice", "override what a move requires"),
    Permission.IMPORT: P_("choice", "import"),
    Permission.IMPORT_OVER: P_("choice", "change by an import who is there"),
    Permission.UNDO_IMPORT: P_("choice", "take an import back"),
    Permission.EXPORT: P_("choice", "export"),
    Permission.DEFINE_STATUSES: P_("choice", "statuses"),
    Permission.DEFINE_FIELDS: P_("choice", "fields"),
    Permission.DEFINE_CHANNELS: P_("choice", "entry channels"),
    Permission.DEFINE_NEEDS: P_("choice", "needs"),
    Permission.DEFINE_RULES: P_("choice", "rules of distribution"),
    Permission.DEFINE_CASES: P_("choice", "kinds of cases"),
    Permission.CHANGE_WORKSPACE: P_("choice", "workspace and holidays"),
    Permission.PROPOSE: P_("choice", "propose what is missing"),
    Permission.SHARE_VIEWS: P_("choice", "share views"),
    Permission.BACK_UP: P_("choice", "back up and restore"),
    Permission.CLOSE_WORKSPACE: P_("choice", "close the workspace"),
    Permission.NAME_OWNERS: P_("choice", "name owners"),
    Permission.MANAGE_COLLEAGUES: P_("choice", "manage colleagues and profiles"),
    Permission.SEND_MESSAGES: P_("choice", "send"),
    Permission.WRITE_TEXTS: P_("choice", "write the texts"),
    Permission.SET_UP_MESSAGES: P_("choice", "set up gateways"),
    Permission.SEE_OWN_DAY: P_("choice", "see the own day"),
    Permission.SEE_ALL_DAYS: P_("choice", "see everybody's days"),
    Permission.SEE_BOARD: P_("choice", "see the board"),
    Permission.SEE_AUDIT: P_("choice", "see the audit"),
}


def area_words(area: Area) -> str:
    """What the group is called."""
    return pgettext("field", AREA_WORDS[area])


def scope_words(permission: Permission, scope: Scope) -> str:
    """Whether something is granted, and where it is for some customers only, for whose."""
    if permission in SCOPED:
        return pgettext("scope", SCOPE_TITLES[scope])
    return pgettext("choice", "yes") if scope is Scope.ALL else pgettext("choice", "no")


def grant_words(profile: Profile, permission: Permission) -> str:
    """For whose customers a profile grants a permission."""
    return scope_words(permission, profile.scope(permission))


def permission_words(permission: Permission) -> str:
    """What whoever has it may do, within its area."""
    return pgettext("choice", PERMISSION_WORDS[permission])
