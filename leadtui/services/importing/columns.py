"""Recognise what the columns of a sheet are: by their titles, and where those say nothing, by what the cells hold."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from leadtui.domain.field import FieldKind
from leadtui.domain.field_rights import NO_RIGHTS, FieldRight
from leadtui.domain.lead_entry import only_read
from leadtui.domain.lead_fields import (
    CHANNEL,
    DO_NOT_CALL,
    EMAIL,
    ENTERED_AT,
    NAME,
    PHONE,
    PHONE_OTHER,
    BuiltInKind,
    built_in,
)
from leadtui.errors import Invalid
from leadtui.language.territory import region_of
from leadtui.language.text import clean, fold_digits, safe, search_key
from leadtui.language.translate import _, format_list, pgettext
from leadtui.services.formula_guard import unguarded
from leadtui.services.importing.contents import (
    Content,
    column_content,
    digit_count,
)
from leadtui.services.importing.doubt import Doubt, DoubtAbout, DoubtChoice
from leadtui.services.importing.layouts import find_layout, target_in
from leadtui.services.importing.layouts.layout import NO_FIELD, DefaultChannel, Layout
from leadtui.services.importing.rows import is_blank, plain
from leadtui.services.importing.sheet import Sheet, made_up_title
from leadtui.services.importing.standing import answers
from leadtui.services.importing.titles import (
    COMPANY,
    TARGETS,
    VAGUE,
    Meaning,
    Target,
    exact_meaning,
    is_strange,
    meaning_of,
    title_key,
)
from leadtui.services.importing.values import Rules

__all__ = [
    "ColumnMapping",
    "DefaultChannel",
    "Target",
    "default_channel",
    "is_test_row",
    "layout_key",
    "recognise_columns",
]

UNUSED = ""
"""The key of a column that goes nowhere."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Where each column of a sheet goes."""

    titles: tuple[str, ...]
    targets: tuple[str, ...]
    """One for each title: the key of a field, a `Target`, or "" for a column that is not used."""
    layout: Layout | None = None
    """The known program whose export this is."""
    doubts: tuple[Doubt, ...] = ()
    """What the columns leave open: one taken by its cells alone, for instance."""
    kinds: Mapping[int, int] = field(default_factory=dict[int, int])
    """Of columns of numbers those that say of what kind each is: "Phone 1 - Label" of "Phone 1 - Value"."""

    def faxes(self, cells: Sequence[str]) -> dict[int, str]:
        """The cells of numbers that nobody answers, by their columns, and what they are."""
        return {
            number: cells[kind]
            for number, kind in self.kinds.items()
            if cells[number] and _FAX.search(search_key(cells[kind]))
        }

    @property
    def unused(self) -> tuple[str, ...]:
        """The titles of columns that go nowhere, for the report; those known to be of no use are left out."""
        return tuple(
            title for title, target in zip(self.titles, self.targets, strict=True) if target == UNUSED
        )

    def cells_by_target(self, cells: Sequence[str]) -> dict[str, str]:
        """Return what a row says for each target that is not blank.

        Cells that share a target are joined: further numbers by " / ", notes by ends of lines, custom values by ", ". A note
        that its title does not call so is told with it: "Location: Tampa office".
        A time of day in a column of its own is put after its date. What was guarded against spreadsheet programs is as it was.
        """
        found: dict[str, str] = {}
        for target, title, cell in zip(self.targets, self.titles, cells, strict=False):
            if not cell or target in _PASSED_OVER:
                continue
            if not cell[0].isalnum():  # few: a million rows come through here
                if is_blank(cell):
                    continue
                if cell[0] == "'":
                    cell = unguarded(cell)
                if cell[0] in "{[":
                    cell = plain(cell)
            if target == Target.NOTE:
                label = _label(title)
                if label:
                    cell = pgettext("pattern", "{title}: {cell}").format(title=label, cell=cell)
            earlier = found.get(target)
            found[target] = cell if earlier is None else f"{earlier}{_JOINTS.get(target, ', ')}{cell}"
        if Target.ENTERED_TIME in found and ENTERED_AT in found:
            time = found.pop(Target.ENTERED_TIME)
            found[ENTERED_AT] = f"{found[ENTERED_AT].strip()} {time.strip()}"
        return found


