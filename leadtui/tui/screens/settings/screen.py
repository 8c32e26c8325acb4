"""The settings: a tab for each sort of definition, the pane of one of them, and what is to be said about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar, cast

from textual import events, getters, on, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.draft import FormDraft
from leadtui.domain.permission import OWNER_PROFILE, Permission, Profile
from leadtui.domain.workspace import MemberState, Need
from leadtui.errors import LeadtuiError
from leadtui.language.text import brief, cell_width
from leadtui.language.translate import P_, _, counted, ngettext, pgettext
from leadtui.services import defining, drafts
from leadtui.services.colleagues import COLLEAGUE, leads_per_colleague
from leadtui.services.defining import CHANNEL, DISTRIBUTION, FIELD, MESSAGE_TEXT, NEED, STATUS
from leadtui.services.own_preferences import ME
from leadtui.services.playbooks import playbook_history, restore_playbook
from leadtui.services.profiles import PROFILE
from leadtui.services.teams import TEAM
from leadtui.services.workspace import WORKSPACE
from leadtui.tui.actions.gateway import change_gateway
from leadtui.tui.actions.inviting import invite_colleague, make_colleague_code, send_invitation_again
from leadtui.tui.actions.mail import change_mail_server
from leadtui.tui.actions.own_access import change_own_password, look_at_sign_ins
from leadtui.tui.commands.command import Command, allowed, bindings_of
from leadtui.tui.commands.dialogs import PLAYBOOK_COMMANDS
from leadtui.tui.commands.everywhere import EVERYWHERE_COMMANDS
from leadtui.tui.commands.settings import DECIDING, SETTINGS_COMMANDS
from leadtui.tui.dialogs.playbook_versions_dialog import PlaybookVersionsDialog
from leadtui.tui.dialogs.profile_dialogs import ProfileComparison
from leadtui.tui.dialogs.profile_fields_dialog import ProfileFieldsDialog
from leadtui.tui.mirroring import TurnedScreen, spot_in_line
from leadtui.tui.program import Program, program_of
from leadtui.tui.screens.settings.channels import ChannelSort
from leadtui.tui.screens.settings.colleagues import ColleagueSort
from leadtui.tui.screens.settings.definition_list import DefinitionList
from leadtui.tui.screens.settings.definition_pane import DefinitionPane
from leadtui.tui.screens.settings.definition_sort import DefinitionSort, LeadsByDefinition
from leadtui.tui.screens.settings.distribution import DistributionSort
from leadtui.tui.screens.settings.drafts import definition_draft, form_draft, sort_and_id
from leadtui.tui.screens.settings.fields import FieldSort
from leadtui.tui.screens.settings.me import MeSort
from leadtui.tui.screens.settings.messages import MessageTextSort
from leadtui.tui.screens.settings.needs import NeedSort
from leadtui.tui.screens.settings.profiles import ProfileSort
from leadtui.tui.screens.settings.rows_editor import RowLines
from leadtui.tui.screens.settings.statuses import StatusSort
from leadtui.tui.screens.settings.talk_trial import TRY_OUT
from leadtui.tui.screens.settings.teams import TeamSort
from leadtui.tui.screens.settings.workspace import WorkspaceSort
from leadtui.tui.widgets.draft_autosave import DraftAutosave
from leadtui.tui.widgets.form_field import FieldMessage, Tone
from leadtui.tui.widgets.key_bar import KeyBar
from leadtui.tui.widgets.top_bar import TopBar

RENEWED_EVERY = 1.0
"""Seconds between two looks whether somebody else changed the definitions."""


MOVING = {"move-definition-up", "move-definition-down"}
"""The commands that change the order."""

OF_PROFILES = {"copy-profile", "compare-profile", "profile-fields", "see-as-profile"}
"""The commands of the tab of profiles alone."""

VERSIONS = "playbook-versions"
"""The command of the tab of needs that looks back."""

OF_ME = {"own-password", "own-sign-ins"}
"""The commands of the tab Me alone."""


SEE_AS = "see-as-profile"
"""The command of both tabs of what people may."""

OF_COLLEAGUES = {"invite-colleague", "resend-invitation", "colleague-code", "suspend-colleague"}
"""The commands of the tab of colleagues alone."""


class TabLine(Widget):
    """The tabs on one line; the one in hand stands out."""

    DEFAULT_CSS = "TabLine { height: 1; padding: 0 0 0 1; background: $pane; color: $foreground; }"

    at: reactive[int] = reactive(0)

    @dataclass
    class Clicked(Message):
        """A tab was clicked."""

        at: int

    def __init__(self, titles: Sequence[str]) -> None:
        """`titles` in their order."""
        super().__init__()
        self._titles = tuple(titles)

    def render(self) -> Content:
        """The titles."""
        parts = [
            Content.styled(words, "bold $pane on $primary" if place == self.at else "")
            for place, words in self._shown()
        ]
        return Content(" ").join(parts)

    def _shown(self) -> list[tuple[int, str]]:
        """The place and words of each tab that there is room for: closer together, or from a later one on, where there is little."""
        room = self.content_size.width
        for blank in (" ", ""):
            shown = [(place, f"{blank}{title}{blank}") for place, title in enumerate(self._titles)]
            if sum(cell_width(words) + 1 for _place, words in shown) - 1 <= room:
                return shown
        # Those that there is no room for are at the end, or before the one in hand; a mark says that they are there.
        while sum(cell_width(words) + 1 for _place, words in shown) + 1 > room and len(shown) > 1:
            shown = shown[:-1] if shown[-1][0] > self.at else shown[1:]
        if shown[-1][0] < len(self._titles) - 1:
            shown.append((shown[-1][0] + 1, "›"))
        return shown

    def on_click(self, event: events.Click) -> None:
        """Choose the tab under the pointer."""
        spot = spot_in_line(event, self)
        x = 0
        for place, words in self._shown():
            width = cell_width(words)
            if spot is not None and x <= spot.x < x + width:
                self.post_message(self.Clicked(place))
            x += width + 1


@dataclass(frozen=True, slots=True)
class SaidOtherwise:
    """Why the settings close to open again: everything reads otherwise. What is not saved goes with it."""

    unsaved: Sequence[FormDraft]
    notice: str


class SettingsScreen(TurnedScreen, Screen[SaidOtherwise | None]):
    """Everything that is typed here and not saved stays while the screen is open."""

    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(SETTINGS_COMMANDS),
        Binding("f2", "leave_settings", show=False),
    ]
    AUTO_FOCUS = ""

    app = getters.app(cast("type[App[Any]]", App))

    at: reactive[int] = reactive(0, init=False)
    """The tab in hand."""

    @dataclass
    class Counted(Message):
        """From the thread: how many customers there are of each status and colleague."""

        counts: LeadsByDefinition

    @dataclass
    class NotCounted(Message):
        """From the thread: why they could not be counted."""

        sentence: str

    def __init__(
        self, program: Program, kept: Sequence[FormDraft] = (), begin_with: str = "", notice: str = ""
    ) -> None:
        """`program` says who defines, and where; `kept` are the drafts of an earlier time.

        With `begin_with`, the kind of one of them, its form is gone on with. `notice` is said at the beginning.
        """
        super().__init__()
        self.session = session = program.session
        sorts: list[DefinitionSort[Any]] = [
            StatusSort(session),
            FieldSort(session),
            ChannelSort(session),
            NeedSort(session),
            ColleagueSort(program),
            ProfileSort(session),
            TeamSort(session),
            MessageTextSort(session),
            WorkspaceSort(program),
            DistributionSort(program),
        ]
        usable = [each for each in sorts if session.actor.may(drafts.CHANGED_BY[each.name])]
        self.panes = tuple(DefinitionPane(each) for each in (MeSort(program), *usable))
        self._decides = any(map(session.actor.may, DECIDING))
        self._known = session.definitions
        self._warned = False
        self._begin_with = begin_with
        self._notice = notice
        taken = [each for each in kept if self._take_kept(each)]
        self._autosave = DraftAutosave(self, self._unsaved, self._keep, taken)

    def compose(self) -> ComposeResult:
        """The top line, the tabs, the panes of which one is shown, the lower line, the keys."""
        yield TopBar(self.session)
        behind = [pgettext("tab", title) for title, _open in self._behind]
        yield TabLine([*(pgettext("tab", pane.sort.title) for pane in self.panes), *behind])
        for pane in self.panes:
            pane.display = pane is self.pane
            yield pane
        yield Static(id="notice")
        yield KeyBar(self._commands())

    def _take_kept(self, draft: FormDraft) -> bool:
        """Put a draft into its pane, and go there where it is gone on with; returns whether there is such a pane."""
        sort, row_id = sort_and_id(draft.kind)
        for at, pane in enumerate(self.panes):
            unsaved = definition_draft(draft, pane.sort.blank()) if sort == pane.sort.name else None
            if unsaved is not None:
                pane.drafts[row_id] = unsaved
                if draft.kind == self._begin_with:
                    self.set_reactive(SettingsScreen.at, at)
                    pane.at = row_id
                return True
        return False

    @property
    def pane(self) -> DefinitionPane[Any]:
        """The pane in hand."""
        return self.panes[self.at]

    def on_mount(self) -> None:
        """Count the customers, and follow what others define."""
        self.query_one(TopBar).follow(self.leadtui.desk_screen.query_one(TopBar))
        self.query_one(TabLine).at = self.at
        self.set_focus(self.pane.list)
        if self._begin_with:
            self.pane.enter_form()
        if self._notice:
            self.tell(self._notice, Tone.UNDERSTOOD)
        self.count()
        self.set_interval(RENEWED_EVERY, self._follow)

    @property
    def leadtui(self) -> Program:
        """The program that this runs in."""
        return program_of(self)

    def watch_at(self) -> None:
        """Show the pane of the tab."""
        self.query_one(TabLine).at = self.at
        for pane in self.panes:
            pane.display = pane is self.pane
        self.tell("")
        self.set_focus(self.pane.list)
        self.show_keys()

    @on(DescendantFocus)
    @on(DescendantBlur)
    def show_keys(self) -> None:
        """The keys at the bottom are those that work where the keyboard is."""
        self.query_one(KeyBar).commands = self._commands()

    def _commands(self) -> tuple[Command, ...]:
        """What works here; in a field of the form letters are only letters."""
        at_lines = isinstance(self.focused, DefinitionList | RowLines)
        hidden = set[str]() if at_lines else {"add-definition", "retire-definition", *MOVING}
        hidden |= set[str]() if self.pane.sort.movable else MOVING
        hidden |= set[str]() if at_lines and self.pane.sort.name == PROFILE else OF_PROFILES
        hidden |= set[str]() if at_lines and self.pane.sort.name == ME else OF_ME
        hidden |= set[str]() if at_lines and self.pane.sort.name == COLLEAGUE else OF_COLLEAGUES
        if at_lines and self.pane.sort.name == COLLEAGUE:
            hidden.discard(SEE_AS)
        person = self.session.definitions.colleague(self.pane.at)
        invited = person is not None and person.state is MemberState.INVITED
        hidden |= {"suspend-colleague", "colleague-code"} if invited else {"resend-invitation"}
        hidden |= {"add-definition", "retire-definition"} if self.pane.sort.alone else set[str]()
        hidden |= set[str]() if self.pane.sort.name == WORKSPACE else {"import-holidays"}
        hidden |= set[str]() if self.pane.sort.name == NEED else {TRY_OUT, VERSIONS}
        hidden |= set[str]() if at_lines and self.pane.sort.name == WORKSPACE else {"mail-server"}
        hidden |= set[str]() if at_lines and self.pane.sort.name == MESSAGE_TEXT else {"gateway"}
        sort = self.pane.sort
        if isinstance(sort, NeedSort) and sort.trial.has_focus_within:
            keys = (*PLAYBOOK_COMMANDS, *SETTINGS_COMMANDS)
            return tuple(each for each in keys if each.name in {"finish-talk", "objections", TRY_OUT})
        everywhere = {"help", "workspaces"} if self.pane.sort.name == WORKSPACE else {"help"}
        of_program = [
            # Help first: where there is no room for another key, it tells of that.
            replace(each, important=1 if each.name == "help" else 6)
            for each in EVERYWHERE_COMMANDS
            if each.name in everywhere and at_lines
        ]
        shown = (*SETTINGS_COMMANDS, *of_program)
        usable = allowed(shown, self.session.actor)
        return tuple(each for each in usable if each.important and each.name not in hidden)

    # What is read

    @work(thread=True, exclusive=True, group="settings-counts", description="count customers")
    def count(self) -> None:
        """Count the customers of each definition and colleague; those first that an index answers."""
        session, may = self.session, self.session.actor.may
        counts = LeadsByDefinition()
        try:
            if may(Permission.MANAGE_COLLEAGUES):
                counts = replace(counts, by_colleague=leads_per_colleague(session))
            if may(Permission.DEFINE_STATUSES):
                counts = replace(counts, by_status=defining.customers_per_status(session))
            self.post_message(self.Counted(counts))
            if may(Permission.DEFINE_CHANNELS):
                counts = replace(counts, by_channel=defining.customers_per_channel(session))
            if may(Permission.DEFINE_NEEDS):
                counts = replace(counts, by_need=defining.customers_per_need(session))
            if may(Permission.DEFINE_FIELDS):
                counts = replace(counts, by_field=defining.customers_per_field(session))
            self.post_message(self.Counted(counts))
        except LeadtuiError as error:
            self.post_message(self.NotCounted(str(error)))

    @on(Counted)
    def _take_counts(self, message: Counted) -> None:
        for pane in self.panes:
            pane.take_counts(message.counts)

    @on(NotCounted)
    def _tell_not_counted(self, message: NotCounted) -> None:
        self.tell(message.sentence, Tone.WRONG)

    def _follow(self) -> None:
        if self.session.definitions is not self._known:
            self._known = self.session.definitions
            for pane in self.panes:
                pane.renew()
            self.count()

    # What is kept

    @on(DefinitionPane.Touched)
    def _keep_soon(self) -> None:
        self._autosave.soon()
        if self.pane.sort.name == COLLEAGUE:
            self.show_keys()  # whoever is invited has other ones

    def on_unmount(self) -> None:
        """However it closes, also with the program: what is typed is kept, what was thrown away is forgotten."""
        self._autosave.now()

    def _unsaved(self) -> list[FormDraft]:
        return [
            form_draft(pane.sort.name, row_id, draft)
            for pane in self.panes
            for row_id, draft in pane.unsaved.items()
        ]

    def _keep(self, draft: FormDraft) -> None:
        self.leadtui.save_quietly(partial(drafts.save_draft, self.session, draft))

    @on(DefinitionPane.SaidOtherwise)
    def _open_again(self, message: DefinitionPane.SaidOtherwise) -> None:
        self.dismiss(SaidOtherwise(self._unsaved(), message.notice))

    # What is said

    @on(DefinitionPane.Notice)
    def _show_notice(self, message: DefinitionPane.Notice) -> None:
        self._warned = False
        self.tell(message.words, message.tone)

    def tell(self, words: str, tone: Tone = Tone.HINT) -> None:
        """Say something in the lower line."""
        self.query_one("SettingsScreen > #notice", Static).update(
            FieldMessage(tone, words).content() if words else ""
        )

    # Commands

    @on(TabLine.Clicked)
    def _click_tab(self, message: TabLine.Clicked) -> None:
        self._go_to(message.at)

    def action_save_definition(self) -> None:
        """Save what stands in the form."""
        self.pane.save_now()

    def action_add_definition(self) -> None:
        """Begin a new one."""
        self.pane.begin_new()

    def action_copy_profile(self) -> None:
        """Begin a profile that allows what the one under the cursor does."""
        self.pane.begin_copy()

    def action_compare_profile(self) -> None:
        """Show what the profile under the cursor allows otherwise than the others."""
        profiles = self.session.definitions.profiles
        chosen = next((each for each in profiles if each.id == self.pane.at), None)
        others = [each for each in profiles if each != chosen]
        if self.pane.sort.name == PROFILE and chosen is not None and others:
            self.app.push_screen(ProfileComparison(chosen, others, self.session.definitions))

    def action_profile_fields(self) -> None:
        """Say how far the people of the profile under the cursor reach each field."""
        sort = self.pane.sort
        chosen = next((each for each in self.session.definitions.profiles if each.id == self.pane.at), None)
        if isinstance(sort, ProfileSort) and chosen is not None:
            self.leadtui.actions.run(self._change_profile_fields, sort, chosen)

    async def _change_profile_fields(self, sort: ProfileSort, profile: Profile) -> None:
        if profile.key == OWNER_PROFILE:
            self.tell(
                _("“{title}” may do everything, always; change another profile.").format(title=profile.title)
            )
            return
        rights = await self.leadtui.actions.ask(ProfileFieldsDialog(profile, self.session.definitions))
        if rights is not None and rights != profile.fields:
            await self.leadtui.actions.write(partial(sort.save, replace(profile, fields=rights), profile))
            self.tell(_("Saved; it holds at once for all who have it."), Tone.UNDERSTOOD)

    def action_see_as_profile(self) -> None:
        """Open the desk as somebody of the profile under the cursor, or the colleague there, has it."""
        person = self.session.definitions.colleague(self.pane.at)
        if self.pane.sort.name == COLLEAGUE and person is not None:
            if person.active and person.id != self.session.actor_id:
                self.leadtui.see_as(person.email)
            else:
                self.tell(_("Only the desk of another colleague who works here can be looked at."))
        profiles = self.session.definitions.profiles
        chosen = next((each for each in profiles if each.id == self.pane.at), None)
        if self.pane.sort.name == PROFILE and chosen is not None:
            self.leadtui.see_as(chosen.key)

    def action_own_password(self) -> None:
        """Set or change one's own password."""
        self._show_tab(ME)
        self.leadtui.actions.run(self._change_password)

    async def _change_password(self) -> None:
        if words := await change_own_password(self.leadtui.actions, self.session):
            self.tell(words, Tone.UNDERSTOOD)

    def action_own_sign_ins(self) -> None:
        """Show where one is signed in."""
        self._show_tab(ME)
        self.leadtui.actions.run(look_at_sign_ins, self.leadtui.actions, self.session)

    def action_invite_colleague(self) -> None:
        """Invite somebody, and show the code."""
        self._show_tab(COLLEAGUE)
        self.leadtui.actions.run(
            self._change_colleague, partial(invite_colleague, self.leadtui.actions, self.session)
        )

    def action_resend_invitation(self) -> None:
        """Make another code for whoever is invited under the cursor."""
        person = self.session.definitions.colleague(self.pane.at)
        if self.pane.sort.name == COLLEAGUE and person is not None:
            again = partial(send_invitation_again, self.leadtui.actions, self.session, person.id)
            self.leadtui.actions.run(self._change_colleague, again)

    def action_colleague_code(self) -> None:
        """Make a one-time code for the colleague under the cursor, and show it."""
        person = self.session.definitions.colleague(self.pane.at)
        if self.pane.sort.name == COLLEAGUE and person is not None:
            make = partial(make_colleague_code, self.leadtui.actions, self.session, person.id)
            self.leadtui.actions.run(self._change_colleague, make)

    def action_suspend_colleague(self) -> None:
        """Suspend the colleague under the cursor, or let them in again."""
        sort = self.pane.sort
        person = self.session.definitions.colleague(self.pane.at)
        if isinstance(sort, ColleagueSort) and person is not None:
            self.leadtui.actions.run(self._change_colleague, partial(sort.suspend, self.leadtui, person))

    async def _change_colleague(self, change: Callable[[], Awaitable[str]]) -> None:
        """Do what a key does to a colleague, and say what came of it."""
        try:
            words = await change()
        except LeadtuiError as error:
            self.tell(str(error), Tone.WRONG)
            return
        self.pane.renew()
        self.tell(words, Tone.UNDERSTOOD)
        self.leadtui.look_again()

    def action_retire_definition(self) -> None:
        """Take what the cursor stands on out of use, or back into it."""
        self.pane.toggle_retired()

    def action_move_definition_up(self) -> None:
        """Move it up."""
        self.pane.move(-1)

    def action_move_definition_down(self) -> None:
        """Move it down."""
        self.pane.move(1)

    def action_mail_server(self) -> None:
        """Set the mail server of the workspace."""
        self._show_tab(WORKSPACE)
        self.leadtui.actions.run(self._change_mail_server)

    async def _change_mail_server(self) -> None:
        words, sent = await change_mail_server(self.leadtui.actions, self.session)
        if words:
            self.tell(words, Tone.UNDERSTOOD if sent else Tone.WRONG)

    def action_gateway(self) -> None:
        """Set the gateway of short messages."""
        self._show_tab(MESSAGE_TEXT)
        self.leadtui.actions.run(self._change_gateway)

    async def _change_gateway(self) -> None:
        words, works = await change_gateway(self.leadtui.actions, self.session)
        if words:
            self.tell(words, Tone.UNDERSTOOD if works else Tone.WRONG)

    def action_messages_tab(self) -> None:
        """The texts of messages."""
        self._show_tab(MESSAGE_TEXT)

    def action_try_playbook(self) -> None:
        """Go into the talk that is tried out, and back."""
        self._show_tab(NEED)
        sort = self.pane.sort
        if not isinstance(sort, NeedSort):
            return
        if sort.trial.has_focus_within:
            sort.trial.give_back()
        elif self.pane.current_item.playbook:
            self.pane.add_class("-trying")
            sort.trial.enter()
        else:
            self.tell(_("There is nothing to try out yet; write a question first."))

    def action_playbook_versions(self) -> None:
        """Look back at the versions of the playbook in hand, and go back to one."""
        self._show_tab(NEED)
        item = self.pane.current_item
        if isinstance(self.pane.sort, NeedSort) and isinstance(item, Need):
            self.leadtui.actions.run(self._look_at_versions, item)

    async def _look_at_versions(self, need: Need) -> None:
        actions, session = self.leadtui.actions, self.session
        versions = await actions.read(partial(playbook_history, session, need.key)) if need.key else ()
        if not versions:
            self.tell(_("Nothing of this playbook is saved yet."))
            return
        formatter = self.leadtui.formatter
        number = await actions.ask(
            PlaybookVersionsDialog(need.title, versions, session.definitions, formatter)
        )
        if number is None:
            return
        saved = await actions.write(partial(restore_playbook, session, need.key, number))
        self.pane.renew()
        words = _("The playbook is as in version {older} again, as version {number}.")
        self.tell(
            words.format(older=counted(number), number=counted(saved.version)),
            Tone.UNDERSTOOD,
        )
        self.leadtui.look_again()

    def action_import_holidays(self) -> None:
        """Take holidays out of a calendar file into the form of the workspace."""
        self._show_tab(WORKSPACE)
        sort = self.pane.sort
        if isinstance(sort, WorkspaceSort):
            self.leadtui.actions.run(self._import_holidays, sort)

    async def _import_holidays(self, sort: WorkspaceSort) -> None:
        if words := await sort.take_holidays():
            self.pane.take_filled_in(words)

    def action_next_part(self) -> None:
        """On to the next field, or from the list into the form."""
        self.focus_next()

    def action_next_tab(self) -> None:
        """The next sort of definitions, and behind the last one a screen of its own."""
        self._go_to(self.at + 1)

    def _go_to(self, at: int) -> None:
        """Show the pane of a tab, or what lies behind them."""
        if at < len(self.panes):
            self.at = at
        elif at < len(self.panes) + len(self._behind):
            _title, open_screen = self._behind[at - len(self.panes)]
            open_screen()

    @property
    def _behind(self) -> list[tuple[str, Callable[[], None]]]:
        """The tabs behind the panes, by their titles, and what opens the screen of each."""
        behind: list[tuple[str, Callable[[], None]]] = []
        if self._decides:
            behind.append((P_("tab", "Proposals"), self.action_proposals_tab))
        if self.session.actor.may(Permission.SEE_AUDIT):
            behind.append((P_("tab", "Audit"), self.action_audit_tab))
        return behind

    def action_audit_tab(self) -> None:
        """Who changed what; one comes back to where one was."""
        from leadtui.tui.screens.audit import AuditScreen  # few need it on a day

        self.app.push_screen(AuditScreen(self.session, self.leadtui.formatter))

    def action_previous_tab(self) -> None:
        """The sort before."""
        self.at = max(self.at - 1, 0)

    def action_me_tab(self) -> None:
        """The person's own."""
        self._show_tab(ME)

    def action_statuses_tab(self) -> None:
        """The statuses."""
        self._show_tab(STATUS)

    def action_fields_tab(self) -> None:
        """The fields."""
        self._show_tab(FIELD)

    def action_channels_tab(self) -> None:
        """The channels."""
        self._show_tab(CHANNEL)

    def action_needs_tab(self) -> None:
        """The needs."""
        self._show_tab(NEED)

    def action_colleagues_tab(self) -> None:
        """The colleagues."""
        self._show_tab(COLLEAGUE)

    def action_profiles_tab(self) -> None:
        """The profiles."""
        self._show_tab(PROFILE)

    def action_teams_tab(self) -> None:
        """The teams."""
        self._show_tab(TEAM)

    def action_workspace_tab(self) -> None:
        """The workspace itself."""
        self._show_tab(WORKSPACE)

    def action_proposals_tab(self) -> None:
        """What people at work have proposed."""
        self.leadtui.actions.run(self._look_at_proposals)

    async def _look_at_proposals(self) -> None:
        from leadtui.tui.screens.proposals import ProposalsScreen  # few settings are opened for it

        listing = ProposalsScreen(self.session, self.leadtui.formatter)
        await self.leadtui.actions.ask(listing)
        if listing.begun is not None:
            self.begin_proposed(listing.begun, listing.begun_words)

    def begin_proposed(self, draft: FormDraft, words: str) -> None:
        """Go on in the form that defines what is proposed; `words` say by whom and why."""
        self._begin_with = draft.kind
        if self._take_kept(draft):
            self.watch_at()
            self.pane.open(self.pane.at)
            self.pane.enter_form()
            self.tell(words, Tone.UNDERSTOOD)

    def action_distribution_tab(self) -> None:
        """The rules of distribution."""
        self._show_tab(DISTRIBUTION)

    def _show_tab(self, sort: str) -> None:
        for at, pane in enumerate(self.panes):
            if pane.sort.name == sort:
                self.at = at

    def action_leave_settings(self) -> None:
        """Back to the desk; the first time it is only told that something is not saved, then it is thrown away."""
        if not self.warns(self.leadtui.key_of("leave-settings")):
            self.dismiss(None)

    def warns(self, key: str) -> bool:
        """Tell, the first time, what is not saved; `key`, which leaves all the same, throws it away."""
        unsaved = [title for pane in self.panes for title in pane.unsaved_titles]
        if not unsaved:
            return False
        if self._warned:
            for pane in self.panes:
                pane.drafts.clear()
            return False
        self._warned = True
        words = _("“{title}” is not saved: {save} saves it, {key} once more leaves without.")
        if len(unsaved) > 1:
            words = ngettext(
                "{count} change is not saved; the marked one: {save} saves it, {key} once more leaves without.",
                "{count} changes are not saved; the marked ones: {save} saves each, {key} once more leaves without.",
                len(unsaved),
            )
        save = self.leadtui.key_of("save-definition")
        warning = words.format(title=brief(unsaved[0]), count=counted(len(unsaved)), save=save, key=key)
        self.tell(warning, Tone.DOUBTFUL)
        return True
