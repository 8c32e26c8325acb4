"""Leads and contacts exported from Microsoft Dynamics 365, as workbooks to be changed and taken back."""

from leadtui.services.importing.layouts.layout import Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Dynamics 365",
    some_of=(
        "(Do Not Modify) Lead|(Do Not Modify) Contact|(Do Not Modify) Row Checksum|(Do Not Modify) Modified On|Do not allow Phone Calls"
        "|Status Reason"
    ),
    least=2,
    columns={
        "(Do Not Modify) Lead": Target.IGNORE,
        "(Do Not Modify) Contact": Target.IGNORE,
        "(Do Not Modify) Row Checksum": Target.IGNORE,
        "(Do Not Modify) Modified On": Target.IGNORE,
        "Status Reason": "status",
        "Topic": Target.NOTE,
        "Company Name": "company",
    },
)
