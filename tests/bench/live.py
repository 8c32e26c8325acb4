"""Measures what is done in a store in which people work: steps, commands on the whole of it, and many at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path

from . import together_at_work
from .acts import Act, Costs, call, command, in_turn, together
from .costs import Cost, apart, cost_of_command
from .ground import SUPERVISOR, Ground, leadtui
from .importing import SHELL

STEPS = 40
"""So many steps are saved in each store."""

EXPORTED = (
    "name, city, phone, email, grade, major, referrer, status_id, owner_id, entered_at, next_at, custom"
)


def costs(ground: Ground) -> Costs:
    """What each takes."""
    stores = {
        ", small": _copied(ground, ground.small, "small.db"),
        "": _copied(ground, ground.rows, "large.db"),
    }
    steps = 3 if ground.once else STEPS
    in_turn(_whole_store(ground, stores[""])[:1], 1)
    return together(
        (
            apart(_steps, stores, steps),
            in_turn(_days(stores), ground.times),
            in_turn(_whole_store(ground, stores[""]), ground.fewer_times),
            in_turn(_erasing(stores), ground.fewer_times),
            apart(_many_customers, stores[""]),
            together_at_work.costs(ground),
        )
    )


def _copied(ground: Ground, customers: int, name: str) -> Path:
    copy = ground.place(name)
    shutil.copyfile(ground.store(customers), copy)
    return copy


def _steps(stores: dict[str, Path], times: int) -> Costs:
    """A status with a reminder, for one customer after the other."""
    from leadtui.domain.view import View
    from leadtui.services.follow_up import SetStatus, set_status
    from leadtui.services.lead_list import LeadList
    from leadtui.services.session import Session

    with ExitStack() as stack:
        acts: list[Act] = []
        for size, store in stores.items():
            session = stack.enter_context(closing(Session.open(store, SUPERVISOR)))
            customers = iter(LeadList(session).first_window(View("name"), times + 1))

            def save(session: Session = session, customers: Iterator[int] = customers) -> None:
                at = session.now() + timedelta(days=1)
                set_status(session, SetStatus(next(customers), None, 1, remind_at=at, note="Rings back"))

            acts.append(call(f"step saved{size}", save))
        in_turn(acts, 1)
        return in_turn(acts, times)


def _many_customers(store: Path) -> Costs:
    from . import many_customers

    return many_customers.costs(store)


def _days(stores: dict[str, Path]) -> list[Act]:
    return [command(f"day{size}", *leadtui(store, "day")) for size, store in stores.items()]


def _whole_store(ground: Ground, store: Path) -> list[Act]:
    """Each command, with what the shell does of the same where there is one."""
    copy, table = ground.folder / "copy.db", ground.folder / "out.csv"
    acts = [
        command("export", *leadtui(store, "leads", "export", "--force", str(table))),
        command("backup", *leadtui(store, "backup", "--force", str(copy))),
        command("doctor", *leadtui(store, "doctor")),
    ]
    shell = SHELL
    if shell is None:
        return acts
    checked = f".backup {copy}\n.open {copy}\nPRAGMA integrity_check;\n"
    return [
        Act(
            "sqlite3 -csv",
            lambda: cost_of_command(
                (shell, "-csv", str(store), f"SELECT {EXPORTED} FROM lead"), output=table
            ),
        ),
        command("sqlite3 .backup, integrity_check", shell, str(store), words=checked),
        command("PRAGMA integrity_check", shell, str(store), "PRAGMA integrity_check"),
        *acts,
    ]


def _erasing(stores: dict[str, Path]) -> list[Act]:
    return [Act(f"erase one{size}", _eraser(store)) for size, store in stores.items()]


def _eraser(store: Path) -> Callable[[], Cost]:
    """Erases the newest customer, then the next one."""

    def erase() -> Cost:
        lead_id, confirmed = apart(_newest, store)
        why = ("--reason", "asked for it", "--confirm", confirmed)
        return cost_of_command(leadtui(store, "leads", "erase", str(lead_id), *why))

    return erase


def _newest(store: Path) -> tuple[int, str]:
    """The newest customer's id, and what is typed to erase them."""
    from leadtui.domain.view import View
    from leadtui.services.erasing import to_confirm
    from leadtui.services.lead_list import LeadList
    from leadtui.services.session import Session

    with closing(Session.open(store, SUPERVISOR)) as session:
        customers = LeadList(session)
        (newest,) = customers.first_window(View(), 1)
        return newest, to_confirm(customers.rows([newest])[newest])
