"""A household under restriction is kept and read: whatever the service, nothing is written, nothing goes out."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import Boolean, Date, Integer

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.bootstrap.stores import load_stores
from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import NewAttachment, usual_form
from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.export import ExportFormat
from caseworker_app.features.directory.service.exporting import export_households
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.intake.domain.decision import OnDuplicate
from caseworker_app.features.intake.service.importing import import_list
from caseworker_app.features.rights import service
from caseworker_app.features.rights.domain.requests import NewRequest, RequestKind
from caseworker_app.features.rights.domain.restriction import NewRestriction, RestrictionReason
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.storage.declarations import Moment, declared_tables, metadata
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.restriction import Restricted
from tests.features.attachments.pictures import pdf
from tests.features.handover import rich_household
from tests.features.team.made_arguments import Makes, hints_of
from tests.features.team.test_rights_of_services import CHECKED, _call
from tests.ground import KEY, NOW

DAY = date(2026, 11, 24)
# A file of their own, whole lists, or given what its callers make: tried by tests of their own or by those callers.
_APART = {"demonstration.play_main_job", "demonstration.fill", "intake.start", "handover.register_leaving"}
# Ids by the names services give them.
_ROWS = {
    "address_id": "address", "contact_id": "contact", "debt_id": "debt", "entry_id": "diary_entry",
    "evaluation_id": "autonomy_evaluation", "fact_id": "shareable_fact", "goal_id": "goal", "lease_id": "lease",
    "measure_id": "support_measure", "member_id": "household_member", "plan_id": "repayment_plan",
    "promise_id": "promise", "review_id": "joint_review", "sliding_lease_id": "sliding_lease", "step_id": "goal_step",
    "report_id": "report_review",
    "consent_id": "consent", "appointment_id": "appointment", "transmission_id": "transmission",
}  # fmt: skip


def restrict(file: EncryptedFile, who: Who, household_id: str) -> str:
    new = NewRestriction(household_id, RestrictionReason.ACCURACY, DAY)
    return service.set_restriction(file, who, new)[0]


@pytest.fixture(scope="module")
def rich_folder(
    blank_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str, dict[str, Any]]:
    """A file with a household that has something of nearly everything, and the ids of its rows."""
    folder = tmp_path_factory.mktemp("rich") / "data"
    shutil.copytree(blank_folder, folder)
    from caseworker_app.kernel.clock import FixedClock

    with EncryptedFile.open(folder, KEY, FixedClock(NOW)) as file:
        who = team.owner(file)
        rich = rich_household.build(file, who)
        ids: dict[str, Any] = {}
        with file.reading() as connection:
            for name, table in _ROWS.items():
                row = connection.exec_driver_sql(
                    f"SELECT id FROM {table} WHERE household_id = ? ORDER BY id DESC LIMIT 1",
                    (rich.household_id,),
                ).first()
                ids[name] = row[0] if row else "0" * 32
        ids["changeset_id"] = _last_changeset(file)
    return folder, rich.household_id, ids


def _last_changeset(file: EncryptedFile) -> str:
    with file.reading() as connection:
        return str(
            connection.exec_driver_sql("SELECT id FROM changeset ORDER BY number DESC LIMIT 1").scalar()
        )


def _traces(file: EncryptedFile, household_id: str) -> tuple[int, int]:
    """Return how many changes the household has in tables that do not stay open, and how often something went out."""
    closed = [name for name, declared in declared_tables().items() if not declared.kept_open]
    marks = ", ".join("?" * len(closed))
    file.keep_accesses()
    with file.reading() as connection:
        changes = connection.exec_driver_sql(
            f"SELECT count(*) FROM change WHERE household_id = ? AND table_name IN ({marks})",
            (household_id, *closed),
        ).scalar_one()
        out = connection.exec_driver_sql(
            "SELECT count(*) FROM access_line WHERE household_id = ? AND kind IN ('printed', 'exported')",
            (household_id,),
        ).scalar_one()
    return changes, out


def _tries(key: str, file: EncryptedFile, who: Who, household_id: str, ids: dict[str, Any], out: Path) -> str:
    """Call a service on the household with real ids; return the sentence of a refusal."""
    function = CHECKED[key]
    places = dict.fromkeys(("path", "out", "target"), out / "document.pdf") | {"out_dir": out}
    named = {
        "file": file, "who": who, "household_id": household_id, "household_ids": [household_id],
        "kept_id": household_id,
        "worker_id": who.worker_id, "expected_version": None, "renderers": renderers(), "title": "Payer le loyer",
        "kind_code": "dossier-suivi", "day": DAY, **ids, **places,
    }  # fmt: skip
    if key == "directory.print_households":
        named["render"] = renderers().follow_up
    makes = Makes(named)
    try:
        if "connection" in hints_of(function):
            with file.reading() as connection:
                _call(function, makes.arguments(function, {"who": who, "connection": connection}))
        else:
            _call(function, makes.arguments(function, {"who": who}))
    except CaseworkerError as error:
        return error.sentence
    return ""


TRIED = sorted(set(CHECKED) - _APART)
# Rooms that write of several households at once: the file is made, and the one under restriction is not in it.
_OF_SEVERAL = frozenset({"agenda", "directory", "veille"})
_OF_NOBODY = frozenset({"referrals.write_blank_sheet", "measures.export_figures", "measures.print_figures"})


def _names(path: Path, household_id: str, file: EncryptedFile) -> bool:
    """Say whether a file holds the last name of somebody of a household."""
    with file.reading() as connection:
        held = connection.exec_driver_sql(
            "SELECT last_name FROM household_member WHERE household_id = ?", (household_id,)
        ).scalars()
        names = [name.casefold() for name in held if name]
    assert names
    said = _text_of(path).casefold()
    return any(name in said for name in names)


def _text_of(path: Path) -> str:
    """Return the words of a file, by what it is rather than by its name."""
    content = path.read_bytes()
    if content.startswith(b"%PDF-"):
        return " ".join(page.extract_text() for page in PdfReader(path).pages)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as sheet:
            content = b" ".join(sheet.read(name) for name in sheet.namelist())
    return content.decode("utf-8", "ignore")


def test_no_service_changes_a_restricted_household_nor_takes_anything_of_it_out(rich_folder, tmp_path, clock):
    folder, household_id, ids = rich_folder
    shutil.copytree(folder, tmp_path / "data")
    with EncryptedFile.open(tmp_path / "data", KEY, clock) as file:
        who = team.owner(file)
        restrict(file, who, household_id)
        before = _traces(file, household_id)
        for key in TRIED:
            out = tmp_path / "out" / key
            out.mkdir(parents=True)
            if key.startswith("rights."):  # the person's own rights go on: tried by tests of their own
                continue
            _tries(key, file, who, household_id, ids, out)
            assert _traces(file, household_id) == before, f"{key} wrote or printed under restriction"
            left = [path for path in out.rglob("*") if path.is_file()]
            if key.split(".")[0] in _OF_SEVERAL or key in _OF_NOBODY:
                assert not any(_names(path, household_id, file) for path in left), f"{key} names it"
            else:
                assert left == [], f"{key} left files under restriction"


def test_the_same_calls_do_change_and_print_without_restriction(rich_folder, tmp_path, clock):
    """Were the calls above refused for another reason, they would prove nothing."""
    folder, household_id, ids = rich_folder
    reached = set()
    for key in TRIED:
        if key.startswith("rights.") or "connection" in hints_of(CHECKED[key]):
            continue
        data, out = tmp_path / "data" / key, tmp_path / "out" / key
        shutil.copytree(folder, data)
        out.mkdir(parents=True)
        with EncryptedFile.open(data, KEY, clock) as file:
            before = _traces(file, household_id)
            _tries(key, file, team.owner(file), household_id, ids, out)
            if _traces(file, household_id) != before:
                reached.add(key)
        shutil.rmtree(data)
    assert len(reached) >= 30, sorted(reached)
    assert {"handover.print_document", "goals.complete_step", "households.set_visit_instructions"} <= reached


load_stores()
CLOSED = sorted(n for n, d in declared_tables().items() if d.household is not None and not d.kept_open)


def _row(name: str, household_id: str) -> dict[str, Any]:
    declared = declared_tables()[name]
    row: dict[str, Any] = {}
    for column in declared.table.columns:
        if column.name in ("id", "version") or column.nullable:
            continue
        kind = column.type
        value: Any = "mot"
        if isinstance(kind, Boolean | Integer):
            value = 1
        elif isinstance(kind, Date):
            value = DAY
        elif isinstance(kind, Moment):
            value = "2026-11-24T10:00"
        row[str(column.name)] = value
    return {**row, declared.household or "": household_id}


def test_the_tables_are_known_when_the_tests_are_collected():
    assert len(CLOSED) > 20
    open_ones = {n for n, d in declared_tables().items() if d.kept_open}
    assert open_ones == {
        "rights_request", "rights_correction", "processing_restriction", "data_disclosure", "transmission",
    }  # fmt: skip


def _work(file: EncryptedFile, who: Who, name: str, work: str, row_id: str, household_id: str) -> None:
    table, kept = metadata.tables[name], ("id", "version", declared_tables()[name].household)
    with file.unit_of_work(who.worker_id, "try") as uow:
        if work == "insert" and name != "household":
            uow.insert(table, _row(name, household_id))
        elif work == "delete":
            uow.delete(table, row_id)
        else:
            column = next(str(c.name) for c in table.columns if c.name not in kept)
            uow.update(table, row_id, {column: "autre"})


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(name=st.sampled_from(CLOSED), work=st.sampled_from(["insert", "update", "delete"]))
def test_whatever_the_table_the_unit_of_work_refuses(rich_folder, tmp_path_factory, clock, name, work):
    folder, household_id, _ = rich_folder
    data = tmp_path_factory.mktemp("tried") / "data"
    shutil.copytree(folder, data)
    table = metadata.tables[name]
    with EncryptedFile.open(data, KEY, clock) as file:
        who = team.owner(file)
        row_id = household_id
        if name != "household":
            with file.unit_of_work(who.worker_id, "plant") as uow:
                row_id = uow.insert(table, _row(name, household_id))
        restrict(file, who, household_id)
        before = _traces(file, household_id)
        with pytest.raises(Restricted):
            _work(file, who, name, work, row_id, household_id)
        assert _traces(file, household_id) == before
    shutil.rmtree(data)


def test_rows_cannot_be_moved_into_a_restricted_household(file, who, household):
    other = households.create_household(file, who, NewHousehold((NewMember("Bassoua", "Ilan"),)))[0]
    restrict(file, who, household)
    with file.reading() as connection:
        (member,) = households.open_household(connection, who, other).members
    with pytest.raises(Restricted), file.unit_of_work(who.worker_id, "move") as uow:
        uow.update(metadata.tables["household_member"], member.id, {"household_id": household})
    from caseworker_app.features.dossier.domain.merging import MergeChoices

    with pytest.raises(Restricted):
        dossier.merge_households(file, who, other, household, MergeChoices())


def test_it_is_read_asked_about_and_lifted_once_the_person_was_told(file, who, household, tmp_path):
    restriction_id = restrict(file, who, household)
    with pytest.raises(InvalidEntry, match="déjà limité"):
        restrict(file, who, household)
    with file.reading() as connection:
        assert dossier.open_dossier(connection, who, household, DAY).people.household.id == household
        running = service.restriction_of(connection, who, household)
    assert running is not None
    assert running.words(DAY) == "depuis le 24/11/2026, exactitude contestée, le temps de vérifier"
    service.record_request(
        file, who, NewRequest(household, RequestKind.ACCESS, DAY, asked_by="Maître Tavernel")
    )
    with pytest.raises(Restricted) as refused:
        households.set_visit_instructions(file, who, household, "Interphone 7")
    assert "onglet Droits" in refused.value.sentence
    with pytest.raises(Restricted):
        print_document(file, who, "dossier-suivi", household, tmp_path / "a.pdf", renderers())
    assert not (tmp_path / "a.pdf").exists()
    for day in (date(2026, 11, 23), date(2026, 11, 25)):
        with pytest.raises(InvalidEntry, match="prévenue"):
            service.lift_restriction(file, who, restriction_id, day)
    service.lift_restriction(file, who, restriction_id, DAY)
    with pytest.raises(InvalidEntry, match="déjà levée"):
        service.lift_restriction(file, who, restriction_id, DAY)
    households.set_visit_instructions(file, who, household, "Interphone 7")
    print_document(file, who, "dossier-suivi", household, tmp_path / "a.pdf", renderers())
    assert (tmp_path / "a.pdf").stat().st_size > 0


def test_it_holds_after_the_file_was_closed_and_undoing_it_lifts_it(file, who, household, tmp_path, clock):
    restrict(file, who, household)
    file.close()
    with EncryptedFile.open(file.folder, KEY, clock) as again:
        assert again.accesses.kept_inside == {household}
        with pytest.raises(Restricted):
            print_document(again, who, "synthese", household, tmp_path / "a.pdf", renderers())
        assert dossier.take_back_last(again, who)[0] == "traitement limité"
        assert again.accesses.kept_inside == frozenset()
        print_document(again, who, "synthese", household, tmp_path / "a.pdf", renderers())


def test_what_was_written_before_is_not_undone_under_restriction(file, who, household):
    households.set_visit_instructions(file, who, household, "Interphone 7")
    with file.reading() as connection:
        (change, *_) = dossier.undoable_changes(connection, who, household)
    restrict(file, who, household)
    with pytest.raises(Restricted):
        dossier.undo_change(file, who, change.changeset_id)


def test_lists_leave_it_out(file, who, household, tmp_path):
    other = households.create_household(file, who, NewHousehold((NewMember("Bassoua", "Ilan"),)))[0]
    restrict(file, who, household)
    out = tmp_path / "liste.csv"
    exported, _ = export_households(file, who, [household, other], [ColumnKey.NAME], ExportFormat.CSV, out)
    assert (exported.households, exported.left_out) == (1, 1)
    text = out.read_text(encoding="utf-8-sig")
    assert "Bassoua" in text
    assert "Marchadier" not in text


def test_an_import_leaves_it_as_it_is_and_writes_the_rest(file, who, household, tmp_path):
    restrict(file, who, household)
    path = tmp_path / "liste.csv"
    path.write_text(
        "Nom;Prénom;Date de naissance;Téléphone\nMarchadier;Solène;14/03/1992;06 39 98 99 99\n"
        "Tavernel;Ilario;02/01/1980;06 39 98 88 88\n",
        encoding="utf-8",
    )
    report = import_list(file, who, path, duplicates=OnDuplicate.MERGE)
    assert (report.counts.created, report.counts.merged, report.counts.skipped) == (1, 0, 1)


def test_a_piece_does_not_go_out(file, who, household, tmp_path):
    kept, _ = attachments.keep_file(file, who, pdf(), "courrier.pdf")
    (piece,), _ = attachments.add_attachments(file, who, household, [NewAttachment(kept, usual_form(kept))])
    restrict(file, who, household)
    with pytest.raises(Restricted):
        attachments.export_copy(file, who, piece, tmp_path / "piece.png")
    assert list(tmp_path.glob("piece*")) == []


@pytest.mark.parametrize(
    "new",
    [
        NewRestriction("", RestrictionReason.CLAIM, date(2026, 11, 25)),
        NewRestriction("", RestrictionReason.CLAIM, DAY, until=date(2026, 11, 1)),
    ],
)
def test_days_that_cannot_be_are_refused(file, who, household, new):
    from dataclasses import replace

    with pytest.raises(InvalidEntry):
        service.set_restriction(file, who, replace(new, household_id=household))
