"""The small dialog of an agreement's rules: dates, lengths, renewals, rhythm of visits, reasons for an end."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.features.measures.domain.terms import AgreementRule, NewRule
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.text_zone import TextZone
from caseworker_app.ui_kit.theme import px

_LABELS = {
    "starts_on": "&Du",
    "ends_on": "A&u",
    "first_months": "&Première durée, en mois",
    "longest_months": "Durée &totale, en mois",
    "renewals": "Re&nouvellements, nombre",
    "renewal_months": "De c&ombien de mois chacun",
    "visit_days": "&Jours entre deux visites",
}
_PAIRS = (("starts_on", "ends_on"), ("first_months", "longest_months"), ("renewals", "renewal_months"))
_EMPTY = "Ce qui reste vide suit le barème de la sorte de mesure."
_REASONS = "un par ligne\u00a0; vide\u00a0: ceux du barème"
_LONGEST_NUMBER = 4


class RuleDialog(AskDialog):
    """Asks the rules of an agreement from a day; `before`: those being changed."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Règles de la convention", "&Enregistrer", "check", parent)
        self.before: AgreementRule | None = None
        self._today = date.min
        days = {"starts_on": "jj/mm/aaaa", "ends_on": "jj/mm/aaaa"}
        self.entries = {name: Entry(days.get(name, ""), tabular=True) for name in _LABELS}
        self.fields = {name: Field(label, self.entries[name]) for name, label in _LABELS.items()}
        self.reasons = TextZone("Motifs de fin", _REASONS, "flag", may_share=False)
        self.reasons.set_internal(False)
        self.reasons.setFixedHeight(px(112))
        self.remove = Button("&Retirer ces règles", "quiet", "trash", compact=True)
        # Hidden for new rules: the field beside it stays under the others.
        policy = self.remove.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(policy)
        for pair in _PAIRS:
            line = QHBoxLayout()
            line.setSpacing(px(12))
            for name in pair:
                line.addWidget(self.fields[name], 1)
            self.body.addLayout(line)
        last = QHBoxLayout()
        last.setSpacing(px(12))
        last.addWidget(self.fields["visit_days"], 1)
        last.addWidget(self.remove, 1)
        self.body.addLayout(last)
        self.body.addWidget(self.reasons)

    def ask(self, before: AgreementRule | None, starts_on: date, today: date) -> None:
        """Show it for new rules from a day, or for some to change."""
        self.before, self._today = before, today
        self.say(_EMPTY)
        for name, entry in self.entries.items():
            value = getattr(before, name) if before else (starts_on if name == "starts_on" else None)
            words = format_date(value) if isinstance(value, date) else str(value)
            entry.setText("" if value is None else words)
        self.reasons.set_text((before.exit_reasons or "") if before else "")
        self.remove.setVisible(before is not None)
        self.begin(self.entries["starts_on" if before is None else "first_months"])

    def read(self) -> NewRule | None:
        """Return what is typed, or say beside its field why it cannot be read."""
        try:
            return self._read()
        except InvalidEntry as error:
            self.refuse(error)
            return None

    def _read(self) -> NewRule:
        start = self._day("starts_on")
        if start is None:
            raise InvalidEntry("Indiquez la date.", "starts_on")
        return NewRule(
            start,
            self._day("ends_on"),
            self._whole("first_months"),
            self._whole("longest_months"),
            self._whole("renewals"),
            self._whole("renewal_months"),
            self._whole("visit_days"),
            self.reasons.text().strip() or None,
            self.before.indicators if self.before else None,
        )

    def _day(self, key: str) -> date | None:
        typed = self.entries[key].text().strip()
        return parse_day(typed, self._today, key) if typed else None

    def _whole(self, key: str) -> int | None:
        typed = self.entries[key].text().strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_NUMBER):
            raise InvalidEntry("Écrivez un nombre, comme 12.", key)
        return int(typed)
