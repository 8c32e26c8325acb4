"""Writing to the open customer, or to all that are chosen: a text is chosen, seen filled in, and queued."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial

from leadtui import hosting
from leadtui.domain.message import FilledText, Medium, Message, MessageText, link
from leadtui.errors import LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _, ngettext, pgettext, show_number
from leadtui.services import bulk as several
from leadtui.services import messages
from leadtui.services.bulk import Result, Selection
from leadtui.services.leads import open_lead
from leadtui.tui.action_runner import NotPossible
from leadtui.tui.actions.bulk import Work, carry_out, whom_words
from leadtui.tui.actions.desk import Desk, chosen_leads, required_lead
from leadtui.tui.dialogs.message_dialogs import ConsentDialog, LinkDialog, MessageDialog, ReadyText


async def write_message(desk: Desk) -> None:
    """Queue a text to the chosen customers, else to the open one."""
    texts = desk.session.definitions.open_texts
    if not texts:
        words = _("There is no text yet; {key} › Messages adds one.")
        raise NotPossible(words.format(key=desk.program.key_of("settings")))
    if ids := chosen_leads(desk):
        await _write_to_several(desk, ids)
    else:
        await _write_to(desk, required_lead(desk), texts)


async def write_text(desk: Desk, lead_id: int, text: MessageText) -> bool:
    """Queue that text to a customer once it was seen filled in; whether it was."""
    return await _write_to(desk, lead_id, (text,))


async def note_consent(desk: Desk) -> None:
    """Note what the open customer said to being written to."""
    lead_id = required_lead(desk)
    said = await desk.actions.read(partial(messages.consents_of, desk.session, lead_id))
    wanted = await desk.actions.ask(ConsentDialog(whom_words(desk, 1, desk.current_name), said))
    for medium, consent in (wanted or {}).items():
        if said.get(medium) is not consent:
            await desk.actions.write(partial(messages.set_consent, desk.session, lead_id, medium, consent))
    if wanted:
        await desk.lead_saved(lead_id)


async def _write_to(desk: Desk, lead_id: int, texts: Sequence[MessageText]) -> bool:
    session, reason = desk.session, ""
    opened = await desk.actions.read(partial(open_lead, session, lead_id))
    ready = await desk.actions.read(partial(_filled, desk, lead_id, texts))
    whom = brief(opened.lead.name, 30) or pgettext("customer", "no name")
    while (
        wanted := await desk.actions.ask(MessageDialog(whom, ready, session.language, reason))
    ) is not None:
        try:
            queue = partial(messages.queue_message, session, lead_id, wanted.text.id, wanted.filled)
            message = await desk.actions.write(queue)
        except LeadtuiError as error:
            reason = str(error)
            continue
        await desk.lead_saved(lead_id)
        await _tell_or_open(desk, message, whom)
        return True
    return False


async def _tell_or_open(desk: Desk, message: Message, whom: str) -> None:
    medium = message.filled.medium
    if medium.is_sent:
        words = _("“{title}” goes to {name}; {key} takes it back as long as it has not gone.")
        title = brief(message.filled.title, 30)
        desk.tell(words.format(title=title, name=whom, key=desk.program.key_of("undo")))
        return
    at, may_open = link(medium, message.recipient, message.filled), hosting.folder() is None
    title = pgettext("title", "Message · {whom}").format(whom=whom)
    match await desk.actions.ask(LinkDialog(title, at, may_open=may_open)):
        case LinkDialog.COPY:
            desk.copy(at)
        case LinkDialog.OPEN:
            desk.open_link(at)
        case _:
            pass


def _filled(desk: Desk, lead_id: int, texts: Sequence[MessageText]) -> list[ReadyText]:
    """Every text as the customer would get it."""
    found: list[ReadyText] = []
    for text in texts:
        try:
            filled, to = messages.fill_in(desk.session, lead_id, text.id)
        except LeadtuiError as error:
            found.append(ReadyText(text, None, reason=str(error)))
        else:
            shown = to if text.medium is Medium.EMAIL else desk.formatter.phone(to)
            found.append(ReadyText(text, filled, shown))
    return found


async def _write_to_several(desk: Desk, lead_ids: array[int]) -> None:
    """What is filled in differs from customer to customer: the text is shown as it is written."""
    session, reason = desk.session, ""
    selection = await desk.actions.read(partial(several.select, session, lead_ids))
    whom = whom_words(desk, len(selection.ids))
    ready = [_as_written(each) for each in session.definitions.open_texts if each.medium.is_sent]
    while (
        wanted := await desk.actions.ask(MessageDialog(whom, ready, session.language, reason))
    ) is not None:
        try:
            await carry_out(desk, _queueing(desk, selection, wanted.text))
        except LeadtuiError as error:
            reason = str(error)
        else:
            return


def _as_written(text: MessageText) -> ReadyText:
    return ReadyText(text, FilledText(text.medium, text.title, text.body, text.subject))


def _queueing(desk: Desk, selection: Selection, text: MessageText) -> Work:
    def step(part: Selection, group_id: int | None) -> Result:
        return messages.queue_messages(desk.session, part, text.id, group_id=group_id)

    def done_words(count: int) -> str:
        words = ngettext("{count} message queued", "{count} messages queued", count)
        return words.format(count=show_number(count, desk.session.language))

    title = pgettext("progress", "Queueing “{title}”").format(title=brief(text.title, 30))
    return Work(selection, title, step, done_words, several.AT_ONCE)
