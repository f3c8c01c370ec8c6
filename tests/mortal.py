"""A user the system refuses things to: the tests' own, or « nobody » while the superuser runs them (POSIX)."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NOBODY = 65534
needs_rights = pytest.mark.skipif(os.name == "nt", reason="rights are those of POSIX")


@contextmanager
def refused_like_anybody() -> Iterator[None]:
    """Have the system judge what this process does as it judges anybody's.

    What is imported meanwhile for the first time must be readable by anybody too.
    """
    if os.geteuid() != 0:
        yield
        return
    groups = os.getgroups()
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, 0)
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)
        os.setgroups(groups)


@contextmanager
def anybodys_place() -> Iterator[Path]:
    """Give a folder that anybody may reach, unlike the tests' own ones; what is put in it is to be `handed`."""
    place = Path(tempfile.mkdtemp(prefix="anybody-"))
    hand(place)
    try:
        yield place
    finally:
        for folder in (place, *(each for each in place.rglob("*") if each.is_dir())):
            folder.chmod(0o700)
        shutil.rmtree(place)


def hand(place: Path) -> None:
    """Make a folder and all that is in it the property of who is refused things."""
    if os.geteuid() == 0:
        for each in (place, *place.rglob("*")):
            os.chown(each, NOBODY, NOBODY)


def lock_up(place: Path, *, files: int = 0o400, folders: int = 0o500) -> None:
    """Take the right to write away from a folder and all that is in it."""
    for each in sorted(place.rglob("*"), reverse=True):
        each.chmod(folders if each.is_dir() else files)
    place.chmod(folders)
