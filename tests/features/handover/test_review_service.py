"""Proposing, previewing and transmitting a review, on a real encrypted file and real PDFs."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import Topic
from caseworker_app.features.handover.documents.review import render_review
from caseworker_app.features.handover.domain.choices import Addition, ReviewChoices
from caseworker_app.features.handover.domain.held_back import WithheldKind
from caseworker_app.features.handover.domain.proposal import OptionCode, ReviewProposal, Section
from caseworker_app.features.handover.domain.review_content import LandlordReview
from caseworker_app.features.handover.domain.second_check import hits_of
from caseworker_app.features.handover.domain.transmission import (
    ChangedSincePreview,
    NoConsent,
    NoLandlord,
    ReviewRequest,
    UnsettledWords,
)
from caseworker_app.features.handover.domain.withholding import withheld
from caseworker_app.features.handover.service import delivery, reviews
from caseworker_app.features.handover.service.proposals import propose_review, usual_period
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import ContactKind, NewContact, NewMember
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewMeasure
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import NotAllowed
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.writing import PlaceNotWritable
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.handover.rich_household import DAY, EVERY_TOPIC, PERIOD, Rich, agree, build


@pytest.fixture
def rich(file: EncryptedFile, who: Who) -> Rich:
    return build(file, who)


def proposed(file: EncryptedFile, who: Who, rich: Rich) -> ReviewProposal:
    with file.reading() as connection:
        return propose_review(connection, who, rich.household_id, PERIOD, day=DAY)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def request_of(rich: Rich) -> ReviewRequest:
    return ReviewRequest(rich.household_id, PERIOD)


def test_a_review_is_proposed_from_every_room(file: EncryptedFile, who: Who, rich: Rich) -> None:
    proposal = proposed(file, who, rich)
    assert {item.section for item in proposal.items} == set(Section)
    assert proposal.recipient.lines[0] == "Valmère Habitat"
    assert [item.label for item in proposal.of(Section.MEETINGS)][:1] == [
        "25\u00a0septembre\u00a02026, visite prévue\u00a0: absence prévenue"
    ]
    assert {code.code for code in proposal.options} == set(OptionCode)


def test_the_rent_is_that_owed_to_the_association(file: EncryptedFile, who: Who, rich: Rich) -> None:
    rent = next(item for item in proposed(file, who, rich).items if item.id == "payment:rent").value
    assert rent is not None
    assert (rent.payee, len(rent.months)) == ("l’association", 12)
    # One month short of 99,40 €, six instalments of 12,45 €: 24,70 € left.
    assert rent.remaining == 9940 - 6 * 1245
    assert [month.late for month in rent.months].count(True) == 1


def test_goals_tell_two_dates_in_words_and_housing_alone(file: EncryptedFile, who: Who, rich: Rich) -> None:
    titles = {item.texts[0].text for item in proposed(file, who, rich).of(Section.GOALS) if item.value}
    assert titles == {"Payer le loyer courant", "Signaler les travaux", "Voisinage et règles de vie"}
    goal = next(item for item in proposed(file, who, rich).of(Section.GOALS) if item.value)
    assert (goal.value.before, goal.value.now) == (1, 3)


def test_what_stays_is_counted_with_its_reason(file: EncryptedFile, who: Who, rich: Rich) -> None:
    lines = {line.kind: line for line in withheld(proposed(file, who, rich))}
    assert lines[WithheldKind.ANALYSIS].label == "Analyse des visites, 1\u00a0texte"
    assert lines[WithheldKind.ANALYSIS].entry_ids == (rich.visit_id,)
    assert lines[WithheldKind.OTHER_CREDITORS].count == 1
    assert lines[WithheldKind.BUDGET].count == 2
    # A goal, a level, and a visit that speaks of a doctor.
    assert lines[WithheldKind.HEALTH].count == 3
    assert lines[WithheldKind.CHILDREN].count == 3
    assert lines[WithheldKind.LEGAL_PROTECTION].count == 1
    assert lines[WithheldKind.ROOMS].count == 1
    assert WithheldKind.NOT_AGREED not in lines


@pytest.mark.parametrize("topic", list(Topic))
def test_a_topic_not_agreed_to_is_left_out_and_told(file: EncryptedFile, who: Who, topic: Topic) -> None:
    rich = build(file, who, topics=EVERY_TOPIC - {topic})
    proposal = proposed(file, who, rich)
    assert topic not in {item.topic for item in proposal.items}
    assert [line.kind for line in withheld(proposal)].count(WithheldKind.NOT_AGREED) == 1
    with file.reading() as connection:
        preview = reviews.preview_review(connection, who, proposal, ReviewChoices(), render_review)
    headings = {Topic.PAYMENT: "Paiement du loyer", Topic.VISITS: "Visites et rencontres"}
    if topic in headings:
        assert headings[topic] not in text_of(preview.pdf)


def test_an_agreement_with_another_landlord_opens_nothing(file: EncryptedFile, who: Who) -> None:
    rich = build(file, who, topics=frozenset())
    from caseworker_app.features.housing.domain.landlord import NewLandlord
    from caseworker_app.features.housing.service import landlords

    other, _ = landlords.add_landlord(file, who, NewLandlord("Autre Toit"))
    agree_with_other = agree(file, who, rich.household_id, other, EVERY_TOPIC)
    assert agree_with_other
    proposal = proposed(file, who, rich)
    assert {item.section for item in proposal.items} == {Section.FRAME, Section.CALENDAR}


def test_a_preview_enters_nothing(file: EncryptedFile, who: Who, rich: Rich) -> None:
    with file.reading() as connection:
        preview = reviews.preview_review(
            connection, who, proposed(file, who, rich), ReviewChoices(), render_review
        )
        assert reviews.register_of(connection, who) == []
    text = text_of(preview.pdf)
    assert "APERÇU" in text
    assert preview.pages == len(PdfReader(BytesIO(preview.pdf)).pages)
    assert "Solène Marchadier" in text
    assert "virement permanent" in text


def test_a_transmitted_review_is_numbered_registered_and_readable_again(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    out = tmp_path / "bilan.pdf"
    choices = ReviewChoices(option=OptionCode.TRANSFER_LEASE, opinion="J’aimerais le bail à mon nom.")
    line, changes = reviews.transmit_review(file, who, request_of(rich), choices, out, render_review)
    data = out.read_bytes()
    assert line.number == f"BIL-2026-{file.state.device_mark}-0001"
    assert line.sha256 == hashlib.sha256(data).hexdigest()
    assert line.pages == len(PdfReader(BytesIO(data)).pages)
    assert line.number in text_of(data)
    assert "bail à mon nom" in text_of(data)
    assert line.told == EVERY_TOPIC
    assert line.period == PERIOD
    assert line.kept_hits == ""
    assert changes.concerns(household=rich.household_id, table="transmission")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []
    with file.reading() as connection:
        assert reviews.register_of(connection, who, rich.household_id) == [line]
        content = reviews.transmitted_review(connection, who, line.id)
        again = reviews.reprint(connection, who, line.id, tmp_path / "again.pdf", render_review)
    assert content.opinion == "J’aimerais le bail à mon nom."
    assert again.read_bytes() == data


def test_numbers_follow_each_other(file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path) -> None:
    numbers = [
        reviews.transmit_review(
            file, who, request_of(rich), ReviewChoices(), tmp_path / f"{n}.pdf", render_review
        )[0].number[-4:]
        for n in range(2)
    ]
    assert numbers == ["0001", "0002"]


def test_no_agreement_no_transmission(file: EncryptedFile, who: Who, tmp_path: Path) -> None:
    rich = build(file, who, topics=frozenset())
    with pytest.raises(NoConsent) as refused:
        reviews.transmit_review(
            file, who, request_of(rich), ReviewChoices(), tmp_path / "b.pdf", render_review
        )
    assert "Valmère Habitat" in refused.value.sentence
    assert not (tmp_path / "b.pdf").exists()


def test_an_agreement_withdrawn_since_the_preview_stops_the_transmission(
    file: EncryptedFile, who: Who, tmp_path: Path
) -> None:
    rich = build(file, who, topics=frozenset())
    consent_id = agree(file, who, rich.household_id, rich.landlord_id, EVERY_TOPIC)
    proposal = proposed(file, who, rich)
    consents.withdraw_consent(file, who, consent_id)
    with pytest.raises(NoConsent):
        reviews.transmit_review(
            file, who, ReviewRequest.of(proposal), ReviewChoices(), tmp_path / "b.pdf", render_review
        )


def test_a_file_changed_since_the_preview_is_shown_again(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    with file.reading() as connection:
        proposal = propose_review(connection, who, rich.household_id, PERIOD, day=DAY)
        seen = reviews.preview_review(connection, who, proposal, ReviewChoices(), render_review)
    from caseworker_app.features.housing.domain.occupant_duty import DutyKind, NewDuty
    from caseworker_app.features.housing.service import leases

    leases.record_duty_proof(file, who, NewDuty(rich.lease_id, DutyKind.BOILER_SERVICE, DAY))
    arguments = (file, who, request_of(rich), ReviewChoices(), tmp_path / "b.pdf", render_review)
    with pytest.raises(ChangedSincePreview):
        reviews.transmit_review(*arguments, expected_fingerprint=seen.fingerprint)
    with file.reading() as connection:
        assert reviews.register_of(connection, who) == []


def test_words_found_are_changed_or_kept_knowingly(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    choices = ReviewChoices(reasons="Lilaëlle est suivie à l’hôpital.")
    arguments = (file, who, request_of(rich))
    with pytest.raises(UnsettledWords) as refused:
        reviews.transmit_review(*arguments, choices, tmp_path / "b.pdf", render_review)
    assert {hit.place for hit in refused.value.hits} == {"reasons"}
    for hit in refused.value.hits:
        choices = choices.keeping(hit.key)
    line, _ = reviews.transmit_review(*arguments, choices, tmp_path / "b.pdf", render_review)
    assert set(line.kept_hits.splitlines()) == {"child: Lilaëlle", "health: hôpital"}


def test_every_text_that_prints_is_read_by_the_second_check(
    file: EncryptedFile, who: Who, rich: Rich
) -> None:
    proposal = proposed(file, who, rich)
    choices = ReviewChoices(
        option=OptionCode.RENEW, option_detail="hospitalisé", reasons="hospitalisé", opinion="hospitalisé"
    )
    places = {"option_detail", "reasons", "opinion"}
    for item in proposal.items:
        choices = choices.with_item(item, kept=True)
        for text in item.texts:
            choices, places = choices.with_text(text.key, "hospitalisé"), places | {text.key}
    for index, section in enumerate((Section.MEETINGS, Section.PAYMENT, Section.ROOMS, Section.PROPOSAL)):
        added = (*choices.additions, Addition(section, "hospitalisé"))
        choices, places = replace(choices, additions=added), places | {f"addition:{index}"}
    assert {hit.place for hit in hits_of(proposal, choices)} == places


def test_a_role_that_may_not_transmit_is_refused(
    file: EncryptedFile, rich: Rich, who: Who, tmp_path: Path
) -> None:
    volunteer = Who(who.worker_id, "Bénévole inventé", Role.VOLUNTEER)
    with pytest.raises(NotAllowed):
        reviews.transmit_review(
            file, volunteer, request_of(rich), ReviewChoices(), tmp_path / "b.pdf", render_review
        )


def test_a_household_without_landlord_is_told_what_to_do(
    file: EncryptedFile, who: Who, household: str
) -> None:
    with file.reading() as connection, pytest.raises(NoLandlord):
        propose_review(connection, who, household, PERIOD, day=DAY)


def test_the_usual_period_follows_the_last_review(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    with file.reading() as connection:
        assert usual_period(connection, who, rich.household_id, DAY) == PERIOD
    earlier = ReviewRequest(rich.household_id, Period(PERIOD.start, DAY.replace(day=1)))
    reviews.transmit_review(file, who, earlier, ReviewChoices(), tmp_path / "b.pdf", render_review)
    with file.reading() as connection:
        assert usual_period(connection, who, rich.household_id, DAY) == Period(DAY.replace(day=2), DAY)


def test_a_first_review_begins_with_the_first_measure(file: EncryptedFile, who: Who, household: str) -> None:
    began = DAY - timedelta(days=20)
    measures.open_measure(file, who, NewMeasure(household, "asll", began))
    with file.reading() as connection:
        assert usual_period(connection, who, household, DAY) == Period(began, DAY)


def test_a_place_that_cannot_be_written_enters_nothing(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    for out in (tmp_path, tmp_path / "absent" / "b.pdf"):
        with pytest.raises(PlaceNotWritable):
            reviews.transmit_review(file, who, request_of(rich), ReviewChoices(), out, render_review)
    with file.reading() as connection:
        assert reviews.register_of(connection, who) == []
    line, _ = reviews.transmit_review(
        file, who, request_of(rich), ReviewChoices(), tmp_path / "b.pdf", render_review
    )
    assert line.number.endswith("-0001")


def test_a_failure_while_rendering_leaves_nothing(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    def broken(_: LandlordReview, __: Identity) -> bytes:
        raise RuntimeError("no page")

    with pytest.raises(RuntimeError):
        reviews.transmit_review(file, who, request_of(rich), ReviewChoices(), tmp_path / "b.pdf", broken)
    with file.reading() as connection:
        assert reviews.register_of(connection, who) == []
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_folder_in_the_way_is_finished_later(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object) -> None:
        raise PermissionError

    # What Windows answers while a reader holds the file open.
    monkeypatch.setattr(delivery, "deliver", taken)
    out = tmp_path / "b.pdf"
    with pytest.raises(reviews.NotDelivered):
        reviews.transmit_review(file, who, request_of(rich), ReviewChoices(), out, render_review)
    assert [left.transmission.number[-4:] for left in reviews.finish_transmissions(file, who)] == ["0001"]
    monkeypatch.undo()
    assert reviews.finish_transmissions(file, who) == []
    assert out.exists()


def test_a_child_is_never_named_even_as_reference_person(file: EncryptedFile, who: Who, rich: Rich) -> None:
    households.add_member(file, who, rich.household_id, NewMember("Marchadier", "Zéphyrine"))
    proposal = proposed(file, who, rich)
    assert "Lilaëlle" not in proposal.household
    assert "Fernande" not in proposal.household


def test_whoever_left_is_still_a_name_the_second_check_knows(file: EncryptedFile, who: Who) -> None:
    rich = build(file, who, protected=True)
    with file.reading() as connection:
        people = households.open_household(connection, who, rich.household_id)
    fernande = next(m for m in people.members if m.first_name == "Fernande")
    phone = NewContact(ContactKind.PHONE, "06 39 98 70 11", member_id=fernande.id)
    households.add_contact(file, who, rich.household_id, phone)
    households.leave_household(file, who, fernande.id, date(2026, 3, 1))
    known = proposed(file, who, rich).people
    assert "Fernande" in known.others
    assert "639987011" in known.hidden
