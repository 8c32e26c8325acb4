"""Meta lead ads (Facebook, Instagram): the file of a form, downloaded from Ads Manager or the business suite."""

from leadtui.services.importing.layouts.layout import DefaultChannel, Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Meta lead ads",
    some_of=(
        "created_time|ad_id|ad_name|adset_id|adset_name|campaign_id|campaign_name|form_id|form_name|is_organic|platform|lead_status"
    ),
    least=3,
    columns={"platform": Target.IGNORE, "form_name": Target.IGNORE, "lead_status": Target.IGNORE},
    channel=DefaultChannel.ADVERTISING,
)
