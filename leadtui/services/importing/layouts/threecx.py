"""The call log of 3CX, from its console or its reports."""

from leadtui.services.importing.layouts.layout import CallLayout

LAYOUT = CallLayout(
    name="3CX",
    titles={
        "Call Time": "start",
        "Start Time": "start",
        "Caller ID": "src",
        "Caller": "src",
        "From": "src",
        "Destination": "dst",
        "Callee": "dst",
        "To": "dst",
        "Status": "disposition",
        "Ringing": "ringing",
        "Talking": "billsec",
        "Talk Time": "billsec",
        "Totals": "duration",
        "Direction": "direction",
        "Call ID": "uniqueid",
        "time-start": "start",
        "from-no": "src",
        "to-no": "dst",
        "callid": "uniqueid",
        "duration": "duration",
        "reason-terminated": "disposition",
    },
)
