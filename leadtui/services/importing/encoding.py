"""Tell how the bytes of a text file are to be read as letters, and say where that fails."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from leadtui.errors import Invalid, Unreadable
from leadtui.language.text import safe
from leadtui.language.translate import _

SAMPLE_BYTES = 256 * 1024
"""How much of a file is looked at to recognise its encoding and its delimiter."""


@dataclass(frozen=True, slots=True)
class BadByte:
    """The first byte of a file that its encoding does not allow."""

    position: int
    """Counted from 1."""
    line: int
    byte: int


def recognise_encoding(path: Path) -> str:
    """Return the codec that reads the text file `path`.

    A byte order mark decides; else valid UTF-8, then UTF-16 by its shape, then Windows-1256 where its words are Arabic
    or Persian, then what fits best. Only one sample is judged: the first 256 KB that are not plain ASCII.

    Raises Unreadable where the sample is no text, holds NUL bytes, or is UTF-8 with a damaged place.
    """
    sample = _telling_sample(path)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if b"\0" in sample:
        return _two_byte_encoding(path, sample)
    if _is_valid(sample, "utf-8"):
        return "utf-8"
    if _is_mostly_utf8(sample):
        raise undecodable(path, "utf-8")
    return _one_byte_encoding(sample)


def named_encoding(name: str) -> str:
    """Return the codec that a person names, UTF-8 with or without a mark alike; raise Invalid for an unknown one."""
    try:
        b"a\0".decode(name, "ignore")
        codec = codecs.lookup(name).name
        if codec in _NO_FILES:
            raise LookupError(name)
    except (LookupError, ValueError):
        raise Invalid(
            _(
                "There is no encoding {name}. Known ones are utf-8, utf-16, windows-1256 and windows-1252."
            ).format(name=safe(name)),
            "encoding",
        ) from None
    return "utf-8-sig" if codec == "utf-8" else codec


def with_byte_order(codec: str, path: Path) -> str:
    """Return `codec`, with the order of its bytes where the file has no mark that tells it, as Python's codecs need."""
    if codec not in ("utf-16", "utf-32"):
        return codec
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    if any(head.startswith(mark) for mark, name in _MARKS if name == codec):
        return codec
    orders = (f"{codec}-le", f"{codec}-be")
    readable = (each for each in orders if _is_readable(head.decode(each, "ignore")))
    return next(readable, orders[0])


def shown_encoding(codec: str) -> str:
    """The name of `codec` as people know it."""
    return _SHOWN.get(codec, codec)


def undecodable(path: Path, encoding: str) -> Unreadable:
    """Return the error for a file that is not wholly in `encoding`, with the place where it fails first."""
    bad = find_bad_byte(path, encoding)
    return Unreadable(
        _(
            "{file} cannot be read as {encoding}: byte {position}, on line {line}, is 0x{byte:02X}. Name its real "
            "encoding with --encoding, for instance --encoding windows-1256."
        ).format(
            file=safe(str(path)),
            encoding=shown_encoding(encoding),
            position=bad.position,
            line=bad.line,
            byte=bad.byte,
        )
    )


def find_bad_byte(path: Path, encoding: str) -> BadByte:
    """Read `path` again up to the first byte that `encoding` does not allow; that the file ends early counts too."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    line = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(SAMPLE_BYTES)
            state = decoder.getstate()
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as error:
                into_chunk = error.start - len(state[0])
                decoder.setstate(state)
                line += decoder.decode(chunk[: max(into_chunk, 0)]).count("\n")
                return BadByte(done + into_chunk + 1, line, error.object[error.start])
            done += len(chunk)
            if not chunk:
                # the file was changed in between: there is nothing left to show
                return BadByte(done, line, 0)


def holds_nul(path: Path, line: int) -> Unreadable:
    """Return the error for a NUL in a line of text."""
    return Unreadable(
        _(
            "{file} holds a NUL byte on line {line}, which no text has: the file is damaged. Export it again, or delete "
            "that line."
        ).format(file=safe(str(path)), line=line)
    )


def no_table(path: Path) -> Unreadable:
    """Return the error for a file that is neither text nor a spreadsheet."""
    return Unreadable(
        _("{file} is neither text nor a spreadsheet. Save the table as .xlsx or .csv.").format(
            file=safe(str(path))
        )
    )


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_NO_FILES = frozenset({"idna", "punycode"})
"""Encodings of host names."""

_SHOWN = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "cp1256": "Windows-1256",
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "iso8859-6": "ISO 8859-6",
}

_RARE_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_WORD = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u05ff\u0620-\u065f\u066e-\u06d3]+")
_ARABIC = re.compile(r"[\u0620-\u065f\u066e-\u06d3]+")
_COMMONEST = "لمنهويى"
_LEAST_COMMON = 0.15
"""Of the letters of a text; in Persian and Arabic they are about four in ten."""
_TOO_FEW_TO_COUNT = 20

_VALID_UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def _telling_sample(path: Path) -> bytes:
    """Return the first part of the file that is not plain ASCII, else its head."""
    with path.open("rb") as file:
        head = chunk = file.read(SAMPLE_BYTES)
        while chunk and b"\0" not in chunk:
            if not chunk.isascii():
                # cut at the ends of lines, so that no letter of several bytes is cut apart
                return chunk if chunk is head else chunk[chunk.find(b"\n") + 1 :]
            chunk = file.read(SAMPLE_BYTES)
    return head


def _is_valid(sample: bytes, encoding: str) -> bool:
    """Whether `sample`, whose last letter may be cut, is in `encoding`."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(sample: bytes) -> bool:
    """Whether almost all bytes above ASCII form UTF-8 letters: then the rest is damage, not another encoding."""
    high = sum(byte > 0x7F for byte in sample)
    in_letters = sum(len(letter) for letter in _VALID_UTF8_LETTER.findall(sample))
    return in_letters >= 8 and in_letters >= 0.9 * high


