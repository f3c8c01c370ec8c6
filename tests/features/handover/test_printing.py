"""Printing by kind: reviews and visit reports, for a household and for a team, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.documents import render_visit_report
from caseworker_app.features.diary.domain.entry import EntryTexts, EntryZone, FactTopic, NewFact
from caseworker_app.features.diary.domain.report_content import Zone
from caseworker_app.features.dossier.documents.follow_up import render_material
from caseworker_app.features.handover.documents.review import render_review
from caseworker_app.features.handover.domain.follow_up_sections import (
    BUDGET_AND_HOUSING,
    COMPLETE,
    preset_of,
)
from caseworker_app.features.handover.domain.kinds import DOCUMENT_KINDS, Renderers, kind_of
from caseworker_app.features.handover.domain.transmission import NoConsent
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.handover.service.reviews import register_of
from caseworker_app.features.handover.service.team_printing import print_team
from caseworker_app.features.handover.service.visit_reports import visit_report
from caseworker_app.features.households import service as households
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry, NotAllowed, NotFound
from caseworker_app.pdf.writing import PlaceNotWritable
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.handover.rich_household import DAY, EVERY_TOPIC, Rich, agree, build

RENDERERS = Renderers(
    render_review,
    render_visit_report,
    render_material,
    renderers().paper,
    renderers().communicate,
    renderers().letter,
    renderers().pieces,
)


@pytest.fixture
def rich(file: EncryptedFile, who: Who) -> Rich:
    return build(file, who)


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages)


def test_kinds_are_known_by_their_code() -> None:
    codes = [kind.code for kind in DOCUMENT_KINDS]
    assert codes == [
        "bilan-bailleur",
        "compte-rendu-visite",
        "dossier-suivi",
        "synthese",
        "plan-objectifs",
        "contrat-accompagnement",
        "evaluation-autonomie",
        "pieces-a-apporter",
        "diagnostic",
        "fiche-fin-mesure",
        "communication-donnees",
        "lettre-orientation",
        "fiche-liaison",
        "dossier-de-pieces",
    ]
    with pytest.raises(NotFound, match="bilan-bailleur"):
        kind_of("fiche")


def test_a_review_prints_with_its_defaults_and_is_registered(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    printed = print_document(file, who, "bilan-bailleur", rich.household_id, tmp_path / "b.pdf", RENDERERS)
    assert printed.number in text_of(tmp_path / "b.pdf")
    with file.reading() as connection:
        assert [line.number for line in register_of(connection, who)] == [printed.number]


def test_a_review_without_agreement_says_what_to_do(file: EncryptedFile, who: Who, tmp_path: Path) -> None:
    rich = build(file, who, topics=frozenset())
    with pytest.raises(NoConsent, match="recueillez-le"):
        print_document(file, who, "bilan-bailleur", rich.household_id, tmp_path / "b.pdf", RENDERERS)
    with pytest.raises(InvalidEntry):
        print_document(
            file,
            who,
            "bilan-bailleur",
            rich.household_id,
            tmp_path / "b.pdf",
            RENDERERS,
            entry_number="VIS-1",
        )


def test_the_last_visit_prints_as_an_internal_report(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    out = tmp_path / "v.pdf"
    printed = print_document(file, who, "compte-rendu-visite", rich.household_id, out, RENDERERS)
    text = text_of(out)
    assert printed.number.startswith("VIS-2026-")
    assert printed.number in text
    for words in (
        "fatigue à surveiller",
        "elle dit se sentir mieux",
        "virement permanent",
        "passage du plombier",
    ):
        assert words in text
    assert "Document interne" in text
    with file.reading() as connection:
        assert register_of(connection, who) == []


def test_a_visit_is_chosen_by_number_or_period(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    arguments = (file, who, "compte-rendu-visite", rich.household_id, tmp_path / "v.pdf", RENDERERS)
    first = print_document(*arguments)
    assert print_document(*arguments, entry_number=first.number.lower()).number == first.number
    for wrong in ({"entry_number": "VIS-2026-XXXX-0001"}, {"period": Period(DAY, DAY)}):
        with pytest.raises(NotFound):
            print_document(*arguments, **wrong)


def test_a_report_tells_the_way_there(file: EncryptedFile, who: Who, rich: Rich) -> None:
    with file.reading() as connection:
        entry = diary.visit(connection, who, rich.visit_id).entry
    assert entry.travel_minutes is None
    texts = EntryTexts(
        entry.started_at, entry.duration_minutes, entry.place, entry.present, entry.purpose, entry.observed,
        entry.said, entry.analysis, 25, 12_500,
    )  # fmt: skip
    diary.correct_entry(file, who, rich.visit_id, texts)
    with file.reading() as connection:
        report = visit_report(connection, who, rich.visit_id, day=DAY)
    assert report.travel == "25\u00a0min, 12,5\u00a0km"


def test_a_report_tells_zones_promises_goals_and_additions(file: EncryptedFile, who: Who, rich: Rich) -> None:
    diary.mark_fact(file, who, rich.visit_id, NewFact(EntryZone.SAID, FactTopic.DWELLING, "un volet bloqué"))
    diary.add_addition(file, who, rich.visit_id, "le plombier a rappelé", EntryZone.OBSERVED)
    with file.reading() as connection:
        report = visit_report(connection, who, rich.visit_id, day=DAY)
    assert [(text.zone, text.text) for text in report.said] == [
        (Zone.INTERNAL, "elle dit se sentir mieux"),
        (Zone.SHAREABLE, "un volet bloqué"),
    ]
    assert report.observed[-1].text.endswith("le plombier a rappelé")
    assert [goal.goal for goal in report.goals] == ["Signaler les travaux"]
    assert [(action.who, action.zone) for action in report.actions] == [
        ("bailleur", Zone.SHAREABLE),
        ("ménage", Zone.INTERNAL),
    ]
    assert report.minutes == 60
    assert report.measure == "Bail glissant"
    assert report.next_meeting is not None
    assert report.next_meeting.day.month == 12


def test_a_report_of_a_protected_household_masks_its_home(file: EncryptedFile, who: Who) -> None:
    rich = build(file, who, protected=True)
    diary.add_addition(file, who, rich.visit_id, "vue 8, allée des Glycines, joindre au 06.39.98.12.47")
    with file.reading() as connection:
        report = visit_report(connection, who, rich.visit_id, day=DAY)
    assert report.observed[-1].text.endswith("vue [masqué], joindre au [masqué]")


def test_a_team_prints_whom_it_can_and_tells_the_others(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    other = build(file, who, topics=frozenset())
    made = print_team(file, who, "bilan-bailleur", "claire lenoir", tmp_path / "out", RENDERERS)
    assert [one.household_id for one in made.printed] == [rich.household_id]
    assert [one.household_id for one in made.refused] == [other.household_id]
    agree(file, who, other.household_id, other.landlord_id, EVERY_TOPIC)
    whole = print_team(file, who, "bilan-bailleur", "Les Amarres", tmp_path / "out", RENDERERS)
    with file.reading() as connection:
        references = {
            households.open_household(connection, who, each.household_id).household.reference
            for each in (rich, other)
        }
    assert {one.path.name for one in whole.printed} == {f"bilan-bailleur-{name}.pdf" for name in references}


def test_a_team_nobody_leads_or_a_file_in_place_of_the_folder_is_refused(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    with pytest.raises(NotFound, match="Claire Lenoir"):
        print_team(file, who, "compte-rendu-visite", "personne", tmp_path, RENDERERS)
    (tmp_path / "taken").write_text("")
    with pytest.raises((PlaceNotWritable, CaseworkerError)):
        print_team(file, who, "compte-rendu-visite", "Claire Lenoir", tmp_path / "taken", RENDERERS)


def test_a_follow_up_file_prints_numbered_and_is_not_in_the_register(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    first = print_document(file, who, "dossier-suivi", rich.household_id, tmp_path / "d.pdf", RENDERERS)
    second = print_document(file, who, "synthese", rich.household_id, tmp_path / "s.pdf", RENDERERS)
    assert first.number.startswith("DOS-2026-")
    assert first.number != second.number
    assert first.number in text_of(tmp_path / "d.pdf")
    assert second.pages == 1
    with file.reading() as connection:
        assert register_of(connection, who) == []


def test_parts_are_for_follow_up_files_only(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    def printed(kind: str, **choices: object) -> None:
        print_document(file, who, kind, rich.household_id, tmp_path / "x.pdf", RENDERERS, **choices)

    for kind, choices in (
        ("compte-rendu-visite", {"preset": COMPLETE}),
        ("bilan-bailleur", {"preset": COMPLETE}),
        ("synthese", {"preset": COMPLETE}),
        ("dossier-suivi", {"period": Period(DAY, DAY)}),
        ("dossier-suivi", {"entry_number": "VIS-1"}),
    ):
        with pytest.raises(InvalidEntry):
            printed(kind, **choices)
    assert not (tmp_path / "x.pdf").exists()
    with pytest.raises(NotFound, match="budget-logement"):
        preset_of("tout")


def test_a_volunteer_prints_no_follow_up_file(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    volunteer = replace(who, role=Role.VOLUNTEER)
    with pytest.raises(NotAllowed):
        print_document(file, volunteer, "dossier-suivi", rich.household_id, tmp_path / "d.pdf", RENDERERS)


def test_follow_up_files_of_a_team_go_into_one_outlined_pdf(
    file: EncryptedFile, who: Who, rich: Rich, tmp_path: Path
) -> None:
    build(file, who, protected=True)
    out = tmp_path / "tous.pdf"
    made = print_team(file, who, "dossier-suivi", "Les Amarres", out, RENDERERS, preset=BUDGET_AND_HOUSING)
    assert [one.path for one in made.printed] == [out, out]
    assert len({one.number for one in made.printed}) == 2
    reader = PdfReader(BytesIO(out.read_bytes()))
    assert len(reader.pages) == sum(one.pages for one in made.printed)
    names = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert len(names) == 2
    assert all("Marchadier" in name for name in names)
    with pytest.raises(InvalidEntry, match="un par fichier"):
        print_team(file, who, "bilan-bailleur", "Les Amarres", tmp_path / "b.pdf", RENDERERS)


def test_a_team_without_households_makes_no_pdf(file: EncryptedFile, who: Who, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="rien à imprimer"):
        print_team(file, who, "dossier-suivi", "Les Amarres", tmp_path / "tous.pdf", RENDERERS)
    assert list(tmp_path.glob("*.pdf")) == []
