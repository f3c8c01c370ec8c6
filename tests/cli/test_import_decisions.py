"""What is done with each row: tried without writing, skipped, completed, created; homes used again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.ground import Command, Imported, rows_kept
from tests.cli.lists import changesets, content_of, count_rows, tenant, write_list, write_text

HOME = ("household", "household_member", "address", "contact", "dwelling", "lease", "rent_entry", "landlord")


def shown(command: Command, words: str) -> dict[str, Any]:
    """Return the file of the one household that a search finds."""
    found = command("search", words, "--json").value
    assert len(found) == 1, found
    file: dict[str, Any] = command("show", found[0]["reference"], "--json").value
    return file


def test_a_trial_run_writes_nothing_and_tells_what_the_real_one_does(
    imported: Imported, data: Path, tmp_path: Path
) -> None:
    rows = [tenant(1), tenant(2), tenant(1), tenant(3, **{"Nom locataire": ""})]
    path = write_list(tmp_path / "liste.csv", rows)
    before = rows_kept(data)
    tried = imported(path, "--dry-run", "--landlord", "Habitat Valmère")
    assert rows_kept(data) == before
    assert tried["dry_run"]
    assert tried["import"] is None
    done = imported(path, "--landlord", "Habitat Valmère")
    counts = ("rows", "created", "merged", "skipped", "rows_in_error", "errors", "columns", "kind")
    assert {key: tried[key] for key in counts} == {key: done[key] for key in counts}
    assert [d["why"] for d in tried["duplicates"]] == [d["why"] for d in done["duplicates"]]


def test_a_trial_run_names_the_households_already_followed(imported: Imported, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", [tenant(1)])
    imported(path)
    tried = imported(path, "--dry-run")
    assert [bool(d["reference"]) for d in tried["duplicates"]] == [True]
    assert (tried["created"], tried["skipped"]) == (0, 1)


@pytest.mark.parametrize(
    ("mode", "counts", "households"),
    [("skip", (2, 0, 1), 2), ("merge", (2, 1, 0), 2), ("create", (3, 0, 0), 3)],
)
def test_duplicates_are_dealt_with_as_told(
    imported: Imported, data: Path, tmp_path: Path, mode: str, counts: tuple[int, int, int], households: int
) -> None:
    path = write_list(tmp_path / "liste.csv", [tenant(1), tenant(2), tenant(1, Prénom="Idrïss")])
    report = imported(path, "--duplicates", mode)
    assert (report["created"], report["merged"], report["skipped"]) == counts
    assert count_rows(data, "household") == [households]
    assert [d["row"] for d in report["duplicates"]] == [4]
    assert all(d["reference"] for d in report["duplicates"])


def test_a_row_like_one_that_was_skipped_names_the_same_household(imported: Imported, tmp_path: Path) -> None:
    imported(write_list(tmp_path / "liste.csv", [tenant(1, **{"Courriel": "", "Tél. portable": ""})]))
    report = imported(write_list(tmp_path / "suite.csv", [tenant(1), tenant(1, Prénom="Idriss-Awa")]))
    assert len({duplicate["reference"] for duplicate in report["duplicates"]}) == 1
    assert all(duplicate["reference"] for duplicate in report["duplicates"])


def test_merging_completes_and_overwrites_nothing(
    imported: Imported, command: Command, tmp_path: Path
) -> None:
    poor = tenant(1, **{"Né(e) le": "", "Courriel": "", "Tél. portable": "06 39 98 77 77", "Civilité": ""})
    imported(write_list(tmp_path / "a.csv", [poor]))
    rich = tenant(
        1, **{"Tél. portable": "06 39 98 77 77 / 06 39 98 88 88", "Adresse logement": "2 rue Neuve"}
    )
    report = imported(write_list(tmp_path / "b.csv", [rich]), "--duplicates", "merge")
    assert (report["created"], report["merged"]) == (0, 1)
    file = shown(command, "idriss")
    assert [a["street"] for a in file["addresses"]] == ["2 rue du Gué 0"]
    assert "2 rue Neuve" in file["note"]
    assert sorted(file["phones"]) == [
        "06\u00a039\u00a098\u00a077\u00a077",
        "06\u00a039\u00a098\u00a088\u00a088",
    ]
    assert file["emails"] == ["l1@gue.example"]
    assert [(m["birth_date"], m["civility"]) for m in file["members"]] == [("1940-01-02", "mrs")]


def test_merging_gives_a_home_to_who_had_none(imported: Imported, command: Command, tmp_path: Path) -> None:
    imported(write_text(tmp_path / "a.csv", "Nom;Prénom;Né(e) le\nLe Goff0;Idriss;02/01/1940\n"))
    assert shown(command, "idriss")["dwelling"] is None
    imported(write_list(tmp_path / "b.csv", [tenant(1)]), "--duplicates", "merge", "--landlord", "Habitat")
    home = shown(command, "idriss")["dwelling"]
    assert (home["landlord"], home["lease"]["reference"]) == ("Habitat", "B00001")
    imported(write_list(tmp_path / "c.csv", [tenant(1, **{"Loyer HC": "999,00"})]), "--duplicates", "merge")
    assert shown(command, "idriss")["dwelling"] == home


def test_the_same_list_twice_is_skipped_whole(imported: Imported, data: Path, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", [tenant(number) for number in range(1, 40)])
    imported(path, "--landlord", "Habitat Valmère")
    before = content_of(data)
    report = imported(path, "--landlord", "Habitat Valmère")
    assert (report["created"], report["skipped"]) == (0, 39)
    assert {d["row"] for d in report["duplicates"]} == set(range(2, 41))
    assert all(d["reference"] and d["why"] for d in report["duplicates"])
    assert content_of(data) == before


def test_the_balance_becomes_the_opening_of_the_rent_account(
    imported: Imported, data: Path, tmp_path: Path
) -> None:
    rows = [
        tenant(1, **{"Solde compte": "1 234,56 €"}),
        tenant(2, **{"Solde compte": "-12,30"}),
        tenant(3, **{"Solde compte": "0,00"}),
    ]
    imported(write_list(tmp_path / "liste.csv", rows))
    entries = [home[-2:] for whole in content_of(data)[0] for home in whole[-1] if home[-1] is not None]
    assert sorted(entries) == [["opening_balance", -1230], ["opening_balance", 123456]]


def test_a_home_already_in_the_file_is_used_again(imported: Imported, data: Path, tmp_path: Path) -> None:
    imported(write_list(tmp_path / "a.csv", [tenant(1), tenant(2)]), "--landlord", "Habitat Valmère")
    newcomer = tenant(30, **{"Adresse logement": "2 R. DU GUE 0", "Complément": "APPT 2"})
    report = imported(write_list(tmp_path / "b.csv", [newcomer]), "--landlord", "habitat valmere")
    assert report["created"] == 1
    assert count_rows(data, "dwelling", "lease", "landlord") == [2, 3, 1]


def test_tenants_of_one_staircase_are_not_lodged_together(
    imported: Imported, data: Path, tmp_path: Path
) -> None:
    one_door = {"Adresse logement": "8 place Haute", "Complément": "Bât. C"}
    imported(write_list(tmp_path / "a.csv", [tenant(n, **one_door) for n in (1, 2, 3)]))
    assert count_rows(data, "household", "dwelling") == [3, 3]


def test_the_landlords_own_number_names_the_home_within_one_landlord(
    imported: Imported, data: Path, tmp_path: Path
) -> None:
    def listed(name: str, *rows: str) -> Path:
        return write_text(tmp_path / name, "\n".join(("Nom;Prénom;N° logement;Adresse;Ville;Loyer", *rows)))

    imported(listed("a.csv", "Dubois;Awa;L-12;1 rue A;Valmère;400"), "--landlord", "Habitat A")
    imported(listed("b.csv", "Martin;Luc;l 12;1 rue A;Valmère;410"), "--landlord", "Habitat A")
    assert count_rows(data, "dwelling", "lease") == [1, 2]
    imported(listed("c.csv", "Petit;Zoé;L-12;9 rue Z;Valmère;420"), "--landlord", "Habitat B")
    assert count_rows(data, "dwelling", "lease", "landlord") == [2, 3, 2]


def test_a_register_completes_the_homes_it_describes_again(
    imported: Imported, data: Path, tmp_path: Path
) -> None:
    head = "Référence logement;Adresse;CP;Commune;Type;Surface\n"
    imported(
        write_text(tmp_path / "a.csv", head + "L1;1 rue A;35990;Valmère;;\nL2;2 rue A;35990;Valmère;T2;\n")
    )
    fuller = write_text(tmp_path / "b.csv", head + "L1;;;;T3;62\nL2;2 rue A;35990;Valmère;T4;41,5\n")
    report = imported(fuller, "--duplicates", "merge")
    assert (report["kind"], report["created"], report["merged"]) == ("dwellings", 0, 2)
    assert [d["reference"] for d in report["duplicates"]] == ["L1", "L2"]
    homes = content_of(data)[1]
    assert homes == [
        repr(("L1", "1 rue A", None, "Valmère", "T3", 620, None)),
        repr(("L2", "2 rue A", None, "Valmère", "T2", 415, None)),
    ]


def test_a_registers_staircase_is_neither_lost_nor_doubled(
    imported: Imported, data: Path, tmp_path: Path
) -> None:
    head, line = "Adresse;CP;Commune;Type;Surface\n", "1 rue A;35990;Valmère;T3;62\n"
    imported(write_text(tmp_path / "a.csv", head + line * 3))
    assert count_rows(data, "dwelling") == [3]
    report = imported(write_text(tmp_path / "b.csv", head + line * 4))
    assert (report["created"], report["skipped"]) == (1, 3)
    assert count_rows(data, "dwelling") == [4]


def test_a_landlord_named_row_by_row_goes_before_the_option(
    imported: Imported, data: Path, tmp_path: Path
) -> None:
    text = (
        "Bailleur;Référence logement;Adresse;CP;Commune;Type\n"
        "Habitat A;L1;1 rue A;35990;Valmère;T2\n;L2;2 rue A;35990;Valmère;T3\n"
    )
    imported(write_text(tmp_path / "a.csv", text), "--landlord", "Habitat B")
    assert content_of(data)[2] == [("Habitat A",), ("Habitat B",)]


@pytest.mark.parametrize("name", ["", "   ", "x" * 300])
def test_a_landlord_without_a_name_is_refused_before_anything_is_written(
    command: Command, data: Path, tmp_path: Path, name: str
) -> None:
    before = changesets(data)
    outcome = command("import", write_list(tmp_path / "a.csv", [tenant(1)]), "--landlord", name)
    assert (outcome.code, outcome.out) == (1, "")
    assert changesets(data) == before
