"""Workspace templates: which there are, and reading one so that whatever is wrong in it is named with its fix."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from leadtui import paths
from leadtui.domain.defining import CALL_GAP, call_gap_problem, clean_text, escalation_problem, retry_problem
from leadtui.domain.distribution import CHANNEL, CITY, NEED, DistributionRule, RuleWords, Sharing
from leadtui.domain.field import FOUND_KINDS, Field, FieldKind
from leadtui.domain.field_rights import ALL_EDITED, FieldRight, FieldRights
from leadtui.domain.follow_up import NOTE_FIELD, OWNER_FIELD, REMINDER_FIELD, STATUS_FIELD
from leadtui.domain.holiday import read_holiday
from leadtui.domain.lead_fields import BUILT_IN, built_in, rights_allowed, with_right
from leadtui.domain.message import Medium, MessageText, placeholders
from leadtui.domain.permission import Profile, granted_profile
from leadtui.domain.retry import RetryPace, RetryRule
from leadtui.domain.status import (
    STATUS_COLOURS,
    CartableRule,
    EscalationRule,
    ReminderRule,
    Status,
    StatusKind,
)
from leadtui.domain.view import custom_sort
from leadtui.domain.week import read_week
from leadtui.domain.workspace import AS_HOURS, Channel, Need, Template, Workspace
from leadtui.errors import Invalid, InvalidAnswers, Unreadable
from leadtui.language.calendar import Calendar
from leadtui.language.phone import default_region_known
from leadtui.language.territory import region_of_zone
from leadtui.language.text import clean_multiline, safe
from leadtui.language.translate import _, format_list
from leadtui.services.case_kind_file import read_kinds, require_sound_kinds
from leadtui.services.case_kinds import kind_surroundings
from leadtui.services.playbook_file import playbook_under, require_sound, surroundings
from leadtui.services.toml_reader import TomlTable, nearest, one_cell, read_file, unknown_value

NEEDED_CHANNELS = ("import", "web_form", "sign_up", "phone_call", "advertising", "by_hand")
"""The keys of the entry channels that importing and typing in give to customers."""

BUILT_IN_FIELDS = (*(each.key for each in BUILT_IN), NOTE_FIELD)
"""What every customer has: a workspace's own field cannot have such a key."""


def list_templates() -> tuple[Template, ...]:
    """The templates that come with leadtui, by key. Raises Unreadable."""
    return tuple(map(_template, _files()))


def load_template(name_or_path: str) -> Template:
    """A template that comes with leadtui, by name, or one of your own, by the path of its TOML file.

    Raises Unreadable, which names the file, the key and the fix of the first thing that is wrong.
    """
    built_in = {file.stem: file for file in _files()}
    if name_or_path in built_in:
        return _template(built_in[name_or_path])
    file = Path(name_or_path).expanduser()
    # Path.is_file() raises for what cannot be the name of a file, such as one of ten thousand letters.
    if file.name != name_or_path or file.suffix or os.path.isfile(file):  # noqa: PTH113
        return _template(file)
    raise Unreadable(_no_such_template(name_or_path, tuple(built_in)))


def _files() -> list[Path]:
    return sorted(paths.templates_folder().glob("*.toml"))


def _no_such_template(name: str, known: tuple[str, ...]) -> str:
    near = nearest(name, known)
    if near is not None:
        sentence = _(
            "There is no template “{name}”; did you mean “{nearest}”? There are: {known}; or give a TOML file."
        )
    else:
        sentence = _("There is no template “{name}”. There are: {known}; or give a TOML file.")
    return sentence.format(name=safe(name), nearest=near, known=format_list(known))


def _template(file: Path) -> Template:
    table = read_file(file)
    table.allow(
        *("title", "summary", "language", "calendar", "region", "zone", "currency"),
        *("hours", "windows", "holidays", "call_gap"),
        *(
            "statuses",
            "fields",
            "channels",
            "needs",
            "profiles",
            "distribution",
            "playbook",
            "cases",
            "texts",
        ),
    )
    template = Template(
        key=file.stem,
        summary=table.text("summary", '"One line that says whom it suits"'),
        workspace=_workspace(table),
        names_region="region" in table.values,
        statuses=_statuses(table),
        fields=_fields(table, BUILT_IN_FIELDS),
        channels=_channels(table),
        needs=_needs(table),
        profiles=_profiles(table),
        rules=_rules(table),
        texts=_texts(table),
        case_kinds=read_kinds(table),
        opening=playbook_under(table, OPENING_PLAYBOOK),
    )
    template = replace(template, texts=_sound_texts(table, template))
    _require_sound_playbooks(table, template)
    known = kind_surroundings(
        template.case_kinds, template.statuses, template.first_profiles, template.all_fields, template.texts
    )
    require_sound_kinds(table, template.case_kinds, known)
    if not template.statuses:
        raise table.problem("statuses", _("This is missing; write one or more below lines [[statuses]]."))
    return template


