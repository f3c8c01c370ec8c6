"""The form of a referral: who asks for what for whom; a household already followed is proposed while one types."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter

from caseworker_app.features.households.domain import (
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    check_household,
)
from caseworker_app.features.measures.domain.places import places_words
from caseworker_app.features.referrals import service
from caseworker_app.features.referrals.domain.file import ReferralFile
from caseworker_app.features.referrals.domain.referral import (
    PRODUCT_LABELS,
    SENDER_LABELS,
    URGENCY_LABELS,
    WAY_LABELS,
    Given,
    NewReferral,
    Product,
    Referral,
    Sender,
    Urgency,
    Way,
)
from caseworker_app.features.referrals.domain.tables import every_label, protects, reasons
from caseworker_app.features.referrals.screens.desk import Match, ReferralsDesk
from caseworker_app.features.referrals.service.reading import FormChoices
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.side_form import SideForm, Work

NEW = "new"
_YES_NO = {"yes": "oui", "no": "non"}
_REASONS = ("reason_1", "reason_2", "reason_3")
_SOUGHT = ("last_name", "first_name", "birth_date", "phone", "street", "postal_code", "city")
_NEW_HOUSEHOLD = "Nouveau ménage"


class ReceptionForm(SideForm):
    """A referral to write, of somebody new, of a household already named (`household`: its id and name), or again."""

    def __init__(
        self,
        desk: ReferralsDesk,
        choices: FormChoices,
        before: ReferralFile | None = None,
        household: tuple[str, str] = ("", ""),
    ) -> None:
        """Make it with what is known."""
        of = before.referral if before else None
        super().__init__(
            of.id if of else NEW, "Corriger la demande" if of else "Nouvelle demande", desk.today,
            "" if of else "Le nom, qui demande et pourquoi suffisent\u00a0: le reste se complète.",
        )  # fmt: skip
        self.worth_a_draft = True
        self._desk, self._choices, self._editing, self._known = desk, choices, before, household
        # The partners whose name may stand in the line, by that name folded.
        self._partners = {fold(of.body): of.partner_id} if of and of.partner_id else {}
        self.matches: tuple[Match, ...] = ()
        if of is None:
            self._add_people()
        self._add_sender(of)
        self._add_asked(of)
        self._add_given(of)
        self.intend(self._work, "Demande corrigée" if of else "Demande reçue")

    def show_content(self, content: Any) -> None:
        """Show what a draft holds, and look again for whom it is about."""
        super().show_content(content)
        self._seek()

    def _add_people(self) -> None:
        if self._known[0]:
            self.note(f"Pour {self._known[1]}")
            return
        self.heading("La personne")
        self.side_by_side()
        self.line("last_name", "&Nom")
        self.line("first_name", "&Prénom")
        self.side_by_side()
        self.day("birth_date", "Né(e) &le")
        self.line("phone", "&Téléphone")
        self.line("street", "A&dresse")
        self.side_by_side()
        self.line("postal_code", "Code posta&l")
        self.line("city", "&Commune")
        self._match = self.choice("household", "Dossier", {}, "", nothing=_NEW_HOUSEHOLD)
        self.fields["household"].hide()
        desk = self._desk
        self._seeking = desk.tasks.latest(self._propose, lambda _error: self._propose(()), owner=self)
        for key in _SOUGHT:
            entry = self.editors[key]
            if isinstance(entry, Entry):
                entry.editingFinished.connect(self._seek)

    def _add_sender(self, of: Referral | None) -> None:
        self.heading("Qui demande")
        self.side_by_side()
        self.choice("sender", "&Origine", SENDER_LABELS, of.sender if of else Sender.LANDLORD)
        self.choice("way", "Par &quelle voie", WAY_LABELS, of.way if of else Way.EMAIL)
        self._body_line(of)
        self.side_by_side()
        self.line("contact_name", "&Interlocuteur", of.contact_name if of else "")
        self.line("contact_reach", "Le joindre", of.contact_reach if of else "")
        self.side_by_side()
        self.day("received_on", "&Reçue le", of.received_on if of else self.today)
        self.day("prescribed_on", "Prescrite le", of.prescribed_on if of else None)
        self.line("their_reference", "Leur référence", of.their_reference if of else "")

    def _body_line(self, of: Referral | None) -> None:
        entry = Entry("Nom du bailleur, du service, du partenaire")
        entry.setText(of.body if of else "")
        self.add_entry("body", "Adressée par", entry)
        landlords = self._choices.landlords.values()
        model = QStringListModel([*landlords], entry)
        completer = QCompleter(model, entry)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        entry.setCompleter(completer)
        desk = self._desk

        def show(found: tuple[list[str], dict[str, str]]) -> None:
            names, partners = found
            self._partners |= partners
            model.setStringList(names)
            if names and entry.hasFocus():
                completer.complete()

        asking = desk.tasks.latest(show, lambda _error: None, owner=entry)

        def read(words: str) -> tuple[list[str], dict[str, str]]:
            own = [name for name in landlords if fold(words) in fold(name)]
            with desk.file.reading() as connection:
                others = service.bodies_like(connection, desk.who, words)
            names = dict.fromkeys([*own, *(label for _key, label in others)])
            return list(names)[:8], {fold(label): key for key, label in others}

        entry.textEdited.connect(lambda words: asking.ask(lambda: read(words)) if words.strip() else None)

    def _add_asked(self, of: Referral | None) -> None:
        self.heading("Ce qui est demandé")
        offered = {each.code: each.label for each in reasons(self.today)}
        codes = of.reason_codes if of else ()
        for code in codes:
            offered.setdefault(code, every_label("reason").get(code, code))
        for number, key in enumerate(_REASONS):
            label = "&Motif" if number == 0 else "Autre motif"
            chosen = codes[number] if number < len(codes) else None
            if number == 1:
                self.side_by_side()
            self.choice(key, label, offered, chosen, nothing="Choisir…" if number == 0 else "Aucun")
        self.side_by_side()
        self.choice("product", "Demande", PRODUCT_LABELS, of.product if of else Product.MEASURE)
        kinds = {kind.code: kind.short_label for kind in self._choices.kinds}
        self.choice("kind_code", "Mesure", kinds, of.kind_code if of else None, nothing="Non précisée")
        self.choice(
            "agreement_id",
            "Con&vention",
            self._agreements(of),
            of.agreement_id if of else None,
            nothing="Aucune",
        )
        self.side_by_side()
        self.choice("urgency", "&Urgence", URGENCY_LABELS, of.urgency if of else Urgency.NORMAL)
        workers = {each.id: each.name for each in self._choices.workers if each.active}
        self.choice("worker_id", "Suivie par", workers, of.worker_id if of else self._desk.who.worker_id)
        self.side_by_side()
        agreed = None if of is None or of.agreed is None else "yes" if of.agreed else "no"
        self.choice("agreed", "Accord du ména&ge", _YES_NO, agreed, nothing="Non précisé")
        self.day("agreed_on", "Accord le", of.agreed_on if of else None)

    def _agreements(self, of: Referral | None) -> dict[str, str]:
        found = {}
        for each in self._choices.agreements:
            taken = self._choices.taken.get(each.id)
            places = places_words(each, taken) if taken else ""
            found[each.id] = f"{each.name} ({places})" if places else each.name
        if of and of.agreement_id:
            found.setdefault(of.agreement_id, "Convention terminée")
        return found

    def _add_given(self, of: Referral | None) -> None:
        given = of.given() if of else Given()
        self.heading("Ce qui est donné")
        self.line("people", "Personnes du ménage", given.people, "2 adultes, 3 enfants…")
        self.line("dwelling", "Logement", given.dwelling, "T3, 4 rue des Lilas…")
        self.side_by_side()
        self.line("lease_reference", "Bail n°", given.lease_reference)
        self.day("lease_since", "Bail depuis le", given.lease_since)
        self.side_by_side()
        self.amount("rent_cents", "Loyer", given.rent_cents)
        self.amount("charges_cents", "Charges", given.charges_cents)
        self.side_by_side()
        self.amount("benefit_cents", "APL", given.benefit_cents)
        self.amount("balance_cents", "&Solde dû", given.balance_cents)
        self.side_by_side()
        self.day("unpaid_since", "Premier impayé le", given.unpaid_since)
        self.line("procedure", "Procédure", given.procedure)
        self.line("answer_expected", "Réponse attendue", given.answer_expected)
        self.long("statement", "Situation décrite", "Ce que dit la demande", given.statement)
        self.long("steps_taken", "Démarches faites", "Avant de demander", given.steps_taken)

    # Whom it is about

    def _seek(self) -> None:
        if self._editing is not None or self._known[0] or not self.text("last_name"):
            return
        try:
            new = check_household(self._household(self._reasons()), self.today)
        except InvalidEntry:
            return
        desk = self._desk

        def read() -> tuple[Match, ...]:
            with desk.file.reading() as connection:
                return tuple(desk.matches(connection, desk.who, new, self.today))

        self._seeking.ask(read)

    def _propose(self, found: tuple[Match, ...]) -> None:
        """Offer the files this may already be, the likeliest chosen; nobody is made twice without being asked."""
        if found == self.matches:
            return
        chosen, self.matches = self._match.current_key(), found
        self._match.clear()
        self._match.add("", _NEW_HOUSEHOLD)
        for each in found:
            self._match.add(each.household_id, each.words)
        keys = {each.household_id for each in found}
        self._match.choose(chosen if chosen in keys else found[0].household_id if found else "")
        self.fields["household"].setVisible(bool(found))

    def _household(self, reasons_given: tuple[str, ...]) -> NewHousehold:
        last_name, phone = self.text("last_name") or "", self.text("phone")
        member = NewMember(last_name, self.text("first_name"), birth_date=self.date_of("birth_date"))
        place = [self.text(key) for key in ("street", "postal_code", "city")]
        address = NewAddress(street=place[0], postal_code=place[1], city=place[2])
        violence = bool(reasons_given) and protects(reasons_given, self.today)
        return NewHousehold(
            (member,),
            (address,) if any(place) else (),
            (NewContact(ContactKind.PHONE, phone, safe=not violence, member=0),) if phone else (),
            protected=violence,
        )

    # Reading it

    def _reasons(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for key in _REASONS if (code := self.text(key))))

    def _referral(self) -> NewReferral:
        agreed = self.text("agreed")
        body, landlord, partner = self._sender()
        return NewReferral(
            self.needed_date("received_on"),
            self.needed("sender", Sender),
            self._reasons(),
            self.needed("way", Way),
            landlord,
            partner,
            body,
            self.text("contact_name"),
            self.text("contact_reach"),
            self.text("their_reference"),
            self.date_of("prescribed_on"),
            self.needed("product", Product),
            self.text("kind_code"),
            self.text("agreement_id"),
            self.needed("urgency", Urgency),
            None if agreed is None else agreed == "yes",
            self.date_of("agreed_on"),
            self.text("worker_id"),
            self._given(),
        )

    def _sender(self) -> tuple[str | None, str | None, str | None]:
        """Return the name typed, and the landlord or the partner it names."""
        body = self.text("body")
        names = {fold(name): key for key, name in self._choices.landlords.items()}
        landlord = (
            names.get(fold(body)) if body and self.needed("sender", Sender) is Sender.LANDLORD else None
        )
        return body, landlord, self._partners.get(fold(body or ""))

    def _given(self) -> Given:
        return Given(
            self.text("people"),
            self.text("dwelling"),
            self.text("lease_reference"),
            self.date_of("lease_since"),
            self.cents("rent_cents"),
            self.cents("charges_cents"),
            self.cents("benefit_cents"),
            self.cents("balance_cents"),
            self.date_of("unpaid_since"),
            self.text("procedure"),
            self.text("statement"),
            self.text("steps_taken"),
            self.text("answer_expected"),
        )

    def _work(self) -> Work:
        desk, before = self._desk, self._editing
        new = self._referral()
        if not new.reasons:
            raise InvalidEntry("Choisissez au moins un motif dans la liste.", _REASONS[0])
        if before is not None:
            of = before.referral
            return lambda: service.change_referral(desk.file, desk.who, of.id, new, of.version)
        household: str | NewHousehold
        if self._known[0]:
            household = self._known[0]
        elif not (household := self.text("household") or ""):
            household = self._household(new.reasons)
        return lambda: service.receive_referral(desk.file, desk.who, new, household)
