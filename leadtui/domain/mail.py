"""The server through which a workspace sends mail, and why a letter was not sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from leadtui.domain.field import read_email
from leadtui.errors import Invalid, InvalidAnswers, Refused
from leadtui.language.text import clean
from leadtui.language.translate import _


class MailSecurity(StrEnum):
    """How the way to the server is kept from others; there is none without."""

    TLS = "tls"
    """From the first byte on, usually port 465."""
    STARTTLS = "starttls"
    """After a greeting, usually port 587."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters go out: `user` and `secret` sign in there, `sender` is the address that they come from."""

    host: str
    port: int
    security: MailSecurity
    user: str
    sender: str
    secret: str = field(default="", repr=False)

    def same_door(self, other: MailServer) -> bool:
        """Whether the secret of the one would be told to the same server as that of the other."""
        return (self.host, self.port, self.security, self.user) == (
            other.host,
            other.port,
            other.security,
            other.user,
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: one subject line, and plain text."""

    to: str
    subject: str
    text: str


class NotSent(Refused):
    """The letter did not go out; the sentence says why, and what can be done."""


_HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*", re.IGNORECASE)


def clean_server(server: MailServer) -> MailServer:
    """The server as it is kept. Raises InvalidAnswers, each problem under the name of the part."""
    cleaned = replace(
        server,
        host=clean(server.host).casefold(),
        user=clean(server.user),
        sender=clean(server.sender).casefold(),
    )
    problems: list[Invalid] = []
    if not _HOST.fullmatch(cleaned.host):
        problems.append(Invalid(_("Type the name of the mail server, such as smtp.example.com."), "host"))
    if not 1 <= cleaned.port <= 65535:
        problems.append(Invalid(_("A port is a number from 1 to 65535; 587 and 465 are usual."), "port"))
    if read_email(cleaned.sender) is None:
        problems.append(Invalid(_("That is no e-mail address; type one such as name@example.com."), "sender"))
    if problems:
        raise InvalidAnswers(tuple(problems))
    return cleaned
