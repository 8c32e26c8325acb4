"""The cases of a customer: the list of them, one with all that can be done to it, what is around it, and its whole timeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from leadtui.domain.case import CaseEntry, CaseLead
from leadtui.domain.case_kind import CaseKind, CaseRole, Transition
from leadtui.domain.workspace import Colleague
from leadtui.language.text import brief, cell_width, safe
from leadtui.language.translate import P_, apart, format_list, pgettext
from leadtui.presentation.case_words import answer_texts, by_answers, case_name, entry_words
from leadtui.presentation.formatter import Formatter
from leadtui.services.cases import OpenedCase, ShownCase
from leadtui.tui.dialogs.choose_dialog import ChooseDialog
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.marked_lists import RadioList

MOST_IN_SIGHT = 12
FEW_ENTRIES, MOST_ENTRIES = 2, 6
"""Entries of the timeline that are shown beside the rest, on a low screen and on others."""

LOW = 30
"""Lines that a screen has at least which is not low."""

LONGEST_LINE = 56
"""Cells of what is told of a case in a list."""

BETWEEN = " · "


def cases_dialog(
    name: str, listed: Sequence[ShownCase], kinds: Sequence[CaseKind], formatter: Formatter
) -> ChooseDialog[ShownCase | CaseKind]:
    """Asks which of a customer's cases is looked at, or of which kind one is opened for them."""
    return ChooseDialog(
        pgettext("title", "{name} · cases").format(name=name),
        [("Enter", pgettext("key", "look at it, or open it")), ("Esc", pgettext("key", "back"))],
        [*((_line(each, formatter, names=False), each) for each in listed), *_new(kinds)],
    )


def around_dialog(
    opened: OpenedCase, kinds: Sequence[CaseKind], formatter: Formatter
) -> ChooseDialog[ShownCase | CaseKind]:
    """Asks which case above or beneath this one is looked at, or of which kind one is opened beneath it."""
    above = () if opened.parent is None else (opened.parent,)
    return ChooseDialog(
        pgettext("title", "{name} · what belongs to it").format(name=case_name(opened.shown)),
        [("Enter", pgettext("key", "look at it, or open it")), ("Esc", pgettext("key", "back"))],
        [
            *((_line(each, formatter), each) for each in (*above, *by_answers(opened.children))),
            *_new(kinds),
        ],
    )


def kinds_dialog(kinds: Sequence[CaseKind]) -> ChooseDialog[CaseKind]:
    """Asks of which kind a case is opened."""
    return ChooseDialog(
        pgettext("title", "Open a case"),
        [("Enter", pgettext("key", "open it")), ("Esc", pgettext("key", "back"))],
        [(apart(safe(each.title)), each) for each in kinds],
    )


def above_dialog(
    kind: CaseKind, listed: Sequence[ShownCase], formatter: Formatter
) -> ChooseDialog[ShownCase]:
    """Asks beneath which of these cases one of the kind is opened."""
    return ChooseDialog(
        pgettext("title", "{kind} · of what?").format(kind=safe(kind.title)),
        [("Enter", pgettext("key", "choose")), ("Esc", pgettext("key", "back"))],
        [(_line(each, formatter), each) for each in by_answers(listed)],
    )


def role_dialog(shown: ShownCase, roles: Sequence[CaseRole]) -> ChooseDialog[CaseRole]:
    """Asks as what somebody comes into the case."""
    return ChooseDialog(
        pgettext("title", "Add a customer to the case · {name}").format(name=case_name(shown)),
        [("Enter", pgettext("key", "choose")), ("Esc", pgettext("key", "back"))],
        [(apart(safe(each.title)), each) for each in roles],
    )


def _new(kinds: Sequence[CaseKind]) -> list[tuple[Content, CaseKind]]:
    words = pgettext("case", "+ {kind}")
    return [(Content.styled(words.format(kind=apart(safe(each.title))), "$dim"), each) for each in kinds]


def _line(each: ShownCase, formatter: Formatter, *, names: bool = True) -> Content:
    """A case in a list: with `names` also who is in it, and what was answered."""
    state = each.kind.state(each.case.state) or each.kind.first_state
    about = [case_name(each)] if names or each.case.title else []
    room = LONGEST_LINE - cell_width(safe(each.kind.title)) - cell_width(safe(state.title))
    told = _as_fits([*about, *answer_texts(each, formatter)], room)
    return Content.assemble(
        (apart(safe(each.kind.title)), "bold"),
        f"  {state.glyph} {apart(safe(state.title))}",
        (f"  {told}" if told else "", "$dim"),
    )


