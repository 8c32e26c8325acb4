"""Opening the settings, with what was typed into them and not saved."""

from __future__ import annotations

from functools import partial

from textual import work

from leadtui.errors import LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _
from leadtui.services import drafts
from leadtui.services.colleagues import COLLEAGUE
from leadtui.services.defining import CHANNEL, FIELD, NEED, STATUS
from leadtui.services.drafts import SETTINGS_DRAFT, Draft
from leadtui.services.profiles import PROFILE
from leadtui.tui.actions.in_hand import LeadInHand, TakenUp
from leadtui.tui.screens.settings.drafts import title_of
from leadtui.tui.screens.settings.screen import SettingsScreen


class SettingsAction(LeadInHand):
    """Gives a screen the action `settings`."""

    def action_settings(self) -> None:
        """Define what the desk asks."""
        self.prepare_settings(self.begin(), "")

    def taken_up(self) -> dict[str, TakenUp]:
        """The form of a definition, of each sort."""
        titles = {
            STATUS: _("settings, status"),
            FIELD: _("settings, field"),
            CHANNEL: _("settings, channel"),
            NEED: _("settings, need"),
            COLLEAGUE: _("settings, colleague"),
            PROFILE: _("settings, profile"),
        }

        def resume(draft: Draft) -> None:
            self.prepare_settings(self.begin(), draft.kind)

        def name(draft: Draft) -> str:
            return brief(title_of(draft.content), 30) or _("no name")

        forms = {f"{SETTINGS_DRAFT}{sort}:": TakenUp(words, resume, name) for sort, words in titles.items()}
        return {**super().taken_up(), **forms}

    @work(thread=True, group="dialogs", exclusive=True, description="read what is typed into the settings")
    def prepare_settings(self, number: int, begin_with: str) -> None:
        try:
            kept = drafts.drafts_of(self.session, SETTINGS_DRAFT)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
        else:
            self.post_message(self.Prepared(number, partial(self._open_settings, kept, begin_with)))

    def _open_settings(self, kept: tuple[Draft, ...], begin_with: str) -> None:
        content = {each.kind: each.content for each in kept}
        screen = SettingsScreen(self.session, content, begin_with)
        self.app.push_screen(screen)
        screen.call_after_refresh(self.leadtui.free_keys)
