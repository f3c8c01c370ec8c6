"""What is asked before a household is kept longer, archived, or ended: a reason, a day, and what will go."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.retention.domain.going import Going
from caseworker_app.features.retention.domain.shown import (
    about_to_go,
    backups_words,
    besides_words,
    citing_words,
    kinds_words,
    names_words,
)
from caseworker_app.features.retention.domain.standing import ChoiceKind
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.choices import Check, Segment
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_WIDE = 560


class ReasonDialog(AskDialog):
    """Asks the reason of a decision, and with `dated` until which day."""

    def __init__(
        self, title: str, action: str, icon: str, example: str, parent: QWidget, *, dated: bool
    ) -> None:
        """Make it hidden."""
        super().__init__(title, action, icon, parent)
        self.until, self.reason = Entry("jj/mm/aaaa", tabular=True), Entry(example)
        self.fields = {"reason": Field("&Raison, gardée avec la décision", self.reason)}
        if dated:
            self.fields["until"] = Field("Garder &jusqu’au", self.until)
            self.body.addWidget(self.fields["until"])
        self.body.addWidget(self.fields["reason"])
        self._first = self.until if dated else self.reason

    def ask(self, sentence: str) -> None:
        """Show it, empty."""
        for entry in (self.until, self.reason):
            entry.clear()
        self.say(sentence)
        self.begin(self._first)


class GoingBox(Surface):
    """What goes and what stays, kind by kind."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("sunken", "border", 8)
        self.going, self.besides = Label("", 13, wrap=True), Label("", 13, wrap=True)
        self.citing = Label("", 13, tone="warn", wrap=True)
        self.staying = Label("", 13, tone="ok", wrap=True)
        self.backups = Label("", 12, tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(6))
        for part in (self.going, self.besides, self.citing, self.staying, self.backups):
            column.addWidget(part)

    def show_going(self, going: Going, *, anonymised: bool) -> None:
        """Say what an ending takes."""
        self.going.setText(f"Partent\u00a0: {', '.join(kinds_words(going.kinds))}.")
        self.besides.setText(besides_words(going))
        self.citing.setText(citing_words(going))
        self.citing.setVisible(bool(going.citing))
        left = ", ".join(kinds_words(going.staying))
        self.staying.setText(f"Comptent encore, sans nom, sans texte ni adresse, au mois près\u00a0: {left}.")
        self.staying.setVisible(anonymised and bool(left))
        self.backups.setText(backups_words(going))


class EndDialog(ReasonDialog):
    """Asks which ending is planned, having said what goes and until when it may be called off."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden, erasing chosen."""
        example = "Deux ans sans contact, aucun motif de garder"
        super().__init__(
            "Prévoir la fin du dossier", "&Prévoir", "calendar-event", example, parent, dated=False
        )
        self.setMinimumWidth(px(_WIDE))
        self.kind = Segment("Fin du dossier")
        self.kind.add(ChoiceKind.ERASE.value, "Tout effacer", "trash", "danger")
        self.kind.add(ChoiceKind.ANONYMISE.value, "Anonymiser", "users")
        self.box = GoingBox()
        self._going: Going | None = None
        self.body.insertWidget(0, self.kind)
        self.body.insertWidget(1, self.box)
        self.kind.chosen.connect(lambda _key: self._tell())

    def ask_for(self, going: Going, until: str) -> None:
        """Show it for a selection; `until`: the day from which it may be carried out."""
        self._going = going
        self._tell()
        count = plural(len(going.households), "dossier")
        self.ask(
            f"{count}\u00a0: {names_words(going)}. Rien ne part avant le {until}\u202f; "
            "jusque-là, un clic annule tout."
        )
        self.adjustSize()

    @property
    def chosen(self) -> ChoiceKind:
        """The ending chosen."""
        return ChoiceKind(self.kind.current_key())

    def _tell(self) -> None:
        if self._going is not None:
            self.box.show_going(self._going, anonymised=self.chosen is ChoiceKind.ANONYMISE)


class CarryOutDialog(AskDialog):
    """Asks a last time before something goes for good."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Effacer définitivement", "E&ffacer définitivement", "trash", parent)
        self.setMinimumWidth(px(_WIDE))
        self.confirm.setDefault(False)
        self.confirm.setAutoDefault(False)
        self.confirm.kind = "danger"
        self.box = GoingBox()
        self.sure = Check("J’ai &vérifié\u00a0: cela ne pourra pas être repris.")
        self.sure.setFont(fonts.font(13, fonts.SEMI_BOLD))
        self.redact = Check("&Retirer le nom de ces écrits, remplacé par «\u00a0[nom effacé]\u00a0»")
        self.body.addWidget(self.box)
        self.body.addWidget(self.redact)
        self.body.addWidget(self.sure)
        self.sure.toggled.connect(self.confirm.setEnabled)

    def ask_for(self, going: Going, *, anonymised: bool) -> None:
        """Show it for a selection."""
        self.box.show_going(going, anonymised=anonymised)
        self.line.clear()
        self.redact.setChecked(False)
        self.redact.setVisible(bool(going.citing))
        self.sure.setChecked(False)
        self.confirm.setEnabled(False)
        self.say(about_to_go(going, anonymised=anonymised))
        self.sure.setFocus()
        self.open()
        self.adjustSize()

    def refuse(self, error: CaseworkerError) -> None:
        """Say why it was not done."""
        super().refuse(error)
        self.confirm.setEnabled(self.sure.isChecked())
