"""Proposing what one misses: what it would be, its title, why, and an example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from leadtui.domain.defining import TITLE
from leadtui.domain.draft import FormDraft
from leadtui.domain.proposal import EXAMPLE, NEED_KEY, STATUS, WHY, Proposal, ProposalSort
from leadtui.domain.workspace import Definitions
from leadtui.errors import Invalid
from leadtui.language.translate import _, pgettext
from leadtui.presentation.proposal import what
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, KeptDialog
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.draft_autosave import Keep
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone, Way
from leadtui.tui.widgets.inputs import LineInput, TextInput
from leadtui.tui.widgets.option_row import OneOf

SORT = "sort"


class ProposeDialog(KeptDialog[Proposal]):
    """Closes with the proposal, or with nothing; the service judges it, and the dialog comes back where it is refused."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = "ProposeDialog #dialog { width: 76; }"

    def __init__(
        self,
        definitions: Definitions,
        draft: FormDraft,
        keep: Keep,
        problems: Sequence[Invalid] = (),
        reason: str = "",
    ) -> None:
        """`draft` holds what is typed so far (`draft_of`); `problems` and `reason` are why it was refused."""
        keys = [
            ("Tab", pgettext("key", "next field")),
            (SAVE_KEYS, pgettext("key", "propose")),
            ("Esc", pgettext("key", "back, kept as draft")),
        ]
        super().__init__(pgettext("title", "Propose what is missing"), keys, draft, keep, reason)
        # A status that asks nothing more of it is not offered: only that at which the person was.
        asks = draft.texts.get(STATUS, "")
        self._need = draft.texts.get(NEED_KEY, "")
        abouts = [
            Proposal(0, ProposalSort.ANSWER, "", status_id=int(asks) if asks else None),
            Proposal(0, ProposalSort.QUESTION, "", need=self._need),
        ]
        left_out = {each.sort for each in abouts if each.status_id is None and not each.need}
        known = {each.sort: each for each in abouts}
        choices = [
            Choice(each.value, what(known.get(each, Proposal(0, each, "")), definitions))
            for each in ProposalSort
            if each not in left_out
        ]
        self._asks = asks
        self._fields = (
            FormField(SORT, pgettext("field", "What is missing"), OneOf(choices, draft.texts.get(SORT, ""))),
            FormField(
                TITLE, pgettext("field", "Title"), LineInput(draft.texts.get(TITLE, "")), required=True
            ),
            FormField(WHY, pgettext("field", "Why?"), TextInput(draft.texts.get(WHY, "")), required=True),
            FormField(EXAMPLE, pgettext("field", "Example"), TextInput(draft.texts.get(EXAMPLE, ""))),
        )
        self._problems = {each.field: str(each) for each in problems}
        self._refused = {each.key: each.text for each in self._fields}

    def compose_body(self) -> Iterable[Widget]:
        """The fields."""
        for each in self._fields:
            each.steps = self._go
        return self._fields

    def on_mount(self) -> None:
        """Begin with the title, or with what was refused."""
        super().on_mount()
        self._by_key(WHY).show_message(
            FieldMessage(Tone.HINT, _("Whoever decides was not there: what happened, how often?"))
        )
        for key, words in self._problems.items():
            self._by_key(key).show_message(FieldMessage(Tone.WRONG, words))
        first = next((each for each in self._fields if each.key in self._problems), self._by_key(TITLE))
        first.take_focus()

    def texts(self) -> Mapping[str, str]:
        """What is typed and chosen; nothing where neither title nor reason says anything."""
        typed = {each.key: each.text for each in self._fields}
        said = any(typed[key].strip() for key in (TITLE, WHY, EXAMPLE))
        return {**typed, STATUS: self._asks, NEED_KEY: self._need} if said else {}

    @on(FormField.Changed)
    def _changed(self, event: FormField.Changed) -> None:
        event.stop()
        if event.field.key in self._problems and event.field.text != self._refused[event.field.key]:
            del self._problems[event.field.key]
            event.field.show_message(None)
        self.keep_soon()

    def action_save(self) -> None:
        """Close with what is typed."""
        sort, title, why, example = (each.text for each in self._fields)
        asked = ProposalSort(sort or ProposalSort.STATUS)
        asks = int(self._asks) if asked is ProposalSort.ANSWER else None
        need = self._need if asked is ProposalSort.QUESTION else ""
        self.dismiss(Proposal(0, asked, title, why, example, status_id=asks, need=need))

    def _by_key(self, key: str) -> FormField:
        return next((each for each in self._fields if each.key == key), self._fields[1])

    def _go(self, field: FormField, way: Way) -> None:
        place = self._fields.index(field) + (-1 if way is Way.UP else 1)
        if place == len(self._fields) and way is Way.ON:
            self.action_save()
        elif 0 <= place < len(self._fields):
            self._fields[place].take_focus()


def draft_texts(about: Proposal) -> dict[str, str]:
    """What the draft of a dialog holds that begins with a proposal; `about` names the status at hand whatever its sort."""
    asks = "" if about.status_id is None else str(about.status_id)
    return {
        SORT: about.sort.value,
        TITLE: about.title,
        WHY: about.why,
        EXAMPLE: about.example,
        STATUS: asks,
        NEED_KEY: about.need,
    }
