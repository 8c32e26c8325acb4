"""`--confirm`: the name that is typed before a step that is an owner's own; at a terminal it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from leadtui.cli.options import text_option
from leadtui.cli.output import ask, on_a_terminal, tell
from leadtui.errors import Unconfirmed
from leadtui.language.translate import N_, _

Result = TypeVar("Result")

ConfirmOption = Annotated[
    str,
    text_option("TITLE", N_("The name of the workspace, to confirm a change of its owners."), "--confirm"),
]


def confirmed(typed: str, step: Callable[[], Result]) -> Result:
    """Do the step; what it has to be confirmed by is asked for at a terminal. Raises Unconfirmed."""
    from leadtui.services import confirming

    try:
        return confirming.confirmed(typed, step)
    except Unconfirmed as wanted:
        if typed or not on_a_terminal():
            raise
        tell(wanted.about)
        return confirming.confirmed(
            ask(_("Type “{expected}” to confirm").format(expected=wanted.expected)), step
        )
