"""Everything a history can speak of has French words: every intention, table, field and code; no id is ever
shown.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Boolean

import caseworker_app
from caseworker_app.bootstrap.stores import ROOMS_WITH_TABLES
from caseworker_app.features.demonstration.service import fill
from caseworker_app.features.dossier import service
from caseworker_app.features.dossier.domain.field_words import HIDDEN, every_words, field_words, is_hidden
from caseworker_app.features.dossier.domain.merging import MergeChoices
from caseworker_app.features.dossier.domain.row_names import _NAMES, thing_words
from caseworker_app.features.dossier.domain.splitting import SplitChoices
from caseworker_app.features.dossier.domain.value_words import FLAGS, VALUES, has_words, value_words
from caseworker_app.features.dossier.domain.wording import ACTIONS, TABLES
from caseworker_app.features.households import service as households
from caseworker_app.storage.declarations import declared_tables
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.rows import Mapper

ROOT = Path(caseworker_app.__file__).parent
DAY = date(2026, 11, 24)


def constants() -> dict[str, str]:
    """Return the texts of the source that have a name, wherever they are."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.py")]
    named = [node for tree in trees for node in tree.body if isinstance(node, ast.Assign)]
    return {
        target.id: node.value.value
        for node in named
        for target in node.targets
        if isinstance(target, ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and "INTENTION" in target.id
    }


CONSTANTS = constants()


def test_every_intention_of_the_source_has_words() -> None:
    said = {name for path in ROOT.rglob("*.py") for name in intentions(path)}
    assert {"remove_member", "change_contact", "set_protected", "merge_households"} <= said
    assert sorted(said - ACTIONS.keys()) == []


def intentions(path: Path) -> Iterator[str]:
    """Yield the intentions a file opens units of work under, those handed to a function that does included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        for given in opened_under(function):
            if isinstance(given, ast.Constant):
                yield str(given.value)
            elif isinstance(given, ast.Name) and given.id.isupper():
                yield CONSTANTS[given.id]
            else:
                assert isinstance(given, ast.Name), (path, ast.dump(given))
                names = [
                    a.arg
                    for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
                ]
                place = names.index(given.id)
                for call in calls:
                    if isinstance(call.func, ast.Name) and call.func.id == function.name:
                        handed = {k.arg: k.value for k in call.keywords} | dict(enumerate(call.args))
                        value = handed.get(place, handed.get(given.id))
                        assert isinstance(value, ast.Constant), (path, ast.dump(call))
                        yield str(value.value)


def opened_under(function: ast.FunctionDef) -> list[ast.expr]:
    found = []
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "unit_of_work":
            named = [k.value for k in node.keywords if k.arg == "intention"]
            # `EncryptedFile` is told who first; one transaction among several (`storage.following`) is not.
            found.append(named[0] if named else node.args[min(1, len(node.args) - 1)])
    return found


def test_an_intention_handed_to_another_function_is_seen(tmp_path: Path) -> None:
    source = (
        'def _do(file, name):\n  file.unit_of_work("w", name)\ndef one(file):\n  _do(file, "handed_on")\n'
    )
    (tmp_path / "x.py").write_text(source, encoding="utf-8")
    assert list(intentions(tmp_path / "x.py")) == ["handed_on"]


def test_every_table_and_field_has_words() -> None:
    assert sorted(declared_tables().keys() - TABLES.keys()) == []
    for name, declared in declared_tables().items():
        for field in declared.fields():
            assert is_hidden(name, field) or field_words(name, field), (name, field)
            flag = isinstance(declared.table.c[field].type, Boolean)
            assert flag == (field in FLAGS), (name, field)


def test_no_words_are_left_of_what_is_gone() -> None:
    known = {(name, field) for name, declared in declared_tables().items() for field in declared.fields()}
    anywhere = {field for _, field in known}
    for name, field in (*every_words(), *HIDDEN, *VALUES):
        assert field in anywhere if name == "" else (name, field) in known, (name, field)


def coded_fields() -> list[tuple[str, str, type]]:
    found = []
    for room in ROOMS_WITH_TABLES:
        for mapper in vars(import_module(f"caseworker_app.features.{room}.store")).values():
            if isinstance(mapper, Mapper):
                found += [(mapper.table.name, mapper._names[i], enum) for i, enum in mapper._enums]
    return found


def test_every_code_has_its_label() -> None:
    coded = coded_fields()
    assert len(coded) > 20
    for table_name, field, enum in coded:
        assert has_words(table_name, field), (table_name, field)
        for member in enum:
            shown = value_words(table_name, field, member.value, DAY)
            assert shown != member.value or "_" not in member.value, (table_name, field, member)


@pytest.mark.parametrize(
    ("table_name", "field", "value", "words"),
    [
        ("lease", "rent_cents", 41250, "412,50\u00a0€"),
        ("lease", "starts_on", "2026-11-02", "02/11/2026"),
        ("budget_month", "month", "2026-11-01", "novembre\u00a02026"),
        ("diary_entry", "started_at", "2026-11-24T14:05", "24/11/2026 à 14\u00a0h\u00a005"),
        ("contact", "value", "+33639981247", "06\u00a039\u00a098\u00a012\u00a047"),
        ("contact", "safe", 0, "non"),
        ("household", "note", None, "vide"),
        ("budget_month", "persons_hundredths", 250, "2,5"),
        ("joint_review", "held_on", "", "vide"),
    ],
)
def test_values_read_as_people_write_them(table_name: str, field: str, value: object, words: str) -> None:
    assert value_words(table_name, field, value, DAY) == words


def test_every_table_that_tells_its_rows_apart_is_declared() -> None:
    assert _NAMES.keys() <= declared_tables().keys()
    assert thing_words("goal", {"title": "Payer le loyer"}, DAY) == "objectif «\u00a0Payer le loyer\u00a0»"
    assert thing_words("transmitted_review", {}, DAY) == TABLES["transmitted_review"]


UNREADABLE = {
    "an id": re.compile(r"\b[0-9a-f]{32}\b"),
    "a stored date": re.compile(r"\b\d{4}-\d{2}-\d{2}(?!-)"),
    "a code": re.compile(r"«\u00a0[a-z]+_[a-z_]+\u00a0»"),
    "a stored phone": re.compile(r"\+33\d{9}"),
}


def test_a_whole_demonstration_reads_in_french_merged_and_parted(file, who) -> None:
    fill(file, who, households=6, seed=3)
    with file.reading() as connection:
        first, second, third, *_ = households.page_of_households(connection, who, offset=0, limit=6)
        members = {
            each: households.open_household(connection, who, each).members for each in (first, second, third)
        }
    service.merge_households(file, who, first, second, MergeChoices())
    leaving = next(
        (people[-1] for people in members.values() if len(people) > 1 and people[0].household_id == third),
        None,
    )
    if leaving is not None:
        service.split_household(file, who, third, SplitChoices((leaving.id,), leaving.id))
    with file.reading() as connection:
        for household_id in households.page_of_households(connection, who, offset=0, limit=10):
            overview = service.open_overview(connection, who, household_id, DAY)
            assert overview.dossier.people.household.id == household_id
            for line in service.history_of(connection, who, household_id):
                told = [line.action, line.worker, *line.details]
                told += [
                    t
                    for c in line.changes
                    for f in c.fields
                    for t in (c.thing, f.label, f.before or "", f.after or "")
                ]
                for text in told:
                    faults = [why for why, pattern in UNREADABLE.items() if pattern.search(text)]
                    assert not faults, (faults, text)
        assert verify(connection).sound
        undoable = service.undoable_changes(connection, who)
    assert undoable[0].obstacle is None
    assert all(change.obstacle is None or change.obstacle.endswith(".") for change in undoable)
