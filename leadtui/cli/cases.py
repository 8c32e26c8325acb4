"""`leadtui cases`: what else the company does for its customers, opened, moved on, listed, exported and imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.case_kinds import CASE_KIND
from leadtui.cli.case_kinds import app as kinds_app
from leadtui.cli.follow_up import ANSWER_OPTION, typed_owner, typed_reminder_time
from leadtui.cli.matching import Kind, chosen, chosen_person, matching
from leadtui.cli.options import (
    STANDARD_OUTPUT,
    CommandOptions,
    DryRunOption,
    ForceOption,
    Group,
    JsonOption,
    LeadArgument,
    lines,
    session_for,
    text_option,
    words,
)
from leadtui.cli.output import (
    Json,
    at_once,
    bytes_written,
    tell,
    write_fields,
    write_json,
    write_json_list,
    write_line,
    write_table,
)
from leadtui.cli.records import answer_record, moment_text, person_record
from leadtui.domain.case import CaseLead, NotMet
from leadtui.domain.case_kind import CaseKind
from leadtui.domain.field import Field, FieldKind, answer_from, show_answer
from leadtui.errors import Invalid, InvalidAnswers, Refused
from leadtui.language.calendar import month_words
from leadtui.language.text import safe
from leadtui.language.translate import N_, _, counted, format_list, ngettext, pgettext
from leadtui.presentation.case_words import case_name, entry_words, over_time_sentence
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.message_words import unsent_lines
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.domain.case import CaseEntry
    from leadtui.services.cases import CaseFilter, OpenedCase, ShownCase
    from leadtui.services.session import Session

app = Group()
app.add_typer(kinds_app, name="kinds")

_STATE = Kind(
    N_("There is no state “{typed}”. There are: {names}."),
    N_("Several can be meant by state “{typed}”: {names}. Type more of it."),
)
_MOVE = Kind(
    N_("There is no move “{typed}”. There are: {names}."),
    N_("Several can be meant by move “{typed}”: {names}. Type more of it."),
)
_ROLE = Kind(
    N_("There is no role “{typed}”. There are: {names}."),
    N_("Several can be meant by role “{typed}”: {names}. Type more of it."),
)

CaseArgument = Annotated[int, typer.Argument(metavar="CASE", help=N_("Its number, as the list shows it."))]
KindArgument = Annotated[
    str, typer.Argument(parser=words, metavar="KIND", help=N_("The kind of case, by key or title."))
]
RoleArgument = Annotated[
    str, typer.Argument(parser=words, metavar="ROLE", help=N_("What the customer is in it, by key or title."))
]
KindOption = Annotated[str, text_option("KIND", N_("Only cases of this kind, by key or title."), "--kind")]
StateOption = Annotated[
    list[str],
    text_option("STATE", N_("Only cases in this state, by key or title. Several times."), "--state"),
]
OpenOnlyOption = Annotated[bool, typer.Option("--open", help=N_("Only those on which work goes on."))]
ReviewOption = Annotated[bool, typer.Option("--review", help=N_("Only those that wait to be reviewed."))]
ResponsibleOption = Annotated[
    str, text_option("PERSON", N_("Only those for which this person is responsible."), "--owner")
]
OfLeadOption = Annotated[str, text_option("LEAD", N_("Only those of this customer."), "--lead")]
BeneathOption = Annotated[
    int | None,
    typer.Option("--beneath", metavar="CASE", show_default=False, help=N_("Only those beneath this case.")),
]
FindOption = Annotated[
    str, text_option("TEXT", N_("Only those in which this stands, or a customer is called so."), "--find")
]
InRoleOption = Annotated[
    list[str],
    text_option(
        "ROLE=LEAD", N_("Who is in it: a role, and an id, number or e-mail. Several times."), "--lead"
    ),
]
AnswerOption = Annotated[
    list[str],
    text_option(
        "FIELD=VALUE", N_("An answer, by the field's key or title. Several times."), "--answer", parser=lines
    ),
]
TitleOption = Annotated[str, text_option("TITLE", N_("What the case is called."), "--title")]
NoteOption = Annotated[str, text_option("TEXT", N_("A note for its timeline."), "--note", parser=lines)]
NewOwnerOption = Annotated[
    str, text_option("PERSON", N_("Who is responsible for it; else you are."), "--owner")
]
ParentOption = Annotated[
    int | None,
    typer.Option(
        "--beneath", metavar="CASE", show_default=False, help=N_("The case above it, where its kind has one.")
    ),
]
NextOption = Annotated[str, text_option("PERSON", N_("The colleague for whom the move asks."), "--next")]
RemindOption = Annotated[
    str, text_option("WHEN", N_("When to be reminded, where the move asks it: “tomorrow 10”."), "--remind")
]
OverrideOption = Annotated[
    str,
    text_option("REASON", N_("Move it although something required is not so, and why."), "--override"),
]
VersionOption = Annotated[
    int | None,
    typer.Option(
        "--version",
        metavar="N",
        show_default=False,
        help=N_(
            "Save only if the case is still at this version, as --json shows it; else the newest is taken."
        ),
    ),
]
FileArgument = Annotated[str, typer.Argument(metavar="FILE", help=N_("A CSV file, or - for the terminal."))]


@app.command(
    "list",
    help=N_("List cases, the last moved first."),
    epilog="leadtui cases list --kind resume --review\nleadtui cases list --lead 09121234567 --json",
)
def list_command(
    common: CommandOptions,
    kind: KindOption = "",
    state: StateOption = [],  # noqa: B006  # Typer copies it
    only_open: OpenOnlyOption = False,
    review: ReviewOption = False,
    owner: ResponsibleOption = "",
    lead: OfLeadOption = "",
    beneath: BeneathOption = None,
    find: FindOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.cases import MOST_LISTED, count_cases, find_cases

    with session_for(common) as session:
        wanted = _filter(session, kind, state, owner, lead, beneath, find, only_open=only_open, review=review)
        found = at_once(session, find_cases(session, wanted))
        if len(found) == MOST_LISTED < (count := count_cases(session, wanted)):
            told = _("These are {n} of {count} cases; narrow them down, or export them.")
            tell(told.format(n=counted(len(found)), count=counted(count)))
        if as_json:
            write_json_list(case_record(session, each) for each in found)
        else:
            _write_cases(session, found)


@app.command(
    "show",
    help=N_("Print a case: who is in it, what was answered, its timeline, and how it can be moved on."),
    epilog="leadtui cases show 12",
)
def show_command(common: CommandOptions, case: CaseArgument, as_json: JsonOption = False) -> None:
    from leadtui.services.cases import show_case

    with session_for(common) as session:
        opened = show_case(session, case)
        if as_json:
            write_json(_opened_record(session, opened))
        else:
            _write_opened(session, opened)


@app.command(
    "add",
    help=N_("Open a case of a kind."),
    epilog="leadtui cases add resume --lead seeker=09121234567 --answer skills=Excel",
)
def add_command(
    common: CommandOptions,
    kind: KindArgument,
    lead: InRoleOption = [],  # noqa: B006  # Typer copies it
    answer: AnswerOption = [],  # noqa: B006  # Typer copies it
    title: TitleOption = "",
    beneath: ParentOption = None,
    owner: NewOwnerOption = "",
    note: NoteOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.cases import OpenCase, open_case

    with session_for(common) as session:
        meant = chosen(CASE_KIND, kind, session.definitions.open_case_kinds)
        problems: list[Invalid] = []
        leads = tuple(_in_role(session, meant, each) for each in lead)
        answers = typed_case_answers(meant.open_fields, answer, problems)
        owner_id = typed_owner(session, owner, problems)
        if problems:
            raise InvalidAnswers(tuple(problems))
        shown = open_case(session, OpenCase(meant.key, leads, title, answers, beneath, owner_id, note))
        _answer(session, shown, as_json=as_json)


@app.command(
    "move",
    help=N_("Move a case on, with everything that this does, or nothing."),
    epilog="leadtui cases move 12 approve --answer titles='Accountant' --note 'Fits well'",
)
def move_command(
    common: CommandOptions,
    case: CaseArgument,
    move: Annotated[str, typer.Argument(parser=words, metavar="MOVE", help=N_("The move, by key or title."))],
    answer: AnswerOption = [],  # noqa: B006  # Typer copies it
    next_: NextOption = "",
    remind: RemindOption = "",
    override: OverrideOption = "",
    note: NoteOption = "",
    version: VersionOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Say whether it could be made, and change nothing."))
    ] = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.cases import MoveCase, move_case, plan_move, show_case

    with session_for(common) as session:
        opened = show_case(session, case)
        kind = opened.shown.kind
        here = kind.moves_from(opened.shown.case.state)
        if not here:
            words_ = _(
                "At “{state}” no move begins; `leadtui cases undo` takes the last one back. Elsewhere there are: {moves}."
            )
            moves = format_list(f"{each.title} ({each.key})" for each in kind.moves)
            raise Refused(words_.format(state=opened.shown.state_title, moves=moves))
        # One of the kind's other moves is refused with those that there are here.
        elsewhere = matching(move, kind.moves) if not matching(move, here) else []
        meant = elsewhere[0] if len(elsewhere) == 1 else chosen(_MOVE, move, here)
        problems: list[Invalid] = []
        fields = [each for key in meant.asked if (each := kind.field(key)) is not None]
        answers = typed_case_answers(fields, answer, problems)
        owner_id = typed_owner(session, next_, problems)
        time = typed_reminder_time(session, remind, problems)
        if problems:
            raise InvalidAnswers(tuple(problems))
        command = MoveCase(
            case, meant.key, version, answers, owner_id, time.due if time else None, note, override
        )
        try:
            if dry_run:
                plan_move(session, command)
                tell(_("Nothing is changed yet."))
                return
            shown = move_case(session, command)
        except NotMet as unmet:
            if not unmet.overridable:
                raise
            words_ = _("--override REASON does it all the same.")
            raise Refused(f"{unmet} {words_}") from unmet
        for each in unsent_lines(shown, Formatter(session)):
            tell(each)
        _answer(session, shown, as_json=as_json)


@app.command(
    "answer",
    help=N_("Write answers and the title of a case, where its state lets them change."),
    epilog="leadtui cases answer 12 --answer skills=Excel --title 'For the bank'",
)
def answer_command(
    common: CommandOptions,
    case: CaseArgument,
    answer: AnswerOption = [],  # noqa: B006  # Typer copies it
    title: TitleOption = "",
    version: VersionOption = None,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.cases import AnswerCase, answer_case, show_case

    with session_for(common) as session:
        problems: list[Invalid] = []
        kind = show_case(session, case).shown.kind
        answers = typed_case_answers(kind.open_fields, answer, problems)
        if problems:
            raise InvalidAnswers(tuple(problems))
        shown = answer_case(session, AnswerCase(case, answers, version, title or None))
        _answer(session, shown, as_json=as_json)


@app.command(
    "link", help=N_("Put a customer into a case."), epilog="leadtui cases link 12 seller 09121234567"
)
def link_command(
    common: CommandOptions,
    case: CaseArgument,
    role: RoleArgument,
    lead: LeadArgument,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.cases import link_lead

    with session_for(common) as session:
        shown = link_lead(session, case, *_part(session, case, role, lead))
        _answer(session, shown, as_json=as_json)


@app.command(
    "unlink", help=N_("Take a customer out of a case."), epilog="leadtui cases unlink 12 seller 09121234567"
)
def unlink_command(
    common: CommandOptions,
    case: CaseArgument,
    role: RoleArgument,
    lead: LeadArgument,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.cases import unlink_lead

    with session_for(common) as session:
        shown = unlink_lead(session, case, *_part(session, case, role, lead))
        _answer(session, shown, as_json=as_json)


def _part(session: Session, case_id: int, role: str, lead: str) -> tuple[str, int]:
    """The key of the role and the customer that are meant. Raises NotFound."""
    from leadtui.services.cases import show_case
    from leadtui.services.leads import find_lead

    lead_id = find_lead(session, lead).id
    return chosen(_ROLE, role, show_case(session, case_id).shown.kind.roles).key, lead_id


@app.command("give", help=N_("Make a colleague responsible for a case."), epilog="leadtui cases give 12 sara")
def give_command(
    common: CommandOptions,
    case: CaseArgument,
    person: Annotated[
        str,
        typer.Argument(
            parser=words, metavar="PERSON", help=N_("By e-mail or name; “nobody” for nobody, “me” for you.")
        ),
    ],
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.cases import give_case

    with session_for(common) as session:
        nobody = person.casefold() in ("nobody", pgettext("person", "nobody"))
        owner_id = None if nobody else chosen_person(session, person).id
        _answer(session, give_case(session, case, owner_id), as_json=as_json)


@app.command(
    "note", help=N_("Note something in the timeline of a case."), epilog="leadtui cases note 12 'Papers came'"
)
def note_command(
    common: CommandOptions,
    case: CaseArgument,
    text: Annotated[str, typer.Argument(parser=lines, metavar="TEXT", help=N_("What is to be noted."))],
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.cases import note_case

    with session_for(common) as session:
        _answer(session, note_case(session, case, text), as_json=as_json)


@app.command(
    "undo",
    help=N_("Take back your last step on a case, with what it did to its customers."),
    epilog="leadtui cases undo 12",
)
def undo_command(common: CommandOptions, case: CaseArgument, as_json: JsonOption = False) -> None:
    from leadtui.services.cases import undo_case

    with session_for(common) as session:
        shown = undo_case(session, case)
        if shown is not None:
            _answer(session, shown, as_json=as_json)
        elif as_json:
            write_json(None)
        else:
            tell(pgettext("notice", "Case {id} is taken back whole.").format(id=case))


@app.command(
    "escalate",
    help=N_("Do what the kinds say of cases that stand too long in a state, as an open desk does."),
    epilog="leadtui cases escalate --dry-run",
)
def escalate_command(
    common: CommandOptions, dry_run: DryRunOption = False, as_json: JsonOption = False
) -> None:
    from leadtui.services.case_limits import pass_time

    with session_for(common) as session:
        passed = pass_time(session, dry_run=dry_run)
        if dry_run and passed:
            tell(_("Nothing is changed yet."))
        for each in passed:
            tell(over_time_sentence(each))
        if not passed:
            tell(_("No case stands too long."))
        if as_json:
            write_json_list(
                {"case": each.case_id, "then": each.limit.then.value, "to": each.limit.to or None}
                for each in passed
            )


@app.command(
    "shares",
    help=N_("List what is due to whom, such as an instructor's share of enrolments, by person and month."),
    epilog="leadtui cases shares",
)
def shares_command(common: CommandOptions, as_json: JsonOption = False) -> None:
    from leadtui.services.case_shares import shares

    with session_for(common) as session:
        found, context = shares(session), session.format_context()
        if as_json:
            write_json_list(
                {
                    "people": list(each.people),
                    "kind": each.kind,
                    "month": each.month.isoformat(),
                    "cases": each.cases,
                    "due": format(each.due, "f"),
                    "void": each.void,
                    "fallen": format(each.fallen, "f"),
                }
                for each in found
            )
            return
        columns = [
            TextColumn(pgettext("column", "Month")),
            TextColumn(pgettext("column", "For whom"), yields=1, least=12),
            TextColumn(pgettext("column", "Kind"), yields=2, least=8),
            TextColumn(pgettext("column", "Cases"), right=True),
            TextColumn(pgettext("column", "Due"), right=True),
            TextColumn(pgettext("column", "Void"), right=True),
            TextColumn(pgettext("column", "Fallen away"), right=True),
        ]
        write_table(
            columns,
            [
                [
                    month_words(each.month, context.calendar, context.language),
                    format_list(each.people) or pgettext("person", "nobody"),
                    each.kind,
                    counted(each.cases),
                    show_answer(FieldKind.MONEY, str(each.due), context),
                    counted(each.void),
                    show_answer(FieldKind.MONEY, str(each.fallen), context),
                ]
                for each in found
            ],
        )


@app.command(
    "export",
    help=N_("Write cases as a table; those of one kind with their fields and customers."),
    epilog="leadtui cases export resumes.csv --kind resume --state approved",
)
def export_command(
    common: CommandOptions,
    file: FileArgument,
    kind: KindOption = "",
    state: StateOption = [],  # noqa: B006  # Typer copies it
    only_open: OpenOnlyOption = False,
    review: ReviewOption = False,
    owner: ResponsibleOption = "",
    lead: OfLeadOption = "",
    beneath: BeneathOption = None,
    find: FindOption = "",
    force: ForceOption = False,
) -> None:
    from leadtui.services.atomic_file import atomic_file
    from leadtui.services.case_files import export_cases

    with session_for(common) as session:
        wanted = _filter(session, kind, state, owner, lead, beneath, find, only_open=only_open, review=review)
        if file == STANDARD_OUTPUT:
            with bytes_written() as stream:
                count = export_cases(session, wanted, stream)
        else:
            with atomic_file(Path(file).expanduser(), force=force) as stream:
                count = export_cases(session, wanted, stream, Path(file).name)
        told = ngettext("{n} case was written.", "{n} cases were written.", count)
        tell(told.format(n=counted(count)))


@app.command(
    "import",
    help=N_(
        "Open a case for each line of a table, as export writes it; lines that cannot be taken are told."
    ),
    epilog="leadtui cases import resume resumes.csv",
)
def import_command(
    common: CommandOptions,
    kind: KindArgument,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=N_("A CSV file with titles in its first line."))
    ],
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.case_files import import_cases

    with session_for(common) as session:
        meant = chosen(CASE_KIND, kind, session.definitions.open_case_kinds)
        result = import_cases(session, meant.key, Path(file).expanduser())
        for each in result.rejected:
            words_ = pgettext("notice", "Line {number}: {reason}")
            tell(words_.format(number=counted(each.line), reason=each.reason))
        told = ngettext("{n} case was opened.", "{n} cases were opened.", result.count)
        tell(told.format(n=counted(result.count)))
        if as_json:
            rejected: list[Json] = [{"line": each.line, "reason": each.reason} for each in result.rejected]
            write_json({"opened": result.count, "rejected": rejected})


def case_record(session: Session, shown: ShownCase) -> dict[str, Json]:
    """A case with its customers and answers; those whom the person does not see have no id."""
    case, kind = shown.case, shown.kind
    leads: list[Json] = [
        {
            "role": each.role,
            "id": each.lead_id or None,
            "name": shown.leads[each.lead_id].name if each.lead_id in shown.leads else None,
        }
        for each in case.leads
    ]
    answers: list[Json] = [
        answer_record(answer_from(each, case.answers[each.key]), session.definitions)
        for each in kind.fields
        if each.key in case.answers
    ]
    return {
        "id": case.id,
        "version": case.version,
        "kind": kind.key,
        "state": case.state,
        "state_title": shown.state_title,
        "title": case.title,
        "responsible": person_record(session.definitions.colleague(case.owner_id)),
        "beneath": case.parent_id,
        "opened_at": moment_text(case.opened_at),
        "moved_at": moment_text(case.state_at),
        "leads": leads,
        "answers": answers,
    }


def typed_case_answers(
    fields: Sequence[Field], given: Sequence[str], problems: list[Invalid]
) -> dict[str, str]:
    """The answers as typed, by field key."""
    answers: dict[str, str] = {}
    for each in given:
        name, sign, value = each.partition("=")
        found = matching(words(name), fields)
        if not sign:
            told = _("“{given}” is no answer; write --answer field=value.").format(given=each)
            problems.append(Invalid(told, ANSWER_OPTION))
        elif len(found) != 1:
            known = format_list(f"{one.key} ({one.title})" for one in fields)
            told = _("There is no field “{field}” here. It asks for: {known}.").format(
                field=name, known=known
            )
            problems.append(Invalid(told, name))
        elif found[0].key not in answers:
            answers[found[0].key] = value.strip()
        elif found[0].kind is FieldKind.CHOICES:
            answers[found[0].key] += f"\n{value.strip()}"
        else:
            told = _("{field} is answered twice.").format(field=found[0].title)
            problems.append(Invalid(told, found[0].key))
    return answers


def _in_role(session: Session, kind: CaseKind, typed: str) -> CaseLead:
    """The lead and the role; where the kind has one alone, the lead is enough."""
    from leadtui.services.leads import find_lead

    role, sign, lead = typed.partition("=")
    if not sign and len(kind.roles) == 1:
        return CaseLead(kind.roles[0].key, find_lead(session, typed).id)
    return CaseLead(chosen(_ROLE, role, kind.roles).key, find_lead(session, lead).id)


def _filter(
    session: Session,
    kind: str,
    states: Sequence[str],
    owner: str,
    lead: str,
    beneath: int | None,
    find: str,
    *,
    only_open: bool,
    review: bool,
) -> CaseFilter:
    from leadtui.services.cases import CaseFilter
    from leadtui.services.leads import find_lead

    kinds = session.definitions.case_kinds
    meant = chosen(CASE_KIND, kind, kinds) if kind else None
    wanted: frozenset[tuple[str, str]] | None = None
    if states or only_open or review:
        among = [(each.key, one) for each in ([meant] if meant else kinds) for one in each.states]
        if states:
            named = {
                chosen(_STATE, typed, [one for _key, one in among]).key if meant else typed
                for typed in states
            }
            named = {one.key for typed in named for one in matching(typed, [one for _key, one in among])}
            among = [(key, one) for key, one in among if one.key in named]
        wanted = frozenset(
            (key, one.key)
            for key, one in among
            if not (only_open and one.final) and (one.review or not review)
        )
    return CaseFilter(
        meant.key if meant else "",
        wanted,
        chosen_person(session, owner, also_gone=True).id if owner else None,
        find_lead(session, lead).id if lead else None,
        beneath,
        find,
    )


def _answer(session: Session, shown: ShownCase, *, as_json: bool) -> None:
    if as_json:
        write_json(case_record(session, shown))
    else:
        _write_cases(session, [shown])


def _write_cases(session: Session, found: Sequence[ShownCase]) -> None:
    formatter = Formatter(session)
    columns = [
        TextColumn(pgettext("column", "Case"), right=True),
        TextColumn(pgettext("column", "Kind"), yields=2, least=8),
        TextColumn(pgettext("column", "Title"), yields=3, least=12),
        TextColumn(pgettext("column", "State"), yields=1, least=8),
        TextColumn(pgettext("column", "Responsible"), yields=2, least=8),
        TextColumn(pgettext("column", "Last moved")),
    ]
    write_table(
        columns,
        [
            [
                str(each.case.id),
                each.kind.title,
                case_name(each),
                each.state_title,
                formatter.owner(each.case.owner_id),
                formatter.moment(each.case.state_at),
            ]
            for each in found
        ],
    )


def _write_opened(session: Session, opened: OpenedCase) -> None:
    shown, formatter = opened.shown, Formatter(session)
    case, kind = shown.case, shown.kind
    rows = [
        (kind.title, f"{case.id}  {case_name(shown)}"),
        (pgettext("column", "State"), shown.state_title),
        (pgettext("column", "Responsible"), formatter.owner(case.owner_id)),
        (pgettext("column", "Opened"), formatter.moment(case.opened_at)),
    ]
    if opened.parent is not None:
        rows.append((opened.parent.kind.title, f"{opened.parent.case.id}  {case_name(opened.parent)}"))
    for role in kind.roles:
        names = [
            formatter.name(shown.leads[each]) if each in shown.leads else pgettext("customer", "hidden")
            for each in case.lead_ids(role.key)
        ]
        if names:
            rows.append((role.title, format_list(names)))
    for each in kind.fields:
        if each.key in case.answers:
            rows.append((each.title, formatter.answer(each.kind, case.answers[each.key])))
    if opened.moves:
        titles = format_list(f"{each.title} ({each.key})" for each in opened.moves)
        rows.append((pgettext("field", "Moves"), titles))
    write_fields(rows)
    for each in opened.children:
        write_line(f"{each.kind.title} {each.case.id}  {case_name(each)}  {each.state_title}")
    for each in opened.timeline:
        write_line(_entry_line(each, formatter))


def _entry_line(entry: CaseEntry, formatter: Formatter) -> str:
    parts = (formatter.moment(entry.at), safe(formatter.actor(entry.actor_id)), entry_words(entry, formatter))
    return "  ".join(parts)


def _opened_record(session: Session, opened: OpenedCase) -> dict[str, Json]:
    formatter = Formatter(session)
    moves: list[Json] = [
        {"key": each.key, "title": each.title, "to": each.to or None} for each in opened.moves
    ]
    timeline: list[Json] = [
        {
            "id": each.id,
            "at": moment_text(each.at),
            "act": each.act.value,
            "actor": person_record(session.definitions.colleague(each.actor_id)),
            "undone": each.undone,
            "text": entry_words(each, formatter),
        }
        for each in opened.timeline
    ]
    beneath: list[Json] = [each.case.id for each in opened.children]
    return {**case_record(session, opened.shown), "moves": moves, "cases": beneath, "timeline": timeline}
