"""What two people and an import do to customers, by chance: after each step the store says what the model says."""

from __future__ import annotations

import pytest
from amounts import small_and_large

from model.running import run_steps


@pytest.mark.parametrize("half", [1, 2])
@small_and_large("steps", 400, 20_000, "LEADTUI_MODEL_STEPS")
def test_the_store_says_what_the_model_says(amount: int, half: int) -> None:
    assert run_steps(amount // 2, begin_with=half) >= amount // 2
