"""What cannot be a list is refused with one French sentence, before it costs memory or time."""

from __future__ import annotations

import os
import random
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.sheets import file_kind
from caseworker_app.sheets.reading import read_sheet
from caseworker_app.sheets.refusals import UnreadableFile
from caseworker_app.sheets.sheet import Sheet
from tests.mortal import anybodys_place, hand, needs_rights, refused_like_anybody

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
NOISE = random.Random(7).randbytes(40_000)


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(path)
    sentence = caught.value.sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "'" not in sentence
    return sentence


def refused(tmp_path: Path, name: str, content: bytes) -> str:
    path = tmp_path / name
    path.write_bytes(content)
    return refusal(path)


def test_an_absent_file_and_a_folder(tmp_path: Path) -> None:
    assert "n’existe pas" in refusal(tmp_path / "absent.csv")
    assert "n’existe pas" in refusal(tmp_path / "absent" / "liste.csv")
    assert "est un dossier" in refusal(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "liste.csv")
    assert "fichier ordinaire" in refusal(tmp_path / "liste.csv")


@needs_rights
def test_a_file_without_permission() -> None:
    with anybodys_place() as place:
        path = place / "liste.csv"
        path.write_text("Nom;Prénom\nDupont;Jean\n")
        path.chmod(0)
        hand(place)
        with refused_like_anybody():
            assert "avec votre compte" in refusal(path)


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"\xef\xbb\xbf", b";;;\n;;;\n", bytes(3000)])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    assert "est vide" in refused(tmp_path, "liste.csv", content)


def test_a_header_without_any_row(tmp_path: Path) -> None:
    assert "ne contient que la ligne d’en-tête" in refused(tmp_path, "liste.csv", b"Nom;Prenom;Ville\n")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("liste.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "un document PDF"),
        ("liste.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(50), "une image"),
        ("liste.csv", b'[{"nom": "Dupont"}]', "JSON"),
        ("liste.csv", b'{"type": "FeatureCollection"}', "JSON"),
        ("liste.xls", b"<html><body><table><tr><td>Nom</td></tr></table></body></html>", "page web"),
        ("liste.xls", b"\xef\xbb\xbf<!DOCTYPE html>\n<html></html>", "page web"),
        (
            "liste.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML",
        ),
        ("liste.csv", b"{\\rtf1\\ansi Nom}", "document texte"),
        ("liste.xlsx", NOISE, "ni un texte ni un classeur"),
        ("liste.csv", NOISE, "ni un texte ni un classeur"),
        ("liste.csv", b"\x7fELF" + bytes(100), "un programme"),
        ("liste.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        ("liste.xls", OLE + "WordDocument".encode("utf-16-le"), "bureautique"),
        ("liste.xls", OLE + "Workbook".encode("utf-16-le"), "abîmé"),
        ("liste.xls", OLE, "abîmé"),
        ("liste.xlsx", b"PK\x03\x04" + NOISE, "abîmé"),
    ],
)
def test_another_kind_of_file_is_named(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    assert what in refused(tmp_path, name, content)


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"notes.txt": b"x"}, "une archive"),
        ({"word/document.xml": b"<w/>"}, "bureautique"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}, "bureautique"),
        ({"content.xml": b"<a/>", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}, "mot de passe"),
        ({"xl/workbook.xml": b"<workbook/>"}, "abîmé"),
        ({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000}, "volume anormal"),
    ],
    ids=["zip", "docx", "odt", "protected ods", "hollow xlsx", "bomb"],
)
def test_archives_that_are_no_list(tmp_path: Path, parts: dict[str, bytes], what: str) -> None:
    assert what in refusal(archive(tmp_path / "liste.xlsx", parts))


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "liste.xlsx", {"xl/workbook.xml": b"<a/>", "xl/worksheets/s.xml": b"0" * 60_000_000}
    )
    content = path.read_bytes()
    # Both headers of the part now declare 1,000 bytes.
    path.write_bytes(content.replace(struct.pack("<I", 60_000_000), struct.pack("<I", 1_000)))
    assert "volume anormal" in refusal(path)


def test_a_sheet_that_ends_at_the_last_cell_of_all(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_row(0, 0, ["Nom", "Prénom"])
    page.write(1_048_575, 16_383, "x")
    book.close()
    assert "XFD1048576" in refusal(path)


@pytest.mark.parametrize("content", ["Nom" + ";" * 1_000_000 + "\nA\n", ";" * 1_000_000 + "\n"])
def test_a_million_columns(tmp_path: Path, content: str) -> None:
    assert "16\u202f384 colonnes" in refused(tmp_path, "liste.csv", content.encode())


def test_a_file_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_kind, "MAX_FILE_MEGABYTES", 0)
    assert "découpez la liste" in refused(tmp_path, "liste.csv", b"Nom;Prenom\nDupont;Jean\n")


def sheet_or_sentence(path: Path) -> Sheet | str:
    """Anything else than UnreadableFile fails the test that calls."""
    try:
        return read_sheet(path)
    except UnreadableFile as error:
        return error.sentence


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_sheet_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(content)
    sheet = sheet_or_sentence(path)
    if isinstance(sheet, Sheet):
        assert sheet.rows
        assert all(len(row.cells) == len(sheet.header) for row in sheet.rows)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 5_000), value=st.integers(0, 255), cut=st.integers(0, 6_000))
def test_a_workbook_damaged_anywhere_gives_a_sheet_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, place: int, value: int, cut: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    for row in range(5):
        page.write_row(row, 0, ["Nom", f"Prénom {row}"])
    book.close()
    content = bytearray(path.read_bytes())
    content[place % len(content)] = value
    path.write_bytes(bytes(content[: len(content) - cut // 2 if cut % 2 else len(content)]))
    assert sheet_or_sentence(path)


def test_a_workbook_that_breaks_its_reader_says_one_sentence_and_nothing_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # A correct beginning, then the record of a sheet without any of its bytes.
    workbook_stream = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0) + struct.pack("<HH", 0x85, 0)
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\x00")
        + struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
        for name, kind, child, start, size in (
            ("Root Entry", 5, 1, 0xFFFFFFFE, 0),
            ("Workbook", 2, 0xFFFFFFFF, 2, 5_000),
        )
    )
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFE] * 126))
    header = OLE[:8] + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *([0xFFFFFFFF] * 108))
    content = header + fat + directory.ljust(512, b"\x00") + workbook_stream.ljust(512, b"\x00")
    assert "abîmé" in refused(tmp_path, "liste.xls", content)
    assert capfd.readouterr() == ("", "")
