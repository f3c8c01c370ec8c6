"""The recovery key (« clé de secours »), shown once: to print, to save as a PDF, to write down, then to
tick.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.shell.steps_line import StepsLine
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

CLIPBOARD_SECONDS = 60
_COLUMNS = 4
SaveHook = Callable[[str], Callable[[], None] | None]
_STEPS = ("Vous", "Phrase secrète", "Clé de secours")


class RecoveryStep(QWidget):
    """Shows a key and lets one go on once it is ticked as noted. `finished()` then."""

    finished = Signal()

    def __init__(
        self, save: SaveHook | None, print_sheet: Callable[[str], None] | None, tasks: Tasks
    ) -> None:
        """Offer what there is: `save(key)` asks where and returns the work, `print_sheet(key)` prints."""
        super().__init__()
        self._save, self._print, self._tasks = save, print_sheet, tasks
        self._key = ""
        self._groups: list[Label] = []
        self.line = SentenceLine("Cette clé n’est montrée qu’une fois.")
        self.tick = Check("&Je l’ai notée et rangée ailleurs que sur ce PC")
        self.go_on = Button("&Ouvrir Passerelle", "primary")
        self.go_on.setEnabled(False)
        self.tick.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self._finish)
        self._lay_out()

    @property
    def noted(self) -> bool:
        """Say whether the person ticked that the key is noted."""
        return self.tick.isChecked() or not self._key

    def show_key(self, key: str) -> None:
        """Show a key, its groups parted by spaces or dashes."""
        self._key = key
        groups = key.replace("-", " ").split()
        for number, label in enumerate(self._groups):
            label.setText(groups[number] if number < len(groups) else "")
        self._frame.setAccessibleName(f"Clé de secours\u00a0: {' '.join(groups)}")

    def insist(self) -> None:
        """Say why one cannot leave yet."""
        self.line.refuse("Notez la clé puis cochez la case\u00a0: elle ne sera plus jamais montrée.")
        self.tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self) -> None:
        self._clear_clipboard(self._key)
        self.show_key("")
        self.finished.emit()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(8))
        outer.addStretch(2)
        outer.addWidget(StepsLine(_STEPS, 2))
        outer.addWidget(Label("Votre clé de secours", 22, fonts.SEMI_BOLD))
        sentence = (
            "Si vous oubliez votre phrase secrète, elle seule ouvrira votre fichier. "
            "Imprimez-la ou recopiez-la."
        )
        outer.addWidget(Label(sentence, 13, tone="muted", wrap=True))
        outer.addSpacing(px(8))
        outer.addWidget(self._key_frame())
        outer.addLayout(self._actions())
        outer.addWidget(self.line)
        outer.addWidget(self.tick)
        outer.addWidget(self.go_on)
        outer.addStretch(3)

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
            flow.addWidget(print_button)
        if self._save is not None:
            save_button = Button("&Enregistrer en PDF\u2026", "secondary", "device-floppy")
            save_button.clicked.connect(self._run_save)
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
