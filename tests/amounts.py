"""How much of what proves by mass a test does: little in every test run, much with `pytest -m proof`."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from hypothesis import settings

_WHOLE = 100
"""With so many examples Hypothesis tries a property that says nothing else."""

_SOME = 40


def small_and_large(unit: str, small: int, large: int, variable: str = "") -> pytest.MarkDecorator:
    """Gives the test an `amount` twice: `small`, and as a proof `large` or what the environment's `variable` says."""
    wanted = int(os.environ.get(variable, large))
    return pytest.mark.parametrize(
        "amount",
        [
            pytest.param(small, id=f"{small} {unit}"),
            pytest.param(wanted, id=f"{wanted} {unit}", marks=pytest.mark.proof),
        ],
    )


def begin(*, proving: bool) -> None:
    """Say whether this is a run of the proofs, before the tests are imported: they try each property with all examples."""
    settings.register_profile("leadtui", max_examples=_WHOLE if proving else _SOME)
    settings.load_profile("leadtui")


def examples(number: int) -> int:
    """With how many examples a property is tried: `number` as a proof, two fifths of it in other runs."""
    return max(1, number * settings().max_examples // _WHOLE)


def prove_properties(items: Sequence[pytest.Item]) -> None:
    """Let all properties be among the proofs."""
    for item in items:
        if isinstance(item, pytest.Function) and getattr(item.obj, "is_hypothesis_test", False):
            item.add_marker(pytest.mark.proof)
