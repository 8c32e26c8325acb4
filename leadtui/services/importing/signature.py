"""Tell from a file's first bytes, whatever its name, whether it is text or a workbook, and say what else it may be."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
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
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    VCF = "vcf"
    JSON = "json"


def recognise_container(path: Path) -> Container:
    """Return what `path` is; raise Unreadable, with the way out, where it is nothing that holds a table."""
    head = _head(path)
    if head.startswith(b"PK"):
        return _recognise_archive(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _recognise_compound(path)
    if _CARD.match(head.replace(b"\0", b"")):
        return Container.VCF
    if _JSON.match(head.replace(b"\0", b"")):
        return Container.JSON
    for pattern, sentence in _other_kinds():
        if pattern.match(head):
            raise Unreadable(sentence.format(file=safe(str(path))))
    return Container.TEXT


def _other_kinds() -> tuple[tuple[re.Pattern[bytes], str], ...]:
    """What else people take for a table, by its first bytes, and what to do with it."""
    return (
        (
            _EXCEL_XML,
            _(
                "{file} is an XML spreadsheet of Excel 2003. Open it in a spreadsheet program and save it as .xlsx."
            ),
        ),
        (
            _WEB_PAGE,
            _(
                "{file} is a web page, whatever its name says. Open it in a spreadsheet program and save it as .xlsx "
                "or .csv."
            ),
        ),
        (_PDF, _("{file} is a PDF document. Export the table itself, as .xlsx or .csv.")),
        (_PICTURE, _("{file} is a picture. Export the table itself, as .xlsx or .csv.")),
        (_PACKED, _("{file} is a compressed archive. Unpack it and name the file inside.")),
        (_RICH_TEXT, _("{file} is a text document, not a table. Save the table in it as .xlsx or .csv.")),
        (_DATABASE, _("{file} is a database. Export the table of customers from it as .csv.")),
        (_PROGRAM, _("{file} is a program, not a table.")),
    )


_BLANK = rb"(?:\xef\xbb\xbf)?[ \t\r\n]*"
_EXCEL_XML = re.compile(_BLANK + rb"<\?xml.{0,300}(?:Excel\.Sheet|office:spreadsheet)", re.DOTALL)
_WEB_PAGE = re.compile(_BLANK + rb"<(?:!doctype|html|table|\?xml|meta|head)", re.IGNORECASE)
_JSON = re.compile(_BLANK + rb"(?:\{[ \t]*[\"\r\n]|\[[ \t]*(?:\{[ \t]*\"|\r?\n))")
_CARD = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[ \t\r\n]*BEGIN:VCARD", re.IGNORECASE)
_PDF = re.compile(rb"%PDF")
_PICTURE = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)",
    re.DOTALL,
)
_PACKED = re.compile(rb"\x1f\x8b|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ|\x28\xb5\x2f\xfd")
_RICH_TEXT = re.compile(rb"\{\\rtf")
_DATABASE = re.compile(rb"SQLite format 3|\0\x01\0\0Standard (?:Jet|ACE) DB")
_PROGRAM = re.compile(rb"\x7fELF|MZ.\0", re.DOTALL)


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


def _recognise_compound(path: Path) -> Container:
    """Tell the kinds of compound files apart: their directory names the streams in UTF-16."""
    shown = safe(str(path))
    with path.open("rb") as file:
        content = file.read(64 * 1024**2)

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise Unreadable(
            _(
                "{file} is protected by a password. Open it in a spreadsheet program and save it without one."
            ).format(file=shown)
        )
    if holds("WordDocument") or holds("PowerPoint Document"):
        raise _document(path)
    if holds("__properties_version1.0"):
        raise Unreadable(_("{file} is a message of Outlook. Save what is attached to it.").format(file=shown))
    if holds("Workbook") or holds("Book"):
        return Container.XLS
    raise no_table(path)


def _document(path: Path) -> Unreadable:
    return Unreadable(
        _("{file} is a text document, not a table. Save the table in it as .xlsx or .csv.").format(
            file=safe(str(path))
        )
    )


def _recognise_archive(path: Path) -> Container:
    """Raise Unreadable where a zip file is damaged, no workbook, locked, or unpacks to far more than a workbook would."""
    shown = safe(str(path))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            mimetype = archive.read("mimetype")[:200] if _is_small(parts, "mimetype") else b""
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,  # locked
        UnicodeDecodeError,
    ):
        raise Unreadable(
            _("{file} is cut short or damaged. Copy or download it again, or save it again as .xlsx.").format(
                file=shown
            )
        ) from None
    except OSError as error:
        raise not_readable(path, error) from error
    container = _recognise_parts(path, {part.filename for part in parts}, mimetype)
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
    return container


def _is_small(parts: Sequence[zipfile.ZipInfo], name: str) -> bool:
    return any(part.filename == name and part.file_size < 1_000 for part in parts)


def _recognise_parts(path: Path, names: set[str], mimetype: bytes) -> Container:
    """Which kind of workbook the parts of an archive make. Raises Unreadable for another archive."""
    shown = safe(str(path))
    if "xl/workbook.xml" in names:
        return Container.XLSX
    if "xl/workbook.bin" in names:
        return Container.XLSB
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet") and "content.xml" in names:
        return Container.ODS
    if any(name.startswith(("Index/", "Index.zip")) for name in names):
        raise Unreadable(_("{file} is a document of Apple's Numbers. Export it as .xlsx.").format(file=shown))
    if "content.xml" in names or any(name.startswith(("word/", "ppt/")) for name in names):
        raise _document(path)
    raise Unreadable(
        _("{file} is a zip archive without a workbook in it. Unpack it and name the file inside.").format(
            file=shown
        )
    )