def recognise_columns(
    titles: Sequence[str],
    sample_rows: Iterable[Sequence[str]],
    *,
    custom: Mapping[str, str],
    overrides: Mapping[str, str] | None = None,
    rules: Rules | None = None,
    asked: Collection[str] = (),
    closed: Mapping[str, FieldRight] = NO_RIGHTS,
) -> ColumnMapping:
    """Return where each column goes.

    `custom` gives the key of each field of the workspace by its title and by its key; those of `asked` hold what was
    answered to a question, and take no column that is not called as they are. `overrides`, as
    `--map 'Column=field'` gives them, come first: on the left a title or the number of a column, on the right a
    target, a field, or a title that is known; "" or "ignore" for a column not to be used. A target is given once;
    further phones become `phone_other`, and any number of columns may be notes. `rules` name the
    country whose numbers make a column one of phones, and say which dates can be those of somebody coming in.

    What is `closed` takes no column.

    Raises Invalid where an override names a column or a field that does not exist, or one target twice.
    """
    return _Recognition(titles, list(sample_rows), custom, rules or Rules(), asked, closed).run(
        overrides or {}
    )


def is_exact_export(titles: Iterable[str]) -> bool:
    """Whether a table with these titles is what the program writes to be imported again."""
    return set(titles) >= _EXACT_TITLES


def layout_key(titles: Sequence[str]) -> str:
    """Return a fingerprint of a layout of columns, by which a mapping is remembered. Writing variants do not change it."""
    return hashlib.sha256("\x1f".join(map(title_key, titles)).encode()).hexdigest()[:32]


def is_test_row(cells: Mapping[str, str]) -> bool:
    """Whether `cells` (by target) are the made-up ones that an advertising platform sends to try a form out."""
    return _TEST_MARK in "\n".join(cells.values()) or (
        cells.get(EMAIL, "").strip().lower() in _TEST_ADDRESSES
    )


def default_channel(sheet: Sheet, mapping: ColumnMapping) -> DefaultChannel | None:
    """Return through which kind of channel all rows of `sheet` came; None where a column says it."""
    if CHANNEL in mapping.targets:
        return None
    if mapping.layout is not None and mapping.layout.channel is not None:
        return mapping.layout.channel
    keys = {title_key(title) for title in (*sheet.titles, sheet.sheet_name)}
    if keys & _keys(_SIGN_UP_TITLES):
        return DefaultChannel.SIGN_UP
    if keys & _keys(_FORM_TITLES):
        return DefaultChannel.WEB_FORM
    return DefaultChannel.IMPORT


_EXACT_TITLES = frozenset({PHONE, PHONE_OTHER, ENTERED_AT})

_NOT_USED: frozenset[str] = frozenset({Target.EXTERNAL_ID, Target.IGNORE})
_PASSED_OVER = _NOT_USED | {UNUSED}
_JOINTS: dict[str, str] = {PHONE_OTHER: " / ", Target.EMAIL_OTHER: " "} | dict.fromkeys(
    (DO_NOT_CALL, Target.MAY_CALL, Target.NOTE), "\n"
)
_FURTHER: dict[str, str] = {PHONE: PHONE_OTHER, EMAIL: Target.EMAIL_OTHER}
"""What the second and later columns of a target are."""
_SHARED: frozenset[str] = frozenset(
    {
        *_FURTHER.values(),
        DO_NOT_CALL,
        Target.MAY_CALL,
        Target.COUNTRY,
        Target.NOTE,
        Target.EXTERNAL_ID,
        Target.IGNORE,
    }
)
"""What more than one column may be."""

_PARTS_OF_NAMES: frozenset[str] = frozenset({Target.FIRST_NAME, Target.MIDDLE_NAME, Target.LAST_NAME})
_BY_CONTENT = {Content.PHONE: PHONE, Content.EMAIL: EMAIL, Content.DATE: ENTERED_AT}

