"""A gateway that sends messages: how it is asked over HTTP, what is filled into the request, and what its answer means."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from html.entities import codepoint2name
from ipaddress import ip_address
from typing import Any, cast
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from leadtui.domain.message import Doubtful, Medium, NotTaken, Outcome, Problem, Taken
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.text import clean, clean_multiline
from leadtui.language.translate import _, format_list


class Method(StrEnum):
    """How a gateway is asked."""

    POST = "POST"
    GET = "GET"
    PUT = "PUT"


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where messages of one medium go out, and to whom they may go.

    `url`, the values of `headers` and `body` have `PLACEHOLDERS` in braces. With a `user` the secret is its password (HTTP
    Basic). A message counts as sent by an answer whose status is among `statuses`, such as `200-202,207`, and, where they
    are set, whose part at `path` (`messages.0.status`, of JSON) is there and `match` (a regular expression) fits it whole; without
    a path it is looked for anywhere in the answer. With `key_header` the gateway is told under that name which message
    it is, and sends none twice for `key_hours`. `any_hour` also sends outside the call windows; with `asks_consent` only
    whoever agreed is written to. Letters go out by the workspace's mail server: of theirs only the last two are looked at.
    """

    medium: Medium
    url: str = ""
    method: Method = Method.POST
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    user: str = ""
    statuses: str = "200-299"
    path: str = ""
    match: str = ""
    key_header: str = ""
    key_hours: int = 24
    any_hour: bool = False
    asks_consent: bool = False
    secret: str = field(default="", repr=False)

    @property
    def key_holds(self) -> timedelta | None:
        """For how long it recognises a message; None where it never does."""
        return timedelta(hours=self.key_hours) if self.key_header else None

    @property
    def host(self) -> str:
        """The name of its server."""
        return urlsplit(self.url).hostname or ""

    def same_door(self, other: Gateway) -> bool:
        """Whether the secret of the one would be told to the same server as that of the other."""
        return _door(self) == _door(other)


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent to a gateway; none of it is shown to anybody, for the secret is in it."""

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Values:
    """What is filled into a request: whom the message goes to (E.164), as it is dialled at home, the text, and its key."""

    to: str
    national: str
    text: str
    key: str


TO, DIGITS, NATIONAL, TEXT, KEY, SECRET = "to", "to_digits", "to_national", "text", "key", "secret"
PLACEHOLDERS = (TO, DIGITS, NATIONAL, TEXT, KEY, SECRET)
"""What is filled in: the number with +, its digits, as it is dialled in the country, the text, the message's key, the secret."""

LONGEST_PART = 8_000
_IN_BRACES = re.compile(r"\{([a-z_]+)\}")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_STATUSES = re.compile(r"\s*([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?\s*")
_CONTENT_TYPE = "content-type"
_OWN_HEADERS = frozenset({"host", "content-length", "transfer-encoding", "connection"})


def _door(gateway: Gateway) -> tuple[str, str | None, int | None, str]:
    parts = urlsplit(gateway.url)
    return parts.scheme, parts.hostname, parts.port, gateway.user


# How it is described


def clean_gateway(gateway: Gateway) -> Gateway:
    """The gateway as it is kept. Raises InvalidAnswers, each problem under the name of the part."""
    if not gateway.medium.is_sent:
        raise Invalid(_("That is sent by a person, who opens a link; it needs no gateway."), "medium")
    if gateway.medium is Medium.EMAIL:
        return Gateway(Medium.EMAIL, any_hour=gateway.any_hour, asks_consent=gateway.asks_consent)
    cleaned = replace(
        gateway,
        url=clean(gateway.url),
        headers=tuple((clean(name), clean(value)) for name, value in gateway.headers if clean(name)),
        body=clean_multiline(gateway.body),
        user=clean(gateway.user),
        statuses=clean(gateway.statuses) or "200-299",
        path=clean(gateway.path),
        match=clean(gateway.match),
        key_header=clean(gateway.key_header),
    )
    problems = [*_url_problems(cleaned), *_header_problems(cleaned), *_body_problems(cleaned)]
    problems += _answer_problems(cleaned)
    if problems:
        raise InvalidAnswers(tuple(problems))
    return cleaned


def clean_secret(secret: str) -> str:
    """A secret as it is kept. Raises Invalid where no header could carry it."""
    stripped = secret.strip()
    if not all(" " <= each <= "~" for each in stripped):
        raise Invalid(
            _("A secret has letters and signs of ASCII alone; copy it from the gateway again."), "secret"
        )
    return stripped


