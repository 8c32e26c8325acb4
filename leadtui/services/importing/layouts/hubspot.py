"""Contacts exported from HubSpot."""

from leadtui.services.importing.layouts.layout import Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="HubSpot",
    some_of=(
        "Record ID|Record ID - Contact|Contact owner|Create Date|Lead Status|Lifecycle Stage|Associated Company"
        "|Primary Associated Company ID|Marketing contact status|Original Source"
    ),
    least=3,
    columns={
        "Lead Status": "status",
        "Lifecycle Stage": Target.NOTE,
        "Last Contacted": "contacted_at",
        "Primary Associated Company ID": Target.IGNORE,
        "Associated Company IDs": Target.IGNORE,
        "Marketing contact status": Target.NOTE,
    },
)
