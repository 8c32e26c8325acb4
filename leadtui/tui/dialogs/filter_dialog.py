"""Which customers are shown: by status, owner, channel, date, need, words and the workspace's own fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label
from textual.widgets.selection_list import Selection

from leadtui.domain.field import AnswerValue, Field, FieldKind, edit_text, read_answer, read_day
from leadtui.domain.lead_fields import (
    CHANNEL,
    CITY,
    NEED,
    FilterPlace,
    answer_title,
    filtered_words,
    find_field,
    own_fields,
)
from leadtui.domain.view import (
    CHOSEN_KINDS,
    NO,
    PLAN_WORDS,
    RANGE_KINDS,
    YES,
    AnswerFilter,
    Calls,
    FieldFilter,
    LeadFilter,
    Plan,
)
from leadtui.domain.workspace import Channel, Colleague, Need
from leadtui.errors import Invalid
from leadtui.language import calendar
from leadtui.language.text import brief, clean, safe
from leadtui.language.translate import P_, _, format_list, pgettext
from leadtui.presentation.filters import CALLS_WORDS, none_word
from leadtui.services.session import Session
from leadtui.tui.dialogs.dialog import SAVE_KEYS, Dialog
from leadtui.tui.status_style import status_content
from leadtui.tui.widgets.date_input import DateInput
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.marked_lists import CheckList

NOBODY = 0
"""The choice that stands for nobody and nothing, among ids and places that begin at 1."""

LEFT, NEVER_RUNG = len(Calls), len(Calls) + 1
"""What is chosen beside `Calls`, by its place after them."""

BESIDE = 2
"""Fields of the workspace's own, and days, that stand beside each other."""

_WORDS = {each.key: place for each, place in filtered_words()}

DAYS = (
    ("next_from", P_("field", "Next step from"), False),
    ("next_before", P_("field", "until"), True),
    ("contacted_from", P_("field", "Last contact from"), False),
    ("contacted_before", P_("field", "until"), True),
    ("first_call_from", P_("field", "First call from"), False),
    ("first_call_before", P_("field", "until"), True),
    ("last_call_from", P_("field", "Last call from"), False),
    ("last_call_before", P_("field", "until"), True),
    ("untouched_since", P_("field", "Untouched since"), False),
)
"""The days that are typed, by the part of the filter: each with its title, and whether it is the last that fits."""


