"""The entry channels and needs that rows name in words of their own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from leadtui.domain.workspace import Channel, Need
from leadtui.language.text import search_key
from leadtui.language.translate import pgettext
from leadtui.services.importing.columns import DefaultChannel
from leadtui.store import definitions
from leadtui.store.connection import WorkspaceConnection

MOST_NEW_CHANNELS = 100
"""More new entry channels than this in one file are no channels but another column."""


class Channels:
    """The workspace's entry channels by what rows call them; one that is not there yet is made."""

    def __init__(self, default: DefaultChannel) -> None:
        """`default` is the channel of rows that name none."""
        self._default = default
        self._tx: WorkspaceConnection | None = None
        self._known: dict[str, Channel] = {}
        self._made: list[Channel] = []

    def take_made(self) -> list[Channel]:
        """The channels that were made since this was last asked."""
        made, self._made = self._made, []
        return made

    def use(self, tx: WorkspaceConnection) -> None:
        """Look up and make channels in this transaction from now on."""
        self._tx = tx

    def of(self, words: str) -> Channel:
        """The channel that `words` name by title or key."""
        found = self._known.get(words)
        if found is None:
            found = self._known[words] = self._find_or_make(words)
        return found

    def _find_or_make(self, words: str) -> Channel:
        if self._tx is None:
            raise RuntimeError("channels are looked up inside a transaction")
        present = definitions.load(self._tx).channels
        key = self._default.value
        if search_key(words):
            found = find_channel(present, words)
            if found is not None:
                return found
            key = _new_key(words, {channel.key for channel in present})
        else:
            words = _default_titles()[self._default]
        for channel in present:
            if channel.key == key:
                return channel
        position = max((channel.position for channel in present), default=-1) + 1
        channel_id = definitions.add_channel(self._tx, key, words, position)
        made = Channel(channel_id, key, words, position)
        self._made.append(made)
        return made


def find_channel(channels: Sequence[Channel], words: str) -> Channel | None:
    """The channel that `words` name, by its title before its key, however either is spelled."""
    wanted = search_key(words)
    named = [channel for channel in channels if search_key(channel.title) == wanted]
    keyed = [channel for channel in channels if search_key(channel.key) == wanted]
    return next(iter(named or keyed), None)


class NeedRead(NamedTuple):
    """What words say of a need: the id of one of the workspace, and what else."""

    need_id: int | None
    rest: str = ""


class Needs:
    """The workspace's needs by what rows call them."""

    def __init__(self, needs: Sequence[Need]) -> None:
        """Only needs in use are given to anybody."""
        self._needs = [(need.id, search_key(need.title), need.key) for need in needs if not need.retired]
        self._known: dict[str, NeedRead] = {"": NeedRead(None)}

    def of(self, words: str) -> NeedRead:
        """The need that is called so, or the only one whose title holds these words; of several words the first that is one."""
        if words not in self._known:
            self._known[words] = self._read(words)
        return self._known[words]

    def _read(self, words: str) -> NeedRead:
        whole = self._find(search_key(words))
        if whole is not None:
            return NeedRead(whole)
        pieces: list[str] = _BETWEEN_NEEDS.split(words)
        parts = [part for piece in pieces if (part := piece.strip(' "'))]
        for part in parts:
            need_id = self._find(search_key(part))
            if need_id is not None:
                return NeedRead(need_id, ", ".join(each for each in parts if each != part))
        return NeedRead(None, words)

    def _find(self, wanted: str) -> int | None:
        for need_id, title, key in self._needs:
            if wanted and wanted in (title, search_key(key)):
                return need_id
        holding = [need_id for need_id, title, _key in self._needs if wanted in title]
        return holding[0] if len(wanted) >= _SHORTEST_PART and len(holding) == 1 else None


_SHORTEST_PART = 3
_BETWEEN_NEEDS = re.compile(r":::|[;,،؛|\n]")


def _new_key(words: str, taken: set[str]) -> str:
    """A stable key from the words: readable where they are ASCII, else a digest of them."""
    readable = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_") if words.isascii() else ""
    digest = hashlib.sha256(search_key(words).encode()).hexdigest()[:8]
    key = readable[:40] or f"channel_{digest}"
    return f"{key}_{digest}" if key in taken else key


def _default_titles() -> dict[DefaultChannel, str]:
    return {
        DefaultChannel.ADVERTISING: pgettext("entry channel", "Advertising"),
        DefaultChannel.PHONE_CALL: pgettext("entry channel", "Phone call"),
        DefaultChannel.SIGN_UP: pgettext("entry channel", "Sign-up"),
        DefaultChannel.WEB_FORM: pgettext("entry channel", "Web form"),
        DefaultChannel.IMPORT: pgettext("entry channel", "Import"),
    }
