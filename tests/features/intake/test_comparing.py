"""Duplicates side by side, the three choices, and imports undone for thirty days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from caseworker_app.features.households import service as households
from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.deciding import count, decide
from caseworker_app.features.intake.domain.decision import Action, OnDuplicate, RowChoice
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.run import ImportRun, RunState, UndoTooLate, may_undo, undo_until
from caseworker_app.features.intake.domain.sides import SideBySide
from caseworker_app.features.intake.service import importing
from caseworker_app.features.intake.service.checking import check_list, write_list
from caseworker_app.features.intake.service.comparing import MASKED, sides_of
from caseworker_app.features.intake.service.importing import ImportReport
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.ground import KEY, NOW

TODAY = date(2026, 11, 24)
LIST = (
    "Nom;Prénom;Né(e) le;Téléphone;Adresse;Code postal;Ville\n"
    "MARCHADIER;Solene;14/03/1992;0639981200;3 rue du Gué;59510;Hem\n"
    "Okonski;Jan;01/02/1980;;;;\n"
    "Okonski;Jan;01/02/1980;;;;\n"
)


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def checked(file: EncryptedFile, who: Who, path: Path, choices: Choices = NO_CHOICES) -> ImportReport:
    return importing.import_list(file, who, path, choices=choices, dry_run=True)


def shown(file: EncryptedFile, who: Who, path: Path, choices: Choices = NO_CHOICES) -> dict[int, SideBySide]:
    plan = checked(file, who, path, choices).plan
    with file.reading() as connection:
        return {side.row: side for side in sides_of(connection, who, plan, choices)}


def test_both_sides_tell_their_fields_and_the_reason(
    file: EncryptedFile, who: Who, household: str, listing: Path
) -> None:
    sides = shown(file, who, listing)
    known, twice = sides[2], sides[4]
    fields = {field.label: field for field in known.fields}
    assert (known.reference is not None, known.other_row, known.likely) == (True, None, True)
    assert (known.title_theirs, known.title_ours) == ("Solene MARCHADIER", "Solène Marchadier")
    assert not fields["Personne"].differs
    assert (fields["Adresse"].theirs, fields["Adresse"].differs) == ("3 rue du Gué, 59510 Hem", True)
    assert fields["Téléphones"].ours == "06\u00a039\u00a098\u00a012\u00a047"
    assert fields["Autres membres"].theirs == ""
    assert known.why
    assert (twice.other_row, twice.title_ours, twice.choice.action) == (3, "Jan Okonski", Action.SKIP)


def test_a_household_under_protection_does_not_tell_where_it_lives(
    file: EncryptedFile, who: Who, household: str, listing: Path
) -> None:
    households.set_protected(file, who, household, protected=True)
    fields = {field.label: field.ours for field in shown(file, who, listing)[2].fields}
    assert (fields["Adresse"], fields["Téléphones"]) == (MASKED, MASKED)
    assert fields["Personne"] == "Solène Marchadier"


@pytest.mark.parametrize("action", Action)
def test_each_of_the_three_choices_is_carried_out(
    file: EncryptedFile, who: Who, household: str, listing: Path, action: Action
) -> None:
    choices = NO_CHOICES.with_decision(RowChoice(2, action))
    assert shown(file, who, listing, choices)[2].choice.action is action
    report = importing.import_list(file, who, listing, choices=choices)
    done = {Action.CREATE: (2, 0, 1), Action.MERGE: (1, 1, 1), Action.SKIP: (1, 0, 2)}[action]
    counts = report.counts
    assert (counts.created, counts.merged, counts.skipped) == done
    assert counts.rows == sum(done) + counts.in_error
    assert {d.row: d.action for d in report.decisions}[2] is action
    with file.reading() as connection:
        contacts = households.open_household(connection, who, household).contacts
    assert len(contacts) == (2 if action is Action.MERGE else 1)


def test_a_choice_goes_before_the_rule_for_all(
    file: EncryptedFile, who: Who, household: str, listing: Path
) -> None:
    plan = checked(file, who, listing).plan
    choices = NO_CHOICES.with_decision(RowChoice(2, Action.SKIP))
    decisions = {d.row: d for d in decide(plan, OnDuplicate.CREATE, choices)}
    assert (decisions[2].action, decisions[4].action) == (Action.SKIP, Action.CREATE)
    counts = count(plan, decisions.values())
    assert (counts.created, counts.skipped) == (2, 1)


def test_a_row_merged_into_one_that_is_left_out_follows_it(
    file: EncryptedFile, who: Who, household: str, listing: Path
) -> None:
    choices = NO_CHOICES.with_decision(RowChoice(3, Action.SKIP)).with_decision(
        RowChoice(4, Action.MERGE, other_row=3)
    )
    counts = importing.import_list(file, who, listing, choices=choices).counts
    assert (counts.created, counts.merged, counts.skipped) == (0, 0, 3)


def test_duplicates_of_dwellings_and_bodies_have_sides_too(
    file: EncryptedFile, who: Who, tmp_path: Path
) -> None:
    homes = tmp_path / "logements.csv"
    homes.write_text(
        "Référence logement;Adresse;Ville;Type;Surface\nL1;1 rue du Gué;Hem;T3;62\nL2;2 rue du Gué;Hem;T2;40\n",
        encoding="utf-8",
    )
    bodies = tmp_path / "annuaire.csv"
    bodies.write_text("Nom;Ville;Siret;Téléphone\nCCAS;Hem;;0261910001\n", encoding="utf-8")
    for path, kind in ((homes, ListKind.DWELLINGS), (bodies, ListKind.PARTNERS)):
        choices = Choices(kind=kind)
        importing.import_list(file, who, path, choices=choices)
        sides = shown(file, who, path, choices)
        assert sides
        assert all(not field.differs for side in sides.values() for field in side.fields)
        assert all(side.title_theirs == side.title_ours != "" for side in sides.values())


# Undo


def test_an_import_can_be_undone_for_thirty_days(file: EncryptedFile, who: Who, listing: Path) -> None:
    run_id = importing.import_list(file, who, listing).run_id
    folder = file.folder
    file.close()
    late = EncryptedFile.open(folder, KEY, FixedClock(NOW + timedelta(days=31)))
    with late:
        with pytest.raises(UndoTooLate) as refusal:
            importing.undo_import(late, who, run_id)
        assert "24/12/2026" in refusal.value.sentence
        with late.reading() as connection:
            [made] = importing.imports_made(connection, who, TODAY + timedelta(days=31))
            assert (made.can_undo, made.undo_until) == (False, date(2026, 12, 24))
    with EncryptedFile.open(folder, KEY, FixedClock(NOW + timedelta(days=30))) as again:
        assert importing.undo_import(again, who, run_id).run_id == run_id


def test_an_import_that_stopped_may_always_be_undone(file: EncryptedFile, who: Who, listing: Path) -> None:
    run_id = importing.import_list(file, who, listing).run_id
    with file.reading() as connection:
        run: ImportRun = importing.imports_made(connection, who, TODAY)[0].run
    assert run.id == run_id
    later = undo_until(run) + timedelta(days=1)
    assert may_undo(run, undo_until(run))
    assert not may_undo(run, later)
    assert may_undo(replace(run, state=RunState.RUNNING), later)
    assert may_undo(replace(run, state=RunState.UNDOING), later)
    assert not may_undo(replace(run, state=RunState.UNDONE), undo_until(run))


def test_undoing_that_is_stopped_is_finished_later(
    file: EncryptedFile, who: Who, listing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    monkeypatch.setattr(importing, "BATCH", 1)
    run_id = importing.import_list(file, who, listing, duplicates=OnDuplicate.CREATE).run_id
    with pytest.raises(Stopped):
        importing.undo_import(file, who, run_id, progress=stop)
    with file.reading() as connection:
        unfinished = importing.interrupted_import(connection, who)
        assert unfinished is not None
        assert unfinished.state is RunState.UNDOING
        assert 0 < households.count_households(connection, who) < 3
    steps: list[tuple[int, int]] = []
    importing.undo_import(file, who, run_id, progress=lambda *step: steps.append(step))
    assert steps[-1][0] == steps[-1][1]
    with file.reading() as connection:
        assert households.count_households(connection, who) == 0
        assert importing.interrupted_import(connection, who) is None


def test_checking_and_importing_tell_how_far_they_are_from_the_first_rows(
    file: EncryptedFile, who: Who, tmp_path: Path
) -> None:
    path = tmp_path / "longue.csv"
    rows = [f"Nom{chr(97 + n % 26)}{chr(97 + n // 26)};Zoé;0{1 + n % 9}/05/1980" for n in range(600)]
    path.write_text("\n".join(["Nom;Prénom;Né(e) le", *rows]), encoding="utf-8")
    for work in (check_list, write_list):
        told: list[tuple[int, int]] = []
        work(file, who, path, NO_CHOICES, progress=lambda *step, told=told: told.append(step))
        assert told == sorted(told)
        assert told[0][0] == 0
        assert told[-1][0] == told[-1][1]
        assert len({done for done, _ in told}) > 4


@pytest.mark.parametrize("when", [0, 1])
def test_what_is_stopped_while_reading_leaves_nothing_behind(
    file: EncryptedFile, who: Who, household: str, listing: Path, when: int
) -> None:
    class Stopped(Exception):
        pass

    left = [when]

    def stop(_done: int, _total: int) -> None:
        if not left[0]:
            raise Stopped
        left[0] -= 1

    with pytest.raises(Stopped):
        write_list(file, who, listing, progress=stop)
    with file.reading() as connection:
        assert households.count_households(connection, who) == 1
        assert importing.interrupted_import(connection, who) is None
    assert write_list(file, who, listing).counts.rows
