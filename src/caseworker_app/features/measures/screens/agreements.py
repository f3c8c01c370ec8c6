"""Settings: the agreements with landlords and funders, and the places each has left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from caseworker_app.features.measures.screens.figures_card import FiguresCard
from caseworker_app.features.measures.screens.grant_card import GrantCard
from caseworker_app.features.measures.screens.reserved_card import ReservedCard
from caseworker_app.features.measures.screens.rules_card import RulesCard
from caseworker_app.features.team.domain import Right
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.money import format_amount, parse_cents
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.card import INSET, Card
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.suggestions import suggest
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.typed_section import ListedSection

_LABELS = {
    "name": "&Nom de la convention",
    "landlord": "&Bailleur",
    "funder": "&Financeur",
    "call_for_projects": "Appel à pro&jets",
    "starts_on": "&Début le",
    "ends_on": "Fin &le",
    "quota_new": "Nou&veaux ménages",
    "quota_existing": "Ménages déjà &suivis",
    "grant_cents": "Subven&tion, en euros",
    "contact_days": "&Contact, en jours",
    "decision_days": "Décisi&on, en jours",
}
_SHEETS = {
    "agreement": "Convention",
    "rules": "Règles",
    "dwellings": "Logements",
    "figures": "Indicateurs",
    "grant": "Subvention",
}
_OF_FILES = ("dwellings", "figures")
_WORDED = ("name", "landlord", "funder", "call_for_projects")
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
        self.rules, self.dwellings = RulesCard(desk), ReservedCard(desk)
        self.figures, self.grant = FiguresCard(desk), GrantCard(desk)
        self.sheets = self._make_sheets()
        self._make_fields()
        self._lay_out()
        self._join()

    def show_card(self, key: str) -> None:
        """Show an agreement's card; empty: that of a new one."""
        self.shown, self.touched = key, False
        found = self._found(key)
        self.title.setText(found.name if found else "Nouvelle convention")
        for name, words in _texts(found, self._held.landlords).items():
            self.entries[name].setText(words)
        self.accept_all()
        taken = self._held.taken.get(key)
        words = places_words(found, taken) if found and taken else ""
        self.places.setText(words)
        self.places.setVisible(bool(words))
        self.grant.show_grant(key if found else "")
        self.rules.show_rules(found)
        self.dwellings.show_dwellings(found)
        self.figures.show_figures(found)
        self._show_sheet()
        self.save.setText("Enre&gistrer" if found else "A&jouter la convention")
        self.save.setEnabled(False)

    def show_sheet(self, key: str) -> None:
        """Show the agreement's own fields, or one of what is followed of it: rules, dwellings, figures, grant."""
        self.sheets.choose(key)
        self._show_sheet()

    def _cards(self) -> dict[str, Card]:
        return {
            "agreement": self.card,
            "rules": self.rules,
            "dwellings": self.dwellings,
            "figures": self.figures,
            "grant": self.grant,
        }

    def _make_sheets(self) -> Segment:
        """Return the choice among the cards; who does not read files has neither dwellings nor figures."""
        made = Segment("De la convention")
        for key, words in _SHEETS.items():
            if key not in _OF_FILES or self._desk.who.may(Right.READ_FILES):
                made.add(key, words)
        made.chosen.connect(lambda _key: self._show_sheet())
        return made

    def _show_sheet(self) -> None:
        """Show the card chosen; the fields alone while a new agreement is being written."""
        known = self._found(self.shown) is not None
        if not known:
            self.sheets.choose("agreement")
        self.sheets.setVisible(known)
        for key, card in self._cards().items():
            card.setVisible(key == self.sheets.current_key() and (known or self._desk.may_manage))

    def writing(self) -> Callable[[], object]:
        """Return the writing of the agreement."""
        new, desk, found = self._new(), self._desk, self._found(self.shown)
        landlord = self.entries["landlord"].text().strip()
        if found is None:
            return lambda: desk.tasks.run(
                lambda: service.add_agreement(desk.file, desk.who, new, landlord),
                lambda added: self._kept(added[1], "Convention ajoutée", added[0]),
                self.refused,
                owner=self,
            )
        return lambda: desk.tasks.run(
            lambda: service.change_agreement(
                desk.file,
                desk.who,
                found.id,
                new,
                found.version,
                landlord=landlord,
                following=desk.delays_follow,
            ),
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
            self._known_landlord(),
            self.entries["funder"].text().strip() or None,
            self._whole("quota_new"),
            self._whole("quota_existing"),
            self._cents("grant_cents"),
            self._whole("contact_days"),
            self._whole("decision_days"),
            self.entries["call_for_projects"].text().strip() or None,
        )

    def _known_landlord(self) -> str | None:
        """Return the landlord of the name typed, written any way; None for none, and for one to be added."""
        typed, found = fold(self.entries["landlord"].text()), self._found(self.shown)
        named = [key for key, name in self._held.landlords.items() if fold(name) == typed]
        # Of two that bear one name, that of the agreement stays.
        kept = found.landlord_id if found is not None and found.landlord_id in named else None
        return kept or next(iter(named), None)

    def _landlords_named(self, words: str) -> list[str]:
        return sorted(name for name in self._held.landlords.values() if fold(words) in fold(name))

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
        if self.touched:
            return
        known = self._found(self.shown) is not None
        shown = self.shown if known else (held.agreements[0].id if held.agreements else "")
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
        self.entries = {name: Entry(days.get(name, ""), tabular=name not in _WORDED) for name in _LABELS}
        suggest(self.entries["landlord"], self._desk.tasks, self._landlords_named)
        self.fields = {name: Field(label, self.entries[name]) for name, label in _LABELS.items()}
        self.places = Label("", 13, fonts.MEDIUM, wrap=True)
        self.none = Label(_NONE, 13, tone="muted", wrap=True)

    def _lay_out(self) -> None:
        self.listed.add_rows(self._nothing(), rule=False)
        self.listed.add_rows(self.list)
        card = self.card
        for part in (self.title, self.places, self.fields["name"], self.fields["landlord"]):
            card.add(part)
        card.body.addLayout(self._side_by_side(("funder", "call_for_projects")))
        for pair in (("starts_on", "ends_on"), ("quota_new", "quota_existing")):
            card.body.addLayout(self._side_by_side(pair))
        card.add(Label(_HOW, 12, tone="muted", wrap=True))
        card.body.addLayout(self._side_by_side(("contact_days", "decision_days")))
        card.add(Label(_DELAYS, 12, tone="muted", wrap=True))
        card.add(self.fields["grant_cents"])
        card.add(self.rest)
        card.body.addLayout(self.foot())
        below = [card for key, card in self._cards().items() if key != "agreement"]
        self.side_by_side(above=(self.sheets,), below=below, weights=(14, 15))

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
        self.join_entries()
        concerned = ("agreement", "support_measure", "landlord")
        self._desk.changes.listen(
            self, lambda c: any(c.concerns(table=table) for table in concerned), self.read_again
        )


def _texts(found: Agreement | None, landlords: Mapping[str, str]) -> dict[str, str]:
    if found is None:
        return dict.fromkeys(_LABELS, "")
    days = {name: getattr(found, name) for name in ("starts_on", "ends_on")}
    counted = ("quota_new", "quota_existing", "contact_days", "decision_days")
    numbers = {name: getattr(found, name) for name in counted}
    return {
        "name": found.name,
        "landlord": landlords.get(found.landlord_id or "", ""),
        "funder": found.funder or "",
        "call_for_projects": found.call_for_projects or "",
        **{name: format_date(day) if day else "" for name, day in days.items()},
        **{name: "" if number is None else str(number) for name, number in numbers.items()},
        "grant_cents": "" if found.grant_cents is None else format_amount(found.grant_cents),
    }
