"""People and leads exported from Pipedrive."""

from leadtui.services.importing.layouts.layout import Layout

LAYOUT = Layout(
    name="Pipedrive",
    some_of=(
        "Person - Name|Person - Phone|Person - Email|Person - Phone - Work|Person - Email - Work|Person - Organization|Person - ID"
        "|Organization - Name|Deal - Title|Lead - Title|Lead - Owner|Person - Phone - Mobile|Person - Owner"
    ),
    least=2,
    columns={
        "Person - Organization": "company",
        "Lead - Source": "channel",
        "Lead - Labels": "need",
        "Person - Labels": "need",
        "Deal - Stage": "status",
        "Deal - Owner": "owner",
        "Lead - Created": "entered_at",
        "Lead - Lead created": "entered_at",
        "Person - Person created": "entered_at",
        "Deal - Deal created": "entered_at",
    },
)
