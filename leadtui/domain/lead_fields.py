"""The fields of a lead: those that every lead has, a record each, and beside them a workspace's own, which read alike.

Whoever shows, asks, finds or moves leads goes through these records; only what is a field's alone is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.field_rights import FieldRight, FieldRights
from leadtui.domain.lead import Lead
from leadtui.domain.view import answer_key, answer_sort, custom_key, custom_sort
from leadtui.language.text import brief, search_key
from leadtui.language.translate import P_, pgettext

if TYPE_CHECKING:
    from leadtui.domain.status import Status
    from leadtui.domain.workspace import Channel, Definitions, Need

NAME, CITY = "name", "city"
PHONE, PHONE_OTHER, EMAIL = "phone", "phone_other", "email"
CHANNEL, CHANNEL_FIRST, NEED = "channel", "channel_first", "need"
STATUS, OWNER, ENTERED_AT = "status", "owner", "entered_at"
NEXT_AT, CONTACTED_AT, DO_NOT_CALL = "next_at", "contacted_at", "do_not_call"
"""The keys of fields that have a rule of their own somewhere."""

NOTE = "note"
"""The key of what is noted of a lead, which is no field but a part of its timeline."""

COMPANY = "company"
"""The key of a field that a workspace may have, for whom a lead works, and what the titles of such columns mean."""

WORDS_LIMIT = 200
"""The most letters of a name, a city and the like."""


class BuiltInKind(StrEnum):
    """What kind of value a field has beyond those that a workspace can define."""

    NUMBERS = "numbers"
    MOMENT = "moment"
    DUE = "due"
    """A moment that is awaited, and is late once it has passed."""
    CHANNEL = "channel"
    NEED = "need"
    STATUS = "status"
    COUNT = "count"
    PLAN = "plan"
    """What is planned follows from the lead and the time: `domain.view.plan_of`."""
    LEFT = "left"
    """A person, of whom it is told only that they work here no more."""


REACHING_KINDS: frozenset[FieldKind | BuiltInKind] = frozenset(
    {FieldKind.PHONE, FieldKind.EMAIL, BuiltInKind.NUMBERS}
)
"""The kinds of fields by whose values a customer can be reached: hidden from who may not see numbers."""


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Where a field that people type stands in the form; fields of one `line` stand beside each other."""

    at: int
    line: str = ""
    hint: str = ""
    """What to type, marked for translation as a "hint"."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of the table of all leads, which can also be sorted by: its place, its width, and its least one.

    Where there is little room the last in `rank` gives way first. A width of 0 is that of a moment near at hand.
    """

    at: int
    width: int
    least: int
    rank: int
    title: str = ""
    """Where it is another than the field's."""
    usual: bool = True
    """Whether it is shown where nobody chose the columns."""


@dataclass(frozen=True, slots=True)
class PanelPlace:
    """Where a field stands among those of the open lead, and what is said before it."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class ExportPlace:
    """Where a field stands in a table of leads; one `for_people` is left out of what an import reads again.

    One that is not `usual` is written only where it is named.
    """

    at: int
    title: str = ""
    """Where it is another than the field's."""
    for_people: bool = False
    usual: bool = True


@dataclass(frozen=True, slots=True)
class FilterPlace:
    """The part of a `LeadFilter` that holds the words chosen of a field, and what stands above them, as of several."""

    part: str
    title: str


@dataclass(frozen=True, slots=True)
class ImportPlace:
    """That a column of a file can go into a field; `figures` says that cells without words fit as well."""

    figures: bool = False


