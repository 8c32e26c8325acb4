"""Every workspace has the profiles of an owner and of those who work in one area alone; nobody is given one of them."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TITLES = {
    "owner": {"en": "Owner", "fa": "مالک", "ar": "المالك"},
    "support": {"en": "Support", "fa": "پشتیبانی", "ar": "الدعم"},
    "technical": {"en": "Technical", "fa": "فنی", "ar": "التقنية"},
    "financial": {"en": "Financial", "fa": "مالی", "ar": "المالية"},
    "partners": {"en": "Partner manager", "fa": "مدیر شریکان", "ar": "مدير الشركاء"},
}
_OWNER = (
    *("customers:see", "customers:see-numbers", "customers:add", "customers:edit", "customers:merge"),
    *("customers:erase", "customers:forbid-calls", "customers:allow-calls", "cartables:see"),
    *("follow-ups:set", "follow-ups:transfer", "follow-ups:take-over", "follow-ups:remind"),
    *(
        "imports:run",
        "imports:undo",
        "exports:run",
        "settings:statuses",
        "settings:fields",
        "settings:channels",
    ),
    *("settings:needs", "settings:distribution", "settings:workspace", "settings:share-views"),
    *("settings:back-up", "settings:close", "colleagues:manage", "colleagues:owners"),
    *("reports:own-day", "reports:all-days", "reports:board"),
)

_workspace = sa.table("workspace", sa.column("id", sa.BigInteger), sa.column("language", sa.Text))
_profile = sa.table(
    "profile",
    *(sa.column("id", sa.BigInteger), sa.column("workspace_id", sa.BigInteger), sa.column("key", sa.Text)),
    *(sa.column("title", sa.Text), sa.column("permissions", sa.JSON)),
)


def upgrade() -> None:
    """Go forward; there is no way back but a backup. A profile of that key stays as it is, but for one called owner."""
    connection = op.get_bind()
    of_one = _profile.c.workspace_id
    for workspace in connection.execute(sa.select(_workspace)).all():
        query = sa.select(_profile.c.id, _profile.c.key, _profile.c.title).where(of_one == workspace.id)
        there = connection.execute(query).all()
        keys, titles = {each.key for each in there}, {each.title for each in there}
        for each in there:
            if each.key == "owner":
                # Who makes a profile of that title does not make its people owners.
                keys = (keys - {"owner"}) | {key := _free("owner_", keys)}
                connection.execute(_profile.update().where(_profile.c.id == each.id).values(key=key))
        for key, words in _TITLES.items():
            if key not in keys:
                title = words.get(workspace.language.partition("-")[0], words["en"])
                title = _free(f"{title} ", titles) if title in titles else title
                granted = sorted(_OWNER) if key == "owner" else []
                row = {"workspace_id": workspace.id, "key": key, "title": title, "permissions": granted}
                connection.execute(_profile.insert().values(row))


def _free(stem: str, taken: Collection[str]) -> str:
    number = 2
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"
