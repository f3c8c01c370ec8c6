"""How a document goes on paper: through the system's own dialog, at the printer's fineness."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.page_pictures import page_count, picture

# Finer costs memory (an A4 page is 35 MB at 300) and shows on no office printer.
FINEST_DPI = 300


class NoPrinter(CaseworkerError):
    """This PC has no printer."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Aucune imprimante n’est installée sur ce PC\u00a0: enregistrez le PDF et imprimez-le ailleurs."
        )


class PrinterRefused(CaseworkerError):
    """The printer did not take the document."""

    def __init__(self, name: str) -> None:
        """Say what to do."""
        super().__init__(
            f"L’imprimante «\u00a0{name}\u00a0» n’a pas accepté le document\u00a0: vérifiez qu’elle est "
            "allumée et reliée, ou enregistrez le PDF."
        )


def ask_printer(parent: QWidget, title: str) -> QPrinter | None:
    """Let the person choose printer, pages and copies; None when they give up. Raises NoPrinter."""
    if not QPrinterInfo.availablePrinterNames():
        raise NoPrinter
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def print_pages(pdf: bytes, printer: QPrinter, told: Callable[[int, int], None] | None = None) -> int:
    """Print the pages the person chose and return how many. Raises PrinterRefused."""
    chosen = _chosen(printer, page_count(pdf))
    dots = min(FINEST_DPI, printer.resolution())
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefused(printer.printerName())
    try:
        for done, number in enumerate(chosen):
            if done and not printer.newPage():
                raise PrinterRefused(printer.printerName())
            made = picture(pdf, number, dots)
            image = QImage(made.pixels, made.width, made.height, made.stride, QImage.Format.Format_RGB32)
            paper = printer.pageLayout().fullRectPixels(printer.resolution())
            painter.drawImage(QRectF(0, 0, paper.width(), paper.height()), image)
            if told is not None:
                told(done + 1, len(chosen))
    finally:
        painter.end()
    return len(chosen)


def _chosen(printer: QPrinter, count: int) -> list[int]:
    first, last = printer.fromPage() or 1, printer.toPage() or count
    return [number for number in range(count) if first <= number + 1 <= last]
