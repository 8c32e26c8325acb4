"""A workspace's definitions without its people and customers: what a template file holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from leadtui.domain.field import Field
from leadtui.domain.permission import READY_PROFILES, SUPERVISOR_PROFILE, Permission, Profile
from leadtui.domain.status import Status
from leadtui.domain.workspace import Channel, Need, Workspace


@dataclass(frozen=True, slots=True)
class Template:
    """What a workspace begins with. All ids in it are 0: the store gives the real ones.

    `key` is the file's name without its ending, `summary` one line for the first-run choice.
    """

    key: str
    summary: str
    workspace: Workspace
    statuses: tuple[Status, ...] = ()
    fields: tuple[Field, ...] = ()
    channels: tuple[Channel, ...] = ()
    needs: tuple[Need, ...] = ()
    profiles: tuple[Profile, ...] = ()

    @property
    def first_profiles(self) -> tuple[Profile, ...]:
        """The profiles of a workspace that begins with this: the ready ones, as far as it has no other ones, and its own.

        Whoever makes the workspace is its supervisor, who can manage colleagues whatever the template says.
        """
        profiles = {
            key: Profile(0, key, key.capitalize(), permissions) for key, permissions in READY_PROFILES.items()
        }
        profiles |= {each.key: each for each in self.profiles}
        supervisor = profiles[SUPERVISOR_PROFILE]
        granted = supervisor.permissions | {Permission.MANAGE_COLLEAGUES}
        profiles[SUPERVISOR_PROFILE] = replace(supervisor, permissions=granted)
        return tuple(profiles.values())
