"""Leads and contacts exported from Zoho CRM."""

from leadtui.services.importing.layouts.layout import Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Zoho CRM",
    some_of="Record Id|Lead Owner.id|Lead Owner|Contact Owner.id|Email Opt Out|Created By.id|Created Time|Modified By|Salutation",
    least=4,
    columns={
        "Lead Owner.id": Target.IGNORE,
        "Contact Owner.id": Target.IGNORE,
        "Created By.id": Target.IGNORE,
        "Modified By.id": Target.IGNORE,
        "Created By": Target.IGNORE,
        "Modified By": Target.IGNORE,
        "Salutation": Target.IGNORE,
        "Full Name": "name",
        "Tag": "need",
    },
)
