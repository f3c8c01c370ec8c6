"""`print` and `documents`: the kinds there are, and pages really written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from caseworker_app.bootstrap.office import create_office, open_office
from caseworker_app.features.demonstration.service import DEMONSTRATION_OFFICE, fill
from caseworker_app.features.procedures.domain.pieces_file import PIECES_FILE
from caseworker_app.security.passphrase import THROW_AWAY
from tests.cli.ground import PASSPHRASE, Command


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("print") / "data"
    with create_office(folder, PASSPHRASE, DEMONSTRATION_OFFICE, kdf=THROW_AWAY)[0] as office:
        fill(office.file, office.who, households=4, seed=3)
    return folder


@pytest.fixture
def demonstration(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "data"))


def reference(run: Command, data: Path, words: str = "ferhaoui") -> str:
    return str(run("search", words, "--json", "--data", data).value[0]["reference"])


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_kinds_are_told_without_any_file(run: Command) -> None:
    kinds = {kind["kind"]: kind for kind in run("documents", "--json").value}
    assert {"bilan-bailleur", "compte-rendu-visite"} <= set(kinds)
    assert kinds["bilan-bailleur"]["leaves_the_association"] is True
    assert kinds["compte-rendu-visite"]["leaves_the_association"] is False
    out = run("documents").out
    assert all(kind in out and about["title"] in out for kind, about in kinds.items())


def test_every_kind_can_be_printed(run: Command, demonstration: Path, tmp_path: Path) -> None:
    number = reference(run, demonstration)
    for kind in run("documents", "--json").value:
        out = tmp_path / f"{kind['kind']}.pdf"
        outcome = run(
            "print", kind["kind"], "--household", number, "--out", out, "--data", demonstration, "--json"
        )
        if kind["kind"] == "fiche-liaison":
            assert (outcome.code, out.exists()) == (1, False)
            assert "intervenant" in outcome.err
            continue
        assert outcome.code == 0
        # What was taken out without a review is told aside.
        assert outcome.err.strip() == outcome.value.get("remark", "")
        papers = ("communication-donnees", "plan-objectifs", "contrat-accompagnement", PIECES_FILE)
        assert not outcome.err or kind["kind"] in papers
        assert outcome.value["path"] == str(out)
        assert outcome.value["pages"] == len(PdfReader(out).pages) > 0


def test_the_landlord_review_has_a_number_and_enters_the_register(
    run: Command, demonstration: Path, tmp_path: Path
) -> None:
    number = reference(run, demonstration)
    written = []
    for name in ("un.pdf", "deux.pdf"):
        out = tmp_path / name
        arguments = ("print", "bilan-bailleur", "--household", number, "--out", out, "--json")
        written.append(run(*arguments, "--data", demonstration).value["number"])
        assert written[-1] in text_of(out)
    assert len(set(written)) == 2
    with open_office(demonstration, PASSPHRASE) as office:
        mark = office.file.state.device_mark
    assert [one.split("-")[2] for one in written] == [mark, mark]
    actions = [
        line["action"] for line in run("show", number, "--json", "--data", demonstration).value["history"]
    ]
    assert actions[:2] == ["bilan transmis au bailleur"] * 2


def test_a_period_is_that_of_the_page(run: Command, demonstration: Path, tmp_path: Path) -> None:
    out = tmp_path / "bilan.pdf"
    dates = ("--from", "2026-02-01", "--to", "2026-10-31")
    arguments = ("print", "bilan-bailleur", "--household", reference(run, demonstration), "--out", out)
    assert run(*arguments, *dates, "--data", demonstration).code == 0
    text = text_of(out)
    assert "2026" in text
    assert any(words in text for words in ("1er février 2026", "01/02/2026", "1er février"))


def test_a_team_is_printed_into_a_folder_and_refusals_are_told(
    run: Command, demonstration: Path, tmp_path: Path
) -> None:
    out = tmp_path / "bilans"
    arguments = ("print", "bilan-bailleur", "--team", "Claire Lenoir", "--out", out, "--json")
    outcome = run(*arguments, "--data", demonstration)
    assert outcome.code == 0
    printed, refused = outcome.value["printed"], outcome.value["refused"]
    assert printed
    assert {Path(one["path"]) for one in printed} == set(out.glob("*.pdf"))
    assert outcome.err.count("\n") == len(refused)
    assert all(one["reference"] and one["message"] in outcome.err for one in refused)


def test_a_team_nobody_knows_is_refused(run: Command, demonstration: Path, tmp_path: Path) -> None:
    out = tmp_path / "bilans"
    outcome = run("print", "bilan-bailleur", "--team", "Personne", "--out", out, "--data", demonstration)
    assert (outcome.code, outcome.out) == (1, "")
    assert "Claire Lenoir" in outcome.err


def test_an_unknown_kind_is_refused_with_those_there_are(run: Command, tmp_path: Path) -> None:
    outcome = run("print", "facture", "--household", "X", "--out", tmp_path / "f.pdf")
    assert (outcome.code, outcome.out) == (1, "")
    assert "bilan-bailleur" in outcome.err


@pytest.mark.parametrize("place", ["a folder", "no folder"])
def test_a_place_that_cannot_be_written_is_told_and_nothing_enters_the_register(
    run: Command, demonstration: Path, tmp_path: Path, place: str
) -> None:
    number = reference(run, demonstration)
    out = tmp_path if place == "a folder" else tmp_path / "absent" / "bilan.pdf"
    before = run("show", number, "--json", "--data", demonstration).value["history"]
    outcome = run("print", "bilan-bailleur", "--household", number, "--out", out, "--data", demonstration)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1
    assert run("show", number, "--json", "--data", demonstration).value["history"] == before


def test_a_visit_is_chosen_by_its_number(run: Command, demonstration: Path, tmp_path: Path) -> None:
    number, out = reference(run, demonstration), tmp_path / "visite.pdf"
    visits = run("show", number, "--json", "--data", demonstration).value["visits"]
    chosen = visits[-1]["number"]
    arguments = ("print", "compte-rendu-visite", "--household", number, "--out", out, "--json")
    assert run(*arguments, "--entry", chosen, "--data", demonstration).value["number"] == chosen
    outcome = run(*arguments, "--entry", "VIS-2020-XXXX-9999", "--data", demonstration)
    assert (outcome.code, outcome.out) == (1, "")
    assert "VIS-2020-XXXX-9999" in outcome.err


def test_an_unknown_household_is_refused(run: Command, demonstration: Path, tmp_path: Path) -> None:
    out = tmp_path / "f.pdf"
    outcome = run(
        "print", "bilan-bailleur", "--household", "2026-XXXX-9", "--out", out, "--data", demonstration
    )
    assert (outcome.code, outcome.out) == (1, "")
    assert not out.exists()


def test_a_follow_up_file_is_printed_by_parts(run: Command, demonstration: Path, tmp_path: Path) -> None:
    number = reference(run, demonstration)
    arguments = ("print", "dossier-suivi", "--household", number, "--data", demonstration, "--json", "--out")
    whole = run(*arguments, tmp_path / "tout.pdf").value["pages"]
    part = run(*arguments, tmp_path / "journal.pdf", "--preset", "journal").value["pages"]
    assert 0 < part < whole
    outcome = run(*arguments, tmp_path / "rien.pdf", "--preset", "photos")
    assert (outcome.code, outcome.out) == (1, "")
    assert "sans-ecrits-internes" in outcome.err


def test_only_a_follow_up_file_has_parts(run: Command, demonstration: Path, tmp_path: Path) -> None:
    out = tmp_path / "bilan.pdf"
    arguments = ("print", "bilan-bailleur", "--household", reference(run, demonstration), "--out", out)
    outcome = run(*arguments, "--preset", "journal", "--data", demonstration)
    assert (outcome.code, outcome.out) == (1, "")
    assert not out.exists()


def test_a_diagnosis_and_the_end_of_a_measure_are_printed_on_the_demonstration(
    run: Command, demonstration: Path, tmp_path: Path
) -> None:
    number = reference(run, demonstration)
    for kind, told in (("diagnostic", "mesure proposée"), ("fiche-fin-mesure", "Ce qui reste à faire")):
        out = tmp_path / f"{kind}.pdf"
        arguments = ("print", kind, "--household", number, "--out", out, "--data", demonstration)
        assert run(*arguments).code == 0
        assert told in text_of(out)
        assert "Interne – ne pas transmettre" in text_of(out)
        outcome = run(*arguments, "--from", "2026-01-01")
        assert (outcome.code, outcome.out) == (1, "")
