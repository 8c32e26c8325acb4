"""The workspace itself: what it is called, where it is, and how it writes."""

from __future__ import annotations

import re
from dataclasses import replace

from leadtui.domain.defining import call_gap_problem
from leadtui.domain.holiday import MOST_HOLIDAYS, read_holiday
from leadtui.domain.permission import Permission
from leadtui.domain.week import read_week
from leadtui.domain.workspace import AS_HOURS, Template, Workspace
from leadtui.errors import Conflict, Invalid, InvalidAnswers
from leadtui.language.phone import default_region_known
from leadtui.language.territory import customs_of
from leadtui.language.text import clean
from leadtui.language.translate import LANGUAGES, _, base_language, counted, format_list
from leadtui.services.session import Session
from leadtui.services.templates import is_zone, own_zone
from leadtui.store import definitions

WORKSPACE = "workspace"
"""The name under which its changes are told."""


def change_workspace(session: Session, workspace: Workspace, before: Workspace | None = None) -> Workspace:
    """Keep what the workspace is called and how it writes; in another language its customers are sorted anew.

    Raises InvalidAnswers with a problem for each wrong part, Conflict where somebody changed it since `before` was read.
    """
    cleaned = clean_workspace(workspace)
    with session.write(Permission.CHANGE_WORKSPACE) as tx:
        stored = tx.definitions.workspace
        if before is not None and stored != before:
            raise Conflict(_("Somebody else changed the workspace in the meantime; look again, then save."))
        definitions.save_workspace(tx, replace(cleaned, id=stored.id))
    return session.reload_definitions().workspace


def clean_workspace(workspace: Workspace) -> Workspace:
    """The workspace as it may be kept. Raises InvalidAnswers, each problem under the name of the part."""
    cleaned = replace(
        workspace,
        title=clean(workspace.title),
        region=clean(workspace.region).upper(),
        zone=clean(workspace.zone),
        currency=clean(workspace.currency).upper(),
    )
    problems: list[Invalid] = []
    cleaned = _with_week(cleaned, problems)
    if not cleaned.title:
        problems.append(Invalid(_("A name is needed."), "title"))
    if base_language(cleaned.language) not in LANGUAGES:
        sentence = _("leadtui does not speak “{language}”. It speaks {known}.")
        problems.append(
            Invalid(sentence.format(language=cleaned.language, known=format_list(LANGUAGES)), "language")
        )
    if not default_region_known(cleaned.region):
        sentence = _("“{typed}” is no country; type its name or its code, such as Germany or DE.")
        problems.append(Invalid(sentence.format(typed=workspace.region), "region"))
    if not is_zone(cleaned.zone):
        sentence = _("“{typed}” is no time zone; type one such as Asia/Tehran.")
        problems.append(Invalid(sentence.format(typed=workspace.zone), "zone"))
    if not re.fullmatch("[A-Z]{3}", cleaned.currency):
        sentence = _("“{typed}” is no currency; type three letters such as EUR.")
        problems.append(Invalid(sentence.format(typed=workspace.currency), "currency"))
    if problem := call_gap_problem(cleaned.call_gap):
        problems.append(problem)
    if problems:
        raise InvalidAnswers(tuple(problems))
    return cleaned


def _with_week(workspace: Workspace, problems: list[Invalid]) -> Workspace:
    """The workspace with its week and holidays as they are kept, as far as they can be read."""
    read: dict[str, str] = {}
    for key in ("hours", "windows"):
        typed = clean(getattr(workspace, key))
        try:
            read[key] = AS_HOURS if typed == AS_HOURS and key == "windows" else read_week(typed, key).text
        except Invalid as problem:
            problems.append(problem)
    holidays: dict[str, None] = {}
    for typed in filter(None, map(clean, workspace.holidays)):
        try:
            holidays[read_holiday(typed, workspace.calendar, workspace.region, "holidays").text] = None
        except Invalid as problem:
            problems.append(problem)
    if len(holidays) > MOST_HOLIDAYS:
        sentence = _("These are more holidays than are kept ({most}); take off those that are over.")
        problems.append(Invalid(sentence.format(most=counted(MOST_HOLIDAYS)), "holidays"))
    return replace(workspace, **read, holidays=tuple(holidays))


def template_for(template: Template, title: str, region: str, language: str = "") -> Template:
    """The template for a firm in a country (an ISO 3166 alpha-2 code), with the customs of there.

    Without a language it speaks the template's. Raises InvalidAnswers.
    """
    customs = customs_of(region, own_zone())
    workspace = Workspace(
        id=0,
        title=title,
        language=language or template.workspace.language,
        calendar=customs.calendar,
        region=region,
        zone=customs.zone,
        currency=customs.currency,
        hours=template.workspace.hours,
        windows=template.workspace.windows,
        holidays=template.workspace.holidays,
        call_gap=template.workspace.call_gap,
    )
    return replace(template, workspace=clean_workspace(workspace), names_region=True)
