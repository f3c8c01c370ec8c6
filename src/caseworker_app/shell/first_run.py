"""The first-run window: create one's file, or try the demonstration, or open a file one already has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.shell.entrance import EntranceWindow, step_column
from caseworker_app.shell.new_passphrase import NewPassphrase
from caseworker_app.shell.steps_line import StepsLine
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import ActionRow
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field, SentenceLine
from caseworker_app.ui_kit.logo_choice import LogoChoice
from caseworker_app.ui_kit.theme import px

if TYPE_CHECKING:
    from caseworker_app.shell.recovery_step import RecoveryStep
    from caseworker_app.ui_kit.tasks import Tasks

WELCOME, WHO, PASSPHRASE, RECOVERY = range(4)
STEPS = ("Vous", "Phrase secrète", "Clé de secours")


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What a new file needs: the association's name, the worker's, the passphrase (never shown in a log).

    `logo_png`: the association's picture, made small; None for its initials.
    """

    association: str
    worker: str
    passphrase: str = field(repr=False)
    logo_png: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FirstRunDoors:
    """What the window may ask for. Each runs on the writer thread and raises CaseworkerError when refused.

    `create_file` returns the recovery key as it is printed. `save_recovery_sheet(path, key)` writes the
    sheet as a PDF; `print_recovery_sheet(key)` prints it; `read_logo(path)`, on the reader thread, returns the
    picture of a file. None: not offered.
    """

    create_file: Callable[[FirstRun], str]
    open_demonstration: Callable[[], Any]
    open_existing: Callable[[Path], Any] | None = None
    save_recovery_sheet: Callable[[Path, str], None] | None = None
    print_recovery_sheet: Callable[[str], None] | None = None
    read_logo: Callable[[Path], bytes] | None = None


