"""The calls of Aircall."""

from leadtui.services.importing.layouts.layout import CallLayout

LAYOUT = CallLayout(
    name="Aircall",
    titles={
        "date (TZ offset incl.)": "start",
        "direction": "direction",
        "from": "src",
        "to": "dst",
        "answered": "disposition",
        "duration (total)": "duration",
        "duration (in call)": "billsec",
    },
)
