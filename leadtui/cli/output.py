"""What commands write: data to standard output, as aligned text or as JSON, and everything said to standard error."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, TextIO, TypeVar

import typer

from leadtui import paths
from leadtui.language.bidi import without_isolates
from leadtui.language.text import cell_width, safe
from leadtui.language.translate import _, counted, interface_direction, pgettext
from leadtui.presentation.drawn_line import printed
from leadtui.presentation.drawn_text import Drawing
from leadtui.presentation.table import GAP, TextColumn, aligned, fitted, line
from leadtui.presentation.terminal_kind import kind_by_environment
from leadtui.settings import AUTO, TerminalProfile, load_settings

if TYPE_CHECKING:
    from leadtui.services.importing.running import Progress
    from leadtui.services.session import Session

Row = TypeVar("Row")

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

MEASURED_ROWS = 500
"""A table's columns are as wide as its first rows need: the others may be a million."""


def tell(sentence: str) -> None:
    """Say something to the person, on standard error."""
    try:
        print(shown_on(sys.stderr, safe(sentence)), file=sys.stderr, flush=True)  # noqa: T201  # it is how a command speaks
    except OSError:  # closed, or full: there is nobody left to tell
        _forget(sys.stderr)


def ask(question: str, default: str = "") -> str:
    """Ask something on standard error; what is answered on the line below it, `default` for an empty line.

    The line of an answer is the terminal's own: a question before it could not be turned without carrying the cursor along.
    """
    tell(question)
    answer: str = typer.prompt("", default=default, show_default=False, prompt_suffix="> ", err=True)
    return answer


def at_once(session: Session, rows: Sequence[Row]) -> Sequence[Row]:
    """Those of the rows that the person may have listed at once; where there are more, that is said."""
    from leadtui.services import lead_list

    some = lead_list.at_once(session, rows)
    if len(some) < len(rows):
        tell_of_page(len(some))
    return some


def tell_of_page(count: int) -> None:
    """Say that there is more than was listed."""
    from leadtui.domain.permission import Permission

    told = _("Only the first {count}: listing more needs the permission {permission}.")
    tell(told.format(count=counted(count), permission=Permission.EXPORT.value))


def on_a_terminal() -> bool:
    """Whether a person sees what is written and can answer."""
    return sys.stdout.isatty() and sys.stdin.isatty()


def write_line(words: str = "") -> None:
    """Write one line of data; what is in it came from anywhere."""
    _write(safe(words).rstrip() + "\n")


def write_drawn(line: str) -> None:
    """Write a line of the program's own that is drawn for the terminal already."""
    _write_as_it_is(line + "\n")


def write_json(value: Json) -> None:
    """Write one JSON document."""
    _write_as_it_is(_dumped(value, indent=2) + "\n")


def write_json_list(values: Iterable[Json]) -> None:
    """Write a JSON list, one element on each line, however many there are."""
    separator = "[\n"
    for value in values:
        _write_as_it_is(separator + _dumped(value))
        separator = ",\n"
    _write_as_it_is("[]\n" if separator == "[\n" else "\n]\n")


def write_table(columns: Sequence[TextColumn], rows: Iterable[Sequence[str]]) -> None:
    """Write rows under their titles. On a terminal a line fits its width; into a file nothing is cut."""
    remaining = iter(rows)
    measured = [[safe(cell) for cell in row] for row in islice(remaining, MEASURED_ROWS)]
    if not measured:
        return
    titles = [column.title for column in columns]
    widths = [max(map(cell_width, cells)) for cells in zip(titles, *measured, strict=True)]
    cut = sys.stdout.isatty()
    whole_titles = [replace(each, least=max(each.least, cell_width(each.title))) for each in columns]
    room = shutil.get_terminal_size().columns
    shown = fitted(whole_titles, widths, room) if cut else dict(enumerate(widths))
    others = ([safe(cell) for cell in row] for row in remaining)
    for row in chain([titles], measured, others):
        _write(line(columns, row, shown, cut=cut) + "\n")


def write_fields(fields: Iterable[tuple[str, str]]) -> None:
    """Write titles with their values beside them."""
    kept = [(safe(title), safe(value)) for title, value in fields]
    width = max((cell_width(title) for title, _value in kept), default=0)
    for title, value in kept:
        _write(f"{aligned(title, width)}{GAP}{value}".rstrip() + "\n")


