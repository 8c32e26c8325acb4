"""The cases of all customers on which work goes on: of which kind, about whom, where each stands, whose turn it is and until when."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, OptionList

from leadtui.domain.case import whose_turn
from leadtui.domain.case_kind import CaseKind, CaseState
from leadtui.language.collation import sort_key
from leadtui.language.text import safe
from leadtui.language.translate import P_, _, pgettext
from leadtui.presentation.case_words import case_name, limit_words, people_words, turn_words
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.presentation.table import TextColumn
from leadtui.services.cases import MOST_LISTED, CaseFilter, ShownCase, count_cases, find_cases
from leadtui.services.session import Session
from leadtui.tui.actions.cases import begin_case, work_case
from leadtui.tui.actions.desk import Desk
from leadtui.tui.commands.command import bindings_of
from leadtui.tui.commands.lists import CASES_COMMANDS
from leadtui.tui.screens.listing import MOST_SHOWN, Contents, Entry, ListingScreen
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import Edited
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.record_table_drawing import ASCENDING, DESCENDING

ANY = ""
"""Stands for every kind, every state on which work goes on, and everybody."""

TURN = "*turn"
"""Stands for the cases that the person can move on, being responsible or allowed to."""

REVIEW, OVER = "*review", "*over"
"""Stand for the states that wait for a review, and for those in which work is over."""

RENEWED_EVERY = 1.0
"""Seconds between two looks whether something has come; only then, and once a minute, is anything read."""


class CasesScreen(ListingScreen):
    """Those first whose turn it is with the person, or by any column; the line above narrows them by words, kind, state and person."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(CASES_COMMANDS)]

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """`session` says who looks, `formatter` how they read."""
        contents = Contents(
            P_("heading", "Cases"),
            self._columns,
            self._read,
            self._nothing,
            CASES_COMMANDS,
            renewed_every=RENEWED_EVERY,
        )
        super().__init__(session, formatter, contents)
        definitions, me = session.definitions, session.actor
        kinds = [Choice(each.key, safe(each.title)) for each in definitions.case_kinds]
        others = [
            Choice(str(each.id), each.name) for each in definitions.active_colleagues if each.id != me.id
        ]
        turn = Choice(TURN, pgettext("choice", "my turn"))
        mine = Choice(str(me.id), pgettext("choice", "mine"))
        self._kind = DropDown([Choice(ANY, pgettext("choice", "every kind")), *kinds], ANY)
        self._state = DropDown(_state_choices(definitions.case_kinds), ANY)
        self._owner = DropDown([Choice(ANY, pgettext("person", "everybody")), turn, mine, *others], ANY)
        self._sort: int | None = None
        """By which column they are sorted; None: those first whose turn it is with the person, the last moved first."""
        self._descending = False
        self._find = ""
        self._narrowed_kind = ANY
        self._wanted = self._filter()
        self._shown: dict[str, ShownCase] = {}
        self._read_last: tuple[object, tuple[Sequence[Entry], int]] = (None, ((), 0))

    def compose_above(self) -> ComposeResult:
        """What narrows the list."""
        with Horizontal(id="narrowing"):
            yield LineInput(placeholder=pgettext("hint", "find"), id="find")
            yield self._kind
            yield self._state
            yield self._owner

    # What is shown

    def _read(self) -> tuple[Sequence[Entry], int]:
        """As many as are shown; they are read again where something has moved, and as their time passes."""
        wanted, order, turn_alone = self._wanted, (self._sort, self._descending), self._turn_alone
        now = self.session.now().replace(second=0, microsecond=0)
        state = (self.session.latest_change(), wanted, order, turn_alone, now)
        if self._read_last[0] != state:
            found = find_cases(self.session, wanted)
            mine = [each for each in found if self._is_my_turn(each)]
            if turn_alone:
                found = tuple(mine)
            count = (
                len(found) if turn_alone or len(found) < MOST_LISTED else count_cases(self.session, wanted)
            )
            shown = self._ordered(found, {each.case.id for each in mine})[:MOST_SHOWN]
            self._shown = {str(each.case.id): each for each in shown}
            self._read_last = state, ([self._entry(key, each) for key, each in self._shown.items()], count)
        return self._read_last[1]

    def _is_my_turn(self, shown: ShownCase) -> bool:
        """Whether the person moves the case on: as who is responsible for it, or as one of those who may where nobody is."""
        people = whose_turn(shown.kind, shown.case, self.session.definitions.active_colleagues)
        return any(each.id == self.session.actor.id for each in people)

    def _ordered(self, found: Sequence[ShownCase], mine: Collection[int]) -> list[ShownCase]:
        """By the column that is chosen, where there is nothing last; else those of `mine` first."""
        if self._sort is None:
            me = self.session.actor.id
            return sorted(found, key=lambda each: (each.case.id not in mine, each.case.owner_id != me))
        key = _SORT_KEYS[self._sort]
        known = [(key(each, self.formatter), each) for each in found]
        some = sorted(
            ((value, each) for value, each in known if value is not None),
            key=lambda pair: pair[0],
            reverse=self._descending,
        )
        return [each for _value, each in some] + [each for value, each in known if value is None]

    def _columns(self) -> list[TextColumn]:
        columns = _columns()
        if self._sort is not None:
            sorted_by = columns[self._sort]
            arrow = DESCENDING if self._descending else ASCENDING
            columns[self._sort] = replace(sorted_by, title=f"{sorted_by.title} {arrow}")
        return columns

    def _nothing(self) -> str:
        """What stands there where no case is."""
        if not self.session.definitions.case_kinds:
            return _("No kind of case is defined; `leadtui cases kinds set` takes one from a file.")
        if self._find or self._kind.text or self._state.text or self._owner.text:
            return _("No case fits what is looked for and chosen above.")
        return _("No case is open; {key} at a customer opens one.").format(key=self.program.key_of("cases"))

    def _entry(self, key: str, shown: ShownCase) -> Entry:
        case, kind, formatter = shown.case, shown.kind, self.formatter
        state = kind.state(case.state)
        turn = turn_words(shown, formatter)
        cells = (
            kind.title,
            case_name(shown),
            f"{state.glyph} {state.title}" if state else shown.state_title,
            formatter.owner(case.owner_id),
            turn,
            formatter.short_moment(case.state_at),
            formatter.short_moment(shown.due_at) if shown.due_at else NOTHING,
        )
        since = pgettext("case", "{state} since {moment}").format(
            state=safe(shown.state_title), moment=formatter.moment(case.state_at)
        )
        about = (
            f"{safe(kind.title)} {case.id} · {case_name(shown)}",
            people_words(shown),
            since,
            pgettext("case", "Whose turn: {names}").format(names=turn),
            limit_words(shown, formatter),
        )
        late = shown.due_at is not None and shown.due_at <= self.session.now()
        return Entry(key, cells, tuple(filter(None, about)), "$late" if late else "")

    # Narrowing

    @property
    def _turn_alone(self) -> bool:
        """Whether only those are shown whose turn it is with the person."""
        return self._owner.text == TURN

    def _filter(self) -> CaseFilter:
        owner_id = None if self._owner.text in (ANY, TURN) else int(self._owner.text)
        states = frozenset(
            (kind.key, state.key)
            for kind in self._kinds
            for state in kind.states
            if _is_wanted(self._state.text, state)
        )
        return CaseFilter(self._kind.text, states, owner_id, text=self._find)

    @property
    def _kinds(self) -> Sequence[CaseKind]:
        kinds = self.session.definitions.case_kinds
        return [each for each in kinds if self._kind.text in (ANY, each.key)]

    @on(Input.Changed, "#find")
    def _look_for(self, event: Input.Changed) -> None:
        event.stop()
        self._find = event.value.strip()
        self._narrow()

    @on(Input.Submitted, "#find")
    def _to_list(self, event: Input.Submitted) -> None:
        event.stop()
        self.list.focus()

    @on(Edited)
    def _chosen(self, event: Edited) -> None:
        event.stop()
        if self._kind.text != self._narrowed_kind:
            self._narrowed_kind = self._kind.text
            choices = _state_choices(self._kinds)
            known = {each.text for each in choices}
            self._state.begin_with(choices, self._state.text if self._state.text in known else ANY)
        self._narrow()

    def _narrow(self) -> None:
        self._wanted = self._filter()
        self.load()

    def action_find_case(self) -> None:
        """Look for words."""
        self.query_one("#find", LineInput).focus()

    def action_narrow_cases(self) -> None:
        """Go to the kind, and on to state and person."""
        self._kind.focus()

    def action_my_cases(self) -> None:
        """Only those for which the person is responsible, or again everybody's."""
        me = str(self.session.actor.id)
        self._owner.text = ANY if self._owner.text == me else me

    def action_my_turn(self) -> None:
        """Only those whose turn it is with the person, or again everybody's."""
        self._owner.text = ANY if self._turn_alone else TURN

    def action_sort_cases(self) -> None:
        """Sort by the next column; after the last one again those first whose turn it is."""
        last = len(_SORT_KEYS) - 1
        self._sort, self._descending = 0 if self._sort is None else self._sort + 1, False
        if self._sort > last:
            self._sort = None
        self.load()

    def action_reverse_cases(self) -> None:
        """Turn the order of the column round."""
        if self._sort is not None:
            self._descending = not self._descending
            self.load()

    # The one under the cursor

    @on(OptionList.OptionSelected)
    def _work(self) -> None:
        self.action_open_case()

    def action_open_case(self) -> None:
        """Look at the case, and move it on."""
        if (shown := self._marked_case) is not None:
            self.program.actions.run(self._open, shown.case.id)

    async def _open(self, case_id: int) -> None:
        try:
            await work_case(cast("Desk", self.program.desk_screen), case_id)
        finally:
            self.load()

    def action_new_case(self) -> None:
        """Open a case, of whichever kind."""
        self.program.actions.run(self._begin)

    async def _begin(self) -> None:
        try:
            await begin_case(cast("Desk", self.program.desk_screen))
        finally:
            self.load()

    def action_open_customer_of_case(self) -> None:
        """Open the first of its customers at the desk."""
        shown = self._marked_case
        if shown is None:
            return
        if shown.leads:
            self.dismiss(next(each for each in shown.case.lead_ids() if each in shown.leads))
        else:
            self.notify(_("You see no customer in this case."), severity="warning", markup=False)

    def action_leave_cases(self) -> None:
        """From the line above to the list, else back to the desk."""
        if self.list.has_focus:
            self.dismiss(None)
        else:
            self.list.focus()

    @property
    def _marked_case(self) -> ShownCase | None:
        return self._shown.get(self.marked.key) if self.marked else None


