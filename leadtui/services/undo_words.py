"""What was taken back of one customer, and the line that says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leadtui.domain.lead import Activity, ActivityDetail, ActivityKind, Lead
from leadtui.domain.lead_entry import change_title
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _
from leadtui.services.deeds import moment_words, name_of, person
from leadtui.services.session import Session

QUOTED_WIDTH = 40
"""Cells of a note that are quoted."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One customer's step that was taken back. `lead` is as it was just before, `told` the entry taken back.

    `gone` and `back` are when the reminders are due that went and came back by it, aware UTC.
    """

    session: Session
    lead: Lead
    told: Activity
    detail: ActivityDetail
    status_changed: bool
    owner_changed: bool
    gone: tuple[datetime, ...]
    back: tuple[datetime, ...]

    @property
    def language(self) -> str:
        """The language that it is told in."""
        return self.session.language


def taken_back_words(taken: TakenBack) -> str:
    """What became of it: `Mina Sadeghi – Demo booked → New; owner Reza → you; reminder Sat 10:00 cancelled`."""
    session, detail = taken.session, taken.detail
    parts: list[str] = []
    if taken.status_changed:
        before, now = (safe(each) or _("New") for each in (detail.status_from, detail.status_to))
        parts.append(
            _("{before} → {now}").format(before=before, now=now)
            if before != now
            else _("{status}, given once more").format(status=before)
        )
    if taken.told.kind is ActivityKind.NOTE:
        parts.append(_("note “{text}”").format(text=ellipsize(safe(taken.told.detail.text), QUOTED_WIDTH)))
    if taken.told.kind is ActivityKind.MERGED:
        parts.append(
            _("{name} is a customer of their own again").format(name=safe(taken.told.detail.lost_name))
        )
        return _("{name} – {what}").format(name=name_of(session, taken.lead), what=_("; ").join(parts))
    if taken.told.kind is ActivityKind.CALLS_FORBIDDEN:
        parts.append(_("calls are allowed again"))
    if taken.told.kind is ActivityKind.CALLS_ALLOWED:
        parts.append(_("calls are forbidden again"))
    parts += [
        _("{field}: {before} → {now}").format(
            field=safe(change_title(key, session.definitions)), before=safe(was) or "–", now=safe(now) or "–"
        )
        for key, was, now in detail.changes
    ]
    if taken.owner_changed:
        parts.append(
            _("owner {before} → {now}").format(
                before=person(session, detail.owner_from_id), now=person(session, detail.owner_to_id)
            )
        )
    parts += [_("reminder {when} cancelled").format(when=moment_words(session, each)) for each in taken.gone]
    parts += [_("reminder {when} is back").format(when=moment_words(session, each)) for each in taken.back]
    return _("{name} – {what}").format(
        name=name_of(session, taken.lead), what=_("; ").join(parts) or _("the last step")
    )
