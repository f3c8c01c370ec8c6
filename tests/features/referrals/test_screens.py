"""The page « Demandes » on a real file: received, matched, gone on with by its buttons, undone, drafts, readable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.likely import asked_for, matches
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.referrals import service
from caseworker_app.features.referrals.domain.following import NewAttempt, NewDiagnosis
from caseworker_app.features.referrals.domain.referral import (
    Decision,
    Given,
    NewDecision,
    NewReferral,
    Product,
    Sender,
)
from caseworker_app.features.referrals.domain.shown import MASKED, Action
from caseworker_app.features.referrals.domain.stages import Stage
from caseworker_app.features.referrals.screens.desk import ReferralsDesk
from caseworker_app.features.referrals.screens.page import ReferralsPage
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.fact_grid import FactGrid
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import KEY
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

DAY = date(2026, 11, 24)
# What opens a form here: a veille is opened on its own page.
_FORMS = (Action.CONTACT, Action.DIAGNOSIS, Action.DECIDE, Action.OPEN)
PLAIN = Route("referrals")
NEW = NewReferral(
    DAY, Sender.LANDLORD, ("unpaid_rent",), body="Habitat du Nord", kind_code="asll",
    given=Given("2 adultes", "T3, 4 rue des Lilas", balance_cents=120_000),
)  # fmt: skip
SOMEBODY = NewHousehold((NewMember("Delcourt", "Inès", birth_date=date(1988, 5, 4)),))


@pytest.fixture
def make_page(
    qtbot: Any, qapp: QApplication, file: Any, who: Any, tmp_path: Path, clock: Any
) -> Iterator[Any]:
    tasks, drafts, kept = Tasks(), Drafts(tmp_path, KEY, clock), []

    def made(route: Route = PLAIN, *, scale: int = 100, look: str = "light", by: Any = None) -> Any:
        dress(qapp, look, scale)  # type: ignore[arg-type]
        parts = (ChangeBroadcast(), Navigator())
        kept.append(parts)
        page = ReferralsPage(ReferralsDesk(file, by or who, drafts, tasks, *parts, take_back_last, matches))
        page.resize(1150, 640)
        bring_up(qtbot, page)
        page.enter(route)
        settled(qtbot, page)
        return page

    yield made
    tasks.close()
    drafts.close()
    dress(qapp, "light", 100)


def settled(qtbot: Any, page: ReferralsPage) -> None:
    for _ in range(5):
        qtbot.waitUntil(lambda: not page.desk.tasks.busy)
        QApplication.processEvents()


def written(qtbot: Any, page: ReferralsPage) -> None:
    page.place.form.save.click()
    settled(qtbot, page)
    form = page.place.form
    assert form is None, form and [each.sentence for each in form.fields.values() if each.sentence]


def received(file: Any, who: Any, new: NewReferral = NEW) -> str:
    return service.receive_referral(file, who, new, SOMEBODY)[0].referral_id


def test_one_is_received_and_followed_by_the_buttons_up_to_its_measure(qtbot, make_page, file, who):
    page = make_page()
    page.nobody.button.click()
    form = page.place.form
    form.show_content({"last_name": "Delcourt", "body": "Habitat du Nord"})
    form.save.click()
    assert "motif" in form.fields["reason_1"].sentence
    form.show_content({"reason_1": "unpaid_rent", "kind_code": "asll", "rent_cents": "612,00"})
    written(qtbot, page)
    assert page.detail.shown.referral.rent_cents == 61_200
    page.detail.acts[Action.CONTACT].click()
    page.place.form.show_content({"reached": "yes"})
    written(qtbot, page)
    page.detail.acts[Action.DIAGNOSIS].click()
    page.place.form.show_content({"conclusion": "measure", "months": "6", "family": "Trois enfants"})
    written(qtbot, page)
    assert page.detail.shown.progress.stage is Stage.TO_DECIDE
    page.detail.acts[Action.DECIDE].click()
    page.place.form.show_content({"decision": "accepted"})
    written(qtbot, page)
    page.detail.acts[Action.OPEN].click()
    assert page.place.form.text("kind_code") == "asll"
    assert page.place.form.text("planned_end_on") == "23/05/2027"
    household, asked = page.detail.shown.referral.household_id, []
    page.desk.navigator.asked.connect(asked.append)
    written(qtbot, page)
    assert asked == [Route("dossier", household, tab="measure")]
    assert (page.list.rows.rowCount(), page.bodies.currentWidget()) == (0, page.nothing)
    page.head.stages._chips[Stage.CLOSED].click()
    settled(qtbot, page)
    assert page.detail.shown.referral.measure_id
    assert not any(button.isVisibleTo(page) for button in page.detail.acts.values())
    page.desk.undo()
    page.head.clear()
    settled(qtbot, page)
    assert page.detail.shown.progress.stage is Stage.TO_OPEN


def test_a_household_already_followed_is_proposed_while_one_types(qtbot, make_page, file, who, household):
    page = make_page()
    page.begin_new()
    form = page.place.form
    form.show_content({"last_name": "Marchadier", "first_name": "Solene", "birth_date": "14/03/1992"})
    settled(qtbot, page)
    assert form.text("household") == household
    assert form.fields["household"].isVisibleTo(form)
    form.show_content({"body": "SIAO", "sender": "siao", "reason_1": "housing_exit"})
    written(qtbot, page)
    assert page.detail.shown.referral.household_id == household
    with file.reading() as connection:
        (told,) = asked_for(connection, who, household, DAY)
    assert told.title == "Demande\u00a0: SIAO"


def test_one_of_a_household_is_received_from_its_file(qtbot, make_page, household):
    page = make_page(Route("referrals", household))
    form = page.place.form
    assert "last_name" not in form.editors
    form.show_content({"body": "CCAS", "reason_1": "isolation"})
    written(qtbot, page)
    assert page.detail.shown.referral.household_id == household


def test_where_a_protected_household_lives_is_masked_but_in_the_form(qtbot, make_page, file, who):
    received(file, who, replace(NEW, reasons=("violence",)))
    page = make_page()
    told = [words for grid in page.detail.findChildren(FactGrid) for words in grid.texts()]
    assert MASKED in told
    assert not any("Lilas" in words for words in told)
    assert page.detail.protection.isVisibleTo(page)
    page.detail.edit.click()
    assert page.place.form.text("dwelling") == "T3, 4 rue des Lilas"


def test_the_route_stands_on_a_referral_even_one_that_is_over(qtbot, make_page, file, who):
    received(file, who)
    over = received(file, who)
    service.decide_referral(file, who, over, NewDecision(Decision.WITHDRAWN, DAY))
    page = make_page(Route("referrals", subject=over))
    assert page.detail.shown.referral.id == over


def test_what_is_typed_comes_back(qtbot, make_page):
    page = make_page()
    page.begin_new()
    page.place.form.show_content({"last_name": "À moitié"})
    page.leave()
    settled(qtbot, page)
    again = make_page()
    again.begin_new()
    settled(qtbot, again)
    assert again.place.form.text("last_name") == "À moitié"


def test_a_volunteer_notes_contacts_and_decides_nothing(qtbot, make_page, file, who):
    received(file, who)
    page = make_page(by=Who(who.worker_id, who.name, Role.VOLUNTEER))
    seen = {action for action, button in page.detail.acts.items() if button.isVisibleTo(page)}
    assert seen == {Action.CONTACT}
    assert not page.detail.edit.isVisibleTo(page)
    assert not page.head.adding.isVisibleTo(page)


@pytest.mark.parametrize(("scale", "look"), [(100, "light"), (150, "dark")])
def test_it_reads_well(qtbot, make_page, file, who, scale, look):
    page = make_page(scale=scale, look=look)
    assert [cut_words(page), nameless(page), unreachable(page)] == [[], [], []]
    key = received(file, who, replace(NEW, received_on=DAY - timedelta(30)))
    service.note_attempt(file, who, key, NewAttempt(DAY, note="Messagerie"))
    page.read_again()
    settled(qtbot, page)
    assert [cut_words(page), nameless(page), unreachable(page)] == [[], [], []]
    for begin in (page.begin_new, *(lambda action=action: page._act(action) for action in _FORMS)):
        begin()
        settled(qtbot, page)
        assert page.place.form is not None
        assert [cut_words(page), nameless(page), unreachable(page)] == [[], [], []]
        page.place.close_form()


def test_a_veille_is_opened_on_its_own_page(qtbot, make_page, file, who):
    key = received(file, who, replace(NEW, product=Product.WATCH))
    service.decide_referral(file, who, key, NewDecision(Decision.ACCEPTED, DAY))
    page = make_page(Route("referrals", subject=key))
    gone: list[Route] = []
    page.desk.navigator.asked.connect(gone.append)
    assert page.detail.acts[Action.WATCH].kind == "primary"
    page.detail.acts[Action.WATCH].click()
    assert gone == [Route("veille", page.detail.shown.referral.household_id, f"referral:{key}")]


def test_the_blank_sheet_is_saved_where_one_says(qtbot, make_page, monkeypatch, tmp_path):
    page = make_page()
    chosen = tmp_path / "fiche"
    monkeypatch.setattr(
        "caseworker_app.ui_kit.saving.QFileDialog.getSaveFileName",
        lambda *_a: (str(chosen), ""),
    )
    page.head.sheet.click()
    settled(qtbot, page)
    assert chosen.with_suffix(".xlsx").read_bytes()[:2] == b"PK"


def test_files_received_with_it_are_kept_under_its_number_and_taken_back(
    qtbot, make_page, file, who, monkeypatch, tmp_path
):
    received(file, who)
    page = make_page()
    sheet = tmp_path / "fiche.txt"
    sheet.write_text("Motif : impayé", encoding="utf-8")
    monkeypatch.setattr(
        "caseworker_app.features.referrals.screens.page.QFileDialog.getOpenFileNames",
        lambda *_a: ([str(sheet)], ""),
    )
    page.detail.attach.click()
    settled(qtbot, page)
    assert page.detail.shown.attached == ("fiche.txt",)
    page.desk.undo()
    settled(qtbot, page)
    assert page.detail.shown.attached == ()


def test_a_diagnosis_begun_may_be_printed(qtbot, make_page, file, who):
    key = received(file, who)
    page = make_page(Route("referrals", subject=key))
    assert not page.detail.paper.isVisibleTo(page)
    service.write_diagnosis(file, who, key, NewDiagnosis(date(2026, 11, 20)))
    page.read_again()
    qtbot.waitUntil(lambda: page.detail.paper.isVisibleTo(page))
    with qtbot.waitSignal(page.desk.navigator.asked) as asked:
        page.detail.paper.click()
    assert asked.args[0] == Route("paper", page.detail.shown.referral.household_id, f"diagnostic:{key}")


def test_an_answer_is_shown_before_it_leaves(qtbot, make_page, file, who):
    key = received(file, who)
    page = make_page(Route("referrals", subject=key))
    for place, told in ((0, ""), (1, ":decision")):
        with qtbot.waitSignal(page.desk.navigator.asked) as asked:
            page.detail.answers().actions()[place].triggered.emit()
        household = page.detail.shown.referral.household_id
        assert asked.args[0] == Route("letter", household, f"reponse-demande:{key}{told}")
