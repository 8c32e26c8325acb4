"""Lets customers be found by other fields than before, beside everything else: whichever desk is open does it, in small parts."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from textual.app import App

from leadtui.errors import LeadtuiError
from leadtui.services.finding import find_anew_in_part, is_to_find_anew
from leadtui.tui.program import program_of

LOOKED_FOR_EVERY = 2.0
"""Seconds between two looks whether a field was marked or unmarked, or was by somebody who was stopped: one row."""


class FindingAnew:
    """Goes on with it from wherever it was left."""

    def __init__(self, app: App[Any]) -> None:
        """Nothing is done before `begin`."""
        self._app = app

    def begin(self) -> None:
        """Look from now on."""
        self._program = program_of(self._app)
        self._app.set_interval(LOOKED_FOR_EVERY, self.look)
        self.look()

    def look(self) -> None:
        """Do what there is to do; what is being done goes on."""
        program = self._program
        going_on = any(each.group == _GROUP and not each.is_finished for each in self._app.workers)
        if program.at_work and not program.session.seen_as and not going_on:
            self._app.run_worker(self._work, group=_GROUP, description="find customers by other fields")

    async def _work(self) -> None:
        program = self._program
        session = program.session
        try:
            more = await asyncio.to_thread(is_to_find_anew, session)
            # One part at a time: what the person saves meanwhile comes between two of them.
            while more and program.at_work and program.session is session:
                more = await program.writer.run(partial(find_anew_in_part, session))
        except LeadtuiError:
            return  # what keeps the store from being written is told by whoever wants to write; the next look goes on


_GROUP = "finding-anew"
