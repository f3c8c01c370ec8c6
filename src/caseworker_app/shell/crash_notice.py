"""What is shown when the program fails: that nothing saved is lost, and a report without personal data to
send.
"""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from caseworker_app.shell.dialogs import Dialog
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.crash import CrashReport
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import PlainText
from caseworker_app.ui_kit.theme import px


class CrashNotice(Dialog):
    """One fault, told once; the program goes on."""

    def __init__(self, report: CrashReport, parent: QWidget | None = None) -> None:
        """Show a report."""
        super().__init__("Le programme a rencontré une erreur", parent)
        self.report = report
        sentence = (
            "Ce qui était enregistré est intact. Vous pouvez continuer\u00a0; si l’erreur revient, "
            "fermez et rouvrez Passerelle, puis envoyez ce rapport à la personne qui vous aide."
        )
        words = Label(sentence.replace("\u00a0;", "\u202f;"), 13, wrap=True)
        words.setMinimumWidth(px(480))
        self.body.addWidget(words)
        self.body.addWidget(Label("Il ne contient rien sur les ménages\u00a0:", 12, fonts.MEDIUM, "muted"))
        text = PlainText()
        text.setAccessibleName("Rapport d’erreur")
        text.set_text(report.words)
        text.setReadOnly(True)
        text.setFixedHeight(px(140))
        self.body.addWidget(text)
        copy = Button("&Copier le rapport", "secondary", "copy")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(report.words))
        self.buttons.addWidget(copy)
        self.add_button("C&ontinuer", QDialog.DialogCode.Accepted.value, "primary")


class CrashWatch:
    """Shows faults one at a time; the same fault only once, so that a loop cannot bury the window."""

    def __init__(self, tasks: Tasks) -> None:
        """Watch the faults of the tasks and of the interpreter."""
        self._tasks = tasks
        self._told: set[str] = set()
        self.parent: QWidget | None = None
        # Without a window above it, nothing else would keep one.
        self._notices: list[CrashNotice] = []
        tasks.crashed.connect(self._show)

    def install(self) -> None:
        """Take the interpreter's hooks: what nobody caught comes here instead of a terminal."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._from_thread(args.exc_value)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._tasks.report_crash(error.with_traceback(trace))

    def _from_thread(self, error: BaseException | None) -> None:
        if error is not None:
            self._tasks.report_crash(error)

    def _show(self, report: CrashReport) -> None:
        if report.code in self._told:
            return
        self._told.add(report.code)
        # Between two windows (a lock, an opening) the one before is gone already: the fault is told all the same.
        above = self.parent if self.parent is not None and isValid(self.parent) else None
        notice = CrashNotice(report, above)
        self._notices.append(notice)
        notice.open()
