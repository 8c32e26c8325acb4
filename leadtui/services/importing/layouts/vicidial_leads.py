"""Leads that VICIdial exports with the names of its columns as titles."""

from leadtui.services.importing.layouts.layout import NO_FIELD, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="VICIdial leads",
    titles="phone_number",
    some_of="lead_id|vendor_lead_code|list_id|phone_code|gmt_offset_now|called_since_last_reset|called_count|source_id|alt_phone",
    least=3,
    columns={
        "phone_code": Target.COUNTRY,
        "user": "owner",
        "status": "status",
        "entry_date": "entered_at",
        "modify_date": Target.IGNORE,
        "middle_initial": NO_FIELD,
        "title": Target.IGNORE,
        "comments": Target.NOTE,
        "source_id": Target.IGNORE,
        "list_id": Target.IGNORE,
        "called_count": Target.IGNORE,
        "gmt_offset_now": Target.IGNORE,
        "called_since_last_reset": Target.IGNORE,
        "security_phrase": Target.IGNORE,
        "rank": Target.IGNORE,
        "last_local_call_time": "contacted_at",
        "alt_phone": "phone_other",
    },
)
