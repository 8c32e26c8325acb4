"""How much of what proves by mass a test does: little in every test run, much with `pytest -m proof`.

`LEADTUI_PROVE_ALL=1` with it leaves nothing out: all cases of all families, and every property with all of its examples.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import settings

EVERYTHING = bool(os.environ.get("LEADTUI_PROVE_ALL"))

_WHOLE = 100
"""With so many examples Hypothesis tries a property that says nothing else."""

_SOME = 25


def small_and_large(unit: str, small: int, large: int, variable: str = "") -> pytest.MarkDecorator:
    """Gives the test an `amount`: `small` in every run, and as a proof `large` where everything is proved.

    Where the environment's `variable` says another large amount, that is proved.
    """
    tried = [pytest.param(small, id=f"{small} {unit}")]
    if EVERYTHING or variable in os.environ:
        wanted = int(os.environ.get(variable, large))
        tried.append(pytest.param(wanted, id=f"{wanted} {unit}", marks=pytest.mark.proof))
    return pytest.mark.parametrize("amount", tried)


def begin(*, proving: bool) -> None:
    """Say whether this is a run of the proofs, before the tests are imported: they try each property with all examples.

    They are the same in every run, so that a change is judged by what it changed; `LEADTUI_EXPLORE=1` tries new ones.
    """
    exploring = bool(os.environ.get("LEADTUI_EXPLORE"))
    # no deadline: on a machine that runs other tests beside, a first example may import the telephone library
    settings.register_profile(
        "leadtui",
        max_examples=_WHOLE if proving else _SOME,
        derandomize=not exploring,
        deadline=None,
        print_blob=exploring,
    )
    settings.load_profile("leadtui")


def examples(number: int) -> int:
    """With how many examples a property is tried: `number` as a proof, a quarter of it in other runs."""
    return max(1, number * settings().max_examples // _WHOLE)


def prove_properties(items: Sequence[pytest.Item]) -> None:
    """Let all properties be among the proofs where everything is proved: the ordinary run tries them all."""
    for item in items if EVERYTHING else ():
        if isinstance(item, pytest.Function) and getattr(item.obj, "is_hypothesis_test", False):
            item.add_marker(pytest.mark.proof)


_ONE_OF = {"tui": 24, "cli": 16, "services": 16, "demo": 4, "store": 4}
"""Rooms whose tests each open a store or a program: of so many one is in every run, of screens one more among the proofs,
and the others where all is proved."""

_QUICK = ("test_help", "test_usage", "test_import_columns", "test_theming")
"""Files of these rooms whose cases take a few milliseconds each: every run tries all of them."""

_FAMILIES_ONE_OF = {"tui": 2}
"""Of so many families of screens one is in every run, and the other among the proofs."""

_FAMILY = 3
"""So many cases of one function, which a table or a matrix brings about, are a family."""

_TRIED = 1 / 16
"""Of a family every run tries this part, and the proofs a quarter as much again: all of it where everything is proved."""


def sample_families(items: list[pytest.Item], asked: Sequence[str], root: Path) -> list[pytest.Item]:
    """Where whole rooms are run, make proofs of most that is slow, and take out what not even they try.

    Which cases are tried follows from their names, so that it is the same everywhere. Whoever asks for a file gets all
    of its cases. What was taken out of `items` is returned.
    """
    if any(Path(each.partition("::")[0]).is_file() for each in asked):
        return []
    families: dict[tuple[Path, str], list[pytest.Function]] = defaultdict(list)
    left_out: set[pytest.Item] = set()
    for item in items:
        one_of = _ONE_OF.get(item.path.relative_to(root / "tests").parts[0], 0)
        if one_of and isinstance(item, pytest.Function) and item.path.stem not in _QUICK:
            families[item.path, item.originalname].append(item)
    for (path, name), cases in families.items():
        room = path.relative_to(root / "tests").parts[0]
        mixed = sorted(cases, key=lambda each: crc32(each.name.encode()))
        is_family = len(cases) >= _FAMILY
        part = ceil(len(cases) * _TRIED) if is_family else len(cases)
        turn = crc32(name.encode()) % (_FAMILIES_ONE_OF.get(room, 1) if is_family else _ONE_OF[room])
        for case in mixed[0 if turn else part :]:
            case.add_marker(pytest.mark.proof)
        if not EVERYTHING:
            left_out.update(mixed[part + ceil(part / 4) :])
            if turn > (1 if room == "tui" else 0):
                left_out.update(cases)
    items[:] = [each for each in items if each not in left_out]
    return list(left_out)
