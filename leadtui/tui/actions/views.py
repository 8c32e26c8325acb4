"""Opening and keeping views of all customers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from textual import work

from leadtui.domain.view import Arrangement, SavedView
from leadtui.errors import LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _
from leadtui.services import views
from leadtui.services.drafts import VIEW_DRAFT, Draft
from leadtui.tui.actions.in_hand import TakenUp
from leadtui.tui.actions.tables import TableActions
from leadtui.tui.dialogs.views_dialog import ViewDeed, ViewsDialog, ViewTitleDialog, ViewWish, wish_of


class ViewActions(TableActions):
    """Gives the desk the action `views`."""

    def action_views(self) -> None:
        """Open the list of saved views."""
        self._prepare_views(self.begin())

    @work(thread=True, group="dialogs", exclusive=True, description="read the saved views")
    def _prepare_views(self, number: int, draft: Mapping[str, str] | None = None) -> None:
        try:
            known = views.list_views(self.session)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
        else:
            then = partial(self._open_views, known)
            if draft is not None:
                then = partial(self._ask_title, wish_of(draft, known))
            self.post_message(self.Prepared(number, then))

    def open_view(self, view: SavedView | None) -> None:
        """Show all customers as in the view, or as a new desk does."""
        self.show_side(cartable=False)
        self.customers.show_arrangement(Arrangement() if view is None else view.arrangement, view)

    def taken_up(self) -> dict[str, TakenUp]:
        """The title; what the table shows comes back by itself."""

        def resume(draft: Draft) -> None:
            self._prepare_views(self.begin(), draft.content)

        name = TakenUp(_("view"), resume, lambda draft: brief(draft.content.get("title", ""), 30))
        return {**super().taken_up(), VIEW_DRAFT: name}

    def _open_views(self, known: tuple[SavedView, ...]) -> None:
        def take(wish: ViewWish | None) -> None:
            if wish is not None:
                self._do(wish)

        self.push_dialog(ViewsDialog(self.session, known, self.customers.saved), take)

    def _do(self, wish: ViewWish) -> None:
        view = wish.view
        match wish.deed:
            case ViewDeed.OPEN:
                self.open_view(view)
            case ViewDeed.OVERWRITE if view is not None:
                change = partial(
                    views.change_view, self.session, view.id, arrangement=self.customers.arrangement
                )
                self.leadtui.writer.write(change, self._view_kept)
            case ViewDeed.DELETE if view is not None:
                self.leadtui.writer.write(
                    partial(views.delete_view, self.session, view.id), lambda _nothing: self._deleted(view)
                )
            case _:
                title, shared = (view.title, view.shared) if view is not None else ("", False)
                self._ask_title(ViewWish(wish.deed, view, title, shared))

    def _ask_title(self, wish: ViewWish, reason: str = "") -> None:
        arrangement = self.customers.arrangement

        def take(wanted: ViewWish | None) -> None:
            if wanted is None:
                self.keep_draft(VIEW_DRAFT, None, {})
                return
            view = wanted.view
            if view is None:
                save = partial(views.save_view, self.session, wanted.title, arrangement, shared=wanted.shared)
            else:
                save = partial(
                    views.change_view, self.session, view.id, title=wanted.title, shared=wanted.shared
                )

            def kept(saved: SavedView) -> None:
                self.keep_draft(VIEW_DRAFT, None, {})
                self._view_kept(saved)

            self.leadtui.writer.write(save, kept, lambda error: self._ask_title(wanted, str(error)))

        self.push_dialog(ViewTitleDialog(self.session, wish, reason, self.keeper(VIEW_DRAFT, None)), take)

    def _view_kept(self, view: SavedView) -> None:
        pane = self.customers
        if pane.saved is None or pane.saved.id == view.id or view.arrangement == pane.arrangement:
            pane.saved = view
        pane.tell_view()
        sentence = _("The view “{title}” is saved; w opens it.")
        self.app.notify(sentence.format(title=brief(view.title, 40)), markup=False)

    def _deleted(self, view: SavedView) -> None:
        if self.customers.saved is not None and self.customers.saved.id == view.id:
            self.customers.saved = None
            self.customers.tell_view()
        sentence = _("The view “{title}” is deleted.")
        self.app.notify(sentence.format(title=brief(view.title, 40)), markup=False)
