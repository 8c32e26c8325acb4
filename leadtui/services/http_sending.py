"""Asking a gateway over HTTP to send a message: one request, no redirects, never longer than `LONGEST`."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection, IncompleteRead
from ipaddress import ip_address
from threading import Event, Timer
from urllib.parse import urlsplit

from leadtui import hosting
from leadtui.domain.gateway import MOST_READ, Gateway, Values, judge, request
from leadtui.domain.message import Doubtful, NotTaken, Outcome, Problem
from leadtui.language.translate import _

LONGEST_CONNECTING = 10.0
"""Seconds for which the gateway is waited for until it takes the call."""

LONGEST = 30.0
"""Seconds from then on until it has answered to the end; more than that nobody waits, however slowly it goes on."""


def send(gateway: Gateway, values: Values) -> Outcome:
    """Ask the gateway to send the message and say what became of it. No transaction waits for it."""
    asked = request(gateway, values)
    parts = urlsplit(asked.url)
    host, target = parts.hostname or "", parts.path or "/"
    if parts.query:
        target += f"?{parts.query}"
    connection = _connection(parts.scheme, host, parts.port)
    try:
        try:
            connection.connect()
            _require_allowed(connection.sock)
        except (OSError, UnicodeError, ValueError) as error:
            return NotTaken(Problem.NOT_REACHED, _why(error, host))
        # A socket's own timeout begins anew with every byte.
        hung_up = Event()
        watch = Timer(LONGEST, _hang_up, [connection.sock, hung_up])
        watch.daemon = True
        watch.start()
        try:
            connection.request(asked.method, target, asked.body or None, dict(asked.headers))
            answer = connection.getresponse()
            content = answer.read(MOST_READ)
            if answer.length and len(content) < MOST_READ:
                raise IncompleteRead(content)
            if hung_up.is_set():  # what came until then may look like the whole of it
                raise TimeoutError
        except (OSError, HTTPException, ValueError) as error:  # ValueError: hung up on while it was read
            return Doubtful(Problem.NO_ANSWER, _why(error, host))
        finally:
            watch.cancel()
        return judge(gateway, answer.status, content, answer.headers.get("Retry-After", ""))
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> HTTPConnection:
    if scheme == "http":
        return HTTPConnection(host, port, timeout=LONGEST_CONNECTING)
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return HTTPSConnection(host, port, timeout=LONGEST_CONNECTING, context=context)


def _require_allowed(connected: socket.socket) -> None:
    """Raises ConnectionRefusedError where people who are hosted would reach the insides of the server's network."""
    if (
        hosting.folder() is not None
        and not ip_address(connected.getpeername()[0].partition("%")[0]).is_global
    ):
        raise ConnectionRefusedError
    connected.settimeout(LONGEST)


def _hang_up(connected: socket.socket, hung_up: Event) -> None:
    hung_up.set()
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


def _why(error: Exception, host: str) -> str:
    """What went wrong, and what can be done; nothing of what was sent stands in it."""
    match error:
        case ssl.SSLCertVerificationError():
            sentence = _(
                "{host} could not prove that it is {host}: its certificate is not trusted here. Nothing was sent."
            )
        case socket.gaierror():
            sentence = _("There is no server {host}, or no network; look at the name.")
        case TimeoutError():
            sentence = _("{host} did not answer in time.")
        case ConnectionRefusedError():
            sentence = _("Nothing that may be asked answers at {host}; look at the address.")
        case _:
            sentence = _("{host} broke off.")
    return sentence.format(host=host)