def _two_byte_encoding(path: Path, sample: bytes) -> str:
    """Tell UTF-16 without a mark from text with a NUL in it and from what is no text."""
    even = sample[: len(sample) // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        if _is_valid(even, encoding) and _is_readable(even.decode(encoding, "ignore")):
            return encoding
    without = sample.replace(b"\0", b"")
    if len(sample) - len(without) <= max(1, len(sample) // 20) and is_text(without):
        raise holds_nul(path, sample[: sample.index(b"\0")].count(b"\n") + 1)
    raise no_table(path)


def is_text(sample: bytes) -> bool:
    """Whether `sample`, of an encoding that has no NUL, holds few enough control bytes to be text."""
    return len(_RARE_CONTROL.findall(sample)) <= max(4, len(sample) // 50)


def _is_readable(text: str) -> bool:
    """Whether `text` is made of what sheets hold: ASCII, Latin, Cyrillic and Arabic letters, and their signs."""
    if not text or "\0" in text:
        return False
    usual = sum(
        " " <= letter <= "\u06ff" or letter in "\t\r\n" or "\u2000" <= letter <= "\u20cf" for letter in text
    )
    return usual >= 0.95 * len(text) and any(letter in "\n,;\t 0123456789" for letter in text)


def _one_byte_encoding(sample: bytes) -> str:
    """Tell the encodings of one byte a letter apart, by whether the words they make keep to one script."""
    for encoding in ("cp1256", "iso8859-6"):
        if _is_arabic(sample, encoding):
            return encoding
    if _is_western(sample):
        return "cp1252"
    from charset_normalizer import from_bytes  # tens of milliseconds to load, for rare files

    guess = from_bytes(sample[:SAMPLE_BYTES]).best()
    return codecs.lookup(guess.encoding).name if guess is not None else "cp1252"


def _is_arabic(sample: bytes, encoding: str) -> bool:
    """Whether `encoding` makes words of Arabic letters alone.

    In Windows-1256 the letters between the Arabic ones are those of French: text of most other alphabets comes out as
    words of both, text in Persian or Arabic does not. KOI8-R gives whole words too, but without the commonest letters.
    """
    words = _words_beyond_ascii(sample, encoding)
    arabic = "".join(word for word in words if _ARABIC.fullmatch(word))
    if not words or len(arabic) < 0.6 * sum(map(len, words)):
        return False
    common = sum(arabic.count(letter) for letter in _COMMONEST)
    return common >= _LEAST_COMMON * len(arabic) or len(arabic) < _TOO_FEW_TO_COUNT


def _is_western(sample: bytes) -> bool:
    """Whether the text is Latin with an accent here and there, as Windows-1252 has it."""
    words = "".join(_words_beyond_ascii(sample, "cp1252"))
    accented = sum(letter > "\x7f" for letter in words)
    return bool(words) and accented <= 0.5 * len(words)


def _words_beyond_ascii(sample: bytes, encoding: str) -> list[str]:
    """The words of `sample` that are not ASCII; none where `encoding` does not allow all its bytes."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return []
    return [word for word in _WORD.findall(text) if not word.isascii()]
