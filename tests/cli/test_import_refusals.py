"""What is no list is refused with one French sentence that says what to do; nothing is written."""

from __future__ import annotations

import io
import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.cli.ground import Command, Imported, rows_kept
from tests.cli.lists import tenant, write_list
from tests.ground import SHARED
from tests.mortal import anybodys_place, hand, needs_rights, refused_like_anybody


def spreadsheet(path: Path, rows: list[list[str]]) -> Path:
    """Write a workbook of one sheet."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def bytes_of_spreadsheet() -> bytes:
    """Return an ordinary workbook."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.add_worksheet().write_row(0, 0, ["Nom", "Prénom"])
    return stream.getvalue()


def empty(folder: Path) -> Path:
    path = folder / "vide.csv"
    path.write_bytes(b"")
    return path


def blank(folder: Path) -> Path:
    path = folder / "blanc.csv"
    path.write_bytes(b"\xef\xbb\xbf\r\n;;;\r\n \t\r\n" * 40)
    return path


def header_only(folder: Path) -> Path:
    return write_list(folder / "entete.csv", [])


def empty_workbook(folder: Path) -> Path:
    return spreadsheet(folder / "vide.xlsx", [])


def header_only_workbook(folder: Path) -> Path:
    return spreadsheet(folder / "entete.xlsx", [["Nom", "Prénom", "Né(e) le"]])


def million_columns(folder: Path) -> Path:
    path = folder / "large.csv"
    path.write_bytes((b";" * 1_000_000 + b"\r\n") * 3)
    return path


def million_columns_with_names(folder: Path) -> Path:
    path = folder / "large2.csv"
    path.write_bytes(b"Nom;Prenom" + b";" * 1_000_000 + b"\r\nDubois;Awa" + b";" * 1_000_000 + b"\r\n")
    return path


def zip_bomb(folder: Path) -> Path:
    path = folder / "bombe.xlsx"
    source = zipfile.ZipFile(io.BytesIO(bytes_of_spreadsheet()))
    with source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name in source.namelist():
            if not name.endswith("sheet1.xml"):
                target.writestr(name, source.read(name))
        with target.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b'<?xml version="1.0"?><worksheet><sheetData>')
            for _ in range(600):
                sheet.write(b"<row><c><v>1</v></c></row>" * 40_000)
            sheet.write(b"</sheetData></worksheet>")
    return path


def cell_at_the_end_of_the_sheet(folder: Path) -> Path:
    path = folder / "etendu.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Nom", "Prénom"])
        sheet.write_string(1_048_575, 16_383, "x")
    return path


def protected_workbook(folder: Path) -> Path:
    """An encrypted workbook is an OLE file that holds `EncryptedPackage`: here the least of one."""
    sector = 512
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16)
    header += (0x3E).to_bytes(2, "little") + (3).to_bytes(2, "little") + b"\xfe\xff"
    header += (9).to_bytes(2, "little") + (6).to_bytes(2, "little") + b"\0" * 10
    header += (1).to_bytes(4, "little") + (1).to_bytes(4, "little") + b"\0" * 4 + (4096).to_bytes(4, "little")
    header += b"\xfe\xff\xff\xff" + b"\0" * 4 + b"\xfe\xff\xff\xff" + b"\0" * 4
    header += (0).to_bytes(4, "little") + b"\xff" * 4 * 108
    table = (0xFFFFFFFD).to_bytes(4, "little") + b"\xfe\xff\xff\xff" + b"\xff" * (sector - 8)
    path = folder / "protege.xlsx"
    names = (("Root Entry", 5), ("EncryptionInfo", 2), ("EncryptedPackage", 2))
    entries = b"".join(_directory_entry(name, kind) for name, kind in names)
    path.write_bytes(bytes(header[:sector]) + table + entries.ljust(sector, b"\0"))
    return path


def _directory_entry(name: str, kind: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    none = b"\xff\xff\xff\xff"
    child = (1).to_bytes(4, "little") if kind == 5 else none
    right = (2).to_bytes(4, "little") if name == "EncryptionInfo" else none
    head = encoded.ljust(64, b"\0") + len(encoded).to_bytes(2, "little") + bytes([kind, 1])
    return head + none + right + child + b"\0" * 36 + b"\xfe\xff\xff\xff" + b"\0" * 8


def pdf_named_csv(folder: Path) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    path = folder / "liste.csv"
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "Liste des locataires")
    canvas.save()
    return path


