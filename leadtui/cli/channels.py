"""`leadtui channels`: the entry channels, by which customers come in."""

from __future__ import annotations

from leadtui.cli.definitions import add_list, add_titles, add_use, titled_noun
from leadtui.cli.matching import CHANNEL
from leadtui.cli.options import Group
from leadtui.language.translate import N_

app = Group()

_CHANNELS = titled_noun("channels", "channel", CHANNEL, lambda known: known.channels)

add_list(app, _CHANNELS, N_("List the entry channels."))
add_titles(app, _CHANNELS, "Trade fair")
add_use(app, _CHANNELS, "phone_call")
