"""An import that stops half-way is told, gone on with to the same end, or undone to nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import open_office
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.intake.domain.decision import OnDuplicate
from caseworker_app.features.intake.service import importing
from tests.cli.ground import PASSPHRASE, Command, Imported
from tests.cli.lists import content_of, count_rows, tenant, write_list, write_text

PARTS = ("household", "household_member", "address", "contact", "dwelling", "lease", "rent_entry", "landlord")
LANDLORD = "Habitat Valmère"


class Stopped(Exception):
    """Stands for the power cut."""


def tangled_list(path: Path) -> Path:
    """Write a list whose rows lean on earlier ones: people told again, homes shared, members on own rows."""
    rows = [tenant(number) for number in range(1, 13)]
    rows.insert(5, tenant(2, **{"Prénom": "Maelle", "Tél. portable": "06 39 98 55 55"}))
    rows.append(tenant(1, Courriel="autre@gue.example"))
    rows.append(tenant(40, **{"Adresse logement": "4 rue du Gué 0", "Complément": "Appt 4"}))
    rows.append(tenant(41, **{"Nom locataire": ""}))
    rows.append(
        tenant(11, **{"N° Bail": "B00003", "Adresse logement": "4 rue du Gué 0", "Complément": "Appt 4"})
    )
    rows.append(tenant(2, **{"Tél. portable": "06 39 98 66 66"}))
    rows += [tenant(number) for number in range(50, 56)]
    return write_list(path, rows)


def register(path: Path) -> Path:
    """Write a list of dwellings, some of them told twice."""
    head = "Référence logement;Adresse;CP;Commune;Type;Surface\n"
    lines = [f"L{number};{number} rue A;35990;Valmère;T{number % 4 + 1};\n" for number in range(1, 11)]
    return write_text(path, head + "".join(lines) + "L3;;;;;62\n;1 place B;35990;Valmère;T1;\n" * 2)


def stop_after(batches: int) -> Callable[[int, int], None]:
    """Return a progress that stops the import once so many batches are written."""
    seen: list[int] = []

    def progress(done: int, _total: int) -> None:
        seen.append(done)
        if len(seen) == batches:
            raise Stopped

    return progress


def import_until(data: Path, path: Path, batches: int, mode: str) -> None:
    """Import a list in this process until it is stopped."""
    with open_office(data, PASSPHRASE) as office, pytest.raises(Stopped):
        importing.import_list(
            office.file,
            office.who,
            path,
            duplicates=OnDuplicate(mode),
            landlord=LANDLORD,
            progress=stop_after(batches),
        )


@pytest.fixture(params=[tangled_list, register], ids=["tenants", "dwellings"])
def listed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path: Path = request.param(tmp_path / "liste.csv")
    return path


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 3)


@pytest.mark.parametrize("mode", ["skip", "merge", "create"])
@pytest.mark.parametrize("batches", [1, 2, 3])
@pytest.mark.usefixtures("small_batches")
def test_going_on_ends_as_if_nothing_had_happened(
    imported: Imported, data: Path, blank_office: Path, tmp_path: Path, listed: Path, mode: str, batches: int
) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(data, whole)
    expected = imported(listed, "--duplicates", mode, "--landlord", LANDLORD)
    unbroken = content_of(data)
    shutil.rmtree(data)
    shutil.move(whole, data)
    import_until(data, listed, batches, mode)
    report = imported(listed, "--continue")
    counts = ("rows", "created", "merged", "skipped", "rows_in_error")
    assert {key: report[key] for key in counts} == {key: expected[key] for key in counts}
    assert [d["row"] for d in report["duplicates"]] == [d["row"] for d in expected["duplicates"]]
    assert content_of(data) == unbroken


@pytest.mark.usefixtures("small_batches")
def test_stopped_again_and_again_it_still_ends_the_same(
    imported: Imported, data: Path, tmp_path: Path
) -> None:
    path, other = tangled_list(tmp_path / "liste.csv"), tmp_path / "other"
    shutil.copytree(data, other)
    import_until(data, path, 1, "merge")
    for _ in range(4):
        with open_office(data, PASSPHRASE) as office, pytest.raises(Stopped):
            importing.import_list(office.file, office.who, path, go_on=True, progress=stop_after(1))
    imported(path, "--continue")
    broken = content_of(data)
    shutil.rmtree(data)
    shutil.move(other, data)
    imported(path, "--duplicates", "merge", "--landlord", LANDLORD)
    assert content_of(data) == broken


@pytest.mark.usefixtures("small_batches")
def test_what_somebody_typed_meanwhile_changes_nothing_of_what_was_decided(
    imported: Imported, data: Path, tmp_path: Path
) -> None:
    path = tangled_list(tmp_path / "liste.csv")
    import_until(data, path, 2, "skip")
    with open_office(data, PASSPHRASE) as office:
        for name, first in (("Le Goff0", "Idriss"), ("N’Guessan0", "Joris"), ("Marchadier0", "Maëlle")):
            households.create_household(office.file, office.who, NewHousehold((NewMember(name, first),)))
    before = count_rows(data, "household")[0]
    report = imported(path, "--continue")
    assert count_rows(data, "household")[0] == 3 + report["created"]
    assert report["created"] > before - 3


@pytest.mark.usefixtures("small_batches")
def test_an_import_that_stopped_must_first_be_finished_or_undone(
    command: Command, data: Path, tmp_path: Path
) -> None:
    path = tangled_list(tmp_path / "liste.csv")
    import_until(data, path, 2, "skip")
    other = write_list(tmp_path / "autre.csv", [tenant(90)])
    for options in ((path,), (other,), (path, "--dry-run")):
        outcome = command("import", *options)
        assert (outcome.code, outcome.out) == (1, "")
        assert "«\u00a0liste.csv\u00a0» s’est arrêté en route" in outcome.err
        assert "--continue" in outcome.err
        assert "undo-import" in outcome.err
    outcome = command("import", other, "--continue")
    assert outcome.code == 1
    assert "liste.csv" in outcome.err
    path.write_bytes(path.read_bytes() + b"\n")
    assert command("import", path, "--continue").code == 1
    assert command("import", tmp_path / "absent.csv", "--continue").code == 1


def test_there_is_nothing_to_go_on_with(command: Command, tmp_path: Path) -> None:
    outcome = command("import", write_list(tmp_path / "a.csv", [tenant(1)]), "--continue")
    assert (outcome.code, outcome.out) == (1, "")
    assert "--continue" in outcome.err


@pytest.mark.parametrize("mode", ["skip", "merge", "create"])
@pytest.mark.usefixtures("small_batches")
def test_undoing_what_stopped_leaves_nothing_of_it(
    command: Command, data: Path, listed: Path, mode: str
) -> None:
    empty = count_rows(data, *PARTS)
    import_until(data, listed, 2, mode)
    assert count_rows(data, *PARTS) != empty
    assert command("undo-import").code == 0
    assert count_rows(data, *PARTS) == empty
    assert command("verify").code == 0
    assert command("import", listed, "--continue").code == 1
    assert command("import", listed).code == 0


@pytest.mark.usefixtures("small_batches")
def test_one_command_undoes_what_stopped_and_imports_again(
    imported: Imported, data: Path, tmp_path: Path
) -> None:
    path = tangled_list(tmp_path / "liste.csv")
    import_until(data, path, 2, "create")
    report = imported(path, "--undo-interrupted")
    assert count_rows(data, "household") == [report["created"]]
    again = imported(write_list(tmp_path / "autre.csv", [tenant(90)]), "--undo-interrupted")
    assert count_rows(data, "household") == [report["created"] + again["created"]]


@pytest.mark.usefixtures("small_batches")
def test_an_undoing_that_stopped_is_finished_before_anything_else(
    command: Command, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from caseworker_app.storage import undo

    empty, path = count_rows(data, *PARTS), tangled_list(tmp_path / "liste.csv")
    command("import", path)
    real, calls = undo._worked_on, []

    def stopping(*arguments: object) -> set[str]:
        calls.append(arguments)
        if len(calls) == 3:
            raise Stopped
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(undo, "_worked_on", stopping)
    with open_office(data, PASSPHRASE) as office, pytest.raises(Stopped):
        importing.undo_import(office.file, office.who)
    monkeypatch.undo()
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    for options in ((path,), (path, "--continue")):
        outcome = command("import", *options)
        assert outcome.code == 1
        assert "undo-import" in outcome.err
    assert command("undo-import").code == 0
    assert count_rows(data, *PARTS) == empty


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own is a thing of POSIX systems")
def test_a_killed_import_goes_on_to_the_same_end(
    imported: Imported, command: Command, data: Path, tmp_path: Path
) -> None:
    rows = [tenant(number) for number in range(1, 2_001)]
    rows += [tenant(3, **{"Tél. portable": "06 39 97 00 01"}), tenant(1_200, Courriel="b@gue.example")]
    path, other = write_list(tmp_path / "liste.csv", rows), tmp_path / "other"
    shutil.copytree(data, other)
    _kill_after_first_batch(data, path)
    written = count_rows(data, "household")[0]
    assert 0 < written < 2_000
    assert command("verify").code == 0
    refused = command("import", path)
    assert refused.code == 1
    assert "s’est arrêté en route" in refused.err
    report = imported(path, "--continue")
    assert (report["created"], report["merged"]) == (2_000, 2)
    broken = content_of(data)
    shutil.rmtree(data)
    shutil.move(other, data)
    imported(path, "--duplicates", "merge", "--landlord", LANDLORD)
    assert content_of(data) == broken


def _kill_after_first_batch(data: Path, path: Path) -> None:
    """Import in a real process, and kill it as soon as its terminal shows that a batch is written."""
    import pty

    ours, theirs = pty.openpty()
    arguments = ["import", path, "--data", data, "--duplicates", "merge", "--landlord", LANDLORD]
    process = subprocess.Popen(
        [sys.executable, "-m", "caseworker_app", *map(str, arguments)],
        env={**os.environ, "CASEWORKER_PASSPHRASE": PASSPHRASE},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    try:
        shown = os.read(ours, 100)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(ours)
    assert b" / 2003" in shown, shown