def random_bytes_named_xlsx(folder: Path) -> Path:
    path = folder / "hasard.xlsx"
    path.write_bytes(bytes((number * 7919 + number // 251) % 256 for number in range(65_536)))
    return path


def nothing_named_xlsx(folder: Path) -> Path:
    path = folder / "rien.xlsx"
    path.write_bytes(b"")
    return path


def cut_workbook(folder: Path) -> Path:
    path = folder / "coupe.xlsx"
    path.write_bytes(bytes_of_spreadsheet()[:1500])
    return path


def zip_of_something_else(folder: Path) -> Path:
    path = folder / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", b"\xff\xd8\xff" * 100)
    return path


def folder_named_csv(folder: Path) -> Path:
    path = folder / "dossier.csv"
    path.mkdir()
    return path


def absent(folder: Path) -> Path:
    return folder / "absent.csv"


def name_with_a_line_break(folder: Path) -> Path:
    return folder / "ab\nsent.csv"


def endless_name(folder: Path) -> Path:
    return folder / ("a" * 300 + ".csv")


def wrong_encoding(folder: Path) -> Path:
    path = folder / "utf16_sans_bom.csv"
    path.write_bytes("Nom;Prénom;Né(e) le\r\nDubois;Awa;01/02/1980\r\n".encode("utf-16-le")[1:])
    return path


def picture(folder: Path) -> Path:
    path = folder / "photo.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    return path


def prose(folder: Path) -> Path:
    path = folder / "lettre.csv"
    path.write_text("Madame,\n\nVeuillez trouver la liste ci-jointe.\n\nCordialement\n", encoding="utf-8")
    return path


NO_LISTS: tuple[Callable[[Path], Path], ...] = (
    empty, blank, header_only, empty_workbook, header_only_workbook, million_columns,
    million_columns_with_names, zip_bomb, cell_at_the_end_of_the_sheet, protected_workbook, pdf_named_csv,
    random_bytes_named_xlsx, nothing_named_xlsx, cut_workbook, zip_of_something_else, folder_named_csv,
    absent, name_with_a_line_break, endless_name, wrong_encoding, picture, prose,
)  # fmt: skip


def assert_refused(command: Command, data: Path, path: Path) -> str:
    """Check that a file is refused with one sentence and nothing written; return the sentence."""
    before = rows_kept(data)
    report = data.parent / "rapport.json"
    for options in ((), ("--dry-run",)):
        outcome = command("import", path, "--report", report, *options)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.count("\n") == 1, outcome.err
        assert outcome.err.endswith(".\n")
        assert not report.exists()
    assert rows_kept(data) == before
    return outcome.err


@pytest.mark.parametrize("make", NO_LISTS, ids=lambda make: make.__name__)
def test_what_is_no_list_is_refused_and_nothing_written(
    command: Command, data: Path, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    sentence = assert_refused(command, data, make(tmp_path))
    assert str(tmp_path) not in sentence  # the name of a file, never where somebody keeps it
    assert "\u00a0:" in sentence  # what is wrong, then what to do


def test_a_device_is_no_list(command: Command, data: Path) -> None:
    assert "fichier ordinaire" in assert_refused(command, data, Path(os.devnull))


@pytest.mark.skipif(sys.platform == "win32", reason="making a link asks for a right on Windows")
def test_a_link_that_leads_to_itself_is_refused(command: Command, data: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "un.csv", tmp_path / "autre.csv"
    one.symlink_to(other)
    other.symlink_to(one)
    assert_refused(command, data, one)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such pipes on Windows")
def test_a_pipe_nobody_writes_into_is_refused_rather_than_waited_for(
    command: Command, data: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "tuyau.csv")
    assert_refused(command, data, tmp_path / "tuyau.csv")


@needs_rights
def test_a_list_one_may_not_read_is_refused(run: Command, data: Path) -> None:
    with anybodys_place() as place:
        folder = Path(shutil.copytree(data, place / "data"))
        assert run("verify", "--data", folder).code == 0  # copied, it mints a mark of its own
        path = write_list(place / "liste.csv", [tenant(1)])
        hand(place)
        path.chmod(0)
        with refused_like_anybody():
            refused = assert_refused(lambda *given: run(*given, "--data", folder), folder, path)
    assert "droit" in refused


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files (../shared) are not beside this checkout")
def test_a_real_pdf_named_as_a_list_is_refused(command: Command, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "locataires.csv"
    path.write_bytes((SHARED / "data/forms/domiciliation_demande.pdf").read_bytes())
    assert "PDF" in assert_refused(command, data, path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859-15", "mac_roman"])
def test_every_usual_encoding_is_read(imported: Imported, tmp_path: Path, encoding: str) -> None:
    names = {"Nom locataire": "Lefèvre-Çelik", "Prénom": "Éloïse"}
    rows = [tenant(number, **names) for number in range(1, 12)]
    path = write_list(tmp_path / "liste.csv", rows, encoding)
    report = imported(path, "--duplicates", "create")
    assert (report["created"], report["rows_in_error"]) == (11, 0)
    assert report["encoding"]
