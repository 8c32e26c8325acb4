"""Making one customer of two: first whom with, then which value of each field stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.difference import Side
from leadtui.domain.draft import FormDraft
from leadtui.domain.lead import Lead
from leadtui.domain.lead_entry import entry_titles, shown_texts
from leadtui.domain.lead_fields import NAME
from leadtui.language.text import brief, safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.services.lead_merge import Alike, Candidate, Comparison
from leadtui.services.session import Interruption, Session
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, KeptDialog
from leadtui.tui.dialogs.find_lead_dialog import NAME_WIDTH, FindLeadDialog, FoundLead, name_of
from leadtui.tui.program import program_of
from leadtui.tui.status_style import status_content
from leadtui.tui.widgets.draft_autosave import Keep
from leadtui.tui.widgets.side_by_side import SideBySide


class MergeWithDialog(FindLeadDialog):
    """Closes with the id of the customer who is the same person. Looks like the same ones are there at once."""

    def __init__(
        self,
        lead: Lead,
        proposed: Sequence[Candidate],
        search: Callable[[str, Interruption], Sequence[Candidate]],
        formatter: Formatter,
    ) -> None:
        """`search` is called in a thread."""
        super().__init__(
            _("Merge another customer into {name}").format(name=name_of(lead, formatter)),
            pgettext("key", "compare the two"),
            pgettext("hint", "find the other one by name, number or e-mail"),
            _("Nobody looks like the same person; type to find somebody."),
            _found(proposed),
            lambda typed, interruption: _found(search(typed, interruption)),
            formatter,
        )


def _found(candidates: Sequence[Candidate]) -> list[FoundLead]:
    return [FoundLead(each.lead, _reasons().get(each.alike, "")) for each in candidates]


def choices_of(draft: FormDraft) -> dict[str, Side]:
    """Whose values were chosen to stay, as a draft tells."""
    known = {side.value for side in Side}
    return {key: Side(text) for key, text in draft.texts.items() if text in known}


class MergeDialog(KeptDialog[Mapping[str, Side]]):
    """Closes with whose value stays, by the key of each difference."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = """
    MergeDialog {
        #dialog { width: 96%; max-width: 116; }
        #result { height: auto; margin: 1 0 0 0; padding: 0 1; background: $pane-alt; }
    }
    """

    def __init__(
        self,
        session: Session,
        comparison: Comparison,
        formatter: Formatter,
        draft: FormDraft,
        reason: str = "",
        keep: Keep | None = None,
    ) -> None:
        """What the draft chooses was refused for `reason` where there is one."""
        kept, lost = (name_of(each, formatter) for each in (comparison.kept, comparison.lost))
        keys = [
            ("↑↓", pgettext("key", "field")),
            ("←→", pgettext("key", "whose stays")),
            (SAVE_KEYS, pgettext("key", "merge")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(
            pgettext("title", "{lost} into {kept}").format(lost=lost, kept=kept), keys, draft, keep, reason
        )
        self._session = session
        self._comparison = comparison
        self._formatter = formatter
        self._list = SideBySide(comparison.differences, (kept, lost), choices_of(draft))

    def compose_body(self) -> Iterable[Widget]:
        """The fields that differ, and what the one customer will be."""
        yield self._list
        yield Static(id="result")

    def on_mount(self) -> None:
        """Begin at the first field."""
        super().on_mount()
        self._list.focus()
        self._chosen()

    @on(SideBySide.Chosen)
    def _chosen(self) -> None:
        self.query_one("#result", Static).update(self._result())
        self.keep_soon()

    def texts(self) -> Mapping[str, str]:
        """Whose value stays, by the key of each difference."""
        return {key: side.value for key, side in self._list.chosen.items()}

    def action_save(self) -> None:
        """Close with what was chosen."""
        self.dismiss(dict(self._list.chosen))

    def _result(self) -> Content:
        """The one customer, as they will be."""
        merged = self._comparison.result(self._list.chosen)
        definitions = self._session.definitions
        texts = shown_texts(merged, definitions, self._session.format_context())
        head = Content.assemble(
            (pgettext("field", "Becomes"), "$dim"),
            "  ",
            (brief(merged.name, NAME_WIDTH) or pgettext("customer", "no name"), "bold"),
            "  ",
            status_content(self._formatter.definitions.status(merged.status_id)),
            "  ",
            (self._where(merged.owner_id), "$dim"),
        )
        parts = [
            Content.assemble((safe(title) + " ", "$faint"), (brief(texts[key], 60), "$dim"))
            for key, title in entry_titles(definitions).items()
            if key != NAME and texts.get(key)
        ]
        kept = _("Both timelines, all numbers, reminders and drafts stay; {key} takes the merge back.")
        kept = Content.styled(kept.format(key=program_of(self).key_of("undo")), "$faint")
        return Content("\n").join([head, Content("   ").join(parts), kept])

    def _where(self, owner_id: int | None) -> str:
        if owner_id is None:
            return pgettext("choice", "in nobody's cartable")
        return pgettext("choice", "in {name}'s cartable").format(
            name=brief(self._formatter.person(owner_id), NAME_WIDTH)
        )


def _reasons() -> dict[Alike, str]:
    return {
        Alike.NUMBER: pgettext("reason", "the same digits"),
        Alike.EMAIL: pgettext("reason", "the same e-mail"),
        Alike.NAME: pgettext("reason", "the same name"),
    }
