"""Importing files at the desk, as a command."""

from __future__ import annotations

from leadtui.tui.actions.desk import Desk


async def import_file(desk: Desk) -> None:
    """Ask which files, until some are imported or the person leaves."""
    # What reads files takes a tenth of the start to import, and few desks need it on a day.
    from leadtui.tui.actions.file_import import import_file as choose_and_import

    await choose_and_import(desk)
