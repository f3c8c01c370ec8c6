"""Goals of another program: read by what they are, brought into a file or the library, nobody's secrets with them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.goal import MAX_TITLE, GoalState, StepState
from caseworker_app.features.goals.domain.grid import grid_on
from caseworker_app.features.intake.domain.goal_export import domain_of, looks_like_goals, notebooks
from caseworker_app.features.intake.service import goal_exports
from caseworker_app.kernel.errors import NotFound
from caseworker_app.sheets.refusals import UnreadableFile

TODAY = date(2026, 11, 24)
GRID = grid_on(TODAY)
BOOK: dict[str, Any] = {
    "beneficiary": {
        "firstname": "Noé",
        "lastname": "Essai",
        "caf_number": "7654321",
        "nir": "190010100100100",
    },
    "focuses": [
        {
            "theme": "logement",
            "targets": [
                {
                    "target": "Changer de logement",
                    "status": "in_progress",
                    "created_at": "2026-01-05 13:55:43.100609+00:00",
                    "actions": [
                        {
                            "action": "Demande SIAO",
                            "status": "done",
                            "updated_at": "2026-03-02 08:00:00+00:00",
                        },
                        {"action": "Demande de logement social", "status": "in_progress"},
                        {"action": "Visite d’une colocation", "status": "abandonned"},
                    ],
                },
            ],
        },
        {
            "theme": "emploi",
            "targets": [
                {
                    "target": "Accéder à l’emploi",
                    "status": "done",
                    "created_at": "2026-02-01",
                    "updated_at": "2026-06-30",
                    "actions": [{"action": "Orientation vers une SIAE", "status": "done"}],
                },
                {"target": "Aider Noé à finir sa formation", "status": "hold", "actions": []},
            ],
        },
    ],
}


def read(value: Any) -> tuple[Any, ...]:
    return notebooks(json.dumps(value), GRID, TODAY)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "carnet.json"
    path.write_text(json.dumps([BOOK]), encoding="utf-8")
    return path


def test_themes_goals_and_actions_are_read_with_states_and_days() -> None:
    (book,) = read([BOOK])
    assert book.whose == "Noé Essai"
    told = [(each.title, each.theme, each.domain, each.state) for each in book.goals]
    assert told == [
        ("Changer de logement", "logement", "housing_status", GoalState.IN_PROGRESS),
        ("Accéder à l’emploi", "emploi", "employment", GoalState.ACHIEVED),
        ("Aider Noé à finir sa formation", "emploi", "employment", GoalState.ON_HOLD),
    ]
    first, second, _ = book.goals
    assert (first.opened_on, first.closed_on) == (date(2026, 1, 5), None)
    assert (second.opened_on, second.closed_on) == (date(2026, 2, 1), date(2026, 6, 30))
    assert [(step.title, step.state, step.done_on) for step in first.steps] == [
        ("Demande SIAO", StepState.DONE, date(2026, 3, 2)),
        ("Demande de logement social", StepState.TO_DO, None),
        ("Visite d’une colocation", StepState.DROPPED, None),
    ]


@pytest.mark.parametrize(
    "value",
    [
        {"data": {"objectifs": [{"titre": "Payer le loyer", "étapes": ["Virement", "Point en mars"]}]}},
        [{"goal": "Payer le loyer", "steps": [{"title": "Virement"}, {"title": "Point en mars"}]}],
        {
            "json": json.dumps(
                [{"objective": "Payer le loyer", "tasks": [{"task": "Virement"}, "Point en mars"]}]
            )
        },
        {"goals": [{"name": "Payer le loyer", "actions": json.dumps(["Virement", "Point en mars"])}]},
    ],
)
def test_other_names_and_json_inside_json_are_read_the_same(value: Any) -> None:
    ((goal,),) = [book.goals for book in read(value)]
    assert (goal.title, goal.domain) == ("Payer le loyer", "rent_payment")
    assert [step.title for step in goal.steps] == ["Virement", "Point en mars"]
    assert looks_like_goals(json.dumps(value))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '[{"nom": "Essai", "ville": "Hem"}]', '{"results": [{"a": 1}]}']
)
def test_what_holds_no_goal_is_none(text: str) -> None:
    assert not looks_like_goals(text)


@pytest.mark.parametrize(
    ("theme", "title", "domain"),
    [
        ("difficulte_administrative", "Travailler l’accès aux droits", "rights"),
        ("logement", "Réduire la dette de loyer", "debts"),
        ("numerique", "Gagner en aisance", "paperwork"),
        ("", "Autre chose", "paperwork"),
    ],
)
def test_the_domain_is_read_from_the_title_then_the_theme(theme: str, title: str, domain: str) -> None:
    assert domain_of(theme, title, GRID) == domain


def test_days_to_come_and_titles_too_long_are_put_right() -> None:
    title = "Mettre à jour " + "tous les papiers " * 30
    value = {"goal": title, "steps": [{"step": "x", "status": "done", "done_at": "2999-01-01"}], "status": "done",
             "created_at": "2998-01-01", "due_date": "1999-01-01"}  # fmt: skip
    ((goal,),) = [book.goals for book in read(value)]
    made = goal.new_goal("h")
    assert len(made.title) <= MAX_TITLE
    assert made.title.endswith("…")
    assert title.strip() in made.note
    assert (goal.opened_on, goal.closed_on, goal.target_on) == (TODAY, TODAY, None)
    assert goal.steps[0].done_on == TODAY


KEYS = st.sampled_from(["target", "actions", "status", "theme", "x"]) | st.text(max_size=6)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["target", "actions", "status", "theme", "x"]) | st.text(max_size=6),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(json_values)
def test_any_data_is_read_or_holds_none(value: Any) -> None:
    for book in read(value):
        for goal in book.goals:
            assert goal.title
            assert GRID.holds(goal.domain)


def test_goals_come_into_a_household_once_and_are_taken_back_at_once(file, who, household, export) -> None:
    (book,) = goal_exports.read_goal_export(file, who, export)
    brought, changes = goal_exports.bring_goals(file, who, household, book.goals)
    assert (brought.brought, brought.known) == (3, 0)
    assert changes.concerns(household=household)
    again, _ = goal_exports.bring_goals(file, who, household, book.goals)
    assert (again.brought, again.known) == (0, 3)
    assert again.words == "Objectifs\u00a0: 0\u00a0repris, 3\u00a0déjà là"
    with file.reading() as connection:
        found = {each.goal.title: each for each in goals.goals_of(connection, who, household)}
    assert found["Changer de logement"].done == 1
    assert found["Accéder à l’emploi"].goal.closed_on == date(2026, 6, 30)
    assert (
        found["Changer de logement"].goal.note == "Repris d’un autre logiciel\u00a0(thème\u00a0: logement)."
    )
    take_back_last(file, who)
    with file.reading() as connection:
        assert goals.goals_of(connection, who, household) == []


def test_nothing_of_whoever_the_file_speaks_of_is_kept(file, who, household, export) -> None:
    (book,) = goal_exports.read_goal_export(file, who, export)
    goal_exports.bring_goals(file, who, household, book.goals[:2])
    goal_exports.bring_models(file, who, [book])
    with file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        whole = repr([raw.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables])
    for secret in ("7654321", "190010100100100", "carnet.json"):
        assert secret not in whole


def test_the_library_takes_words_alone_and_none_that_name_somebody(file, who, export) -> None:
    found = goal_exports.read_goal_export(file, who, export)
    brought, _ = goal_exports.bring_models(file, who, found)
    assert (brought.brought, brought.known, brought.naming) == (2, 0, 1)
    with file.reading() as connection:
        library = {each.title: each for each in goals.goal_library(connection, who, TODAY)}
    model = library["Changer de logement"]
    assert [step.title for step in model.steps][:1] == ["Demande SIAO"]
    assert (model.months, model.indicator) == (None, None)
    again, _ = goal_exports.bring_models(file, who, found)
    assert (again.brought, again.known) == (0, 2)
    few, _ = goal_exports.bring_models(file, who, [replace(found[0], names=())], chosen={3})
    assert few.brought == 1


def test_an_unknown_household_and_unreadable_files_are_refused_in_a_sentence(
    file, who, export, tmp_path
) -> None:
    (book,) = goal_exports.read_goal_export(file, who, export)
    with pytest.raises(NotFound):
        goal_exports.bring_goals(file, who, "absent", book.goals)
    broken = tmp_path / "vide.json"
    for content in (b"", b"{", b"[1, 2]", b"\x00\xff\xfe", b"[" * 100_000):
        broken.write_bytes(content)
        assert not goal_exports.is_goal_export(broken)
        with pytest.raises(UnreadableFile) as refused:
            goal_exports.read_goal_export(file, who, broken)
        assert refused.value.sentence.endswith(".")
    for path in (tmp_path, tmp_path / "absent.json"):
        assert not goal_exports.is_goal_export(path)
        with pytest.raises(UnreadableFile):
            goal_exports.read_goal_export(file, who, path)
