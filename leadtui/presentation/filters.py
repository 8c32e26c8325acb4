"""A filter of all customers, told in a few words."""

from __future__ import annotations

from datetime import datetime, timedelta

from leadtui.domain.field import FieldKind, show_answer
from leadtui.domain.field_filter import YES, FieldFilter
from leadtui.domain.view import LeadFilter
from leadtui.language import calendar
from leadtui.language.translate import _
from leadtui.services.session import Session


def filter_words(chosen: LeadFilter, session: Session) -> str:
    """What the filter lets through, such as "New, Follow-up · me · Tehran"."""
    definitions = session.definitions
    statuses = [each.title for each in definitions.statuses if each.id in chosen.status_ids]
    owners = [
        _("me") if each.id == session.actor.id else each.name
        for each in definitions.colleagues
        if each.id in chosen.owner_ids
    ]
    channels = [each.title for each in definitions.channels if each.id in chosen.channel_ids]
    needs = [each.title for each in definitions.needs if each.id in chosen.need_ids]
    parts = [
        ([_("New")] if chosen.without_status else []) + statuses,
        ([_("nobody's")] if chosen.without_owner else []) + owners,
        sorted(chosen.cities),
        channels,
        _dates(chosen, session),
        ([_("no need")] if chosen.without_need else []) + needs,
        sorted(chosen.grades),
        *([_field_words(each, session)] for each in chosen.fields),
    ]
    return " · ".join(_(", ").join(part) for part in parts if part)


def _field_words(chosen: FieldFilter, session: Session) -> str:
    field = next((each for each in session.definitions.open_fields if each.key == chosen.key), None)
    if field is None:
        return ""
    context = session.format_context()
    if chosen.options:
        words = _(", ").join(_option_words(field.kind, each, session) for each in sorted(chosen.options))
    elif chosen.contains:
        words = f"“{chosen.contains}”"
    else:
        least, most = (
            show_answer(field.kind, each, context) if each else "" for each in (chosen.least, chosen.most)
        )
        words = f"{least}–{most}"
    return _("{field}: {value}").format(field=field.title, value=words)


def _option_words(kind: FieldKind, option: str, session: Session) -> str:
    match kind:
        case FieldKind.YES_NO:
            return _("yes") if option == YES else _("no")
        case FieldKind.WEEKDAY | FieldKind.PERSON if option.isdigit():
            return show_answer(kind, int(option), session.format_context())
        case _:
            return option


def _dates(chosen: LeadFilter, session: Session) -> list[str]:
    words: list[str] = []
    if chosen.entered_from is not None:
        words.append(_("from {day}").format(day=_day(chosen.entered_from, session)))
    if chosen.entered_before is not None:
        last = chosen.entered_before - timedelta(microseconds=1)
        words.append(_("until {day}").format(day=_day(last, session)))
    return words


def _day(at: datetime, session: Session) -> str:
    return calendar.show_date(
        at, session.calendar, session.language, zone=session.workspace.zone, style="numeric"
    )
