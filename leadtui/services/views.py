"""Saved views: a filter, a find, an order and columns under a title, one's own or the team's."""

from __future__ import annotations

from dataclasses import replace

from leadtui.domain.audit import AuditAct, AuditEvent, AuditKind, Part
from leadtui.domain.permission import Permission
from leadtui.domain.view import Arrangement, SavedView
from leadtui.errors import Invalid, NotFound
from leadtui.language.text import clean, search_key
from leadtui.language.translate import _, counted, format_list
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import own_desk

TITLE_FIELD = "title"
"""The field under which a title that cannot be is reported."""

_LONGEST_TITLE = 60


def list_views(session: Session) -> tuple[SavedView, ...]:
    """The person's own views and the team's, in the order in which they were saved."""
    with session.read() as tx:
        return own_desk.views_seen_by(tx, tx.definitions, tx.actor.id)


def find_view(session: Session, title: str) -> SavedView:
    """The view of that title, or the only one whose title begins so. Raises NotFound, naming those there are."""
    views, wanted = list_views(session), search_key(title)
    same = [each for each in views if search_key(each.title) == wanted]
    found = same or [each for each in views if wanted and search_key(each.title).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    named = format_list(each.title for each in found or views)
    if found:
        raise NotFound(
            _("Several views can be meant by “{title}”: {views}.").format(title=title, views=named)
        )
    if not views:
        raise NotFound(_("There is no view “{title}”; none is saved yet.").format(title=title))
    raise NotFound(_("There is no view “{title}”. There are: {views}.").format(title=title, views=named))


def save_view(session: Session, title: str, arrangement: Arrangement, *, shared: bool = False) -> SavedView:
    """Keep the arrangement under a new title. Raises Invalid beside the title, Refused for the team without the right."""
    with session.write() as tx:
        if shared:
            tx.require(Permission.SHARE_VIEWS)
        view = SavedView(0, _usable(tx, title, 0), tx.actor.id, shared, arrangement)
        kept = replace(view, id=own_desk.add_view(tx, view))
        _tell_audit(tx, None, kept)
        return kept


def change_view(
    session: Session,
    view_id: int,
    *,
    title: str | None = None,
    shared: bool | None = None,
    arrangement: Arrangement | None = None,
) -> SavedView:
    """Change what is given of a view. Raises like `save_view`, NotFound, and Refused for a team's view without the right."""
    with session.write() as tx:
        view = _changeable(tx, view_id)
        if shared:
            tx.require(Permission.SHARE_VIEWS)
        changed = replace(
            view,
            title=view.title if title is None else _usable(tx, title, view_id),
            shared=view.shared if shared is None else shared,
            arrangement=arrangement or view.arrangement,
            out_of_use=view.out_of_use if arrangement is None else (),
        )
        own_desk.put_view(tx, changed, arranged=arrangement is not None)
        _tell_audit(tx, view, changed)
        return changed


def delete_view(session: Session, view_id: int) -> None:
    """Forget a view. Raises NotFound, and Refused for a team's view without the right."""
    with session.write() as tx:
        _tell_audit(tx, _changeable(tx, view_id), None)
        own_desk.remove_view(tx, view_id)


def _tell_audit(tx: Transaction, before: SavedView | None, after: SavedView | None) -> None:
    """Let the audit tell what became of a view that the team has, or had."""
    was, now = (each if each is not None and each.shared else None for each in (before, after))
    told = now or was
    if told is None or was == now:
        return
    act = AuditAct.ADDED if was is None else AuditAct.REMOVED if now is None else AuditAct.CHANGED
    views = [None if each is None else each.arrangement.view for each in (was, now)]
    parts = {
        "title": tuple(each.title if each else None for each in (was, now)),
        "find": tuple(each.find if each else None for each in views),
        "filter": tuple(own_desk.filter_text(each.filter) if each else None for each in views),
    }
    changed = tuple(Part(name, *both) for name, both in parts.items() if (both[0] or "") != (both[1] or ""))
    tx.audit(AuditEvent(AuditKind.VIEW, act, told.id, told.title, changed))


def _changeable(tx: Transaction, view_id: int) -> SavedView:
    seen = own_desk.views_seen_by(tx, tx.definitions, tx.actor.id)
    view = next((each for each in seen if each.id == view_id), None)
    if view is None:
        raise NotFound(_("That view is not there any more; open the list again."))
    if view.shared:
        # Also one's own, once the team works with it.
        tx.require(Permission.SHARE_VIEWS)
    return view


def _usable(tx: Transaction, title: str, view_id: int) -> str:
    """The title as it is kept. Raises Invalid."""
    usable = clean(title)
    if not usable:
        raise Invalid(_("A title is needed."), TITLE_FIELD)
    if len(usable) > _LONGEST_TITLE:
        raise Invalid(
            _("The title is too long; {limit} letters fit.").format(limit=counted(_LONGEST_TITLE)),
            TITLE_FIELD,
        )
    for each in own_desk.views_seen_by(tx, tx.definitions, tx.actor.id):
        if each.id != view_id and search_key(each.title) == search_key(usable):
            raise Invalid(
                _("There is a view “{title}” already; choose another title.").format(title=each.title),
                TITLE_FIELD,
            )
    return usable
