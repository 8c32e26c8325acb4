"""What both fronts say of signing in: how a sign-in stands, and who made a code for a person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from leadtui.domain.signing_in import IDLE_AS_USUAL, USUAL_IDLE, CodeNotice, SignIn, SignInKind
from leadtui.language.translate import _, counted, npgettext, pgettext
from leadtui.presentation.formatter import Formatter

if TYPE_CHECKING:
    from leadtui.services.signing_in import OneTimeCode


def state_words(sign_in: SignIn, formatter: Formatter) -> str:
    """Whether a sign-in is good, and until when."""
    session = formatter.session
    if not sign_in.is_live(session.now()):
        return pgettext("sign in", "ended")
    if sign_in.locked_at is not None:
        return pgettext("sign in", "locked")
    if sign_in.id == session.sign_in_id:
        return pgettext("sign in", "this one")
    return pgettext("sign in", "good")


def place_words(sign_in: SignIn, formatter: Formatter) -> str:
    """Where somebody signed in, or which service it is of."""
    if sign_in.kind is SignInKind.SERVICE:
        return formatter.person(sign_in.user_id)
    return " · ".join(each for each in (sign_in.host, sign_in.terminal) if each)


def idle_lock_words(minutes: int) -> str:
    """When a desk is locked by itself."""
    if minutes == IDLE_AS_USUAL:
        words = npgettext(
            "option value",
            "as usual: locked after {n} minute without a key once a second person works here",
            "as usual: locked after {n} minutes without a key once a second person works here",
            USUAL_IDLE,
        )
        return words.format(n=counted(USUAL_IDLE))
    if minutes <= 0:
        return pgettext("option value", "never locked by itself")
    words = npgettext(
        "option value",
        "locked after {n} minute without a key, where people have passwords",
        "locked after {n} minutes without a key, where people have passwords",
        minutes,
    )
    return words.format(n=counted(minutes))


def sign_in_days_words(days: int) -> str:
    """How long a sign-in lasts."""
    words = npgettext("option value", "lasts for {n} day", "lasts for {n} days", days)
    return words.format(n=counted(days))


def wait_sentence(left: timedelta) -> str:
    """How long whoever tried too many passwords still waits, to the second."""
    minutes, seconds = divmod(max(1, -(-left // timedelta(seconds=1))), 60)
    in_minutes = npgettext("wait", "{n} minute", "{n} minutes", minutes).format(n=counted(minutes))
    in_seconds = npgettext("wait", "{n} second", "{n} seconds", seconds).format(n=counted(seconds))
    if not minutes:
        time = in_seconds
    elif not seconds:
        time = in_minutes
    else:
        time = pgettext("wait", "{minutes} and {seconds}").format(minutes=in_minutes, seconds=in_seconds)
    return _("Too many wrong passwords from here; try again in {time}.").format(time=time)


def notice_sentence(notice: CodeNotice, formatter: Formatter) -> str:
    """That somebody made a one-time code for the person: whoever did not ask for it learns of it."""
    who = (
        pgettext("person", "Somebody at the store's file")
        if notice.made_by is None
        else formatter.person(notice.made_by)
    )
    made = formatter.full_moment(notice.made_at)
    if notice.used_at is None:
        sentence = _(
            "{who} made a one-time code for you: {when}. If you did not ask for it, tell the administrator."
        )
        return sentence.format(who=who, when=made)
    sentence = _(
        "{who} made a one-time code for you: {when}. It was used: {used}. If that was not you, tell the administrator."
    )
    return sentence.format(who=who, when=made, used=formatter.full_moment(notice.used_at))


def code_sentence(code: OneTimeCode) -> str:
    """What to do with a code that was just made."""
    return _(
        "Tell {name} this code. Within {hours} hours they set their password with it, once: `leadtui password --as {email} --code CODE`"
    ).format(name=code.person, hours=code.hours, email=code.email)
