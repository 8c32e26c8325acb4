"""The call detail records of Grandstream's UCM exchanges."""

from leadtui.services.importing.layouts.layout import CallLayout

LAYOUT = CallLayout(
    name="Grandstream UCM",
    titles={
        "Caller Number": "src",
        "Caller Name": "clid",
        "Callee Number": "dst",
        "Context": "dcontext",
        "Source Channel": "channel",
        "Dest Channel": "dstchannel",
        "Start Time": "start",
        "Answer Time": "answer",
        "End Time": "end",
        "Call Time": "duration",
        "Talk Time": "billsec",
        "Call Status": "disposition",
        "Disposition": "disposition",
        "Unique ID": "uniqueid",
    },
)
