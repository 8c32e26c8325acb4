"""What the layout of a known program's export says: how it is recognised, what its columns are, and how its people came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class DefaultChannel(StrEnum):
    """Through which kind of channel the rows of a file came, where the file does not say it row by row."""

    ADVERTISING = "advertising"
    PHONE_CALL = "phone_call"
    SIGN_UP = "sign_up"
    WEB_FORM = "web_form"
    IMPORT = "import"


NO_FIELD = ""
"""Where a column goes that no field is meant for: what it holds is told as that of any other such column."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of people. It is known by its titles, or, where it has none, by what stands at which place."""

    name: str
    """The program, as people know it."""
    titles: str = ""
    """The titles that are all there, with bars between."""
    some_of: str = ""
    """Titles of which some are there as well, `least` at least."""
    least: int = 1
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    """Where columns go that the vocabulary of titles would take for something else. # stands for a number."""
    channel: DefaultChannel | None = None
    places: tuple[str, ...] = ()
    """Where the columns of a table without titles go."""
    is_row: Callable[[Sequence[str]], bool] | None = None
    """Whether a row of a table without titles can be one of this layout."""


@dataclass(frozen=True, slots=True)
class CallLayout:
    """A telephone exchange's log of calls. Its columns are told by the names that Asterisk gives them."""

    name: str
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    """Asterisk's name of each column by its title."""
    order: tuple[str, ...] = ()
    """Asterisk's names of the columns of a log without titles."""
    fewest: int = 0
    """How many columns a log without titles has at least: the last ones may be blank in all rows."""
    endings: frozenset[str] = frozenset()
    """What the log says of how a call ended, in capitals; any word of capitals where none are known."""
