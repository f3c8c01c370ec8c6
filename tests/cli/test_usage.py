"""What is badly written is told in French with exit code 2; every command explains itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from caseworker_app.cli.parser import COMMANDS as ADDED
from tests.cli.ground import Command, Imported
from tests.cli.lists import tenant, write_list

COMMANDS = (
    "create", "demo", "import", "undo-import", "search", "show", "agenda", "merge", "split", "undo", "print",
    "documents", "verify", "backup", "backups", "backup-place", "restore", "ways-in", "change-passphrase",
    "new-recovery-key", "change-data-key", "referrals", "veille", "agreements", "indicators",
    "retention", "erase", "anonymise", "self-test",
    "main-job",
)  # fmt: skip
ENGLISH = re.compile(
    r"\b(?:usage: |the following|required|show (?:this|program)|error|invalid|unrecognized|choose from"
    r"|expected)\b"
)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "inconnue",
        "create --worker C",
        "create --association A --worker",
        "search",
        "search a --limit zéro",
        "search a --limit 0",
        "search a --lim 3",
        "show",
        "show A B",
        "demo --households -3",
        "demo --seed x",
        "import",
        "import l.csv --duplicates parfois",
        "import l.csv --continue --undo-interrupted",
        "print bilan-bailleur --out o.pdf",
        "print bilan-bailleur --household A --team B --out o.pdf",
        "print bilan-bailleur --household A",
        "print bilan-bailleur --household A --out o.pdf --from hier",
        "documents --json=oui",
        "verify --data",
    ],
)
def test_what_is_badly_written_is_told_in_french(run: Command, written: str) -> None:
    outcome = run(*written.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("usage\u00a0: caseworker-app")
    assert not ENGLISH.search(outcome.err), outcome.err


@pytest.mark.parametrize(
    "more",
    [
        "--household {} --to 2026-01-31",
        "--household {} --from 2026-02-01 --to 2026-01-31",
        "--team Claire --entry VIS-2026-B7K4-0001",
    ],
)
def test_options_that_do_not_go_together_are_told(
    command: Command, imported: Imported, tmp_path: Path, more: str
) -> None:
    imported(write_list(tmp_path / "liste.csv", [tenant(1)]))
    reference = command("search", "le goff", "--json").value[0]["reference"]
    out = tmp_path / "o.pdf"
    outcome = command("print", "compte-rendu-visite", "--out", out, *more.format(reference).split())
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_explains_itself_in_french(run: Command, name: str) -> None:
    outcome = run(*name.split(), "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("usage\u00a0: caseworker-app")
    assert "montrer cette aide" in outcome.out
    assert not ENGLISH.search(outcome.out), outcome.out
    assert " :" not in outcome.out.replace("\u00a0:", "")


def test_the_help_names_every_command(run: Command) -> None:
    assert len(COMMANDS) == len(ADDED)
    out = run("--help").out
    assert all(re.search(rf"^    {name}\b", out, re.MULTILINE) for name in COMMANDS)
    told = ("--data", "--passphrase-file", "CASEWORKER_PASSPHRASE", "docs/command-line.md")
    assert all(word in out for word in told)


def test_the_version_is_told(run: Command) -> None:
    outcome = run("--version")
    assert outcome.code == 0
    assert re.fullmatch(r"Passerelle \d+\.\d+\.\d+\S*\n", outcome.out)
