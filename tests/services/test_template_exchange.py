"""A definition that went out comes in again without a difference; what differs is told before it is written."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from session_making import MovingClock, add_lead, hire, make_session, status_of, without_owner

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.permission import DEFINING, SEE_LEADS, Permission, Profile
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.errors import Conflict, Invalid, Refused
from leadtui.services import defining
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.services.template_exchange import (
    Action,
    TemplateDifference,
    compare,
    import_template,
    read_template,
    template_text,
)
from leadtui.services.templates import list_templates, load_template
from leadtui.store import leads
from leadtui.store.consistency import look
from leadtui.store.order import permutation


@pytest.fixture
def session(tmp_path: Path) -> Generator[Session]:
    session = make_session(tmp_path)
    yield session
    session.close()


def written(session: Session, folder: Path, name: str = "out.toml", *changes: tuple[str, str]) -> str:
    text = template_text(session).decode()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_another_language_has_its_own_order(session: Session, tmp_path: Path) -> None:
    names = ["هدى", "وليد", "ياسر", "إبراهيم", "احمد", "أسماء", "Sara"]
    for at, name in enumerate(names):
        add_lead(session, name, f"+1 212 555 01{at:02}", city="القاهرة" if at % 2 else "القاهره")

    def listed() -> list[str]:
        with session.read(SEE_LEADS) as tx:
            ids = permutation(tx, "name").ascending
            return [leads.get(tx, each).name for each in ids]

    assert listed() == ["Sara", "أسماء", "إبراهيم", "احمد", "هدى", "وليد", "ياسر"]
    import_template(session, read_template(written(session, tmp_path, "fa.toml", ('"en"', '"fa"'))))
    assert listed() == ["احمد", "إبراهيم", "أسماء", "وليد", "هدى", "ياسر", "Sara"]
    import_template(session, read_template(written(session, tmp_path, "ar.toml", ('"fa"', '"ar"'))))
    assert listed() == ["إبراهيم", "احمد", "أسماء", "هدى", "وليد", "ياسر", "Sara"]
    with session.read(SEE_LEADS) as tx:
        assert [count for _city, count in leads.distinct_cities(tx, "", 9)] == [len(names)]
    assert [each.fault for each in look(session.store, session.now())] == []


TITLE = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12)


@settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TITLE, TITLE, st.sampled_from(CartableRule), st.sampled_from(ReminderRule), st.sampled_from(FieldKind))
def test_what_went_out_comes_in_without_a_difference(
    session: Session,
    tmp_path: Path,
    title: str,
    other: str,
    cartable: CartableRule,
    reminder: ReminderRule,
    kind: FieldKind,
) -> None:
    options = ("a, b", "“c”") if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else ()
    field = Field(0, "", other, kind, options, required=True)
    status = Status(0, "", title, cartable=cartable, reminder=reminder, fields=(field,))
    try:
        defining.save_status(session, status)
        defining.save_field(session, field)
        defining.add_titled(session, defining.CHANNEL, title)
        defining.retire(session, defining.CHANNEL, 1)
    except Invalid:
        pass  # no title, or one that is taken
    template = read_template(written(session, tmp_path))
    assert compare(session, template, retire_missing=True) == []
    assert import_template(session, template) == []


@pytest.mark.parametrize("name", [each.key for each in list_templates()])
@pytest.mark.parametrize("retire_missing", [False, True])
def test_any_template_can_be_brought_in(
    session: Session, tmp_path: Path, name: str, retire_missing: bool
) -> None:
    add_lead(session, "Mina", "+1 212 555 0101")
    before = session.definitions
    template = load_template(name)
    told = compare(session, template, retire_missing=retire_missing)
    assert import_template(session, template, retire_missing=retire_missing, shown=told) == told
    after = session.definitions
    assert compare(session, template, retire_missing=retire_missing) == []
    assert after.workspace.region == template.workspace.region
    assert [each.key for each in after.open_statuses][: len(template.statuses)] == [
        each.key for each in template.statuses
    ]
    # Nothing is deleted, and what is the same by its key is the same by its id.
    assert {each.id for each in before.statuses} <= {each.id for each in after.statuses}
    assert {each.id: each.key for each in before.channels}.items() <= {
        each.id: each.key for each in after.channels
    }.items()
    if retire_missing:
        assert {each.key for each in after.open_fields if not each.playbook} == {
            each.key for each in template.fields
        }
    again = read_template(written(session, tmp_path))
    assert compare(session, again, retire_missing=True) == []


def test_each_difference_is_told_part_by_part(session: Session, tmp_path: Path) -> None:
    status = status_of(session, "demo_booked")
    file = written(
        session,
        tmp_path,
        "out.toml",
        (f'title = "{status.title}"', 'title = "Demo agreed"'),
        ('currency = "', 'currency = "EUR"\n# "'),
    )
    template = read_template(file)
    told = compare(session, template)
    assert (
        TemplateDifference("status", Action.CHANGE, status.title, (("title", status.title, "Demo agreed"),))
        in told
    )
    assert [each.sort for each in told] == ["workspace", "status"]
    import_template(session, template)
    renamed = status_of(session, "demo_booked")
    assert (renamed.id, renamed.title) == (status.id, "Demo agreed")
    assert [each.key for each in renamed.fields] == [each.key for each in status.fields]
    assert session.workspace.currency == "EUR"


def test_what_the_file_lacks_stays_or_is_retired(session: Session, tmp_path: Path) -> None:
    file = written(session, tmp_path)
    status = defining.save_status(session, Status(0, "", "Sample class"))
    field = defining.save_field(session, Field(0, "", "Shoe size"))
    template = read_template(file)
    assert compare(session, template) == []
    told = import_template(session, template, retire_missing=True)
    assert [(each.action, each.title) for each in told] == [
        (Action.RETIRE, "Sample class"),
        (Action.RETIRE, "Shoe size"),
    ]
    again = session.definitions.status(status.id)
    assert again is not None
    assert again.retired
    assert field.key not in {each.key for each in session.definitions.open_fields}


def test_a_retired_one_is_brought_back_and_an_order_is_taken_over(session: Session, tmp_path: Path) -> None:
    template = read_template(written(session, tmp_path))
    first, *rest = [each.id for each in session.definitions.open_statuses]
    defining.retire(session, defining.STATUS, first)
    defining.reorder(session, defining.STATUS, list(reversed(rest)))
    told = import_template(session, template)
    assert {each.action for each in told} == {Action.BRING_BACK, Action.MOVE}
    assert [each.id for each in session.definitions.open_statuses] == [first, *rest]


def test_what_cannot_go_with_what_is_there_changes_nothing(session: Session, tmp_path: Path) -> None:
    field = defining.save_field(session, Field(0, "", "Shoe size"))
    lead = add_lead(session, "Mina", "+1 212 555 0101")
    with session.store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE lead SET custom = ? WHERE id = ?", ('{"' + field.key + '": "large"}', lead.id)
        )
    file = written(
        session,
        tmp_path,
        "kind.toml",
        ('title = "Shoe size", kind = "text"', 'title = "Shoe size", kind = "number"'),
    )
    before = session.definitions
    with pytest.raises(Invalid, match="its kind stays"):
        import_template(session, read_template(file))
    blank = written(session, tmp_path, "titles.toml")
    defining.save_status(session, Status(0, "", "Sample class"))
    same = (
        Path(blank)
        .read_text()
        .replace(f'title = "{status_of(session, "demo_booked").title}"', 'title = "sample  CLASS"', 1)
    )
    Path(blank).write_text(same)
    with pytest.raises(Invalid, match="Two would be called"):
        import_template(session, read_template(blank))
    assert session.reload_definitions().fields == before.fields
    assert session.workspace == before.workspace


def test_what_was_shown_is_what_is_done(session: Session, tmp_path: Path) -> None:
    template = load_template("blank")
    shown = compare(session, template)
    defining.save_field(session, Field(0, "", "Shoe size"))
    import_template(session, template, shown=shown)  # a field that the template lacks is no difference
    other = load_template("hesin-haseb")
    shown = compare(session, other)
    import_template(session, other)
    with pytest.raises(Conflict, match="look at the differences again"):
        import_template(session, other, shown=shown)


def test_profiles_go_out_and_come_in(session: Session, tmp_path: Path) -> None:
    reception = save_profile(session, Profile(0, "", "Reception", frozenset({Permission.SEE_CUSTOMERS})))
    file = written(
        session,
        tmp_path,
        "profiles.toml",
        ('title = "Reception"', 'title = "Help desk"'),
        ('    "customers:see",\n]', '    "customers:erase",\n    "customers:fly",\n]'),
    )
    template = read_template(file)
    told = compare(session, template, retire_missing=True)
    parts = (
        ("title", "Reception", "Help desk"),
        ("customers:see", "all", "none"),
        ("customers:erase", "none", "all"),
    )
    assert told == [
        TemplateDifference("profile", Action.CHANGE, "Reception", tuple(sorted(parts, key=_as_told)))
    ]

    # Whoever may define but not manage colleagues gives nobody a right by a file.
    definer = save_profile(session, Profile(0, "", "Definer", DEFINING))
    clock = MovingClock()
    sara = hire(session, "Sara", "sara@example.com", clock, profile=definer.key)
    with pytest.raises(Refused, match="colleagues:manage"):
        import_template(sara, template)
    assert compare(sara, read_template(written(sara, tmp_path))) == []
    sara.close()

    import_template(session, template, shown=compare(session, template))
    changed = session.definitions.profile(reception.key)
    assert changed == Profile(
        reception.id, reception.key, "Help desk", frozenset({Permission.ERASE_CUSTOMERS})
    )
    assert compare(session, read_template(written(session, tmp_path)), retire_missing=True) == []
    # A file without profiles leaves them as they are.
    assert "profile" not in {
        each.sort for each in compare(session, load_template("blank"), retire_missing=True)
    }

    # A new workspace begins with them.
    folder = tmp_path / "other"
    folder.mkdir()
    other = Session.create(folder / "desk.db", template, "Neda", "neda@example.com")
    begun = {each.key: each for each in other.definitions.profiles}
    assert begun[reception.key].permissions == {Permission.ERASE_CUSTOMERS}
    other.close()


def test_a_file_of_the_time_before_the_parts_means_all_of_them(session: Session, tmp_path: Path) -> None:
    save_profile(session, Profile(0, "", "Definer", DEFINING | {Permission.SEE_ALL_DAYS}))
    text = template_text(session).decode()
    before, listed, after = text.rpartition("permissions = [")
    former = '    "settings:define",\n    "reports:all-days",\n    "of:another-time",\n]'
    rest = after.partition("]")[2]
    path = tmp_path / "former.toml"
    path.write_text(f"{before}{listed}\n{former}{rest}")
    (told,) = [each for each in read_template(str(path)).profiles if each.title == "Definer"]
    assert told.permissions == DEFINING | {Permission.SEE_ALL_DAYS, Permission.SEE_BOARD}


def test_nobody_left_without_a_manager_of_colleagues(session: Session, tmp_path: Path) -> None:
    without_owner(session)
    template = read_template(written(session, tmp_path, "out.toml", ('    "colleagues:manage",\n', "")))
    before = session.definitions.profiles
    with pytest.raises(Invalid, match="Nobody could manage colleagues"):
        import_template(session, template)
    assert session.reload_definitions().profiles == before
    folder = tmp_path / "other"
    folder.mkdir()
    other = Session.create(folder / "desk.db", template, "Neda", "neda@example.com")
    assert other.actor.may(Permission.MANAGE_COLLEAGUES)
    other.close()


def _as_told(part: tuple[str, str, str]) -> int:
    order = ["title", *(each.value for each in Permission)]
    return order.index(part[0])


def test_who_may_not_define_is_refused(session: Session) -> None:
    agent = hire(session, "Sara", "sara@example.com", MovingClock())
    for call in (
        lambda: template_text(agent),
        lambda: compare(agent, load_template("blank")),
        lambda: import_template(agent, load_template("blank")),
    ):
        with pytest.raises(Refused, match="settings:statuses"):
            call()
    agent.close()
