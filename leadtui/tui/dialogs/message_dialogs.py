"""Choosing a text for a customer, seen filled in; the link of one that a person sends; sending again what may have come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from leadtui.domain.message import Consent, FilledText, Medium, MessageText
from leadtui.language.text import safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.message_words import CONSENT_WORDS, medium_words, size_words
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, Dialog
from leadtui.tui.dialogs.number_dialog import scan_code
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FormField, Way
from leadtui.tui.widgets.narrowed_list import ListEntry, NarrowedList
from leadtui.tui.widgets.option_row import OneOf

MOST_SCANNED = 330
"""Letters of a link at the most: a code of more does not fit on a screen of usual height."""


@dataclass(frozen=True, slots=True)
class ReadyText:
    """A text as it would be sent to whoever it is for: `filled` and `to`, or for which `reason` it would not."""

    text: MessageText
    filled: FilledText | None
    to: str = ""
    reason: str = ""


class MessageDialog(Dialog[ReadyText]):
    """Closes with the text that is to be sent."""

    DEFAULT_CSS = """
    MessageDialog {
        #dialog { width: 78; }
        NarrowedList OptionList { max-height: 7; }
        #message-about { color: $dim; margin: 1 0 0 0; height: auto; }
        #message-text { height: auto; max-height: 9; padding: 0 1; background: $field; }
    }
    """

    def __init__(self, whom: str, texts: Sequence[ReadyText], language: str, reason: str = "") -> None:
        """`whom` says for whom; `reason` why what was chosen before was refused."""
        keys = [
            ("↑↓", pgettext("key", "choose")),
            ("Enter", pgettext("key", "send")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "Message · {whom}").format(whom=whom), keys, reason)
        self._texts = {str(each.text.id): each for each in texts}
        self._language = language

    def compose_body(self) -> Iterable[Widget]:
        """The texts, and the one under the cursor as it would come."""
        entries = [self._entry(name, each) for name, each in self._texts.items()]
        yield NarrowedList(entries, pgettext("hint", "title of a text"), _("No text is called so."))
        yield Static(id="message-about")
        yield Static(id="message-text")

    def _entry(self, name: str, ready: ReadyText) -> ListEntry:
        colour = "" if ready.filled is not None else "$dim"
        by = medium_words(ready.text.medium)
        shown = Content.assemble((safe(ready.text.title), colour), "  ", (by, "$dim"))
        return ListEntry(name, shown, f"{ready.text.title} {by}")

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        ready = self._texts.get(self.query_one(NarrowedList).pointed)
        about, text = self.query_one("#message-about", Static), self.query_one("#message-text", Static)
        text.display = ready is not None and ready.filled is not None
        if ready is None:
            about.update("")
            return
        if ready.filled is None:
            about.update(Content.styled(safe(ready.reason), "$late"))
            return
        parts = [ready.to, size_words(ready.filled, self._language)]
        about.update(Content(" · ".join(safe(each) for each in parts if each)))
        subject = [(f"{safe(ready.filled.subject)}\n", "bold")] if ready.filled.subject else []
        text.update(Content.assemble(*subject, "\n".join(map(safe, ready.filled.body.split("\n")))))

    @on(NarrowedList.Picked)
    def _pick(self, event: NarrowedList.Picked) -> None:
        event.stop()
        ready = self._texts[event.name]
        if ready.filled is None:
            self.tell(ready.reason)
        else:
            self.dismiss(ready)


class LinkDialog(Dialog[str]):
    """The link of a message that a person sends: scanned, copied or opened. Closes with what is to be done with it."""

    COPY, OPEN = "copy", "open"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", f"close('{COPY}')", show=False),
        Binding("o", f"close('{OPEN}')", show=False),
        Binding("enter", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    LinkDialog {
        #dialog { width: 78; }
        #link { height: 1; color: $dim; text-wrap: nowrap; text-overflow: ellipsis; }
        #link-code { width: auto; height: auto; color: black; background: white; }
        &.-low #dialog { padding: 0 1; }
    }
    """

    def __init__(self, title: str, link: str, *, may_open: bool) -> None:
        """`may_open` where this machine may begin a program for it."""
        opening = [("o", pgettext("key", "open"))] if may_open else []
        keys = [("y", pgettext("key", "copy link")), *opening, ("Esc", pgettext("key", "back"))]
        super().__init__(title, keys)
        self._link = link
        self._may_open = may_open

    def compose_body(self) -> Iterable[Widget]:
        """The link and its code."""
        words = _("Scan it with a mobile or copy it: the message stands there to be sent.")
        yield Static(Content(words))
        yield Static(Content(safe(self._link)), id="link")
        if len(self._link) <= MOST_SCANNED:
            yield Static(Content(scan_code(self._link)), id="link-code")

    def action_close(self, how: str) -> None:
        """Close so."""
        if how != self.OPEN or self._may_open:
            self.dismiss(how)


class SendAgainDialog(Dialog[bool]):
    """Closes with True where it is sent again; what is pressed without reading sends nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "again", show=False),
        Binding("escape,enter", "cancel", show=False),
    ]

    def __init__(self, name: str) -> None:
        """`name` is whom it went to, or not."""
        title = pgettext("title", "{name} · send again").format(name=name or pgettext("customer", "no name"))
        super().__init__(title, [("a", pgettext("key", "send again")), ("Esc", pgettext("key", "back"))])

    def compose_body(self) -> Iterable[Widget]:
        """What may be."""
        words = _(
            "It may have come already: look at the gateway's own list, or ask. Sent again it may come twice."
        )
        yield Static(Content.styled(words, "$soon"))

    def action_again(self) -> None:
        """The person has looked."""
        self.dismiss(True)


class ConsentDialog(Dialog[Mapping[Medium, Consent]]):
    """Closes with what the customer said, medium by medium."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]

    def __init__(self, whom: str, said: Mapping[Medium, Consent]) -> None:
        """`said` is what is known so far."""
        keys = [
            ("← →", pgettext("key", "choose")),
            (SAVE_KEYS, pgettext("key", "save")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "{whom} · messages wanted").format(whom=whom), keys)
        self._fields = {
            each: FormField(
                each.value,
                medium_words(each),
                OneOf(
                    [Choice(one.value, pgettext("message", words)) for one, words in CONSENT_WORDS.items()],
                    said[each].value if each in said else "",
                ),
            )
            for each in Medium
        }

    def compose_body(self) -> Iterable[Widget]:
        """A line for each medium."""
        for each in self._fields.values():
            each.steps = self._go
        yield from self._fields.values()

    def on_mount(self) -> None:
        """Begin with the first."""
        super().on_mount()
        next(iter(self._fields.values())).take_focus()

    @on(FormField.Changed)
    def _changed(self, event: FormField.Changed) -> None:
        event.stop()

    def action_save(self) -> None:
        """Close with what is chosen."""
        self.dismiss({each: Consent(field.text) for each, field in self._fields.items() if field.text})

    def _go(self, field: FormField, way: Way) -> None:
        fields = list(self._fields.values())
        place = fields.index(field) + (-1 if way is Way.UP else 1)
        if place == len(fields) and way is Way.ON:
            self.action_save()
        elif 0 <= place < len(fields):
            fields[place].take_focus()
