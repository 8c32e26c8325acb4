"""Copies of a whole store: made while others work in it, looked at before they are relied on, and put in its place."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from leadtui.errors import LeadtuiError, Refused, StoreError
from leadtui.language.text import safe
from leadtui.language.translate import _, format_list, pgettext
from leadtui.passing_folder import no_room, passing_folder
from leadtui.store.backend import Restored
from leadtui.store.engine import open_as_it_is, open_store
from leadtui.store.files import LOG_ENDINGS, database_of_log, discard
from leadtui.store.schema import is_known_version, present_version
from leadtui.store.sqlite import checks, failures, files
from leadtui.store.sqlite.driver import sqlite_driver
from leadtui.whole_file import check_target, flush, flush_folder, new_part, put_in_place, unwritable

WAIT_SECONDS = 2.0
"""How long a restore waits for the others to close the store."""

ASKS_EVERY = 0.5
"""Seconds after which a backup that is being made asks again whether it may."""


@contextmanager
def new_store(target: Path) -> Generator[Path]:
    """Where a store is made that gets the name `target` after the block, which closes it: whole and on the disk, or not at all.

    Raises StoreError where no store can be made there, or the disk does not take all of it.
    """
    files.check_place(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(target, error) from error
    with _beside(target) as made:
        yield made
        _settle(made)
        files.put_in_place(made, target)


def write_backup(
    store: Path,
    target: Path,
    *,
    force: bool,
    still: Callable[[], None] = lambda: None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the store as it is now to `target`, whole and checked or not at all, readable by its owner alone.

    `progress` is told how many bytes are written, and of how many; once it is all of them, the copy is checked.
    Others may go on saving meanwhile. What `still` raises, which is called twice a second and at the end, leaves no file.
    Raises Refused where a file is there and `force` is not given, StoreError where the copy cannot be made or is not sound.
    """
    _check_target(store, target, force=force)
    _write_copy(store, target, target, force=force, sound=True, still=still, progress=progress)


