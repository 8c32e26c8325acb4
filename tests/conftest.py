"""What all rooms' tests share: a clock that stands still, and nothing of the person's own folders."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator
from pathlib import Path

import amounts
import portable_sql
import pytest
from compiling_once import compile_once
from given_messages import GivenMessages
from hearing import hear_signals
from released import ReleasedStore
from session_making import MovingClock, make_session
from sqlalchemy import Engine, event

from leadtui import paths
from leadtui.language import translate
from leadtui.services.session import Session

# Thousands of tests keep much that lives long: looking through it for garbage took a fifth of their time. Too seldom is
# no better: a program that then stands still for seconds is taken to hang.
gc.set_threshold(20_000, 10, 50)

compile_once()


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests that wait for other processes leave room for the others."""
    return (os.cpu_count() or 1) + 1


LONG = (
    "test_model",
    "test_many_processes",
    "test_hostile_data",
    "test_kills",
    "test_faults",
    "test_stopped_imports",
)
"""Files whose tests take longest."""


def pytest_configure(config: pytest.Config) -> None:
    amounts.begin(proving=_proving(config))


def _proving(config: pytest.Config) -> bool:
    return config.getoption("markexpr") == "proof"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest tests come first: at the end only short ones are left for the workers to share."""
    if _proving(config):
        amounts.prove_properties(items)
    left_out = amounts.sample_families(items, config.args, config.rootpath)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    items.sort(key=lambda item: item.path.stem not in LONG)


FIGURE = "figure"
"""Under this name a test records a property that says what it has counted."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much of what others have laid down is true of the program, a line for each test that counts it."""
    reports = [each for each in terminalreporter.getreports("passed") if each.when == "call"]
    figures = [str(value) for each in reports for name, value in each.user_properties if name == FIGURE]
    if figures:
        terminalreporter.section("figures")
        for figure in sorted(figures):
            terminalreporter.write_line(figure)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """At the end pytest looks five times for garbage that warns as it goes: what the first time leaves is not garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def hearing() -> None:
    """Whoever starts the tests under `nohup` or in the background gets the same answers."""
    hear_signals()


FOREIGN = (
    *("LEADTUI_STORE", "LEADTUI_AS", "LEADTUI_LANGUAGE", "NO_COLOR", "FORCE_COLOR"),
    *("LEADTUI_PASSWORD_FILE", "LEADTUI_SIGN_IN_FILE", "LEADTUI_KEEP_SIGN_IN"),
    *("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"),
)
"""What the person who runs the tests may have set for their own leadtui."""


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings, themes and stores of whoever runs the tests out of them, and out of the programs that they start."""
    for variable in FOREIGN:
        monkeypatch.delenv(variable, raising=False)
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "own"))
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "own" / "settings.toml")
    monkeypatch.setattr(paths, "sign_ins_folder", lambda: tmp_path / "own" / "sign-ins")
    monkeypatch.setattr(paths, "crash_folder", lambda: tmp_path / "own" / "log")
    monkeypatch.setattr(paths, "own_themes_folder", lambda: tmp_path / "own" / "themes")


@pytest.fixture(autouse=True)
def english() -> Generator[None]:
    """A program of another language leaves the next test speaking English."""
    yield
    translate.use(translate.SOURCE_LANGUAGE)


@pytest.fixture(autouse=True)
def portable_statements(request: pytest.FixtureRequest) -> Generator[None]:
    """In the tests of the store and of what stands on it, each statement must be one that PostgreSQL could run."""
    if request.path.relative_to(Path(__file__).parent).parts[0] not in ("store", "services", "cli"):
        yield
        return
    event.listen(Engine, "before_execute", portable_sql.check)
    yield
    event.remove(Engine, "before_execute", portable_sql.check)


MESSAGES = GivenMessages()


@pytest.fixture(autouse=True)
def given_messages(request: pytest.FixtureRequest) -> Generator[None]:
    """In the tests of the fronts, each message that is said must be one that translators are given, where it stands."""
    if request.path.relative_to(Path(__file__).parent).parts[0] in ("presentation", "cli", "tui"):
        MESSAGES.look()
    yield
    MESSAGES.looking = False


@pytest.fixture
def clock() -> MovingClock:
    """Saturday 7 Mehr 1403, 10:42 in Tehran, until the test moves it."""
    return MovingClock()


@pytest.fixture
def session(tmp_path: Path, clock: MovingClock) -> Generator[Session]:
    """Neda's desk: the template "sales", in a store of its own."""
    made = make_session(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def released(tmp_path: Path) -> Generator[ReleasedStore]:
    """A copy of the store that release 0.1.0 wrote."""
    store = ReleasedStore(tmp_path)
    yield store
    store.close()
