"""What comes due in the person's other workspaces: counted at the top, and told with the workspace's name and no customer's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.app import App

from leadtui.errors import LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import counted, ngettext
from leadtui.services.session import Session
from leadtui.services.workspaces import ListedWorkspace, list_workspaces, mark_shown_elsewhere
from leadtui.tui.program import program_of
from leadtui.tui.watching import SessionMessage

LOOKED_FOR_EVERY = 10.0
"""Seconds between two looks at the other workspaces, an index each."""


class RemindersElsewhere:
    """Looks at the other workspaces; the app hands back what was found."""

    @dataclass
    class Found(SessionMessage):
        """From the thread: the workspaces of the person, with what is due in each."""

        listed: tuple[ListedWorkspace, ...]

    def __init__(self, app: App[Any]) -> None:
        """Nothing is looked at before `begin`."""
        self._app = app
        self.listed: tuple[ListedWorkspace, ...] = ()
        """The open workspaces of the person, as they were last looked at."""

    def begin(self) -> None:
        """Look from now on."""
        self._program = program_of(self._app)
        self._app.set_interval(LOOKED_FOR_EVERY, self.look)
        self.look()

    def look(self) -> None:
        """Find out what is due elsewhere."""
        if self._program.session.seen_as:
            return  # that is not theirs whose desk is shown
        self._app.run_worker(
            partial(self._find, self._program.session),
            thread=True,
            exclusive=True,
            group="elsewhere",
            description="look for reminders of other workspaces",
        )

    def _find(self, session: Session) -> None:
        try:
            found = self.Found(tuple(each for each in list_workspaces(session) if not each.workspace.closed))
        except LeadtuiError:
            return  # what keeps this from being read is told by those who look at the desk's own
        found.session = session
        self._app.post_message(found)

    def take(self, message: Found, *, waiting: bool) -> None:
        """Remember what is due, and ring for what is new unless the person is on a break."""
        self.listed = message.listed
        new = [each for each in message.listed if each.new and not each.here]
        program = self._program
        if not new or waiting:
            return
        for each in new:
            words = ngettext(
                "{workspace}: {n} reminder is due there; {key} goes there.",
                "{workspace}: {n} reminders are due there; {key} goes there.",
                len(each.new),
            )
            title = brief(each.workspace.title)
            self._app.notify(
                words.format(workspace=title, n=counted(len(each.new)), key=program.key_of("workspaces")),
                severity="warning",
                timeout=10,
                markup=False,
            )
        if program.settings.bell:
            self._app.bell()
        program.save_quietly(partial(mark_shown_elsewhere, program.session, new))
