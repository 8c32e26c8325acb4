"""Visiting cards as a table: vCard 2.1 (Versit), 3.0 (RFC 2426) and 4.0 (RFC 6350), of phones, mail programs and this one."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from leadtui.language.translate import pgettext
from leadtui.services.importing.delimited import not_readable
from leadtui.services.importing.rows import Row
from leadtui.services.visiting_cards import DO_NOT_CALL

MAXIMUM_CARD = 16 * 1024**2
"""Characters of one card with all its pictures."""

MOST_OF_A_KIND = 20
"""How many numbers or addresses of a card have columns of their own; further ones stand in the last."""


class Property(NamedTuple):
    """One line of a card: its name and what is said of it, in capitals, and its value as it is written."""

    name: str
    parameters: Mapping[str, str]
    value: str


@dataclass(frozen=True, slots=True)
class CardRows:
    """The cards of a file, a row each; every iteration opens it again."""

    path: Path
    encoding: str
    titles: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        """Yield the cards that say anything; one without its end says that it is damaged. Raises Unreadable."""
        width = len(self.titles)
        for position, (line, properties, damage) in enumerate(self._cards(), start=1):
            cells = cells_of(properties)
            if cells or damage:
                row = tuple(cells.get(title, "") for title in self.titles) if width else tuple(cells.values())
                yield Row(line, row, position, damage)

    def with_titles(self) -> CardRows:
        """The same rows under the titles that any of the cards has, in the order of a card."""
        found = dict.fromkeys(
            title for _line, properties, _damage in self._cards() for title in cells_of(properties)
        )
        return replace(self, titles=tuple(sorted(found, key=_place)))

    def _cards(self) -> Iterator[tuple[int, list[Property], str]]:
        """Each card with the line that it begins in, and what is wrong with it; "" mostly."""
        properties: list[Property] = []
        begun = size = 0
        damage = ""
        for line, text in self._logical_lines():
            upper = text.strip().upper()
            if upper == "BEGIN:VCARD":
                if begun:
                    yield begun, properties, damage or _endless(begun)
                begun, size, properties, damage = line, 0, [], ""
            elif upper == "END:VCARD":
                if begun:
                    yield begun, properties, damage
                begun, properties = 0, []
            elif begun:
                size += len(text)
                read = read_property(text)
                if size > MAXIMUM_CARD:
                    damage = pgettext(
                        "reason", "the card that begins on line {line} is far too large"
                    ).format(line=begun)
                elif read is not None:
                    properties.append(read)
        if begun:
            yield begun, properties, damage or _endless(begun)

    def _logical_lines(self) -> Iterator[tuple[int, str]]:
        """Join the lines that were folded, and those that quoted-printable breaks with a sign of equality."""
        held, first = "", 0
        try:
            with self.path.open(encoding=self.encoding, errors="replace", newline=None) as file:
                number = 0
                while piece := file.readline(MAXIMUM_CARD):
                    number += 1
                    text = piece.rstrip("\n").removeprefix("\ufeff")
                    if held and held.endswith("=") and _QUOTED.search(held):
                        held = held[:-1] + text
                    elif held and text[:1] in (" ", "\t"):
                        held += text[1:]
                    else:
                        if held:
                            yield first, held
                        held, first = text, number
        except OSError as error:
            raise not_readable(self.path, error) from error
        if held:
            yield first, held


def _endless(line: int) -> str:
    return pgettext("reason", "the card that begins on line {line} has no end").format(line=line)


def read_property(line: str) -> Property | None:
    """Read one line `item1.TEL;TYPE=CELL:+98…`; None for one that is none."""
    match = _PROPERTY.match(line)
    if match is None:
        return None
    parameters: dict[str, str] = {}
    for each in _PARAMETER.findall(match["parameters"]):
        name, sign, value = each.partition("=")
        # vCard 2.1 writes TEL;CELL: for TEL;TYPE=CELL:
        key, value = (name.upper(), value.strip('"')) if sign else ("TYPE", name)
        parameters[key] = f"{parameters[key]},{value}" if key in parameters else value
    value = line[match.end() :]
    if "QUOTED-PRINTABLE" in (parameters.get("ENCODING", "") + parameters.get("TYPE", "")).upper():
        value = _unquoted(value, parameters.get("CHARSET", "utf-8"))
    return Property(match["name"].upper(), parameters, value)


def cells_of(properties: list[Property]) -> dict[str, str]:
    """What a card says, by the titles of the columns."""
    cells: dict[str, list[str]] = {}
    structured = ""
    for each in properties:
        if each.name == "N":
            family, given, middle, prefix, suffix = (*map(_plain, _parts(each.value, ";")), *[""] * 5)[:5]
            structured = " ".join(filter(None, (prefix, given, middle, family, suffix)))
        elif each.name == "ADR":
            box, extra, street, city, region, code, country = (
                *map(_plain, _parts(each.value, ";")),
                *[""] * 7,
            )[:7]
            address = ", ".join(filter(None, (box, extra, street, region, code)))
            for title, value in (("Address", address), ("City", city), ("Country", country)):
                if value:
                    cells.setdefault(title, []).append(value)
        elif each.name == "ORG":
            cells.setdefault("Company", []).append(
                ", ".join(filter(None, map(_plain, _parts(each.value, ";"))))
            )
        elif each.name == "TEL":
            number = _plain(each.value).removeprefix("tel:").replace(";ext=", " ext. ")
            types = set(each.parameters.get("TYPE", "").upper().split(","))
            only_fax = "FAX" in types and types.isdisjoint(("VOICE", "CELL"))
            cells.setdefault("Fax" if only_fax else "Phone", []).append(number)
        elif each.name not in _OF_MACHINES and each.name not in _UNNAMED and _plain(each.value):
            title = _TITLES.get(each.name, each.name)
            cells.setdefault(title, []).append(_plain(each.value))
    if structured and "Name" not in cells:
        cells["Name"] = [structured]
    return dict(_numbered(cells))


_TITLES = {
    "FN": "Name",
    "EMAIL": "Email",
    "TITLE": "Job title",
    "ROLE": "Role",
    "NICKNAME": "Nickname",
    "NOTE": "Note",
    "BDAY": "Birthday",
    "URL": "Website",
    "CATEGORIES": "Categories",
    "GENDER": "Gender",
    DO_NOT_CALL: "Do not call",
}
"""The titles of what a card says, as the columns of tables are called; of what has none, the property's own name is."""

