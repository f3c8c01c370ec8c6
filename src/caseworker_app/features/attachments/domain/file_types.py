"""Which files are taken, told from their content and never from their name alone."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

from caseworker_app.kernel.errors import CaseworkerError


class MediaType(StrEnum):
    """A kind of file that is taken; the value is its registered media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    RTF = "application/rtf"
    TEXT = "text/plain"


IMAGE_TYPES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})
# The ending a copy is written under: the name a file came with cannot make it something else.
ENDINGS = {
    MediaType.JPEG: ".jpg", MediaType.PNG: ".png", MediaType.WEBP: ".webp", MediaType.PDF: ".pdf",
    MediaType.DOCX: ".docx", MediaType.XLSX: ".xlsx", MediaType.ODT: ".odt", MediaType.ODS: ".ods",
    MediaType.DOC: ".doc", MediaType.XLS: ".xls", MediaType.RTF: ".rtf", MediaType.TEXT: ".txt",
}  # fmt: skip
MEDIA_TYPE_LABELS = {
    MediaType.JPEG: "image JPEG", MediaType.PNG: "image PNG", MediaType.WEBP: "image WebP",
    MediaType.PDF: "PDF", MediaType.DOCX: "Word", MediaType.XLSX: "Excel",
    MediaType.ODT: "texte OpenDocument", MediaType.ODS: "tableur OpenDocument",
    MediaType.DOC: "Word", MediaType.XLS: "Excel", MediaType.RTF: "texte mis en forme",
    MediaType.TEXT: "texte",
}  # fmt: skip

_TAKEN = "Sont acceptés\u00a0: JPEG, PNG, WebP, PDF, Word, Excel, OpenDocument, RTF et texte."
_BY_NAME = {".doc": MediaType.DOC, ".xls": MediaType.XLS}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"mif1", b"msf1", b"avif")


class FileRefused(CaseworkerError):
    """A file that is not taken."""


def media_type_of(content: bytes, name: str) -> MediaType:
    """Return what a file is. Raises FileRefused with a sentence that says what to do instead."""
    if not content:
        raise FileRefused("Ce fichier est vide\u00a0: enregistrez-le de nouveau, puis ajoutez-le.")
    if (found := _by_signature(content)) is not None:
        return found
    _refuse_pictures_not_read(content)
    if content.startswith(b"PK\x03\x04"):
        return _office_archive(content)
    if content.startswith(_OLD_OFFICE):
        return _old_office(name)
    if _is_text(content):
        return MediaType.TEXT
    raise FileRefused(f"Ce type de fichier ne peut pas être ajouté. {_TAKEN}")


def _by_signature(content: bytes) -> MediaType | None:
    if content.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return MediaType.WEBP
    if b"%PDF-" in content[:1024]:
        return MediaType.PDF
    return MediaType.RTF if content.startswith(b"{\\rtf") else None


def _refuse_pictures_not_read(content: bytes) -> None:
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        raise FileRefused(
            "Cette photo est au format HEIC ou AVIF, que Passerelle ne lit pas\u00a0: sur un iPhone, choisissez "
            "Réglages, Appareil photo, Formats, «\u00a0Le plus compatible\u00a0», ou envoyez-vous la photo en JPEG."
        )
    if content[:4] in (b"II*\x00", b"MM\x00*"):
        raise FileRefused(
            "Les images TIFF ne peuvent pas être ajoutées\u00a0: "
            "numérisez en PDF ou en JPEG, ou enregistrez l’image en PNG."
        )


def _office_archive(content: bytes) -> MediaType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = frozenset(archive.namelist())
            declared = (
                archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
            )
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, KeyError) as error:
        raise FileRefused("Ce fichier est abîmé\u00a0: demandez-le ou enregistrez-le de nouveau.") from error
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        raise FileRefused("Ce fichier contient des macros\u00a0: enregistrez-le sans macros ou en PDF.")
    if declared in (MediaType.ODT, MediaType.ODS):
        return MediaType(declared)
    if "word/document.xml" in names:
        return MediaType.DOCX
    if "xl/workbook.xml" in names:
        return MediaType.XLSX
    raise FileRefused(f"Les archives ne peuvent pas être ajoutées\u00a0: sortez-en les fichiers. {_TAKEN}")


def _old_office(name: str) -> MediaType:
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending in _BY_NAME:
        return _BY_NAME[ending]
    raise FileRefused(f"Ce type de fichier ne peut pas être ajouté. {_TAKEN}")


def _is_text(content: bytes) -> bool:
    return b"\x00" not in content and not content.startswith((b"MZ", b"\x7fELF", b"#!"))
