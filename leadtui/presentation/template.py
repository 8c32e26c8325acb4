"""What a template would change of a workspace, in lines."""

from __future__ import annotations

from collections.abc import Iterable

from leadtui.language.text import safe
from leadtui.language.translate import apart, pgettext
from leadtui.services.template_exchange import Action, TemplateDifference


def difference_lines(differences: Iterable[TemplateDifference]) -> list[str]:
    """Each difference with its parts beneath it."""
    lines: list[str] = []
    for each in differences:
        sign, words = _action(each)
        lines.append(f"{sign} {_sort(each.sort)}: {words}")
        lines += [
            f"    {apart(name)}: {apart(safe(before)) or '–'} → {apart(safe(after)) or '–'}"
            for name, before, after in each.parts
        ]
    return lines


def _action(difference: TemplateDifference) -> tuple[str, str]:
    title = safe(difference.title)
    return {
        Action.ADD: ("+", pgettext("difference", "{title} is added").format(title=title)),
        Action.CHANGE: ("~", pgettext("difference", "{title} changes").format(title=title)),
        Action.BRING_BACK: ("+", pgettext("difference", "{title} is brought back").format(title=title)),
        Action.RETIRE: ("-", pgettext("difference", "{title} is retired").format(title=title)),
        Action.MOVE: ("~", _moved(title)),
    }[difference.action]


def _moved(title: str) -> str:
    if not title:
        return pgettext("difference", "the order changes")
    return pgettext("difference", "the order changes {title}").format(title=title)


def _sort(sort: str) -> str:
    return {
        "workspace": pgettext("kind", "Workspace"),
        "status": pgettext("kind", "Status"),
        "status.field": pgettext("kind", "Field of a status"),
        "field": pgettext("kind", "Field"),
        "channel": pgettext("kind", "Entry channel"),
        "need": pgettext("kind", "Need"),
        "playbook": pgettext("kind", "Playbook"),
        "distribution_rule": pgettext("kind", "Rule of distribution"),
        "case_kind": pgettext("kind", "Kind of case"),
        "message_text": pgettext("kind", "Text of a message"),
        "profile": pgettext("kind", "Profile"),
    }[sort]
