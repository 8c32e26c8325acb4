"""The workspace: what it is called, where it is, and how it writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from leadtui.domain.difference import merge_definition
from leadtui.domain.workspace import Workspace
from leadtui.language import calendar
from leadtui.language.calendar import Calendar
from leadtui.language.calendar_names import CALENDAR_WORDS
from leadtui.language.money import show_money
from leadtui.language.territory import region_of, region_title
from leadtui.language.translate import LANGUAGES, OWN_NAMES, P_, _, base_language, pgettext
from leadtui.services.session import Session
from leadtui.services.templates import is_zone
from leadtui.services.workspace import WORKSPACE, change_workspace
from leadtui.tui.program import Program
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import DefinitionSort
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf

_SOME_MONEY = Decimal(12_480)


class WorkspaceSort(DefinitionSort[Workspace]):
    """There is one of them, and it is neither added nor retired."""

    name: ClassVar[str] = WORKSPACE
    title: ClassVar[str] = P_("tab", "Workspace")
    new_title: ClassVar[str] = P_("title", "without a name")
    movable: ClassVar[bool] = False
    alone: ClassVar[bool] = True

    def __init__(self, program: Program) -> None:
        """`program` speaks otherwise once the workspace does."""
        super().__init__(program.session)
        self._program = program
        self._spoken = _spoken(program.session)
        languages = [Choice(each, OWN_NAMES[each], (each,)) for each in LANGUAGES]
        calendars = [
            Choice(each.value, pgettext("choice", word), (each.value,))
            for each, word in CALENDAR_WORDS.items()
        ]
        self.fields = (
            FormField("title", pgettext("field", "Title"), LineInput(), required=True),
            FormField("language", pgettext("field", "Language"), OneOf(languages)),
            FormField("region", pgettext("field", "Country"), LineInput(), required=True),
            FormField("zone", pgettext("field", "Time zone"), LineInput(), required=True),
            FormField("calendar", pgettext("field", "Calendar"), OneOf(calendars)),
            FormField("currency", pgettext("field", "Currency"), LineInput(), required=True),
        )

    def items(self) -> Sequence[Workspace]:
        """The workspace."""
        return (self.session.workspace,)

    def blank(self) -> Workspace:
        """None."""
        return Workspace(0, "")

    def listed(self, item: Workspace) -> ListedDefinition:
        """What it is called."""
        return ListedDefinition(item.id, item.title, glyph="●")

    def fill(self, item: Workspace) -> None:
        """Show how it writes; a country by its name."""
        for each in self.fields:
            each.text = str(getattr(item, each.key))
        self.fields[1].text = base_language(item.language)
        self.fields[2].text = self._country(item.region)

    def gather(self, before: Workspace) -> Workspace:
        """Take what is typed; what names no country stays as it is typed."""
        title, language, region, zone, days, currency = (each.text for each in self.fields)
        same_language = language == base_language(before.language)
        return replace(
            before,
            title=title,
            language=before.language if same_language else language,
            region=before.region if region == self._country(before.region) else region_of(region) or region,
            zone=zone,
            calendar=Calendar(days),
            currency=currency,
        )

    def hint(self, form_field: FormField, item: Workspace, *, changed: bool) -> FieldMessage | None:
        """How things read so, and what a change brings about."""
        now, language = self.session.now(), self.session.language
        match form_field.key:
            case "language" if changed and item.language != self.session.workspace.language:
                return FieldMessage(
                    Tone.DOUBTFUL,
                    _("Customers are sorted anew in the other language; a million take a minute or two."),
                )
            case "zone" if is_zone(item.zone):
                words = calendar.show_time(now, language, item.zone)
            case "calendar":
                words = calendar.show_date(
                    now, item.calendar, language, zone=self.session.workspace.zone, style="long"
                )
            case "currency" if len(item.currency) == 3:  # as ISO 4217 has it
                words = show_money(_SOME_MONEY, item.currency.upper(), language)
            case _:
                return None
        return FieldMessage(Tone.HINT, words)

    def affected(self, item: Workspace) -> int:
        """Nobody's row becomes another."""
        del item
        return 0

    def save(self, item: Workspace, before: Workspace | None) -> int:
        """Keep it."""
        return change_workspace(self.session, item, before).id

    def take_effect(self, item: Workspace) -> bool:
        """Whoever has chosen no language or calendar is shown those of the workspace."""
        del item
        self._program.speak(self.session.preferences)
        return _spoken(self.session) != self._spoken

    def merge(self, before: Workspace, mine: Workspace, newest: Workspace) -> Workspace:
        """Part by part."""
        return merge_definition(before, mine, newest)

    def set_retired(self, item: Workspace, *, retired: bool) -> None:
        """It stays."""

    def _country(self, region: str) -> str:
        return region_title(region, self.session.language)


def _spoken(session: Session) -> tuple[str, Calendar]:
    return session.language, session.calendar
