"""Exporting customers: in which format, which columns, into which file; a file that is there is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from leadtui.errors import Refused
from leadtui.language.translate import N_, P_, _, pgettext
from leadtui.services.atomic_file import path_typed
from leadtui.services.exporting import ExportFormat, ExportOptions
from leadtui.tui.dialogs.dialog import SAVE, Dialog
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone, Way
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf

FORMAT, COLUMNS, DATES, FILE = "format", "columns", "dates", "file"
SHOWN, ALL = "shown", "all"
OWN, ISO = "own", "iso"

ENDINGS = frozenset(f".{each.value}" for each in ExportFormat)


class ExportKind(StrEnum):
    """What the person chooses among: a CSV file is either for people or for another import."""

    CSV = "csv"
    EXACT = "exact"
    WORKBOOK = "xlsx"
    CARDS = "vcf"

    @property
    def written_as(self) -> ExportFormat:
        """The format of the file."""
        return ExportFormat.CSV if self is ExportKind.EXACT else ExportFormat(self.value)

    @property
    def is_whole(self) -> bool:
        """Whether it says all there is of a customer: a card has no columns, and what is to come in again must not lack any."""
        return self in (ExportKind.EXACT, ExportKind.CARDS)


KIND_WORDS = {
    ExportKind.CSV: P_("choice", "CSV"),
    ExportKind.EXACT: P_("choice", "CSV, exact"),
    ExportKind.WORKBOOK: P_("choice", "XLSX"),
    ExportKind.CARDS: P_("choice", "vCard"),
}

PURPOSES = {
    ExportKind.CSV: N_("For people; no spreadsheet runs what a customer typed."),
    ExportKind.EXACT: N_("To import again, whole: keys as titles, +98…, times in UTC."),
    ExportKind.WORKBOOK: N_("A workbook; phones keep their zeros, amounts and dates can be summed."),
    ExportKind.CARDS: N_("Cards for telephones: name, company, numbers, e-mail, city, status, notes."),
}


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What the person chose; `typed` is the file as they typed it, `replace` that one that is there may go."""

    kind: ExportKind = ExportKind.CSV
    only_shown: bool = True
    own_calendar: bool = False
    typed: str = ""
    replace: bool = False

    def options(self, shown: tuple[str, ...]) -> ExportOptions:
        """How the customers are written, where the columns `shown` are on the screen."""
        return ExportOptions(
            exact=self.kind is ExportKind.EXACT,
            # Without the mark spreadsheet programs take Persian and Arabic in a CSV file for gibberish.
            byte_order_mark=self.kind is ExportKind.CSV,
            own_calendar=self.own_calendar and self.kind is not ExportKind.EXACT,
            columns=shown if self.only_shown and not self.kind.is_whole else (),
        )


