"""Contacts of Outlook and of Outlook on the web."""

from leadtui.services.importing.layouts.layout import Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Outlook contacts",
    titles="First Name|Last Name|E-mail Address",
    some_of="Business Phone|Home Phone|Mobile Phone|E-mail 2 Address|Home City|Business City|Middle Name",
    least=2,
    columns={
        "Title": Target.IGNORE,
        "Suffix": Target.IGNORE,
        "E-mail Type": Target.IGNORE,
        "E-mail # Type": Target.IGNORE,
        "E-mail Display Name": Target.IGNORE,
        "E-mail # Display Name": Target.IGNORE,
        "Priority": Target.IGNORE,
        "Private": Target.IGNORE,
        "Sensitivity": Target.IGNORE,
        "Location": Target.NOTE,
        "Callback": "phone_other",
        "Car Phone": "phone_other",
        "Categories": "need",
        "Referred By": "referrer",
    },
)
