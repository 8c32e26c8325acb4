"""What is wrong with a kind of case: each fault beside its place, so that a file and a form can point at it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from leadtui.domain.case_kind import (
    PARENT,
    PROFILE,
    CaseKind,
    Check,
    Effect,
    EffectKind,
    LimitKind,
    Pool,
    Transition,
    Whom,
    kind_of_key,
)
from leadtui.domain.escalation import LONGEST_OVERDUE
from leadtui.domain.field import NUMBER_KINDS, Field, FieldKind
from leadtui.domain.message import CASE_TITLE, OF_CASE, MessageText, placeholders_in, unknown_text
from leadtui.domain.status import STATUS_COLOURS, CartableRule, ReminderRule, Status
from leadtui.errors import Invalid
from leadtui.language.text import cell_width, clean, search_key
from leadtui.language.translate import _, counted, format_list

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_OF_STEPS = ("owner", "remind", "note", "override", "title")
"""What a step of a case itself is called: no field has such a key."""


@dataclass(frozen=True, slots=True)
class KindSurroundings:
    """What a kind can name: other kinds, statuses in use, profiles and permissions by name, the customers' fields by key.

    `texts` are those of messages, by their keys.
    """

    kinds: Sequence[CaseKind]
    statuses: Mapping[str, Status]
    granting: frozenset[str]
    customer_fields: frozenset[str]
    texts: Mapping[str, MessageText]


def kind_problems(kind: CaseKind, known: KindSurroundings) -> tuple[Invalid, ...]:
    """What is wrong with it, each beside its place, such as "moves.2.to" or "states.0.title"."""
    return tuple(_Checking(kind, known).problems())


@dataclass(slots=True)
class _Checking:
    kind: CaseKind
    known: KindSurroundings
    found: list[Invalid] = field(default_factory=list[Invalid])

    def problems(self) -> list[Invalid]:
        kind = self.kind
        if not clean(kind.title):
            self._say("title", _("A title is needed."))
        if kind.parent and kind_of_key(self._kinds(), kind.parent) is None:
            self._say("parent", _("There is no kind “{key}”.").format(key=kind.parent))
        elif kind.parent == kind.key:
            self._say("parent", _("A kind cannot stand above itself."))
        for name, parts in (
            ("roles", kind.roles),
            ("fields", kind.fields),
            ("states", kind.states),
            ("moves", kind.moves),
        ):
            self._named([(each.key, each.title) for each in parts], name)
        for place, role in enumerate(kind.roles):
            if role.least < 0 or (role.most and role.most < role.least) or role.most < 0:
                self._say(f"roles.{place}.most", _("At the most are fewer than at least."))
        for place, each in enumerate(kind.fields):
            self._field(each, f"fields.{place}")
        if not kind.states:
            self._say("states", _("A kind needs at least one state."))
        for place, state in enumerate(kind.states):
            self._state(place)
            if cell_width(state.glyph) != 1:
                self._say(f"states.{place}.glyph", _("A sign of one cell is needed, such as ●."))
            if state.colour not in STATUS_COLOURS:
                self._say(f"states.{place}.colour", _("Choose one of the colours of the list."))
        for place, move in enumerate(kind.moves):
            self._move(move, f"moves.{place}")
        self._reachable()
        return self.found

    def _kinds(self) -> list[CaseKind]:
        return [*(each for each in self.known.kinds if each.key != self.kind.key), self.kind]

    def _say(self, where: str, words: str) -> None:
        self.found.append(Invalid(words, where))

    def _named(self, named: Sequence[tuple[str, str]], name: str) -> None:
        keys: set[str] = set()
        titles: set[str] = set()
        for place, (key, title) in enumerate(named):
            if not _KEY.fullmatch(key):
                self._say(f"{name}.{place}.key", _("A key of small Latin letters, digits and _ is needed."))
            elif key in keys:
                self._say(f"{name}.{place}.key", _("There is “{title}” already.").format(title=key))
            if not clean(title):
                self._say(f"{name}.{place}.title", _("A title is needed."))
            elif name != "moves" and (search_key(title) or title) in titles:
                self._say(f"{name}.{place}.title", _("There is “{title}” already.").format(title=title))
            keys.add(key)
            titles.add(search_key(title) or title)

    def _field(self, each: Field, where: str) -> None:
        if each.key in _OF_STEPS:
            words = _("“{key}” is what leadtui itself calls another field; choose another key.")
            self._say(f"{where}.key", words.format(key=each.key))
        if each.kind in (FieldKind.CHOICE, FieldKind.CHOICES) and len(each.options) < 2:
            self._say(f"{where}.options", _("At least two options to choose from are needed."))

    def _state(self, place: int) -> None:
        state = self.kind.states[place]
        for at, limit in enumerate(state.limits):
            where = f"states.{place}.limits.{at}"
            if not 1 <= limit.after <= 12 * LONGEST_OVERDUE:
                words = _("Write after how many minutes, from 1 to {most}.")
                self._say(f"{where}.after", words.format(most=counted(12 * LONGEST_OVERDUE)))
            if at and limit.after < state.limits[at - 1].after:
                self._say(f"{where}.after", _("Limits stand in the order in which they come."))
            if (limit.then is LimitKind.MOVE) is not bool(limit.to):
                self._say(f"{where}.to", _("Where it moves, name the state; else leave this out."))
            elif limit.to:
                self._states([limit.to], f"{where}.to")
        if state.final and state.limits:
            self._say(f"states.{place}.limits", _("Work ends with this state; no time runs out in it."))

    def _states(self, keys: Iterable[str], where: str, kind: CaseKind | None = None) -> None:
        states = (kind or self.kind).states
        for key in keys:
            if all(each.key != key for each in states):
                words = _("There is no state “{key}”; there are {known}.")
                self._say(where, words.format(key=key, known=format_list(each.key for each in states)))

    def _move(self, move: Transition, where: str) -> None:
        if not move.before:
            self._say(f"{where}.from", _("Name the states in which it begins."))
        self._states(move.before, f"{where}.from")
        self._states([move.to] if move.to else [], f"{where}.to")
        for each in move.by:
            if each not in self.known.granting:
                words = _("“{name}” is neither a permission nor a profile, such as {example}.")
                self._say(
                    f"{where}.by", words.format(name=each, example=f"cases:approve, {PROFILE}supervisor")
                )
        for name, keys in (("asks", move.asks), ("needs", move.needs)):
            for key in keys:
                self._own_field(key, f"{where}.{name}")
        for at, requirement in enumerate(move.requires):
            place = f"{where}.requires.{at}"
            if not clean(requirement.reason):
                self._say(f"{place}.reason", _("Write the reason with which it is refused."))
            if not requirement.checks:
                self._say(f"{place}.any", _("Name at least one check."))
            for number, check in enumerate(requirement.checks):
                self._check(check, f"{place}.any.{number}")
        for at, effect in enumerate(move.effects):
            self._effect(effect, move, f"{where}.effects.{at}")

    def _own_field(self, key: str, where: str, kind: CaseKind | None = None) -> Field | None:
        kind = kind or self.kind
        found = kind.field(key)
        if found is None:
            words = _("There is no field “{key}”; the case has {known}.")
            self._say(where, words.format(key=key, known=format_list(each.key for each in kind.fields)))
        return found

    def _field_here(self, key: str, where: str) -> Field | None:
        """A field of the case, or of the one above."""
        if not key.startswith(PARENT):
            return self._own_field(key, where)
        above = kind_of_key(self._kinds(), self.kind.parent)
        if above is None:
            self._say(where, _("There is no case above a case of this kind."))
            return None
        return self._own_field(key.removeprefix(PARENT), where, above)

    def _role(self, key: str, where: str) -> None:
        if self.kind.role(key) is None:
            words = _("There is no role “{key}”; the case has {known}.")
            self._say(where, words.format(key=key, known=format_list(each.key for each in self.kind.roles)))

    def _check(self, check: Check, where: str) -> None:
        if check.role:
            self._role(check.role, f"{where}.role")
        if check.kind or check.pool is not Pool.EARLIER:
            self._check_of_cases(check, where)
        elif check.statuses:
            for key in check.statuses:
                if key not in self.known.statuses:
                    self._say(f"{where}.statuses", _("There is no status “{key}”.").format(key=key))
        elif not check.field:
            self._say(where, _("A check names a field, statuses or a kind of case."))
        elif check.role:
            if check.field not in self.known.customer_fields:
                self._say(f"{where}.field", _("Customers have no field “{key}”.").format(key=check.field))
        else:
            self._answers(check, self._field_here(check.field, f"{where}.field"), where)

    def _answers(self, check: Check, asked: Field | None, where: str) -> None:
        if asked is None:
            return
        options = {search_key(each) for each in asked.options}
        never = [each for each in check.answers if options and search_key(each) not in options]
        if never:
            words = _("“{key}” is never answered with {answers}.")
            self._say(f"{where}.is", words.format(key=asked.key, answers=format_list(never)))

    def _check_of_cases(self, check: Check, where: str) -> None:
        if check.pool is Pool.EARLIER and not check.role:
            self._say(f"{where}.role", _("Name the role whose earlier cases are meant."))
        key = check.kind or (self.kind.parent if check.pool is Pool.PARENT else "")
        if not key:
            if check.pool is Pool.PARENT:
                self._say(f"{where}.pool", _("There is no case above a case of this kind."))
            else:
                self._say(f"{where}.kind", _("Name the kind of the cases beneath."))
            return
        other = kind_of_key(self._kinds(), key)
        if other is None:
            self._say(f"{where}.kind", _("There is no kind “{key}”.").format(key=key))
            return
        self._states(check.states, f"{where}.states", other)

    def _effect(self, effect: Effect, move: Transition, where: str) -> None:
        on_leads = effect.do in (EffectKind.STATUS, EffectKind.GIVE, EffectKind.REMIND, EffectKind.SEND)
        if on_leads:
            self._role(effect.role, f"{where}.role")
        if effect.to is Whom.ASKED and not move.person:
            self._say(f"{where}.to", _("This move asks for no colleague."))
        if effect.when is not None:
            self._check(effect.when, f"{where}.when")
        match effect.do:
            case EffectKind.STATUS:
                self._status(effect, move, where)
            case EffectKind.REMIND:
                if effect.to is Whom.NOBODY:
                    self._say(f"{where}.to", _("Somebody is to be reminded."))
            case EffectKind.SEND:
                self._message(effect.message, f"{where}.message")
            case EffectKind.STAMP:
                written = self._own_field(effect.field, f"{where}.field")
                if written is not None and written.kind is not FieldKind.DATE:
                    self._say(f"{where}.field", _("A day is written into a field of kind “date”."))
            case EffectKind.PERCENT:
                for name, key in (("field", effect.field), ("of", effect.of), ("by", effect.by)):
                    figure = (self._own_field if name == "field" else self._field_here)(
                        key, f"{where}.{name}"
                    )
                    if figure is not None and figure.kind not in NUMBER_KINDS:
                        self._say(f"{where}.{name}", _("A percentage takes fields of numbers."))
            case EffectKind.GIVE | EffectKind.OWN:
                pass

    def _status(self, effect: Effect, move: Transition, where: str) -> None:
        status = self.known.statuses.get(effect.status)
        if status is None:
            self._say(f"{where}.status", _("There is no status “{key}”.").format(key=effect.status))
            return
        given = dict(effect.answers)
        asked = {each.key for each in status.open_fields}
        for key in given.keys() - asked:
            self._say(f"{where}.answers", _("That status does not ask for “{key}”.").format(key=key))
        for each in status.open_fields:
            if each.required and not given.get(each.key):
                words = _("That status needs “{field}”; fill it in here.").format(field=each.title)
                self._say(f"{where}.answers", words)
        if status.cartable is CartableRule.NEXT and effect.to is Whom.NOBODY:
            self._say(f"{where}.to", _("That status hands the customer on; say to whom."))
        reminds = any(each.do is EffectKind.REMIND and each.role == effect.role for each in move.effects)
        if status.reminder is ReminderRule.MUST and not reminds:
            self._say(f"{where}.status", _("That status needs a reminder; let the move set one."))

    def _message(self, key: str, where: str) -> None:
        """It is a text that the program sends, and fills in nothing of a case but what one of this kind has."""
        text = self.known.texts.get(key)
        if text is None:
            self._say(where, unknown_text(key, self.known.texts))
            return
        if not text.medium.is_sent:
            words = _("“{title}” is opened by hand; a move sends SMS and e-mail alone.")
            self._say(where, words.format(title=text.title))
        for name in placeholders_in(text.subject + text.body):
            if name.startswith(OF_CASE) and name != CASE_TITLE:
                self._own_field(name.removeprefix(OF_CASE), where)

    def _reachable(self) -> None:
        """No state is left out by all moves, and none that is not final leads nowhere."""
        if not self.kind.states:
            return
        reached = {self.kind.first_state.key}
        ways = [(each.before, each.to) for each in self.kind.moves if each.to]
        ways += [((s.key,), limit.to) for s in self.kind.states for limit in s.limits if limit.to]
        grown = True
        while grown:
            more = {to for before, to in ways if reached & set(before)} - reached
            grown = bool(more)
            reached |= more
        for place, state in enumerate(self.kind.states):
            if state.key not in reached:
                words = _("No move leads to “{state}”.").format(state=state.title)
                self._say(f"states.{place}.key", words)
