"""Signing in on the screen: the same answer to whoever may not, waits told as they pass, codes, and what is kept."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from desk_driving import PhotographedApp, stilled, written
from photographing import SnapCompare
from session_making import PASSWORD, MovingClock, add_lead, hire, secured
from terminal import Terminal, environment_in
from textual.pilot import Pilot
from textual.widgets import Input, Static

from leadtui.domain.signing_in import FREE_TRIES, Token
from leadtui.language.translate import use
from leadtui.services import signing_in
from leadtui.services.inviting import invite
from leadtui.services.securing import code_at_file
from leadtui.services.session import Session, system_clock
from leadtui.settings import Settings, TerminalProfile
from leadtui.tui.sign_in import Door, SignedIn, SignInApp
from leadtui.tui.widgets.marked_lists import Mark

NEDA, REZA, NOBODY = (f"{each}@example.com" for each in ("neda", "reza", "nobody"))
OTHER = "eleven geese fly"


class PhotographedSignIn(PhotographedApp, SignInApp):
    """The question who is there."""


class Asked:
    """Somebody before the question."""

    def __init__(self, app: PhotographedSignIn, pilot: Pilot[SignedIn]) -> None:
        self.app = app
        self.pilot = pilot

    async def type(self, text: str) -> None:
        for each in written(text):
            self.app.post_message(each)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.proved()

    async def proved(self) -> None:
        """Wait until nothing is being proved any more."""
        async with asyncio.timeout(60):
            while self.app.is_running and cast("Any", self.app)._is_proving:
                await self.pilot.pause(0.005)
        await self.pilot.pause()

    async def told(self, words: str) -> None:
        async with asyncio.timeout(60):
            while words not in self.refusal:
                await self.pilot.pause(0.01)

    @property
    def refusal(self) -> str:
        return str(self.app.query_one("#refusal", Static).content)

    @property
    def focused(self) -> str:
        return "" if self.app.focused is None else self.app.focused.id or ""

    async def try_password(self, text: str) -> str:
        """Type a password and give it; the answer."""
        self.app.query_one("#password", Input).focus()
        await self.type(text)
        await self.press("enter")
        return self.refusal


def asking(store: Path, clock: MovingClock, email: str = "", **door: Any) -> PhotographedSignIn:
    settings = Settings(direction=TerminalProfile.OFF)
    return PhotographedSignIn(Door(str(store), email, **door), settings, clock)


@asynccontextmanager
async def asked(
    store: Path, clock: MovingClock, email: str = "", size: tuple[int, int] = (80, 24), **door: Any
) -> AsyncGenerator[Asked]:
    app = asking(store, clock, email, **door)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Asked(app, cast("Pilot[SignedIn]", pilot))


@pytest.fixture
def store(session: Session, clock: MovingClock) -> Path:
    """Neda's store, in which she has a password and Reza has none yet."""
    hire(session, "Reza Amini", REZA, clock).close()
    session.reload_definitions()
    secured(session)
    return session.store.path


async def test_address_and_password_sign_in(store: Path, clock: MovingClock) -> None:
    async with asked(store, clock) as who:
        assert who.focused == "email"
        await who.type(NEDA.upper())
        await who.press("enter")
        assert who.focused == "password"
        await who.type(PASSWORD)
        await who.press("enter")
    answer = who.app.return_value
    assert answer is not None
    assert (answer.email, answer.keep) == (NEDA, True)
    with closing(Session.open(store, NEDA, clock, proof=Token(answer.proven.token))) as opened:
        assert opened.sign_in_id == answer.proven.sign_in_id


async def test_an_address_that_is_known_is_there_and_the_mark_keeps_nothing(
    store: Path, clock: MovingClock
) -> None:
    async with asked(store, clock, NEDA) as who:
        assert who.focused == "password"
        await who.type(PASSWORD)
        who.app.query_one(Mark).focus()
        await who.press("space", "enter")
    answer = who.app.return_value
    assert answer is not None
    assert not answer.keep


async def test_where_several_share_the_account_nothing_is_offered_to_be_kept(
    store: Path, clock: MovingClock
) -> None:
    async with asked(store, clock, NEDA, keeps=False) as who:
        assert not who.app.query(Mark)
        await who.try_password(PASSWORD)
    answer = who.app.return_value
    assert answer is not None
    assert not answer.keep


