"""Entries of Gravity Forms."""

from leadtui.services.importing.layouts.layout import DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Gravity Forms",
    titles="Entry Id|Entry Date",
    some_of="Created By (User Id)|Source Url|Transaction Id|Payment Status|User Agent|User IP|Date Updated|Post Id",
    least=2,
    columns={
        "Created By (User Id)": Target.IGNORE,
        "Transaction Id": Target.IGNORE,
        "Date Updated": Target.IGNORE,
        "Source Url": Target.IGNORE,
        "Payment Status": Target.IGNORE,
        "Payment Date": Target.IGNORE,
        "Payment Amount": Target.IGNORE,
    },
    channel=DefaultChannel.WEB_FORM,
)
