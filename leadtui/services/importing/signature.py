"""Tell from a file's first bytes, whatever its name, whether it is text or a workbook, and say what else it may be."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

from leadtui.errors import Unreadable
from leadtui.language.text import safe
from leadtui.language.translate import _, language, show_number
from leadtui.services.importing.delimited import not_readable
from leadtui.services.importing.encoding import no_table

MAXIMUM_INFLATED = 4 * 1024**3
"""Bytes that a workbook may unpack to: a full sheet of a million rows takes a fifth of it."""

_BOMB_INFLATED = 64 * 1024**2
_BOMB_RATIO = 200
"""Real sheets pack 10 to 40 times smaller."""


class Container(StrEnum):
    """What a file is by its content."""

    TEXT = "text"
    WORKBOOK = "workbook"


def recognise_container(path: Path) -> Container:
    """Return what `path` is; raise Unreadable, with the way out, where it is nothing that holds a table."""
    head = _head(path)
    if head.startswith(b"PK"):
        _check_archive(path)
        return Container.WORKBOOK
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _old_office(path)
    for beginning in _NO_TABLES:
        if head.startswith(beginning):
            raise no_table(path)
    for beginning, sentence in _web_pages():
        if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower().startswith(beginning):
            raise Unreadable(sentence.format(file=safe(str(path))))
    return Container.TEXT


_NO_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
    b"SQLite format 3",
    b"\x7fELF",
    b"MZ",
    b"{\\rtf",
)


def _web_pages() -> tuple[tuple[bytes, str], ...]:
    page = _(
        "{file} is a web page, whatever its name says. Open it in a spreadsheet program and save it as .xlsx or .csv."
    )
    data = _("{file} is JSON, not a table. Export it as .csv or .xlsx.")
    return (
        *(
            (beginning, page)
            for beginning in (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head")
        ),
        *((beginning, data) for beginning in (b'{"', b'[{"', b"[\n", b"{\n", b"{\r\n", b"[\r\n")),
    )


def _head(path: Path) -> bytes:
    shown = safe(str(path))
    try:
        if path.is_dir():
            raise Unreadable(_("{file} is a folder. Name the file inside it.").format(file=shown))
        if path.exists() and not path.is_file():
            raise Unreadable(
                _("{file} is not a file that can be read twice. Save it to disk first.").format(file=shown)
            )
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise Unreadable(
            _("{file} does not exist. Check the name and the folder.").format(file=shown)
        ) from None
    except PermissionError:
        raise Unreadable(
            _("{file} may not be read by you. Ask for the right to read it.").format(file=shown)
        ) from None
    except OSError as error:
        raise not_readable(path, error) from error
    except ValueError:  # a NUL in the name
        raise Unreadable(_("{file} is not a name that a file can have.").format(file=shown)) from None
    if not head:
        raise Unreadable(_("{file} is empty. Export it again.").format(file=shown))
    return head


def _old_office(path: Path) -> Unreadable:
    """Tell the three kinds of compound files apart: their directory names the streams in UTF-16."""
    shown = safe(str(path))
    with path.open("rb") as file:
        content = file.read(64 * 1024**2)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Unreadable(
            _(
                "{file} is protected by a password. Open it in a spreadsheet program and save it without one."
            ).format(file=shown)
        )
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return Unreadable(
            _(
                "{file} is a workbook of the old .xls format. Open it in a spreadsheet program and save it as .xlsx."
            ).format(file=shown)
        )
    return no_table(path)


def _check_archive(path: Path) -> None:
    """Raise Unreadable where a zip file is damaged, no workbook, locked, or unpacks to far more than a workbook would."""
    shown = safe(str(path))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, UnicodeDecodeError):
        raise Unreadable(
            _("{file} is cut short or damaged. Copy or download it again, or save it again as .xlsx.").format(
                file=shown
            )
        ) from None
    except OSError as error:
        raise not_readable(path, error) from error
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise _other_archive(path, names)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(_("{file} is protected by a password. Save it without one.").format(file=shown))
    inflated = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if inflated > MAXIMUM_INFLATED or (inflated > _BOMB_INFLATED and inflated > _BOMB_RATIO * packed):
        raise Unreadable(
            _(
                "{file} unpacks to {size} MB, far more than a table of customers. Copy the rows that matter into a new "
                "workbook."
            ).format(file=shown, size=show_number(inflated // 1024**2, language()))
        )


def _other_archive(path: Path, names: set[str]) -> Unreadable:
    shown = safe(str(path))
    if "xl/workbook.bin" in names or "content.xml" in names or "Index/Document.iwa" in names:
        return Unreadable(
            _(
                "{file} is a spreadsheet of another format. Open it in a spreadsheet program and save it as .xlsx."
            ).format(file=shown)
        )
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return no_table(path)
    return Unreadable(
        _("{file} is a zip archive without a workbook in it. Unpack it and name the file inside.").format(
            file=shown
        )
    )
