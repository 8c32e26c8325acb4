"""The letters that leadtui sends: plain text in the language of whoever reads it.

What is typed or copied stands on lines of its own, so that text that runs from the right never mixes with it.
"""

from __future__ import annotations

from leadtui.domain.invitation import MadeInvitation
from leadtui.domain.mail import Letter
from leadtui.language.translate import N_, catalogue


def invitation_letter(made: MadeInvitation, language: str) -> Letter:
    """The letter that brings somebody the code of their invitation."""
    say = catalogue(language).gettext
    subject = say(N_("{by} invites you to “{workspace}”.")).format(by=made.by, workspace=made.workspace)
    lines = (
        say(N_("{by} invites you to work in “{workspace}”, in leadtui.")).format(
            by=made.by, workspace=made.workspace
        ),
        say(N_("This is your code. It is good once, within seven days:")),
        "",
        f"    {made.code}",
        "",
        say(N_("At the machine of the desk, accept with it like this:")),
        "",
        f"    leadtui accept --as {made.email}",
        "",
        say(N_("If you expect no invitation, nothing happens as long as you do not answer.")),
    )
    return Letter(made.email, subject.rstrip("."), "\n".join(lines) + "\n")


def trial_letter(workspace: str, language: str) -> Letter:
    """A letter to oneself that says that letters go out."""
    say = catalogue(language).gettext
    text = say(N_("leadtui can send letters for “{workspace}”: this is one.")).format(workspace=workspace)
    return Letter("", say(N_("A trial letter from leadtui.")).rstrip("."), text + "\n")


def trial_message(workspace: str, language: str) -> str:
    """A short message to oneself that says that messages go out."""
    say = catalogue(language).gettext
    return say(N_("leadtui can send messages for “{workspace}”: this is one.")).format(workspace=workspace)
