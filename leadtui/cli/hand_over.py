"""`leadtui hand-over`: a colleague leaves, or is away, and others get what they have."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.confirming import ConfirmOption, confirmed
from leadtui.cli.matching import chosen_person
from leadtui.cli.options import CommandOptions, JsonOption, session_for, text_option, words
from leadtui.cli.output import tell, write_fields, write_json
from leadtui.cli.records import person_record
from leadtui.domain.distribution import RuleWords
from leadtui.errors import Invalid
from leadtui.language.text import search_key
from leadtui.language.translate import N_, _, counted, pgettext

if TYPE_CHECKING:
    from leadtui.services.session import Session

NOBODY, EVERYBODY = "nobody", "all"
"""Stand for no one, and for every other colleague, on the command line in every language."""


ByOption = Annotated[
    str,
    text_option("RULE", N_("Share it out by a rule of distribution, or by a way such as “evenly”."), "--by"),
]


def hand_over_command(
    common: CommandOptions,
    person: Annotated[
        str, typer.Argument(parser=words, metavar="PERSON", help=N_("Who leaves, by e-mail or name."))
    ],
    to: Annotated[
        list[str],
        text_option(
            "PERSON",
            N_(
                "Who gets all of it; several times to share it out, “all” among all others, “nobody” to leave them waiting."
            ),
        ),
    ] = [],  # noqa: B006  # Typer copies it
    by: ByOption = "",
    stays: Annotated[
        bool, typer.Option("--stays", help=N_("The person goes on working here, with an empty cartable."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Say what there is to hand over, and change nothing."))
    ] = False,
    confirm: ConfirmOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.handing_over import HandedOver, hand_over, left_behind

    with session_for(common) as session:
        leaving = chosen_person(session, person, also_gone=True)
        recipients = recipients_of(session, leaving.id, to)
        rule = rule_of(by, to)
        left = left_behind(session, leaving.id)
        if not dry_run and not to and not by and not left.nothing:
            raise Invalid(
                _("Say with {option} who gets the customers and reminders.").format(option="--to"), "to"
            )
        done: HandedOver | None = None
        while not dry_run and (done is None or not done.through):
            done = confirmed(
                confirm,
                partial(hand_over, session, leaving.id, recipients, done, leaving=not stays, by=rule),
            )
            if done.count:
                tell(pgettext("notice", "{count} handed over").format(count=counted(done.count)))
        if as_json:
            write_json(
                {
                    "person": person_record(leaving),
                    "customers": left.customers,
                    "reminders": left.reminders,
                    "cases": left.cases,
                    "changed": done.count if done else 0,
                }
            )
            return
        write_fields(
            [
                (pgettext("field", "Person"), leaving.name),
                (pgettext("field", "Customers"), counted(left.customers)),
                (pgettext("field", "Reminders"), counted(left.reminders)),
                (pgettext("heading", "Cases"), counted(left.cases)),
            ]
        )


def rule_of(by: str, to: list[str]) -> RuleWords | None:
    """The rule that is named by `--by`. Raises Invalid where somebody is named too."""
    if by and to:
        raise Invalid(_("Say either who gets it, or by which rule."), "to")
    return RuleWords(by) if by else None


def recipients_of(session: Session, leaving_id: int, to: list[str]) -> list[int]:
    """Who is named by `--to`, by id; nobody where that is said."""
    named = [each for each in to if search_key(each) not in (NOBODY, search_key(pgettext("person", NOBODY)))]
    if any(search_key(each) == EVERYBODY for each in named):
        return [each.id for each in session.definitions.active_colleagues if each.id != leaving_id]
    return list(dict.fromkeys(chosen_person(session, each).id for each in named))
