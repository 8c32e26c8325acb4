"""The reason that a person gives for a step which others must be able to understand later."""

from __future__ import annotations

from leadtui.errors import Invalid
from leadtui.language.text import clean
from leadtui.language.translate import _

REASON_FIELD = "reason"
"""The name under which errors of a reason are reported."""

REASON_LIMIT = 500
"""The longest reason, in letters."""


def read_reason(typed: str) -> str:
    """The reason as it is kept. Raises Invalid where there is none, or it is too long."""
    reason = clean(typed)
    if not reason:
        raise Invalid(_("A reason is needed: others read it later."), REASON_FIELD)
    if len(reason) > REASON_LIMIT:
        raise Invalid(
            _("The reason is too long; {limit} letters fit.").format(limit=f"{REASON_LIMIT:,}"), REASON_FIELD
        )
    return reason
