"""Every function of every service, as each role: who may not is refused before anything is read or written."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import caseworker_app.features as subjects
from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.handover.domain.kinds import FOLLOW_UP_FILE
from caseworker_app.features.handover.service import printing
from caseworker_app.features.handover.service.follow_up import mark_copies
from caseworker_app.features.intake.service.checking import write_list
from caseworker_app.features.intake.service.comparing import sides_of
from caseworker_app.features.intake.service.importing import import_list
from caseworker_app.features.team.domain import Right, Role, Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.kernel.errors import CaseworkerError, NotAllowed
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.team.made_arguments import Makes, hints_of
from tests.features.team.service_rules import CASES, EITHER, WITHOUT_WHO, rules
from tests.ground import NOW

_PLACES = ("path", "out", "out_dir", "target")
# Taken with what earlier steps made, which tests of their own make.
_NOT_ALONE = ("demonstration.play_main_job", "intake.start", "handover.register_leaving")
_TOUCHES = ("EncryptedFile", "Connection", "Drafts")


def service_functions() -> dict[str, Callable[..., Any]]:
    """Return every public function of every service, by `room.function`."""
    found = {}
    for room in pkgutil.iter_modules(subjects.__path__):
        if importlib.util.find_spec(f"{subjects.__name__}.{room.name}.service") is None:
            continue
        for module in _modules(f"{subjects.__name__}.{room.name}.service"):
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == module.__name__ and not name.startswith("_"):
                    found[f"{room.name}.{name}"] = function
    return found


def _modules(name: str) -> Iterator[Any]:
    module = importlib.import_module(name)
    yield module
    for inner in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{name}."):
        yield importlib.import_module(inner.name)


FUNCTIONS = service_functions()


def _takes(function: Callable[..., Any], name: str) -> bool:
    return name in inspect.signature(function).parameters


# A function that takes a unit of work is a step of an intention that has checked.
CHECKED = {key: f for key, f in FUNCTIONS.items() if _takes(f, "who") and not _takes(f, "uow")}


class Touched(AssertionError):
    """The file was read or written before the role was refused."""


class OutOfBounds:
    """Stands for a file or a connection that nobody may touch; its clock may be read."""

    clock = FixedClock(NOW)

    def __getattr__(self, name: str) -> Any:
        """Tell that it was touched."""
        raise Touched(f"« {name} » of the file was used before the role was refused")


def test_every_function_has_its_rule() -> None:
    told = {*rules(), *CASES, *EITHER}
    assert set(CHECKED) - told == set(), "new functions: say in service_rules.py who may call them"
    assert told - set(CHECKED) == set(), "these functions are gone: take them out of service_rules.py"


def test_no_function_reads_or_writes_without_who() -> None:
    alone = {
        key
        for key, function in FUNCTIONS.items()
        if not _takes(function, "who")
        and not _takes(function, "uow")
        and any(word in str(inspect.signature(function)) for word in _TOUCHES)
    }
    assert alone == set(WITHOUT_WHO)


def _asked(key: str) -> list[tuple[dict[str, Any], frozenset[Right]]]:
    if key in CASES:
        return [(given, frozenset(asked)) for given, asked in CASES[key]]
    # Named again in `test_every_function_has_its_rule` when it has none.
    return [({}, rules().get(key, frozenset()))]


def _may(key: str, who: Who, asked: frozenset[Right]) -> bool:
    if key in EITHER:
        return any(who.may(right) for right in EITHER[key])
    return all(who.may(right) for right in asked)


def _call(function: Callable[..., Any], arguments: dict[str, Any]) -> None:
    answer = function(**arguments)
    if inspect.isgenerator(answer):
        list(answer)


def _role(role: Role, who: Who) -> Who:
    return Who(who.worker_id, who.name, role)


@pytest.mark.parametrize("key", CHECKED)
def test_who_may_not_is_refused_before_anything_is_touched(key: str, tmp_path: Path) -> None:
    function = CHECKED[key]
    barred = OutOfBounds()
    out = tmp_path / "out"
    makes = Makes({"file": barred, "connection": barred, **dict.fromkeys(_PLACES, out)})
    for given, asked in _asked(key):
        for role in Role:
            who = Who("0" * 32, "Nadège Corvin", role)
            if _may(key, who, asked):
                continue
            arguments = makes.arguments(function, {"who": who, **given})
            try:
                _call(function, arguments)
            except NotAllowed:
                continue
            pytest.fail(f"{key} {given or ''} let « {role} » through")
    assert not out.exists()


@pytest.mark.parametrize("key", [key for key in CHECKED if key not in _NOT_ALONE])
def test_who_may_is_let_in(key: str, file: EncryptedFile, who: Who, household: str, tmp_path: Path) -> None:
    """Nothing of what is asked exists but the household: the answer is a value or a sentence, not a fault."""
    function = CHECKED[key]
    for given, asked in _asked(key):
        for role in Role:
            acting = _role(role, who)
            if _may(key, acting, asked):
                _try(key, function, file, acting, household, tmp_path / role, given)


def _try(
    key: str,
    function: Callable[..., Any],
    file: EncryptedFile,
    who: Who,
    household: str,
    out: Path,
    given: Any,
) -> None:
    places = {**dict.fromkeys(_PLACES, out), "out": out.with_suffix(".pdf")}
    known = {"file": file, "household_id": household, "worker_id": who.worker_id, **places}
    makes = Makes(known)
    arguments = {"who": who, **given}
    try:
        if "connection" in hints_of(function):
            with file.reading() as connection:
                _call(function, makes.arguments(function, {**arguments, "connection": connection}))
        else:
            _call(function, makes.arguments(function, arguments))
    except NotAllowed as refused:
        pytest.fail(f"{key} refused « {who.role} »: {refused.sentence}")
    except CaseworkerError:
        pass  # nothing of what was asked exists: a sentence says so


def test_a_refused_print_takes_no_number(
    file: EncryptedFile, who: Who, household: str, tmp_path: Path
) -> None:
    coordination = _role(Role.COORDINATOR, who)
    with pytest.raises(NotAllowed):
        printing.print_document(
            file, coordination, FOLLOW_UP_FILE.code, household, tmp_path / "dossier.pdf", renderers()
        )
    assert mark_copies(file, who, 1)[0].copy.endswith("-0001")


def test_administration_imports_a_list_and_is_told_likeness_without_the_file(
    file: EncryptedFile, who: Who, household: str, tmp_path: Path
) -> None:
    administration = _role(Role.ADMINISTRATOR, who)
    path = tmp_path / "liste.csv"
    path.write_text(
        "Nom;Prénom;Date de naissance\nMarchadier;Solène;14/03/1992\nTavernel;Ilario;02/01/1980\n",
        encoding="utf-8",
    )
    plan = import_list(file, administration, path, dry_run=True).plan
    with file.reading() as connection:
        told, whole = (sides_of(connection, each, plan) for each in (administration, who))
    assert len(told) == len(whole) == 1
    assert "Tisserands" in str(whole)
    assert "Tisserands" not in str(told)
    assert write_list(file, administration, path).counts.created == 1
