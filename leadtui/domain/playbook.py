"""A playbook: what one says, asks and does in a talk about a need, and what is proposed at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from leadtui.domain.field import Field, FieldKind, yes_or_no
from leadtui.domain.message import unknown_text
from leadtui.errors import Invalid, NotFound
from leadtui.language.text import clean, search_key
from leadtui.language.translate import _, format_list

OPENING = "opening"
"""What the playbook is called that is worked where the need is not known yet: its questions find it."""


class ItemKind(StrEnum):
    """What one does at a line of a playbook."""

    ASK = "ask"
    SAY = "say"
    DO = "do"
    SEND = "send"
    READ = "read"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Condition:
    """That the question `key` was answered with one of `answers`, or at all where none is named."""

    key: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaybookItem:
    """One line of a playbook: a question with a `key` of its own, or a step.

    `text` is read aloud where one asks or says, else it tells what to do. The answer goes into the customers' field
    `field`, by its key, or is the playbook's own, of `answer` and `options`. `finds` are pairs of an answer and the
    key of the need that it makes likely. `message` is the key of the text that is sent to the customer there.
    """

    kind: ItemKind
    key: str = ""
    title: str = ""
    text: str = ""
    link: str = ""
    field: str = ""
    answer: FieldKind = FieldKind.TEXT
    options: tuple[str, ...] = ()
    when: Condition | None = None
    finds: tuple[tuple[str, str], ...] = ()
    message: str = ""

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.kind is ItemKind.ASK


@dataclass(frozen=True, slots=True)
class Objection:
    """What a customer may say against it, and what one answers."""

    says: str
    answer: str


@dataclass(frozen=True, slots=True)
class Playbook:
    """What is said and asked about one need, and the `status` (a key) that is proposed at the end.

    `answers` fill in the fields of that status, by their keys, and `remind` its reminder, as one would type them; an
    answer of the talk stands in them as its key in braces. `version` counts from 1; 0 is none that is kept.
    """

    opening: str = ""
    items: tuple[PlaybookItem, ...] = ()
    objections: tuple[Objection, ...] = ()
    status: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    remind: str = ""
    version: int = field(default=0, compare=False)

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return self != NO_PLAYBOOK

    @property
    def questions(self) -> tuple[PlaybookItem, ...]:
        """Its questions, in their order."""
        return tuple(each for each in self.items if each.asks)

    @property
    def messages(self) -> frozenset[str]:
        """The keys of the texts that are sent by it."""
        return frozenset(each.message for each in self.items if each.message)


NO_PLAYBOOK = Playbook()

PLACEHOLDERS = ("name", "agent", "company")
"""What is filled into the texts: the customer's name, that of who talks to them, and the workspace's."""

_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_KEY = re.compile(r"[a-z][a-z0-9_]*")


def version_of(versions: Iterable[Playbook], number: int) -> Playbook:
    """The one of that number among versions of a playbook. Raises NotFound."""
    found = next((each for each in versions if each.version == number), None)
    if found is None:
        raise NotFound(_("That playbook has no version {number}.").format(number=number))
    return found


def filled_in(text: str, words: Mapping[str, str]) -> str:
    """The text with every placeholder that is among `words` replaced; all others stay as they are."""
    return _IN_BRACES.sub(lambda found: words.get(found[1], found[0]), text)


def own_field_key(owner: str, question: str) -> str:
    """The key of the customers' field that holds a playbook's own answer; `owner` is the need's key, or `OPENING`."""
    return f"{owner}_{question}"


def answer_field(owner: str, question: PlaybookItem) -> str:
    """The key of the field that a question's answer goes into."""
    return question.field or own_field_key(owner, question.key)


def own_fields(owner: str, playbook: Playbook) -> tuple[Field, ...]:
    """The customers' fields that the playbook's own answers need, new ones."""
    return tuple(
        Field(0, own_field_key(owner, each.key), each.title, each.answer, each.options, playbook=owner)
        for each in playbook.questions
        if not each.field
    )