@dataclass(frozen=True, slots=True)
class LeadField:
    """One field of a lead. Where a place is None, the field is not there.

    `key` is stable; `words` is the title, marked for translation as a "field". `column` is the name of the value in a Lead and, but
    for further numbers and what is worked out, in the store. `own` is the definition behind a field of the workspace's own.
    """

    key: str
    words: str
    kind: FieldKind | BuiltInKind
    column: str = ""
    limit: int = 0
    """The most letters of a text that people type."""
    searched: bool = False
    """Whether a lead is found by it."""
    names_another: bool = False
    """Whether it names another person, perhaps by a number: such numbers are hidden and erased as that person's own."""
    form: FormPlace | None = None
    table: TableColumn | None = None
    panel: PanelPlace | None = None
    filter: FilterPlace | None = None
    export: ExportPlace | None = None
    imported: ImportPlace | None = None
    on_page: bool = True
    """Whether the page of one lead tells it, as the command line does."""
    in_json: bool = True
    """Whether a record of the lead has it by itself."""
    other_json_key: str = ""
    own: Field | None = None
    asked_by: Status | None = None
    """The status that asks for the `own` field: its value is what was answered the last time."""

    @property
    def title(self) -> str:
        """What people read, in the language in use."""
        if self.own is not None and self.asked_by is not None:
            return answer_title(self.asked_by, self.own)
        return self.own.title if self.own is not None else pgettext("field", self.words)

    @property
    def json_key(self) -> str:
        """Its name in a record; "" where it is not there."""
        return (self.other_json_key or self.key) if self.in_json else ""

    @property
    def plain_key(self) -> str:
        """What files, timelines and the command line name it by."""
        if self.own is None:
            return self.key
        return self.own.key if self.asked_by is None else f"{self.asked_by.key}.{self.own.key}"

    @property
    def reaches(self) -> bool:
        """Whether a customer can be reached by it."""
        return self.kind in REACHING_KINDS

    def value(self, lead: Lead) -> Any:
        """What a lead has in it: a str, an aware moment, an id, a flag, numbers or an answer; nothing is "" or None."""
        if self.own is not None and self.asked_by is not None:
            answer = lead.answers.get((self.asked_by.id, self.own.key))
            return None if answer is None else answer.value
        if self.own is not None:
            return lead.custom.get(self.own.key)
        value = getattr(lead, self.column)
        return value[1:] if self.kind is BuiltInKind.NUMBERS else value


