"""Lead form assets of Google Ads."""

from leadtui.services.importing.layouts.layout import DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Google Ads lead form",
    some_of=(
        "GCLID|Google Click ID|GCL ID|Lead Submit Time|Lead ID|Form ID|Campaign ID|Ad group ID|Adgroup ID|Creative ID|Asset ID"
        "|Google Lead ID|User Column Data|Is Test"
    ),
    least=3,
    columns={
        "Lead Submit Time": "entered_at",
        "Campaign": Target.IGNORE,
        "User Phone": "phone",
        "User Email": "email",
    },
    channel=DefaultChannel.ADVERTISING,
)