def _place_of_state(shown: ShownCase) -> int:
    """The place of its state in its kind; one that went comes first."""
    return next((place for place, each in enumerate(shown.kind.states) if each.key == shown.case.state), -1)


_SortKey = Callable[[ShownCase, Formatter], Any]

_SORT_KEYS: tuple[_SortKey, ...] = (
    lambda each, _formatter: each.kind.position,
    lambda each, formatter: sort_key(case_name(each), formatter.session.language),
    lambda each, _formatter: (each.kind.position, _place_of_state(each)),
    lambda each, formatter: formatter.owner(each.case.owner_id) if each.case.owner_id else None,
    turn_words,
    lambda each, _formatter: each.case.state_at,
    lambda each, _formatter: each.due_at,
)
"""What the cases are sorted by in each of the columns; None where there is nothing."""


def _columns() -> list[TextColumn]:
    """Of which kind, about whom, where it stands, who is responsible, whose turn it is, since when and until when."""
    return [
        TextColumn(pgettext("column", "Kind"), yields=4, least=8),
        TextColumn(pgettext("column", "About"), yields=1, least=16),
        TextColumn(pgettext("column", "State"), yields=2, least=14),
        TextColumn(pgettext("column", "Responsible"), yields=3, least=11),
        TextColumn(pgettext("column", "Whose turn"), yields=5, least=11),
        TextColumn(pgettext("column", "Since")),
        TextColumn(pgettext("column", "Until")),
    ]


def _state_choices(kinds: Sequence[CaseKind]) -> list[Choice]:
    """All on which work goes on, those to review, each state of these kinds by its title, and those that are over."""
    titles = dict.fromkeys(each.title for kind in kinds for each in kind.states)
    return [
        Choice(ANY, pgettext("choice", "open")),
        Choice(REVIEW, pgettext("choice", "to be reviewed")),
        *(Choice(each, safe(each)) for each in titles),
        Choice(OVER, pgettext("choice", "over")),
    ]


def _is_wanted(chosen: str, state: CaseState) -> bool:
    if chosen == REVIEW:
        return state.review
    if chosen in (ANY, OVER):
        return state.final is (chosen == OVER)
    return state.title == chosen
