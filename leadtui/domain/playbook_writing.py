"""What comes into a playbook that is written: the key of a new question, and a question that somebody proposed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from leadtui.domain.defining import new_key
from leadtui.domain.field import Field
from leadtui.domain.playbook import PLACEHOLDERS, ItemKind, PlaybookItem, own_field_key
from leadtui.domain.proposal import Proposal
from leadtui.domain.workspace import Definitions, Need
from leadtui.language.text import search_key

QUESTION = "question"
"""What the key of a question begins with whose title has no Latin letters."""


def new_question_key(owner: str, title: str, taken: Collection[str], fields: Iterable[Field]) -> str:
    """The key of a new question, none of the `taken` ones: that of an earlier question of the playbook with that title.

    So its answers, which stand among the customers' `fields`, are found again; those of another one never are.
    """
    start = own_field_key(owner, "")
    earlier = {
        each.key.removeprefix(start): search_key(each.title) for each in fields if each.playbook == owner
    }
    again = next((key for key, known in earlier.items() if known and known == search_key(title)), "")
    if again and again not in taken:
        return again
    return new_key(title, QUESTION, {*taken, *earlier, *PLACEHOLDERS})


def with_question(need: Need, proposal: Proposal, known: Definitions) -> Need:
    """A need whose playbook asks what is proposed, as its last question; the example stands as its words."""
    book = need.playbook
    key = new_question_key(need.key, proposal.title, {each.key for each in book.questions}, known.fields)
    asked = PlaybookItem(ItemKind.ASK, key, proposal.title, proposal.example)
    return replace(need, playbook=replace(book, items=(*book.items, asked)))
