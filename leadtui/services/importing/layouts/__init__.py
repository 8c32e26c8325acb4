"""Known layouts, one file each: a new one is a file here, and a sample among the tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from leadtui.services.importing.layouts.layout import CallLayout, Layout
from leadtui.services.importing.titles import title_key

_MOST = 0.8


@cache
def all_layouts() -> tuple[Layout | CallLayout, ...]:
    """Every known layout, in the order of the names of their files."""
    modules = sorted(each.name for each in iter_modules(__path__) if each.name != "layout")
    return tuple(import_module(f"{__name__}.{name}").LAYOUT for name in modules)


def call_layouts() -> tuple[CallLayout, ...]:
    """Those of telephone logs."""
    return tuple(each for each in all_layouts() if isinstance(each, CallLayout))


def find_layout(titles: Sequence[str], rows: Sequence[Sequence[str]], *, has_titles: bool) -> Layout | None:
    """The layout that a table of people has, of several that which knows most of its titles; None for no known program's."""
    if not has_titles:
        return next((each for each in _tables() if _fits_places(each, rows)), None)
    keys = frozenset(map(title_key, titles))
    fitting = [each for each in _tables() if _fits_titles(each, keys)]
    return max(fitting, key=lambda each: len(keys & _known_by(each)), default=None)


def target_in(layout: Layout, title: str) -> str | None:
    """Where the layout itself says that a column goes."""
    return _columns(layout.name).get(title_key(re.sub(r"\d+", "#0#", title)))


@cache
def _columns(name: str) -> dict[str, str]:
    layout = next(each for each in _tables() if each.name == name)
    return {title_key(re.sub(r"\d+|#", "#0#", title)): target for title, target in layout.columns.items()}


def _tables() -> tuple[Layout, ...]:
    return tuple(each for each in all_layouts() if isinstance(each, Layout))


def _fits_titles(layout: Layout, keys: frozenset[str]) -> bool:
    if not layout.titles and not layout.some_of:
        return False
    needed, some = _keys(layout.titles), _keys(layout.some_of)
    return needed <= keys and (not some or len(some & keys) >= layout.least)


def _known_by(layout: Layout) -> frozenset[str]:
    return _keys(layout.titles) | _keys(layout.some_of)


@cache
def _keys(titles: str) -> frozenset[str]:
    return frozenset(map(title_key, filter(None, titles.split("|"))))


def _fits_places(layout: Layout, rows: Sequence[Sequence[str]]) -> bool:
    if layout.is_row is None or not rows:
        return False
    return sum(map(layout.is_row, rows)) >= _MOST * len(rows)
