"""Working the cases of the open customer: looking at them, moving one on, opening another, and whatever else is done to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from leadtui.domain.case import CaseAct, CaseLead, NotMet
from leadtui.domain.case_kind import CaseKind, CaseRole, Transition
from leadtui.domain.field import FormatContext
from leadtui.domain.permission import Permission
from leadtui.domain.view import View
from leadtui.errors import Invalid, InvalidAnswers, LeadtuiError, Refused
from leadtui.language.text import safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.message_words import unsent_lines
from leadtui.services import cases
from leadtui.services.cases import CaseFilter, OpenCase, OpenedCase, ShownCase
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import open_lead
from leadtui.services.session import Interruption
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.dialogs.case_dialogs import (
    CaseDeed,
    CaseDialog,
    CaseTimelineDialog,
    above_dialog,
    around_dialog,
    cases_dialog,
    deeds_of,
    kinds_dialog,
    role_dialog,
    take_out_dialog,
)
from leadtui.tui.dialogs.case_forms import (
    CaseForm,
    CaseFormDialog,
    CasePeople,
    answering_of,
    form_of_answers,
    form_of_giving,
    form_of_move,
    form_of_new,
    form_of_note,
    giving_of,
    move_of,
    note_of,
    opening_of,
)
from leadtui.tui.dialogs.find_lead_dialog import FindLeadDialog, FoundLead

MOST_FOUND = 50
"""Customers who are shown while one is looked for."""

Command = Callable[[Mapping[str, str]], Callable[[], object]]
"""Makes of what was typed what is to be written. May raise Invalid."""


async def work_cases(desk: Desk) -> None:
    """Show the cases of the open customer, until the person leaves; what is chosen is moved on, or opened."""
    lead_id = required_lead(desk)
    while True:
        name, listed = await desk.actions.read(partial(_look, desk, lead_id))
        kinds = tuple(each for each in _openable(desk) if each.roles)
        if not listed and not kinds:
            raise Refused(_("No kind of case is defined; `leadtui cases kinds set` takes one from a file."))
        chosen = await desk.actions.ask(cases_dialog(name, listed, kinds, desk.formatter))
        if chosen is None:
            return
        if isinstance(chosen, CaseKind):
            await _open(desk, chosen, lead_id=lead_id)
        elif await work_case(desk, chosen.case.id):
            await desk.lead_saved(lead_id)


def _look(desk: Desk, lead_id: int) -> tuple[str, tuple[ShownCase, ...]]:
    lead = open_lead(desk.session, lead_id).lead
    return desk.formatter.name(lead), cases.cases_of_lead(desk.session, lead_id)


def _openable(desk: Desk) -> tuple[CaseKind, ...]:
    may_work = desk.session.actor.may(Permission.WORK_CASES)
    return desk.session.definitions.open_case_kinds if may_work else ()


async def begin_case(desk: Desk) -> None:
    """Ask of which kind a case is opened, and open it."""
    kinds = _openable(desk)
    if not kinds:
        raise Refused(_("No kind of case is defined; `leadtui cases kinds set` takes one from a file."))
    kind = await desk.actions.ask(kinds_dialog(kinds))
    if kind is not None:
        await _open(desk, kind)


async def work_case(desk: Desk, case_id: int) -> bool:
    """Show a case and do one thing to it after the other, until the person leaves it: whether anything was saved."""
    session, saved, reason = desk.session, False, ""
    while True:
        opened = await desk.actions.read(partial(cases.show_case, session, case_id))
        beneath = tuple(each for each in _openable(desk) if each.parent == opened.shown.kind.key)
        deeds = deeds_of(opened, session.actor, beneath)
        wanted = await desk.actions.ask(CaseDialog(opened, deeds, desk.formatter, reason))
        if wanted is None:
            return saved
        reason = ""
        try:
            done = await _do(desk, opened, wanted, beneath)
        except LeadtuiError as error:
            done, reason = False, str(error)
        if done:
            saved = True
            desk.program.look_again()
        if done and wanted is CaseDeed.UNDO and _began(opened):
            desk.tell(pgettext("notice", "Case {id} is taken back whole.").format(id=case_id))
            return saved


async def _do(
    desk: Desk, opened: OpenedCase, wanted: Transition | CaseDeed, beneath: tuple[CaseKind, ...]
) -> bool:
    """Do to a case what the person wants: whether anything was saved."""
    session, shown = desk.session, opened.shown
    match wanted:
        case Transition():
            return await _move(desk, shown, wanted)
        case CaseDeed.NOTE:
            return await _fill_in(
                desk,
                form_of_note(shown),
                lambda typed: partial(cases.note_case, session, shown.case.id, note_of(typed)),
            )
        case CaseDeed.ANSWER:
            form = form_of_answers(shown, session.actor, session.format_context())
            return await _fill_in(
                desk,
                form,
                lambda typed: partial(cases.answer_case, session, answering_of(shown, form, typed)),
            )
        case CaseDeed.GIVE:
            return await _give(desk, shown)
        case CaseDeed.LINK:
            return await _link(desk, shown)
        case CaseDeed.UNLINK:
            return await _unlink(desk, shown)
        case CaseDeed.AROUND:
            return await _go_around(desk, opened, beneath)
        case CaseDeed.TIMELINE:
            await desk.actions.ask(CaseTimelineDialog(opened, desk.formatter))
            return False
        case CaseDeed.UNDO:
            await desk.actions.write(partial(cases.undo_case, session, shown.case.id))
            return True


def _began(opened: OpenedCase) -> bool:
    """Whether nothing had been done to the case but to open it, so that taking that back takes back the case."""
    return sum(not each.undone and each.act is not CaseAct.UNDONE for each in opened.timeline) == 1


async def _move(desk: Desk, shown: ShownCase, move: Transition) -> bool:
    """Ask what the move asks until it is saved, or left: whether it was saved."""
    session = desk.session
    form = form_of_move(shown.kind, shown, move, session.format_context())

    def make(typed: Mapping[str, str]) -> Callable[[], object]:
        command = move_of(shown, move, form, typed, session.format_context())
        return partial(cases.move_case, session, command)

    return await _fill_in(desk, form, make, asks=not move.asks_nothing)


async def _give(desk: Desk, shown: ShownCase) -> bool:
    """Ask who is to be responsible until that is saved, or left: whether it was saved."""
    session, form = desk.session, form_of_giving(shown)

    def give(typed: Mapping[str, str]) -> Callable[[], object]:
        owner_id = giving_of(typed, form, session.format_context())
        return partial(cases.give_case, session, shown.case.id, owner_id, shown.case.version)

    return await _fill_in(desk, form, give)


async def _link(desk: Desk, shown: ShownCase) -> bool:
    """Ask as what somebody comes into the case and who it is, until that is saved, or left: whether it was saved."""
    case, roles = shown.case, shown.kind.roles
    free = [each for each in roles if not each.most or len(case.lead_ids(each.key)) < each.most] or [*roles]
    role: CaseRole | None = free[0]
    if len(free) > 1:
        role = await desk.actions.ask(role_dialog(shown, free))
    reason = ""
    while role is not None and (lead_id := await _find(desk, role, reason)) is not None:
        try:
            await desk.actions.write(partial(cases.link_lead, desk.session, shown.case.id, role.key, lead_id))
        except LeadtuiError as error:
            reason = str(error)
        else:
            return True
    return False


async def _find(desk: Desk, role: CaseRole, reason: str = "") -> int | None:
    """Ask who is to be in a case in that role, found as one types; None where the person leaves."""
    customers = LeadList(desk.session)

    def search(typed: str, interruption: Interruption | None = None) -> list[FoundLead]:
        view = View(sort="name", descending=False, find=typed) if typed.strip() else View()
        ids = customers.first_window(view, MOST_FOUND, interruption)
        rows = customers.rows(ids)
        return [FoundLead(rows[each]) for each in ids if each in rows]

    proposed = await desk.actions.read(partial(search, ""))
    dialog = FindLeadDialog(
        pgettext("title", "{role} · who?").format(role=safe(role.title)),
        pgettext("key", "choose"),
        pgettext("hint", "find a customer by name, number or e-mail"),
        _("Nobody is found; type another part of the name, or the number."),
        proposed,
        search,
        desk.formatter,
        reason,
    )
    return await desk.actions.ask(dialog)


async def _unlink(desk: Desk, shown: ShownCase) -> bool:
    """Ask who is taken out of the case until that is saved, or left: whether it was saved."""
    reason = ""
    while (leaving := await desk.actions.ask(take_out_dialog(shown, reason))) is not None:
        take_out = partial(cases.unlink_lead, desk.session, shown.case.id, leaving.role, leaving.lead_id)
        try:
            await desk.actions.write(take_out)
        except LeadtuiError as error:
            reason = str(error)
        else:
            return True
    return False


async def _go_around(desk: Desk, opened: OpenedCase, beneath: tuple[CaseKind, ...]) -> bool:
    """Ask which case above or beneath is looked at, or of which kind one is opened beneath: whether anything was saved."""
    chosen = await desk.actions.ask(around_dialog(opened, beneath, desk.formatter))
    if chosen is None:
        return False
    if isinstance(chosen, CaseKind):
        return await _open(desk, chosen, parent_id=opened.shown.case.id)
    return await work_case(desk, chosen.case.id)


async def _open(
    desk: Desk, kind: CaseKind, *, lead_id: int | None = None, parent_id: int | None = None
) -> bool:
    """Ask for a new case of the kind, until it is saved or the person leaves: whether it was saved.

    What is above it and who must be in it is asked first, where that is not known.
    """
    if kind.parent and parent_id is None:
        above = await _above(desk, kind)
        if above is None:
            return False
        parent_id = above.case.id
    people: list[CaseLead] = []
    if lead_id is not None:
        role = next((each for each in kind.roles if each.least), kind.roles[0])
        people.append(CaseLead(role.key, lead_id))
    for role in kind.roles:
        if role.least and all(each.role != role.key for each in people):
            found = await _find(desk, role)
            if found is None:
                return False
            people.append(CaseLead(role.key, found))
    begun = OpenCase(kind.key, tuple(people), parent_id=parent_id)

    def open_it(typed: Mapping[str, str]) -> Callable[[], object]:
        return partial(cases.open_case, desk.session, opening_of(kind, begun, typed))

    if not await _fill_in(desk, form_of_new(kind), open_it):
        return False
    if lead_id is not None:
        await desk.lead_saved(lead_id)
    return True


async def _above(desk: Desk, kind: CaseKind) -> ShownCase | None:
    """Ask beneath which case on which work goes on one of the kind is opened. Raises Refused where there is none."""
    session = desk.session
    above = session.definitions.case_kind(kind.parent)
    going_on = frozenset(
        (kind.parent, each.key) for each in (above.states if above else ()) if not each.final
    )
    wanted = CaseFilter(kind.parent, going_on)
    listed = await desk.actions.read(partial(cases.find_cases, session, wanted))
    if not listed:
        words = _("It belongs to a case of kind “{kind}”, of which none is open; open that first.")
        raise Refused(words.format(kind=safe(above.title if above else kind.parent)))
    return await desk.actions.ask(above_dialog(kind, listed, desk.formatter))


async def _fill_in(desk: Desk, form: CaseForm, command: Command, *, asks: bool = True) -> bool:
    """Ask what the form asks until what `command` makes of it is saved, or the person leaves: whether it was saved.

    What `asks` for nothing is written at once, and asks only for a reason where one lets it go on; whatever else stands in
    its way is raised.
    """
    problems: tuple[Invalid, ...] = ()
    reason, ask = "", asks
    while True:
        if ask:
            context = desk.session.format_context()
            typed = await desk.actions.ask(_dialog(desk, form, context, problems, reason))
            if typed is None:
                return False
            form = replace(form, typed=typed)
        problems, reason, ask = (), "", True
        try:
            written = await desk.actions.write(command(form.typed))
        except NotMet as unmet:
            if not (asks or unmet.overridable):
                raise
            form, reason = replace(form, overrides=unmet.overridable), str(unmet)
        except LeadtuiError as error:
            if not asks and not form.overrides:
                raise
            problems, reason = _told(form, error)
        else:
            for words in unsent_lines(written, desk.formatter) if isinstance(written, ShownCase) else ():
                desk.tell(words, severity="warning", timeout=8)
            return True


def _told(form: CaseForm, error: LeadtuiError) -> tuple[tuple[Invalid, ...], str]:
    """What is said beside fields of the form, and what beneath it: what is wrong with a role is beside no field."""
    if not isinstance(error, Invalid):
        return (), str(error)
    told = error.problems if isinstance(error, InvalidAnswers) else (error,)
    beside = tuple(each for each in told if each.field in form.keys)
    return beside, " ".join(str(each) for each in told if each not in beside)


def _dialog(
    desk: Desk, form: CaseForm, context: FormatContext, problems: tuple[Invalid, ...], reason: str
) -> CaseFormDialog:
    people = CasePeople(desk.session.definitions, desk.session.actor)
    return CaseFormDialog(form, people, context, problems, reason)
