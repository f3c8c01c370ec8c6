"""Dated tables: the value of a day, gaps told, and every shipped table well formed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.kernel import parameters
from caseworker_app.kernel.errors import NotFound
from caseworker_app.kernel.paths import resources

TABLE = """
[[ceiling]]
value = 100
start = 2024-01-01
end = 2024-12-31
source = "arrêté inventé"
verified = true

[[ceiling]]
value = 120
start = 2026-01-01

[[kinds]]
value = "un"
start = 2020-01-01

[[kinds]]
value = "deux"
start = 2020-01-01
end = 2025-06-30

[[kinds]]
value = "trois"
start = 2025-01-01
"""


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / "invented.toml").write_text(TABLE, encoding="utf-8")
    monkeypatch.setattr(parameters, "resources", lambda: tmp_path)
    parameters.table.cache_clear()
    yield
    parameters.table.cache_clear()


@pytest.mark.usefixtures("invented")
@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2024, 1, 1), 100),
        (date(2024, 12, 31), 100),
        (date(2026, 1, 1), 120),
        (date(2099, 1, 1), 120),
    ],
)
def test_the_value_of_a_day_is_the_one_in_force(day: date, value: int) -> None:
    assert parameters.dated("invented", "ceiling", day).value == value


@pytest.mark.usefixtures("invented")
@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2025, 1, 1), date(2025, 12, 31)])
def test_a_gap_is_told_with_its_day(day: date) -> None:
    with pytest.raises(NotFound, match=f"ceiling.*{day:%d/%m/%Y}.*Réglages"):
        parameters.dated("invented", "ceiling", day)


@pytest.mark.usefixtures("invented")
def test_a_list_holds_what_is_in_force_in_its_order() -> None:
    def on(day: date) -> list[Any]:
        return [row.value for row in parameters.all_dated("invented", "kinds", day)]

    assert on(date(2024, 1, 1)) == ["un", "deux"]
    assert on(date(2025, 3, 1)) == ["un", "deux", "trois"]
    assert on(date(2025, 7, 1)) == ["un", "trois"]
    assert on(date(2019, 1, 1)) == []


@pytest.mark.usefixtures("invented")
def test_a_value_says_where_it_was_read() -> None:
    value = parameters.dated("invented", "ceiling", date(2024, 6, 1))
    assert (value.source, value.verified, value.end) == ("arrêté inventé", True, date(2024, 12, 31))
    later = parameters.dated("invented", "ceiling", date(2026, 6, 1))
    assert (later.source, later.verified, later.end) == ("", False, None)


def _shipped() -> list[str]:
    return sorted(path.stem for path in (resources() / "parameters").glob("*.toml"))


def test_there_are_shipped_tables() -> None:
    assert _shipped()


@pytest.mark.parametrize("name", _shipped())
def test_a_shipped_table_is_dated_and_sourced(name: str) -> None:
    for key, rows in parameters.table(name).items():
        assert rows, f"{key} is empty"
        for row in rows:
            assert set(row) >= {"value", "start", "source"}, f"{key}: {row}"
            assert type(row["start"]) is date
            assert type(row.get("end", row["start"])) is date
            assert row.get("end", date.max) >= row["start"]
            assert row["source"].strip()
            # Left out, it says that nobody read the source again.
            assert type(row.get("verified", False)) is bool
