"""Permissions and their areas as people read them."""

from __future__ import annotations

from leadtui.domain.permission import Area, Permission
from leadtui.language.translate import N_

AREA_WORDS = {
    Area.CUSTOMERS: N_("Customers"),
    Area.CARTABLES: N_("Cartables"),
    Area.FOLLOW_UPS: N_("Follow-ups"),
    Area.IMPORTS: N_("Imports"),
    Area.EXPORTS: N_("Exports"),
    Area.SETTINGS: N_("Settings"),
    Area.COLLEAGUES: N_("Colleagues"),
    Area.REPORTS: N_("Reports"),
}

PERMISSION_WORDS = {
    Permission.SEE_CUSTOMERS: N_("see all customers"),
    Permission.SEE_NUMBERS: N_("see everybody's numbers"),
    Permission.ADD_CUSTOMERS: N_("add"),
    Permission.EDIT_CUSTOMERS: N_("edit"),
    Permission.MERGE_CUSTOMERS: N_("merge"),
    Permission.ERASE_CUSTOMERS: N_("erase for good"),
    Permission.FORBID_CALLS: N_("forbid calls"),
    Permission.ALLOW_CALLS: N_("allow calls again"),
    Permission.SEE_CARTABLE: N_("have a cartable"),
    Permission.FOLLOW_UP: N_("set statuses, note, call"),
    Permission.TRANSFER: N_("give to colleagues"),
    Permission.REMIND: N_("set reminders"),
    Permission.IMPORT: N_("import"),
    Permission.UNDO_IMPORT: N_("take an import back"),
    Permission.EXPORT: N_("export"),
    Permission.DEFINE: N_("define statuses, fields, channels, needs"),
    Permission.SHARE_VIEWS: N_("share views"),
    Permission.BACK_UP: N_("back up and restore"),
    Permission.MANAGE_COLLEAGUES: N_("manage colleagues and profiles"),
    Permission.SEE_OWN_DAY: N_("see the own day"),
    Permission.SEE_ALL_DAYS: N_("see everybody's days"),
}
