"""The sign-ins that a person keeps on their own machine account: a file for each store and address, its owner's alone."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import cast

from leadtui import hosting, paths
from leadtui.errors import Refused
from leadtui.language.text import safe
from leadtui.language.translate import _
from leadtui.small_file import read_small_file
from leadtui.whole_file import unwritable, whole_file

KEEP_VARIABLE = "LEADTUI_KEEP_SIGN_IN"
"""0 keeps none on this account, 1 keeps them although several people sign in on it; else it is seen from who has."""

_LARGEST = 10_000
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read_secret(path: Path) -> str:
    """The first line of a file that nobody but the account may read. Raises Refused where others may, or it is not there."""
    try:
        about = path.stat()
        if sys.platform != "win32" and (about.st_mode & _OTHERS or about.st_uid not in (os.geteuid(), 0)):
            raise Refused(
                _(
                    "{file} may be read by others, so that it proves nothing; take that back with `chmod 600`."
                ).format(file=safe(str(path)))
            )
        text = read_small_file(path, _LARGEST).decode()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refused(
            _("{file} cannot be read: {reason}.").format(file=safe(str(path)), reason=reason)
        ) from error
    return text.partition("\n")[0].rstrip("\r")


def find(store_key: str, email: str) -> tuple[str, str]:
    """The address and token of the sign-in that is kept for an address; without one, of the only one. Empty where there is none.

    Raises Refused where others may read it.
    """
    if hosting.folder() is not None:
        return "", ""
    path = _file(store_key, email) if email else _only_file(store_key)
    return ("", "") if path is None or not path.is_file() else _read(path)


def _read(path: Path) -> tuple[str, str]:
    """The address and token in a file. Raises Refused where others may read it."""
    try:
        kept = json.loads(read_secret(path))
    except ValueError:
        return "", ""
    if not isinstance(kept, dict):
        return "", ""
    words = cast("dict[str, object]", kept)
    return str(words.get("email", "")), str(words.get("token", ""))


def keep(store_key: str, email: str, token: str, end: Callable[[str], object]) -> bool:
    """Keep a sign-in; whether it is kept. It is not where several people use the account: then nobody's is any longer.

    What was kept of the others until then could be read by whoever sits there: `end` ends the sign-in of a token.

    Raises Refused where it cannot be written.
    """
    if not is_kept_here(store_key):
        return False
    path = _file(store_key, email)
    others = [each for each in _files(store_key) if each != path]
    if others and os.environ.get(KEEP_VARIABLE) != "1":
        for each in others:
            with suppress(Refused):  # what cannot be read proves nothing
                end(_read(each)[1])
        for each in (*others, path):
            each.unlink(missing_ok=True)
        _write(_mark(store_key), "{}")
        return False
    _write(path, json.dumps({"email": email, "token": token}))
    return True


def forget(store_key: str, email: str) -> None:
    """Keep the sign-in of that address no longer."""
    with suppress(OSError):
        _file(store_key, email).unlink(missing_ok=True)


def is_kept_here(store_key: str) -> bool:
    """Whether sign-ins may be kept on this account: of nobody who is hosted."""
    if hosting.folder() is not None:
        return False
    said = os.environ.get(KEEP_VARIABLE, "")
    return said == "1" or (said != "0" and not _mark(store_key).exists())


def _write(path: Path, text: str) -> None:
    folder = path.parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    with whole_file(path, force=True) as file:
        file.write(text.encode())


def _file(store_key: str, email: str) -> Path:
    address = hashlib.sha256(email.encode()).hexdigest()[:16]
    return paths.sign_ins_folder() / f"{_plain(store_key)}-{address}.json"


def _mark(store_key: str) -> Path:
    """There once several people have signed in on this account."""
    return paths.sign_ins_folder() / f"{_plain(store_key)}.several"


def _files(store_key: str) -> list[Path]:
    with suppress(OSError):
        return sorted(paths.sign_ins_folder().glob(f"{_plain(store_key)}-*.json"))
    return []


def _only_file(store_key: str) -> Path | None:
    found = _files(store_key)
    return found[0] if len(found) == 1 else None


def _plain(store_key: str) -> str:
    """A store may say anything of itself: of that no path is made."""
    return re.sub(r"[^0-9a-f]", "", store_key)[:64] or "0"
