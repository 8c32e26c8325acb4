"""A workspace's definitions without its people and customers: what a template file holds."""

from __future__ import annotations

from dataclasses import dataclass

from leadtui.domain.field import Field
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