BUILT_IN: tuple[LeadField, ...] = (
    LeadField(
        "name",
        P_("field", "Name"),
        FieldKind.TEXT,
        column="name",
        limit=WORDS_LIMIT,
        searched=True,
        form=FormPlace(1),
        table=TableColumn(1, 20, 14, 0),
        export=ExportPlace(1),
        imported=ImportPlace(),
    ),
    LeadField(
        "city",
        P_("field", "City"),
        FieldKind.TEXT,
        column="city",
        limit=WORDS_LIMIT,
        searched=True,
        form=FormPlace(5, "about"),
        table=TableColumn(2, 12, 9, 5),
        filter=FilterPlace("cities", P_("field", "Cities")),
        export=ExportPlace(5),
        imported=ImportPlace(),
    ),
    LeadField(
        "phone",
        P_("field", "Phone"),
        FieldKind.PHONE,
        column="phone",
        searched=True,
        form=FormPlace(2, "reach"),
        table=TableColumn(3, 17, 17, 1),
        export=ExportPlace(2),
        imported=ImportPlace(),
    ),
    LeadField(
        "phone_other",
        P_("field", "Further numbers"),
        BuiltInKind.NUMBERS,
        column="numbers",
        on_page=False,
        in_json=False,
        form=FormPlace(3, "reach", P_("hint", "several, with a comma between")),
        export=ExportPlace(3, P_("column", "Other phones")),
        imported=ImportPlace(),
    ),
    LeadField(
        "email",
        P_("field", "E-mail"),
        FieldKind.EMAIL,
        column="email",
        searched=True,
        form=FormPlace(4, "reach", "name@example.com"),
        table=TableColumn(9, 24, 16, 7),
        export=ExportPlace(4),
        imported=ImportPlace(),
    ),
    LeadField(
        "entered_at",
        P_("field", "Date"),
        BuiltInKind.MOMENT,
        column="entered_at",
        table=TableColumn(7, 11, 9, 6),
        export=ExportPlace(6),
        panel=PanelPlace(3, P_("field", "since")),
        imported=ImportPlace(),
    ),
    LeadField(
        "grade",
        P_("field", "Grade"),
        FieldKind.TEXT,
        column="grade",
        limit=WORDS_LIMIT,
        form=FormPlace(6, "about"),
        table=TableColumn(10, 12, 8, 9),
        filter=FilterPlace("grades", P_("field", "Grades")),
        export=ExportPlace(7),
        panel=PanelPlace(4, P_("field", "grade")),
        imported=ImportPlace(figures=True),
    ),
    LeadField(
        "major",
        P_("field", "Major"),
        FieldKind.TEXT,
        column="major",
        limit=WORDS_LIMIT,
        form=FormPlace(7, "about"),
        table=TableColumn(11, 12, 8, 10),
        export=ExportPlace(8),
        panel=PanelPlace(5, P_("field", "major")),
        imported=ImportPlace(figures=True),
    ),
    LeadField(
        "channel",
        P_("field", "Entry channel"),
        BuiltInKind.CHANNEL,
        column="channel_latest_id",
        form=FormPlace(9, "from"),
        table=TableColumn(6, 18, 13, 4, P_("column", "Entry")),
        export=ExportPlace(9),
        panel=PanelPlace(1, P_("field", "entry")),
        imported=ImportPlace(),
    ),
    LeadField(
        "channel_first",
        P_("field", "First entry"),
        BuiltInKind.CHANNEL,
        column="channel_first_id",
        on_page=False,
        other_json_key="first_channel",
        table=TableColumn(14, 18, 13, 13),
        export=ExportPlace(16, for_people=True),
        panel=PanelPlace(2, P_("field", "first entry")),
    ),
    LeadField(
        "status",
        P_("field", "Status"),
        BuiltInKind.STATUS,
        column="status_id",
        table=TableColumn(4, 19, 14, 2),
        export=ExportPlace(12),
        imported=ImportPlace(),
    ),
    LeadField(
        "do_not_call",
        P_("field", "Calls"),
        FieldKind.YES_NO,
        column="do_not_call",
        table=TableColumn(17, 9, 5, 16, P_("column", "Do not call"), usual=False),
        export=ExportPlace(18, P_("column", "Do not call")),
        imported=ImportPlace(),
    ),
    LeadField(
        "owner",
        P_("field", "Cartable"),
        FieldKind.PERSON,
        column="owner_id",
        table=TableColumn(5, 9, 7, 3, P_("column", "Owner")),
        export=ExportPlace(13),
        imported=ImportPlace(),
    ),
    LeadField(
        "owner_at",
        P_("field", "Owner since"),
        BuiltInKind.MOMENT,
        column="owner_at",
        on_page=False,
        table=TableColumn(16, 12, 9, 15),
        export=ExportPlace(17, for_people=True),
    ),
    LeadField(
        "need",
        P_("field", "Need"),
        BuiltInKind.NEED,
        column="need_id",
        form=FormPlace(10, "from"),
        table=TableColumn(12, 12, 8, 11),
        export=ExportPlace(10),
        panel=PanelPlace(6, P_("field", "need")),
        imported=ImportPlace(),
    ),
    LeadField(
        "referrer",
        P_("field", "Referrer"),
        FieldKind.TEXT,
        column="referrer",
        limit=WORDS_LIMIT,
        names_another=True,
        form=FormPlace(8, "from", P_("hint", "a name, or a customer's number")),
        table=TableColumn(13, 12, 8, 12),
        export=ExportPlace(11),
        panel=PanelPlace(7, P_("field", "referred by")),
        imported=ImportPlace(),
    ),
    LeadField(
        "next_at",
        P_("field", "Next"),
        BuiltInKind.DUE,
        column="next_at",
        table=TableColumn(8, 0, 0, 8),
        export=ExportPlace(14),
        imported=ImportPlace(),
    ),
    LeadField(
        "contacted_at",
        P_("field", "Last contact"),
        BuiltInKind.MOMENT,
        column="contacted_at",
        on_page=False,
        table=TableColumn(15, 12, 9, 14),
        export=ExportPlace(15),
        imported=ImportPlace(),
    ),
    LeadField(
        "attempts",
        P_("field", "Attempts"),
        BuiltInKind.COUNT,
        column="attempts",
        on_page=False,
        table=TableColumn(18, 8, 5, 17, usual=False),
        export=ExportPlace(19, for_people=True, usual=False),
    ),
    LeadField(
        "planned",
        P_("field", "Planned"),
        BuiltInKind.PLAN,
        column="next_at",
        on_page=False,
        in_json=False,
        table=TableColumn(19, 16, 9, 18, usual=False),
        export=ExportPlace(20, for_people=True, usual=False),
    ),
    LeadField(
        "touched_at",
        P_("field", "Last touched"),
        BuiltInKind.MOMENT,
        column="touched_at",
        on_page=False,
        in_json=False,
        table=TableColumn(20, 12, 9, 19, usual=False),
        export=ExportPlace(21, for_people=True, usual=False),
    ),
    LeadField(
        "first_call_at",
        P_("field", "First call"),
        BuiltInKind.MOMENT,
        column="first_call_at",
        on_page=False,
        table=TableColumn(21, 12, 9, 20, usual=False),
        export=ExportPlace(22, for_people=True, usual=False),
    ),
    LeadField(
        "last_call_at",
        P_("field", "Last call"),
        BuiltInKind.MOMENT,
        column="last_call_at",
        on_page=False,
        table=TableColumn(22, 12, 9, 21, usual=False),
        export=ExportPlace(23, for_people=True, usual=False),
    ),
    LeadField(
        "owner_left",
        P_("field", "Owner left"),
        BuiltInKind.LEFT,
        column="owner_id",
        on_page=False,
        in_json=False,
        table=TableColumn(23, 10, 5, 22, usual=False),
        export=ExportPlace(24, for_people=True, usual=False),
    ),
)
"""In the order in which the page of a lead tells them."""

