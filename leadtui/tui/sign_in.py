"""The question before the desk opens: who is there, and the password, or a one-time code, that proves it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Label, Static

from leadtui.domain.signing_in import TooManyTries
from leadtui.errors import Invalid, LeadtuiError
from leadtui.language.text import safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.signing_in import wait_sentence
from leadtui.services.accepting import accept
from leadtui.services.entering import kept_address
from leadtui.services.proving import Proven
from leadtui.services.session import Clock, system_clock
from leadtui.services.signing_in import set_password_by_code, sign_in_again
from leadtui.settings import Settings
from leadtui.tui.leaving import leaving_when_asked
from leadtui.tui.question_app import QuestionApp
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.marked_lists import Mark

LOOKS_EVERY = 0.5
"""Seconds between two looks at the clock, how long is still to be waited."""

CODE_KEY = "F4"


@dataclass(frozen=True, slots=True)
class Door:
    """The store to which somebody signs in, and what is known before they say anything."""

    store: str
    email: str = ""
    """The address that is likely."""
    token: str = field(default="", repr=False)
    """Of a sign-in of theirs that is locked: the password opens it again."""
    keeps: bool = True
    """Whether a sign-in may be kept at this account of the machine."""
    reason: str = ""
    """Why they are asked, where it is not plain."""
    fixed: bool = False
    """Whether nobody else may sign in here: the address is that of the key by which they came."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who proved to be there, by a sign-in that they want kept, or that ends with the program."""

    email: str
    proven: Proven
    keep: bool


class Way(Enum):
    """How somebody proves who they are; F4 goes on to the next one."""

    PASSWORD = "password"
    CODE = "code"
    """A one-time code, by which a password is set."""
    INVITATION = "invitation"
    """The code of an invitation, which is accepted."""


