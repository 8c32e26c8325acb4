"""Customers exported from Shopify."""

from leadtui.services.importing.layouts.layout import Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Shopify",
    some_of=(
        "Customer ID|Accepts Email Marketing|Accepts Marketing|Accepts SMS Marketing|Total Spent|Total Orders|Tax Exempt"
        "|Default Address City|Default Address Phone"
    ),
    least=3,
    columns={
        "Accepts Email Marketing": Target.NOTE,
        "Accepts SMS Marketing": Target.NOTE,
        "Accepts Marketing": Target.NOTE,
        "Default Address Company": "company",
        "Default Address City": "city",
        "Default Address Country Code": Target.COUNTRY,
        "Default Address Phone": "phone_other",
        "Tax Exempt": Target.IGNORE,
        "Total Spent": Target.IGNORE,
        "Total Orders": Target.IGNORE,
        "Tags": "need",
    },
)
