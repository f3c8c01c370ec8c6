"""Checks the shape of the source: no function and no file grows past what one reads in one go."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FUNCTION = 60
LONG_FUNCTION = 30
LONGEST_FILE = 500

# Larger pieces that are allowed: "path" or "path:function" under src/caseworker_app, each with its reason.
ALLOWED: dict[str, str] = {}


class Piece(NamedTuple):
    """A function or a file with its number of lines."""

    name: str
    lines: int


def files(source: Path) -> Iterator[tuple[Path, str]]:
    """Yield every Python file below a folder with its path as we name it."""
    for path in sorted(source.rglob("*.py")):
        yield path, path.relative_to(source).as_posix()


def functions(path: Path, name: str) -> Iterator[Piece]:
    """Yield the functions and methods of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Piece(f"{name}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)


def measure(source: Path) -> tuple[list[Piece], list[Piece]]:
    """Measure the files and the functions below a folder."""
    found = list(files(source))
    sizes = [Piece(name, len(path.read_text(encoding="utf-8").splitlines())) for path, name in found]
    return sizes, [piece for path, name in found for piece in functions(path, name)]


def too_large(pieces: list[Piece], limit: int, allowed: dict[str, str]) -> list[str]:
    """Say which pieces are past a limit, but for those that have a reason to be."""
    return [
        f"{piece.name}: {piece.lines} lines, {limit} at most"
        for piece in pieces
        if piece.lines > limit and piece.name not in allowed
    ]


def idle_exceptions(pieces: list[Piece], allowed: dict[str, str]) -> list[str]:
    """Say which exceptions no longer name anything."""
    names = {piece.name for piece in pieces}
    return [f"{name}: allowed, but there is no such piece any more" for name in allowed if name not in names]


def report(source: Path, allowed: dict[str, str]) -> list[str]:
    """Measure everything, print the summary, answer what is wrong."""
    sizes, found = measure(source)
    long = sum(piece.lines > LONG_FUNCTION for piece in found)
    median = sorted(piece.lines for piece in found)[len(found) // 2] if found else 0
    print(f"{len(sizes)} files, {len(found)} functions, median {median} lines, {long} past {LONG_FUNCTION}")
    wrong = too_large(sizes, LONGEST_FILE, allowed) + too_large(found, LONGEST_FUNCTION, allowed)
    return wrong + idle_exceptions(sizes + found, allowed)


def main() -> int:
    """Check the package; fail where a piece is too large."""
    wrong = report(ROOT / "src" / "caseworker_app", ALLOWED)
    print("\n".join(wrong), end="\n" if wrong else "")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
