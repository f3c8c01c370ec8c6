"""A grant followed action by action: every cent counted once, refusals beside their field, undone like the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.grant import (
    GrantAction,
    GrantFollowed,
    GrantSpending,
    account_words,
    accounts_of,
    checked_spending,
    grant_words,
)
from caseworker_app.features.measures.domain.measure import NewAgreement
from caseworker_app.features.measures.screens.agreements import AgreementsSection
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.kernel.errors import InvalidEntry
from tests.features.measures.test_agreements import OURS, plain, show
from tests.ui_kit.inspection import cut_words, nameless

__all__ = ["show"]
TODAY = date(2026, 11, 24)
START = date(2026, 1, 1)
cents = st.integers(-100_000, 1_000_000)


@given(
    st.lists(st.integers(0, 1_000_000), max_size=6),
    st.lists(st.tuples(st.integers(0, 5), cents), max_size=20),
)
def test_every_cent_is_counted_once(planned: list[int], spent: list[tuple[int, int]]) -> None:
    actions = [GrantAction(str(n), "", "a", f"action {n}", each) for n, each in enumerate(planned)]
    spendings = [
        GrantSpending(str(n), "", str(action), START + timedelta(n), each, "facture")
        for n, (action, each) in enumerate(spent)
        if action < len(planned)
    ]
    grant = GrantFollowed(5_000_000, accounts_of(actions, spendings))
    assert grant.planned_cents == sum(planned)
    assert grant.spent_cents == sum(each.spent_cents for each in spendings)
    assert grant.left_cents == 5_000_000 - grant.spent_cents
    assert sum(each.left_cents for each in grant.accounts) == grant.planned_cents - grant.spent_cents


def test_the_words_of_a_grant() -> None:
    action = GrantAction("n", "", "a", "Ateliers", 100_000)
    spending = GrantSpending("s", "", "n", START, 120_050, "salle")
    (account,) = accounts_of([action], [spending])
    assert (plain(account_words(account)[0]), account_words(account)[1]) == (
        "1 200,50 € dépensés sur 1 000,00 € · dépassée de 200,50 €", "danger",
    )  # fmt: skip
    told = plain(grant_words(GrantFollowed(150_000, (account,))))
    assert told == "1 000,00 € prévus · 1 200,50 € dépensés · 299,50 € restants · 500,00 € sans action"
    assert plain(grant_words(GrantFollowed(50_000, (account,)))).endswith("500,00 € prévus de trop")


@pytest.mark.parametrize(
    ("on", "amount", "what", "field"),
    [
        (TODAY + timedelta(1), 100, "salle", "spent_on"),
        (date(2025, 12, 31), 100, "salle", "spent_on"),
        (START, 0, "salle", "cents"),
        (START, 100, "  ", "what"),
    ],
)
def test_a_spending_that_cannot_be_is_refused(on: date, amount: int, what: str, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        checked_spending(OURS, on, amount, what, TODAY)
    assert refused.value.field == field


@pytest.fixture
def agreement(desk: MeasuresDesk) -> str:
    new = NewAgreement("FSL 2026", START, date(2026, 12, 31), grant_cents=1_000_000)
    return service.add_agreement(desk.file, desk.who, new)[0]


def grant(desk: MeasuresDesk, agreement: str) -> GrantFollowed:
    with desk.file.reading() as connection:
        return service.grant_of(connection, desk.who, agreement)


def test_an_action_with_spendings_stays_until_they_are_taken_out(desk: MeasuresDesk, agreement: str) -> None:
    action, _ = service.add_grant_action(desk.file, desk.who, agreement, " Ateliers ", 400_000)
    with pytest.raises(InvalidEntry):
        service.add_grant_action(desk.file, desk.who, agreement, "ateliers", 1)
    spent, _ = service.record_grant_spending(desk.file, desk.who, action, START, 30_000, "salle")
    assert (grant(desk, agreement).spent_cents, grant(desk, agreement).left_cents) == (30_000, 970_000)
    with pytest.raises(InvalidEntry):
        service.remove_grant_action(desk.file, desk.who, action)
    service.remove_grant_spending(desk.file, desk.who, spent)
    service.remove_grant_action(desk.file, desk.who, action)
    assert grant(desk, agreement).accounts == ()


def test_actions_and_spendings_are_written_in_the_settings(
    qtbot: Any, show: Callable[[MeasuresDesk], AgreementsSection], desk: MeasuresDesk, agreement: str
) -> None:
    section = show(desk)
    section.resize(1000, 1300)
    card = section.grant
    section.show_sheet("grant")
    qtbot.waitUntil(card.isVisible)
    card.add_one.click()
    dialog = card.action_dialog
    dialog.label.setText("Ateliers")
    dialog.planned.setText("douze")
    dialog.confirm.click()
    assert dialog.fields["planned_cents"].sentence
    dialog.planned.setText("4 000")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: card.spend.isVisible() and not desk.tasks.busy)
    card.spend.click()
    card.spending_dialog.amount.setText("120,50")
    card.spending_dialog.what.setText("salle")
    card.spending_dialog.confirm.click()
    qtbot.waitUntil(lambda: grant(desk, agreement).spent_cents == 12_050 and not desk.tasks.busy)
    qtbot.waitUntil(lambda: "120,50" in card.total.text())
    assert not nameless(section)
    assert not cut_words(section)
    card.rows.opened.emit(card.rows.rows.key_at(0))
    assert card.spendings_dialog.isVisible()
    card.spendings_dialog.remove.click()
    qtbot.waitUntil(lambda: grant(desk, agreement).spent_cents == 0 and not desk.tasks.busy)
    desk.undo()
    qtbot.waitUntil(lambda: grant(desk, agreement).spent_cents == 12_050)
