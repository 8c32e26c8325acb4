"""A workspace and what is defined in it: its people, entry channels and needs, and the template it begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from leadtui.domain.case_kind import CaseKind, kind_of_key
from leadtui.domain.distribution import DistributionRule
from leadtui.domain.field import Field
from leadtui.domain.field_rights import ALL_EDITED, FieldRights
from leadtui.domain.message import MessageText
from leadtui.domain.opening import Opening, kept_opening
from leadtui.domain.permission import (
    OWNER_PROFILE,
    READY_PROFILES,
    READY_TITLES,
    Grant,
    Permission,
    Profile,
    Scope,
    grants_of,
    scope_of,
    whole_owner,
)
from leadtui.domain.playbook import NO_PLAYBOOK, OPENING, Playbook, own_fields
from leadtui.domain.signing_in import IDLE_AS_USUAL, SIGN_IN_DAYS, PersonKind
from leadtui.domain.status import Status, StatusKind
from leadtui.domain.team import Team
from leadtui.domain.week import kept_week
from leadtui.language.calendar import WEEK_AS_USUAL, Calendar, weekdays_in_order
from leadtui.language.clock import WorkHours
from leadtui.language.translate import catalogue

AS_HOURS = "="
"""As call windows: customers are rung in the hours of work."""


class WorkspaceKind(StrEnum):
    """Whose a workspace is. Only a business has colleagues."""

    PRIVATE = "private"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class Workspace:
    """One account: its customers, its people, how it writes and when it works.

    `region` is an ISO 3166 alpha-2 code by which numbers without a country code are read,
    `zone` an IANA time zone, `currency` an ISO 4217 code. `hours` are those of work and `windows` those in which customers
    are rung, as `Week.text` has them, "" where nothing is defined; `holidays` are as `Holiday.text`. Whoever rings a number
    again within `call_gap` minutes is asked first; 0 asks nobody. After `idle_lock` minutes without a key a desk is locked where
    people have passwords; 0 never does, and `IDLE_AS_USUAL` is as `idle_minutes` says. A sign-in lasts for `sign_in_days`. Weeks
    begin on `week_start` (Monday 0), or as is usual where it is. `registered_name` and `registered_number` are a
    business's own, the number "" as long as it is to be entered. In one that is `closed` nobody works.
    """

    id: int
    title: str
    language: str = "en"
    calendar: Calendar = Calendar.GREGORIAN
    region: str = "US"
    zone: str = "UTC"
    currency: str = "USD"
    hours: str = ""
    windows: str = ""
    holidays: tuple[str, ...] = ()
    call_gap: int = 0
    idle_lock: int = IDLE_AS_USUAL
    sign_in_days: int = SIGN_IN_DAYS
    week_start: int = WEEK_AS_USUAL
    kind: WorkspaceKind = WorkspaceKind.PRIVATE
    registered_name: str = ""
    registered_number: str = ""
    closed: bool = False

    @property
    def may_have_colleagues(self) -> bool:
        """Whether it is a business that is registered under a number."""
        return self.kind is WorkspaceKind.BUSINESS and bool(self.registered_number)

    @property
    def work(self) -> Opening:
        """When it works."""
        return kept_opening(self.hours, self.holidays)

    @property
    def calls(self) -> Opening:
        """When customers are rung; without a week they are rung whenever somebody likes."""
        return kept_opening(self.hours if self.windows == AS_HOURS else self.windows, self.holidays)

    def weekdays(self, language: str) -> tuple[int, ...]:
        """The weekdays (Monday 0) in the order of the week, as they are listed in that language."""
        return weekdays_in_order(language, self.region, self.week_start)

    @property
    def work_hours(self) -> WorkHours:
        """Which hours are hours of work: those of its week, else those in which customers are rung."""
        return (kept_week(self.hours) or self.calls.week).hours


@dataclass(frozen=True, slots=True)
class OwnWorkspace:
    """One of the workspaces of a store in which a person works; `entered_at` is when they last opened its desk (aware UTC)."""

    id: int
    title: str
    kind: WorkspaceKind
    profile: str
    """What their profile is called there."""
    permissions: frozenset[Permission]
    closed: bool = False
    entered_at: datetime | None = None


def last_entered(own: Sequence[OwnWorkspace]) -> OwnWorkspace | None:
    """The one whose desk was opened last; None where none of them was."""
    entered = [each for each in own if each.entered_at is not None]
    return max(entered, key=lambda each: (each.entered_at, each.id), default=None)


class MemberState(StrEnum):
    """How somebody stands in a workspace."""

    INVITED = "invited"
    """They have not accepted yet."""
    ACTIVE = "active"
    SUSPENDED = "suspended"
    """They may do nothing until somebody lets them in again."""
    GONE = "gone"


WITH_CARTABLE = frozenset({MemberState.ACTIVE, MemberState.SUSPENDED})
"""Who may have customers: somebody who is suspended keeps those that nobody else was given."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person in a workspace, or a service of it, with what their profile allows them.

    They stand as they do `since` a moment (aware UTC), by the decision of the person `by`; None where nobody kept it.
    """

    id: int
    name: str
    email: str
    profile: str = "agent"
    permissions: frozenset[Permission] = frozenset()
    narrowed: frozenset[Grant] = frozenset()
    state: MemberState = MemberState.ACTIVE
    kind: PersonKind = PersonKind.PERSON
    since: datetime | None = None
    by: int | None = None
    fields: FieldRights = ALL_EDITED
    """How far their profile lets them reach each field of a customer."""

    @property
    def active(self) -> bool:
        """Whether this person works here now."""
        return self.state is MemberState.ACTIVE

    def may(self, permission: Permission) -> bool:
        """Whether this person's profile grants `permission` and the person is active."""
        return self.active and permission in self.permissions

    def scope(self, permission: Permission) -> Scope:
        """For whose customers this person's profile grants `permission`."""
        return scope_of(permission, self.permissions, self.narrowed) if self.active else Scope.NONE

    @property
    def grants(self) -> frozenset[Grant]:
        """All that this person's profile grants."""
        return grants_of(self.permissions, self.narrowed)

    @property
    def is_service(self) -> bool:
        """Whether nobody sits there: it is given nothing, and stands among no people."""
        return self.kind is PersonKind.SERVICE


