"""The debts a row of a follow-up table tells: an amount somewhere in a cell, and what it is owed for."""

from __future__ import annotations

import re

from caseworker_app.features.intake.domain.follow_up_words import debt_named
from caseworker_app.features.intake.domain.row_cells import Place
from caseworker_app.features.intake.domain.tracker_cells import NOTHING, TrackerCells
from caseworker_app.features.intake.domain.tracking import ProposedDebt
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.money import MAX_CENTS, parse_cents

NOT_AN_AMOUNT = "Ce montant n’est pas lisible\u00a0: la dette n’est pas reprise, le texte reste dans la note."

_AMOUNT = re.compile(r"\d[\d\s\u00a0\u202f'’.]*(?:[.,]\d{1,2})?\s*(?:k\s?€|€|euros?|eur)?", re.IGNORECASE)


def debts(of: TrackerCells) -> tuple[ProposedDebt, ...]:
    """Return the debts of the row being read; a cell without a readable amount is told, and stays in the note."""
    places = of.cells.columns.get("debt", ())
    return tuple(debt for place in places if (debt := _debt(of, place)) is not None)


def _debt(of: TrackerCells, place: Place) -> ProposedDebt | None:
    cells, text = of.cells, of.told(place)
    folded = fold(text)
    if not text or folded in NOTHING or folded.startswith(("solde ", "soldee", "pas de ")):
        return None
    amount = _first_amount(text)
    if amount is None:
        cells.keep_aside(place[1], text, NOT_AN_AMOUNT)
        return None
    cents, rest = amount
    if cents == 0:
        return None
    nature = debt_named(rest) or debt_named(place[1]) or "rent"
    landlord = cells.plain("landlord")[:200]
    note = (
        f"{place[1]}\u00a0: {text}" if any(c.isalpha() for c in re.sub(r"(?i)euros?|eur", "", rest)) else None
    )
    return ProposedDebt(nature, cents, (landlord or None) if nature == "rent" else None, note)


def _first_amount(text: str) -> tuple[int, str] | None:
    """Return the first amount of a cell in cents, and the rest of it; None where there is none."""
    for match in _AMOUNT.finditer(text[:300]):
        written = match[0].strip().rstrip(".")
        before, after = text[: match.start()], text[match.end() :]
        if re.search(r"[/\d]$", before) or re.match(r"\s?[/%]\s?\d?", after):
            continue  # a date, a share
        thousands = "k" in written.lower()
        try:
            cents = parse_cents(re.sub(r"(?i)\s*k\s?€", "", written)) * (1000 if thousands else 1)
        except InvalidEntry:
            continue
        if 0 <= cents <= MAX_CENTS:
            return cents, f"{before} {after}".strip()
    return None
