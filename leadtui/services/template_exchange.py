"""A workspace's whole definition as a template file: written out, compared with one, and brought into line with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar, cast

from leadtui.domain.audit import AuditKind, done
from leadtui.domain.case_kind import CaseKind
from leadtui.domain.case_kind_checking import kind_problems
from leadtui.domain.distribution import DistributionRule
from leadtui.domain.field import Field
from leadtui.domain.message import MessageText, placeholders, placeholders_in
from leadtui.domain.permission import (
    DEFINING,
    OWNER_PROFILE,
    SCOPE_TITLES,
    SCOPED,
    Permission,
    Profile,
    Scope,
    differences,
    grant_names,
    whole_owner,
)
from leadtui.domain.playbook import OPENING, Playbook, PlaybookItem
from leadtui.domain.playbook_table import playbook_table
from leadtui.domain.retry import RetryRule
from leadtui.domain.status import CartableRule, EscalationRule, Status
from leadtui.domain.view import custom_key
from leadtui.domain.workspace import Channel, Definitions, Need, Template, Workspace
from leadtui.errors import Conflict, Invalid
from leadtui.language.text import search_key
from leadtui.language.translate import _, format_list, pgettext
from leadtui.services.case_kind_file import kind_file_table
from leadtui.services.case_kinds import surroundings_of, with_kept_parts
from leadtui.services.defining import DEFINED_BY
from leadtui.services.playbook_file import ASKED_BUILT_IN
from leadtui.services.profiles import require_manager, require_profile_held
from leadtui.services.session import Session
from leadtui.services.templates import NEEDED_CHANNELS, OPENING_PLAYBOOK, load_template
from leadtui.services.transaction import Transaction
from leadtui.store import case_kinds, definitions, leads, outbox, playbooks

__all__ = ["Action", "TemplateDifference", "compare", "import_template", "read_template", "template_text"]


class Action(StrEnum):
    """What bringing a workspace into line with a template does to one definition."""

    ADD = "add"
    CHANGE = "change"
    BRING_BACK = "bring-back"
    RETIRE = "retire"
    MOVE = "move"
    """All of a sort get another order."""


_CHANGED_BY: Mapping[str, Permission] = {
    **DEFINED_BY,
    "playbook": Permission.DEFINE_NEEDS,
    "status.field": Permission.DEFINE_STATUSES,
    "workspace": Permission.CHANGE_WORKSPACE,
    "profile": Permission.MANAGE_COLLEAGUES,
}
"""What one needs for a difference, by its sort."""


@dataclass(frozen=True, slots=True)
class TemplateDifference:
    """One definition that the template has otherwise. `parts` are (what, before, after)."""

    sort: str
    """`workspace`, `status`, `field`, `channel`, `need`, `playbook`, `distribution_rule`, `case_kind`, `message_text` or `profile`.

    A status's own field is `status.field`."""
    action: Action
    title: str
    parts: tuple[tuple[str, str, str], ...] = ()

    @property
    def sorts_anew(self) -> bool:
        """Whether the workspace gets another language, by which all customers are then sorted."""
        return self.sort == "workspace" and any(what == "language" for what, _before, _after in self.parts)


def template_text(session: Session) -> bytes:
    """The definitions in use as a template file, in TOML and UTF-8."""
    import tomli_w

    with session.read(DEFINING) as tx:
        known = tx.definitions
    base = known.workspace
    document: dict[str, Any] = {
        "title": base.title,
        "summary": base.title,
        "language": base.language,
        "calendar": base.calendar.value,
        "region": base.region,
        "zone": base.zone,
        "currency": base.currency,
        "hours": base.hours,
        "windows": base.windows,
        "holidays": list(base.holidays),
        "call_gap": base.call_gap,
        "statuses": [_status_table(each) for each in known.open_statuses],
        "fields": [_field_table(each) for each in known.open_fields if not each.playbook],
        "channels": [{"key": each.key, "title": each.title} for each in _offered_channels(known)],
        "needs": [_need_table(each, known) for each in known.needs if not each.retired],
        "profiles": [_profile_table(each) for each in known.profiles],
        "distribution": [_rule_table(each) for each in known.open_rules],
        "cases": [kind_file_table(each) for each in _sound_kinds(known)],
        "texts": [_text_table(each) for each in _sound_texts(known)],
        OPENING_PLAYBOOK: playbook_table(_in_use(known.opening, known)),
    }
    return tomli_w.dumps({key: value for key, value in document.items() if value}).encode()


