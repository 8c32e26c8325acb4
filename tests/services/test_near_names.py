"""A find that finds nobody offers the names that are nearly so, as far as the person sees them."""

from __future__ import annotations

import pytest
from session_making import Office, add_lead

from leadtui.services.lead_list import LeadList


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("hariss", ["Harris"]),
        ("jon hariss", ["jon Harris"]),
        ("Sadegi", ["Sadeghi"]),
        ("Smiht", ["Smith"]),
        ("حسيني", []),
        ("حسسینی", ["حسینی"]),
        ("harris", []),
        ("xyzzy", []),
        ("ha", []),
        ("99999", []),
        ("%", []),
    ],
)
def test_the_nearest_names(office: Office, typed: str, offered: list[str]) -> None:
    for name in ("Jon Harris", "Mina Sadeghi", "علی حسینی", "Paris Hall", "Ann Smith"):
        add_lead(office.neda, name)
    assert LeadList(office.neda).nearest(typed) == offered
