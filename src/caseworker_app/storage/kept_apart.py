"""Leaving out of the day's work the rows of households that are archived for their retention."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Select, literal_column, select, text

# The households room lies below some, above none of those who ask: only the name of its table is known here.
_APART: Select[Any] = (
    select(literal_column("id")).select_from(text("household")).where(text("archived_on IS NOT NULL"))
)


def of_listed_households(household_id: Column[Any]) -> ColumnElement[bool]:
    """Return the condition that a row's household is not kept apart."""
    return household_id.not_in(_APART)
