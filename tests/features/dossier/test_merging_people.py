"""Two records of one person in a household: shown field by field, made one, nothing lost, undone in one click."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from caseworker_app.features.dossier import service
from caseworker_app.features.dossier.domain.merging_people import PeopleMergeProposal
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    Relation,
)
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify

DAY = date(2026, 11, 24)


def people(file: EncryptedFile, who: Who, household: str) -> Any:
    with file.reading() as connection:
        return households.open_household(connection, who, household)


def ids(file: EncryptedFile, who: Who, household: str) -> tuple[str, str, str]:
    ana, again, elie = sorted(
        people(file, who, household).everyone, key=lambda m: (m.first_name, m.last_name.isupper())
    )
    return ana.id, again.id, elie.id


def proposed(file: EncryptedFile, who: Who, household: str, kept: str, gone: str) -> PeopleMergeProposal:
    with file.reading() as connection:
        return service.propose_people_merge(connection, who, household, kept, gone, DAY)


def test_whoever_is_likely_there_twice_is_proposed(file: EncryptedFile, who: Who, twice: str) -> None:
    ana, again, _ = ids(file, who, twice)
    with file.reading() as connection:
        everyone, likely = service.people_of(connection, who, twice)
    assert len(everyone) == 3
    assert [(each.kept_id, each.absorbed_id) for each in likely] == [(ana, again)]
    assert "même nom" in likely[0].why


def test_both_are_shown_field_by_field(file: EncryptedFile, who: Who, twice: str) -> None:
    ana, again, _ = ids(file, who, twice)
    proposal = proposed(file, who, twice, ana, again)
    shown = {each.label: (each.kept, each.absorbed) for each in proposal.fields}
    assert shown["langue"] == ("vide", "kabyle")
    assert shown["nom"] == ("Zelmat", "ZELMAT")
    assert shown["utilisable sans risque"] == ("oui", "non")
    assert [(each.words, each.count) for each in proposal.coming] == [("coordonnée", 1)]
    assert proposal.refusal is None


def test_what_speaks_of_one_speaks_of_the_other_and_nothing_is_lost(
    file: EncryptedFile, who: Who, twice: str
) -> None:
    ana, again, _ = ids(file, who, twice)
    report, changes = service.merge_people(file, who, twice, ana, again)
    after = people(file, who, twice)
    assert [m.first_name for m in after.everyone] == ["Ana", "Élie"]
    assert after.everyone[0].language == "kabyle"
    numbers = {contact.value: contact for contact in after.every_contact}
    assert set(numbers) == {"+33639981247", "+33639983310"}
    assert {contact.member_id for contact in numbers.values()} == {ana}
    shared = numbers["+33639981247"]
    assert not shared.safe
    assert {"SMS après 17 h", "Pas le matin"} <= set((shared.instructions or "").splitlines())
    assert after.household.note.startswith("Venue par le CCAS.")
    assert "nom\u00a0: ZELMAT" in after.household.note
    assert (
        "ZELMAT Ana, lien\u00a0: " in after.household.note
        or "Ana ZELMAT, lien\u00a0: " in after.household.note
    )
    assert report.set_aside
    assert changes.concerns(household=twice)
    with file.reading() as connection:
        assert verify(connection).sound


def test_one_click_brings_both_back(file: EncryptedFile, who: Who, twice: str) -> None:
    ana, again, _ = ids(file, who, twice)
    before = people(file, who, twice)
    service.merge_people(file, who, twice, ana, again)
    words, _ = service.take_back_last(file, who)
    after = people(file, who, twice)
    assert "deux fiches" in words
    assert [m.full_name() for m in after.everyone] == [m.full_name() for m in before.everyone]
    assert {c.id for c in after.every_contact} == {c.id for c in before.every_contact}
    assert after.household.note == before.household.note


def test_the_history_tells_it(file: EncryptedFile, who: Who, twice: str) -> None:
    ana, again, _ = ids(file, who, twice)
    service.merge_people(file, who, twice, ana, again)
    with file.reading() as connection:
        line = service.history_of(connection, who, twice)[0]
    assert line.action == "réunion de deux fiches d’une même personne"


def test_the_reference_person_may_go_into_another_record(file: EncryptedFile, who: Who, twice: str) -> None:
    ana, again, _ = ids(file, who, twice)
    service.merge_people(file, who, twice, again, ana)
    after = people(file, who, twice)
    assert after.reference_person.id == again
    assert after.reference_person.relation is Relation.REFERENCE_PERSON
    assert after.reference_person.birth_date == date(1990, 5, 2)


def test_somebody_who_lives_there_does_not_go_into_somebody_who_left(
    file: EncryptedFile, who: Who, twice: str
) -> None:
    ana, again, elie = ids(file, who, twice)
    households.leave_household(file, who, again, date(2026, 11, 1))
    assert "gardez cette fiche" in str(proposed(file, who, twice, again, elie).refusal)
    with pytest.raises(InvalidEntry):
        service.merge_people(file, who, twice, again, elie)
    report, _ = service.merge_people(file, who, twice, ana, again)
    assert any("01/11/2026" in line for line in report.set_aside)


def test_two_records_of_one_household_are_needed(
    file: EncryptedFile, who: Who, twice: str, household: str
) -> None:
    ana, _, _ = ids(file, who, twice)
    stranger = people(file, who, household).everyone[0].id
    with pytest.raises(NotFound):
        service.merge_people(file, who, twice, ana, stranger)
    with pytest.raises(InvalidEntry):
        service.merge_people(file, who, twice, ana, ana)


def test_who_may_not_write_does_not_merge(file: EncryptedFile, who: Who, twice: str) -> None:
    ana, again, _ = ids(file, who, twice)
    coordinator = Who(who.worker_id, "Coralie Test", Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        service.merge_people(file, coordinator, twice, ana, again)
