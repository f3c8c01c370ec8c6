"""`demo` and `main-job`: invented households, the same for the same seed; the whole way without a screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from caseworker_app.bootstrap.office import open_office
from caseworker_app.cli.commands import OF_DEMONSTRATIONS
from tests.cli.ground import Command


@pytest.fixture
def untold(run: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run commands without a passphrase in the environment."""
    monkeypatch.delenv("CASEWORKER_PASSPHRASE")
    return run


def content(data: Path) -> list[Any]:
    """Return what the households hold, without the marks a device gives."""
    with open_office(data, OF_DEMONSTRATIONS) as office, office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        tables = (
            "household_member",
            "address",
            "contact",
            "rent_entry",
            "diary_entry",
            "goal",
            "budget_line",
        )
        return [sorted(map(repr, raw.execute(_WITHOUT_IDS[table]).fetchall())) for table in tables]


_WITHOUT_IDS = {
    "household_member": "SELECT last_name, first_name, birth_date, relation FROM household_member",
    "address": "SELECT street, city, from_date FROM address",
    "contact": "SELECT kind, value, safe FROM contact",
    "rent_entry": "SELECT account, month, kind, amount_cents FROM rent_entry",
    "diary_entry": "SELECT kind, started_at, observed, said, analysis FROM diary_entry",
    "goal": "SELECT title, domain, state, opened_on FROM goal",
    "budget_line": "SELECT * FROM (SELECT category, amount_cents FROM budget_line)",
}


def test_the_same_seed_gives_the_same_content(untold: Command, tmp_path: Path) -> None:
    folders = []
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        folders.append(tmp_path / name)
        options = ("--households", 20, "--seed", seed, "--data", folders[-1], "--json")
        outcome = untold("demo", *options)
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.value == {"folder": str(folders[-1]), "households": 20, "seed": seed}
    first, second, third = map(content, folders)
    assert first == second
    assert first != third


def test_a_demonstration_never_overwrites_a_file(run: Command, data: Path) -> None:
    before = (data / "passerelle.db").read_bytes()
    outcome = run("demo", "--households", 1, "--data", data)
    assert (outcome.code, outcome.out) == (1, "")
    assert (data / "passerelle.db").read_bytes() == before


def test_its_public_passphrase_is_told_and_opens_it(untold: Command, tmp_path: Path) -> None:
    out = untold("demo", "--households", 1, "--data", tmp_path / "d").out
    assert OF_DEMONSTRATIONS in out
    secret = tmp_path / "secret.txt"
    secret.write_text(OF_DEMONSTRATIONS, encoding="utf-8")
    assert untold("verify", "--data", tmp_path / "d", "--passphrase-file", secret).code == 0


def test_the_main_job_leaves_documents_that_can_be_read(untold: Command, tmp_path: Path) -> None:
    outcome = untold("main-job", "--out", tmp_path / "out", "--json")
    assert outcome.code == 0
    made = [Path(path) for path in outcome.value]
    assert {path.suffix for path in made} == {".csv", ".json", ".pdf"}
    assert all(path.is_file() for path in made)
    pages = [PdfReader(path).pages[0].extract_text() for path in made if path.suffix == ".pdf"]
    assert len(pages) >= 2
    assert all("DÉMONSTRATION" in page for page in pages)


def test_the_self_test_passes(untold: Command) -> None:
    outcome = untold("self-test", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert len(outcome.value["passed"]) > 3
    # Also what a packaged program could lack: the dictionary and the library that reads it, in another process.
    assert any("orthographe" in line for line in outcome.value["passed"])
