"""Which files are taken, and what photos no longer tell."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage

from caseworker_app.features.attachments.domain.attachment import (
    AttachmentForm,
    AttachmentKind,
    KeptContent,
    checked_form,
    usual_form,
)
from caseworker_app.features.attachments.domain.file_types import FileRefused, MediaType, media_type_of
from caseworker_app.features.attachments.domain.photo_metadata import read_exif, without_metadata
from caseworker_app.features.attachments.domain.picture_size import told_size
from caseworker_app.features.attachments.domain.taking_in import file_name, make_ready
from caseworker_app.kernel.errors import InvalidEntry
from tests.features.attachments.pictures import DEVICE, TAKEN, bomb, jpeg, pdf, picture, png, seen, webp

DAY = date(2026, 11, 24)
TELLING = (b"Roubaix", DEVICE[:-1], TAKEN[:10], b"xmpmeta", b"IPTC")
PHOTOS = {
    "a phone's JPEG": (lambda: jpeg(6), MediaType.JPEG),
    "a camera's JPEG": (lambda: jpeg(1, big_endian=True), MediaType.JPEG),
    "a turned JPEG": (lambda: jpeg(3, big_endian=True), MediaType.JPEG),
    "a PNG": (png, MediaType.PNG),
    "a WebP": (webp, MediaType.WEBP),
    "a turned WebP": (lambda: webp(8), MediaType.WEBP),
}


@pytest.mark.parametrize("which", PHOTOS)
def test_a_photo_tells_neither_place_nor_date_nor_device_any_more(which: str) -> None:
    make, media_type = PHOTOS[which]
    content = make()
    before = read_exif(content, media_type)
    assert before.has_place
    assert before.taken_on == date(2026, 11, 20)
    clean = without_metadata(content, media_type)
    assert all(word not in clean for word in TELLING)
    after = read_exif(clean, media_type)
    assert (after.has_place, after.taken_on) == (False, None)
    assert after.orientation == before.orientation
    assert without_metadata(clean, media_type) == clean


@pytest.mark.parametrize("which", PHOTOS)
def test_what_is_seen_stays_to_the_pixel(which: str) -> None:
    make, media_type = PHOTOS[which]
    content = make()
    assert seen(without_metadata(content, media_type)) == seen(content)


def test_the_orientation_turns_the_picture_as_before() -> None:
    assert seen(picture("JPEG")).width() == 64
    assert seen(without_metadata(jpeg(6), MediaType.JPEG)).width() == 48


def test_a_photo_without_metadata_stays_as_it_is() -> None:
    content = picture("PNG")
    assert seen(without_metadata(content, MediaType.PNG)) == seen(content)
    assert not read_exif(picture("JPEG"), MediaType.JPEG).has_place


def test_metadata_is_kept_on_demand_only() -> None:
    kept = make_ready(jpeg(), "IMG.jpg", keep_metadata=True)
    assert kept.metadata_kept
    assert kept.taken_on == date(2026, 11, 20)
    assert kept.content == jpeg()
    clean = make_ready(jpeg(), "IMG.jpg")
    assert clean.place_removed
    assert clean.taken_on is None
    assert not clean.metadata_kept


@pytest.mark.parametrize("keep_metadata", [False, True])
@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xfe\x00\x05non\xff\xd9",
        jpeg()[:400],
        picture("PNG")[:8] + picture("PNG")[-12:],
        b"RIFF\x04\x00\x00\x00WEBP",
    ],
    ids=["nothing", "comment", "cut", "png", "webp"],
)
def test_what_bears_the_mark_of_a_photo_and_shows_nothing_is_refused(
    content: bytes, keep_metadata: bool
) -> None:
    with pytest.raises(FileRefused) as refused:
        make_ready(content, "IMG.jpg", keep_metadata=keep_metadata)
    assert "copiez-la de nouveau" in refused.value.sentence


@pytest.mark.parametrize(
    ("form", "side", "taken"),
    [
        ("PNG", 50_000, False),
        ("PNG", 8_000, True),
        ("JPEG", 60_000, False),
        ("JPEG", 15_000, True),
        ("JPEG in several", 15_000, False),
    ],
)
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded(
    form: str, side: int, taken: bool
) -> None:
    content = bomb(side, side, form)
    assert len(content) < 5_000
    if taken:
        assert make_ready(content, "IMG").content
        return
    with pytest.raises(FileRefused) as refused:
        make_ready(content, "IMG")
    assert "trop grande" in refused.value.sentence


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (picture("WEBP"), MediaType.WEBP),
        (webp(), MediaType.WEBP),
        (jpeg(6), MediaType.JPEG),
        (png(), MediaType.PNG),
    ],
    ids=["webp", "webp with more", "jpeg", "png"],
)
def test_the_size_a_photo_says_is_the_one_it_has(content: bytes, media_type: MediaType) -> None:
    image = QImage.fromData(QByteArray(content))
    assert {*told_size(content, media_type)[:2]} == {image.width(), image.height()}


@given(cut=st.integers(3, 1200))
@settings(max_examples=60, deadline=None)
def test_a_photo_cut_anywhere_is_cleaned_or_refused(cut: int) -> None:
    content = jpeg()[:cut]
    try:
        clean = without_metadata(content, MediaType.JPEG)
    except FileRefused:
        return
    assert not read_exif(clean, MediaType.JPEG).has_place


@given(torn=st.binary(max_size=200), which=st.sampled_from([MediaType.JPEG, MediaType.PNG, MediaType.WEBP]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_cleaned_or_refused(torn: bytes, which: MediaType) -> None:
    heads = {
        MediaType.JPEG: b"\xff\xd8\xff",
        MediaType.PNG: b"\x89PNG\r\n\x1a\n",
        MediaType.WEBP: b"RIFF\x20\0\0\0WEBP",
    }
    content = heads[which] + torn
    read_exif(content, which)
    with contextlib.suppress(FileRefused):
        assert read_exif(without_metadata(content, which), which).taken_on is None


def zipped(*names: str, mimetype: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (jpeg(), "photo.txt", MediaType.JPEG),
        (pdf(), "bail", MediaType.PDF),
        (zipped("word/document.xml"), "lettre.docx", MediaType.DOCX),
        (zipped("xl/workbook.xml"), "budget.xlsx", MediaType.XLSX),
        (zipped("content.xml", mimetype=MediaType.ODT.value), "lettre.odt", MediaType.ODT),
        (b"{\\rtf1 lettre}", "lettre.rtf", MediaType.RTF),
        ("Reçu à l’accueil".encode(), "mot.txt", MediaType.TEXT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "Lettre.DOC", MediaType.DOC),
    ],
)
def test_a_file_is_told_from_its_content(content: bytes, name: str, expected: MediaType) -> None:
    assert media_type_of(content, name) is expected


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"", "vide.pdf", "vide"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "IMG_0001.HEIC", "JPEG"),
        (b"II*\x00" + bytes(20), "scan.tif", "PDF"),
        (b"MZ\x90\x00" + bytes(60), "photo.jpg", "accepté"),
        (b"#!/bin/sh\n", "photo.txt", "accepté"),
        (zipped("word/document.xml", "word/vbaProject.bin"), "lettre.docm", "macros"),
        (zipped("a.txt"), "photos.zip", "archives"),
        (b"PK\x03\x04torn", "lettre.docx", "abîmé"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "programme.msi", "accepté"),
    ],
)
def test_what_is_not_taken_is_refused_with_a_way_out(content: bytes, name: str, word: str) -> None:
    with pytest.raises(FileRefused) as refused:
        media_type_of(content, name)
    assert word in refused.value.sentence


def test_names_are_made_safe_for_every_system() -> None:
    assert file_name('..\\a/b:"c".pdf') == "abc.pdf"
    assert file_name("\n \u202e") == "Pièce"
    assert len(file_name("é" * 300 + ".pdf")) == 120
    assert file_name("é" * 300 + ".pdf").endswith(".pdf")


def test_a_form_is_checked() -> None:
    form = AttachmentForm("  bail \n signé ", AttachmentKind.CONTRACT, "  ", DAY)
    assert checked_form(form, DAY) == AttachmentForm("bail signé", AttachmentKind.CONTRACT, None, DAY)
    for wrong, field in (
        (AttachmentForm(" ", AttachmentKind.OTHER), "name"),
        (AttachmentForm("a", AttachmentKind.OTHER, dated_on=date(2026, 11, 25)), "dated_on"),
        (AttachmentForm("a", AttachmentKind.OTHER, "x" * 501), "caption"),
    ):
        with pytest.raises(InvalidEntry) as refused:
            checked_form(wrong, DAY)
        assert refused.value.field == field


def test_a_picture_is_a_photo_until_said_otherwise_and_interne() -> None:
    form = usual_form(KeptContent("0" * 64, 1, MediaType.PNG, "a.png"))
    assert form.kind is AttachmentKind.PHOTO
    assert not form.shareable
    assert usual_form(KeptContent("0" * 64, 1, MediaType.PDF, "a.pdf")).kind is AttachmentKind.OTHER
