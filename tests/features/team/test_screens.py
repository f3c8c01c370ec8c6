"""Settings of the team room on a real file: read, changed, refused beside the field, taken back."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.features.team.screens.association import AssociationSection
from caseworker_app.features.team.screens.desk import TeamDesk
from caseworker_app.features.team.screens.people import PeopleSection
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable


@pytest.fixture
def desk(file, who, tasks) -> TeamDesk:
    return TeamDesk(file, who, tasks, ChangeBroadcast(), Navigator(), take_back_last)


def shown(qtbot, section, ready):
    dress(QApplication.instance(), "light")
    qtbot.addWidget(section)
    section.resize(1000, 620)
    section.show_section()
    bring_up(qtbot, section)
    qtbot.waitUntil(ready)
    return section


@pytest.fixture
def association(qtbot, desk) -> AssociationSection:
    section = AssociationSection(desk)
    return shown(qtbot, section, lambda: bool(section.entries["name"].text()))


@pytest.fixture
def people(qtbot, desk) -> PeopleSection:
    section = PeopleSection(desk)
    return shown(qtbot, section, lambda: section.list.rows.rowCount() > 0)


def kept(file, who):
    with file.reading() as connection:
        return team.the_association(connection, who)


def workers(file, who):
    with file.reading() as connection:
        return {each.name: each for each in team.list_workers(connection, who)}


def type_into(entry, words: str) -> None:
    entry.setText(words)
    entry.textEdited.emit(words)


def test_the_association_is_changed_and_the_change_taken_back(qtbot, file, who, desk, association) -> None:
    assert association.entries["name"].text() == "Les Amarres"
    assert not association.save.isEnabled()
    type_into(association.entries["city"], "Roubaix")
    with qtbot.waitSignal(desk.navigator.confirmed) as told:
        qtbot.keyClick(association.entries["city"], Qt.Key.Key_Return)
    assert kept(file, who).city == "Roubaix"
    told.args[1]()
    qtbot.waitUntil(lambda: kept(file, who).city is None)
    qtbot.waitUntil(lambda: association.entries["city"].text() == "")


def test_an_association_without_name_is_refused_beside_it(qtbot, file, who, association) -> None:
    type_into(association.entries["name"], "  ")
    association.save.click()
    qtbot.waitUntil(lambda: bool(association.fields["name"].sentence))
    assert association.entries["name"].hasFocus()
    assert kept(file, who).name == "Les Amarres"


def test_what_is_typed_stays_when_one_comes_back_to_the_section(qtbot, association) -> None:
    type_into(association.entries["street"], "3 rue Basse")
    association.show_section()
    assert association.entries["street"].text() == "3 rue Basse"


def test_a_colleague_is_added_changed_and_put_aside(qtbot, file, who, desk, people) -> None:
    people.add.click()
    assert people.entries["name"].hasFocus()
    type_into(people.entries["name"], "Samuel Okaforin")
    people.role_choice.choose(Role.VOLUNTEER.value)
    people.role_choice.activated.emit(1)
    assert "écrire au journal" in people.rights.text()
    assert "imprimer" not in people.rights.text()
    with qtbot.waitSignal(desk.navigator.confirmed):
        people.save.click()
    assert workers(file, who)["Samuel Okaforin"].role is Role.VOLUNTEER
    qtbot.waitUntil(lambda: people.list.rows.rowCount() == 2 and people.title.text() == "Samuel Okaforin")
    type_into(people.entries["phone"], "02 61 91 04 12")
    with qtbot.waitSignal(desk.navigator.confirmed):
        people.save.click()
    assert workers(file, who)["Samuel Okaforin"].phone == "02 61 91 04 12"
    qtbot.waitUntil(people.leave_button.isVisible)
    with qtbot.waitSignal(desk.navigator.confirmed):
        people.leave_button.click()
    assert not workers(file, who)["Samuel Okaforin"].active
    qtbot.waitUntil(lambda: "Réactiver" in people.leave_button.text())


def test_one_cannot_shut_oneself_out(qtbot, file, who, people) -> None:
    assert people.title.text() == "Claire Lenoir"
    assert not people.leave_button.isVisible()
    people.role_choice.choose(Role.VOLUNTEER.value)
    people.role_choice.activated.emit(1)
    people.save.click()
    qtbot.waitUntil(lambda: bool(people.fields["role"].sentence))
    assert workers(file, who)["Claire Lenoir"].role is Role.SUPERVISOR


def test_a_role_that_only_reads_is_shown_nothing_to_press(qtbot, file, who, tasks) -> None:
    reader = Who(who.worker_id, who.name, Role.CASEWORKER)
    desk = TeamDesk(file, reader, tasks, ChangeBroadcast(), Navigator(), take_back_last)
    section = PeopleSection(desk)
    shown(qtbot, section, lambda: section.list.rows.rowCount() > 0)
    assert section.read_only.isVisible()
    assert not section.save.isVisible()
    assert not section.add.isVisible()
    assert section.entries["name"].isReadOnly()


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("make", [AssociationSection, PeopleSection])
def test_every_word_is_shown_and_every_control_reached(qtbot, qapp, desk, make, appearance, scale) -> None:
    dress(qapp, appearance, scale)
    section = make(desk)
    qtbot.addWidget(section)
    section.resize(880, 1200)
    section.show_section()
    section.show()
    qtbot.waitUntil(lambda: bool(section.entries["name"].text()))
    assert (cut_words(section), nameless(section), unreachable(section)) == ([], [], [])
    dress(qapp, "light")


@pytest.fixture
def picture(tmp_path):
    Image.new("RGB", (300, 120), "navy").save(tmp_path / "logo.png")
    return tmp_path / "logo.png"


def test_a_logo_is_chosen_shown_and_taken_back_while_words_are_being_typed(
    qtbot, file, who, desk, association, picture
) -> None:
    type_into(association.entries["city"], "Roubaix")
    with qtbot.waitSignal(desk.navigator.confirmed) as told:
        association.logo.chosen.emit(picture)
    qtbot.waitUntil(lambda: association.logo.picture.has_logo)
    assert kept(file, who).logo_png is not None
    assert association.entries["city"].text() == "Roubaix"
    told.args[1]()
    qtbot.waitUntil(lambda: not association.logo.picture.has_logo)
    association.save.click()
    qtbot.waitUntil(lambda: kept(file, who).city == "Roubaix")


def test_a_file_that_is_no_picture_is_said_beside_the_logo(qtbot, file, who, association, tmp_path) -> None:
    (tmp_path / "logo.png").write_bytes(b"texte")
    association.logo.chosen.emit(tmp_path / "logo.png")
    qtbot.waitUntil(lambda: bool(association.logo.line.sentence))
    assert kept(file, who).logo_png is None


def test_a_logo_is_removed(qtbot, file, who, association, picture) -> None:
    association.logo.chosen.emit(picture)
    qtbot.waitUntil(association.logo.remove.isVisible)
    association.logo.remove.click()
    qtbot.waitUntil(lambda: not association.logo.remove.isVisible())
    assert kept(file, who).logo_png is None
