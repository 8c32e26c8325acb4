"""That somebody else has changed a lead meanwhile: what stops whoever decided on it as it was before."""

from __future__ import annotations

from leadtui.domain.lead import Activity, Lead
from leadtui.domain.undoing import FACTS
from leadtui.errors import Conflict
from leadtui.services.session import Transaction
from leadtui.store import activities, leads


class LeadChanged(Conflict):
    """A conflict over a lead: `activity` is what changed it. Both are as the person who acts may see them."""

    def __init__(self, sentence: str, lead: Lead, activity: Activity) -> None:
        super().__init__(sentence, lead_id=lead.id, actor_id=activity.actor_id, at=activity.at)
        self.lead = lead
        self.activity = activity


def lead_changed(tx: Transaction, lead: Lead) -> Conflict:
    """The conflict over a lead, as it stands now, with the newest entry of its timeline that changed it."""
    timeline = activities.timeline(tx, lead.id, limit=50)
    moves = (
        each for each in timeline if not each.undone and (each.kind not in FACTS or each.detail.undoes_id)
    )
    latest = next(moves, timeline[0] if timeline else None)
    plain = leads.changed_meanwhile(lead)
    if latest is None:
        return plain
    return LeadChanged(str(plain), tx.show(lead), tx.show_activity(latest, lead.owner_id))
