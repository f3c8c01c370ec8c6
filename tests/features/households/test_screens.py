"""The tab « Composition » on a real file: read, added to, corrected, ended, taken back, nothing typed lost."""

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

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service
from caseworker_app.features.households.domain import HouseholdFile, LegalProtection, Relation
from caseworker_app.features.households.screens.forms import LongText, SectionForm
from caseworker_app.features.households.screens.section import Section
from caseworker_app.features.households.screens.tab import CompositionTab, draft_key
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.choices import Check, Segment
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable


@dataclass
class Desk:
    """The tab of a household in front of a person."""

    tab: CompositionTab
    household: str
    file: EncryptedFile
    who: Who
    tasks: Tasks
    qtbot: Any
    said: list[tuple[str, Any]] = field(default_factory=list)

    def read(self) -> HouseholdFile:
        with self.file.reading() as connection:
            return service.open_household(connection, self.who, self.household)

    def form(self, section: Section) -> SectionForm:
        assert section.form is not None
        return section.form

    def submit(self, section: Section) -> None:
        """Write the form of a section and wait until it is written."""
        self.form(section).save.click()
        self.qtbot.waitUntil(lambda: section.form is None)
        self.settle()

    def undo(self) -> None:
        self.said[-1][1]()
        self.settle()

    def settle(self) -> None:
        # A change is told at the next turn of the event loop, then read, then shown.
        for _ in range(6):
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: not self.tasks.busy)

    def act(self, section: Section, row_id: str, words: str) -> None:
        """Choose a line of the menu of a row."""
        actions = section.rows[row_id].menu().actions()
        next(each for each in actions if words in each.text().replace("&", "")).trigger()

    def titles(self, section: Section) -> list[str]:
        return [row.title.text() for row in section.rows.values()]


Make = Callable[..., Desk]


@pytest.fixture
def make(
    qtbot: Any, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator,
    drafts: Drafts,
) -> Make:  # fmt: skip
    def build(household: str, size: tuple[int, int] = (1174, 530)) -> Desk:
        tab = CompositionTab(file, who, drafts, tasks, changes, navigator, take_back_last)
        desk = Desk(tab, household, file, who, tasks, qtbot)
        navigator.confirmed.connect(lambda words, undo: desk.said.append((words, undo)))
        qtbot.addWidget(tab)
        tab.resize(*size)
        bring_up(qtbot, tab)
        tab.show_household(household)
        qtbot.waitUntil(lambda: tab.shown is not None)
        desk.settle()
        return desk

    return build


def type_text(editor: QWidget, text: str) -> None:
    """Type over what an editor holds."""
    if isinstance(editor, LongText):
        editor = editor.text
    if isinstance(editor, Entry):
        editor.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def fill(form: SectionForm, **texts: str) -> None:
    for name, words in texts.items():
        editor = form.editors[name]
        if isinstance(editor, Choice):
            editor.choose(words)
        elif isinstance(editor, Check):
            editor.setChecked(bool(words))
        elif isinstance(editor, Segment):
            next(b for b in editor.findChildren(QWidget) if getattr(b, "key", "") == words).click()
        else:
            type_text(editor, words)


def test_everything_known_is_shown(make: Make, family: str) -> None:
    counts: list[Any] = []
    desk = make(family)
    desk.tab.counted.connect(counts.append)
    desk.tab.show_household(family)
    desk.qtbot.waitUntil(lambda: counts == [3])
    assert desk.titles(desk.tab.people) == [
        "Mme\u00a0Solène Marchadier-Kaboré",
        "Mme\u00a0Awa Kaboré",
        "Lila Marchadier",
        "M.\u00a0Ali Kaboré",
    ]
    words = " ".join(label.text() for label in desk.tab.findChildren(QWidget) if hasattr(label, "text"))
    for told in (
        "34\u00a0ans, née le 14/03/1992",
        "nom de naissance Marchadier",
        "2\u00a0adultes et 1\u00a0enfant",
    ):
        assert told in words
    states = [w.accessibleName() for w in desk.tab.people.findChildren(QWidget)]
    assert "À l’aise en mooré, interprète nécessaire" in states
    assert "Curatelle renforcée, exercée par Association tutélaire du Lez" in states
    assert "A quitté le ménage le 3\u00a0novembre\u00a02026" in states
    assert desk.titles(desk.tab.contacts)[-1] == "06\u00a039\u00a098\u00a070\u00a011"
    assert desk.titles(desk.tab.addresses) == [
        "14 rue des Tisserands, bât. B, apt 12",
        "3 place de la Liberté",
    ]
    assert desk.tab.texts[0].text() == "Digicode 12B, 3e étage gauche.\nUn chien, calme."