def read_template(name_or_path: str) -> Template:
    """A template that comes with leadtui, by name, or a file. Raises Unreadable, which names what is wrong in it."""
    return load_template(name_or_path)


def compare(
    session: Session, template: Template, *, retire_missing: bool = False
) -> list[TemplateDifference]:
    """What would change if the workspace were brought into line with the template.

    Raises Refused where the person may not define, or change the profiles that are changed, and Invalid where these
    would grant or take away what the person does not have.
    """
    with session.read(DEFINING) as tx:
        return _plan(tx, template, retire_missing=retire_missing).differences


def import_template(
    session: Session,
    template: Template,
    *,
    retire_missing: bool = False,
    shown: Sequence[TemplateDifference] | None = None,
) -> list[TemplateDifference]:
    """Bring the workspace into line with the template, in one step, and return what has changed.

    Definitions are the same by their keys. Those that the template lacks stay, or are retired with
    `retire_missing`; nothing is deleted, and profiles that it lacks stay. Raises Refused, Invalid where the template
    cannot go with what is there, or where nobody could manage colleagues any more,
    and Conflict where the differences are no longer those that were `shown`.
    """
    with session.write(DEFINING) as tx:
        plan = _plan(tx, template, retire_missing=retire_missing)
        if shown is not None and list(shown) != plan.differences:
            raise Conflict(
                _("Somebody changed the definitions in the meantime; look at the differences again.")
            )
        plan.check(tx)
        plan.write(tx)
        if plan.differences:
            tx.audit(done(AuditKind.TEMPLATE, title=template.workspace.title, changes=len(plan.differences)))
    session.reload_definitions()
    return plan.differences


def _plan(tx: Transaction, template: Template, *, retire_missing: bool) -> _Plan:
    """What is to be done. Raises Refused where it is more than the person may do, Invalid where it grants more."""
    plan = _Plan(tx.definitions, template, retire_missing=retire_missing)
    for sort in dict.fromkeys(each.sort for each in plan.differences):
        tx.require(_CHANGED_BY[sort])
    if plan.profiles:
        for each in plan.profiles:
            present = tx.definitions.profile(each.key)
            require_profile_held(tx, present, each)
    return plan


def _offered_channels(known: Definitions) -> list[Channel]:
    """Those in use, and those that leadtui itself gives to customers, without which a file is no template."""
    return [each for each in known.channels if not each.retired or each.key in NEEDED_CHANNELS]


def _status_table(status: Status) -> dict[str, Any]:
    table: dict[str, Any] = {
        "key": status.key,
        "title": status.title,
        "glyph": status.glyph,
        "colour": status.colour,
        "kind": status.kind.value,
        "cartable": status.cartable.value,
        "reminder": status.reminder.value,
        "owner_title": _owner_title(status),
        "retry": _retry_table(status.retry),
        "escalation": _escalation_table(status.escalation),
        "fields": [_field_table(each) for each in status.fields if not each.retired],
    }
    return {key: value for key, value in table.items() if value}


def _field_table(field: Field) -> dict[str, Any]:
    table: dict[str, Any] = {
        "key": field.key,
        "title": field.title,
        "kind": field.kind.value,
        "options": list(field.options),
        "required": field.required,
        "found_by": field.found_by,
    }
    return {key: value for key, value in table.items() if value}


def _in_use(playbook: Playbook, known: Definitions) -> Playbook:
    """The playbook without the needs, fields, texts and the status that are out of use, which no template could name."""
    needs = {each.key for each in known.needs if not each.retired}
    fields = {each.key for each in known.open_fields} | set(ASKED_BUILT_IN)
    texts = {each.key for each in _sound_texts(known)}
    asked: set[str] = set()
    items: tuple[PlaybookItem, ...] = ()
    for item in playbook.items:
        if (item.field and item.field not in fields) or (item.when and item.when.key not in asked):
            continue
        asked.add(item.key)
        message = item.message if item.message in texts else ""
        finds = tuple(each for each in item.finds if each[1] in needs)
        items += (replace(item, finds=finds, message=message),)
    if not playbook.status or known.status_of_key(playbook.status) is not None:
        return replace(playbook, items=items)
    return replace(playbook, items=items, status="", answers=())


