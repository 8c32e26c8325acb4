"""How much of what proves by mass a test does: little in every test run, much with `pytest -m proof`."""

from __future__ import annotations

import os

import pytest


def small_and_large(unit: str, small: int, large: int, variable: str) -> pytest.MarkDecorator:
    """Gives the test an `amount` twice: `small`, and as a proof `large` or what the environment's `variable` says."""
    wanted = int(os.environ.get(variable, large))
    return pytest.mark.parametrize(
        "amount",
        [
            pytest.param(small, id=f"{small} {unit}"),
            pytest.param(wanted, id=f"{wanted} {unit}", marks=pytest.mark.proof),
        ],
    )
