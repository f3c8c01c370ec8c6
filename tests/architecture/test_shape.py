"""The source keeps its shape, and the check of it does fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import shape


def write_function(folder: Path, name: str, lines: int) -> None:
    """Write a file that holds one function of so many lines."""
    body = "    pass\n" * (lines - 1)
    (folder / f"{name}.py").write_text(f"def {name}():\n{body}", encoding="utf-8")


def test_the_source_keeps_its_shape() -> None:
    assert shape.main() == 0


def test_a_function_of_sixty_lines_is_let_through(tmp_path: Path) -> None:
    write_function(tmp_path, "long", 60)
    assert shape.report(tmp_path, {}) == []


def test_a_longer_one_is_refused_unless_allowed(tmp_path: Path) -> None:
    write_function(tmp_path, "long", 61)
    assert shape.report(tmp_path, {}) == ["long.py:long: 61 lines, 60 at most"]
    assert shape.report(tmp_path, {"long.py:long": "a table"}) == []


def test_a_file_of_more_than_five_hundred_lines_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big.py").write_text("\n" * 501, encoding="utf-8")
    assert shape.report(tmp_path, {}) == ["big.py: 501 lines, 500 at most"]


def test_an_exception_without_object_is_refused(tmp_path: Path) -> None:
    assert shape.report(tmp_path, {"gone.py": "was long"}) == [
        "gone.py: allowed, but there is no such piece any more"
    ]


def test_the_summary_counts_long_functions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_function(tmp_path, "longish", 31)
    shape.report(tmp_path, {})
    assert capsys.readouterr().out == "1 files, 1 functions, median 31 lines, 1 past 30\n"
