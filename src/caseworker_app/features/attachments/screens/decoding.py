"""From the bytes of a photo or a PDF to a picture on the screen, on any thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from caseworker_app.features.attachments.domain.file_types import IMAGE_TYPES, MediaType
from caseworker_app.kernel.errors import CaseworkerError

if TYPE_CHECKING:
    from caseworker_app.ui_kit.page_pictures import Picture

# A screen shows no more; a photo of 50 million points would take 200 MB otherwise.
LARGEST_SIDE = 5000


class PictureUnreadable(CaseworkerError):
    """The content is whole but is no picture that can be shown."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Cette pièce ne peut pas être affichée ici (abîmée avant d’être ajoutée, ou protégée par un mot de "
            "passe)\u00a0: ouvrez-la dans un autre programme."
        )


def shown_inside(media_type: MediaType) -> bool:
    """Say whether a file is shown within the program."""
    return media_type in IMAGE_TYPES or media_type is MediaType.PDF


def decode(content: bytes, side: int = LARGEST_SIDE) -> QImage:
    """Return a photo, turned as it is to be seen, its sides at most `side` points. Raises PictureUnreadable."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise PictureUnreadable
    return image


def pdf_pages(content: bytes) -> int:
    """Return how many pages a PDF has. Raises PictureUnreadable."""
    from pypdfium2 import PdfiumError

    from caseworker_app.ui_kit.page_pictures import page_count

    try:
        return page_count(content)
    except PdfiumError as error:
        raise PictureUnreadable from error


def pdf_page(content: bytes, number: int, dots_per_inch: float) -> tuple[QImage, str]:
    """Return a page (from 0) and its words. Raises PictureUnreadable."""
    from pypdfium2 import PdfiumError

    from caseworker_app.ui_kit.page_pictures import picture

    try:
        made = picture(content, number, dots_per_inch, words=True)
    except PdfiumError as error:
        raise PictureUnreadable from error
    return _image(made), made.words


def thumbnail(content: bytes, media_type: MediaType, side: int) -> QImage:
    """Return a small picture of a photo or of a PDF's first page. Raises PictureUnreadable."""
    if media_type is not MediaType.PDF:
        return decode(content, side)
    # An A4 page is twelve inches high.
    image, _words = pdf_page(content, 0, side / 12)
    return image


def _image(made: Picture) -> QImage:
    return QImage(made.pixels, made.width, made.height, made.stride, QImage.Format.Format_RGB32).copy()
