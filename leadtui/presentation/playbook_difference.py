"""A playbook as lines that a person reads, and what two versions of it say differently."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TypeVar

from leadtui.domain.difference import Difference, Side, clashing, line_of, merge_need
from leadtui.domain.field import Field
from leadtui.domain.playbook import Condition, Objection, Playbook, PlaybookItem
from leadtui.domain.workspace import Definitions, Need
from leadtui.language.translate import _, format_list, pgettext
from leadtui.presentation.definition_words import FIELD_KIND_WORDS
from leadtui.presentation.playbook_words import ITEM_WORDS, line_title, one_line
from leadtui.services.playbook_file import surroundings

Row = TypeVar("Row")

BETWEEN = " · "
"""Stands between the parts of a line."""

OPENS, OBJECTION, PROPOSED, REMINDER, TITLE = "opening", "objection", "status", "remind", "title"
"""The keys of what two may have changed at once, beside those of lines and of answers."""


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that a version has and the other has not."""

    added: bool
    words: str

    @property
    def sign(self) -> str:
        """How a difference marks it."""
        return "+" if self.added else "−"


def playbook_difference(
    before: Playbook, after: Playbook, definitions: Definitions
) -> tuple[ChangedLine, ...]:
    """What one has to take away from the first and to add to make the second of it, in the order of the lines."""
    old, new = playbook_lines(before, definitions), playbook_lines(after, definitions)
    changed: list[ChangedLine] = []
    for _tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if old[old_from:old_to] != new[new_from:new_to]:
            changed += [ChangedLine(False, each) for each in old[old_from:old_to]]
            changed += [ChangedLine(True, each) for each in new[new_from:new_to]]
    return tuple(changed)


def playbook_lines(playbook: Playbook, definitions: Definitions) -> list[str]:
    """The playbook line by line, each whole."""
    lines: list[str] = []
    if playbook.opening:
        lines.append(
            pgettext("part of a playbook", "Begins: {words}").format(words=one_line(playbook.opening))
        )
    lines += [line_words(each, playbook, definitions) for each in playbook.items]
    objection = pgettext("part of a playbook", "Objection: {says} – {answer}")
    lines += [
        objection.format(says=one_line(each.says), answer=one_line(each.answer))
        for each in playbook.objections
    ]
    if playbook.status:
        lines.append(
            pgettext("part of a playbook", "Proposes: {status}").format(
                status=_status_title(playbook.status, definitions)
            )
        )
    for key, text in playbook.answers:
        lines.append(
            pgettext("pattern", "{field}: {text}").format(
                field=_asked_title(playbook, key, definitions), text=text
            )
        )
    if playbook.remind:
        lines.append(pgettext("part of a playbook", "Reminder: {time}").format(time=playbook.remind))
    return lines


def line_words(item: PlaybookItem, playbook: Playbook, definitions: Definitions) -> str:
    """One line with all that it says: what is asked or done, how it is answered, and after which answer alone."""
    known = surroundings(
        definitions.fields, definitions.statuses, definitions.needs, definitions.texts
    ).fields
    title = line_title(item, known)
    text = one_line(item.text)
    parts = [pgettext("line of a playbook", ITEM_WORDS[item.kind]), title]
    if item.asks and not item.field:
        options = f" ({format_list(item.options)})" if item.options else ""
        parts.append(pgettext("kind", FIELD_KIND_WORDS[item.answer]) + options)
    if text and text != title:
        parts.append(text)
    if item.link and item.link != title:
        parts.append(item.link)
    if item.message:
        found = definitions.text_of_key(item.message)
        parts.append(found.title if found is not None else item.message)
    titles = {each.key: each.title for each in definitions.needs}
    parts += [f"{answer} = {titles.get(need, need)}" for answer, need in item.finds]
    if item.when is not None:
        parts.append(_condition_words(item.when, playbook, known))
    return BETWEEN.join(parts)


