"""Contacts exported from Freshsales."""

from leadtui.services.importing.layouts.layout import Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Freshsales",
    some_of=(
        "Do not disturb|Medium|Keyword|Account name|Account Phone|Account Owner|External Id|Lifecycle Stage|Contact Status|Territory"
        "|Campaign|Sales owner|Time zone"
    ),
    least=5,
    columns={
        "Account name": "company",
        "Work": "phone_other",
        "Lifecycle Stage": Target.NOTE,
        "Contact Status": "status",
        "Sales owner": "owner",
    },
)