@dataclass(frozen=True, slots=True)
class Channel:
    """An entry channel: where a customer came from. `key` is stable, `title` is what people read."""

    id: int
    key: str
    title: str
    position: int = 0
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """What a customer wants, and how one talks with whoever does."""

    id: int
    key: str
    title: str
    position: int = 0
    retired: bool = False
    playbook: Playbook = NO_PLAYBOOK


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything a workspace has defined, as one snapshot; retired things included.

    `sight` is how far whoever it is for reaches each field of a customer: what lists fields leaves out those that are hidden.
    """

    workspace: Workspace
    statuses: tuple[Status, ...] = ()
    fields: tuple[Field, ...] = ()
    channels: tuple[Channel, ...] = ()
    needs: tuple[Need, ...] = ()
    colleagues: tuple[Colleague, ...] = ()
    profiles: tuple[Profile, ...] = ()
    teams: tuple[Team, ...] = ()
    rules: tuple[DistributionRule, ...] = ()
    case_kinds: tuple[CaseKind, ...] = ()
    opening: Playbook = NO_PLAYBOOK
    """The playbook by which one begins where the need is not known."""
    sight: FieldRights = field(default=ALL_EDITED, compare=False)
    texts: tuple[MessageText, ...] = ()
    """What messages to customers say."""
    _status_by_id: dict[int, Status] = field(init=False, repr=False, compare=False)
    _channel_by_id: dict[int, Channel] = field(init=False, repr=False, compare=False)
    _need_by_id: dict[int, Need] = field(init=False, repr=False, compare=False)
    _colleague_by_id: dict[int, Colleague] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the definitions, which are looked up for every cell that is drawn."""
        object.__setattr__(self, "_status_by_id", {each.id: each for each in self.statuses})
        object.__setattr__(self, "_channel_by_id", {each.id: each for each in self.channels})
        object.__setattr__(self, "_need_by_id", {each.id: each for each in self.needs})
        object.__setattr__(self, "_colleague_by_id", {each.id: each for each in self.colleagues})

    @property
    def unhidden(self) -> Definitions:
        """The same for what is kept whole, whoever does it."""
        return self if self.sight is ALL_EDITED else replace(self, sight=ALL_EDITED)

    def status(self, status_id: int | None) -> Status | None:
        """The status of that id, retired or not; nothing for a new customer."""
        return None if status_id is None else self._status_by_id.get(status_id)

    def status_of_key(self, key: str) -> Status | None:
        """The status of that key which is in use."""
        return next((each for each in self.open_statuses if each.key == key), None)

    def forbids_calls(self, status_id: int | None) -> bool:
        """Whether a customer with that status must not be rung."""
        status = self.status(status_id)
        return status is not None and status.kind is StatusKind.DO_NOT_CALL

    def channel(self, channel_id: int | None) -> Channel | None:
        """The entry channel of that id."""
        return None if channel_id is None else self._channel_by_id.get(channel_id)

    def need(self, need_id: int | None) -> Need | None:
        """The need of that id."""
        return None if need_id is None else self._need_by_id.get(need_id)

    def playbook(self, owner: str) -> Playbook:
        """The playbook of the need with that key, or that of `OPENING`."""
        if owner == OPENING:
            return self.opening
        return next((each.playbook for each in self.needs if each.key == owner), NO_PLAYBOOK)

    def sending(self, text: str) -> tuple[str, ...]:
        """What sends the text of that key: the titles of needs and of kinds of cases in use; the opening has none."""
        books = [
            ("", self.opening),
            *((each.title, each.playbook) for each in self.needs if not each.retired),
        ]
        by_talks = (title for title, book in books if text in book.messages)
        return (*by_talks, *(each.title for each in self.open_case_kinds if text in each.messages))

    def case_kind(self, key: str) -> CaseKind | None:
        """The kind of case of that key, in use or not."""
        return kind_of_key(self.case_kinds, key)

    def colleague(self, user_id: int | None) -> Colleague | None:
        """The colleague of that id, active or not."""
        return None if user_id is None else self._colleague_by_id.get(user_id)

    def has_left(self, user_id: int | None) -> bool:
        """Whether that colleague works here no more."""
        person = self.colleague(user_id)
        return person is not None and person.state is MemberState.GONE

    def profile(self, key: str) -> Profile | None:
        """The profile of that key."""
        return next((each for each in self.profiles if each.key == key), None)

    @property
    def open_statuses(self) -> tuple[Status, ...]:
        """The statuses that can be given, in their order."""
        return tuple(status for status in self.statuses if not status.retired)

    @property
    def open_fields(self) -> tuple[Field, ...]:
        """The customers' own fields that are in use, in their order."""
        return tuple(each for each in self.fields if not each.retired)

    @property
    def open_rules(self) -> tuple[DistributionRule, ...]:
        """The rules of distribution that are switched on, in their order."""
        return tuple(each for each in self.rules if not each.retired)

    @property
    def open_texts(self) -> tuple[MessageText, ...]:
        """The texts of messages that are in use, in their order."""
        return tuple(each for each in self.texts if not each.retired)

    def text_of_key(self, key: str) -> MessageText | None:
        """The text of that key which is in use."""
        return next((each for each in self.open_texts if each.key == key), None)

    @property
    def open_case_kinds(self) -> tuple[CaseKind, ...]:
        """The kinds of cases that can be opened, in their order."""
        return tuple(each for each in self.case_kinds if not each.retired)

    @property
    def people(self) -> tuple[Colleague, ...]:
        """The colleagues who are no services, active or not."""
        return tuple(each for each in self.colleagues if not each.is_service)

    @property
    def active_colleagues(self) -> tuple[Colleague, ...]:
        """The people a customer can be given to."""
        return tuple(person for person in self.colleagues if person.active and not person.is_service)


