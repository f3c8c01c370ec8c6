"""Taking the pieces of a procedure out as one PDF: for whom, what is kept knowingly, where it goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from caseworker_app.features.procedures import service
from caseworker_app.features.procedures.domain.standing import Standing
from caseworker_app.features.procedures.screens.desk import ForWhom, ProceduresDesk
from caseworker_app.features.procedures.service.taking_out import PiecesFile, usual_name
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.saving import ask_place
from caseworker_app.ui_kit.text import Label

_NOBODY = ""
_OFFERED = (
    "Remises à un organisme, elles sont inscrites au registre des transmissions. Remises au ménage, elles sont notées "
    "à l’historique."
)
_NOBODY_AGREED = (
    "Le ménage n’a d’accord en cours avec aucun organisme\u00a0: pour leur transmettre ces pièces, notez-le d’abord "
    "dans l’onglet Orientations."
)


class ForWhomDialog(AskDialog):
    """Asks whom the pieces are for: the household, or a body it has an agreement with."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Réunir les pièces en un PDF", "&Choisir l’endroit…", "file-type-pdf", parent)
        self.choice = Choice()
        self.body.addWidget(Field("Pour &qui", self.choice))
        self._offered: dict[str, ForWhom] = {}

    def ask(self, offered: list[ForWhom]) -> None:
        """Show it with the bodies a household agreed to."""
        self.say(_OFFERED if offered else _NOBODY_AGREED)
        self._offered = {each.consent_id: each for each in offered}
        self.choice.clear()
        self.choice.add(_NOBODY, "Le ménage")
        for each in offered:
            self.choice.add(each.consent_id, each.words)
        self.choice.setCurrentIndex(0)
        self.begin(self.choice)

    def chosen(self) -> ForWhom | None:
        """Return the body chosen, None for the household."""
        return self._offered.get(self.choice.current_key() or _NOBODY)


class KeepDialog(AskDialog):
    """Shows what the second check found before pieces leave: kept knowingly, or nothing leaves."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("À vérifier avant de transmettre", "&Garder et inscrire", "check", parent)
        self.finds = Label("", 13, wrap=True)
        self.body.addWidget(self.finds)

    def ask(self, whom: ForWhom, finds: list[tuple[str, str]]) -> None:
        """Show the finds, each with why."""
        self.say(
            f"Ces pièces iront à {whom.name}. Ouvrez-les, retirez ce qui ne doit pas partir, ou gardez-le."
        )
        self.finds.setText("\n".join(reason for _key, reason in finds))
        self.begin(self.confirm)


class TakingOut:
    """Does it for the tab `owner`; `dialog` asks for whom, `keep` shows what the second check found."""

    def __init__(self, desk: ProceduresDesk, owner: QWidget) -> None:
        """Ask nothing yet."""
        self._desk, self._owner = desk, owner
        self.dialog, self.keep = ForWhomDialog(owner), KeepDialog(owner)
        self._of: Standing | None = None
        self._kept: Callable[[], None] | None = None
        self.dialog.confirm.clicked.connect(self._choose_place)
        self.keep.confirm.clicked.connect(self._keep)

    def begin(self, of: Standing) -> None:
        """Ask whom the pieces of a procedure are for."""
        desk, self._of = self._desk, of
        desk.tasks.read(
            lambda: desk.pieces.agreed(desk.file, desk.who, of.procedure.household_id), self.dialog.ask,
            owner=self._owner,
        )  # fmt: skip

    def _choose_place(self) -> None:
        desk, of, whom = self._desk, self._of, self.dialog.chosen()
        self.dialog.accept()
        if of is None:
            return
        usual = usual_name(of.procedure.label, desk.today)
        out = ask_place(self._owner, "Enregistrer les pièces réunies, non chiffrées", usual)
        if out is None:
            return
        desk.tasks.background(
            lambda _progress: self._put_together(of, whom),
            lambda made: self._made(*made, whom, out), owner=self._owner, words="Réunion des pièces",
        )  # fmt: skip

    def _put_together(self, of: Standing, whom: ForWhom | None) -> tuple[PiecesFile, list[tuple[str, str]]]:
        desk = self._desk
        made = desk.pieces.put_together(desk.file, desk.who, of.procedure.id, whom.name if whom else "")
        return made, desk.pieces.finds(desk.file, desk.who, made) if whom else []

    def _made(self, made: PiecesFile, finds: list[tuple[str, str]], whom: ForWhom | None, out: Path) -> None:
        desk = self._desk
        if whom is None:
            desk.tasks.run(
                lambda: service.take_out_pieces(desk.file, desk.who, made, out),
                lambda changes: self._taken_out(changes, made, "noté dans l’historique du dossier"), owner=self._owner,
            )  # fmt: skip
        elif finds:
            keys = frozenset(key for key, _reason in finds)
            self._kept = lambda: self._register(made, whom, out, keys)
            self.keep.ask(whom, finds)
        else:
            self._register(made, whom, out, frozenset())

    def _keep(self) -> None:
        self.keep.accept()
        if self._kept is not None:
            self._kept()

    def _register(self, made: PiecesFile, whom: ForWhom, out: Path, keys: frozenset[str]) -> None:
        desk = self._desk

        def left(done: tuple[str, Changes]) -> None:
            self._taken_out(done[1], made, f"inscrit au registre sous le numéro {done[0]}")

        desk.tasks.run(
            lambda: desk.pieces.register(desk.file, desk.who, made, whom.consent_id, out, keys), left,
            self._refused, owner=self._owner,
        )  # fmt: skip

    def _refused(self, error: CaseworkerError) -> None:
        self._desk.tasks.refused.emit(error.sentence)

    def _taken_out(self, changes: Changes, made: PiecesFile, where: str) -> None:
        self._desk.changes.announce(changes)
        self._desk.navigator.confirm(
            f"PDF de {made.pages}\u00a0pages enregistré, non chiffré. C’est {where}."
        )
        if made.remark:
            self._desk.tasks.refused.emit(made.remark)
