"""Google Contacts, its present CSV and the one before 2024; several values of a kind stand in one cell with ::: between."""

from leadtui.services.importing.layouts.layout import Layout
from leadtui.services.importing.titles import Target

LAYOUT = Layout(
    name="Google Contacts",
    some_of=(
        "E-mail 1 - Value|Phone 1 - Value|E-mail 1 - Label|Phone 1 - Label|E-mail 1 - Type|Phone 1 - Type|Organization Name|Labels"
        "|Group Membership|Yomi Name"
    ),
    least=2,
    columns={
        "Labels": Target.IGNORE,
        "Group Membership": Target.IGNORE,
        "E-mail # - Label": Target.IGNORE,
        "E-mail # - Type": Target.IGNORE,
        "Phone # - Label": Target.IGNORE,
        "Phone # - Type": Target.IGNORE,
        "Address # - Label": Target.IGNORE,
        "Address # - Type": Target.IGNORE,
        "Event # - Label": Target.IGNORE,
        "Relation # - Label": Target.IGNORE,
        "Relation # - Value": Target.NOTE,
        "Website # - Label": Target.IGNORE,
        "Custom Field # - Label": Target.IGNORE,
        "Organization # - Type": Target.IGNORE,
        "File As": Target.IGNORE,
    },
)
