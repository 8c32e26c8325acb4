"""Leads and contacts exported from Odoo, by the titles of its list or by the names of its fields."""

from leadtui.services.importing.layouts.layout import Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Odoo",
    some_of=(
        "Opportunity|Salesperson|Sales Team|Stage|Contact Name|Expected Revenue|email_from|contact_name|partner_name|user_id|user_id/name"
        "|stage_id|stage_id/name|team_id|External ID|Company Name"
    ),
    least=3,
    columns={
        "name": Target.NOTE,
        "Opportunity": Target.NOTE,
        "email_from": "email",
        "contact_name": "name",
        "partner_name": "company",
        "Company Name": "company",
        "user_id": "owner",
        "user_id/name": "owner",
        "stage_id": "status",
        "stage_id/name": "status",
        "city": "city",
        "country_id/name": Target.COUNTRY,
        "country_id": Target.COUNTRY,
        "tag_ids/name": "need",
        "tag_ids": "need",
        "source_id/name": "channel",
        "source_id": "channel",
        "activity_date_deadline": "next_at",
        "create_date": "entered_at",
        "External ID": Target.EXTERNAL_ID,
    },
)