@dataclass(frozen=True, slots=True)
class Template:
    """What a workspace begins with: definitions without people and customers, as a template file holds them.

    All ids in it are 0: the store gives the real ones. `key` is the file's name without its ending, `summary` one
    line for the first-run choice.
    """

    key: str
    summary: str
    workspace: Workspace
    names_region: bool = field(default=True, compare=False)
    """Whether the file names the country; else it is that of the machine's zone."""
    statuses: tuple[Status, ...] = ()
    fields: tuple[Field, ...] = ()
    channels: tuple[Channel, ...] = ()
    needs: tuple[Need, ...] = ()
    profiles: tuple[Profile, ...] = ()
    rules: tuple[DistributionRule, ...] = ()
    case_kinds: tuple[CaseKind, ...] = ()
    opening: Playbook = NO_PLAYBOOK
    texts: tuple[MessageText, ...] = ()

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """The fields that it describes, then those of the playbooks' own answers."""
        books = [(OPENING, self.opening), *((each.key, each.playbook) for each in self.needs)]
        return (*self.fields, *(one for owner, book in books for one in own_fields(owner, book)))

    @property
    def first_profiles(self) -> tuple[Profile, ...]:
        """The profiles of a workspace that begins with this: the ready ones, as far as it has no other ones, and its own.

        Whoever makes the workspace is its owner, who may do everything whatever the template says.
        """
        sentences = catalogue(self.workspace.language)
        profiles = {
            key: Profile(0, key, sentences.pgettext("profile", READY_TITLES[key]), permissions)
            for key, permissions in READY_PROFILES.items()
        }
        profiles |= {each.key: each for each in self.profiles}
        profiles[OWNER_PROFILE] = whole_owner(profiles[OWNER_PROFILE])
        return tuple(profiles.values())
