"""What a person may do, and the profiles that come ready."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from leadtui.domain.field_rights import ALL_EDITED, FieldRights
from leadtui.language.translate import P_


class Area(StrEnum):
    """What permissions are grouped by."""

    CUSTOMERS = "customers"
    CARTABLES = "cartables"
    FOLLOW_UPS = "follow-ups"
    IMPORTS = "imports"
    EXPORTS = "exports"
    SETTINGS = "settings"
    COLLEAGUES = "colleagues"
    MESSAGES = "messages"
    CASES = "cases"
    REPORTS = "reports"


class Permission(StrEnum):
    """One thing that a profile may grant, named area:action.

    Without `SEE_CUSTOMERS` a person sees the customers of their own cartable alone; without `SEE_NUMBERS`
    neither numbers nor e-mail addresses of the customers that are not in it, and without `TAKE_OVER` cannot put
    such a customer into it.
    """

    SEE_CUSTOMERS = "customers:see"
    SEE_NUMBERS = "customers:see-numbers"
    ADD_CUSTOMERS = "customers:add"
    EDIT_CUSTOMERS = "customers:edit"
    MERGE_CUSTOMERS = "customers:merge"
    ERASE_CUSTOMERS = "customers:erase"
    FORBID_CALLS = "customers:forbid-calls"
    ALLOW_CALLS = "customers:allow-calls"
    SEE_CARTABLE = "cartables:see"
    FOLLOW_UP = "follow-ups:set"
    TRANSFER = "follow-ups:transfer"
    TAKE_OVER = "follow-ups:take-over"
    REMIND = "follow-ups:remind"
    SEE_CASES = "cases:see"
    WORK_CASES = "cases:work"
    APPROVE_CASES = "cases:approve"
    OVERRIDE_CASES = "cases:override"
    IMPORT = "imports:run"
    UNDO_IMPORT = "imports:undo"
    EXPORT = "exports:run"
    DEFINE_STATUSES = "settings:statuses"
    DEFINE_FIELDS = "settings:fields"
    DEFINE_CHANNELS = "settings:channels"
    DEFINE_NEEDS = "settings:needs"
    DEFINE_RULES = "settings:distribution"
    DEFINE_CASES = "settings:cases"
    CHANGE_WORKSPACE = "settings:workspace"
    PROPOSE = "settings:propose"
    SHARE_VIEWS = "settings:share-views"
    BACK_UP = "settings:back-up"
    CLOSE_WORKSPACE = "settings:close"
    MANAGE_COLLEAGUES = "colleagues:manage"
    NAME_OWNERS = "colleagues:owners"
    SEND_MESSAGES = "messages:send"
    WRITE_TEXTS = "messages:texts"
    SET_UP_MESSAGES = "messages:set-up"
    SEE_OWN_DAY = "reports:own-day"
    SEE_ALL_DAYS = "reports:all-days"
    SEE_BOARD = "reports:board"
    SEE_AUDIT = "reports:audit"

    @property
    def area(self) -> Area:
        """The group it is shown in."""
        return Area(self.value.partition(":")[0])


SEE_LEADS = frozenset({Permission.SEE_CUSTOMERS, Permission.SEE_CARTABLE})
"""Either lets a person see leads: all of them, or those of their own cartable."""

DEFINING = frozenset(
    {
        Permission.DEFINE_STATUSES,
        Permission.DEFINE_FIELDS,
        Permission.DEFINE_CHANNELS,
        Permission.DEFINE_NEEDS,
        Permission.DEFINE_RULES,
        Permission.DEFINE_CASES,
        Permission.CHANGE_WORKSPACE,
    }
)
"""Each lets a person keep a part of what the workspace defines."""

_DEFINE = "settings:define"
"""What template files call all of DEFINING that were written when it was one permission."""

OWNER_ONLY = frozenset(
    {Permission.ERASE_CUSTOMERS, Permission.CLOSE_WORKSPACE, Permission.NAME_OWNERS},
)
"""What is the owner's own: a supervisor has none of it, no migration gives it, and it is granted by whoever holds it alone."""

AGENT_PROFILE = "agent"
SUPERVISOR_PROFILE = "supervisor"
OWNER_PROFILE = "owner"
"""That of whoever makes a workspace: its title can be changed, what it allows is everything."""
SUPPORT_PROFILE = "support"
TECHNICAL_PROFILE = "technical"
FINANCIAL_PROFILE = "financial"
PARTNERS_PROFILE = "partners"

