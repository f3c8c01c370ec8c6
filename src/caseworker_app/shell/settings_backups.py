"""Settings: the last backup, those that are kept, and the second place where they are copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, SignalInstance
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.shell.backups_shown import ShownBackups
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.row_list import RowList
from caseworker_app.ui_kit.settings_section import SettingsSection
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

Then = Callable[[], Any]
Failed = Callable[[CaseworkerError], Any]
_ROTATION = (
    "Passerelle sauvegarde toute seule, à l’ouverture et à la fermeture, et relit chaque sauvegarde. Elle garde la "
    "dernière de chacun des 7\u00a0derniers jours, des 4\u00a0dernières semaines et des 12\u00a0derniers mois."
)
_HOW_TO_RESTORE = (
    "Pour en restaurer une\u00a0: verrouillez (Ctrl\u00a0+\u00a0L), puis «\u00a0Restaurer une sauvegarde\u00a0» à "
    "l’ouverture. Le fichier présent est alors mis de côté, jamais effacé."
)


@dataclass(frozen=True, slots=True)
class BackupDoors:
    """What the section may ask for: reading on the reader thread, the rest by those who do it.

    `changed`: told when a backup was made or copied. `make` and `copy` answer when they end; `choose` and `try_place`
    run on a thread and raise CaseworkerError; `choose(None)` forgets the second place; `choose_main` moves the
    backups and answers when it ends, `None` brings them back beside the file.
    """

    changed: SignalInstance
    read: Callable[[], ShownBackups]
    make: Callable[[Then, Failed], Any]
    copy: Callable[[Then, Failed], Any]
    choose: Callable[[Path | None], Any]
    try_place: Callable[[], str]
    choose_main: Callable[[Path | None, Then, Failed], Any]


class BackupsSection(SettingsSection):
    """Last backup, list, « Sauvegarder maintenant », second place and its test."""

    def __init__(self, doors: BackupDoors, tasks: Tasks, navigator: Navigator) -> None:
        """Show nothing yet."""
        super().__init__()
        self._doors, self._tasks, self._navigator = doors, tasks, navigator
        self._folder = ""
        self.last = Label("", 13, fonts.MEDIUM, wrap=True)
        self.line, self.place_line = SentenceLine(), SentenceLine()
        self.save = Button("&Sauvegarder maintenant", "primary", "database")
        self.open = Button("&Ouvrir le dossier", "secondary", "folder-open")
        self.folder_words = Label("", 13, tone="muted", wrap=True)
        self.elsewhere = Button("C&hanger de dossier\u2026", "ghost", "arrow-right")
        self.bring_back = Button("&Remettre à côté du fichier", "quiet", "arrow-left")
        self.place = Label("", 13, fonts.MEDIUM, wrap=True)
        self.place_words = Label("", 13, tone="muted", wrap=True)
        self.choose = Button("&Choisir un dossier\u2026", "secondary", "folder-open")
        self.test = Button("&Essayer", "ghost", "list-check")
        self.copy = Button("Co&pier maintenant", "ghost", "copy")
        self.forget = Button("&Ne plus copier", "quiet", "x")
        self.list = RowList("Sauvegardes gardées", fit=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        for card in (self._last_card(), self._place_card(), self._list_card()):
            column.addWidget(card)
        column.addStretch(1)
        self._join()

    def show_section(self) -> None:
        """Read again and show."""
        self._tasks.read(self._doors.read, self._show, owner=self)

    def _show(self, told: ShownBackups) -> None:
        self._folder = told.folder
        self.last.setText(told.last)
        beside = "" if told.chosen else ", à côté du fichier"
        self.folder_words.setText(f"Dossier\u00a0: {told.folder}{beside}")
        self.bring_back.setVisible(told.chosen)
        self.list.set_rows([each.row() for each in told.offered])
        self.place.setText(told.place or "Deuxième endroit\u00a0: aucun")
        self.place_words.set_tone("danger" if told.place_failing else "muted")
        self.place_words.setText(told.place_words)
        for button in (self.test, self.copy, self.forget):
            button.setVisible(bool(told.place))

    def _last_card(self) -> Card:
        card = Card("Dernière sauvegarde")
        for part in (self.last, Label(_ROTATION, 13, tone="muted", wrap=True), self.folder_words, self.line):
            card.add(part)
        card.body.addLayout(_buttons(self.save, self.open, self.elsewhere, self.bring_back))
        return card

    def _place_card(self) -> Card:
        card = Card("Clé USB ou dossier réseau")
        for part in (self.place, self.place_words, self.place_line):
            card.add(part)
        card.body.addLayout(_buttons(self.choose, self.test, self.copy, self.forget))
        return card

    def _list_card(self) -> Card:
        card = Card("Sauvegardes gardées")
        card.add(Label(_HOW_TO_RESTORE, 13, tone="muted", wrap=True))
        card.add_rows(self.list)
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return card

    def _join(self) -> None:
        self._doors.changed.connect(self._changed)
        self.save.clicked.connect(self._save)
        self.open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder)))
        self.elsewhere.clicked.connect(self._ask_main)
        self.bring_back.clicked.connect(lambda: self._choose_main(None))
        self.choose.clicked.connect(self._ask_place)
        self.test.clicked.connect(self._try_place)
        self.copy.clicked.connect(self._copy)
        self.forget.clicked.connect(lambda: self._choose(None))

    def _changed(self) -> None:
        if self.isVisible():
            self.show_section()

    def _save(self) -> None:
        self.line.clear()
        self._set_busy(self.save, "Sauvegarde\u2026")

        def done() -> None:
            self._set_busy(self.save)
            self._navigator.confirm("Sauvegarde faite et relue")
            self.show_section()

        self._doors.make(done, lambda error: self._refused(error, self.line, self.save))

    def _copy(self) -> None:
        self.place_line.clear()
        self._set_busy(self.copy, "Copie\u2026")

        def done() -> None:
            self._set_busy(self.copy)
            self.show_section()

        self._doors.copy(done, lambda error: self._refused(error, self.place_line, self.copy))

    def _ask_place(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Clé USB ou dossier réseau")
        if chosen:
            self._choose(Path(chosen))

    def _ask_main(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Dossier des sauvegardes, sur un disque de ce PC")
        if chosen:
            self._choose_main(Path(chosen))

    def _choose_main(self, place: Path | None) -> None:
        self.line.clear()
        buttons = (self.elsewhere, self.bring_back, self.save)
        self._set_busy(self.elsewhere, "Déplacement\u2026")

        def ended() -> None:
            self._set_busy(self.elsewhere)
            for button in buttons:
                button.setEnabled(True)

        def done() -> None:
            ended()
            self._navigator.confirm("Les sauvegardes sont dans ce dossier, relues")
            self.show_section()

        def failed(error: CaseworkerError) -> None:
            ended()
            self._refused(error, self.line)

        for button in buttons:
            button.setEnabled(False)
        self._doors.choose_main(place, done, failed)

    def _choose(self, place: Path | None) -> None:
        self.place_line.clear()
        choose = self._doors.choose

        def done(_answer: object) -> None:
            self._navigator.confirm("Les sauvegardes y seront copiées" if place else "Les copies s’arrêtent")
            self.show_section()

        self._tasks.background(
            lambda _progress: choose(place), done, lambda error: self._refused(error, self.place_line),
            owner=self, words="Essai du dossier",
        )  # fmt: skip

    def _try_place(self) -> None:
        self.place_line.clear()
        try_place = self._doors.try_place
        self._tasks.background(
            lambda _progress: try_place(), self.place_line.say,
            lambda error: self._refused(error, self.place_line), owner=self, words="Essai du dossier",
        )  # fmt: skip

    def _refused(self, error: CaseworkerError, line: SentenceLine, button: Button | None = None) -> None:
        if button is not None:
            self._set_busy(button)
        line.refuse(error.sentence)

    def _set_busy(self, button: Button, words: str = "") -> None:
        usual = {
            self.save: "&Sauvegarder maintenant",
            self.copy: "Co&pier maintenant",
            self.elsewhere: "C&hanger de dossier\u2026",
        }
        button.setText(words or usual[button])
        button.setEnabled(not words)


def _buttons(*buttons: Button) -> Flow:
    line = Flow()
    for button in buttons:
        line.addWidget(button)
    return line
