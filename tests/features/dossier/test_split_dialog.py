"""The dialog that gives some members a file of their own: who, what with them, where, the report, the way back."""

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

from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import ConsentForm, NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.dossier import service
from caseworker_app.features.dossier.screens.split_dialog import SplitDialog
from caseworker_app.features.dossier.screens.work_dialog import JoiningDesk
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    ContactKind,
    HouseholdFile,
    NewContact,
    NewMember,
    Relation,
)
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable


@dataclass
class Scene:
    """The dialog in front of a person, over a household of three."""

    window: QWidget
    dialog: SplitDialog
    desk: JoiningDesk
    household: str
    qtbot: Any
    said: list[tuple[str, Any]] = field(default_factory=list)
    asked: list[Route] = field(default_factory=list)

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: not self.desk.tasks.busy)

    def read(self, household: str = "") -> HouseholdFile:
        with self.desk.file.reading() as connection:
            return households.open_household(connection, self.desk.who, household or self.household)

    def tick(self, *names: str) -> None:
        """Say who leaves, by first names."""
        for check in self.dialog.who.checks.values():
            if check.isChecked() != any(name in check.text() for name in names):
                check.click()
        self.settle()

    def split(self) -> str:
        """Part the household and return the id of the new one."""
        self.dialog.confirm.click()
        self.qtbot.waitUntil(lambda: self.dialog.report is not None)
        self.settle()
        assert self.dialog.report is not None
        return self.dialog.report.household_id


Make = Callable[..., Scene]


@pytest.fixture
def family(file: EncryptedFile, who: Who, followed: str) -> str:
    """Solène, Lila and Ali, who has a number and gave an agreement."""
    ali, _ = households.add_member(
        file,
        who,
        followed,
        NewMember("Kaboré", "Ali", birth_date=date(1990, 8, 20), relation=Relation.PARTNER),
    )
    new = NewContact(ContactKind.PHONE, "06 39 98 70 11", member_id=ali)
    households.add_contact(file, who, followed, new)
    agreement = NewConsent(
        followed,
        Recipient(RecipientKind.LANDLORD, "Valmère Habitat"),
        frozenset({Topic.PAYMENT}),
        "Garder le logement",
        date(2026, 11, 2),
        ConsentForm.SIGNED_PAPER,
        member_id=ali,
    )
    consents.give_consent(file, who, agreement)
    return followed


@pytest.fixture
def make(
    qtbot: Any, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator
) -> Make:
    def build(household: str, size: tuple[int, int] = (1366, 690)) -> Scene:
        window = QWidget()
        window.resize(*size)
        qtbot.addWidget(window)
        window.show()
        desk = JoiningDesk(file, who, tasks, changes, navigator, service.take_back_last)
        dialog = SplitDialog(desk, household, window)
        scene = Scene(window, dialog, desk, household, qtbot)
        navigator.confirmed.connect(lambda words, undo: scene.said.append((words, undo)))
        navigator.asked.connect(scene.asked.append)
        bring_up(qtbot, dialog)
        qtbot.waitUntil(lambda: dialog.people is not None)
        scene.settle()
        return scene

    return build


