"""The sheet of a part: only under an agreement, only what is of that part, numbered and in the register."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind, Topic
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.visit import NewAppointment
from caseworker_app.features.dossier.service import history_of
from caseworker_app.features.handover.documents.letters import render_part_sheet
from caseworker_app.features.handover.domain.kinds import kind_of
from caseworker_app.features.handover.domain.part_sheet import (
    MessageStays,
    NoAgreementForPart,
    PartOver,
    SharedStays,
)
from caseworker_app.features.handover.service.part_sheets import hand_part_sheet, preview_part_sheet
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.handover.service.reviews import register_of
from caseworker_app.features.handover.service.team_printing import print_team
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import ContactKind, NewContact
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.meeting import NewMeeting, NewTask
from caseworker_app.features.measures.domain.part import NewPart
from caseworker_app.features.partners import service as partners
from caseworker_app.features.partners.domain.partner import NewPartner
from caseworker_app.features.rights import service as rights
from caseworker_app.features.rights.domain.restriction import NewRestriction, RestrictionReason
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry, NotFound
from tests.features.handover.rich_household import build
from tests.pdf.reading import text as text_of

DAY = date(2026, 11, 24)
BODY = "Relais des Ormes"
NEW = NewPart(BODY, "parentalité", date(2026, 10, 1), person="Mme Orsolle")
OTHER = NewPart(
    "CSAPA Rivage", "zigzagage", date(2026, 9, 7), person="M. Quentroy", shared="canari-autre-part"
)


@dataclass(frozen=True)
class Case:
    """A household full of everything, followed by two other bodies."""

    household: str
    part: str
    other: str
    meeting: str


@pytest.fixture
def case(file: Any, who: Any) -> Case:
    household = build(file, who).household_id
    partners.add_partner(
        file, who, NewPartner(BODY, street="2 place des Ormes", postal_code="35990", city="Hem")
    )
    part = measures.add_part(file, who, household, NEW)[0]
    other = measures.add_part(file, who, household, OTHER)[0]
    held = NewMeeting(date(2026, 11, 10), "canari-presents", "canari-lieu", "canari-decide")
    meeting = measures.add_meeting(file, who, household, held)[0]
    for what, whose in (("Proposer un atelier", part), ("canari-tache-autre", other), ("canari-nous", None)):
        measures.add_task(file, who, meeting, NewTask(what, date(2026, 12, 1), whose))
    return Case(household, part, other, meeting)


def agree(
    file: Any,
    who: Any,
    household: str,
    body: str = BODY,
    kind: Any = RecipientKind.BODY,
    topic: Topic = Topic.VISITS,
) -> str:
    new = NewConsent(household, Recipient(kind, body), frozenset({topic}), "liaison", DAY)
    return consents.give_consent(file, who, new)[0]


def sent(file: Any, who: Any, case: Case, out: Path, **chosen: Any) -> tuple[Any, str]:
    line, _ = hand_part_sheet(file, who, case.household, out, render_part_sheet, part_id=case.part, **chosen)
    return line, " ".join(text_of(out.read_bytes()).split())


def nothing_left(file: Any, who: Any, case: Case, folder: Path) -> bool:
    with file.reading() as connection:
        return not list(folder.glob("*.pdf")) and register_of(connection, who, case.household) == []


def test_it_says_its_part_and_nothing_of_anybody_else(file, who, case, tmp_path) -> None:
    agreed = agree(file, who, case.household)
    for day, purpose in ((3, "Point, Relais des Ormes, canari-objet"), (4, "CSAPA Rivage")):
        moment = datetime.combine(date(2026, 12, day), time(14, 30))
        new = NewAppointment(moment, "canari-salle", purpose)
        diary.plan_appointment(file, who, case.household, new)
    line, words = sent(file, who, case, tmp_path / "a.pdf")
    for told in (BODY, "Mme Orsolle", "2 place des Ormes", "Solène Marchadier et son ménage", "Parentalité.",
                 "1er octobre 2026", "Proposer un atelier", "10 novembre 2026", "1er décembre 2026", "3 décembre 2026",
                 "14 h 30", "8 allée des Glycines", "06 39 98 12 47", "SMS après 17 h", who.name,
                 line.number):  # fmt: skip
        assert told in words, told
    for kept in ("canari", "CSAPA", "Rivage", "zigzagage", "Quentroy", "4 décembre", "Lilaëlle", "Dervieux",
                 "curatelle", "Udaf", "chien", "note du dossier", "€", "septembre"):  # fmt: skip
        assert kept not in words, kept
    assert (line.consent_ids, line.kind, line.recipient_name) == (agreed, "fiche-liaison", BODY)
    assert (line.topics, line.kept_hits) == ("", "")
    with pikepdf.open(tmp_path / "a.pdf") as document:
        assert "/StructTreeRoot" in document.Root


@pytest.mark.parametrize(
    ("body", "kind"),
    [("CSAPA Rivage", RecipientKind.BODY), ("Relais", RecipientKind.BODY), (BODY, RecipientKind.LANDLORD)],
)
def test_without_an_agreement_for_this_very_body_nothing_leaves(
    file, who, case, tmp_path, body, kind
) -> None:
    agree(file, who, case.household, body, kind)
    with pytest.raises(NoAgreementForPart, match="recueillez-le"):
        sent(file, who, case, tmp_path / "a.pdf")
    assert nothing_left(file, who, case, tmp_path)


def test_an_agreement_taken_back_or_a_part_that_ended_stops_it(file, who, case, tmp_path) -> None:
    agreed = agree(file, who, case.household)
    measures.change_part(file, who, case.part, replace(NEW, ends_on=date(2026, 11, 23)))
    with pytest.raises(PartOver, match=r"23\snovembre\s2026"):
        sent(file, who, case, tmp_path / "a.pdf")
    measures.change_part(file, who, case.part, replace(NEW, ends_on=DAY))
    consents.withdraw_consent(file, who, agreed, DAY)
    with pytest.raises(NoAgreementForPart):
        sent(file, who, case, tmp_path / "a.pdf")
    assert nothing_left(file, who, case, tmp_path)


def test_the_writers_own_words_are_on_it_and_nothing_that_must_stay(file, who, case, tmp_path) -> None:
    agree(file, who, case.household)
    words = sent(file, who, case, tmp_path / "a.pdf", message="L’atelier du mardi ouvre.\nÀ bientôt")[1]
    assert "Message L’atelier du mardi ouvre. À bientôt" in words
    told = ("Son médecin est prévenu", "Passer par le CSAPA", "Lilaëlle va mieux", "8 allée des Glycines")
    for number, message in enumerate(told):
        if message == told[-1]:
            households.set_protected(file, who, case.household, protected=True)
        with pytest.raises(MessageStays, match="Reformulez"):
            sent(file, who, case, tmp_path / f"{number}.pdf", message=message)
    with pytest.raises(InvalidEntry, match="trop long"):
        sent(file, who, case, tmp_path / "long.pdf", message="mot " * 500)
    with file.reading() as connection:
        assert len(register_of(connection, who, case.household)) == 1


def test_a_protected_household_is_reached_through_us(file, who, case, tmp_path) -> None:
    agree(file, who, case.household)
    households.set_protected(file, who, case.household, protected=True)
    measures.add_task(
        file, who, case.meeting, NewTask("Passer au 8 allée des Glycines", date(2026, 12, 2), case.part)
    )
    words = sent(file, who, case, tmp_path / "a.pdf")[1]
    assert "passez par nous" in words
    assert "de vive voix" in words
    for kept in ("Glycines", "35990 Valmère", "12 47", "après 17 h"):
        assert kept not in words, kept


def test_only_what_may_be_called_without_danger_is_told(file, who, case, tmp_path) -> None:
    agree(file, who, case.household)
    with file.reading() as connection:
        people = households.open_household(connection, who, case.household)
    child = next(m.id for m in people.members if m.first_name == "Lilaëlle")
    for value, safe, know, owner in (
        ("06 39 98 12 60", False, None, None),
        ("06 39 98 12 61", True, "jamais après son dialysage, dépression", None),
        ("06 39 98 12 62", True, None, child),
        ("06 39 98 12 63", True, None, None),
    ):
        households.add_contact(
            file, who, case.household,
            NewContact(ContactKind.PHONE, value, safe=safe, instructions=know, member_id=owner),
        )  # fmt: skip
    words = sent(file, who, case, tmp_path / "a.pdf")[1]
    assert [last for last in ("60", "61", "62", "63") if f"06 39 98 12 {last}" in words] == ["63"]


@pytest.mark.parametrize(
    "what",
    ["Reparler de sa dépression", "Prévenir le CSAPA", "Inscrire Lilaëlle", "Joindre le 06 39 98 12 34",
     "Solder sa dette de cantine", "Rappeler M. Quentroy"],
)  # fmt: skip
def test_a_decision_that_tells_more_is_told_aloud(file, who, case, tmp_path, what) -> None:
    agree(file, who, case.household)
    measures.add_task(file, who, case.meeting, NewTask(what, date(2026, 12, 2), case.part))
    words = sent(file, who, case, tmp_path / "a.pdf")[1]
    assert what not in words
    assert "Une décision vous sera dite de vive voix" in words
    with file.reading() as connection:
        assert preview_part_sheet(connection, who, case.household, DAY, case.part).held


def test_a_part_of_health_is_not_named_on_paper(file, who, case, tmp_path) -> None:
    agree(file, who, case.household)
    measures.change_part(file, who, case.part, replace(NEW, part="suivi psychiatrique"))
    words = sent(file, who, case, tmp_path / "a.pdf")[1]
    assert "psychiatrique" not in words
    assert "Celle que vous avez convenue" in words


def test_what_is_shared_leaves_only_when_chosen_and_checked(file, who, case, tmp_path) -> None:
    agree(file, who, case.household)
    measures.change_part(file, who, case.part, replace(NEW, shared="Les horaires de l’école"))
    assert "horaires" not in sent(file, who, case, tmp_path / "a.pdf")[1]
    assert "horaires de l’école" in sent(file, who, case, tmp_path / "b.pdf", with_shared=True)[1]
    for told in ("Sa dépression", "Ce que fait le CSAPA Rivage"):
        measures.change_part(file, who, case.part, replace(NEW, shared=told))
        with pytest.raises(SharedStays, match="reformulez"):
            sent(file, who, case, tmp_path / "c.pdf", with_shared=True)
    assert not (tmp_path / "c.pdf").exists()


def test_it_prints_by_its_kind_where_one_body_follows(file, who, case, tmp_path) -> None:
    agree(file, who, case.household)
    out = tmp_path / "a.pdf"
    with pytest.raises(NotFound, match="Plusieurs"):
        print_document(file, who, "fiche-liaison", case.household, out, renderers())
    measures.change_part(file, who, case.other, replace(OTHER, ends_on=date(2026, 11, 1)))
    printed = print_document(file, who, "fiche-liaison", case.household, out, renderers())
    assert printed.pages == 1
    with file.reading() as connection:
        assert register_of(connection, who, case.household)[0].number == printed.number
        assert (
            history_of(connection, who, case.household)[0].action
            == "fiche de liaison remise à un intervenant"
        )
    assert kind_of("fiche-liaison").leaves_house
    with pytest.raises(InvalidEntry):
        print_document(file, who, "fiche-liaison", case.household, out, renderers(), period=Period(DAY))
    with pytest.raises(InvalidEntry):
        print_team(file, who, "fiche-liaison", "Les Amarres", tmp_path, renderers())


def test_meetings_are_told_only_where_they_were_agreed_to(file, who, case, tmp_path) -> None:
    agree(file, who, case.household, topic=Topic.HOUSING_GOALS)
    moment = datetime.combine(date(2026, 12, 3), time(14, 30))
    diary.plan_appointment(file, who, case.household, NewAppointment(moment, None, BODY))
    assert "3 décembre" not in sent(file, who, case, tmp_path / "a.pdf")[1]


def test_a_household_under_restriction_is_handed_to_nobody(file, who, case, tmp_path) -> None:
    agree(file, who, case.household)
    rights.set_restriction(file, who, NewRestriction(case.household, RestrictionReason.ACCURACY, DAY))
    with pytest.raises(CaseworkerError, match="limit"):
        sent(file, who, case, tmp_path / "a.pdf")
    assert nothing_left(file, who, case, tmp_path)


def test_a_preview_takes_no_number(file, who, case, tmp_path) -> None:
    agree(file, who, case.household)
    with file.reading() as connection:
        content = preview_part_sheet(connection, who, case.household, DAY, case.part)
        with pytest.raises(NotFound):
            preview_part_sheet(connection, who, case.household, DAY, "nobody")
    assert "APERÇU" in content.reference
    assert nothing_left(file, who, case, tmp_path)
    assert sent(file, who, case, tmp_path / "a.pdf")[0].number.endswith("0001")


def test_the_agreement_is_found_by_the_partner_first_then_by_its_name(file, who, case, tmp_path) -> None:
    with file.reading() as connection:
        (ours, *_) = [
            each for each in measures.parts_of(connection, who, case.household) if each.id == case.part
        ]
        namesake = Recipient(RecipientKind.BODY, BODY, partner_id="another")
    new = NewConsent(case.household, namesake, frozenset({Topic.VISITS}), "liaison", DAY)
    other = consents.give_consent(file, who, new)[0]
    # Another body of the same name: its agreement is not ours.
    with pytest.raises(NoAgreementForPart) as refused:
        sent(file, who, case, tmp_path / "a.pdf")
    assert refused.value.recipient.partner_id == ours.partner_id
    consents.withdraw_consent(file, who, other, DAY)
    renamed = Recipient(RecipientKind.BODY, "Les Ormes, relais", partner_id=ours.partner_id)
    agreed = consents.give_consent(file, who, replace(new, recipient=renamed))[0]
    line, _words = sent(file, who, case, tmp_path / "b.pdf")
    assert line.consent_ids == agreed
