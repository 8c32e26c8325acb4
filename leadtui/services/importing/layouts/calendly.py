"""Appointments exported from Calendly: who was invited, by whom, and what they answered."""

from leadtui.services.importing.layouts.layout import NO_FIELD, DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Calendly",
    titles="Invitee Email",
    some_of="Event Type Name|Event Created Date & Time|Start Date & Time|Canceled|Text Reminder Number|Invitee Time Zone",
    least=3,
    columns={
        "Text Reminder Number": "phone",
        "User Email": "owner",
        "User Name": Target.IGNORE,
        "Location": NO_FIELD,  # a link to where they meet
        "Question #": NO_FIELD,
        "Event UUID": Target.IGNORE,
    },
    channel=DefaultChannel.WEB_FORM,
)
