"""Seven tables of sixty live measures, as offices keep them: all come in, and nobody is asked anything for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from caseworker_app.features.intake.domain import values
from caseworker_app.features.intake.domain.choices import Choices
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.recognition import understand
from caseworker_app.features.intake.service import importing
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import InvalidEntry
from tests.features.intake.messy_trackers import LAYOUTS, MEASURES

# What is asked of a person all the same: an address with its phone in one cell has no column of ours.
ASKED = {"loose words": ["Coordonnées"]}
# People of households told a row a person, or as « Marchadier Solène et Idriss ».
PEOPLE = {"one row a person": 90, "one column a month": 120}


@pytest.fixture(params=LAYOUTS)
def layout(request: Any) -> str:
    return str(request.param)


@pytest.fixture
def table(layout: str, tmp_path: Path) -> Path:
    write, ending = LAYOUTS[layout]
    return write(tmp_path / f"suivi.{ending}")


def test_its_columns_are_recognised_without_a_question(layout: str, table: Path, file) -> None:
    found = understand(table, today(file.clock))
    assert (found.kind, found.kind_sure) == (ListKind.TRACKER, True)
    asked = [column.theirs for column in found.columns if column.confidence == "to_choose"]
    assert asked == ASKED.get(layout, [])


def test_sixty_measures_live_with_their_dates_and_workers(layout: str, table: Path, file, who) -> None:
    report = importing.import_list(file, who, table, choices=Choices(kind=ListKind.TRACKER))
    assert report.counts.in_error == 0
    with file.reading() as connection:
        raw: Any = connection.connection.driver_connection

        def one(question: str) -> int:
            return int(raw.execute(question).fetchone()[0])

        assert one("SELECT count(*) FROM household") == MEASURES
        assert one("SELECT count(*) FROM household_member") == PEOPLE.get(layout, MEASURES)
        measures = "SELECT count(*) FROM support_measure WHERE ended_on IS NULL AND starts_on IS NOT NULL"
        assert one(measures) == MEASURES
        assert one("SELECT count(*) FROM support_measure WHERE planned_end_on IS NOT NULL") == MEASURES
        assert one("SELECT count(*) FROM debt") >= 20
        assert one("SELECT count(*) FROM diary_entry") >= 20


@pytest.mark.parametrize(
    ("told", "people"),
    [
        ("1A+2E", 3),
        ("2A", 2),
        ("2 ad. 3 enf.", 5),
        ("1 adulte et 2 enfants", 3),
        ("1a/0e", 1),
        ("4 pers.", 4),
    ],
)
def test_how_a_household_is_made_is_counted(told: str, people: int) -> None:
    assert values.parse_count(told) == people


def test_what_is_no_count_stays_none() -> None:
    with pytest.raises(InvalidEntry):
        values.parse_count("A+E")