def _need_table(need: Need, known: Definitions) -> dict[str, Any]:
    book = {"playbook": playbook_table(_in_use(need.playbook, known))} if need.playbook else {}
    return {"key": need.key, "title": need.title} | book


def _sound_kinds(known: Definitions) -> list[CaseKind]:
    """The kinds of cases in use that name nothing which is out of use, as a file must not."""
    around = surroundings_of(replace(known, texts=tuple(_sound_texts(known))))
    return [each for each in known.open_case_kinds if not kind_problems(each, around)]


def _sound_texts(known: Definitions) -> list[MessageText]:
    """The texts in use that fill in nothing which is out of use."""
    fillable = placeholders(known.open_fields, known.open_case_kinds)
    return [
        each for each in known.open_texts if set(placeholders_in(each.subject + each.body)).issubset(fillable)
    ]


def _text_table(text: MessageText) -> dict[str, Any]:
    table = {
        "key": text.key,
        "title": text.title,
        "by": text.medium.value,
        "subject": text.subject,
        "body": text.body,
    }
    return {key: value for key, value in table.items() if value}


def _rule_table(rule: DistributionRule) -> dict[str, Any]:
    """A rule without the people among whom it shares out, who are this workspace's alone."""
    table = {
        "key": rule.key,
        "title": rule.title,
        "sharing": rule.words.sharing,
        "by": rule.words.by,
        "cap": rule.words.cap,
        "on_shift": rule.words.on_shift,
    }
    return {key: value for key, value in table.items() if value}


def _profile_table(profile: Profile) -> dict[str, Any]:
    table: dict[str, Any] = {
        "key": profile.key,
        "title": profile.title,
        "permissions": list(grant_names(profile)),
    }
    told = profile.fields.told()
    return table | {"fields": {_plain_key(key): right for key, right in told.items()}} if told else table


def _plain_key(key: str) -> str:
    """A field as files name it."""
    return custom_key(key) or key


def _retry_table(rule: RetryRule) -> dict[str, Any]:
    return {name: value for name, value in asdict(rule).items() if value} if rule else {}


def _escalation_table(rule: EscalationRule) -> dict[str, Any]:
    return {name: value for name, value in asdict(rule).items() if value}


def _retry_words(rule: RetryRule) -> str:
    """The rule as its parts in a line; nothing where there is none."""
    return "  ".join(f"{name} {value}" for name, value in _retry_table(rule).items())


def _owner_title(status: Status) -> str:
    """What the next owner is called: it is asked only where there is one."""
    return status.owner_title if status.cartable is CartableRule.NEXT else ""


Defined = TypeVar("Defined", Status, Field, Channel, Need, DistributionRule, CaseKind, MessageText)


