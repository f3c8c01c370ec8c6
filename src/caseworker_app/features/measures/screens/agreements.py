"""Settings: the agreements with landlords and funders, and the places each has left."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import Agreement, NewAgreement
from caseworker_app.features.measures.domain.places import (
    AgreementPlaces,
    ShownAgreements,
    agreement_detail,
    overbooked,
    places_words,
)
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.measures.screens.grant_card import GrantCard
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.money import format_amount, parse_cents
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.card import INSET
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.typed_section import ListedSection

_LABELS = {
    "name": "&Nom de la convention",
    "funder": "&Financeur",
    "starts_on": "&Début le",
    "ends_on": "Fin &le",
    "quota_new": "Nou&veaux ménages",
    "quota_existing": "Ménages déjà &suivis",
    "grant_cents": "Subven&tion, en euros",
    "contact_days": "&Contact, en jours",
    "decision_days": "Décision, en &jours",
}
_LONGEST_NUMBER = 5
_NONE = "Aucune convention pour l’instant."
_HOW = (
    "Un ménage compte une fois pour toute la période. Il est déjà suivi si une autre mesure courait encore "
    "la veille du début de la convention."
)
_DELAYS = "Délais depuis la réception d’une demande\u202f; vides, ceux du barème s’appliquent."


class AgreementsSection(ListedSection):
    """The list beside one agreement's card."""

    def __init__(self, desk: MeasuresDesk) -> None:
        """Make it empty."""
        super().__init__("Conventions", "Ajouter une convention", "plus")
        self._desk = desk
        self._held = ShownAgreements((), {}, {})
        self.grant = GrantCard(desk)
        self._make_fields()
        self._lay_out()
        self._join()

    def show_card(self, key: str) -> None:
        """Show an agreement's card; empty: that of a new one."""
        self.shown, self.touched = key, False
        found = self._found(key)
        self.title.setText(found.name if found else "Nouvelle convention")
        for name, words in _texts(found).items():
            self.entries[name].setText(words)
        self.landlord.choose(found.landlord_id or "" if found else "")
        self.accept_all()
        taken = self._held.taken.get(key)
        words = places_words(found, taken) if found and taken else ""
        self.places.setText(words)
        self.places.setVisible(bool(words))
        self.grant.show_grant(key if found else "")
        self.save.setText("Enre&gistrer" if found else "A&jouter la convention")
        self.save.setEnabled(False)

    def keep(self) -> None:
        """Write the card, or say what is wrong beside its field."""
        if not self.save.isEnabled():
            return
        self.accept_all()
        try:
            new = self._new()
        except InvalidEntry as error:
            self.refused(error)
            return
        self.save.setEnabled(False)
        desk, found = self._desk, self._found(self.shown)
        if found is None:
            desk.tasks.run(
                lambda: service.add_agreement(desk.file, desk.who, new),
                lambda added: self._kept(added[1], "Convention ajoutée", added[0]),
                self.refused,
                owner=self,
            )
            return
        desk.tasks.run(
            lambda: service.change_agreement(desk.file, desk.who, found.id, new, found.version),
            lambda changed: self._kept(changed, "Convention enregistrée", found.id),
            self.refused,
            owner=self,
        )

    def _new(self) -> NewAgreement:
        starts_on = self._day("starts_on")
        if starts_on is None:
            raise InvalidEntry("Indiquez la date.", "starts_on")
        return NewAgreement(
            self.entries["name"].text().strip(),
            starts_on,
            self._day("ends_on"),
            self.landlord.current_key() or None,
            self.entries["funder"].text().strip() or None,
            self._whole("quota_new"),
            self._whole("quota_existing"),
            self._cents("grant_cents"),
            self._whole("contact_days"),
            self._whole("decision_days"),
        )

    def _day(self, key: str) -> date | None:
        typed = self.entries[key].text().strip()
        return parse_day(typed, self._desk.today, key) if typed else None

    def _whole(self, key: str) -> int | None:
        typed = self.entries[key].text().strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_NUMBER):
            raise InvalidEntry("Écrivez un nombre, comme 12.", key)
        return int(typed)

    def _cents(self, key: str) -> int | None:
        typed = self.entries[key].text().strip()
        if not typed:
            return None
        try:
            return parse_cents(typed)
        except InvalidEntry as error:
            raise InvalidEntry(error.sentence, key) from error

    def _found(self, key: str) -> Agreement | None:
        return next((each for each in self._held.agreements if each.id == key), None)

    def _kept(self, changed: Changes, sentence: str, key: str) -> None:
        self.shown, self.touched = key, False
        self.read_again()
        self._desk.done(changed, sentence)

    def read_again(self) -> None:
        """Read the agreements."""
        desk = self._desk

        def read() -> ShownAgreements:
            with desk.file.reading() as connection:
                return service.shown_agreements(connection, desk.who)

        desk.tasks.read(read, self._show, owner=self)

    def _show(self, held: ShownAgreements) -> None:
        self._held = held
        may = self._desk.may_manage
        self.list.set_rows([self._row(each) for each in held.agreements])
        self.none.setVisible(not held.agreements)
        self.list.setVisible(bool(held.agreements))
        self.set_writable(may)
        self.landlord.setEnabled(may)
        if self.touched:
            return
        self.landlord.clear()
        self.landlord.add("", "Aucun")
        for key, name in held.landlords.items():
            self.landlord.add(key, name)
        known = self._found(self.shown) is not None
        shown = self.shown if known else (held.agreements[0].id if held.agreements else "")
        self.card.setVisible(may or bool(held.agreements))
        self.show_card(shown)
        if shown:
            self.list.stand_on(shown)

    def _row(self, agreement: Agreement) -> Row:
        landlord = self._held.landlords.get(agreement.landlord_id or "", "")
        taken = self._held.taken.get(agreement.id, AgreementPlaces(0, 0))
        over = agreement.ends_on is not None and agreement.ends_on < self._desk.today
        pill = State("Terminée", "muted", "flag") if over else None
        if not over and overbooked(agreement, taken):
            pill = State("Complète", "warn", "alert-triangle")
        detail = agreement_detail(agreement, landlord)
        return Row(agreement.id, agreement.name, detail, icon="signature", pill=pill, done=over)

    def _make_fields(self) -> None:
        days = {"starts_on": "jj/mm/aaaa", "ends_on": "jj/mm/aaaa", "grant_cents": "0,00"}
        self.entries = {
            name: Entry(days.get(name, ""), tabular=name not in ("name", "funder")) for name in _LABELS
        }
        self.landlord = Choice()
        self.fields = {name: Field(label, self.entries[name]) for name, label in _LABELS.items()}
        self.fields["landlord_id"] = Field("&Bailleur", self.landlord)
        self.places = Label("", 13, fonts.MEDIUM, wrap=True)
        self.none = Label(_NONE, 13, tone="muted", wrap=True)

    def _lay_out(self) -> None:
        self.listed.add_rows(self._nothing(), rule=False)
        self.listed.add_rows(self.list)
        card = self.card
        for part in (self.title, self.places, self.fields["name"], self.fields["landlord_id"]):
            card.add(part)
        card.add(self.fields["funder"])
        for pair in (("starts_on", "ends_on"), ("quota_new", "quota_existing")):
            card.body.addLayout(self._side_by_side(pair))
        card.add(Label(_HOW, 12, tone="muted", wrap=True))
        card.body.addLayout(self._side_by_side(("contact_days", "decision_days")))
        card.add(Label(_DELAYS, 12, tone="muted", wrap=True))
        card.add(self.fields["grant_cents"])
        card.add(self.rest)
        card.body.addLayout(self.foot())
        self.side_by_side(self.grant)

    def _side_by_side(self, pair: tuple[str, str]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(px(12))
        for name in pair:
            line.addWidget(self.fields[name], 1)
        return line

    def _nothing(self) -> QWidget:
        """Return what stands in an empty list, which leaves no gap once there are rows."""
        self.none.setContentsMargins(INSET, 0, INSET, INSET)
        self.none.hide()
        return self.none

    def _join(self) -> None:
        self.landlord.activated.connect(lambda _index: self.typed())
        self.join_entries()
        concerned = ("agreement", "support_measure", "landlord")
        self._desk.changes.listen(
            self, lambda c: any(c.concerns(table=table) for table in concerned), self.read_again
        )


def _texts(found: Agreement | None) -> dict[str, str]:
    if found is None:
        return dict.fromkeys(_LABELS, "")
    days = {name: getattr(found, name) for name in ("starts_on", "ends_on")}
    counted = ("quota_new", "quota_existing", "contact_days", "decision_days")
    numbers = {name: getattr(found, name) for name in counted}
    return {
        "name": found.name,
        "funder": found.funder or "",
        **{name: format_date(day) if day else "" for name, day in days.items()},
        **{name: "" if number is None else str(number) for name, number in numbers.items()},
        "grant_cents": "" if found.grant_cents is None else format_amount(found.grant_cents),
    }
