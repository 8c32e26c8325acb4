"""Which permissions the commands need that do not name one by themselves: of each set one is enough."""

from __future__ import annotations

from leadtui.domain.permission import Permission

NEEDED: dict[str, tuple[Permission, ...]] = {
    "set-status": (Permission.FOLLOW_UP,),
    "call": (Permission.FOLLOW_UP,),
    "note": (Permission.FOLLOW_UP,),
    "next-lead": (Permission.SEE_CARTABLE,),
    "next-free": (Permission.FOLLOW_UP,),
    "remind": (Permission.REMIND,),
    "reminders": (Permission.SEE_CARTABLE,),
    "assign": (Permission.TRANSFER,),
    "add-customer": (Permission.ADD_CUSTOMERS,),
    "edit-customer": (Permission.EDIT_CUSTOMERS,),
    "erase": (Permission.ERASE_CUSTOMERS,),
    "do-not-call": (Permission.FORBID_CALLS, Permission.ALLOW_CALLS),
    "settings": (Permission.DEFINE, Permission.MANAGE_COLLEAGUES),
    "statuses-tab": (Permission.DEFINE,),
    "fields-tab": (Permission.DEFINE,),
    "channels-tab": (Permission.DEFINE,),
    "needs-tab": (Permission.DEFINE,),
    "colleagues-tab": (Permission.MANAGE_COLLEAGUES,),
    "profiles-tab": (Permission.MANAGE_COLLEAGUES,),
}
"""By the commands' names. A command that is not named is everybody's."""
