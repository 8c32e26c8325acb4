"""A gateway over HTTP that keeps what it gets, and answers, hangs or breaks off as a test wants it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

from leadtui.domain.gateway import Gateway
from leadtui.domain.message import Medium


@dataclass(frozen=True, slots=True)
class Got:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: str

    @property
    def text(self) -> str:
        """What the message says."""
        return str(json.loads(self.body)["text"])


Behaviour = Callable[[BaseHTTPRequestHandler, Got], None]
"""What it does with a request."""


def answer(status: int, content: str = "", **headers: str) -> Behaviour:
    """Answers so."""

    def behave(handler: BaseHTTPRequestHandler, _got: Got) -> None:
        written = content.encode()
        handler.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(written))}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(written)

    return behave


def break_off(handler: BaseHTTPRequestHandler, _got: Got) -> None:
    """Says nothing and closes."""
    handler.close_connection = True


def break_off_amid(handler: BaseHTTPRequestHandler, _got: Got) -> None:
    """Begins to answer and closes."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b'{"st')


class GatewayServer:
    """Keeps what it delivered: what it answered with yes, or would have. One that `dedupes` delivers each key once."""

    def __init__(self, *, dedupes: bool = False) -> None:
        self.got: list[Got] = []
        self.delivered: Counter[str] = Counter()
        """How often each text was delivered."""
        self.behaviour: Behaviour = answer(200, '{"status": "ok"}')
        self.delivers: Callable[[Got], bool] = lambda _got: True
        self.ended = Event()
        self._keys: set[str] = set()
        self._dedupes = dedupes
        self._lock = Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # so http.server calls it
                server._take(self)

            def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def gateway(self, **more: Any) -> Gateway:
        """The gateway that is set for it."""
        return Gateway(
            Medium.SMS,
            f"http://127.0.0.1:{self._server.server_address[1]}/send",
            headers=(("Content-Type", "application/json"), ("Authorization", "Bearer {secret}")),
            body='{"to": "{to}", "text": "{text}"}',
            key_header="Idempotency-Key" if self._dedupes else "",
            **more,
        )

    def close(self) -> None:
        """No more."""
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()

    def _take(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length", 0))
        body = handler.rfile.read(length).decode()
        if len(body.encode()) < length:  # whoever sent it was stopped
            return
        got = Got(handler.command, handler.path, dict(handler.headers), body)
        with self._lock:
            self.got.append(got)
            key = handler.headers.get("Idempotency-Key", "")
            if self.delivers(got) and not (self._dedupes and key in self._keys):
                self._keys.add(key)
                self.delivered[got.text] += 1
            behaviour = self.behaviour
        try:
            behaviour(handler, got)
        except OSError:
            handler.close_connection = True
