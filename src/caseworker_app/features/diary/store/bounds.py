"""From which stored hour to which a period goes."""

from __future__ import annotations

from datetime import timedelta

from caseworker_app.kernel.dates import Period

# Stored hours are ISO text: every one of them sorts before this.
_AFTER_ALL = "~"


def bounds(period: Period | None) -> tuple[str, str]:
    """Return the stored forms of the first hour of a period and of the first one after it."""
    if period is None:
        return "", _AFTER_ALL
    last = period.end and (period.end + timedelta(days=1)).isoformat()
    return period.start.isoformat(), last or _AFTER_ALL
