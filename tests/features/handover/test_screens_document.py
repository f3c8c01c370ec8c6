"""The document page on a real file: what prints is shown, what stays is told, nothing leaves by accident."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import Topic
from caseworker_app.features.diary.domain.draft import draft_of_visit, visit_draft_key
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import NewVisit
from caseworker_app.features.handover.domain.choices import review_draft_key
from caseworker_app.features.handover.screens import printing
from caseworker_app.features.handover.screens.page import DocumentDesk, DocumentPage
from caseworker_app.features.handover.service.reviews import register_of
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from tests.features.handover import rich_household
from tests.features.handover.conftest import PATIENCE
from tests.features.handover.rich_household import Rich
from tests.ground import KEY
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

Make = Callable[[], DocumentPage]
REVIEW = "bilan-bailleur"


@pytest.fixture
def drafts(tmp_path: Path, clock: Any, lasting_tasks: Tasks, qtbot: Any) -> Iterator[Drafts]:
    made = Drafts(tmp_path, KEY, clock)
    yield made
    qtbot.waitUntil(lambda: not lasting_tasks.busy, timeout=PATIENCE)
    made.close()


@pytest.fixture
def rich(file, who) -> Rich:
    return rich_household.build(file, who)


@pytest.fixture
def make(qtbot, qapp, file, who, drafts, lasting_tasks) -> Make:
    """Make a document page of its own, as after a start of the program."""
    dress(qapp, "light")
    navigators: list[Navigator] = []

    def made() -> DocumentPage:
        navigator = Navigator()
        navigators.append(navigator)
        desk = DocumentDesk(file, who, drafts, lasting_tasks, ChangeBroadcast(), navigator, renderers())
        page = DocumentPage(desk)
        qtbot.addWidget(page)
        page.resize(1174, 638)
        bring_up(qtbot, page)
        return page

    return made


def opened(qtbot: Any, page: DocumentPage, household: str, subject: str = REVIEW) -> DocumentPage:
    page.enter(Route("document", household, subject))
    shown(qtbot, page)
    return page


def shown(qtbot: Any, page: DocumentPage) -> None:
    """Wait until the pages shown are those of the choices."""
    qtbot.waitUntil(
        lambda: (
            bool(page.pdf and page.preview.sheets)
            and (page._is_visit or page.work.fresh or bool(page.work.sent))
        ),
        timeout=PATIENCE,
    )
    qtbot.waitUntil(lambda: not page.desk.tasks.busy, timeout=PATIENCE)
    qtbot.waitUntil(lambda: page.panel.whole, timeout=PATIENCE)


def words_of(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def answer(monkeypatch: pytest.MonkeyPatch, place: Path | None) -> None:
    """Let the system's dialog for a file answer with a place."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(place or ""), ""))


def test_the_pages_shown_are_the_real_ones_and_what_stays_is_told(qtbot, make, rich) -> None:
    page = opened(qtbot, make(), rich.household_id)
    assert len(page.preview.sheets) == len(pypdf.PdfReader(BytesIO(page.pdf)).pages)
    assert "APERÇU" in words_of(page.pdf)
    assert "Bilan intermédiaire" in page.preview.sheets[0].accessibleDescription()
    labels = [each.label for each in page.panel.withheld.findChildren(object) if hasattr(each, "label")]
    assert labels == []
    spoken = " ".join(
        w.accessibleName() for w in page.panel.withheld.findChildren(type(page.panel.recipient.change))
    )
    assert "Analyse des visites" in spoken
    assert "Santé" in spoken
    assert page.panel.progress.state.state.words == "Prêt à partir"
    assert page.head.print_button.isEnabled()


def test_an_item_taken_out_leaves_the_pages_and_joins_what_stays(qtbot, make, rich) -> None:
    page = opened(qtbot, make(), rich.household_id)
    assert "virement permanent" in words_of(page.pdf)
    fact = next(i for s in page.panel.sections for i in s.items if "virement permanent" in i.extract.text())
    fact.tick.click()
    assert not page.head.print_button.isEnabled(), "pages older than the choices must not leave"
    shown(qtbot, page)
    assert "virement permanent" not in words_of(page.pdf)
    spoken = [w.accessibleName() for w in page.panel.withheld.findChildren(type(page.panel.recipient.change))]
    assert any("Autres faits proposables, 3" in name for name in spoken)


