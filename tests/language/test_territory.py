"""A country is known by any of its names and codes."""

from __future__ import annotations

from typing import Any, cast

import pytest
from babel import Locale

from leadtui.language.territory import region_of, region_of_zone


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("United Kingdom", "GB"),
        ("UK", "GB"),
        ("gb", "GB"),
        ("GBR", "GB"),
        ("England", "GB"),
        ("France", "FR"),
        ("Frankreich", "FR"),
        ("فرانسه", "FR"),
        ("🇫🇷", "FR"),
        ("Iran", "IR"),
        ("IRAN (Islamic Republic of)", None),
        ("Islamic Republic of Iran", "IR"),
        ("ايران", "IR"),
        ("ایران", "IR"),
        ("Türkiye", "TR"),
        ("turkey", "TR"),
        ("السعودية", "SA"),
        ("المملكة العربية السعودية", "SA"),
        ("Brasil", "BR"),
        ("México", "MX"),
        ("Россия", "RU"),
        ("中国", "CN"),
        ("भारत", "IN"),
        ("+91", "IN"),
        ("91", "IN"),
        ("0091", "IN"),
        ("(+98)", "IR"),
        ("۹۸", "IR"),
        ("91.0", "IN"),
        ("+1", "US"),
        ("+44", "GB"),
        ("+999", None),
        ("Atlantis", None),
        ("Tehran", None),
        ("", None),
    ],
)
def test_region_of(written: str, region: str | None) -> None:
    assert region_of(written) == region


def territories(language: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in cast("Any", Locale.parse(language)).territories.items()}


def test_every_language_of_the_program_names_every_country() -> None:
    for language in ("en", "fa", "ar", "tr", "ur", "fr", "es", "pt", "de", "ru", "zh", "hi"):
        for region, name in territories(language).items():
            if len(region) == 2 and region.isalpha() and region != "ZZ":
                assert region_of(name) in (region, None), (language, name)
                assert region_of(region) == region
        assert region_of(territories(language)["IR"]) == "IR"


@pytest.mark.parametrize(
    ("zone", "region"),
    [
        ("Asia/Tehran", "IR"),
        ("Iran", "IR"),
        ("US/Eastern", "US"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Berlin", "DE"),
        ("Europe/Oslo", "NO"),
        ("UTC", None),
        ("Etc/GMT+3", None),
        ("nowhere", None),
    ],
)
def test_the_country_of_a_zone(zone: str, region: str | None) -> None:
    assert region_of_zone(zone) == region
