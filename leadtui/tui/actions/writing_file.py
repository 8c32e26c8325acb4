"""What writes a file that the person names, and what takes long: asked until it is done or given up, in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from leadtui.errors import LeadtuiError
from leadtui.services.atomic_file import path_typed
from leadtui.tui.action_runner import ActionRunner
from leadtui.tui.dialogs.target_dialog import TargetDialog, proposed_file
from leadtui.tui.dialogs.waiting_dialog import WaitingDialog

Result = TypeVar("Result")

AT_ONCE = 0.4
"""Seconds after which is shown that something takes its time."""


@dataclass(frozen=True, slots=True)
class FileToWrite:
    """What is asked about a file: the dialog's title, what is written, and the name that is proposed."""

    title: str
    about: str
    name: str


async def write_file(
    actions: ActionRunner,
    file: FileToWrite,
    write: Callable[[Path, bool], Result],
    how_far: Callable[[], str] = str,
) -> Result | None:
    """Ask where, and have it written there; None where the person leaves.

    `write` is given the path, and whether a file that is there is replaced; `how_far` says how far it is meanwhile.
    """
    typed, problem = proposed_file(file.name), None
    while (target := await actions.ask(TargetDialog(file.title, file.about, typed, problem))) is not None:
        typed, force = target.typed, target.replace
        try:
            work = partial(write, path_typed(typed), force)
            return await waited_for(actions, file.title, file.about, work, how_far)
        except LeadtuiError as error:
            problem = error
    return None


async def waited_for(
    actions: ActionRunner,
    title: str,
    about: str,
    work: Callable[[], Result],
    how_far: Callable[[], str] = str,
) -> Result:
    """Work in a thread of its own, beside the saving of others; raises what it raises."""
    working = asyncio.ensure_future(asyncio.to_thread(work))
    await asyncio.wait((working,), timeout=AT_ONCE)
    if not working.done():
        async with actions.shown(WaitingDialog(title, about, how_far)):
            await asyncio.wait((working,))
    return await working
