"""The workspace itself: what it is called, where it is, and how it writes."""

from __future__ import annotations

import re
from dataclasses import replace

from leadtui.domain.defining import call_gap_problem
from leadtui.domain.holiday import MOST_HOLIDAYS, read_holiday
from leadtui.domain.permission import Permission
from leadtui.domain.signing_in import idle_lock_problem, sign_in_days_problem
from leadtui.domain.week import no_weekday, read_week
from leadtui.domain.workspace import AS_HOURS, Template, Workspace, WorkspaceKind
from leadtui.errors import Conflict, Invalid, InvalidAnswers, Refused
from leadtui.language.calendar import WEEK_AS_USUAL
from leadtui.language.phone import default_region_known
from leadtui.language.registered_number import is_registered_number, registered_number
from leadtui.language.territory import customs_of, region_title
from leadtui.language.text import clean, search_key
from leadtui.language.translate import LANGUAGES, _, base_language, counted, format_list, language
from leadtui.services.session import Session
from leadtui.services.templates import is_zone, own_zone
from leadtui.services.transaction import Transaction
from leadtui.store import definitions, workspaces

WORKSPACE = "workspace"
"""The name under which its changes are told."""


def change_workspace(session: Session, workspace: Workspace, before: Workspace | None = None) -> Workspace:
    """Keep what the workspace is called and how it writes; in another language its customers are sorted anew.

    Raises InvalidAnswers with a problem for each wrong part, Conflict where somebody changed it since `before` was read.
    """
    cleaned = clean_workspace(workspace, before or session.workspace)
    with session.write(Permission.CHANGE_WORKSPACE) as tx:
        stored = tx.definitions.workspace
        if before is not None and stored != before:
            raise Conflict(_("Somebody else changed the workspace in the meantime; look again, then save."))
        if cleaned.title != stored.title:
            require_free_title(tx, cleaned.title, but=stored.id)
        definitions.save_workspace(tx, replace(cleaned, id=stored.id))
    return session.reload_definitions().workspace


def require_business(tx: Transaction) -> None:
    """Raises Refused where the workspace is none that may have colleagues, and says what makes it one."""
    workspace = tx.workspace
    if workspace.may_have_colleagues:
        return
    if workspace.kind is WorkspaceKind.PRIVATE:
        sentence = _(
            "“{title}” is private, and only a business has colleagues. Make it one in the settings, under Workspace, or by "
            "`leadtui workspace --kind business --registered-name NAME --registered-number NUMBER`."
        )
    else:
        sentence = _(
            "The number under which “{title}” is registered is still to be entered, and only then are colleagues added. "
            "Enter it in the settings, under Workspace, or by `leadtui workspace --registered-name NAME --registered-number NUMBER`."
        )
    raise Refused(sentence.format(title=workspace.title))


def require_free_title(tx: Transaction, title: str, *, but: int | None = None) -> None:
    """Raises Invalid where a workspace of the person, other than `but`, is called so: they could not be told apart."""
    own = workspaces.of_person(tx.connection, tx.actor.id)
    if any(each.id != but and search_key(each.title) == search_key(title) for each in own):
        sentence = _("Another of your workspaces is called “{title}”; choose a name that tells them apart.")
        raise Invalid(sentence.format(title=title), "title")


def clean_workspace(workspace: Workspace, stored: Workspace | None = None) -> Workspace:
    """The workspace as it may be kept in place of what is `stored`.

    Raises InvalidAnswers, each problem under the name of the part.
    """
    cleaned = replace(
        workspace,
        title=clean(workspace.title),
        region=clean(workspace.region).upper(),
        zone=clean(workspace.zone),
        currency=clean(workspace.currency).upper(),
        registered_name=clean(workspace.registered_name),
        registered_number=registered_number(workspace.registered_number),
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
    if cleaned.week_start not in (WEEK_AS_USUAL, *range(7)):
        problems.append(no_weekday(str(cleaned.week_start)))
    if problem := call_gap_problem(cleaned.call_gap):
        problems.append(problem)
    if problem := idle_lock_problem(cleaned.idle_lock):
        problems.append(problem)
    if problem := sign_in_days_problem(cleaned.sign_in_days):
        problems.append(problem)
    problems += _registration_problems(cleaned, stored)
    if problems:
        raise InvalidAnswers(tuple(problems))
    return cleaned


def _registration_problems(workspace: Workspace, stored: Workspace | None) -> list[Invalid]:
    """What keeps it from being a business; one that was never asked for its number has it to be entered still."""
    parts = ("kind", "registered_name", "registered_number")
    if stored is not None and all(getattr(workspace, each) == getattr(stored, each) for each in parts):
        return []
    problems: list[Invalid] = []
    number = workspace.registered_number
    owing = stored is not None and stored.kind is WorkspaceKind.BUSINESS and not stored.registered_number
    if workspace.kind is WorkspaceKind.BUSINESS and not (owing and not number):
        if not workspace.registered_name:
            problems.append(
                Invalid(_("Type the name under which the business is registered."), "registered_name")
            )
        if not number:
            problems.append(
                Invalid(_("Type the number under which the business is registered."), "registered_number")
            )
    if number and not is_registered_number(number, workspace.region):
        sentence = _("“{number}” is no number of a business in {country}; look for a digit that is wrong.")
        country = region_title(workspace.region, language())
        problems.append(Invalid(sentence.format(number=number, country=country), "registered_number"))
    return problems


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


def template_for(
    template: Template,
    title: str,
    region: str,
    language: str = "",
    kind: WorkspaceKind = WorkspaceKind.PRIVATE,
    registered: tuple[str, str] = ("", ""),
) -> Template:
    """The template for a firm in a country (an ISO 3166 alpha-2 code), with the customs of there.

    Without a language it speaks the template's; `registered` are a business's name and number. Raises InvalidAnswers.
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
        kind=kind,
        registered_name=registered[0],
        registered_number=registered[1],
    )
    return replace(template, workspace=clean_workspace(workspace), names_region=True)