def test_a_text_rewritten_prints_and_comes_back_after_a_kill(qtbot, make, rich, drafts) -> None:
    page = opened(qtbot, make(), rich.household_id)
    page.panel.conclusion.opinion.editor.setPlainText("Je veux rester ici.")
    page.panel.conclusion.option.choose("renew")
    page.panel.conclusion.option.activated.emit(1)
    qtbot.waitUntil(lambda: drafts.find(review_draft_key(rich.household_id)) is not None, timeout=PATIENCE)
    page.keeper.touch()
    page.leave()
    shown(qtbot, page)
    assert "Je veux rester ici." in words_of(page.pdf)
    after = opened(qtbot, make(), rich.household_id)
    assert after.panel.conclusion.opinion.text() == "Je veux rester ici."
    assert after.work.choices.option is not None
    assert "Je veux rester ici." in words_of(after.pdf)
    assert after.panel.draft.state.words.startswith("Choix enregistrés à ")


def test_giving_the_choices_up_can_be_undone(qtbot, make, rich, drafts) -> None:
    page = opened(qtbot, make(), rich.household_id)
    page.panel.conclusion.opinion.editor.setPlainText("Je veux rester ici.")
    page.leave()
    shown(qtbot, page)
    with qtbot.waitSignal(page.desk.navigator.confirmed) as said:
        page.panel.again.click()
    shown(qtbot, page)
    assert "Je veux rester" not in words_of(page.pdf)
    said.args[1]()
    shown(qtbot, page)
    assert "Je veux rester" in words_of(page.pdf)


def test_words_to_look_at_hold_the_review_until_kept_knowingly(
    qtbot, make, rich, monkeypatch, tmp_path, file, who
) -> None:
    page = opened(qtbot, make(), rich.household_id)
    page.panel.conclusion.opinion.editor.setPlainText("Elle parle de sa dépression.")
    shown(qtbot, page)
    answer(monkeypatch, tmp_path / "bilan.pdf")
    page.print_it()
    assert page.panel.tabs.currentIndex() == 1
    assert "1 mot" in page.panel.check.accessibleName()
    opinion = page.panel.conclusion.opinion
    assert opinion.border == "warn"
    assert [mark.cursor.selectedText() for mark in opinion.editor.extraSelections()] == ["dépression"]
    assert any("effet sur le logement" in label.text() for label in opinion.findChildren(Label))
    with file.reading() as connection:
        assert register_of(connection, who, rich.household_id) == []
    page.panel.conclusion.opinion.kept_knowingly.emit(page.work.hits[0].key)
    shown(qtbot, page)
    assert page.work.hits == ()
    with qtbot.waitSignal(page.work.transmitted, timeout=PATIENCE):
        page.print_it()
    assert "dépression" in page.work.sent.kept_hits


def test_a_review_is_registered_written_and_its_number_told(
    qtbot, make, rich, drafts, file, who, monkeypatch, tmp_path
) -> None:
    page = opened(qtbot, make(), rich.household_id)
    page.panel.conclusion.reasons.editor.setPlainText("Le loyer est réglé.")
    page.leave()
    shown(qtbot, page)
    out = tmp_path / "bilan"
    answer(monkeypatch, out)
    with qtbot.waitSignal(page.desk.navigator.confirmed, timeout=PATIENCE) as said:
        page.head.print_button.click()
    with file.reading() as connection:
        line = register_of(connection, who, rich.household_id)[0]
    assert line.number in said.args[0]
    written = (tmp_path / "bilan.pdf").read_bytes()
    assert line.number in words_of(written)
    assert page.pdf == written, "what is shown from then on is what left"
    assert page.panel.progress.state.state.words == "Inscrit au registre"
    assert page.head.print_button.text() == "&Imprimer sur papier"
    assert not page.panel.isEnabled()
    qtbot.waitUntil(lambda: not page.desk.tasks.busy, timeout=PATIENCE)
    assert drafts.find(review_draft_key(rich.household_id)) is None


def test_giving_up_the_place_writes_nothing(qtbot, make, rich, file, who, monkeypatch) -> None:
    page = opened(qtbot, make(), rich.household_id)
    answer(monkeypatch, None)
    page.print_it()
    qtbot.waitUntil(lambda: not page.desk.tasks.busy, timeout=PATIENCE)
    with file.reading() as connection:
        assert register_of(connection, who, rich.household_id) == []


