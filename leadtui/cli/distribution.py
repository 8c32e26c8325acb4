"""`leadtui distribution`: the rules by which leads are shared out, kept under titles and tried before they are switched on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.definitions import NameArgument, TitleArgument
from leadtui.cli.distribute import AMONG_OPTION, BY_OPTION, CAP_OPTION, RULES, tell_trial
from leadtui.cli.fields import TitleOption
from leadtui.cli.matching import Kind, chosen
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, text_option
from leadtui.cli.output import tell, write_json, write_json_list, write_table
from leadtui.cli.records import rule_record
from leadtui.domain.distribution import DistributionRule, RuleWords
from leadtui.errors import Invalid
from leadtui.language.translate import N_, _, pgettext
from leadtui.presentation.distribution import rule_line
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.session import Session

RULE = Kind(
    N_("There is no rule “{typed}”. There are: {names}."),
    N_("Several can be meant by rule “{typed}”: {names}. Type more of it."),
)

app = Group()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOptions:
    """What was typed of a rule; None where nothing was said."""

    sharing: Annotated[str | None, text_option(RULES, N_("Who of several gets the next lead."))] = None
    among: Annotated[list[str] | None, AMONG_OPTION] = None
    by: Annotated[str | None, BY_OPTION] = None
    cap: Annotated[int | None, CAP_OPTION] = None
    no_cap: Annotated[bool, typer.Option("--no-cap", help=N_("Nobody has too many customers."))] = False
    on_shift: Annotated[
        bool | None,
        typer.Option(
            "--on-shift/--on-shift-or-not",
            show_default=False,
            help=N_("Whether only those get leads whose desk is open."),
        ),
    ] = None
    everybody: Annotated[
        bool, typer.Option("--everybody", help=N_("Among all who can get leads, whoever was named before."))
    ] = False

    def applied(self, words: RuleWords) -> RuleWords:
        """The rule with what was said."""
        among = words.among if not self.among else tuple(self.among)
        return replace(
            words,
            sharing=words.sharing if self.sharing is None else self.sharing,
            among=() if self.everybody else among,
            by=words.by if self.by is None else self.by,
            cap=None if self.no_cap else self.cap or words.cap,
            on_shift=words.on_shift if self.on_shift is None else self.on_shift,
        )


@app.command(
    "list", help=N_("List the rules and whether each is on."), epilog="leadtui distribution list --json"
)
def list_command(common: CommandOptions, as_json: JsonOption = False) -> None:
    with session_for(common) as session:
        if as_json:
            write_json_list(rule_record(each) for each in session.definitions.rules)
        else:
            _write(session, session.definitions.rules)


@app.command(
    "add",
    help=N_("Add a rule. It is off until it is switched on."),
    epilog="leadtui distribution add 'New ones' --sharing weighted --among sara=2 --among reza",
)
def add_command(
    common: CommandOptions, title: TitleArgument, asked: RuleOptions, as_json: JsonOption = False
) -> None:
    from leadtui.services.distribution_rules import save_rule

    with session_for(common) as session:
        rule = DistributionRule(0, "", title)
        saved = save_rule(session, replace(rule, words=asked.applied(rule.words)))
        _answer(session, saved.id, as_json=as_json)


@app.command(
    "edit",
    help=N_(
        "Change a rule, or switch it on or off; switched on, it says who would have got last month's leads."
    ),
    epilog="leadtui distribution edit 'New ones' --cap 200 --on",
)
def edit_command(
    common: CommandOptions,
    name: NameArgument,
    asked: RuleOptions,
    title: TitleOption = "",
    on: Annotated[
        bool | None,
        typer.Option("--on/--off", show_default=False, help=N_("Whether leads can be shared out by it.")),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.defining import DISTRIBUTION, bring_back, retire
    from leadtui.services.distribution_rules import save_rule

    with session_for(common) as session:
        before = _chosen(session, name)
        after = replace(before, title=title or before.title, words=asked.applied(before.words))
        if on is None and after == before:
            raise Invalid(_("Say what is to be changed; --help lists it."))
        if after != before:
            save_rule(session, after, before)
        if on and not as_json:
            # Whoever switches it on sees what it does.
            tell_trial(session, before)
        if on is not None:
            change = bring_back if on else retire
            change(session, DISTRIBUTION, before.id)
        _answer(session, before.id, as_json=as_json)


@app.command(
    "remove",
    help=N_("Remove a rule; the timelines of whom it gave away name it still."),
    epilog="leadtui distribution remove 'New ones'",
)
def remove_command(common: CommandOptions, name: NameArgument) -> None:
    from leadtui.services.distribution_rules import remove_rule

    with session_for(common) as session:
        rule = _chosen(session, name)
        remove_rule(session, rule.id)
        tell(_("“{title}” is removed.").format(title=rule.title))


@app.command(
    "try",
    help=N_("Say who would have got how many of the leads of the last 30 days, and change nothing."),
    epilog="leadtui distribution try 'New ones' --json",
)
def try_command(common: CommandOptions, name: NameArgument, as_json: JsonOption = False) -> None:
    with session_for(common) as session:
        tell_trial(session, _chosen(session, name), as_json=as_json)


def _chosen(session: Session, typed: str) -> DistributionRule:
    return chosen(RULE, typed, session.definitions.rules)


def _answer(session: Session, rule_id: int, *, as_json: bool) -> None:
    rule = next(each for each in session.definitions.rules if each.id == rule_id)
    if as_json:
        write_json(rule_record(rule))
    else:
        _write(session, [rule])


def _write(session: Session, rules: Sequence[DistributionRule]) -> None:
    columns = [
        TextColumn(pgettext("column", "Key")),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "On")),
        TextColumn(pgettext("column", "Rule"), yields=2, least=20),
    ]
    yes, no = pgettext("choice", "yes"), pgettext("choice", "no")
    rows = [
        [each.key, each.title, no if each.retired else yes, rule_line(each.words, session.definitions)]
        for each in rules
    ]
    write_table(columns, rows)
