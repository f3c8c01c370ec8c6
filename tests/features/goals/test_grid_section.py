"""Settings › Grille d’autonomie, as it is used: reworded, left out, added, kept as a draft, recorded, taken back."""

from __future__ import annotations

import pytest

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.goals import service
from caseworker_app.features.goals.screens.grid_section import GridSection
from caseworker_app.features.goals.screens.settings_desk import GoalSettingsDesk
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from tests.ui_kit.inspection import bring_up, nameless, unreachable


@pytest.fixture
def make(qtbot, file, who, drafts, tasks):
    kept = []

    def made(worker: Who = who) -> GridSection:
        navigator, changes = Navigator(), ChangeBroadcast()
        kept.extend((navigator, changes))
        section = GridSection(
            GoalSettingsDesk(file, worker, drafts, tasks, changes, navigator, take_back_last)
        )
        qtbot.addWidget(section)
        section.resize(1000, 900)
        bring_up(qtbot, section)
        section.show_section()
        qtbot.waitUntil(lambda: not tasks.busy)
        return section

    return made


def in_force(section: GridSection):
    desk = section._desk
    with desk.file.reading() as connection:
        return service.grids(connection, desk.who).on(desk.today)


def say(section: GridSection, name: str, words: str) -> None:
    entry = section.domain.entry(name)
    entry.setText(words)
    entry.textEdited.emit(words)


def test_a_domain_reworded_makes_a_version_that_is_taken_back(qtbot, make) -> None:
    section = make()
    assert not section.save.isEnabled()
    section.list.stand_on("budget")
    say(section, "anchor0", "Aucune vue sur les comptes")
    assert section.said.text() == "Reformulé\u00a0: Budget."
    section.save.click()
    qtbot.waitUntil(lambda: not section._desk.tasks.busy and not section.save.isEnabled())
    assert in_force(section).domain("budget").anchors[0] == "Aucune vue sur les comptes"
    assert section.versions.rows.rowCount() == 2
    section._desk.undo()
    qtbot.waitUntil(lambda: section.versions.rows.rowCount() == 1)
    assert section.domain.entry("anchor0").text() == "Ressources et charges pas encore connues"


def test_what_is_missing_is_told_beside_its_field(qtbot, make) -> None:
    section = make()
    section.list.stand_on("budget")
    section.domain.left_out.emit(True)
    section.begin_domain()
    say(section, "label", "Mobilité")
    section.keep()
    qtbot.waitUntil(lambda: bool(section.domain.fields["anchor0"].sentence))
    assert "Mobilité" in section.domain.fields["anchor0"].sentence
    assert in_force(section).edition_id is None


def test_what_is_written_waits_in_a_draft(qtbot, make, tasks) -> None:
    section = make()
    section.list.stand_on("debts")
    say(section, "label", "Dettes et crédits")
    section.leave()
    qtbot.waitUntil(lambda: not tasks.busy)
    again = make()
    assert again.banner.isVisible()
    assert again.save.isEnabled()
    assert again.said.text() == "Reformulé\u00a0: Dettes et crédits."
    again.drop.click()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert not again.save.isEnabled()
    assert not make().save.isEnabled()


def test_a_measure_asks_about_domains_of_its_own(qtbot, make) -> None:
    section = make()
    sets = section.sets
    sets.kind.choose("avdl_diagnostic")
    sets._show()
    assert "6\u00a0domaines sur 14" in sets.said.text()
    sets.ticks["children"].click()
    section.keep()
    qtbot.waitUntil(lambda: not section._desk.tasks.busy and not section.save.isEnabled())
    asked = [each.code for each in in_force(section).domains_for("avdl_diagnostic")]
    assert asked[-1] == "children"
    assert len(asked) == 7


def test_moving_leaving_out_and_taking_an_older_version_up(qtbot, make) -> None:
    section = make()
    section.list.stand_on("rights")
    section.domain.moved.emit(-1)
    assert section.said.text() == "Ordre changé."
    section.domain.left_out.emit(True)
    assert section.add.isEnabled()
    section.keep()
    qtbot.waitUntil(lambda: not section._desk.tasks.busy and not section.save.isEnabled())
    assert "rights" not in [each.code for each in in_force(section).domains]
    section.versions.opened.emit("2026-1")
    assert section.said.text().startswith("Repris\u00a0: Droits")
    section.keep()
    qtbot.waitUntil(lambda: not section._desk.tasks.busy and not section.save.isEnabled())
    assert "rights" in [each.code for each in in_force(section).domains]


def test_who_may_not_manage_reads(make, who) -> None:
    section = make(Who(who.worker_id, who.name, Role.CASEWORKER))
    assert section.banner.isVisible()
    assert not section.save.isVisible()
    assert section.domain.entry("label").isReadOnly()
    assert nameless(section) == []
    assert unreachable(section) == []
