"""`leadtui statuses`: what can be said of a customer, and what saying it asks and does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.definitions import NameArgument, Noun, TitleArgument, add_list, add_use
from leadtui.cli.field_options import FieldOptions
from leadtui.cli.fields import TitleOption
from leadtui.cli.matching import FIELD, STATUS, chosen
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, text_option, words
from leadtui.cli.records import status_record
from leadtui.domain.field import Field
from leadtui.domain.retry import RetryPace
from leadtui.domain.status import STATUS_COLOURS, CartableRule, ReminderRule, Status, StatusKind
from leadtui.language.translate import N_, format_list, pgettext
from leadtui.presentation.retry_words import brief_retry
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.session import Session

app = Group()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusOptions:
    """What was typed of a status; each name is that of an option, and what was not said stays as it is."""

    glyph: Annotated[str | None, text_option("SIGN", N_("Its sign, of one cell."))] = None
    colour: Annotated[str | None, text_option("|".join(STATUS_COLOURS), N_("Its colour."))] = None
    kind: Annotated[
        StatusKind | None,
        typer.Option(show_default=False, help=N_("Whether work goes on with it, or ends and how.")),
    ] = None
    cartable: Annotated[
        CartableRule | None,
        typer.Option(
            show_default=False,
            help=N_("Whose cartable the customer is in then: nobody's, the next colleague's, the same."),
        ),
    ] = None
    reminder: Annotated[
        ReminderRule | None,
        typer.Option(show_default=False, help=N_("Whether a time is asked for, or must be named.")),
    ] = None
    owner_title: Annotated[
        str | None, text_option("TITLE", N_("As what the next colleague is asked for."))
    ] = None

    def applied(self, to: Status) -> Status:
        """The status with what was said."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return replace(to, **{name: value for name, value in said.items() if value is not None})


