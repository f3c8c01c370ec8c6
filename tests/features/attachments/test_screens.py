"""The tab « Pièces » on a real file: dropped, seen, described, copied, opened, removed, undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import Attachment, AttachmentKind
from caseworker_app.features.attachments.screens.piece_row import PieceForm
from caseworker_app.features.attachments.screens.tab import AttachmentsTab, draft_key
from caseworker_app.features.attachments.screens.viewer import PieceViewer
from tests.features.attachments.pictures import jpeg, pdf, picture
from tests.ui_kit.inspection import cut_words, nameless, unreachable

SIZES = ((1150, 530, 100), (1704, 850, 100), (1150, 530, 150))


def settled(qtbot: Any, tab: AttachmentsTab) -> None:
    for _ in range(4):
        qtbot.waitUntil(lambda: not tab.desk.tasks.busy)
        QApplication.processEvents()


def of(tab: AttachmentsTab, household: str) -> list[Attachment]:
    with tab.desk.file.reading() as connection:
        return attachments.attachments_of(connection, tab.desk.who, household)


def write(widget: QWidget, words: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def drop(tab: AttachmentsTab, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(40, 40), action, mime, left, none)
    QApplication.sendEvent(tab, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(tab, QDropEvent(QPointF(40, 40), action, mime, left, none))


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    made = {"IMG_12.jpg": jpeg(), "quittance.pdf": pdf(), "plan.png": picture("PNG", 300, 120)}
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in made]


@pytest.fixture
def filled(make_tab, qtbot, household, papers) -> AttachmentsTab:
    tab = make_tab(household)
    drop(tab, papers)
    settled(qtbot, tab)
    return tab


def test_dropped_files_are_in_the_list_with_their_pictures(filled, qtbot, household) -> None:
    assert [row.attachment.name for row in filled.rows] == ["plan.png", "quittance.pdf", "IMG_12.jpg"]
    qtbot.waitUntil(lambda: all(row.picture.image is not None for row in filled.rows))
    assert [each.kind for each in of(filled, household)][-1] is AttachmentKind.PHOTO
    assert filled.empty.isHidden()


def test_what_was_removed_from_photos_is_said_and_the_tick_keeps_it(
    make_tab, qtbot, household, papers
) -> None:
    tab = make_tab(household)
    told: list[tuple[str, Any]] = []
    tab.desk.navigator.confirmed.connect(lambda sentence, undo: told.append((sentence, undo)))
    drop(tab, papers[:1])
    settled(qtbot, tab)
    assert "le lieu, la date et l’appareil de la photo ont été retirés" in told[-1][0]
    tab.strip.keep_metadata.click()
    drop(tab, papers[:1])
    settled(qtbot, tab)
    newest = of(tab, household)[0]
    assert newest.metadata_kept
    assert newest.dated_on is not None
    assert told[-1][0] == "Pièce ajoutée"
    told[-1][1]()
    settled(qtbot, tab)
    assert len(of(tab, household)) == 1


def test_one_refused_file_does_not_stop_the_others(make_tab, qtbot, household, papers, tmp_path) -> None:
    (tmp_path / "faux.jpg").write_bytes(b"MZ\x90\x00program")
    tab = make_tab(household)
    refused: list[str] = []
    tab.desk.tasks.refused.connect(refused.append)
    drop(tab, [tmp_path / "faux.jpg", *papers[1:]])
    settled(qtbot, tab)
    assert len(of(tab, household)) == 2
    assert "faux.jpg" in refused[0]


def test_a_piece_is_described_by_keyboard_and_undone(filled, qtbot, household) -> None:
    told: list[Any] = []
    filled.desk.navigator.confirmed.connect(lambda _sentence, undo: told.append(undo))
    filled.rows[1].edit.click()
    form = filled.form
    assert form is not None
    assert form.caption.hasFocus()
    write(form.caption, "Quittance d’octobre, payée")
    form.day.clear()
    write(form.day, "32/10")
    QTest.keyClick(form.caption, Qt.Key.Key_Return)
    assert "date" in form.fields["dated_on"].sentence
    form.day.clear()
    write(form.day, "31/10/2026")
    form.kind.choose("proof")
    QTest.keyClick(form.day, Qt.Key.Key_Return)
    settled(qtbot, filled)
    found = of(filled, household)[1]
    assert (found.caption, found.kind) == ("Quittance d’octobre, payée", AttachmentKind.PROOF)
    assert filled.form is None
    told[-1]()
    settled(qtbot, filled)
    assert of(filled, household)[1].caption is None


def test_what_is_being_typed_survives_leaving(filled, qtbot, household, make_tab) -> None:
    filled.rows[0].edit.click()
    write(filled.form.caption, "Fuite sous l’évier")
    filled.form.edited.emit()
    filled.leave()
    settled(qtbot, filled)
    assert filled.desk.drafts.find(draft_key(household)) is not None
    again = make_tab(household)
    assert again.form is not None
    assert again.form.caption.text() == "Fuite sous l’évier"
    again.form.save.click()
    settled(qtbot, again)
    assert again.desk.drafts.find(draft_key(household)) is None


def test_giving_up_a_description_can_be_undone(filled, qtbot) -> None:
    told: list[Any] = []
    filled.desk.navigator.confirmed.connect(lambda _sentence, undo: told.append(undo))
    filled.rows[0].edit.click()
    write(filled.form.caption, "Fuite")
    filled.form.cancel.click()
    settled(qtbot, filled)
    assert filled.form is None
    told[-1]()
    assert isinstance(filled.form, PieceForm)
    assert filled.form.caption.text() == "Fuite"


def test_a_piece_is_removed_and_comes_back(filled, qtbot, household) -> None:
    told: list[Any] = []
    filled.desk.navigator.confirmed.connect(lambda _sentence, undo: told.append(undo))
    filled.rows[2].asked.emit("remove")
    settled(qtbot, filled)
    assert len(filled.rows) == 2
    told[-1]()
    settled(qtbot, filled)
    assert len(filled.rows) == 3


def test_a_copy_is_written_where_it_was_asked(filled, qtbot, tmp_path, monkeypatch) -> None:
    target = tmp_path / "copie.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    filled.rows[1].asked.emit("export")
    settled(qtbot, filled)
    assert target.read_bytes().startswith(b"%PDF")


def test_opened_outside_from_the_private_folder_that_is_emptied(filled, qtbot) -> None:
    seen: list[Path] = []

    def opened(path: Path) -> bool:
        seen.append(path)
        return True

    filled.opened_outside = opened
    filled.rows[1].asked.emit("open")
    settled(qtbot, filled)
    assert seen[0].read_bytes().startswith(b"%PDF")
    filled.desk.copies.empty()
    assert not seen[0].exists()


def test_a_photo_is_seen_with_zoom_and_a_pdf_page_by_page(filled, qtbot) -> None:
    filled.rows[1].picture.click()
    viewer = filled.findChild(PieceViewer)
    assert viewer is not None
    qtbot.waitUntil(lambda: not viewer.canvas.image.isNull() and not filled.desk.tasks.busy)
    assert viewer.page_words.text() == "Page 1 sur 2"
    assert "Quittance de loyer" in viewer.canvas.accessibleDescription()
    viewer.turn_page(1)
    qtbot.waitUntil(lambda: viewer.page_words.text() == "Page 2 sur 2")
    before = viewer.canvas.width()
    viewer.step_zoom(up=True)
    assert viewer.canvas.width() > before
    viewer.fit()
    assert nameless(viewer) == []
    viewer.reject()
    assert "Quittance" not in viewer.windowTitle()


def test_leaving_or_locking_closes_the_piece_being_seen(filled, qtbot) -> None:
    filled.rows[0].picture.click()
    viewer = filled.findChild(PieceViewer)
    assert viewer is not None
    assert viewer.isVisible()
    filled.leave()
    assert not any(each.isVisible() for each in filled.findChildren(PieceViewer))
    settled(qtbot, filled)


def test_a_damaged_piece_says_so_and_stays(filled, qtbot, household, make_tab) -> None:
    for path in filled.desk.file.contents.folder.iterdir():
        path.write_bytes(b"torn")
    tab = make_tab(household)
    qtbot.waitUntil(lambda: all("abîmé" in row.trouble.sentence for row in tab.rows))
    assert len(tab.rows) == 3
    viewer = PieceViewer(tab.desk.file, tab.desk.who, tab.desk.tasks, tab.rows[0].attachment, tab)
    qtbot.addWidget(viewer)
    with qtbot.waitSignal(viewer.shown):
        pass
    assert "abîmé" in viewer.message.text()


def test_another_household_shows_nothing_of_the_first(filled, qtbot, file, who) -> None:
    from caseworker_app.features.households import service as households
    from caseworker_app.features.households.domain import NewHousehold, NewMember

    other = households.create_household(file, who, NewHousehold((NewMember("Invente", "Paul"),), (), ()))[0]
    filled.show_household(other)
    settled(qtbot, filled)
    assert filled.rows == []
    assert not filled.empty.isHidden()


@pytest.mark.parametrize(("wide", "tall", "scale"), SIZES)
def test_everything_is_read_named_and_reached(make_tab, qtbot, household, papers, wide, tall, scale) -> None:
    tab = make_tab(household, wide=wide, tall=tall, scale=scale)
    drop(tab, papers)
    settled(qtbot, tab)
    tab.rows[0].edit.click()
    qtbot.waitUntil(lambda: not cut_words(tab))
    assert nameless(tab) == []
    assert unreachable(tab) == []
    assert tab.minimumSizeHint().width() <= wide
