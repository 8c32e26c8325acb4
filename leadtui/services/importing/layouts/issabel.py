"""The CDR report of Issabel and Elastix."""

from leadtui.services.importing.layouts.layout import CallLayout

LAYOUT = CallLayout(
    name="Issabel",
    titles={
        "Date": "start",
        "Source": "src",
        "Destination": "dst",
        "Src. Channel": "channel",
        "Account Code": "accountcode",
        "Dst. Channel": "dstchannel",
        "Status": "disposition",
        "Duration": "billsec",
        "UniqueID": "uniqueid",
    },
)
