"""Hosted: many people reach leadtui through one account of a server, each by an ssh key of their own, and get no further.

sshd begins the program by the command that stands beside the key. Here is what the program then leaves out: the environment but for
a few names, every file outside of the person's own folder, sign-ins on disk, and whatever would begin another program.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import sys
from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path

from leadtui.errors import Refused
from leadtui.language.text import safe
from leadtui.language.translate import _, format_list

FLAG = "--hosted"

FOLDERS = "people"
"""Beside the store: the folders of the people, one each."""

_KEPT = frozenset(
    {"TERM", "COLORTERM", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LC_TIME", "NO_COLOR"}
)
"""What of the environment is taken over: how the terminal draws, and which language the person reads."""

_HARMLESS = re.compile(r"[A-Za-z0-9._@:+-]{0,64}")
"""What such a variable may say: the name of a terminal or of a locale, and no path."""


@dataclass(slots=True)
class _State:
    folder: Path | None = None
    heard: tuple[str, ...] = ()
    """What Python was told by the environment, which it hears before leadtui can leave it out."""


_state = _State()


def folder() -> Path | None:
    """The only folder that the person has, real and absolute; None where nobody is hosted."""
    return _state.folder


def clean_environment(environment: MutableMapping[str, str]) -> None:
    """Leave nothing in it but what is taken over."""
    if not sys.flags.ignore_environment:
        _state.heard = tuple(sorted(each for each in environment if each.startswith("PYTHON")))
    for name in list(environment):
        if name not in _KEPT or not _HARMLESS.fullmatch(environment[name]):
            del environment[name]
    environment["PATH"] = os.defpath


def begin(store: str, email: str) -> Path:
    """Host the person of that address from now on, in their folder beside the store, which is made; for good.

    Raises Refused where it cannot be made, and where Python itself was told something by the environment.
    """
    if _state.heard:
        raise Refused(
            _(
                "Python hears {names} before leadtui can leave it out; begin it by `python -I -m leadtui --hosted`, as "
                "docs/security.md says."
            ).format(names=format_list(map(safe, _state.heard)))
        )
    place = _folder_of(store, email)
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _state.folder = place.resolve()
        os.chdir(_state.folder)
    except OSError as error:
        raise Refused(
            _("The folder {folder} cannot be used: {reason}.").format(
                folder=safe(str(place)), reason=error.strerror or str(error)
            )
        ) from error
    # From here on `~` and what is named without a folder are in it.
    os.environ["HOME"] = str(_state.folder)
    os.umask(0o077)
    for name in ("SIGTSTP", "SIGQUIT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    return _state.folder


def end() -> None:
    """Host nobody any more, for a program that goes on with something else."""
    _state.folder, _state.heard = None, ()


def require_within(path: Path) -> None:
    """Raises Refused where somebody is hosted and the path, wherever its links lead, is not in their folder."""
    own = _state.folder
    if own is None:
        return
    try:
        inside = path.resolve().is_relative_to(own)
    except (OSError, RuntimeError, ValueError):
        inside = False
    if not inside:
        raise Refused(
            _("{file} is outside of your folder; here you have no other.").format(file=safe(str(path)))
        )


def is_top(path: Path) -> bool:
    """Whether nothing above this folder is shown."""
    return _state.folder is not None and not path.resolve().parent.is_relative_to(_state.folder)


def _folder_of(store: str, email: str) -> Path:
    """Named by the address, so that whoever brings files in and out knows it."""
    plain = re.sub(r"[^a-z0-9@+_.-]", "_", email).lstrip(".")[:80]
    if plain != email:
        plain = f"{plain}-{hashlib.sha256(email.encode()).hexdigest()[:8]}"
    return Path(store).absolute().parent / FOLDERS / plain
