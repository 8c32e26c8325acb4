"""Contacts exported from Mautic."""

from leadtui.services.importing.layouts.layout import Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Mautic",
    titles="firstname|lastname|email",
    some_of="points|dateAdded|date_added|dateIdentified|date_identified|lastActive|last_active|attribution|preferred_locale|owner|stage",
    least=3,
    columns={
        "dateAdded": "entered_at",
        "date_added": "entered_at",
        "dateIdentified": Target.IGNORE,
        "date_identified": Target.IGNORE,
        "lastActive": Target.IGNORE,
        "last_active": Target.IGNORE,
        "dateModified": Target.IGNORE,
        "points": Target.IGNORE,
        "stage": "status",
        "title": Target.IGNORE,
    },
)
