"""How the columns of one shape of file are read: ready for the exports of peers, or remembered from a person.

A profile says what a column is by its name, never what stands in it.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.paths import resources


@dataclass(frozen=True, slots=True)
class Profile:
    """A way to read files of one shape.

    `columns`: folded name of a column and our name of it (empty: left out). `fingerprint` is that of the header it was
    remembered from; a `ready` one has none, and fits where all the names it `needs` (folded) are there.
    """

    id: str
    version: str
    name: str
    fingerprint: str
    kind: ListKind
    columns: tuple[tuple[str, str], ...]
    used_on: date | None = None
    ready: bool = False
    about: str = ""
    needs: tuple[str, ...] = ()

    def fits(self, header: Sequence[str]) -> bool:
        """Say whether a file with these columns has the shape of the profile."""
        if not self.ready:
            return self.fingerprint == fingerprint_of(header)
        return set(self.needs) <= {fold(name) for name in header}

    def chosen(self, header: Sequence[str]) -> tuple[tuple[int, str], ...]:
        """Return the columns of a header as the profile reads them, each of its names once."""
        ours = dict(self.columns)
        taken: set[str] = set()
        chosen = []
        for index, name in enumerate(header):
            key = fold(name)
            if key in ours and key not in taken:
                taken.add(key)
                chosen.append((index, ours[key]))
        return tuple(chosen)


@dataclass(frozen=True, slots=True)
class ProfileInfo:
    """Which profile was applied."""

    id: str
    name: str
    ready: bool


def fingerprint_of(header: Iterable[str]) -> str:
    """Return what tells the shape of a file: its column names, whatever their order, accents and capitals."""
    names = "\n".join(sorted(fold(name) for name in header))
    return hashlib.sha256(names.encode()).hexdigest()[:32]


def write_columns(columns: Iterable[tuple[str, str]]) -> str:
    """Return columns as they are kept."""
    return json.dumps(dict(columns), ensure_ascii=False, separators=(",", ":"))


def read_columns(text: str) -> tuple[tuple[str, str], ...]:
    """Return columns as `write_columns` kept them."""
    return tuple(json.loads(text).items())


@cache
def ready_profiles() -> tuple[Profile, ...]:
    """Return the profiles that come with the program, the most demanding first."""
    with (resources() / "imports" / "profiles.toml").open("rb") as stream:
        entries = tomllib.load(stream)["profile"]
    profiles = [
        Profile(
            id=entry["id"],
            version="",
            name=entry["name"],
            fingerprint="",
            kind=ListKind(entry["kind"]),
            columns=tuple((fold(theirs), ours) for theirs, ours in entry["columns"].items()),
            ready=True,
            about=entry["about"],
            needs=tuple(map(fold, entry["needs"])),
        )
        for entry in entries
    ]
    return tuple(sorted(profiles, key=lambda profile: -len(profile.needs)))


def fitting(profiles: Iterable[Profile], header: Sequence[str]) -> Profile | None:
    """Return the first profile that fits a header: those remembered come before those ready."""
    return next((profile for profile in profiles if profile.fits(header)), None)
