"""The log of accesses in the settings: filters, older lines, opening a file from a line, told to a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caseworker_app.features.accesses.domain import PAGE
from caseworker_app.features.accesses.screens.section import AccessesSection
from caseworker_app.features.dossier.screens.history_tab import History, HistoryTab
from caseworker_app.features.dossier.service import history_of, readers_of
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.ui_kit.page import Navigator


@pytest.fixture
def section(qtbot, file, who, household, tasks):
    file.accesses.note(who.worker_id, AccessKind.OPENED, household)
    file.accesses.note(who.worker_id, AccessKind.PRINTED, household, "synthese")
    file.accesses.note("c" * 32, AccessKind.REFUSED, None, "import_lists")
    made = AccessesSection(file, who, tasks, Navigator())
    qtbot.addWidget(made)
    made.resize(1080, 800)
    made.show()
    made.show_section()
    qtbot.waitUntil(lambda: rows(made) == 3)
    return made


def rows(section: AccessesSection) -> int:
    return section.list.model().rowCount()


def spoken(section: AccessesSection) -> list[str]:
    model = section.list.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(n, 0).data(role)) for n in range(model.rowCount())]


def test_lines_noted_a_moment_ago_are_shown_newest_first(section):
    said = spoken(section)
    assert said[0].startswith("Accès refusé\u00a0: importer des listes")
    assert "personne inconnue de ce fichier" in said[0]
    assert "Solène Marchadier" in said[2]
    assert "24/11/2026" in said[2]
    assert section.card.remark.text() == "3\u00a0lignes"


def test_filters_narrow_the_lines(section, qtbot, who):
    section.kind.choose(AccessKind.PRINTED.value)
    qtbot.waitUntil(lambda: rows(section) == 1)
    section.kind.choose("")
    qtbot.waitUntil(lambda: rows(section) == 3)
    section.person.choose(who.worker_id)
    qtbot.waitUntil(lambda: rows(section) == 2)
    section.person.choose("")
    qtbot.keyClicks(section.household, "marchadier")
    qtbot.waitUntil(lambda: rows(section) == 2)
    qtbot.keyClicks(section.household, "zzz")
    qtbot.waitUntil(section.nothing.isVisible)
    assert not section.list.isVisible()


def test_older_lines_are_read_on(section, qtbot, file, who):
    for _ in range(PAGE):
        file.accesses.note(who.worker_id, AccessKind.PRINTED, None, "synthese")
    section.show_section()
    qtbot.waitUntil(section.more.isVisible)
    assert rows(section) == PAGE
    section.more.click()
    qtbot.waitUntil(lambda: rows(section) == PAGE + 3)
    assert not section.more.isVisible()


def test_a_line_about_a_household_opens_it(section, qtbot, household):
    asked = []
    section._navigator.asked.connect(asked.append)
    section.list.opened.emit(list(section._lines)[-1])
    section.list.opened.emit(next(iter(section._lines)))
    assert [(route.page, route.household, route.tab) for route in asked] == [
        ("dossier", household, "history")
    ]


def test_who_may_not_read_it_is_told_so(qtbot, file, who, tasks):
    made = AccessesSection(file, Who(who.worker_id, who.name, Role.CASEWORKER), tasks, Navigator())
    qtbot.addWidget(made)
    made.show()
    made.show_section()
    assert made.not_allowed.isVisible()
    assert not made.card.isVisible()


def test_everything_one_can_act_on_has_a_name(section):
    for each in section.findChildren(QWidget):
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and each.isVisible():
            named = each.accessibleName() or getattr(each, "text", str)()
            assert named or each.parent().accessibleName(), each


def test_the_history_of_a_household_tells_who_read_it(qtbot, file, who, household):
    file.accesses.note(who.worker_id, AccessKind.OPENED, household)
    file.keep_accesses()
    tab = HistoryTab()
    qtbot.addWidget(tab)
    tab.resize(1150, 530)
    tab.show()
    with file.reading() as connection:
        lines, readers = history_of(connection, who, household), readers_of(connection, who, household)
    tab.show_history(History(lines, (), readers))
    assert tab.read_by_card.isVisible()
    assert tab.read_by.model().rowCount() == 1
    assert tab.read_by_card.remark.text() == "1\u00a0ligne"
    tab.show_history(History(lines))
    assert not tab.read_by_card.isVisible()