class FilterDialog(Dialog[LeadFilter]):
    """Closes with the new filter; Delete empties it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(SAVE_KEYS, "apply", show=False, priority=True),
        Binding("delete,ctrl+x", "clear", show=False),
    ]
    DEFAULT_CSS = """
    FilterDialog {
        #dialog { width: 90; }
        /* In sight however far one has scrolled. */
        .reason { dock: bottom; background: $pane; }
        .choices { height: 9; margin: 0 0 1 0; }
        .few-choices { height: auto; margin: 0 0 1 0; }
        .few-choices > Vertical { width: 1fr; height: auto; margin: 0 1 0 0; }
        .few-choices CheckList { height: auto; max-height: 5; }
        .choices > Vertical { width: 1fr; margin: 0 1 0 0; }
        .lines > Vertical { width: 1fr; height: auto; margin: 0 1 0 0; }
        .lines { height: auto; }
        #dialog-body FilterFields LineInput { margin: 0; }
        #dialog-body FilterFields .range LineInput { margin: 0 1 0 0; }
        CheckList { height: 1fr; }
    }
    """

    def __init__(self, session: Session, chosen: LeadFilter) -> None:
        """`chosen` is the filter as it stands."""
        keys = [
            ("Space", pgettext("key", "choose")),
            ("Tab", pgettext("key", "next part")),
            (SAVE_KEYS, pgettext("key", "show")),
            ("Del", pgettext("key", "everybody")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(_("Which customers are shown"), keys)
        self._session = session
        self._chosen = chosen

    def compose_body(self) -> Iterable[Widget]:
        """Three lists beside each other, three lines under them, then the need, words and the fields of one's own."""
        defined, chosen = self._session.definitions, self._chosen
        channels = CheckList(
            _none(chosen.without_channel), *_titled(defined.channels, chosen.channel_ids), id="channels"
        )
        needs = CheckList(_none(chosen.without_need), *_titled(defined.needs, chosen.need_ids), id="needs")
        words = [self._words(place) for key, place in _WORDS.items() if key != CITY and self._has(key)]
        yield _row(
            "choices",
            (pgettext("field", "Status"), CheckList(*self._statuses(), id="statuses")),
            (pgettext("field", "Owner"), CheckList(*self._owners(), id="owners")),
            *([(pgettext("field", "Entry channel"), channels)] if self._has(CHANNEL) else []),
        )
        yield from self._lines()
        if words or self._has(NEED):
            yield _row(
                "few-choices", *([(pgettext("field", "Need"), needs)] if self._has(NEED) else []), *words
            )
        yield from self._worked()
        yield FilterFields(self._session, self._own_fields(), "own-fields")
        yield FilterFields(self._session, self._asked_fields(), "asked-fields")

    def _has(self, key: str) -> bool:
        """Whether the field is there for the person."""
        return find_field(key, self._session.definitions) is not None

    def _own_fields(self) -> list[FilteredField]:
        chosen = {each.key: each for each in self._chosen.fields}
        return [
            FilteredField(each, each.title, chosen.get(each.key, FieldFilter(each.key)))
            for each in own_fields(self._session.definitions)
        ]

    def _asked_fields(self) -> list[FilteredField]:
        """What the statuses in use ask for, and those that are asked about although they are not."""
        chosen = {(each.status_id, each.wanted.key): each.wanted for each in self._chosen.answers}
        return [
            FilteredField(
                field, answer_title(status, field), chosen.get((status.id, field.key), FieldFilter(field.key))
            )
            for status in self._session.definitions.statuses
            for field in status.open_fields
            if not status.retired or (status.id, field.key) in chosen
        ]

    def _statuses(self) -> list[Selection[int]]:
        chosen = self._chosen
        new = Content.styled("● " + pgettext("status", "New"), "$status-blue")
        return [
            Selection[int](new, NOBODY, chosen.without_status),
            *(
                Selection[int](status_content(each), each.id, each.id in chosen.status_ids)
                for each in self._session.definitions.statuses
                if not each.retired or each.id in chosen.status_ids
            ),
        ]

    def _owners(self) -> list[Selection[int]]:
        chosen, me = self._chosen, self._session.actor.id
        people = sorted(
            self._session.definitions.people, key=lambda person: (not person.active, person.id != me)
        )
        nobody = Content.styled(pgettext("person", "nobody"), "$dim")
        return [
            Selection[int](nobody, NOBODY, chosen.without_owner),
            *(
                Selection[int](
                    Content(pgettext("person", "me") if person.id == me else _name(person)),
                    person.id,
                    person.id in chosen.owner_ids,
                )
                for person in people
            ),
        ]

    def _lines(self) -> Iterable[Widget]:
        chosen = self._chosen
        week_ago = self._day_words(self._session.now() - timedelta(days=7))
        context = self._session.format_context()
        yield _row(
            "lines",
            *([self._words(_WORDS[CITY])] if self._has(CITY) else []),
            (
                pgettext("field", "Entered from"),
                DateInput(self._day_words(chosen.entered_from), week_ago, context, id="from"),
            ),
            (
                pgettext("field", "until"),
                DateInput(self._day_words(_day_before(chosen.entered_before)), "", context, id="until"),
            ),
        )

    def _worked(self) -> Iterable[Widget]:
        """What is planned, whether one may ring, how often it was tried, and when somebody was in touch."""
        chosen, context = self._chosen, self._session.format_context()
        plans = [
            Selection[int](Content(pgettext("filter", PLAN_WORDS[each])), place, each in chosen.plans)
            for place, each in enumerate(Plan)
        ]
        calls = [
            Selection[int](Content(pgettext("filter", CALLS_WORDS[each])), place, each in chosen.calls)
            for place, each in enumerate(Calls)
        ]
        left = Selection[int](Content(pgettext("filter", "of who has left")), LEFT, chosen.owner_left)
        never = Selection[int](Content(pgettext("filter", "never rung")), NEVER_RUNG, chosen.never_rung)
        attempts = str(chosen.least_attempts) if chosen.least_attempts else ""
        hint = pgettext("hint", "as often, or more")
        yield _row(
            "few-choices",
            (pgettext("field", "Next step"), CheckList(*plans, id="plans")),
            (pgettext("field", "Calls and owner"), CheckList(*calls, never, left, id="calls")),
            (pgettext("field", "Attempts"), LineInput(attempts, hint, id="attempts")),
        )
        for lines in (DAYS[start : start + BESIDE] for start in range(0, len(DAYS), BESIDE)):
            yield _row(
                "lines",
                *(
                    (
                        pgettext("field", title),
                        DateInput(
                            self._day_words(_shown_day(getattr(chosen, part), last=last)),
                            "",
                            context,
                            id=part,
                        ),
                    )
                    for part, title, last in lines
                ),
            )

    def _words(self, place: FilterPlace) -> tuple[str, Widget]:
        """Where words of a field are typed, under their title."""
        words = format_list(word or none_word() for word in sorted(getattr(self._chosen, place.part)))
        return pgettext("field", place.title), LineInput(
            words, id=place.part, placeholder=pgettext("hint", "one, two; none: -")
        )

    def action_apply(self) -> None:
        """Close with what is chosen, or say which day is not understood."""
        try:
            first, last = self._day("#from"), self._day("#until")
            fields = self.query_one("#own-fields", FilterFields).read()
            asked = self.query_one("#asked-fields", FilterFields).read()
            parts: dict[str, Any] = {part: self._moment(part, last=last) for part, _title, last in DAYS}
            parts |= {
                place.part: self._words_of(f"#{place.part}")
                for key, place in _WORDS.items()
                if self._has(key)
            }
            attempts = self._attempts()
        except Invalid as problem:
            self.tell(str(problem))
            self.query_one(f"#{problem.field}").focus()
            return
        statuses, owners = self._chosen_of("#statuses"), self._chosen_of("#owners")
        needs, channels = self._chosen_of("#needs"), self._chosen_of("#channels")
        self.dismiss(
            LeadFilter(
                status_ids=statuses - {NOBODY},
                without_status=NOBODY in statuses,
                owner_ids=owners - {NOBODY},
                without_owner=NOBODY in owners,
                channel_ids=channels - {NOBODY},
                without_channel=NOBODY in channels,
                entered_from=self._begin_of(first) if first else None,
                entered_before=self._begin_of(last + timedelta(days=1)) if last else None,
                need_ids=needs - {NOBODY},
                without_need=NOBODY in needs,
                fields=tuple(each for _field, each in fields),
                answers=tuple(AnswerFilter(field.status_id or 0, each) for field, each in asked),
                plans=frozenset(each for at, each in enumerate(Plan) if at in self._chosen_of("#plans")),
                calls=frozenset(each for at, each in enumerate(Calls) if at in self._chosen_of("#calls")),
                owner_left=LEFT in self._chosen_of("#calls"),
                never_rung=NEVER_RUNG in self._chosen_of("#calls"),
                least_attempts=attempts,
                **parts,
            )
        )

    def action_clear(self) -> None:
        """Everybody again."""
        self.dismiss(LeadFilter())

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_apply()

    def _chosen_of(self, selector: str) -> frozenset[int]:
        return frozenset(one for each in self.query(selector).results(CheckList) for one in each.selected)

    def _words_of(self, selector: str) -> frozenset[str]:
        typed = self.query_one(selector, Input).value.replace("،", ",").split(",")
        return frozenset("" if _is_none(each) else clean(each) for each in typed if clean(each))

    def _day(self, selector: str) -> date | None:
        typed = clean(self.query_one(selector, Input).value)
        return read_day(typed, self._session.format_context(), selector.removeprefix("#")) if typed else None

    def _moment(self, part: str, *, last: bool) -> datetime | None:
        """When the day begins that is typed for a part, or the day after it where it is the last. Raises Invalid."""
        day = self._day(f"#{part}")
        return None if day is None else self._begin_of(day + timedelta(days=1) if last else day)

    def _attempts(self) -> int:
        """How often it was tried at least. Raises Invalid."""
        typed = clean(self.query_one("#attempts", Input).value)
        if typed and not typed.isdecimal():
            raise Invalid(_("Write a whole number, such as 3, or nothing."), "attempts")
        return int(typed) if typed else 0

    def _begin_of(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self._session.workspace.zone)).astimezone(
            ZoneInfo("UTC")
        )

    def _day_words(self, at: datetime | None) -> str:
        if at is None:
            return ""
        session = self._session
        return calendar.typed_date(
            calendar.local_date(at, session.workspace.zone), session.calendar, session.language
        )