async def test_one_answer_whoever_it_is(store: Path, clock: MovingClock) -> None:
    answers: set[str] = set()
    for email in (NEDA, REZA, NOBODY):
        async with asked(store, clock, email) as who:
            answers.add(await who.try_password("not the password"))
            assert who.app.query_one("#password", Input).value == ""
            assert who.focused == "password"
    (answer,) = answers
    assert "do not belong together" in answer


async def test_a_wait_is_told_as_it_passes_and_is_one_of_the_address(store: Path, clock: MovingClock) -> None:
    async with asked(store, clock, NEDA) as who:
        for _try in range(FREE_TRIES + 1):
            await who.try_password("not the password")
        answer = await who.try_password("not the password")
        assert answer == "Too many wrong passwords from here; try again in 30 seconds."
        clock.move(seconds=29)
        await who.told("try again in 1 second.")
        await who.press("enter")
        # Another address waits for nothing, and the first one waits still.
        line = who.app.query_one("#email", Input)
        line.value = NOBODY
        await who.pilot.pause()
        assert who.refusal == ""
        assert "do not belong together" in await who.try_password("not the password")
        line.value = NEDA
        await who.told("try again in 1 second.")
        clock.move(seconds=1)
        await who.told("You can try again now.")
        await who.try_password(PASSWORD)
    assert who.app.return_value is not None


async def test_a_long_wait_is_told_in_minutes_and_seconds(store: Path, clock: MovingClock) -> None:
    async with asked(store, clock, NEDA) as who:
        for _try in range(FREE_TRIES + 3):
            clock.move(minutes=16)
            await who.try_password("not the password")
        assert await who.try_password("not the password") == (
            "Too many wrong passwords from here; try again in 4 minutes."
        )
        clock.move(seconds=15)
        await who.told("try again in 3 minutes and 45 seconds.")


async def test_a_one_time_code_sets_a_password_and_signs_in(
    session: Session, store: Path, clock: MovingClock
) -> None:
    code = code_at_file(store, REZA, clock)
    async with asked(store, clock, REZA) as who:
        await who.press("f4")
        assert who.focused == "code"
        await who.type(code.text.lower())
        await who.press("enter")
        await who.type("short")
        await who.press("enter")
        await who.type("short")
        await who.press("enter")
        assert "too short" in who.refusal
        assert who.focused == "new-password"
        for name in ("new-password", "again"):
            who.app.query_one(f"#{name}", Input).value = OTHER
        who.app.query_one("#again", Input).value += "!"
        who.app.query_one("#again").focus()
        await who.press("enter")
        assert "not the same" in who.refusal
        who.app.query_one("#again", Input).value = OTHER
        await who.press("enter")
    answer = who.app.return_value
    assert answer is not None
    with closing(Session.open(store, REZA, clock, proof=Token(answer.proven.token))) as opened:
        assert opened.actor.email == REZA
        assert [each.used_at for each in signing_in.code_notices(opened)] == [clock()]


async def test_a_wrong_code_is_answered_as_a_wrong_password(store: Path, clock: MovingClock) -> None:
    async with asked(store, clock, REZA) as who:
        wrong = await who.try_password("not the password")
        await who.press("f4")
        for name, text in (("code", "00000-00000-00000-00000"), ("new-password", OTHER), ("again", OTHER)):
            who.app.query_one(f"#{name}", Input).value = text
        who.app.query_one("#again").focus()
        await who.press("enter")
        assert who.refusal == wrong
        assert who.focused == "code"


async def test_a_locked_sign_in_is_opened_again(session: Session, store: Path, clock: MovingClock) -> None:
    token = signing_in.sign_in_again(store, NEDA, PASSWORD, clock=clock).token
    with closing(Session.open(store, NEDA, clock, proof=Token(token))) as opened:
        signing_in.lock(opened)
    async with asked(store, clock, NEDA, token=token, reason="It is locked.") as who:
        await who.try_password(PASSWORD)
    answer = who.app.return_value
    assert answer is not None
    assert answer.proven.token == token
    Session.open(store, NEDA, clock, proof=Token(token)).close()


