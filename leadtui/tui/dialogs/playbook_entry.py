"""A talk by a playbook as it stands: which questions apply, what is to be read, what was learnt for the status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import AnswerValue, Field, FieldKind, FormatContext, read_answer
from leadtui.domain.field_rights import FieldRight
from leadtui.domain.lead import Lead
from leadtui.domain.lead_entry import entry_texts, hidden_entries, read_lead
from leadtui.domain.lead_fields import NEED, LeadField, find_field, is_of_talk
from leadtui.domain.message import MessageText
from leadtui.domain.permission import Permission
from leadtui.domain.playbook import (
    OPENING,
    ItemKind,
    Objection,
    Playbook,
    PlaybookItem,
    answer_field,
    asked_items,
    filled_in,
    likely_need,
)
from leadtui.domain.status import Status
from leadtui.domain.view import custom_sort
from leadtui.domain.workspace import Colleague, Definitions, Need
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language import calendar
from leadtui.services.drafts import STATUS_DRAFT
from leadtui.tui.dialogs.status_entry import REMIND, StatusEntry, answer_key, entry_of, weekday_of_date

STATUS = "status"
"""The form key of the status with which the talk is to end, the last of the form."""

_SENT = "sent."
"""What stands before the key of a text in the form key of the line that sends it."""


def sent_key(text: MessageText) -> str:
    """The form key of the line that sends a text; once it was sent, something stands there."""
    return _SENT + text.key


def is_answer(key: str) -> bool:
    """Whether what stands under a form key goes into a field of the customer."""
    return key != STATUS and not key.startswith(_SENT)


_LEFT_OPEN = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class TalkSnapshot:
    """What the dialog of a talk is opened with; `draft` is what was typed before, `problems` and `reason` why it was refused."""

    lead: Lead
    definitions: Definitions
    context: FormatContext
    actor: Colleague
    leads_per_colleague: Mapping[int, int]
    draft: FormDraft | None = None
    problems: tuple[Invalid, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the form: the field that a question fills in or the text that is sent, and the lines before it, itself included."""

    key: str
    field: LeadField | MessageText
    lines: tuple[PlaybookItem, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """What applies with the texts so far, which are by form key; `base` are those that stood there at the beginning."""

    snapshot: TalkSnapshot
    base: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict[str, str])

    def text(self, key: str) -> str:
        """What stands under a form key."""
        return self.texts.get(key, self.base.get(key, ""))

    @property
    def need(self) -> Need | None:
        """What the customer wants, as far as it is known or was confirmed."""
        known = self.snapshot.definitions.needs
        return next((each for each in known if each.key == self.text(NEED)), None)

    @property
    def finds_need(self) -> bool:
        """Whether the talk begins with the opening, because the need was not known."""
        return not self.base.get(NEED, "") and bool(self.snapshot.definitions.opening)

    @property
    def playbook(self) -> Playbook:
        """The playbook whose proposal counts."""
        need = self.need
        if need is not None and need.playbook:
            return need.playbook
        return self.snapshot.definitions.opening

    @property
    def likely(self) -> str:
        """The key of the need that the answers speak for."""
        opening = self.snapshot.definitions.opening
        return likely_need(opening, self._answers(OPENING, opening)) if self.finds_need else ""

    def parts(self) -> tuple[list[Asked], list[Asked], list[PlaybookItem]]:
        """The questions before and after that of the need, and the lines after the last one."""
        taken: set[str] = {NEED}
        before: list[Asked] = []
        rest: list[PlaybookItem] = []
        if self.finds_need:
            before, rest = self._questions(OPENING, self.snapshot.definitions.opening, taken)
        need = self.need
        after: list[Asked] = []
        if need is not None and need.playbook:
            opened = (_opening_line(need.playbook), *need.playbook.items)
            after, last = self._questions(need.key, replace(need.playbook, items=opened), taken)
            # What closes the opening leads over to what the need asks.
            if after:
                after[0] = replace(after[0], lines=(*rest, *after[0].lines))
                rest = []
            rest = [*rest, *last]
        return before, after, rest

    def opening(self) -> str:
        """The words with which the talk begins."""
        playbook = self.snapshot.definitions.opening if self.finds_need else self.playbook
        return self.spoken(playbook.opening) if self.finds_need else ""

    def objections(self) -> list[Objection]:
        """What may be said against it, with the answers, as they are spoken."""
        books = [self.playbook]
        if self.finds_need and self.playbook is not self.snapshot.definitions.opening:
            books.append(self.snapshot.definitions.opening)
        return [
            Objection(self.spoken(each.says), self.spoken(each.answer))
            for book in books
            for each in book.objections
        ]

    def spoken(self, text: str) -> str:
        """A text with who talks to whom filled in."""
        name = self.snapshot.lead.name
        company = self.snapshot.definitions.workspace.title
        return filled_in(text, {"name": name, "agent": self.snapshot.actor.name, "company": company})

    def problems(self) -> dict[str, str]:
        """What cannot be read of what is typed, by form key."""
        typed = {key: text for key, text in self.texts.items() if is_answer(key)}
        try:
            read_lead(typed, self.snapshot.lead, self.snapshot.definitions, self.snapshot.context)
        except InvalidAnswers as error:
            return {each.field: str(each) for each in error.problems}
        return {}

    def learnt(self) -> FormDraft:
        """What the status dialog is opened with; blank where nothing is proposed."""
        about = FormDraft(STATUS_DRAFT, self.snapshot.lead.id)
        chosen = self.text(STATUS) or self.playbook.status
        status = self.snapshot.definitions.status_of_key(chosen)
        if status is None:
            return about
        typed: dict[str, str] = {}
        if chosen == self.playbook.status:
            given = dict(self.playbook.answers)
            typed = {answer_key(each): self._said(given.get(each.key, "")) for each in status.open_fields}
            typed |= self._weekday(status, typed) | {REMIND: self._said(self.playbook.remind)}
        entry = StatusEntry(status.id, {key: text for key, text in typed.items() if text})
        draft = entry.to_draft(about, self.snapshot.context.now)
        texts = draft.texts or {"status": str(status.id)}
        return replace(draft, texts=texts, saved_at=None)

    def _weekday(self, status: Status, typed: Mapping[str, str]) -> dict[str, str]:
        """The day of the week of the date that was agreed on, where the status asks for both."""
        values: dict[str, AnswerValue] = {}
        for each in status.open_fields:
            if each.kind is FieldKind.DATE and typed.get(answer_key(each)):
                try:
                    value = read_answer(each, typed[answer_key(each)], self.snapshot.context)
                except Invalid:
                    return {}
                if value is not None:
                    values[answer_key(each)] = value
        pair = weekday_of_date(status, values)
        if pair is None or pair[2] is None or typed.get(answer_key(pair[0])):
            return {}
        return {answer_key(pair[0]): calendar.weekday_name(pair[2], self.snapshot.context.language)}

    def _said(self, text: str) -> str:
        """A text with the answers of the talk filled in; nothing where one of them is missing."""
        answers = self._answers(OPENING, self.snapshot.definitions.opening)
        if self.need is not None:
            answers |= self._answers(self.need.key, self.need.playbook)
        said = self.spoken(filled_in(text, {key: each for key, each in answers.items() if each.strip()}))
        return "" if _LEFT_OPEN.search(said) else said

    def _questions(
        self, owner: str, playbook: Playbook, taken: set[str]
    ) -> tuple[list[Asked], list[PlaybookItem]]:
        hidden = hidden_entries(self.snapshot.definitions) if self.snapshot.lead.numbers_hidden else ()
        found: list[Asked] = []
        waiting: list[PlaybookItem] = []
        for each in asked_items(playbook, self._answers(owner, playbook)):
            waiting.append(each)
            if (text := self._sendable(each)) is not None:
                if sent_key(text) not in taken:
                    taken.add(sent_key(text))
                    found.append(Asked(sent_key(text), text, tuple(waiting)))
                    waiting = []
                continue
            if not each.asks:
                continue
            key = form_key(owner, each, self.snapshot.definitions)
            known = find_field(key, self.snapshot.definitions)
            closed = self.snapshot.definitions.sight.of(key) is not FieldRight.EDITED
            edits = self.snapshot.actor.may(Permission.EDIT_CUSTOMERS)
            if known is None or closed or key in taken or key in hidden or not (edits or is_of_talk(known)):
                waiting.pop()  # it cannot be answered here
                continue
            taken.add(key)
            found.append(Asked(key, known, tuple(waiting)))
            waiting = []
        return found, waiting

    def _sendable(self, item: PlaybookItem) -> MessageText | None:
        """The text that is sent there, by whoever may."""
        if not item.message or not self.snapshot.actor.may(Permission.SEND_MESSAGES):
            return None
        return self.snapshot.definitions.text_of_key(item.message)

    def _answers(self, owner: str, playbook: Playbook) -> dict[str, str]:
        definitions = self.snapshot.definitions
        return {each.key: self.text(form_key(owner, each, definitions)) for each in playbook.questions}


