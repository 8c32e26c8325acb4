"""Working the cases of the open customer: looking at them, moving one on, opening another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from leadtui.domain.case import CaseLead, NotMet
from leadtui.domain.case_kind import CaseKind, Transition
from leadtui.domain.follow_up import NOTE_FIELD, OWNER_FIELD
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid, InvalidAnswers, LeadtuiError, Refused
from leadtui.language.translate import _
from leadtui.services import cases
from leadtui.services.cases import OpenCase, OpenedCase, ShownCase
from leadtui.services.leads import find_lead, open_lead
from leadtui.services.session import Session
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.dialogs.case_dialogs import (
    CUSTOMER_FIELD,
    CaseDeed,
    CaseDialog,
    CaseForm,
    CaseFormDialog,
    CasePeople,
    cases_dialog,
    form_of_giving,
    form_of_linking,
    form_of_move,
    form_of_new,
    move_of,
    opening_of,
    person_named,
    role_of,
    take_out_dialog,
)


async def work_cases(desk: Desk) -> None:
    """Show the cases of the open customer, until the person leaves; what is chosen is moved on, or opened."""
    lead_id = required_lead(desk)
    while True:
        name, listed = await desk.actions.read(partial(_look, desk, lead_id))
        kinds = _openable(desk)
        if not listed and not kinds:
            raise Refused(_("No kind of case is defined; `leadtui cases kinds set` takes one from a file."))
        chosen = await desk.actions.ask(cases_dialog(name, listed, kinds))
        if chosen is None:
            return
        if isinstance(chosen, CaseKind):
            await _open(desk, lead_id, chosen)
        elif await work_case(desk, chosen.case.id):
            await desk.lead_saved(lead_id)


def _look(desk: Desk, lead_id: int) -> tuple[str, tuple[ShownCase, ...]]:
    lead = open_lead(desk.session, lead_id).lead
    return desk.formatter.name(lead), cases.cases_of_lead(desk.session, lead_id)


def _openable(desk: Desk) -> tuple[CaseKind, ...]:
    """The kinds that can be opened for one customer: beneath no other case, and with nobody else in it."""
    if not desk.session.actor.may(Permission.WORK_CASES):
        return ()
    return tuple(
        each
        for each in desk.session.definitions.open_case_kinds
        if each.roles and not each.parent and sum(role.least for role in each.roles) <= 1
    )


async def work_case(desk: Desk, case_id: int) -> bool:
    """Show a case and do one thing to it after the other, until the person leaves it: whether anything was saved."""
    saved = False
    may_work = desk.session.actor.may(Permission.WORK_CASES)
    while True:
        opened = await desk.actions.read(partial(cases.show_case, desk.session, case_id))
        wanted = await desk.actions.ask(CaseDialog(opened, desk.formatter, may_work=may_work))
        match wanted:
            case None:
                return saved
            case CaseDeed.GIVE:
                done = await _give(desk, opened.shown)
            case CaseDeed.LINK:
                done = await _link(desk, opened.shown)
            case CaseDeed.UNLINK:
                done = await _unlink(desk, opened.shown)
            case Transition():
                done = await _move(desk, opened, wanted)
        if done:
            saved = True
            desk.program.look_again()


async def _give(desk: Desk, shown: ShownCase) -> bool:
    """Ask who is to be responsible until that is saved, or left: whether it was saved."""
    session = desk.session
    form = form_of_giving(shown)

    def give(typed: Mapping[str, str]) -> Callable[[], object]:
        owner_id = person_named(typed, form.person, session.format_context())
        return partial(cases.give_case, session, shown.case.id, owner_id, shown.case.version)

    return await _fill_in(desk, form, give)


async def _link(desk: Desk, shown: ShownCase) -> bool:
    """Ask who comes into the case, and as what, until that is saved, or left: whether it was saved."""
    session = desk.session

    def link(typed: Mapping[str, str]) -> Callable[[], object]:
        role = role_of(shown.kind, typed)
        return partial(_put_in, session, shown.case.id, role.key, typed.get(CUSTOMER_FIELD, ""))

    return await _fill_in(desk, form_of_linking(shown), link)


def _put_in(session: Session, case_id: int, role: str, reference: str) -> None:
    """Put whom the reference means into the case. Raises Invalid, beside the field, where it means nobody."""
    try:
        lead = find_lead(session, reference)
    except LeadtuiError as error:
        raise Invalid(str(error), CUSTOMER_FIELD) from error
    cases.link_lead(session, case_id, role, lead.id)


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


async def _fill_in(
    desk: Desk, form: CaseForm, command: Callable[[Mapping[str, str]], Callable[[], object]]
) -> bool:
    """Ask what the form asks until what `command` makes of it is saved, or the person leaves: whether it was saved."""
    problems: tuple[Invalid, ...] = ()
    reason = ""
    while (typed := await desk.actions.ask(_dialog(desk, form, problems, reason))) is not None:
        form = replace(form, typed=typed)
        problems, reason = (), ""
        try:
            await desk.actions.write(command(typed))
        except Invalid as error:
            told = error.problems if isinstance(error, InvalidAnswers) else (error,)
            # What is wrong with a role is beside no field: the form asks for all of them by one.
            beside = {OWNER_FIELD, NOTE_FIELD, *(each.key for each in form.fields)}
            problems = tuple(each for each in told if each.field in beside)
            reason = " ".join(str(each) for each in told if each.field not in beside)
        except LeadtuiError as error:
            reason = str(error)
        else:
            return True
    return False


async def _move(desk: Desk, opened: OpenedCase, move: Transition) -> bool:
    """Ask what the move asks until it is saved, or left: whether it was saved."""
    session, shown = desk.session, opened.shown
    form = form_of_move(shown.kind, shown, move, session.format_context())
    problems: tuple[Invalid, ...] = ()
    reason = ""
    ask = not move.asks_nothing
    while True:
        context = session.format_context()
        if ask:
            typed = await desk.actions.ask(_dialog(desk, form, problems, reason))
            if typed is None:
                return False
            form = replace(form, typed=typed)
        problems, reason, ask = (), "", True
        try:
            command = move_of(shown, move, form.typed, context)
            await desk.actions.write(partial(cases.move_case, session, command))
        except InvalidAnswers as error:
            problems = error.problems
        except Invalid as error:
            problems = (error,)
        except NotMet as unmet:
            form, reason = replace(form, overrides=unmet.overridable), str(unmet)
            if not unmet.overridable and move.asks_nothing:
                raise
        else:
            return True


async def _open(desk: Desk, lead_id: int, kind: CaseKind) -> None:
    """Ask for a new case of the kind, until it is saved or the person leaves."""
    role = next((each for each in kind.roles if each.least), kind.roles[0])
    begun = OpenCase(kind.key, (CaseLead(role.key, lead_id),))

    def open_it(typed: Mapping[str, str]) -> Callable[[], object]:
        return partial(cases.open_case, desk.session, opening_of(begun, typed))

    if await _fill_in(desk, form_of_new(kind), open_it):
        await desk.lead_saved(lead_id)


def _dialog(desk: Desk, form: CaseForm, problems: tuple[Invalid, ...], reason: str) -> CaseFormDialog:
    people = CasePeople(desk.session.definitions, desk.session.actor)
    return CaseFormDialog(form, people, desk.session.format_context(), problems, reason)
