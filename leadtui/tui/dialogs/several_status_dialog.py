"""One status for several customers: what it asks is asked once, and their reminders are spread where that is wanted."""

from __future__ import annotations

import re
from datetime import datetime
from typing import ClassVar

from textual.content import Content

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import FormatContext
from leadtui.domain.spreading import hours_of, span_to_come, spread
from leadtui.domain.status import Status
from leadtui.language.text import safe
from leadtui.language.translate import pgettext
from leadtui.presentation.input_feedback import BETWEEN, moment_in_full
from leadtui.presentation.outcome_of_several import pace_words, sentences_of_several
from leadtui.services.session import Clock
from leadtui.tui.dialogs.dialog import FormDialog
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.dialogs.status_entry import UNTIL, StatusReading, StatusSnapshot, owner_title
from leadtui.tui.widgets.draft_autosave import Keep
from leadtui.tui.widgets.form_field import FieldMessage, Tone

_EMPHASIS = ("\x02", "\x03")
_EMPHASISED = re.compile("\x02(.*?)\x03")


class SeveralStatusDialog(StatusDialog):
    """Closes with the step as it is for each; `times` says when they are reminded of them. The key of a status saves nothing yet."""

    HORIZONTAL_BREAKPOINTS = FormDialog.HORIZONTAL_BREAKPOINTS
    SAVES_BY_KEY: ClassVar[bool] = False

    def __init__(
        self,
        snapshot: StatusSnapshot,
        whom: str,
        about: FormDraft,
        keep: Keep | None,
        clock: Clock | None = None,
    ) -> None:
        """`whom` says which `several` customers the snapshot is about; the draft of `about` holds their ids."""
        self._about = about
        super().__init__(snapshot, keep, clock)
        self._whom = whom

    @property
    def times(self) -> list[datetime]:
        """When somebody is reminded of each, in their order; none where no time is said."""
        return [] if self._status is None else self._times(self._read(self._status))

    @property
    def draft(self) -> FormDraft:
        """What is typed by now."""
        return self._draft_about(self._about)

    def _title(self) -> Content:
        words = pgettext("title", "Status · {whom}").format(whom=safe(self._whom))
        return Content(f" {words} ")

    def _messages(
        self, status: Status, reading: StatusReading, context: FormatContext
    ) -> dict[str, FieldMessage]:
        messages = super()._messages(status, reading, context)
        if reading.until is not None:
            pace = pace_words(self._times(reading), context)
            words = BETWEEN.join(part for part in (moment_in_full(reading.until, context), pace) if part)
            messages[UNTIL] = FieldMessage(Tone.UNDERSTOOD, words)
        return messages

    def _outcome(self, status: Status, reading: StatusReading, context: FormatContext) -> Content:
        sentences = sentences_of_several(
            status,
            reading.command.owner_id,
            self._times(reading),
            self.snapshot.definitions,
            context,
            self.snapshot.actor,
            owner_title=owner_title(status),
            emphasis=_EMPHASIS,
        )
        return Content.assemble(
            *(
                (words, "bold $foreground" if place % 2 else "")
                for place, words in enumerate(_EMPHASISED.split(sentences))
            )
        )

    def _times(self, reading: StatusReading) -> list[datetime]:
        count, begin = self.snapshot.several, reading.remind_at
        if begin is None:
            return []
        if reading.until is None:
            return [begin] * count
        workspace = self.snapshot.definitions.workspace
        begin, end = span_to_come(begin, reading.until, self._format_context().now)
        return spread(count, begin, end, workspace.zone, hours_of(workspace))
