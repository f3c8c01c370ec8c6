"""The ground of the forms that open a record: every row of the file before and after, and what a form changed of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import today
from caseworker_app.storage.declarations import declaration_of, declared_tables
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks

Cells = dict[tuple[str, str, str], Any]


@dataclass
class World:
    """A founded file with a household, and what windows work with."""

    file: EncryptedFile
    who: Who
    household: str
    drafts: Drafts
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    wait: Callable[[], None]
    keep: Callable[[Any], Any]

    @property
    def today(self) -> date:
        return today(self.file.clock)

    def desk(self, kind: Callable[..., Any], *more: Any) -> Any:
        """Return the desk of a room."""
        shared = (self.drafts, self.tasks, self.changes, self.navigator, take_back_last)
        return kind(self.file, self.who, *shared, *more)

    def read(self, reading: Callable[..., Any], *arguments: Any) -> Any:
        """Return what a service reads."""
        with self.file.reading() as connection:
            return reading(connection, self.who, *arguments)

    def fill(self, table: str, row_id: str, **values: Any) -> None:
        """Fill columns of a row that no service fills together."""
        with self.file.unit_of_work(self.who.worker_id, "add_note") as uow:
            uow.update(declaration_of(table).table, row_id, values)

    def cells(self) -> Cells:
        """Return every cell of the file but versions: by table, row and column."""
        found: Cells = {}
        with self.file.reading() as connection:
            for name in declared_tables():
                for row in connection.execute(text(f'SELECT * FROM "{name}"')).mappings():
                    found |= {(name, row["id"], column): row[column] for column in row if column != "version"}
        return found

    def empty_columns(self, table: str, row_id: str) -> set[str]:
        """Return the columns of a row that hold nothing."""
        cells = self.cells()
        return {
            column
            for (of, row, column), value in cells.items()
            if (of, row) == (table, row_id) and value is None
        }


@dataclass(frozen=True)
class Opened:
    """A form open on a whole record: its row, how fields are typed, how it is saved (None: as every side form)."""

    form: Any
    row_id: str
    type: Callable[[Mapping[str, str]], object] | None = None
    save: Callable[[], object] | None = None


@dataclass(frozen=True)
class Case:
    """A form that opens a record: how, the table of its row, what is typed in it, and the columns that may change.

    `empty`: columns that cannot be filled with the others, or not yet; `renewed`: columns that any save writes anew.
    """

    open: Callable[[World], Opened]
    table: str
    typed: Mapping[str, str]
    changed: frozenset[str]
    empty: frozenset[str] = frozenset()
    renewed: frozenset[str] = frozenset()


def changed_cells(before: Cells, after: Cells) -> set[tuple[str, str, str]]:
    """Return the cells that differ: changed, come or gone."""
    return {cell for cell in before.keys() | after.keys() if before.get(cell) != after.get(cell)}


def save(world: World, opened: Opened) -> None:
    """Save a form as its button does, and have it written."""
    form, refused = opened.form, []
    if opened.save is not None:
        opened.save()
        world.wait()
        return
    form.asked.connect(lambda work: work())
    form.save.setEnabled(True)
    form.submit()
    refused = [field.sentence for field in form.fields.values() if field.sentence] + [form.rest.sentence]
    assert not any(refused), refused


def type_in(opened: Opened, typed: Mapping[str, str]) -> None:
    """Type in a form."""
    if opened.type is not None:
        opened.type(typed)
    else:
        opened.form.show_content(typed)
