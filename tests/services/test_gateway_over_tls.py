"""A gateway over TLS that lets bytes drip is not waited for: neither while it proves who it is nor while it answers."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path

import pytest
import trustme

from leadtui.domain.gateway import Gateway, Values
from leadtui.domain.message import Doubtful, Medium, NotTaken, Outcome, Problem, Taken
from leadtui.services import http_sending

PATIENCE = 0.4

VALUES = Values("+12125550101", "(212) 555-0101", "Dear Mina", "1")


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a server of this machine proves itself by, which is trusted here."""
    authority, trusted = trustme.CA(), tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    monkeypatch.setattr(http_sending, "LONGEST", PATIENCE)
    monkeypatch.setattr(http_sending, "LONGEST_CONNECTING", PATIENCE)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)  # pyright: ignore[reportUnknownMemberType]
    return context


@pytest.fixture
def listening() -> Generator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


def drip(say: Callable[[bytes], object]) -> None:
    """Never lets a reader wait for long, and never ends."""
    for _each in range(200):
        say(b"X: y\r\n")
        time.sleep(0.02)


def drips_proving(peer: socket.socket, _context: ssl.SSLContext) -> None:
    peer.sendall(
        b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb"
    )  # a record of 16,383 bytes begins (RFC 8446, section 5.1)
    drip(lambda said: peer.sendall(said[:1]))


def drips_answering(peer: socket.socket, context: ssl.SSLContext) -> None:
    with context.wrap_socket(peer, server_side=True) as proved:
        proved.recv(4096)
        proved.sendall(b"HTTP/1.1 200 OK\r\n")
        drip(proved.sendall)


def answers(peer: socket.socket, context: ssl.SSLContext) -> None:
    with context.wrap_socket(peer, server_side=True) as proved:
        proved.recv(4096)
        proved.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


def unproved(peer: socket.socket, context: ssl.SSLContext) -> None:
    trustme.CA().issue_cert("localhost").configure_cert(context)  # pyright: ignore[reportUnknownMemberType]
    answers(peer, context)


@pytest.mark.parametrize(
    ("behaves", "outcome"),
    [
        (answers, Taken()),
        (drips_proving, NotTaken(Problem.NOT_REACHED, "localhost did not answer in time.")),
        (drips_answering, Doubtful(Problem.NO_ANSWER, "localhost did not answer in time.")),
        (unproved, NotTaken(Problem.NOT_REACHED)),
    ],
)
def test_what_becomes_of_a_message_where_the_server_over_tls(
    secure: ssl.SSLContext,
    listening: socket.socket,
    behaves: Callable[[socket.socket, ssl.SSLContext], None],
    outcome: Outcome,
) -> None:
    def serve() -> None:
        peer, _address = listening.accept()
        with suppress(OSError), peer:
            behaves(peer, secure)

    threading.Thread(target=serve, daemon=True).start()
    gateway = Gateway(Medium.SMS, f"https://localhost:{listening.getsockname()[1]}/", body="{text} {to}")
    began = time.monotonic()
    found = http_sending.send(gateway, VALUES)
    assert time.monotonic() - began < 3 * PATIENCE + 1
    if behaves is unproved:
        assert isinstance(found, NotTaken)
        assert "could not prove" in found.detail
    else:
        assert found == outcome
