"""Part 2 of the steps that the model and the store take together."""

from __future__ import annotations

from model.running import run_steps, steps_wanted


def test_the_store_says_what_the_model_says() -> None:
    steps = steps_wanted(2)
    assert run_steps(steps, begin_with=2) >= steps
