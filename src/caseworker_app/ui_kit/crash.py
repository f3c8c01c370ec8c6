"""What may be told of a fault: where in the program it happened and of what kind, never what it was about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class CrashReport:
    """A fault without personal data: its kind, the places in the program (innermost first), a short code.

    The message of the exception is left out on purpose: it may quote a name, a phone, a note.
    """

    kind: str
    places: tuple[str, ...]

    @classmethod
    def of(cls, error: BaseException) -> CrashReport:
        """Describe an exception, with what caused it."""
        if isinstance(error, RemoteFault):
            return error.report
        kinds: list[str] = []
        seen: BaseException | None = error
        while seen is not None and len(kinds) < _DEEPEST:
            kinds.append(type(seen).__name__)
            seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
        import traceback

        frames = traceback.extract_tb(error.__traceback__)[-_DEEPEST:]
        places = tuple(f"{_short(f.filename)}:{f.lineno} {f.name}" for f in reversed(frames))
        return cls(" from ".join(kinds), places)

    @property
    def code(self) -> str:
        """Return six symbols that are the same each time the same fault happens."""
        import hashlib

        what = "|".join((self.kind, *self.places))
        return hashlib.sha256(what.encode()).hexdigest()[:6].upper()

    @property
    def words(self) -> str:
        """Return the report as text to copy into a message."""
        return "\n".join((f"Code {self.code}", self.kind, *self.places))


class RemoteFault(Exception):
    """A fault of another process, of which only the report came back."""

    def __init__(self, report: CrashReport) -> None:
        """Keep the report."""
        super().__init__(report.code)
        self.report = report


def _short(filename: str) -> str:
    # The folder above the program may hold the person's name.
    parts = PurePath(filename.replace("\\", "/")).parts
    for top in ("caseworker_app", "site-packages"):
        if top in parts:
            return "/".join(parts[parts.index(top) + 1 :])
    return parts[-1] if parts else filename