class SignInApp(QuestionApp[SignedIn]):
    """Closes with who has signed in, with nothing where the person leaves. Nothing tells an address that is known from others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(CODE_KEY.lower(), "other_proof", show=False, priority=True)
    ]
    CSS = f"""{QuestionApp.CSS}
    .box {{ width: 72; padding: 1 2; }}
    Input, Input:focus {{
        border: none; height: 1; padding: 0 1; margin: 0 0 1 0; background: $field; background-tint: transparent;
    }}
    Input:focus {{ background: $field-focus; }}
    Input:disabled {{ opacity: 100% !important; color: $dim; background: $pane; }}
    Vertical {{ height: auto; }}
    #by-code, #invited {{ display: none; }}
    #form.-code #by-code, #form.-invitation #by-code, #form.-invitation #invited {{ display: block; }}
    #form.-code #by-password, #form.-invitation #by-password {{ display: none; }}
    #other {{ color: $dim; height: 1; margin: 1 0 0 0; }}
    #refusal {{ margin: 1 0 0 0; display: none; }}
    #refusal.-shown {{ display: block; }}
    #reason {{ color: $soon; height: auto; margin: 0 0 1 0; }}
    """

    def __init__(self, door: Door, settings: Settings, clock: Clock = system_clock) -> None:
        """`settings` say how the person's terminal looks."""
        super().__init__(settings.direction, settings.keyboard)
        self._door = door
        self._settings = settings
        self._clock = clock
        self._way = Way.PASSWORD
        self._waits: dict[str, datetime] = {}
        """Until when (aware UTC) an address waits, as far as it was tried here."""
        self._is_proving = False

    def compose(self) -> ComposeResult:
        """The address; the password, or the code with a new one."""
        with VerticalScroll(id="form", can_focus=False):
            if self._door.reason:
                yield Static(Content(safe(self._door.reason)), id="reason")
            yield Label(pgettext("field", "E-mail address"))
            email = LineInput(self._door.email, id="email")
            email.disabled = self._door.fixed
            yield email
            with Vertical(id="by-password"):
                yield Label(pgettext("field", "Password"))
                yield Input(password=True, id="password")
            with Vertical(id="by-code"):
                yield Label(pgettext("field", "One-time code"), id="code-label")
                yield LineInput(id="code")
                with Vertical(id="invited"):
                    yield Label(_("Your name, as colleagues see it"))
                    yield LineInput(id="name")
                yield Label(_("New password, ten signs at the least"), id="new-label")
                yield Input(password=True, id="new-password")
                yield Label(_("The same once more"))
                yield Input(password=True, id="again")
            if self._door.keeps:
                yield Mark(_("Stay signed in on this account of the machine"), value=True, id="keep")
            else:
                yield Static(
                    Content(
                        _(
                            "Several people use this account of the machine: you are signed in as long as leadtui is open."
                        )
                    ),
                    classes="hint",
                )
            yield Static(id="other")
            yield Static(id="refusal")

    def on_mount(self) -> None:
        """Title, keys, look; the keyboard is where something is missing."""
        keys = [("Enter", pgettext("key", "sign in"))]
        self.dress(self.query_one("#form"), pgettext("title", "Sign in"), keys, self._settings.theme)
        self._say_other()
        self.query_one("#password" if self._door.email else "#email").focus()
        self.set_interval(LOOKS_EVERY, self._tell_wait)

    @property
    def _email(self) -> str:
        return kept_address(self._typed("email"))

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value

    def action_other_proof(self) -> None:
        """Ask for a one-time code instead of the password, then for that of an invitation, then for the password again."""
        ways = list(Way)
        self._way = ways[(ways.index(self._way) + 1) % len(ways)]
        form, invited = self.query_one("#form"), self._way is Way.INVITATION
        form.set_class(self._way is Way.CODE, "-code")
        form.set_class(invited, "-invitation")
        self.query_one("#code-label", Label).update(
            pgettext("field", "Code of the invitation") if invited else pgettext("field", "One-time code")
        )
        self.query_one("#new-label", Label).update(
            _("Your password here, else a new one of ten signs at the least")
            if invited
            else _("New password, ten signs at the least")
        )
        self._say_other()
        self._refuse("")
        first = "#password" if self._way is Way.PASSWORD else "#code"
        self.query_one(first if self._typed("email") else "#email").focus()

    def _say_other(self) -> None:
        words = {
            Way.PASSWORD: _("I have a one-time code"),
            Way.CODE: _("I am invited"),
            Way.INVITATION: _("I have a password"),
        }
        line = Content.assemble((CODE_KEY, "bold $key"), " ", words[self._way])
        self.query_one("#other", Static).update(line)

    @property
    def _asked(self) -> tuple[str, ...]:
        """The lines that are to be filled in, in their order."""
        new = ("new-password", "again")
        return {
            Way.PASSWORD: ("email", "password"),
            Way.CODE: ("email", "code", *new),
            Way.INVITATION: ("email", "code", "name", *new),
        }[self._way]

    @on(events.Click, "#other")
    def _other_clicked(self) -> None:
        self.action_other_proof()

    @on(Input.Submitted)
    async def _submitted(self, event: Input.Submitted) -> None:
        """On to the next line; from the last one in."""
        event.stop()
        if event.input.id == self._asked[-1]:
            self._enter()
        else:
            self.screen.focus_next(Input)

    @on(Input.Changed, "#email")
    def _other_address(self) -> None:
        """What was said of one address holds for no other."""
        self._refuse("")
        self._tell_wait()

    def on_key(self, event: events.Key) -> None:
        """Enter on the mark goes in as well."""
        if event.key == "enter" and isinstance(self.focused, Mark):
            event.stop()
            self._enter()

    def _enter(self) -> None:
        if self._is_proving or self._tell_wait():
            return
        for name in self._asked:
            if not self._typed(name).strip():
                self.query_one(f"#{name}").focus()
                return
        if self._way is not Way.PASSWORD and self._typed("new-password") != self._typed("again"):
            self._refuse(_("The two are not the same; nothing was changed."), "again")
            return
        self._is_proving = True
        # The way of a key does not wait for what takes a while by design.
        self.run_worker(self._prove(), description="sign in")

    async def _prove(self) -> None:
        door, email = self._door, self._email
        way, code, name = self._way, self._typed("code"), self._typed("name")
        password = self._typed("password" if way is Way.PASSWORD else "new-password")

        def prove() -> Proven:
            if way is Way.INVITATION:
                return accept(door.store, email, code, name, password, self._clock)
            if way is Way.CODE:
                set_password_by_code(door.store, email, code, password, self._clock)
            return sign_in_again(door.store, email, password, door.token, self._clock)

        try:
            proven = await asyncio.to_thread(prove)
        except TooManyTries as early:
            self._waits[email] = early.until
            self._empty()
            self._tell_wait()
        except Invalid as wrong:
            self._refuse(str(wrong), "name" if wrong.field == "name" else "new-password")
        except LeadtuiError as error:
            self._empty()
            self._refuse(str(error), "password" if way is Way.PASSWORD else "code")
        else:
            keep = self._door.keeps and self.query_one("#keep", Mark).value
            self.exit(SignedIn(email, proven, keep))
        finally:
            self._is_proving = False

    def _empty(self) -> None:
        """Let nothing stand of what was typed unseen and not taken."""
        for name in ("password", "new-password", "again"):
            self.query_one(f"#{name}", Input).value = ""

    def _tell_wait(self) -> bool:
        """Whether the address has to wait; how long is said, and when it is over."""
        until = self._waits.get(self._email)
        if until is None:
            return False
        left = until - self._clock()
        if left.total_seconds() > 0:
            self._refuse(wait_sentence(left))
            return True
        del self._waits[self._email]
        self._refuse(_("You can try again now."))
        return False

    def _refuse(self, sentence: str, name: str = "") -> None:
        line = self.query_one("#refusal", Static)
        line.update(Content(safe(sentence)))
        line.set_class(bool(sentence), "-shown")
        if name:
            self.query_one(f"#{name}").focus()

    def action_help_quit(self) -> None:
        """Say, to whom Ctrl+C ends programs elsewhere, which key ends this one."""
        self.notify(_("{key} leaves; nobody is signed in yet.").format(key="Esc"), markup=False)


def ask_who(door: Door, settings: Settings) -> SignedIn | None:
    """Ask who is there; None where the person leaves. Raises SystemExit where the program was ended."""
    app = SignInApp(door, settings)
    with leaving_when_asked(app) as run:
        run()
    if app.return_code:
        raise SystemExit(app.return_code)
    return app.return_value
