"""Needs, each with the playbook by which one talks about it; and the talk with which one begins where the need is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.widgets import Static

from leadtui.domain.difference import merge_need
from leadtui.domain.playbook import OPENING, Playbook
from leadtui.domain.workspace import Need
from leadtui.language.text import brief
from leadtui.language.translate import N_, P_, _, pgettext
from leadtui.presentation.playbook_difference import need_clashes, settled_need
from leadtui.presentation.playbook_words import OPENING_ID, opening_need
from leadtui.services.defining import NEED
from leadtui.services.playbooks import playbook_history, save_need, save_playbook
from leadtui.services.session import Session
from leadtui.tui.dialogs.conflict_dialog import ConflictDialog
from leadtui.tui.program import Program
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import NEW, DefinitionSort
from leadtui.tui.screens.settings.playbook_editors import (
    ObjectionsEditor,
    PlaybookLinesEditor,
    ProposedAnswer,
    ProposedAnswersEditor,
)
from leadtui.tui.screens.settings.rows_editor import RowsEditor
from leadtui.tui.screens.settings.talk_trial import TalkTrial
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput, TextInput

TITLE, OPENS, ITEMS, OBJECTIONS, STATUS, ANSWERS, REMIND = (
    "title",
    "opening",
    "items",
    "objections",
    "status",
    "answers",
    "remind",
)
MOST_NAMED = 6
"""Questions that a hint names at the most."""


class NeedSort(DefinitionSort[Need]):
    """Beside the form stands the talk as agents have it, to be tried out."""

    name: ClassVar[str] = NEED
    title: ClassVar[str] = P_("tab", "Needs")
    new_title: ClassVar[str] = P_("title", "new need")
    empty_words: ClassVar[str] = N_("No need yet: {key} adds one")

    def __init__(self, session: Session) -> None:
        """Make the form: the title, and all that one says, asks and does about it."""
        super().__init__(session)
        language = session.language
        self._lines = PlaybookLinesEditor(lambda: self.session.definitions, language)
        self._objections = ObjectionsEditor(language)
        self._answers = ProposedAnswersEditor(language)
        self._status = DropDown([])
        self.trial = TalkTrial(session)
        self.fields = (
            FormField(TITLE, pgettext("field", "Title"), LineInput(), required=True),
            FormField(OPENS, _("One begins with these words"), TextInput()),
            FormField(ITEMS, _("Then one asks and does"), self._lines),
            FormField(OBJECTIONS, _("What is objected, and the answers"), self._objections),
            FormField(STATUS, _("At the end this status is proposed"), self._status),
            FormField(ANSWERS, pgettext("field", "with this in its fields"), self._answers),
            FormField(
                REMIND,
                pgettext("field", "and a reminder for"),
                LineInput("", pgettext("hint", "tomorrow 10")),
            ),
        )
        self.beside = (Static(classes="rule preview-rule"), self.trial)

    @property
    def _editors(self) -> Mapping[str, RowsEditor[object]]:
        return {ITEMS: self._lines, OBJECTIONS: self._objections, ANSWERS: self._answers}  # pyright: ignore[reportReturnType]

    # What there is

    def items(self) -> Sequence[Need]:
        """The talk with which one begins, then the workspace's needs."""
        known = self.session.definitions
        return [opening_need(known), *known.needs]

    def blank(self) -> Need:
        """A need that has no title yet."""
        return Need(NEW, "", "")

    def listed(self, item: Need) -> ListedDefinition:
        """Its title alone stands in the list."""
        return ListedDefinition(item.id, item.title, retired=item.retired)

    def stays_in_place(self, item: Need) -> bool:
        """The talk with which one begins is always there, and the first."""
        return item.id == OPENING_ID

    def affected(self, item: Need) -> int:
        """How many customers have the need."""
        return self.counts.by_need.get(item.id, 0)

    # The form

    def fill(self, item: Need) -> None:
        """Show the need and its playbook."""
        title, opens, *_rows, _status, _answers, remind = self.fields
        book = item.playbook
        title.text, opens.text, remind.text = item.title, book.opening, book.remind
        self._lines.about(item.key, self._kept(item).items)
        self._lines.show(book.items)
        self._objections.show(book.objections)
        statuses = [Choice(each.key, each.title) for each in self.session.definitions.open_statuses]
        lost = (
            []
            if book.status in {"", *(each.text for each in statuses)}
            else [Choice(book.status, book.status)]
        )
        none = Choice("", pgettext("choice", "none"))
        self._status.begin_with([none, *statuses, *lost], book.status)
        self._answers.show(self._proposed(book))

    def gather(self, before: Need) -> Need:
        """Take what is typed and chosen."""
        title, opens, _items, _objections, status, _answers, remind = self.fields
        book = replace(
            before.playbook,
            opening=opens.text,
            items=tuple(self._lines.rows),
            objections=tuple(self._objections.rows),
            status=status.text,
            answers=self._gathered_answers(before.playbook, status.text),
            remind=remind.text,
        )
        named = before.title if before.id == OPENING_ID else title.text
        return replace(before, title=named, playbook=book)

    def _gathered_answers(self, before: Playbook, status: str) -> tuple[tuple[str, str], ...]:
        """What is filled into the fields of that status; of another one nothing."""
        if status != before.status:
            return ()
        typed = {each.key: each.text for each in self._answers.rows}
        stood = {key: typed.pop(key, text) for key, text in before.answers}
        return tuple((key, text) for key, text in {**stood, **typed}.items() if text)

    def _proposed(self, book: Playbook) -> list[ProposedAnswer]:
        status = self.session.definitions.status_of_key(book.status)
        given = dict(book.answers)
        asked = status.open_fields if status is not None else ()
        rows = [ProposedAnswer(each.key, each.title, given.pop(each.key, "")) for each in asked]
        return [*rows, *(ProposedAnswer(key, key, text) for key, text in given.items())]

    def _kept(self, item: Need) -> Playbook:
        """The playbook as it is saved."""
        return self.session.definitions.playbook(item.key)

    def follow(self, item: Need) -> None:
        """Where the need is not known there is no title; a status that asks nothing is filled in with nothing."""
        title, *_others = self.fields
        title.display = item.id != OPENING_ID
        title.disabled = item.id == OPENING_ID
        self._answers.show(self._proposed(item.playbook))
        for key, shown in ((ANSWERS, bool(self._answers.rows)), (REMIND, bool(item.playbook.status))):
            field = next(each for each in self.fields if each.key == key)
            field.display = shown
            field.disabled = not shown
        self.trial.show(item)

    def hint(self, form_field: FormField, item: Need, *, changed: bool) -> FieldMessage | None:
        """How answers come into what is proposed, and names into what is said."""
        del changed
        if form_field.key == OPENS:
            words = _("In braces stand {name}, the customer, {agent}, who talks, and {company}.")
            return FieldMessage(Tone.HINT, words)
        asked = [each for each in item.playbook.questions if each.key][:MOST_NAMED]
        if form_field.key != (ANSWERS if self._answers.rows else REMIND) or not asked:
            return None
        named = " · ".join(f"{{{each.key}}} {brief(self._lines.title_of(each), 24)}" for each in asked)
        return FieldMessage(Tone.HINT, _("Answers stand in braces: {answers}").replace("{answers}", named))

    def show_problems(self, problems: Mapping[str, str], item: Need, *, changed: bool) -> None:
        """Those of lines stand beside each of them."""
        super().show_problems(problems, item, changed=changed)
        places = {each.key: place for place, each in enumerate(self._answers.rows)}
        for key, editor in self._editors.items():
            of_rows = _of(key, problems)
            if key == ANSWERS:
                of_rows = {f"{places[name]}.text": words for name, words in of_rows.items() if name in places}
            editor.tell(of_rows)

    def forget_problem(self, key: str, problems: dict[str, str]) -> None:
        """What was changed is judged anew as it is saved; the problems of the part in hand go."""
        super().forget_problem(key, problems)
        for each in [name for name in problems if name.startswith(f"{key}.")]:
            rest = each.removeprefix(f"{key}.")
            editor = self._editors.get(key)
            if key == ANSWERS or editor is None or rest.replace(".key", ".title") not in editor.problems:
                del problems[each]

    def placed(self, problems: Mapping[str, str]) -> frozenset[str]:
        """Also beside the lines."""
        of_rows = {each for each in problems if each.partition(".")[0] in self._editors}
        return super().placed(problems) | of_rows

    def focus_first_wrong(self, problems: Mapping[str, str]) -> None:
        """The first field, or the first line, that something is wrong with."""
        for each in self.fields:
            if each.key in problems:
                each.take_focus()
                return
            if each.key in self._editors and self._editors[each.key].open_first_wrong():
                return

    # Keeping it

    def save(self, item: Need, before: Need | None) -> int:
        """Keep title and playbook at once."""
        if item.id == OPENING_ID:
            seen = before.playbook.version if before is not None else None
            save_playbook(self.session, OPENING, item.playbook, seen, approves=self.approves)
            return OPENING_ID
        return save_need(self.session, item, before, approves=self.approves).id

    async def settle_clash(self, program: Program, before: Need, mine: Need, newest: Need) -> Need | None:
        """What both changed stands side by side; what only one changed is kept with it."""
        session = self.session
        clashes = need_clashes(before, mine, newest, session.definitions)
        if not clashes:
            return merge_need(before, mine, newest)
        history = await program.actions.read(partial(playbook_history, session, newest.key))
        theirs, words = pgettext("person", "somebody else"), _("Somebody else changed it meanwhile.")
        if history and history[0].actor_id is not None:
            theirs = program.formatter.person(history[0].actor_id)
            words = _("{person} changed it meanwhile, {moment}.").format(
                person=theirs, moment=program.formatter.moment(history[0].at)
            )
        chosen = await program.actions.ask(ConflictDialog(brief(newest.title, 40), words, clashes, theirs))
        return None if chosen is None else settled_need(before, mine, newest, chosen)

    def merge(self, before: Need, mine: Need, newest: Need) -> Need:
        """Part by part."""
        return merge_need(before, mine, newest)

    def same_but_place(self, before: Need, newest: Need) -> bool:
        """The place and whether it is in use are changed in the list, not in the form."""
        return before.title == newest.title and before.playbook.version == newest.playbook.version


def _of(key: str, problems: Mapping[str, str]) -> dict[str, str]:
    start = f"{key}."
    return {each.removeprefix(start): words for each, words in problems.items() if each.startswith(start)}
