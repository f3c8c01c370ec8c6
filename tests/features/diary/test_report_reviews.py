"""Entries given to a colleague to read: who may ask and answer, what is settled by it, what never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from caseworker_app.features.diary import service
from caseworker_app.features.diary.domain.entry import IMPORTED, NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.report_review import (
    ReportReview,
    ReviewAction,
    ReviewDecision,
    ReviewState,
    actions_on,
    review_sentence,
)
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed
from caseworker_app.storage import migrate
from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile
from caseworker_app.storage.engine import make_engine
from caseworker_app.storage.search import find_households
from tests.ground import KEY

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 23, 14, 0)  # noqa: DTZ001 - the hour on the office's wall


@pytest.fixture
def chief(file: EncryptedFile, who: Who) -> Who:
    key = team.add_worker(file, who, "Goulven Essai", Role.SUPERVISOR)[0]
    return Who(key, "Goulven Essai", Role.SUPERVISOR)


@pytest.fixture
def entry(file: EncryptedFile, who: Who, household: str) -> str:
    new = NewEntry(household, EntryKind.HOME_VISIT, AT, 55, observed="Logement aéré.")
    return service.add_note(file, who, new)[0]


def reviews(file: EncryptedFile, who: Who, household: str) -> list[ReportReview]:
    with file.reading() as connection:
        return service.report_reviews_of(connection, who, household)


def the_entry(file: EncryptedFile, who: Who, entry: str) -> Any:
    with file.reading() as connection:
        return service.visit(connection, who, entry).entry


def test_it_is_asked_read_and_accepted_and_the_entry_stays_as_it_was(
    file, who, chief, household, entry
) -> None:
    before = the_entry(file, who, entry)
    asked, changes = service.ask_report_review(file, who, entry, chief.worker_id, "Le ton\u00a0?")
    assert (changes.tables, changes.households) == ({"report_review"}, {household})
    service.answer_report_review(file, chief, asked, ReviewDecision.ACCEPTED, "Très clair.")
    (found,) = reviews(file, who, household)
    assert (found.state, found.asked_on, found.decided_on) == (ReviewState.ACCEPTED, TODAY, TODAY)
    assert (found.asked_by, found.reader_id, found.word, found.comment) == (
        who.worker_id, chief.worker_id, "Le ton\u00a0?", "Très clair.",
    )  # fmt: skip
    assert the_entry(file, who, entry) == before
    names = {chief.worker_id: chief.name, who.worker_id: who.name}
    assert review_sentence(found, names) == "Relu et accepté, par Goulven Essai le 24/11/2026"
    assert review_sentence(found, names, chief.worker_id) == "Relu et accepté, par vous le 24/11/2026"


def test_what_is_sent_back_says_why_and_is_settled_by_asking_again_or_putting_away(
    file, who, chief, household, entry
) -> None:
    first = service.ask_report_review(file, who, entry, chief.worker_id)[0]
    with pytest.raises(InvalidEntry, match="à reprendre") as refused:
        service.answer_report_review(file, chief, first, ReviewDecision.TO_CORRECT, "  ")
    assert refused.value.field == "comment"
    service.answer_report_review(file, chief, first, ReviewDecision.TO_CORRECT, "Qui était là\u00a0?")
    with pytest.raises(InvalidEntry, match="déjà reçu une réponse"):
        service.answer_report_review(file, chief, first, ReviewDecision.ACCEPTED)
    service.add_addition(file, who, entry, "Madame seule.")
    second = service.ask_report_review(file, who, entry, chief.worker_id)[0]
    assert [each.state for each in reviews(file, who, household)] == [ReviewState.PUT_AWAY, ReviewState.ASKED]
    service.answer_report_review(file, chief, second, ReviewDecision.TO_CORRECT, "L’heure\u00a0?")
    with pytest.raises(NotAllowed):
        service.put_away_report_review(file, chief, second)
    service.put_away_report_review(file, who, second)
    assert [each.state for each in reviews(file, who, household)] == [ReviewState.PUT_AWAY] * 2
    with pytest.raises(InvalidEntry, match="Rien n’est à reprendre"):
        service.put_away_report_review(file, who, second)


def test_one_waits_at_a_time_and_may_be_withdrawn_until_it_is_answered(
    file, who, chief, household, entry
) -> None:
    asked = service.ask_report_review(file, who, entry, chief.worker_id)[0]
    with pytest.raises(InvalidEntry, match="déjà demandée"):
        service.ask_report_review(file, who, entry, chief.worker_id)
    with pytest.raises(NotAllowed):
        service.withdraw_report_review(file, chief, asked)
    service.withdraw_report_review(file, who, asked)
    assert reviews(file, who, household) == []
    again = service.ask_report_review(file, who, entry, chief.worker_id)[0]
    service.answer_report_review(file, chief, again, ReviewDecision.ACCEPTED)
    with pytest.raises(InvalidEntry, match="déjà reçu une réponse"):
        service.withdraw_report_review(file, who, again)


def test_only_its_author_asks_only_whoever_may_change_dossiers_and_only_the_one_asked_answers(
    file, who, chief, household, entry
) -> None:
    volunteer = team.add_worker(file, who, "Yvette Essai", Role.VOLUNTEER)[0]
    gone = team.add_worker(file, who, "Paul Essai", Role.CASEWORKER)[0]
    team.set_worker_active(file, who, gone, active=False)
    for nobody in (who.worker_id, volunteer, gone, "0" * 32):
        with pytest.raises(InvalidEntry) as refused:
            service.ask_report_review(file, who, entry, nobody)
        assert refused.value.field == "reader_id"
    with pytest.raises(NotAllowed, match="a écrit"):
        service.ask_report_review(file, chief, entry, who.worker_id)
    with pytest.raises(NotAllowed):
        service.ask_report_review(
            file, Who(volunteer, "Yvette Essai", Role.VOLUNTEER), entry, chief.worker_id
        )
    asked = service.ask_report_review(file, who, entry, chief.worker_id)[0]
    with pytest.raises(NotAllowed, match="quelqu’un d’autre"):
        service.answer_report_review(file, who, asked, ReviewDecision.ACCEPTED)
    assert reviews(file, who, household)[0].state is ReviewState.ASKED


def test_the_last_one_asked_is_proposed(file, who, chief, household, entry) -> None:
    other = team.add_worker(file, who, "Alix Essai", Role.CASEWORKER)[0]
    with file.reading() as connection:
        offered = service.report_readers(connection, who)
    assert (list(offered.names.values()), offered.proposed) == (["Alix Essai", "Goulven Essai"], None)
    service.ask_report_review(file, who, entry, chief.worker_id)
    with file.reading() as connection:
        assert service.report_readers(connection, who).proposed == chief.worker_id
    team.set_worker_active(file, who, chief.worker_id, active=False)
    with file.reading() as connection:
        offered = service.report_readers(connection, who)
    assert (list(offered.names), offered.proposed) == ([other], None)


def test_a_note_that_was_imported_and_an_addition_are_not_given_to_read(
    file, who, chief, household, entry
) -> None:
    brought = service.add_note(
        file, who, NewEntry(household, EntryKind.NOTE, AT, purpose=IMPORTED, observed="Ancien.")
    )[0]
    added = service.add_addition(file, who, entry, "Un mot.")[0]
    for each in (brought, added):
        with pytest.raises(InvalidEntry, match="ne se donne pas"):
            service.ask_report_review(file, who, each, chief.worker_id)
        assert actions_on(the_entry(file, who, each), None, who.worker_id) == ()


def test_what_may_be_done_follows_from_who_one_is_and_where_it_stands(
    file, who, chief, household, entry
) -> None:
    written = the_entry(file, who, entry)
    me, reader, other = who.worker_id, chief.worker_id, "other"
    service.ask_report_review(file, who, entry, reader)
    (asked,) = reviews(file, who, household)
    back = replace(asked, decision=ReviewDecision.TO_CORRECT, decided_on=TODAY)
    accepted = replace(asked, decision=ReviewDecision.ACCEPTED, decided_on=TODAY)
    may = {
        (None, me): (ReviewAction.ASK,), (None, reader): (),
        (asked, me): (ReviewAction.WITHDRAW,), (asked, reader): (ReviewAction.ANSWER,), (asked, other): (),
        (back, me): (ReviewAction.ASK, ReviewAction.PUT_AWAY), (back, reader): (),
        (accepted, me): (ReviewAction.ASK,), (accepted, reader): (),
    }  # fmt: skip
    assert {key: actions_on(written, *key) for key in may} == may


def test_it_is_told_in_the_history_found_by_its_words_and_taken_back(
    file, who, chief, household, entry
) -> None:
    service.ask_report_review(file, who, entry, chief.worker_id, "Regarde la cafetière")
    with file.reading() as connection:
        line = dossier.history_of(connection, who, household)[0]
        assert [hit.household_id for hit in find_households(connection, "cafetière")] == [household]
    assert line.action == "relecture demandée"
    told = {change.label: change.after for thing in line.changes for change in thing.fields}
    assert told["à relire par"] == "Goulven Essai"
    assert told["mot joint"] == "Regarde la cafetière"
    assert dossier.take_back_last(file, who)[0] == "relecture demandée"
    assert reviews(file, who, household) == []


def test_it_follows_its_entry_into_the_dossier_that_stays(file, who, chief, household, entry) -> None:
    from caseworker_app.features.dossier.domain.merging import MergeChoices

    asked = service.ask_report_review(file, who, entry, chief.worker_id)[0]
    kept = households.create_household(file, who, NewHousehold((NewMember("Bassoua", "Ilan"),)))[0]
    dossier.merge_households(file, who, kept, household, MergeChoices())
    assert [(each.id, each.household_id) for each in reviews(file, who, kept)] == [(asked, kept)]


def test_a_file_of_before_has_none_and_takes_some_once_brought_up(file, who, chief, household, entry) -> None:
    service.ask_report_review(file, who, entry, chief.worker_id, "Avant")
    file.close()
    engine = make_engine(file.folder / FILE_NAME, KEY, writable=True)
    migrate.downgrade(engine, "0033")
    with engine.begin() as connection:
        names = set(connection.exec_driver_sql("SELECT name FROM sqlite_schema").scalars())
        assert "report_review" not in names
        assert connection.exec_driver_sql("SELECT count(*) FROM diary_entry").scalar() == 1
    migrate.upgrade(engine)
    engine.dispose()
    with EncryptedFile.open(file.folder, KEY) as again:
        assert reviews(again, who, household) == []
        asked = service.ask_report_review(again, who, entry, chief.worker_id, "Après")[0]
        assert [(each.id, each.word) for each in reviews(again, who, household)] == [(asked, "Après")]
