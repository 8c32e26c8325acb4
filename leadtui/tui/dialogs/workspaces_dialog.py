"""The menu of a person's workspaces, each with what is due there; and what is asked of a new one, or of another name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from leadtui.domain.permission import Permission
from leadtui.domain.workspace import OwnWorkspace, Template, WorkspaceKind
from leadtui.errors import Invalid
from leadtui.language.calendar_names import CALENDAR_WORDS
from leadtui.language.territory import customs_of, region_of
from leadtui.language.text import safe
from leadtui.language.translate import LANGUAGES, OWN_NAMES, _, apart, pgettext
from leadtui.presentation.cartable_reason import overdue_words
from leadtui.presentation.template_words import template_words
from leadtui.presentation.workspace_words import KIND_WORDS
from leadtui.services.templates import own_zone
from leadtui.services.workspaces import ListedWorkspace
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, Dialog
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone, Way, tell_problems
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.marked_lists import RadioList
from leadtui.tui.widgets.option_row import OneOf

MOST_IN_SIGHT = 12


class WorkspaceDeed(StrEnum):
    """What is to be done with a workspace."""

    GO = "go"
    ADD = "add"
    RENAME = "rename"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class WorkspaceWish:
    """What the person wants; `workspace` is where the cursor stood."""

    deed: WorkspaceDeed
    workspace: OwnWorkspace


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What was typed of a new workspace; `template` is the key of what it begins with."""

    title: str = ""
    kind: WorkspaceKind = WorkspaceKind.PRIVATE
    registered_name: str = ""
    registered_number: str = ""
    country: str = ""
    language: str = ""
    template: str = "blank"


