"""Messages of Contact Form 7, by the names of its fields, as Flamingo and CFDB7 export them."""

from leadtui.services.importing.layouts.layout import DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Contact Form 7",
    some_of="your-name|your-email|your-subject|your-message|your-phone|your-tel|your-mobile",
    least=2,
    columns={
        "your-subject": "need",
        "your-tel": "phone",
        "your-phone": "phone",
        "your-mobile": "phone",
        "form_date": "entered_at",
        "Form Date": "entered_at",
        "Status": Target.IGNORE,
        "cfdb7_status": Target.IGNORE,
        "id": Target.EXTERNAL_ID,
    },
    channel=DefaultChannel.WEB_FORM,
)