def asked_items(playbook: Playbook, answers: Mapping[str, str]) -> list[PlaybookItem]:
    """The lines that apply with the `answers` so far, which are as typed, by the keys of the questions."""
    shown: set[str] = set()
    found: list[PlaybookItem] = []
    for each in playbook.items:
        if each.when is None or (each.when.key in shown and _holds(each.when, answers)):
            found.append(each)
            shown.add(each.key)
    return found


def likely_need(playbook: Playbook, answers: Mapping[str, str]) -> str:
    """The key of the need that most of the answers speak for, the earliest of several; empty where none does."""
    votes: dict[str, int] = {}
    for each in asked_items(playbook, answers):
        given = answers.get(each.key, "")
        for answer, need in each.finds if given.strip() else ():
            if _same(answer, given):
                votes[need] = votes.get(need, 0) + 1
    return max(votes, key=lambda need: votes[need], default="")


def _holds(condition: Condition, answers: Mapping[str, str]) -> bool:
    given = answers.get(condition.key, "")
    if not given.strip():
        return False
    return not condition.answers or any(_same(each, given) for each in condition.answers)


def _same(wanted: str, given: str) -> bool:
    """Whether an answer is the wanted one, or among several choices, a line each."""
    meant = yes_or_no(wanted)
    if meant is not None and yes_or_no(given) is meant:
        return True
    return search_key(wanted) in {search_key(line) for line in given.split("\n")}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a playbook can name: customers' fields as they are asked, statuses with their own fields, needs, texts; by their keys."""

    fields: Mapping[str, Field]
    statuses: Mapping[str, tuple[str, ...]]
    needs: frozenset[str]
    texts: tuple[str, ...] = ()


def playbook_problems(playbook: Playbook, known: Surroundings) -> tuple[Invalid, ...]:
    """What is wrong with it, each beside its place: "items.2.when", "objections.0.says", "status"."""
    return tuple(_Checking(playbook, known).problems())


