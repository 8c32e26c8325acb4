"""What giving a status to several customers at once will do, in words, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from leadtui.domain.field import FormatContext
from leadtui.domain.status import CartableRule, Status
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.language.text import safe
from leadtui.language.translate import _, ngettext, npgettext, pgettext, show_number
from leadtui.presentation.outcome import show_when
from leadtui.services.bulk import Result

MOST_MINUTES = 120
"""From so many minutes on what is between two reminders is told in hours."""


def sentences_of_several(
    status: Status,
    owner_id: int | None,
    times: Sequence[datetime],
    definitions: Definitions,
    context: FormatContext,
    actor: Colleague,
    *,
    owner_title: str = "",
    emphasis: tuple[str, str] = ("", ""),
) -> str:
    """Where they go, when somebody is reminded of them, what is planned, in whole sentences.

    `times` are the reminders' in their order, as many as there are customers, or none; `owner_id` is who was chosen
    to take them on, `owner_title` what the form calls that person, `emphasis` as for `outcome_sentences`.
    """
    parts = [
        _where(status, definitions.colleague(owner_id), actor, owner_title, emphasis),
        _reminded(times, context, emphasis),
        _afterwards(status, times),
    ]
    return " ".join(part for part in parts if part)


def _where(
    status: Status, owner: Colleague | None, actor: Colleague, owner_title: str, emphasis: tuple[str, str]
) -> str:
    if status.cartable is CartableRule.NONE:
        return _("They leave every cartable.")
    if status.cartable is CartableRule.STAY:
        return _("Each stays in the cartable that it is in; those of nobody come into yours.")
    if owner is None:
        return _("They move to a colleague's cartable: say whose under “{owner}”.").format(
            owner=safe(owner_title) or pgettext("field", "Next owner")
        )
    if owner.id == actor.id:
        return _("They come into your cartable.")
    return _("They move to {name}'s cartable.").format(name=_marked(safe(owner.name), emphasis))


def _reminded(times: Sequence[datetime], context: FormatContext, emphasis: tuple[str, str]) -> str:
    if not times:
        return ""
    first, last = (_marked(show_when(each, context), emphasis) for each in (times[0], times[-1]))
    count = show_number(len(times), context.language)
    if times[0] == times[-1]:
        words = ngettext(
            "{count} reminder is set: {when}.", "{count} reminders are set, all for {when}.", len(times)
        )
        return words.format(count=count, when=first)
    words = ngettext(
        "{count} reminder is set, from {first} to {last}.",
        "{count} reminders are set, from {first} to {last}.",
        len(times),
    )
    return words.format(count=count, first=first, last=last)


def _marked(words: str, emphasis: tuple[str, str]) -> str:
    before, after = emphasis
    return f"{before}{words}{after}"


def _afterwards(status: Status, times: Sequence[datetime]) -> str:
    if status.final:
        return _("Their reminders are cancelled.")
    if status.retry and not times:
        return _("Each is planned to be tried again as the status says.")
    return ""


def pace_words(times: Sequence[datetime], context: FormatContext) -> str:
    """How the reminders follow one another: `40 reminders, one about every 24 min`; empty where there are not several."""
    if len(times) < 2:
        return ""
    count = show_number(len(times), context.language)
    gaps = sorted(after - before for before, after in pairwise(times))
    minutes = round(gaps[len(gaps) // 2].total_seconds() / 60)  # nights between them say nothing
    if minutes < 1:
        words = npgettext(
            "hint", "{count} reminder, several a minute", "{count} reminders, several a minute", len(times)
        )
    elif minutes < MOST_MINUTES:
        words = npgettext(
            "hint", "{count} reminder, {n} min apart", "{count} reminders, {n} min apart", len(times)
        )
    else:
        minutes = round(minutes / 60)
        words = npgettext(
            "hint", "{count} reminder, {n} hours apart", "{count} reminders, {n} hours apart", len(times)
        )
    return words.format(count=count, n=show_number(minutes, context.language))


def left_words(result: Result, language: str) -> list[str]:
    """What was not done of several and why, each as one part of a list."""
    counted = [
        (result.same, _("{count} needed nothing")),
        (
            result.changed,
            ngettext(
                "{count} was changed meanwhile and left",
                "{count} were changed meanwhile and left",
                result.changed,
            ),
        ),
        (
            result.banned,
            npgettext(
                "notice",
                "{count} must not be called and was left",
                "{count} must not be called and were left",
                result.banned,
            ),
        ),
        (
            result.unplanned,
            npgettext(
                "notice",
                "{count} would have no next step and was left",
                "{count} would have no next step and were left",
                result.unplanned,
            ),
        ),
        (
            result.unwritten,
            npgettext(
                "notice",
                "{count} is not written to: forbidden, not agreed, or without an address",
                "{count} are not written to: forbidden, not agreed, or without an address",
                result.unwritten,
            ),
        ),
        (
            result.beyond,
            npgettext(
                "notice",
                "{count} is beyond what your profile allows and was left",
                "{count} are beyond what your profile allows and were left",
                result.beyond,
            ),
        ),
        (result.gone, _("{count} not there any more")),
    ]
    return [words.format(count=show_number(count, language)) for count, words in counted if count]
