"""What lies outside the window during a day: the system's dialogs, answered; the printer, which prints to a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from caseworker_app.features.handover.screens import printing


@contextmanager
def edges(opened: Path, saved: Path, printed: Path) -> Iterator[None]:
    """Answer the dialogs: the file to open, the place to save at, and a printer that writes a PDF."""

    def ask_printer(_parent: QWidget, title: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(printed))
        printer.setDocName(title)
        return printer

    with (
        patch.object(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(opened), "")),
        patch.object(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(saved), "")),
        patch.object(printing, "ask_printer", ask_printer),
    ):
        yield