def _as_fits(texts: Iterable[str], room: int) -> str:
    """The texts in one line, as many as fit in so many cells; the first is cut where it is too long."""
    shown: list[str] = []
    for each in map(safe, texts):
        room -= cell_width(each) + len(BETWEEN)
        if room < 0:
            shown.append("…" if shown else apart(brief(each, max(1, room + cell_width(each)))))
            break
        shown.append(apart(each))
    return BETWEEN.join(shown)


class CaseDeed(Enum):
    """What is done to a case besides moving it on."""

    NOTE = "note"
    ANSWER = "answer"
    AROUND = "around"
    GIVE = "give"
    LINK = "link"
    UNLINK = "unlink"
    TIMELINE = "timeline"
    UNDO = "undo"


DEED_KEYS = {
    CaseDeed.NOTE: ("n", P_("key", "note")),
    CaseDeed.ANSWER: ("e", P_("key", "fill in")),
    CaseDeed.AROUND: ("b", P_("key", "what belongs to it")),
    CaseDeed.GIVE: ("o", P_("key", "give")),
    CaseDeed.LINK: ("a", P_("key", "add customer")),
    CaseDeed.UNLINK: ("x", P_("key", "take out")),
    CaseDeed.TIMELINE: ("t", P_("key", "whole history")),
    CaseDeed.UNDO: ("u", P_("key", "undo")),
}
"""The key of each, with its words."""


class CaseDialog(Dialog[Transition | CaseDeed]):
    """A case: what was answered and what happened, and the moves that lead on; closes with what is to be done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"close_with('{deed.value}')", show=False)
            for deed, (key, _words) in DEED_KEYS.items()
        ),
        Binding("delete", f"close_with('{CaseDeed.UNLINK.value}')", show=False),
    ]
    DEFAULT_CSS: ClassVar[str] = f"""
    CaseDialog RadioList {{ max-height: {MOST_IN_SIGHT}; margin: 1 0 0 0; }}
    CaseDialog #dialog {{ width: 80; }}
    CaseDialog .case-lines {{ height: auto; }}
    CaseDialog .case-keys {{ height: auto; margin: 1 0 0 0; color: $dim; }}
    """

    def __init__(
        self, opened: OpenedCase, deeds: Sequence[CaseDeed], formatter: Formatter, reason: str = ""
    ) -> None:
        """`opened` is what is shown; `deeds` are what can be done to it besides, `reason` is why what was done was refused."""
        shown = opened.shown
        title = f"{shown.kind.title} {shown.case.id} · {case_name(shown)}"
        moving = [("Enter", pgettext("key", "move it on"))] if opened.moves else []
        super().__init__(title, [*moving, ("Esc", pgettext("key", "back"))], reason)
        self._opened = opened
        self._deeds = deeds
        self._formatter = formatter
        self.list = RadioList(*(Option(apart(safe(each.title))) for each in opened.moves), markup=False)

    def compose_body(self) -> Iterable[Widget]:
        """What is known, then the moves, and the keys of what else can be done."""
        yield Static(self._lines(), classes="case-lines")
        if self._opened.moves:
            yield self.list
        yield Static(classes="case-keys")

    def on_mount(self) -> None:
        """Begin with the first move."""
        super().on_mount()
        if self._opened.moves:
            self.list.highlighted = 0
            self.list.focus()
        pairs = [
            Content.assemble((self._key_words(key), "bold $key"), " ", pgettext("key", words))
            for key, words in (DEED_KEYS[each] for each in self._deeds)
        ]
        self.query_one(".case-keys", Static).update(Content(" · ").join(pairs))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the move."""
        self.dismiss(self._opened.moves[event.option_index])

    def action_close_with(self, deed: str) -> None:
        """Close with what is to be done, where it can be."""
        if CaseDeed(deed) in self._deeds:
            self.dismiss(CaseDeed(deed))

    def _lines(self) -> Content:
        opened, formatter = self._opened, self._formatter
        shown, case = opened.shown, opened.shown.case
        rows = [
            (pgettext("column", "State"), shown.state_title),
            (pgettext("column", "Responsible"), formatter.owner(case.owner_id)),
        ]
        if opened.parent is not None:
            rows.append((opened.parent.kind.title, case_name(opened.parent)))
        for role in shown.kind.roles:
            names = format_list(each for each in shown.names(role.key) if each)
            if names:
                rows.append((role.title, names))
        for each in shown.kind.fields:
            if each.key in case.answers:
                rows.append((each.title, formatter.answer(each.kind, case.answers[each.key])))
        lines = [
            Content.assemble((f"{apart(safe(title))}  ", "$dim"), apart(safe(value))) for title, value in rows
        ]
        lines += [
            Content.assemble(("▸ ", "$dim"), _line(each, formatter))
            for each in by_answers(opened.children)[:MOST_ENTRIES]
        ]
        low = self.app.size.height < LOW
        lines += [
            Content.styled(_entry_line(each, formatter), "$faint")
            for each in opened.timeline[: FEW_ENTRIES if low else MOST_ENTRIES]
        ]
        return Content("\n").join(lines)


