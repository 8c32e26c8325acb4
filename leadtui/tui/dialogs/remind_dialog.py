"""When to be reminded of a customer: a new reminder, or another time for one that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from leadtui.domain.lead import Lead
from leadtui.language.text import clean
from leadtui.language.translate import _
from leadtui.presentation.input_feedback import MOMENT_EXAMPLES, moment_feedback, read_future
from leadtui.services.session import Session
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.keeping import Keeping
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.marked_lists import Mark


@dataclass(frozen=True, slots=True)
class ReminderWish:
    """What the person typed (`typed`), what it means (`due`, aware UTC), and what it is about."""

    typed: str
    due: datetime
    note: str = ""
    promised: bool = False


_WHEN, _ABOUT, _PROMISED = "when", "about", "promised"
"""What a draft holds, by the ids of the fields."""


def wish_of(draft: Mapping[str, str], now: datetime) -> ReminderWish:
    """What a draft says was typed; when it is due is read again as it is saved."""
    return ReminderWish(draft.get(_WHEN, ""), now, draft.get(_ABOUT, ""), draft.get(_PROMISED) == "yes")


def _content(wish: ReminderWish) -> dict[str, str]:
    content = {_WHEN: wish.typed, _ABOUT: wish.note, _PROMISED: "yes" if wish.promised else ""}
    return content if wish.typed or wish.note else {}


class RemindDialog(Dialog[ReminderWish]):
    """Enter in the first line is enough; the note and the promise are for those who want them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f12", "save", show=False, priority=True),
        Binding("enter", "save", show=False),
        Binding("escape", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    RemindDialog {
        #when { margin: 0; }
        #echo { height: 1; margin: 0 0 1 0; }
    }
    """

    def __init__(
        self,
        session: Session,
        lead: Lead,
        wish: ReminderWish | None = None,
        reason: str = "",
        *,
        move: bool = False,
        keep: Callable[[Mapping[str, str]], None] | None = None,
    ) -> None:
        """`wish` is what was typed before a refusal, whose sentence is `reason`; `move` asks for a time alone.

        `keep` is given what is typed, as `wish_of` reads it; nothing where there is nothing to keep.
        """
        super().__init__()
        self._keep = keep
        self._kept = _content(wish) if wish else {}
        self._keeping = Keeping(self, self._keep_typed)
        self._session = session
        self._lead = lead
        self._reason = reason
        self._move = move
        self._saved = False
        # Held here, so that what is typed can be read also when the dialog is gone.
        self._when = LineInput(wish.typed if wish else "", placeholder=MOMENT_EXAMPLES, id=_WHEN)
        self._about = LineInput(wish.note if wish else "", id=_ABOUT)
        self._promised = Mark(_("promised to the customer"), wish.promised if wish else False, id=_PROMISED)

    def compose_body(self) -> Iterable[Widget]:
        """When, what it was understood as, about what, whether promised."""
        yield Label(_("When"), classes="label")
        yield self._when
        yield Static(id="echo")
        if not self._move:
            yield Label(_("About"), classes="label")
            yield self._about
            yield self._promised

    def title_words(self) -> str:
        """Whose reminder it is."""
        words = _("{name} · another time") if self._move else _("{name} · reminder")
        return words.format(name=self._lead.name or _("no name"))

    def key_words(self) -> list[tuple[str, str]]:
        """Save or leave."""
        back = _("back") if self._keep is None else _("back, kept as draft")
        return [("Enter", _("save")), ("Tab", _("next field")), ("Esc", back)]

    def action_cancel(self) -> None:
        """Close; what is typed is kept."""
        self._keeping.now()
        super().action_cancel()

    def on_unmount(self) -> None:
        """However it closes, also with the program: what is typed is kept."""
        self._keeping.now()

    @on(Input.Changed)
    @on(Mark.Changed)
    def _typed(self) -> None:
        self._keeping.soon()

    def _keep_typed(self) -> None:
        if self._keep is None or self._move or self._saved:
            return
        typed, about = self._when.value, self._about.value
        content = _content(ReminderWish(typed, self._session.now(), about, self._promised.value))
        if content != self._kept:
            self._kept = content
            self._keep(content)

    def on_mount(self) -> None:
        """Show what is typed already."""
        super().on_mount()
        self.tell(self._reason)
        self._echo()

    @on(Input.Changed, "#when")
    def _echo(self) -> None:
        typed, context = self.query_one("#when", Input).value, self._session.format_context()
        style = "$late" if read_future(typed, context) is None else "$gained"
        self.query_one("#echo", Static).update(Content.styled(moment_feedback(typed, context), style))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Close with the wish, where the moment is understood."""
        typed = self.query_one("#when", Input).value
        due = read_future(typed, self._session.format_context())
        if due is None:
            if not typed.strip():
                self.tell(_("Type when, such as tomorrow 10."))
            self.query_one("#when", Input).focus()
            return
        if self._move:
            self.dismiss(ReminderWish(typed, due))
            return
        self._keeping.now()
        self._saved = True
        about = clean(self.query_one("#about", Input).value)
        self.dismiss(ReminderWish(typed, due, about, self.query_one("#promised", Mark).value))
