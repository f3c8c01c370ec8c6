"""What the tests of the command line share: a passphrase, and what a command answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PASSPHRASE = "quatre mots sans rapport"


@dataclass(frozen=True)
class Outcome:
    """What a command answered: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The answer, which must be JSON and nothing else."""
        return json.loads(self.out)


Command = Callable[..., Outcome]
Imported = Callable[..., dict[str, Any]]
