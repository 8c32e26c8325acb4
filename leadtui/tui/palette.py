"""The command palette: every command, and every customer by name, number or e-mail."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from leadtui.domain.lead import Lead
from leadtui.domain.view import View
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.services.customers import CustomerList
from leadtui.tui.commands import COMMANDS, Command
from leadtui.tui.presenter import Presenter, brief

if TYPE_CHECKING:
    from leadtui.tui.app import LeadtuiApp

CUSTOMERS_SHOWN = 8


class CommandProvider(Provider):
    """Every command, found by its title or its help."""

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for command in COMMANDS:
            yield DiscoveryHit(_shown(command), partial(self._run, command), help=_(command.help))

    async def search(self, query: str) -> Hits:
        """The commands that match."""
        matcher = self.matcher(query)
        for command in COMMANDS:
            words = f"{_(command.title)} – {_(command.help)}"
            score = matcher.match(words)
            if score > 0:
                yield Hit(score, _shown(command), partial(self._run, command), help=_(command.help))

    async def _run(self, command: Command) -> None:
        app = cast("LeadtuiApp", self.app)
        await app.run_command(command)


class CustomerProvider(Provider):
    """Customers, found as in the find line."""

    async def search(self, query: str) -> Hits:
        """The first customers that match."""
        if len(query.strip()) < 2:
            return
        app = cast("LeadtuiApp", self.app)
        customers = CustomerList(app.desk)
        try:
            ids = await asyncio.to_thread(customers.first_window, View(find=query), CUSTOMERS_SHOWN)
            found = await asyncio.to_thread(customers.rows, ids)
        except LeadtuiError:
            return
        for rank, (lead_id, lead) in enumerate(found.items()):
            # Below every command that matches well, in the list's own order. The help of a hit would be markup.
            yield Hit(0.3 - rank / 100, self._shown(lead, app.presenter), partial(app.open_lead, lead_id))

    def _shown(self, lead: Lead, presenter: Presenter) -> Content:
        name = brief(lead.name) or _("no name")
        details = " · ".join(part for part in (presenter.phone(lead.phone), lead.city, lead.email) if part)
        return Content.assemble(name, "\n", (brief(details), "$dim"))


def _shown(command: Command) -> Content:
    return Content.assemble(_(command.title), "  ", (command.shown_key(), "$key"))
