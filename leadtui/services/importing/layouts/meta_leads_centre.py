"""The leads centre of Meta's business suite: leads of all forms, with the stage that the page's team gave them."""

from leadtui.services.importing.layouts.layout import DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Meta leads centre",
    titles="Created|Name|Email|Phone|Stage|Owner|Source",
    columns={"Source": Target.NOTE, "Labels": Target.NOTE},
    channel=DefaultChannel.ADVERTISING,
)
