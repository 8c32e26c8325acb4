"""Lead gen forms of LinkedIn's Campaign Manager."""

from leadtui.services.importing.layouts.layout import DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="LinkedIn lead gen form",
    some_of=(
        "Lead Created At|Lead ID|Campaign Name|Campaign ID|Creative ID|Creative Name|Form Name|Test Lead|Account Name|Lead Type"
        "|Campaign Group Name|LinkedIn Profile"
    ),
    least=3,
    columns={
        "Form Name": Target.IGNORE,
        "Account Name": Target.IGNORE,
        "Lead Type": Target.IGNORE,
        "Company Name": "company",
    },
    channel=DefaultChannel.ADVERTISING,
)
