"""Contacts exported from Close, whose leads are companies."""

from leadtui.services.importing.layouts.layout import Layout

LAYOUT = Layout(
    name="Close",
    titles="lead_name|name",
    some_of="lead_id|primary_phone|primary_email|other_phones|other_emails",
    least=2,
    columns={"lead_name": "company", "name": "name"},
)
