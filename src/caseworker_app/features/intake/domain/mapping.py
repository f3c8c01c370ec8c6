"""Columns read as a person says, or as a profile remembers, over what was recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from caseworker_app.features.intake.domain.columns import SEVERAL, LeftOut, Matching, named
from caseworker_app.features.intake.domain.headings import Heading, Owner

CHOSEN = "chosen"
LEFT_BY_CHOICE = "laissée de côté à votre demande"
READ_ELSEWHERE = "une autre colonne a été choisie à sa place"

_KEY = re.compile(r"(?:(?P<co>co_holder)_|dependant_(?P<rank>\d+)_)?(?P<field>[a-z_]+?)(?:_\d+)?")


def heading_of(ours: str) -> Heading | None:
    """Return whose data, and which field, our name of a column means; None for no name of ours."""
    match = _KEY.fullmatch(ours)
    if match is None:
        return None
    if match["co"]:
        return Heading(Owner.CO_HOLDER, match["field"])
    if match["rank"]:
        return Heading(Owner.DEPENDANT, match["field"], int(match["rank"]))
    return Heading(Owner.HOLDER, match["field"])


def remapped(matching: Matching, header: Sequence[str], chosen: Iterable[tuple[int, str]]) -> Matching:
    """Return the matching with the columns chosen by a person in place of those recognised.

    A column that holds what is never kept (a key, a social security number) stays out whatever is said. Of a
    field that one column feeds, the column chosen last is read.
    """
    withheld = {entry.index for entry in matching.left_out if entry.withheld}
    wanted = {i: ours for i, ours in chosen if 0 <= i < len(header) and i not in withheld}
    if not wanted:
        return matching
    kept = {m.index: (m.heading, m.confidence) for m in matching.matches if m.index not in wanted}
    lost: dict[int, str] = {}
    for index, ours in wanted.items():
        heading = heading_of(ours) if ours else None
        if heading is None:
            lost[index] = LEFT_BY_CHOICE
            continue
        if heading.field not in SEVERAL:
            for other in [i for i, (known, _) in kept.items() if known.key == heading.key]:
                del kept[other]
                lost[other] = READ_ELSEWHERE
        kept[index] = heading, CHOSEN
        lost.pop(index, None)
    left = [entry for entry in matching.left_out if entry.index not in kept and entry.index not in lost]
    left += [LeftOut(header[i], why, index=i) for i, why in lost.items()]
    entries = [(index, *kept[index]) for index in sorted(kept)]
    return Matching(named(header, entries), tuple(sorted(left, key=lambda entry: entry.index)))
