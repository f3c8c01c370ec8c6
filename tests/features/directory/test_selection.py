"""What is done with a selection, on a real file: assigned, exported, printed; protected households never are."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain.columns import DEFAULT_COLUMNS, ColumnKey
from caseworker_app.features.directory.domain.export import ExportFormat
from caseworker_app.features.directory.domain.printing import MAX_PRINTED
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.dossier.documents.follow_up import render_material
from caseworker_app.features.handover.domain.follow_up_sections import SYNTHESIS
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
)
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewMeasure
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed
from caseworker_app.pdf.writing import PlaceNotWritable
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.undo import HasLeft

TODAY = date(2026, 11, 24)


class Stopped(Exception):
    """The person pressed « Arrêter »."""


@pytest.fixture
def three(file: EncryptedFile, who: Who) -> list[str]:
    """Two households, then a protected one, each with a running measure but the second."""
    news = [
        NewHousehold(
            (NewMember(name, "Ana"),),
            (NewAddress("3 impasse du Moulin", city=city),),
            (NewContact(ContactKind.PHONE, phone, safe=True),),
            protected=protected,
        )
        for name, city, phone, protected in (
            ("=Kowal", "Roubaix", "06 39 98 11 11", False),
            ("Zelmat", "Lille", "06 39 98 22 22", False),
            ("Kabinda", "Wattrelos", "06 39 98 77 31", True),
        )
    ]
    ids = [households.create_household(file, who, new)[0] for new in news]
    for household_id in (ids[0], ids[2]):
        measures.open_measure(file, who, NewMeasure(household_id, "asll", date(2026, 6, 1)))
    return ids


def colleague(file: EncryptedFile, who: Who) -> str:
    return team.add_worker(file, who, "Élie Aubry", Role.CASEWORKER)[0]


def leads(file: EncryptedFile, who: Who, ids: list[str]) -> list[str]:
    with file.reading() as connection:
        found = measures.measures_of_households(connection, who, ids, TODAY)
    return [found[key][0].lead_worker_id for key in ids if key in found]


def sheet(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_running_measures_change_hands_in_one_go_and_come_back_in_one(
    file: EncryptedFile, who: Who, three: list[str]
) -> None:
    other = colleague(file, who)
    assigned, changes = service.assign_lead_worker(file, who, three, other)
    assert (assigned.households, assigned.without_measure, assigned.left_out) == (1, 1, 1)
    assert assigned.words("Élie Aubry") == (
        "1\u00a0ménage affecté à Élie Aubry, 1 sans mesure en cours, 1\u00a0ménage protégé ou limité laissé de côté"
    )
    assert changes.households == {three[0]}
    assert leads(file, who, three) == [other, who.worker_id]
    dossier.take_back_last(file, who)
    assert leads(file, who, three) == [who.worker_id, who.worker_id]


def test_several_measures_are_one_change(file: EncryptedFile, who: Who, three: list[str]) -> None:
    measures.open_measure(file, who, NewMeasure(three[1], "asll", date(2026, 6, 1)))
    other = colleague(file, who)
    service.assign_lead_worker(file, who, three, other)
    assert leads(file, who, three[:2]) == [other, other]
    dossier.take_back_last(file, who)
    assert leads(file, who, three[:2]) == [who.worker_id] * 2


def test_an_ended_measure_stays_with_whoever_led_it(file: EncryptedFile, who: Who, three: list[str]) -> None:
    with file.reading() as connection:
        ended = measures.measures_of_households(connection, who, three[:1], TODAY)[three[0]][0]
    measures.end_measure(file, who, ended.id, date(2026, 11, 1), "goals_reached")
    with pytest.raises(InvalidEntry):
        service.assign_lead_worker(file, who, three, colleague(file, who))
    assert leads(file, who, three[:1]) == [who.worker_id]


def test_only_who_may_write_assigns(file: EncryptedFile, who: Who, three: list[str]) -> None:
    volunteer = Who(who.worker_id, "Béa Test", Role.VOLUNTEER)
    with pytest.raises(NotAllowed):
        service.assign_lead_worker(file, volunteer, three, who.worker_id)


@pytest.mark.parametrize("kind", ExportFormat)
def test_an_export_says_what_the_list_says_and_is_in_the_register(
    file: EncryptedFile, who: Who, three: list[str], tmp_path: Path, kind: ExportFormat
) -> None:
    out = tmp_path / f"liste.{kind}"
    columns = (*DEFAULT_COLUMNS, ColumnKey.PHONE)
    exported, _ = service.export_households(file, who, three, columns, kind, out)
    assert exported.words() == "2\u00a0ménages exportés, 1\u00a0ménage protégé ou limité laissé de côté"
    whole = out.read_bytes()
    cells = [str(cell) for row in sheet(out) for cell in row] if kind is ExportFormat.XLSX else []
    text = "\n".join(cells) or whole.decode("utf-8-sig")
    for told in ("Zelmat, Ana", "Roubaix", "06\u00a039\u00a098\u00a022\u00a022", "ASLL", "Téléphone sûr"):
        assert told in text
    for kept in ("Kabinda", "Wattrelos", "7731", "77\u00a031"):
        assert kept not in text
    with file.reading() as connection:
        (line,) = service.exports_made(connection, who)
    assert (line.households, line.left_out, line.format, line.worker_id) == (2, 1, kind, who.worker_id)
    kinds = {ExportFormat.XLSX: "classeur Excel", ExportFormat.CSV: "texte CSV"}
    assert line.words("Claire Lenoir").endswith(f"Claire Lenoir\u00a0: 2\u00a0ménages, {kinds[kind]}")
    assert line.sha256 == hashlib.sha256(whole).hexdigest()


def test_a_workbook_has_real_dates_and_text_that_is_no_formula(
    file: EncryptedFile, who: Who, three: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "liste.xlsx"
    service.export_households(file, who, three, DEFAULT_COLUMNS, ExportFormat.XLSX, out)
    heads, first, second = sheet(out)
    assert heads[:4] == ["Ménage", "Référence", "Composition", "Commune"]
    assert first[0] == "=Kowal, Ana"
    assert first[heads.index("Fin de mesure")] == date(2026, 11, 30)
    assert second[heads.index("Fin de mesure")] == ""
    assert second[heads.index("Alerte")] == "Sans mesure"


def test_an_export_that_is_stopped_leaves_nothing(
    file: EncryptedFile, who: Who, three: list[str], tmp_path: Path
) -> None:
    def stop(done: int, total: int) -> None:
        if done == total:
            raise Stopped

    out = tmp_path / "liste.xlsx"
    with pytest.raises(Stopped):
        service.export_households(file, who, three, DEFAULT_COLUMNS, ExportFormat.XLSX, out, progress=stop)
    assert list(tmp_path.glob("*.xlsx")) == []
    with file.reading() as connection:
        assert service.exports_made(connection, who) == []


def test_an_export_that_cannot_be_written_is_not_in_the_register(
    file: EncryptedFile, who: Who, three: list[str], tmp_path: Path
) -> None:
    with pytest.raises(PlaceNotWritable):
        service.export_households(
            file, who, three, DEFAULT_COLUMNS, ExportFormat.CSV, tmp_path / "absent" / "liste.csv"
        )
    with file.reading() as connection:
        assert service.exports_made(connection, who) == []


def test_what_was_exported_stays_in_the_register(
    file: EncryptedFile, who: Who, three: list[str], tmp_path: Path
) -> None:
    service.export_households(file, who, three, DEFAULT_COLUMNS, ExportFormat.CSV, tmp_path / "a.csv")
    with pytest.raises(HasLeft):
        dossier.take_back_last(file, who)


def test_nothing_but_protected_households_is_no_export_and_no_print(
    file: EncryptedFile, who: Who, three: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "rien"
    with pytest.raises(InvalidEntry):
        service.export_households(file, who, three[2:], DEFAULT_COLUMNS, ExportFormat.CSV, out)
    with pytest.raises(InvalidEntry):
        service.print_households(file, who, three[2:], SYNTHESIS, out, render_material)
    assert not out.exists()


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_who_may_neither_read_nor_print_exports_nothing(
    file: EncryptedFile, who: Who, three: list[str], tmp_path: Path, role: Role
) -> None:
    other = Who(who.worker_id, "Béa Test", role)
    with pytest.raises(NotAllowed):
        service.export_households(file, other, three, DEFAULT_COLUMNS, ExportFormat.CSV, tmp_path / "a.csv")
    with pytest.raises(NotAllowed):
        service.print_households(file, other, three, SYNTHESIS, tmp_path / "a.pdf", render_material)
    assert list(tmp_path.glob("a.*")) == []


def test_the_files_of_a_selection_are_one_pdf_with_an_outline(
    file: EncryptedFile, who: Who, three: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "dossiers.pdf"
    steps: list[tuple[int, int]] = []
    printed = service.print_households(
        file, who, three, SYNTHESIS, out, render_material, progress=lambda *step: steps.append(step)
    )
    assert (printed.files, printed.left_out, printed.refused) == (2, 1, ())
    reader = PdfReader(BytesIO(out.read_bytes()))
    titles = [str(entry.title) for entry in reader.outline if not isinstance(entry, list)]
    assert [title.partition(" –")[0] for title in titles] == ["Ana =Kowal", "Ana Zelmat"]
    assert len(reader.pages) == 2
    assert "Kabinda" not in "".join(page.extract_text() for page in reader.pages)
    assert steps == [(0, 2), (1, 2), (2, 2)]
    assert printed.words() == (
        "2\u00a0dossiers écrits dans «\u00a0dossiers.pdf\u00a0», 1\u00a0ménage protégé ou limité laissé de côté"
    )


def test_too_many_files_at_once_are_refused(file: EncryptedFile, who: Who, tmp_path: Path) -> None:
    ids = [f"{number:032x}" for number in range(MAX_PRINTED + 1)]
    with pytest.raises(InvalidEntry):
        service.print_households(file, who, ids, SYNTHESIS, tmp_path / "a.pdf", render_material)


def test_printing_that_is_stopped_leaves_nothing(
    file: EncryptedFile, who: Who, three: list[str], tmp_path: Path
) -> None:
    def stop(done: int, _total: int) -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        service.print_households(
            file, who, three, SYNTHESIS, tmp_path / "a.pdf", render_material, progress=stop
        )
    assert list(tmp_path.glob("*.pdf")) == []
