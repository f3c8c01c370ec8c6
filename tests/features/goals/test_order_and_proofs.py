"""The order of goals and steps, and the visits that prove them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.goals.domain.ordering import moved, neighbour
from caseworker_app.features.goals.domain.proof import Proof, proof_words, proofs_of_goal, proofs_of_step

ORDERS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True)


@given(ORDERS, st.data())
def test_moving_one_keeps_the_others_in_their_order(order: list[str], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(order))
    before = data.draw(st.sampled_from([*order, None]))
    after = moved(order, one, before)
    assert sorted(after) == sorted(order)
    assert [each for each in after if each != one] == [each for each in order if each != one]
    if before not in (one, None):
        assert after.index(one) == after.index(before) - 1
    else:
        assert after[-1] == one


@given(ORDERS, st.data(), st.booleans())
def test_a_neighbour_moves_by_one_place_and_back(order: list[str], data: st.DataObject, later: bool) -> None:
    one = data.draw(st.sampled_from(order))
    before = neighbour(order, one, later=later)
    edge = order.index(one) == (len(order) - 1 if later else 0)
    assert (before == one) is edge
    if not edge:
        again = moved(order, one, before)
        assert again.index(one) == order.index(one) + (1 if later else -1)
        assert moved(again, one, neighbour(again, one, later=not later)) == order


def test_a_visit_counts_once_for_a_goal_and_the_newest_comes_first() -> None:
    proofs = [
        Proof("paying", "transfer", "v1", "Visite à domicile", date(2026, 9, 12)),
        Proof("paying", None, "v2", "Entretien au bureau", date(2026, 10, 27)),
        Proof("paying", "months", "v2", "Entretien au bureau", date(2026, 10, 27)),
        Proof("other", None, "v3", "Visite à domicile", date(2026, 11, 3)),
    ]
    assert [each.entry_id for each in proofs_of_goal(proofs, "paying")] == ["v2", "v1"]
    assert [each.words for each in proofs_of_step(proofs, "transfer")] == [
        "Visite à domicile du 12\u00a0septembre\u00a02026"
    ]
    assert (proof_words(0), proof_words(1), proof_words(2)) == ("", "1\u00a0visite", "2\u00a0visites")