def _condition_words(when: Condition, playbook: Playbook, fields: Mapping[str, Field]) -> str:
    asked = next((each for each in playbook.questions if each.key == when.key), None)
    title = line_title(asked, fields) if asked is not None else when.key
    if not when.answers:
        return pgettext("part of a playbook", "only after an answer to “{question}”").format(question=title)
    words = pgettext("part of a playbook", "only where “{question}” is {answers}")
    return words.format(question=title, answers=format_list(when.answers))


def _status_title(key: str, definitions: Definitions) -> str:
    return next((each.title for each in definitions.statuses if each.key == key), key)


def _asked_title(playbook: Playbook, key: str, definitions: Definitions) -> str:
    status = next((each for each in definitions.statuses if each.key == playbook.status), None)
    asked = status.fields if status is not None else ()
    return next((each.title for each in asked if each.key == key), key)


def need_clashes(before: Need, mine: Need, newest: Need, definitions: Definitions) -> tuple[Difference, ...]:
    """What two changed at once, each to something else, with what stood there before."""
    was, own, theirs = (_clash_parts(each, definitions) for each in (before, mine, newest))
    titles = {key: title for each in (was, theirs, own) for key, (title, _words) in each.items()}
    words = [{key: said for key, (_title, said) in each.items()} for each in (was, own, theirs)]
    found: list[Difference] = []
    for key in clashing(*words):
        if key in words[2]:
            before_, left, right = _without_common([each.get(key, "") for each in words])
            found.append(Difference(key, titles[key], left, right, was=before_))
    return tuple(found)


def _without_common(lines: Sequence[str]) -> list[str]:
    """The lines without those parts that all of them have."""
    parted = [each.split(BETWEEN) for each in lines]
    common = set(parted[0]).intersection(*parted[1:])
    return [BETWEEN.join(part for part in parts if part not in common) for parts in parted]


def settled_need(before: Need, mine: Need, newest: Need, chosen: Mapping[str, Side]) -> Need:
    """Both changes together, with theirs where it was chosen of what both changed."""
    theirs = {key for key, side in chosen.items() if side is Side.THEIRS}
    was, own, other = before.playbook, mine.playbook, newest.playbook
    answers = dict(other.answers)
    kept = replace(
        own,
        opening=was.opening if OPENS in theirs else own.opening,
        status=was.status if PROPOSED in theirs else own.status,
        remind=was.remind if REMINDER in theirs else own.remind,
        items=_as_before(own.items, was.items, theirs, _line_key),
        objections=_as_before(own.objections, was.objections, theirs, _objection_key),
        answers=tuple(
            (key, answers[key] if f"answers.{key}" in theirs else text) for key, text in own.answers
        ),
    )
    merged = merge_need(before, replace(mine, playbook=kept), newest)
    return replace(merged, title=newest.title) if TITLE in theirs else merged


def _as_before(
    own: Sequence[Row], was: Sequence[Row], theirs: Collection[str], key: Callable[[Row], str]
) -> tuple[Row, ...]:
    """My rows without what I changed of those in which theirs was chosen."""
    stood = {key(each): each for each in was}
    return tuple(stood.get(key(each), each) if key(each) in theirs else each for each in own)


def _line_key(item: PlaybookItem) -> str:
    return f"items.{'.'.join(line_of(item))}"


def _objection_key(objection: Objection) -> str:
    return f"{OBJECTION}.{objection.says}"


def _clash_parts(need: Need, definitions: Definitions) -> dict[str, tuple[str, str]]:
    """What can be changed by itself, by its key: what it is called, and as it reads."""
    book = need.playbook
    parts = {
        TITLE: (pgettext("field", "Title"), need.title),
        OPENS: (_("One begins with these words"), one_line(book.opening)),
        PROPOSED: (_("At the end this status is proposed"), _status_title(book.status, definitions)),
        REMINDER: (pgettext("field", "and a reminder for"), book.remind),
    }
    for each in book.items:
        line = line_words(each, book, definitions)
        parts[_line_key(each)] = (line_title(each, {}) or line, line)
    for each in book.objections:
        parts[_objection_key(each)] = (one_line(each.says), one_line(each.answer))
    for key, text in book.answers:
        parts[f"answers.{key}"] = (_asked_title(book, key, definitions), text)
    return parts
