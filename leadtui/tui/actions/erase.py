"""Erasing the open lead, or all that are chosen, for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from leadtui.domain.draft import FormDraft
from leadtui.errors import Invalid, LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _, ngettext, show_number
from leadtui.services import erasing
from leadtui.services.drafts import ERASE_DRAFT
from leadtui.services.erasing import Erased
from leadtui.tui.actions.desk import Desk, chosen_leads, required_lead
from leadtui.tui.actions.drafts import draft_about, keep_draft, keep_several, leave_draft, read_with_draft
from leadtui.tui.dialogs.erase_dialog import EraseDialog
from leadtui.tui.widgets.draft_autosave import Keep


async def erase(desk: Desk) -> None:
    """Erase the open lead, or all that are chosen, once the person has said why and typed who it is."""
    if ids := chosen_leads(desk):
        await erase_several(desk, ids)
    else:
        await erase_one(desk, required_lead(desk))


async def erase_one(desk: Desk, lead_id: int) -> None:
    """Erase one lead, beginning with the draft of the reason."""
    opened, draft = await read_with_draft(desk, ERASE_DRAFT, lead_id)
    lead = opened.lead
    name = lead.name or desk.formatter.phone(lead.phone) or str(lead.id)
    title = _("Erase {name} for good").format(name=brief(name, 40))
    erase = partial(erasing.erase, desk.session, lead_id)
    await _erase(desk, title, erasing.to_confirm(lead), erase, draft, partial(keep_draft, desk))


async def erase_several(desk: Desk, lead_ids: Sequence[int]) -> None:
    """Erase several leads, beginning with the draft of the reason."""
    table, count = desk.current_table, len(lead_ids)
    draft = await desk.actions.read(partial(draft_about, desk.session, ERASE_DRAFT, None, lead_ids))
    words = ngettext("Erase {count} customer for good", "Erase {count} customers for good", count)
    title = words.format(count=show_number(count, desk.session.language))
    erase_all = partial(erasing.erase_many, desk.session, lead_ids)
    keep = keep_several(desk, lead_ids)
    if await _erase(desk, title, erasing.to_confirm_many(count), erase_all, draft, keep):
        table.choose_none()


async def _erase(
    desk: Desk,
    title: str,
    to_confirm: str,
    erase: Callable[..., Erased],
    draft: FormDraft,
    keep: Keep | None,
) -> bool:
    """Ask why and for the confirmation until it is done or the person leaves; returns whether it is done.

    `erase` is given the reason, the confirmation, and whether to `remember` the numbers.
    """
    confirmation = problem = field = ""
    remember = True
    while True:
        dialog = EraseDialog(title, to_confirm, draft, confirmation, problem, field, keep, remember=remember)
        wanted = await desk.actions.ask(dialog)
        if wanted is None:
            leave_draft(desk, ERASE_DRAFT, draft.lead_id)
            return False
        try:
            erased = await desk.actions.write(
                partial(erase, wanted.reason, wanted.confirmation, remember=wanted.remember)
            )
        except LeadtuiError as error:
            draft, confirmation, problem = dialog.draft, wanted.confirmation, str(error)
            remember = wanted.remember
            field = error.field if isinstance(error, Invalid) else ""
        else:
            desk.tell(_erased_words(desk, erased))
            desk.program.look_again()
            return True


def _erased_words(desk: Desk, erased: Erased) -> str:
    count = show_number(erased.count, desk.session.language)
    words = [ngettext("{n} customer was erased.", "{n} customers were erased.", erased.count).format(n=count)]
    if not erased.complete:
        words.append(
            _(
                "Copies may still be in the store's files; they go with the next erasing, or as the state of the store is repaired."
            )
        )
    return " ".join(words)
