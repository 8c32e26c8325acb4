"""What is done to several leads at once, part by part: a status with the same answers, and giving them to a colleague."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from leadtui.domain.distribution import RuleWords
from leadtui.domain.draft import FormDraft
from leadtui.domain.lead import Lead
from leadtui.errors import LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _, format_list, ngettext, npgettext, pgettext, show_number
from leadtui.presentation.outcome_of_several import left_words
from leadtui.services import bulk, follow_up
from leadtui.services.bulk import Result, Selection
from leadtui.services.colleagues import leads_per_colleague
from leadtui.services.distributing import Plan, distribute, plan
from leadtui.services.drafts import ASSIGN_DRAFT, STATUS_DRAFT
from leadtui.services.follow_up import SetStatus, StatusOfSeveral
from leadtui.services.presence import Shift, at_work
from leadtui.tui.action_runner import NotPossible
from leadtui.tui.actions.desk import Desk, chosen_leads, required_lead
from leadtui.tui.actions.drafts import Retry, discard_draft, draft_about, keep_several, leave_draft
from leadtui.tui.dialogs.bulk_dialogs import AssignDialog, Transfer
from leadtui.tui.dialogs.progress_dialog import ProgressDialog
from leadtui.tui.dialogs.several_status_dialog import SeveralStatusDialog
from leadtui.tui.dialogs.status_entry import StatusSnapshot


@dataclass(frozen=True, slots=True)
class Work:
    """A command on several leads: `step` carries it out on a part of them, as steps of a group."""

    selection: Selection
    title: str
    step: Callable[[Selection, int | None], Result]
    done_words: Callable[[int], str]
    """That it was done to so many."""
    at_once: int
    """Customers of one part."""


async def set_status_of_several(desk: Desk, lead_ids: array[int]) -> None:
    """Ask for a status and what it asks, once for all, beginning with the draft, until it is set or the person leaves."""
    session = desk.session

    def read() -> tuple[Selection, Mapping[int, int], FormDraft, tuple[tuple[int, str], ...]]:
        draft = draft_about(session, STATUS_DRAFT, None, lead_ids)
        return (
            bulk.select(session, lead_ids),
            leads_per_colleague(session),
            draft,
            follow_up.reasons_given(session),
        )

    selection, counts, draft, reasons = await desk.actions.read(read)
    count, keep, retry = len(selection.ids), keep_several(desk, lead_ids), Retry(draft)
    while True:
        snapshot = StatusSnapshot(
            lead=Lead(id=0, version=0, name="", entered_at=session.now()),
            definitions=session.definitions,
            context=session.format_context(),
            actor=session.actor,
            leads_per_colleague=counts,
            pending=(),
            draft=retry.draft,
            problems=retry.problems,
            reason=retry.reason,
            several=count,
            reasons=reasons,
        )
        about = FormDraft(STATUS_DRAFT, other_lead_ids=draft.other_lead_ids)
        dialog = SeveralStatusDialog(snapshot, whom_words(desk, count), about, keep, session.now)
        command = await desk.actions.ask(dialog)
        if command is None:
            leave_draft(desk, STATUS_DRAFT, None)
            return
        try:
            await carry_out(
                desk,
                _setting(desk, selection, command, dialog.times),
                partial(discard_draft, desk, STATUS_DRAFT, None),
            )
        except LeadtuiError as error:
            retry = Retry.after(error, dialog.draft, desk.formatter)
        else:
            return


async def assign(desk: Desk) -> None:
    """Give the chosen leads, else the open one, to a colleague."""
    if ids := chosen_leads(desk):
        await assign_to_colleague(desk, ids, chosen=True)
    else:
        await assign_to_colleague(desk, array("q", (required_lead(desk),)), chosen=False)


async def share_out(desk: Desk, lead_ids: array[int]) -> None:
    """Ask by which rule these leads are shared out, until they are or the person leaves."""
    if not desk.session.definitions.open_rules:
        words = _("No rule of distribution is switched on; {key} › Distribution makes one.")
        raise NotPossible(words.format(key=desk.program.key_of("settings")))
    await assign_to_colleague(desk, lead_ids, chosen=True, by_rule=True)


async def assign_to_colleague(
    desk: Desk, lead_ids: array[int], *, chosen: bool, by_rule: bool = False
) -> None:
    """Ask to whom, beginning with the draft, until they are given or the person leaves.

    `chosen` where they are those that were chosen, not the open one; with `by_rule` a rule says who gets which.
    """
    session = desk.session
    about = None if chosen else lead_ids[0]

    def read() -> tuple[Selection, Mapping[int, int], Mapping[int, Shift], FormDraft]:
        draft = draft_about(session, ASSIGN_DRAFT, about, lead_ids if chosen else ())
        return bulk.select(session, lead_ids), leads_per_colleague(session), at_work(session), draft

    selection, counts, shifts, draft = await desk.actions.read(read)
    whom = whom_words(desk, len(selection.ids), "" if chosen else desk.current_name)
    keep, reason = keep_several(desk, lead_ids), ""
    while (
        wanted := await desk.actions.ask(
            dialog := AssignDialog(session, whom, counts, draft, reason, keep, shifts, by_rule=by_rule)
        )
    ) is not None:
        try:
            work = await _giving(desk, selection, wanted)
            await carry_out(desk, work, partial(discard_draft, desk, ASSIGN_DRAFT, about))
        except LeadtuiError as error:
            draft, reason = dialog.draft, str(error)
        else:
            return
    leave_draft(desk, ASSIGN_DRAFT, about)


def whom_words(desk: Desk, count: int, name: str = "") -> str:
    """Whom a command is about: the open customer by name, or how many are chosen."""
    if name:
        return brief(name, 30)
    words = npgettext("title", "for {count} customer", "for {count} customers", count)
    return words.format(count=show_number(count, desk.session.language))


def _setting(desk: Desk, selection: Selection, command: SetStatus, times: Sequence[datetime]) -> Work:
    title = desk.formatter.status(command.status_id)
    wanted = StatusOfSeveral(
        command.status_id,
        command.answers,
        command.owner_id,
        dict(zip(selection.ids, times, strict=False)),
        command.promised,
        command.note,
        command.repeats,
        command.no_next_step,
    )

    def step(part: Selection, group_id: int | None) -> Result:
        return follow_up.set_status_of(desk.session, part, wanted, group_id=group_id)

    def done_words(count: int) -> str:
        words = npgettext("notice", "{status}: {count} set", "{status}: {count} set", count)
        return words.format(status=title, count=show_number(count, desk.session.language))

    return Work(selection, title, step, done_words, bulk.AT_ONCE)


async def _giving(desk: Desk, selection: Selection, wanted: Transfer) -> Work:
    if wanted.rule is not None:
        words = RuleWords(wanted.rule.key)
        planned = await desk.actions.read(partial(plan, desk.session, words, selection.ids))
        return _sharing_out(desk, selection, planned, wanted)
    to = brief(desk.formatter.person(wanted.owner_id), 30) if wanted.owner_id else ""
    title = _("Giving to {name}").format(name=to) if to else pgettext("progress", "Giving to nobody")

    def step(part: Selection, group_id: int | None) -> Result:
        return bulk.assign(desk.session, part, wanted.owner_id, wanted.note, group_id=group_id)

    def done_words(count: int) -> str:
        words = ngettext("{count} given to nobody", "{count} given to nobody", count)
        if to:
            words = ngettext("{count} given to {name}", "{count} given to {name}", count)
        return words.format(count=show_number(count, desk.session.language), name=to)

    return Work(selection, title, step, done_words, bulk.GIVEN_AT_ONCE)


def _sharing_out(desk: Desk, chosen: Selection, planned: Plan, wanted: Transfer) -> Work:
    """Giving each to whom the plan says, as they stood when they were chosen. Who gets nobody stays where they are."""
    title = brief(planned.rule.title, 30)
    owners = dict(zip(planned.ids, planned.owners, strict=True))
    seen = dict(zip(chosen.ids, chosen.versions, strict=True))

    def step(part: Selection, group_id: int | None) -> Result:
        theirs = array("q", (owners[each] for each in part.ids))
        some = replace(planned, ids=part.ids, versions=part.versions, owners=theirs)
        return distribute(desk.session, some, group_id, wanted.note)

    def done_words(count: int) -> str:
        words = ngettext("{count} shared out by {rule}", "{count} shared out by {rule}", count)
        return words.format(count=show_number(count, desk.session.language), rule=title)

    going = Selection(planned.ids, array("q", (seen[each] for each in planned.ids)))
    title_words = _("Sharing out by {rule}").format(rule=title)
    return Work(going, title_words, step, done_words, bulk.GIVEN_AT_ONCE)


# Part by part


async def carry_out(desk: Desk, work: Work, begun: Callable[[], None] | None = None) -> None:
    """Do the work a part at a time, each in its turn among everything else that is saved, until the person stops it.

    `begun` is called once the first part is saved. Raises LeadtuiError where nothing was done.
    """
    total = len(work.selection.ids)
    progress = ProgressDialog(work.title, total, desk.session.language)
    result, through = Result(), 0
    refusal: LeadtuiError | None = None
    async with desk.actions.shown(progress) if total > work.at_once else nullcontext():
        for part in work.selection.parts(work.at_once):
            if progress.stopped:
                break
            try:
                result += await desk.actions.write(partial(work.step, part, result.group_id))
            except LeadtuiError as error:
                if not through and total <= work.at_once:
                    raise
                refusal = error
                break
            if begun is not None and not through:
                begun()
            through += len(part.ids)
            progress.show(through)
    desk.tell(_result_words(work, result, total - through, desk.session.language), timeout=8)
    if through == total and not result.changed:
        desk.current_table.choose_none()
    desk.program.look_again()
    if refusal is not None:
        desk.tell(str(refusal), severity="error", timeout=8)


def _result_words(work: Work, result: Result, left: int, language: str) -> str:
    words = [work.done_words(result.done), *left_words(result, language)]
    if left:
        words.append(_("{count} not begun").format(count=show_number(left, language)))
    return format_list(words)
