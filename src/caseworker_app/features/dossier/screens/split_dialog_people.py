"""Who leaves into a file of their own, and who is the reference person on either side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.dossier.screens.work_dialog import inset
from caseworker_app.features.households.domain import HouseholdFile, HouseholdMember, Relation, is_adult
from caseworker_app.features.households.domain.shown import age_words, called, left_words, relation_words
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.theme import px


class WhoLeaves(Card):
    """The members, each to tick. `changed()` when who leaves is no longer the same."""

    changed = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Qui part\u202f?")
        self.checks: dict[str, Check] = {}
        self._members: Sequence[HouseholdMember] = ()
        self._day = date.min
        self._list = QWidget()
        self._boxes = QVBoxLayout(self._list)
        self._boxes.setContentsMargins(0, 0, 0, 0)
        self._boxes.setSpacing(px(2))
        self.new_lead, self.old_lead = Choice(""), Choice("")
        # Whom the person chose: they stay chosen while they may be.
        self._picked: dict[Choice, str] = {}
        for choice in (self.new_lead, self.old_lead):
            choice.activated.connect(lambda _index, c=choice: self._picked.update({c: c.current_key()}))
        self.leads = {
            "reference": Field("Personne de référence du nouveau dossier", self.new_lead),
            "remaining": Field("Personne de référence de ce dossier", self.old_lead),
        }
        self._choices = QWidget()
        line = Columns(self._choices, gap=px(12))
        for field in self.leads.values():
            line.addWidget(field)
        self.add_rows(inset(self._list, 10))
        self._bottom = inset(self._choices, 4)
        self.add_rows(self._bottom, rule=False)

    def show_members(self, people: HouseholdFile, day: date) -> None:
        """Show whoever lives there, and who left without a file of their own; nobody leaves yet."""
        self._members, self._day = people.everyone, day
        for member in people.everyone:
            gone = left_words(member)
            lowered = gone[:1].lower() + gone[1:]
            told = (called(member), relation_words(member).lower(), age_words(member, day), lowered)
            check = Check(", ".join(part for part in told if part).replace("&", "&&"))
            check.toggled.connect(self._toggled)
            self.checks[member.id] = check
            self._boxes.addWidget(check, 0, Qt.AlignmentFlag.AlignLeft)
            # At once: what is not shown yet takes no focus.
            check.show()
        self._fit()

    def leaving(self) -> tuple[str, ...]:
        """Return the ids of those who leave, in the order of the household."""
        return tuple(i for i, check in self.checks.items() if check.isChecked())

    def _toggled(self, _on: bool) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Offer a choice of reference person only where there is one to make."""
        leaving = set(self.leaving())
        going = [m for m in self._members if m.id in leaving]
        staying = [m for m in self._members if m.id not in leaving and m.left_on is None]
        self._refill(self.new_lead, going)
        self._refill(self.old_lead, staying)
        lead_leaves = any(m.relation is Relation.REFERENCE_PERSON for m in going)
        self.leads["reference"].setVisible(len(going) > 1)
        self.leads["remaining"].setVisible(lead_leaves and len(staying) > 1)
        self._bottom.setVisible(not all(field.isHidden() for field in self.leads.values()))

    def _refill(self, choice: Choice, members: Sequence[HouseholdMember]) -> None:
        """Offer members; the one the person chose stays, else the first grown-up is proposed."""
        before = self._picked.get(choice, "")
        choice.clear()
        for member in members:
            choice.add(member.id, called(member))
        if members:
            grown = [m for m in members if is_adult(m.relation, m.birth_date, self._day)]
            known = before if before in {m.id for m in members} else (grown or members)[0].id
            choice.choose(known)
