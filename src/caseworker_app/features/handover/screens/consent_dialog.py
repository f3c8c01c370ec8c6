"""Noting, without leaving what one is at, what the household agrees to share with a landlord or a body."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.consents.domain import (
    CONSENT_FORM_LABELS,
    TOPIC_LABELS,
    ConsentForm,
    NewConsent,
    Recipient,
    RecipientKind,
    Topic,
)
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import add_months, format_date
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.french import capital
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

_USUAL_MONTHS = 12
_TOLD = {
    RecipientKind.LANDLORD: "Ce que le ménage accepte que l’association lui transmette. Rien d’autre ne partira.",
    RecipientKind.BODY: (
        "Ce que le ménage accepte que l’association lui transmette, avec ce qui revient à cet organisme et comment "
        "joindre le ménage. Rien d’autre ne partira."
    ),
}


class ConsentDialog(QDialog):
    """`asked(NewConsent)` when the form is complete; the page writes it, then closes or `refuse`s."""

    asked = Signal(object)

    def __init__(self, household_id: str, recipient: Recipient, day: date, parent: QWidget) -> None:
        """Ask for an agreement towards a recipient, as of a day."""
        super().__init__(parent)
        self._household_id, self._recipient, self._day = household_id, recipient, day
        self.setWindowTitle("Passerelle")
        self.setAccessibleName(f"Accord de partage avec {recipient.name}")
        self.topics = {topic: Check(capital(TOPIC_LABELS[topic])) for topic in Topic}
        self.purpose = Field(
            "&Pourquoi, avec les mots du ménage", Entry("Garder le logement, préparer le bail\u2026")
        )
        self.given = Field("Donné &le", Entry(tabular=True))
        self.until = Field("Jusqu’&au", Entry("sans terme", tabular=True))
        self.form = Field("&Forme", Choice())
        self.error = SentenceLine()
        self._fill()
        self._lay_out()

    def refuse(self, error: CaseworkerError) -> None:
        """Put an error beside its field."""
        fields = {"purpose": self.purpose, "given_on": self.given, "until": self.until}
        place_error(error, fields, self.error)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.end()

    def submit(self) -> None:
        """Read the form and ask for it to be written, or say what is wrong."""
        self.error.clear()
        try:
            self.asked.emit(self._read())
        except InvalidEntry as error:
            self.refuse(error)

    def _read(self) -> NewConsent:
        until = self._entry(self.until).text().strip()
        return NewConsent(
            self._household_id,
            self._recipient,
            frozenset(topic for topic, check in self.topics.items() if check.isChecked()),
            self._entry(self.purpose).text(),
            parse_day(self._entry(self.given).text(), self._day, "given_on"),
            ConsentForm(self._choice().current_key() or ConsentForm.SIGNED_PAPER),
            parse_day(until, add_months(self._day, _USUAL_MONTHS), "until") if until else None,
        )

    def _fill(self) -> None:
        self._entry(self.given).setText(format_date(self._day))
        self._entry(self.until).setText(format_date(add_months(self._day, _USUAL_MONTHS)))
        for form, words in CONSENT_FORM_LABELS.items():
            self._choice().add(form.value, capital(words))
        self._choice().choose(ConsentForm.SIGNED_PAPER.value)

    def _entry(self, field: Field) -> Entry:
        editor = field.editor
        if not isinstance(editor, Entry):
            raise TypeError("this field holds an entry")
        return editor

    def _choice(self) -> Choice:
        editor = self.form.editor
        if not isinstance(editor, Choice):
            raise TypeError("this field holds a choice")
        return editor

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(px(8))
        column.addWidget(Label(f"Accord de partage avec {self._recipient.name}", 16, fonts.SEMI_BOLD))
        words = Label(_TOLD[self._recipient.kind], 13, tone="muted", wrap=True)
        words.setMinimumWidth(px(440))
        column.addWidget(words)
        checks = QVBoxLayout()
        checks.setSpacing(0)
        for check in self.topics.values():
            checks.addWidget(check)
        column.addLayout(checks)
        column.addWidget(self.purpose)
        dates = QHBoxLayout()
        dates.setSpacing(px(12))
        for field, stretch in ((self.given, 4), (self.until, 4), (self.form, 7)):
            dates.addWidget(field, stretch)
        column.addLayout(dates)
        column.addWidget(self.error)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addStretch(1)
        cancel, save = Button("Annuler", "secondary"), Button("&Noter l’accord", "primary")
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self.submit)
        save.setDefault(True)
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        column.addLayout(buttons)


def ask_agreement(
    parent: QWidget,
    tasks: Tasks,
    household_id: str,
    recipient: Recipient,
    day: date,
    give: Callable[[NewConsent], tuple[str, Changes]],
    given: Callable[[tuple[str, Changes]], None],
) -> ConsentDialog:
    """Open the dialog, have `give` write what it asks for, then close it and tell `given`; a refusal is said in it."""
    dialog = ConsentDialog(household_id, recipient, day, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def written(done: tuple[str, Changes]) -> None:
        dialog.accept()
        given(done)

    def write(new: NewConsent) -> None:
        tasks.run(lambda: give(new), written, dialog.refuse, owner=dialog)

    dialog.asked.connect(write)
    dialog.open()
    return dialog
