"""Attachments of households through their whole life: added, shared, moved, removed, undone, erased, damaged."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import (
    AttachmentForm,
    AttachmentKind,
    NewAttachment,
    usual_form,
)
from caseworker_app.features.attachments.domain.file_types import FileRefused
from caseworker_app.features.attachments.service.taking_out import CopyNotWritten
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.dossier.domain.merging import MergeChoices
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.storage.attachments import (
    ContentDamaged,
    ContentMissing,
    Contents,
    ContentTooLarge,
    contents_of,
)
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.open_copies import OpenCopies
from caseworker_app.storage.search import find_households
from caseworker_app.storage.undo import HasLeft, undo_last
from tests.features.attachments.pictures import jpeg, pdf, picture
from tests.ground import KEY


@pytest.fixture
def drafts(file: EncryptedFile) -> Iterator[Drafts]:
    with Drafts(file.folder, "1b" * 32, file.clock) as opened:
        yield opened


@pytest.fixture
def other(file: EncryptedFile, who: Who) -> str:
    return households.create_household(file, who, NewHousehold((NewMember("Invente", "Paul"),), (), ()))[0]


def add(
    file: EncryptedFile, who: Who, household: str, content: bytes, name: str = "photo.jpg", **said: object
) -> str:
    kept, _ = attachments.keep_file(file, who, content, name)
    form = dataclasses.replace(usual_form(kept), **said)
    return attachments.add_attachments(file, who, household, [NewAttachment(kept, form)])[0][0]


def of(file: EncryptedFile, who: Who, household: str) -> list[str]:
    with file.reading() as connection:
        return [each.id for each in attachments.attachments_of(connection, who, household)]


def swept_later(file: EncryptedFile, drafts: Drafts, *, at_once: bool = False) -> tuple[int, int]:
    """Sweep as the next start does, which holds nothing of its own."""
    file.contents = contents_of(file.access)
    done = attachments.sweep_contents(file, drafts, at_once=at_once)
    return done.set_aside, done.removed


def test_a_photo_is_added_without_its_place_and_read_back(file, who, household) -> None:
    kept, place_removed = attachments.keep_file(file, who, jpeg(), "IMG_12.jpg")
    assert place_removed
    ids, changes = attachments.add_attachments(file, who, household, [NewAttachment(kept, usual_form(kept))])
    assert changes.households == {household}
    found, content = attachments.content_of(file, who, ids[0])
    assert b"Roubaix" not in content
    assert (found.name, found.kind, found.shareable) == ("IMG_12.jpg", AttachmentKind.PHOTO, False)
    assert found.size_bytes == len(content)
    assert found.added_on == date(2026, 11, 24)


def test_nothing_of_a_file_lies_in_clear_beside_the_encrypted_one(file, who, household) -> None:
    add(file, who, household, "Courrier de Solène Marchadier".encode(), "courrier.txt")
    for path in file.folder.rglob("*"):
        if path.is_file():
            assert b"Marchadier" not in path.read_bytes()


def test_the_same_file_of_two_households_is_kept_once_and_outlives_one_of_them(
    file, who, household, other, drafts
) -> None:
    first, second = (
        add(file, who, household, pdf_once := pdf(), "a.pdf"),
        add(file, who, other, pdf_once, "b.pdf"),
    )
    assert len(list(file.contents.folder.iterdir())) == 1
    attachments.remove_attachment(file, who, first)
    _erase_changes(file)
    assert swept_later(file, drafts, at_once=True) == (0, 0)
    assert attachments.content_of(file, who, second)[1] == pdf_once
    attachments.remove_attachment(file, who, second)
    _erase_changes(file)
    assert swept_later(file, drafts, at_once=True) == (0, 1)


def _erase_changes(file: EncryptedFile) -> None:
    """As an erasure leaves them: rows gone, payloads gone."""
    with file.receiving() as raw:
        raw.execute("UPDATE change SET payload = NULL WHERE table_name = 'attachment'")


def test_a_content_that_undoing_may_ask_for_is_never_swept(file, who, household, drafts) -> None:
    made = add(file, who, household, picture("PNG"), "a.png")
    attachments.remove_attachment(file, who, made)
    assert of(file, who, household) == []
    assert swept_later(file, drafts) == (0, 0)
    undo_last(file, who.worker_id)
    assert attachments.content_of(file, who, made)[1]


def test_a_content_that_a_draft_holds_is_never_swept(file, who, household, drafts) -> None:
    kept, _ = attachments.keep_file(file, who, picture("PNG"), "a.png")
    drafts.keep(f"visit:{household}", {"photos": [{"content_hash": kept.content_hash}]}, household)
    assert swept_later(file, drafts) == (0, 0)
    drafts.forget(f"visit:{household}")
    assert swept_later(file, drafts) == (1, 0)


def test_killed_between_content_and_row_leaves_an_orphan_that_is_set_aside(
    file, who, household, drafts
) -> None:
    attachments.keep_file(file, who, picture("PNG"), "a.png")
    assert of(file, who, household) == []
    assert swept_later(file, drafts) == (1, 0)
    # Added after all: it is there without being written again.
    assert add(file, who, household, picture("PNG"), "a.png") in of(file, who, household)


def test_a_row_without_its_content_is_not_written(file, who, household) -> None:
    kept, _ = attachments.keep_file(file, who, picture("PNG"), "a.png")
    next(file.contents.folder.iterdir()).unlink()
    with pytest.raises(ContentMissing):
        attachments.add_attachments(file, who, household, [NewAttachment(kept, usual_form(kept))])
    assert of(file, who, household) == []


def test_with_damaged_drafts_nothing_is_swept(file, who, household, drafts) -> None:
    attachments.keep_file(file, who, picture("PNG"), "a.png")
    drafts.notice = "abîmé"
    assert swept_later(file, drafts) == (0, 0)


def test_what_is_said_of_an_attachment_changes_and_is_found(file, who, household) -> None:
    made = add(file, who, household, pdf(), "scan.pdf")
    form = AttachmentForm(
        "bail", AttachmentKind.CONTRACT, "Bail signé en préfecture", date(2026, 10, 1), True
    )
    attachments.describe_attachment(file, who, made, form)
    with file.reading() as connection:
        found = attachments.attachment(connection, who, made)
        hits = find_households(connection, "préfecture", 5, 0)
    assert (found.title, found.kind, found.shareable) == (
        "Bail signé en préfecture",
        AttachmentKind.CONTRACT,
        True,
    )
    assert [hit.household_id for hit in hits] == [household]
    with pytest.raises(InvalidEntry):
        attachments.describe_attachment(file, who, made, dataclasses.replace(form, name=""))


def test_merging_and_undoing_moves_them(file, who, household, other, drafts) -> None:
    made = add(file, who, other, picture("PNG"), "a.png")
    dossier.merge_households(file, who, household, other, MergeChoices({}, frozenset(), {}), drafts)
    assert made in of(file, who, household)
    undo_last(file, who.worker_id)
    assert of(file, who, other) == [made]
    assert of(file, who, household) == []


def test_a_damaged_or_missing_content_is_told_and_the_row_stays(file, who, household) -> None:
    torn, gone = add(file, who, household, picture("PNG"), "a.png"), add(file, who, household, pdf(), "b.pdf")
    paths = {
        row: file.contents._path(attachments.content_of(file, who, row)[0].content_hash)
        for row in (torn, gone)
    }
    paths[torn].write_bytes(paths[torn].read_bytes()[:-1])
    paths[gone].unlink()
    with pytest.raises(ContentDamaged):
        attachments.content_of(file, who, torn)
    with pytest.raises(ContentMissing):
        attachments.content_of(file, who, gone)
    with file.reading() as connection:
        told = attachments.damaged_attachments(file, connection)
        assert verify(connection).sound
    assert {(each.attachment_id, each.missing) for each in told} == {(torn, False), (gone, True)}
    assert "Marchadier" not in " ".join(each.sentence for each in told)
    assert sorted(of(file, who, household)) == sorted([torn, gone])


def test_a_copy_taken_out_is_noted_and_cannot_be_undone(file, who, household, tmp_path: Path) -> None:
    made = add(file, who, household, pdf(), "bail.pdf")
    target = tmp_path / "copie.pdf"
    attachments.export_copy(file, who, made, target)
    assert target.read_bytes()[:5] == b"%PDF-"
    with pytest.raises(HasLeft):
        undo_last(file, who.worker_id)
    with pytest.raises(CopyNotWritten):
        attachments.export_copy(file, who, made, tmp_path / "absent" / "copie.pdf")
    with file.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM attachment_copy").scalar() == 1


def test_each_right_is_checked(file, who, household, tmp_path: Path) -> None:
    made = add(file, who, household, pdf(), "bail.pdf")
    volunteer = dataclasses.replace(who, role=Role.VOLUNTEER)
    coordinator = dataclasses.replace(who, role=Role.COORDINATOR)
    assert attachments.content_of(file, volunteer, made)
    form = AttachmentForm("x", AttachmentKind.OTHER)
    for refused in (
        lambda: attachments.export_copy(file, volunteer, made, tmp_path / "x.pdf"),
        lambda: attachments.open_copy(file, volunteer, made, OpenCopies(tmp_path)),
        lambda: attachments.remove_attachment(file, volunteer, made),
        lambda: attachments.describe_attachment(file, volunteer, made, form),
        lambda: attachments.add_attachments(file, volunteer, household, []),
        lambda: attachments.content_of(file, coordinator, made),
        lambda: attachments.keep_file(file, coordinator, b"x", "x.txt"),
        lambda: attachments.keep_path(file, coordinator, tmp_path / "x"),
        lambda: attachments.kept_content(file, coordinator, "0" * 64),
        lambda: of(file, coordinator, household),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert not (tmp_path / "x.pdf").exists()


def test_files_of_the_disk_are_taken_or_refused(file, who, household, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg())
    kept, _ = attachments.keep_path(file, who, path)
    assert kept.name == "photo.jpg"
    assert path.read_bytes() == jpeg()
    for wrong in (tmp_path, tmp_path / "absent.jpg"):
        with pytest.raises(FileRefused):
            attachments.keep_path(file, who, wrong)
    with (tmp_path / "grand.pdf").open("wb") as stream:
        stream.truncate(50_000_001)
    with pytest.raises(ContentTooLarge):
        attachments.keep_path(file, who, tmp_path / "grand.pdf")


def test_an_unknown_household_takes_nothing(file, who) -> None:
    with pytest.raises(NotFound):
        attachments.add_attachments(file, who, "0" * 32, [])


def test_a_copy_of_the_folder_opens_elsewhere(file, who, household, tmp_path: Path) -> None:
    made = add(file, who, household, pdf(), "bail.pdf")
    digest = attachments.content_of(file, who, made)[0].content_hash
    assert file.contents.copy_to(tmp_path / "backup") == 1
    assert isinstance(file.contents, Contents)
    holder = dataclasses.replace(file.access, folder=tmp_path / "backup", key_hex=KEY)
    assert contents_of(holder).read(digest) == pdf_of(file, who, made)


def pdf_of(file: EncryptedFile, who: Who, made: str) -> bytes:
    return attachments.content_of(file, who, made)[1]
