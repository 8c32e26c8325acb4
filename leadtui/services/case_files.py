"""Cases as a table in a file: written so that a spreadsheet and an import read them, and read, line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from leadtui.domain.audit import AuditKind, done
from leadtui.domain.case import CaseLead
from leadtui.domain.case_kind import CaseKind
from leadtui.domain.field import FieldKind, edit_text, find_people
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid, LeadtuiError, NotFound, Unreadable
from leadtui.language.text import clean, fold_digits, safe, search_key
from leadtui.language.translate import _, format_list, pgettext
from leadtui.services.cases import CaseFilter, OpenCase, ShownCase, find_cases, open_within
from leadtui.services.formula_guard import guarded
from leadtui.services.leads import find_lead
from leadtui.services.session import Session
from leadtui.small_file import read_small_file
from leadtui.store import journal

MOST_WRITTEN = 1_000_000
"""Cases of one file."""

_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line of a file that was not taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """How many cases a file brought, and the lines that it did not."""

    count: int
    rejected: tuple[Rejected, ...] = ()


def export_cases(session: Session, wanted: CaseFilter, stream: IO[bytes], name: str = "") -> int:
    """Write the cases that fit as CSV in UTF-8, and return how many; `name` is what the audit calls the file.

    The columns of fields and roles are those of the kind that is wanted; of several kinds only what all cases have is
    written. What the person may not see is not written.
    """
    with session.write(Permission.EXPORT, Permission.SEE_CASES, tells=True) as tx:
        kind = tx.definitions.case_kind(wanted.kind)
        tx.audit(done(AuditKind.EXPORT, title=name, cases=kind.title if kind else ""))
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    titles = [*_fixed_titles()]
    if kind is not None:
        titles += [title for role in kind.roles for title in (role.title, f"{role.title} ({_id_words()})")]
        titles += [each.title for each in kind.open_fields]
    writer.writerow(map(guarded, titles))
    found = find_cases(session, wanted, MOST_WRITTEN)
    for each in found:
        writer.writerow(map(guarded, _cells(session, each, kind)))
    text.detach()
    return len(found)


def import_cases(session: Session, kind_key: str, file: Path) -> Imported:
    """Open a case of the kind for each line of a CSV file whose first line has titles, as `export_cases` writes them.

    A line that cannot be taken is told with its reason, and the others are taken; one undoing takes back all of them that are
    about somebody. Customers are named by id, number or e-mail. Raises Unreadable where it is no such file, NotFound where there
    is no such kind.
    """
    session.check(Permission.IMPORT, Permission.SEE_CASES, Permission.WORK_CASES)
    kind = session.definitions.case_kind(kind_key)
    if kind is None:
        raise NotFound(_("There is no kind of case “{key}”.").format(key=kind_key))
    count, group_id = 0, None
    rejected: list[Rejected] = []
    for line, row in _rows(file, kind):
        try:
            command, state = _command(session, kind, row)
            with session.write(Permission.SEE_CASES, Permission.WORK_CASES) as tx:
                begun = group_id or journal.next_group(tx)
                open_within(tx, command, state, begun)
            count += 1
            # What is about nobody leaves no step that would keep the number.
            group_id = begun if command.leads else group_id
        except LeadtuiError as error:
            rejected.append(Rejected(line, str(error)))
    return Imported(count, tuple(rejected))


def _id_words() -> str:
    return pgettext("column", "id")


def _fixed_titles() -> dict[str, str]:
    """The titles of what every case has, each with its key."""
    return {
        pgettext("column", "Case"): "id",
        pgettext("column", "Kind"): "kind",
        pgettext("column", "State"): "state",
        pgettext("column", "Title"): "title",
        pgettext("column", "Responsible"): "owner",
        pgettext("column", "Opened"): "opened",
        pgettext("column", "Last moved"): "moved",
        pgettext("column", "Beneath case"): "parent",
    }


def _cells(session: Session, shown: ShownCase, kind: CaseKind | None) -> list[str]:
    case, context = shown.case, session.format_context()
    owner = session.definitions.colleague(case.owner_id)
    cells = [
        str(case.id),
        shown.kind.title,
        shown.state_title,
        case.title,
        owner.email if owner else "",
        f"{case.opened_at:%Y-%m-%d %H:%M}",
        f"{case.state_at:%Y-%m-%d %H:%M}",
        str(case.parent_id or ""),
    ]
    for role in () if kind is None else kind.roles:
        known = [each for each in case.lead_ids(role.key) if each in shown.leads]
        cells += [_BETWEEN.join(shown.names(role.key)), _BETWEEN.join(map(str, known))]
    for each in () if kind is None else kind.open_fields:
        value = case.answers.get(each.key)
        text = "" if value is None else edit_text(each.kind, value, context)
        cells.append(text.replace("\n", _BETWEEN) if each.kind is FieldKind.CHOICES else text)
    return cells


def _rows(file: Path, kind: CaseKind) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The lines of the file by the keys of their columns. Raises Unreadable where a title is none that the kind has."""
    shown = safe(str(file))
    try:
        text = read_small_file(file).decode("utf-8-sig")
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows = [(lines.line_num, row) for row in lines if any(cell.strip() for cell in row)]
    except OSError as error:
        raise Unreadable(
            _("{file} cannot be read: {reason}.").format(file=shown, reason=error.strerror or str(error))
        ) from error
    except (ValueError, csv.Error) as error:
        raise Unreadable(_("{file} is no table in UTF-8; save it as CSV.").format(file=shown)) from error
    if not rows:
        raise Unreadable(_("{file} is empty.").format(file=shown))
    keys = _columns(rows[0][1], kind, shown)
    for number, row in rows[1:]:
        yield (
            number,
            {key: cell.strip() for key, cell in zip(keys, row, strict=False) if key and cell.strip()},
        )


