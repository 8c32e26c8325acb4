"""The call detail records of Yeastar's exchanges."""

from leadtui.services.importing.layouts.layout import CallLayout

LAYOUT = CallLayout(
    name="Yeastar",
    titles={
        "Time": "start",
        "ID": "uniqueid",
        "Call From": "src",
        "Caller": "src",
        "Call To": "dst",
        "Callee": "dst",
        "Call Duration(s)": "duration",
        "Call Duration": "duration",
        "Talk Duration(s)": "billsec",
        "Talk Duration": "billsec",
        "Status": "disposition",
        "Communication Type": "direction",
    },
)