class ExportDialog(Dialog[ExportWish]):
    """Enter exports from any field; the arrows and Tab lead through them."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = "ExportDialog { #dialog { width: 76; } OptionRow:disabled { color: $faint; } }"

    def __init__(
        self,
        whom: str,
        shown: str,
        suggest: Callable[[ExportFormat], str],
        wish: ExportWish | None = None,
        problem: str = "",
        *,
        calendars: bool = False,
        there: bool = False,
    ) -> None:
        """`whom` says how many customers, `shown` names the columns that are on the screen.

        `suggest` names a file for a format; `wish` was refused with `problem`, or for a file that is `there`.
        `calendars` where the person's calendar is another than that of ISO 8601.
        """
        keys = [
            ("←→", pgettext("key", "choose")),
            ("Tab", pgettext("key", "next field")),
            ("Enter", pgettext("key", "export")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "Export · {whom}").format(whom=whom), keys)
        self._shown = shown
        self._suggest = suggest
        self._wish = wish or ExportWish(typed=suggest(ExportFormat.CSV), own_calendar=calendars)
        self._problem = problem
        self._there = there
        self._calendars = calendars
        self._answered_for: str | None = None
        """The file, as typed, that the words beneath it are about."""
        self._agreed: str | None = None
        """The file, as typed, of which was said that it is there: Enter again replaces it."""

    def compose_body(self) -> Iterable[Widget]:
        """The fields."""
        kinds = [
            Choice(each.value, pgettext("choice", words), (each.value,)) for each, words in KIND_WORDS.items()
        ]
        columns = [Choice(SHOWN, pgettext("choice", "those shown")), Choice(ALL, pgettext("choice", "all"))]
        dates = [
            Choice(OWN, pgettext("choice", "in my calendar")),
            Choice(ISO, pgettext("choice", "ISO 8601"), ("iso",)),
        ]
        wish = self._wish
        fields = [
            FormField(FORMAT, pgettext("field", "Format"), OneOf(kinds, wish.kind.value)),
            FormField(
                COLUMNS, pgettext("field", "Columns"), OneOf(columns, SHOWN if wish.only_shown else ALL)
            ),
        ]
        if self._calendars:
            fields.append(
                FormField(DATES, pgettext("field", "Dates"), OneOf(dates, OWN if wish.own_calendar else ISO))
            )
        fields.append(FormField(FILE, pgettext("field", "File"), LineInput(wish.typed)))
        for field in fields:
            field.steps = self._go
        return fields

    def on_mount(self) -> None:
        """Begin with the format, or with the file that was refused."""
        super().on_mount()
        self._explain()
        if self._there:
            self._ask_about()
        elif self._problem:
            self._refuse(self._problem)
        else:
            self._field(FORMAT).take_focus()

    @on(FormField.Changed)
    def _changed(self, event: FormField.Changed) -> None:
        event.stop()
        if event.field.key == FORMAT:
            self._end_as(self._kind.written_as)
        elif event.field.key == FILE:
            self._be_as_typed()
            if self._typed != self._answered_for:
                event.field.show_message(None)
        self._explain()

    def action_save(self) -> None:
        """Close with what was chosen, once it is sure what becomes of a file that is there."""
        try:
            path = path_typed(self._typed)
            is_folder, is_there = path.is_dir(), path.exists()
        except Refused as problem:
            self._refuse(str(problem))
            return
        except OSError as problem:
            self._refuse(_("This file cannot be: {reason}.").format(reason=problem.strerror))
            return
        if not self._typed:
            self._refuse(_("Say which file."))
        elif is_folder:
            name = Path(self._suggest(self._kind.written_as)).name
            self._field(FILE).text = str(Path(self._typed) / name)
            self._refuse(_("That is a folder; Enter writes this file into it."), Tone.HINT)
        elif is_there and self._typed != self._agreed:
            self._ask_about()
        else:
            self.dismiss(replace(self._chosen(), replace=is_there))

    def _chosen(self) -> ExportWish:
        dates = self._field(DATES).text if self._calendars else ISO
        return ExportWish(self._kind, self._field(COLUMNS).text == SHOWN, dates == OWN, self._typed)

    def _ask_about(self) -> None:
        self._agreed = self._typed
        self._refuse(
            _("This file is there already. Enter again replaces it; or type another name."), Tone.DOUBTFUL
        )

    def _refuse(self, words: str, tone: Tone = Tone.WRONG) -> None:
        self._answered_for = self._typed
        field = self._field(FILE)
        field.show_message(FieldMessage(tone, words))
        field.take_focus()

    def _explain(self) -> None:
        """Say what the format is for, and which columns there will be."""
        kind = self._kind
        self._field(FORMAT).show_message(FieldMessage(Tone.HINT, _(PURPOSES[kind])))
        columns = self._field(COLUMNS)
        self._disable(COLUMNS, kind.is_whole)
        if self._calendars:
            self._disable(DATES, kind.is_whole)
        only_shown = columns.text == SHOWN and not kind.is_whole
        columns.show_message(FieldMessage(Tone.HINT, self._shown) if only_shown else None)

    def _disable(self, key: str, off: bool) -> None:
        row = self._field(key).editor
        assert isinstance(row, OneOf)
        row.disabled = off

    def _end_as(self, format_: ExportFormat) -> None:
        """Give the file the ending of the format, where it has that of another one."""
        field = self._field(FILE)
        if field.text in [self._suggest(each) for each in ExportFormat]:
            field.text = self._suggest(format_)
        elif Path(field.text).suffix.casefold() in ENDINGS:
            field.text = str(Path(field.text).with_suffix(f".{format_.value}"))

    def _be_as_typed(self) -> None:
        """Take the format that the ending of what is typed says."""
        ending = Path(self._typed).suffix.casefold()
        if ending in ENDINGS and ending != f".{self._kind.written_as.value}":
            self._field(FORMAT).text = ExportKind(ending[1:]).value

    def _go(self, _field: FormField, way: Way) -> None:
        if way is Way.ON:
            self.action_save()
        elif way is Way.DOWN:
            self.focus_next()
        else:
            self.focus_previous()

    @property
    def _typed(self) -> str:
        return self._field(FILE).text.strip()

    @property
    def _kind(self) -> ExportKind:
        return ExportKind(self._field(FORMAT).text)

    def _field(self, key: str) -> FormField:
        return next(each for each in self.query(FormField) if each.key == key)