class _Plan:
    """What has to be written so that a workspace is like a template."""

    def __init__(self, present: Definitions, template: Template, *, retire_missing: bool) -> None:
        self._present = present
        self._template = template
        self._retire_missing = retire_missing
        self.differences: list[TemplateDifference] = []
        self._workspace()
        self.statuses = self._sort("status", present.statuses, template.statuses)
        self.fields = self._sort("field", present.fields, _in_place(template, present))
        self.channels = self._sort("channel", present.channels, template.channels)
        self.needs = self._sort("need", present.needs, template.needs)
        self.rules = self._sort("distribution_rule", present.rules, template.rules)
        self.kinds = self._sort("case_kind", present.case_kinds, template.case_kinds)
        self.books = self._playbooks()
        self.texts = self._sort("message_text", present.texts, template.texts)
        self.profiles = self._changed_profiles()

    def check(self, tx: Transaction) -> None:
        """Raises Invalid where two in use would have one title, or a field of given answers another kind."""
        for wanted in (
            *(self.statuses, self.fields, self.channels, self.needs),
            *(self.rules, self.kinds, self.texts),
        ):
            _check_titles(each.title for each in wanted if not each.retired)
        if self.profiles:
            profiles = {each.key: each for each in (*self._present.profiles, *self.profiles)}
            _check_titles(each.title for each in profiles.values())
            require_manager(self._present, profiles.values())
        stored = {each.id: each for each in self._present.case_kinds}
        self.kinds = [with_kept_parts(tx, each, stored.get(each.id)) for each in self.kinds]
        before = {each.id: each for each in self._present.fields}
        for each in self.fields:
            if each.id and before[each.id].kind is not each.kind:
                answered = leads.count_with_custom(tx, each.key)
                if answered:
                    raise Invalid(
                        _(
                            "{count} customers have answers of “{title}” as it is, so that its kind stays; give the field "
                            "another key in the file."
                        ).format(count=answered, title=before[each.id].title)
                    )

    def write(self, tx: Transaction) -> None:
        """Write all of it."""
        if any(each.sort == "workspace" for each in self.differences):
            definitions.save_workspace(tx, self._wanted)
        present = self._present
        _write(tx, "status", present.statuses, self.statuses)
        _write(tx, "field", present.fields, self.fields)
        _write(tx, "channel", present.channels, self.channels)
        _write(tx, "need", present.needs, self.needs)
        _write(tx, "distribution_rule", present.rules, self.rules)
        _write(tx, "case_kind", present.case_kinds, self.kinds)
        _write(tx, "message_text", present.texts, self.texts)
        for owner, book in self.books.items():
            playbooks.add_version(tx, owner, book, tx.actor.id, tx.now)
        for profile in self.profiles:
            definitions.save_profile(tx, profile)

    @property
    def _wanted(self) -> Workspace:
        """The template's workspace; whose it is stays, and of a week and holidays that it says nothing of, those there are."""
        present, wanted = self._present.workspace, self._template.workspace
        return replace(
            wanted,
            hours=wanted.hours or present.hours,
            windows=wanted.windows or present.windows,
            holidays=wanted.holidays or present.holidays,
            kind=present.kind,
            registered_name=present.registered_name,
            registered_number=present.registered_number,
        )

    def _workspace(self) -> None:
        parts = _parts(_workspace_parts(self._present.workspace), _workspace_parts(self._wanted))
        if parts:
            title = self._present.workspace.title
            self.differences.append(TemplateDifference("workspace", Action.CHANGE, title, parts))

    def _sort(self, sort: str, present: Sequence[Defined], wanted: Sequence[Defined]) -> list[Defined]:
        """All definitions of a sort as they are to stand: the template's in its order, then the others in theirs."""
        known = {each.key: each for each in present}
        named = {each.key for each in wanted}
        result = [self._like(sort, each, known.get(each.key)) for each in wanted]
        kept = [each.id for each in present if each.key in named and not each.retired]
        if kept != [each.id for each in result if each.id in set(kept)]:
            self.differences.append(TemplateDifference(sort, Action.MOVE, ""))
        for each in present:
            if each.key in named:
                continue
            asked = isinstance(each, Field) and bool(each.playbook)
            # What a playbook asks goes and stays with it, whatever is to be done with other fields.
            goes = (
                not self._asked_still(each) if asked else self._retire_missing and not self._sent_still(each)
            )
            retire = goes and not each.retired
            if retire:
                self.differences.append(TemplateDifference(sort, Action.RETIRE, each.title))
            result.append(replace(each, retired=each.retired or retire))
        return result

    def _playbooks(self) -> dict[str, Playbook]:
        """The playbooks that the template has otherwise, by whose they are; one that it lacks stays."""
        changed: dict[str, Playbook] = {}
        wanted = [(OPENING, "", self._template.opening)]
        wanted += [(each.key, each.title, each.playbook) for each in self._template.needs]
        for owner, title, book in wanted:
            present = self._present.playbook(owner)
            if book and book not in (present, _in_use(present, self._present)):
                action = Action.CHANGE if present else Action.ADD
                self.differences.append(TemplateDifference("playbook", action, title))
                changed[owner] = book
        return changed

    def _asked_still(self, defined: Defined) -> bool:
        """Whether it is a field of a playbook about which the template says nothing, and which therefore stays."""
        if not isinstance(defined, Field) or not defined.playbook:
            return False
        said = {each.key for each in self._template.needs if each.playbook}
        return defined.playbook not in (said | ({OPENING} if self._template.opening else set()))

    def _sent_still(self, defined: Defined) -> bool:
        """Whether it is a text that playbooks or cases go on to send, and which therefore stays."""
        if not isinstance(defined, MessageText):
            return False
        needs = tuple(replace(each, playbook=self._book(each.key)) for each in self.needs)
        after = replace(self._present, needs=needs, opening=self._book(OPENING), case_kinds=tuple(self.kinds))
        return bool(after.sending(defined.key))

    def _book(self, owner: str) -> Playbook:
        return self.books.get(owner) or self._present.playbook(owner)

    def _changed_profiles(self) -> list[Profile]:
        """The profiles that the template has otherwise, as they are to stand. Those that it lacks stay: people have them."""
        changed: list[Profile] = []
        for described in self._template.profiles:
            owner = described.key == OWNER_PROFILE
            wanted = whole_owner(described) if owner else described
            present = self._present.profile(wanted.key)
            parts = _profile_parts(present, wanted)
            if present is None:
                self.differences.append(TemplateDifference("profile", Action.ADD, wanted.title, parts))
                changed.append(wanted)
            elif parts:
                self.differences.append(TemplateDifference("profile", Action.CHANGE, present.title, parts))
                changed.append(replace(wanted, id=present.id))
        return changed

    def _like(self, sort: str, wanted: Defined, present: Defined | None) -> Defined:
        """The template's definition in the place of the present one of that key."""
        if present is None:
            self.differences.append(TemplateDifference(sort, Action.ADD, wanted.title))
            return wanted
        needed = isinstance(wanted, Channel) and wanted.key in NEEDED_CHANNELS
        # Whether a rule is switched on is the workspace's own affair.
        retired = present.retired and (needed or isinstance(wanted, DistributionRule))
        if present.retired and not retired:
            self.differences.append(TemplateDifference(sort, Action.BRING_BACK, present.title))
        parts = _parts(_definition_parts(present), _definition_parts(wanted))
        if parts:
            self.differences.append(TemplateDifference(sort, Action.CHANGE, present.title, parts))
        like = replace(wanted, id=present.id, position=present.position, retired=retired)
        if isinstance(like, Need) and isinstance(present, Need):
            like = replace(like, playbook=present.playbook)  # it has versions, and is compared by itself
        if isinstance(like, Status) and isinstance(present, Status) and isinstance(wanted, Status):
            like = replace(like, fields=tuple(self._own_fields(present, wanted)))
        if isinstance(like, Field) and isinstance(present, Field):
            like = replace(like, status_id=present.status_id)
        if isinstance(like, DistributionRule) and isinstance(present, DistributionRule):
            words = replace(like.words, among=present.words.among)
            like = replace(like, words=words, retired=present.retired)
        return like

    def _own_fields(self, present: Status, wanted: Status) -> list[Field]:
        """The fields of a status, whose differences are told with its title."""
        before = len(self.differences)
        fields = self._sort("status.field", present.fields, wanted.fields)
        self.differences[before:] = [
            replace(each, title=f"{present.title} › {each.title}" if each.title else present.title)
            for each in self.differences[before:]
        ]
        return fields


