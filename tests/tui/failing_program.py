"""The program, in which something fails that nobody foresaw: from a signal on, the next call of a function of that name.

Run with the function, a word of the path of its file, and the program's own arguments. What fails quotes a customer.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import Any


def fail_in(name: str, path: str) -> None:
    """From SIGUSR1 on the next call of such a function raises, wherever the program is."""

    def profile(frame: FrameType, event: str, _arg: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_name == name and path in code.co_filename:
            sys.setprofile(None)
            raise LookupError("Mina Sadeghi, +1 212 555 0101")

    signal.signal(signal.SIGUSR1, lambda _number, _frame: sys.setprofile(profile))


if __name__ == "__main__":
    from leadtui.__main__ import run

    fail_in(sys.argv[1], sys.argv[2])
    sys.argv = ["leadtui", *sys.argv[3:]]
    run()
