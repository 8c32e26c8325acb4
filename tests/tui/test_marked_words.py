"""What is marked where it is defined is given to translators in the context in which screens show it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from given_messages import given

from leadtui.domain.lead_fields import BUILT_IN
from leadtui.presentation.definition_words import (
    CARTABLE_WORDS,
    COLOUR_WORDS,
    FIELD_KIND_WORDS,
    REMINDER_WORDS,
    STATUS_KIND_WORDS,
)
from leadtui.presentation.permission_words import AREA_WORDS, PERMISSION_WORDS
from leadtui.tui.actions.commands import COMMANDS
from leadtui.tui.actions.recovery import HANDLERS
from leadtui.tui.dialogs.help import TITLES as HELP_TITLES
from leadtui.tui.screens.reminders import ENDINGS
from leadtui.tui.screens.reminders import TITLES as REMINDER_TITLES
from leadtui.tui.screens.settings.channels import ChannelSort
from leadtui.tui.screens.settings.colleagues import ColleagueSort
from leadtui.tui.screens.settings.distribution import DistributionSort
from leadtui.tui.screens.settings.fields import FieldSort
from leadtui.tui.screens.settings.needs import NeedSort
from leadtui.tui.screens.settings.profiles import ProfileSort
from leadtui.tui.screens.settings.statuses import StatusSort

SORTS = (StatusSort, FieldSort, ChannelSort, NeedSort, ColleagueSort, ProfileSort, DistributionSort)

SHOWN = {
    "the titles of commands": ("key", [each.title for each in COMMANDS]),
    "the help of commands": (None, [each.help for each in COMMANDS]),
    "the places in help": ("heading", HELP_TITLES.values()),
    "the groups of reminders": ("heading", [title for title, _colour in REMINDER_TITLES.values()]),
    "how reminders ended": ("reminder", ENDINGS.values()),
    "kinds of drafts": ("draft", [each.title for each in HANDLERS.values()]),
    "kinds of fields": ("kind", FIELD_KIND_WORDS.values()),
    "areas of permissions": ("field", AREA_WORDS.values()),
    "permissions": ("choice", PERMISSION_WORDS.values()),
    "colours": ("choice", COLOUR_WORDS.values()),
    "kinds of statuses": ("choice", STATUS_KIND_WORDS.values()),
    "what becomes of the cartable": ("choice", CARTABLE_WORDS.values()),
    "whether a status reminds": ("choice", REMINDER_WORDS.values()),
    "tabs of the settings": ("tab", [each.title for each in SORTS]),
    "new definitions": ("title", [each.new_title for each in SORTS]),
    "retired definitions": ("heading", [each.retired_title for each in SORTS]),
    "lists without a definition": (None, [each.empty_words for each in SORTS]),
    "fields": ("field", [each.words for each in BUILT_IN]),
    "columns of the table": ("column", [each.table.title for each in BUILT_IN if each.table]),
    "columns of an export": ("column", [each.export.title for each in BUILT_IN if each.export]),
    "parts of the filter": ("field", [each.filter.title for each in BUILT_IN if each.filter]),
    "labels of the panel": ("field", [each.panel.label for each in BUILT_IN if each.panel]),
}


@pytest.mark.parametrize(("context", "words"), SHOWN.values(), ids=SHOWN.keys())
def test_marked_words_are_given_where_they_are_shown(context: str | None, words: Iterable[str]) -> None:
    wanted = {(context, each) for each in words if each}
    assert wanted
    assert wanted - given() == set()
