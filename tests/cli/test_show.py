"""`show`: a household's whole file, whatever it holds; what would locate a protected one masked."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.bootstrap.office import create_office, open_office
from caseworker_app.features.demonstration.service import DEMONSTRATION_OFFICE, fill
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewAddress
from caseworker_app.kernel.clock import SystemClock, today
from caseworker_app.security.passphrase import THROW_AWAY
from tests.cli.ground import PASSPHRASE, Command

PROMISED = {
    "reference", "name", "members", "addresses", "phones", "dwelling", "measures", "goals", "budget",
    "visits", "history",
}  # fmt: skip


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration no test here writes into."""
    folder = tmp_path_factory.mktemp("show") / "data"
    with create_office(folder, PASSPHRASE, DEMONSTRATION_OFFICE, kdf=THROW_AWAY)[0] as office:
        fill(office.file, office.who, households=16, seed=3)
    return folder


def references(run: Command, data: Path) -> list[str]:
    # Every reference begins with its year.
    return [
        found["reference"]
        for found in run("search", str(today(SystemClock()).year), "--json", "--data", data).value
    ]


def first_shown(run: Command, data: Path) -> dict[str, Any]:
    """Return the first household of the demonstration, which is written by hand and holds everything."""
    reference = run("search", "ferhaoui", "--json", "--data", data).value[0]["reference"]
    shown: dict[str, Any] = run("show", reference, "--json", "--data", data).value
    return shown


def test_a_file_holds_every_key_promised(run: Command, demonstration: Path) -> None:
    file = first_shown(run, demonstration)
    assert set(file) >= PROMISED
    for member in file["members"]:
        assert set(member) >= {"first_name", "last_name", "birth_date", "relation"}
        assert date.fromisoformat(member["birth_date"])
    assert [m["relation"] for m in file["members"]].count("reference_person") == 1
    assert set(file["budget"]) >= {
        "income_cents", "expenses_cents", "residual_income_cents", "housing_cost_ratio",
    }  # fmt: skip
    assert file["measures"]
    assert file["goals"]
    assert file["visits"]
    assert file["history"]
    assert file["dwelling"]["lease"]["rent_cents"] > 0
    assert file["phones"]


def test_amounts_are_whole_cents_and_the_ratio_a_number(run: Command, demonstration: Path) -> None:
    budget = first_shown(run, demonstration)["budget"]
    amounts = [value for key, value in budget.items() if key.endswith("_cents")]
    assert len(amounts) == 5
    assert all(type(amount) is int for amount in amounts)
    assert 0 < budget["housing_cost_ratio"] < 1


def test_visits_are_visits_and_the_diary_holds_the_rest(run: Command, demonstration: Path) -> None:
    from caseworker_app.features.diary.domain.entry import VISIT_KINDS

    kinds = {kind.value for kind in VISIT_KINDS}
    for reference in references(run, demonstration):
        file = run("show", reference, "--json", "--data", demonstration).value
        assert all(visit["kind"] in kinds for visit in file["visits"])
        assert all(entry["kind"] not in kinds for entry in file["diary"])


def test_every_household_can_be_shown_both_ways(run: Command, demonstration: Path) -> None:
    shown = references(run, demonstration)
    assert len(shown) >= 12
    for reference in shown:
        for options in ((), ("--json",)):
            outcome = run("show", reference, *options, "--data", demonstration)
            assert (outcome.code, outcome.err) == (0, "")
            assert reference in outcome.out


@pytest.mark.parametrize("change", [str.lower, str.upper, lambda text: f" {text} "])
def test_a_reference_is_read_however_it_is_typed(run: Command, demonstration: Path, change: Any) -> None:
    reference = references(run, demonstration)[0]
    outcome = run("show", change(reference), "--json", "--data", demonstration)
    assert outcome.value["reference"] == reference


@pytest.mark.parametrize("reference", ["2026-XXXX-0001", "", "n'importe quoi", "é" * 300])
def test_an_unknown_reference_is_refused(run: Command, demonstration: Path, reference: str) -> None:
    outcome = run("show", reference, "--json", "--data", demonstration)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1
    assert "référence" in outcome.err


def test_the_history_is_told_in_words(run: Command, demonstration: Path) -> None:
    for reference in references(run, demonstration):
        for line in run("show", reference, "--json", "--data", demonstration).value["history"]:
            assert "_" not in line["action"], line
            assert line["worker"]


def test_nothing_tells_where_a_protected_household_lives(
    run: Command, demonstration: Path, tmp_path: Path
) -> None:
    data = Path(shutil.copytree(demonstration, tmp_path / "data"))
    before = first_shown(run, data)
    with open_office(data, PASSPHRASE) as office:
        with office.file.reading() as connection:
            household = households.find_by_reference(connection, office.who, before["reference"])
        moved = NewAddress("77 sentier Secret", None, "35990", "Valmère")
        households.move_house(office.file, office.who, household.id, moved, today(SystemClock()))
        households.change_note(office.file, office.who, household.id, "Vit au 77 sentier Secret")
        households.set_visit_instructions(office.file, office.who, household.id, "77 sentier Secret")
        households.set_protected(office.file, office.who, household.id, protected=True)
    file = run("show", before["reference"], "--json", "--data", data).value
    text = run("show", before["reference"], "--data", data).out
    streets = {a["street"] for a in before["addresses"] if a["street"]} | {"sentier Secret"}
    contacts = [*before["phones"], *before["emails"]]
    without_words = {key: value for key, value in file.items() if key not in ("visits", "diary")}
    numbers = [before["dwelling"]["reference"], before["dwelling"]["lease"]["reference"]]
    assert all(numbers), "the landlord's own numbers are there to be hidden"
    for secret in (*streets, *contacts, *numbers, before["dwelling"]["address"]):
        assert secret not in json.dumps(without_words, ensure_ascii=False)
        assert secret not in text
    assert file["protected"]
    assert {address["one_line"] for address in file["addresses"]} == {"masqué"}
    assert set(file["phones"]) == {"masqué"}
    assert [m["last_name"] for m in file["members"]] == [m["last_name"] for m in before["members"]]
