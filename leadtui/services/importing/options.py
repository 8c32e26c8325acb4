"""What a person may ask of a bulk import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leadtui.domain.importing import Duplicates

__all__ = ["Duplicates", "ImportOptions"]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How files are to be read and what they may change; what is left out is recognised, or the workspace's."""

    mapping: Mapping[str, str] = field(default_factory=dict[str, str])
    """Fields by column: a column's title or number, and a field's key or title. Remembered for the layout."""
    region: str = ""
    """ISO 3166 alpha-2 code by which numbers without a country code are read."""
    duplicates: Duplicates = Duplicates.FILL
    rejects: Path | None = None
    """Where rows go that nobody can be reached by; an earlier file there is replaced."""
    dry_run: bool = False
    """Report only; of all that is written, the file of rejects alone stays."""
    encoding: str = ""
    delimiter: str = ""
    header: bool | None = None

    def to_json(self) -> dict[str, Any]:
        """What is kept with a batch."""
        return {
            "mapping": dict(self.mapping),
            "region": self.region,
            "duplicates": self.duplicates.value,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "header": self.header,
        }
