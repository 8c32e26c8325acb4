"""Which country somebody names: in words of any language, by a code of ISO 3166, a flag, or the code that is dialled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from leadtui.language.calendar_names import Calendar
from leadtui.language.text import clean, fold_digits, search_key
from leadtui.language.translate import LANGUAGES, base_language


@lru_cache(maxsize=1024)
def region_of(text: str) -> str | None:
    """Return the ISO 3166 alpha-2 code of the country that `text` names; None where it names none.

    Of countries that share a code to dial it is the one that the International Telecommunication Union names first.
    """
    dialled = _DIALLED.fullmatch(fold_digits(clean(text)))
    if dialled:
        return _region_of_code(int(dialled[1]))
    key = search_key("".join(map(_letter_of_flag, text)))
    return _regions_by_name().get(key)


@cache
def region_of_zone(zone: str) -> str | None:
    """Return the ISO 3166 alpha-2 code of the country in which an IANA time zone lies; None for UTC and the like."""
    zones = files("tzdata.zoneinfo")
    links = (line.split() for line in zones.joinpath("tzdata.zi").read_text("ascii").splitlines())
    named = next((words[1] for words in links if words[:1] == ["L"] and words[2] == zone), zone)
    table = zones.joinpath("zone.tab").read_text("utf-8").splitlines()
    places = (line.split("\t") for line in table if not line.startswith("#"))
    found = {place: region for region, _coordinates, place, *_comments in places}
    return found.get(zone) or found.get(named)


@dataclass(frozen=True, slots=True)
class Customs:
    """How a country keeps time and counts money: an IANA zone, an ISO 4217 code, and the calendar of its offices."""

    zone: str
    currency: str
    calendar: Calendar


def customs_of(region: str, own_zone: str = "") -> Customs:
    """The customs of a country by its ISO 3166 alpha-2 code; of its zones `own_zone` where it is one, else the first."""
    zones = files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines()
    places = [line.split("\t")[2] for line in zones if line.startswith(f"{region}\t")]
    zone = own_zone if region_of_zone(own_zone) == region else (places or [own_zone or "UTC"])[0]
    return Customs(
        zone, _customs(region)[0], Calendar.JALALI if region in _JALALI_REGIONS else Calendar.GREGORIAN
    )


@cache
def regions() -> tuple[str, ...]:
    """Every country by its ISO 3166 alpha-2 code that has telephone numbers of its own."""
    import phonenumbers  # slow to import

    return tuple(sorted(phonenumbers.SUPPORTED_REGIONS))


def region_title(region: str, language: str) -> str:
    """What a country is called in a language of the program."""
    _currency, *titles = _customs(region)
    return titles[LANGUAGES.index(base_language(language))]


def _customs(region: str) -> list[str]:
    from leadtui.language.territory_customs import TERRITORY_CUSTOMS  # hundreds of names, for the first start

    return TERRITORY_CUSTOMS.get(region, f"USD{f'|{region}' * len(LANGUAGES)}").split("|")


_JALALI_REGIONS = frozenset({"IR", "AF"})
"""Where offices and banks date by it."""

_DIALLED = re.compile(r"\(?(?:\+|00)? ?([1-9][0-9]{0,2})\)?(?:\.0)?")

# What CLDR has in a longer form only.
_SHORT_NAMES = {
    "US": "USA|U.S.|America|United States of America|آمریکا|امریکا|أمريكا|Amerika|ABD|EE.UU.|EEUU|EUA|США|美國",
    "GB": "UK|U.K.|England|Scotland|Wales|Northern Ireland|Great Britain|Britain|انگلیس|انگلستان|بريطانيا|İngiltere|Англия",
    "AE": "UAE|U.A.E.|Emirates|امارات|الإمارات|BAE|Émirats|ОАЭ",
    "SA": "KSA|Saudi|Kingdom of Saudi Arabia|عربستان|السعودية",
    "IR": "Islamic Republic of Iran|Persia|جمهوری اسلامی ایران",
    "TR": "Turkey|Republic of Turkey",
    "CZ": "Czech Republic",
    "KR": "Korea|Republic of Korea",
    "NL": "Holland",
    "RU": "Russian Federation",
    "CN": "Mainland China|PRC",
    "MK": "Macedonia",
    "CI": "Ivory Coast",
    "VN": "Viet Nam",
    "MM": "Burma",
    "PS": "Palestine",
    "CD": "DR Congo|DRC",
}


def _letter_of_flag(letter: str) -> str:
    """The letter that a half of a flag stands for; any other as it is."""
    return chr(ord(letter) - 0x1F1E6 + ord("a")) if "\U0001f1e6" <= letter <= "\U0001f1ff" else letter


def _region_of_code(code: int) -> str | None:
    import phonenumbers  # slow to import

    region = phonenumbers.region_code_for_country_code(code)
    return region if region in phonenumbers.SUPPORTED_REGIONS else None


@cache
def _regions_by_name() -> dict[str, str]:
    from leadtui.language.territory_names import (
        TERRITORY_NAMES,  # thousands of names, for files that need them
    )

    by_name: dict[str, str] = {}
    for region, names in TERRITORY_NAMES.items():
        by_name |= dict.fromkeys(names.split("|"), region)
    by_name |= {region.lower(): region for region in TERRITORY_NAMES}  # Áo is Austria, and AO is not
    for region, names in _SHORT_NAMES.items():
        by_name |= {search_key(name): region for name in names.split("|")}
    by_name.pop("", None)
    return by_name
