"""Nothing that must stay inside comes out: words planted in every field, looked for in every output there is."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.office import Office, create_office, open_office
from caseworker_app.bootstrap.palette import Around, answer
from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.bootstrap.window import Program
from caseworker_app.cli import main
from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.export import ExportFormat
from caseworker_app.features.directory.domain.found import FIELD_LABELS
from caseworker_app.features.directory.service.exporting import export_households, exports_made
from caseworker_app.features.directory.service.printing import print_households
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.follow_up_sections import FOLLOW_UP_PRESETS, FollowUpPreset
from caseworker_app.features.handover.domain.kinds import (
    DOCUMENT_KINDS,
    FOLLOW_UP_FILE,
    TO_BRING,
    DocumentKind,
)
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.handover.service.proposals import propose_review
from caseworker_app.features.handover.service.reviews import preview_review, register_of
from caseworker_app.features.households import service as households
from caseworker_app.features.intake.service.importing import import_list
from caseworker_app.features.procedures import service as procedures
from caseworker_app.features.procedures.domain.procedure import NewProcedure
from caseworker_app.features.team import store as team_store
from caseworker_app.features.team.domain import NewOffice, Role, Who
from caseworker_app.kernel.clock import FixedClock, today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.shell.crash_notice import CrashNotice
from caseworker_app.shell.palette_found import Query
from caseworker_app.storage.access_log import read_accesses
from caseworker_app.storage.declarations import declared_tables
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.crash import CrashReport
from caseworker_app.ui_kit.page import Route
from tests.bootstrap.canary import Gardener, Planted, found, in_bytes, tables_of_households
from tests.bootstrap.programs import retire
from tests.bootstrap.sowing import sow
from tests.features.handover import rich_household
from tests.ground import NOW

PASSPHRASE = "girafe tambour cerise lampadaire"
TABS = (("overview", "Vue d’ensemble"), ("composition", "Composition"), ("housing", "Logement"))
READERS = (Role.CASEWORKER, Role.SUPERVISOR, Role.VOLUNTEER)
BARRED = (Role.COORDINATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Sown:
    """A data folder with one ordinary household and one under protection, a word in each of their fields."""

    folder: Path
    plain: Planted
    guarded: Planted

    @property
    def both(self) -> tuple[Planted, Planted]:
        return self.plain, self.guarded


@pytest.fixture(scope="module")
def sown(_stores: None, tmp_path_factory: pytest.TempPathFactory) -> Sown:
    folder = tmp_path_factory.mktemp("sown") / "data"
    made = create_office(
        folder, PASSPHRASE, NewOffice("Les Amarres", "Claire Lenoir"), clock=FixedClock(NOW), kdf=THROW_AWAY
    )
    with made[0] as office:
        gardener, review = Gardener(), folder.parent / "b.pdf"
        sown = [sow(office, gardener, review, protected=protected) for protected in (False, True)]
        office.drafts.keep("note", {"text": " ".join(sown[1].every)}, sown[1].household_id)
    return Sown(folder, *sown)


@pytest.fixture
def office(sown: Sown, tmp_path: Path) -> Iterator[Office]:
    folder = Path(shutil.copytree(sown.folder, tmp_path / "data"))
    with open_office(folder, PASSPHRASE, clock=FixedClock(NOW)) as opened:
        yield opened


def text_of(pdf: bytes) -> str:
    """Return everything a PDF says: pages, properties, outline, and the texts it describes its pictures with."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    outline = str([getattr(each, "title", "") for each in _flat(reader.outline)])
    pages = "\n".join(page.extract_text() for page in reader.pages)
    return "\n".join((pages, str(reader.metadata), outline))


def _flat(outline: object) -> Iterator[object]:
    for each in outline if isinstance(outline, list) else [outline]:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each


def role_of(who: Who, role: Role) -> Who:
    return Who(who.worker_id, who.name, role)


def test_every_table_of_a_household_is_planted(sown: Sown) -> None:
    for each in sown.both:
        assert tables_of_households() - each.tables == set()
        assert len(each.internal) > 20
        assert len(each.places) >= 5


