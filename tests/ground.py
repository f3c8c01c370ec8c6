"""Constants of the tests' ground: the key of their files and the instant their clock stands at."""

from datetime import UTC, datetime
from pathlib import Path

KEY = "5a" * 32
NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
SHARED = Path(__file__).parents[2] / "shared"
