"""Files about the whole desk: a backup, and the workspace's definitions as a template."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from leadtui.errors import LeadtuiError
from leadtui.language.calendar import local_date
from leadtui.language.text import safe
from leadtui.language.translate import _, apart, counted, ngettext, pgettext
from leadtui.presentation.template import difference_lines
from leadtui.services.atomic_file import atomic_file
from leadtui.services.backing_up import BackupReport
from leadtui.services.backing_up import back_up as write_backup
from leadtui.services.template_exchange import compare, import_template, read_template, template_text
from leadtui.services.templates import list_templates
from leadtui.tui.actions.desk import Desk
from leadtui.tui.actions.file_import import usual_folder
from leadtui.tui.actions.writing_file import FileToWrite, waited_for, write_file
from leadtui.tui.dialogs.file_dialog import FileDialog
from leadtui.tui.dialogs.template_dialogs import Apply, DifferencesDialog, TemplateDialog

if TYPE_CHECKING:
    from leadtui.domain.workspace import Template


async def back_up(desk: Desk) -> None:
    """Write the whole store into a file, checked."""
    session = desk.session
    file = FileToWrite(
        pgettext("title", "Back up"),
        _(
            "The whole store as it is now, checked. Others go on working meanwhile; only you can read the file."
        ),
        f"leadtui-{_today(desk)}.db",
    )

    copied = _Copied()

    def write(path: Path, force: bool) -> BackupReport:
        return write_backup(session, path, force=force, progress=copied.note)

    report = await write_file(desk.actions, file, write, copied.words)
    if report is not None:
        words = ngettext(
            "Wrote {file}: {n} customer, {size} bytes, checked.",
            "Wrote {file}: {n} customers, {size} bytes, checked.",
            report.counts.customers,
        )
        desk.tell(
            words.format(file=report.path, n=counted(report.counts.customers), size=counted(report.size)),
            timeout=12,
        )


class _Copied:
    """How far a backup is, as the thread that writes it has last told."""

    def __init__(self) -> None:
        self._written, self._total = 0, 0

    def note(self, written: int, total: int) -> None:
        """So many bytes are written."""
        self._written, self._total = written, total

    def words(self) -> str:
        """In hundredths, then that it is checked."""
        if not self._total:
            return ""
        if self._written >= self._total:
            return _("All of it is written; it is being checked.")
        return _("{n} % is written.").format(n=counted(100 * self._written // self._total))


async def export_template(desk: Desk) -> None:
    """Write the workspace's definitions to a template file."""
    session = desk.session
    file = FileToWrite(
        pgettext("title", "Definitions into a file"),
        _(
            "Statuses, fields, channels, needs, rules, profiles and the workspace's settings, as a template in TOML. "
            "No customer is in it."
        ),
        f"leadtui-definitions-{_today(desk)}.toml",
    )

    def write(path: Path, force: bool) -> Path:
        text = template_text(session)
        with atomic_file(path, force=force) as stream:
            stream.write(text)
        return path.absolute()

    path = await write_file(desk.actions, file, write)
    if path is not None:
        desk.tell(pgettext("notice", "Wrote {file}.").format(file=safe(str(path))), timeout=12)


async def import_definitions(desk: Desk) -> None:
    """Bring the workspace into line with a template; the differences are shown first."""
    reason = ""
    while True:
        templates = await desk.actions.read(list_templates)
        chosen = await desk.actions.ask(TemplateDialog(templates, reason))
        if chosen is None:
            return
        try:
            name = chosen or await _template_file(desk)
            if not name:
                continue
            template = await desk.actions.read(partial(read_template, name))
            if await _bring_into_line(desk, name, template):
                return
            reason = ""
        except LeadtuiError as error:
            reason = str(error)


async def _template_file(desk: Desk) -> str:
    title = pgettext("title", "Definitions of a file")
    paths = await desk.actions.ask(FileDialog(title, usual_folder(), (".toml",)))
    return str(paths[0]) if paths else ""


async def _bring_into_line(desk: Desk, name: str, template: Template) -> bool:
    """Show what would change until it is done; returns False where another template is wanted. Raises LeadtuiError."""
    session, retire = desk.session, False
    while True:
        differences = await desk.actions.read(partial(compare, session, template, retire_missing=retire))
        title = pgettext("title", "What {file} changes").format(file=apart(safe(Path(name).name)))
        sorts_anew = any(each.sorts_anew for each in differences)
        wish = await desk.actions.ask(
            DifferencesDialog(title, difference_lines(differences), retires=retire, sorts_anew=sorts_anew)
        )
        if wish is None:
            return False
        if wish is Apply.RETIRE_TOO:
            retire = not retire
            continue
        apply = partial(import_template, session, template, retire_missing=retire, shown=differences)
        about = _("The definitions are changed.")
        if sorts_anew:
            about = _("Customers are sorted anew in the other language; a million take a minute or two.")
        await waited_for(desk.actions, title, about, apply)
        desk.program.look_again()
        words = ngettext("{n} definition was changed.", "{n} definitions were changed.", len(differences))
        desk.tell(words.format(n=counted(len(differences))), timeout=8)
        return True


def _today(desk: Desk) -> str:
    session = desk.session
    return local_date(session.now(), session.workspace.zone).isoformat()
