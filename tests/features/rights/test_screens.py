"""The tab « Droits » on a real file: requests written, restriction set and lifted, the copy reviewed and printed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog

from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.households import service as households
from caseworker_app.features.rights import service
from caseworker_app.features.rights.domain.redaction import RedactionReason
from caseworker_app.features.rights.domain.requests import NewRequest, RequestKind
from caseworker_app.features.rights.screens import forms
from caseworker_app.features.rights.screens.tab import RightsTab, draft_key
from caseworker_app.features.rights.service.disclosing import disclosures_of
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.storage.restriction import restricted_now
from tests.features.rights.test_disclosure import text_of
from tests.ui_kit.inspection import cut_words, nameless, unreachable

DAY = date(2026, 11, 24)
AT_TEN = datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 - the hour on the office's wall
LOOKS = (
    (1150, 530, 100, "light"),
    (1704, 850, 100, "dark"),
    (1150, 530, 150, "light"),
    (1150, 530, 150, "dark"),
)


def settled(qtbot: Any, tab: RightsTab) -> None:
    for _ in range(4):
        qtbot.waitUntil(lambda: not tab.desk.tasks.busy)
        QApplication.processEvents()


def requests(tab: RightsTab, household: str) -> list[Any]:
    with tab.desk.file.reading() as connection:
        return service.requests_of(connection, tab.desk.who, household)


@pytest.fixture
def told(file: Any, who: Any, household: str) -> str:
    text = "Mme Tavernel, voisine, garde la petite."
    diary.add_note(file, who, NewEntry(household, EntryKind.CALL, AT_TEN, observed=text))
    return household


def test_a_request_is_written_answered_and_undone(qtbot, make_tab, household):
    tab = make_tab(household)
    tab.requests.new.click()
    assert tab.form is not None
    tab.form.take({"received_on": "20/11/2026", "details": "Tout lire."})
    tab.form.save.click()
    settled(qtbot, tab)
    (request,) = requests(tab, household)
    assert (request.received_on, request.details, tab.form) == (date(2026, 11, 20), "Tout lire.", None)
    tab.requests.rows[request.id].buttons["answer"].click()
    tab.form.save.click()
    assert tab.form.fields["outcome"].sentence == "Choisissez la suite donnée à la demande."
    tab.form.take({"outcome": "granted", "identity": "known", "text": "Copie remise."})
    tab.form.save.click()
    settled(qtbot, tab)
    assert not requests(tab, household)[0].is_open
    tab.desk.undo()
    settled(qtbot, tab)
    assert requests(tab, household)[0].is_open


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(qtbot, make_tab, household):
    tab = make_tab(household)
    tab.begin(forms.REQUEST, "")
    tab.form.take({"received_on": "30/12/2026", "member_id": forms.SOMEBODY_ELSE, "details": "Mots."})
    tab.form.save.click()
    settled(qtbot, tab)
    assert "Qui fait la demande" in tab.form.fields["asked_by"].sentence
    assert tab.form.typed()["details"] == "Mots."
    tab.form.given_up.emit()
    assert tab.form is None


def test_what_is_typed_comes_back_after_leaving(qtbot, make_tab, household):
    tab = make_tab(household)
    tab.begin(forms.REQUEST, "")
    tab.form.take({"details": "À moitié écrit"})
    tab.leave()
    settled(qtbot, tab)
    assert tab.desk.drafts.find(draft_key(household)) is not None
    again = make_tab(household)
    assert again.form is not None
    assert again.form.typed()["details"] == "À moitié écrit"


def test_restriction_is_set_shown_and_lifted(qtbot, make_tab, household):
    tab = make_tab(household)
    tab.restriction.button.click()
    tab.form.take({"reason": "accuracy", "until": "20/12/2026"})
    tab.form.save.click()
    settled(qtbot, tab)
    with tab.desk.file.reading() as connection:
        assert restricted_now(connection) == {household}
    assert tab.restriction.title.text() == "Traitement limité"
    assert "réexaminer le 20/12/2026" in tab.restriction.sentence.text()
    tab.restriction.button.click()
    tab.form.save.click()
    settled(qtbot, tab)
    assert tab.restriction.title.text() == "Traitement non limité"
    assert "du 24/11/2026" in tab.restriction.past.text()


def test_a_correction_is_noted_from_what_changed(qtbot, make_tab, file, who, household):
    service.record_request(
        file, who, NewRequest(household, RequestKind.RECTIFICATION, DAY, asked_by="Maître Tavernel")
    )
    households.set_visit_instructions(file, who, household, "Interphone 7")
    tab = make_tab(household)
    (request,) = requests(tab, household)
    tab.requests.rows[request.id].buttons["link"].click()
    choice = tab.form.editors["changeset_id"]
    assert "consignes de visite" in choice.itemText(0)
    choice.setCurrentIndex(0)
    tab.form.save.click()
    settled(qtbot, tab)
    with file.reading() as connection:
        (shown,) = service.corrections_of(connection, who, household)
    assert shown.correction.about == "consignes de visite"


def test_nothing_is_printed_before_every_proposal_was_looked_at(qtbot, make_tab, told, tmp_path, monkeypatch):
    asked: list[object] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *told, **_more: asked.append(told) or ("", ""))
    tab = make_tab(told)
    tab.copies.prepare.click()
    settled(qtbot, tab)
    panel = tab.panel
    assert tab.stack.currentIndex() == 1
    assert panel.list.rows.rowCount() == 1
    panel.print.click()
    assert asked == []
    assert "rien ne s’imprime sans relecture" in panel.rest.sentence
    panel.next.click()
    panel.print.click()
    assert len(asked) == 1


def test_the_copy_is_printed_as_it_was_reviewed(qtbot, make_tab, told, tmp_path):
    tab = make_tab(told)
    tab.prepare("")
    settled(qtbot, tab)
    field = next(each for each in tab.panel.fields if "voisine" in each.text.words())
    _redaction, check, _reason = field.passages[0]
    check.setChecked(False)
    cursor = field.text.textCursor()
    start = field.text.words().index("garde la petite")
    cursor.setPosition(start)
    cursor.setPosition(start + len("garde la petite"), QTextCursor.MoveMode.KeepAnchor)
    field.text.setTextCursor(cursor)
    tab.panel.reason.choose(RedactionReason.RIGHTS)
    tab.panel.take_out()
    tab.panel.go_on()
    out = tmp_path / "copie.pdf"
    tab.print_at(out)
    settled(qtbot, tab)
    words = " ".join(text_of(out).split())
    assert "Mme Tavernel, voisine" in words
    assert "garde la petite" not in words
    assert "droits d’un tiers" in words
    assert tab.stack.currentIndex() == 0
    with tab.desk.file.reading() as connection:
        (kept,) = disclosures_of(connection, tab.desk.who, told)
    assert kept.reasons == "rights"


def test_a_review_goes_on_where_it_was_left(qtbot, make_tab, told):
    tab = make_tab(told)
    tab.prepare("")
    settled(qtbot, tab)
    tab.panel.read_all()
    tab.panel.back.click()
    settled(qtbot, tab)
    again = make_tab(told)
    again.prepare("")
    settled(qtbot, again)
    assert again.panel.review.waiting == ()


def agreement(file: Any, who: Any, household: str, given_on: date = DAY, until: date | None = None) -> str:
    recipient = Recipient(RecipientKind.LANDLORD, "Nord Habitat")
    topics = frozenset({Topic.VISITS})
    new = NewConsent(household, recipient, topics, "Garder le logement", given_on, until=until)
    return consents.give_consent(file, who, new)[0]


def test_a_household_takes_an_agreement_back(qtbot, make_tab, file, who, household):
    given = agreement(file, who, household)
    tab = make_tab(household)
    tab.agreements.rows[given].withdraw.click()
    tab.form.take({"withdrawn_on": "30/12/2027"})
    tab.form.save.click()
    settled(qtbot, tab)
    assert "entre le jour de l’accord et aujourd’hui" in tab.form.fields["withdrawn_on"].sentence
    tab.requests.new.click()
    tab.begin(forms.WITHDRAW, given)
    tab.form.save.click()
    settled(qtbot, tab)
    assert tab.form is None
    assert not tab.agreements.rows[given].withdraw.isVisible()
    with file.reading() as connection:
        assert consents.consents_of(connection, who, household)[0].withdrawn_on is not None
    tab.desk.undo()
    settled(qtbot, tab)
    assert tab.agreements.rows[given].withdraw.isVisible()


def test_agreements_in_force_come_first_with_what_they_allow(make_tab, file, who, household):
    ended = agreement(file, who, household, date(2026, 1, 5), date(2026, 2, 5))
    running = agreement(file, who, household)
    tab = make_tab(household)
    assert list(tab.agreements.rows) == [running, ended]
    assert tab.agreements.rows[running].accessibleName() == "Nord Habitat, en cours, sans terme"
    assert not tab.agreements.rows[ended].withdraw.isVisible()


def test_a_volunteer_reads_and_is_offered_nothing_to_do(make_tab, who, household, file):
    service.record_request(
        file, who, NewRequest(household, RequestKind.ACCESS, DAY, asked_by="Maître Tavernel")
    )
    given = agreement(file, who, household)
    tab = make_tab(household, acting=Who(who.worker_id, who.name, Role.VOLUNTEER))
    assert len(tab.requests.rows) == 1
    assert tab.agreements.rows[given].withdraw.isHidden()
    for button in (tab.requests.new, tab.restriction.button, tab.copies.prepare):
        assert button.isHidden()
    assert not any(row.buttons for row in tab.requests.rows.values())


@pytest.mark.parametrize("seen", LOOKS)
def test_everything_is_named_reached_and_whole(qtbot, make_tab, file, who, told, seen):
    wide, tall, scale, look = seen
    service.record_request(
        file, who, NewRequest(told, RequestKind.RECTIFICATION, DAY, asked_by="Maître Tavernel")
    )
    given = agreement(file, who, told)
    tab = make_tab(told, wide=wide, tall=tall, scale=scale, look=look)
    tab.begin(forms.WITHDRAW, given)
    assert cut_words(tab.stack.widget(0)) == []
    tab.begin(forms.REQUEST, "")
    settled(qtbot, tab)
    for shown in (tab.stack.widget(0), tab.panel):
        if shown is tab.panel:
            tab.prepare("")
            settled(qtbot, tab)
        assert cut_words(shown) == []
        assert nameless(shown) == []
        assert unreachable(shown) == []


def test_the_file_dialog_proposes_a_name_without_a_person(qtbot, make_tab, told, monkeypatch):
    asked: list[str] = []

    def choose(_parent: object, _title: str, place: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(place).name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    tab = make_tab(told)
    tab.prepare("")
    settled(qtbot, tab)
    tab.panel.read_all()
    tab.panel.print.click()
    assert asked[0].startswith("communication-donnees-2026-")
    assert "archadier" not in asked[0]
