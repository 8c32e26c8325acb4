"""The errors that leadtui expects: each carries one sentence that a person can act on."""

from __future__ import annotations

from datetime import datetime


class LeadtuiError(Exception):
    """Something went wrong in a way that was foreseen; `str(error)` is a sentence for the person."""


class Refused(LeadtuiError):
    """The step is not allowed by a rule, a permission or the present state of the lead."""


class Invalid(LeadtuiError):
    """What was typed cannot be used. `field` is the key of the form field that the sentence stands beside."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class InvalidAnswers(Invalid):
    """Several fields of one form are wrong at once."""

    def __init__(self, problems: tuple[Invalid, ...]) -> None:
        super().__init__(
            " ".join(str(problem) for problem in problems), problems[0].field if problems else ""
        )
        self.problems = problems


class Unconfirmed(Invalid):
    """The step is an owner's own and is done once the person has typed `expected`; `about` says what is to be confirmed."""

    def __init__(self, sentence: str, about: str, expected: str) -> None:
        super().__init__(sentence, "confirmation")
        self.about = about
        self.expected = expected


class NotFound(LeadtuiError):
    """What was named does not exist in this workspace."""


class Conflict(LeadtuiError):
    """Somebody else changed the same thing in the meantime; nothing was written.

    `lead_id`, `actor_id` and `at` (aware UTC) say which lead, who and when, as far as that is known.
    """

    def __init__(
        self,
        sentence: str,
        *,
        lead_id: int | None = None,
        actor_id: int | None = None,
        at: datetime | None = None,
    ) -> None:
        super().__init__(sentence)
        self.lead_id = lead_id
        self.actor_id = actor_id
        self.at = at


class StoreError(LeadtuiError):
    """The store cannot be opened, read or written; the sentence says what to do."""


class Unreadable(LeadtuiError):
    """A file (an import, a template, a theme) cannot be read; the sentence names it and the fix."""
