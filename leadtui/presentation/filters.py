"""A filter of all customers, told in a few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.lead_fields import CITY, answer_title, filtered_words, own_fields
from leadtui.domain.view import PLAN_WORDS, YES, AnswerFilter, Calls, FieldFilter, LeadFilter, Plan, SavedView
from leadtui.language.text import brief
from leadtui.language.translate import P_, _, counted, format_list, pgettext, quoted
from leadtui.presentation.formatter import Formatter


def filter_words(chosen: LeadFilter, formatter: Formatter) -> str:
    """What the filter lets through, such as "New, Follow-up · me · Tehran"."""
    definitions = formatter.definitions
    statuses = [each.title for each in definitions.statuses if each.id in chosen.status_ids]
    owners = [formatter.owner(each.id) for each in definitions.colleagues if each.id in chosen.owner_ids]
    needs = [each.title for each in definitions.needs if each.id in chosen.need_ids]
    words = {
        each.key: [word or none_word() for word in sorted(getattr(chosen, place.part))]
        for each, place in filtered_words()
        if each.key not in definitions.sight.hidden
    }
    parts = [
        ([pgettext("status", "New")] if chosen.without_status else []) + statuses,
        ([pgettext("filter", "nobody's")] if chosen.without_owner else []) + owners,
        words.pop(CITY, []),
        ([pgettext("filter", "no channel")] if chosen.without_channel else [])
        + [each.title for each in definitions.channels if each.id in chosen.channel_ids],
        _dates(chosen, formatter),
        ([pgettext("filter", "no need")] if chosen.without_need else []) + needs,
        *words.values(),
        [pgettext("filter", PLAN_WORDS[each]) for each in Plan if each in chosen.plans],
        _worked(chosen, formatter),
        [pgettext("filter", CALLS_WORDS[each]) for each in Calls if each in chosen.calls],
        [pgettext("filter", "of who has left")] if chosen.owner_left else [],
        [pgettext("filter", "never rung")] if chosen.never_rung else [],
        *([_field_words(each, own_fields(definitions), formatter)] for each in chosen.fields),
        *([_answer_words(each, formatter)] for each in chosen.answers),
    ]
    return " · ".join(format_list(part) for part in parts if part)


def out_of_use_sentence(view: SavedView) -> str:
    """That a saved view goes without fields that it asks for, where it does."""
    words = _("The view “{title}” asks for what is not in use any more and goes without it: {fields}.")
    return words.format(title=brief(view.title, _TITLE_WIDTH), fields=format_list(view.out_of_use))


_TITLE_WIDTH = 40


def none_word() -> str:
    """What stands for nothing in a field, where words of it are told or typed."""
    return pgettext("filter", "(none)")


def _answer_words(chosen: AnswerFilter, formatter: Formatter) -> str:
    status = formatter.definitions.status(chosen.status_id)
    if status is None:
        return ""
    fields = [replace(each, title=answer_title(status, each)) for each in status.open_fields]
    return _field_words(chosen.wanted, fields, formatter)


def _field_words(chosen: FieldFilter, fields: Iterable[Field], formatter: Formatter) -> str:
    field = next((each for each in fields if each.key == chosen.key), None)
    if field is None:
        return ""
    if chosen.options:
        words = format_list(_option(field.kind, each, formatter) for each in sorted(chosen.options))
    elif chosen.contains:
        words = quoted(chosen.contains)
    elif chosen.none and not (chosen.least or chosen.most):
        words = ""
    else:
        ends = (chosen.least, chosen.most)
        words = "–".join(formatter.answer(field.kind, each) if each else "" for each in ends)
    parts = [part for part in (words, none_word() if chosen.none else "") if part]
    return pgettext("pattern", "{field}: {value}").format(field=field.title, value=format_list(parts))


def _option(kind: FieldKind, option: str, formatter: Formatter) -> str:
    match kind:
        case FieldKind.YES_NO:
            return pgettext("choice", "yes") if option == YES else pgettext("choice", "no")
        case FieldKind.WEEKDAY | FieldKind.PERSON if option.isdigit():
            return formatter.answer(kind, int(option))
        case _:
            return option


CALLS_WORDS = {
    Calls.FORBIDDEN: P_("filter", "calls forbidden"),
    Calls.ALLOWED: P_("filter", "calls allowed"),
}


def _worked(chosen: LeadFilter, formatter: Formatter) -> list[str]:
    """When something is next, when somebody was last in touch, and how often it was tried."""
    words: list[str] = []
    for title, least, before in (
        (pgettext("filter", "next {days}"), chosen.next_from, chosen.next_before),
        (pgettext("filter", "last contact {days}"), chosen.contacted_from, chosen.contacted_before),
        (pgettext("filter", "first call {days}"), chosen.first_call_from, chosen.first_call_before),
        (pgettext("filter", "last call {days}"), chosen.last_call_from, chosen.last_call_before),
    ):
        days = _between(least, before, formatter)
        if days:
            words.append(title.format(days=format_list(days)))
    if chosen.untouched_since is not None:
        day = formatter.date(chosen.untouched_since)
        words.append(pgettext("filter", "untouched since {day}").format(day=day))
    if chosen.least_attempts:
        count = counted(chosen.least_attempts)
        words.append(pgettext("filter", "{count} attempts or more").format(count=count))
    return words


def _dates(chosen: LeadFilter, formatter: Formatter) -> list[str]:
    return _between(chosen.entered_from, chosen.entered_before, formatter)


def _between(least: datetime | None, before: datetime | None, formatter: Formatter) -> list[str]:
    words: list[str] = []
    if least is not None:
        words.append(pgettext("filter", "from {day}").format(day=formatter.date(least)))
    if before is not None:
        last = before - timedelta(microseconds=1)
        words.append(pgettext("filter", "until {day}").format(day=formatter.date(last)))
    return words