def _in_place(template: Template, present: Definitions) -> list[Field]:
    """The template's fields in its order; where that is the present one, those of playbooks stay where they are."""
    place = {each.key: at for at, each in enumerate(present.fields)}
    known = [place[each.key] for each in template.fields if each.key in place]
    if known != sorted(known) or len(known) < len(template.fields):
        return list(template.all_fields)
    return sorted(template.all_fields, key=lambda each: place.get(each.key, len(place)))


def _check_titles(titles: Iterable[str]) -> None:
    """Raises Invalid where two have the same title."""
    seen: set[str] = set()
    for title in titles:
        key = search_key(title) or title
        if key in seen:
            raise Invalid(
                _("Two would be called “{title}”; give one of them another title in the file.").format(
                    title=title
                )
            )
        seen.add(key)


def _write(
    tx: Transaction,
    sort: str,
    present: Sequence[Defined],
    wanted: Sequence[Defined],
) -> None:
    known: Mapping[int, Defined] = {each.id: each for each in present}
    ids: list[int] = []
    for position, each in enumerate(wanted):
        before = known.get(each.id)
        row_id = each.id
        if before != each:
            row_id = _save(tx, replace(each, position=position))
        if before is not None and before.retired != each.retired:
            definitions.set_retired(tx, sort, row_id, retired=each.retired)
        ids.append(row_id)
    if ids != [each.id for each in present]:
        definitions.reorder(tx, sort, ids)


