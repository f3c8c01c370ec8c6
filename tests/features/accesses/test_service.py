"""The log of accesses as it is read: who did what, found by person, household, kind and period; refusals too."""

from __future__ import annotations

import pickle
from datetime import timedelta
from pathlib import Path

import pytest

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.accesses.domain import (
    KIND_LABELS,
    PAGE,
    UNKNOWN_HOUSEHOLD,
    AccessQuery,
    Span,
    detail_words,
    since,
)
from caseworker_app.features.accesses.service import accesses, accesses_of_household
from caseworker_app.features.directory import service as directory
from caseworker_app.features.directory.domain.columns import DEFAULT_COLUMNS
from caseworker_app.features.directory.domain.export import ExportFormat
from caseworker_app.features.directory.service.exporting import export_households
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.handover.domain import kinds
from caseworker_app.features.handover.domain.follow_up_material import PrintMark
from caseworker_app.features.handover.domain.follow_up_sections import COMPLETE
from caseworker_app.features.handover.domain.kinds import SYNTHESIS_PAGE
from caseworker_app.features.handover.service.follow_up import follow_up_material
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.team import service as team
from caseworker_app.features.team import store as team_store
from caseworker_app.features.team.domain import Right, Role, Who
from caseworker_app.kernel.clock import FixedClock, today
from caseworker_app.kernel.errors import NotAllowed
from caseworker_app.storage.access_log import AccessKind, broken_accesses
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.ground import NOW

EVERYTHING = AccessQuery(span=Span.ALL)


def told(file: EncryptedFile, who: Who, query: AccessQuery = EVERYTHING) -> list[tuple[AccessKind, str, str]]:
    file.keep_accesses()
    with file.reading() as connection:
        page = accesses(connection, who, query, today(file.clock))
    return [(line.kind, line.household.partition(" (")[0], line.detail) for line in page.lines]


def open_it(file: EncryptedFile, who: Who, household: str) -> None:
    with file.reading() as connection:
        dossier.open_overview(connection, who, household, today(file.clock))


def test_reading_printing_exporting_leave_lines_in_words(
    file: EncryptedFile, who: Who, household: str, tmp_path: Path
) -> None:
    open_it(file, who, household)
    open_it(file, who, household)
    print_document(file, who, SYNTHESIS_PAGE.code, household, tmp_path / "s.pdf", renderers())
    export_households(file, who, [household], DEFAULT_COLUMNS, ExportFormat.CSV, tmp_path / "l.csv")
    with file.reading() as connection:
        directory.search(connection, who, "marchadier")
    assert told(file, who) == [
        (AccessKind.EXPORTED, "", "liste de 1\u00a0ménage (csv)"),
        (AccessKind.PRINTED, "Mme\u00a0Solène Marchadier", "dossier de suivi, synthèse d’une page"),
        (AccessKind.OPENED, "Mme\u00a0Solène Marchadier", ""),
    ]


def test_every_kind_of_document_is_told_by_its_title(file: EncryptedFile, who: Who, household: str) -> None:
    """In the log, in the history and in the follow-up file: whatever kind is added must be named in all three."""
    declared = {each for each in vars(kinds).values() if isinstance(each, kinds.DocumentKind)}
    assert declared == set(kinds.EVERY_KIND)
    mark = PrintMark("", NOW, who.name)
    with file.reading() as connection:
        titles = follow_up_material(connection, who, household, mark=mark, preset=COMPLETE).kind_titles
    for each in declared:
        assert detail_words(AccessKind.PRINTED, each.code) not in ("", each.code)
        assert kinds.kind_of(each.code) is each
        assert titles[each.code] == each.title


