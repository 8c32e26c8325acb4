"""What everybody changes by themselves: the own name, and how the program speaks to them."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.domain.preferences import Preferences
from leadtui.errors import Conflict, Invalid
from leadtui.language.text import clean
from leadtui.language.translate import _
from leadtui.services.session import Session
from leadtui.store import definitions, own_desk

ME = "me"
"""The name of this sort of settings, beside those of what is defined."""


def change_own(session: Session, name: str, preferences: Preferences, *, name_before: str) -> None:
    """Keep the person's name, as colleagues see it, and how they want to be spoken to, at every terminal of this store.

    What the session itself shows changes by `Session.speak`. Raises Invalid beside an empty name, Conflict where
    somebody has given them another name than `name_before` meanwhile.
    """
    with session.write() as tx:
        cleaned, person = clean(name), tx.actor
        if not cleaned:
            raise Invalid(_("A name is needed: colleagues see who did what."), "name")
        if cleaned != name_before and person.name != name_before:
            raise Conflict(
                _("Somebody else changed your name to {name} in the meantime; look again, then save.").format(
                    name=person.name
                )
            )
        if cleaned not in (name_before, person.name):
            definitions.set_membership(tx, person.id, cleaned, person.profile)
        own_desk.put_preferences(tx, person.id, preferences, tx.now)
    session.reload_definitions()


def find_settings(session: Session) -> Mapping[str, object]:
    """The settings that are kept in the store for whoever has no machine of their own here, by name."""
    with session.read() as tx:
        return own_desk.find_settings(tx, tx.actor.id)


def keep_settings(session: Session, given: Mapping[str, object]) -> None:
    """Keep settings in the store."""
    with session.write() as tx:
        own_desk.put_settings(tx, tx.actor.id, given, tx.now)
