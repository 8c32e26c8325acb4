"""Starting the program: where the command line and the screens, which know nothing of each other, come together."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from leadtui import hosting, kept_sign_ins, paths
from leadtui.cli.main import run as run_command
from leadtui.cli.options import OpenRequest, brought_up_to_date, usual_preferences
from leadtui.cli.signed_in import Ask, Open, Unproved, open_session
from leadtui.domain.signing_in import Token
from leadtui.errors import NotFound, Refused
from leadtui.language import translate
from leadtui.language.locale_language import locale_language
from leadtui.language.translate import _
from leadtui.settings import Settings, load_settings, save_settings, settings_of

if TYPE_CHECKING:
    from leadtui.domain.workspace import OwnWorkspace
    from leadtui.services.session import Session


def start() -> None:
    """Run the command of the process's arguments; ends with SystemExit."""
    settings = Settings()
    if hosting.FLAG in sys.argv[1:]:
        # Before anything is imported that is told by the environment how to work.
        hosting.clean_environment(os.environ)
    else:
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
    if request.hosted:
        _host(request)
        settings, problems = Settings(), list[str]()
    else:
        settings, problems = load_settings(paths.settings_file())
    asking = _Asking(request.store, settings)
    session = request.session or _open(request, settings, asking)
    if request.hosted and session is not None:
        settings = _settings_in_store(session)
    session = session or _begin(request, settings)
    if session is None:
        return 0
    translate.use(session.language)
    return run_app(
        session,
        settings,
        [*problems, *_upgraded(session), *asking.told(session), *put_aside(session)],
        seen_as=_seen_as(session, request.see_as),
    )


def _host(request: OpenRequest) -> None:
    """Let the person have nothing but the desk from now on. Raises Refused, NotFound and StoreError."""
    from leadtui.services.new_store import has_workspace
    from leadtui.services.securing import security_of

    if not Path(request.store).is_file() or not has_workspace(request.store):
        raise NotFound(
            _("There is no store at {path}; name its file with --store.").format(path=request.store)
        )
    if security_of(request.store).secured_at is None:
        raise Refused(
            _(
                "Nobody proves who they are in this store; name its administrator with `leadtui secure EMAIL` first."
            )
        )
    hosting.begin(request.store, request.email)


def _settings_in_store(session: Session) -> Settings:
    """How the desk looks for somebody who is hosted; no command dials for them."""
    from leadtui.services.own_preferences import find_settings

    return replace(settings_of(find_settings(session), "")[0], dial="")


class _Asking:
    """Asks on a screen who is there, where nothing proves it, and goes on with who is."""

    def __init__(self, store: str, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._signed_in = False
        self._not_kept = False

    def __call__(self, opened: Open, unproved: Unproved) -> Session:
        """The session of who signs in; it ends their sign-in where that is not kept. Raises SystemExit where they leave."""
        from leadtui.services.signing_in import sign_out_of
        from leadtui.tui.sign_in import Door, ask_who

        key = unproved.store_key
        reason = ""
        if unproved.locked:
            reason = _("Your sign-in is locked; your password opens it again.")
        elif unproved.has_ended:
            reason = _("Your sign-in has ended; sign in again.")
        keeps = kept_sign_ins.is_kept_here(key)
        answer = ask_who(
            Door(
                *(self._store, unproved.email, unproved.locked, keeps, reason),
                fixed=hosting.folder() is not None,
            ),
            self._settings,
        )
        if answer is None:
            raise SystemExit(0)
        token = answer.proven.token
        kept = False
        if answer.keep:
            with suppress(Refused):  # where it cannot be written it ends with the program
                kept = kept_sign_ins.keep(key, answer.email, token, partial(sign_out_of, self._store))
        if not kept:
            kept_sign_ins.forget(key, answer.email)
        try:
            session = opened(answer.email, Token(token))
        except BaseException:
            if not kept:
                sign_out_of(self._store, token)
            raise
        if not kept:
            session.take_sign_in(answer.proven)
        self._signed_in, self._not_kept = True, answer.keep and not kept
        return session

    def told(self, session: Session) -> list[str]:
        """What whoever has just signed in is told: that nothing is kept here, and which codes were made for them."""
        if not self._signed_in:
            return []
        from leadtui.presentation.formatter import Formatter
        from leadtui.presentation.signing_in import notice_sentence
        from leadtui.services.signing_in import code_notices

        notices = [notice_sentence(each, Formatter(session)) for each in code_notices(session)]
        if self._not_kept:
            notices.append(_("Your sign-in is not kept on this account: it ends with leadtui."))
        return notices


def _seen_as(session: Session, named: str) -> str:
    """Whom `Session.seen_as` names; empty where nobody is named. Raises NotFound, with the session closed."""
    from leadtui.cli.options import chosen_to_see_as

    try:
        return chosen_to_see_as(session, named).seen_as if named else ""
    except NotFound:
        session.close()
        raise


def _upgraded(session: Session) -> list[str]:
    return [] if session.store.kept is None else [brought_up_to_date(session.store.kept)]


def _open(request: OpenRequest, settings: Settings, ask: Ask) -> Session | None:
    from leadtui.services.entering import closed_workspace
    from leadtui.services.new_store import has_workspace

    if not has_workspace(request.store):
        return None
    session = open_session(
        request.store,
        request.email,
        workspace=request.workspace,
        pick=partial(_where_to_begin, settings.direction),
        language=request.language,
        usual=usual_preferences(settings),
        ask=ask,
    )
    if session.workspace.closed:
        title = session.workspace.title
        session.close()
        raise closed_workspace(title)
    return session


def _where_to_begin(direction: str, own: Sequence[OwnWorkspace]) -> int:
    """Where the person was last, else which they choose. Raises SystemExit where they leave instead."""
    from leadtui.domain.workspace import last_entered
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
