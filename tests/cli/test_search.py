"""`search`: households by whatever is remembered of them, best first, with what matched in its place."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.bootstrap.office import Office, open_office
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
)
from caseworker_app.features.intake.service.importing import import_list
from tests.cli.ground import PASSPHRASE, Command
from tests.cli.lists import tenant, write_list

TEXT = "Le détecteur de fumée a été essayé. " * 20 + "La chaudière fuit dans la buanderie. " + "Rien. " * 60


def add(office: Office, first: str, last: str, street: str, phone: str) -> str:
    new = NewHousehold(
        (NewMember(last, first),),
        (NewAddress(street, None, "35990", "Valmère"),),
        (NewContact(ContactKind.PHONE, phone),),
    )
    return households.create_household(office.file, office.who, new)[0]


@pytest.fixture(scope="module")
def filled(blank_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder no test here writes into."""
    folder = tmp_path_factory.mktemp("search")
    data = Path(shutil.copytree(blank_office, folder / "data"))
    with open_office(data, PASSPHRASE) as office:
        path = write_list(folder / "liste.csv", [tenant(number) for number in range(100, 130)])
        import_list(office.file, office.who, path)
        add(office, "Élodie", "Dubœuf", "3 allée des Glycines", "06 39 98 12 47")
        add(office, "Yann", "Le Goff-Tanguy", "4 impasse Dubœuf", "+32 2 555 12 12")
        add(office, "Duboeuf", "Marchand", "5 rue de l’Église", "06 39 98 12 48")
        secret = add(office, "Solène", "Marchadier", "9 chemin Caché", "06 39 98 99 01")
        households.set_protected(office.file, office.who, secret, protected=True)
        visit = NewEntry(secret, EntryKind.CALL, datetime(2026, 3, 4, 10), 10, observed=TEXT)  # noqa: DTZ001
        diary.add_note(office.file, office.who, visit)
    return data


@pytest.fixture
def found(run: Command, filled: Path) -> Any:
    def found(*words: str) -> list[dict[str, Any]]:
        outcome = run("search", *words, "--json", "--data", filled)
        assert (outcome.code, outcome.err) == (0, "")
        answers: list[dict[str, Any]] = outcome.value
        return answers

    return found


def names(answers: list[dict[str, Any]]) -> list[str]:
    return [answer["name"] for answer in answers]


@pytest.mark.parametrize("words", ["Dubœuf", "duboeuf", "DUBOEUF élodie", "elodie duboeuf", "dubo elo"])
def test_a_name_is_found_however_it_is_typed(found: Any, words: str) -> None:
    assert names(found(*words.split()))[0] == "Élodie Dubœuf"


@pytest.mark.parametrize("words", ["legoff", "le goff tanguy", "LE GOFF-TANGUY", "goff yann", "gofftanguy"])
def test_a_name_of_several_words_is_found_joined_or_not(found: Any, words: str) -> None:
    assert "Yann Le Goff-Tanguy" in names(found(words))


@pytest.mark.parametrize(
    "words", ["0639981247", "06 39 98 12 47", "06.39.98.12.47", "+33639981247", "+33 6 39 98 12 47",
              "0033 6 39 98 12 47", "639981247", "06 39 98 12 4"],
)  # fmt: skip
def test_a_phone_is_found_in_any_form(found: Any, words: str) -> None:
    answers = found(words)
    assert names(answers)[0] == "Élodie Dubœuf"
    assert answers[0]["matched"][0]["context"] == "06\u00a039\u00a098\u00a012\u00a047"


@pytest.mark.parametrize("words", ["glycines", "3 allee des glycines", "allée glyc", "valmere glycines"])
def test_an_address_is_found(found: Any, words: str) -> None:
    answers = found(*words.split())
    assert names(answers)[0] == "Élodie Dubœuf"
    assert {"field": "address.street", "label": "Adresse", "context": "3 allée des Glycines"} in answers[0][
        "matched"
    ]


def test_a_reference_is_found_whole_joined_or_by_its_end(found: Any) -> None:
    reference = found("glycines")[0]["reference"]
    for words in (reference, reference.lower(), reference.replace("-", " "), reference.replace("-", "")):
        assert [answer["reference"] for answer in found(words)][:1] == [reference], words
    assert reference in [answer["reference"] for answer in found(reference.split("-")[-1])]


def test_the_reference_of_a_lease_is_found(found: Any) -> None:
    answers = found("B00117")
    assert len(answers) == 1
    assert answers[0]["matched"][0] == {
        "field": "lease.reference",
        "label": "Référence du bail",
        "context": "B00117",
    }


def test_a_word_of_the_diary_is_found_in_its_place(found: Any) -> None:
    answers = found("buanderie")
    assert names(answers) == ["Solène Marchadier"]
    matched = answers[0]["matched"][0]
    assert matched["label"] == "Journal, constaté"
    assert "chaudière fuit dans la buanderie" in matched["context"]
    assert matched["context"].startswith("…")
    assert len(matched["context"]) < 200


def test_names_come_before_streets_and_whole_words_before_beginnings(found: Any) -> None:
    order = names(found("duboeuf"))
    assert set(order[:2]) == {"Élodie Dubœuf", "Duboeuf Marchand"}
    assert "Yann Le Goff-Tanguy" in order[2:]
    # « Marchand » whole before « Marchadier », which only begins alike.
    assert names(found("marchand"))[0] == "Duboeuf Marchand"


def test_where_a_protected_household_lives_is_masked(found: Any) -> None:
    for words in ("cache", "06 39 98 99 01"):
        answers = found(words)
        assert names(answers) == ["Solène Marchadier"]
        assert answers[0]["protected"]
        assert [match["context"] for match in answers[0]["matched"]] == ["masqué"]


def test_nothing_found_is_an_empty_list_and_done(run: Command, filled: Path) -> None:
    assert run("search", "zzzz", "--json", "--data", filled).value == []
    outcome = run("search", "zzzz", "--data", filled)
    assert (outcome.code, outcome.out) == (0, "Aucun ménage trouvé.\n")


@pytest.mark.parametrize(
    "words", ["", "   ", "«»", "' OR 1=1 --", 'le "goff"', "a*", "NEAR(a b)", "é" * 500, "\ud800"]
)
def test_nothing_typed_is_taken_for_an_order(run: Command, filled: Path, words: str) -> None:
    outcome = run("search", words, "--json", "--data", filled)
    assert outcome.code == 0
    assert isinstance(outcome.value, list)


def test_as_many_as_asked_are_told(found: Any, run: Command, filled: Path) -> None:
    assert len(found("rue")) > 5
    assert len(run("search", "rue", "--limit", "5", "--json", "--data", filled).value) == 5


def test_a_terminal_shows_a_line_a_household(run: Command, filled: Path) -> None:
    out = run("search", "glycines", "--data", filled).out
    assert out.count("\n") == 1
    assert "Élodie Dubœuf  (Adresse\u00a0: 3 allée des Glycines)" in out
