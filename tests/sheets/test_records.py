"""Open data written as records (JSON) read as a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.sheets.reading import read_sheet, read_sheets, read_table
from caseworker_app.sheets.records import holds_records, read_records
from caseworker_app.sheets.refusals import UnreadableFile


def written(tmp_path: Path, value: Any, mark: str = "") -> Path:
    path = tmp_path / "donnees.json"
    path.write_text(mark + (value if isinstance(value, str) else json.dumps(value)), encoding="utf-8")
    return path


def test_records_are_rows_and_their_keys_columns(tmp_path: Path) -> None:
    sheet = read_table(
        written(tmp_path, [{"nom": "A", "n": 1, "ok": True}, {"nom": "B", "x": {"y": 2}, "l": ["a", 3]}])
    )
    assert sheet.header == ("nom", "n", "ok", "x.y", "l")
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (2, ["A", "1", "Oui", "", ""]),
        (3, ["B", "", "", "2", "a;3"]),
    ]
    assert (sheet.file_kind, sheet.header_row, sheet.encoding) == ("json", 1, "utf-8")


def test_a_list_inside_an_object_and_geojson_are_read(tmp_path: Path) -> None:
    assert read_records(written(tmp_path, {"total": 1, "results": [{"nom": "A"}]})).header == ("nom",)
    features = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"nom": "A"}}]}
    assert read_records(written(tmp_path, features, "\ufeff")).header == ("nom",)


@pytest.mark.parametrize(
    "value", [[], {}, [1, 2], ["a"], [{"a": [{"b": 1}]}], {"a": [{"x": 1}], "b": [{"y": 1}]}, "[{", "{}x"]
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, value: Any) -> None:
    with pytest.raises(UnreadableFile, match=r"donnees\.json"):
        read_records(written(tmp_path, value))


def test_a_tree_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read_records(written(tmp_path, "[" * 200_000))


def test_a_plain_list_is_still_no_json(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="JSON"):
        read_sheet(written(tmp_path, [{"nom": "A"}]))
    assert not holds_records(tmp_path / "absent.json")


def test_every_visible_sheet_with_a_table_is_read(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "deux.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Un", "Deux", "Vide", "Caché"):
            sheet = book.add_worksheet(name)
            for line, row in enumerate([["Nom", "Ville"], ["A", "Hem"]] if name != "Vide" else []):
                sheet.write_row(line, 0, row)
        sheet.hide()
    assert [sheet.sheet_name for sheet in read_sheets(path)] == ["Un", "Deux"]


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=10)


@given(
    st.lists(
        st.dictionaries(st.text(min_size=1, max_size=6), scalars, min_size=1, max_size=5),
        min_size=1,
        max_size=6,
    )
)
def test_any_records_give_rows_as_wide_as_the_header(
    tmp_path_factory: pytest.TempPathFactory, records: Any
) -> None:
    try:
        sheet = read_records(written(tmp_path_factory.mktemp("r"), records))
    except UnreadableFile:
        return
    assert all(len(row.cells) == len(sheet.header) for row in sheet.rows)