_OF_MACHINES = frozenset(
    "VERSION PRODID REV KIND PROFILE SOURCE CLASS MAILER SORT-STRING CLIENTPIDMAP PHOTO LOGO SOUND KEY AGENT UID XML "
    "LABEL X-ABUID X-ABSHOWAS X-ABADR X-ABLABEL X-ABORDER X-MS-OL-DESIGN X-MS-CARDPICTURE X-EVOLUTION-FILE-AS".split()
)
"""What a card says to other programs: pictures, keys, revisions, how Apple and Microsoft show it; labels repeat addresses."""

_UNNAMED = frozenset({"N", "ADR", "ORG", "TEL"})
"""Those that are read above, part by part."""

_ORDER = ("Name", "Phone", "Email", "Company", "Job title", "Address", "City", "Country", "Note")
_QUOTED = re.compile(r"^[^:]*QUOTED-PRINTABLE[^:]*:", re.IGNORECASE)
_PROPERTY = re.compile(
    r"(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<parameters>(?:;(?:\"[^\"]*\"|[^:;\"])*)*):", re.ASCII
)
_PARAMETER = re.compile(r";((?:\"[^\"]*\"|[^;\"])*)")
_SIGN = re.compile(r"\\.|.", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def _unquoted(value: str, charset: str) -> str:
    content = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _parts(value: str, sign: str) -> list[str]:
    """Split at signs that are not escaped."""
    parts = [""]
    for each in _SIGN.findall(value):
        if each == sign:
            parts.append("")
        else:
            parts[-1] += each
    return parts


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value).strip()


def _numbered(cells: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Give the second phone a column "Phone 2"; notes, and what is beyond a limit, stand together."""
    for title, values in cells.items():
        values = list(dict.fromkeys(values))
        if title not in ("Phone", "Email"):
            yield title, "\n".join(values)
            continue
        for number, value in enumerate(islice(values, MOST_OF_A_KIND - 1), start=1):
            yield title if number == 1 else f"{title} {number}", value
        if values[MOST_OF_A_KIND - 1 :]:
            yield f"{title} {MOST_OF_A_KIND}", ", ".join(values[MOST_OF_A_KIND - 1 :])


def _place(title: str) -> tuple[int, str, int]:
    numbered = _LATER.fullmatch(title)
    name, number = (numbered[1], int(numbered[2])) if numbered else (title, 0)
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name, number)


_LATER = re.compile("(.+) ([0-9]{1,4})")
