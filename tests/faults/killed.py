"""A command is killed at a random moment, and run again."""

from __future__ import annotations

import time
from random import Random

from faults.child import run_command
from faults.commands import place
from faults.trials import Choice, Tally, commands, judge


def run(choice: Choice) -> Tally:
    """Kill each command at as many moments as are chosen of a thousand."""
    tally = Tally("kills")
    chance = Random(20_240_928)
    for command in commands(choice):
        with place() as folder:
            began = time.monotonic()
            run_command(command.arguments, folder)
            whole = time.monotonic() - began
        for _ in choice.spread(1_000):
            seconds = chance.uniform(0.0, whole)
            with tally.trial(command.name, f"killed after {seconds:.4f} s"), place() as folder:
                judge(command, run_command(command.arguments, folder, killed_after=seconds), folder)
    return tally