async def test_who_leaves_is_nobody(store: Path, clock: MovingClock) -> None:
    async with asked(store, clock, NEDA) as who:
        await who.press("escape")
    assert who.app.return_value is None


@pytest.mark.parametrize("by_code", [False, True], ids=["password", "code"])
@pytest.mark.parametrize("spoken", ["en", "fa", "ar"])
def test_picture(
    snap_compare: SnapCompare, store: Path, clock: MovingClock, spoken: str, *, by_code: bool
) -> None:
    use(spoken)
    app = asking(store, clock, NEDA)

    async def act(pilot: Pilot[None]) -> None:
        await pilot.pause()
        if by_code:
            await pilot.press("f4")
        else:
            asking = cast("Any", app)
            asking._waits[NEDA] = clock() + timedelta(minutes=4, seconds=12)
            app.query_one("#password", Input).value = "six words"
            asking._tell_wait()
        await stilled(pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=act)


# The program itself


def kept_tokens(folder: Path) -> list[str]:
    return [
        json.loads(each.read_text())["token"] for each in (folder / "leadtui" / "sign-ins").glob("*-*.json")
    ]


def test_the_program_goes_on_to_the_desk_and_leaves_it_once_the_sign_in_is_ended(
    session: Session, store: Path, tmp_path: Path, record_property: Any
) -> None:
    add_lead(session, "Mina Sadeghi", mine=True)
    home = tmp_path / "home"
    home.mkdir()
    command = [sys.executable, "-m", "leadtui", "--store", str(store), "--as", NEDA]
    terminal = Terminal(command, environment_in(home), (80, 24))
    try:
        terminal.press("", "Stay signed in")
        terminal.press(PASSWORD + "\r", "Mina Sadeghi")
        (token,) = kept_tokens(home)
        with closing(Session.open(store, NEDA, system_clock, proof=Token(token))) as elsewhere:
            signing_in.sign_out(elsewhere)
        ended = time.monotonic()
        assert terminal.end() == 1
        seconds = time.monotonic() - ended
        assert "this sign-in has ended" in " ".join(terminal.words().split())
        assert seconds < 2
        record_property("figure", f"an ended sign-in: the desk has left after {seconds:.2f} s")
        # The next time it says why it asks, and knows the address; what is not to be kept ends with the program.
        again = Terminal(command[:-2], environment_in(home), (80, 24))
        try:
            again.press("", "Your sign-in has ended")
            again.press("\t ", "□")
            again.press("\x1b[Z" + PASSWORD + "\r", "Mina Sadeghi")
            again.rest()
            assert not kept_tokens(home)
            assert again.end("\x11") == 0
        finally:
            again.close()
    finally:
        terminal.close()
    last = signing_in.sign_in_again(store, NEDA, PASSWORD)
    with closing(Session.open(store, NEDA, system_clock, proof=Token(last.token))) as opened:
        others = [each for each in signing_in.list_sign_ins(opened) if each.id != last.sign_in_id]
    assert all(each.ended_at for each in others if each.created_at.year > 2024)


async def test_the_code_of_an_invitation_is_accepted_and_signs_in(
    session: Session, clock: MovingClock
) -> None:
    secured(session)
    made = invite(session, "mitra@example.com")
    async with asked(session.store.path, clock, "mitra@example.com") as who:
        await who.press("f4", "f4")
        assert who.focused == "code"
        await who.type("WRNG-CODE-WRNG-CODE")
        await who.press("enter")
        await who.type("Mitra")
        await who.press("enter")
        for _each in range(2):
            await who.type("nine calm lanterns")
            await who.press("enter")
        assert who.app.return_value is None
        assert who.focused == "code"
        who.app.query_one("#code", Input).value = made.code
        for name in ("new-password", "again"):
            who.app.query_one(f"#{name}", Input).focus()
            await who.type("nine calm lanterns")
        await who.press("enter")
        assert who.app.return_value is not None
        assert who.app.return_value.email == "mitra@example.com"
    (mitra,) = [each for each in session.reload_definitions().people if each.email == "mitra@example.com"]
    assert (mitra.name, mitra.active) == ("Mitra", True)