SORT_KEYS = tuple(each.key for each in BUILT_IN if each.table is not None)
"""The keys of the columns that every table of leads has, by each of which leads can be sorted."""

_BY_KEY = {each.key: each for each in BUILT_IN}

_TOGETHER = (
    frozenset(each.key for each in BUILT_IN if each.reaches),
    frozenset(each.key for each in BUILT_IN if each.kind is BuiltInKind.CHANNEL),
)
"""Fields that are hidden together."""


def lead_fields(definitions: Definitions) -> tuple[LeadField, ...]:
    """Every field that is in use and not hidden from whoever it is for.

    Those that every lead has come first, then the workspace's own, then what its statuses ask for.
    """
    every = (*BUILT_IN, *_own_fields(definitions), *_asked_fields(definitions))
    hidden = definitions.sight.hidden
    return tuple(each for each in every if each.key not in hidden) if hidden else every


def own_fields(definitions: Definitions) -> tuple[Field, ...]:
    """The workspace's own fields that are in use and not hidden."""
    hidden = definitions.sight.hidden
    return tuple(each for each in definitions.open_fields if custom_sort(each.key) not in hidden)


def built_in(key: str) -> LeadField | None:
    """The field of that key, among those that every lead has."""
    return _BY_KEY.get(key)


def find_field(key: str, definitions: Definitions) -> LeadField | None:
    """The field of that key; None for one that is not in use, or hidden."""
    if key in definitions.sight.hidden:
        return None
    if key in _BY_KEY:
        return _BY_KEY[key]
    others = _own_fields if custom_key(key) is not None else _asked_fields
    return next((each for each in others(definitions) if each.key == key), None)


def statuses_asked(keys: Iterable[str]) -> frozenset[int]:
    """The statuses whose last answers the columns of those keys show."""
    return frozenset(asked[0] for each in keys if (asked := answer_key(each)) is not None)


def answer_title(status: Status, field: Field) -> str:
    """What a field that a status asks for is called where fields of others stand beside it."""
    return pgettext("pattern", "{status}: {field}").format(status=brief(status.title), field=field.title)


def is_of_talk(field: LeadField) -> bool:
    """Whether it is filled in by whoever follows up and talks: the need, and what a playbook asks for itself.

    Whatever else a talk asks after is the customer's, and needs the right to edit customers.
    """
    return field.key == NEED or (field.own is not None and bool(field.own.playbook))


def titled(field: LeadField, lead: Lead, definitions: Definitions) -> Channel | Need | Status | None:
    """The channel, need or status that a lead has in a field of that kind; None where it has none."""
    match field.kind:
        case BuiltInKind.CHANNEL:
            return definitions.channel(field.value(lead))
        case BuiltInKind.NEED:
            return definitions.need(field.value(lead))
        case BuiltInKind.STATUS:
            return definitions.status(field.value(lead))
        case _:
            return None


def form_fields(definitions: Definitions) -> list[LeadField]:
    """What a person can see and type about a lead, in the order of the form."""
    return _placed(lead_fields(definitions), lambda each: each.form)


def table_fields(definitions: Definitions) -> list[LeadField]:
    """The columns of the table, in the order in which they stand before anybody moves them."""
    return _placed(lead_fields(definitions), lambda each: each.table)


