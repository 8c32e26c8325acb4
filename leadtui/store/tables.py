"""The tables of a store, as SQLAlchemy Core; migrations/ brings a store to this form.

Keys and indexes begin with the workspace, so that a workspace can be a shard. What is defined (statuses, fields, people) is
referred to by id alone: it is retired, never deleted. The rows that hang on one lead name each other without a foreign key:
they come and go with the lead, and to look for each of them with each row that is deleted would read whole tables.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from leadtui.store.column_types import Moment, OwnJson

# Ids are plain INTEGER on SQLite, where only that makes a row id, and 64 bits elsewhere.
Id = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


_CALLS = text("kind = 'call'")
_CALLS_MADE = text("kind IN ('call', 'call-out')")
_RETURNS = text("kind = 'returned'")
_REASONED = text("no_next_step <> ''")
_CONTACTED = text("contacted_at IS NOT NULL")


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True)


def _workspace() -> Column[int]:
    return Column("workspace_id", Id, ForeignKey("workspace.id"), nullable=False)


def _within(column: str, parent: str, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A reference to a row of the same workspace; the parent has a unique index over workspace and id for it."""
    return ForeignKeyConstraint(
        ["workspace_id", column], [f"{parent}.workspace_id", f"{parent}.id"], ondelete=ondelete
    )


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _count(name: str, start: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=str(start))


def _flag(name: str, start: bool) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=true() if start else false())


