"""Settings: the ways into one's file, the lock, and what to do after a theft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caseworker_app.kernel.dates import format_long_date
from caseworker_app.security.ways_in import WayIn, WaysIn
from caseworker_app.shell.new_passphrase import NewPassphrase
from caseworker_app.shell.preferences import LOCK_DELAYS
from caseworker_app.shell.recovery_step import ask_place
from caseworker_app.shell.vault_dialog import NewPin, VaultDialog
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.settings_section import SettingsSection
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_ICONS = {"passphrase": "key", "recovery": "file-text", "keyring": "lock"}
_THEFT = (
    "Le fichier est chiffré de nouveau sous une autre clé, avec une autre phrase secrète et une autre clé de secours. "
    "Ce qui a été copié avant garde son contenu d’alors\u00a0; rien de ce qui suit ne s’ouvrira plus avec les anciens "
    "secrets. Vos sauvegardes d’avant s’ouvrent toujours avec eux."
).replace("\u00a0;", "\u202f;")


@dataclass(frozen=True, slots=True)
class SecurityDesk:
    """What the section works with. `lasting`: whether the file lasts (the demonstration does not).

    `known()`: names a passphrase must not be made of; `save_sheet(path, key)` writes the sheet of a recovery key.
    """

    ways: WaysIn
    tasks: Tasks
    navigator: Navigator
    lock_after: Callable[[], int]
    save_sheet: Callable[[Path, str], None]
    known: Callable[[], tuple[str, ...]]
    lasting: bool = True


class SecuritySection(SettingsSection):
    """`lock_after_chosen(minutes)`; `new_key_asked(proof, passphrase, recovery key)`, to be put in force by whoever
    holds the file.
    """

    lock_after_chosen = Signal(int)
    new_key_asked = Signal(str, str, str)

    def __init__(self, desk: SecurityDesk) -> None:
        """Read nothing before it is shown."""
        super().__init__()
        self._desk = desk
        self._ways: dict[str, WayIn] = {}
        self.dialog: VaultDialog | None = None
        self.list = RowList("Façons d’ouvrir le fichier", fit=True)
        self.passphrase = Button("Changer la &phrase secrète\u2026", "secondary", "key")
        self.recovery = Button("Refaire la clé de &secours\u2026", "secondary", "printer")
        self.pin = Button("Choisir un &code court\u2026", "secondary", "lock")
        self.remove = Button("Retirer le c&ode court\u2026", "ghost")
        self.new_key = Button("Changer la clé des &données\u2026", "danger", "alert-triangle")
        self.delay = Segment("Verrouiller après")
        for minutes in LOCK_DELAYS:
            self.delay.add(str(minutes), f"{minutes}\u00a0min")
        self.unlasting = Banner(
            "La démonstration n’a ni phrase secrète ni clé\u00a0: ces réglages valent pour votre propre fichier.",
            "accent",
        )
        self._lay_out()
        self._join()

    def show_section(self) -> None:
        """Read the ways in again, and show the delay in force."""
        self.delay.choose(str(self._desk.lock_after()))
        if self._desk.lasting:
            self._desk.tasks.read(self._desk.ways.read, self._show, owner=self)

    def leave(self) -> None:
        """Close a dialog left open: what it holds is never kept."""
        if self.dialog is not None:
            self.dialog.reject()

    def change_passphrase(self) -> None:
        """Ask for the passphrase of now and for the next one."""
        choice = NewPassphrase("&Nouvelle phrase secrète", self._desk.known)
        sentence = "Le fichier n’est pas chiffré de nouveau\u00a0: seule change la phrase qui l’ouvre."
        dialog = self._ask("Changer la phrase secrète", sentence, "&Changer", choice)
        dialog.asked.connect(
            lambda proof, new: self._run(
                lambda: self._desk.ways.change_passphrase(proof, new), "Phrase secrète changée"
            )
        )

    def renew_recovery_key(self) -> None:
        """Show another recovery key; the paper of before is good until the new one is checked."""
        sentence = "La feuille d’avant n’ouvrira plus rien\u00a0: détruisez-la ensuite."
        dialog = self._ask("Refaire la clé de secours", sentence, "&Continuer")
        key = self._desk.ways.new_recovery_key()

        def put_in_force(proof: str) -> None:
            self._run(
                lambda: self._desk.ways.replace_recovery_key(proof, key), "Nouvelle clé de secours en vigueur"
            )

        dialog.asked.connect(
            lambda proof, _none: self._check(proof, key, "&Mettre en vigueur", lambda: put_in_force(proof))
        )

    def set_pin(self) -> None:
        """Ask for a PIN, good on this session of this PC."""
        sentence = (
            "Pour rouvrir vite pendant un entretien, sur cette session seulement. Après cinq codes faux, la phrase "
            "secrète est demandée."
        )
        dialog = self._ask("Choisir un code court", sentence, "&Enregistrer", NewPin())
        dialog.asked.connect(
            lambda proof, pin: self._run(lambda: self._desk.ways.set_pin(proof, pin), "Code court enregistré")
        )

    def remove_pin(self) -> None:
        """Take the PIN away."""
        pin = next((way for way in self._ways.values() if way.kind == "keyring"), None)
        if pin is None:
            return
        sentence = "Le fichier s’ouvrira par la phrase secrète ou la clé de secours."
        dialog = self._ask("Retirer le code court", sentence, "&Retirer")
        dialog.asked.connect(
            lambda proof, _none: self._run(lambda: self._desk.ways.remove(proof, pin.id), "Code court retiré")
        )

    def change_data_key(self) -> None:
        """After a theft: another passphrase, another recovery key, then everything encrypted again."""
        choice = NewPassphrase("&Nouvelle phrase secrète", self._desk.known)
        sentence = (
            "Choisissez une autre phrase secrète\u00a0; une autre clé de secours vous sera donnée ensuite."
        )
        dialog = self._ask(
            "Changer la clé des données", sentence.replace("\u00a0;", "\u202f;"), "&Continuer", choice
        )
        key = self._desk.ways.new_recovery_key()

        def ask(proof: str, new: str) -> None:
            dialog.accept()
            self.new_key_asked.emit(proof, new, key)

        dialog.asked.connect(
            lambda proof, new: self._check(proof, key, "&Chiffrer de nouveau", lambda: ask(proof, new))
        )

    def _ask(
        self, title: str, sentence: str, go_on: str, choice: NewPassphrase | NewPin | None = None
    ) -> VaultDialog:
        self.leave()
        dialog = self.dialog = VaultDialog(title, sentence, go_on, self, choice)
        dialog.finished.connect(lambda _answer: self._closed(dialog))
        dialog.open()
        return dialog

    def _closed(self, dialog: VaultDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
        dialog.deleteLater()

    def _run(self, work: Callable[[], None], sentence: str) -> None:
        dialog = self.dialog
        if dialog is None:
            return

        def done(_none: None) -> None:
            dialog.accept()
            self._desk.navigator.confirm(sentence)
            self.show_section()

        self._desk.tasks.run(work, done, dialog.refuse, owner=dialog, words="Vérification")

    def _check(self, proof: str, key: str, end: str, then: Callable[[], None]) -> None:
        """Show a new recovery key to whoever proved that they may have one."""
        dialog, desk = self.dialog, self._desk
        if dialog is None:
            return
        save = ask_place(dialog, desk.save_sheet)
        desk.tasks.run(
            lambda: desk.ways.check(proof),
            lambda _none: dialog.show_recovery(key, save, desk.tasks, end, then),
            dialog.refuse,
            owner=dialog,
            words="Vérification",
        )

    def _show(self, ways: list[WayIn]) -> None:
        self._ways = {way.id: way for way in ways}
        self.list.set_rows([self._row(way) for way in ways])
        has_pin = any(way.kind == "keyring" for way in ways)
        self.pin.setText("Changer le &code court\u2026" if has_pin else "Choisir un &code court\u2026")
        self.remove.setVisible(has_pin)

    def _row(self, way: WayIn) -> Row:
        detail = f"Depuis le {format_long_date(way.made_at.date())}"
        pill = None if way.works_here else State("À refaire sur cette session", "warn", "alert-triangle")
        return Row(way.id, way.words, detail, icon=_ICONS.get(way.kind, "key"), pill=pill, chevron=False)

    def _join(self) -> None:
        for button, work in (
            (self.passphrase, self.change_passphrase),
            (self.recovery, self.renew_recovery_key),
            (self.pin, self.set_pin),
            (self.remove, self.remove_pin),
            (self.new_key, self.change_data_key),
        ):
            button.clicked.connect(work)
        self.delay.chosen.connect(lambda key: self.lock_after_chosen.emit(int(key)))

    def _lay_out(self) -> None:
        lasting = self._desk.lasting
        ways = Card("Façons d’ouvrir votre fichier")
        explained = (
            "Le fichier garde toujours une phrase secrète et une clé de secours\u00a0: elles se remplacent."
        )
        ways.add(Label(explained, 13, tone="muted", wrap=True))
        actions = Flow(gap=8)
        for button in (self.passphrase, self.recovery, self.pin, self.remove):
            actions.addWidget(button)
        ways.body.addLayout(actions)
        ways.add_rows(self.list)
        theft = Card("Après un vol ou une copie suspecte")
        theft.add(Label(_THEFT, 13, tone="muted", wrap=True))
        theft.body.addLayout(_left(self.new_key))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        self.unlasting.setVisible(not lasting)
        self.remove.hide()
        for part in (self.unlasting, self._lock_card(), ways, theft):
            column.addWidget(part)
        ways.setVisible(lasting)
        theft.setVisible(lasting)
        column.addStretch(1)

    def _lock_card(self) -> Card:
        card = Card("Verrouillage automatique")
        sentence = (
            "Sans clavier ni souris pendant ce temps, et dès que la session se verrouille ou que le PC se met en "
            "veille. Ce que vous tapez est gardé en brouillon. Échap deux fois cache tout aussitôt."
        )
        card.add(Label(sentence, 13, tone="muted", wrap=True))
        card.body.addLayout(_left(self.delay))
        return card


def _left(*parts: Button | Segment) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(px(8))
    for part in parts:
        line.addWidget(part)
    line.addStretch(1)
    return line