@dataclass(slots=True)
class _Checking:
    playbook: Playbook
    known: Surroundings
    found: list[Invalid] = field(default_factory=list[Invalid])

    def problems(self) -> list[Invalid]:
        self._text(self.playbook.opening, "opening")
        for place, each in enumerate(self.playbook.items):
            before = len(self.found)
            self._item(each, f"items.{place}")
            if len(self.found) == before and each.when is not None:
                self._condition(each, f"items.{place}.when")
        for place, objection in enumerate(self.playbook.objections):
            self._text(objection.says, f"objections.{place}.says", needed=True)
            self._text(objection.answer, f"objections.{place}.answer", needed=True)
        self._proposal()
        return self.found

    def _say(self, where: str, words: str) -> None:
        self.found.append(Invalid(words, where))

    def _text(self, text: str, where: str, *, needed: bool = False, more: Iterable[str] = ()) -> None:
        if needed and not clean(text):
            self._say(where, _("Something is to be written here."))
        names = (*PLACEHOLDERS, *more)
        for name in _IN_BRACES.findall(text):
            if name not in names:
                sentence = _("“{name}” is filled in by nothing; there are {known}.")
                shown = format_list(f"{{{each}}}" for each in names)
                self._say(where, sentence.format(name=f"{{{name}}}", known=shown))

    def _item(self, each: PlaybookItem, where: str) -> None:
        self._text(each.text, f"{where}.text", needed=each.kind is not ItemKind.LINK and not each.asks)
        if each.kind is ItemKind.LINK and not each.link:
            self._say(f"{where}.link", _("A link is needed."))
        if each.message:
            self._message(each, f"{where}.message")
        if each.asks:
            self._question(each, where)

    def _message(self, each: PlaybookItem, where: str) -> None:
        if each.kind is not ItemKind.SEND:
            self._say(where, _("Only a line of what is sent names a text; leave it out."))
        elif each.message not in self.known.texts:
            self._say(where, unknown_text(each.message, self.known.texts))

    def _question(self, each: PlaybookItem, where: str) -> None:
        if not _KEY.fullmatch(each.key):
            self._say(f"{where}.key", _("A question needs a key of small Latin letters, digits and _."))
        elif [one.key for one in self.playbook.questions].count(each.key) > 1:
            self._say(f"{where}.key", _("Two questions have the key “{key}”.").format(key=each.key))
        elif each.key in PLACEHOLDERS:
            words = _("“{key}” stands for something else in texts; choose another key.")
            self._say(f"{where}.key", words.format(key=each.key))
        if each.field and each.field not in self.known.fields:
            words = _("There is no field “{key}”; customers have {known}.")
            self._say(f"{where}.field", words.format(key=each.field, known=format_list(self.known.fields)))
            return
        if not each.field and not clean(each.title):
            self._say(f"{where}.title", _("A title is needed."))
        options = self._options(each)
        chooses = each.answer in (FieldKind.CHOICE, FieldKind.CHOICES)
        if not each.field and chooses and len(each.options) < 2:
            self._say(f"{where}.options", _("At least two options to choose from are needed."))
        for answer, need in each.finds:
            if need not in self.known.needs:
                self._say(f"{where}.finds", _("There is no need “{key}”.").format(key=need))
            elif options and not any(_same(answer, one) for one in options):
                self._say(f"{where}.finds", _("“{answer}” is never answered.").format(answer=answer))

    def _condition(self, each: PlaybookItem, where: str) -> None:
        """Its condition can hold: it names a question that stands before it and an answer which that one can have."""
        assert each.when is not None
        questions = {one.key: one for one in self.playbook.questions}
        asked = questions.get(each.when.key)
        if asked is None:
            self._say(where, _("There is no question “{key}” here.").format(key=each.when.key))
            return
        if each.asks and self._comes_round(each, questions):
            self._say(where, _("These conditions wait for one another; none of them is ever met."))
            return
        if self.playbook.items.index(asked) > self.playbook.items.index(each):
            words = _("“{key}” is asked only afterwards; this is never reached.")
            self._say(where, words.format(key=asked.key))
            return
        options = self._options(asked)
        never = [one for one in each.when.answers if options and not any(_same(one, o) for o in options)]
        if never:
            words = _("“{key}” is never answered with {answers}; this is never reached.")
            self._say(where, words.format(key=asked.key, answers=format_list(never)))

    def _comes_round(self, each: PlaybookItem, questions: Mapping[str, PlaybookItem]) -> bool:
        at: PlaybookItem | None = each
        passed: set[str] = set()
        while at is not None and at.when is not None:
            if at.key in passed:
                return each.key in passed and at.key == each.key
            passed.add(at.key)
            at = questions.get(at.when.key)
        return False

    def _options(self, each: PlaybookItem) -> Sequence[str]:
        """All that can be answered; nothing where anything can."""
        asked = self.known.fields.get(each.field) if each.field else None
        kind, options = (each.answer, each.options) if asked is None else (asked.kind, asked.options)
        return ("yes", "no") if kind is FieldKind.YES_NO else options

    def _proposal(self) -> None:
        keys = [each.key for each in self.playbook.questions]
        self._text(self.playbook.remind, "remind", more=keys)
        if not self.playbook.status:
            if self.playbook.answers:
                self._say("status", _("Answers belong to a status; name it."))
            return
        asked = self.known.statuses.get(self.playbook.status)
        if asked is None:
            self._say("status", _("There is no status “{key}”.").format(key=self.playbook.status))
            return
        for name, text in self.playbook.answers:
            if name not in asked:
                words = _("That status does not ask for “{key}”.")
                self._say(f"answers.{name}", words.format(key=name))
            self._text(text, f"answers.{name}", more=keys)
