"""The standard list of VICIdial's list loader: no titles, each value at its place."""

from collections.abc import Sequence

from leadtui.services.importing.layouts.layout import NO_FIELD, Layout
from leadtui.services.importing.titles import Target

# The standard format of the list loader, of which the last columns may be missing.
_PLACES = (
    *(Target.EXTERNAL_ID, Target.IGNORE, Target.IGNORE),  # vendor lead code, source code, list id
    *(Target.COUNTRY, "phone"),  # phone code, phone number
    *(
        Target.IGNORE,
        Target.FIRST_NAME,
        NO_FIELD,
        Target.LAST_NAME,
    ),  # title, first name, middle initial, last name
    *(NO_FIELD, NO_FIELD, NO_FIELD, "city"),  # three lines of the address, city
    *(NO_FIELD, NO_FIELD, NO_FIELD, Target.COUNTRY),  # state, province, postal code, country
    *(NO_FIELD, NO_FIELD),  # gender, date of birth
    *(
        "phone_other",
        "email",
        Target.IGNORE,
        Target.NOTE,
    ),  # second number, address, security phrase, comments
    *(Target.IGNORE, "owner"),  # rank, owner
)
_PHONE_CODE, _PHONE, _GENDER, _FEWEST = 3, 4, 17, 17


def _is_row(cells: Sequence[str]) -> bool:
    if not _FEWEST <= len(cells) <= len(_PLACES):
        return False
    code, phone = cells[_PHONE_CODE].strip().lstrip("+"), cells[_PHONE].strip()
    gender = cells[_GENDER].strip() if len(cells) > _GENDER else ""
    is_number = phone.isascii() and phone.isdecimal() and 6 <= len(phone) <= 16
    return is_number and code.isdecimal() and len(code) <= 4 and gender in ("", "M", "F", "U")


LAYOUT = Layout(name="VICIdial list", places=_PLACES, is_row=_is_row)
