"""The tab « Démarches » under real hands: begun, received by drop and by reuse, taken out, undone; its settings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.handover.store import transmissions_of as register_lines
from caseworker_app.features.households import service as households
from caseworker_app.features.procedures import service
from caseworker_app.features.procedures.domain.missing import MISSING_PAPERS
from caseworker_app.features.procedures.domain.procedure import NewProcedure, PaperKey
from caseworker_app.features.procedures.domain.standing import PaperState
from caseworker_app.features.procedures.screens.lists_section import ChecklistsSection
from caseworker_app.features.procedures.screens.paper_row import PaperRow
from caseworker_app.features.procedures.screens.tab import ProceduresTab
from caseworker_app.features.team.domain import Role, Who
from tests.features.procedures.conftest import DAY, paper_pdf, picture, settled
from tests.ui_kit.inspection import cut_words, nameless, unreachable


@pytest.fixture
def begun(file: Any, who: Any, household: str) -> str:
    return service.begin_procedure(file, who, household, NewProcedure("social_housing", DAY - timedelta(3)))[
        0
    ]


def row_of(tab: ProceduresTab, paper: str) -> PaperRow:
    (card, *_) = tab.cards.values()
    return next(each for each in card.rows if each.line.key.paper == paper)


def drop(row: PaperRow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    given = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPoint(5, 5), *given)
    row.dragEnterEvent(entered)
    assert entered.isAccepted()
    row.dropEvent(QDropEvent(QPointF(5, 5), *given))


def test_a_procedure_is_begun_on_the_tab_handed_in_and_undone(qtbot, make_tab, household):
    tab, told = make_tab(household), []
    tab.counted.connect(told.append)
    tab.nobody.button.click()
    form = tab.place.form
    form.save.click()
    settled(qtbot, tab)
    assert "Choisissez" in form.fields["checklist"].sentence
    form.show_content({"checklist": "enforceable_right", "note": "Avec Madame"})
    form.save.click()
    settled(qtbot, tab)
    assert (tab.place.form, told[-1]) == (None, 12)
    (card,) = tab.cards.values()
    card.buttons["edit"].click()
    tab.place.form.show_content({"filed_on": "24/11/2026"})
    tab.place.form.save.click()
    settled(qtbot, tab)
    (card,) = tab.cards.values()
    assert (card.rows, told[-1], "missing" in card.buttons) == ([], None, False)
    card.unfolded.emit()
    assert len(next(iter(tab.cards.values())).rows) == 12
    tab.desk.undo()
    settled(qtbot, tab)
    assert told[-1] == 12


def test_files_dropped_on_a_line_are_received_and_a_refused_one_is_told(
    qtbot, make_tab, household, begun, tmp_path
):
    tab, refused = make_tab(household), []
    tab.desk.tasks.refused.connect(refused.append)
    good, bad = tmp_path / "caf.jpg", tmp_path / "macro.exe"
    good.write_bytes(picture())
    bad.write_bytes(b"MZ\x00\x00")
    drop(row_of(tab, "benefits"), good, bad)
    settled(qtbot, tab)
    settled(qtbot, tab)
    assert row_of(tab, "benefits").line.state is PaperState.RECEIVED
    assert len(refused) == 1
    assert "macro.exe" in refused[0]
    tab.desk.undo()
    settled(qtbot, tab)
    assert row_of(tab, "benefits").line.state is PaperState.MISSING
    assert tab.page.kept == {}


def test_a_piece_already_there_is_taken_again_in_one_click(qtbot, make_tab, household, begun, keep):
    keep(picture(), "Attestation CAF.jpg", DAY)
    tab = make_tab(household)
    (button,) = row_of(tab, "benefits").reuse
    button.click()
    settled(qtbot, tab)
    line = row_of(tab, "benefits").line
    assert (line.state, line.notes[0].dated_on, line.proposals) == (PaperState.RECEIVED, DAY, ())


def test_what_the_dots_say_is_done(qtbot, make_tab, household, begun):
    tab = make_tab(household)
    states = []
    for words, asked in (
        ("seen", "Vue, sans garder de copie"), ("clear", "Remettre manquante"),
        ("not_concerned", "Le ménage n’est pas concerné"), ("clear", "Compter de nouveau cette pièce"),
    ):  # fmt: skip
        row = row_of(tab, "family_record")
        (action,) = [each for each in row.menu.actions() if each.text() == asked]
        action.trigger()
        settled(qtbot, tab)
        states.append((words, row_of(tab, "family_record").line.state))
    assert states == [
        ("seen", PaperState.RECEIVED), ("clear", PaperState.MISSING),
        ("not_concerned", PaperState.NOT_CONCERNED), ("clear", PaperState.MISSING),
    ]  # fmt: skip


def test_the_dates_of_a_paper_are_said_in_a_form(qtbot, make_tab, file, who, household, begun):
    service.receive_paper(file, who, begun, PaperKey("benefits"))
    tab = make_tab(household)
    row_of(tab, "benefits").asked.emit("dates")
    form = tab.place.form
    form.show_content({"dated_on": "2/11/2026", "until": "1/11/2026"})
    form.save.click()
    settled(qtbot, tab)
    assert "avant la date" in form.fields["until"].sentence
    form.show_content({"until": "20/11/2026"})
    form.save.click()
    settled(qtbot, tab)
    assert row_of(tab, "benefits").line.state is PaperState.EXPIRED


def test_the_list_to_bring_opens_its_page_and_a_piece_is_seen_among_the_others(
    qtbot, make_tab, file, who, household, begun, keep
):
    piece = keep(picture(), "c.jpg")
    service.receive_paper(file, who, begun, PaperKey("benefits"), piece)
    tab, asked = make_tab(household), []
    tab.desk.navigator.asked.connect(asked.append)
    tab.cards[begun].buttons["missing"].click()
    row_of(tab, "benefits").asked.emit("see")
    assert [(each.page, each.tab, each.subject) for each in asked] == [
        ("paper", "", f"{MISSING_PAPERS}:{begun}"), ("dossier", "attachments", piece),
    ]  # fmt: skip


@pytest.fixture
def received(file: Any, who: Any, begun: str, keep: Any) -> str:
    service.receive_paper(file, who, begun, PaperKey("benefits"), keep(paper_pdf(2), "caf.pdf"))
    service.receive_paper(file, who, begun, PaperKey("family_record"))
    return begun


def test_the_pieces_are_put_together_where_one_says(
    qtbot, make_tab, household, received, tmp_path, monkeypatch
):
    tab, refused, asked = make_tab(household), [], []
    tab.desk.tasks.refused.connect(refused.append)
    out = tmp_path / "dossier"

    def choose(_parent: object, _title: str, usual: str, *_rest: object) -> tuple[str, str]:
        asked.append(Path(usual).name)
        return str(out), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    tab.cards[received].buttons["pieces"].click()
    qtbot.waitUntil(tab.taking_out.dialog.isVisible)
    assert "aucun organisme" in tab.taking_out.dialog.sentence.text()
    tab.taking_out.dialog.confirm.click()
    qtbot.waitUntil(lambda: bool(refused))
    settled(qtbot, tab)
    assert asked == ["demande-de-logement-social-2026-11-24.pdf"]
    assert len(PdfReader(out.with_suffix(".pdf")).pages) == 3
    assert "vue, sans copie" in refused[0]


def test_pieces_for_a_body_are_entered_in_the_register_once_what_is_found_is_kept(
    qtbot, make_tab, file, who, household, received, tmp_path, monkeypatch
):
    households.set_protected(file, who, household, protected=True)
    recipient = Recipient(RecipientKind.BODY, "CCAS de Hem")
    new = NewConsent(household, recipient, frozenset({Topic.REQUESTED_MEASURES}), "être aidé", DAY)
    consents.give_consent(file, who, new)
    tab, out = make_tab(household), tmp_path / "dossier.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    tab.cards[received].buttons["pieces"].click()
    dialog, keep = tab.taking_out.dialog, tab.taking_out.keep
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.choice.currentText() == "Le ménage"
    dialog.choice.setCurrentIndex(1)
    assert dialog.chosen().name == "CCAS de Hem"
    dialog.confirm.click()
    qtbot.waitUntil(keep.isVisible)
    assert "adresse ou téléphone sur une pièce" in keep.finds.text()
    assert not out.exists()
    assert (cut_words(keep), nameless(keep), unreachable(keep)) == ([], [], [])
    keep.confirm.click()
    qtbot.waitUntil(out.exists)
    settled(qtbot, tab)
    with file.reading() as connection:
        (line,) = register_lines(connection, household)
    assert (line.recipient_name, line.kind, line.pages) == ("CCAS de Hem", "dossier-de-pieces", 3)


@pytest.mark.usefixtures("partner", "received")
@pytest.mark.parametrize("seen", [(100, "light", 900), (150, "dark", 1000)])
def test_nothing_is_cut_nameless_or_out_of_reach(make_tab, household, keep, seen):
    keep(picture(), "Bail de Mme Marchadier, quittance et avis d’échéance.jpg", DAY)
    tab = make_tab(household, *seen)
    assert (cut_words(tab), nameless(tab), unreachable(tab)) == ([], [], [])


def test_who_only_reads_may_change_nothing(qtbot, make_tab, file, household, begun, monkeypatch):
    tab = make_tab(household)
    reader = Who(tab.desk.who.worker_id, "Bénévole", Role.VOLUNTEER)
    desk = type(tab.desk)(**{**{f: getattr(tab.desk, f) for f in tab.desk.__slots__}, "who": reader})
    other = ProceduresTab(desk)
    qtbot.addWidget(other)
    other.show_household(household)
    settled(qtbot, other)
    row = row_of(other, "benefits")
    assert (other.new.isHidden(), row.attach.isHidden(), row.more.isHidden(), row.acceptDrops()) == (
        True, True, True, False,
    )  # fmt: skip
    assert set(other.cards[begun].buttons) == {"missing"}


@pytest.fixture
def section(qtbot: Any, make_tab: Any, household: str) -> ChecklistsSection:
    made = ChecklistsSection(make_tab(household).desk)
    made.resize(1000, 700)
    qtbot.addWidget(made)
    made.show()
    made.show_section()
    waited(qtbot, made)
    return made


def waited(qtbot: Any, section: ChecklistsSection) -> None:
    from PySide6.QtWidgets import QApplication

    for _ in range(4):
        qtbot.waitUntil(lambda: not section._desk.tasks.busy)
        QApplication.processEvents()


def test_a_list_is_written_line_by_line_and_the_programs_own_is_had_back(qtbot, section):
    assert section.entries["label"].text() == "Demande de logement social"
    before = section.papers.words()
    section.papers.selectAll()
    section.papers.insertPlainText("RIB\nPermis ; parfois")
    section.keep()
    assert "Ligne 2" in section.fields["papers"].sentence
    section.papers.selectAll()
    section.papers.insertPlainText("RIB\nPermis ; 3 mois")
    section.keep()
    waited(qtbot, section)
    assert section.papers.words() == "RIB\nPermis ; 3 mois"
    assert "1\u00a0version" in section.about.text()
    section.program.click()
    waited(qtbot, section)
    assert section.papers.words() == before


def test_a_procedure_of_ones_own_is_added_and_put_away(qtbot, section):
    section.begin_new()
    section.entries["label"].setText("Domiciliation")
    section.papers.insertPlainText("Attestation (moins de trois mois) ; 3 mois")
    section.typed()
    section.keep()
    waited(qtbot, section)
    assert section.title.text() == "Domiciliation"
    section.put_away.click()
    waited(qtbot, section)
    assert section.entries["label"].text() == "Demande de logement social"


def test_the_settings_are_cut_nowhere_and_named(section):
    assert (cut_words(section), nameless(section), unreachable(section)) == ([], [], [])
