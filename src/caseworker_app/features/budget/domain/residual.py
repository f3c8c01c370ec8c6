"""Definitions of residual income (« reste à vivre »): offices differ, so each result names its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from caseworker_app.kernel import parameters
from caseworker_app.kernel.errors import NotFound

TABLE = "residual_income"


@dataclass(frozen=True, slots=True)
class ResidualDefinition:
    """One way to compute residual income; `days`: what a month is divided by, to say it a day."""

    code: str
    label: str
    repayments_included: bool
    days: Decimal
    start: date
    source: str
    verified: bool


@cache
def definition(code: str) -> ResidualDefinition:
    """Return a definition by its code, in force or not. Raises NotFound."""
    for row in parameters.table(TABLE)["definition"]:
        value = row["value"]
        if value["code"] == code:
            return ResidualDefinition(
                code,
                value["label"],
                value["repayments_included"],
                Decimal(value["days"]),
                row["start"],
                row["source"],
                row["verified"],
            )
    raise NotFound(
        "Cette définition du reste à vivre n’est pas connue\u00a0: choisissez-en une dans la liste."
    )


def definitions_on(day: date) -> tuple[ResidualDefinition, ...]:
    """Return the definitions one may choose on a day, the default one first."""
    codes = [
        row["value"]["code"]
        for row in parameters.table(TABLE)["definition"]
        if row["start"] <= day and (row.get("end") is None or day <= row["end"])
    ]
    default = default_definition(day).code
    return tuple(definition(code) for code in sorted(codes, key=lambda code: code != default))


def default_definition(day: date) -> ResidualDefinition:
    """Return the definition used on a day where none was chosen. Raises NotFound when none was."""
    return definition(parameters.dated(TABLE, "default", day).value)