def _entry_line(entry: CaseEntry, formatter: Formatter) -> str:
    return f"{formatter.short_moment(entry.at)}  {entry_words(entry, formatter)}"


def deeds_of(opened: OpenedCase, actor: Colleague, kinds: Sequence[CaseKind]) -> list[CaseDeed]:
    """What the person can do to a case: nobody comes in where its kind has no role, nor goes out whom the person does not see.

    `kinds` are those of which one can be opened beneath it.
    """
    shown = opened.shown
    state = shown.kind.state(shown.case.state)
    around = opened.parent is not None or opened.children or kinds
    mine = any(each.actor_id == actor.id and not each.undone for each in opened.timeline)
    can = {
        CaseDeed.NOTE: opened.is_worked,
        CaseDeed.ANSWER: opened.is_worked and not (state and state.is_settled),
        CaseDeed.AROUND: bool(around),
        CaseDeed.GIVE: opened.is_worked,
        CaseDeed.LINK: opened.is_worked and bool(shown.kind.roles),
        CaseDeed.UNLINK: opened.is_worked and bool(shown.leads),
        CaseDeed.TIMELINE: len(opened.timeline) > FEW_ENTRIES,
        CaseDeed.UNDO: mine,
    }
    return [each for each in CaseDeed if can[each]]


class CaseTimelineDialog(Dialog[None]):
    """All that happened to a case, the newest first, with who did it."""

    DEFAULT_CSS: ClassVar[str] = """
    CaseTimelineDialog #dialog { width: 92%; max-width: 110; }
    CaseTimelineDialog #entries { height: auto; max-height: 16; scrollbar-size-vertical: 1; }
    CaseTimelineDialog #entries Static { height: auto; margin: 0 0 1 0; }
    """

    def __init__(self, opened: OpenedCase, formatter: Formatter) -> None:
        """`opened` is whose timeline it is."""
        keys = [("↑↓", pgettext("key", "scroll")), ("Esc", pgettext("key", "back"))]
        super().__init__(pgettext("title", "{name} · history").format(name=case_name(opened.shown)), keys)
        self._opened = opened
        self._formatter = formatter

    def compose_body(self) -> Iterable[Widget]:
        """The entries."""
        with VerticalScroll(id="entries"):
            yield from (Static(self._entry(each)) for each in self._opened.timeline)

    def on_mount(self) -> None:
        """The arrows scroll it."""
        super().on_mount()
        self.query_one("#entries").focus()

    def _entry(self, entry: CaseEntry) -> Content:
        formatter = self._formatter
        return Content.assemble(
            (formatter.moment(entry.at), "bold"),
            (f"  {apart(safe(formatter.actor(entry.actor_id)))}", "$dim"),
            f"\n{entry_words(entry, formatter)}",
        )


def take_out_dialog(shown: ShownCase, reason: str = "") -> ChooseDialog[CaseLead]:
    """Asks who of those whom the person sees is taken out of the case; `reason` is why one could not be."""
    return ChooseDialog(
        pgettext("title", "Take a customer out of the case"),
        [("Enter", pgettext("key", "take out")), ("Esc", pgettext("key", "back"))],
        [(_part(shown, each), each) for each in shown.case.leads if each.lead_id in shown.leads],
        reason,
    )


def _part(shown: ShownCase, each: CaseLead) -> Content:
    role = shown.kind.role(each.role)
    name = shown.leads[each.lead_id].name or pgettext("customer", "no name")
    return Content.assemble(
        (apart(safe(name)), "bold"), (f"  {apart(safe(role.title if role else each.role))}", "$dim")
    )
