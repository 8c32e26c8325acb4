"""Importing files: what they seem to be and what is decided about them, one choice at a time, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from leadtui.language.text import brief, cell_width, ellipsize, safe
from leadtui.language.translate import _, apart, format_list, npgettext, pgettext, show_number
from leadtui.presentation.import_plan import Decision, Part, files_words
from leadtui.services.importing.preview import Preview
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, Dialog
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.narrowed_list import ListEntry, NarrowedList

TITLE_WIDTH, STANDS_WIDTH, WAY_WIDTH = 26, 26, 49
"""Cells of a column's title, of where it goes, and of what else is decided."""
FILE_WIDTH = 40
MORE_KEY, TRY_KEY = "F8", "F9"


class Go(Enum):
    """What the person wants with the files as they stand."""

    TRY = "try"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Change:
    """What the person wants to decide otherwise, by the name of the decision."""

    name: str


class ImportDialog(Dialog["Change | Go"]):
    """Enter changes what the cursor is on; F8 shows what is rarely decided; F9 only tries it; Ctrl+S or F12 imports.

    What is typed is found in all that can be decided.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        SAVE,
        Binding("f8", "turn", show=False, priority=True),
        Binding("f9", "try", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    ImportDialog {
        #dialog { width: 96%; max-width: 116; }
        #seems { height: auto; margin: 0 0 1 0; }
        #seems Static { height: auto; max-height: 3; }
        NarrowedList OptionList, NarrowedList OptionList:focus { max-height: 24; }
        &.-low NarrowedList OptionList, &.-low NarrowedList OptionList:focus { max-height: 11; }
    }
    """

    def __init__(
        self,
        previews: Sequence[Preview],
        decisions: Sequence[Decision],
        language: str,
        reason: str = "",
        *,
        at: str = "",
    ) -> None:
        """`reason` is why something was refused; the cursor begins `at` a decision's name."""
        file = shown_files([each.path for each in previews])
        super().__init__(pgettext("title", "Import · {file}").format(file=file), (), reason)
        self._previews = tuple(previews)
        self._decisions = tuple(decisions)
        self._language = language
        self._at = at
        self._usual = all(each.part.is_usual for each in decisions if each.name == at)
        self._keys = self._keys_here()

    def _keys_here(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Enter", pgettext("key", "change")),
            (MORE_KEY, pgettext("key", "more") if self._usual else pgettext("key", "usual")),
            (TRY_KEY, pgettext("key", "try it out")),
            (SAVE_KEYS, pgettext("key", "import")),
            ("Esc", pgettext("key", "back")),
        )

    def compose_body(self) -> Iterable[Widget]:
        """What was recognised, and a line for each decision."""
        yield Static(self._seems(), id="seems")
        yield NarrowedList(
            list(self._entries()),
            pgettext("hint", "find a column or a choice"),
            _("No column is called so."),
            at=self._at,
        )

    @on(NarrowedList.Picked)
    def _picked(self, event: NarrowedList.Picked) -> None:
        self.dismiss(Change(event.name))

    @on(NarrowedList.Typed)
    def _find_among_all(self, event: NarrowedList.Typed) -> None:
        listed = self.query_one(NarrowedList)
        listed.show(list(self._entries(all_of_them=bool(event.text.strip()))))
        listed.options.action_first()

    def action_turn(self) -> None:
        """Show what is rarely decided, and again the usual."""
        self._usual = not self._usual
        self._keys = self._keys_here()
        self.on_descendant_focus()
        listed = self.query_one(NarrowedList)
        listed.line.text = ""
        listed.show(list(self._entries()))
        listed.options.action_first()

    def action_try(self) -> None:
        """See what would become of the files."""
        self._go(Go.TRY)

    def action_save(self) -> None:
        """Import them."""
        self._go(Go.IMPORT)

    def _go(self, go: Go) -> None:
        if all(each.reachable for each in self._previews):
            self.dismiss(go)
        else:
            self.tell(_("Say first which column holds the phone numbers or e-mail addresses."))

    def _seems(self) -> Content:
        recognised = dict.fromkeys(words for each in self._previews for words in each.recognised)
        words = format_list(map(safe, recognised))
        unreachable = [each.path for each in self._previews if not each.reachable]
        if unreachable:
            sentence = _("No column is known to hold phone numbers or e-mail addresses; say which does.")
            if len(self._previews) > 1:
                sentence = _(
                    "No column of {files} is known to hold phone numbers or e-mail addresses; say which does."
                ).format(files=files_words(unreachable))
            return Content.assemble((words, "$dim"), "\n", (f"▲ {sentence}", "$soon"))
        row_count = sum(each.row_count for each in self._previews)
        rows = npgettext("import", "{count} row", "{count} rows", row_count).format(
            count=show_number(row_count, self._language)
        )
        return Content.assemble((rows, "bold"), " · ", (words, "$dim"))

    def _entries(self, *, all_of_them: bool = False) -> Iterable[ListEntry]:
        heading = ""
        for each in self._decisions:
            if not all_of_them and each.part.is_usual is not self._usual:
                continue
            if each.heading != heading:
                yield ListEntry("", Content.styled(each.heading, "bold $dim"))
            heading = each.heading
            yield ListEntry(each.name, self._line(each), f"{each.title} {each.stands} {each.about}")

    def _line(self, decision: Decision) -> Content:
        if decision.part is Part.COLUMN:
            stands = decision.stands or pgettext("column", "no field")
            style = "$foreground" if decision.stands else "$faint"
            return Content.assemble(
                (_padded(decision.title, TITLE_WIDTH), "bold"),
                ("→ ", "$dim"),
                (_padded(stands, STANDS_WIDTH), style),
                (apart(decision.about), "$dim"),
            )
        return Content.assemble(_padded(decision.title, WAY_WIDTH), (apart(decision.stands), "bold"))


