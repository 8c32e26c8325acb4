"""Orders and customers of WooCommerce; the address of the bill comes before that of the parcel."""

from leadtui.services.importing.layouts.layout import Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="WooCommerce",
    some_of=(
        "Order Number|Order Status|First Name (Billing)|Email (Billing)|Phone (Billing)|billing_first_name|billing_email|billing_phone"
        "|_billing_email|_billing_phone|AOV|Total Spend|Date Registered|Last Active"
    ),
    least=3,
    columns={
        "Order Status": Target.IGNORE,
        "order_status": Target.IGNORE,
        "status": Target.IGNORE,
        "Last Active": Target.IGNORE,
        "Date Registered": "entered_at",
        "Order Date": "entered_at",
        "order_date": "entered_at",
        "Username": Target.IGNORE,
        "Customer Note": Target.NOTE,
        "customer_note": Target.NOTE,
    },
)
