"""What a file really is, by its first bytes and never by its name; everything but a list is refused here."""

from __future__ import annotations

import mmap
import re
import stat
from pathlib import Path

from caseworker_app.sheets import refusals
from caseworker_app.sheets.refusals import UnreadableFile

MAX_FILE_MEGABYTES = 200

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16_NAMES = {
    name: name.encode("utf-16-le")
    for name in (
        "EncryptedPackage",
        "EncryptionInfo",
        "Workbook",
        "Book",
        "WordDocument",
        "PowerPoint Document",
    )
}
# Signature, what it is in a sentence. Order matters only where one begins like another.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "un document PDF"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"II*\x00", "une image"),
    (b"MM\x00*", "une image"),
    (b"RIFF", "un fichier image ou son"),
    (b"{\\rtf", "un document texte"),
    (b"7z\xbc\xaf\x27\x1c", "une archive"),
    (b"Rar!", "une archive"),
    (b"\x1f\x8b", "une archive"),
    (b"BZh", "une archive"),
    (b"\xfd7zXZ", "une archive"),
    (b"MZ", "un programme"),
    (b"\x7fELF", "un programme"),
    (b"SQLite format 3\x00", "une base de données"),
    (b"PAR1", "un fichier de données Parquet"),
)
_HTML = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"^\s*<\?xml\b")
_JSON = re.compile(rb'^\s*(?:\{\s*(?:"|\})|\[\s*(?:[\[{"\]]|-?\d+\s*[,\]]))')
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def recognise(path: Path) -> str:
    """Return `text`, `zip` (to be opened by `archive`) or `xls`.

    Raises UnreadableFile for what is absent, a directory, forbidden, empty, larger than 200 MB, protected by
    a password, or of another kind (PDF, image, web page, JSON…).
    """
    head = _first_bytes(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(_OLE):
        return _ole_kind(path)
    _refuse_others(path.name, head)
    return "text"


def check_size(path: Path) -> None:
    """Refuse what is no ordinary file, is empty, or larger than 200 MB. Raises UnreadableFile."""
    _first_bytes(path)


def _first_bytes(path: Path) -> bytes:
    """Read 4 KB, after what can be said without reading: absent, a folder, a device, empty, too large."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile(path.name or str(path), refusals.FOLDER)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile(path.name, refusals.NOT_A_FILE)
        if status.st_size == 0:
            raise UnreadableFile(path.name, refusals.EMPTY)
        if status.st_size > MAX_FILE_MEGABYTES * 1_000_000:
            raise UnreadableFile(path.name, refusals.TOO_LARGE.format(limit=MAX_FILE_MEGABYTES))
        with path.open("rb") as stream:
            return stream.read(4096)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnreadableFile(path.name or str(path), refusals.ABSENT) from error
    except PermissionError as error:
        raise UnreadableFile(path.name, refusals.FORBIDDEN) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name itself
        raise UnreadableFile(path.name, refusals.UNREACHABLE) from error


def _ole_kind(path: Path) -> str:
    """Tell an old Excel workbook from a protected one or a Word document: all share this container."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = {name for name, key in _UTF16_NAMES.items() if content.find(key) >= 0}
    if "EncryptedPackage" in found or "EncryptionInfo" in found:
        raise UnreadableFile(path.name, refusals.PROTECTED)
    if found & {"Workbook", "Book"}:
        return "xls"
    if found & {"WordDocument", "PowerPoint Document"}:
        raise UnreadableFile(path.name, refusals.NOT_A_LIST.format(what="un document de bureautique"))
    raise UnreadableFile(path.name, refusals.DAMAGED)


def _refuse_others(name: str, head: bytes) -> None:
    """Refuse by signature, then what is text but no table: web page, XML, JSON."""
    # Readers of PDF accept some bytes before the mark; a list never holds it in its first line.
    if b"%PDF-" in head[:1024]:
        raise UnreadableFile(name, refusals.NOT_A_LIST.format(what="un document PDF"))
    for signature, what in _OTHERS:
        # The two-letter marks are also the beginning of words: a program holds NULs at once, a list does not.
        if head.startswith(signature) and (len(signature) > 2 or b"\x00" in head[:64]):
            raise UnreadableFile(name, refusals.NOT_A_LIST.format(what=what))
    bare = head
    for mark in _BOMS:
        bare = bare.removeprefix(mark)
    bare = bare.replace(b"\x00", b"")  # UTF-16 markup reads the same without its NULs
    if _HTML.match(bare):
        raise UnreadableFile(name, refusals.WEB_PAGE)
    if _XML.match(bare):
        _refuse_xml(name, bare)
    if _JSON.match(bare):
        raise UnreadableFile(name, refusals.NOT_A_LIST.format(what="un fichier de données JSON"))


def _refuse_xml(name: str, head: bytes) -> None:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise UnreadableFile(name, refusals.OLD_XML)
    what = "une page web" if b"xhtml" in head.lower() else "un fichier XML"
    raise UnreadableFile(name, refusals.NOT_A_LIST.format(what=what))
