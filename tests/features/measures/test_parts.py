"""Who else follows a household: one leads at a time, the directory's partner is recognised, all is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.part import (
    NewPart,
    Part,
    checked_part,
    part_words,
    running_first,
)
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import NewPartner, PartnerKind
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.encrypted_file import EncryptedFile

TODAY = date(2026, 11, 24)
NEW = NewPart("Relais des Ormes", "parentalité", date(2026, 10, 1))
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def part(**changed: object) -> Part:
    held = Part(
        "p", "v", "h", "Relais des Ormes", None, "parentalité", None, False, date(2026, 10, 1), None, None
    )
    return replace(held, **changed)  # type: ignore[arg-type]


@given(days, st.none() | st.integers(0, 900), days, st.none() | st.integers(0, 900))
def test_one_body_leads_at_a_time(one: date, long: int | None, other: date, more: int | None) -> None:
    ends, until = one + timedelta(long or 0), other + timedelta(more or 0)
    held = part(leads=True, starts_on=one, ends_on=ends if long is not None else None)
    asked = replace(NEW, leads=True, starts_on=other, ends_on=until if more is not None else None)
    apart = (long is not None and ends < other) or (more is not None and until < one)
    if apart:
        checked_part(asked, [held])
    else:
        with pytest.raises(InvalidEntry) as refused:
            checked_part(asked, [held])
        assert refused.value.field == "leads"
    checked_part(replace(asked, leads=False), [held])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"body": "  "}, "body"),
        ({"part": ""}, "part"),
        ({"ends_on": date(2026, 9, 1)}, "ends_on"),
        ({"starts_on": date(1026, 9, 1)}, "starts_on"),
        ({"shared": "x" * 501}, "shared"),
    ],
)
def test_what_is_missing_is_asked_beside_its_field(changed: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        checked_part(replace(NEW, **changed), [])  # type: ignore[arg-type]
    assert refused.value.field == field


def test_those_at_work_come_first_and_whoever_leads_before_them() -> None:
    over = part(id="over", ends_on=date(2026, 10, 30))
    leads, other = part(id="leads", leads=True, starts_on=date(2026, 1, 1)), part(id="other")
    assert [each.id for each in running_first([over, other, leads], TODAY)] == ["leads", "other", "over"]
    title, detail = part_words(replace(leads, person="Mme Sylvine ORMEAU"), TODAY)
    assert title.replace("\u00a0", " ") == "Relais des Ormes : parentalité"
    assert detail.replace("\u00a0", " ") == "depuis le 01/01/2026 · Mme Sylvine ORMEAU"


def test_a_part_is_written_changed_and_taken_back(file: EncryptedFile, who: Who, household: str) -> None:
    known, _, _ = partners.add_partner(file, who, NewPartner("Relais des Ormes", PartnerKind.ASSOCIATION))
    key, _ = service.add_part(file, who, household, replace(NEW, body="relais  des ormes"))
    service.change_part(file, who, key, replace(NEW, ends_on=TODAY, leads=True))
    with file.reading() as connection:
        (found,) = service.parts_of(connection, who, household)
        assert service.bodies_like(connection, who, "ormes") == ["Relais des Ormes"]
    assert (found.partner_id, found.ends_on, found.leads) == (known, TODAY, True)
    take_back_last(file, who)
    with file.reading() as connection:
        (found,) = service.parts_of(connection, who, household)
    assert (found.ends_on, found.leads) == (None, False)