# What Meta's test tool fills in: developers.facebook.com/docs/marketing-api/guides/lead-ads/testing-troubleshooting
_TEST_MARK = "<test lead: dummy data"
_TEST_ADDRESSES = frozenset({"test@meta.com", "test@fb.com", "test@facebook.com"})

_SIGN_UP_TITLES = (
    "تاریخ ثبت نام|زمان ثبت نام|تاریخ عضویت|ثبت نام|ثبت نام ها|تاريخ التسجيل|registration date|register date|registrations"
    "|registered at|registered on|signup date|sign up date|signed up|signed up at|sign-ups|joined|join date|joined at"
)
_FORM_TITLES = (
    "timestamp|submission date|submission time|submitted at|submitted on|date submitted|form name|form id|landing page"
    "|تاریخ ارسال فرم|تاریخ ثبت فرم|نام فرم|صفحه ورود|user agent|utm source|utm campaign"
)


def _keys(titles: str) -> frozenset[str]:
    return frozenset(map(title_key, titles.split("|")))


class _Recognition:
    """The steps by which columns are recognised; each fills in `targets` where it is still None."""

    def __init__(
        self,
        titles: Sequence[str],
        rows: Sequence[Sequence[str]],
        custom: Mapping[str, str],
        rules: Rules,
        asked: Collection[str],
        closed: Mapping[str, FieldRight],
    ) -> None:
        self.closed = closed
        self.rules = rules
        self.titles = tuple(titles)
        self.columns = [
            [plain(cells[index]) for cells in rows if index < len(cells)] for index in range(len(titles))
        ]
        self.contents = [column_content(column, rules.region) for column in self.columns]
        self.custom = {title_key(key): key for key in custom.values()}
        self.custom |= {title_key(title): key for title, key in custom.items()}
        self.known_by_meaning = {
            meaning.target: key
            for title, key in custom.items()
            if key not in asked
            and (meaning := exact_meaning(title)) is not None
            and meaning.target not in TARGETS
        }
        """The workspace's own fields for what no field of every lead takes: a company, in any language."""
        self.targets: list[str | None] = [None] * len(titles)
        self.has_titles = any(title != made_up_title(number) for number, title in enumerate(titles, start=1))
        self.layout = find_layout(titles, rows, has_titles=self.has_titles)
        self.doubtful: list[int] = []
        """The columns that were taken by their cells, where these could mean something else as well."""

    def run(self, overrides: Mapping[str, str]) -> ColumnMapping:
        self._take_overrides(overrides)
        if is_exact_export(self.titles):
            self._take_keys()
        self._take_custom_fields()
        self._take_layout()
        self._take_titles()
        self._take_contents()
        self._part_names()
        targets = tuple(
            UNUSED if target is None or target in self.closed else target for target in self.targets
        )
        words = _words_by_content()
        doubts = [
            self._doubt_of(index, words[targets[index]])
            for index in self.doubtful
            if targets[index] in words  # else a person has said what it is
        ]
        return ColumnMapping(self.titles, targets, self.layout, tuple(doubts), self._kinds(targets))

    def _kinds(self, targets: Sequence[str]) -> dict[int, int]:
        """Of columns of numbers those before them that say of what kind each is."""
        found: dict[int, int] = {}
        for index, (title, following) in enumerate(pairwise(self.titles)):
            kind = _KIND.fullmatch(title)
            if kind and targets[index + 1] in (PHONE, PHONE_OTHER) and following.startswith(kind[1]):
                found[index + 1] = index
        return found

    def _doubt_of(self, index: int, words: str) -> Doubt:
        """That a column was taken by its cells alone; it may as well be nothing that a field is meant for."""
        cells = dict.fromkeys(cell for cell in self.columns[index] if not is_blank(cell))
        return Doubt(
            DoubtAbout.COLUMN,
            (
                DoubtChoice(self.targets[index] or UNUSED, words),
                DoubtChoice(Target.NOTE, pgettext("column", "a note")),
            ),
            tuple(cells)[:2],
            self.titles[index],
        )

    def _take_overrides(self, overrides: Mapping[str, str]) -> None:
        for left, right in overrides.items():
            index = self._column_named(left)
            target = self._field_named(right)
            if target not in _SHARED and target in self.targets:
                if target not in _FURTHER:
                    raise Invalid(
                        _("Two columns are mapped to {field}. Map one of them.").format(field=safe(target)),
                        "map",
                    )
                target = _FURTHER[target]
            self.targets[index] = target

    def _column_named(self, name: str) -> int:
        keys = [title_key(title) for title in self.titles]
        key = title_key(name)
        if key in keys:
            return keys.index(key)
        number = fold_digits(name.strip())
        if number.isdecimal() and 1 <= int(number) <= len(self.titles):
            return int(number) - 1
        for index in range(len(self.titles)):
            if key == title_key(made_up_title(index + 1)):
                return index
        raise Invalid(
            _("There is no column {name}. The columns are: {columns}.").format(
                name=safe(name), columns=format_list(map(safe, self.titles))
            ),
            "map",
        )

    def _field_named(self, name: str) -> str:
        key = title_key(name)
        if not key:
            return Target.IGNORE
        targets = {title_key(target): target for target in TARGETS}
        known = exact_meaning(name)
        target = targets.get(key) or self.custom.get(key) or (known and self._target_of(known))
        if target is not None and self.closed.get(target) is FieldRight.READ:
            raise only_read(name, "map")
        if target is None or target in self.closed:
            fields = [
                *(target for target in TARGETS if target not in _NOT_USED and target not in self.closed),
                *self.custom.values(),
                Target.IGNORE,
            ]
            raise Invalid(
                _("There is no field {name}. The fields are: {fields}.").format(
                    name=safe(name), fields=format_list(map(safe, dict.fromkeys(fields)))
                ),
                "map",
            )
        return target

    def _take_keys(self) -> None:
        """The titles of an exact export are keys, whatever stands below them."""
        own = set(self.custom.values())
        for index in self._open_columns():
            key = self.titles[index]
            if (key in own or key in TARGETS) and key not in self.targets:
                self.targets[index] = key

    def _take_custom_fields(self) -> None:
        for index in self._open_columns():
            key = self.custom.get(title_key(self.titles[index]))
            if key is not None and (key in _SHARED or key not in self.targets):
                self.targets[index] = key

    def _take_layout(self) -> None:
        """Take what the layout of a known program says of its columns: by their places where there are no titles."""
        if self.layout is None:
            return
        for index in self._open_columns():
            if self.has_titles:
                target = target_in(self.layout, self.titles[index])
            else:
                target = self.layout.places[index] if index < len(self.layout.places) else None
            if target == COMPANY:
                target = self.known_by_meaning.get(COMPANY)
            if target == NO_FIELD:
                self.targets[index] = UNUSED
            elif target is not None:
                self._give(index, target)

    def _take_titles(self) -> None:
        """Give each target to the column whose title means it best; whole titles before words inside longer ones."""
        meanings: list[tuple[int, int, str]] = []
        for index in self._open_columns():
            meaning = meaning_of(self.titles[index])
            if meaning is None or not self._agrees(meaning, index):
                continue
            target = self._target_of(meaning)
            if target is not None:
                meanings.append((meaning.rank, index, target))
        for _rank, index, target in sorted(meanings):
            self._give(index, target)

    def _target_of(self, meaning: Meaning) -> str | None:
        """Where a column of that meaning goes; None where no field of this workspace takes it."""
        return meaning.target if meaning.target in TARGETS else self.known_by_meaning.get(meaning.target)

    def _agrees(self, meaning: Meaning, index: int) -> bool:
        """Whether the cells can be what the title says: "number" may be a row's, "registered" a yes or no."""
        content = self.contents[index]
        if content is Content.BLANK:
            return True
        cells = [cell for cell in self.columns[index] if not is_blank(cell)]
        known = built_in(meaning.target)
        if known is None:
            return self._agrees_beside(meaning.target, content, cells)
        match known.kind:
            case FieldKind.PHONE:
                if meaning.loose:
                    return content in (Content.PHONE, Content.NUMBER)
                is_long = meaning.rank != VAGUE or _most(digit_count(cell) >= 7 for cell in cells)
                return content is not Content.EMAIL and is_long
            case FieldKind.EMAIL:
                return any("@" in cell for cell in cells) or (not meaning.loose and len(cells) < 3)
            case BuiltInKind.MOMENT:
                return _most(digit_count(cell) > 0 for cell in cells) and self.rules.can_be_entries(cells)
            case BuiltInKind.STATUS:
                # Two capitals are the code of a state of a country, which some languages call alike.
                codes = _most(len(cell.strip()) <= 2 and cell.isupper() for cell in cells)
                return content not in (Content.PHONE, Content.EMAIL, Content.DATE) and not codes
            case BuiltInKind.DUE:  # a callback may be a number, too
                return content not in (Content.PHONE, Content.EMAIL) and _most(
                    digit_count(cell) > 0 for cell in cells
                )
            case FieldKind.PERSON:
                return content not in (Content.PHONE, Content.DATE)
            case FieldKind.TEXT if not (known.imported and known.imported.figures):
                return content is Content.WORDS
            case _:
                return content not in (Content.PHONE, Content.EMAIL)

    def _agrees_beside(self, target: str, content: Content, cells: Sequence[str]) -> bool:
        """The same of what goes to no field by itself."""
        if target == Target.ENTERED_TIME:
            return _most(digit_count(cell) > 0 for cell in cells)
        if target == Target.MAY_CALL:
            return any(map(answers, cells))  # else it says when somebody agreed, or by what words
        if target == Target.COUNTRY:
            return _most(region_of(cell) is not None for cell in cells)
        return target not in _PARTS_OF_NAMES or content is Content.WORDS

    def _give(self, index: int, target: str) -> None:
        target = _FURTHER.get(target, target) if target in self.targets else target
        if target == Target.ENTERED_TIME and self.contents[index] is Content.DATE:
            target = ENTERED_AT
        if target in _SHARED or target not in self.targets:
            self.targets[index] = target

    def _take_contents(self) -> None:
        """Recognise phones and addresses that no title announced, and without titles also the date and the name."""
        if self.has_titles or self.layout is not None:
            self._take_unannounced(Content.PHONE, PHONE)
            self._take_unannounced(Content.EMAIL, EMAIL)
            self._take_unannounced_names()
            return
        for index in self._open_columns():
            target = _BY_CONTENT.get(self.contents[index])
            if target == ENTERED_AT and not self.rules.can_be_entries(self.columns[index]):
                continue  # a birthday
            if target is not None:
                self._give(index, target)
        if PHONE not in self.targets:
            self._take_long_numbers()
        names = [index for index in self._open_columns() if self._looks_like_names(index)]
        if names:
            index = max(names, key=lambda index: len(set(self.columns[index])))
            self._give(index, NAME)
            self.doubtful += [index] if len(names) > 1 else []
        else:
            self._take_parts_of_names()

    def _take_parts_of_names(self) -> None:
        """Two columns of single words that stand side by side at the front are first and last names."""
        words = [index for index in self._open_columns() if self._is_of_words(index)]
        for first, last in pairwise(words):
            if last == first + 1:
                self._give(first, Target.FIRST_NAME)
                self._give(last, Target.LAST_NAME)
                return
        if words:
            self._give(words[0], NAME)
            self.doubtful.append(words[0])

    def _take_unannounced(self, content: Content, target: str) -> None:
        """Take the first column of `content` where no title says `target`; never the referrer's or the father's."""
        for index in self._open_columns():
            meaning = meaning_of(self.titles[index])
            other = is_strange(self.titles[index]) or (meaning is not None and _is_anothers(meaning))
            if self.contents[index] is content and target not in self.targets and not other:
                self._give(index, target)
                self.doubtful.append(index)

    def _take_unannounced_names(self) -> None:
        """Where no title says what people are called, take the first column of what looks like names."""
        if not {NAME, *_PARTS_OF_NAMES}.isdisjoint(each or "" for each in self.targets):
            return
        for index in self._open_columns():
            known = meaning_of(self.titles[index]) is not None or is_strange(self.titles[index])
            if not known and self._looks_like_names(index):
                self._give(index, NAME)
                self.doubtful.append(index)
                return

    def _take_long_numbers(self) -> None:
        """Numbers of a phone's length are phones where a table without titles has nothing better."""
        for index in self._open_columns():
            cells = [cell for cell in self.columns[index] if not is_blank(cell)]
            if self.contents[index] is Content.NUMBER and _most(
                8 <= digit_count(cell) <= 13 for cell in cells
            ):
                self._give(index, PHONE)
                self.doubtful.append(index)
                return

    def _looks_like_names(self, index: int) -> bool:
        """Whether the cells are two or more words without digits, and mostly different."""
        cells = [cell.strip() for cell in self.columns[index] if not is_blank(cell)]
        return self._is_of_words(index) and _most(" " in cell for cell in cells)

    def _is_of_words(self, index: int) -> bool:
        """Whether the cells are words without digits, and mostly different."""
        cells = [cell.strip() for cell in self.columns[index] if not is_blank(cell)]
        return (
            self.contents[index] is Content.WORDS
            and _most(not digit_count(cell) and len(cell) <= 60 for cell in cells)
            and len(set(cells)) * 2 > len(cells)
        )

    def _part_names(self) -> None:
        """Beside a column of last names, "name" is the first name; and the last one beside one of first names (Nom, Prénom)."""
        if NAME not in self.targets:
            return
        index = self.targets.index(NAME)
        ends = (Target.FIRST_NAME, Target.LAST_NAME)
        parts = [self.targets.index(each) for each in ends if each in self.targets]
        if len(parts) == len(ends) and not all(self._holds(index, part) for part in parts):
            self.targets[index] = UNUSED  # the title of the deal, beside the name of the person
            return
        meaning = meaning_of(self.titles[index])
        if meaning is None or meaning.target != NAME or not meaning.rank:
            return
        first, last = Target.FIRST_NAME in self.targets, Target.LAST_NAME in self.targets
        if last and not first:
            self.targets[index] = Target.FIRST_NAME
        elif first and not last and not self._holds(index, self.targets.index(Target.FIRST_NAME)):
            self.targets[index] = Target.LAST_NAME

    def _holds(self, whole: int, part: int) -> bool:
        """Whether most cells of one column hold the words of the other beside them."""
        pairs = zip(self.columns[whole], self.columns[part], strict=True)
        return _most(search_key(word) in search_key(words) for words, word in pairs if not is_blank(word))

    def _open_columns(self) -> list[int]:
        return [index for index, target in enumerate(self.targets) if target is None]


