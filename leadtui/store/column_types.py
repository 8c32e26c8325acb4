"""How values stand in columns: moments as whole microseconds, and JSON; and what is said of values that no column can have."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Text, TypeDecorator
from sqlalchemy.engine import Dialect

_HALF_LETTER = re.compile("[\ud800-\udfff]")
"""A surrogate that stands alone, as a broken file may bring one: it has no UTF-8."""


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=dict).encode


def json_text(value: Any) -> str:
    """A value as a JSON column keeps it: without blanks, in letters as they are where UTF-8 has them."""
    written = _written(value)
    if written.isascii():
        return written
    return _HALF_LETTER.sub(lambda half: json.dumps(half[0])[1:-1], written)


def forms_in_json(text: str) -> frozenset[str]:
    """How a text may stand in a column: by itself, in JSON, and in JSON that was written in ASCII by earlier versions."""
    return frozenset({text, json_text(text)[1:-1], json.dumps(text)[1:-1]})


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class DamagedValue(Exception):  # a store tells it in its own sentence
    """A value that its column cannot have: something else than leadtui has written it."""


def read_json(kept: str) -> Any:
    """What a JSON column holds. Raises DamagedValue where it is no JSON."""
    try:
        return json.loads(kept)
    except (ValueError, TypeError, RecursionError) as error:
        raise DamagedValue("no JSON") from error


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime kept as whole microseconds since 1970, which sorts and indexes alike everywhere."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002  # SQLAlchemy passes it
        """Aware datetime to microseconds; a naive one is a fault in the program."""
        return None if value is None else microseconds(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy passes it
        """Microseconds to an aware UTC datetime."""
        return None if value is None else moment(value)


class OwnJson(TypeDecorator[Any]):
    """JSON that people keep for themselves, without which their work goes on: what cannot be read is None, and no damage."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002  # SQLAlchemy passes it
        """A value to JSON."""
        return json_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:  # noqa: ARG002  # SQLAlchemy passes it
        """JSON to a value."""
        try:
            return read_json(value or "")
        except DamagedValue:
            return None


def microseconds(value: datetime) -> int:
    """Whole microseconds since 1970 of an aware datetime."""
    if value.tzinfo is None:
        raise ValueError(f"naive datetime {value!r}")
    return (value - _EPOCH) // _MICROSECOND


def moment(value: Any) -> datetime:
    """The aware UTC datetime of whole microseconds since 1970. Raises DamagedValue where it is none."""
    if not isinstance(value, int) or not EARLIEST <= value <= LATEST:
        raise DamagedValue(f"no moment: {value!r:.40}")
    return _EPOCH + timedelta(microseconds=value)


EARLIEST, LATEST = (
    microseconds(datetime(year, month, day, tzinfo=UTC)) for year, month, day in ((1, 1, 2), (9999, 12, 30))
)
"""Between them every moment has a wall clock in every zone."""
