"""Entries of WPForms."""

from leadtui.services.importing.layouts.layout import DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="WPForms",
    titles="Entry ID|Entry Date",
    some_of="Viewed|Starred|Unique Generated User ID|Entry Notes|Entry Status|Geolocation Details|Type",
    least=2,
    columns={
        "Viewed": Target.IGNORE,
        "Starred": Target.IGNORE,
        "Unique Generated User ID": Target.IGNORE,
        "Entry Status": Target.IGNORE,
        "Type": Target.IGNORE,
        "Entry Notes": Target.NOTE,
    },
    channel=DefaultChannel.WEB_FORM,
)
