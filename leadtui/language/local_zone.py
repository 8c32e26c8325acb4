"""In which time zone somebody is who has a number and a city: only where one of them tells it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from leadtui.language.phone import region_of_number
from leadtui.language.text import search_key


@lru_cache(maxsize=65536)
def zone_of(e164: str, city: str) -> str:
    """Return the IANA zone of somebody by their number (E.164) and their city; "" where nothing tells it.

    The country of the number tells it where its clocks all show the same; else the city, where a zone is called after it
    (*Phoenix*, *Perth*), or the area code in North America.
    """
    region = _region(e164) if e164 else ""
    zones = _zones_of_region().get(region, ()) if region else ()
    if not zones:
        return ""
    if len(zones) == 1 or len({_clock(each) for each in zones}) == 1:
        return zones[0]
    key = search_key(city)
    named = next((each for each in zones if key and search_key(each.rpartition("/")[2]) == key), "")
    return named or (_zones_of_areas().get(e164[2:5], "") if e164.startswith("+1") else "")


def _region(e164: str) -> str:
    """The country of a number, by its code alone where one country has that."""
    if e164.startswith("+98"):  # most numbers of many desks, for which nothing slow is imported
        return "IR"
    lone = next((each for each in range(4, 1, -1) if e164[:each] in _lone_codes()), 0)
    return _lone_codes()[e164[:lone]] if lone else region_of_number(e164)


@cache
def _lone_codes() -> dict[str, str]:
    """The countries that have a code to themselves, by it; a code that others share is told apart by the whole number."""
    import phonenumbers  # slow to import

    return {
        f"+{code}": regions[0]
        for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()
        if len(regions) == 1 and regions[0] in phonenumbers.SUPPORTED_REGIONS
    }


@cache
def _zones_of_region() -> dict[str, tuple[str, ...]]:
    """The zones of each country (ISO 3166), its own ones first: the table of tzdata in which each place has one row."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in table if line and not line.startswith("#"))
    found: dict[str, list[str]] = {}
    for region, _coordinates, zone, *_comments in rows:
        found.setdefault(region, []).append(zone)
    return {region: tuple(zones) for region, zones in found.items()}


_YEARS = range(2026, 2031)


@cache
def _clock(zone: str) -> tuple[timedelta | None, ...]:
    """How far from UTC the zone's clock is in each month of some years: zones for which that is the same tell the same."""
    local = ZoneInfo(zone)
    return tuple(
        datetime(year, month, 15, tzinfo=local).utcoffset() for year in _YEARS for month in range(1, 13)
    )


@cache
def _zones_of_areas() -> dict[str, str]:
    from leadtui.language.area_zones import AREA_CODES

    return {code: zone for zone, codes in AREA_CODES.items() for code in codes.split()}
