"""Passwords as the store keeps them: Argon2id with the parameters in the hash. Takes some hundredths of a second each time."""

from __future__ import annotations

import base64
import hashlib
import os

from leadtui.store.sign_ins import Hashing

_SALT, _DIGEST = 16, 32
"""In bytes; RFC 9106, section 4."""


def hashed(password: str, by: Hashing) -> str:
    """The hash of a password, with a salt of its own."""
    # Some hundredths of a second to import, and most starts need none of it.
    from argon2 import PasswordHasher

    return PasswordHasher(by.time, by.memory, by.parallelism, _DIGEST, _SALT).hash(password)


def matches(kept: str, password: str) -> bool:
    """Whether that hash is the password's. A hash that is none is nobody's."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str, by: Hashing) -> bool:
    """Whether that hash was made by other parameters than are asked for now."""
    from argon2 import PasswordHasher

    return PasswordHasher(by.time, by.memory, by.parallelism, _DIGEST, _SALT).check_needs_rehash(kept)


def decoy(by: Hashing) -> str:
    """A hash that no password has: to try one against it takes as long as against a person's."""
    salt, digest = (base64.b64encode(os.urandom(size)).rstrip(b"=").decode() for size in (_SALT, _DIGEST))
    return f"$argon2id$v=19$m={by.memory},t={by.time},p={by.parallelism}${salt}${digest}"


def digest(secret: str) -> str:
    """What the store keeps of a token or a code. Both are long and random, so that nobody can try them out."""
    return hashlib.sha256(secret.encode()).hexdigest()
