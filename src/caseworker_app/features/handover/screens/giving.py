"""Giving the pages shown: to a printer, to a file; what was done, or refused, is told in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from caseworker_app.features.handover.screens import printing
from caseworker_app.features.handover.screens.review_work import DocumentDesk
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.pdf.writing import write_atomically


def chosen_printer(page: QWidget, desk: DocumentDesk, title: str) -> QPrinter | None:
    """Let the person choose a printer; None when they give up, or where there is none, which is told."""
    try:
        return printing.ask_printer(page, title)
    except CaseworkerError as error:
        desk.tasks.refused.emit(error.sentence)
        return None


def put_on_paper(
    page: QWidget,
    desk: DocumentDesk,
    pdf: bytes,
    printer: QPrinter,
    done: str = "Document envoyé à l’imprimante",
) -> None:
    """Print pages and say `done`."""
    desk.tasks.read(
        lambda: printing.print_pages(pdf, printer),
        lambda _count: desk.navigator.confirm(done),
        owner=page, words="Impression",
    )  # fmt: skip


def write_pdf(page: QWidget, desk: DocumentDesk, pdf: bytes, out: Path, done: str = "PDF enregistré") -> None:
    """Write pages at a place and say `done` with the name of the file."""
    desk.tasks.run(
        lambda: write_atomically(pdf, out),
        lambda _done: desk.navigator.confirm(f"{done}\u00a0: {out.name}"),
        owner=page,
    )
