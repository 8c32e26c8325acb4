"""Submissions of Elementor's forms; its *Referrer* is the page that the form stands on."""

from leadtui.services.importing.layouts.layout import DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Elementor form",
    titles="Form Name (ID)",
    some_of="Submission ID|Created At|User ID|User Agent|User IP|Referrer",
    least=2,
    columns={"Referrer": Target.IGNORE, "Form Name (ID)": Target.IGNORE, "User ID": Target.IGNORE},
    channel=DefaultChannel.WEB_FORM,
)