def _write_copy(
    store: Path,
    target: Path,
    named_by: Path,
    *,
    force: bool,
    sound: bool,
    still: Callable[[], None] = lambda: None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Until it is whole, the copy has a name made from `named_by`, a file in its folder."""
    with _beside(named_by) as made:
        _copy(store, made, still, progress)
        if sound:
            _check(made)
        still()
        put_in_place(made, target, force=force)


def make_restorable(backup: Path, target: Path) -> Path:
    """Copy a backup to beside the store that it is to replace, check all of it and bring it up to date.

    Returns the copy, which the caller moves or deletes. Raises StoreError, and leaves nothing, where the backup is
    damaged, another program's, or a newer leadtui's.
    """
    files.check_file(backup, create=False)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(target, error) from error
    made = new_part(target)
    try:
        _copy(backup, made)
        _check(made, to_restore=True)
        # Its tables are brought up to date here, not in the place of the present store.
        open_store(made, keep=False).close()
        _settle(made)
    except BaseException:
        discard(made)
        raise
    return made


def replace_store(made: Path, target: Path, at: datetime) -> Restored:
    """Put a checked store in the place of another one, which is kept beside it under a name with the moment.

    Raises StoreError where somebody has the present store open; nothing has changed then.
    """
    if not files.is_there(target):
        files.clear_logs(target)
        put_in_place(made, target, force=True)
        return Restored(target, None)
    kept = _dated(target, "before-restore", at)
    with _alone(target):
        try:
            _keep(target, kept)
            made.replace(target)
        except BaseException as error:
            _give_back(target, kept)
            if isinstance(error, OSError):
                raise unwritable(target, error) from error
            raise
    flush_folder(target.parent)
    return Restored(target, kept)


def backup_beside(store: Path, word: str, at: datetime, *, sound: bool = True) -> Path:
    """Write a backup beside the store under a name with `word` and the moment, and return where it is."""
    target = _dated(store, word, at)
    # What a killed program left of another moment's has to be found by the next.
    _write_copy(store, target, store, force=False, sound=sound)
    return target


def _check_target(store: Path, target: Path, *, force: bool) -> None:
    try:
        if target.exists() and target.samefile(store):
            raise Refused(
                _("{path} is the store itself; give another file for the backup.").format(path=target)
            )
        if database_of_log(target) is not None:
            raise Refused(
                _("{path} belongs to a store beside it; give another file for the backup.").format(
                    path=target
                )
            )
    except OSError as error:
        raise unwritable(target, error) from error
    check_target(target, force=force)


@contextmanager
def _beside(target: Path) -> Generator[Path]:
    made = new_part(target)
    try:
        yield made
    finally:
        discard(made)


@contextmanager
def _opened(path: Path, wait_seconds: float = WAIT_SECONDS, *, into: Path | None = None) -> Generator[Any]:
    """A connection of the driver itself, without a transaction. Whatever SQLite says in the block is a StoreError,
    about `into` where that is the file that is written.
    """
    driver = sqlite_driver()
    try:
        with closing(driver.connect(str(path), timeout=wait_seconds, isolation_level=None)) as raw:
            yield raw
    except driver.Error as error:
        at = path if into is None or not failures.is_unwritten(error) else into
        raise failures.explain(error, at) or _failed(path, error) from error


def _copy(
    source: Path,
    made: Path,
    still: Callable[[], None] = lambda: None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """One consistent state of the source, also while others write; what is in its log is in the copy."""
    asking = _Asking(still)
    with _opened(source, 10, into=made) as raw:
        total = _used_bytes(raw) if progress is not None else 0

        def look() -> int:
            """Called from within the statement, which is stopped by anything but 0."""
            if progress is not None:
                progress(min(made.stat().st_size, total - 1), total)
            return asking.goes_on()

        raw.set_progress_handler(look, LOOKS_EVERY)
        try:
            # An empty file keeps its permissions; one that SQLite makes would be readable by everybody.
            raw.execute("VACUUM INTO ?", (str(made),))
        finally:
            if asking.refused is not None:
                raise asking.refused
        if progress is not None:
            raw.set_progress_handler(None, 0)
            progress(total, total)


LOOKS_EVERY = 2_000
"""Steps of SQLite between two looks at how far the copy is, which takes few of them for a row."""


def _used_bytes(raw: Any) -> int:
    """What a copy without free pages takes."""
    pages, free, size = (
        raw.execute(f"PRAGMA {each}").fetchone()[0] for each in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


class _Asking:
    """Asks now and then whether a copy may still be made, while SQLite makes it."""

    def __init__(self, still: Callable[[], None]) -> None:
        """`still` raises LeadtuiError where it may not."""
        self._still = still
        self._asked = time.monotonic()
        self.refused: LeadtuiError | None = None

    def goes_on(self) -> int:
        """What SQLite wants to know: 0 to go on."""
        if time.monotonic() - self._asked >= ASKS_EVERY:
            try:
                self._still()
            except LeadtuiError as refusal:
                self.refused = refusal
                return 1
            self._asked = time.monotonic()
        return 0


def _check(made: Path, *, to_restore: bool = False) -> None:
    """Raises StoreError where the copy is not a whole store that this leadtui can open.

    One that is `to_restore` has the tables that leadtui makes, and nothing beside them that would be at work there.
    """
    store = open_as_it_is(made)
    try:
        with store.read() as connection:
            version = present_version(connection)
            if version is None:
                raise failures.damaged(made)
            if not is_known_version(version):
                raise StoreError(
                    _(
                        "The backup was made by a newer leadtui (tables {version}); update leadtui first."
                    ).format(version=version)
                )
            strange = checks.schema_differences(connection, version) if to_restore else []
            if strange:
                raise StoreError(
                    _(
                        "The copy has tables that are not as leadtui makes them ({names}); nothing was replaced. Run "
                        "`leadtui doctor --repair` on it."
                    ).format(names=format_list(map(safe, strange)))
                )
            wrong = checks.damages(connection)
            broken = checks.broken_references(connection)
    finally:
        store.close()
    if wrong or broken:
        raise StoreError(
            _(
                "The copy is not sound ({reason}); nothing was replaced. Run `leadtui doctor` on the store."
            ).format(reason=wrong[0] if wrong else pgettext("reason", "rows point to rows that are gone"))
        )


def _settle(made: Path) -> None:
    """Bring all that was committed into the file itself, which may then be moved without its log, and see that it is on the disk.

    A connection that closes does so too, but says nothing where the disk is full. Raises StoreError.
    """
    with _opened(made) as raw:
        busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        mode = raw.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        wrong = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
    if busy or mode != "delete":
        raise _in_use(made)
    if wrong != "ok":
        raise failures.damaged(made)
    flush(made)


@contextmanager
def _alone(target: Path) -> Generator[None]:
    """Nobody else has the store open for as long as the block lasts; its log is in the file and gone.

    A store that SQLite cannot read is nobody's: its log is kept with it.
    """
    with _opened(target) as raw:
        try:
            # Leaving the write-ahead log needs the file for oneself: https://www.sqlite.org/wal.html#persistence_of_wal_mode
            alone = raw.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
            raw.execute("BEGIN EXCLUSIVE")
        except sqlite_driver().Error as error:
            if failures.is_busy(error):
                raise _in_use(target) from error
            if not failures.is_unreadable(error):
                raise
            alone = True
        if not alone:
            raise _in_use(target)
        if sys.platform == "win32":  # where an open file cannot be moved
            raw.close()
        yield


def _keep(target: Path, kept: Path) -> None:
    """Keep the present store under another name; until it is replaced it has both. Raises OSError where something has that name."""
    try:
        os.link(target, kept)
    except OSError:  # memory sticks have file systems without links
        if os.path.lexists(kept):
            raise
        target.rename(kept)
    for ending in LOG_ENDINGS:
        log = Path(f"{target}{ending}")
        if log.exists():
            log.rename(f"{kept}{ending}")


def _give_back(target: Path, kept: Path) -> None:
    """The reverse of `_keep`, however far that came; where the store is replaced already it stays kept."""
    with suppress(OSError):
        if not target.exists():
            kept.rename(target)
        elif target.samefile(kept):
            kept.unlink()
        else:
            return
        for ending in LOG_ENDINGS:
            log = Path(f"{kept}{ending}")
            if log.exists():
                log.rename(f"{target}{ending}")


def _dated(store: Path, word: str, at: datetime) -> Path:
    stem = f"{store.stem}.{word}-{at:%Y%m%d-%H%M%S}"
    path = store.with_name(stem + store.suffix)
    count = 1
    while os.path.lexists(path):
        count += 1
        path = store.with_name(f"{stem}-{count}{store.suffix}")
    return path


def _in_use(path: Path) -> StoreError:
    return StoreError(
        _(
            "The store at {path} is open in another program, so that nothing was replaced; close leadtui everywhere, "
            "then restore."
        ).format(path=path)
    )


def _failed(path: Path, error: Any) -> StoreError:
    return StoreError(
        _("{path} cannot be copied: {reason}. Free some space, or run `leadtui doctor`.").format(
            path=path, reason=str(error)
        )
    )


@contextmanager
def trial_copy(raw: Any) -> Generator[Path]:
    """A file that holds what the driver's connection `raw` sees, and is gone after the block.

    Raises Refused where there is no room for it.
    """
    with passing_folder() as folder:
        path = folder / "trial.db"
        driver = sqlite_driver()
        try:
            with closing(driver.connect(str(path))) as copy:
                raw.backup(copy)
        except driver.Error as error:
            raise no_room(error) from error
        yield path
