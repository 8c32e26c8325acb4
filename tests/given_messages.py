"""Looks at every message that is said while tests run: translators must have been given it, where it stands.

What is marked where it is defined and translated where it is shown must name the same context in both places; no reader
of the code sees that a command's title goes by `pgettext("key", …)`, so the program itself is asked while it runs.
"""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

from babel.messages.pofile import read_po

from leadtui.language import translate

CATALOGUE = Path(__file__).parents[1] / "locales" / "leadtui.pot"


def given() -> frozenset[tuple[str | None, str]]:
    """Every message of the catalogue for translators, each form of a plural by itself, with its context."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    return frozenset(
        (each.context, form)
        for each in catalogue
        for form in ((each.id,) if isinstance(each.id, str) else each.id)
    )


class NotGiven(AssertionError):
    """A message that no translator gets, or that they get for another place."""


class GivenMessages(NullTranslations):
    """Says every message in English, as no catalogue does; while `looking`, raises NotGiven for one that is not given."""

    def __init__(self) -> None:
        super().__init__()
        self.looking = False
        self._given = given()
        self._asking: list[NullTranslations] = []

    def look(self) -> None:
        """Begin to look; each language's catalogue falls back to this one."""
        for language in ("en", "fa", "ar"):
            sentences = translate.catalogue(language)
            if not any(sentences is each for each in self._asking):
                sentences.add_fallback(self)
                self._asking.append(sentences)
        self.looking = True

    def gettext(self, message: str) -> str:
        """`message`, which has no context."""
        return self._said(None, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for `n`, which has no context."""
        return self._said(None, msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """`message` in its context."""
        return self._said(context, message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """The form for `n` in its context."""
        return self._said(context, msgid1 if n == 1 else msgid2)

    def _said(self, context: str | None, message: str) -> str:
        if self.looking and (context, message) not in self._given:
            raise NotGiven(f"“{message}” in the context {context}")
        return message