OPENING_PLAYBOOK = "playbook"
"""The table of the playbook by which one begins where the need is not known."""


def _needs(table: TomlTable) -> tuple[Need, ...]:
    named = _named(table, "needs", "first_course", ("key", "title", "playbook"))
    return tuple(
        Need(0, key, title, position, playbook=playbook_under(each, "playbook"))
        for position, (each, (key, title)) in enumerate(zip(table.tables("needs"), named, strict=True))
    )


def _require_sound_playbooks(table: TomlTable, template: Template) -> None:
    known = surroundings(template.fields, template.statuses, template.needs, template.texts)
    require_sound(table, OPENING_PLAYBOOK, template.opening, known)
    for each, need in zip(table.tables("needs"), template.needs, strict=True):
        require_sound(each, "playbook", need.playbook, known)
    own = [each for each in template.all_fields if each.playbook]
    table.different((f"fields ({each.key})", each.title) for each in (*template.fields, *own))
    keys = {each.key for each in template.fields}
    for each in own:
        if each.key in keys:
            words = _("“{key}” is what leadtui itself calls another field; choose another key.")
            raise table.problem(f"fields ({each.key})", words.format(key=each.key))
        keys.add(each.key)


def _workspace(table: TomlTable) -> Workspace:
    return Workspace(
        id=0,
        title=table.text("title", '"My desk"'),
        language=table.shaped(
            "language",
            "[a-z]{2,3}([_-][A-Z]{2})?",
            "en",
            _("“{value}” is not the code of a language; write one such as en, fa or ar."),
        ),
        calendar=table.choice("calendar", Calendar),
        region=_region(table),
        zone=_zone(table),
        currency=table.shaped(
            "currency",
            "[A-Z]{3}",
            "EUR",
            _("“{value}” is not the code of a currency; write three capital letters such as EUR or IRR."),
        ),
        hours=_week(table, "hours"),
        windows=_week(table, "windows"),
        holidays=_holidays(table),
        call_gap=_call_gap(table),
    )


def _week(table: TomlTable, name: str) -> str:
    """A week as it is kept; windows may be as the hours."""
    typed = table.text(name, '"Mon-Fri 9-13, 14-17"', "")
    if name == "windows" and typed == AS_HOURS:
        return typed
    try:
        return read_week(typed).text
    except Invalid as problem:
        raise table.problem(name, str(problem)) from problem


def _holidays(table: TomlTable) -> tuple[str, ...]:
    found: list[str] = []
    calendar = table.choice("calendar", Calendar)
    for index, typed in enumerate(table.texts("holidays")):
        try:
            found.append(read_holiday(typed, calendar, _region(table)).text)
        except Invalid as problem:
            raise table.problem(f"holidays[{index}]", str(problem)) from problem
    return tuple(found)


def _call_gap(table: TomlTable) -> int:
    gap = table.number(CALL_GAP) if CALL_GAP in table.values else 0
    problem = call_gap_problem(gap)
    if problem is not None:
        raise table.problem(CALL_GAP, str(problem))
    return gap


def _region(table: TomlTable) -> str:
    if "region" not in table.values:
        return region_of_zone(own_zone()) or _USUAL_REGION
    region = table.shaped(
        "region",
        "[A-Z]{2}",
        _USUAL_REGION,
        _("“{value}” is not the code of a country; write two capital letters such as US or IR."),
    )
    if not default_region_known(region):
        raise table.problem(
            "region",
            _(
                "“{value}” is no country whose telephone numbers are known; write its ISO code, such as US or IR."
            ).format(value=region),
        )
    return region


_USUAL_REGION = "US"
"""Where neither a file nor the machine tells the country."""


def _zone(table: TomlTable) -> str:
    if "zone" not in table.values:
        return own_zone()
    zone = table.text("zone", '"Asia/Tehran"')
    if not is_zone(zone):
        known = ["Asia/Tehran", *sorted(available_timezones() - _NO_PLACES)]
        raise table.problem("zone", unknown_value(zone, known, listed=False))
    return zone


# In the zones' folder too, but another time on every machine, or none.
_NO_PLACES = frozenset({"localtime", "posixrules", "Factory"})


