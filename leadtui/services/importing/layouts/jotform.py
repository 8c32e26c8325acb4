"""Submissions of Jotform; names and numbers of several parts may stand in their cells as JSON."""

from leadtui.services.importing.layouts.layout import DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Jotform",
    titles="Submission Date",
    some_of="Submission ID|Submission IP|Last Update Date|IP|Unread|Flag|Submission Status",
    columns={
        "Submission IP": Target.IGNORE,
        "Last Update Date": Target.IGNORE,
        "Unread": Target.IGNORE,
        "Flag": Target.IGNORE,
        "Submission Status": Target.IGNORE,
    },
    channel=DefaultChannel.WEB_FORM,
)
