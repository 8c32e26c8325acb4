"""Which customers a command is about, and in which order: the options that say it, and the view that they mean."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo

import typer

from leadtui.cli.matching import (
    CHANNEL,
    COLUMN,
    FIELD,
    NEED,
    Kind,
    chosen,
    chosen_person,
    chosen_status,
    matching,
    unclear,
)
from leadtui.cli.options import text_option
from leadtui.cli.output import tell
from leadtui.domain.field import Field, FieldKind, read_answer, read_day
from leadtui.domain.lead_entry import no_such_field
from leadtui.domain.lead_fields import CHANNEL as CHANNEL_KEY
from leadtui.domain.lead_fields import (
    ENTERED_AT,
    SORT_KEYS,
    filtered_words,
    find_field,
    own_fields,
    table_fields,
)
from leadtui.domain.lead_fields import NEED as NEED_KEY
from leadtui.domain.view import (
    CHOSEN_KINDS,
    NO,
    RANGE_KINDS,
    YES,
    AnswerFilter,
    Calls,
    ColumnChoice,
    FieldFilter,
    LeadFilter,
    Plan,
    View,
)
from leadtui.domain.workspace import Channel, Need
from leadtui.errors import Invalid
from leadtui.language.text import search_key
from leadtui.language.translate import N_, P_, _, pgettext
from leadtui.presentation.filters import out_of_use_sentence

if TYPE_CHECKING:
    from leadtui.services.session import Session

NOBODY = P_("person", "nobody")
NEW = "new"
"""Words that stand for no owner, and for no status yet."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ViewOptions:
    """What was typed of which customers, in which order; each name is that of an option."""

    status: Annotated[
        list[str], text_option("STATUS", N_("Only this status, by key or title; “new” for none yet."))
    ] = dataclasses.field(default_factory=list[str])
    owner: Annotated[
        list[str], text_option("PERSON", N_("Only this owner, by e-mail or name; “me”; “nobody”."))
    ] = dataclasses.field(default_factory=list[str])
    city: Annotated[list[str], text_option("CITY", N_("Only this city; “” for none."))] = dataclasses.field(
        default_factory=list[str]
    )
    channel: Annotated[
        list[str], text_option("CHANNEL", N_("Only this latest entry channel, by key or title; “” for none."))
    ] = dataclasses.field(default_factory=list[str])
    since: Annotated[
        str | None, text_option("DAY", N_("Only who came in on this day or later."), "--from")
    ] = None
    until: Annotated[
        str | None, text_option("DAY", N_("Only who came in on this day or earlier."), "--to")
    ] = None
    find: Annotated[str, text_option("TEXT", N_("Only who has this in name, phone, e-mail or city."))] = ""
    sort: Annotated[
        str,
        text_option(
            "COLUMN", N_("Sort by a column, a field of your own included. Else by date, the newest first.")
        ),
    ] = ""
    reverse: Annotated[bool, typer.Option("--reverse", help=N_("Turn the order round."))] = False
    need: Annotated[list[str], text_option("NEED", N_("Only this need, by key or title; “” for none."))] = (
        dataclasses.field(default_factory=list[str])
    )
    grade: Annotated[list[str], text_option("GRADE", N_("Only this grade; “” for none."))] = (
        dataclasses.field(default_factory=list[str])
    )
    field: Annotated[
        list[str],
        text_option(
            "FIELD=VALUE",
            N_(
                "Only who has this in a field of your own: a choice, a part of a text, or from..until; “FIELD=” for nothing."
            ),
            "--field",
        ),
    ] = dataclasses.field(default_factory=list[str])
    overdue: Annotated[
        bool, typer.Option("--overdue", help=N_("Only those of a cartable whose next step's time has come."))
    ] = False
    nothing_planned: Annotated[
        bool, typer.Option("--nothing-planned", help=N_("Only those of a cartable without a next step."))
    ] = False
    never_called: Annotated[
        bool, typer.Option("--never-called", help=N_("Only those of a cartable whom nobody has contacted."))
    ] = False
    next_from: Annotated[
        str | None, text_option("DAY", N_("Only whose next step is on this day or later."))
    ] = None
    next_to: Annotated[
        str | None, text_option("DAY", N_("Only whose next step is on this day or earlier."))
    ] = None
    contacted_from: Annotated[
        str | None, text_option("DAY", N_("Only who was last contacted on this day or later."))
    ] = None
    contacted_to: Annotated[
        str | None, text_option("DAY", N_("Only who was last contacted on this day or earlier."))
    ] = None
    first_call_from: Annotated[
        str | None, text_option("DAY", N_("Only who was first rung on this day or later."))
    ] = None
    first_call_to: Annotated[
        str | None, text_option("DAY", N_("Only who was first rung on this day or earlier."))
    ] = None
    last_call_from: Annotated[
        str | None, text_option("DAY", N_("Only who was last rung on this day or later."))
    ] = None
    last_call_to: Annotated[
        str | None, text_option("DAY", N_("Only who was last rung on this day or earlier."))
    ] = None
    never_rung: Annotated[bool, typer.Option("--never-rung", help=N_("Only whom nobody has ever rung."))] = (
        False
    )
    answered: Annotated[
        list[str],
        text_option(
            "STATUS:FIELD=VALUE",
            N_(
                "Only who was given this status and answered this to a field of it the last time, as for --field."
            ),
            "--answered",
        ),
    ] = dataclasses.field(default_factory=list[str])
    untouched_since: Annotated[
        str | None, text_option("DAY", N_("Only whom nobody has worked or rung since this day began."))
    ] = None
    attempts: Annotated[
        int,
        typer.Option(
            "--attempts", min=0, metavar="N", show_default=False, help=N_("Only who was tried so often.")
        ),
    ] = 0
    calls: Annotated[
        Calls | None, typer.Option("--calls", help=N_("Only who must not be rung, or who may be."))
    ] = None
    owner_left: Annotated[
        bool, typer.Option("--owner-left", help=N_("Only whose owner works here no more."))
    ] = False
    view: Annotated[
        str | None,
        text_option("TITLE", N_("As in a saved view; what else is given goes before it."), "--view"),
    ] = None


