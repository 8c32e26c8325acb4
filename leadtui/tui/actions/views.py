"""Opening and keeping views of all customers."""

from __future__ import annotations

from functools import partial

from leadtui.domain.draft import FormDraft
from leadtui.domain.view import Arrangement, SavedView
from leadtui.errors import LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _
from leadtui.presentation.filters import out_of_use_sentence
from leadtui.services import views
from leadtui.services.drafts import VIEW_DRAFT
from leadtui.tui.actions.desk import Desk
from leadtui.tui.actions.drafts import discard_draft, keep_draft
from leadtui.tui.dialogs.views_dialog import ViewDeed, ViewsDialog, ViewTitleDialog, ViewWish, wish_of


async def open_views(desk: Desk) -> None:
    """Choose from the saved views what is done with one of them, and do it."""
    session = desk.session
    known = await desk.actions.read(partial(views.list_views, session))
    wish = await desk.actions.ask(ViewsDialog(session, known, desk.customers.saved))
    if wish is None:
        return
    view = wish.view
    match wish.deed:
        case ViewDeed.OPEN:
            desk.show_side(cartable=False)
            desk.customers.show_arrangement(Arrangement() if view is None else view.arrangement, view)
            if view is not None and view.out_of_use:
                desk.tell(out_of_use_sentence(view))
        case ViewDeed.OVERWRITE if view is not None:
            arrangement = desk.customers.arrangement
            _tell_saved(
                desk,
                await desk.actions.write(
                    partial(views.change_view, session, view.id, arrangement=arrangement)
                ),
            )
        case ViewDeed.DELETE if view is not None:
            await desk.actions.write(partial(views.delete_view, session, view.id))
            _tell_deleted(desk, view)
        case _:
            title, shared = (view.title, view.shared) if view is not None else ("", False)
            await save_view(desk, ViewWish(wish.deed, view, title, shared), FormDraft(VIEW_DRAFT))


async def resume_view(desk: Desk, draft: FormDraft) -> None:
    """Go on with the title of a view; what the table shows comes back by itself."""
    known = await desk.actions.read(partial(views.list_views, desk.session))
    await save_view(desk, wish_of(draft, known), draft)


async def save_view(desk: Desk, wish: ViewWish, draft: FormDraft) -> None:
    """Ask for a title until the view is saved, or another one has it, or the person leaves."""
    session, arrangement = desk.session, desk.customers.arrangement
    keep, reason = partial(keep_draft, desk), ""
    while (
        wanted := await desk.actions.ask(dialog := ViewTitleDialog(session, wish, draft, reason, keep))
    ) is not None:
        title, shared = wanted.title, wanted.shared
        if wanted.view is None:
            save = partial(views.save_view, session, title, arrangement, shared=shared)
        else:
            save = partial(views.change_view, session, wanted.view.id, title=title, shared=shared)
        try:
            saved = await desk.actions.write(save)
        except LeadtuiError as error:
            wish, draft, reason = wanted, dialog.draft, str(error)
        else:
            _tell_saved(desk, saved)
            break
    discard_draft(desk, VIEW_DRAFT, None)


def _tell_saved(desk: Desk, view: SavedView) -> None:
    pane = desk.customers
    if pane.saved is None or pane.saved.id == view.id or view.arrangement == pane.arrangement:
        pane.saved = view
    pane.title_view()
    words = _("The view “{title}” is saved; {key} opens it.")
    desk.tell(words.format(title=brief(view.title, 40), key=desk.program.key_of("views")))


def _tell_deleted(desk: Desk, view: SavedView) -> None:
    pane = desk.customers
    if pane.saved is not None and pane.saved.id == view.id:
        pane.saved = None
        pane.title_view()
    desk.tell(_("The view “{title}” is deleted.").format(title=brief(view.title, 40)))
