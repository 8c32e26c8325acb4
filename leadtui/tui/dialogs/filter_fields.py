"""The part of the filter that narrows by the workspace's own fields: each kind of field in the way that suits it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label
from textual.widgets.selection_list import Selection

from leadtui.domain.field import AnswerValue, Field, FieldKind, edit_text, read_answer
from leadtui.domain.view import CHOSEN_KINDS, NO, RANGE_KINDS, YES, FieldFilter
from leadtui.errors import Invalid
from leadtui.language import calendar
from leadtui.language.text import brief, clean, safe
from leadtui.language.translate import pgettext
from leadtui.services.session import Session
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.marked_lists import CheckList

MOST_LINES = 5
"""Options of a field that are in sight at once."""

BESIDE = 2
"""Fields that stand beside each other."""


class FilterFields(Vertical):
    """Two fields to a line; `read` gives what is typed and chosen."""

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

    def __init__(self, session: Session, chosen: Iterable[FieldFilter]) -> None:
        """`chosen` is how the filter stands."""
        super().__init__()
        self._session = session
        self._chosen: Mapping[str, FieldFilter] = {each.key: each for each in chosen}

    def compose(self) -> Iterable[Widget]:
        """Every field that is in use."""
        fields = self._session.definitions.open_fields
        for start in range(0, len(fields), BESIDE):
            yield Horizontal(*(self._part(each) for each in fields[start : start + BESIDE]))

    def read(self) -> tuple[FieldFilter, ...]:
        """What is typed and chosen. Raises Invalid, whose field is the id of the line that is not understood."""
        read = [self._read(each) for each in self._session.definitions.open_fields]
        return tuple(each for each in read if not each.empty)

    def _part(self, field: Field) -> Vertical:
        chosen = self._chosen.get(field.key, FieldFilter(field.key))
        label = Label(brief(field.title, 36), classes="label", markup=False)
        return Vertical(label, *self._editors(field, chosen), classes="own-field")

    def _editors(self, field: Field, chosen: FieldFilter) -> list[Widget]:
        name = _id_of(field)
        if field.kind in CHOSEN_KINDS:
            options = self._options(field)
            marks = [
                Selection[int](Content(brief(label)), place, option in chosen.options)
                for place, (option, label) in enumerate(options)
            ]
            return [CheckList(*marks, id=name)]
        if field.kind in RANGE_KINDS:
            least = LineInput(
                self._typed(field, chosen.least), placeholder=pgettext("hint", "from"), id=f"{name}-least"
            )
            most = LineInput(
                self._typed(field, chosen.most), placeholder=pgettext("hint", "until"), id=f"{name}-most"
            )
            return [Horizontal(least, most, classes="range")]
        return [LineInput(chosen.contains, placeholder=pgettext("hint", "contains …"), id=name)]

    def _options(self, field: Field) -> list[tuple[str, str]]:
        """What can be chosen of a field: as it is kept, and as it reads."""
        match field.kind:
            case FieldKind.YES_NO:
                return [(YES, pgettext("choice", "yes")), (NO, pgettext("choice", "no"))]
            case FieldKind.WEEKDAY:
                language = self._session.language
                days = calendar.weekdays_in_order(language)
                return [(str(day), calendar.weekday_name(day, language)) for day in days]
            case FieldKind.PERSON:
                return [(str(each.id), each.name) for each in self._session.definitions.active_colleagues]
            case _:
                return [(option, option) for option in field.options]

    def _read(self, field: Field) -> FieldFilter:
        name = f"#{_id_of(field)}"
        if field.kind in CHOSEN_KINDS:
            options = self._options(field)
            marked = self.query_one(name, CheckList).selected
            return FieldFilter(field.key, options=frozenset(options[place][0] for place in marked))
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
