"""Founding an office in a real encrypted file, once, and who works there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.team import service, store
from caseworker_app.features.team.domain import AlreadyFounded, NewOffice, Role, Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import snapshot
from tests.ground import KEY, NOW

PNG = b"\x89PNG\r\n\x1a\n" + b"small"
OFFICE = NewOffice(
    "  Les   Amarres ", "Claire\u00a0Lenoir", "Accompagnement au logement", " 4 quai des Remous ", "59000",
    "Lille", "02 61 91 00 01", "contact@amarres.example", "conseillère ESF",
)  # fmt: skip


@pytest.fixture
def unfounded(tmp_path: Path) -> Iterator[EncryptedFile]:
    with EncryptedFile.create(tmp_path, KEY, FixedClock(NOW)) as file:
        yield file


def test_an_office_is_founded_whole(unfounded: EncryptedFile) -> None:
    who, changes = service.found_office(unfounded, OFFICE)
    assert (who.name, who.role) == ("Claire Lenoir", Role.SUPERVISOR)
    assert changes.tables == {"space", "association", "worker"}
    assert service.owner(unfounded) == who
    with unfounded.reading() as connection:
        association = service.the_association(connection, who)
        workers = service.list_workers(connection, who)
        spaces = connection.execute(store.space.select()).all()
        assert verify(connection).sound
    assert (association.name, association.street) == ("Les Amarres", "4 quai des Remous")
    assert (association.phone, association.email) == ("02 61 91 00 01", "contact@amarres.example")
    assert [(w.id, w.name, w.job_title, w.active) for w in workers] == [
        (who.worker_id, "Claire Lenoir", "conseillère ESF", True)
    ]
    assert [(s.id, s.name) for s in spaces] == [(unfounded.state.default_space, "Les Amarres")]


def test_the_owner_is_known_after_the_file_is_closed(unfounded: EncryptedFile) -> None:
    who, _ = service.found_office(unfounded, OFFICE)
    unfounded.close()
    with EncryptedFile.open(unfounded.folder, KEY, FixedClock(NOW)) as again:
        assert service.owner(again) == who


@pytest.mark.parametrize("office", [NewOffice("", "Claire Lenoir"), NewOffice("Les Amarres", " \n")])
def test_an_office_without_names_is_not_founded(unfounded: EncryptedFile, office: NewOffice) -> None:
    with pytest.raises(InvalidEntry, match="Indiquez") as refusal:
        service.found_office(unfounded, office)
    assert refusal.value.field in ("association", "worker")
    _assert_unfounded(unfounded)


def test_an_office_that_could_not_be_written_is_not_founded(unfounded: EncryptedFile) -> None:
    with pytest.raises(InvalidEntry, match="trop long"):
        service.found_office(unfounded, replace(OFFICE, job_title="x" * 201))
    _assert_unfounded(unfounded)
    service.found_office(unfounded, OFFICE)


def _assert_unfounded(file: EncryptedFile) -> None:
    assert file.state.owner_id is None
    with pytest.raises(NotFound):
        service.owner(file)
    with file.reading() as connection:
        assert not any(snapshot(connection).values())
        with pytest.raises(NotFound, match="Réglages"):
            service.the_association(connection, Who("nobody", "Personne", Role.CASEWORKER))


def test_an_office_is_founded_once(file: EncryptedFile, who: Who) -> None:
    with file.reading() as connection:
        before = snapshot(connection)
    with pytest.raises(AlreadyFounded, match="déjà"):
        service.found_office(file, OFFICE)
    assert service.owner(file) == who
    with file.reading() as connection:
        assert snapshot(connection) == before


def test_a_colleague_joins(file: EncryptedFile, who: Who) -> None:
    colleague, changes = service.add_worker(file, who, " Noé  Sorel ", Role.VOLUNTEER, " ")
    assert changes.tables == {"worker"}
    with file.reading() as connection:
        workers = service.list_workers(connection, who)
    assert [w.id for w in workers] == [who.worker_id, colleague]
    assert (workers[1].name, workers[1].job_title, workers[1].role) == ("Noé Sorel", None, Role.VOLUNTEER)
    assert workers[1].as_who() == Who(colleague, "Noé Sorel", Role.VOLUNTEER)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.VOLUNTEER, Role.COORDINATOR])
def test_only_those_who_manage_the_office_add_people(file: EncryptedFile, who: Who, role: Role) -> None:
    with pytest.raises(NotAllowed, match="ne permet pas"):
        service.add_worker(file, replace(who, role=role), "Noé Sorel", Role.CASEWORKER)
    with file.reading() as connection:
        assert len(service.list_workers(connection, who)) == 1


def test_a_colleague_has_a_name(file: EncryptedFile, who: Who) -> None:
    with pytest.raises(InvalidEntry, match="Indiquez"):
        service.add_worker(file, replace(who, role=Role.ADMINISTRATOR), " ", Role.CASEWORKER)


def test_a_logo_is_kept_replaced_removed_and_taken_back(file: EncryptedFile, who: Who) -> None:
    def logo() -> bytes | None:
        with file.reading() as connection:
            return service.the_association(connection, who).logo_png

    assert logo() is None
    assert service.change_logo(file, who, PNG).concerns(table="association")
    assert logo() == PNG
    service.change_logo(file, who, None)
    assert logo() is None
    take_back_last(file, who)
    assert logo() == PNG


@pytest.mark.parametrize("wrong", [b"", b"GIF89a", PNG + b"0" * 1_000_000])
def test_what_was_not_made_small_is_refused(file: EncryptedFile, who: Who, wrong: bytes) -> None:
    with pytest.raises(InvalidEntry):
        service.change_logo(file, who, wrong)


def test_an_office_founded_with_its_logo_has_it(unfounded: EncryptedFile) -> None:
    who, _ = service.found_office(unfounded, replace(OFFICE, logo_png=PNG))
    with unfounded.reading() as connection:
        assert service.the_association(connection, who).logo_png == PNG


def test_who_manages_the_office_takes_back_their_own_change_and_nothing_of_the_files(
    file: EncryptedFile, who: Who, household: str
) -> None:
    administrator = replace(who, role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        take_back_last(file, administrator)  # the last change made a household
    service.change_logo(file, administrator, PNG)
    with pytest.raises(NotAllowed):
        take_back_last(file, replace(who, role=Role.VOLUNTEER))
    take_back_last(file, administrator)
    with file.reading() as connection:
        assert service.the_association(connection, who).logo is None
