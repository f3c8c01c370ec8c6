"""What the dated table says of veilles: what is asked and done, why one ends, when a call is made again."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.veille.domain.rhythm import Retry
from caseworker_app.kernel.parameters import all_dated, dated, every_value

TABLE = "veille"


def requests(day: date) -> dict[str, str]:
    """Return what may be asked and done on a day: labels by code, in the order of the table."""
    return _listed("request", day)


def end_reasons(day: date) -> dict[str, str]:
    """Return why a veille may end on a day: labels by code."""
    return _listed("end_reason", day)


def every_label(key: str) -> dict[str, str]:
    """Return the words of every code of a list, whatever its dates: one given once stays readable."""
    return {value.value["code"]: value.value["label"] for name, value in every_value(TABLE) if name == key}


def retry_on(day: date) -> Retry:
    """Return when a call nobody answered is made again, and how many in a row are told."""
    return Retry(*(int(dated(TABLE, key, day).value) for key in ("retry_days", "tries")))


def _listed(key: str, day: date) -> dict[str, str]:
    return {row.value["code"]: row.value["label"] for row in all_dated(TABLE, key, day)}
