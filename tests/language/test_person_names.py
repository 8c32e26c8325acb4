"""A name is taken apart as its readers would, and no word of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.language.person_names import NameParts, part_name


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Mina Sadeghi", "Mina", "Sadeghi"),
        ("Mina", "Mina", ""),
        ("", "", ""),
        ("Anna van der Berg", "Anna", "van der Berg"),
        ("Mohammed bin Salman", "Mohammed", "bin Salman"),
        ("De Niro", "De", "Niro"),
        ("Sadeghi, Mina", "Mina", "Sadeghi"),
        ("صادقی، مینا", "مینا", "صادقی"),
        ("مینا صادقی", "مینا", "صادقی"),
        ("محمد رضا احمدی", "محمد رضا", "احمدی"),
        ("محمود احمدی نژاد", "محمود", "احمدی نژاد"),
        ("مريم أحمدي", "مريم", "أحمدي"),
        ("علی نیا", "علی", "نیا"),
        ("محمد بن سلمان آل سعود", "محمد بن سلمان", "آل سعود"),
        ("عبد الله", "عبد الله", ""),
        ("عبد الله الإبراهيمي", "عبد الله", "الإبراهيمي"),
        ("Abdul Rahman Khan", "Abdul Rahman", "Khan"),
        ("سارة علي عبد العزيز", "سارة علي", "عبد العزيز"),
        ("山田 太郎", "太郎", "山田"),
        ("김 민수", "민수", "김"),
        ("王小明", "王小明", ""),
    ],
)
def test_given_and_family_names(name: str, given: str, family: str) -> None:
    assert part_name(name) == NameParts(given, family)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Dr. Mina Sadeghi, PhD", NameParts("Mina", "Sadeghi", "Dr.", "PhD")),
        ("John Public Jr.", NameParts("John", "Public", "", "Jr.")),
        ("آقای دکتر احمدی", NameParts("", "احمدی", "آقای دکتر")),
        ("السيدة سارة علي", NameParts("سارة", "علي", "السيدة")),
        ("Mr Smith", NameParts("", "Smith", "Mr")),
        ("Mary Jane Watson", NameParts("Mary", "Watson", middle="Jane")),
        ("Watson, Mary Jane Ann", NameParts("Mary", "Watson", middle="Jane Ann")),
        ("Abdul Rahman Ali Khan", NameParts("Abdul Rahman", "Khan", middle="Ali")),
        ("Dr", NameParts("Dr")),
    ],
)
def test_what_stands_around_a_name(name: str, parts: NameParts) -> None:
    assert part_name(name) == parts


@given(
    st.lists(
        st.one_of(
            st.sampled_from("van der De Mr آقای بن آل عبد نژاد پور Jr مینا Ann 山 王".split()),
            st.text(st.characters(exclude_characters=",،，", codec="utf-8"), min_size=1, max_size=5),
        ),
        max_size=6,
    ).map(" ".join)
)
def test_no_word_is_lost(name: str) -> None:
    parts = part_name(name)
    words = " ".join((parts.prefix, parts.given, parts.middle, parts.family, parts.suffix)).split()
    assert sorted(words) == sorted(name.split())
