"""Runs the machine for so many steps."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from model.desk_machine import DeskMachine

STEPS_OF_A_STORY = 100


def run_steps(steps: int, begin_with: int, *, shrink: bool = True) -> int:
    """Run stories until so many steps are taken, and return how many were. Raises what the machine finds."""
    DeskMachine.tally.steps = 0
    while DeskMachine.tally.steps < steps:
        left = steps - DeskMachine.tally.steps
        phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
        run = settings(
            max_examples=left // STEPS_OF_A_STORY + 1,
            stateful_step_count=STEPS_OF_A_STORY,
            deadline=None,
            database=None,
            phases=phases,
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.data_too_large,
                HealthCheck.filter_too_much,
            ],
        )
        run_state_machine_as_test(seed(begin_with)(DeskMachine), settings=run)
        begin_with += 1_000
    return DeskMachine.tally.steps