def test_a_person_is_added_then_taken_back(make: Make, family: str) -> None:
    desk = make(family)
    desk.tab.people.adding.click()
    fill(
        desk.form(desk.tab.people),
        last_name="Kaboré",
        first_name="Issa",
        birth_date="3/2/15",
        relation="child",
    )
    QTest.keyClick(desk.form(desk.tab.people).editors["birth_date"], Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.tab.people.form is None)
    desk.settle()
    assert desk.said[-1][0] == "Issa fait partie du ménage"
    issa = desk.read().members[-1]
    assert (issa.first_name, issa.birth_date, issa.relation) == ("Issa", date(2015, 2, 3), Relation.CHILD)
    assert "Issa Kaboré" in desk.titles(desk.tab.people)
    desk.undo()
    assert "Issa Kaboré" not in desk.titles(desk.tab.people)
    assert len(desk.read().members) == 3


def test_a_refusal_stands_beside_its_field_and_what_is_typed_stays(make: Make, family: str) -> None:
    desk = make(family)
    desk.tab.people.adding.click()
    form = desk.form(desk.tab.people)
    fill(form, last_name="Kaboré", birth_date="31/02/2015")
    form.save.click()
    assert form.fields["birth_date"].sentence == "Ce jour n’existe pas\u00a0: vérifiez la date."
    fill(form, birth_date="01/01/2031")
    form.save.click()
    desk.qtbot.waitUntil(lambda: "n’est pas possible" in form.fields["birth_date"].sentence)
    assert form.typed()["last_name"] == "Kaboré"
    assert form.editors["birth_date"].hasFocus()
    assert form.save.isEnabled()


def test_a_person_is_corrected_in_place(make: Make, family: str) -> None:
    desk = make(family)
    lila = desk.read().members[2]
    row = desk.tab.people.rows[lila.id]
    assert row.edit is not None
    row.edit.click()
    assert not row.isVisible()
    fill(
        desk.form(desk.tab.people), birth_name="Kaboré", language="tigrinya", interpreter_needed="yes",
        reading="with_help", legal_protection="guardianship", protected_by="UDAF",
    )  # fmt: skip
    desk.submit(desk.tab.people)
    now = desk.read().members[2]
    assert (now.birth_name, now.language, now.interpreter_needed) == ("Kaboré", "tigrinya", True)
    assert (now.legal_protection, now.protected_by) == (LegalProtection.GUARDIANSHIP, "UDAF")
    edit = desk.tab.people.rows[lila.id].edit
    assert edit is not None
    desk.qtbot.waitUntil(edit.hasFocus)


def test_a_person_leaves_comes_back_and_leaves_again(make: Make, family: str) -> None:
    desk = make(family)
    awa = desk.read().members[1].id
    desk.act(desk.tab.people, awa, "A quitté le ménage")
    assert desk.form(desk.tab.people).typed()["left_on"] == "24/11/2026"
    fill(desk.form(desk.tab.people), left_on="2 nov.")
    desk.submit(desk.tab.people)
    assert [m.left_on for m in desk.read().former_members] == [date(2026, 11, 3), date(2026, 11, 2)]
    desk.act(desk.tab.people, awa, "De retour")
    desk.qtbot.waitUntil(lambda: len(desk.read().members) == 3)
    desk.settle()
    desk.undo()
    assert len(desk.read().former_members) == 2


def test_somebody_else_becomes_the_reference_person(make: Make, family: str) -> None:
    desk = make(family)
    awa = desk.read().members[1].id
    desk.act(desk.tab.people, awa, "personne de référence")
    form = desk.form(desk.tab.people)
    assert form.typed() == {"relation": Relation.CHILD}
    desk.submit(desk.tab.people)
    read = desk.read()
    assert read.reference_person.id == awa
    assert read.members[1].relation is Relation.CHILD
    assert desk.titles(desk.tab.people)[0] == "Mme\u00a0Awa Kaboré"


def test_a_card_written_by_mistake_is_taken_out_and_put_back(make: Make, family: str) -> None:
    desk = make(family)
    lila = desk.read().members[2].id
    desk.act(desk.tab.people, lila, "Retirer")
    desk.qtbot.waitUntil(lambda: lila not in desk.tab.people.rows)
    desk.settle()
    desk.undo()
    assert lila in desk.tab.people.rows


