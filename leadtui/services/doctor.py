"""What stands in the way: the program, its SQLite, one store and the terminal, looked at without changing anything."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import stat
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from leadtui import __version__
from leadtui.errors import LeadtuiError
from leadtui.language.translate import language, pgettext
from leadtui.services.audit import ChainCheck, KeptHead, check, read_heads
from leadtui.services.repairing import NOTES, PRESENT_FOR, Fault, Found
from leadtui.settings import load_settings
from leadtui.store import consistency
from leadtui.store.consistency import count
from leadtui.store.engine import Store, open_as_it_is, sqlite_build, store_exists, store_url
from leadtui.store.files import file_system_of
from leadtui.store.schema import HEAD, present_version
from leadtui.store.sign_ins import store_info

FactValue = str | int | bool | None
Result = TypeVar("Result")


class Finding(StrEnum):
    """What the facts mean for whoever reads them."""

    OTHER_SQLITE = "other-sqlite"
    WAL_RESET_FAULT = "wal-reset-fault"
    NO_STORE = "no-store"
    OTHERS_MAY_READ = "others-may-read"
    PASSWORDS_BIND_NOBODY = "passwords-bind-nobody"
    NOT_WRITTEN_AHEAD = "not-written-ahead"
    DAMAGED = "damaged"
    NO_HEADS = "no-heads"
    OLDER_TABLES = "older-tables"
    NEWER_TABLES = "newer-tables"
    SMALL_TERMINAL = "small-terminal"
    NO_UTF8 = "no-utf8"


@dataclass(slots=True)
class Examination:
    """What was found: facts by key, problems that have to be put right, and notes that only matter to know.

    `faults` are what does not agree in the store; those among NOTES are no problems.
    """

    newest_tables: str
    """The version of the tables that this program works with."""
    facts: dict[str, FactValue] = field(default_factory=dict[str, FactValue])
    problems: list[Finding | str] = field(default_factory=list["Finding | str"])
    """A sentence where it is that of a refusal."""
    notes: list[Finding] = field(default_factory=list[Finding])
    faults: list[Found] = field(default_factory=list[Found])
    chains: tuple[ChainCheck, ...] = ()
    """What was found in the audit of each workspace, where that was asked for."""

    @property
    def well(self) -> bool:
        """Whether nothing has to be put right."""
        agrees = all(each.fault in NOTES for each in self.faults)
        return agrees and not self.problems and not any(each.findings for each in self.chains)


def examine(
    where: str, settings_file: Path, *, audit: bool = False, heads_file: Path | None = None
) -> Examination:
    """Look at everything, also at a store that cannot be opened.

    With `audit` every entry of the audit is looked at, too, and compared with the heads in `heads_file`. Raises
    NotFound and Refused where these cannot be read.
    """
    found = Examination(HEAD)
    heads = () if heads_file is None else read_heads(heads_file)
    _program(found)
    _store(found, where)
    if audit and found.facts.get("tables") == HEAD:
        _audit(found, where, heads)
        if heads and not any(each.heads for each in found.chains):
            found.problems.append(Finding.NO_HEADS)
    _settings(found, settings_file)
    _terminal(found, os.environ)
    return found


def _program(found: Examination) -> None:
    found.facts["leadtui"] = __version__
    found.facts["textual"] = _installed("textual")
    found.facts["python"] = platform.python_version()
    found.facts["system"] = platform.platform(terse=True)
    build = sqlite_build()
    found.facts["sqlite_package"] = build.package
    found.facts["sqlite_version"] = build.version
    if build.package != "pysqlite3":
        found.notes.append(Finding.OTHER_SQLITE)
    if build.has_wal_reset_fault:
        found.notes.append(Finding.WAL_RESET_FAULT)


def _installed(package: str) -> str | None:
    # Read from the installed files: importing Textual to ask it would take half a second.
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _store(found: Examination, where: str) -> None:
    found.facts["store"] = where
    found.facts["store_exists"] = False
    try:
        url = store_url(where)
        path = Path(str(url.database))
        found.facts["store"] = str(path)
        found.facts["store_exists"] = store_exists(where)
        found.facts["file_system"] = file_system_of(path)[0] or None
        if not found.facts["store_exists"]:
            found.notes.append(Finding.NO_STORE)
            return
        _file(found, path)
        store = open_as_it_is(where)
    except LeadtuiError as error:
        found.problems.append(str(error))
        return
    try:
        _content(found, store)
    finally:
        store.close()


def _audit(found: Examination, where: str, heads: tuple[KeptHead, ...]) -> None:
    store = open_as_it_is(where)
    try:
        found.chains = _look(found, lambda: _read(store, lambda connection: check(connection, heads))) or ()
    finally:
        store.close()


def _file(found: Examination, path: Path) -> None:
    if not path.is_file():
        return
    about = path.stat()
    found.facts["size"] = about.st_size
    found.facts["permissions"] = stat.filemode(about.st_mode)
    if sys.platform != "win32" and about.st_mode & 0o007:
        found.notes.append(Finding.OTHERS_MAY_READ)


def _content(found: Examination, store: Store) -> None:
    """Each look by itself: what one cannot read, another may."""
    _tables(found, store)
    mode = _look(found, lambda: _read(store, store.backend.journal_mode))
    found.facts["journal_mode"] = mode
    if mode not in (None, "wal"):
        found.notes.append(Finding.NOT_WRITTEN_AHEAD)
    damages = _look(found, lambda: _read(store, store.backend.damages))
    found.facts["whole"] = damages == []
    if damages:
        found.problems.append(Finding.DAMAGED)
        found.problems += damages
    faults = None
    if found.facts.get("tables") == HEAD:
        faults = _look(found, lambda: list(consistency.look(store, datetime.now(UTC) - PRESENT_FOR)))
    by_fault = {each.fault for each in faults or ()}
    found.facts["references_whole"] = None if faults is None else Fault.REFERENCES not in by_fault
    found.facts["search_agrees"] = None if faults is None else Fault.SEARCH_INDEX not in by_fault
    found.faults += faults or ()
    if found.facts.get("tables") == HEAD:
        _passwords(found, store)
    counts = _look(found, lambda: _read(store, count))
    found.facts["customers"] = counts.customers if counts else None
    found.facts["pending_reminders"] = counts.pending_reminders if counts else None
    found.facts["activities"] = counts.activities if counts else None


def _passwords(found: Examination, store: Store) -> None:
    """Whether the store asks for passwords, and whether its mode lets in whom they are to keep out."""
    info = _look(found, lambda: _read(store, store_info))
    found.facts["secured"] = None if info is None else info.secured_at is not None
    reached_by = 0 if sys.platform == "win32" else store.path.stat().st_mode & 0o077
    if found.facts["secured"] and reached_by:
        found.notes.append(Finding.PASSWORDS_BIND_NOBODY)


def _tables(found: Examination, store: Store) -> None:
    tables = _look(found, lambda: _read(store, present_version))
    found.facts["tables"] = tables
    if tables and tables < HEAD:
        found.notes.append(Finding.OLDER_TABLES)
    elif tables and tables > HEAD:
        found.problems.append(Finding.NEWER_TABLES)


def _read(store: Store, look: Callable[[Connection], Result]) -> Result:
    with store.read() as connection:
        return look(connection)


def _look(found: Examination, look: Callable[[], Result]) -> Result | None:
    """What one look gives; what stops it is a problem, told once."""
    try:
        return look()
    except LeadtuiError as error:
        if str(error) not in found.problems:
            found.problems.append(str(error))
        return None


def _settings(found: Examination, file: Path) -> None:
    found.facts["settings"] = str(file)
    found.facts["language"] = language()
    _given, problems = load_settings(file)
    found.problems += problems


def _terminal(found: Examination, environment: Mapping[str, str]) -> None:
    columns, lines = shutil.get_terminal_size()
    found.facts["terminal"] = environment.get("TERM") or environment.get("TERM_PROGRAM")
    found.facts["terminal_size"] = f"{columns}×{lines}" if sys.stdout.isatty() else None
    colours = environment.get("COLORTERM") or pgettext("choice", "as the terminal's name says")
    found.facts["colours"] = pgettext("choice", "none (NO_COLOR)") if environment.get("NO_COLOR") else colours
    found.facts["encoding"] = getattr(sys.stdout, "encoding", None) or locale.getpreferredencoding(False)
    found.facts["locale"] = next(
        (environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), None
    )
    found.facts["time_zone"] = environment.get("TZ") or _zone_of_the_system()
    if sys.stdout.isatty() and (columns < 80 or lines < 24):
        found.notes.append(Finding.SMALL_TERMINAL)
    if str(found.facts["encoding"]).lower().replace("-", "") != "utf8":
        found.notes.append(Finding.NO_UTF8)


def _zone_of_the_system() -> str:
    import time

    return time.strftime("%Z %z")
