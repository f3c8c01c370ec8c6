"""`undo-import`: a whole import taken back, but for what somebody worked on since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from caseworker_app.bootstrap.office import open_office
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.households import service as households
from caseworker_app.storage.undo import ImportComesFirst
from tests.cli.ground import PASSPHRASE, Command, Imported
from tests.cli.lists import content_of, count_rows, tenant, write_list

PARTS = ("household", "household_member", "address", "contact", "dwelling", "lease", "rent_entry", "landlord")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_list(tmp_path / "liste.csv", [tenant(number) for number in range(1, 6)])


def work_on(data: Path, reference: str) -> None:
    """Write something in a household's file, as a caseworker would."""
    with open_office(data, PASSPHRASE) as office:
        with office.file.reading() as connection:
            household = households.find_by_reference(connection, office.who, reference)
        households.set_visit_instructions(office.file, office.who, household.id, "Sonner deux fois")


def reference_of(command: Command, words: str) -> str:
    return str(command("search", words, "--json").value[0]["reference"])


def test_nothing_of_an_import_is_left(command: Command, imported: Imported, data: Path, path: Path) -> None:
    empty = count_rows(data, *PARTS)
    report = imported(path, "--landlord", "Habitat Valmère")
    outcome = command("undo-import", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.value == {"import": report["import"], "file": "liste.csv", "kept": []}
    assert count_rows(data, *PARTS) == empty
    assert command("search", "le goff", "--json").value == []
    assert command("verify").code == 0


def test_it_can_be_imported_again_afterwards(
    command: Command, imported: Imported, data: Path, path: Path
) -> None:
    imported(path)
    first = content_of(data)
    command("undo-import")
    assert imported(path)["created"] == 5
    assert content_of(data) == first


def test_a_household_worked_on_since_is_kept_whole(
    command: Command, imported: Imported, data: Path, path: Path
) -> None:
    imported(path)
    reference = reference_of(command, "idriss")
    before = command("show", reference, "--json").value
    work_on(data, reference)
    outcome = command("undo-import")
    assert outcome.code == 0
    assert reference in outcome.out
    assert count_rows(data, "household", "lease", "dwelling") == [1, 1, 1]
    after = command("show", reference, "--json").value
    assert after["visit_instructions"] == "Sonner deux fois"
    for part in ("members", "addresses", "phones", "dwelling"):
        assert after[part] == before[part]
    assert command("verify").code == 0


def test_what_was_merged_is_taken_back_and_the_household_stays(
    command: Command, imported: Imported, data: Path, tmp_path: Path, path: Path
) -> None:
    imported(path)
    before = content_of(data)
    more = write_list(tmp_path / "suite.csv", [tenant(1, **{"Tél. portable": "06 39 98 77 77"}), tenant(9)])
    assert imported(more, "--duplicates", "merge")["merged"] == 1
    assert content_of(data) != before
    assert command("undo-import", "--json").value["kept"] == []
    assert content_of(data) == before
    assert command("undo-import", "--json").value["kept"] == []
    assert count_rows(data, "household") == [0]


def test_what_a_later_import_rests_on_is_kept(
    command: Command, imported: Imported, data: Path, tmp_path: Path, path: Path
) -> None:
    first = imported(path)
    more = write_list(tmp_path / "suite.csv", [tenant(1, **{"Tél. portable": "06 39 98 77 77"})])
    imported(more, "--duplicates", "merge")
    reference = reference_of(command, "idriss")
    assert command("undo-import", first["import"], "--json").value["kept"] == [reference]
    assert count_rows(data, "household") == [1]
    # The second import changed what the first kept: it can still be taken back by itself.
    assert command("undo-import", "--json").value["kept"] == []
    file = command("show", reference, "--json").value
    assert [phone[-2:] for phone in file["phones"]] == ["01"]


def test_each_import_is_undone_once(command: Command, imported: Imported, path: Path) -> None:
    run_id = imported(path)["import"]
    assert command("undo-import", run_id).code == 0
    for arguments in ((), (run_id,), ("0" * 32,), ("",)):
        outcome = command("undo-import", *arguments)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.count("\n") == 1
        assert all(argument in outcome.err for argument in arguments)


def test_a_file_without_any_import_says_so(command: Command) -> None:
    outcome = command("undo-import")
    assert (outcome.code, outcome.out) == (1, "")
    assert "aucun import" in outcome.err


def test_taking_back_the_last_change_leaves_imports_alone(imported: Imported, data: Path, path: Path) -> None:
    imported(path)
    before = content_of(data)
    with open_office(data, PASSPHRASE) as office, pytest.raises(ImportComesFirst):
        dossier.take_back_last(office.file, office.who)
    assert content_of(data) == before


def test_a_dwelling_that_was_there_before_stays(
    command: Command, imported: Imported, data: Path, tmp_path: Path, path: Path
) -> None:
    imported(path, "--landlord", "Habitat Valmère")
    newcomer = tenant(30, **{"Adresse logement": "2 rue du Gué 0", "Complément": "Appt 2"})
    before: Any = content_of(data)
    imported(write_list(tmp_path / "b.csv", [newcomer]), "--landlord", "Habitat Valmère")
    command("undo-import")
    assert content_of(data) == before
