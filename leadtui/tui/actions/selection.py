"""Commands on several chosen customers at once: whom they mean, and carrying them out part by part."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from textual import work

from leadtui.errors import LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _, ngettext, show_number
from leadtui.services import bulk, drafts, erasing
from leadtui.services.assigning import assign
from leadtui.services.bulk import Result, Selection
from leadtui.services.colleagues import leads_per_colleague
from leadtui.services.drafts import ASSIGN_DRAFT, Draft
from leadtui.services.erasing import Erased
from leadtui.services.follow_up import set_status_of
from leadtui.tui.actions import LeadActions
from leadtui.tui.actions.in_hand import TakenUp
from leadtui.tui.actions.tables import TableActions
from leadtui.tui.dialogs.assign_dialog import AssignDialog, Transfer, wish_of
from leadtui.tui.dialogs.erase_dialog import EraseWish
from leadtui.tui.dialogs.progress_dialog import ProgressDialog
from leadtui.tui.dialogs.several_dialog import SeveralStatusDialog

Step = Callable[[Selection, int | None], Result]
"""Carries a command out on a part of the customers, as steps of a group."""


@dataclass(slots=True)
class Work:
    """A command that is being carried out; `told` is what became of it so far."""

    seen: Selection
    step: Step
    title: str
    told: Result = field(default_factory=Result)
    through: int = 0
    dialog: ProgressDialog | None = None
    begun: Callable[[], None] = lambda: None


class SelectionActions(LeadActions, TableActions):
    """Gives the desk the choosing of rows, and `assign` and `set_status` for all that are chosen."""

    def action_choose(self) -> None:
        """Choose the row under the cursor, or leave it out."""
        if self.table_in_hand.has_focus:
            self.table_in_hand.toggle_chosen()

    def action_choose_all(self) -> None:
        """Choose all that the table shows."""
        self.table_in_hand.choose_all()

    def chosen_ids(self) -> array[int]:
        """Who is chosen in the table in hand."""
        return self.table_in_hand.chosen.ids()

    @property
    def several_chosen(self) -> bool:
        """Whether commands mean the chosen customers and not the open one."""
        return len(self.table_in_hand.chosen) > 0

    def whom_words(self, count: int, name: str = "") -> str:
        """Whom a command is about: the open customer by name, or how many are chosen."""
        if name:
            return brief(name, 30)
        return ngettext("for {count} customer", "for {count} customers", count).format(
            count=show_number(count, self.session.language)
        )

    def action_set_status(self) -> None:
        """Set the status of the open customer, or of all that are chosen."""
        if self.several_chosen:
            self._prepare_status_of(self.begin(), self.chosen_ids())
        else:
            super().action_set_status()

    def action_erase(self) -> None:
        """Erase the open customer, or all that are chosen, for good."""
        ids = self.chosen_ids()
        if ids:
            self.erase_several(ids)
        else:
            super().action_erase()

    def erase_several(self, lead_ids: Sequence[int], wish: EraseWish | None = None) -> None:
        """Ask why and for the confirmation, then erase these customers; `wish` was typed before."""
        table = self.table_in_hand

        def erase(wanted: EraseWish) -> Erased:
            erased = erasing.erase_many(self.session, lead_ids, wanted.reason, wanted.confirmation)
            table.call_later(table.choose_none)
            return erased

        count = len(lead_ids)
        whom = ngettext("{count} customer", "{count} customers", count).format(
            count=show_number(count, self.session.language)
        )
        self.ask_to_erase(whom, erasing.to_confirm_many(count), erase, wish, lead_ids=lead_ids)

    def name_several(self, draft: Draft) -> str:
        """How many customers a draft is about."""
        return self.whom_words(len(draft.other_lead_ids))

    def taken_up(self) -> dict[str, TakenUp]:
        """The note of who gives customers to a colleague."""

        def resume(draft: Draft) -> None:
            ids = array("q", draft.other_lead_ids or (cast("int", draft.lead_id),))
            self._prepare_assign(self.begin(), ids, draft.lead_id is None)

        given = TakenUp(_("give to a colleague"), resume, self.name_several)
        return {**super().taken_up(), ASSIGN_DRAFT: given}

    def action_assign(self) -> None:
        """Give the chosen customers, else the open one, to a colleague."""
        ids = self.chosen_ids()
        if not ids:
            if self.nobody_in_hand():
                return
            lead_id = self.lead_in_hand
            assert lead_id is not None
            ids = array("q", (lead_id,))
        self._prepare_assign(self.begin(), ids, self.several_chosen)

    @work(thread=True, group="dialogs", exclusive=True, description="read whom an assignment is about")
    def _prepare_assign(self, number: int, ids: array[int], chosen: bool) -> None:
        try:
            seen, counts = bulk.select(self.session, ids), leads_per_colleague(self.session)
            draft = drafts.find_draft(self.session, ASSIGN_DRAFT, None if chosen else ids[0])
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
            return
        typed = {} if draft is None or (chosen and draft.other_lead_ids != tuple(ids)) else draft.content
        then = partial(self._open_assign, seen, counts, chosen, wish_of(typed))
        self.post_message(self.Prepared(number, then))

    def _open_assign(
        self,
        seen: Selection,
        counts: Mapping[int, int],
        chosen: bool,
        wish: Transfer | None = None,
        reason: str = "",
    ) -> None:
        name = "" if chosen or self.panel_lead_name is None else self.panel_lead_name
        whom = self.whom_words(len(seen.ids), name)
        about = None if chosen else seen.ids[0]

        def take(wanted: Transfer | None) -> None:
            if wanted is None:
                self.leave_draft(ASSIGN_DRAFT, about)
                return

            def step(part: Selection, group_id: int | None) -> Result:
                return assign(self.session, part, wanted.owner_id, wanted.note, group_id=group_id)

            to = self.formatter.person(wanted.owner_id) if wanted.owner_id else _("nobody")
            title = _("Giving to {name}").format(name=brief(to, 30))
            self._carry_out(
                Work(seen, step, title),
                lambda told: ngettext("{count} given to {name}", "{count} given to {name}", told.done).format(
                    count=show_number(told.done, self.session.language), name=brief(to, 30)
                ),
                lambda error: self._open_assign(seen, counts, chosen, wanted, str(error)),
                lambda: self.keep_draft(ASSIGN_DRAFT, about, {}),
            )

        keep = self.keeper(ASSIGN_DRAFT, about, seen.ids if chosen else ())
        self.push_dialog(AssignDialog(self.session, whom, counts, wish, reason, keep), take)

    @work(thread=True, group="dialogs", exclusive=True, description="read whom a status is for")
    def _prepare_status_of(self, number: int, ids: array[int]) -> None:
        try:
            seen = bulk.select(self.session, ids)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
            return
        self.post_message(self.Prepared(number, partial(self._open_status_of, seen)))

    def _open_status_of(self, seen: Selection, reason: str = "") -> None:
        def take(status_id: int | None) -> None:
            if status_id is None:
                return

            def step(part: Selection, group_id: int | None) -> Result:
                return set_status_of(self.session, part, status_id, group_id=group_id)

            title = self.formatter.status(status_id)
            self._carry_out(
                Work(seen, step, title),
                lambda told: ngettext("{status}: {count} set", "{status}: {count} set", told.done).format(
                    status=title, count=show_number(told.done, self.session.language)
                ),
                lambda error: self._open_status_of(seen, str(error)),
            )

        whom = self.whom_words(len(seen.ids))
        self.push_dialog(SeveralStatusDialog(self.session, whom, reason), take)

    @property
    def panel_lead_name(self) -> str | None:
        """The name of the open customer, as far as it has been read."""
        raise NotImplementedError

    # Part by part

    def _carry_out(
        self,
        asked: Work,
        done_words: Callable[[Result], str],
        refused: Callable[[LeadtuiError], None],
        begun: Callable[[], None] = lambda: None,
    ) -> None:
        """Do the work a part at a time, each in its turn among everything else that is saved.

        `begun` is called once the first part is saved.
        """
        asked.begun = begun
        parts = asked.seen.parts()
        total = len(asked.seen.ids)
        if total > bulk.AT_ONCE:
            asked.dialog = ProgressDialog(asked.title, total, self.session.language)
            self.app.push_screen(asked.dialog)
        self._next_part(asked, parts, done_words, refused)

    def _next_part(
        self,
        asked: Work,
        parts: Iterator[Selection],
        done_words: Callable[[Result], str],
        refused: Callable[[LeadtuiError], None],
    ) -> None:
        part = None if asked.dialog is not None and asked.dialog.stopped else next(parts, None)
        if part is None:
            self._end(asked, done_words(asked.told))
            return

        def saved(told: Result) -> None:
            if not asked.through:
                asked.begun()
            asked.told += told
            asked.through += len(part.ids)
            if asked.dialog is not None:
                asked.dialog.show(asked.through)
            self._next_part(asked, parts, done_words, refused)

        def failed(error: LeadtuiError) -> None:
            if asked.told.done or asked.dialog is not None:
                self._end(asked, done_words(asked.told))
                self.tell_refusal(error)
            else:
                refused(error)

        self.leadtui.writer.write(partial(asked.step, part, asked.told.group_id), saved, failed)

    def _end(self, asked: Work, done: str) -> None:
        if asked.dialog is not None and asked.dialog.is_attached:
            asked.dialog.dismiss(None)
        language, told = self.session.language, asked.told
        words = [done]
        if told.same:
            words.append(_("{count} needed nothing").format(count=show_number(told.same, language)))
        if told.changed:
            words.append(
                ngettext(
                    "{count} was changed meanwhile and left",
                    "{count} were changed meanwhile and left",
                    told.changed,
                ).format(count=show_number(told.changed, language))
            )
        if told.gone:
            words.append(_("{count} not there any more").format(count=show_number(told.gone, language)))
        left = len(asked.seen.ids) - asked.through
        if left:
            words.append(_("{count} not begun").format(count=show_number(left, language)))
        self.app.notify(_(", ").join(words), markup=False, timeout=8)
        if not left and not told.changed:
            self.table_in_hand.choose_none()
        self.leadtui.look_again()
