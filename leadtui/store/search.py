"""Finding customers by a part of a name, city, e-mail address or number."""

from __future__ import annotations

from collections.abc import Iterable

from leadtui.language.text import search_key


def search_text(name: str, city: str, email: str, numbers: Iterable[str]) -> str:
    """What a customer is found by: goes to `lead.search_key`, in its only form.

    A line each for the name, its further words, the city, the e-mail address and each number in
    E.164, folded by search_key.
    """
    lines = [search_key(name)]
    lines += [search_key(word) for word in name.split()[1:]]
    lines += [search_key(city), search_key(email)]
    lines += [number.removeprefix("+") for number in numbers]
    return "".join(LINE + line for line in lines if line)

LINE = "\n\n"
