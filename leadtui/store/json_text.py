"""How the JSON columns keep what they hold, and how a text reads inside of them."""

from __future__ import annotations

import json
import re
from typing import Any

_HALF_LETTER = re.compile("[\ud800-\udfff]")
"""A surrogate that stands alone, as a broken file may bring one: it has no UTF-8."""


def json_text(value: Any) -> str:
    """A value as a JSON column keeps it: without blanks, in letters as they are where UTF-8 has them."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict)
    return _HALF_LETTER.sub(lambda half: json.dumps(half[0])[1:-1], written)


def forms_in_json(text: str) -> frozenset[str]:
    """How a text may stand in a column: by itself, in JSON, and in JSON that was written in ASCII by earlier versions."""
    return frozenset({text, json_text(text)[1:-1], json.dumps(text)[1:-1]})
