"""The dialog that makes two files one, on a real file: found, compared, chosen, merged, undone in one click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.features.dossier import service
from caseworker_app.features.dossier.domain.merging import MergeChoices
from caseworker_app.features.dossier.screens.merge_dialog import MergeDialog
from caseworker_app.features.dossier.screens.page import DossierDoors, DossierPage
from caseworker_app.features.dossier.screens.work_dialog import JoiningDesk
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    Relation,
)
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable


@dataclass
class Scene:
    """The dialog in front of a person, and what it said and asked for."""

    window: QWidget
    dialog: MergeDialog
    desk: JoiningDesk
    qtbot: Any
    said: list[tuple[str, Any]] = field(default_factory=list)
    asked: list[Route] = field(default_factory=list)

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: not self.desk.tasks.busy)

    def compare(self, household: str) -> None:
        self.dialog.choose(household)
        self.qtbot.waitUntil(lambda: self.dialog.proposal is not None)
        self.settle()


Make = Callable[..., Scene]


@pytest.fixture
def desk(
    file: EncryptedFile,
    who: Who,
    tasks: Tasks,
    changes: ChangeBroadcast,
    navigator: Navigator,
    drafts: Drafts,
) -> JoiningDesk:
    return JoiningDesk(file, who, tasks, changes, navigator, service.take_back_last, drafts)


@pytest.fixture
def make(qtbot: Any, desk: JoiningDesk) -> Make:
    def build(household: str, size: tuple[int, int] = (1366, 690)) -> Scene:
        window = QWidget()
        window.resize(*size)
        qtbot.addWidget(window)
        window.show()
        dialog = MergeDialog(desk, household, window)
        scene = Scene(window, dialog, desk, qtbot)
        desk.navigator.confirmed.connect(lambda words, undo: scene.said.append((words, undo)))
        desk.navigator.asked.connect(scene.asked.append)
        bring_up(qtbot, dialog)
        scene.settle()
        return scene

    return build


@pytest.fixture
def other(file: EncryptedFile, who: Who) -> str:
    """The same people in another file, some of it told otherwise, and a child more."""
    new = NewHousehold(
        (
            NewMember(
                "Marchadier", "Solène", birth_name="Bassoua", birth_date=date(1992, 3, 14), language="mooré"
            ),
            NewMember("Marchadier", "Noé", birth_date=date(2019, 5, 5)),
        ),
        (NewAddress("3 place de la Liberté", None, "59200", "Tourcoing"),),
        (NewContact(ContactKind.PHONE, "06 39 98 12 47"), NewContact(ContactKind.PHONE, "06 39 98 44 02")),
        visit_instructions="Sonner deux fois.",
        note="Suivie aussi par le CCAS, qui appelle le mardi.",
    )
    return households.create_household(file, who, new)[0]


@pytest.fixture
def told(file: EncryptedFile, who: Who, followed: str) -> str:
    """The first file, with texts of its own and another language."""
    with file.reading() as connection:
        solene = households.open_household(connection, who, followed).members[0]
    changed = NewMember(
        "Marchadier", "Solène", solene.civility, birth_date=solene.birth_date, language="français"
    )
    households.change_member(file, who, solene.id, changed)
    households.set_visit_instructions(file, who, followed, "Digicode 12B.")
    households.change_note(file, who, followed, "Adressée par la mairie.")
    return followed


def titles(scene: Scene) -> list[str]:
    rows = scene.dialog.search.list.rows
    return [row.title for i in range(rows.rowCount()) if (row := rows.row_at(i)) is not None]


def type_text(entry: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(entry, event)


def test_probable_duplicates_come_first_with_the_reason(make: Make, told: str, other: str) -> None:
    scene = make(told)
    assert titles(scene) == ["Solène Marchadier"]
    row = scene.dialog.search.list.rows.row_at(0)
    assert row is not None
    assert row.mark is not None
    assert row.mark.words == "Solène Marchadier\u00a0: même nom et même date de naissance"


def test_the_other_file_is_found_as_one_types(
    make: Make, told: str, other: str, file: EncryptedFile, who: Who
) -> None:
    households.create_household(file, who, NewHousehold((NewMember("Kaboré", "Élodie"),)))
    scene = make(told)
    type_text(scene.dialog.search.words, "kabore")
    scene.qtbot.waitUntil(lambda: titles(scene) == ["Élodie Kaboré"])
    scene.dialog.search.words.clear()
    type_text(scene.dialog.search.words, "zzz")
    scene.qtbot.waitUntil(lambda: titles(scene) == [])
    assert "Aucun dossier trouvé" in scene.dialog.search.nothing.text()


def test_the_keyboard_is_enough_to_merge(
    make: Make, told: str, other: str, file: EncryptedFile, who: Who
) -> None:
    scene = make(told)
    QTest.keyClick(scene.dialog.search.words, Qt.Key.Key_Down)
    assert scene.dialog.search.list.hasFocus()
    QTest.keyClick(scene.dialog.search.list, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: scene.dialog.proposal is not None)
    scene.settle()
    assert scene.dialog.confirm.hasFocus()
    QTest.keyClick(scene.dialog.confirm, Qt.Key.Key_Space)
    scene.qtbot.waitUntil(lambda: len(scene.said) == 1)
    assert not scene.dialog.isVisible()
    assert scene.asked == [Route("dossier", told)]
    with file.reading() as connection:
        read = households.open_household(connection, who, told)
    assert [m.first_name for m in read.members] == ["Solène", "Lila", "Noé"]
    assert read.members[0].birth_name == "Bassoua"
    assert "Digicode 12B." in (read.household.visit_instructions or "")
    assert "Sonner deux fois." in (read.household.visit_instructions or "")


def test_a_merge_is_undone_in_one_click(
    make: Make, told: str, other: str, file: EncryptedFile, who: Who
) -> None:
    scene = make(told)
    scene.compare(other)
    scene.dialog.merge()
    scene.qtbot.waitUntil(lambda: len(scene.said) == 1)
    assert "réunit aussi le dossier n°" in scene.said[0][0]
    scene.said[0][1]()
    scene.qtbot.waitUntil(lambda: len(scene.said) == 2)
    assert scene.said[1] == ("Annulé\u00a0: réunion de deux dossiers", None)
    assert scene.asked[-1] == Route("dossier", told)
    with file.reading() as connection:
        assert len(households.open_household(connection, who, other).members) == 2


def test_a_value_is_chosen_and_the_other_kept_in_the_note(
    make: Make, told: str, other: str, file: EncryptedFile, who: Who
) -> None:
    scene = make(told)
    scene.compare(other)
    proposal = scene.dialog.proposal
    assert proposal is not None
    language = next(each for each in proposal.fields if each.label == "langue")
    kept, absorbed = scene.dialog.fields.radios[language.key]
    assert (kept.text(), kept.isChecked()) == ("français", True)
    absorbed.click()
    assert not kept.isChecked()
    scene.dialog.merge()
    scene.qtbot.waitUntil(lambda: len(scene.said) == 1)
    with file.reading() as connection:
        assert households.open_household(connection, who, told).members[0].language == "mooré"
        former = households.former_of(connection, who, told)[0]
    assert "langue\u00a0: français" in (former.note or "")


def test_people_are_paired_by_hand_and_never_two_with_one(make: Make, told: str, other: str) -> None:
    scene = make(told)
    scene.compare(other)
    assert scene.dialog.proposal is not None
    solene, noe = scene.dialog.proposal.absorbed.members
    kept = scene.dialog.proposal.kept.members
    choose(scene, noe.id, kept[0].id)
    scene.settle()
    assert scene.dialog.people.pairs() == {noe.id: kept[0].id}
    choose(scene, noe.id, "")
    scene.settle()
    assert scene.dialog.people.pairs() == {}
    relation = scene.dialog.people.relations[noe.id]
    assert relation.isVisible()
    relation.choose(Relation.CHILD)
    relation.activated.emit(relation.currentIndex())
    choose(scene, solene.id, kept[0].id)
    scene.settle()
    choices = scene.dialog.choices()
    assert (dict(choices.same_members), dict(choices.relations)) == (
        {solene.id: kept[0].id},
        {noe.id: Relation.CHILD},
    )


def choose(scene: Scene, member: str, twin: str) -> None:
    choice = scene.dialog.people.twins[member]
    choice.choose(twin) if twin else choice.setCurrentIndex(0)
    choice.activated.emit(choice.currentIndex())


def test_either_file_may_stay(make: Make, told: str, other: str, file: EncryptedFile, who: Who) -> None:
    scene = make(told)
    scene.compare(other)
    scene.dialog.sides.swap.click()
    scene.qtbot.waitUntil(
        lambda: scene.dialog.proposal is not None and scene.dialog.proposal.kept.household_id == other
    )
    scene.settle()
    scene.dialog.merge()
    scene.qtbot.waitUntil(lambda: len(scene.said) == 1)
    assert scene.asked == [Route("dossier", other)]
    scene.said[0][1]()
    scene.qtbot.waitUntil(lambda: len(scene.said) == 2)
    assert scene.asked[-1] == Route("dossier", told)


def test_two_drafts_of_one_form_are_refused_in_place(
    make: Make, told: str, other: str, drafts: Drafts
) -> None:
    for household in (told, other):
        drafts.keep(f"visit:{household}", {"observed": "…"}, household)
    scene = make(told)
    scene.compare(other)
    scene.dialog.merge()
    scene.qtbot.waitUntil(lambda: "brouillons" in scene.dialog.rest.sentence)
    assert scene.dialog.isVisible()
    assert scene.dialog.confirm.isEnabled()
    assert scene.said == []


def test_a_file_with_itself_is_refused_before_anything(make: Make, told: str) -> None:
    scene = make(told)
    scene.compare(told)
    assert scene.dialog.refusal.isVisible()
    assert not scene.dialog.confirm.isEnabled()
    scene.dialog.back.click()
    assert scene.dialog.stack.currentWidget() is scene.dialog.search


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("size", [(1366, 690), (1920, 1040)])
def test_nothing_is_cut_nameless_or_out_of_reach(
    make: Make, told: str, other: str, qapp: QApplication, scale: int, size: tuple[int, int]
) -> None:
    dress(qapp, "light", scale)
    scene = make(told, size)
    for _ in ("searching", "comparing"):
        assert cut_words(scene.dialog) == []
        assert nameless(scene.dialog) == []
        assert unreachable(scene.dialog) == []
        assert scene.dialog.width() <= size[0] - 48
        assert scene.dialog.height() <= size[1] - 48
        scene.compare(other)


def test_the_menu_of_the_dossier_opens_both_dialogs(
    qtbot: Any, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator,
    told: str, drafts: Drafts,
) -> None:  # fmt: skip
    page = DossierPage(file, who, tasks, changes, navigator, doors=DossierDoors(drafts=drafts))
    qtbot.addWidget(page)
    page.resize(1174, 716)
    bring_up(qtbot, page)
    page.enter(Route("dossier", told))
    qtbot.waitUntil(lambda: page.dossier is not None and not tasks.busy)
    opened = []
    for words in ("Fusionner avec un autre dossier…", "Séparer le dossier…"):
        actions = page.band.more_menu().actions()
        next(each for each in actions if each.text().replace("&", "") == words).trigger()
        assert page.joining.dialog is not None
        opened.append(page.joining.dialog.accessibleName())
    assert opened == ["Fusionner avec un autre dossier", "Séparer le dossier"]
    page.leave()
    assert page.joining.dialog is None
    qtbot.waitUntil(lambda: not tasks.busy)


def test_what_reaches_a_protected_household_is_not_compared(file: EncryptedFile, who: Who, told: str) -> None:
    phone = NewContact(ContactKind.PHONE, "06 39 98 12 47")
    twin, _ = households.create_household(file, who, NewHousehold((NewMember("Sorel", "Ana"),), (), (phone,)))
    day = date(2026, 11, 24)

    def probable() -> list[tuple[str, str]]:
        with file.reading() as connection:
            found = service.probable_duplicates(connection, who, told, day)
        return [(each.household_id, each.why) for each in found]

    assert probable() == [(twin, "mêmes coordonnées\u00a0: 06\u00a039\u00a098\u00a012\u00a047")]
    households.set_protected(file, who, twin, protected=True)
    assert probable() == []
    with file.reading() as connection:
        found = service.merge_candidates(connection, who, told, "sorel", day)
    assert [(each.name, each.protected) for each in found] == [("Ana Sorel", True)]
    assert "Roubaix" not in found[0].detail


def test_one_who_left_is_kept_apart_from_whoever_lives_there(
    file: EncryptedFile, who: Who, told: str, other: str
) -> None:
    """Pairing somebody who left the one file with somebody of the other lets nobody leave by it."""
    with file.reading() as connection:
        solene, noe = households.open_household(connection, who, other).members
        lila = households.open_household(connection, who, told).members[1]
    households.leave_household(file, who, noe.id, date(2026, 11, 2))
    service.merge_households(
        file, who, told, other, MergeChoices({solene.id: told_member(file, who, told), noe.id: lila.id})
    )
    with file.reading() as connection:
        read = households.open_household(connection, who, told)
        former = households.former_of(connection, who, told)[0]
    assert [m.id for m in read.members][1:] == [lila.id]
    assert read.former_members == ()
    assert "Noé Marchadier avait quitté le ménage le 02/11/2026." in (former.note or "")


def told_member(file: EncryptedFile, who: Who, household: str) -> str:
    with file.reading() as connection:
        return households.open_household(connection, who, household).reference_person.id
