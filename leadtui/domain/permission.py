"""What a person may do, for whose customers, and the profiles that come ready."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
    such a customer into it. Those of `SCOPED` are granted for some customers or for everybody's.
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
    IMPORT_OVER = "imports:over"
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


class Scope(StrEnum):
    """For whose customers something is granted, each wider than the one before."""

    NONE = "none"
    OWN = "own"
    """Those in one's own cartable."""
    TEAM = "team"
    """Those in the cartables of everybody who is in a team with one."""
    ALL = "all"
    """Everybody's, and those who are in no cartable."""


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """That something is granted for customers of a scope."""

    permission: Permission
    scope: Scope

    @property
    def name(self) -> str:
        """As stores, templates and commands have it: `exports:run=team`; for everybody's customers the permission alone."""
        return self.permission.value if self.scope is Scope.ALL else f"{self.permission}={self.scope}"


SCOPED = (
    Permission.SEE_CUSTOMERS,
    Permission.SEE_NUMBERS,
    Permission.EDIT_CUSTOMERS,
    Permission.MERGE_CUSTOMERS,
    Permission.ERASE_CUSTOMERS,
    Permission.FORBID_CALLS,
    Permission.ALLOW_CALLS,
    Permission.FOLLOW_UP,
    Permission.TRANSFER,
    Permission.REMIND,
    Permission.WORK_CASES,
    Permission.IMPORT_OVER,
    Permission.EXPORT,
    Permission.SEND_MESSAGES,
)
"""What is granted for customers of a scope: those whom it is done to, and of `TRANSFER` those to whom they are given."""

_SCOPES = tuple(Scope)


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


SCOPE_TITLES: dict[Scope, str] = {
    Scope.NONE: P_("scope", "none"),
    Scope.OWN: P_("scope", "own"),
    Scope.TEAM: P_("scope", "team"),
    Scope.ALL: P_("scope", "all"),
}
"""What people read for whose customers something is granted."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What people are given together: permissions, and how far they reach each field of a customer.

    `key` is stable, `title` is what people read. What is granted for fewer than everybody's customers is in `narrowed` as well.
    """

    id: int
    key: str
    title: str
    permissions: frozenset[Permission] = frozenset()
    fields: FieldRights = ALL_EDITED
    narrowed: frozenset[Grant] = frozenset()

    def scope(self, permission: Permission) -> Scope:
        """For whose customers it grants that."""
        return scope_of(permission, self.permissions, self.narrowed)

    @property
    def grants(self) -> frozenset[Grant]:
        """All that it grants, the narrower scopes of each permission included: what one has and another lacks is a difference of sets."""
        return grants_of(self.permissions, self.narrowed)

    def granting(self, scopes: Mapping[Permission, Scope]) -> Profile:
        """The profile with these permissions granted for customers of these scopes, and the others as they are."""
        wanted = {each: self.scope(each) for each in Permission} | dict(scopes)
        permissions, narrowed = _kept(wanted)
        return replace(self, permissions=permissions, narrowed=narrowed)

    @property
    def ready(self) -> bool:
        """Whether every workspace begins with it: it can be changed, but not removed."""
        return self.key in READY_PROFILES


def whole_owner(profile: Profile) -> Profile:
    """The owner's profile, which allows everything whatever somebody wrote of it."""
    return replace(
        profile, permissions=READY_PROFILES[OWNER_PROFILE], fields=ALL_EDITED, narrowed=frozenset()
    )


def differences(one: Profile, other: Profile) -> tuple[Permission, ...]:
    """What one of the two profiles allows alone."""
    return tuple(each for each in Permission if one.scope(each) is not other.scope(each))


def least_scope(permission: Permission) -> Scope:
    """For whose customers somebody may do it whose profile does not name the permission: they see the numbers of their own."""
    return Scope.OWN if permission is Permission.SEE_NUMBERS else Scope.NONE