def _none(marked: bool) -> Selection[int]:
    """Nothing, among what can be chosen of a field."""
    return Selection[int](Content.styled(pgettext("choice", "none"), "$dim"), NOBODY, marked)


def _is_none(typed: str) -> bool:
    """Whether a line says that there shall be nothing in its field."""
    return clean(typed) in ("-", "–", "—", none_word())


def _shown_day(at: datetime | None, *, last: bool) -> datetime | None:
    return _day_before(at) if last else at


def _day_before(before: datetime | None) -> datetime | None:
    return None if before is None else before - timedelta(microseconds=1)


def _titled(known: Sequence[Channel] | Sequence[Need], chosen: frozenset[int]) -> list[Selection[int]]:
    """Those in use, and those that are chosen although they are not."""
    return [
        Selection[int](Content(brief(each.title)), each.id, each.id in chosen)
        for each in known
        if not each.retired or each.id in chosen
    ]


def _row(kind: str, *columns: tuple[str, Widget]) -> Horizontal:
    return Horizontal(
        *(Vertical(Label(title, classes="label", markup=False), widget) for title, widget in columns),
        classes=kind,
    )


@dataclass(frozen=True, slots=True)
class FilteredField:
    """A field, what is written above it, and how it is narrowed by."""

    field: Field
    title: str
    chosen: FieldFilter


