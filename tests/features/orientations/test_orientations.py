"""Orientations on a real file: proposed, refused beside their field, gone on with, reminded, undone, shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.handover.screens.consent_dialog import ConsentDialog, ask_agreement
from caseworker_app.features.handover.service.orientation_letters import preview_orientation_letter
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.orientations import service
from caseworker_app.features.orientations.domain.agreement import NOTHING_NAMED, AgreementState
from caseworker_app.features.orientations.domain.orientation import (
    Answer,
    NewOrientation,
    answer_due,
    checked_orientation,
)
from caseworker_app.features.orientations.domain.shown import OrientationsPage
from caseworker_app.features.orientations.screens.desk import OrientationsDesk
from caseworker_app.features.orientations.screens.tab import OrientationsTab
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import NewPartner
from caseworker_app.features.team.domain import NotAllowed, Role
from caseworker_app.features.week import store as week
from caseworker_app.features.week.domain.due import Source
from caseworker_app.features.week.domain.material import Dated, Limits, Material
from caseworker_app.features.week.domain.rules import everything_due
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import KEY
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

DAY = date(2026, 11, 24)
NEW = NewOrientation("p", "Dettes d’énergie", DAY)


@pytest.fixture
def ccas(file: Any, who: Any) -> str:
    partners.add_partner(file, who, NewPartner("CCAS de Lys", city="Lys"))
    return partners.add_partner(file, who, NewPartner("CCAS de Hem", city="Hem"))[0]


def page_of(file: Any, who: Any, household: str) -> OrientationsPage:
    with file.reading() as connection:
        return service.orientations_page(connection, who, household, DAY)


@given(st.integers(0, 400), st.integers(-30, 60))
def test_the_awaited_day_follows_the_meeting_else_the_proposal(before: int, met: int) -> None:
    day = DAY - timedelta(before)
    meeting = day + timedelta(met)
    new = replace(NEW, proposed_on=day, meeting_on=meeting)
    if met < 0:
        with pytest.raises(InvalidEntry):
            checked_orientation(new, DAY)
    else:
        assert checked_orientation(new, DAY).answer_due_on == answer_due(meeting) > meeting


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"proposed_on": DAY + timedelta(1)}, "proposed_on"),
        ({"answered_on": DAY}, "answer"),
        ({"ended_on": DAY - timedelta(1)}, "ended_on"),
        ({"answer": Answer.REFUSED, "answered_on": DAY + timedelta(1)}, "answered_on"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        checked_orientation(replace(NEW, **changed), DAY)
    assert refused.value.field == field


def test_an_orientation_is_proposed_answered_and_taken_back(file, who, household, ccas):
    key, _ = service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas))
    (shown,) = page_of(file, who, household).shown
    assert (shown.partner, shown.agreement) == ("CCAS de Hem, Hem", AgreementState(NOTHING_NAMED))
    assert page_of(file, who, household).waiting == 1
    answered = replace(NEW, partner_id=ccas, answer=Answer.WAITING_LIST)
    service.change_orientation(file, who, key, answered, shown.orientation.version)
    page = page_of(file, who, household)
    assert (page.shown[0].state, page.waiting) == ("Liste d’attente", 0)
    assert page.shown[0].orientation.answered_on == DAY
    take_back_last(file, who)
    assert page_of(file, who, household).waiting == 1


def test_it_rests_on_an_agreement_of_the_household_while_it_holds(file, who, household, ccas):
    agreed, _ = consents.give_consent(
        file, who,
        NewConsent(household, Recipient(RecipientKind.BODY, "CCAS"), frozenset({Topic.PAYMENT}), "aide", DAY),
    )  # fmt: skip
    service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas, consent_id=agreed))
    assert state_of(file, who, household) == AgreementState("Accord du 24/11/2026 pour CCAS", agreed=True)
    consents.withdraw_consent(file, who, agreed, DAY)
    state = state_of(file, who, household)
    assert (state.agreed, state.offered) == (False, None)
    assert state.words == "Accord du 24/11/2026 pour CCAS, retiré le 24/11/2026. Rien de nominatif ne part."


def towards(household: str, name: str, **told: Any) -> NewConsent:
    recipient = Recipient(RecipientKind.BODY, name)
    return NewConsent(household, recipient, frozenset({Topic.PAYMENT}), "être aidé", DAY, **told)


def state_of(file: Any, who: Any, household: str) -> AgreementState:
    return page_of(file, who, household).shown[0].agreement


def test_the_agreement_is_written_for_the_partner_of_the_orientation_and_taken_back_whole(
    file, who, household, ccas
):
    key, _ = service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas))
    # Whatever the form says, it is of this household and for this partner.
    service.agree_to_orientation(file, who, key, towards("another", "Somebody else"))
    with file.reading() as connection:
        (kept,) = consents.consents_of(connection, who, household)
    assert (kept.recipient.name, kept.household_id) == ("CCAS de Hem", household)
    assert kept.recipient.partner_id == ccas
    assert page_of(file, who, household).shown[0].orientation.consent_id == kept.id
    assert state_of(file, who, household).agreed
    take_back_last(file, who)
    assert state_of(file, who, household) == AgreementState(NOTHING_NAMED)
    with file.reading() as connection:
        assert consents.consents_of(connection, who, household) == []


def test_the_letter_names_once_the_agreement_is_noted_from_the_orientation(file, who, household, ccas):
    key, _ = service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas))
    with file.reading() as connection:
        assert not preview_orientation_letter(connection, who, household, DAY, key).names
    service.agree_to_orientation(file, who, key, towards(household, "CCAS"))
    with file.reading() as connection:
        assert preview_orientation_letter(connection, who, household, DAY, key).names


def test_an_agreement_given_already_is_offered_to_be_tied(file, who, household, ccas):
    agreed, _ = consents.give_consent(file, who, towards(household, "CCAS"))
    key, _ = service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas))
    state = state_of(file, who, household)
    assert not state.agreed
    assert state.offered is not None
    assert state.offered.id == agreed
    assert "rattaché" in state.words
    service.rest_on_agreement(file, who, key, agreed)
    assert state_of(file, who, household).agreed


def test_an_agreement_over_or_for_another_body_is_said_and_lets_nothing_leave(file, who, household, ccas):
    old, _ = consents.give_consent(
        file, who, replace(towards(household, "CCAS"), given_on=DAY - timedelta(9), until=DAY - timedelta(1))
    )
    service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas, consent_id=old))
    assert "arrivé à son terme le 23/11/2026" in state_of(file, who, household).words
    other, _ = consents.give_consent(file, who, towards(household, "Mission locale"))
    (shown,) = page_of(file, who, household).shown
    service.rest_on_agreement(file, who, shown.orientation.id, other)
    state = state_of(file, who, household)
    assert "pas pour ce partenaire" in state.words
    assert not state.agreed


def test_an_agreement_of_another_household_is_refused(file, who, household, ccas):
    second = households.create_household(file, who, NewHousehold((NewMember("Brunoy", "Inès"),)))[0]
    foreign, _ = consents.give_consent(file, who, towards(second, "CCAS"))
    key, _ = service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas))
    with pytest.raises(InvalidEntry, match="pas de ce ménage"):
        service.rest_on_agreement(file, who, key, foreign)


def test_a_partner_is_found_by_its_label_or_asked_again(file, who, ccas):
    with file.reading() as connection:
        assert service.partner_named(connection, who, "ccas de hem, hem") == ccas
        assert service.partner_named(connection, who, "hem") == ccas
        for words in ("ccas", "introuvable", " "):
            with pytest.raises(InvalidEntry) as refused:
                service.partner_named(connection, who, words)
            assert refused.value.field == "partner"


def test_what_waits_is_read_with_its_partner_until_it_is_answered(file, who, household, ccas):
    new = replace(NEW, partner_id=ccas, answer_due_on=DAY)
    key, _ = service.propose_orientation(file, who, household, new)
    with file.reading() as connection:
        assert week.orientations(connection, [household], DAY - timedelta(1)) == []
        (found,) = week.orientations(connection, [household], DAY)
    assert (found.id, found.on, found.words) == (key, DAY, "CCAS de Hem")
    service.change_orientation(file, who, key, replace(new, answer=Answer.ACCEPTED))
    with file.reading() as connection:
        assert week.orientations(connection, [household], DAY) == []


def test_silence_is_told_from_the_awaited_day_and_leads_to_the_tab() -> None:
    def due(on: date) -> Any:
        waiting = (Dated("o", "h", "orientation", on, DAY, "CCAS"),)
        (found,) = everything_due(Material(DAY, Limits(30, 15, 120), (), orientations=waiting))
        return found

    assert due(DAY).title == "Orientation sans réponse\u00a0: CCAS"
    assert (due(DAY).source, due(DAY).place.tab) == (Source.ORIENTATION, "orientations")
    assert due(DAY + timedelta(3)).title.startswith("Réponse attendue")


@pytest.fixture
def make_tab(
    qtbot: Any, qapp: QApplication, file: Any, who: Any, tmp_path: Path, clock: Any
) -> Iterator[Any]:
    tasks, drafts, kept = Tasks(), Drafts(tmp_path, KEY, clock), []

    def made(household: str, scale: int = 100, look: str = "light", worker: Any = None) -> OrientationsTab:
        dress(qapp, look, scale)  # type: ignore[arg-type]
        parts = (ChangeBroadcast(), Navigator())
        kept.append(parts)
        tab = OrientationsTab(
            OrientationsDesk(file, worker or who, drafts, tasks, *parts, take_back_last, ask_agreement)
        )
        tab.resize(1150, 560)
        bring_up(qtbot, tab)
        tab.show_household(household)
        settled(qtbot, tab)
        return tab

    yield made
    tasks.close()
    drafts.close()
    dress(qapp, "light", 100)


def seen_words(place: QWidget) -> str:
    return " ".join(each.text() for kind in (QLabel, QLineEdit) for each in place.findChildren(kind))


def settled(qtbot: Any, tab: OrientationsTab) -> None:
    for _ in range(4):
        qtbot.waitUntil(lambda: not tab.desk.tasks.busy)
        QApplication.processEvents()


def test_it_is_written_on_the_tab_gone_on_with_and_undone(qtbot, make_tab, household, ccas):
    tab = make_tab(household)
    tab.nobody.button.click()
    form = tab.place.form
    form.show_content({"partner": "ccas", "reason": "Dettes"})
    form.save.click()
    settled(qtbot, tab)
    assert "Plusieurs partenaires" in form.fields["partner"].sentence
    form.show_content({"partner": "CCAS de Hem, Hem"})
    form.save.click()
    settled(qtbot, tab)
    assert tab.place.form is None
    (shown,) = tab.page.shown
    tab.edits[shown.orientation.id].click()
    assert tab.place.form.text("reason") == "Dettes"
    tab.place.form.show_content({"answer": "accepted", "result": "Rendez-vous tenu"})
    tab.place.form.save.click()
    settled(qtbot, tab)
    assert (tab.page.shown[0].state, tab.page.shown[0].orientation.result) == ("Acceptée", "Rendez-vous tenu")
    tab.desk.undo()
    settled(qtbot, tab)
    assert tab.page.waiting == 1


def test_its_letter_is_shown_before_it_leaves(qtbot, make_tab, file, who, household, ccas):
    key, _ = service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas))
    tab = make_tab(household)
    with qtbot.waitSignal(tab.desk.navigator.asked) as asked:
        tab.letters[key].click()
    assert asked.args[0] == Route("letter", household, f"lettre-orientation:{key}")


def test_the_agreement_is_noted_from_the_card_with_its_partner_filled_in(
    qtbot, make_tab, file, who, household, ccas
):
    key, _ = service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas))
    tab = make_tab(household)
    tab.agreements[key].click()
    (dialog,) = tab.findChildren(ConsentDialog)
    assert dialog.accessibleName() == "Accord de partage avec CCAS de Hem"
    dialog.purpose.editor.setText("être aidé pour la facture")
    dialog.submit()
    qtbot.waitUntil(lambda: "Cochez au moins un sujet" in dialog.error.sentence)
    dialog.topics[Topic.PAYMENT].setChecked(True)
    dialog.submit()
    settled(qtbot, tab)
    qtbot.waitUntil(lambda: not tab.agreements)
    assert tab.page.shown[0].agreement.agreed


def test_an_agreement_that_runs_is_tied_by_one_click(qtbot, make_tab, file, who, household, ccas):
    consents.give_consent(file, who, towards(household, "CCAS de Hem"))
    key, _ = service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas))
    tab = make_tab(household)
    assert tab.agreements[key].text() == "Rattacher cet accord"
    tab.agreements[key].click()
    settled(qtbot, tab)
    qtbot.waitUntil(lambda: not tab.agreements)
    assert tab.page.shown[0].agreement.agreed


def test_whoever_may_only_read_is_offered_no_agreement(qtbot, make_tab, file, who, household, ccas):
    key, _ = service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas))
    reader = replace(who, role=Role.VOLUNTEER)
    assert make_tab(household, worker=reader).agreements == {}
    with pytest.raises(NotAllowed):
        service.agree_to_orientation(file, reader, key, towards(household, "CCAS"))


def test_a_protected_household_stays_masked(qtbot, make_tab, file, who, household, ccas):
    households.set_protected(file, who, household, protected=True)
    key, _ = service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas))
    tab = make_tab(household)
    tab.agreements[key].click()
    (dialog,) = tab.findChildren(ConsentDialog)
    service.agree_to_orientation(file, who, key, towards(household, "CCAS"))
    with file.reading() as connection:
        letter = str(preview_orientation_letter(connection, who, household, DAY, key))
    for said in (seen_words(tab), seen_words(dialog), letter):
        assert "Tisserands" not in said
        assert "98 12 47" not in said


def test_what_is_typed_comes_back(qtbot, make_tab, household, ccas):
    tab = make_tab(household)
    tab.begin()
    tab.place.form.show_content({"partner": "ccas", "reason": "À moitié"})
    tab.leave()
    settled(qtbot, tab)
    again = make_tab(household)
    again.begin()
    settled(qtbot, again)
    assert again.place.form.text("reason") == "À moitié"


@pytest.mark.parametrize(("scale", "look"), [(100, "light"), (150, "dark")])
def test_it_reads_well(qtbot, make_tab, file, who, household, ccas, scale, look):
    service.propose_orientation(file, who, household, replace(NEW, partner_id=ccas))
    tab = make_tab(household, scale, look)
    for _ in range(2):
        assert cut_words(tab) == []
        assert nameless(tab) == []
        assert unreachable(tab) == []
        tab.begin()
        settled(qtbot, tab)