def is_zone(name: str) -> bool:
    """Whether that is an IANA time zone of a place."""
    if name in _NO_PLACES:
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def own_zone() -> str:
    """The machine's zone by its IANA name, where it can be told; else UTC."""
    named = os.environ.get("TZ", "").removeprefix(":")
    # Where /etc/localtime is a link it leads into a folder of zones, as on Linux and macOS (tzset(3)).
    linked = str(Path("/etc/localtime").resolve()).rpartition("zoneinfo/")[2]
    return next(
        (zone for zone in (named, linked) if zone and not zone.startswith("/") and is_zone(zone)), "UTC"
    )


def _statuses(table: TomlTable) -> tuple[Status, ...]:
    known = (
        "key",
        "title",
        "glyph",
        "colour",
        "kind",
        "cartable",
        "reminder",
        "owner_title",
        "fields",
        "retry",
        "escalation",
    )
    named = _named(table, "statuses", "call_back", known)
    found = tuple(
        _status(each, position, key, title)
        for position, (each, (key, title)) in enumerate(zip(table.tables("statuses"), named, strict=True))
    )
    for each, status in zip(table.tables("statuses"), found, strict=True):
        problem = retry_problem(status, found)
        if problem is not None:
            raise each.table("retry").problem(problem.field.removeprefix("retry."), str(problem))
        problem = escalation_problem(status)
        if problem is not None:
            raise each.table("escalation").problem(problem.field.removeprefix("escalation."), str(problem))
    return found


def _escalation(table: TomlTable) -> EscalationRule:
    if "escalation" not in table.values:
        return EscalationRule()
    rule = table.table("escalation")
    rule.allow("supervisor_after", "pool_after")
    said = {each: rule.number(each) for each in ("supervisor_after", "pool_after") if each in rule.values}
    return EscalationRule(**said)


def _retry(table: TomlTable) -> RetryRule:
    if "retry" not in table.values:
        return RetryRule()
    rule = table.table("retry")
    rule.allow("pace", "after_minutes", "most", "then_status", "releases")
    return RetryRule(
        pace=rule.choice("pace", RetryPace),
        after_minutes=rule.number("after_minutes"),
        most=rule.number("most"),
        then_status=rule.text("then_status", '"not_reached"', ""),
        releases=rule.flag("releases", usual=False),
    )


def _status(table: TomlTable, position: int, key: str, title: str) -> Status:
    cartable = table.choice("cartable", CartableRule, CartableRule.STAY)
    if "owner_title" in table.values and cartable is not CartableRule.NEXT:
        raise table.problem(
            "owner_title", _("This is asked only where cartable is “next”; leave it out, or set that rule.")
        )
    return Status(
        id=0,
        key=key,
        title=title,
        glyph=one_cell(table, "glyph", "●"),
        colour=table.word("colour", STATUS_COLOURS, "blue"),
        position=position,
        kind=table.choice("kind", StatusKind, StatusKind.OPEN),
        cartable=cartable,
        reminder=table.choice("reminder", ReminderRule, ReminderRule.NO),
        owner_title=table.text("owner_title", '"Who holds the meeting"', ""),
        retry=_retry(table),
        escalation=_escalation(table),
        fields=_fields(table, (STATUS_FIELD, OWNER_FIELD, REMINDER_FIELD, NOTE_FIELD)),
    )


def _fields(table: TomlTable, reserved: Sequence[str]) -> tuple[Field, ...]:
    # Customers are found by their own fields alone, not by what a status asked.
    marks = ("found_by",) if reserved is BUILT_IN_FIELDS else ()
    named = _named(table, "fields", "company", ("key", "title", "kind", "options", "required", *marks))
    fields: list[Field] = []
    for position, (each, (key, title)) in enumerate(zip(table.tables("fields"), named, strict=True)):
        if key in reserved:
            raise each.problem(
                "key",
                _("“{key}” is what leadtui itself calls another field; choose another key.").format(key=key),
            )
        kind = each.choice("kind", FieldKind, FieldKind.TEXT)
        options = _options(each, kind)
        fields.append(
            Field(
                *(0, key, title, kind, options),
                required=each.flag("required", False),
                position=position,
                found_by=_found_by(each, kind),
            )
        )
    return tuple(fields)


def _found_by(table: TomlTable, kind: FieldKind) -> bool:
    found_by = table.flag("found_by", False)
    if found_by and kind not in FOUND_KINDS:
        raise table.problem(
            "found_by", _("Customers are found by texts alone; choose another kind of answer.")
        )
    return found_by


def _options(table: TomlTable, kind: FieldKind) -> tuple[str, ...]:
    options = table.texts("options")
    chosen = kind in (FieldKind.CHOICE, FieldKind.CHOICES)
    if chosen and not options:
        raise table.problem(
            "options",
            _("A field of kind “{kind}” needs its choices; add a line such as {example}.").format(
                kind=kind.value, example='options = ["Morning", "Evening"]'
            ),
        )
    if options and not chosen:
        raise table.problem(
            "options",
            _("A field of kind “{kind}” has no choices; leave this out, or make it kind “choice”.").format(
                kind=kind.value
            ),
        )
    return options


