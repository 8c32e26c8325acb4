"""What the templates that come with leadtui are called."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.domain.workspace import Template
from leadtui.language.translate import N_, P_, _, pgettext

_WORDS: Mapping[str, tuple[str, str]] = {
    "blank": (P_("template", "Small start"), N_("Five statuses and no fields of its own; you add the rest.")),
    "sales": (P_("template", "Sales"), N_("Call back, demo, proposal, won or lost; in English.")),
    "sahab": (P_("template", "Sales"), N_("Call back, meeting, offer, contract or refusal; in Arabic.")),
    "hesin-haseb": (P_("template", "Training"), N_("Meetings, exams, referrals and contracts; in Persian.")),
}
"""What the templates that come with leadtui are called, and what one has of each, by their keys."""


def template_words(template: Template) -> tuple[str, str]:
    """What a template is called, and a sentence; in its own words where it is none of leadtui's."""
    title, sentence = _WORDS.get(template.key, ("", ""))
    if not title:
        return template.workspace.title, template.summary
    return pgettext("template", title), _(sentence)
