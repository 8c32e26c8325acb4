"""What a person may see: which customers at all, and of which of them the numbers and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from leadtui.domain.do_not_call import Ban
from leadtui.domain.field import Answer, AnswerValue, FieldKind
from leadtui.domain.lead import Activity, ActivityDetail, ActivityKind, Lead
from leadtui.domain.lead_fields import BUILT_IN, REACHING_KINDS, BuiltInKind
from leadtui.domain.permission import Permission
from leadtui.domain.view import custom_key
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.language.text import fold_digits
from leadtui.language.translate import pgettext

_REACHING = tuple(each for each in BUILT_IN if each.reaches)
_OF_OTHERS = tuple(each for each in BUILT_IN if each.names_another)
_REACHING_COLUMNS = frozenset(each.key for each in (*_REACHING, *_OF_OTHERS))
_REACHING_CHANGES = frozenset({*(each.key for each in _REACHING), *(each.column for each in _REACHING)})
_CALLS = frozenset({ActivityKind.CALL, ActivityKind.CALL_IN, ActivityKind.CALL_OUT})
_BANS = frozenset({ActivityKind.CALLS_FORBIDDEN, ActivityKind.CALLS_ALLOWED})
_ARRIVALS = frozenset({ActivityKind.CREATED, ActivityKind.TOUCHED})

_REACHING_WORDS = re.compile(r"\S*@\S+|\+?\d(?:[\s\-–./()]*\d){4,}")
"""An e-mail address, or five digits and more with what people write between them."""


@dataclass(frozen=True, slots=True)
class Visibility:
    """What one person sees of the customers.

    `all_customers` is off for whoever sees those of their own cartable alone, `all_numbers` for whoever
    sees numbers and e-mail addresses of these alone. `reaching_keys` are the workspace's own fields
    of the REACHING_KINDS.
    """

    person_id: int
    all_customers: bool = True
    all_numbers: bool = True
    reaching_keys: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether nothing is hidden from the person."""
        return self.all_customers and self.all_numbers

    def can_see(self, owner_id: int | None) -> bool:
        """Whether the person sees a customer who is in that person's cartable, or in nobody's."""
        return self.all_customers or owner_id == self.person_id

    def can_see_numbers(self, owner_id: int | None) -> bool:
        """Whether the person sees how such a customer can be reached."""
        return self.whole or owner_id == self.person_id

    def hides_sort(self, sort: str) -> bool:
        """Whether the order of a `View.sort` would tell what is hidden."""
        return not self.all_numbers and (sort in _REACHING_COLUMNS or custom_key(sort) in self.reaching_keys)

    def redact(self, lead: Lead) -> Lead:
        """The lead as the person may see it: with `numbers_hidden` and without them where they may not."""
        if self.can_see_numbers(lead.owner_id):
            return lead
        hidden = {each.column: () if each.kind is BuiltInKind.NUMBERS else "" for each in _REACHING}
        blanked = {each.column: without_numbers(each.value(lead)) for each in _OF_OTHERS}
        custom = self._redact_custom(lead.custom)
        return replace(lead, **hidden, **blanked, custom=custom, numbers_hidden=True)

    def redact_activity(self, activity: Activity, owner_id: int | None) -> Activity:
        """An entry of the timeline of a customer of that owner, as the person may see it. What people wrote stays."""
        if self.can_see_numbers(owner_id):
            return activity
        return replace(activity, detail=self._redact_detail(activity.kind, activity.detail))

    def redact_ban(self, ban: Ban, owner_id: int | None) -> Ban:
        """Why a customer of that owner must not be rung, as the person may see it."""
        return ban if self.can_see_numbers(owner_id) or not ban.e164 else replace(ban, e164=hidden_words())

    def _redact_custom(self, custom: Mapping[str, AnswerValue]) -> Mapping[str, AnswerValue]:
        return {key: value for key, value in custom.items() if key not in self.reaching_keys}

    def _redact_detail(self, kind: ActivityKind, detail: ActivityDetail) -> ActivityDetail:
        # What came in with a customer is no person's note: it is whatever no column had room for.
        arrived = without_numbers(detail.text) if kind in _ARRIVALS else detail.text
        return replace(
            detail,
            text="" if kind in _CALLS else arrived,
            source="" if kind in _BANS else detail.source,
            answers=tuple(_redact_answer(each) for each in detail.answers),
            kept_name=without_numbers(detail.kept_name),
            lost_name=without_numbers(detail.lost_name),
            changes=tuple(self._redact_change(*each) for each in detail.changes),
            numbers_hidden=True,
        )

    def _redact_change(self, key: str, before: str, after: str) -> tuple[str, str, str]:
        if key in _REACHING_CHANGES or key in self.reaching_keys:
            return key, hidden_words() if before else "", hidden_words() if after else ""
        return key, without_numbers(before), without_numbers(after)


def visibility_of(person: Colleague, definitions: Definitions) -> Visibility:
    """What that person's profile lets them see."""
    return Visibility(
        person.id,
        all_customers=person.may(Permission.SEE_CUSTOMERS),
        all_numbers=person.may(Permission.SEE_NUMBERS),
        reaching_keys=frozenset(each.key for each in definitions.fields if each.kind in REACHING_KINDS),
    )


def hidden_words() -> str:
    """What stands in the place of a number or an e-mail address that the person may not see."""
    return pgettext("customer", "hidden")


def without_numbers(text: str) -> str:
    """The text with the numbers and e-mail addresses in it replaced by `hidden_words`."""
    if len(text) < 5:
        return text
    # Digits fold one to one, so that places in the folded text are places in the text.
    folded = fold_digits(text)
    parts: list[str] = []
    end = 0
    for found in _REACHING_WORDS.finditer(folded):
        parts += [text[end : found.start()], hidden_words()]
        end = found.end()
    return "".join((*parts, text[end:]))


def _redact_answer(answer: Answer) -> Answer:
    if answer.kind not in REACHING_KINDS:
        return answer
    return replace(answer, kind=FieldKind.TEXT, value=hidden_words())
