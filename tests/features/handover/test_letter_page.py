"""The page of a letter: nothing is numbered while it is read, then it leaves once, and its copies are those pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.handover.screens.consent_dialog import ConsentDialog
from caseworker_app.features.handover.screens.letter_page import DECISION, SHARED, LetterPage
from caseworker_app.features.handover.service.reviews import register_of
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.part import NewPart
from caseworker_app.features.orientations import service as orientations
from caseworker_app.features.orientations.domain.orientation import NewOrientation
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import NewPartner
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.referrals.domain.referral import Decision, NewDecision, NewReferral, Sender
from caseworker_app.ui_kit.page import Route
from tests.features.handover.conftest import PATIENCE
from tests.features.handover.rich_household import DAY
from tests.pdf.reading import text as text_of
from tests.ui_kit.inspection import cut_words, nameless, unreachable


@pytest.fixture
def page(open_page: Callable[[type[LetterPage]], LetterPage]) -> LetterPage:
    return open_page(LetterPage)


def oriented(file: Any, who: Any, household: str, reason: str = "Dettes d’énergie") -> str:
    body = partners.add_partner(file, who, NewPartner("CCAS de Hem"))[0]
    return str(orientations.propose_orientation(file, who, household, NewOrientation(body, reason, DAY))[0])


def referred(file: Any, who: Any, household: str) -> str:
    new = NewReferral(DAY, Sender.LANDLORD, ("unpaid_rent",), body="Habitat du Nord")
    key = referrals.receive_referral(file, who, new, household)[0].referral_id
    referrals.decide_referral(file, who, key, NewDecision(Decision.ACCEPTED, DAY))
    return str(key)


def register(file: Any, who: Any, household: str) -> list[Any]:
    with file.reading() as connection:
        return register_of(connection, who, household)


def shown(qtbot: Any, page: LetterPage) -> str:
    qtbot.waitUntil(lambda: bool(page.pdf), timeout=PATIENCE)
    return text_of(page.pdf)


def test_a_letter_is_read_before_it_is_numbered_and_leaves_once(
    qtbot: Any, page: LetterPage, file: Any, who: Any, household: str, tmp_path: Path, monkeypatch: Any
) -> None:
    page.enter(Route("letter", household, f"lettre-orientation:{oriented(file, who, household)}"))
    words = shown(qtbot, page)
    assert "APERÇU" in words
    assert "CCAS de Hem" in words
    assert register(file, who, household) == []
    assert "Personne n’y est nommé" in page.says.text()
    assert (cut_words(page), nameless(page), unreachable(page)) == ([], [], [])
    out = tmp_path / "lettre.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(out), ""))
    page.print_it()
    qtbot.waitUntil(lambda: page.sent is not None and page.pdf == out.read_bytes(), timeout=PATIENCE)
    (line,) = register(file, who, household)
    assert page.sent == line
    assert line.number in text_of(out.read_bytes())
    assert "APERÇU" not in text_of(page.pdf)
    assert line.number in page.state.accessibleName()
    page.read_again()
    assert page.pdf == out.read_bytes()
    copy = tmp_path / "copie.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(copy), ""))
    page.export()
    qtbot.waitUntil(copy.exists, timeout=PATIENCE)
    assert copy.read_bytes() == out.read_bytes()
    assert len(register(file, who, household)) == 1


def test_giving_up_the_place_leaves_nothing(
    qtbot: Any, page: LetterPage, file: Any, who: Any, household: str, monkeypatch: Any
) -> None:
    page.enter(Route("letter", household, f"lettre-orientation:{oriented(file, who, household)}"))
    shown(qtbot, page)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: ("", ""))
    page.print_it()
    assert page.sent is None
    assert register(file, who, household) == []


def test_a_reason_that_names_is_refused_where_the_letter_would_be_with_the_way_to_it(
    qtbot: Any, page: LetterPage, file: Any, who: Any, household: str
) -> None:
    key = oriented(file, who, household, "Joindre au 06 39 98 12 34")
    page.enter(Route("letter", household, f"lettre-orientation:{key}"))
    qtbot.waitUntil(page.refusal.isVisible, timeout=PATIENCE)
    assert "ne doit pas partir" in page.refusal.accessibleName()
    assert not page.head.print_button.isEnabled()
    with qtbot.waitSignal(page.desk.navigator.asked) as asked:
        page.open_source()
    assert asked.args[0] == Route("dossier", household, key, "orientations")


def test_a_decision_is_shown_once_it_may_be_told(
    qtbot: Any, page: LetterPage, file: Any, who: Any, household: str
) -> None:
    key = referred(file, who, household)
    page.enter(Route("letter", household, f"reponse-demande:{key}"))
    assert "Accusé de réception" in shown(qtbot, page)
    page.choice.choose(DECISION)
    page.choice.chosen.emit(DECISION)
    qtbot.waitUntil(page.refusal.isVisible, timeout=PATIENCE)
    body = Recipient(RecipientKind.LANDLORD, "Habitat du Nord")
    new = NewConsent(household, body, frozenset({Topic.REQUESTED_MEASURES}), "orientation", DAY)
    page.desk.changes.announce(consents.give_consent(file, who, new)[1])
    words = shown(qtbot, page)
    assert "acceptée" in words
    assert not page.refusal.isVisible()
    with qtbot.waitSignal(page.desk.navigator.asked) as asked:
        page.open_source()
    assert asked.args[0] == Route("referrals", subject=key)


def test_another_letter_begins_anew(
    qtbot: Any, page: LetterPage, file: Any, who: Any, household: str, tmp_path: Path
) -> None:
    key = oriented(file, who, household)
    page.enter(Route("letter", household, f"lettre-orientation:{key}"))
    shown(qtbot, page)
    page.register(tmp_path / "a.pdf")
    qtbot.waitUntil(lambda: page.sent is not None, timeout=PATIENCE)
    page.enter(Route("letter", household, f"reponse-demande:{referred(file, who, household)}"))
    assert page.sent is None
    assert "Accusé de réception" in shown(qtbot, page)
    assert "Rien n’est inscrit" in page.state.accessibleName()


def test_the_sheet_of_a_part_is_read_with_or_without_what_is_shared_then_leaves(
    qtbot: Any, page: LetterPage, file: Any, who: Any, household: str, tmp_path: Path
) -> None:
    new = NewPart("Relais des Ormes", "parentalité", DAY, shared="Les horaires de l’école")
    part = measures.add_part(file, who, household, new)[0]
    page.enter(Route("letter", household, f"fiche-liaison:{part}"))
    qtbot.waitUntil(page.refusal.isVisible, timeout=PATIENCE)
    assert "pas d’accord en cours" in page.refusal.accessibleName()
    with qtbot.waitSignal(page.desk.navigator.asked) as asked:
        page.open_source()
    assert asked.args[0] == Route("dossier", household, tab="measure")
    page.agree.click()
    (dialog,) = page.findChildren(ConsentDialog)
    dialog.topics[Topic.VISITS].setChecked(True)
    dialog.purpose.editor.setText("liaison")
    dialog.submit()
    words = shown(qtbot, page)
    assert "APERÇU" in words
    assert "horaires" not in words
    assert "que sa part" in page.says.text()
    page.adds.choose(SHARED)
    page.adds.chosen.emit(SHARED)
    qtbot.waitUntil(lambda: "horaires" in text_of(page.pdf) if page.pdf else False, timeout=PATIENCE)
    assert (cut_words(page), nameless(page), unreachable(page)) == ([], [], [])
    assert register(file, who, household) == []
    page.register(tmp_path / "fiche.pdf")
    qtbot.waitUntil(lambda: page.sent is not None, timeout=PATIENCE)
    assert "horaires" in text_of((tmp_path / "fiche.pdf").read_bytes())
    assert not page.adds.isEnabled()
    assert len(register(file, who, household)) == 1


def test_a_message_is_read_before_it_leaves_and_waits_beside_its_own_letter(
    qtbot: Any, page: LetterPage, file: Any, who: Any, household: str, tmp_path: Path
) -> None:
    parts = []
    for body in ("Relais des Ormes", "Maison du Pré"):
        parts.append(measures.add_part(file, who, household, NewPart(body, "parentalité", DAY))[0])
        agreed = Recipient(RecipientKind.BODY, body)
        new = NewConsent(household, agreed, frozenset({Topic.VISITS}), "liaison", DAY)
        consents.give_consent(file, who, new)
    page.enter(Route("letter", household, f"fiche-liaison:{parts[0]}"))
    shown(qtbot, page)
    page.message.editor.insertPlainText("Le médecin est prévenu")
    # What stands on the page is not what is typed: it cannot leave.
    assert page.pdf == b""
    assert not page.head.print_button.isEnabled()
    qtbot.waitUntil(page.refusal.isVisible, timeout=PATIENCE)
    assert "médecin" in page.refusal.accessibleName()
    page.message.editor.selectAll()
    page.message.editor.insertPlainText("Un atelier ouvre le mardi")
    qtbot.waitUntil(lambda: "atelier ouvre" in text_of(page.pdf) if page.pdf else False, timeout=PATIENCE)
    assert (cut_words(page), nameless(page), unreachable(page)) == ([], [], [])
    page.enter(Route("letter", household, f"fiche-liaison:{parts[1]}"))
    assert "atelier" not in shown(qtbot, page)
    assert page.message.text() == ""
    page.enter(Route("letter", household, f"fiche-liaison:{parts[0]}"))
    assert "atelier ouvre" in shown(qtbot, page)
    page.register(tmp_path / "fiche.pdf")
    qtbot.waitUntil(lambda: page.sent is not None, timeout=PATIENCE)
    assert "atelier ouvre" in text_of((tmp_path / "fiche.pdf").read_bytes())
    assert (page.message.text(), page.message.isEnabled()) == ("", False)