def test_the_search_for_words_finds_them_however_they_are_written() -> None:
    assert found({"Kébabado"}, "un kEba-\nbado ici") == {"Kébabado"}
    assert found({"639980123"}, "au 06 39 98 01 23") == {"639980123"}
    assert in_bytes({"Kébabado"}, "x Kébabado".encode("utf-16-le")) == {"Kébabado"}


@pytest.mark.parametrize("which", ["plain", "guarded"])
def test_what_leaves_for_a_landlord_holds_nothing_internal(office: Office, sown: Sown, which: str) -> None:
    planted: Planted = getattr(sown, which)
    with office.file.reading() as connection:
        proposal = propose_review(
            connection, office.who, planted.household_id, rich_household.PERIOD, day=rich_household.DAY
        )
        preview = preview_review(connection, office.who, proposal, ReviewChoices(), renderers().review)
    told = text_of(preview.pdf)
    assert "Les Amarres" in told
    assert found(planted.internal, told) == set()
    assert found(sown.guarded.places, told) == set()


def _documents() -> list[tuple[DocumentKind, FollowUpPreset | None]]:
    whole = [(FOLLOW_UP_FILE, preset) for preset in FOLLOW_UP_PRESETS]
    return [*((kind, None) for kind in DOCUMENT_KINDS if not kind.leaves_house), *whole]


@pytest.mark.parametrize(
    ("kind", "preset"), _documents(), ids=lambda each: each.code if each is not None else "as-it-is"
)
def test_no_print_tells_where_a_protected_household_is(
    office: Office, sown: Sown, tmp_path: Path, kind: DocumentKind, preset: FollowUpPreset | None
) -> None:
    for planted in sown.both:
        if kind is TO_BRING:
            begun = NewProcedure("social_housing", today(office.file.clock))
            procedures.begin_procedure(office.file, office.who, planted.household_id, begun)
        out = tmp_path / "document.pdf"
        print_document(
            office.file, office.who, kind.code, planted.household_id, out, renderers(), preset=preset
        )
        told = text_of(out.read_bytes())
        assert found(sown.guarded.places, told) == set()
        if preset is not None and not preset.writings:
            assert found(planted.internal, told) == set()


@pytest.mark.parametrize("kind", ExportFormat)
def test_an_exported_list_holds_nobody_protected_and_nothing_internal(
    office: Office, sown: Sown, tmp_path: Path, kind: ExportFormat
) -> None:
    out = tmp_path / f"liste.{kind}"
    ids = [each.household_id for each in sown.both]
    export_households(office.file, office.who, ids, tuple(ColumnKey), kind, out)
    told = _cells(out) if kind is ExportFormat.XLSX else out.read_text(encoding="utf-8-sig")
    assert "Marchadier" in told or found(sown.plain.every, told)
    assert found(sown.guarded.every, told) == set()
    assert found(sown.plain.internal, told) == set()
    with office.file.reading() as connection:
        assert (
            found(sown.guarded.every | sown.plain.every, str(exports_made(connection, office.who))) == set()
        )


def _cells(path: Path) -> str:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


def test_a_printed_selection_leaves_protected_households_out(
    office: Office, sown: Sown, tmp_path: Path
) -> None:
    out = tmp_path / "selection.pdf"
    ids = [each.household_id for each in sown.both]
    made = print_households(office.file, office.who, ids, FOLLOW_UP_PRESETS[0], out, renderers().follow_up)
    assert made.left_out == 1
    assert found(sown.guarded.every, text_of(out.read_bytes())) == set()


