"""What concerns the whole desk, as commands: a backup, and templates."""

from __future__ import annotations

from leadtui.tui.actions.desk import Desk

# What reads and compares these files is needed on few days, and would be imported at every start.


async def back_up(desk: Desk) -> None:
    """Write the whole store into a file, checked."""
    from leadtui.tui.actions import store_files

    await store_files.back_up(desk)


async def export_template(desk: Desk) -> None:
    """Write the workspace's definitions to a template file."""
    from leadtui.tui.actions import store_files

    await store_files.export_template(desk)


async def import_template(desk: Desk) -> None:
    """Bring the workspace into line with a template; the differences are shown first."""
    from leadtui.tui.actions import store_files

    await store_files.import_definitions(desk)
