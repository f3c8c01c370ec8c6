"""`agreements` and `indicators`: places, dwellings and grants in one list; figures that name nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import open_office
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.landlord import NewLandlord
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import NewAgreement, NewMeasure
from caseworker_app.kernel.dates import add_months
from caseworker_app.storage.access_log import AccessKind
from tests.cli.ground import PASSPHRASE, Command


@pytest.fixture
def written(data: Path) -> date:
    """Two agreements with a landlord, one of them over; return the day."""
    with open_office(data, PASSPHRASE) as office:
        file, who = office.file, office.who
        day = file.clock.now().date()
        start = add_months(day, -6)
        landlord, _ = landlords.add_landlord(file, who, NewLandlord("Habitat du Nord"))
        new = NewAgreement("FSL du Nord", start, landlord_id=landlord, grant_cents=500_000, quota_new=3)
        agreement, _ = service.add_agreement(file, who, new)
        old = NewAgreement("Ancien appel", add_months(day, -30), add_months(day, -18), landlord_id=landlord)
        service.add_agreement(file, who, old)
        action, _ = service.add_grant_action(file, who, agreement, "Ateliers", 200_000)
        service.record_grant_spending(file, who, action, day, 50_000, "Salle")
        dwelling, _ = landlords.add_dwelling(file, who, NewDwelling(landlord, street="3 rue des Essais"))
        service.reserve_dwelling(file, who, agreement, dwelling, start)
        new_household = NewHousehold((NewMember("Marchadier", "Solène"),))
        household, _ = households.create_household(file, who, new_household)
        households.set_protected(file, who, household, protected=True)
        service.open_measure(file, who, NewMeasure(household, "asll", start, agreement_id=agreement))
    return day


@pytest.mark.usefixtures("written")
def test_agreements_are_listed_with_what_they_have_left(command: Command) -> None:
    outcome = command("agreements", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    (found,) = outcome.value
    assert (found["name"], found["landlord"]) == ("FSL du Nord", "Habitat du Nord")
    assert found["new"] == {"quota": 3, "taken": 1, "left": 2}
    assert found["existing"] == {"quota": None, "taken": 0, "left": None}
    assert (found["reserved"], found["reserved_free"]) == (1, 1)
    assert [found[f"{key}_cents"] for key in ("granted", "planned", "spent", "left")] == [
        500_000, 200_000, 50_000, 450_000,
    ]  # fmt: skip
    assert [each["name"] for each in command("agreements", "--all", "--json").value] == [
        "FSL du Nord", "Ancien appel",
    ]  # fmt: skip
    text = command("agreements").out
    assert "2 places libres sur 3" in text.replace("\u00a0", " ")
    assert "Essais" not in text


def test_figures_of_an_agreement_are_a_table_that_names_nobody(
    command: Command, written: date, data: Path
) -> None:
    outcome = command("indicators", "--agreement", "fsl", "--from", f"{add_months(written, -7)}", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    codes = {each["code"]: each["value"] for each in outcome.value["figures"]}
    assert (codes["opened"], codes["households"], codes["missed"], codes["relays"]) == (1, 1, 0, 0)
    assert codes["decision_days"] is None
    assert outcome.value["to"] == written.isoformat()
    text = command("indicators", "--agreement", "FSL du Nord").out
    assert "Rencontres manquées" in text
    assert "Marchadier" not in text
    with open_office(data, PASSPHRASE) as office, office.file.reading() as connection:
        kept = connection.exec_driver_sql(
            "SELECT count(*) FROM access_line WHERE kind = ?", (AccessKind.EXPORTED.value,)
        ).scalar()
    assert kept


@pytest.mark.usefixtures("written")
def test_figures_of_a_landlord_are_of_its_agreements_together(command: Command) -> None:
    value = command("indicators", "--landlord", "habitat", "--json").value
    assert value["landlord"] == "Habitat du Nord"
    assert sorted(value["agreements"]) == ["Ancien appel", "FSL du Nord"]
    assert "places" not in {each["code"] for each in value["figures"]}


@pytest.mark.usefixtures("written")
def test_what_cannot_be_counted_is_said(command: Command) -> None:
    assert command("indicators").code == 2
    assert command("indicators", "--agreement", "a", "--landlord", "b").code == 2
    for name, sentence in (("inconnue", "Aucune convention"), ("n", "plusieurs")):
        refused = command("indicators", "--agreement", name)
        assert refused.code == 1
        assert sentence in refused.err
    reversed_days = command("indicators", "--agreement", "fsl", "--from", "2026-05-01", "--to", "2026-01-01")
    assert reversed_days.code == 1
