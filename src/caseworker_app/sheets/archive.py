"""Workbooks are archives: measured before anything opens them, so that no bomb reaches memory."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from caseworker_app.sheets import refusals
from caseworker_app.sheets.delimited import MAX_CELLS
from caseworker_app.sheets.refusals import UnreadableFile

MAX_EXPANDED_MEGABYTES = 500
_SUSPECT_FROM = 30_000_000
_MAX_RATIO = 200
_MAX_ENTRIES = 5_000
_CHUNK = 1 << 20

_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_FAR_COLUMN = re.compile(rb'<c r="([A-Z]{2,3})\d')
_ODS_REPEAT = re.compile(rb'number-(columns|rows)-repeated="(\d+)"')
_ODS_FILLED_REPEAT = re.compile(
    rb'<table:table-cell(?=[^>]*value)[^>]*number-columns-repeated="(\d{4,})"'
    rb'|<table:table-row[^>]*number-rows-repeated="(\d{4,})"[^>]*>\s*<table:table-cell(?=[^>]*value)'
)


def check_archive(path: Path) -> str:
    """Return `xlsx`, `xlsb` or `ods` for a workbook whose content was measured and is bearable.

    Every part a reader would open is expanded once, in pieces of 1 MB that are thrown away, whatever size the
    archive declares. Raises UnreadableFile for other documents, protected or damaged ones, bombs, and sheets
    spread so far that a dense table of them would not fit.
    """
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as stream:
            kind = _kind(path.name, archive)
            _check_declared(path.name, archive)
            for entry in archive.infolist():
                _measure(path.name, entry, stream, kind)
            return kind
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableFile(path.name, refusals.DAMAGED) from error
    except OSError as error:
        raise UnreadableFile(path.name, refusals.UNREACHABLE) from error


def _kind(name: str, archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names or any(n.lower().endswith("xl/workbook.xml") for n in names):
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names:
        return _open_document_kind(name, archive, names)
    if any(n.startswith(("word/", "ppt/")) for n in names):
        raise UnreadableFile(name, refusals.NOT_A_LIST.format(what="un document de bureautique"))
    raise UnreadableFile(name, refusals.NOT_A_LIST.format(what="une archive (.zip)"))


def _open_document_kind(name: str, archive: zipfile.ZipFile, names: set[str]) -> str:
    if "META-INF/manifest.xml" in names:
        manifest = archive.open("META-INF/manifest.xml").read(1_000_000)
        if b"encryption-data" in manifest:
            raise UnreadableFile(name, refusals.PROTECTED)
    declared = archive.open("mimetype").read(200) if "mimetype" in names else b"spreadsheet"
    if b"spreadsheet" not in declared:
        raise UnreadableFile(name, refusals.NOT_A_LIST.format(what="un document de bureautique"))
    return "ods"


def _check_declared(name: str, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile(name, refusals.PROTECTED)
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > _MAX_ENTRIES or total > MAX_EXPANDED_MEGABYTES * 1_000_000 or _is_bomb(total, packed):
        raise UnreadableFile(name, refusals.BOMB.format(size=max(total // 1_000_000, 1)))


def _is_bomb(expanded: int, packed: int) -> bool:
    return expanded > _SUSPECT_FROM and expanded > _MAX_RATIO * packed


def _measure(name: str, entry: zipfile.ZipInfo, stream: BinaryIO, kind: str) -> None:
    """Expand one part for real: compare its true size with the bounds, look at where its cells are."""
    watch = _Extent(name, kind) if _holds_cells(entry.filename) else None
    size = 0
    for piece in _pieces(entry, stream):
        size += len(piece)
        if size > MAX_EXPANDED_MEGABYTES * 1_000_000 or _is_bomb(size, entry.compress_size or 1):
            raise UnreadableFile(name, refusals.BOMB.format(size=size // 1_000_000))
        if watch:
            watch.look(piece)
    if size > entry.file_size:  # an archive that lies about its sizes
        raise UnreadableFile(name, refusals.DAMAGED)
    if watch:
        watch.conclude()


def _holds_cells(part: str) -> bool:
    return part == "content.xml" or ("worksheets/" in part and part.endswith(".xml"))


def _pieces(entry: zipfile.ZipInfo, stream: BinaryIO) -> Iterator[bytes]:
    """Yield the expanded bytes of a part by pieces of at most 1 MB, read where its own header says."""
    stream.seek(entry.header_offset)
    header = stream.read(30)
    if header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("local header")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    stream.seek(name_length + extra_length, 1)
    remaining = entry.compress_size
    if entry.compress_type == zipfile.ZIP_STORED:
        while remaining > 0 and (stored := stream.read(min(_CHUNK, remaining))):
            remaining -= len(stored)
            yield stored
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("compression")
    inflater = zlib.decompressobj(-15)
    while remaining > 0 and not inflater.eof:
        packed = stream.read(min(_CHUNK, remaining))
        if not packed:
            raise EOFError
        remaining -= len(packed)
        while packed and not inflater.eof:
            yield inflater.decompress(packed, _CHUNK)
            packed = inflater.unconsumed_tail


class _Extent:
    """Follows how far the cells of a sheet go: readers hold a dense table up to the farthest one."""

    def __init__(self, name: str, kind: str) -> None:
        self._name, self._kind = name, kind
        self._rest = b""
        self._columns, self._rows = 1, 1
        self._column_name = b"A"

    def look(self, piece: bytes) -> None:
        """Take the next piece of the sheet's XML; a tag cut in two is seen with the following piece."""
        text = self._rest + piece
        if self._kind == "ods":
            self._look_ods(text)
        else:
            self._look_cells(text)
        self._rest = text[-300:]

    def _look_cells(self, text: bytes) -> None:
        # Rows come in order: the last cell of a piece tells the farthest row.
        last = text.rfind(b'<c r="')
        if last >= 0 and (match := _CELL.match(text, last)):
            self._keep(match[1], int(match[2]))
        for column in set(_FAR_COLUMN.findall(text)):
            self._keep(column, 1)
        for letter in range(90, 64 + min(self._columns, 26), -1):
            if b'<c r="%c' % letter in text:
                self._keep(bytes((letter,)), 1)
                break

    def _keep(self, column: bytes, row: int) -> None:
        number = 0
        for letter in column:
            number = number * 26 + letter - 64
        if number > self._columns:
            self._columns, self._column_name = number, column
        self._rows = max(self._rows, row)

    def _look_ods(self, text: bytes) -> None:
        if any(len(match[2]) > 7 or int(match[2]) > 2_000_000 for match in _ODS_REPEAT.finditer(text)):
            raise UnreadableFile(self._name, refusals.DAMAGED)
        if match := _ODS_FILLED_REPEAT.search(text):
            count = (match[1] or match[2]).decode()
            raise UnreadableFile(self._name, refusals.TOO_SPREAD.format(cell=f"n° {count}"))

    def conclude(self) -> None:
        """Refuse a sheet whose dense table would hold more than 12 million cells."""
        if self._columns * self._rows > MAX_CELLS:
            cell = f"{self._column_name.decode()}{self._rows}"
            raise UnreadableFile(self._name, refusals.TOO_SPREAD.format(cell=cell))