def test_a_refusal_is_told_and_words_searched_never_are(
    file: EncryptedFile, who: Who, household: str
) -> None:
    with file.unit_of_work(who.worker_id, "change_worker") as uow:
        uow.update(team_store.worker, who.worker_id, {"role": Role.COORDINATOR})
    barred = team.owner(file)
    with pytest.raises(NotAllowed), file.reading() as connection:
        directory.search(connection, barred, "marchadier")
    assert told(file, who) == [(AccessKind.REFUSED, "", "lire les dossiers")]
    with pytest.raises(NotAllowed):
        told(file, barred)
    file.close()
    assert b"marchadier" not in (file.folder / "passerelle.db").read_bytes()


def test_only_a_supervisor_reads_the_log(file: EncryptedFile, who: Who, household: str) -> None:
    for role in Role:
        acting = Who(who.worker_id, who.name, role)
        assert acting.may(Right.READ_ACCESSES) is (role is Role.SUPERVISOR)
        if acting.may(Right.READ_FILES):
            with file.reading() as connection:
                readers = dossier.readers_of(connection, acting, household)
            assert (readers is None) is (role is not Role.SUPERVISOR)


def test_who_hears_of_refusals_stays_in_this_process(file: EncryptedFile, who: Who) -> None:
    assert who.refused is not None
    travelled = pickle.loads(pickle.dumps(who))
    assert travelled == who
    assert travelled.refused is None


def test_filters_by_person_household_kind_and_period(
    file: EncryptedFile, who: Who, household: str, clock: FixedClock
) -> None:
    open_it(file, who, household)
    colleague = Who("c" * 32, "Ivo Tassart", Role.CASEWORKER)
    open_it(file, colleague, household)
    clock.instant += timedelta(days=40)
    file.accesses.note(who.worker_id, AccessKind.UNLOCKED)
    assert len(told(file, who)) == 3
    assert len(told(file, who, AccessQuery(worker_id=who.worker_id, span=Span.ALL))) == 2
    assert len(told(file, who, AccessQuery(household_words="marchad", span=Span.ALL))) == 2
    assert told(file, who, AccessQuery(household_words="zzzzzz", span=Span.ALL)) == []
    assert told(file, who, AccessQuery(kind=AccessKind.UNLOCKED)) == [(AccessKind.UNLOCKED, "", "")]
    assert len(told(file, who, AccessQuery(span=Span.TODAY))) == 1


def test_the_readers_of_one_household_and_of_one_that_is_gone(
    file: EncryptedFile, who: Who, household: str
) -> None:
    open_it(file, who, household)
    file.accesses.note(who.worker_id, AccessKind.PRINTED, "d" * 32, "synthese")
    file.keep_accesses()
    with file.reading() as connection:
        own = accesses_of_household(connection, who, household)
        gone = accesses_of_household(connection, who, "d" * 32)
        page = dossier.readers_of(connection, who, household)
    assert [line.kind for line in own.lines] == [AccessKind.OPENED]
    assert own == page
    assert gone.lines[0].household == UNKNOWN_HOUSEHOLD


def test_a_long_log_is_read_page_by_page(file: EncryptedFile, who: Who) -> None:
    for _ in range(PAGE + 7):
        file.accesses.note(who.worker_id, AccessKind.PRINTED, None, "synthese")
    file.keep_accesses()
    with file.reading() as connection:
        first = accesses(connection, who, EVERYTHING, today(file.clock))
        oldest = AccessQuery(span=Span.ALL, before=first.lines[-1].number)
        rest = accesses(connection, who, oldest, today(file.clock))
        assert broken_accesses(connection) == []
    assert (len(first.lines), first.more, len(rest.lines), rest.more) == (PAGE, True, 7, False)


def test_every_kind_and_code_has_french_words() -> None:
    assert set(KIND_LABELS) == set(AccessKind)
    for right in Right:
        assert detail_words(AccessKind.REFUSED, right.value) != right.value
    assert detail_words(AccessKind.EXPORTED, "xlsx:1200") == "liste de 1\u202f200\u00a0ménages (xlsx)"
    assert detail_words(AccessKind.PRINTED, "journal").startswith("dossier de suivi, journal")
    assert all(since(span, NOW.date()) is not None for span in Span if span is not Span.ALL)