class FirstRunWindow(EntranceWindow):
    """`created()` when the file is made and its key noted; `opened(what the door returned)` for the other
    two ways.
    """

    created = Signal()
    opened = Signal(object)

    def __init__(self, doors: FirstRunDoors, tasks: Tasks) -> None:
        """Begin with the three ways."""
        super().__init__()
        self._doors, self._tasks = doors, tasks
        self.line = SentenceLine()
        self.association = Field("Nom de l’&association", Entry(), hint="Il figure en tête de vos documents.")
        self.worker = Field("&Votre nom", Entry(), hint="Prénom et nom, comme vous signez.")
        self.logo = LogoChoice("PNG ou JPEG. Sans logo, vos documents portent ses initiales.")
        self.logo_png: bytes | None = None
        self.new = NewPassphrase("&Phrase secrète", lambda: (_words(self.association), _words(self.worker)))
        self.create_button = Button("&Créer le fichier", "primary")
        for step in (self._welcome_step(), self._who_step(), self._passphrase_step()):
            self.steps.addWidget(step)
        self._join()

    @cached_property
    def recovery(self) -> RecoveryStep:
        """The step of the recovery key, made with the file: the window starts the sooner."""
        from caseworker_app.shell.recovery_step import RecoveryStep, ask_place

        save = self._doors.save_recovery_sheet
        asked = None if save is None else ask_place(self, save)
        made = RecoveryStep(asked, self._doors.print_recovery_sheet, self._tasks)
        made.finished.connect(self.created)
        self.steps.addWidget(made)
        return made

    def show_step(self, number: int) -> None:
        """Go to a step and put the cursor in its first field."""
        if number == RECOVERY:
            self.steps.setCurrentWidget(self.recovery)
            self.recovery.begin()
            return
        self.steps.setCurrentIndex(number)
        first: dict[int, QWidget] = {WHO: self.association.editor, PASSPHRASE: self.new.first}
        if number in first:
            first[number].setFocus(Qt.FocusReason.OtherFocusReason)

    def end_who(self) -> None:
        """Check the names, then go on."""
        for asked, sentence in (
            (self.worker, "Écrivez votre nom\u00a0: il signe vos visites et vos bilans."),
            (self.association, "Écrivez le nom de votre association."),
        ):
            if not _words(asked):
                asked.refuse(sentence)
                asked.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if _words(self.association) and _words(self.worker):
            self.show_step(PASSPHRASE)

    def take_logo(self, path: Path) -> None:
        """Read the picture of a file and show it."""
        read = self._doors.read_logo
        if read is not None:
            self._tasks.read(
                lambda: read(path), self._show_logo, lambda error: self.logo.refuse(error.sentence),
                owner=self, words="Lecture du logo",
            )  # fmt: skip

    def _show_logo(self, png: bytes | None) -> None:
        self.logo_png = png
        self.logo.show_logo(png)

    def create_file(self) -> None:
        """Check the passphrase, then create the file in the background."""
        try:
            typed = self.new.chosen()
        except CaseworkerError as error:
            self._refused(error)
            return
        self._set_busy(True)
        asked = FirstRun(_words(self.association), _words(self.worker), typed, self.logo_png)
        create = self._doors.create_file
        self._tasks.run(
            lambda: create(asked), self._show_key, self._refused, owner=self, words="Création du fichier"
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Forget what was typed; while the key is shown and not noted, stay."""
        if self.steps.currentIndex() == RECOVERY and not self.recovery.noted:
            self.recovery.insist()
            event.ignore()
            return
        self.new.forget()
        event.accept()
        self.left.emit()

    def _show_key(self, key: str) -> None:
        self.new.forget()
        self._set_busy(False)
        self.recovery.show_key(key)
        self.show_step(RECOVERY)

    def _refused(self, error: CaseworkerError) -> None:
        self._set_busy(False)
        self.new.refuse(error)

    def _set_busy(self, busy: bool) -> None:
        self.create_button.setText("Création\u2026" if busy else "&Créer le fichier")
        self.steps.setEnabled(not busy)

    def _welcome_step(self) -> QWidget:
        step, column = step_column("Bienvenue", "Par quoi voulez-vous commencer\u202f?")
        create = ActionRow("&Créer mon fichier", "Trois étapes, deux minutes.", "file-plus")
        create.clicked.connect(lambda: self.show_step(WHO))
        demonstration = ActionRow(
            "&Essayer la démonstration", "Des ménages inventés, dans un fichier à part.", "sparkles"
        )
        demonstration.clicked.connect(lambda: self._open(self._doors.open_demonstration))
        column.addWidget(create)
        column.addWidget(demonstration)
        if self._doors.open_existing is not None:
            existing = ActionRow(
                "&Ouvrir un fichier existant", "Sur ce PC ou sur une clé USB.", "folder-open"
            )
            existing.clicked.connect(self._choose_existing)
            column.addWidget(existing)
        column.addWidget(self.line)
        return step

    def _who_step(self) -> QWidget:
        step, column = step_column("Vous et votre association")
        column.insertWidget(0, StepsLine(STEPS, 0))
        column.addWidget(self.association)
        column.addWidget(self.worker)
        # Last, as it may be left out: from one name to the other is one key.
        column.addWidget(self.logo)
        self.logo.setVisible(self._doors.read_logo is not None)
        go_on = Button("&Continuer", "primary")
        go_on.clicked.connect(self.end_who)
        self._add_foot(column, go_on, WELCOME)
        return step

    def _passphrase_step(self) -> QWidget:
        sentence = "Elle ouvre votre fichier. Nous ne la connaissons pas et ne pouvons pas la retrouver."
        step, column = step_column("Votre phrase secrète", sentence)
        column.insertWidget(0, StepsLine(STEPS, 1))
        column.addWidget(self.new)
        self._add_foot(column, self.create_button, WHO)
        return step

    def _add_foot(self, column: QVBoxLayout, primary: Button, before: int) -> None:
        back = Button("&Retour", "ghost", "arrow-left")
        back.clicked.connect(lambda: self.show_step(before))
        column.addSpacing(px(4))
        column.addWidget(primary)
        column.addWidget(back)

    def _join(self) -> None:
        for entry in (self.association.editor, self.worker.editor):
            if isinstance(entry, Entry):
                entry.returnPressed.connect(self.end_who)
        self.logo.chosen.connect(self.take_logo)
        self.logo.removed.connect(lambda: self._show_logo(None))
        self.new.again.returnPressed.connect(self.create_file)
        self.create_button.clicked.connect(self.create_file)

    def _open(self, door: Callable[[], Any]) -> None:
        self.steps.setEnabled(False)

        def refused(error: CaseworkerError) -> None:
            self.steps.setEnabled(True)
            self.line.refuse(error.sentence)

        self._tasks.run(door, self.opened.emit, refused, owner=self, words="Ouverture")

    def _choose_existing(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        door = self._doors.open_existing
        chosen = QFileDialog.getExistingDirectory(self, "Dossier de votre fichier")
        if door is not None and chosen:
            self._open(lambda: door(Path(chosen)))


def _words(asked: Field) -> str:
    return " ".join(asked.editor.text().split()) if isinstance(asked.editor, Entry) else ""