def _run(
    office: Office,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    role: Role,
    *words: object,
) -> tuple[int, str]:
    """Run a command on a copy of the file, whose owner has a role."""
    folder = Path(tempfile.mkdtemp(dir=office.folder.parent)) / "data"
    with office.file.reading():
        shutil.copytree(office.folder, folder)
    with (
        open_office(folder, PASSPHRASE, clock=FixedClock(NOW)) as copy,
        copy.file.unit_of_work(copy.who.worker_id, "change_worker") as uow,
    ):
        uow.update(team_store.worker, copy.who.worker_id, {"role": role})
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    capsys.readouterr()
    code = main([*map(str, words), "--data", str(folder)])
    answered = capsys.readouterr()
    return code, answered.out + answered.err


def _reference(office: Office, planted: Planted) -> str:
    with office.file.reading() as connection:
        people = households.open_household(connection, office.who, planted.household_id)
    return people.household.reference


@pytest.mark.parametrize("role", BARRED)
def test_the_command_line_tells_nothing_to_who_may_not_read(
    office: Office,
    sown: Sown,
    role: Role,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for planted in sown.both:
        reference, out = _reference(office, planted), tmp_path / "document.pdf"
        sought = next(iter(planted.words[("household_member", "last_name")]))
        commands: list[tuple[object, ...]] = [("show", reference, "--json"), ("search", sought, "--json")]
        commands += [
            ("print", kind.code, "--household", reference, "--out", out, "--json") for kind in DOCUMENT_KINDS
        ]
        for words in commands:
            code, told = _run(office, capsys, monkeypatch, role, *words)
            assert code == 1, words
            assert "ne permet pas" in told, words
            assert found(planted.every, told) - {sought} == set()
            assert not out.exists()


@pytest.mark.parametrize("role", READERS)
def test_the_command_line_masks_a_protected_household(
    office: Office,
    sown: Sown,
    role: Role,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reference = _reference(office, sown.guarded)
    name = sown.guarded.words[("household_member", "last_name")][0]
    place = sown.guarded.words[("address", "street")][0]
    observed = sown.guarded.words[("diary_entry", "observed")][0]
    for words in (
        ("show", reference, "--json"), ("show", reference),
        ("search", name, "--json"), ("search", name), ("search", place, "--json"), ("search", observed, "--json"),
    ):  # fmt: skip
        code, told = _run(office, capsys, monkeypatch, role, *words)
        assert code == 0, told
        assert reference in told or (words[0] == "show" and found({name}, told)), words
        assert found(sown.guarded.places, told) == set(), words


@pytest.mark.parametrize("role", Role)
def test_the_palette_masks_and_answers_only_who_may_read(office: Office, sown: Sown, role: Role) -> None:
    who = role_of(office.who, role)
    told: list[str] = []
    for place in sown.guarded.words:
        for word in sown.guarded.words[place]:
            for tolerant in (False, True):
                answered = answer(office.file, who, Query(word), Around(None, TABS), tolerant=tolerant)
                told += [f"{each.title} {each.detail}" for each in answered.found]
    assert found(sown.guarded.places, "\n".join(told)) == set()
    if role in BARRED:
        assert found(sown.guarded.every | sown.plain.every, "\n".join(told)) == set()
    else:
        assert "masqu" in "\n".join(told)


def test_the_register_of_what_left_tells_no_place(office: Office, sown: Sown) -> None:
    with office.file.reading() as connection:
        lines = register_of(connection, office.who)
        overview = dossier.open_overview(
            connection, office.who, sown.guarded.household_id, rich_household.DAY
        )
    assert len(lines) == 2
    assert overview.documents
    assert found(sown.guarded.places, f"{overview.documents}") == set()
    assert found(sown.guarded.internal, f"{overview.documents}") == set()


def test_a_report_of_import_tells_nothing_of_who_is_already_there(
    office: Office, sown: Sown, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    lines = ["Nom;Prénom;Téléphone"]
    for planted in sown.both:
        first = planted.words[("household_member", "first_name")][0]
        lines.append(f"{planted.words[('household_member', 'last_name')][0]};{first};")
    path.write_text("\n".join(lines), encoding="utf-8")
    report = import_list(office.file, office.who, path, dry_run=True)
    told = json.dumps(report.as_json(), ensure_ascii=False)
    written = {
        planted.words[("household_member", name)][0]
        for planted in sown.both
        for name in ("first_name", "last_name")
    }
    assert found((sown.plain.every | sown.guarded.every) - written, told) == set()


def test_nothing_lies_in_clear_on_the_disk(office: Office, sown: Sown, tmp_path: Path) -> None:
    before = set(Path(tempfile.gettempdir()).iterdir())
    out = tmp_path / "printed" / "dossier.pdf"
    out.parent.mkdir()
    print_document(office.file, office.who, FOLLOW_UP_FILE.code, sown.guarded.household_id, out, renderers())
    assert [each.name for each in out.parent.iterdir()] == ["dossier.pdf"]
    every = sown.plain.every | sown.guarded.every
    files = [each for each in office.folder.rglob("*") if each.is_file()]
    assert any("brouillons" in each.name for each in files)
    for each in files:
        assert in_bytes(every, each.read_bytes()) == set(), each.name
        assert found(every, str(each.relative_to(office.folder))) == set()
    for each in set(Path(tempfile.gettempdir()).iterdir()) - before:
        assert found(every, each.name) == set()


def test_a_damaged_file_of_drafts_says_nothing_of_what_it_held(office: Office, sown: Sown) -> None:
    key = office.file.access.key_hex
    with Drafts(office.folder, key, FixedClock(NOW)) as drafts:
        assert found(sown.guarded.every, str(drafts.notice)) == set()


def test_a_fault_and_its_notice_quote_nobody(
    sown: Sown, qtbot: object, caplog: pytest.LogCaptureFixture
) -> None:
    word = sown.guarded.words[("address", "street")][0]
    try:
        raise RuntimeError(f"12 rue {word}") from CaseworkerError(word)
    except RuntimeError as error:
        report = CrashReport.of(error)
    notice = CrashNotice(report)
    qtbot.addWidget(notice)  # type: ignore[attr-defined]
    texts = [
        each.text() for each in notice.findChildren(object) if hasattr(each, "text") and callable(each.text)
    ]
    assert found({word}, f"{report.words} {texts} {notice.windowTitle()} {caplog.text}") == set()


def test_window_titles_and_logs_name_nobody(
    office: Office, sown: Sown, qtbot: object, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    folder = Path(shutil.copytree(sown.folder, tmp_path / "shown"))
    program = Program(QApplication.instance(), folder)
    try:
        program.enter(open_office(folder, PASSPHRASE, clock=FixedClock(NOW)))
        for planted in sown.both:
            program.window.go(Route("dossier", planted.household_id))
            qtbot.waitUntil(  # type: ignore[attr-defined]
                lambda planted=planted: program.window.navigator.here.household == planted.household_id
            )
            titles = [each.windowTitle() for each in QApplication.topLevelWidgets()]
            assert "Passerelle" in titles
            assert found(sown.plain.every | sown.guarded.every, str(titles)) == set()
        name = QApplication.applicationDisplayName()
        assert found(sown.plain.every | sown.guarded.every, name + caplog.text) == set()
    finally:
        retire(program)


def test_every_searched_field_has_a_french_name() -> None:
    unnamed = {
        (name, field)
        for name, declared in declared_tables().items()
        for field, told in declared.fields().items()
        if told.search is not None and declared.household is not None and (name, field) not in FIELD_LABELS
    }
    assert unnamed == set()


def test_the_log_of_accesses_holds_no_word_of_anybody(office: Office, sown: Sown, tmp_path: Path) -> None:
    for planted in sown.both:
        word = planted.words[("household_member", "last_name")][0]
        answer(office.file, office.who, Query(word), Around(None, TABS))
        out = tmp_path / f"{word}.pdf"
        print_document(office.file, office.who, FOLLOW_UP_FILE.code, planted.household_id, out, renderers())
    office.file.keep_accesses()
    with office.file.reading() as connection:
        lines = read_accesses(connection)
    assert {line.household_id for line in lines} >= {each.household_id for each in sown.both}
    assert found(sown.plain.every | sown.guarded.every, str(lines)) == set()
