"""Settings: the people of the association, what each may do, who left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.team import service
from caseworker_app.features.team.domain import (
    RIGHT_LABELS,
    ROLE_LABELS,
    Right,
    Role,
    Worker,
    WorkerForm,
    rights_of,
)
from caseworker_app.features.team.screens.desk import TeamDesk
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import join_words
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.scroll import bring_into_sight
from caseworker_app.ui_kit.settings_section import SettingsSection
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_LEAST = 320


class PeopleSection(SettingsSection):
    """The list beside one person's card."""

    def __init__(self, desk: TeamDesk) -> None:
        """Make it empty."""
        super().__init__()
        self._desk = desk
        self._workers: dict[str, Worker] = {}
        self._shown = ""
        self._touched = False
        self.list = RowList("Personnes", height=52, fit=True)
        self.add = Button("A&jouter", "ghost", "user-plus", compact=True)
        self.add.setAccessibleName("Ajouter une personne")
        self._make_fields()
        self._lay_out()
        self._join()

    def show_section(self) -> None:
        """Read the people, unless something is being typed."""
        if not self._touched:
            self._read()

    def show_worker(self, key: str) -> None:
        """Show a person's card; empty: that of somebody new."""
        self._shown, self._touched = key, False
        worker = self._workers.get(key)
        self.title.setText(worker.name if worker else "Nouvelle personne")
        texts = {name: getattr(worker, name) or "" for name in self.entries} if worker else {}
        for name, entry in self.entries.items():
            entry.setText(texts.get(name, ""))
        self.role_choice.choose((worker.role if worker else Role.CASEWORKER).value)
        for field in self.fields.values():
            field.accept()
        self.rest.clear()
        self._tell_rights()
        own = key == self._desk.who.worker_id
        self.leave_button.setVisible(worker is not None and not own and self._may)
        gone = worker is not None and not worker.active
        self.leave_button.setText("&Réactiver" if gone else "&Désactiver")
        self.save.setText("Enre&gistrer" if worker else "A&jouter la personne")
        self.save.setEnabled(False)

    def begin_new(self) -> None:
        """Begin the card of somebody new."""
        self.list.clearSelection()
        self.show_worker("")
        self.entries["name"].setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(self.title)

    def keep(self) -> None:
        """Write the card."""
        if not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        self.rest.clear()
        desk, key, form = self._desk, self._shown, self._form()
        worker = self._workers.get(key)
        if worker is None:
            desk.tasks.run(
                lambda: service.add_from_form(desk.file, desk.who, form),
                lambda added: self._kept(added[1], f"{form.name.strip()} fait partie de l’équipe", added[0]),
                self._refused,
                owner=self,
            )
            return
        desk.tasks.run(
            lambda: service.change_worker(desk.file, desk.who, key, form, worker.version),
            lambda changed: self._kept(changed, "Personne enregistrée", key),
            self._refused,
            owner=self,
        )

    def switch_active(self) -> None:
        """Say that the person left, or is back."""
        desk, worker = self._desk, self._workers.get(self._shown)
        if worker is None:
            return
        active = not worker.active
        words = f"{worker.name}\u00a0: {'de retour dans l’équipe' if active else 'ne fait plus partie de l’équipe'}"
        desk.tasks.run(
            lambda: service.set_worker_active(desk.file, desk.who, worker.id, active=active),
            lambda changed: self._kept(changed, words, worker.id),
            self._refused,
            owner=self,
        )

    @property
    def _may(self) -> bool:
        return self._desk.who.may(Right.MANAGE_OFFICE)

    def _form(self) -> WorkerForm:
        texts = {name: entry.text() for name, entry in self.entries.items()}
        return WorkerForm(role=Role(self.role_choice.current_key()), **texts)

    def _kept(self, changed: Changes, sentence: str, key: str) -> None:
        self._shown, self._touched = key, False
        self._desk.done(changed, sentence, self._read)

    def _refused(self, error: CaseworkerError) -> None:
        self.save.setEnabled(True)
        place_error(error, self.fields, self.rest)

    def _typed(self) -> None:
        self._touched = True
        self.save.setEnabled(True)

    def _role_chosen(self) -> None:
        self._tell_rights()
        self._typed()

    def _tell_rights(self) -> None:
        role = Role(self.role_choice.current_key())
        words = join_words([RIGHT_LABELS[right] for right in rights_of(role)])
        self.rights.setText(f"Ce rôle permet de\u00a0: {words}.")

    def _read(self) -> None:
        desk = self._desk

        def read() -> list[Worker]:
            with desk.file.reading() as connection:
                return service.list_workers(connection, desk.who)

        desk.tasks.read(read, self._show, owner=self)

    def _show(self, workers: list[Worker]) -> None:
        ordered = sorted(workers, key=lambda each: (not each.active, each.name))
        self._workers = {each.id: each for each in ordered}
        self.list.set_rows([self._row(each) for each in ordered])
        self.read_only.setVisible(not self._may)
        for entry in self.entries.values():
            entry.setReadOnly(not self._may)
        self.role_choice.setEnabled(self._may)
        for part in (self.add, self.save):
            part.setVisible(self._may)
        if self._touched:
            return
        shown = self._shown if self._shown in self._workers else self._desk.who.worker_id
        self.show_worker(shown)
        self.list.stand_on(shown)

    def _row(self, worker: Worker) -> Row:
        own = ", vous" if worker.id == self._desk.who.worker_id else ""
        detail = ROLE_LABELS[worker.role]
        pill = None if worker.active else State("Désactivé", "muted", "ban")
        icon = "user" if worker.active else "user-circle"
        return Row(worker.id, f"{worker.name}{own}", detail, icon=icon, pill=pill, done=not worker.active)

    def _choose(self, key: str) -> None:
        if key != self._shown and not self._touched:
            self.show_worker(key)

    def _open(self, key: str) -> None:
        self._choose(key)
        self.entries["name"].setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(self.title)

    def _make_fields(self) -> None:
        self.entries = {
            "name": Entry(),
            "job_title": Entry("Conseillère ESF, travailleur social…"),
            "phone": Entry(tabular=True),
            "email": Entry(),
        }
        self.role_choice = Choice()
        for role, words in ROLE_LABELS.items():
            self.role_choice.add(role.value, words)
        self.fields = {
            "name": Field("&Nom", self.entries["name"]),
            "job_title": Field("&Fonction", self.entries["job_title"]),
            "role": Field("Rô&le", self.role_choice),
            "phone": Field("&Téléphone", self.entries["phone"]),
            "email": Field("C&ourriel", self.entries["email"]),
        }
        self.title = Label("", 16, fonts.SEMI_BOLD, wrap=True)
        self.rights = Label("", 13, tone="muted", wrap=True)
        self.rest = SentenceLine()
        self.save = Button("Enre&gistrer", "primary", "check")
        self.leave_button = Button("&Désactiver", "secondary")
        self.read_only = Banner("Votre rôle permet de lire ces réglages, pas de les modifier.", "accent")

    def _lay_out(self) -> None:
        people = Card("Personnes")
        people.add_action(self.add)
        people.add_rows(self.list)
        card = Card()
        card.setMinimumWidth(px(_LEAST))
        people.setMinimumWidth(px(_LEAST))
        card.add(self.title)
        for name in ("name", "job_title", "role"):
            card.add(self.fields[name])
        card.add(self.rights)
        reach = QHBoxLayout()
        reach.setSpacing(px(12))
        for name in ("phone", "email"):
            reach.addWidget(self.fields[name], 1)
        card.body.addSpacing(px(4))
        card.body.addLayout(reach)
        card.add(self.rest)
        foot = QHBoxLayout()
        foot.addWidget(self.leave_button)
        foot.addStretch(1)
        foot.addWidget(self.save)
        card.body.addLayout(foot)
        both = QWidget()
        columns = Columns(both, weights=(5, 6))
        columns.addWidget(_at_top(people))
        columns.addWidget(_at_top(card))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.read_only)
        column.addWidget(both)
        column.addStretch(1)
        self.read_only.hide()

    def _join(self) -> None:
        self.list.stood_on.connect(self._choose)
        self.list.opened.connect(self._open)
        self.add.clicked.connect(self.begin_new)
        self.save.clicked.connect(self.keep)
        self.leave_button.clicked.connect(self.switch_active)
        self.role_choice.activated.connect(lambda _index: self._role_chosen())
        for entry in self.entries.values():
            entry.textEdited.connect(self._typed)
            entry.returnPressed.connect(self.keep)
        self._desk.changes.listen(self, lambda c: c.concerns(table="worker"), self._read)


def _at_top(card: Card) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    column.addStretch(1)
    return holder
