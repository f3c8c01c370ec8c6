"""The line of a lease: what stands on it, what is due, how far it reaches."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.housing.domain.dwelling import Dwelling
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.lease import Lease
from caseworker_app.features.housing.domain.lease_line import StageState, lease_line, notice_words
from caseworker_app.features.housing.service import homes
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.housing.test_rent_ledger import LEASE

TODAY = date(2026, 11, 24)
DWELLING = Dwelling("d", "v", None, None, "7 quai", None, None, None, None, None, None, None)


def home(file: EncryptedFile, who: Who, household: str) -> LeaseFile:
    with file.reading() as connection:
        found = homes.housing_of(connection, who, household, TODAY).current
    assert found is not None
    return found


def test_the_line_of_a_sliding_lease(file: EncryptedFile, who: Who, sliding_home: str) -> None:
    line = lease_line(home(file, who, sliding_home), TODAY, date(2027, 2, 10))
    assert [contract.name for contract in line.contracts] == ["Bail", "Sous-location", "Convention"]
    told = [(stage.title.replace("\u00a0", " "), stage.state) for stage in line.stages]
    assert told == [
        ("Entrée", StageState.DONE),
        ("Examen 1", StageState.DONE),
        ("Examen 2", StageState.DONE),
        ("Examen 3", StageState.PREPARED),
        ("Avis au préfet", StageState.DUE),
        ("Demande de logement", StageState.TO_COME),
        ("Glissement", StageState.TO_COME),
    ]
    assert line.shaded == (date(2027, 1, 31), date(2027, 3, 31))
    assert line.notice is not None
    assert notice_words(line.notice, TODAY).replace("\u00a0", " ") == "Avis au préfet dans 68 jours"
    assert (line.first, line.last) == (date(2026, 3, 1), date(2027, 4, 30))


def test_what_is_late_says_by_how_much(file: EncryptedFile, who: Who, sliding_home: str) -> None:
    found = home(file, who, sliding_home)
    line = lease_line(found, date(2027, 2, 3))
    late = {stage.key: stage for stage in line.stages if stage.state is StageState.LATE}
    assert set(late) == {"notice", next(key for key in late if key.startswith("review:"))}
    assert (
        notice_words(late["notice"], date(2027, 2, 3)).replace("\u00a0", " ")
        == "Avis au préfet : 3 jours de retard"
    )


def test_the_line_of_a_procedure(file: EncryptedFile, who: Who, plain_home: str) -> None:
    line = lease_line(home(file, who, plain_home), TODAY)
    told = {stage.title: stage.state for stage in line.stages}
    assert told["Commandement de payer"] is StageState.RECEIVED
    assert told["À payer avant"] is StageState.DUE
    assert line.notice is not None
    assert notice_words(line.notice, TODAY).replace("\u00a0", " ") == "À payer avant le 21 déc."


@given(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.none() | st.integers(-4000, 4000),
    st.none() | st.integers(0, 4000),
)
def test_the_axis_always_holds_the_day_and_stays_readable(
    day: date, starts_in: int | None, length: int | None
) -> None:
    starts_on = None if starts_in is None else day + timedelta(days=starts_in)
    ends_on = None if starts_on is None or length is None else starts_on + timedelta(days=length)
    lease = Lease(
        **{
            **{f: getattr(LEASE, f) for f in Lease.__dataclass_fields__},
            "starts_on": starts_on,
            "ends_on": ends_on,
        }
    )
    line = lease_line(LeaseFile(lease, DWELLING, None, (), None, (), (), None), day)
    assert line.first <= day <= line.last
    assert (line.last - line.first).days <= 31 * (14 + 12 + 3)
    assert all(line.first <= stage.day <= line.last for stage in line.stages)
