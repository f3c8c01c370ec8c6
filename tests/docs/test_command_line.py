"""`docs/command-line.md` describes every command, option and key of a real answer, and nothing else."""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.bootstrap.office import Office, create_office, open_office
from caseworker_app.cli import main
from caseworker_app.cli.parser import build_parser
from caseworker_app.features.demonstration.service import DEMONSTRATION_OFFICE, fill
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.store import measure
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.referrals.domain.referral import Decision, NewDecision, NewReferral, Sender
from caseworker_app.features.retention import service as retention
from caseworker_app.features.veille import service as veille
from caseworker_app.features.veille.domain.contact import Way
from caseworker_app.features.veille.domain.rhythm import Rhythm, Unit
from caseworker_app.features.veille.domain.watch import NewWatch
from caseworker_app.kernel.clock import today
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.storage.connection import Connection

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"
PASSPHRASE = "quatre mots sans rapport"
# Keys that are names: our columns.
NAMED = {"columns", "confidence"}

Run = Callable[..., Any]


def sections() -> dict[str, str]:
    """Return the text of each section of the page by its title."""
    parts = re.split(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def documented(section: str) -> set[str]:
    """Return the keys a section describes."""
    tables = re.findall(r"^\| Key \|.*\n\|---.*\n((?:\|.*\n)+)", sections()[section], re.MULTILINE)
    return {key for table in tables for key in re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)}


def keys_of(value: Any, path: str = "") -> Iterator[str]:
    """Yield the path of every key of an answer, as the page writes them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            named = path in NAMED
            here = f"{path}.*" if named else f"{path}.{key}" if path else key
            if key not in NAMED:
                yield here
            yield from keys_of(inner, here)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner, f"{path}[]")


def commands() -> dict[str, argparse.ArgumentParser]:
    actions = build_parser()._actions
    return next(dict(a.choices) for a in actions if isinstance(a, argparse._SubParsersAction))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)

    def run(*arguments: object) -> Any:
        capsys.readouterr()
        assert main([*map(str, arguments), "--json"]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration, whose households hold every kind of answer between them."""
    folder = tmp_path_factory.mktemp("docs") / "data"
    with create_office(folder, PASSPHRASE, DEMONSTRATION_OFFICE, kdf=THROW_AWAY)[0] as office:
        fill(office.file, office.who, households=14, seed=2)
    return folder


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "data"))


def reference(run: Run, data: Path) -> str:
    return str(run("search", "ferhaoui", "--data", data)[0]["reference"])


def test_every_command_has_its_section_and_is_listed_at_the_top() -> None:
    titles = [title for title in sections() if title != "What all commands share"]
    assert sorted(titles) == sorted(commands())
    top = PAGE.read_text(encoding="utf-8").split("## ")[0]
    assert all(f"[{title}](#{title})" in top for title in titles)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_option_is_described(name: str) -> None:
    text = sections()[name] + sections()["What all commands share"]
    for action in commands()[name]._actions:
        for option in action.option_strings:
            assert option in ("-h", "--help") or f"`{option}" in text, option


@pytest.mark.parametrize("name", sorted(commands()))
def test_the_usage_line_names_no_option_that_is_not_there(name: str) -> None:
    usage = re.search(rf"^`{name}.*?`\n(?:`.*`\n)*", sections()[name], re.MULTILINE)
    assert usage is not None
    known = {option for action in commands()[name]._actions for option in action.option_strings}
    assert set(re.findall(r"--[a-z-]+", usage[0])) <= known


def test_agenda(run: Run, data: Path, tmp_path: Path) -> None:
    pytest.importorskip("icalendar")
    out = tmp_path / "agenda.ics"
    listed = run("agenda", "--week", "--team", "--data", data)
    exported = run("agenda", "export", out, "--data", data)
    printed = run("agenda", "sheet", tmp_path / "jour.pdf", "--data", data)
    taken = run("agenda", "import", out, "--dry-run", "--data", data)
    assert exported["times"] == taken["known"] > 0
    assert {*keys_of(listed), *keys_of(exported), *keys_of(printed), *keys_of(taken)} == documented("agenda")


def test_create(run: Run, tmp_path: Path) -> None:
    made = run("create", "--association", "A", "--worker", "B", "--data", tmp_path / "data")
    assert set(keys_of(made)) == documented("create")


def test_demo(run: Run, tmp_path: Path) -> None:
    made = run("demo", "--households", 1, "--data", tmp_path / "data")
    assert set(keys_of(made)) == documented("demo")