LEAVES_STATUS = "none"
"""Typed for the status after the last attempt: it stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryOptions:
    """What was typed of how whoever was not reached is tried again; what was not said stays as it is."""

    retry: Annotated[
        RetryPace | None,
        typer.Option(
            show_default=False,
            help=N_(
                "When whoever was not reached is tried again: never, at even distances, each time after twice as long, or at "
                "another time of the day."
            ),
        ),
    ] = None
    retry_after: Annotated[
        int | None,
        typer.Option(
            metavar="MINUTES",
            show_default=False,
            help=N_("After how many minutes the next attempt is planned."),
        ),
    ] = None
    retry_most: Annotated[
        int | None, typer.Option(metavar="N", show_default=False, help=N_("How many attempts at the most."))
    ] = None
    retry_then: Annotated[
        str | None,
        text_option("STATUS", N_("The status after the last attempt, by key or title; “none” leaves it.")),
    ] = None
    retry_releases: Annotated[
        bool | None,
        typer.Option(
            "--retry-releases/--retry-keeps",
            show_default=False,
            help=N_("Whether the customer leaves every cartable after the last attempt."),
        ),
    ] = None

    def applied(self, session: Session, to: Status) -> Status:
        """The status with what was said. Raises NotFound for a status that there is not."""
        rule = to.retry
        then = self.retry_then
        if then is not None and then != LEAVES_STATUS:
            then = chosen(STATUS, then, session.definitions.open_statuses).key
        said = {
            "pace": self.retry,
            "after_minutes": self.retry_after,
            "most": self.retry_most,
            "then_status": "" if then == LEAVES_STATUS else then,
            "releases": self.retry_releases,
        }
        return replace(
            to, retry=replace(rule, **{name: value for name, value in said.items() if value is not None})
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationOptions:
    """What was typed of overdue reminders; what was not said stays as it is."""

    supervisor_after: Annotated[
        int | None,
        typer.Option(
            metavar="MINUTES",
            show_default=False,
            help=N_("After how many minutes an overdue reminder goes to a supervisor; 0 for never."),
        ),
    ] = None
    pool_after: Annotated[
        int | None,
        typer.Option(
            metavar="MINUTES",
            show_default=False,
            help=N_("After how many minutes its customer leaves the cartable; 0 for never."),
        ),
    ] = None

    def applied(self, to: Status) -> Status:
        """The status with what was said."""
        said = {"supervisor_after": self.supervisor_after, "pool_after": self.pool_after}
        given = {name: value for name, value in said.items() if value is not None}
        return replace(to, escalation=replace(to.escalation, **given))


AskedArgument = Annotated[
    str, typer.Argument(parser=words, metavar="FIELD", help=N_("A field that it asks for, by key or title."))
]
RequiredOption = Annotated[
    bool | None,
    typer.Option("--required/--optional", show_default=False, help=N_("Whether it has to be answered.")),
]


def _columns() -> list[TextColumn]:
    return [
        TextColumn(pgettext("column", "Key")),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "Cartable"), yields=2, least=12),
        TextColumn(pgettext("column", "Reminder"), yields=3),
        TextColumn(pgettext("column", "Tries again"), yields=5, least=12),
        TextColumn(pgettext("column", "Asks for"), yields=4, least=12),
    ]


def _row(status: Status) -> list[str]:
    cartables = {
        CartableRule.NONE: pgettext("option value", "leaves every cartable"),
        CartableRule.NEXT: pgettext("option value", "moves to a colleague's"),
        CartableRule.STAY: pgettext("option value", "stays"),
    }
    reminders = {
        ReminderRule.NO: "",
        ReminderRule.ASK: pgettext("option value", "asked"),
        ReminderRule.MUST: pgettext("option value", "needed"),
    }
    asked = [f"{each.title}*" if each.required else each.title for each in status.open_fields]
    return [
        status.key,
        f"{status.glyph} {status.title}",
        cartables[status.cartable],
        reminders[status.reminder],
        brief_retry(status.retry),
        format_list(asked),
    ]


_STATUSES = Noun("statuses", "status", STATUS, lambda known: known.statuses, status_record, _columns, _row)

add_list(app, _STATUSES, N_("List the statuses, with what each does to the cartable and asks for."))


@app.command(
    "add",
    help=N_("Add a status."),
    epilog="leadtui statuses add 'Sample sent' --colour teal --reminder ask",
)
def add_command(
    common: CommandOptions,
    title: TitleArgument,
    asked: StatusOptions,
    retry: RetryOptions,
    escalation: EscalationOptions,
    as_json: JsonOption = False,
) -> None:
    with session_for(common) as session:
        wanted = escalation.applied(asked.applied(Status(0, "", title)))
        _save(session, retry.applied(session, wanted), None, as_json=as_json)


@app.command(
    "change",
    help=N_("Change a status; what was answered with it stays as it was."),
    epilog="leadtui statuses change no_answer --retry growing --retry-after 120 --retry-most 5",
)
def change_command(
    common: CommandOptions,
    name: NameArgument,
    asked: StatusOptions,
    retry: RetryOptions,
    escalation: EscalationOptions,
    title: TitleOption = "",
    as_json: JsonOption = False,
) -> None:
    with session_for(common) as session:
        before = _STATUSES.chosen(session, name)
        wanted = escalation.applied(asked.applied(replace(before, title=title or before.title)))
        _save(session, retry.applied(session, wanted), before, as_json=as_json)


@app.command(
    "add-field",
    help=N_("Let a status ask for something."),
    epilog="leadtui statuses add-field sample_sent 'Sent on' --kind date --required",
)
def add_field_command(
    common: CommandOptions,
    name: NameArgument,
    title: TitleArgument,
    asked: FieldOptions,
    required: RequiredOption = None,
    as_json: JsonOption = False,
) -> None:
    with session_for(common) as session:
        before = _STATUSES.chosen(session, name)
        new = asked.applied(Field(0, "", title, required=bool(required)))
        _save(session, replace(before, fields=(*before.fields, new)), before, as_json=as_json)


@app.command(
    "change-field",
    help=N_("Change what a status asks for."),
    epilog="leadtui statuses change-field sample_sent sent_on --optional",
)
def change_field_command(
    common: CommandOptions,
    name: NameArgument,
    field: AskedArgument,
    asked: FieldOptions,
    title: TitleOption = "",
    required: RequiredOption = None,
    as_json: JsonOption = False,
) -> None:
    with session_for(common) as session:
        before = _STATUSES.chosen(session, name)
        old = chosen(FIELD, field, before.open_fields)
        new = asked.applied(
            replace(old, title=title or old.title, required=old.required if required is None else required)
        )
        fields = tuple(new if each.id == old.id else each for each in before.fields)
        _save(session, replace(before, fields=fields), before, as_json=as_json)


@app.command(
    "retire-field",
    help=N_("Let a status no longer ask for something; what was answered stays readable."),
    epilog="leadtui statuses retire-field sample_sent sent_on",
)
def retire_field_command(
    common: CommandOptions, name: NameArgument, field: AskedArgument, as_json: JsonOption = False
) -> None:
    with session_for(common) as session:
        before = _STATUSES.chosen(session, name)
        old = chosen(FIELD, field, before.open_fields)
        fields = tuple(each for each in before.fields if each.id != old.id)
        _save(session, replace(before, fields=fields), before, as_json=as_json)


def _save(session: Session, status: Status, before: Status | None, *, as_json: bool) -> None:
    from leadtui.services.defining import save_status

    _STATUSES.answer(session, save_status(session, status, before).id, as_json=as_json)


add_use(app, _STATUSES, "sample_sent")
