"""Dwellings an agreement reserves: found, reserved once, free or lived in, given back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.service.landlords import add_dwelling
from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import NewAgreement
from caseworker_app.features.measures.domain.reserved import dwelling_words, reserved_words
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from tests.features.measures.test_agreements import plain

START = date(2026, 1, 1)
TODAY = date(2026, 11, 24)


@pytest.fixture
def agreement(file: Any, who: Any) -> str:
    return service.add_agreement(file, who, NewAgreement("HLM accompagné", START))[0]


@pytest.fixture
def dwelling(file: Any, who: Any) -> str:
    return add_dwelling(file, who, NewDwelling(street="3 rue des Tilleuls", city="Lys"))[0]


def held(file: Any, who: Any, agreement: str) -> Any:
    with file.reading() as connection:
        return service.reserved_under(connection, who, agreement, TODAY)


def test_a_dwelling_is_found_reserved_and_given_back(
    file: Any, who: Any, agreement: str, dwelling: str
) -> None:
    with file.reading() as connection:
        found = service.dwellings_to_reserve(connection, who, "tilleuls", TODAY)
    assert [each.dwelling.id for each in found] == [dwelling]
    service.reserve_dwelling(file, who, agreement, dwelling, START)
    shown = held(file, who, agreement)
    assert plain(reserved_words(shown, TODAY)) == "1 logement réservé, 1 libre"
    assert "Tilleuls" in dwelling_words(shown[0])[0]
    service.give_back_dwelling(file, who, shown[0].reserved.id, date(2026, 10, 31))
    assert plain(reserved_words(held(file, who, agreement), TODAY)) == "0 logement réservé"


def test_what_cannot_be_is_refused_beside_its_field(
    file: Any, who: Any, agreement: str, dwelling: str
) -> None:
    service.reserve_dwelling(file, who, agreement, dwelling, START, date(2026, 6, 30))
    for start, end, field in (
        (date(2026, 6, 30), None, "dwelling_id"),
        (date(2025, 6, 30), None, "starts_on"),
        (date(2026, 8, 1), date(2026, 7, 1), "ends_on"),
    ):
        with pytest.raises(InvalidEntry) as caught:
            service.reserve_dwelling(file, who, agreement, dwelling, start, end)
        assert caught.value.field == field
    with pytest.raises(NotFound):
        service.reserve_dwelling(file, who, agreement, "nothing", START)
    service.reserve_dwelling(file, who, agreement, dwelling, date(2026, 7, 1))
    assert len(held(file, who, agreement)) == 2


def test_a_dwelling_is_reserved_by_one_agreement_at_a_time_and_while_it_runs(
    file: Any, who: Any, agreement: str, dwelling: str
) -> None:
    other = service.add_agreement(file, who, NewAgreement("AVDL", START, date(2026, 12, 31)))[0]
    key, _ = service.reserve_dwelling(file, who, agreement, dwelling, START)
    for start, field, words in (
        (START, "dwelling_id", "une autre convention"),
        (date(2027, 1, 1), "starts_on", "finit le 31/12/2026"),
    ):
        with pytest.raises(InvalidEntry, match=words) as caught:
            service.reserve_dwelling(file, who, other, dwelling, start)
        assert caught.value.field == field
    for wrong in (date(2025, 12, 31), date(2206, 6, 30)):
        with pytest.raises(InvalidEntry):
            service.give_back_dwelling(file, who, key, wrong)
    service.give_back_dwelling(file, who, key, date(2026, 6, 30))
    service.reserve_dwelling(file, who, other, dwelling, date(2026, 7, 1))
    assert len(held(file, who, other)) == 1
