"""Forks a worker for each line that it reads, and kills it after a while: starting Python each time would cost far more.

A line is: kind, folder, seed, seconds until the kill. It answers "killed" or "ended".
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from kills.workers import run


def _work(kind: str, folder: Path, seed: int, ready: int) -> None:
    status = 1
    open_ends = [ready]

    def say() -> None:
        while open_ends:
            os.close(open_ends.pop())

    try:
        run(kind, folder, seed, say)
        status = 0
    finally:
        os._exit(status)


def _end(child: int, seconds: float) -> int:
    """Wait so long for the child's end, then kill it; the status with which it ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def main() -> None:
    """Serve until there are no more lines."""
    for line in sys.stdin:
        kind, folder, seed, seconds = line.split("\t")
        began, ready = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(began)
            _work(kind, Path(folder), int(seed), ready)
        os.close(ready)
        os.read(began, 1)  # ends as soon as the child closes its side
        os.close(began)
        status = _end(child, float(seconds))
        how = "killed" if os.WIFSIGNALED(status) else "ended" if status == 0 else "failed"
        sys.stdout.write(f"{how}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