def _columns(titles: Sequence[str], kind: CaseKind, shown: str) -> list[str]:
    known = {search_key(title): key for title, key in _fixed_titles().items()}
    known |= {search_key(key): key for key in ("state", "title", "owner", "parent")}
    for role in kind.roles:
        ids = f"{role.title} ({_id_words()})"
        known |= {search_key(each): f"role:{role.key}" for each in (role.key, role.title)}
        known |= {search_key(each): f"id:{role.key}" for each in (ids, f"{role.key} (id)")}
    for each in kind.open_fields:
        known |= {search_key(each.key): each.key, search_key(each.title): each.key}
    keys = [known.get(search_key(title), "") for title in titles]
    unknown = [title for title, key in zip(titles, keys, strict=True) if not key and title.strip()]
    if unknown:
        words = _("{file}: “{kind}” has no column {titles}. It has: {known}.")
        parts = [*(each.title for each in kind.roles), *(each.title for each in kind.open_fields)]
        named = format_list(parts)
        told = words.format(file=shown, kind=kind.title, titles=format_list(map(safe, unknown)), known=named)
        raise Unreadable(told)
    return keys


def _command(session: Session, kind: CaseKind, row: Mapping[str, str]) -> tuple[OpenCase, str]:
    """What a line says: the case, and the key of the state that it is to be in."""
    leads: list[CaseLead] = []
    for role in kind.roles:
        named = row.get(f"id:{role.key}") or row.get(f"role:{role.key}", "")
        for each in named.split(_BETWEEN.strip()):
            if each.strip():
                leads.append(CaseLead(role.key, find_lead(session, clean(each)).id))
    answers = {
        each.key: row[each.key].replace(_BETWEEN, "\n") if each.kind is FieldKind.CHOICES else row[each.key]
        for each in kind.open_fields
        if each.key in row
    }
    parent = fold_digits(row.get("parent", ""))
    command = OpenCase(
        kind.key,
        tuple(leads),
        row.get("title", ""),
        answers,
        int(parent) if parent.isdecimal() else None,
        _owner(session, row.get("owner", "")),
    )
    return command, _state(kind, row.get("state", ""))


def _state(kind: CaseKind, typed: str) -> str:
    wanted = search_key(typed)
    for each in kind.states:
        if wanted in (search_key(each.key), search_key(each.title)):
            return each.key
    if typed:
        words = _("There is no state “{key}”; there are {known}.")
        raise Invalid(words.format(key=typed, known=format_list(each.title for each in kind.states)), "state")
    return kind.first_state.key


def _owner(session: Session, typed: str) -> int | None:
    if not typed:
        return None
    found = find_people(typed, session.definitions.active_colleagues)
    if len(found) != 1:
        raise Invalid(_("That colleague no longer works here; choose another."), "owner")
    return found[0].id
