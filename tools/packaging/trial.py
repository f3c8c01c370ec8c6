"""Tries what was built as whoever installed it would: without rights, without our tools, far from here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.packaging.frozen import PackagingFailed

# « nobody »: whoever builds as root tries as someone who may not write into the installed program.
_NOBODY = 65534
_TIMEOUT_SECONDS = 180
# A page with less would be a letterhead only.
_LEAST_CHARACTERS = 400


def try_program(program: Path) -> str:
    """Run self-test and the main job of an installed program, read its documents back, say what it did."""
    with throw_away() as home:
        begun = time.perf_counter()
        _run(program, home, "self-test")
        told = time.perf_counter() - begun
        made = json.loads(_run(program, home, "main-job", "--json", "--out", str(home / "documents")))
        documents = [Path(one) for one in made if one.endswith(".pdf")]
        if not documents:
            raise PackagingFailed(f"{program} printed no document.")
        pages = {path.name: check_document(path) for path in documents}
    listed = ", ".join(f"{name} ({count} pages)" for name, count in pages.items())
    return f"self-test in {told:.1f} s; {listed}"


def check_document(path: Path) -> int:
    """Read a document back: tagged, in French, titled, words on its pages. Return its number of pages."""
    from pypdf import PdfReader

    reader = PdfReader(path)
    root = reader.root_object
    text = "".join(page.extract_text() for page in reader.pages)
    wrong = {
        "is not tagged": "/StructTreeRoot" not in root,
        "does not say that it is in French": not str(root.get("/Lang", "")).startswith("fr"),
        "has hardly a word": len(text) < _LEAST_CHARACTERS,
        "has no title": not (reader.metadata and reader.metadata.title),
    }
    for what, is_so in wrong.items():
        if is_so:
            raise PackagingFailed(f"{path.name} {what}.")
    return len(reader.pages)


@contextmanager
def throw_away() -> Iterator[Path]:
    """Lend a folder that belongs to who will run the program, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="passerelle-trial-", ignore_cleanup_errors=True) as place:
        if _is_root():
            os.chown(place, _NOBODY, _NOBODY)
        yield Path(place)


def ordinary() -> dict[str, object]:
    """Return the arguments that make a process somebody without rights, where we are root."""
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if _is_root() else {}


def _run(program: Path, home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(program), *arguments],
        env=_environment(home),
        cwd=home,
        capture_output=True,
        check=False,
        timeout=_TIMEOUT_SECONDS,
        **ordinary(),  # type: ignore[call-overload]
    )
    if done.returncode != 0:
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        raise PackagingFailed(f"{program.name} {arguments[0]} answered {done.returncode}:\n{said}")
    return str(done.stdout.decode("utf-8"))


def _environment(home: Path) -> dict[str, str]:
    """Return the little a program may count on: nothing of ours, no Python, no screen."""
    if sys.platform == "win32":
        kept = {
            name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "TEMP", "TMP") if name in os.environ
        }
        return {**kept, "LOCALAPPDATA": str(home), "USERPROFILE": str(home)}
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "TMPDIR": str(home)}


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
