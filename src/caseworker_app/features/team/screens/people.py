"""Settings: the people of the association, what each may do, who left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

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
from caseworker_app.kernel.french import join_words
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.typed_section import ListedSection


class PeopleSection(ListedSection):
    """The list beside one person's card."""

    def __init__(self, desk: TeamDesk) -> None:
        """Make it empty."""
        super().__init__("Personnes", "Ajouter une personne", "user-plus")
        self._desk = desk
        self._workers: dict[str, Worker] = {}
        self._make_fields()
        self._lay_out()
        self._join()

    def show_card(self, key: str) -> None:
        """Show a person's card; empty: that of somebody new."""
        self.shown, self.touched = key, False
        worker = self._workers.get(key)
        self.title.setText(worker.name if worker else "Nouvelle personne")
        texts = {name: getattr(worker, name) or "" for name in self.entries} if worker else {}
        for name, entry in self.entries.items():
            entry.setText(texts.get(name, ""))
        self.role_choice.choose((worker.role if worker else Role.CASEWORKER).value)
        self.accept_all()
        self._tell_rights()
        own = key == self._desk.who.worker_id
        self.leave_button.setVisible(worker is not None and not own and self._may)
        gone = worker is not None and not worker.active
        self.leave_button.setText("&Réactiver" if gone else "&Désactiver")
        self.save.setText("Enre&gistrer" if worker else "A&jouter la personne")
        self.save.setEnabled(False)

    def writing(self) -> Callable[[], object]:
        """Return the writing of the card."""
        desk, key, form = self._desk, self.shown, self._form()
        worker = self._workers.get(key)
        if worker is None:
            return lambda: desk.tasks.run(
                lambda: service.add_from_form(desk.file, desk.who, form),
                lambda added: self._kept(added[1], f"{form.name.strip()} fait partie de l’équipe", added[0]),
                self.refused,
                owner=self,
            )
        return lambda: desk.tasks.run(
            lambda: service.change_worker(desk.file, desk.who, key, form, worker.version),
            lambda changed: self._kept(changed, "Personne enregistrée", key),
            self.refused,
            owner=self,
        )

    def switch_active(self) -> None:
        """Say that the person left, or is back."""
        desk, worker = self._desk, self._workers.get(self.shown)
        if worker is None:
            return
        active = not worker.active
        words = f"{worker.name}\u00a0: {'de retour dans l’équipe' if active else 'ne fait plus partie de l’équipe'}"
        desk.tasks.run(
            lambda: service.set_worker_active(desk.file, desk.who, worker.id, active=active),
            lambda changed: self._kept(changed, words, worker.id),
            self.refused,
            owner=self,
        )

    @property
    def _may(self) -> bool:
        return self._desk.who.may(Right.MANAGE_OFFICE)

    def _form(self) -> WorkerForm:
        texts = {name: entry.text() for name, entry in self.entries.items()}
        return WorkerForm(role=Role(self.role_choice.current_key()), **texts)

    def _kept(self, changed: Changes, sentence: str, key: str) -> None:
        self.shown, self.touched = key, False
        self._desk.done(changed, sentence, self.read_again)

    def _role_chosen(self) -> None:
        self._tell_rights()
        self.typed()

    def _tell_rights(self) -> None:
        role = Role(self.role_choice.current_key())
        words = join_words([RIGHT_LABELS[right] for right in rights_of(role)])
        self.rights.setText(f"Ce rôle permet de\u00a0: {words}.")

    def read_again(self) -> None:
        """Read the people."""
        desk = self._desk

        def read() -> list[Worker]:
            with desk.file.reading() as connection:
                return service.list_workers(connection, desk.who)

        desk.tasks.read(read, self._show, owner=self)

    def _show(self, workers: list[Worker]) -> None:
        ordered = sorted(workers, key=lambda each: (not each.active, each.name))
        self._workers = {each.id: each for each in ordered}
        self.list.set_rows([self._row(each) for each in ordered])
        self.set_writable(self._may)
        self.role_choice.setEnabled(self._may)
        if self.touched:
            return
        shown = self.shown if self.shown in self._workers else self._desk.who.worker_id
        self.show_card(shown)
        self.list.stand_on(shown)

    def _row(self, worker: Worker) -> Row:
        own = ", vous" if worker.id == self._desk.who.worker_id else ""
        detail = ROLE_LABELS[worker.role]
        pill = None if worker.active else State("Désactivé", "muted", "ban")
        icon = "user" if worker.active else "user-circle"
        return Row(worker.id, f"{worker.name}{own}", detail, icon=icon, pill=pill, done=not worker.active)

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
        self.rights = Label("", 13, tone="muted", wrap=True)
        self.leave_button = Button("&Désactiver", "secondary")

    def _lay_out(self) -> None:
        self.listed.add_rows(self.list)
        card = self.card
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
        card.body.addLayout(self.foot(self.leave_button))
        self.side_by_side()

    def _join(self) -> None:
        self.leave_button.clicked.connect(self.switch_active)
        self.role_choice.activated.connect(lambda _index: self._role_chosen())
        self.join_entries()
        self._desk.changes.listen(self, lambda c: c.concerns(table="worker"), self.read_again)
