"""Checks the import contracts that import-linter has no words for.

The floors, the order of the rooms and the plan inside each are in pyproject.toml. Here: a room is entered
only through its `domain` or `service`, and a few libraries stay in the places made for them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple

import grimp

PACKAGE = "caseworker_app"
DOORS = ("domain", "service")
NETWORK = (
    "aiohttp",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "obstore",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "urllib",
    "urllib3",
    "websockets",
    "xmlrpc",
)


class Place(NamedTuple):
    """Where libraries may be imported; `*` stands for any one name, what lies below a place is in it."""

    libraries: tuple[str, ...]
    places: tuple[str, ...]


PLACES = (
    # bootstrap.window, file_window and pages join the windows to the open file.
    Place(
        ("PySide6", "shiboken6"), ("bootstrap", "shell", "ui_kit", "features.*.screen", "features.*.screens")
    ),
    Place(("sqlalchemy",), ("storage", "sync", "features.*.store")),
    Place(("alembic",), ("storage",)),
    Place(("reportlab",), ("pdf", "features.*.documents")),
    Place(NETWORK, ("sync",)),
)


def lies_in(module: str, place: str) -> bool:
    """Tell whether a module is a place or lies below it; both are written without the package."""
    names, pattern = module.split("."), place.split(".")
    if len(names) < len(pattern):
        return False
    return all(wanted in ("*", name) for wanted, name in zip(pattern, names, strict=False))


def misplaced_imports(graph: grimp.ImportGraph, package: str) -> Iterator[str]:
    """Yield the imports of a library outside the places made for it."""
    for libraries, places in PLACES:
        for library in sorted(graph.modules.intersection(libraries)):
            for importer in sorted(graph.find_modules_that_directly_import(library)):
                inside = importer.removeprefix(f"{package}.")
                if not any(lies_in(inside, place) for place in places):
                    yield f"{importer} imports {library}, which is only for {', '.join(places)}"


def room_and_part(module: str, package: str) -> tuple[str, str] | None:
    """Split `package.features.budget.store.x` into `budget` and `store`; nothing outside the rooms."""
    names = module.removeprefix(f"{package}.features.").split(".")
    if not module.startswith(f"{package}.features."):
        return None
    return names[0], names[1] if len(names) > 1 else ""


def forced_doors(graph: grimp.ImportGraph, package: str) -> Iterator[str]:
    """Yield the imports from a room to another one that go round its domain and its service."""
    for importer in sorted(graph.modules):
        here = room_and_part(importer, package)
        for imported in sorted(graph.find_modules_directly_imported_by(importer)) if here else ():
            there = room_and_part(imported, package)
            if there and here and there[0] != here[0] and there[1] not in DOORS:
                yield f"{importer} imports {imported}: a room is entered through {' or '.join(DOORS)}"


def violations(package: str = PACKAGE) -> list[str]:
    """List every import that breaks one of these contracts, one sentence each."""
    graph = grimp.build_graph(package, include_external_packages=True, cache_dir=None)
    return [*forced_doors(graph, package), *misplaced_imports(graph, package)]


def main() -> int:
    """Print the violations; fail where there is one."""
    found = violations()
    print("\n".join(found) or "Contracts kept: doors of the rooms, places of the libraries.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
