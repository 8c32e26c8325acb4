"""What a person may do, and the profiles that come ready."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing that a profile may grant, named area:action."""

    SEE_CUSTOMERS = "customers:see"
    ADD_CUSTOMERS = "customers:add"
    EDIT_CUSTOMERS = "customers:edit"
    SEE_CARTABLE = "cartables:see"
    FOLLOW_UP = "follow-ups:set"
    TRANSFER = "follow-ups:transfer"
    REMIND = "follow-ups:remind"
    IMPORT = "imports:run"
    DEFINE = "settings:define"
    MANAGE_COLLEAGUES = "colleagues:manage"


AGENT_PROFILE = "agent"
SUPERVISOR_PROFILE = "supervisor"

READY_PROFILES: dict[str, frozenset[Permission]] = {
    AGENT_PROFILE: frozenset(
        {
            Permission.SEE_CUSTOMERS,
            Permission.ADD_CUSTOMERS,
            Permission.EDIT_CUSTOMERS,
            Permission.SEE_CARTABLE,
            Permission.FOLLOW_UP,
            Permission.TRANSFER,
            Permission.REMIND,
        }
    ),
    SUPERVISOR_PROFILE: frozenset(Permission),
}
"""The two profiles every workspace begins with, by their keys."""
