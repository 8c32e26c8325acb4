"""Compiles the translations when a wheel is built and when a checkout is installed to be worked on."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledTranslations(BuildHookInterface[Any]):
    """Puts a `.mo`, which is what the program reads, beside each `.po`, which is what translators write."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- hatchling's own
        """Compile before the files of the package are gathered."""
        for written in Path(self.root, "leadtui/language/locales").glob("*/LC_MESSAGES/*.po"):
            compiled = BytesIO()
            with written.open("rb") as file:
                write_mo(compiled, read_po(file))
            # A program that runs from this checkout reads the old file or the new one, never a half.
            new = written.with_suffix(".mo.new")
            new.write_bytes(compiled.getvalue())
            new.replace(written.with_suffix(".mo"))