def panel_fields(definitions: Definitions) -> list[LeadField]:
    """What is told of the open lead beside who it is and where it stands."""
    return _placed(lead_fields(definitions), lambda each: each.panel)


def export_fields(definitions: Definitions) -> list[LeadField]:
    """The columns of a table that leaves the program."""
    return _placed(lead_fields(definitions), lambda each: each.export)


def ruled_fields(definitions: Definitions) -> list[LeadField]:
    """The fields for each of which a profile says how far its people reach it: those that are typed, in the order of the form.

    The rest follows from the work on the customer, and is for the permissions to say.
    """
    return form_fields(definitions.unhidden)


def closed_fields(definitions: Definitions) -> dict[str, FieldRight]:
    """The fields that whoever it is for may not edit, by the keys that files name them by, and how far they reach each."""
    sight = definitions.sight
    found = {each.plain_key: sight.of(each.key) for each in ruled_fields(definitions)}
    return {key: right for key, right in found.items() if right is not FieldRight.EDITED}


def rights_allowed(key: str) -> tuple[FieldRight, ...]:
    """What a profile may say of the field of that key: nobody works with customers without names."""
    return (FieldRight.EDITED, FieldRight.READ) if key == NAME else tuple(FieldRight)


def with_right(rights: FieldRights, key: str, right: FieldRight) -> FieldRights:
    """The rights with this one for the field of that key, and for those that would tell what it hides.

    Ways to reach somebody are hidden together, as people write one where another is asked for; so are the first and the latest entry.
    """
    together = next((some for some in _TOGETHER if key in some), frozenset({key}))
    if right is FieldRight.HIDDEN:
        return rights.having(together, right)
    if key in rights.hidden:
        rights = rights.having(together, FieldRight.EDITED)
    return rights.having([key], right)


def filtered_words() -> tuple[tuple[LeadField, FilterPlace], ...]:
    """The fields by whose words leads are filtered."""
    return tuple((each, each.filter) for each in BUILT_IN if each.filter is not None)


def import_fields() -> tuple[LeadField, ...]:
    """The built-in fields that a file can bring."""
    return tuple(each for each in BUILT_IN if each.imported is not None)


def is_built_in_title(title: str) -> bool:
    """Whether a title reads as that of a field of the form that every lead has, in the language that is spoken."""
    return search_key(title) in {search_key(each.title) for each in BUILT_IN if each.form is not None}


def _own_fields(definitions: Definitions) -> Iterator[LeadField]:
    return (_own(each, place) for place, each in enumerate(definitions.open_fields))


def _asked_fields(definitions: Definitions) -> Iterator[LeadField]:
    asked = ((status, each) for status in definitions.open_statuses for each in status.open_fields)
    return (_asked(status, each, place) for place, (status, each) in enumerate(asked))


@lru_cache(maxsize=1024)
def _asked(status: Status, field: Field, place: int) -> LeadField:
    """What a status asks for is seen of a lead only where somebody chose its column."""
    behind = _BEHIND_OWN + place
    return LeadField(
        answer_sort(status.id, field.key),
        field.title,
        field.kind,
        table=TableColumn(behind, 14, 8, behind, usual=False),
        export=ExportPlace(behind, for_people=True, usual=False),
        on_page=False,
        in_json=False,
        own=field,
        asked_by=status,
    )


_BEHIND_OWN = 10_000
"""Where the columns of answers stand: a workspace has fewer fields of its own."""


@lru_cache(maxsize=1024)
def _own(field: Field, place: int) -> LeadField:
    """A workspace's own field stands behind the built-in ones everywhere."""
    behind = len(BUILT_IN) + place
    return LeadField(
        custom_sort(field.key),
        field.title,
        field.kind,
        form=FormPlace(behind),
        # A playbook asks much that few want in sight all the time.
        table=TableColumn(behind, 14, 8, behind, usual=not field.playbook),
        panel=PanelPlace(behind, field.title),
        export=ExportPlace(behind),
        imported=ImportPlace(),
        own=field,
    )


def _placed(
    fields: Iterable[LeadField],
    place: Callable[[LeadField], FormPlace | TableColumn | PanelPlace | ExportPlace | None],
) -> list[LeadField]:
    placed = [(found.at, each) for each in fields if (found := place(each)) is not None]
    return [each for _at, each in sorted(placed, key=lambda one: one[0])]