def shown_files(paths: Sequence[Path]) -> str:
    """Files in a title."""
    return ellipsize(files_words(paths), FILE_WIDTH)


def _padded(words: str, width: int) -> str:
    shown = ellipsize(words, width - 2)
    return shown + " " * (width - cell_width(shown))


class DecisionDialog(Dialog[str]):
    """Closes with the value of what was chosen."""

    DEFAULT_CSS = """
    DecisionDialog {
        #about { height: auto; color: $dim; margin: 0 0 1 0; }
        &.-low NarrowedList OptionList, &.-low NarrowedList OptionList:focus { max-height: 11; }
    }
    """

    def __init__(self, decision: Decision) -> None:
        """`decision` says what is chosen among."""
        keys = [
            ("↑↓", pgettext("key", "choose")),
            ("Enter", pgettext("key", "take")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(brief(decision.title, 60), keys)
        self._decision = decision

    def compose_body(self) -> Iterable[Widget]:
        """What the cells hold, and the choices."""
        decision = self._decision
        if decision.about:
            yield Static(Content(apart(decision.about)), id="about")
        entries = [
            ListEntry(str(place), Content(each.words), f"{each.words} {each.value}")
            for place, each in enumerate(decision.choices)
        ]
        at = next((place for place, each in enumerate(decision.choices) if each.words == decision.stands), 0)
        yield NarrowedList(entries, pgettext("hint", "find"), _("Nothing is called so."), at=str(at))

    @on(NarrowedList.Picked)
    def _picked(self, event: NarrowedList.Picked) -> None:
        self.dismiss(self._decision.choices[int(event.name)].value)


class TypedDecisionDialog(Dialog[str]):
    """Closes with what was typed; nothing is what is recognised."""

    def __init__(self, decision: Decision) -> None:
        """`decision` says what is typed."""
        keys = [("Enter", pgettext("key", "take")), ("Esc", pgettext("key", "back"))]
        super().__init__(brief(decision.title, 60), keys)
        self._decision = decision

    def compose_body(self) -> Iterable[Widget]:
        """The line."""
        yield LineInput(self._decision.stands)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())


class After(Enum):
    """What follows what became of files."""

    TAKE_BACK = "take-back"
    IMPORT = "import"


class ImportResultDialog(Dialog[After]):
    """What became of files, or would; from here they are taken back, or imported after they were tried."""

    BINDINGS: ClassVar[list[BindingType]] = [
        SAVE,
        Binding("u", "take_back", show=False),
        Binding("enter", "cancel", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]
    DEFAULT_CSS = """
    ImportResultDialog {
        #dialog { width: 96%; max-width: 100; }
        #lines { height: auto; max-height: 30; scrollbar-size-vertical: 1; }
        #lines Static { height: auto; }
        &.-low #lines { max-height: 16; }
    }
    """

    def __init__(self, title: str, lines: Sequence[str], *, tried: bool, can_take_back: bool) -> None:
        """`lines` say what became of them; `tried` where nothing was written."""
        keys: list[tuple[str, str]] = []
        if tried:
            keys.append((SAVE_KEYS, pgettext("key", "import")))
        elif can_take_back:
            keys.append(("u", pgettext("key", "take back")))
        super().__init__(title, [*keys, ("Esc", pgettext("key", "close"))])
        self._lines = tuple(lines)
        self._tried = tried
        self._can_take_back = can_take_back

    def compose_body(self) -> Iterable[Widget]:
        """The sentences."""
        words = Content("\n").join(
            Content.styled(safe(line), "bold" if place == 0 else "") for place, line in enumerate(self._lines)
        )
        yield VerticalScroll(Static(words), id="lines", can_focus=False)

    def action_scroll(self, lines: int) -> None:
        """Go through what has no room."""
        self.query_one("#lines").scroll_relative(y=lines, animate=False)

    def action_take_back(self) -> None:
        """Have it taken back."""
        if self._can_take_back and not self._tried:
            self.dismiss(After.TAKE_BACK)

    def action_save(self) -> None:
        """Import what was tried."""
        if self._tried:
            self.dismiss(After.IMPORT)


class TakeBackDialog(Dialog[bool]):
    """What taking an import back would do, before it is done."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "agree", show=False)]

    def __init__(self, lines: Sequence[str]) -> None:
        """`lines` say what becomes of whom."""
        keys = [("Enter", pgettext("key", "take back")), ("Esc", pgettext("key", "leave it"))]
        super().__init__(pgettext("title", "Take the import back"), keys)
        self._lines = tuple(lines)

    def compose_body(self) -> Iterable[Widget]:
        """The counts."""
        yield Static(Content("\n".join(safe(each) for each in self._lines)))

    def action_agree(self) -> None:
        """Take it back."""
        self.dismiss(True)
