"""Which intention each form of the tab asks for, and what is said once it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from caseworker_app.features.households import service
from caseworker_app.features.households.domain import HouseholdFile, Relation
from caseworker_app.features.households.domain.shown import called
from caseworker_app.features.households.domain.typed import NOW, address_from, contact_from, member_from
from caseworker_app.features.households.screens import addresses, contacts, people
from caseworker_app.features.households.screens.forms import SectionForm
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.storage.encrypted_file import EncryptedFile

Work = Callable[[], Changes]
Asked = tuple[Work, str]


class Writing:
    """The intentions on one household, as its forms tell them."""

    def __init__(self, file: EncryptedFile, who: Who, known: HouseholdFile, day: date) -> None:
        """Work on a household as it was read on `day`."""
        self._file, self._who, self._known, self._day = file, who, known, day

    def of(self, form: SectionForm) -> Asked:
        """Return what a form asks for, and the words that confirm it. Raises InvalidEntry."""
        make: dict[str, Callable[[SectionForm], Asked]] = {
            people.ADD: self._add_member,
            people.CHANGE: self._change_member,
            people.LEAVE: self._leave,
            people.LEAD: self._lead,
            contacts.ADD: self._add_contact,
            contacts.CHANGE: self._change_contact,
            addresses.ADD: self._add_address,
            addresses.CHANGE: self._change_address,
        }
        return make[form.kind](form)

    def text(self, key: str, words: str, version: str | None) -> Asked:
        """Return what writes a long text of the household."""
        file, who, household = self._file, self._who, self._known.household.id
        if key == "visit_instructions":
            return (
                lambda: service.set_visit_instructions(file, who, household, words, version)
            ), "Consignes de visite enregistrées"
        return lambda: service.change_note(file, who, household, words, version), "Note enregistrée"

    def _add_member(self, form: SectionForm) -> Asked:
        new = member_from(form.typed(), self._day)
        household = self._known.household.id
        words = f"{new.first_name or new.last_name} fait partie du ménage"
        return lambda: service.add_member(self._file, self._who, household, new)[1], words

    def _change_member(self, form: SectionForm) -> Asked:
        new = member_from(form.typed(), self._day)
        words = f"{new.first_name or new.last_name}\u00a0: modifications enregistrées"
        return lambda: service.change_member(self._file, self._who, form.row_id, new, form.version), words

    def _leave(self, form: SectionForm) -> Asked:
        typed = form.typed()["left_on"].strip()
        if not typed:
            raise InvalidEntry("Indiquez le jour du départ, même approché.", "left_on")
        on = parse_day(typed, self._day, "left_on")
        words = f"{self._name(form.row_id)} a quitté le ménage"
        return lambda: service.leave_household(self._file, self._who, form.row_id, on, form.version), words

    def _lead(self, form: SectionForm) -> Asked:
        former = Relation(form.typed()["relation"] or Relation.UNKNOWN)
        words = f"{self._name(form.row_id)} est la personne de référence"
        return lambda: service.change_reference_person(self._file, self._who, form.row_id, former), words

    def _add_contact(self, form: SectionForm) -> Asked:
        new = contact_from(form.typed())
        household = self._known.household.id
        return lambda: service.add_contact(self._file, self._who, household, new)[1], "Coordonnée ajoutée"

    def _change_contact(self, form: SectionForm) -> Asked:
        new = contact_from(form.typed())
        words = "Coordonnée modifiée"
        return lambda: service.change_contact(self._file, self._who, form.row_id, new, form.version), words

    def _add_address(self, form: SectionForm) -> Asked:
        file, who, household = self._file, self._who, self._known.household.id
        new = address_from(form.typed(), self._day)
        if form.typed().get("when") != NOW:
            if new.to_date is None:
                raise InvalidEntry("Indiquez jusqu’à quel jour le ménage y a vécu, même approché.", "to_date")
            return lambda: service.add_address(file, who, household, new)[1], "Adresse d’avant ajoutée"
        running = [a for a in self._known.addresses if a.to_date is None or a.to_date > self._day]
        if not running:
            return lambda: service.add_address(file, who, household, new)[1], "Adresse ajoutée"
        if new.from_date is None:
            raise InvalidEntry(
                "Indiquez depuis quel jour\u00a0: l’adresse d’avant prend fin ce jour-là.", "from_date"
            )
        on = new.from_date
        return lambda: service.move_house(file, who, household, new, on), "Nouvelle adresse enregistrée"

    def _change_address(self, form: SectionForm) -> Asked:
        new = address_from(form.typed(), self._day)
        words = "Adresse corrigée"
        return lambda: service.change_address(self._file, self._who, form.row_id, new, form.version), words

    def _name(self, member_id: str) -> str:
        return next((called(m) for m in self._known.everyone if m.id == member_id), "Cette personne")
