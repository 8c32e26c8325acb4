"""Erasing the open lead, or all that are chosen, for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from leadtui.domain.lead import Lead
from leadtui.errors import Invalid, LeadtuiError
from leadtui.language.translate import _, ngettext, show_number
from leadtui.services import drafts, erasing, leads
from leadtui.services.drafts import ERASE_DRAFT
from leadtui.services.erasing import Erased
from leadtui.tui.actions.desk import Desk, chosen_leads, required_lead
from leadtui.tui.actions.drafts import keeper, leave_draft
from leadtui.tui.dialogs.erase_dialog import EraseDialog, EraseWish, wish_of


async def erase(desk: Desk) -> None:
    """Erase the open lead, or all that are chosen, once the person has said why and typed who it is."""
    if ids := chosen_leads(desk):
        await erase_several(desk, ids)
    else:
        await erase_one(desk, required_lead(desk))


async def erase_one(desk: Desk, lead_id: int) -> None:
    """Erase one lead, beginning with the draft of the reason."""

    def read() -> tuple[Lead, EraseWish]:
        draft = drafts.find_draft(desk.session, ERASE_DRAFT, lead_id)
        return leads.open_lead(desk.session, lead_id).lead, wish_of(draft.content if draft else {})

    lead, wish = await desk.read(read)
    whom = lead.name or desk.formatter.phone(lead.phone) or str(lead.id)
    await _erase(
        desk, whom, erasing.to_confirm(lead), partial(erasing.erase, desk.session, lead_id), wish, lead_id
    )


async def erase_several(desk: Desk, lead_ids: Sequence[int], wish: EraseWish | None = None) -> None:
    """Erase several leads; `wish` was typed before."""
    table, count = desk.current_table, len(lead_ids)
    whom = ngettext("{count} customer", "{count} customers", count).format(
        count=show_number(count, desk.session.language)
    )
    erase_all = partial(erasing.erase_many, desk.session, lead_ids)
    if await _erase(desk, whom, erasing.to_confirm_many(count), erase_all, wish, lead_ids=lead_ids):
        table.choose_none()


async def _erase(
    desk: Desk,
    whom: str,
    to_confirm: str,
    erase: Callable[[str, str], Erased],
    wish: EraseWish | None,
    lead_id: int | None = None,
    lead_ids: Sequence[int] = (),
) -> bool:
    """Ask why and for the confirmation until it is done or the person leaves; returns whether it is done.

    `erase` is given the reason and the confirmation. The draft is about the one lead or the several.
    """
    keep = keeper(desk, ERASE_DRAFT, lead_id, lead_ids)
    problem, field = "", ""
    while (wanted := await desk.ask(EraseDialog(whom, to_confirm, wish, problem, field, keep))) is not None:
        try:
            erased = await desk.write(partial(erase, wanted.reason, wanted.confirmation))
        except LeadtuiError as error:
            wish, problem = wanted, str(error)
            field = error.field if isinstance(error, Invalid) else ""
        else:
            desk.tell(_erased_words(desk, erased))
            desk.program.look_again()
            return True
    leave_draft(desk, ERASE_DRAFT, lead_id)
    return False


def _erased_words(desk: Desk, erased: Erased) -> str:
    count = show_number(erased.count, desk.session.language)
    words = [ngettext("{n} customer was erased.", "{n} customers were erased.", erased.count).format(n=count)]
    if not erased.complete:
        words.append(_("The file's log still holds traces; they go when the other terminals are closed."))
    return " ".join(words)