AREA_GRANTS: dict[str, tuple[str, ...]] = {
    SUPPORT_PROFILE: (
        *("purchases:notify", "purchases:send-mails", "purchases:invoice", "purchases:refund"),
        *("purchases:correct-email", "purchases:find", "purchases:find-by-period"),
        *("products:see", "products:manage-subscriptions", "reports:recovered-purchases"),
    ),
    TECHNICAL_PROFILE: (
        *("tools:checkout", "tools:payment-pages", "tools:social-drm", "tools:sales-funnel"),
        *("tools:list-building", "tools:hot-leads", "tools:alternative-pages", "tools:api"),
        *("reports:sales-by-origin", "reports:sales-by-checkout-origin"),
    ),
    FINANCIAL_PROFILE: (
        *("money:send-receipts", "money:withdraw"),
        *(
            "reports:payment-kinds",
            "reports:co-production",
            "reports:revenue-by-place",
            "reports:revenue-of-year",
        ),
        *(
            "reports:commissions",
            "reports:revenue-by-product",
            "reports:payments-to-partners",
            "reports:partner-dues",
        ),
    ),
    PARTNERS_PROFILE: (
        *("tools:bonus-delivery", "tools:dynamic-alternative-pages", "partners:accept", "partners:manage"),
        *("reports:partner-leads", "reports:partner-performance", "reports:payments-to-partners"),
    ),
}
"""What those who work in one area alone are given, as it comes: a name grants nothing until there is a `Permission` of it."""

READY_PROFILES: dict[str, frozenset[Permission]] = {
    AGENT_PROFILE: frozenset(
        {
            Permission.SEE_CUSTOMERS,
            Permission.SEE_NUMBERS,
            Permission.ADD_CUSTOMERS,
            Permission.EDIT_CUSTOMERS,
            Permission.FORBID_CALLS,
            Permission.SEE_CARTABLE,
            Permission.FOLLOW_UP,
            Permission.TRANSFER,
            Permission.TAKE_OVER,
            Permission.REMIND,
            Permission.SEE_CASES,
            Permission.WORK_CASES,
            Permission.PROPOSE,
            Permission.SEND_MESSAGES,
            Permission.SEE_OWN_DAY,
        }
    ),
    SUPERVISOR_PROFILE: frozenset(Permission) - OWNER_ONLY,
    OWNER_PROFILE: frozenset(Permission),
    **{
        key: frozenset(each for each in Permission if each.value in names)
        for key, names in AREA_GRANTS.items()
    },
}
"""The profiles every workspace begins with, by their keys."""

READY_TITLES: dict[str, str] = {
    AGENT_PROFILE: P_("profile", "Agent"),
    SUPERVISOR_PROFILE: P_("profile", "Supervisor"),
    OWNER_PROFILE: P_("profile", "Owner"),
    SUPPORT_PROFILE: P_("profile", "Support"),
    TECHNICAL_PROFILE: P_("profile", "Technical"),
    FINANCIAL_PROFILE: P_("profile", "Financial"),
    PARTNERS_PROFILE: P_("profile", "Partner manager"),
}
"""What a workspace calls them at first, in its own language."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What people are given together: permissions, and how far they reach each field of a customer.

    `key` is stable, `title` is what people read.
    """

    id: int
    key: str
    title: str
    permissions: frozenset[Permission] = frozenset()
    fields: FieldRights = ALL_EDITED

    @property
    def ready(self) -> bool:
        """Whether every workspace begins with it: it can be changed, but not removed."""
        return self.key in READY_PROFILES


def differences(one: Profile, other: Profile) -> tuple[Permission, ...]:
    """What one of the two profiles allows alone."""
    return tuple(each for each in Permission if each in one.permissions ^ other.permissions)


def permissions_named(names: Iterable[str]) -> frozenset[Permission]:
    """The permissions of those names, as template files have them; what this leadtui does not know is left out."""
    named = set(names)
    if _DEFINE in named:
        named.update(DEFINING)
        if Permission.SEE_ALL_DAYS in named:
            named.add(Permission.SEE_BOARD)  # it was no permission of its own then
    return frozenset(each for each in Permission if each in named)