def test_a_number_is_added_with_how_to_use_it(make: Make, family: str) -> None:
    desk = make(family)
    desk.tab.contacts.adding.click()
    form = desk.form(desk.tab.contacts)
    fill(form, value="06 39 98")
    form.save.click()
    desk.qtbot.waitUntil(lambda: "10 chiffres" in form.fields["value"].sentence)
    fill(form, value="06.39.98.55.66", member=desk.read().members[1].id, label="le soir", safe="yes",
         instructions="Après l’école")  # fmt: skip
    desk.submit(desk.tab.contacts)
    new = next(c for c in desk.read().contacts if c.value == "+33639985566")
    assert (new.safe, new.label, new.instructions) == (True, "le soir", "Après l’école")
    assert new.member_id == desk.read().members[1].id
    desk.act(desk.tab.contacts, new.id, "Retirer")
    desk.qtbot.waitUntil(lambda: new.id not in desk.tab.contacts.rows)


def test_moving_ends_the_address_of_before(make: Make, family: str) -> None:
    desk = make(family)
    desk.tab.addresses.adding.click()
    form = desk.form(desk.tab.addresses)
    fill(form, street="8 quai du Canal", postal_code="59100", city="Roubaix")
    form.save.click()
    assert "prend fin ce jour-là" in form.fields["from_date"].sentence
    fill(form, from_date="15/11/2026")
    desk.submit(desk.tab.addresses)
    read = desk.read()
    assert [(a.street, a.to_date) for a in read.addresses[:2]] == [
        ("8 quai du Canal", None),
        ("14 rue des Tisserands", date(2026, 11, 15)),
    ]
    desk.undo()
    assert desk.read().addresses[0].to_date is None


def test_an_address_of_before_leaves_the_present_one(make: Make, family: str) -> None:
    desk = make(family)
    desk.tab.addresses.adding.click()
    form = desk.form(desk.tab.addresses)
    fill(form, when="before", city="Lens")
    form.save.click()
    assert "jusqu’à quel jour" in form.fields["to_date"].sentence
    fill(form, to_date="01/05/2019")
    desk.submit(desk.tab.addresses)
    assert [a.city for a in desk.read().addresses] == ["Roubaix", "Tourcoing", "Lens"]


def test_texts_are_written_and_a_correction_made_elsewhere_is_not_covered(
    make: Make, family: str, changes: ChangeBroadcast
) -> None:
    desk = make(family)
    text = desk.tab.texts[0]
    assert not text.save.isVisible()
    type_text(text.zone.editor, " Sonner deux fois.")
    assert text.save.isVisible()
    changes.announce(service.change_note(desk.file, desk.who, family, "Autre note"))
    desk.settle()
    assert desk.tab.texts[1].text() == "Autre note"
    text.save.click()
    desk.qtbot.waitUntil(lambda: not text.save.isVisible())
    desk.settle()
    assert (desk.read().household.visit_instructions or "").endswith("Sonner deux fois.")
    type_text(text.zone.editor, " Encore.")
    changes.announce(service.set_visit_instructions(desk.file, desk.who, family, "Écrit par une collègue"))
    desk.settle()
    text.save.click()
    desk.qtbot.waitUntil(lambda: bool(text.rest.sentence))
    assert desk.read().household.visit_instructions == "Écrit par une collègue"
    assert text.text().endswith("Encore.")


def test_what_is_typed_is_found_again(make: Make, family: str, drafts: Drafts) -> None:
    desk = make(family)
    desk.tab.people.adding.click()
    fill(desk.form(desk.tab.people), last_name="Sorel", first_name="Inès")
    type_text(desk.tab.texts[1].zone.editor, " À rappeler.")
    desk.tab.leave()
    desk.settle()
    assert drafts.find(draft_key(family)) is not None
    again = make(family)
    form = again.form(again.tab.people)
    assert (form.typed()["last_name"], form.typed()["first_name"]) == ("Sorel", "Inès")
    assert again.tab.texts[1].text().endswith("À rappeler.")
    again.submit(again.tab.people)
    kept = drafts.find(draft_key(family))
    assert kept is not None
    assert kept.content["forms"] == []
    again.tab.texts[1].save.click()
    again.qtbot.waitUntil(lambda: drafts.find(draft_key(family)) is None)


