"""Measures in a real encrypted file: opened, renewed, handed over, ended; the dated tables behind."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import Intensity, MeasureFile, NewAgreement, NewMeasure
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.kernel.parameters import table
from caseworker_app.storage.encrypted_file import EncryptedFile

TODAY = date(2026, 11, 24)
START = date(2026, 6, 1)


def opened(file: EncryptedFile, who: Who, household: str) -> MeasureFile:
    with file.reading() as connection:
        return service.measures_of(connection, who, household, TODAY)[0]


@pytest.fixture
def asll(file: EncryptedFile, who: Who, household: str) -> str:
    return service.open_measure(file, who, NewMeasure(household, "asll", START))[0]


def test_a_measure_opens_with_what_the_tables_say(
    file: EncryptedFile, who: Who, household: str, asll: str
) -> None:
    measure = opened(file, who, household).measure
    assert measure.id == asll
    assert measure.kind_label == "Accompagnement social lié au logement (ASLL)"
    assert (measure.planned_end_on, measure.visits_per_month) == (date(2026, 11, 30), 2)
    assert measure.lead_worker_id == who.worker_id


def test_a_renewal_moves_the_planned_end_and_is_kept(
    file: EncryptedFile, who: Who, household: str, asll: str
) -> None:
    service.renew_measure(file, who, asll, date(2027, 5, 31), reason="dette non soldée")
    service.renew_measure(file, who, asll, date(2027, 11, 30), decided_on=date(2026, 11, 20))
    found = opened(file, who, household)
    assert found.measure.planned_end_on == date(2027, 11, 30)
    assert [(r.from_date, r.to_date, r.decided_on) for r in found.renewals] == [
        (date(2026, 12, 1), date(2027, 5, 31), TODAY),
        (date(2027, 6, 1), date(2027, 11, 30), date(2026, 11, 20)),
    ]


def test_a_masp_is_not_renewed_past_four_years(file: EncryptedFile, who: Who, household: str) -> None:
    masp, _ = service.open_measure(file, who, NewMeasure(household, "masp_1", date(2023, 1, 1)))
    service.renew_measure(file, who, masp, date(2026, 12, 31))
    with pytest.raises(InvalidEntry):
        service.renew_measure(file, who, masp, date(2027, 1, 31))
    found = opened(file, who, household)
    assert (found.measure.planned_end_on, len(found.renewals)) == (date(2026, 12, 31), 1)


def test_the_lead_worker_and_intensity_change(
    file: EncryptedFile, who: Who, household: str, asll: str
) -> None:
    colleague, _ = team.add_worker(file, who, "Samuel Okafor", Role.CASEWORKER)
    service.change_lead_worker(file, who, asll, colleague)
    service.change_intensity(file, who, asll, Intensity.STRONG)
    measure = opened(file, who, household).measure
    assert (measure.lead_worker_id, measure.intensity, measure.visits_per_month) == (
        colleague,
        Intensity.STRONG,
        4,
    )
    service.change_intensity(file, who, asll, Intensity.LIGHT, 3)
    assert opened(file, who, household).measure.visits_per_month == 3
    with pytest.raises(NotFound):
        service.change_lead_worker(file, who, asll, "0" * 32)


def test_a_measure_ends_once_with_a_reason_of_the_list(
    file: EncryptedFile, who: Who, household: str, asll: str
) -> None:
    with pytest.raises(InvalidEntry) as refused:
        service.end_measure(file, who, asll, TODAY, "because")
    assert refused.value.field == "exit_reason_code"
    service.end_measure(file, who, asll, TODAY, "lease_transferred", "bail à son nom")
    measure = opened(file, who, household).measure
    assert (measure.ended_on, measure.exit_reason_label, measure.destination) == (
        TODAY, "Glissement du bail", "bail à son nom",
    )  # fmt: skip
    with pytest.raises(InvalidEntry):
        service.end_measure(file, who, asll, TODAY, "moved")
    with pytest.raises(InvalidEntry):
        service.renew_measure(file, who, asll, date(2027, 5, 31))


def test_the_next_one_of_its_kind_opens_the_day_after(
    file: EncryptedFile, who: Who, household: str, asll: str
) -> None:
    with pytest.raises(InvalidEntry):
        service.open_measure(file, who, NewMeasure(household, "asll", TODAY))
    service.end_measure(file, who, asll, date(2026, 11, 23), "term_reached")
    service.open_measure(file, who, NewMeasure(household, "asll", TODAY))
    with file.reading() as connection:
        starts = [m.measure.starts_on for m in service.measures_of(connection, who, household, TODAY)]
    assert starts == [TODAY, START]


def test_many_open_at_once_each_against_the_others(file: EncryptedFile, who: Who, household: str) -> None:
    past = NewMeasure(
        household, "asll", date(2024, 1, 1), ended_on=date(2024, 12, 31), exit_reason_code="term_reached"
    )
    with file.unit_of_work(who.worker_id, "import") as uow:
        ids = service.open_measures(uow, [past, NewMeasure(household, "asll", START)])
    with file.reading() as connection:
        found = service.measures_of_households(connection, who, [household, "0" * 32], TODAY)
    assert [m.id for m in found[household]] == ids[::-1]
    with pytest.raises(InvalidEntry), file.unit_of_work(who.worker_id, "import") as uow:
        service.open_measures(
            uow, [NewMeasure(household, "maesf", START), NewMeasure(household, "maesf", TODAY)]
        )
    with file.reading() as connection:
        assert len(service.measures_of(connection, who, household, TODAY)) == 2


def test_measures_ending_are_those_one_leads(
    file: EncryptedFile, who: Who, household: str, asll: str
) -> None:
    other = Who("0" * 32, "Samuel Okafor", Role.CASEWORKER)
    with file.reading() as connection:
        assert [m.id for m in service.measures_ending(connection, who, TODAY, 6)] == [asll]
        assert service.measures_ending(connection, who, TODAY, 5) == []
        assert service.measures_ending(connection, other, TODAY, 60) == []


def test_a_measure_is_under_an_agreement_that_runs(file: EncryptedFile, who: Who, household: str) -> None:
    agreement, _ = service.add_agreement(
        file,
        who,
        NewAgreement("AVDL 2026", date(2026, 1, 1), date(2026, 12, 31), funder="DDETS", quota_new=30),
    )
    with pytest.raises(InvalidEntry):
        service.open_measure(
            file, who, NewMeasure(household, "avdl_in_place", date(2025, 12, 31), agreement_id=agreement)
        )
    service.open_measure(file, who, NewMeasure(household, "avdl_in_place", START, agreement_id=agreement))
    found = opened(file, who, household).agreement
    assert found is not None
    assert (found.name, found.quota_new) == ("AVDL 2026", 30)


def test_agreements_are_the_office_s(file: EncryptedFile, who: Who) -> None:
    caseworker = Who(who.worker_id, who.name, Role.CASEWORKER)
    with pytest.raises(NotAllowed):
        service.add_agreement(file, caseworker, NewAgreement("AVDL 2026", date(2026, 1, 1)))


def test_an_unknown_kind_or_household_is_refused(file: EncryptedFile, who: Who, household: str) -> None:
    with pytest.raises(InvalidEntry):
        service.open_measure(file, who, NewMeasure(household, "unheard_of", START))
    with pytest.raises(NotFound):
        service.open_measure(file, who, NewMeasure("0" * 32, "asll", START))


def test_a_volunteer_opens_no_measure(file: EncryptedFile, who: Who, household: str) -> None:
    with pytest.raises(NotAllowed):
        service.open_measure(
            file, Who(who.worker_id, "Samuel Okafor", Role.VOLUNTEER), NewMeasure(household, "asll", START)
        )


def test_kinds_come_and_go_with_their_dates() -> None:
    codes = {kind.code for kind in service.list_kinds(TODAY)}
    assert {"asll", "masp_1", "avdl_diagnostic", "sliding_lease", "isolation_watch"} <= codes
    assert {kind.code for kind in service.list_kinds(date(2009, 6, 1))} == codes - {
        "avdl_diagnostic", "avdl_toward", "avdl_moving_in", "avdl_in_place", "supported_housing",
        "hlm_supported", "violence_protocol", "isolation_watch", "dedicated_residence",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "key"), [("measure_kinds", "kind"), ("exit_reasons", "reason")])
def test_every_row_of_a_list_says_where_it_comes_from_and_has_its_own_code(name: str, key: str) -> None:
    rows = table(name)[key]
    assert all(row["source"] and row["value"]["label"] and isinstance(row["start"], date) for row in rows)
    assert len({row["value"]["code"] for row in rows}) == len(rows)
