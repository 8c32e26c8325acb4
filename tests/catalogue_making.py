"""Catalogues of sentences for tests."""

from __future__ import annotations

import struct
from pathlib import Path


def write_catalogue(path: Path, sentences: dict[str, str]) -> None:
    """Write a GNU MO file (gettext manual, 10.3)."""
    pairs = [(key.encode(), value.encode()) for key, value in sorted(sentences.items())]
    start = 28 + 16 * len(pairs)
    tables = b""
    texts = b""
    for side in (0, 1):
        for pair in pairs:
            tables += struct.pack("<II", len(pair[side]), start + len(texts))
            texts += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    path.parent.mkdir(parents=True)
    path.write_bytes(head + tables + texts)
