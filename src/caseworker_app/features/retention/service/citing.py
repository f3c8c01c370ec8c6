"""Texts of other households that name somebody who is erased: found before, and the name taken out when it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caseworker_app.features.retention import store
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.citing import CitingText, texts_citing
from caseworker_app.storage.connection import Connection


def citing_texts(connection: Connection, household_ids: Sequence[str]) -> list[CitingText]:
    """Return the texts of other households that hold a last name of these, whose rights the caller has checked.

    A household whose own people bear the name speaks of them: it is left out.
    """
    everyone = [*household_ids, *store.former_ids(connection, household_ids)]
    found = texts_citing(connection, store.names_of(connection, household_ids), everyone)
    own: dict[str, set[str]] = {}
    kept = []
    for each in found:
        if each.household_id not in own:
            own[each.household_id] = {fold(name) for name in store.names_of(connection, [each.household_id])}
        names = tuple(name for name in each.names if name not in own[each.household_id])
        if names:
            kept.append(replace(each, names=names))
    return kept
