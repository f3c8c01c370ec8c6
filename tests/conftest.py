"""What tests stand on: a real encrypted file in a temporary folder, a founded office, a clock that stands still."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before any Qt import: tests paint without a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from caseworker_app.bootstrap.stores import load_stores
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    Civility,
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
)
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import NewOffice, Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage.encrypted_file import EncryptedFile, FileClosed
from tests.alarm import Alarm
from tests.ground import KEY, NOW, SHARED
from tests.lines import untrue_lines
from tests.patience import PatientBot

# A busy machine is slow to draw examples: that says nothing of the program. The same examples each time: what fails
# then comes from a change, not from chance, which is tried with `--hypothesis-profile chance`.
settings.register_profile(
    "passerelle", suppress_health_check=[HealthCheck.too_slow], deadline=None, derandomize=True
)
settings.register_profile("chance", settings.get_profile("passerelle"), derandomize=False)
settings.load_profile("passerelle")


_ALARM = Alarm()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Iterator[None]:
    _ALARM.begin()
    with _ALARM.set():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    with _ALARM.set():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    with _ALARM.set():
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _stores() -> None:
    load_stores()


@pytest.fixture(scope="session")
def qapp(qapp: object) -> object:
    """pytest-qt's own, where a question no test answers fails it instead of waiting for ever."""
    from PySide6.QtWidgets import QDialog, QFileDialog

    def nobody_answers(dialog: QDialog) -> int:
        pytest.fail(f"{type(dialog).__name__} asks, and no test answers")

    def nobody_chooses(*_arguments: object, **_options: object) -> object:
        pytest.fail("a file is asked for, and no test answers")

    QDialog.exec = nobody_answers  # type: ignore[method-assign, assignment]
    for asking in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        setattr(QFileDialog, asking, staticmethod(nobody_chooses))
    return qapp


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    """pytest-qt's own, in no hurry."""
    return PatientBot(request)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def blank_folder(tmp_path_factory: pytest.TempPathFactory, _stores: None) -> Path:
    """A founded, empty file made once: each test works on a copy (migrating a new one takes half a second)."""
    folder = tmp_path_factory.mktemp("blank")
    with EncryptedFile.create(folder, KEY, FixedClock(NOW)) as file:
        team.found_office(file, NewOffice("Les Amarres", "Claire Lenoir"))
    return folder


@pytest.fixture
def file(blank_folder: Path, tmp_path: Path, clock: FixedClock) -> Iterator[EncryptedFile]:
    folder = tmp_path / "file"
    shutil.copytree(blank_folder, folder)
    with EncryptedFile.open(folder, KEY, clock) as opened:
        yield opened
        with suppress(FileClosed):
            assert untrue_lines(opened) == []


@pytest.fixture
def who(file: EncryptedFile) -> Who:
    return team.owner(file)


@pytest.fixture
def household(file: EncryptedFile, who: Who) -> str:
    """An invented household of one adult and one child."""
    new = NewHousehold(
        (
            NewMember("Marchadier", "Solène", Civility.MRS, birth_date=date(1992, 3, 14)),
            NewMember("Marchadier", "Lila", birth_date=date(2017, 6, 2)),
        ),
        (NewAddress("14 rue des Tisserands", "bât. B, apt 12", "59100", "Roubaix"),),
        (NewContact(ContactKind.PHONE, "06 39 98 12 47", safe=True, instructions="SMS après 17 h"),),
    )
    return households.create_household(file, who, new)[0]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files; tests that need one skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real files (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture(scope="module", autouse=True)
def _no_window_is_left() -> Iterator[None]:
    """Remove what windows a module left: every later change of style would go through all of them."""
    yield
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    for window in QApplication.topLevelWidgets():
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module", autouse=True)
def _memory_is_looked_through_here() -> Iterator[None]:
    """Look for what nobody holds in this thread alone: a widget let go in another thread ends the process."""
    gc.disable()
    yield
    gc.collect()
