"""The workspace: what it is called, where it is, how it writes, and when it works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from leadtui.domain.defining import CALL_GAP
from leadtui.domain.difference import merge_definition
from leadtui.domain.holiday import Holiday, kept_holiday, read_holiday
from leadtui.domain.signing_in import IDLE_AS_USUAL, IDLE_LOCK, SIGN_IN_DAYS, SIGN_IN_LASTS
from leadtui.domain.week import WEEK_START, Week, read_week
from leadtui.domain.workspace import AS_HOURS, Workspace, WorkspaceKind
from leadtui.errors import Invalid, LeadtuiError
from leadtui.language import calendar
from leadtui.language.calendar import WEEK_AS_USUAL, Calendar, weekday_name
from leadtui.language.calendar_names import CALENDAR_WORDS
from leadtui.language.money import show_money
from leadtui.language.registered_number import is_registered_number, registered_number
from leadtui.language.territory import region_of, region_title
from leadtui.language.text import brief
from leadtui.language.translate import (
    LANGUAGES,
    OWN_NAMES,
    P_,
    _,
    base_language,
    counted,
    ngettext,
    pgettext,
)
from leadtui.presentation.call_words import call_gap_words
from leadtui.presentation.signing_in import idle_lock_words, sign_in_days_words
from leadtui.presentation.week import holiday_words, week_sentence, week_start_words, week_words
from leadtui.presentation.workspace_words import KIND_WORDS
from leadtui.services.holiday_file import content_of
from leadtui.services.holidays import read_holidays
from leadtui.services.session import Session
from leadtui.services.templates import is_zone
from leadtui.services.workspace import WORKSPACE, change_workspace
from leadtui.tui.actions.file_import import usual_folder
from leadtui.tui.dialogs.file_dialog import FileDialog
from leadtui.tui.dialogs.holidays_dialog import HolidaysDialog
from leadtui.tui.program import Program
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import DefinitionSort
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput, TextInput
from leadtui.tui.widgets.option_row import OneOf

HOURS, WINDOWS, HOLIDAYS = "hours", "windows", "holidays"
"""What says when the workspace works: the keys of the form and the names of the parts."""

UNDO_KEY = "Ctrl+Z"
"""What takes back the last of what is typed into a field."""

HOLIDAY_ENDINGS = (".ics", ".ical", ".ifb", ".icalendar")

_SOME_MONEY = Decimal(12_480)

_NO_GAP = "0"
"""What a workspace begins with: nobody is asked before ringing again."""


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
        self._holidays = TextInput()
        languages = [Choice(each, OWN_NAMES[each], (each,)) for each in LANGUAGES]
        calendars = [
            Choice(each.value, pgettext("choice", word), (each.value,))
            for each, word in CALENDAR_WORDS.items()
        ]
        kinds = [Choice(each.value, pgettext("choice", word)) for each, word in KIND_WORDS.items()]
        self.fields = (
            FormField("title", pgettext("field", "Title"), LineInput(), required=True),
            FormField("kind", pgettext("field", "Kind"), OneOf(kinds)),
            FormField("registered_name", pgettext("field", "Registered name"), LineInput()),
            FormField("registered_number", pgettext("field", "Registered number"), LineInput()),
            FormField("language", pgettext("field", "Language"), OneOf(languages)),
            FormField("region", pgettext("field", "Country"), LineInput(), required=True),
            FormField("zone", pgettext("field", "Time zone"), LineInput(), required=True),
            FormField("calendar", pgettext("field", "Calendar"), OneOf(calendars)),
            FormField(WEEK_START, pgettext("field", "Weeks begin on"), DropDown(self._days_to_begin_on())),
            FormField("currency", pgettext("field", "Currency"), LineInput(), required=True),
            FormField(CALL_GAP, _("Minutes between two calls to a number"), LineInput("", _NO_GAP)),
            FormField(HOURS, pgettext("field", "Hours of work"), LineInput()),
            FormField(WINDOWS, pgettext("field", "Call windows"), LineInput()),
            FormField(HOLIDAYS, pgettext("field", "Holidays"), self._holidays),
            FormField(IDLE_LOCK, pgettext("field", "Minutes until a desk is locked"), LineInput()),
            FormField(
                SIGN_IN_LASTS,
                pgettext("field", "Days that a sign-in lasts"),
                LineInput("", str(SIGN_IN_DAYS)),
            ),
        )

    def _days_to_begin_on(self) -> list[Choice]:
        language = self.session.language
        names = {str(day): weekday_name(day, language) for day in self.session.workspace.weekdays(language)}
        return [
            Choice(str(WEEK_AS_USUAL), pgettext("choice", "as usual")),
            *(Choice(day, name, (weekday_name(int(day), "en"),)) for day, name in names.items()),
        ]

    async def take_holidays(self) -> str:
        """Take the holidays of a calendar file into the form, as far as the person wants them; says what was done.

        They are saved with the rest of it, and until then taken out again as whatever is typed.
        """
        folder, reason = usual_folder(), ""
        actions, title = self._program.actions, pgettext("title", "Holidays of a calendar file")
        while True:
            paths = await actions.ask(FileDialog(title, folder, HOLIDAY_ENDINGS, reason))
            if paths is None:
                return ""
            path = paths[0]
            folder, reason = path.parent, ""
            try:
                read = await actions.read(lambda path=path: read_holidays(self.session, content_of(path)))
            except LeadtuiError as error:
                reason = str(error)
                continue
            known = {self._kept_holiday(each) for each in self._holidays.text.splitlines()}
            new = [each for each in read.holidays if each.text not in known]
            if await actions.ask(HolidaysDialog(self.session, path.name, read, new)):
                return self._add_to_form(new)

    def _add_to_form(self, new: Sequence[Holiday]) -> str:
        lines = [holiday_words(each, self.session.language) for each in new]
        begun = self._holidays.text
        before = "\n" if begun and not begun.endswith("\n") else ""
        self._holidays.insert(before + "\n".join(lines), self._holidays.document.end)
        next(each for each in self.fields if each.key == HOLIDAYS).take_focus()
        words = ngettext(
            "{n} holiday is in the form: {save} saves it, {undo} takes it out again.",
            "{n} holidays are in the form: {save} saves them, {undo} takes them out again.",
            len(new),
        )
        save = self._program.key_of("save-definition")
        return words.format(n=counted(len(new)), save=save, undo=UNDO_KEY)

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
            each.text = self._typed(item, each.key)

    def gather(self, before: Workspace) -> Workspace:
        """Take what is typed; what names no country stays as it is typed."""
        typed = {each.key: each.text for each in self.fields}
        language, region = typed["language"], typed["region"]
        same_language = language == base_language(before.language)
        return replace(
            before,
            title=typed["title"],
            kind=WorkspaceKind(typed["kind"]),
            registered_name=typed["registered_name"],
            registered_number=registered_number(typed["registered_number"]),
            language=before.language if same_language else language,
            region=before.region if region == self._country(before.region) else region_of(region) or region,
            zone=typed["zone"],
            calendar=Calendar(typed["calendar"]),
            currency=typed["currency"],
            hours=_kept_week(typed[HOURS]),
            windows=_kept_week(typed[WINDOWS]),
            holidays=tuple(self._kept_holiday(each) for each in typed[HOLIDAYS].splitlines() if each.strip()),
            call_gap=_number(typed[CALL_GAP], _NO_GAP),
            idle_lock=_number(typed[IDLE_LOCK], "") if typed[IDLE_LOCK].strip() else IDLE_AS_USUAL,
            week_start=int(typed[WEEK_START] or before.week_start),
            sign_in_days=_number(typed[SIGN_IN_LASTS], str(SIGN_IN_DAYS)),
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
            case key if key == WEEK_START and item.week_start == WEEK_AS_USUAL:
                words = week_start_words(item.week_start, language, item.region)
            case "currency" if len(item.currency) == 3:  # as ISO 4217 has it
                words = show_money(_SOME_MONEY, item.currency.upper(), language)
            case key if key in (HOURS, WINDOWS):
                return self._about_week(item, key)
            case key if key == HOLIDAYS:
                return self._about_holidays(item)
            case "kind":
                words = _("Only a business has colleagues; it is registered under a name and a number.")
            case "registered_number":
                return self._about_number(item)
            case key if key == CALL_GAP:
                words = call_gap_words(item.call_gap)
            case key if key == IDLE_LOCK:
                words = idle_lock_words(item.idle_lock)
            case key if key == SIGN_IN_LASTS:
                words = sign_in_days_words(item.sign_in_days)
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

    def _typed(self, item: Workspace, key: str) -> str:
        """A part as a person would type it."""
        language = self.session.language
        match key:
            case "language":
                return base_language(item.language)
            case "region":
                return self._country(item.region)
            case key if key in (HOURS, WINDOWS):
                kept = str(getattr(item, key))
                week = _week(kept)
                return kept if not week else week_words(week, language, item.weekdays(language))
            case key if key == HOLIDAYS:
                known = [(each, kept_holiday(each)) for each in item.holidays]
                return "\n".join(holiday_words(each, language) if each else text for text, each in known)
            case key if key == CALL_GAP:
                return str(item.call_gap or "")
            case key if key == IDLE_LOCK:
                return "" if item.idle_lock == IDLE_AS_USUAL else str(item.idle_lock)
            case _:
                return str(getattr(item, key))

    def _kept_holiday(self, typed: str) -> str:
        """The holiday as it is kept; what is none stays as it is typed."""
        try:
            return read_holiday(typed, self.session.calendar, self.session.workspace.region).text
        except Invalid:
            return typed

    def _about_number(self, item: Workspace) -> FieldMessage | None:
        """Whether it has the form of one; that it is still to be entered."""
        number, country = item.registered_number, self._country(item.region)
        if not number:
            if item.kind is WorkspaceKind.PRIVATE:
                return None
            return FieldMessage(Tone.DOUBTFUL, _("Still to be entered: until then nobody can be added."))
        if is_registered_number(number, item.region):
            words = _("A number of a business in {country}.").format(country=country)
            return FieldMessage(Tone.UNDERSTOOD, words)
        sentence = _("“{number}” is no number of a business in {country}; look for a digit that is wrong.")
        return FieldMessage(Tone.DOUBTFUL, sentence.format(number=brief(number), country=country))

    def _about_week(self, item: Workspace, key: str) -> FieldMessage:
        """The week as it was understood, with the days that are closed."""
        typed = str(getattr(item, key))
        if typed == AS_HOURS and key == WINDOWS:
            return FieldMessage(Tone.HINT, _("Customers are rung in the hours of work."))
        if not typed.strip():
            words = (
                _("Nothing is defined; 08:00 to 20:00 are taken for hours of work. Type such as {example}.")
                if key == HOURS
                else _("Nothing asks before ringing. Type such as {example}, or = for the hours of work.")
            )
            return FieldMessage(Tone.HINT, words.format(example=_("Mon–Thu 9–13, 14–17; Fri 9–13")))
        week = _week(typed)
        if not week:
            return FieldMessage(
                Tone.DOUBTFUL,
                _("Not understood; type such as {example}.").format(
                    example=_("Mon–Thu 9–13, 14–17; Fri 9–13")
                ),
            )
        language = self.session.language
        return FieldMessage(Tone.UNDERSTOOD, week_sentence(week, language, item.weekdays(language)))

    def _about_holidays(self, item: Workspace) -> FieldMessage:
        """The first line that is none, else how many there are and which comes next."""
        context = self.session.format_context()
        known = [(each, kept_holiday(each)) for each in item.holidays]
        wrong = next((text for text, each in known if each is None), None)
        if wrong is not None:
            sentence = _("“{typed}” is no holiday; type its day and what it is called, such as {example}.")
            return FieldMessage(
                Tone.DOUBTFUL, sentence.format(typed=brief(wrong), example=_("25 December Christmas"))
            )
        today = calendar.local_date(context.now, context.zone)
        ahead = [(day, each) for _text, each in known if each and (day := each.next_day(today))]
        if not ahead:
            words = _(
                "One on each line (Alt+Enter), such as {example}. Without its year a day is one of every year."
            )
            return FieldMessage(Tone.HINT, words.format(example=_("25 December Christmas")))
        day, first = min(ahead, key=lambda pair: pair[0])
        words = ngettext(
            "{n} holiday; the next: {day} {title}", "{n} holidays; the next: {day} {title}", len(known)
        )
        shown = calendar.show_date(day, context.calendar, context.language, style="long")
        return FieldMessage(
            Tone.UNDERSTOOD, words.format(n=counted(len(known)), day=shown, title=brief(first.title)).rstrip()
        )

    def _country(self, region: str) -> str:
        return region_title(region, self.session.language)


def _kept_week(typed: str) -> str:
    """The week as it is kept; what is none stays as it is typed."""
    week = _week(typed)
    return week.text if week else typed.strip()


def _week(typed: str) -> Week:
    """The week that is typed; one without anything where it is none."""
    try:
        return read_week(typed)
    except Invalid:
        return Week()


def _number(typed: str, usual: str) -> int:
    """The number that is typed, in whichever digits, or `usual`; what is none is refused as too few."""
    text = typed.strip() or usual
    return int(text) if text.isdecimal() else -1


def _spoken(session: Session) -> tuple[str, Calendar]:
    return session.language, session.calendar
