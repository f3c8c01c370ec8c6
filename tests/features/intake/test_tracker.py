"""Follow-up tables imported whole: 60 live measures with their worker, debts and diary; again, undone, gone on with."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.features.budget import service as budget
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.households import service as households
from caseworker_app.features.intake.domain.choices import Choices
from caseworker_app.features.intake.domain.deciding import count, decide
from caseworker_app.features.intake.domain.decision import OnDuplicate
from caseworker_app.features.intake.domain.fixes import accept_all
from caseworker_app.features.intake.domain.list_kind import ListKind, NotThisKind
from caseworker_app.features.intake.domain.plan import ImportPlan, analyse
from caseworker_app.features.intake.domain.recognition import understand
from caseworker_app.features.intake.domain.rows import ROWS_OF_A_SHEET, row_words
from caseworker_app.features.intake.domain.tracker_workers import MINE, NEW, PROBABLE, SURE, match_workers
from caseworker_app.features.intake.service import importing
from caseworker_app.features.measures import service as measures
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import NotAllowed
from caseworker_app.sheets.refusals import UnreadableFile
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import snapshot
from tests.features.intake.trackers import HEADER, sixty, tracker_row, write_workbook

TODAY = date(2026, 11, 24)
TRACKER = Choices(kind=ListKind.TRACKER)
TABLES = ("household", "support_measure", "debt", "diary_entry", "lease", "worker")


def rows_in(file: EncryptedFile, *tables: str) -> dict[str, int]:
    with file.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        return {t: raw.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in tables}  # type: ignore[attr-defined]


def plan_of(tmp_path: Path, *rows: dict[str, str], choices: Choices = TRACKER) -> ImportPlan:
    header = list(dict.fromkeys(name for row in rows for name in row))
    path = write_workbook(
        tmp_path / "t.xlsx", [("Suivi", [header, *([r.get(n, "") for n in header] for r in rows)])]
    )
    return analyse(path, (), TODAY, choices)


def ids_by_name(file: EncryptedFile, who: Who) -> dict[str, str]:
    with file.reading() as connection:
        page = households.page_of_households(connection, who, offset=0, limit=500)
        return {summary.name: key for key, summary in households.summaries(connection, who, page).items()}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return sixty(tmp_path / "suivi.xlsx")


def test_a_table_kept_by_hand_is_recognised_with_its_columns(table: Path) -> None:
    found = understand(table, TODAY)
    ours = {column.theirs: column.ours for column in found.columns}
    assert (found.kind, found.kind_sure, found.row_count) == (ListKind.TRACKER, True, 60)
    assert ours["Ménage"] == "full_name"
    assert ours["Début mesure"] == "measure_start_date"
    assert ours["Référente"] == "worker"
    assert (ours["Dette loyer"], ours["Dette EDF"]) == ("debt", "debt_2")
    assert ours["Observations"] == "diary"


def test_sixty_households_come_in_with_their_live_measures(
    file: EncryptedFile, who: Who, table: Path
) -> None:
    report = importing.import_list(file, who, table, choices=understand(table, TODAY).choices)
    counts = report.counts
    assert (counts.rows, counts.created, counts.in_error) == (60, 60, 0)
    assert counts.rows == counts.created + counts.merged + counts.skipped + counts.in_error
    held = rows_in(file, *TABLES)
    assert (held["household"], held["support_measure"]) == (60, 60)
    # Claire Lenoir keeps this file; Zoé Marchand is new.
    assert held["worker"] == 2
    ids = ids_by_name(file, who)
    solene = next(key for name, key in ids.items() if "MARCHADIER" in name and "Solène" in name)
    with file.reading() as connection:
        [measure] = [each.measure for each in measures.measures_of(connection, who, solene, TODAY)]
        entries = diary.entries_of(connection, who, solene)
        debts = {debt.nature: debt.remaining_cents for debt in budget.debts_of(connection, who, solene)}
        assert verify(connection).sound
    assert (measure.kind_code, measure.starts_on, measure.prescriber) == ("asll", date(2026, 3, 1), "CCAS")
    assert measure.lead_worker_id == who.worker_id
    # Midnight: the table tells no hour.
    assert [(entry.kind, entry.started_at.isoformat()) for entry in entries] == [
        (EntryKind.CALL, "2026-04-02T00:00:00"),
        (EntryKind.HOME_VISIT, "2026-03-12T00:00:00"),
    ]
    assert debts == {"rent": 125_000, "energy": 32_000}


def test_a_table_imported_again_adds_nothing_and_completing_doubles_nothing(
    file: EncryptedFile, who: Who, table: Path
) -> None:
    importing.import_list(file, who, table, choices=TRACKER)
    before = rows_in(file, *TABLES)
    again = importing.import_list(file, who, table, choices=TRACKER)
    assert (again.counts.created, again.counts.skipped) == (0, 60)
    merged = importing.import_list(file, who, table, choices=TRACKER, duplicates=OnDuplicate.MERGE)
    assert (merged.counts.created, merged.counts.merged) == (0, 60)
    assert rows_in(file, *TABLES) == before


def test_undoing_it_takes_everything_back(file: EncryptedFile, who: Who, table: Path) -> None:
    with file.reading() as connection:
        before = snapshot(connection)
    report = importing.import_list(file, who, table, choices=TRACKER)
    told: list[tuple[int, int]] = []
    undone = importing.undo_import(file, who, report.run_id, progress=lambda *step: told.append(step))
    assert undone.kept_references == ()
    assert told[-1][0] == told[-1][1] > 0
    with file.reading() as connection:
        after = snapshot(connection)
    assert {t: rows for t, rows in after.items() if t != "import_run"} == {
        t: rows for t, rows in before.items() if t != "import_run"
    }


def test_a_killed_import_is_finished_as_it_began(
    file: EncryptedFile, who: Who, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(Exception):
        pass

    def kill(done: int, total: int) -> None:
        raise Killed

    monkeypatch.setattr(importing, "BATCH", 25)
    choices = TRACKER.with_correction(4, 1, "MARCHADIER Solange").with_skipped(5, skipped=True)
    with pytest.raises(Killed):
        importing.import_list(file, who, table, choices=choices, progress=kill)
    assert rows_in(file, "household") == {"household": 25}
    report = importing.import_list(file, who, table, go_on=True)
    assert (report.counts.created, report.counts.skipped) == (59, 1)
    assert rows_in(file, "household", "support_measure") == {"household": 59, "support_measure": 59}
    assert any("Solange" in name for name in ids_by_name(file, who))


def test_who_may_not_write_the_diary_may_not_import_a_table(
    file: EncryptedFile, who: Who, table: Path
) -> None:
    with pytest.raises(NotAllowed):
        importing.import_list(file, Who(who.worker_id, who.name, Role.ADMINISTRATOR), table, choices=TRACKER)
    assert rows_in(file, "household") == {"household": 0}


def test_sheets_of_years_make_one_household_of_its_rows(
    file: EncryptedFile, who: Who, tmp_path: Path
) -> None:
    header = ["Ménage", "Mesure", "Début mesure", "Fin prévue", "Date de sortie", "Observations", "Référent"]
    old = ["KABORÉ Awa", "ASLL", "01/02/2024", "", "31/01/2025", "12/03 : VAD", "Claire"]
    new = ["Awa KABORÉ", "AVDL dans", "01/03/2025", "", "", "15/06 : appel", "Claire"]
    other = ["OKONSKI Jan", "ASLL", "05/05/2025", "", "", "", "Claire"]
    path = write_workbook(
        tmp_path / "annees.xlsx",
        [
            ("2024", [header, old]),
            ("2025", [header, new, other]),
            ("Notice", [["Mode", "d’emploi"], ["a", "b"]]),
        ],
    )
    found = understand(path, TODAY)
    assert (found.sheets_read, found.other_sheets) == (("2024", "2025"), ("Notice",))
    report = importing.import_list(file, who, path, choices=found.choices)
    counts = report.counts
    assert (counts.rows, counts.created, counts.merged, counts.in_error) == (3, 2, 1, 0)
    awa = next(key for name, key in ids_by_name(file, who).items() if "Awa" in name)
    with file.reading() as connection:
        held = measures.measures_of(connection, who, awa, TODAY)
        days = sorted(entry.started_at.date() for entry in diary.entries_of(connection, who, awa))
    assert {each.measure.kind_code for each in held} == {"asll", "avdl_in_place"}
    # The year of a sheet is that of its dates.
    assert days == [date(2024, 3, 12), date(2025, 6, 15)]
    assert row_words(report.plan, ROWS_OF_A_SHEET + 4) == "ligne\u00a04, feuille «\u00a02025\u00a0»"


def test_a_row_without_a_name_goes_on_with_the_household_above(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        {
            "Famille": "OKONSKI Jan",
            "Mesure": "ASLL",
            "Début mesure": "01/02/2026",
            "Observations": "12/03/26 : VAD",
        },
        {"Famille": "", "Mesure": "", "Début mesure": "", "Observations": "15/04/26 : appel"},
        {"Famille": "KABORÉ Awa", "Mesure": "ASLL", "Début mesure": "01/02/2026", "Observations": "RAS"},
    )
    assert [proposal.rows for proposal in plan.households] == [(4, 5), (6,)]
    assert [len(each.notes) for each in plan.tracked] == [1, 1, 0]


def test_idem_means_the_line_above_and_sections_are_no_households(tmp_path: Path) -> None:
    base = {
        "Famille": "OKONSKI Jan",
        "Mesure": "ASLL",
        "Début mesure": "01/02/2026",
        "Référent": "Zoé Marchand",
    }
    plan = plan_of(
        tmp_path,
        base,
        {"Famille": "KABORÉ Awa", "Mesure": "idem", "Début mesure": "//", "Référent": "idem"},
        {"Famille": "SORTIS 2025"},
        {**base, "Famille": "TIBERGHIEN Léo"},
    )
    assert len(plan.households) == 3
    assert {each.worker for each in plan.tracked} == {"Zoé Marchand"}
    assert plan.tracked[1].measure == plan.tracked[0].measure
    assert plan.rows_aside == (6,)


def test_what_cannot_be_read_is_told_and_stays_in_the_note(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        {
            "Famille": "OKONSKI Jan",
            "Mesure": "ASLL",
            "Début mesure": "?",
            "Fin prévue": "31/12/2026",
            "Dette loyer": "voir huissier",
            "Orienté par": "CCAS",
        },
    )
    note = plan.households[0].household.note or ""
    assert plan.tracked[0].measure is None
    assert "Mesure du tableau" in note
    assert "voir huissier" in note
    assert "CCAS" in note
    assert {problem.severity for problem in plan.problems} == {"warning"}


def test_a_day_that_cannot_be_puts_the_row_aside(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, {"Famille": "OKONSKI Jan", "Mesure": "ASLL", "Début mesure": "31/02/2026"})
    assert plan.households == ()
    assert [problem.severity for problem in plan.problems] == ["error"]


def test_the_measure_of_rows_that_name_none_is_chosen_once(tmp_path: Path) -> None:
    row = {
        "Famille": "OKONSKI Jan",
        "Suivi depuis": "01/02/2026",
        "Référent": "Zoé Marchand",
        "Observations": "RAS",
    }
    assert plan_of(tmp_path, row).without_kind == 1
    chosen = plan_of(tmp_path, row, choices=Choices(kind=ListKind.TRACKER, measure_kind="masp_1"))
    measure = chosen.tracked[0].measure
    assert chosen.without_kind == 0
    assert measure is not None
    assert (measure.kind_code, measure.starts_on) == ("masp_1", date(2026, 2, 1))


def test_a_column_a_month_holds_what_happened_in_it(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        {
            "Famille": "OKONSKI Jan",
            "Mesure": "ASLL",
            "Début de mesure": "01/01/2026",
            "Janvier": "plan signé",
            "Février": "RAS",
            "Mars": "15/03 : VAD",
        },
    )
    assert [(note.day, note.text) for note in plan.tracked[0].notes] == [
        (date(2026, 1, 1), "(jour non précisé\u00a0: 01/01/2026) plan signé"),
        (date(2026, 3, 15), "VAD"),
    ]


def test_a_sheet_a_worker_says_who_follows_its_households(tmp_path: Path) -> None:
    def rows(name: str) -> list[list[str]]:
        return [
            ["Nom", "Prénom", "DATE ENTREE", "Mesure", "VAD 1", "VAD 2"],
            [name, "Jan", "1/2/26", "ASLL", "12/02/2026", "15/03/2026"],
        ]

    path = write_workbook(
        tmp_path / "t.xlsx", [("Claire", rows("OKONSKI")), ("Zoé Marchand", rows("KABORE"))]
    )
    plan = analyse(path, (), TODAY, understand(path, TODAY).choices)
    assert [each.worker for each in plan.tracked] == ["Claire", "Zoé Marchand"]
    assert all(
        each.measure is not None and each.measure.starts_on == date(2026, 2, 1) for each in plan.tracked
    )
    assert [[note.kind for note in each.notes] for each in plan.tracked] == [[EntryKind.HOME_VISIT] * 2] * 2


messy = st.sampled_from(
    ["", "RAS", "idem", "?", "//", "12/03/26 : VAD, ok", "mars 26", "S12", "2025", "31/02/2026", "1 250 €", "soldée",
     "Claire L.", "MARTIN Paul", "ASLL", "AVDL", "=A1+2", "a\x00b", "relogement", "3 k€", "SORTIS 2025", "TOTAL", "-5",
     "12/11 : vad\n03/12 : appel", "01/01/2030", "Hem", "1 rue du Gué", "01/02/1980", "clé de chiffrement : abcdefgh"]
)  # fmt: skip


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.lists(messy, min_size=len(HEADER), max_size=len(HEADER)), min_size=1, max_size=8))
def test_the_rows_of_any_table_add_up_and_each_fix_is_read(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([HEADER, *rows])
    try:
        plan = analyse(path, (), TODAY, TRACKER)
    except (UnreadableFile, NotThisKind):
        return
    counts = count(plan, decide(plan, OnDuplicate.SKIP))
    assert counts.rows == counts.created + counts.merged + counts.skipped + counts.in_error
    assert counts.in_error == len({p.row for p in plan.problems if p.severity == "error"})
    assert "abcdefgh" not in repr((plan.households, plan.tracked, plan.problems))
    again = analyse(path, (), TODAY, accept_all(plan, TRACKER, TODAY))
    assert again.row_count == plan.row_count


def test_a_row_that_goes_on_is_put_aside_for_a_day_that_does_not_exist(tmp_path: Path) -> None:
    """In a column of dates that is not imported too: whoever mistyped it mistyped the row."""
    seen = HEADER.index("Tél")
    first, second = [[""] * len(HEADER) for _ in range(2)]
    first[HEADER.index("Ménage")], second[seen], second[-1] = "OKONSKI Jan", "31/02/2026", "RAS"
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([HEADER, first, second])
    plan = analyse(path, (), TODAY, TRACKER)
    counts = count(plan, decide(plan, OnDuplicate.SKIP))
    assert (counts.created, counts.merged, counts.in_error) == (1, 0, 1)
    assert [(p.row, p.severity) for p in plan.problems] == [(3, "error")]


def test_names_of_the_table_mean_workers() -> None:
    known = [("1", "Claire Lenoir"), ("2", "Zoé Marchand"), ("3", "Zoé Petit")]
    told = match_workers(
        ["Mme LENOIR Claire", "C. Lenoir", "CL", "Lenoir", "Zoé", "Paul Durieux", "équipe", "claire lenoir"],
        known,
        ("1", "Claire Lenoir"),
        may_add=True,
        chosen=[("équipe", "3")],
    )
    assert {match.name: (match.worker_id, match.how) for match in told} == {
        "Mme LENOIR Claire": ("1", SURE),
        "C. Lenoir": ("1", PROBABLE),
        "CL": ("1", PROBABLE),
        "Lenoir": ("1", PROBABLE),
        # Two workers are called so: the households stay with whoever imports.
        "Zoé": ("1", MINE),
        "Paul Durieux": (None, NEW),
        "équipe": ("3", SURE),
        "claire lenoir": ("1", SURE),
    }
    alone = match_workers(["Paul Durieux"], known, ("1", "Claire Lenoir"), may_add=False)
    assert (alone[0].worker_id, alone[0].how) == ("1", MINE)


def test_a_worker_is_added_only_by_who_may(file: EncryptedFile, who: Who, table: Path) -> None:
    colleague = Who(who.worker_id, who.name, Role.CASEWORKER)
    report = importing.import_list(file, colleague, table, choices=TRACKER)
    assert {match.how for match in report.workers if match.name == "Zoé Marchand"} == {MINE}
    with file.reading() as connection:
        assert len(team.list_workers(connection, who)) == 1


def test_each_row_of_an_export_of_meetings_is_a_note_of_its_person(
    file: EncryptedFile, who: Who, tmp_path: Path
) -> None:
    header = [
        "id", "Personne suivie - Nom", "Personne suivie - id", "Équipe", "Date", "Commentaire", "Créée par",
        "Créée le", "Mise à jour le",
    ]  # fmt: skip
    rows = [
        ["r1", "Jan Okonski", "p1", "Rue", "2026-03-12 14:30", "Passage au local", "Zoé Marchand", "", ""],
        ["r2", "Jan Okonski", "p1", "Rue", "2026-04-02 09:00", "Appel du CHRS", "Zoé Marchand", "", ""],
        ["r3", "Awa Kaboré", "p2", "Rue", "2026-04-03 10:00", "Rencontre", "Zoé Marchand", "", ""],
    ]
    path = write_workbook(tmp_path / "Rencontres.xlsx", [("Rencontres", [header, *rows])])
    with file.reading() as connection:
        found = understand(path, TODAY, importing_profiles(connection, who))
    assert found.profile is not None
    assert found.profile.id == "mano-rencontres"
    report = importing.import_list(file, who, path, choices=found.choices)
    assert (report.counts.created, report.counts.merged) == (2, 1)
    jan = next(key for name, key in ids_by_name(file, who).items() if "Okonski" in name)
    with file.reading() as connection:
        texts = Counter(entry.observed for entry in diary.entries_of(connection, who, jan))
    assert texts == {"Passage au local": 1, "Appel du CHRS": 1}


def importing_profiles(connection: object, who: Who) -> tuple:  # type: ignore[type-arg]
    from caseworker_app.features.intake.service.profiles import list_profiles

    return list_profiles(connection, who)  # type: ignore[arg-type]


def test_the_header_of_the_fixture_is_that_of_its_rows() -> None:
    assert len(tracker_row(0)) == len(HEADER)
