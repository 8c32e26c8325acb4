"""What is kept of an error that nobody foresaw: where the program was, and nothing of what it was working on."""

from __future__ import annotations

import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from leadtui import __version__, paths
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.whole_file import whole_file


def report_crash(error: BaseException) -> str:
    """Keep where the error came from in a file that its owner alone can read; the sentence that a person is told.

    Neither has messages or values: they may hold people's names and numbers.
    """
    said = _("leadtui met an error that it did not expect ({kind}); what is saved stays saved.")
    said = said.format(kind=type(error).__name__)
    try:
        file = _write(error)
    except (LeadtuiError, OSError):
        return said
    return f"{said} " + _("Where it happened is in {file}, which holds nobody's data: send it along.").format(
        file=file
    )


def crash_text(error: BaseException) -> str:
    """The chain of errors by their kinds, each with the places that it went through, the innermost last."""
    lines: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        places = traceback.extract_tb(link.__traceback__)
        lines += [f"  {place.filename}:{place.lineno} {place.name}" for place in places]
        link = link.__cause__ or link.__context__
    return "\n".join(lines)


def _write(error: BaseException) -> Path:
    now = datetime.now(UTC)
    folder = paths.crash_folder()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"leadtui-{now:%Y%m%d-%H%M%S-%f}.txt"
    head = f"leadtui {__version__}, Python {platform.python_version()}, {platform.platform()}, {now:%Y-%m-%d %H:%M:%S} UTC"
    with whole_file(file) as stream:
        stream.write(f"{head}\n{crash_text(error)}\n".encode(errors="replace"))
    return file
