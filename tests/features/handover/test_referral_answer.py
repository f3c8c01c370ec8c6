"""The answer to whoever referred: acknowledged without agreement, decided with one, nobody named, in the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.dossier.service import history_of
from caseworker_app.features.handover.documents.letters import render_referral_answer
from caseworker_app.features.handover.domain.kinds import kind_of
from caseworker_app.features.handover.domain.referral_answer import DecisionNotShareable, compose_answer
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.handover.service.referral_answers import answer_referral, preview_answer
from caseworker_app.features.handover.service.reviews import register_of
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.referrals.domain.referral import (
    Decision,
    Given,
    NewDecision,
    NewReferral,
    Sender,
)
from caseworker_app.kernel.errors import InvalidEntry
from tests.pdf.reading import text as text_of

DAY = date(2026, 11, 24)
NEW = NewReferral(
    DAY, Sender.LANDLORD, ("unpaid_rent", "health"), body="Habitat du Nord", contact_name="Mme Vasseur",
    given=Given("2 adultes", "14 rue des Tisserands", "L-4471", statement="Ne répond plus", balance_cents=142_000),
)  # fmt: skip


@pytest.fixture
def referral(file: Any, who: Any, household: str) -> str:
    key = referrals.receive_referral(file, who, NEW, household)[0].referral_id
    referrals.decide_referral(
        file, who, key, NewDecision(Decision.REFUSED, DAY, "no_place", "Trop d’impayés")
    )
    return key


def agree(file: Any, who: Any, household: str, topic: Topic = Topic.REQUESTED_MEASURES) -> str:
    body = Recipient(RecipientKind.LANDLORD, "Habitat du Nord")
    return consents.give_consent(
        file, who, NewConsent(household, body, frozenset({topic}), "orientation", DAY)
    )[0]


def answered(file: Any, who: Any, key: str, out: Path, *, tells: bool) -> Any:
    return answer_referral(file, who, key, out, render_referral_answer, tells_decision=tells)[0]


def test_that_it_came_is_told_without_agreement_and_nothing_else(
    file: Any, who: Any, referral: str, tmp_path: Path
) -> None:
    line = answered(file, who, referral, tmp_path / "a.pdf", tells=False)
    words = text_of((tmp_path / "a.pdf").read_bytes())
    assert "Accusé de réception" in words
    assert "Habitat du Nord" in words
    assert line.number in words
    for kept in ("Marchadier", "Tisserands", "L-4471", "Impayé", "place", "1 420", "répond plus", "refus"):
        assert kept not in words
    assert (line.topics, line.consent_ids, line.kind) == ("", "", "reponse-demande")


@pytest.mark.parametrize("topic", [None, Topic.PAYMENT])
def test_a_decision_waits_for_an_agreement_on_measures_asked_for(
    file: Any, who: Any, household: str, referral: str, tmp_path: Path, topic: Topic | None
) -> None:
    if topic is not None:
        agree(file, who, household, topic)
    with pytest.raises(DecisionNotShareable):
        answered(file, who, referral, tmp_path / "a.pdf", tells=True)
    assert list(tmp_path.glob("*.pdf")) == []
    with file.reading() as connection:
        assert register_of(connection, who, household) == []


def test_a_decision_agreed_to_leaves_with_its_day_and_no_reason(
    file: Any, who: Any, household: str, referral: str, tmp_path: Path
) -> None:
    consent = agree(file, who, household)
    line = answered(file, who, referral, tmp_path / "a.pdf", tells=True)
    pdf = (tmp_path / "a.pdf").read_bytes()
    words = text_of(pdf)
    assert "24 novembre 2026" in words.replace("\u00a0", " ")
    assert "donner suite" in words
    for kept in ("Marchadier", "place", "impayé"):
        assert kept not in words
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == 1
    with file.reading() as connection:
        assert register_of(connection, who, household)[0] == line
        assert (line.consent_ids, line.told) == (consent, frozenset({Topic.REQUESTED_MEASURES}))
        assert kind_of(line.kind).title == "Réponse à une demande"
        assert history_of(connection, who, household)[0].action == "réponse à une demande"


def test_a_day_that_has_passed_is_not_promised(file: Any, who: Any, household: str) -> None:
    key = referrals.receive_referral(file, who, NEW, household)[0].referral_id
    with file.reading() as connection:
        of = referrals.open_referral(connection, who, key, DAY).referral
        told = {
            day: " ".join(preview_answer(connection, who, key, day, tells_decision=False).paragraphs)
            for day in (of.decision_due_on, of.decision_due_on + timedelta(1))
        }
    assert ["Nous prévoyons de décider" in words for words in told.values()] == [True, False]


def test_the_person_themselves_is_answered_whatever_was_decided(
    file: Any, who: Any, household: str, tmp_path: Path
) -> None:
    new = replace(NEW, sender=Sender.PERSON, body=None, contact_name="Mme Solène Marchadier")
    key = referrals.receive_referral(file, who, new, household)[0].referral_id
    referrals.decide_referral(file, who, key, NewDecision(Decision.ACCEPTED, DAY))
    answered(file, who, key, tmp_path / "a.pdf", tells=True)
    assert "acceptée" in text_of((tmp_path / "a.pdf").read_bytes())


def test_an_answer_is_no_document_of_a_household(file: Any, who: Any, household: str, tmp_path: Path) -> None:
    from caseworker_app.bootstrap.renderers import renderers

    with pytest.raises(InvalidEntry):
        print_document(file, who, "reponse-demande", household, tmp_path / "a.pdf", renderers())


@pytest.mark.parametrize("decision", Decision)
def test_every_decision_has_its_sentence(file: Any, who: Any, household: str, decision: Decision) -> None:
    key = referrals.receive_referral(file, who, NEW, household)[0].referral_id
    code = "no_place" if decision is Decision.REFUSED else None
    referrals.decide_referral(file, who, key, NewDecision(decision, DAY, code))
    agree(file, who, household)
    with file.reading() as connection:
        of = referrals.open_referral(connection, who, key, DAY).referral
        given = consents.consents_of(connection, who, household)
    content = compose_answer(of, given, DAY, tells_decision=True, signatory="Claire Lenoir", job_title="")
    assert content.tells_decision
    assert any("24\u00a0novembre" in words or "24 novembre" in words for words in content.paragraphs)
