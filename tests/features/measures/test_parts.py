"""Who else follows a household: one leads at a time, the directory's partner is recognised, all is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

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
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.measures.screens.parts_card import part_form
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import NewPartner, PartnerKind
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.side_form import SideForm

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
        assert [each.label for each in service.bodies_like(connection, who, "ormes")] == ["Relais des Ormes"]
    assert (found.partner_id, found.ends_on, found.leads) == (known, TODAY, True)
    take_back_last(file, who)
    with file.reading() as connection:
        (found,) = service.parts_of(connection, who, household)
    assert (found.ends_on, found.leads) == (None, False)


def test_the_partner_chosen_is_kept_by_its_id_and_free_text_still_goes(
    file: EncryptedFile, who: Who, household: str
) -> None:
    here = partners.add_partner(file, who, NewPartner("CCAS", PartnerKind.ASSOCIATION, city="Hem"))[0]
    there = partners.add_partner(file, who, NewPartner("CCAS", PartnerKind.ASSOCIATION, city="Lys"))[0]
    with file.reading() as connection:
        offered = {each.id: each.label for each in service.bodies_like(connection, who, "ccas")}
    assert offered == {here: "CCAS, Hem", there: "CCAS, Lys"}
    for new, kept in (
        (replace(NEW, body="CCAS", partner_id=there), there),
        (replace(NEW, body="ccas, hem"), here),
        (replace(NEW, body="CCAS"), None),
        (replace(NEW, body="Une voisine"), None),
    ):
        key, _ = service.add_part(file, who, household, new)
        with file.reading() as connection:
            found = {each.id: each for each in service.parts_of(connection, who, household)}[key]
        assert found.partner_id == kept
        assert found.body == ("CCAS" if kept else new.body)
    with pytest.raises(NotFound):
        service.add_part(file, who, household, replace(NEW, partner_id="unknown"))


def test_a_slip_of_the_keys_still_finds_the_partner(file: EncryptedFile, who: Who) -> None:
    partners.add_partner(file, who, NewPartner("Relais des Ormes", PartnerKind.ASSOCIATION, city="Hem"))
    partners.add_partner(file, who, NewPartner("Mission locale", PartnerKind.ASSOCIATION, city="Lys"))
    with file.reading() as connection:
        for typed in ("relias des ormes", "Rélais orme", "relais des orems", "reliasd"[:6]):
            found = [each.name for each in service.bodies_like(connection, who, typed)]
            assert found == ["Relais des Ormes"], typed
        assert service.bodies_like(connection, who, "préfecture") == []
        assert service.bodies_like(connection, who, "reL") != []
        assert service.bodies_like(connection, who, "rle") == []


def test_the_form_keeps_the_partner_chosen(
    qtbot: Any, desk: MeasuresDesk, file: EncryptedFile, who: Who, household: str
) -> None:
    there = partners.add_partner(file, who, NewPartner("CCAS", PartnerKind.ASSOCIATION, city="Lys"))[0]
    partners.add_partner(file, who, NewPartner("CCAS", PartnerKind.ASSOCIATION, city="Hem"))
    form = part_form(desk, household)
    qtbot.addWidget(form)
    entry = form.fields["body"].editor
    entry.textEdited.emit("ccas")
    qtbot.waitUntil(lambda: entry.completer().model().rowCount() == 2)
    form.show_content({"body": "CCAS, Lys", "part": "budget"})
    written(qtbot, form)
    with file.reading() as connection:
        (found,) = service.parts_of(connection, who, household)
    assert (found.body, found.partner_id) == ("CCAS", there)
    again = part_form(desk, household, found)
    qtbot.addWidget(again)
    again.show_content({"part": "budget et dettes"})
    written(qtbot, again)
    with file.reading() as connection:
        (found,) = service.parts_of(connection, who, household)
    assert (found.part, found.partner_id) == ("budget et dettes", there)


def written(qtbot: Any, form: SideForm) -> None:
    with qtbot.waitSignal(form.asked) as asked:
        form.submit()
    asked.args[0]()
