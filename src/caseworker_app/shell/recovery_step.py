"""The recovery key (« clé de secours »), shown once: to print or save as a PDF, then one group asked back from
the paper.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.shell.steps_line import StepsLine
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.form import Field, SentenceLine
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

CLIPBOARD_SECONDS = 60
SHOWN, CHECKED = range(2)
_COLUMNS = 4
SaveHook = Callable[[str], Callable[[], None] | None]
FIRST_RUN_STEPS = ("Vous", "Phrase secrète", "Clé de secours")


class RecoveryStep(QWidget):
    """Shows a key and lets one go on once a group of it was copied back from the paper. `finished()` then."""

    finished = Signal()

    def __init__(
        self, save: SaveHook | None, print_sheet: Callable[[str], None] | None, tasks: Tasks,
        *, end: str = "&Ouvrir Passerelle", steps: tuple[str, ...] = FIRST_RUN_STEPS,
    ) -> None:  # fmt: skip
        """Offer what there is: `save(key)` asks where and returns the work, `print_sheet(key)` prints.

        `end` are the words of the last button; `steps`, none in a dialog, is the line above the title.
        """
        super().__init__()
        self._save, self._print, self._tasks = save, print_sheet, tasks
        self._key, self._asked = "", 0
        self._groups: list[Label] = []
        self.line = SentenceLine("Cette clé n’est montrée qu’une fois.")
        self.go_on = Button("&Continuer", "primary")
        self.first: Button | None = None
        self.group = Entry("XXXXX", distinct=True, tabular=True)
        self.group_field = Field("&Groupe recopié", self.group, lines=2)
        self.end = Button(end, "primary")
        self.look_again = Button("&Revoir la clé", "ghost", "arrow-left")
        self.parts = QStackedWidget()
        self._noted = False
        self._lay_out(steps)
        self.go_on.clicked.connect(self.ask_back)
        self.look_again.clicked.connect(self._look_again)
        self.end.clicked.connect(self.check)
        self.group.returnPressed.connect(self.check)

    @property
    def noted(self) -> bool:
        """Say whether the person showed that the key is on paper (or that none is shown)."""
        return self._noted or not self._key

    @property
    def asked_group(self) -> int:
        """The group asked back, from 1."""
        return self._asked + 1

    def show_key(self, key: str) -> None:
        """Show a key, its groups parted by spaces or dashes."""
        self._key, self._noted = key, False
        groups = key.replace("-", " ").split()
        for number, label in enumerate(self._groups):
            label.setText(groups[number] if number < len(groups) else "")
        self._frame.setAccessibleName(f"Clé de secours\u00a0: {' '.join(groups)}" if groups else "")
        self.parts.setCurrentIndex(SHOWN)

    def begin(self) -> None:
        """Stand on what puts the key on paper: Enter saves or prints it, never passes over it."""
        (self.first or self.go_on).setFocus(Qt.FocusReason.TabFocusReason)

    def ask_back(self) -> None:
        """Hide the key and ask for one of its groups, another each time."""
        self._asked = secrets.randbelow(len(self._groups))
        rank = f"{self.asked_group}{'er' if self._asked == 0 else 'e'}"
        self._question.setText(
            f"Recopiez le {rank}\u00a0groupe depuis votre feuille\u00a0: cinq signes. La clé n’est plus à l’écran."
        )
        self.group.clear()
        self.group_field.accept()
        self.parts.setCurrentIndex(CHECKED)
        self.group.setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> None:
        """Compare what was copied back, as forgivingly as the key itself is read."""
        # The vault is not loaded while the first picture is waited for.
        from caseworker_app.security.recovery_key import same_group

        if not same_group(self.group.text(), self._key.split("-")[self._asked]):
            self.group_field.refuse("Ce n’est pas ce groupe\u00a0: relisez votre feuille, ou revoyez la clé.")
            self.group.selectAll()
            self.group.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._noted = True
        self._clear_clipboard(self._key)
        self.show_key("")
        self.finished.emit()

    def insist(self) -> None:
        """Say why one cannot leave yet."""
        sentence = "Notez la clé puis recopiez le groupe demandé\u00a0: elle ne sera plus jamais montrée."
        if self.parts.currentIndex() == CHECKED:
            self.group_field.refuse(sentence)
            self.group.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.line.refuse(sentence)
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_again(self) -> None:
        self.parts.setCurrentIndex(SHOWN)
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, steps: tuple[str, ...]) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(8))
        outer.addStretch(2)
        if steps:
            outer.addWidget(StepsLine(steps, 2))
        outer.addWidget(Label("Votre clé de secours", 22 if steps else 16, fonts.SEMI_BOLD))
        self.parts.addWidget(self._shown_part())
        self.parts.addWidget(self._checked_part())
        outer.addWidget(self.parts)
        outer.addStretch(3)

    def _shown_part(self) -> QWidget:
        part, column = _part()
        sentence = (
            "Si vous oubliez votre phrase secrète, elle seule ouvrira votre fichier. "
            "Imprimez-la ou recopiez-la\u00a0: un groupe vous sera redemandé."
        )
        column.addWidget(Label(sentence, 13, tone="muted", wrap=True))
        column.addSpacing(px(8))
        column.addWidget(self._key_frame())
        column.addLayout(self._actions())
        column.addWidget(self.line)
        column.addWidget(self.go_on)
        return part

    def _checked_part(self) -> QWidget:
        part, column = _part()
        self._question = Label("", 13, tone="muted", wrap=True)
        column.addWidget(self._question)
        column.addSpacing(px(8))
        column.addWidget(self.group_field)
        column.addWidget(self.end)
        column.addWidget(self.look_again)
        column.addStretch(1)
        return part

    def _key_frame(self) -> Surface:
        self._frame = Surface("surface", "field")
        grid = QGridLayout(self._frame)
        grid.setContentsMargins(px(16), px(14), px(16), px(14))
        grid.setVerticalSpacing(px(8))
        for number in range(8):
            label = Label("", 16, fonts.SEMI_BOLD, tabular=True)
            label.setFont(fonts.font(16, fonts.SEMI_BOLD, tabular=True, distinct=True))
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._groups.append(label)
            grid.addWidget(label, number // _COLUMNS, number % _COLUMNS)
        return self._frame

    def _actions(self) -> Flow:
        flow = Flow(gap=8)
        if self._print is not None:
            print_button = Button("&Imprimer", "secondary", "printer")
            print_button.clicked.connect(self._run_print)
            self.first = print_button
            flow.addWidget(print_button)
        if self._save is not None:
            save_button = Button("&Enregistrer en PDF\u2026", "secondary", "device-floppy")
            save_button.clicked.connect(self._run_save)
            self.first = self.first or save_button
            flow.addWidget(save_button)
        copy = Button("C&opier", "quiet", "copy")
        copy.clicked.connect(self._copy)
        flow.addWidget(copy)
        return flow

    def _run_print(self) -> None:
        if self._print is not None:
            key, door = self._key, self._print
            self._run(lambda: door(key), "La clé est envoyée à l’imprimante.")

    def _run_save(self) -> None:
        work = self._save(self._key) if self._save is not None else None
        if work is not None:
            self._run(work, "La clé est enregistrée\u00a0: rangez ce fichier ailleurs que sur ce PC.")

    def _run(self, work: Callable[[], None], done: str) -> None:
        def refused(error: CaseworkerError) -> None:
            self.line.refuse(error.sentence)

        self._tasks.run(work, lambda _none: self.line.say(done), refused, owner=self, words="Clé de secours")

    def _copy(self) -> None:
        key = self._key
        QApplication.clipboard().setText(key)
        self.line.say(
            f"Copiée\u00a0; le presse-papiers sera vidé dans {CLIPBOARD_SECONDS}\u00a0secondes.".replace(
                "\u00a0;", "\u202f;"
            )
        )
        QTimer.singleShot(CLIPBOARD_SECONDS * 1000, self, lambda: self._clear_clipboard(key))

    def _clear_clipboard(self, key: str) -> None:
        if key and QApplication.clipboard().text() == key:
            QApplication.clipboard().clear()


def ask_place(parent: QWidget, save: Callable[[Path, str], None]) -> SaveHook:
    """Return a hook that asks where the sheet goes; `save(path, key)` writes it as a PDF."""

    def ask(key: str) -> Callable[[], None] | None:
        proposed = str(Path.home() / "cle-de-secours-passerelle.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(
            parent, "Enregistrer la clé de secours", proposed, "PDF (*.pdf)"
        )
        return (lambda: save(Path(chosen), key)) if chosen else None

    return ask


def _part() -> tuple[QWidget, QVBoxLayout]:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(8))
    return part, column