class FilterFields(Vertical):
    """Fields of the workspace's own, each narrowed by in the way that suits its kind; `read` gives what is chosen."""

    DEFAULT_CSS = """
    FilterFields {
        height: auto;
        Horizontal { height: auto; margin: 0 0 1 0; }
        .own-field { width: 1fr; height: auto; margin: 0 1 0 0; }
        .range { height: 1; margin: 0; }
        .range LineInput { width: 1fr; }
        CheckList { height: auto; max-height: 5; }
    }
    """

    def __init__(self, session: Session, fields: Sequence[FilteredField], name: str) -> None:
        """`fields` are those that are offered, as the filter stands."""
        super().__init__(id=name)
        self._session = session
        self._fields = fields

    def compose(self) -> Iterable[Widget]:
        """Every field, some beside each other."""
        for start in range(0, len(self._fields), BESIDE):
            yield Horizontal(*(self._part(each) for each in self._fields[start : start + BESIDE]))

    def read(self) -> list[tuple[Field, FieldFilter]]:
        """What is typed and chosen. Raises Invalid, whose field is the id of the line that is not understood."""
        read = [(each.field, self._read(each.field)) for each in self._fields]
        return [(field, wanted) for field, wanted in read if not wanted.empty]

    def _part(self, offered: FilteredField) -> Vertical:
        label = Label(brief(offered.title, 36), classes="label", markup=False)
        return Vertical(label, *self._editors(offered.field, offered.chosen), classes="own-field")

    def _editors(self, field: Field, chosen: FieldFilter) -> list[Widget]:
        name = _id_of(field)
        if field.kind in CHOSEN_KINDS:
            options = self._options(field)
            marks = [
                Selection[int](Content(brief(label)), place, option in chosen.options)
                for place, (option, label) in enumerate(options, start=1)
            ]
            return [CheckList(_none(chosen.none), *marks, id=name)]
        if field.kind in RANGE_KINDS:
            least = none_word() if chosen.none else self._typed(field, chosen.least)
            ends = (
                (least, pgettext("hint", "from"), f"{name}-least"),
                (self._typed(field, chosen.most), pgettext("hint", "until"), f"{name}-most"),
            )
            if field.kind is not FieldKind.DATE:
                return [
                    Horizontal(*(LineInput(text, hint, id=key) for text, hint, key in ends), classes="range")
                ]
            context = self._session.format_context()
            dates = (Vertical(DateInput(text, hint, context, id=key)) for text, hint, key in ends)
            return [Horizontal(*dates, classes="range")]
        words = none_word() if chosen.none else chosen.contains
        return [LineInput(words, placeholder=pgettext("hint", "contains …; - for none"), id=name)]

    def _options(self, field: Field) -> list[tuple[str, str]]:
        """What can be chosen of a field: as it is kept, and as it reads."""
        match field.kind:
            case FieldKind.YES_NO:
                return [(YES, pgettext("choice", "yes")), (NO, pgettext("choice", "no"))]
            case FieldKind.WEEKDAY:
                language = self._session.language
                days = self._session.format_context().weekdays
                return [(str(day), calendar.weekday_name(day, language)) for day in days]
            case FieldKind.PERSON:
                return [(str(each.id), _name(each)) for each in self._session.definitions.people]
            case _:
                return [(option, option) for option in field.options]

    def _read(self, field: Field) -> FieldFilter:
        name = f"#{_id_of(field)}"
        if field.kind in CHOSEN_KINDS:
            options = self._options(field)
            marked = self.query_one(name, CheckList).selected
            return FieldFilter(
                field.key,
                options=frozenset(options[place - 1][0] for place in marked if place != NOBODY),
                none=NOBODY in marked,
            )
        line = name if field.kind not in RANGE_KINDS else f"{name}-least"
        if _is_none(self.query_one(line, Input).value):
            return FieldFilter(field.key, none=True)
        if field.kind in RANGE_KINDS:
            least, most = self._bound(field, f"{name}-least"), self._bound(field, f"{name}-most")
            return FieldFilter(field.key, least=least, most=most)
        return FieldFilter(field.key, contains=clean(self.query_one(name, Input).value))

    def _bound(self, field: Field, selector: str) -> str:
        typed = self.query_one(selector, Input).value
        try:
            value = read_answer(replace(field, required=False), typed, self._session.format_context())
        except Invalid as problem:
            raise Invalid(str(problem), selector.removeprefix("#")) from problem
        return "" if value is None else str(value)

    def _typed(self, field: Field, value: AnswerValue) -> str:
        return safe(edit_text(field.kind, value, self._session.format_context())) if value else ""


def _id_of(field: Field) -> str:
    return f"own-{field.id}"


def _name(person: Colleague) -> str:
    """A colleague to choose; of one who has left it is said."""
    name = brief(person.name)
    return name if person.active else pgettext("person", "{name} (left)").format(name=name)
