"""Leads that a chat on a web site or a messenger has written into a sheet: Tawk, Tidio, ManyChat and their like."""

from leadtui.services.importing.layouts.layout import DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="chat leads",
    some_of=(
        "Chat ID|Chat Started|Conversation ID|Conversation|Transcript|Chat Transcript|Visitor Name|Visitor ID|Subscribed|Opted-in|wa_id|Bot"
        "|Last Interaction|Last Message|Chat URL|Visitor Email|Visitor Phone|Chat Date|Conversation started"
    ),
    least=2,
    columns={
        "Chat ID": Target.EXTERNAL_ID,
        "Conversation ID": Target.EXTERNAL_ID,
        "Visitor ID": Target.EXTERNAL_ID,
        "Chat Started": "entered_at",
        "Conversation started": "entered_at",
        "Chat Date": "entered_at",
        "Subscribed": "entered_at",
        "Last Interaction": "contacted_at",
        "Conversation": Target.NOTE,
        "Transcript": Target.NOTE,
        "Visitor Name": "name",
        "Visitor Email": "email",
        "Visitor Phone": "phone",
    },
    channel=DefaultChannel.WEB_FORM,
)