def scopes_of(permission: Permission) -> tuple[Scope, ...]:
    """For whose customers it can be granted, the narrowest first."""
    return _SCOPES if permission in SCOPED else (Scope.NONE, Scope.ALL)


def scope_of(permission: Permission, permissions: frozenset[Permission], narrowed: frozenset[Grant]) -> Scope:
    """For whose customers a permission is granted by these."""
    if narrowed:
        for each in narrowed:
            if each.permission is permission:
                return each.scope
    return Scope.ALL if permission in permissions else least_scope(permission)


def grants_of(permissions: frozenset[Permission], narrowed: frozenset[Grant]) -> frozenset[Grant]:
    """All that these grant, as `Profile.grants`."""
    return frozenset(
        Grant(each, scope)
        for each in Permission
        for scope in _up_to(scope_of(each, permissions, narrowed), scoped=each in SCOPED)
    )


def common_grants(
    one: frozenset[Grant], other: frozenset[Grant]
) -> tuple[frozenset[Permission], frozenset[Grant]]:
    """The permissions, and those of them that are narrowed, of what two grant both."""
    scopes = dict.fromkeys(Permission, Scope.NONE)
    for each in one & other:
        scopes[each.permission] = max(scopes[each.permission], each.scope, key=_SCOPES.index)
    return _kept(scopes)


def read_grants(names: Iterable[str]) -> tuple[frozenset[Permission], frozenset[Grant]]:
    """What these names grant, as stores and template files have them: the permissions, and those that are narrowed.

    What this leadtui does not know is left out. Whoever could import before there was a permission for it could change
    by a file everybody who was there.
    """
    named: dict[str, str] = {}
    for each in names:
        permission, _equals, scope = each.partition("=")
        named[permission] = scope
    if _DEFINE in named:
        named |= dict.fromkeys(DEFINING, "")
        if Permission.SEE_ALL_DAYS in named:
            named[Permission.SEE_BOARD] = ""  # it was no permission of its own then
    if Permission.IMPORT in named:
        named.setdefault(Permission.IMPORT_OVER, "")
    scopes: dict[Permission, Scope] = {each: least_scope(each) for each in Permission}
    for each in Permission:
        scope = named.get(each)
        if scope == "":
            scopes[each] = Scope.ALL
        elif scope in _SCOPES and each in SCOPED:
            scopes[each] = Scope(scope)
    return _kept(scopes)


def granted_profile(profile: Profile, names: Iterable[str]) -> Profile:
    """The profile with what these names grant, as `read_grants` reads them, and nothing else."""
    permissions, narrowed = read_grants(names)
    return replace(profile, permissions=permissions, narrowed=narrowed)


def grant_names(profile: Profile) -> tuple[str, ...]:
    """What the profile grants, in names that `read_grants` reads, in the order of the permissions."""
    named: list[str] = []
    for each in Permission:
        scope = profile.scope(each)
        unsaid = least_scope(each)
        if each is Permission.IMPORT_OVER and Permission.IMPORT in profile.permissions:
            unsaid = Scope.ALL
            if scope is Scope.ALL:
                named.append(each.value)
        if scope is not unsaid:
            named.append(Grant(each, scope).name)
    return tuple(named)


def _up_to(scope: Scope, *, scoped: bool) -> tuple[Scope, ...]:
    if not scoped:
        return () if scope is Scope.NONE else (Scope.ALL,)
    return _SCOPES[1 : _SCOPES.index(scope) + 1]


def _kept(scopes: Mapping[Permission, Scope]) -> tuple[frozenset[Permission], frozenset[Grant]]:
    """Permissions and what of them is narrowed, said in one way only."""
    told = {each: scope for each, scope in scopes.items() if scope is not least_scope(each)}
    return (
        frozenset(each for each, scope in told.items() if scope is not Scope.NONE),
        frozenset(Grant(each, scope) for each, scope in told.items() if scope is not Scope.ALL),
    )