def type_text(entry: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(entry, event)


def test_nothing_can_be_done_before_somebody_leaves(make: Make, family: str) -> None:
    scene = make(family)
    assert not scene.dialog.confirm.isEnabled()
    scene.tick("Solène", "Lila", "Ali")
    assert "Une personne au moins reste" in scene.dialog.rest.sentence
    assert not scene.dialog.confirm.isEnabled()
    scene.tick("Ali")
    assert scene.dialog.confirm.isEnabled()
    assert not scene.dialog.rest.isVisible()


def test_somebody_leaves_with_what_is_theirs(make: Make, family: str) -> None:
    scene = make(family)
    scene.tick("Ali")
    kinds = scene.dialog.parts.kinds
    assert list(kinds)[:2] == ["consent", "contact"]
    assert len(kinds["consent"].leaving()) == 1
    assert kinds["contact"].is_open  # one number leaves, one stays: they are shown one by one
    assert kinds["diary_entry"].leaving() == []
    new = scene.split()
    assert scene.said[-1][0] == f"Nouveau dossier n°\u00a0{scene.read(new).household.reference}"
    assert [m.first_name for m in scene.read(new).members] == ["Ali"]
    assert [c.value for c in scene.read(new).contacts] == ["+33639987011"]
    assert [m.first_name for m in scene.read().members] == ["Solène", "Lila"]
    scene.dialog.go.click()
    assert scene.asked == [Route("dossier", new)]


def test_what_leaves_is_chosen_kind_by_kind_or_one_by_one(make: Make, family: str) -> None:
    scene = make(family)
    scene.tick("Ali")
    contacts, goals = scene.dialog.parts.kinds["contact"], scene.dialog.parts.kinds["goal"]
    next(check for check in contacts.checks.values() if "70" in check.text()).click()
    goals.all.click()
    # Somebody else leaves too: what was decided holds.
    scene.tick("Ali", "Lila")
    assert scene.dialog.parts.kinds["contact"].leaving() == []
    assert len(scene.dialog.parts.kinds["goal"].leaving()) == 1
    scene.tick("Ali")
    new = scene.split()
    assert scene.read(new).contacts == ()
    assert [c.value for c in scene.read().contacts] == ["+33639981247", "+33639987011"]


def test_a_file_is_separated_back_in_one_click(make: Make, family: str) -> None:
    scene = make(family)
    scene.tick("Ali")
    scene.split()
    scene.dialog.undo.click()
    scene.qtbot.waitUntil(lambda: scene.said[-1] == ("Annulé\u00a0: dossier séparé", None))
    assert scene.asked[-1] == Route("dossier", family)
    assert [m.first_name for m in scene.read().members] == ["Solène", "Lila", "Ali"]


def test_the_line_undoes_it_too_once_the_dialog_is_closed(make: Make, family: str) -> None:
    scene = make(family)
    scene.tick("Ali")
    scene.split()
    undo = scene.said[-1][1]
    scene.dialog.stay.click()
    undo()
    scene.qtbot.waitUntil(lambda: scene.said[-1] == ("Annulé\u00a0: dossier séparé", None))
    assert len(scene.read().members) == 3


def test_one_who_had_left_receives_a_file_of_their_own(
    make: Make, family: str, file: EncryptedFile, who: Who
) -> None:
    with file.reading() as connection:
        ali = households.open_household(connection, who, family).members[2]
    households.leave_household(file, who, ali.id, date(2026, 11, 3))
    scene = make(family)
    assert "a quitté le ménage le 3" in scene.dialog.who.checks[ali.id].text()
    scene.tick("Solène", "Lila")
    assert "Une personne au moins reste" in scene.dialog.rest.sentence
    scene.tick("Ali")
    new = scene.split()
    assert [(m.first_name, m.left_on) for m in scene.read(new).members] == [("Ali", None)]
    assert [c.value for c in scene.read(new).contacts] == ["+33639987011"]
    assert scene.read().everyone == scene.read().members
    scene.dialog.undo.click()
    scene.qtbot.waitUntil(lambda: len(scene.read().former_members) == 1)
    assert scene.read().former_members[0].left_on == date(2026, 11, 3)


def test_reference_persons_are_asked_where_there_is_a_choice(make: Make, family: str) -> None:
    scene = make(family)
    who = scene.dialog.who
    scene.tick("Ali")
    assert (who.leads["reference"].isVisible(), who.leads["remaining"].isVisible()) == (False, False)
    scene.tick("Solène")
    assert (who.leads["reference"].isVisible(), who.leads["remaining"].isVisible()) == (False, True)
    # A child is proposed only where there is nobody else.
    assert who.old_lead.currentText() == "Ali Kaboré"
    scene.tick("Ali", "Lila")
    assert who.leads["reference"].isVisible()
    assert who.new_lead.currentText() == "Ali Kaboré"
    lila = next(i for i, check in who.checks.items() if "Lila" in check.text())
    who.new_lead.choose(lila)
    new = scene.split()
    assert scene.read(new).reference_person.first_name == "Lila"


def test_their_address_and_protection_are_written(make: Make, family: str) -> None:
    scene = make(family)
    scene.tick("Ali")
    home = scene.dialog.home
    type_text(home.entries["from_date"], "hier")
    scene.dialog.confirm.click()
    assert "n’est pas lisible" in home.fields["from_date"].sentence
    home.entries["from_date"].clear()
    type_text(home.entries["from_date"], "3 nov. 2026")
    scene.dialog.confirm.click()
    scene.qtbot.waitUntil(lambda: "cette adresse est vide" in home.fields["city"].sentence.lower())
    type_text(home.entries["city"], "Tourcoing")
    home.protect.click()
    assert "Aucun lien visible" in home.words.text()
    new = scene.split()
    read = scene.read(new)
    assert (read.addresses[0].city, read.addresses[0].from_date) == ("Tourcoing", date(2026, 11, 3))
    assert read.household.protected
    with scene.desk.file.reading() as connection:
        assert households.separations_of(connection, scene.desk.who, family) == []


def test_a_file_parted_from_a_protected_one_is_protected(
    make: Make, family: str, file: EncryptedFile, who: Who
) -> None:
    households.set_protected(file, who, family, protected=True)
    scene = make(family)
    assert scene.dialog.home.protect.isChecked()
    assert not scene.dialog.home.protect.isEnabled()


def test_the_keyboard_is_enough(make: Make, family: str) -> None:
    scene = make(family)
    first = next(iter(scene.dialog.who.checks.values()))
    scene.qtbot.waitUntil(first.hasFocus)
    last = list(scene.dialog.who.checks.values())[-1]
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert last.hasFocus()
    QTest.keyClick(last, Qt.Key.Key_Space)
    scene.settle()
    scene.dialog.confirm.setFocus()
    QTest.keyClick(scene.dialog.confirm, Qt.Key.Key_Space)
    scene.qtbot.waitUntil(lambda: scene.dialog.report is not None)
    assert scene.dialog.go.hasFocus()
    QTest.keyClick(scene.dialog, Qt.Key.Key_Escape)
    assert not scene.dialog.isVisible()


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("size", [(1366, 690), (1920, 1040)])
def test_nothing_is_cut_nameless_or_out_of_reach(
    make: Make, family: str, qapp: QApplication, scale: int, size: tuple[int, int]
) -> None:
    dress(qapp, "light", scale)
    scene = make(family, size)
    scene.tick("Solène", "Lila")
    for kind in scene.dialog.parts.kinds.values():
        kind.unfold(shown=True)
    for _ in ("choosing", "told"):
        assert cut_words(scene.dialog) == []
        assert nameless(scene.dialog) == []
        assert unreachable(scene.dialog) == []
        assert scene.dialog.width() <= size[0] - 48
        assert scene.dialog.height() <= size[1] - 48
        if scene.dialog.report is None:
            scene.split()
