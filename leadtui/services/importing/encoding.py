"""Tell how the bytes of a text file are to be read as letters, and say where that fails."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from leadtui.errors import Invalid, Unreadable
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _, format_list, pgettext, quoted
from leadtui.services.importing.doubt import Doubt, DoubtAbout, DoubtChoice
from leadtui.services.importing.old_encodings import EncodedReading, likely_readings

SAMPLE_BYTES = 256 * 1024
"""How much of a file is looked at to recognise its encoding and its delimiter."""


@dataclass(frozen=True, slots=True)
class BadByte:
    """The first byte of a file that its encoding does not allow."""

    position: int
    """Counted from 1."""
    line: int
    byte: int


@dataclass(frozen=True, slots=True)
class RecognisedEncoding:
    """The codec that reads a text file, and what else might have been meant."""

    codec: str
    doubt: Doubt | None = None


def recognise_encoding(path: Path) -> RecognisedEncoding:
    """Return the codec that reads the text file `path`.

    A byte order mark decides; else UTF-8 where most lines are, then UTF-16 by its shape, then the old encoding whose
    letters make the likeliest words. Only one sample is judged: the first 256 KB that are not plain ASCII.

    Raises Unreadable where the sample is no text.
    """
    sample = _telling_sample(path)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return RecognisedEncoding(name)
    wide = _two_byte_encoding(path, sample) if b"\0" in sample else ""
    if wide:
        return RecognisedEncoding(wide)
    if _is_valid(sample, "utf-8") or _is_mostly_utf8(sample):
        return RecognisedEncoding("utf-8")
    return _old_encoding(sample)


def fits(path: Path, codec: str) -> bool:
    """Whether at least half of the lines that go beyond ASCII are in `codec`: the others are damaged, not the file."""
    if codec.startswith(("utf-16", "utf-32")):
        return True
    sample = _telling_sample(path)
    lines = [line for line in sample.splitlines() if not line.isascii()]
    return sum(_is_valid(line, codec) for line in lines) >= len(lines) / 2


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
    **{f"cp{number}": f"Windows-{number}" for number in range(1250, 1259)},
    **{f"iso8859-{part}": f"ISO 8859-{part}" for part in range(1, 17)},
    "cp874": "Windows-874",
    "cp932": "Shift-JIS",
    "cp949": "EUC-KR",
    "big5hkscs": "Big5",
    "euc_jp": "EUC-JP",
    "gb18030": "GBK",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "cp850": "DOS 850",
    "cp852": "DOS 852",
    "cp857": "DOS 857",
    "cp866": "DOS 866",
    "mac_arabic": "Mac Arabic",
    "mac_cyrillic": "Mac Cyrillic",
    "mac_greek": "Mac Greek",
    "mac_latin2": "Mac Central European",
    "mac_roman": "Mac Roman",
    "mac_turkish": "Mac Turkish",
}

_RARE_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_CELL = re.compile(rb"[^\r\n,;\t\"]{1,200}")
"""None of these signs is part of a letter of two bytes, in any of the encodings."""
_DOUBTFUL = 12
"""Bits: two readings that lie no further apart may both be meant."""

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
    """Whether most of what goes beyond ASCII is UTF-8: then the rest is damage, not another encoding."""
    high = sum(byte > 0x7F for byte in sample)
    in_letters = sum(len(letter) for letter in _VALID_UTF8_LETTER.findall(sample))
    if in_letters >= 8 and in_letters >= 0.9 * high:
        return True
    lines = [line for line in sample.splitlines() if not line.isascii()]
    return in_letters >= 0.5 * high and sum(_is_valid(line, "utf-8") for line in lines) >= 0.5 * len(lines)


def _two_byte_encoding(path: Path, sample: bytes) -> str:
    """Tell UTF-16 without a mark from text with a NUL in it, which is "", and from what is no text."""
    even = sample[: len(sample) // 2 * 2]
    # a table has signs of ASCII, of which each has its zero on the same side
    encoding = "utf-16-le" if even[1::2].count(0) > even[::2].count(0) else "utf-16-be"
    # A stray zero makes ASCII no UTF-16, though as such it reads like Chinese: every comma and end of a line has one.
    has_zeros = even.count(0) > max(1, len(even) // 200)
    if has_zeros and _is_valid(even, encoding) and _is_readable(even.decode(encoding, "ignore")):
        return encoding
    without = sample.replace(b"\0", b"")
    if len(sample) - len(without) <= max(1, len(sample) // 20) and is_text(without):
        return ""
    raise no_table(path)


def is_text(sample: bytes) -> bool:
    """Whether `sample`, of an encoding that has no NUL, holds few enough control bytes to be text."""
    return len(_RARE_CONTROL.findall(sample)) <= max(4, len(sample) // 50)


def _is_readable(text: str) -> bool:
    """Whether `text` is made of what sheets hold: letters and signs that are in use, and what parts them."""
    if not text or "\0" in text:
        return False
    usual = sum(letter in "\t\r\n" or unicodedata.category(letter) not in _UNUSED for letter in text)
    return usual >= 0.98 * len(text) and any(letter in "\n,;\t 0123456789" for letter in text)


_UNUSED = frozenset({"Cc", "Cn", "Co", "Cs"})


def _old_encoding(sample: bytes) -> RecognisedEncoding:
    """Tell the encodings from before Unicode apart by the words that they make."""
    likeliest, *others = likely_readings(cell.strip() for cell in _CELL.findall(sample) if not cell.isascii())
    rivals = [each for each in others if each.cost - likeliest.cost < _DOUBTFUL][:_MOST_RIVALS]
    if not rivals:
        return RecognisedEncoding(likeliest.codec)
    return RecognisedEncoding(
        likeliest.codec,
        Doubt(
            DoubtAbout.ENCODING,
            choices=tuple(_choice(reading, likeliest) for reading in (likeliest, *rivals)),
            examples=_telling_words(likeliest, rivals[0]),
        ),
    )


_MOST_RIVALS = 3


def _choice(reading: EncodedReading, likeliest: EncodedReading) -> DoubtChoice:
    """An encoding, and how it reads what another one reads otherwise."""
    words = reading.words if reading is likeliest else _telling_words(reading, likeliest)
    shown = format_list(quoted(safe(ellipsize(word, _SHOWN_WORD))) for word in words[:2])
    return DoubtChoice(
        reading.codec,
        pgettext("encoding", "{encoding}: {examples}").format(
            encoding=shown_encoding(reading.codec), examples=shown
        ),
    )


_SHOWN_WORD = 30


def _telling_words(reading: EncodedReading, other: EncodedReading) -> tuple[str, ...]:
    """Two cells that two encodings read differently."""
    pairs = zip(reading.words, other.words, strict=True)
    return tuple(word for word, otherwise in pairs if word != otherwise)[:2]
