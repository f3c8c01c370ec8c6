"""`import --kind goals`: goals of another program, into a household's file or the library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.ground import PASSPHRASE, Command, Imported, rows_kept
from tests.cli.lists import tenant, write_list
from tests.features.intake.test_goal_exports import BOOK


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "carnet.json"
    path.write_text(json.dumps([BOOK]), encoding="utf-8")
    return path


def test_goals_come_into_a_household(
    imported: Imported, command: Command, data: Path, tmp_path: Path, export: Path
) -> None:
    imported(write_list(tmp_path / "liste.csv", [tenant(1)]))
    reference = (
        command("search", "essai", "--json").value
        or command("search", tenant(1)["Nom locataire"], "--json").value
    )
    where = reference[0]["reference"]
    before = rows_kept(data)
    dry = command("import", export, "--kind", "goals", "--household", where, "--dry-run", "--json").value
    assert (dry["created"], len(dry["goals"])) == (0, 3)
    assert rows_kept(data) == before
    done = command("import", export, "--kind", "goals", "--household", where, "--json").value
    assert (done["kind"], done["created"], done["skipped"]) == ("goals", 3, 0)
    assert "Essai" not in json.dumps(done).replace("Aider Noé", "")
    shown = command("show", where, "--json").value
    assert {goal["title"] for goal in shown["goals"]} == {goal["title"] for goal in done["goals"]}
    told = command("import", export, "--kind", "goals", "--household", where)
    assert "3\u00a0déjà là" in told.out


def test_goals_come_into_the_library(command: Command, data: Path, export: Path) -> None:
    assert command("import", export, "--kind", "goals", "--library", "--json").value["created"] == 2
    assert len(rows_kept(data)["goal_model"]) == 2
    assert PASSPHRASE not in repr(rows_kept(data)["goal_model"])


def test_what_is_not_told_or_not_there_is_refused(command: Command, tmp_path: Path, export: Path) -> None:
    none = command("import", export, "--kind", "goals")
    assert (none.code, "--household REF" in none.err) == (1, True)
    absent = command("import", export, "--kind", "goals", "--household", "2026-B7K4-0001")
    assert absent.code == 1
    two = tmp_path / "deux.json"
    two.write_text(json.dumps([BOOK, BOOK]), encoding="utf-8")
    which = command("import", two, "--kind", "goals", "--household", "2026-B7K4-0001")
    assert "--notebook" in which.err
    assert command("import", two, "--kind", "goals", "--library", "--notebook", "3").code == 1
    assert command("import", two, "--kind", "goals", "--library", "--notebook", "2").code == 0
    assert command("import", tmp_path, "--kind", "goals", "--library").code == 1
    assert command("import", export, "--kind", "goals", "--library", "--household", "x").code == 2


def test_a_json_file_of_no_told_kind_says_which_it_can_be(command: Command, data: Path, export: Path) -> None:
    before = rows_kept(data)
    refused = command("import", export)
    assert refused.code == 1
    assert "--kind partners" in refused.err
    assert "--kind goals" in refused.err
    assert rows_kept(data) == before
