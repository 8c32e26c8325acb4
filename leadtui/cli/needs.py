"""`leadtui needs`: what customers want."""

from __future__ import annotations

from leadtui.cli.definitions import add_list, add_titles, add_use, titled_noun
from leadtui.cli.matching import NEED
from leadtui.cli.options import Group
from leadtui.cli.playbooks import app as playbooks_app
from leadtui.language.translate import N_

app = Group()

_NEEDS = titled_noun("needs", "need", NEED, lambda known: known.needs)

add_list(app, _NEEDS, N_("List the needs."))
add_titles(app, _NEEDS, "First course")
add_use(app, _NEEDS, "first_course")
app.add_typer(playbooks_app, name="playbook")
