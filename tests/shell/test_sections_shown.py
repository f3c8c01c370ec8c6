"""The sections of the settings, and those the palette offers: the same ones, for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from caseworker_app.bootstrap.backup_keeper import BackupKeeper
from caseworker_app.bootstrap.office import Office, create_office
from caseworker_app.bootstrap.pages import Desk
from caseworker_app.features.team.domain import NewOffice, Role
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.shell.called import SECTIONS
from caseworker_app.shell.settings import SettingsPage


@pytest.fixture
def office(tmp_path: Path, _stores: None) -> Iterator[Office]:
    names = NewOffice("Les Amarres", "Claire Lenoir")
    made = create_office(tmp_path / "data", "quatre mots sans rapport", names, kdf=THROW_AWAY)[0]
    yield made
    made.close()


@pytest.mark.parametrize("role", list(Role))
def test_the_palette_offers_the_sections_that_are_there_under_their_titles(
    qtbot, dressed, tasks, office, role
) -> None:
    office.who = replace(office.who, role=role)
    desk = Desk(office, tasks)
    desk.keeper = BackupKeeper(office, tasks, QWidget())
    page = desk.pages()["settings"]()
    qtbot.addWidget(page)
    assert isinstance(page, SettingsPage)
    listed = {each.key: (each.words, each.icon) for each in page._sections.values()}
    offered = {each.key: (each.title, each.icon) for each in SECTIONS if each.key in desk.section_keys()}
    assert offered == listed
