"""How far a profile's people reach the fields of customers, in words."""

from __future__ import annotations

from leadtui.domain.field_rights import FieldRight, FieldRights
from leadtui.domain.lead_fields import LeadField, ruled_fields
from leadtui.domain.permission import Profile
from leadtui.domain.workspace import Definitions
from leadtui.language.translate import P_, _, counted, format_list, ngettext, pgettext

_WORDS: dict[FieldRight, str] = {
    FieldRight.EDITED: P_("choice", "edited"),
    FieldRight.READ: P_("choice", "read"),
    FieldRight.HIDDEN: P_("choice", "hidden"),
}


def right_words(right: FieldRight) -> str:
    """What may be done with a field."""
    return pgettext("choice", _WORDS[right])


def rights_words(rights: FieldRights, definitions: Definitions) -> str:
    """How many fields are hidden or only read; "" where all are edited."""
    told = [rights.of(each.key) for each in ruled_fields(definitions)]
    hidden, read = told.count(FieldRight.HIDDEN), told.count(FieldRight.READ)
    parts = [
        (hidden, ngettext("{n} field is hidden", "{n} fields are hidden", hidden)),
        (read, ngettext("{n} field is only read", "{n} fields are only read", read)),
    ]
    return format_list(words.format(n=counted(number)) for number, words in parts if number)


def hidden_together() -> str:
    """Why more than one field is hidden at once."""
    return _("Phone, further numbers and e-mail are hidden together, and so are the numbers in notes.")


def differing_fields(one: Profile, other: Profile, definitions: Definitions) -> list[LeadField]:
    """The fields that the people of two profiles reach otherwise."""
    return [
        each for each in ruled_fields(definitions) if one.fields.of(each.key) is not other.fields.of(each.key)
    ]
