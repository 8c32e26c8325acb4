"""Instant forms of TikTok Ads Manager."""

from leadtui.services.importing.layouts.layout import DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="TikTok instant form",
    some_of=(
        "lead_id|create_time|created_time|ad_id|ad_name|adgroup_id|adgroup_name|ad group id|ad group name|campaign_id|campaign_name"
        "|advertiser_id|page_id|page_name|Submit time"
    ),
    least=5,
    columns={
        "page_name": Target.IGNORE,
        "advertiser_id": Target.IGNORE,
        "adgroup_name": Target.IGNORE,
        "adgroup_id": Target.IGNORE,
    },
    channel=DefaultChannel.ADVERTISING,
)
