"""Proposals as the file will hold them: what cannot enter it is told while nothing is written yet.

Every household passes through the rules of its own room here, once: an import that was let through is then
never stopped half-way by one impossible row, and a trial run tells the same as the real one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from caseworker_app.features.households.domain import check_household
from caseworker_app.features.intake.domain.proposal import ERROR, WARNING, Problem, ProposedHousehold
from caseworker_app.kernel.entries import MAX_PARAGRAPHS
from caseworker_app.kernel.errors import InvalidEntry

NOTE_CUT = "Les remarques de cette ligne dépassent 20\u202f000 caractères\u00a0: la fin n’est pas reprise."


def fit(
    proposals: Sequence[ProposedHousehold], today: date
) -> tuple[tuple[ProposedHousehold, ...], list[Problem]]:
    """Return the proposals that can enter the file, clean, and what is to be told of the others."""
    fitted: list[ProposedHousehold] = []
    problems: list[Problem] = []
    for proposal in proposals:
        shortened = _shortened(proposal, problems)
        try:
            clean = check_household(shortened.household, today)
            same = clean is shortened.household
            fitted.append(shortened if same else replace(shortened, household=clean))
        except InvalidEntry as error:
            problems += [Problem(row, "", "", error.sentence, ERROR) for row in proposal.rows]
    return tuple(fitted), problems


def _shortened(proposal: ProposedHousehold, problems: list[Problem]) -> ProposedHousehold:
    """Return the proposal with a note that fits; endless remarks never keep a household out."""
    note = proposal.household.note
    if note is None or len(note) <= MAX_PARAGRAPHS:
        return proposal
    problems.append(Problem(proposal.row, "", "", NOTE_CUT, WARNING))
    return replace(proposal, household=replace(proposal.household, note=note[:MAX_PARAGRAPHS]))