@lru_cache(maxsize=1024)
def _label(title: str) -> str:
    """What a cell that is a note is told under; "" where the title says no more than that it is one."""
    meaning = meaning_of(title)
    if _MADE_UP.fullmatch(title) or (meaning is not None and meaning.target == Target.NOTE):
        return ""
    return clean(title)


_KIND = re.compile(r"(.+\W)(?:label|type)", re.IGNORECASE)
_FAX = re.compile("fax|faks|факс|فکس|فاكس|传真|傳真|फैक्स")
_MADE_UP = re.compile(re.escape(made_up_title(0)).replace("0", r"\d+"))


def _is_anothers(meaning: Meaning) -> bool:
    """Whether a number or an address under the title is that of somebody else: of who referred or of the owner."""
    known = built_in(meaning.target)
    return meaning.target not in TARGETS or (known is not None and known.names_another)


def _words_by_content() -> dict[str, str]:
    """What columns can be taken for by their cells, as a doubt says it."""
    return {
        PHONE: pgettext("column", "telephone numbers"),
        EMAIL: pgettext("column", "e-mail addresses"),
        NAME: pgettext("column", "names"),
        Target.FIRST_NAME: pgettext("column", "first names"),
        Target.LAST_NAME: pgettext("column", "last names"),
    }


def _most(facts: Iterable[bool]) -> bool:
    """Whether at least seven in ten are true."""
    values = list(facts)
    return sum(values) >= 0.7 * len(values)