def test_the_pdf_of_a_preview_is_marked_and_not_registered(
    qtbot, make, rich, file, who, monkeypatch, tmp_path
) -> None:
    page = opened(qtbot, make(), rich.household_id)
    answer(monkeypatch, tmp_path / "essai.pdf")
    with qtbot.waitSignal(page.desk.navigator.confirmed):
        page.head.pdf.click()
    assert "APERÇU" in words_of((tmp_path / "essai.pdf").read_bytes())
    with file.reading() as connection:
        assert register_of(connection, who, rich.household_id) == []


def test_without_an_agreement_nothing_leaves_and_one_can_be_noted_on_the_spot(
    qtbot, make, file, who, monkeypatch, tmp_path
) -> None:
    rich = rich_household.build(file, who, topics=frozenset())
    page = opened(qtbot, make(), rich.household_id)
    assert page.panel.consent.state.state.words == "Aucun accord en cours"
    answer(monkeypatch, tmp_path / "bilan.pdf")
    page.print_it()
    assert "n’a pas d’accord de partage" in page.panel.consent.line.sentence
    assert not (tmp_path / "bilan.pdf").exists()
    page.panel.consent.record.click()
    dialog = page.recipient.dialog
    dialog.submit()
    qtbot.waitUntil(lambda: bool(dialog.error.sentence))
    assert "Cochez au moins un sujet" in dialog.error.sentence
    dialog.topics[Topic.PAYMENT].setChecked(True)
    dialog.submit()
    qtbot.waitUntil(lambda: bool(dialog.purpose.sentence))
    dialog.purpose.editor.setText("préparer le bail")
    with qtbot.waitSignal(page.desk.navigator.confirmed):
        dialog.submit()
    shown(qtbot, page)
    assert page.panel.consent.state.state.words == "Valable, en partie"
    with file.reading() as connection:
        assert consents.consents_of(connection, who, rich.household_id)[0].topics == {Topic.PAYMENT}


def test_another_period_is_proposed_again_and_an_impossible_one_refused(qtbot, make, rich) -> None:
    page = opened(qtbot, make(), rich.household_id)
    period = page.panel.period
    period.start.setText("1/10/2026")
    period.end.setText("1/9/2026")
    period.end.editingFinished.emit()
    assert "finit avant de commencer" in period.line.sentence
    period.end.setText("31/10/2026")
    period.end.editingFinished.emit()
    assert period.line.sentence == ""
    qtbot.waitUntil(lambda: page.work.materials.proposal.period.start.month == 10, timeout=PATIENCE)
    shown(qtbot, page)
    assert "1er octobre" in words_of(page.pdf) or "1 er octobre" in words_of(page.pdf)


def test_the_recipient_is_chosen_among_the_landlord_s_people(qtbot, make, rich) -> None:
    page = opened(qtbot, make(), rich.household_id)
    menu = page.recipient.menu()
    assert menu.actions()[0].text() == "Mme Sophie Vannier, chargée de clientèle"
    assert page.panel.recipient.name.text() == "Mme Sophie Vannier, chargée de clientèle"


def test_a_change_of_the_file_since_the_preview_holds_it_back(
    qtbot, make, rich, file, who, monkeypatch, tmp_path
) -> None:
    page = opened(qtbot, make(), rich.household_id)
    with file.reading() as connection:
        given = consents.consents_of(connection, who, rich.household_id)[0]
    only = frozenset({Topic.PAYMENT})
    consents.withdraw_consent(file, who, given.id)
    rich_household.agree(file, who, rich.household_id, rich.landlord_id, only)
    answer(monkeypatch, tmp_path / "bilan.pdf")
    with qtbot.waitSignal(page.desk.tasks.refused, timeout=PATIENCE) as said:
        page.print_it()
    assert "a changé depuis cet aperçu" in said.args[0]
    shown(qtbot, page)
    assert page.work.materials.proposal.agreed == only
    assert not (tmp_path / "bilan.pdf").exists()


def test_a_household_without_landlord_says_what_to_do(qtbot, make, household) -> None:
    page = make()
    page.enter(Route("document", household, REVIEW))
    qtbot.waitUntil(lambda: page.empty is not None, timeout=PATIENCE)
    assert "n’a pas de bailleur connu" in " ".join(
        label.text() for label in page.empty.findChildren(type(page.preview.said))
    )


