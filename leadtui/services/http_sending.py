"""Asking a gateway over HTTP to send a message: one request, no redirects, never longer than `LONGEST`."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Generator
from contextlib import contextmanager, suppress
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
    secure = parts.scheme != "http"
    connection = (HTTPSConnection if secure else HTTPConnection)(host, parts.port)
    try:
        try:
            connection.sock = _connected(host, connection.port, secure=secure)
        except (OSError, UnicodeError, ValueError) as error:
            return NotTaken(Problem.NOT_REACHED, _why(error, host))
        try:
            with _hung_up_after(LONGEST, connection.sock):
                connection.request(asked.method, target, asked.body or None, dict(asked.headers))
                answer = connection.getresponse()
                content = answer.read(MOST_READ)
                if answer.length and len(content) < MOST_READ:
                    raise IncompleteRead(content)
        except (OSError, HTTPException, ValueError) as error:
            return Doubtful(Problem.NO_ANSWER, _why(error, host))
        waits, elsewhere = (answer.headers.get(each, "") for each in ("Retry-After", "Location"))
        return judge(gateway, answer.status, content, retry_after=waits, location=elsewhere)
    finally:
        connection.close()


def _connected(host: str, port: int, *, secure: bool) -> socket.socket:
    """A socket over which the server has proved who it is, where that is wanted."""
    plain = socket.create_connection((host, port), LONGEST_CONNECTING)
    try:
        _require_allowed(plain)
        if not secure:
            return plain
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        proved = context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
    except BaseException:
        plain.close()
        raise
    try:
        with _hung_up_after(LONGEST_CONNECTING, proved):
            proved.do_handshake()
    except BaseException:
        proved.close()
        raise
    return proved


def _require_allowed(connected: socket.socket) -> None:
    """Raises ConnectionRefusedError where people who are hosted would reach the insides of the server's network."""
    if (
        hosting.folder() is not None
        and not ip_address(connected.getpeername()[0].partition("%")[0]).is_global
    ):
        raise ConnectionRefusedError
    connected.settimeout(LONGEST)


@contextmanager
def _hung_up_after(seconds: float, connected: socket.socket) -> Generator[None]:
    """Hangs up after so long within, and raises TimeoutError: a socket's own timeout begins anew with every byte."""
    hung_up = Event()
    watch = Timer(seconds, _hang_up, [connected, hung_up])
    watch.daemon = True
    watch.start()
    try:
        yield
    except (OSError, HTTPException, ValueError):  # ValueError: hung up on while it was read
        if hung_up.is_set():
            raise TimeoutError from None
        raise
    finally:
        watch.cancel()
    if hung_up.is_set():  # what came until then may look like the whole of it
        raise TimeoutError


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