def _channels(table: TomlTable) -> tuple[Channel, ...]:
    named = _named(table, "channels", "web_form")
    keys = [key for key, _title in named]
    for needed in NEEDED_CHANNELS:
        if needed not in keys:
            raise table.problem(
                "channels",
                _(
                    "There is none with the key “{key}”, which leadtui itself gives to customers; add it."
                ).format(key=needed),
            )
    return tuple(Channel(0, key, title, position) for position, (key, title) in enumerate(named))


def _profiles(table: TomlTable) -> tuple[Profile, ...]:
    """Profiles, of which a template need have none. What another leadtui allows and this one does not know is left out."""
    named = _named(table, "profiles", "support", ("key", "title", "permissions", "fields"))
    return tuple(
        granted_profile(Profile(0, key, title, fields=_field_rights(each)), each.texts("permissions"))
        for each, (key, title) in zip(table.tables("profiles"), named, strict=True)
    )


def _field_rights(table: TomlTable) -> FieldRights:
    """How far a profile's people reach the fields that it names by their keys; every other one they edit."""
    rights = ALL_EDITED
    if "fields" in table.values:
        told = table.table("fields")
        for named in told.values:
            key = named if built_in(named) is not None else custom_sort(named)
            words = [each.value for each in rights_allowed(key)]
            rights = with_right(rights, key, FieldRight(told.word(named, words)))
    return rights


def _rules(table: TomlTable) -> tuple[DistributionRule, ...]:
    """Rules of distribution, switched off: among whom they share out is for each workspace to say."""
    named = _named(table, "distribution", "new_ones", ("key", "title", "sharing", "by", "cap", "on_shift"))
    fields = {each.text("key", '"company"') for each in table.tables("fields")}
    rules: list[DistributionRule] = []
    for place, (each, (key, title)) in enumerate(zip(table.tables("distribution"), named, strict=True)):
        by = each.word("by", sorted({CHANNEL, CITY, NEED} | fields), "") if "by" in each.values else ""
        cap = each.number("cap") if "cap" in each.values else None
        if cap is not None and cap < 1:
            raise each.problem("cap", _("Write a number of customers, such as 200, or nothing."))
        words = RuleWords(
            each.choice("sharing", Sharing).value, by=by, cap=cap, on_shift=each.flag("on_shift", usual=False)
        )
        rules.append(DistributionRule(0, key, title, words, place))
    return tuple(rules)


def _texts(table: TomlTable) -> tuple[MessageText, ...]:
    """What messages to customers say. The gateways by which they go, and their secrets, are each workspace's own."""
    named = _named(table, "texts", "appointment", ("key", "title", "by", "subject", "body"))
    return tuple(
        MessageText(0, key, title, each.choice("by", Medium), _body(each), _subject(each), place)
        for place, (each, (key, title)) in enumerate(zip(table.tables("texts"), named, strict=True))
    )


def _body(table: TomlTable) -> str:
    table.text("body", '"Dear {name}, …"')
    return clean_multiline(str(table.values["body"]))


def _subject(table: TomlTable) -> str:
    return table.text("subject", '"Our offer"', "")


def _sound_texts(table: TomlTable, template: Template) -> tuple[MessageText, ...]:
    known = placeholders(template.all_fields, template.case_kinds)
    found: list[MessageText] = []
    for each, text in zip(table.tables("texts"), template.texts, strict=True):
        try:
            found.append(clean_text(text, (), known))
        except InvalidAnswers as error:
            problem = error.problems[0]
            raise each.problem(problem.field, str(problem)) from error
    return tuple(found)


def _named(
    table: TomlTable, name: str, example: str, known: Sequence[str] = ("key", "title")
) -> list[tuple[str, str]]:
    """Key and title, none twice, of each table under `name`, which hold nothing but what is `known`."""
    named: list[tuple[str, str]] = []
    for each in table.tables(name):
        each.allow(*known)
        key = each.shaped(
            "key",
            "[a-z][a-z0-9_]*",
            example,
            _("“{value}” cannot be a key; take small Latin letters, digits and _, such as {example}."),
        )
        named.append((key, each.text("title", f'"{example.replace("_", " ").capitalize()}"')))
    table.different((f"{name}[{index}].key", key) for index, (key, _title) in enumerate(named))
    table.different((f"{name}[{index}].title", title) for index, (_key, title) in enumerate(named))
    return named
