"""Two evaluations side by side: which ones, which domains, in which words; never a total."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.goals.domain.autonomy import (
    DomainLevel,
    Evaluation,
    EvaluationWithLevels,
    Level,
    Trend,
    View,
)
from caseworker_app.features.goals.domain.comparing import (
    NONE,
    Pair,
    anchor_of,
    choose_pair,
    compared_domains,
    dated_labels,
    first_view,
    spoken_domain,
    what_moved,
)
from caseworker_app.features.goals.domain.grid import grid_on

DAYS = (date(2026, 4, 6), date(2026, 7, 6), date(2026, 10, 6))


def made(name: str, day: date, view: View = View.WORKER, **levels: Level) -> EvaluationWithLevels:
    own = Evaluation(name, "v", "h", day, view, "2026-1", None)
    rows = (
        DomainLevel(f"{name}{code}", "v", "h", name, code, at, f"Vu {code}") for code, at in levels.items()
    )
    return EvaluationWithLevels(own, tuple(rows), grid_on(day))


THREE = tuple(made(name, day, budget=Level.STABLE) for name, day in zip("abc", DAYS, strict=True))


def chosen(before: str = "", after: str = "") -> tuple[str | None, str]:
    pair = choose_pair(THREE, View.WORKER, before, after)
    assert pair is not None
    return pair.before.evaluation.id if pair.before else None, pair.after.evaluation.id


def test_the_last_two_are_compared_unless_others_are_chosen() -> None:
    assert chosen() == ("b", "c")
    assert chosen("a", "c") == ("a", "c")
    assert chosen("", "b") == ("a", "b")
    assert chosen("", "a") == (None, "a")
    assert chosen(NONE, "c") == (None, "c")


def test_dates_chosen_the_wrong_way_round_are_turned() -> None:
    assert chosen("c", "a") == ("a", "c")
    assert chosen("b", "b") == ("a", "b")


@given(st.sampled_from(["", "a", "b", "c", "gone", NONE]), st.sampled_from(["", "a", "b", "c", "gone"]))
def test_whatever_is_chosen_the_earlier_one_comes_first(before: str, after: str) -> None:
    first, last = chosen(before, after)
    assert first is None or first < last


def test_a_view_never_asked_shows_nothing_and_the_one_asked_is_shown_first() -> None:
    assert choose_pair(THREE, View.HOUSEHOLD) is None
    assert first_view(THREE) is View.WORKER
    assert first_view((made("h", DAYS[0], View.HOUSEHOLD),)) is View.HOUSEHOLD
    assert first_view(()) is View.WORKER


def test_domains_come_in_the_order_of_the_grid_with_words_for_what_is_missing() -> None:
    before = made("a", DAYS[0], rent_payment=Level.FRAGILE, debts=Level.STABLE)
    after = made("b", DAYS[1], debts=Level.NOT_ASSESSED, children=Level.NOT_APPLICABLE,
                 rent_payment=Level.PROGRESSING, budget=Level.STABLE)  # fmt: skip
    domains = compared_domains(Pair(after, before))
    assert [each.domain.code for each in domains] == ["rent_payment", "budget", "debts", "children"]
    rent, budget, debts, children = domains
    assert (rent.trend, rent.sentence) == (Trend.PROGRESS, "de fragile à en progrès")
    assert (rent.anchor, rent.observation) == ("Paiement régulier, plan respecté", "Vu rent_payment")
    assert (budget.before, budget.assessed_before, budget.trend) == (
        Level.NOT_ASSESSED,
        False,
        Trend.NOT_COMPARABLE,
    )
    assert (debts.assessed, debts.applies, debts.anchor) == (False, True, "")
    assert (children.applies, children.domain.internal) == (False, True)
    assert spoken_domain(children, Pair(after, before)).startswith("Enfants et parentalité, interne\u00a0: ")


def test_one_evaluation_alone_compares_with_nothing() -> None:
    (only,) = compared_domains(Pair(THREE[0]))
    assert (only.before, only.trend, only.sentence) == (None, Trend.NOT_COMPARABLE, "")
    assert spoken_domain(only, Pair(THREE[0])) == "Budget\u00a0: stabilisé le 6\u00a0avril\u00a02026"


def test_what_moved_tells_progress_first_then_what_recedes() -> None:
    before = made("a", DAYS[0], upkeep=Level.STABLE, budget=Level.STABLE, debts=Level.FRAGILE)
    after = made("b", DAYS[1], upkeep=Level.FRAGILE, budget=Level.STABLE, debts=Level.STABLE)
    assert [each.domain.code for each in what_moved(compared_domains(Pair(after, before)))] == [
        "debts",
        "upkeep",
    ]


def test_two_evaluations_of_one_day_are_told_apart() -> None:
    twice = (made("a", DAYS[0]), made("b", DAYS[0]))
    assert list(dated_labels(twice).values()) == ["6\u00a0avril\u00a02026", "6\u00a0avril\u00a02026 (2)"]


def test_levels_outside_the_ladder_have_no_anchor() -> None:
    domain = compared_domains(Pair(THREE[0]))[0].domain
    assert anchor_of(domain, Level.NOT_ASSESSED) == anchor_of(domain, None) == ""
    assert anchor_of(domain, Level.AUTONOMOUS) == "Équilibre tenu, épargne possible"
