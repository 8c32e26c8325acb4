"""The options of a field that is defined: one of customers, or one that a status asks for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Annotated

import typer

from leadtui.cli.options import text_option
from leadtui.domain.field import Field, FieldKind
from leadtui.language.translate import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOptions:
    """What was typed of a field; each name is that of an option, and what was not said stays as it is."""

    kind: Annotated[
        FieldKind | None, typer.Option(show_default=False, help=N_("The kind of answer; text for a new one."))
    ] = None
    option: Annotated[
        list[str], text_option("TEXT", N_("What a choice offers. Several times, in their order."), "--option")
    ] = field(default_factory=list[str])

    def applied(self, to: Field) -> Field:
        """The field with what was said."""
        return replace(to, kind=self.kind or to.kind, options=tuple(self.option) or to.options)