def chosen_view(session: Session, asked: ViewOptions) -> View:
    """The list that the options ask for; what is given goes before what the saved view says.

    Raises NotFound or Invalid for the first that means nothing.
    """
    view = _view(session, asked)
    if asked.view is None:
        return view
    from leadtui.services.views import find_view

    saved = find_view(session, asked.view)
    if saved.out_of_use:
        tell(out_of_use_sentence(saved))
    kept = saved.arrangement.view
    parts = {each.name: getattr(view.filter, each.name) for each in fields(LeadFilter)}
    return View(
        sort=view.sort if asked.sort else kept.sort,
        descending=view.descending if asked.sort else kept.descending != asked.reverse,
        filter=replace(kept.filter, **{name: value for name, value in parts.items() if value}),
        find=asked.find or kept.find,
    )


def is_nobody(typed: str) -> bool:
    """Whether no owner is meant, in English or the language in use."""
    return search_key(typed) in (NOBODY, search_key(pgettext("person", NOBODY)))


def chosen_columns(session: Session, typed: Sequence[str]) -> tuple[ColumnChoice, ...]:
    """The columns that are named, in their order, and no other; as usual where none is. Raises NotFound."""
    named = [chosen_column(session, each) for each in typed]
    if not named:
        return ()
    others = [each.key for each in table_fields(session.definitions) if each.key not in named]
    return tuple(ColumnChoice(each, shown=each in named) for each in (*dict.fromkeys(named), *others))


def _view(session: Session, asked: ViewOptions) -> View:
    without_status, status_ids = _statuses(session, asked.status)
    nobody = [each for each in asked.owner if is_nobody(each)]
    named = [each for each in asked.owner if each not in nobody]
    column = chosen_column(session, asked.sort) if asked.sort else ENTERED_AT
    asked_by = [(each.key, getattr(asked, each.key)) for each, _place in filtered_words()]
    for key, wanted in (*asked_by, (CHANNEL_KEY, asked.channel), (NEED_KEY, asked.need)):
        if wanted and find_field(key, session.definitions) is None:
            raise no_such_field(key, key)
    words: dict[str, Any] = {
        place.part: frozenset(getattr(asked, each.key)) for each, place in filtered_words()
    }
    return View(
        sort=column,
        descending=(column == ENTERED_AT) != asked.reverse,
        filter=LeadFilter(
            status_ids=status_ids,
            without_status=without_status,
            owner_ids=frozenset(chosen_person(session, each, also_gone=True).id for each in named),
            without_owner=bool(nobody),
            channel_ids=_ids(CHANNEL, asked.channel, session.definitions.channels),
            without_channel="" in asked.channel,
            entered_from=_begin(session, asked.since),
            entered_before=_end(session, asked.until),
            plans=frozenset(plan for plan, said in _plans(asked) if said),
            next_from=_begin(session, asked.next_from),
            next_before=_end(session, asked.next_to),
            contacted_from=_begin(session, asked.contacted_from),
            contacted_before=_end(session, asked.contacted_to),
            first_call_from=_begin(session, asked.first_call_from),
            first_call_before=_end(session, asked.first_call_to),
            last_call_from=_begin(session, asked.last_call_from),
            last_call_before=_end(session, asked.last_call_to),
            never_rung=asked.never_rung,
            answers=tuple(_answer_filter(session, each) for each in asked.answered),
            untouched_since=_begin(session, asked.untouched_since),
            least_attempts=asked.attempts,
            calls=frozenset[Calls]() if asked.calls is None else frozenset({asked.calls}),
            owner_left=asked.owner_left,
            need_ids=_ids(NEED, asked.need, session.definitions.needs),
            without_need="" in asked.need,
            fields=tuple(_field_filter(session, each) for each in asked.field),
            **words,
        ),
        find=asked.find,
    )