def _opening_line(playbook: Playbook) -> PlaybookItem:
    return PlaybookItem(ItemKind.SAY, text=playbook.opening)


def form_key(owner: str, question: PlaybookItem, definitions: Definitions) -> str:
    """The form key of the field that a question fills in: as in the customer's form."""
    key = answer_field(owner, question)
    return key if find_field(key, definitions) is not None else custom_sort(key)


def base_texts(snapshot: TalkSnapshot) -> dict[str, str]:
    """What stands in the customer's fields as the talk begins, by form key."""
    return entry_texts(snapshot.lead, snapshot.definitions, snapshot.context)


def with_learnt(kept: FormDraft | None, learnt: FormDraft) -> FormDraft:
    """What was typed for the status before, and beneath it what was learnt; a note is kept in any case."""
    if kept is None or kept.blank:
        return learnt
    before, now = entry_of(kept), entry_of(learnt)
    texts = {**learnt.texts, **{key: text for key, text in kept.texts.items() if text.strip()}}
    if before.status_id != now.status_id and now.status_id is not None:
        texts["status"] = str(now.status_id)
    return replace(kept, texts=texts)


def asked_field_of(asked: Asked) -> Field:
    """The field of a question as an editor takes it."""
    assert isinstance(asked.field, LeadField)
    if asked.field.own is not None:
        return asked.field.own
    kind = asked.field.kind if isinstance(asked.field.kind, FieldKind) else FieldKind.TEXT
    return Field(0, asked.key, asked.field.title, kind)
