"""The register of erasures: what was erased, when, by whom and why, without naming anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseworker_app.features.retention.domain.going import Ground, RecordKind


@dataclass(frozen=True, slots=True)
class ErasureRecord:
    """A line of the register; `backups_until`: when the last backup that held it is gone."""

    id: str
    version: str
    kind: RecordKind
    made_at: datetime
    worker_id: str
    ground: Ground
    households: int
    erased_rows: int
    backups_until: date
