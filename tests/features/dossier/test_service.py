"""Neighbours in the list, the history in words, taking back."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import caseworker_app
from caseworker_app.features.dossier import service
from caseworker_app.features.dossier.domain.neighbours import ListWalk, Place, around
from caseworker_app.features.dossier.domain.wording import ACTIONS, TABLES
from caseworker_app.features.goals import service as goals
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.declarations import declared_tables
from caseworker_app.storage.encrypted_file import EncryptedFile


def three(file: EncryptedFile, who: Who) -> list[str]:
    names = ("Astier", "Bruel", "Collet")
    return [households.create_household(file, who, NewHousehold((NewMember(n),)))[0] for n in names]


def test_one_walks_through_the_list_by_name(file: EncryptedFile, who: Who) -> None:
    first, second, third = three(file, who)
    walk = ListWalk()
    walk.begin(first, Place(0, 3))
    with file.reading() as connection:
        at_first = service.neighbours(connection, who, first, Place(0, 3))
        assert at_first is not None
        assert (at_first.before, at_first.after) == (None, second)
        assert walk.step(at_first, forward=True) == second
        place = walk.place_of(second)
        assert place == Place(1, 3)
        at_second = service.neighbours(connection, who, second, place)
    assert at_second is not None
    assert (at_second.before, at_second.after) == (first, third)


def test_a_list_that_moved_offers_no_neighbours(file: EncryptedFile, who: Who) -> None:
    first, _, third = three(file, who)
    with file.reading() as connection:
        assert service.neighbours(connection, who, first, Place(2, 3)) is None
        assert service.neighbours(connection, who, third, Place(40, 41)) is None


def test_a_search_is_walked_in_its_own_order() -> None:
    found = around("b", Place(1, 3), ["c", "b", "a"])
    assert found is not None
    assert (found.before, found.after) == ("c", "a")
    assert around("b", Place(0, 3), ["c", "b", "a"]) is None


def test_the_history_speaks_french(file: EncryptedFile, who: Who, followed: str) -> None:
    with file.reading() as connection:
        step = goals.goals_of(connection, who, followed)[0].steps[0]
    goals.complete_step(file, who, step.id, date(2026, 11, 20))
    with file.reading() as connection:
        last = service.history_of(connection, who, followed)[0]
    assert last.action == "étape faite"
    assert last.worker == "Claire Lenoir"
    state = "état «\u00a0à faire\u00a0» → «\u00a0faite\u00a0»"
    day = "fait le «\u00a0vide\u00a0» → «\u00a020/11/2026\u00a0»"
    assert last.details == (f"étape «\u00a0Ouvrir un compte\u00a0»\u00a0: {state}, {day}",)


def test_the_last_change_is_taken_back(file: EncryptedFile, who: Who, followed: str) -> None:
    with file.reading() as connection:
        step = goals.goals_of(connection, who, followed)[0].steps[0]
    goals.complete_step(file, who, step.id)
    words, changes = service.take_back_last(file, who)
    assert words == "étape faite"
    assert changes.concerns(household=followed)
    with file.reading() as connection:
        assert goals.goals_of(connection, who, followed)[0].steps[0].done_on is None
        assert [line.undone for line in service.history_of(connection, who, followed)][:2] == [False, True]


def test_every_intention_and_table_has_words() -> None:
    root = Path(caseworker_app.__file__).parent
    said = {name for path in (root / "features").rglob("*.py") for name in _intentions(path)}
    assert said
    assert sorted(said - ACTIONS.keys()) == []
    assert sorted(declared_tables().keys() - TABLES.keys()) == []


def _intentions(path: Path) -> set[str]:
    calls = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]
    opened = [c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr == "unit_of_work"]
    names = [call.args[1] for call in opened if len(call.args) > 1]
    return {name.value for name in names if isinstance(name, ast.Constant)}
