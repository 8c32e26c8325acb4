"""Reports of leads and contacts from Salesforce."""

from leadtui.services.importing.layouts.layout import Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Salesforce",
    some_of=(
        "Lead Owner|Lead Status|Company / Account|Account Name|Contact Owner|Rating|Lead Source|Do Not Call|HasOptedOutOfEmail|Create Date"
        "|Created Date|Lead ID|LeadSource|OwnerId|MobilePhone|DoNotCall|CreatedDate"
    ),
    least=4,
    columns={
        "Account Name": "company",
        "Company": "company",
        "LeadSource": "channel",
        # of its data loader
        **dict.fromkeys(
            (
                *(
                    "IsDeleted",
                    "IsConverted",
                    "IsUnreadByOwner",
                    "MasterRecordId",
                    "CreatedById",
                    "LastModifiedById",
                ),
                *(
                    "SystemModstamp",
                    "LastViewedDate",
                    "LastReferencedDate",
                    "Jigsaw",
                    "JigsawContactId",
                    "IsEmailBounced",
                ),
            ),
            Target.IGNORE,
        ),
    },
)
