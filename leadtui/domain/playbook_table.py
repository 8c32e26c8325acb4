"""A playbook as a table of texts: what a TOML file holds of it, and what a store keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from leadtui.domain.field import FieldKind
from leadtui.domain.playbook import Condition, ItemKind, Objection, Playbook, PlaybookItem
from leadtui.language.text import clean, clean_multiline


def playbook_table(playbook: Playbook) -> dict[str, Any]:
    """A playbook as a table of TOML, and as it is kept: what says nothing is left out."""
    table = {
        "opening": playbook.opening,
        "items": [_item_table(each) for each in playbook.items],
        "objections": [{"says": each.says, "answer": each.answer} for each in playbook.objections],
        "status": playbook.status,
        "answers": dict(playbook.answers),
        "remind": playbook.remind,
    }
    return {key: value for key, value in table.items() if value}


def _item_table(item: PlaybookItem) -> dict[str, Any]:
    is_link = item.kind is ItemKind.LINK
    first = {item.kind.value: item.key if item.asks else item.link if is_link else item.text}
    table: dict[str, Any] = {
        "title": item.title,
        "text": item.text if item.asks or is_link else "",
        "link": "" if is_link else item.link,
        "field": item.field,
        "kind": "" if item.field or item.answer is FieldKind.TEXT else item.answer.value,
        "options": list(item.options),
        "when": {} if item.when is None else _condition_table(item.when),
        "finds": dict(item.finds),
        "message": item.message,
    }
    return first | {key: value for key, value in table.items() if value}


def _condition_table(condition: Condition) -> dict[str, Any]:
    return {"ask": condition.key} | ({"is": list(condition.answers)} if condition.answers else {})


def playbook_of(table: Mapping[str, Any], version: int = 0) -> Playbook:
    """The reverse of `playbook_table`. Raises ValueError, TypeError or AttributeError where it is none."""
    return replace(
        Playbook(
            opening=str(table.get("opening", "")),
            items=tuple(_item_of(each) for each in table.get("items", [])),
            objections=tuple(
                Objection(str(each["says"]), str(each["answer"])) for each in table.get("objections", [])
            ),
            status=str(table.get("status", "")),
            answers=_pairs(table.get("answers", {})),
            remind=str(table.get("remind", "")),
        ),
        version=version,
    )


def cleaned(playbook: Playbook) -> Playbook:
    """The playbook as it is kept: texts without blanks at their ends, and nothing that its lines do not say."""
    items = [
        replace(
            each
            if each.asks
            else PlaybookItem(each.kind, title=each.title, when=each.when, message=each.message),
            title=clean(each.title),
            text=clean_multiline(each.text),
            link=clean(each.link),
            options=tuple(one for one in map(clean, each.options) if one),
        )
        for each in playbook.items
    ]
    whole = replace(
        playbook,
        opening=clean_multiline(playbook.opening),
        items=tuple(items),
        objections=tuple(
            Objection(clean_multiline(each.says), clean_multiline(each.answer))
            for each in playbook.objections
        ),
        answers=tuple((key, clean(text)) for key, text in playbook.answers if clean(text)),
        remind=clean(playbook.remind),
    )
    return playbook_of(playbook_table(whole), playbook.version)


def _item_of(table: Mapping[str, Any]) -> PlaybookItem:
    # A step may have a link beside it, so that a link comes last.
    kind = next((each for each in ItemKind if each.value in table), None)
    if kind is None:
        raise ValueError("an item of no kind")
    first = str(table[kind.value])
    when = table.get("when")
    is_link = kind is ItemKind.LINK
    return PlaybookItem(
        kind=kind,
        key=first if kind is ItemKind.ASK else "",
        title=str(table.get("title", "")),
        text=str(table.get("text", "")) if is_link or kind is ItemKind.ASK else first,
        link=first if is_link else str(table.get("link", "")),
        field=str(table.get("field", "")),
        answer=FieldKind(table.get("kind", FieldKind.TEXT.value)),
        options=_words(table.get("options", [])),
        when=None if not when else Condition(str(when["ask"]), _words(when.get("is", []))),
        finds=_pairs(table.get("finds", {})),
        message=str(table.get("message", "")),
    )


def _words(kept: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(each) for each in kept)


def _pairs(kept: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(key), str(value)) for key, value in kept.items())