def _statuses(session: Session, typed: Sequence[str]) -> tuple[bool, frozenset[int]]:
    without, ids = False, set[int]()
    for each in typed:
        if search_key(each) in (NEW, search_key(pgettext("status", "New"))) and not matching(
            each, session.definitions.statuses
        ):
            without = True
        else:
            ids.add(chosen_status(session, each, session.definitions.statuses).id)
    return without, frozenset(ids)


def _ids(kind: Kind, typed: Sequence[str], things: Sequence[Channel] | Sequence[Need]) -> frozenset[int]:
    return frozenset(chosen(kind, each, [*things]).id for each in typed if each)


def _field_filter(session: Session, typed: str) -> FieldFilter:
    """What `FIELD=VALUE` means: a choice, a beginning..end, a text, or nothing. Raises NotFound or Invalid."""
    named, equals, value = typed.partition("=")
    if not equals:
        raise _says_nothing(typed, "--field field=value")
    field = chosen(FIELD, named.strip(), own_fields(session.definitions))
    return _filter_of(session, field, value, _says_nothing(typed, "--field field=value"))


def _answer_filter(session: Session, typed: str) -> AnswerFilter:
    """What `STATUS:FIELD=VALUE` means. Raises NotFound or Invalid."""
    named, equals, value = typed.partition("=")
    status_named, colon, field_named = named.partition(":")
    says_nothing = _says_nothing(typed, "--answered status:field=value")
    if not equals or not colon:
        raise says_nothing
    status = chosen_status(session, status_named.strip(), session.definitions.statuses)
    field = chosen(FIELD, field_named.strip(), status.open_fields)
    return AnswerFilter(status.id, _filter_of(session, field, value, says_nothing))


def _filter_of(session: Session, field: Field, value: str, says_nothing: Invalid) -> FieldFilter:
    if not value.strip():
        return FieldFilter(field.key, none=True)
    asked = _value_filter(session, field, value)
    if asked.empty:
        # An empty range would let everybody through, which nobody means who names a field.
        raise says_nothing
    return asked


def _value_filter(session: Session, field: Field, value: str) -> FieldFilter:
    if field.kind in RANGE_KINDS:
        least, dots, most = value.partition("..")
        bounds = [_bound(session, field, each) for each in (least, most if dots else least)]
        return FieldFilter(field.key, least=bounds[0], most=bounds[1])
    if field.kind in CHOSEN_KINDS:
        answer = read_answer(replace(field, required=True), value, session.format_context())
        if field.kind is FieldKind.YES_NO:
            return FieldFilter(field.key, options=frozenset({YES if answer else NO}))
        options = answer if isinstance(answer, list) else [answer]
        return FieldFilter(field.key, options=frozenset(str(each) for each in options))
    return FieldFilter(field.key, contains=value)


def _says_nothing(typed: str, form: str) -> Invalid:
    return Invalid(_("“{given}” says nothing; write {form}.").format(given=typed, form=form))


def _bound(session: Session, field: Field, typed: str) -> str:
    value = read_answer(replace(field, required=False), typed, session.format_context())
    return "" if value is None else str(value)


def chosen_column(session: Session, typed: str) -> str:
    """The key of the column that `typed` means, as views name it. Raises NotFound."""
    named = typed.replace("-", "_").casefold()
    if named in SORT_KEYS and find_field(named, session.definitions) is not None:
        return named
    columns = table_fields(session.definitions)
    own = [_Own(each.plain_key, each.title, each.key) for each in columns if each.own is not None]
    found = matching(typed, own)
    if len(found) == 1:
        return found[0].column
    known = [each.plain_key for each in columns]
    raise unclear(COLUMN, typed, [each.key for each in found] or known, several=bool(found))


class _Own(NamedTuple):
    """A column of the workspace's own: what is typed for it, and what views name it by."""

    key: str
    title: str
    column: str


def _plans(asked: ViewOptions) -> tuple[tuple[Plan, bool], ...]:
    return (
        (Plan.OVERDUE, asked.overdue),
        (Plan.NOTHING, asked.nothing_planned),
        (Plan.NEVER_CALLED, asked.never_called),
    )


def _begin(session: Session, day: str | None) -> datetime | None:
    """When the day that was typed begins. Raises Invalid."""
    return None if day is None else _midnight(session, read_day(day, session.format_context()))


def _end(session: Session, day: str | None) -> datetime | None:
    """When the day after the one that was typed begins. Raises Invalid."""
    if day is None:
        return None
    return _midnight(session, read_day(day, session.format_context()) + timedelta(days=1))


def _midnight(session: Session, day: date) -> datetime:
    """When the day begins in the workspace's zone."""
    return datetime.combine(day, time(), ZoneInfo(session.workspace.zone))
