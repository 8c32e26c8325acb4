"""Each known layout has a sample, and brings the same two people from it: Ann Test and Bob Sample."""

from __future__ import annotations

from pathlib import Path

import pytest
from import_making import ImportDesk, outcomes

from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead import ActivityKind
from leadtui.services.importing.layouts import all_layouts, call_layouts
from leadtui.services.importing.layouts import layout as layouts
from leadtui.services.importing.running import import_files

SAMPLES = Path(__file__).parents[2] / "data" / "layouts"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".md")
MODULES = sorted(
    path.stem
    for path in Path(layouts.__file__).parent.glob("*.py")
    if path.stem not in ("__init__", "layout")
)
CALLS = {
    "aircall",
    "yeastar",
    "grandstream",
    "issabel",
    "asterisk",
    "freepbx",
    "freepbx_no_titles",
    "cdr_custom",
    "freeswitch",
    "threecx",
}
CHANNELS = {
    "advertising": {"meta", "meta_leads_centre", "google_ads", "linkedin", "tiktok"},
    "phone_call": CALLS,
    "web_form": {
        "calendly",
        "typeform",
        "jotform",
        "elementor",
        "gravity",
        "wpforms",
        "contact_form_7",
        "chat",
    },
}
WITHOUT_NAMES = {"aircall", "issabel"}
WITHOUT_CITY = {
    "calendly",
    "close",
    *("meta_leads_centre", "linkedin", "google_contacts", "google_contacts_old", "pipedrive"),
    *("typeform", "elementor", "gravity", "wpforms", "contact_form_7", "chat"),
}
WITH_A_SECOND_NUMBER = {
    *(
        "google_contacts",
        "google_contacts_old",
        "outlook",
        "hubspot",
        "salesforce",
        "zoho",
        "pipedrive",
        "odoo",
        "mautic",
    ),
    *("close", "dynamics", "freshsales", "shopify", "vicidial", "vicidial_leads"),
}
WITHOUT_A_DATE = {"google_contacts", "google_contacts_old", "outlook", "odoo", "shopify", "vicidial"}
WITH_A_COMPANY = {
    *(
        "linkedin",
        "google_contacts",
        "google_contacts_old",
        "outlook",
        "hubspot",
        "salesforce",
        "zoho",
        "pipedrive",
    ),
    *("odoo", "mautic", "close", "dynamics", "freshsales", "woocommerce", "shopify"),
}
OWNED = {"calendly", "dynamics", "freshsales", "hubspot", "salesforce", "zoho", "pipedrive", "odoo", "mautic"}
INTERESTED = {"dynamics", "freshsales", "hubspot", "salesforce", "zoho", "odoo"}


@pytest.fixture
def sales(tmp_path: Path) -> ImportDesk:
    return ImportDesk(tmp_path, "sales")


def test_every_layout_has_a_sample() -> None:
    assert set(MODULES) <= {path.stem for path in FILES}
    assert len(all_layouts()) == len(MODULES)
    assert len({each.name for each in all_layouts()}) == len(MODULES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_people_of_a_known_program_come_in(sales: ImportDesk, path: Path) -> None:
    name = path.stem
    (report,) = import_files(sales.session, [path], ImportOptions(region="US"))
    assert outcomes(report) == (2, 0, 0, 0, 0)
    ann, bob = sales.lead("+12125550143"), sales.lead("+12125550145")
    if name in WITHOUT_NAMES:
        assert (ann.name, bob.name) == ("", "")
    else:
        assert ann.name in ("Ann Test", "Ann Mary Test")
        assert bob.name == "Bob Sample"
    if name in CALLS:
        check_calls(sales)
        return
    assert (ann.email, bob.email) == ("ann@example.com", "bob@example.com")
    assert (ann.city, bob.city) == (("", "") if name in WITHOUT_CITY else ("Tampa", "Reno"))
    second = name in WITH_A_SECOND_NUMBER
    assert ("+12125550146" in [each.e164 for each in ann.numbers]) is second
    assert [each.e164 for each in bob.numbers] == ["+12125550145"]
    assert (ann.custom.get("company") == "Acme") is (name in WITH_A_COMPANY)
    channels = [key for key, names in CHANNELS.items() if name in names]
    if channels:
        assert [sales.channel(ann.channel_first_id)] == channels
    came = f"{ann.entered_at:%Y-%m-%d}"
    today = f"{sales.clock.now:%Y-%m-%d}"
    expected = "2021-02-18" if name == "meta_leads_centre" else "2024-03-15"
    assert came == (today if name in WITHOUT_A_DATE else expected)
    assert ann.owner_id == (sales.session.actor.id if name in OWNED else None)
    status = sales.session.definitions.status(ann.status_id)
    assert (status.key if status else "") == ("interested" if name in INTERESTED else "")
    assert bob.do_not_call is (name in ("dynamics", "salesforce"))
    assert not ann.do_not_call


def check_calls(desk: ImportDesk) -> None:
    """Ann rang and was answered, Bob rang in vain."""
    for number, answered, seconds in (("+12125550143", True, 27), ("+12125550145", False, 0)):
        (call,) = (each for each in desk.timeline(number) if each.kind is ActivityKind.CALL_IN)
        assert (call.detail.answered, call.detail.seconds) == (answered, seconds)
        assert f"{call.at:%Y-%m-%d %H}" == "2024-03-15 13"
        assert desk.channel(desk.lead(number).channel_first_id) == "phone_call"


def test_telephone_logs_are_layouts_too() -> None:
    modules = {path.stem.removesuffix("_no_titles") for path in FILES} & CALLS
    assert len(call_layouts()) == len(modules)
