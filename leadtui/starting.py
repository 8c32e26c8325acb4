"""Starting the program: where the command line and the screens, which know nothing of each other, come together."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from leadtui import paths
from leadtui.cli.main import run as run_command
from leadtui.cli.options import OpenRequest, brought_up_to_date, usual_preferences
from leadtui.cli.signed_in import open_session
from leadtui.domain.workspace import OwnWorkspace, last_entered
from leadtui.language import translate
from leadtui.language.locale_language import locale_language
from leadtui.settings import Settings, load_settings, save_settings

if TYPE_CHECKING:
    from leadtui.services.session import Session


def start() -> None:
    """Run the command of the process's arguments; ends with SystemExit."""
    settings, _problems = load_settings(paths.settings_file())
    translate.use(settings.language or locale_language() or translate.SOURCE_LANGUAGE)
    run_command(open_screens)


def open_screens(request: OpenRequest) -> int:
    """Open the desk of a store, after the questions of the first time where there is none; return the exit code."""
    # Textual takes a quarter of a second to import, and no other command needs it.
    from leadtui.services.desk_states import put_aside
    from leadtui.tui.app import run_app

    # Open all day, it looks for cycles as any program does, but never again through what was imported.
    gc.freeze()
    gc.set_threshold(700)
    settings, problems = load_settings(paths.settings_file())
    session = request.session or _open(request, settings) or _begin(request, settings)
    if session is None:
        return 0
    translate.use(session.language)
    return run_app(session, settings, [*problems, *_upgraded(session), *put_aside(session)])


def _upgraded(session: Session) -> list[str]:
    return [] if session.store.kept is None else [brought_up_to_date(session.store.kept)]


def _open(request: OpenRequest, settings: Settings) -> Session | None:
    from leadtui.services.new_store import has_workspace
    from leadtui.services.session import closed_workspace

    if not has_workspace(request.store):
        return None
    session = open_session(
        request.store,
        request.email,
        workspace=request.workspace,
        pick=partial(_where_to_begin, settings.direction),
        language=request.language,
        usual=usual_preferences(settings),
    )
    if session.workspace.closed:
        title = session.workspace.title
        session.close()
        raise closed_workspace(title)
    return session


def _where_to_begin(direction: str, own: Sequence[OwnWorkspace]) -> int:
    """Where the person was last, else which they choose. Raises SystemExit where they leave instead."""
    from leadtui.tui.workspace_choice import choose

    last = last_entered(own)
    if last is not None:
        return last.id
    chosen = choose(own, direction)
    if chosen is None:
        raise SystemExit(0)
    return chosen


def _begin(request: OpenRequest, settings: Settings) -> Session | None:
    """Ask who works here, and make their desk; None where the person leaves."""
    from leadtui.services.session import Session
    from leadtui.services.templates import list_templates
    from leadtui.tui.first_run import ask

    answers = ask(list_templates(), request.store, settings.direction)
    if answers is None:
        return None
    save_settings(replace(settings, language=answers.language), paths.settings_file())
    return Session.create(
        request.store,
        answers.template,
        answers.name,
        request.email,
        language=answers.language,
        usual=usual_preferences(settings),
    )
