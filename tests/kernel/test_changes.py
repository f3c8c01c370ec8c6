"""What an intention changed, and the errors a person can act upon."""

from __future__ import annotations

from caseworker_app.kernel.changes import NO_CHANGES, Changes
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry, NotAllowed, NotFound

LEASE = Changes(frozenset({"lease"}), frozenset({"h1"}))
GOAL = Changes(frozenset({"goal"}), frozenset({"h2"}))


def test_a_screen_is_concerned_by_its_household_or_its_table() -> None:
    assert LEASE.concerns(household="h1")
    assert LEASE.concerns(table="lease")
    assert LEASE.concerns(household="h2", table="lease")
    assert not LEASE.concerns(household="h2", table="goal")
    assert not LEASE.concerns()
    assert not NO_CHANGES.concerns(household="h1", table="lease")


def test_changes_are_joined() -> None:
    both = LEASE | GOAL
    assert both.concerns(household="h1")
    assert both.concerns(table="goal")
    assert LEASE | NO_CHANGES == LEASE


def test_every_refusal_is_a_sentence() -> None:
    for kind in (CaseworkerError, InvalidEntry, NotAllowed, NotFound):
        error = kind("Indiquez le nom de la personne.")
        assert isinstance(error, CaseworkerError)
        assert error.sentence == str(error) == "Indiquez le nom de la personne."
    assert InvalidEntry("…", "city").field == "city"
    assert InvalidEntry("…").field == ""
