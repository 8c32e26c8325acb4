"""Working the cases of the open customer: looking at them, moving one on, opening another."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from leadtui.domain.case import CaseLead, NotMet
from leadtui.domain.case_kind import CaseKind, Transition
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid, InvalidAnswers, LeadtuiError, Refused
from leadtui.language.translate import _
from leadtui.services import cases
from leadtui.services.cases import OpenCase, OpenedCase, ShownCase
from leadtui.services.leads import open_lead
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.dialogs.case_dialogs import (
    CaseDialog,
    CaseForm,
    CaseFormDialog,
    CasePeople,
    CasesDialog,
    form_of_move,
    form_of_new,
    move_of,
    opening_of,
)


async def work_cases(desk: Desk) -> None:
    """Show the cases of the open customer, until the person leaves; what is chosen is moved on, or opened."""
    lead_id = required_lead(desk)
    while True:
        name, listed = await desk.actions.read(partial(_look, desk, lead_id))
        kinds = _openable(desk)
        if not listed and not kinds:
            raise Refused(_("No kind of case is defined; `leadtui cases kinds set` takes one from a file."))
        chosen = await desk.actions.ask(CasesDialog(name, listed, kinds))
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
    """Show a case and make one move after the other, until the person leaves it: whether any was saved."""
    saved = False
    while True:
        opened = await desk.actions.read(partial(cases.show_case, desk.session, case_id))
        move = await desk.actions.ask(CaseDialog(opened, desk.formatter))
        if move is None:
            return saved
        if await _move(desk, opened, move):
            saved = True
            desk.program.look_again()


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
    form = form_of_new(kind)
    problems: tuple[Invalid, ...] = ()
    reason = ""
    while (typed := await desk.actions.ask(_dialog(desk, form, problems, reason))) is not None:
        form = replace(form, typed=typed)
        problems, reason = (), ""
        try:
            await desk.actions.write(partial(cases.open_case, desk.session, opening_of(begun, typed)))
        except InvalidAnswers as error:
            problems = error.problems
        except LeadtuiError as error:
            reason = str(error)
        else:
            await desk.lead_saved(lead_id)
            return


def _dialog(desk: Desk, form: CaseForm, problems: tuple[Invalid, ...], reason: str) -> CaseFormDialog:
    people = CasePeople(desk.session.definitions, desk.session.actor)
    return CaseFormDialog(form, people, desk.session.format_context(), problems, reason)
