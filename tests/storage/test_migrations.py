"""Every revision up, down and up again with data, on the encrypted engine; and the head is what the stores declare."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateTable

from caseworker_app.features.agenda import service as agenda
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.appointment import AppointmentKind, TimeForm
from caseworker_app.features.diary.domain.visit import NewAppointment
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.dossier.domain.merging import MergeChoices
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.storage import migrate, search_index
from caseworker_app.storage.declarations import declared_tables, metadata
from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile
from caseworker_app.storage.engine import make_engine
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import snapshot
from caseworker_app.storage.revisions import HEAD
from caseworker_app.storage.search import find_households
from tests.ground import KEY


def _engine(folder: Path):
    return make_engine(folder / FILE_NAME, KEY, writable=True)


def _schema(engine) -> dict[str, str]:
    with engine.begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        ).all()
    return {name: _plain(sql) for name, sql in rows}


def _plain(sql: str) -> str:
    return re.sub(r'[\s"]+', "", sql).lower()


def test_the_head_is_what_the_stores_declare(file):
    file.close()
    engine = _engine(file.folder)
    made = _schema(engine)
    for table in metadata.sorted_tables:
        assert made[table.name] == _plain(str(CreateTable(table).compile(dialect=sqlite.dialect()))), (
            table.name
        )
        indexes = {index["name"] for index in inspect(engine).get_indexes(table.name)}
        assert {index.name for index in table.indexes} == indexes, table.name
    engine.dispose()


def test_the_revision_known_without_alembic_is_the_head():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_down_one_and_up_again_changes_nothing(file, who, household):
    households.set_visit_instructions(file, who, household, "Digicode 12B")
    with file.reading() as connection:
        before = snapshot(connection)
    file.close()
    engine = _engine(file.folder)
    schema = _schema(engine)
    migrate.downgrade(engine, "0001")
    assert "search_identity" not in _schema(engine)
    migrate.upgrade(engine)
    assert _schema(engine) == schema
    engine.dispose()
    with EncryptedFile.open(file.folder, KEY) as again, again.reading() as connection:
        assert snapshot(connection) == before
        assert [hit.household_id for hit in find_households(connection, "marchadier")] == [household]
        assert verify(connection).sound


def test_an_index_that_cannot_be_filled_leaves_the_older_file(file, household, monkeypatch):
    """Killed or out of room there, a file already at the head would never have its index filled again."""

    def killed(_raw):
        raise KeyboardInterrupt

    file.close()
    engine = _engine(file.folder)
    migrate.downgrade(engine, "0001")
    monkeypatch.setattr(search_index, "rebuild", killed)
    with pytest.raises(KeyboardInterrupt):
        migrate.upgrade(engine)
    assert "search_identity" not in _schema(engine)
    monkeypatch.undo()
    engine.dispose()
    with EncryptedFile.open(file.folder, KEY) as again, again.reading() as connection:
        assert [hit.household_id for hit in find_households(connection, "marchadier")] == [household]


def test_a_file_of_the_revision_before_keeps_everything_and_can_be_merged(file, who, household):
    other = households.create_household(file, who, NewHousehold((NewMember("Bassoua", "Ilan"),)))[0]
    with file.reading() as connection:
        before = snapshot(connection)
    file.close()
    engine = _engine(file.folder)
    migrate.downgrade(engine, "0002")
    assert {"former_household", "household_separation"}.isdisjoint(_schema(engine))
    engine.dispose()
    with EncryptedFile.open(file.folder, KEY) as again:
        with again.reading() as connection:
            assert snapshot(connection) == before
            assert verify(connection).sound
        dossier.merge_households(again, who, household, other, MergeChoices())
        with again.reading() as connection:
            assert [former.former_id for former in households.former_of(connection, who, household)] == [
                other
            ]
    engine = _engine(file.folder)
    migrate.downgrade(engine, "0002")
    migrate.upgrade(engine)
    engine.dispose()
    with EncryptedFile.open(file.folder, KEY) as again, again.reading() as connection:
        # What is merged stays merged; only what it was called before is no longer in the rows.
        assert [hit.household_id for hit in find_households(connection, "ilan")] == [household]


def test_an_older_file_is_brought_up_when_it_is_opened(file, household):
    file.close()
    engine = _engine(file.folder)
    migrate.downgrade(engine, "0001")
    engine.dispose()
    with EncryptedFile.open(file.folder, KEY) as again, again.reading() as connection:
        assert [hit.household_id for hit in find_households(connection, "06 39 98")] == [household]


def test_appointments_keep_everything_through_the_agenda_but_those_of_no_household(file, who, household):
    at = datetime(2026, 12, 1, 14)  # noqa: DTZ001 - the wall's
    diary.plan_appointment(file, who, household, NewAppointment(at, "Domicile", "Bail"))
    meeting = TimeForm(at, 90, AppointmentKind.MEETING, purpose="Équipe")
    agenda.plan(file, who, meeting)
    with file.reading() as connection:
        before = diary.appointments_of(connection, who, household)
    file.close()
    engine = _engine(file.folder)
    migrate.downgrade(engine, "0016")
    with engine.begin() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM appointment").mappings().all()
        assert [(row["household_id"], row["purpose"]) for row in rows] == [(household, "Bail")]
        assert "kind" not in rows[0]
    engine.dispose()
    with EncryptedFile.open(file.folder, KEY) as again:
        with again.reading() as connection:
            assert diary.appointments_of(connection, who, household) == before
            planned = diary.planned_times(connection, who, at.date(), at.date())
            assert [(each.kind, each.all_day) for each in planned] == [(AppointmentKind.HOUSEHOLD, False)]
        agenda.plan(again, who, meeting)


def test_down_to_nothing_and_up_again_gives_the_same_tables(file):
    file.close()
    engine = _engine(file.folder)
    schema = _schema(engine)
    migrate.downgrade(engine, "base")
    assert set(_schema(engine)) == {"alembic_version"}
    migrate.upgrade(engine)
    assert _schema(engine) == schema
    engine.dispose()


def test_a_migration_that_fails_leaves_the_file_as_it_was(file, household, monkeypatch):
    file.close()
    engine = _engine(file.folder)
    migrate.downgrade(engine, "0001")
    schema = _schema(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE search_body (squatter TEXT)")
    with pytest.raises(DBAPIError, match="already exists"):
        migrate.upgrade(engine)
    after = _schema(engine)
    assert after.pop("search_body") == "createtablesearch_body(squattertext)"
    assert after == schema
    engine.dispose()


def test_every_declared_table_is_in_a_revision(file):
    with file.reading() as connection:
        raw = connection.connection.driver_connection
        tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert set(declared_tables()) <= tables
