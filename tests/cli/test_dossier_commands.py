"""`merge`, `split` and `undo`: files of a household made one or two, any of the last changes taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import open_office
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    ContactKind,
    NewContact,
    NewHousehold,
    NewMember,
    Relation,
)
from caseworker_app.storage.drafts import Draft
from tests.cli.ground import PASSPHRASE, Command


@pytest.fixture
def references(data: Path) -> tuple[str, str]:
    """The same person in two files; the second tells a birth name and has a draft under way."""
    birth = date(1992, 3, 14)
    told = (
        NewMember("Marchadier", "Solène", birth_date=birth),
        NewMember("Marchadier", "Solène", birth_name="Bassoua", birth_date=birth),
    )
    with open_office(data, PASSPHRASE) as office:
        ids = [
            households.create_household(office.file, office.who, NewHousehold((each,)))[0] for each in told
        ]
        office.drafts.keep(f"visit:{ids[1]}", {"observed": "Rien"}, ids[1])
        with office.file.reading() as connection:
            found = [households.open_household(connection, office.who, i).household.reference for i in ids]
    return found[0], found[1]


def draft_of(data: Path) -> Draft:
    with open_office(data, PASSPHRASE) as office:
        return office.drafts.all()[0]


def test_two_files_become_one_and_two_again(
    command: Command, references: tuple[str, str], data: Path
) -> None:
    kept, absorbed = references
    typed_in = draft_of(data).household_id
    outcome = command("merge", kept, absorbed, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.value == {
        "reference": kept,
        "former_reference": absorbed,
        "name": "Solène Marchadier",
        "moved": [],
        "not_doubled": 0,
        "set_aside": [],
        "to_review": [],
    }
    assert command("show", absorbed, "--json").value["reference"] == kept
    assert command("search", "bassoua", "--json").value[0]["reference"] == kept
    assert draft_of(data).household_id != typed_in
    assert command("undo", "--json").value == {"undone": "réunion de deux dossiers"}
    assert command("show", absorbed, "--json").value["reference"] == absorbed
    assert draft_of(data).household_id == typed_in
    assert command("verify").code == 0


def test_the_last_changes_are_told_and_undone_by_their_name(
    command: Command, references: tuple[str, str]
) -> None:
    command("merge", *references)
    merge, second, _, founded = command("undo", "--list", "--json").value
    assert founded["obstacle"] == "La création du fichier ne s’annule pas."
    assert (merge["action"], merge["obstacle"], merge["undone"]) == ("réunion de deux dossiers", None, False)
    assert "Claire Lenoir a enregistré «\u00a0réunion de deux dossiers\u00a0»" in second["obstacle"]
    refused = command("undo", second["change"])
    assert refused.code == 1
    assert "annulez d’abord cette modification" in refused.err
    assert command("undo", merge["change"]).code == 0
    assert command("undo", merge["change"]).code == 1
    again = command("undo", "--list", "--household", references[0], "--json").value[0]
    assert again["is_undo"]
    assert command("undo", again["change"]).code == 0
    assert command("show", references[1], "--json").value["reference"] == references[0]


def test_what_cannot_be_merged_is_told(command: Command, references: tuple[str, str]) -> None:
    assert "deux dossiers différents" in command("merge", references[0], references[0]).err
    assert command("merge", references[0], "2026-ZZZZ-0001").code == 1


def test_nothing_to_undo_is_told(command: Command) -> None:
    outcome = command("undo")
    assert outcome.code == 1
    assert "rien à annuler" in outcome.err


@pytest.fixture
def family(data: Path) -> str:
    """Solène, her partner Ali with a number of his, and Noé."""
    members = (
        NewMember("Marchadier", "Solène"),
        NewMember("Kaboré", "Ali", relation=Relation.PARTNER),
        NewMember("Kaboré", "Noé", relation=Relation.CHILD),
    )
    phone = NewContact(ContactKind.PHONE, "06 39 98 70 11", member=1)
    with open_office(data, PASSPHRASE) as office:
        new = NewHousehold(members, contacts=(phone,), note="Suite")
        household, _ = households.create_household(office.file, office.who, new)
        with office.file.reading() as connection:
            return households.open_household(connection, office.who, household).household.reference


def test_a_file_is_separated_and_one_again(command: Command, family: str) -> None:
    outcome = command(
        "split", family, "--member", "ali kabore", "--member", "Noé", "--city", "Tourcoing",
        "--since", "2026-11-03", "--json",
    )  # fmt: skip
    assert (outcome.code, outcome.err) == (0, "")
    new = outcome.value["reference"]
    assert outcome.value == {
        "reference": new,
        "name": "Ali Kaboré",
        "former_reference": family,
        "moved": [{"what": "personne", "count": 2}, {"what": "coordonnée", "count": 1}],
        "cut": [],
    }
    told = command("show", new, "--json").value
    assert [member["first_name"] for member in told["members"]] == ["Ali", "Noé"]
    assert (told["addresses"][0]["city"], told["addresses"][0]["from_date"]) == ("Tourcoing", "2026-11-03")
    assert told["phones"] == ["06\u00a039\u00a098\u00a070\u00a011"]
    assert command("undo", "--json").value == {"undone": "dossier séparé"}
    assert len(command("show", family, "--json").value["members"]) == 3
    assert command("verify").code == 0


def test_a_separation_says_what_it_did_in_words(command: Command, family: str) -> None:
    told = command("split", family, "--member", "Solène", "--remaining", "Ali", "--protect").out
    assert "Solène Marchadier a maintenant le dossier" in told
    assert "personne (1)" in told
    assert command("search", "solène", "--json").value[0]["protected"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--member", "Awa"), "Personne ne s’appelle «\u00a0Awa\u00a0» dans ce ménage"),
        (("--member", "Solène", "--member", "Ali", "--member", "Noé"), "Une personne au moins reste"),
        (("--member", "Solène", "--remaining", "Solène"), "parmi celles qui restent"),
        (("--member", "Ali", "--since", "2026-11-03"), "Cette adresse est vide"),
    ],
)
def test_a_separation_that_cannot_be_is_refused_and_nothing_is_written(
    command: Command, family: str, arguments: tuple[str, ...], words: str
) -> None:
    outcome = command("split", family, *arguments)
    assert outcome.code == 1
    assert words in outcome.err
    assert len(command("show", family, "--json").value["members"]) == 3
