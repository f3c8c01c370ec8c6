"""The other ways into the file than its passphrase: the recovery key typed from the paper, the PIN of a session."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.shell.entrance import step_column
from caseworker_app.shell.pin_entry import pin_entry
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.text import ElidedLabel
from caseworker_app.ui_kit.theme import px

_ABOUT_KEY = (
    "Recopiez la clé imprimée à la création du fichier\u00a0: 8\u00a0groupes de 5\u00a0signes. "
    "Majuscules, espaces et tirets n’ont pas d’importance. Sans cette clé ni la phrase secrète, "
    "personne ne peut ouvrir le fichier, nous non plus."
)


class SecretStep(QWidget):
    """Asks for one secret. `tried()` when it is given; `back_asked()` to return to the passphrase."""

    tried = Signal()
    back_asked = Signal()

    def __init__(self, label: str, entry: Entry, open_words: str, back: Button) -> None:
        """Join entry, field and buttons; whoever makes the step lays them out."""
        super().__init__()
        self.entry, self.back, self._words = entry, back, open_words
        self.field = Field(label, entry, lines=2)
        self.button = Button(open_words, "primary")
        self.button.clicked.connect(self.tried)
        entry.returnPressed.connect(self.tried)
        back.clicked.connect(self.back_asked)

    def set_busy(self, busy: bool) -> None:
        """Say that the file is being opened."""
        self.button.setText("Ouverture\u2026" if busy else self._words)

    def lay_out(self, title: str, sentence: str = "", file_label: str = "") -> None:
        """Put all in a column, under the folder of the file when it is told."""
        step, column = step_column(title, sentence)
        if file_label:
            column.addWidget(ElidedLabel(file_label, 13, tone="muted"))
            column.addSpacing(px(4))
        for part in (self.field, self.button, self.back):
            column.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(step)


def recovery_key_step() -> SecretStep:
    """Return the step of the recovery key (« clé de secours »)."""
    entry = Entry("XXXXX-XXXXX-XXXXX-XXXXX-…", distinct=True, tabular=True)
    back = Button("&Revenir à la phrase secrète", "ghost", "arrow-left")
    made = SecretStep("Clé de &secours", entry, "&Ouvrir avec la clé", back)
    made.lay_out("Clé de secours", _ABOUT_KEY)
    return made


def pin_step(file_label: str) -> SecretStep:
    """Return the step of the PIN (« code court ») of the file shown as `file_label`."""
    instead = Button("Ouvrir par la &phrase secrète", "ghost", "key")
    made = SecretStep("&Code court", pin_entry(), "&Ouvrir", instead)
    made.lay_out("Ouvrir votre fichier", file_label=file_label)
    return made