def _url_problems(gateway: Gateway) -> list[Invalid]:
    try:
        parts = urlsplit(gateway.url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if not host or parts.scheme not in ("https", "http") or not gateway.url.isascii() or " " in gateway.url:
        return [Invalid(_("Type the address of the gateway, such as https://sms.example.com/send."), "url")]
    found: list[Invalid] = []
    if parts.scheme == "http" and not _is_near(host):
        found.append(Invalid(_("Use https: the secret and what you write would be read on the way."), "url"))
    if parts.username is not None or parts.password is not None:
        found.append(
            Invalid(_("Leave user and password out of the address; they have lines of their own."), "url")
        )
    if "{" in parts.netloc:
        found.append(Invalid(_("Nothing is filled into the name of the server."), "url"))
    return found + _placeholder_problems(gateway.url, "url")


def _is_near(host: str) -> bool:
    """Whether it is this machine or one of the own network, such as a telephone that sends."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_private
    except ValueError:
        return False


def _header_problems(gateway: Gateway) -> list[Invalid]:
    found: list[Invalid] = []
    for name, value in (*gateway.headers, *([(gateway.key_header, "")] if gateway.key_header else [])):
        where = "headers" if value or name != gateway.key_header else "key_header"
        if not _TOKEN.fullmatch(name) or name.casefold() in _OWN_HEADERS:
            found.append(Invalid(_("“{name}” cannot be a header.").format(name=name), where))
        elif not all(" " <= each <= "~" for each in value):
            found.append(Invalid(_("A header has letters of ASCII alone."), where))
        found += _placeholder_problems(value, where)
    return found


def _body_problems(gateway: Gateway) -> list[Invalid]:
    found = _placeholder_problems(gateway.body, "body")
    if gateway.method is Method.GET and gateway.body:
        found.append(Invalid(_("GET has no body; put it into the address, or choose POST."), "body"))
    if len(gateway.body) > LONGEST_PART:
        found.append(Invalid(_("That is too long."), "body"))
    if _is_json(gateway) and gateway.body:
        try:
            json.loads(gateway.body)
        except (ValueError, RecursionError):
            words = _("That is no JSON; what is filled in stands in quotation marks, as in {example}.")
            found.append(Invalid(words.format(example='{"text": "{text}"}'), "body"))
    if TEXT not in _IN_BRACES.findall(gateway.url + gateway.body):
        found.append(Invalid(_("Say where the text goes, by {text}."), "body"))
    if not {TO, DIGITS, NATIONAL} & set(_IN_BRACES.findall(gateway.url + gateway.body)):
        found.append(Invalid(_("Say where the number goes, by {to}."), "body"))
    return found


def _placeholder_problems(text: str, where: str) -> list[Invalid]:
    names = [each for each in _IN_BRACES.findall(text) if each not in PLACEHOLDERS]
    words = _("“{name}” is filled in by nothing; there are {known}.")
    known = format_list(f"{{{each}}}" for each in PLACEHOLDERS)
    return [Invalid(words.format(name=f"{{{each}}}", known=known), where) for each in names]


def _answer_problems(gateway: Gateway) -> list[Invalid]:
    found: list[Invalid] = []
    if not all(_STATUSES.fullmatch(each) for each in gateway.statuses.split(",")):
        found.append(Invalid(_("Type the statuses that mean sent, such as 200-202."), "statuses"))
    try:
        re.compile(gateway.match)
    except (re.error, RecursionError, OverflowError):
        found.append(Invalid(_("That is no regular expression."), "match"))
    if not 1 <= gateway.key_hours <= 24 * 365:
        found.append(
            Invalid(_("Type for how many hours the gateway knows a message, such as 24."), "key_hours")
        )
    return found


# How it is asked


def request(gateway: Gateway, values: Values) -> Request:
    """What is sent to the gateway for a message: each value is escaped for the place where it stands."""
    words = {
        TO: values.to,
        DIGITS: values.to.removeprefix("+"),
        NATIONAL: values.national,
        TEXT: values.text,
        KEY: values.key,
        SECRET: gateway.secret,
    }
    headers = {name: _filled(value, words, _in_header) for name, value in gateway.headers}
    if gateway.user:
        signed = b64encode(f"{gateway.user}:{gateway.secret}".encode()).decode()
        headers["Authorization"] = f"Basic {signed}"
    if gateway.key_header:
        headers[gateway.key_header] = values.key
    body = b"" if gateway.method is Method.GET else _body(gateway, words)
    return Request(gateway.method.value, _filled(gateway.url, words, _in_url), headers, body)


def _filled(template: str, words: Mapping[str, str], escaped: Callable[[str], str]) -> str:
    return _IN_BRACES.sub(lambda found: escaped(words.get(found[1], found[0])), template)


def _in_url(value: str) -> str:
    return quote(value, safe="")


def _in_header(value: str) -> str:
    """What no header can carry, a line's end above all, is written as in an address."""
    return quote(value, safe="".join(chr(each) for each in range(0x20, 0x7F)))


def _body(gateway: Gateway, words: Mapping[str, str]) -> bytes:
    kind = _content_type(gateway)
    if _is_json(gateway):
        filled = _in_json(json.loads(gateway.body or "{}"), words)
        return json.dumps(filled, ensure_ascii=False).encode("utf-8", "replace")
    escaped = (
        _in_url if kind == "application/x-www-form-urlencoded" else escape if kind.endswith("xml") else str
    )
    return _filled(gateway.body, words, escaped).encode("utf-8", "replace")


def _in_json(value: Any, words: Mapping[str, str]) -> Any:
    """Filled into the texts of what was read from JSON, so that no value ends the text in which it stands."""
    match value:
        case str():
            return _filled(value, words, str)
        case dict():
            return {key: _in_json(each, words) for key, each in cast("dict[str, Any]", value).items()}
        case list():
            return [_in_json(each, words) for each in cast("list[Any]", value)]
        case _:
            return value


def _is_json(gateway: Gateway) -> bool:
    return gateway.method is not Method.GET and _content_type(gateway).endswith("json")


def _content_type(gateway: Gateway) -> str:
    said = next((value for name, value in gateway.headers if name.casefold() == _CONTENT_TYPE), "")
    return said.partition(";")[0].strip().casefold()


# What its answer means

SHOWN_OF_ANSWER = 200
MOST_READ = 16_384
"""Bytes of an answer that are read; what says that a message was sent stands in them."""
_BUSY = frozenset({408, 425, 429, 503})
_REFUSALS_OF_NOW = frozenset({401, 402, 403, 404, 407})
"""The secret, the credit, the address: once they are put right the same message goes."""


def judge(
    gateway: Gateway, status: int, content: bytes, *, retry_after: str = "", location: str = ""
) -> Outcome:
    """What became of a message by the gateway's answer; the last two are its headers of that name.

    An answer of 5xx leaves it open, but for 503: it came of something that broke on the way to or behind the gateway.
    """
    text = content.decode("utf-8", "replace")
    said = f"{status} {told(gateway, text)}".strip()
    if _is_among(status, gateway.statuses):
        match _says_sent(gateway, text):
            case True:
                return Taken()
            case False if len(content) < MOST_READ:
                return NotTaken(Problem.REFUSED, said)
            case _:
                return Doubtful(Problem.NOT_UNDERSTOOD, said)
    if status in _BUSY:
        patience = timedelta(seconds=int(retry_after)) if _SECONDS.fullmatch(retry_after) else timedelta()
        return NotTaken(Problem.BUSY, said, after=patience)
    if status >= 500 or status < 300:
        return Doubtful(Problem.NOT_UNDERSTOOD, said)
    if status < 400 and location:
        words = _("{status}: it is asked at another address, {address}; set that one where you trust it.")
        said = words.format(status=status, address=told(gateway, location))
    return NotTaken(Problem.REFUSED, said, for_good=status not in _REFUSALS_OF_NOW)


_SECONDS = re.compile(r"\d{1,6}")


def told(gateway: Gateway, text: str) -> str:
    """The beginning of an answer as people may read it: in one line, and without the secret in any writing."""
    shown = " ".join(text.split())
    for written in _written_secrets(gateway):
        shown = written.sub("…", shown)
    return clean(shown)[:SHOWN_OF_ANSWER]


def _written_secrets(gateway: Gateway) -> Iterator[re.Pattern[str]]:
    """How the secret may be written in what comes back: as it is, or as HTTP Basic says it, the longest first."""
    secret = gateway.secret
    if secret:
        signed = (b64encode(each.encode()).decode() for each in (f"{gateway.user}:{secret}", secret))
        for each in (*signed, secret):
            yield re.compile("".join(map(_written, " ".join(each.split()))))


def _written(letter: str) -> str:
    """A letter of ASCII as a pattern, however an answer escapes it: as in JSON, XML, HTML or an address, each letter or none."""
    code = f"{ord(letter):x}"
    forms = [
        rf"\\?{re.escape(letter)}",
        rf"(?i:\\u00{code}|\\x{code}|%(?:25)?{code}|&#x0*{code};)",
        rf"&#0*{ord(letter)};",
    ]
    if name := codepoint2name.get(ord(letter), {"'": "apos"}.get(letter)):
        forms.append(f"&(?:amp;)?{name};")
    if letter == " ":
        forms.append(r"\+")
    return f"(?:{'|'.join(forms)})"


def _is_among(status: int, statuses: str) -> bool:
    for each in statuses.split(","):
        found = _STATUSES.fullmatch(each)
        if found and int(found[1]) <= status <= int(found[2] or found[1]):
            return True
    return False


def _says_sent(gateway: Gateway, text: str) -> bool | None:
    """Whether an answer says so; None where it is another than the gateway gives."""
    if not gateway.path:
        if gateway.match and not text:
            return None
        return not gateway.match or re.search(gateway.match, text) is not None
    try:
        value: Any = json.loads(text)
        for step in gateway.path.split("."):
            place: Any = int(step) if isinstance(value, list) else step
            value = cast("Any", value)[place]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    if not gateway.match:
        return value not in (None, False, "", 0)
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return re.fullmatch(gateway.match, shown) is not None