@contextmanager
def progress_bar(words: str) -> Generator[Progress | None]:
    """A bar with the time that is left, where somebody looks at standard error."""
    if not sys.stderr.isatty():
        yield None
        return
    # Rich costs a tenth of a second to import.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(pgettext("progress", "Reading"), total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=words)

        yield show


class OutputLost(Exception):  # what it means depends on whether anything was saved
    """Standard output is closed or full."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


SAVED_UNTOLD = 3
"""The exit code of a command that has saved and could not say so on standard output."""

_SIGPIPE = 141

_saved: ContextVar[bool] = ContextVar("saved", default=False)


def note_saved() -> None:
    """What the command was asked for is saved from here on: whoever cannot be told so must not do it again."""
    _saved.set(True)


def has_noted_saved() -> bool:
    """Whether something of what the command was asked for is saved."""
    return _saved.get()


@contextmanager
def bytes_written() -> Generator[IO[bytes]]:
    """Standard output for what is no text."""
    with _noticing_loss():
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()


def write_into(file: Path | None, data: bytes, *, force: bool) -> None:
    """Write into a new file, whole or not at all, `force` also over one that is there; None is standard output."""
    from leadtui.services.atomic_file import atomic_file

    if file is None:
        with bytes_written() as stream:
            stream.write(data)
        return
    with atomic_file(file, force=force) as stream:
        stream.write(data)
    note_saved()
    tell(pgettext("notice", "Wrote {file}.").format(file=safe(str(file))))


@contextmanager
def output_delivered() -> Generator[None]:
    """A command's run: what it wrote is on standard output at its end, or the exit code says what that means.

    Where something was saved it is 3, and one line on standard error says so. Else a reader who went away
    (`leadtui leads list | head`) ends the program without a word, and a full disk is told.
    """
    _saved.set(False)
    try:
        try:
            yield
        finally:
            with _noticing_loss():
                sys.stdout.flush()
    except OutputLost as lost:
        # What is still in the buffer would be tried again as the interpreter ends.
        _forget(sys.stdout)
        reason = lost.cause.strerror or str(lost.cause)
        if _saved.get():
            tell(
                _(
                    "It is saved, so do not do it again; only its answer could not be written: {reason}."
                ).format(reason=reason)
            )
            raise SystemExit(SAVED_UNTOLD) from None
        if isinstance(lost.cause, BrokenPipeError):
            raise SystemExit(_SIGPIPE) from None
        tell(_("Standard output cannot be written: {reason}.").format(reason=reason))
        raise SystemExit(1) from None


def hold_standard_streams() -> None:
    """Keep the numbers of standard streams that are closed: a store that is opened would get them, and be written to.

    What is written to a closed standard output fails, as it should.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(
                os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY
            )  # gets the lowest free number
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


# Fit for JSON, yet not for a terminal: C1 controls, directions, line ends of Unicode, lone surrogates.
_UNSAFE = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def _dumped(value: Json, indent: int | None = None) -> str:
    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = without_isolates(json.dumps(value, ensure_ascii=False, indent=indent))
    if not unicode:
        text = _NOT_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], text)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _write(text: str) -> None:
    with _noticing_loss():
        sys.stdout.write(shown_on(sys.stdout, text))


def _write_as_it_is(text: str) -> None:
    with _noticing_loss():
        sys.stdout.write(text)


def shown_on(stream: TextIO, text: str) -> str:
    """The lines as they are read; for a terminal as they are seen in it."""
    if not stream.isatty() or (drawing := _terminal_drawing()).profile is TerminalProfile.OFF:
        return without_isolates(text)
    return printed(text, drawing, interface_direction(), shutil.get_terminal_size().columns)


@cache
def _terminal_drawing() -> Drawing:
    """As the settings say, else the environment: nobody who types ahead loses letters to a question."""
    direction = load_settings(paths.settings_file())[0].direction
    profile = kind_by_environment(os.environ).profile if direction == AUTO else TerminalProfile(direction)
    # What is printed stays when the program is gone, so that these cannot be told to leave it alone.
    return Drawing(
        {TerminalProfile.KONSOLE: TerminalProfile.MARKS, TerminalProfile.MLTERM: TerminalProfile.OFF}.get(
            profile, profile
        )
    )


@contextmanager
def _noticing_loss() -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise OutputLost(error) from error


def _forget(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