class WorkspacesDialog(Dialog[WorkspaceWish]):
    """Closes with what is to be done; with nothing where the person stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", show=False),
        Binding("r", "rename", show=False),
        Binding("x,delete", "close_or_open", show=False),
    ]
    DEFAULT_CSS: ClassVar[str] = f"""
    WorkspacesDialog RadioList {{ max-height: {MOST_IN_SIGHT}; }}
    WorkspacesDialog .said {{ color: $gained; height: auto; margin: 1 0 0 0; display: none; }}
    WorkspacesDialog .said.-shown {{ display: block; }}
    """

    def __init__(
        self, listed: Sequence[ListedWorkspace], at: int, said: str = "", reason: str = "", *, may_add: bool
    ) -> None:
        """The cursor stands on the workspace with the id `at`; `said` is what was done, `reason` why it was not."""
        super().__init__(pgettext("title", "Workspaces"), [], reason)
        self._listed = tuple(listed)
        self._at = next((place for place, each in enumerate(listed) if each.workspace.id == at), 0)
        self._said = said
        self._may_add = may_add
        self.list = RadioList(*(Option(_line(each)) for each in self._listed), markup=False)

    def compose_body(self) -> Iterable[Widget]:
        """The list, and what was done."""
        yield self.list
        yield Static(Content(f"✓ {safe(self._said)}"), classes="said -shown" if self._said else "said")

    def on_mount(self) -> None:
        """Begin where the person was."""
        super().on_mount()
        self.list.highlighted = self._at
        self.list.focus()

    @on(OptionList.OptionHighlighted)
    def _show_keys(self) -> None:
        """Say what can be done with the workspace under the cursor."""
        own = self._pointed.workspace
        keys = [("Esc", pgettext("key", "stay"))]
        if Permission.CLOSE_WORKSPACE in own.permissions:
            keys.insert(0, ("x", pgettext("key", "open again") if own.closed else pgettext("key", "close")))
        if Permission.CHANGE_WORKSPACE in own.permissions and not own.closed:
            keys.insert(0, ("r", pgettext("key", "rename")))
        if self._may_add:
            keys.insert(0, ("a", pgettext("key", "add one")))
        if not own.closed and not self._pointed.here:
            keys.insert(0, ("Enter", pgettext("key", "go there")))
        self._keys = tuple(keys)
        self.on_descendant_focus()

    @on(OptionList.OptionSelected)
    def _go(self) -> None:
        if self._pointed.workspace.closed:
            words = _("“{title}” is closed; {key} opens it again.")
            self.tell(words.format(title=self._pointed.workspace.title, key=self._key_words("x")))
        elif self._pointed.here:
            self.dismiss(None)
        else:
            self._do(WorkspaceDeed.GO)

    def action_add(self) -> None:
        """Add another."""
        self._do(WorkspaceDeed.ADD)

    def action_rename(self) -> None:
        """Give the one under the cursor another name."""
        self._do(WorkspaceDeed.RENAME)

    def action_close_or_open(self) -> None:
        """Close the one under the cursor, or open it again."""
        self._do(WorkspaceDeed.REOPEN if self._pointed.workspace.closed else WorkspaceDeed.CLOSE)

    def _do(self, deed: WorkspaceDeed) -> None:
        self.dismiss(WorkspaceWish(deed, self._pointed.workspace))

    @property
    def _pointed(self) -> ListedWorkspace:
        return self._listed[self.list.chosen]


class NewWorkspaceDialog(Dialog[NewWorkspace]):
    """Closes with what the new workspace is like; it comes back with what was typed where that is refused."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = """
    NewWorkspaceDialog {
        #dialog { width: 80; }
        #dialog-body Input { margin: 0; }
        FormField .form-message { min-height: 0; }
    }
    """

    def __init__(
        self, templates: Sequence[Template], typed: NewWorkspace, problems: Sequence[Invalid] = ()
    ) -> None:
        """`problems` are what was wrong beside fields."""
        keys = [
            ("Tab", pgettext("key", "next field")),
            (SAVE_KEYS, pgettext("key", "add it")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "Another workspace"), keys)
        kinds = [Choice(each.value, pgettext("choice", word)) for each, word in KIND_WORDS.items()]
        languages = [Choice(each, OWN_NAMES[each], (each,)) for each in LANGUAGES]
        begins = [Choice(each.key, " – ".join(template_words(each)), (each.key,)) for each in templates]
        self._kind = FormField("kind", pgettext("field", "Kind"), OneOf(kinds, typed.kind.value))
        self._registered = (
            FormField(
                "registered_name",
                pgettext("field", "Registered name"),
                LineInput(typed.registered_name),
                required=True,
            ),
            FormField(
                "registered_number",
                pgettext("field", "Registered number"),
                LineInput(typed.registered_number),
                required=True,
            ),
        )
        self._country = FormField(
            "region", pgettext("field", "Country"), LineInput(typed.country), required=True
        )
        self._fields = (
            FormField("title", pgettext("field", "Title"), LineInput(typed.title), required=True),
            self._kind,
            *self._registered,
            self._country,
            FormField("language", pgettext("field", "Language"), OneOf(languages, typed.language)),
            FormField("template", pgettext("field", "Begins with"), DropDown(begins, typed.template)),
        )
        self._begun = {each.key: each.text for each in self._fields}
        self._problems = {each.field: str(each) for each in problems}

    def compose_body(self) -> Iterable[Widget]:
        """The fields."""
        for each in self._fields:
            each.steps = self._step
        yield from self._fields

    def on_mount(self) -> None:
        """Begin with the title, or with what was refused."""
        super().on_mount()
        self._follow()
        (tell_problems(self._fields, self._problems) or self._fields[0]).take_focus()

    @on(FormField.Changed)
    def _changed(self, event: FormField.Changed) -> None:
        event.stop()
        if event.field.text != self._begun[event.field.key] and self._problems.pop(event.field.key, ""):
            event.field.show_message(None)
        self._follow()

    def _follow(self) -> None:
        """Ask a business alone for its registration, and say what follows from the country."""
        business = self._kind.text == WorkspaceKind.BUSINESS.value
        for each in self._registered:
            each.display = business
        hint = _("Only a business has colleagues; it is registered under a name and a number.")
        self._kind.show_message(None if business else FieldMessage(Tone.HINT, hint))
        region = region_of(self._country.text)
        if region and "region" not in self._problems:
            customs = customs_of(region, own_zone())
            calendar = pgettext("choice", CALENDAR_WORDS[customs.calendar])
            words = " · ".join((customs.zone, customs.currency, calendar))
            self._country.show_message(FieldMessage(Tone.HINT, words))
        elif "region" not in self._problems:
            self._country.show_message(None)

    def action_save(self) -> None:
        """Close with what is typed."""
        typed = {each.key: each.text.strip() for each in self._fields}
        self.dismiss(
            NewWorkspace(
                typed["title"],
                WorkspaceKind(typed["kind"]),
                typed["registered_name"],
                typed["registered_number"],
                typed["region"],
                typed["language"],
                typed["template"],
            )
        )

    def _step(self, field: FormField, way: Way) -> None:
        asked = [each for each in self._fields if each.display]
        place = asked.index(field) + (-1 if way is Way.UP else 1)
        if place == len(asked) and way is Way.ON:
            self.action_save()
        elif 0 <= place < len(asked):
            asked[place].take_focus()


class WorkspaceTitleDialog(Dialog[str]):
    """Closes with another name."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]

    def __init__(self, title: str, reason: str = "") -> None:
        """`title` is what it is called, or what was typed and refused for the `reason`."""
        keys = [("Enter", pgettext("key", "save")), ("Esc", pgettext("key", "back"))]
        super().__init__(pgettext("title", "Rename the workspace"), keys, reason)
        self._typed = title

    def compose_body(self) -> Iterable[Widget]:
        """One line."""
        yield Label(pgettext("field", "Title"), classes="label")
        yield LineInput(self._typed)

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Close with the name."""
        self.dismiss(self.query_one(LineInput).value)


def _line(listed: ListedWorkspace) -> Content:
    own = listed.workspace
    parts: list[Content | tuple[str, str] | str] = [
        (apart(safe(own.title)), "$dim" if own.closed else "bold"),
        ("  " + apart(safe(own.profile)), "$dim"),
    ]
    if own.closed:
        parts.append(("  " + pgettext("workspace", "closed"), "$faint"))
    if listed.here:
        parts.append(("  " + pgettext("workspace", "you are here"), "$faint"))
    if listed.due:
        parts.append(("  ▲ " + overdue_words(listed.due), "bold $late"))
    return Content.assemble(*parts)
