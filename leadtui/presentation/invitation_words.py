"""What is said of an invitation: to whoever made it, to whoever has its code, and in the letter that brings it."""

from __future__ import annotations

from leadtui.domain.invitation import Invitation, MadeInvitation
from leadtui.language.translate import _
from leadtui.presentation.formatter import Formatter


def made_sentence(made: MadeInvitation, formatter: Formatter) -> str:
    """What to do with the code of an invitation that was just made."""
    return _(
        "Give {email} this code, which is shown once and good until {when}. They accept with it: `leadtui accept --as {email}`"
    ).format(email=made.email, when=formatter.full_moment(made.expires_at))


def invitation_sentence(invitation: Invitation) -> str:
    """Who invites somebody, into what, as what."""
    if not invitation.by:
        return _("You are invited to “{workspace}” as: {profile}.").format(
            workspace=invitation.workspace, profile=invitation.profile
        )
    return _("{by} invites you to “{workspace}” as: {profile}.").format(
        by=invitation.by, workspace=invitation.workspace, profile=invitation.profile
    )
