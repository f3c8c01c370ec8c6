"""Photos of rooms on the visit page: dropped, counted, kept with the draft, written and undone with the visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import Attachment, AttachmentKind
from caseworker_app.features.attachments.domain.file_types import MediaType
from caseworker_app.features.attachments.screens.decoding import decode, thumbnail
from caseworker_app.features.diary.domain.draft import visit_draft_key
from caseworker_app.features.diary.domain.entry import EntryZone
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.features.diary.screens.dwelling import RoomLine
from caseworker_app.features.diary.screens.page import VisitPage
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.storage.attachments import contents_of
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from tests.features.attachments.pictures import bomb, jpeg, large_png, pdf, picture
from tests.features.diary import visit_scene
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

Make = Callable[[], VisitPage]


@pytest.fixture
def make(qtbot, qapp, file, who, drafts, tasks, household) -> Iterator[Make]:
    dress(qapp, "light")
    visit_scene.fill(file, who, household)
    kept: list[Any] = []

    def made() -> VisitPage:
        navigator, changes = Navigator(), ChangeBroadcast()
        kept.extend((navigator, changes))
        page = VisitPage(VisitDesk(file, who, drafts, tasks, changes, navigator, take_back_last))
        qtbot.addWidget(page)
        page.resize(1174, 638)
        bring_up(qtbot, page)
        page.enter(Route("visit", household))
        settled(qtbot, page)
        return page

    yield made
    dress(qapp, "light", 100)


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    made = {"evier.jpg": jpeg(), "plafond.png": picture("PNG"), "bail.pdf": pdf()}
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in made]


def settled(qtbot: Any, page: VisitPage) -> None:
    for _ in range(4):
        qtbot.waitUntil(lambda: not page.desk.tasks.busy)
        QApplication.processEvents()


def drop(line: RoomLine, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(9, 9), action, mime, left, none)
    QApplication.sendEvent(line, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(line, QDropEvent(QPointF(9, 9), action, mime, left, none))


def of(page: VisitPage, household: str) -> list[Attachment]:
    with page.desk.file.reading() as connection:
        return attachments.attachments_of(connection, page.desk.who, household)


def finish(qtbot: Any, page: VisitPage) -> None:
    page.body.zones[EntryZone.OBSERVED].set_text("Évier bouché, plafond taché.")
    page.finish()
    settled(qtbot, page)


def test_dropped_photos_are_counted_and_written_with_the_visit(make, qtbot, household, photos) -> None:
    page = make()
    line = page.body.dwelling.lines[0]
    drop(line, photos[:2])
    settled(qtbot, page)
    assert line.photos.count.text() == "2"
    assert "2\u00a0photos" in line.photos.camera.accessibleName()
    assert of(page, household) == []
    finish(qtbot, page)
    written = of(page, household)
    assert {each.name for each in written} == {"evier.jpg", "plafond.png"}
    assert {(each.place, each.kind) for each in written} == {(line.name, AttachmentKind.PHOTO)}
    assert all(each.entry_id and not each.shareable and each.dated_on for each in written)
    assert b"Roubaix" not in attachments.content_of(page.desk.file, page.desk.who, written[0].id)[1]


def test_what_was_dropped_survives_a_kill_and_a_sweep(make, qtbot, household, photos, file, drafts) -> None:
    page = make()
    name = page.body.dwelling.lines[0].name
    drop(page.body.dwelling.lines[0], photos[:2])
    settled(qtbot, page)
    assert drafts.find(visit_draft_key(household)) is not None
    # The next start: another program, which held nothing, sweeps first.
    file.contents = contents_of(file.access)
    assert attachments.sweep_contents(file, drafts).set_aside == 0
    again = make()
    again.offer.resume.click()
    settled(qtbot, again)
    line = next(each for each in again.body.dwelling.lines if each.name == name)
    assert len(line.photos.photos) == 2
    finish(qtbot, again)
    assert len(of(again, household)) == 2


def test_undoing_the_visit_makes_them_a_draft_again(make, qtbot, household, photos, drafts) -> None:
    page = make()
    undo: list[Any] = []
    page.desk.navigator.confirmed.connect(lambda _sentence, back: undo.append(back))
    drop(page.body.dwelling.lines[0], photos[:1])
    settled(qtbot, page)
    finish(qtbot, page)
    undo[-1]()
    settled(qtbot, page)
    assert of(page, household) == []
    kept = drafts.find(visit_draft_key(household))
    assert kept is not None
    assert len(kept.content["photos"]) == 1


def test_photos_that_arrive_after_leaving_go_to_the_draft(
    make, qtbot, household, photos, file, who, drafts
) -> None:
    other = households.create_household(file, who, NewHousehold((NewMember("Invente", "Paul"),), (), ()))[0]
    page = make()
    drop(page.body.dwelling.lines[0], photos[:1])
    page.leave()
    page.enter(Route("visit", other))
    settled(qtbot, page)
    kept = drafts.find(visit_draft_key(household))
    assert kept is not None
    assert [each["content"]["name"] for each in kept.content["photos"]] == ["evier.jpg"]
    assert all(not line.photos.photos for line in page.body.dwelling.lines)


def test_the_visit_waits_for_photos_on_their_way(make, qtbot, household, photos) -> None:
    page = make()
    told: list[str] = []
    page.desk.tasks.refused.connect(told.append)
    page.body.zones[EntryZone.OBSERVED].set_text("Évier bouché.")
    drop(page.body.dwelling.lines[0], photos[:1])
    page.finish()
    assert "arrivent" in told[0]
    settled(qtbot, page)
    page.finish()
    settled(qtbot, page)
    assert len(of(page, household)) == 1


def test_what_is_no_photo_is_refused_with_where_it_goes(make, qtbot, photos) -> None:
    page = make()
    told: list[str] = []
    page.desk.tasks.refused.connect(told.append)
    drop(page.body.dwelling.lines[0], photos[2:])
    settled(qtbot, page)
    assert "onglet Pièces" in told[0]
    assert page.body.dwelling.photos() == ()


def test_of_a_whole_drop_the_sound_photos_are_kept_and_each_other_file_is_told(
    make, qtbot, household, tmp_path
) -> None:
    dropped = {
        "couchee.jpg": jpeg(6),
        "lourde.png": large_png(),
        "mot.jpg": "Ceci n’est pas une photo".encode(),
        "coupee.jpg": jpeg()[:500],
        "vide.jpg": b"",
        "bombe.png": bomb(50_000, 50_000),
        "iphone.heic": b"\x00\x00\x00\x18ftypheic" + bytes(40),
    }
    for name, content in dropped.items():
        (tmp_path / name).write_bytes(content)
    page = make()
    told: list[str] = []
    page.desk.tasks.refused.connect(told.append)
    page.body.zones[EntryZone.OBSERVED].set_text("Plafond taché.")
    drop(page.body.dwelling.lines[0], [tmp_path / name for name in dropped])
    settled(qtbot, page)
    assert [each.name for each in page.body.dwelling.lines[0].photos.photos] == ["couchee.jpg", "lourde.png"]
    wrong = {
        "mot.jpg": "n’est pas une photo",
        "coupee.jpg": "abîmée",
        "vide.jpg": "vide",
        "bombe.png": "trop grande",
        "iphone.heic": "JPEG",
    }
    assert len(told) == len(wrong)
    for sentence, (name, words) in zip(told, wrong.items(), strict=True):
        assert name in sentence
        assert words in sentence
    assert page.body.zones[EntryZone.OBSERVED].text() == "Plafond taché."
    finish(qtbot, page)
    pieces = {each.name: each for each in of(page, household)}
    assert pieces["lourde.png"].size_bytes > 39_000_000
    side = attachments.content_of(page.desk.file, page.desk.who, pieces["couchee.jpg"].id)[1]
    upright, small = decode(side), thumbnail(side, MediaType.JPEG, 24)
    assert (upright.width(), upright.height()) == (48, 64)
    assert (small.width(), small.height()) == (18, 24)
    heavy = attachments.content_of(page.desk.file, page.desk.who, pieces["lourde.png"].id)[1]
    assert thumbnail(heavy, MediaType.PNG, 64).width() == 64


def test_photos_dropped_on_the_text_are_no_words_and_one_is_told_where_they_go(
    make, qtbot, household, photos
) -> None:
    page = make()
    told: list[str] = []
    page.desk.tasks.refused.connect(told.append)
    editor = page.body.zones[EntryZone.OBSERVED].editor
    page.body.zones[EntryZone.OBSERVED].set_text("Évier bouché.")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in photos[:1]])
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(editor.viewport(), QDragEnterEvent(QPoint(9, 9), action, mime, left, none))
    QApplication.sendEvent(editor.viewport(), QDropEvent(QPointF(9, 9), action, mime, left, none))
    editor.insertFromMimeData(mime)
    assert page.body.zones[EntryZone.OBSERVED].text() == "Évier bouché."
    assert ["État du logement" in sentence for sentence in told] == [True]
    assert page.body.dwelling.photos() == ()


def test_a_photo_is_taken_off_and_a_room_with_photos_stays(make, qtbot, photos) -> None:
    page = make()
    card = page.body.dwelling
    line = card.lines[0]
    drop(line, photos[:1])
    settled(qtbot, page)
    line.removed.emit(line)
    assert line in card.lines
    assert "photos" in card.error.sentence
    line.photos.fill_menu()
    line.photos.menu.actions()[-1].trigger()
    assert card.photos() == ()
    line.removed.emit(line)
    assert line not in card.lines


def test_a_visit_of_the_file_counts_its_photos_by_room(make, qtbot, household, photos) -> None:
    page = make()
    name = page.body.dwelling.lines[0].name
    drop(page.body.dwelling.lines[0], photos[:2])
    settled(qtbot, page)
    finish(qtbot, page)
    written = of(page, household)[0]
    asked: list[Route] = []
    page.desk.navigator.asked.connect(asked.append)
    page.enter(Route("visit", household, str(written.entry_id)))
    settled(qtbot, page)
    from caseworker_app.ui_kit.buttons import Button
    from caseworker_app.ui_kit.text import Label

    words = [label.text() for label in page.record.findChildren(Label)]
    assert name in words
    assert "2\u00a0photos" in words
    next(b for b in page.record.findChildren(Button) if b.text() == "Voir les photos").click()
    assert (asked[-1].page, asked[-1].tab) == ("dossier", "attachments")


@pytest.mark.parametrize("scale", [100, 150])
def test_room_lines_with_photos_fit_and_are_named(make, qtbot, qapp, photos, scale: int) -> None:
    dress(qapp, "light", scale)
    page = make()
    dress(qapp, "light", scale)
    drop(page.body.dwelling.lines[0], photos[:2])
    settled(qtbot, page)
    qtbot.waitUntil(lambda: not cut_words(page))
    assert nameless(page) == []
    assert unreachable(page) == []
