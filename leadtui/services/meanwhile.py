"""That somebody else has changed a lead meanwhile: who and when, for whom it stops."""

from __future__ import annotations

from leadtui.domain.lead import Lead
from leadtui.domain.undoing import FACTS
from leadtui.errors import Conflict
from leadtui.language.translate import _
from leadtui.services.deeds import deed
from leadtui.services.session import Transaction
from leadtui.store import activities, leads


def changed_meanwhile(tx: Transaction, lead: Lead) -> Conflict:
    """The conflict over a lead, as it stands now, with the newest entry of its timeline that changed it."""
    timeline = activities.timeline(tx, lead.id, limit=50)
    moves = (
        each for each in timeline if not each.undone and (each.kind not in FACTS or each.detail.undoes_id)
    )
    latest = next(moves, timeline[0] if timeline else None)
    if latest is None:
        return leads.changed_meanwhile(lead)
    told = deed(tx.session, tx.visibility.redact_activity(latest, lead.owner_id), tx.show(lead))
    sentence = _("{deed} Look at what changed, then save.").format(deed=told)
    return Conflict(sentence, lead_id=lead.id, actor_id=latest.actor_id, at=latest.at)