def test_import_and_undo_import(run: Run, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    rows = (
        "Liste des locataires;;;;;\n",
        "Nom;Prénom;Né(e) le;Adresse;Loyer;Téléphone;NIR\n",
        "Dubois;Awa;01/02/1980;1 rue A;400;;\n",
        "Dubois;Awa;01/02/1980;1 rue A;400;;\n",
        "Dubois;Luc;01/02/1980;1 rue A;400;06 39 98 1;\n",
        ";Luc;31/02/1980;2 rue A;400;;180023400000012\n",
    )
    path.write_text("".join(rows), encoding="utf-8")
    report = run("import", path, "--data", data)
    assert report["errors"]
    assert report["warnings"]
    assert report["duplicates"]
    assert report["related"]
    assert report["left_out"]
    profiles = run("import", "--list-profiles", "--data", data)
    assert {*keys_of(report), *keys_of(profiles)} == documented("import")
    assert set(keys_of(run("undo-import", "--data", data))) == documented("undo-import")


def test_every_column_of_ours_is_named() -> None:
    from caseworker_app.features.intake.domain.field_choices import FIELD_LABELS
    from caseworker_app.features.intake.domain.heading_rules import FIELD_RULES

    fields = {name for name, _ in FIELD_RULES} | set(FIELD_LABELS)
    text = sections()["import"]
    assert {field for field in fields if f"`{field}`" not in text} == set()


def test_search(run: Run, data: Path) -> None:
    assert set(keys_of(run("search", "ferhaoui", "--data", data))) == documented("search")


def test_show(run: Run, data: Path) -> None:
    number = reference(run, data)
    first = run("show", number, "--data", data)["measures"][0]
    with open_office(data, PASSPHRASE) as office:
        with office.file.reading() as connection:
            household = households.find_by_reference(connection, office.who, number)
            running = measures.measures_of(connection, office.who, household.id, date(2026, 11, 24))[0]
        later = date.fromisoformat(first["planned_end_on"]).replace(year=2027, month=9, day=1)
        measures.renew_measure(office.file, office.who, running.measure.id, later)
        with office.file.reading() as connection:
            child = households.open_household(connection, office.who, household.id).members[-1]
        households.leave_household(office.file, office.who, child.id, date(2026, 11, 3))
    found: set[str] = set()
    for answer in run("search", "2026", "--data", data):
        found |= set(keys_of(run("show", answer["reference"], "--data", data)))
    assert found == documented("show")


def test_merge_and_undo(run: Run, data: Path) -> None:
    one, other = (found["reference"] for found in run("search", "2026", "--limit", 2, "--data", data))
    merged = run("merge", one, other, "--data", data)
    assert merged["moved"]
    assert set(keys_of(merged)) == documented("merge")
    changes = run("undo", "--list", "--data", data)
    undone = run("undo", "--data", data)
    assert {*keys_of(changes), *keys_of(undone)} == documented("undo")


def test_split(run: Run, data: Path) -> None:
    found = (run("show", each["reference"], "--data", data) for each in run("search", "2026", "--data", data))
    first = next(each for each in found if len(each["members"]) > 2 and each["goals"])
    leaving = f"{first['members'][1]['first_name']} {first['members'][1]['last_name']}"
    parted = run("split", first["reference"], "--member", leaving, "--city", "Tourcoing", "--data", data)
    assert set(keys_of(parted)) == documented("split")


def test_referrals(run: Run, data: Path) -> None:
    with open_office(data, PASSPHRASE) as office:
        day = today(office.file.clock)
        somebody = NewHousehold((NewMember("Zzanemo", "Ilo"),))
        new = NewReferral(day, Sender.PERSON, ("isolation",))
        made = referrals.receive_referral(office.file, office.who, new, somebody)[0]
        referrals.decide_referral(
            office.file, office.who, made.referral_id, NewDecision(Decision.WITHDRAWN, day)
        )
    told, open_ones = run("referrals", "--all", "--data", data), run("referrals", "--data", data)
    assert set(keys_of(told)) == documented("referrals")
    over = {each["number"] for each in told} - {each["number"] for each in open_ones}
    assert [each["decision"] for each in told if each["number"] in over].count("withdrawn") == 1


def test_veille(run: Run, data: Path, tmp_path: Path) -> None:
    with open_office(data, PASSPHRASE) as office:
        day = today(office.file.clock)
        made, _ = households.create_household(office.file, office.who, NewHousehold((NewMember("Zzanemo"),)))
        veille.open_watch(office.file, office.who, made, NewWatch(Way.CALL, Rhythm(day, 1, Unit.WEEKS)))
    told = run("veille", "--all", "--worker", "lenoir", "--data", data)
    due = run("veille", "--data", data)
    printed = run("veille", "sheet", tmp_path / "appels.pdf", "--data", data)
    assert {*keys_of(told), *keys_of(printed)} == documented("veille")
    assert "Zzanemo" in {each["name"] for each in due}
    assert printed["count"] > 0


def test_retention_erase_and_anonymise(run: Run, data: Path) -> None:
    first, second = (found["reference"] for found in run("search", "2026", "--limit", 2, "--data", data))
    with open_office(data, PASSPHRASE) as office:
        with office.file.unit_of_work(office.who.worker_id, "close") as uow:
            for row in uow.rows(measure.select()):
                uow.update(measure, row.id, {"ended_on": "2026-01-31"})
        with office.file.reading() as connection:
            known = households.find_by_reference(connection, office.who, second)
            names = [_last_name(connection, office, each) for each in (first, second)]
        households.add_member(office.file, office.who, known.id, NewMember("Zzanemo", "Ilo"))
        other, _ = households.create_household(office.file, office.who, NewHousehold((NewMember("Ola"),)))
        households.change_note(office.file, office.who, other, f"Connaît {' et '.join(names)}")
        retention.archive(office.file, office.who, [known.id], "Deux ans")
    assert set(keys_of(run("retention", "--data", data))) == documented("retention")
    assert run("erase", first, "--data", data)["done"] is False
    one = run("erase", second, "--member", "Ilo Zzanemo", "--confirm", "--data", data)
    assert {*keys_of(run("erase", first, "--confirm", "--data", data)), *keys_of(one)} == documented("erase")
    assert set(keys_of(run("anonymise", second, "--confirm", "--data", data))) == documented("anonymise")


def _last_name(connection: Connection, office: Office, reference: str) -> str:
    found = households.find_by_reference(connection, office.who, reference)
    return str(households.open_household(connection, office.who, found.id).members[0].last_name)


def test_print(run: Run, data: Path, tmp_path: Path) -> None:
    review = ("print", "bilan-bailleur", "--data", data, "--out")
    one = run(*review, tmp_path / "b.pdf", "--household", reference(run, data))
    team = run(*review, tmp_path / "b", "--team", "Claire Lenoir")
    assert team["refused"]
    copy = run("print", "communication-donnees", "--data", data, "--out", tmp_path / "c.pdf",
               "--household", reference(run, data))  # fmt: skip
    assert {*keys_of(one), *keys_of(team), *keys_of(copy)} == documented("print")


def test_documents(run: Run) -> None:
    assert set(keys_of(run("documents"))) == documented("documents")


def test_verify(run: Run, data: Path) -> None:
    run("backup", "--data", data)
    assert set(keys_of(run("verify", "--backups", "--data", data))) == documented("verify")
    assert set(keys_of(run("verify", "--data", data))) < documented("verify")


def test_backup_backups_and_restore(run: Run, data: Path) -> None:
    made = run("backup", "--data", data)
    assert set(keys_of(made)) == documented("backup")
    assert set(keys_of(run("backups", "--data", data))) == documented("backups")
    assert set(keys_of(run("restore", made["name"], "--data", data))) == documented("restore")


def test_self_test(run: Run) -> None:
    assert set(keys_of(run("self-test"))) == documented("self-test")


def test_main_job_answers_paths(run: Run, tmp_path: Path) -> None:
    made = run("main-job", "--out", tmp_path)
    assert all(Path(path).is_file() for path in made)
    assert documented("main-job") == set()


def test_the_exit_codes_are_those_of_the_code() -> None:
    from caseworker_app import cli

    table = dict(re.findall(r"^\| (\d) \| ([^|:]+)", sections()["What all commands share"], re.MULTILINE))
    assert {int(code): meaning.strip() for code, meaning in table.items()} == {
        cli.DONE: "done",
        cli.REFUSED: "refused",
        cli.WRONG_USAGE: "wrong usage",
        cli.WRONG_PASSPHRASE: "wrong passphrase",
    }


def test_the_kinds_of_a_visit_and_of_the_rest_are_named() -> None:
    from caseworker_app.features.diary.domain.entry import VISIT_KINDS
    from caseworker_app.features.diary.domain.kinds import EntryKind

    text = sections()["show"]
    visits = re.search(r"`visits\[\]\.kind` \| text \| (.+) \|", text)
    others = re.search(r"`diary\[\]\.kind` \| text \| (.+) \|", text)
    assert visits is not None
    assert others is not None
    assert set(re.findall(r"`(\w+)`", visits[1])) == {kind.value for kind in VISIT_KINDS}
    assert set(re.findall(r"`(\w+)`", others[1])) == {kind.value for kind in set(EntryKind) - VISIT_KINDS}
