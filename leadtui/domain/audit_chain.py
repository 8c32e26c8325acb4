"""How the entries of an audit hang together, so that one that is changed, taken out or put in is found.

Each entry has a hash over itself and the hash of the entry before. A text in it stands there as a digest of itself behind
a salt of its own; text and salt are kept beside, from where an erasing takes them away without a hash becoming another.
The digests are SHA-256.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

FIRST = ""
"""What stands for the hash of the entry before the first."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it lies in the store, unread: `detail` and `texts` are JSON, `at` whole microseconds since 1970."""

    number: Any
    at: Any
    actor_id: Any
    kind: Any
    act: Any
    subject_id: Any
    detail: Any
    texts: Any
    previous: Any
    hash: Any


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry at some time, as it is kept elsewhere."""

    number: int
    hash: str


class ChainFault(StrEnum):
    """What is wrong with an entry."""

    CHANGED = "changed"
    """Its hash is not that of what it says."""
    UNCONNECTED = "unconnected"
    """It does not follow the entry that stands before it: one was put in, taken out or moved."""
    MISSING = "missing"
    """There is none of that number."""
    TEXT_CHANGED = "text-changed"
    """A text is not the one that was written, or is none of the entry's."""
    TEXT_MISSING = "text-missing"
    """A text is gone, and no erasing took it away."""
    UNLIKE_HEAD = "unlike-head"
    """It is not the one whose head was kept elsewhere."""
    CUT_OFF = "cut-off"
    """It is gone from the end: a head that was kept elsewhere is of it, or of a later one."""


@dataclass(frozen=True, slots=True)
class ChainFinding:
    """A fault, and the numbers of the entries that have it: from `first` to `last`."""

    fault: ChainFault
    first: int
    last: int


def canonical(value: Any) -> str:
    """A value as it is hashed: JSON in ASCII without blanks, its names in order."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True, default=repr)


def digest_of(text: str, salt: str) -> str:
    """What stands for a text in what is hashed; `salt` is random, and as long as a digest is hard to guess."""
    return hashlib.sha256(canonical([salt, text]).encode()).hexdigest()


def hash_of(link: Link, workspace_id: int) -> str:
    """The hash of an entry, over what it says and the hash before it."""
    said = {
        "workspace": workspace_id,
        "number": link.number,
        "at": link.at,
        "actor": link.actor_id,
        "kind": link.kind,
        "act": link.act,
        "subject": link.subject_id,
        "detail": link.detail,
        "previous": link.previous,
    }
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def digests_in(detail: Any) -> Iterator[str]:
    """The digests that stand for texts in the detail of an entry, as read from JSON."""
    if isinstance(detail, Mapping):
        known = cast("Mapping[str, Any]", detail)
        if set(known) == {"text"} and isinstance(known["text"], str):
            yield known["text"]
        else:
            for each in known.values():
                yield from digests_in(each)
    elif isinstance(detail, list):
        for each in cast("list[Any]", detail):
            yield from digests_in(each)


def findings(
    links: Iterable[Link], workspace_id: int, wiped: Collection[str], heads: Sequence[Head] = ()
) -> Iterator[ChainFinding]:
    """What is wrong with the entries of a workspace, which come in the order of their numbers.

    `wiped` are the digests of texts that erasings took away, `heads` what was kept elsewhere.
    """
    previous, expected = FIRST, 1
    kept: dict[int, set[str]] = {}
    for each in heads:
        kept.setdefault(each.number, set()).add(each.hash)
    for link in links:
        number = link.number
        if not isinstance(number, int) or number < expected:
            yield ChainFinding(ChainFault.UNCONNECTED, expected, expected)
            continue
        if number > expected:
            yield ChainFinding(ChainFault.MISSING, expected, number - 1)
        elif link.previous != previous:
            yield ChainFinding(ChainFault.UNCONNECTED, number, number)
        if hash_of(link, workspace_id) != link.hash:
            yield ChainFinding(ChainFault.CHANGED, number, number)
        fault = _fault_of_texts(link, wiped)
        if fault is not None:
            yield ChainFinding(fault, number, number)
        if kept.pop(number, set()) - {link.hash}:
            yield ChainFinding(ChainFault.UNLIKE_HEAD, number, number)
        previous, expected = link.hash, number + 1
    gone = [number for number in kept if number >= expected]
    if gone:
        yield ChainFinding(ChainFault.CUT_OFF, expected, max(gone))


def _fault_of_texts(link: Link, wiped: Collection[str]) -> ChainFault | None:
    """Whether its texts are those that were written, or were taken away by an erasing."""
    try:
        wanted = set(digests_in(json.loads(link.detail)))
        kept = json.loads(link.texts)
        agrees = canonical(kept) == link.texts and all(
            digest in wanted and digest_of(text, salt) == digest for digest, (salt, text) in kept.items()
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return ChainFault.TEXT_CHANGED
    if not agrees:
        return ChainFault.TEXT_CHANGED
    return ChainFault.TEXT_MISSING if wanted - kept.keys() - set(wiped) else None
