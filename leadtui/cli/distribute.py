"""`leadtui distribute`: share leads out among colleagues by a rule, tried first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.options import CommandOptions, JsonOption, session_for, text_option
from leadtui.cli.output import tell, write_json, write_table
from leadtui.cli.records import person_record
from leadtui.cli.view_options import ViewOptions, chosen_view
from leadtui.domain.distribution import TRIED_DAYS, DistributionRule, RuleWords, Sharing
from leadtui.domain.view import View
from leadtui.errors import Invalid
from leadtui.language.translate import N_, _, counted, ngettext, pgettext
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.distributing import Plan
    from leadtui.services.session import Session

RULES = "|".join(each.value for each in Sharing)

RULE_OPTION = text_option(
    f"{RULES}|NAME",
    N_("By which rule, a stored one too, new customers are shared out whose row names no owner."),
)
AMONG_OPTION = text_option(
    "PERSON[=WEIGHT][:VALUE,…]",
    N_(
        "Who gets leads, with a weight and with the values of --by that are theirs. Several times; else all who can."
    ),
    "--among",
)
BY_OPTION = text_option(
    "FIELD",
    N_("By which field leads go to who takes its value: channel, city, need, or one of your own."),
    "--by",
)
CAP_OPTION = typer.Option(
    "--cap",
    min=1,
    metavar="N",
    show_default=False,
    help=N_("Who has so many customers in the cartable gets no more."),
)
ON_SHIFT_OPTION = typer.Option("--on-shift", help=N_("Only among those whose desk is open."))


def rule_words(
    distribute: str, among: Sequence[str], by: str, cap: int | None, on_shift: bool
) -> RuleWords | None:
    """What the options say. Raises Invalid where there is more of a rule than the rule itself."""
    if not distribute:
        if among or by or cap or on_shift:
            raise Invalid(_("Name the rule with {option}.").format(option="--distribute"), "distribute")
        return None
    return RuleWords(distribute, tuple(among), by.strip(), cap, on_shift)


def distribute_command(
    common: CommandOptions,
    asked: ViewOptions,
    way: Annotated[
        str, typer.Argument(metavar=f"[{RULES}]", help=N_("Who of several gets the next lead."))
    ] = "",
    rule: Annotated[
        str, text_option("NAME", N_("A stored rule by its title; `leadtui distribution` keeps them."))
    ] = "",
    among: Annotated[list[str], AMONG_OPTION] = [],  # noqa: B006  # Typer copies it
    by: Annotated[str, BY_OPTION] = "",
    cap: Annotated[int | None, CAP_OPTION] = None,
    on_shift: Annotated[bool, ON_SHIFT_OPTION] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Say who would get how many, and change nothing."))
    ] = False,
    trial: Annotated[
        bool,
        typer.Option("--try", help=N_("Try the rule on all leads of the last 30 days, and change nothing.")),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.bulk import Result
    from leadtui.services.distributing import distribute

    if bool(way) == bool(rule):
        sentence = _("Say how leads are shared out, or name a stored rule with {option}.")
        raise Invalid(sentence.format(option="--rule"))
    with session_for(common) as session:
        words = RuleWords(rule or way, tuple(among), by.strip(), cap, on_shift)
        planned = _planned(session, words, _leads_meant(session, asked, trial=trial), trial=trial)
        result = Result()
        for part in () if dry_run or trial else planned.parts():
            result += distribute(session, part, result.group_id)
        if dry_run or trial:
            tell(_("Nothing is changed yet."))
        else:
            said = ngettext("{count} lead shared out.", "{count} leads shared out.", result.done)
            tell(said.format(count=counted(result.done)))
        _write(session, planned, result.done, as_json=as_json)


def tell_trial(session: Session, rule: DistributionRule, *, as_json: bool = False) -> None:
    """Tell who would have got how many of last month's leads."""
    from leadtui.services.distributing import try_rule

    _write(session, try_rule(session, rule), 0, as_json=as_json)


def _planned(session: Session, words: RuleWords, view: View, *, trial: bool) -> Plan:
    from leadtui.services.distributing import plan
    from leadtui.services.lead_list import LeadList

    return plan(session, words, LeadList(session).order(view), trial=trial)


def _leads_meant(session: Session, asked: ViewOptions, *, trial: bool) -> View:
    """Those that the options name; else of a trial the last month's, and otherwise those in nobody's cartable."""
    view = chosen_view(session, asked)
    chosen = view.filter
    if trial and chosen.entered_from is None:
        return replace(view, filter=replace(chosen, entered_from=session.now() - timedelta(days=TRIED_DAYS)))
    if not trial and asked.view is None and not (chosen.owner_ids or chosen.without_owner):
        return replace(view, filter=replace(chosen, without_owner=True))
    return view


def _write(session: Session, planned: Plan, done: int, *, as_json: bool) -> None:
    if planned.nobody:
        left = ngettext(
            "{count} is left: nobody takes it.", "{count} are left: nobody takes them.", planned.nobody
        )
        tell(left.format(count=counted(planned.nobody)))
    people = {each.id: each for each in session.definitions.colleagues}
    gets = planned.per_person
    listed = [people[each.person_id] for each in planned.rule.shares]
    if as_json:
        write_json(
            {
                "rule": planned.rule.title or planned.rule.key,
                "shared_out": done,
                "left": planned.nobody,
                "people": [
                    {
                        "person": person_record(each),
                        "gets": gets.get(each.id, 0),
                        "had": planned.before.get(each.id, 0),
                    }
                    for each in listed
                ],
            }
        )
        return
    columns = [
        TextColumn(pgettext("column", "Colleague"), yields=1, least=12),
        TextColumn(pgettext("column", "Gets")),
        TextColumn(pgettext("column", "Has of them now")),
    ]
    write_table(
        columns,
        [
            [each.name, counted(gets.get(each.id, 0)), counted(planned.before.get(each.id, 0))]
            for each in listed
        ],
    )
