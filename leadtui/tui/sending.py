"""Sends what is due in the outbox, beside everything else: whichever desk is open does it, whose person may send."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App

from leadtui.domain.permission import Permission
from leadtui.errors import LeadtuiError
from leadtui.language.translate import ngettext, show_number
from leadtui.services.outbox import Run, count_to_look_at, is_anything_due, send_next
from leadtui.services.session import Session
from leadtui.tui.program import program_of

LOOKED_FOR_EVERY = 3.0
"""Seconds between two looks whether something is due, which is one row of an index."""


class Sending:
    """One message at a time, in a thread of its own, so that no key and no save waits for a gateway."""

    def __init__(self, app: App[Any]) -> None:
        """Nothing is sent before `begin`."""
        self._app = app

    def begin(self) -> None:
        """Look from now on."""
        self._program = program_of(self._app)
        self._app.set_interval(LOOKED_FOR_EVERY, self.look)

    def look(self) -> None:
        """Send what there is to send; what is being sent goes on."""
        program = self._program
        session = program.session
        may = session.actor.may(Permission.SEND_MESSAGES) and not session.seen_as
        going_on = any(each.group == _GROUP and not each.is_finished for each in self._app.workers)
        if program.at_work and may and not going_on:
            self._app.run_worker(self._work, group=_GROUP, description="send messages")

    async def _work(self) -> None:
        program = self._program
        session = program.session
        done = Run()
        try:
            while program.at_work and program.session is session:
                step = await asyncio.to_thread(_send_due, session)
                if step is None:
                    break
                done += step
                program.look_again()
            if done.failed or done.unsure:
                self._tell(await asyncio.to_thread(count_to_look_at, session))
        except LeadtuiError:
            return  # what keeps the store from being written is told by whoever wants to write; the next look goes on

    def _tell(self, count: int) -> None:
        """Say that a person has to look."""
        program = self._program
        if count and program.at_work:
            words = ngettext(
                "{n} message was not sent, or nobody knows; {key} lists it.",
                "{n} messages were not sent, or nobody knows; {key} lists them.",
                count,
            )
            told = words.format(n=show_number(count, program.session.language), key=program.key_of("outbox"))
            self._app.notify(told, severity="warning", markup=False, timeout=8)


def _send_due(session: Session) -> Run | None:
    """Nobody who saves waits where nothing is due, which is nearly always."""
    return send_next(session) if is_anything_due(session) else None


_GROUP = "sending"
