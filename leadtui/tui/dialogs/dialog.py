"""What dialogs are made from: a box with keys in its border, one that keeps what is typed, and one that is a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, TypeVar, cast

from textual import getters, on
from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import FormatContext
from leadtui.language import calendar
from leadtui.language.text import safe
from leadtui.language.translate import pgettext
from leadtui.tui.commands.command import shown_key
from leadtui.tui.mirroring import TurnedScreen
from leadtui.tui.program import program_of
from leadtui.tui.widgets.date_input import SHEET_KEY, DateInput
from leadtui.tui.widgets.draft_autosave import DraftAutosave, Keep
from leadtui.tui.widgets.form import Form
from leadtui.tui.widgets.inputs import LineInput, TextInput
from leadtui.tui.widgets.marked_lists import Mark

Answer = TypeVar("Answer")

SAVE_KEYS = "ctrl+s,f12"
"""The keys that close most dialogs with what was typed or chosen; among a dialog's keys the one that is shown."""

SAVE = Binding(SAVE_KEYS, "save", show=False, priority=True)

YES = "yes"
"""What a draft holds of a mark that is set."""


class Dialog(TurnedScreen, ModalScreen[Answer | None]):
    """A box over the desk. A subclass says in `compose_body` what is in it; Escape closes it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        #dialog {
            width: 72;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 1 2;
            scrollbar-size-vertical: 1;
            background: $pane;
            border: round $primary;
            border-title-color: $primary;
            border-title-style: bold;
            border-subtitle-color: $dim;
        }
        #dialog-body { height: auto; }
        #dialog-body Input { margin: 0 0 1 0; }
        .label { color: $dim; height: 1; }
        .hint { color: $faint; height: auto; }
        .reason { color: $late; height: auto; display: none; }
        .reason.-shown { display: block; padding: 1 0 0 0; }
    }
    """

    app = getters.app(cast("type[App[Any]]", App))

    def __init__(self, title: str, keys: Sequence[tuple[str, str]], reason: str = "") -> None:
        """`title` stands in the upper border, `keys` with what they do in the lower one.

        `reason` is why what the person decided on before was refused.
        """
        super().__init__()
        self._title = title
        self._keys = tuple(keys)
        self._reason = reason

    def compose(self) -> ComposeResult:
        """The box with the subclass' body and the line for a refusal."""
        with VerticalScroll(id="dialog", can_focus=False):
            yield Vertical(*self.compose_body(), id="dialog-body")
            yield Static(classes="reason")

    def on_mount(self) -> None:
        """Write the title and the keys into the border, and what was refused beneath."""
        box = self.query_one("#dialog")
        box.border_title = Content(f" {safe(self._title)} ")
        self.on_descendant_focus()
        self.tell(self._reason)

    def on_descendant_focus(self) -> None:
        """Write the keys into the border: in a date the one of its sheet in place of Tab, for which there is no room."""
        keys = dict(self._keys)
        if isinstance(self.focused, DateInput) and keys.pop("Tab", ""):
            keys = {SHEET_KEY: pgettext("key", "calendar"), **keys}
        pairs = [
            Content.assemble((self._key_words(key), "bold $key"), " ", title) for key, title in keys.items()
        ]
        box = self.query_one("#dialog")
        box.border_subtitle = Content.assemble(" ", Content(" · ").join(pairs), " ")

    def _key_words(self, key: str) -> str:
        keyboard = program_of(self).keyboard
        if key == SAVE_KEYS:
            return shown_key(keyboard.certain(SAVE_KEYS.split(",")), keyboard)
        return keyboard.shown(key) if len(key) == 1 else key

    def compose_body(self) -> Iterable[Widget]:
        """The widgets of the body."""
        return ()

    def tell(self, reason: str) -> None:
        """Show why something was refused; nothing hides it again."""
        line = self.query_one(".reason", Static)
        line.update(Content(safe(reason)))
        line.set_class(bool(reason), "-shown")

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class KeptDialog(Dialog[Answer]):
    """What is typed is kept as a draft, as it is typed.

    A subclass says in `texts` what is kept, where that is something else than its lines and marks, and calls
    `keep_soon` where something is chosen by other widgets than the usual.
    """

    def __init__(
        self,
        title: str,
        keys: Sequence[tuple[str, str]],
        draft: FormDraft,
        keep: Keep | None,
        reason: str = "",
    ) -> None:
        """`draft` is what is kept already; without `keep` nothing is."""
        super().__init__(title, keys, reason)
        self.draft = draft
        """What is typed by now."""
        self._autosave = DraftAutosave(self, lambda: (self.draft,), keep, (draft,))

    def texts(self) -> Mapping[str, str]:
        """What is typed, by the ids of the lines and marks; nothing where no line says anything."""
        lines = {each.id: each.text for each in (*self.query(LineInput), *self.query(TextInput))}
        marks = {each.id: YES if each.value else "" for each in self.query(Mark)}
        typed = any(text.strip() for text in lines.values())
        return {key: text for key, text in {**lines, **marks}.items() if key and typed}

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Mark.Changed)
    @on(OptionList.OptionHighlighted)
    def keep_soon(self) -> None:
        """Something was typed or chosen."""
        self._gather()
        self._autosave.soon()

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close; the draft is kept first, so that what follows from the answer comes after it."""
        self._gather()
        self._autosave.now()
        return super().dismiss(result)

    def on_unmount(self) -> None:
        """However it closes, also with the program: the draft is as it was typed."""
        self._autosave.now()

    def _gather(self) -> None:
        self.draft = replace(self.draft, texts=dict(self.texts()))


class FormDialog(TurnedScreen, ModalScreen[Answer | None]):
    """A form over most of the screen, with a line above it for its draft and one below it for a refusal."""

    CSS_PATH = "form_dialog.tcss"
    # Textual declares these two otherwise than as class variables.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (104, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012
    AUTO_FOCUS: ClassVar[str | None] = ""

    app = getters.app(cast("type[App[Any]]", App))
    box = getters.query_one("#dialog", Vertical)
    form = getters.query_one("#form", Form)

    def show_notice(self, words: Content) -> None:
        """Say above the form what is to be known before it is filled in."""
        notice = self.query_one("#notice", Static)
        notice.update(words)
        notice.set_class(bool(words.plain), "-shown")

    def show_reason(self, reason: str) -> None:
        """Say below the form why a save was refused."""
        line = self.query_one("#reason", Static)
        line.update(Content(f"✕ {safe(reason)}"))
        line.set_class(bool(reason), "-shown")


def kept_notice(draft: FormDraft, key: str, context: FormatContext) -> Content:
    """That a form was opened with a draft, and the key that throws it away; empty where the draft is blank."""
    if draft.blank:
        return Content("")
    at = draft.saved_at
    if at is None:
        words = pgettext("notice", "draft kept")
    else:
        same_day = calendar.local_date(at, context.zone) == calendar.local_date(context.now, context.zone)
        moment = (
            calendar.show_time(at, context.language, context.zone)
            if same_day
            else calendar.show_moment(at, context.calendar, context.language, context.zone, context.now)
        )
        words = pgettext("notice", "draft of {time} kept").format(time=moment)
    return Content.assemble(
        (f"◔ {words}", "$soon"), "  ·  ", (key, "bold $key"), " ", (pgettext("key", "start afresh"), "$dim")
    )
