"""Responses of Typeform: its questions are the titles."""

from leadtui.services.importing.layouts.layout import DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Typeform",
    titles="Submit Date (UTC)",
    some_of="#|Network ID|Start Date (UTC)|Response Type|Stage Date (UTC)",
    least=2,
    columns={
        "Submit Date (UTC)": "entered_at",
        "Start Date (UTC)": Target.IGNORE,
        "Stage Date (UTC)": Target.IGNORE,
        "Response Type": Target.IGNORE,
        "Tags": "need",
        "Ending": Target.IGNORE,
    },
    channel=DefaultChannel.WEB_FORM,
)
