"""How a person left their desk, so that it opens again as it was, also after the program was killed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from leadtui.domain.cartable import CartablePart
from leadtui.domain.view import Arrangement
from leadtui.language.translate import _, ngettext, show_number
from leadtui.services.session import Session
from leadtui.store import drafts, own_desk


@dataclass(frozen=True, slots=True)
class DeskState:
    """What is shown at a desk. `view_id` is the saved view that `arrangement` began with."""

    arrangement: Arrangement = field(default_factory=Arrangement)
    view_id: int | None = None
    cartable_side: bool | None = None
    """None where the person has never been there."""
    zoomed: bool = False
    part: CartablePart | None = None
    lead_id: int | None = None
    cartable_width: int = 0
    panel_height: int = 0
    """Cells that the person gave to the cartable and to the open customer; 0 where they are as usual."""


def put_aside(session: Session) -> tuple[str, ...]:
    """A sentence for each thing that the person had kept and that cannot be read; the desk opens without it."""
    with session.read() as tx:
        views = own_desk.unreadable_views(tx, tx.actor.id)
        count = drafts.count_unreadable(tx, tx.actor.id)
    said = [
        _("The view “{title}” cannot be read and shows everybody; save it anew, or delete it.").format(
            title=title
        )
        for title in views
    ]
    if count:
        words = ngettext(
            "{count} draft cannot be read and is not offered.",
            "{count} drafts cannot be read and are not offered.",
            count,
        )
        said.append(words.format(count=show_number(count, session.language)))
    return tuple(said)


def load_state(session: Session) -> DeskState:
    """The person's desk as they left it; what does not fit any more is as it usually is."""
    with session.read() as tx:
        kept = own_desk.find_state(tx, tx.actor.id)
    if not isinstance(kept, dict):
        return DeskState()
    given = cast("dict[str, Any]", kept)
    side, part = given.get("cartable_side"), given.get("part")
    return DeskState(
        arrangement=own_desk.arrangement_from_json(given.get("arrangement"), tx.definitions),
        view_id=_id(given.get("view_id")),
        cartable_side=side if isinstance(side, bool) else None,
        zoomed=given.get("zoomed") is True,
        part=CartablePart(part) if part in [each.value for each in CartablePart] else None,
        lead_id=_id(given.get("lead_id")),
        cartable_width=_cells(given.get("cartable_width")),
        panel_height=_cells(given.get("panel_height")),
    )


def save_state(session: Session, state: DeskState) -> None:
    """Keep how the desk is now."""
    content = {
        "arrangement": own_desk.arrangement_to_json(state.arrangement),
        "view_id": state.view_id,
        "cartable_side": state.cartable_side,
        "zoomed": state.zoomed,
        "part": None if state.part is None else state.part.value,
        "lead_id": state.lead_id,
        "cartable_width": state.cartable_width,
        "panel_height": state.panel_height,
    }
    with session.write(keeps=True) as tx:
        own_desk.put_state(tx, tx.actor.id, content, tx.now)


def _id(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63 else None


def _cells(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1_000 else 0