def test_the_report_of_a_visit_is_internal_and_never_registered(
    qtbot, make, rich, file, who, monkeypatch, tmp_path
) -> None:
    page = opened(qtbot, make(), rich.household_id, f"compte-rendu-visite:{rich.visit_id}")
    assert page.internal.isVisible()
    assert "Document interne" in words_of(page.pdf)
    answer(monkeypatch, tmp_path / "cr.pdf")
    with qtbot.waitSignal(page.desk.navigator.confirmed):
        page.head.pdf.click()
    assert (tmp_path / "cr.pdf").read_bytes() == page.pdf
    with file.reading() as connection:
        assert register_of(connection, who, rich.household_id) == []


def test_a_protected_household_s_street_is_on_no_page(qtbot, make, file, who) -> None:
    rich = rich_household.build(file, who, protected=True)
    page = opened(qtbot, make(), rich.household_id)
    assert "Glycines" not in words_of(page.pdf)
    report = opened(qtbot, make(), rich.household_id, f"compte-rendu-visite:{rich.visit_id}")
    assert "Glycines" not in words_of(report.pdf)


def test_a_visit_being_written_is_previewed_but_not_printed(qtbot, make, rich, drafts, file) -> None:
    now = file.clock.now().astimezone().replace(tzinfo=None)
    entry = NewEntry(rich.household_id, EntryKind.HOME_VISIT, now, 45, observed="Radiateur tiède.")
    drafts.keep(visit_draft_key(rich.household_id), draft_of_visit(NewVisit(entry)), rich.household_id)
    page = opened(qtbot, make(), rich.household_id, "compte-rendu-visite:")
    assert "Radiateur tiède." in words_of(page.pdf)
    assert "brouillon" in page.head.detail.text()
    assert not page.head.print_button.isEnabled()


def test_printing_puts_every_page_on_paper(qtbot, make, rich, tmp_path) -> None:
    page = opened(qtbot, make(), rich.household_id, f"compte-rendu-visite:{rich.visit_id}")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "papier.pdf"))
    printer.setResolution(100)
    count = printing.print_pages(page.pdf, printer)
    printed = pypdf.PdfReader(tmp_path / "papier.pdf").pages
    assert count == len(printed) == len(page.preview.sheets)
    printer.setOutputFileName(str(tmp_path / "une.pdf"))
    printer.setFromTo(1, 1)
    assert printing.print_pages(page.pdf, printer) == 1


def test_without_a_printer_one_is_told_what_to_do(qtbot, make, rich, monkeypatch) -> None:
    page = opened(qtbot, make(), rich.household_id, f"compte-rendu-visite:{rich.visit_id}")
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    with qtbot.waitSignal(page.desk.tasks.refused) as said:
        page.head.print_button.click()
    assert "Aucune imprimante" in said.args[0]


def test_zoom_and_pages_follow_the_buttons(qtbot, make, rich) -> None:
    page = opened(qtbot, make(), rich.household_id)
    preview = page.preview
    fitted, width = preview.zoom, preview.sheets[0].width()
    assert width <= preview._area.viewport().width()
    preview._step_zoom(up=True)
    shown(qtbot, page)
    assert preview.zoom > fitted
    assert preview.sheets[0].width() > width
    preview.go_to(1)
    assert preview.page_words.text().startswith("Page 2 sur ")


@pytest.mark.parametrize(("appearance", "scale"), [("light", 100), ("dark", 150)])
def test_every_word_fits_and_every_control_is_named_and_reached(
    qtbot, qapp, make, rich, appearance: str, scale: int
) -> None:
    dress(qapp, appearance, scale)
    page = make()
    page.resize(1174 if scale == 100 else 1104, 638 if scale == 100 else 612)
    opened(qtbot, page, rich.household_id)
    assert cut_words(page) == []
    page.panel.conclusion.opinion.editor.setPlainText("Elle parle de sa dépression.")
    page.panel.open_tab("words")
    page.panel.sections[1].items[0]._open()
    shown(qtbot, page)
    QApplication.processEvents()
    assert cut_words(page) == []
    assert nameless(page) == []
    assert unreachable(page) == []
    dress(qapp, "light", 100)


def test_refusals_are_sentences() -> None:
    for error in (printing.NoPrinter(), printing.PrinterRefused("Bureau")):
        assert isinstance(error, CaseworkerError)
        assert error.sentence.endswith(".")


def test_a_kind_without_preview_says_so(qtbot, make, rich) -> None:
    page = make()
    page.enter(Route("document", rich.household_id, "attestation"))
    assert page.empty is not None
    assert page.pdf == b""
    assert not page.head.print_button.isEnabled()