def _save(
    tx: Transaction, wanted: Status | Field | Channel | Need | DistributionRule | CaseKind | MessageText
) -> int:
    if isinstance(wanted, MessageText):
        return outbox.save_text(tx, wanted)
    if isinstance(wanted, CaseKind):
        return case_kinds.save(tx, wanted)
    if isinstance(wanted, Status):
        return definitions.save_status(tx, wanted)
    if isinstance(wanted, Field):
        return definitions.save_field(tx, wanted)
    if isinstance(wanted, DistributionRule):
        return definitions.save_rule(tx, wanted)
    sort = "channel" if isinstance(wanted, Channel) else "need"
    if wanted.id:
        definitions.rename(tx, sort, wanted.id, wanted.title)
        return wanted.id
    add = definitions.add_channel if sort == "channel" else definitions.add_need
    return add(tx, wanted.key, wanted.title, wanted.position)


def _parts(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (name, before.get(name, ""), after.get(name, ""))
        for name in {**before, **after}
        if before.get(name, "") != after.get(name, "")
    )


def _kind_parts(kind: CaseKind) -> dict[str, str]:
    """A part for each role, field, state and move, as it is kept, and one for each of their orders."""
    table = kind_file_table(kind)
    parts = {"parent": kind.parent}
    for name in ("roles", "fields", "states", "moves"):
        listed = cast("list[dict[str, Any]]", table.get(name, []))
        parts[name] = format_list(str(each["title"]) for each in listed)
        parts |= {f"{name}.{each['key']}": json.dumps(each, ensure_ascii=False) for each in listed}
    return parts


def _profile_parts(before: Profile | None, after: Profile) -> tuple[tuple[str, str, str], ...]:
    """What differs, permission by permission: whoever agrees to it sees what people could do."""
    was = Profile(0, after.key, "") if before is None else before
    titles = () if before is None or before.title == after.title else (("title", before.title, after.title),)
    permissions = tuple(
        (each.value, _scope_words(was, each), _scope_words(after, each)) for each in differences(was, after)
    )
    told, known = after.fields.told(), {} if before is None else before.fields.told()
    return (
        titles
        + permissions
        + tuple(
            (_plain_key(key), known.get(key, ""), told.get(key, ""))
            for key in sorted(told.keys() | known.keys())
            if told.get(key) != known.get(key)
        )
    )


def _scope_words(profile: Profile, permission: Permission) -> str:
    scope = profile.scope(permission)
    if permission in SCOPED:
        return pgettext("scope", SCOPE_TITLES[scope])
    return pgettext("choice", "yes") if scope is Scope.ALL else pgettext("choice", "no")


def _workspace_parts(workspace: Workspace) -> dict[str, str]:
    return {
        "title": workspace.title,
        "language": workspace.language,
        "calendar": workspace.calendar.value,
        "region": workspace.region,
        "zone": workspace.zone,
        "currency": workspace.currency,
        "hours": workspace.hours,
        "windows": workspace.windows,
        "holidays": format_list(workspace.holidays),
        "call_gap": str(workspace.call_gap or ""),
    }


def _definition_parts(
    defined: Status | Field | Channel | Need | DistributionRule | CaseKind | MessageText,
) -> dict[str, str]:
    parts = {"title": defined.title}
    if isinstance(defined, MessageText):
        parts |= {"by": defined.medium.value, "subject": defined.subject, "body": defined.body}
    if isinstance(defined, CaseKind):
        parts |= _kind_parts(defined)
    if isinstance(defined, Status):
        parts |= {
            "glyph": defined.glyph,
            "colour": defined.colour,
            "kind": defined.kind.value,
            "cartable": defined.cartable.value,
            "reminder": defined.reminder.value,
            "owner_title": _owner_title(defined),
            "retry": _retry_words(defined.retry),
            "escalation": "  ".join(
                f"{name} {value}" for name, value in _escalation_table(defined.escalation).items()
            ),
        }
    if isinstance(defined, Field):
        parts |= {
            "kind": defined.kind.value,
            "options": format_list(defined.options),
            "required": pgettext("choice", "yes") if defined.required else pgettext("choice", "no"),
            "found_by": pgettext("choice", "yes") if defined.found_by else pgettext("choice", "no"),
        }
    if isinstance(defined, DistributionRule):
        words = defined.words
        parts |= {
            "sharing": words.sharing,
            "by": words.by,
            "cap": "" if words.cap is None else str(words.cap),
            "on_shift": pgettext("choice", "yes") if words.on_shift else pgettext("choice", "no"),
        }
    return parts
