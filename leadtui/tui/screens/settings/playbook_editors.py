"""What a playbook is written with: its lines, what is objected and answered, and what is proposed of a status."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.playbook import (
    OPENING,
    Condition,
    ItemKind,
    Objection,
    PlaybookItem,
    Surroundings,
)
from leadtui.domain.playbook_writing import new_question_key
from leadtui.domain.workspace import Definitions
from leadtui.language.text import cell_width, search_key
from leadtui.language.translate import _, pgettext
from leadtui.presentation.definition_words import FIELD_KIND_WORDS
from leadtui.presentation.playbook_words import ITEM_WORDS, line_title, one_line
from leadtui.services.playbook_file import surroundings
from leadtui.tui.screens.settings.fields import (
    CHOOSING,
    FieldKindChoice,
    kept_options,
    options_of,
    options_text,
)
from leadtui.tui.screens.settings.rows_editor import RowsEditor
from leadtui.tui.screens.settings.status_fields_editor import kind_width
from leadtui.tui.widgets.answer_editor import yes_and_no
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import FormField
from leadtui.tui.widgets.inputs import LineInput, TextInput
from leadtui.tui.widgets.option_row import OneOf, OptionRow

KIND, TITLE, TEXT, FIELD, ANSWER, OPTIONS = "kind", "title", "text", "field", "answer", "options"
WHEN, WHEN_CHOSEN, WHEN_TYPED, FINDS = "when", "when.chosen", "when.typed", "finds"
MESSAGE, LINK = "message", "link"

CONDITIONAL = "↳ "
"""Stands before a line that applies only with an answer."""


class PlaybookLinesEditor(RowsEditor[PlaybookItem]):
    """Questions and steps in the order in which one talks."""

    def __init__(self, definitions: Callable[[], Definitions], language: str) -> None:
        """`definitions` are those in use, `language` writes the numbers."""
        self._definitions = definitions
        self._owner = ""
        self._kept: frozenset[str] = frozenset()
        self._known = Surroundings({}, {}, frozenset())
        self._asked = ""
        """The question whose answers the condition chooses from."""
        self._stood: dict[str, str] = {}
        self._kind = OneOf(
            [Choice(each, pgettext("line of a playbook", ITEM_WORDS[each])) for each in ItemKind]
        )
        self._field = DropDown([])
        self._message = DropDown([])
        self._when = DropDown([])
        self._when_chosen = OptionRow([], several=True)
        parts = (
            FormField(KIND, pgettext("field", "One is to"), self._kind),
            FormField(TITLE, pgettext("field", "Title"), LineInput(), required=True),
            FormField(TEXT, pgettext("field", "Words"), TextInput()),
            FormField(FIELD, _("The answer goes into"), self._field),
            FormField(ANSWER, _("Kind of answer"), FieldKindChoice()),
            FormField(OPTIONS, _("Options, with commas between"), LineInput(), required=True),
            FormField(MESSAGE, _("The text that is sent"), self._message),
            FormField(LINK, pgettext("field", "Link"), LineInput("", "https://")),
            FormField(WHEN, pgettext("field", "Only after an answer to"), self._when),
            FormField(
                WHEN_CHOSEN, pgettext("field", "which is one of these; none: any answer"), self._when_chosen
            ),
            FormField(
                WHEN_TYPED,
                pgettext("field", "which is, with commas between; nothing: any answer"),
                LineInput(),
            ),
            FormField(FINDS, _("Answers that speak for a need, a line each: answer = need"), TextInput()),
        )
        super().__init__(language, parts)

    def about(self, owner: str, kept: Sequence[PlaybookItem]) -> None:
        """Whose playbook is written, and which lines of it are saved: the keys of those questions stay for ever."""
        self._owner = owner
        self._kept = frozenset(each.key for each in kept if each.asks)
        known = self._definitions()
        self._known = surroundings(known.fields, known.statuses, known.needs, known.texts)

    def new_row(self) -> PlaybookItem:
        """A question."""
        return PlaybookItem(ItemKind.ASK, self._new_key(""))

    def add_words(self) -> str:
        """That it adds a question or a step."""
        return pgettext("key", "add a question or a step")

    def before_title(self, row: PlaybookItem) -> str:
        """What one does there, and whether only after an answer."""
        words = pgettext("line of a playbook", ITEM_WORDS[row.kind])
        widest = max(cell_width(pgettext("line of a playbook", each)) for each in ITEM_WORDS.values())
        mark = CONDITIONAL if row.when is not None else " " * len(CONDITIONAL)
        return f"{words}{' ' * (widest - cell_width(words))} {mark}"

    def title_of(self, row: PlaybookItem) -> str:
        """What is asked for, or the words of a step."""
        return line_title(row, self._known.fields)

    def aside(self, row: PlaybookItem) -> str:
        """Of a question what kind of answer it takes."""
        return pgettext("kind", FIELD_KIND_WORDS[self._answer(row)[0]]) if row.asks else ""

    def aside_width(self) -> int:
        """As wide as the longest kind where there is room for it, else a third."""
        return min(kind_width(), self.size.width // 4)

    def fill(self, row: PlaybookItem) -> None:
        """Show the line."""
        kind, title, text, _field, answer, options, _message, link, _when, _chosen, typed, finds = self.parts
        kind.text, title.text, text.text, link.text = row.kind.value, row.title, row.text, row.link
        fields = [Choice(key, each.title) for key, each in self._known.fields.items()]
        lost = [] if not row.field or row.field in self._known.fields else [Choice(row.field, row.field)]
        own = Choice("", pgettext("choice", "an answer of its own"))
        self._field.begin_with([own, *fields, *lost], row.field)
        texts = {each.key: each.title for each in self._definitions().open_texts}
        told = Choice("", pgettext("choice", "none; whoever talks finds the words"))
        sent = [Choice(key, title) for key, title in texts.items()]
        gone = [] if not row.message or row.message in texts else [Choice(row.message, row.message)]
        self._message.begin_with([told, *sent, *gone], row.message)
        answer.text, options.text = row.answer.value, options_text(row.options)
        finds.text = "\n".join(f"{found} = {self._need_title(need)}" for found, need in row.finds)
        condition = row.when or Condition("")
        self._when.begin_with(self._askable(row, condition.key), condition.key)
        self._asked = condition.key
        self._when_chosen.begin_with(self._choices_of(condition.key), "\n".join(condition.answers))
        typed.text = options_text(condition.answers)
        self._stood = {each.key: each.text for each in self.parts}

    def gather(self, row: PlaybookItem, opened: PlaybookItem) -> PlaybookItem:
        """Take what is typed and chosen; what was not touched stays as it was."""
        kind, title, text, field, answer, options, message, link, when, *_conditions, finds = self.parts
        named = ItemKind(kind.text)
        after = replace(
            row,
            kind=named,
            title=title.text,
            text=text.text,
            field=field.text,
            answer=FieldKind(answer.text),
            options=kept_options(opened.options, options.text),
            message=message.text if named is ItemKind.SEND else "",
            link=link.text,
            when=self._condition(when.text, opened),
            finds=opened.finds if finds.text == self._stood.get(FINDS) else self._finds(finds.text),
        )
        fresh = row.key not in self._kept
        if after.asks and fresh and (title.text != row.title or not row.key):
            after = replace(after, key=self._new_key(title.text, besides=row.key))
            self._rename(row.key, after.key)
        return after

    def follow(self, row: PlaybookItem) -> None:
        """A question has a title and says where its answer goes; a condition chooses among the answers of its question."""
        asked = row.when.key if row.when is not None else ""
        if asked != self._asked:
            self._asked = asked
            self._when_chosen.begin_with(self._choices_of(asked), "")
        chooses = bool(self._choices_of(asked))
        own = row.asks and not row.field
        shown = {
            TITLE: own,
            FIELD: row.asks,
            ANSWER: own,
            OPTIONS: own and row.answer in CHOOSING,
            MESSAGE: row.kind is ItemKind.SEND,
            LINK: not row.asks,
            WHEN_CHOSEN: bool(asked) and chooses,
            WHEN_TYPED: bool(asked) and not chooses,
            FINDS: row.asks and self._owner == OPENING,
        }
        for part in self.parts:
            part.display = shown.get(part.key, True)
            part.disabled = not part.display

    def tell(self, problems: Mapping[str, str]) -> None:
        """What is wrong with a key is told at the title that it follows from, and its place in the whole stays."""
        told = {
            key.removesuffix(".key") + ".title" if key.endswith(".key") else key: words
            for key, words in problems.items()
        }
        super().tell(told)

    # Conditions

    def _askable(self, row: PlaybookItem, named: str) -> list[Choice]:
        """The questions that a condition can name: those before the line, and whichever it names."""
        before = self.rows[: self._at]
        asked = [
            Choice(each.key, self.title_of(each) or each.key)
            for each in self.rows
            if each.asks and each.key != row.key and (each in before or each.key == named)
        ]
        lost = [] if not named or named in {each.text for each in asked} else [Choice(named, named)]
        return [Choice("", pgettext("choice", "always")), *asked, *lost]

    def _condition(self, asked: str, opened: PlaybookItem) -> Condition | None:
        if not asked:
            return None
        was = opened.when
        if (
            was is not None
            and was.key == asked
            and self._untouched(WHEN_CHOSEN)
            and self._untouched(WHEN_TYPED)
        ):
            return was
        if self._choices_of(asked):
            chosen = self._part(WHEN_CHOSEN).text if asked == self._asked else ""
            return Condition(asked, tuple(filter(None, chosen.split("\n"))))
        return Condition(asked, options_of(self._part(WHEN_TYPED).text))

    def _choices_of(self, key: str) -> list[Choice]:
        """What the question of that key can be answered with; nothing where anything can."""
        asked = next((each for each in self.rows if each.asks and each.key == key), None)
        if asked is None:
            return []
        kind, options = self._answer(asked)
        return yes_and_no() if kind is FieldKind.YES_NO else [Choice(each, each) for each in options]

    def _answer(self, row: PlaybookItem) -> tuple[FieldKind, Sequence[str]]:
        known: Field | None = self._known.fields.get(row.field)
        return (known.kind, known.options) if known is not None else (row.answer, row.options)

    def _untouched(self, key: str) -> bool:
        return self._part(key).text == self._stood.get(key)

    def _part(self, key: str) -> FormField:
        return next(each for each in self.parts if each.key == key)

    # Keys and needs

    def _new_key(self, title: str, besides: str = "") -> str:
        """The key of a new question: one that came before under that title, whose answers are found again, else a new one."""
        taken = {each.key for each in self.rows if each.asks} - {besides}
        return new_question_key(self._owner, title, taken, self._definitions().fields)

    def _rename(self, before: str, after: str) -> None:
        """Let the conditions on a question that is not saved yet name it by its new key."""
        for place, each in enumerate(self.rows):
            if before and each.when is not None and each.when.key == before:
                self.rows[place] = replace(each, when=replace(each.when, key=after))

    def _need_title(self, key: str) -> str:
        return next((each.title for each in self._definitions().needs if each.key == key), key)

    def _finds(self, text: str) -> tuple[tuple[str, str], ...]:
        """The pairs of answer and need that the lines name; a need that there is not stays as it is typed."""
        keys = {
            search_key(name): each.key
            for each in self._definitions().needs
            for name in (each.key, each.title)
        }
        pairs = [line.rpartition("=") for line in text.splitlines() if line.strip()]
        return tuple(
            (found.strip(), keys.get(search_key(need), need.strip())) if sign else (need.strip(), "")
            for found, sign, need in pairs
        )


class ObjectionsEditor(RowsEditor[Objection]):
    """What a customer may say against it, and what one answers."""

    def __init__(self, language: str) -> None:
        """`language` writes the numbers."""
        parts = (
            FormField("says", _("The customer says"), TextInput(), required=True),
            FormField("answer", _("One answers"), TextInput(), required=True),
        )
        super().__init__(language, parts)

    def new_row(self) -> Objection:
        """One without words."""
        return Objection("", "")

    def add_words(self) -> str:
        """That it adds one."""
        return pgettext("key", "add an objection")

    def title_of(self, row: Objection) -> str:
        """What is objected, and the answer as far as there is room."""
        return " – ".join(filter(None, (one_line(row.says), one_line(row.answer))))

    def fill(self, row: Objection) -> None:
        """Show both."""
        self.parts[0].text, self.parts[1].text = row.says, row.answer

    def gather(self, row: Objection, opened: Objection) -> Objection:
        """Take what is typed."""
        del row, opened
        return Objection(self.parts[0].text, self.parts[1].text)


@dataclass(frozen=True, slots=True)
class ProposedAnswer:
    """What is filled into a field of the status that is proposed; an answer of the talk stands there as its key in braces."""

    key: str
    title: str
    text: str = ""


class ProposedAnswersEditor(RowsEditor[ProposedAnswer]):
    """The fields of the status that is proposed, with what is filled into each."""

    fixed: ClassVar[bool] = True

    def __init__(self, language: str) -> None:
        """`language` writes the numbers."""
        super().__init__(language, (FormField("text", pgettext("field", "is filled in with"), LineInput()),))

    def new_row(self) -> ProposedAnswer:
        """Never asked for: the status says which there are."""
        return ProposedAnswer("", "")

    def add_words(self) -> str:
        """None is added."""
        return ""

    def title_of(self, row: ProposedAnswer) -> str:
        """The field's title."""
        return row.title

    def aside(self, row: ProposedAnswer) -> str:
        """What is filled in."""
        return row.text or "–"

    def aside_width(self) -> int:
        """Half of the line."""
        return self.size.width // 2

    def fill(self, row: ProposedAnswer) -> None:
        """Show what is filled in."""
        self.parts[0].text = row.text

    def gather(self, row: ProposedAnswer, opened: ProposedAnswer) -> ProposedAnswer:
        """Take what is typed."""
        del opened
        return replace(row, text=self.parts[0].text)