workspace = Table(
    "workspace",
    metadata,
    _id(),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("calendar", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    _words("erased_key"),
    _words("hours"),
    _words("windows"),
    Column("holidays", JSON, nullable=False, server_default="[]"),
    _count("call_gap"),
    _count("idle_lock", 15),
    _count("sign_in_days", 30),
    _count("week_start", -1),
    Column("kind", Text, nullable=False, server_default="private"),
    _words("registered_name"),
    _words("registered_number"),
    Column("closed_at", Moment),
    Column("find_anew_after", Id),
)
"""`find_anew_after` is the customer up to whose id search texts follow the fields that are marked now; NULL where all do.

`call_gap` is how many minutes apart two calls to one number should be, `idle_lock` after how many minutes without a key a
desk is locked (0: never, -1: as usual), `sign_in_days` how long a sign-in of its people lasts,
`week_start` the weekday on which weeks begin (Monday 0, -1: as usual where it is).

`erased_key` is what the digests of erased numbers are made with, in hexadecimal; empty until there is one."""

user = Table(
    "user",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    _words("password"),
    Column("password_at", Moment),
    Column("kind", Text, nullable=False, server_default="person"),
)
"""`password` is an Argon2id hash with its parameters, empty where the person has none."""

store_info = Table(
    "store_info",
    metadata,
    _id(),
    Column("key", Text, nullable=False),
    Column("hashing", JSON, nullable=False),
    Column("administrator_id", Id, ForeignKey("user.id")),
    Column("secured_at", Moment),
)
"""The one row about the store itself. `key` tells it from others, `hashing` is what passwords are hashed by.

Since `secured_at` everybody proves who they are."""

sign_in = Table(
    "sign_in",
    metadata,
    _id(),
    Column("user_id", Id, ForeignKey("user.id"), nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    _words("name"),
    _words("terminal"),
    _words("host"),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("locked_at", Moment),
    Index(None, "user_id"),
)
"""That a person proved who they are, at which terminal; the token itself is in their own folder alone."""

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    _id(),
    Column("address", Text, nullable=False),
    Column("terminal", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("until", Moment, nullable=False),
    UniqueConstraint("address", "terminal"),
)
"""How many tries in a row were wrong for an address, of which a keyed digest is kept, from a terminal."""

one_time_code = Table(
    "one_time_code",
    metadata,
    _id(),
    Column("user_id", Id, ForeignKey("user.id"), nullable=False),
    Column("code_hash", Text, nullable=False, unique=True),
    Column("purpose", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Id, ForeignKey("user.id")),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index(None, "user_id"),
)
"""With what somebody sets a password without having one. `made_by` is empty where it was made at the store's file."""

invitation = Table(
    "invitation",
    metadata,
    _id(),
    _workspace(),
    Column("user_id", Id, ForeignKey("user.id"), nullable=False),
    Column("code_hash", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Id, ForeignKey("user.id"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    UniqueConstraint("workspace_id", "code_hash"),
    Index(None, "workspace_id", "user_id"),
)
"""With what somebody accepts that they work in a workspace. One that is withdrawn or sent anew has expired."""

mail_server = Table(
    "mail_server",
    metadata,
    _id(),
    _workspace(),
    Column("host", Text, nullable=False),
    Column("port", Integer, nullable=False),
    Column("security", Text, nullable=False),
    _words("user"),
    Column("sender", Text, nullable=False),
    _words("secret"),
    UniqueConstraint("workspace_id"),
)
"""Through what a workspace sends letters. `secret` is told to that server alone: no change, template or export has it."""

profile = Table(
    "profile",
    metadata,
    _id(),
    _workspace(),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("permissions", JSON, nullable=False),
    Column("fields", JSON, nullable=False, server_default="{}"),
    UniqueConstraint("workspace_id", "key"),
)

membership = Table(
    "membership",
    metadata,
    _id(),
    _workspace(),
    Column("user_id", Id, ForeignKey("user.id"), nullable=False),
    Column("profile_id", Id, ForeignKey("profile.id"), nullable=False),
    _words("name"),
    Column("state", Text, nullable=False, server_default="active"),
    Column("since", Moment),
    Column("state_by", Id),
    Column("entered_at", Moment),
    UniqueConstraint("workspace_id", "user_id"),
)
"""`name` is what colleagues of this workspace see. `state` holds since `since`, by `state_by`."""

team = Table(
    "team",
    metadata,
    _id(),
    _workspace(),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("lead_id", Id, ForeignKey("user.id"), nullable=True),
    Column("members", JSON, nullable=False),
    UniqueConstraint("workspace_id", "key"),
)
"""`members` are the ids of its people."""

field = Table(
    "field",
    metadata,
    _id(),
    _workspace(),
    Column("status_id", Id, ForeignKey("status.id"), nullable=True),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("options", JSON, nullable=False),
    _flag("required", False),
    _count("position"),
    _flag("retired", False),
    _flag("found_by", False),
    _words("playbook"),
    Index(None, "workspace_id", "status_id", "position"),
)

status = Table(
    "status",
    metadata,
    _id(),
    _workspace(),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("glyph", Text, nullable=False),
    Column("colour", Text, nullable=False),
    _count("position"),
    Column("kind", Text, nullable=False),
    Column("cartable", Text, nullable=False),
    Column("reminder", Text, nullable=False),
    _words("owner_title"),
    _flag("retired", False),
    Column("retry", JSON, nullable=False, server_default="{}"),
    Column("escalation", JSON, nullable=False, server_default="{}"),
    UniqueConstraint("workspace_id", "key"),
)

channel = Table(
    "channel",
    metadata,
    _id(),
    _workspace(),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    _count("position"),
    _flag("retired", False),
    UniqueConstraint("workspace_id", "key"),
)

need = Table(
    "need",
    metadata,
    _id(),
    _workspace(),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    _count("position"),
    _flag("retired", False),
    UniqueConstraint("workspace_id", "key"),
)

playbook = Table(
    "playbook",
    metadata,
    _id(),
    _workspace(),
    Column("owner", Text, nullable=False),
    _count("version", 1),
    Column("content", JSON, nullable=False),
    Column("actor_id", Id, ForeignKey("user.id"), nullable=True),
    Column("at", Moment, nullable=False),
    UniqueConstraint("workspace_id", "owner", "version"),
)
"""Every version of every playbook; `owner` is the key of its need, or `playbook.OPENING`."""

distribution_rule = Table(
    "distribution_rule",
    metadata,
    _id(),
    _workspace(),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("words", JSON, nullable=False),
    _count("position"),
    _flag("retired", True),
    UniqueConstraint("workspace_id", "key"),
)
"""Rules by which leads are shared out; one that is retired is switched off."""

lead = Table(
    "lead",
    metadata,
    _id(),
    _workspace(),
    _count("version", 1),
    _words("name"),
    _words("name_sort"),
    _words("city"),
    _words("city_sort"),
    _words("city_key"),
    _words("phone"),
    _words("email"),
    _words("grade"),
    _words("major"),
    _words("referrer"),
    Column("entered_at", Moment, nullable=False),
    Column("channel_first_id", Id, ForeignKey("channel.id")),
    Column("channel_latest_id", Id, ForeignKey("channel.id")),
    Column("need_id", Id, ForeignKey("need.id")),
    Column("status_id", Id, ForeignKey("status.id")),
    Column("status_at", Moment),
    Column("owner_id", Id, ForeignKey("user.id")),
    Column("owner_at", Moment),
    Column("next_at", Moment),
    Column("contacted_at", Moment),
    Column("custom", JSON, nullable=False, server_default="{}"),
    _words("search_key"),
    Column("created_at", Moment, nullable=False),
    _count("attempts"),
    Index(None, "workspace_id", "id", unique=True),
    Index(None, "workspace_id", "name_sort", "id"),
    Index(None, "workspace_id", "city_sort", "id"),
    Index(None, "workspace_id", "city_key", "id"),
    Index(None, "workspace_id", "phone", "id"),
    Index(None, "workspace_id", "email", "id"),
    Index(None, "workspace_id", "entered_at", "id"),
    Index(None, "workspace_id", "channel_latest_id", "id"),
    Index(None, "workspace_id", "status_id", "id"),
    Index(None, "workspace_id", "owner_id", "id"),
    Index(None, "workspace_id", "next_at", "id"),
    Index("ix_lead_contacted", "workspace_id", "contacted_at", "id", sqlite_where=_CONTACTED),
)
"""`search_key` is what finding looks through: see store/search.py. `*_sort` are language.collation.sort_key in the

workspace's language; `city_key` is language.text.search_key, equal for every way of writing a city."""

lead_number = Table(
    "lead_number",
    metadata,
    _id(),
    _workspace(),
    Column("lead_id", Id, nullable=False),
    _within("lead_id", "lead", "CASCADE"),
    Column("e164", Text, nullable=False),
    _words("written"),
    _words("extension"),
    _count("position"),
    Column("sharing", Id, nullable=False, server_default="0"),
    UniqueConstraint("workspace_id", "e164", "sharing"),
    CheckConstraint("sharing IN (0, lead_id)", name="own_or_shared"),
    Index(None, "workspace_id", "lead_id", "position"),
)
"""Every number of every lead, the rung one (position 0) included.

`sharing` is 0 for the one lead that a number belongs to, and for each that shares it with others its own id.
"""

follow_up = Table(
    "follow_up",
    metadata,
    _id(),
    _workspace(),
    Column("lead_id", Id, nullable=False),
    _within("lead_id", "lead", "CASCADE"),
    Column("actor_id", Id, ForeignKey("user.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("status_from_id", Id, ForeignKey("status.id")),
    Column("status_to_id", Id, ForeignKey("status.id"), nullable=False),
    Column("answers", JSON, nullable=False),
    _words("note"),
    Column("owner_from_id", Id, ForeignKey("user.id")),
    Column("owner_to_id", Id, ForeignKey("user.id")),
    Column("remind_at", Moment),
    Column("undoes_id", Id),
    Column("undone_at", Moment),
    _count("attempt"),
    _words("no_next_step"),
    Index(None, "workspace_id", "lead_id", "at"),
    Index(None, "workspace_id", "actor_id", "at"),
    Index("ix_follow_up_no_next_step", "workspace_id", "at", sqlite_where=_REASONED),
)
"""`attempt` is which attempt in a row did not reach the lead; `no_next_step` why nothing was planned for it."""

reminder = Table(
    "reminder",
    metadata,
    _id(),
    _workspace(),
    Column("lead_id", Id, nullable=False),
    _within("lead_id", "lead", "CASCADE"),
    Column("owner_id", Id, ForeignKey("user.id"), nullable=False),
    Column("due", Moment, nullable=False),
    Column("wall", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    _words("note"),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Id, ForeignKey("user.id")),
    Column("rung_at", Moment),
    Column("ended_at", Moment),
    Column("ended_by", Id, ForeignKey("user.id")),
    Column("replaces_id", Id),
    Column("follow_up_id", Id),
    _words("repeats"),
    _count("escalated"),
    Index(None, "workspace_id", "owner_id", "state", "due"),
    Index(None, "workspace_id", "lead_id", "state", "due"),
)
"""`repeats` is the rule by which it comes again, as language.repetition.kept_text writes it; `escalated` how far it has gone."""

activity = Table(
    "activity",
    metadata,
    _id(),
    _workspace(),
    Column("lead_id", Id, nullable=False),
    _within("lead_id", "lead", "CASCADE"),
    Column("kind", Text, nullable=False),
    Column("actor_id", Id, ForeignKey("user.id")),
    Column("at", Moment, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("follow_up_id", Id),
    Column("source_key", Text),
    Index(None, "workspace_id", "lead_id", "at"),
    Index("uq_activity_source", "workspace_id", "source_key", unique=True),
    # Where it has this condition is for the migrations to say: naming PostgreSQL here loads what speaks to it at each start.
    Index("ix_activity_call", "workspace_id", "actor_id", "at", sqlite_where=_CALLS),
    Index("ix_activity_calls_of_lead", "workspace_id", "lead_id", "at", sqlite_where=_CALLS_MADE),
    Index("ix_activity_returned", "workspace_id", "at", sqlite_where=_RETURNS),
)
"""`source_key` names the row of an export that an activity came from, so that it is told only once."""

step = Table(
    "step",
    metadata,
    _id(),
    _workspace(),
    Column("lead_id", Id, nullable=False),
    _within("lead_id", "lead", "CASCADE"),
    Column("actor_id", Id, ForeignKey("user.id"), nullable=False),
    Column("activity_id", Id, nullable=False),
    Column("group_id", Id),
    Column("at", Moment, nullable=False),
    Column("version_before", Integer, nullable=False),
    Column("version_after", Integer, nullable=False),
    Column("was", JSON, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", Id, ForeignKey("user.id")),
    Index(None, "workspace_id", "actor_id", "id"),
    Index(None, "workspace_id", "lead_id", "id"),
)
"""What a person's step replaced, so that it can be taken back; steps of one `group_id` were taken at once."""

case_kind = Table(
    "case_kind",
    metadata,
    _id(),
    _workspace(),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    _count("position"),
    _flag("retired", False),
    _count("version", 1),
    Column("content", JSON, nullable=False),
    UniqueConstraint("workspace_id", "key"),
)
"""What a case can be; `content` is as domain.case_kind_table writes it."""

case_record = Table(
    "case_record",
    metadata,
    _id(),
    _workspace(),
    _count("version", 1),
    Column("kind_id", Id, ForeignKey("case_kind.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("state_at", Moment, nullable=False),
    _words("title"),
    Column("owner_id", Id, ForeignKey("user.id")),
    Column("parent_id", Id),
    Column("answers", JSON, nullable=False, server_default="{}"),
    Column("opened_at", Moment, nullable=False),
    Column("opened_by", Id, ForeignKey("user.id"), nullable=False),
    _count("limits_passed"),
    _words("search_key"),
    Index(None, "workspace_id", "id", unique=True),
    Index(None, "workspace_id", "kind_id", "state", "state_at"),
    Index(None, "workspace_id", "owner_id", "id"),
    Index(None, "workspace_id", "parent_id"),
)
"""A record of a kind; `state` is a key of its kind, `limits_passed` how many limits of the state were reached in it."""

case_lead = Table(
    "case_lead",
    metadata,
    _id(),
    _workspace(),
    Column("case_id", Id, nullable=False),
    _within("case_id", "case_record", "CASCADE"),
    Column("lead_id", Id, nullable=False),
    _within("lead_id", "lead", "CASCADE"),
    Column("role", Text, nullable=False),
    Index(None, "workspace_id", "case_id"),
    Index(None, "workspace_id", "lead_id"),
)
"""Which leads a case is about; after a merge one can be in a role twice, which is read as once."""

case_entry = Table(
    "case_entry",
    metadata,
    _id(),
    _workspace(),
    Column("case_id", Id, nullable=False),
    _within("case_id", "case_record", "CASCADE"),
    Column("act", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", Id, ForeignKey("user.id")),
    Column("detail", JSON, nullable=False),
    Column("was", JSON, nullable=False, server_default="{}"),
    _count("version_after"),
    Column("undone_at", Moment),
    Index(None, "workspace_id", "case_id", "id"),
)
"""The timeline of a case; `was` is what the step replaced of the case, and which steps on leads were taken with it."""

do_not_call = Table(
    "do_not_call",
    metadata,
    _id(),
    _workspace(),
    Column("e164", Text, nullable=False),
    _words("reason"),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Id, ForeignKey("user.id")),
    UniqueConstraint("workspace_id", "e164"),
)
"""Numbers that must not be rung, whether a customer has them yet or not."""

erasure = Table(
    "erasure",
    metadata,
    _id(),
    _workspace(),
    Column("at", Moment, nullable=False),
    Column("actor_id", Id, ForeignKey("user.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("wiped_at", Moment),
)
"""That a customer was erased for good, and why; nothing of who it was.

Until `wiped_at` the store's files may still hold copies of what was deleted.
"""

erased_number = Table(
    "erased_number",
    metadata,
    _id(),
    _workspace(),
    Column("digest", Text, nullable=False),
    Column("forbidden", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("workspace_id", "digest"),
)
"""Numbers of who was erased, by a keyed digest, and whether they must not be rung when they come in again."""

audit = Table(
    "audit",
    metadata,
    _workspace(),
    Column("number", Id, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", Id, ForeignKey("user.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject_id", Id),
    Column("detail", Text, nullable=False),
    Column("texts", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("workspace_id", "number"),
)
"""What was changed of how the desk works, and by whom; the entries of a workspace are numbered and chained (domain/audit_chain.py).

`detail` is JSON with digests in place of texts, `texts` the texts by their digests, each with its salt. The hash is over all
but `texts`, so that an erasing can take a text away.
"""

presence = Table(
    "presence",
    metadata,
    _id(),
    _workspace(),
    Column("user_id", Id, ForeignKey("user.id"), nullable=False),
    Column("terminal", Text, nullable=False),
    Column("lead_id", Id),
    _within("lead_id", "lead"),
    Column("seen_at", Moment, nullable=False),
    Column("leased_until", Moment),
    Column("arrived_at", Moment),
    Column("opened_at", Moment),
    Column("break_at", Moment),
    UniqueConstraint("workspace_id", "terminal"),
    Index(None, "workspace_id", "lead_id"),
)
"""Which running terminal has which customer open, and until when that keeps others from being given them.

One that was not seen for a while is gone. `arrived_at` is since when it runs and `opened_at` since when the customer is
open, None where an earlier version wrote it. `break_at` is since when its person is on a break, which is the same in all
terminals of theirs.
"""

given_seen = Table(
    "given_seen",
    metadata,
    _id(),
    _workspace(),
    Column("user_id", Id, ForeignKey("user.id"), nullable=False),
    Column("lead_id", Id, nullable=False),
    _within("lead_id", "lead", "CASCADE"),
    Column("seen_at", Moment, nullable=False),
    UniqueConstraint("workspace_id", "user_id", "lead_id"),
    Index(None, "workspace_id", "lead_id"),
)
"""When a person last opened a customer whom somebody had given to them."""

saved_view = Table(
    "saved_view",
    metadata,
    _id(),
    _workspace(),
    Column("user_id", Id, ForeignKey("user.id"), nullable=False),
    _flag("shared", False),
    Column("title", Text, nullable=False),
    Column("content", OwnJson, nullable=False),
    _count("position"),
    Index(None, "workspace_id", "user_id"),
)

desk_state = Table(
    "desk_state",
    metadata,
    _id(),
    _workspace(),
    Column("user_id", Id, ForeignKey("user.id"), nullable=False),
    Column("content", OwnJson, nullable=False),
    Column("saved_at", Moment, nullable=False),
    UniqueConstraint("workspace_id", "user_id"),
)
"""How a person left their desk: columns, sort, filter, open customer."""

last_id = Table(
    "last_id",
    metadata,
    _id(),
    _workspace(),
    Column("table_name", Text, nullable=False),
    Column("row_id", Id, nullable=False),
    UniqueConstraint("workspace_id", "table_name"),
)
"""The highest id of a table that was reserved (Backend.reserve_ids): no later row takes an id that somebody may still
have on screen, although the row is deleted."""

draft = Table(
    "draft",
    metadata,
    _id(),
    _workspace(),
    Column("user_id", Id, ForeignKey("user.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("lead_id", Id),
    _within("lead_id", "lead", "CASCADE"),
    Column("content", OwnJson, nullable=False),
    Column("saved_at", Moment, nullable=False),
    UniqueConstraint("workspace_id", "user_id", "kind", "lead_id"),
    Index(None, "workspace_id", "lead_id"),
)

proposal = Table(
    "proposal",
    metadata,
    _id(),
    _workspace(),
    Column("sort", Text, nullable=False),
    Column("title", Text, nullable=False),
    _words("why"),
    _words("example"),
    Column("status_id", Id, ForeignKey("status.id")),
    Column("proposer_id", Id, ForeignKey("user.id"), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("decided_by", Id, ForeignKey("user.id")),
    Column("decided_at", Moment),
    _words("reason"),
    Column("definition_id", Id),
    Column("into_id", Id),
    _flag("told", False),
    _words("need"),
    Index(None, "workspace_id", "state", "id"),
    Index(None, "workspace_id", "proposer_id"),
)
"""What people at work miss and ask for; `definition_id` is a row of the table that `sort` says, once it is approved."""

import_layout = Table(
    "import_layout",
    metadata,
    _id(),
    _workspace(),
    Column("layout_key", Text, nullable=False),
    Column("columns", JSON, nullable=False),
    Column("saved_at", Moment, nullable=False),
    UniqueConstraint("workspace_id", "layout_key"),
)
"""The mapping that was last used for one layout of columns."""

import_batch = Table(
    "import_batch",
    metadata,
    _id(),
    _workspace(),
    Column("actor_id", Id, ForeignKey("user.id"), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_digest", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    _count("read_count"),
    _count("new_count"),
    _count("updated_count"),
    _count("unchanged_count"),
    _count("rejected_count"),
    _count("skipped_count"),
    Column("undone_at", Moment),
    Index(None, "workspace_id", "id", unique=True),
    Index(None, "workspace_id", "started_at"),
)

import_row = Table(
    "import_row",
    metadata,
    _id(),
    _workspace(),
    Column("batch_id", Id, nullable=False),
    _within("batch_id", "import_batch", "CASCADE"),
    Column("line", Integer, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("lead_id", Id),
    _within("lead_id", "lead"),
    Column("before", JSON),
    _words("reason"),
    Index(None, "workspace_id", "batch_id", "line"),
    Index(None, "workspace_id", "lead_id"),
)
"""`before` holds the values that an import replaced, so that it can be taken back."""

message_text = Table(
    "message_text",
    metadata,
    _id(),
    _workspace(),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("medium", Text, nullable=False),
    _words("subject"),
    Column("body", Text, nullable=False),
    _count("position"),
    _flag("retired", False),
    UniqueConstraint("workspace_id", "key"),
)

gateway = Table(
    "gateway",
    metadata,
    _id(),
    _workspace(),
    Column("medium", Text, nullable=False),
    Column("content", JSON, nullable=False),
    _words("secret"),
    UniqueConstraint("workspace_id", "medium"),
)
"""Where messages go out; no part of what is defined, so that no template, export or audit has the secret."""

outbox = Table(
    "outbox",
    metadata,
    _id(),
    _workspace(),
    Column("lead_id", Id, nullable=False),
    _within("lead_id", "lead", "CASCADE"),
    Column("actor_id", Id, ForeignKey("user.id"), nullable=False),
    Column("medium", Text, nullable=False),
    _words("title"),
    _words("subject"),
    Column("body", Text, nullable=False),
    Column("filled_in", JSON),
    Column("recipient", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("token", Text, nullable=False),
    Column("activity_id", Id, nullable=False),
    Column("cause_id", Id),
    Column("due_at", Moment),
    Column("state_at", Moment),
    _count("attempts"),
    Column("doubted_at", Moment),
    _words("problem"),
    _words("detail"),
    UniqueConstraint("workspace_id", "token"),
    Index(None, "workspace_id", "state", "due_at"),
    Index(None, "workspace_id", "lead_id"),
)
"""Messages to customers: `cause_id` is the activity of the step that caused one, `doubted_at` since when it may have been sent."""

consent = Table(
    "consent",
    metadata,
    _id(),
    _workspace(),
    Column("lead_id", Id, nullable=False),
    _within("lead_id", "lead", "CASCADE"),
    Column("medium", Text, nullable=False),
    Column("consent", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", Id, ForeignKey("user.id"), nullable=False),
    Index(None, "workspace_id", "lead_id"),
)
"""What customers said to being written to by a medium; of several rows the newest holds."""

change = Table(
    "change",
    metadata,
    Column("sequence", Id, primary_key=True, autoincrement=True),
    Column("workspace_id", Id, ForeignKey("workspace.id"), nullable=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", Id, nullable=False),
    Index(None, "workspace_id", "sequence"),
    sqlite_autoincrement=True,
)
"""What moved, in the order of the commits; row_id 0 stands for the whole table (a bulk import)."""