def test_another_household_does_not_receive_what_was_typed(
    make: Make, family: str, household: str, drafts: Drafts
) -> None:
    desk = make(family)
    desk.tab.contacts.adding.click()
    fill(desk.form(desk.tab.contacts), value="06 39 98 10 10")
    desk.tab.show_household(household)
    desk.qtbot.waitUntil(lambda: desk.tab.shown is not None)
    desk.settle()
    assert desk.tab.contacts.form is None
    assert drafts.find(draft_key(household)) is None
    desk.tab.show_household(family)
    desk.qtbot.waitUntil(lambda: desk.tab.contacts.form is not None)
    assert desk.form(desk.tab.contacts).typed()["value"] == "06 39 98 10 10"


def test_a_form_closed_by_escape_can_be_opened_again(make: Make, family: str) -> None:
    desk = make(family)
    desk.tab.people.adding.click()
    fill(desk.form(desk.tab.people), last_name="Sorel")
    QTest.keyClick(desk.form(desk.tab.people).editors["last_name"], Qt.Key.Key_Escape)
    assert desk.tab.people.form is None
    assert desk.said[-1][0] == "Saisie fermée sans être enregistrée"
    desk.said[-1][1]()
    assert desk.form(desk.tab.people).typed()["last_name"] == "Sorel"


def test_a_form_that_holds_something_is_not_replaced_by_another(make: Make, family: str) -> None:
    desk = make(family)
    desk.tab.people.adding.click()
    fill(desk.form(desk.tab.people), last_name="Sorel")
    desk.act(desk.tab.people, desk.read().members[1].id, "A quitté")
    assert desk.form(desk.tab.people).rest.sentence == "Enregistrez ou fermez d’abord cette saisie."
    assert desk.form(desk.tab.people).typed()["last_name"] == "Sorel"


def test_a_file_is_put_under_protection_and_back(make: Make, family: str) -> None:
    desk = make(family)
    desk.tab.protection.button.click()
    desk.qtbot.waitUntil(lambda: desk.tab.protection.title.text() == "Dossier protégé")
    desk.settle()
    assert desk.read().household.protected
    desk.undo()
    assert not desk.read().household.protected


def test_the_file_of_whoever_left_is_one_click_away(make: Make, family: str, navigator: Navigator) -> None:
    from caseworker_app.features.dossier.domain.splitting import SplitChoices
    from caseworker_app.features.dossier.service import split_household

    asked: list[Route] = []
    navigator.asked.connect(asked.append)
    first = make(family)
    awa = first.read().members[1].id
    report, _ = split_household(first.file, first.who, family, SplitChoices((awa,), awa))
    desk = make(family)
    assert desk.tab.links.isVisible()
    desk.act(desk.tab.links, report.household_id, "Ouvrir")
    assert asked == [Route("dossier", report.household_id)]
    service.set_protected(desk.file, desk.who, report.household_id, protected=True)
    assert not make(family).tab.links.isVisible()


def test_a_household_that_is_not_there_any_more_is_said_so(
    make: Make, household: str, changes: ChangeBroadcast
) -> None:
    refused: list[str] = []
    desk = make(household)
    desk.tasks.refused.connect(refused.append)
    _, undone = take_back_last(desk.file, desk.who)
    changes.announce(undone)
    desk.qtbot.waitUntil(lambda: len(refused) == 1)
    assert desk.tab.shown is None
    assert not desk.tab.people.isVisible()


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("size", [(1174, 530), (1728, 820)])
def test_nothing_is_cut_nameless_or_out_of_reach(
    make: Make, family: str, qapp: QApplication, scale: int, size: tuple[int, int]
) -> None:
    dress(qapp, "light", scale)
    desk = make(family, size)
    desk.tab.people.change(desk.read().members[1])
    fill(desk.form(desk.tab.people), birth_date="01/01/2031")
    desk.form(desk.tab.people).save.click()
    desk.qtbot.waitUntil(lambda: bool(desk.form(desk.tab.people).fields["birth_date"].sentence))
    desk.tab.contacts.begin()
    fill(desk.form(desk.tab.contacts), value="06 39 98")
    desk.form(desk.tab.contacts).save.click()
    desk.tab.addresses.begin()
    desk.form(desk.tab.addresses).save.click()
    type_text(desk.tab.texts[0].zone.editor, " Sonner.")
    assert cut_words(desk.tab) == []
    assert nameless(desk.tab) == []
    assert unreachable(desk.tab) == []
    assert desk.tab.size().width() == size[0]
