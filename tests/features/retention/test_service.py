"""Who is due, what may be decided of them, and what archiving takes out of the day's work."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.visit import NewAppointment
from caseworker_app.features.directory import service as directory
from caseworker_app.features.directory.domain.filters import ListQuery
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.dossier.domain.header import header_of
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.households.domain.archive import Archived
from caseworker_app.features.retention import service
from caseworker_app.features.retention.domain.delays import Delay
from caseworker_app.features.retention.domain.going import Ended, NotYet, StillFollowed
from caseworker_app.features.retention.domain.standing import ChoiceKind, Contact, State
from caseworker_app.features.retention.service import RetentionQuery
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.search import find_households
from tests.features.retention.conftest import Ground
from tests.ground import KEY, NOW

TODAY = date(2026, 11, 24)
LATER = date(2028, 12, 1)


def standings(file: EncryptedFile, who: Who, day: date = LATER):
    with file.reading() as connection:
        return service.households_due(connection, who, RetentionQuery(), day)


def caseworker(who: Who) -> Who:
    return Who(who.worker_id, who.name, Role.CASEWORKER)


def test_a_household_is_due_two_years_after_the_last_contact(file, who, household) -> None:
    assert standings(file, who, date(2028, 8, 23)).standings == ()
    assert standings(file, who, date(2028, 8, 24)).standings[0].state is State.SOON
    (due,) = standings(file, who, date(2028, 11, 24)).standings
    assert (due.state, due.deadline, due.clock.by) == (State.DUE, date(2028, 11, 24), Contact.OPENING)


def test_an_exchange_moves_the_deadline_and_a_missed_visit_does_not(file, who, household) -> None:
    with file.unit_of_work(who.worker_id, "met") as uow:
        from caseworker_app.features.diary import store

        row = {"household_id": household, "worker_id": who.worker_id, "attendance": "held", "state": "signed",
               "made_on": TODAY}  # fmt: skip
        uow.insert(store.entry, {**row, "kind": "call", "started_at": "2027-02-10T10:00"})
        uow.insert(store.entry, {**row, "kind": "missed_visit", "started_at": "2027-09-10T10:00"})
        uow.insert(store.entry, {**row, "kind": "note", "started_at": "2027-10-10T10:00"})
    (found,) = standings(file, who, date(2029, 3, 1)).standings
    assert (found.deadline, found.clock.by) == (date(2029, 2, 10), Contact.DIARY)


def test_the_association_chooses_its_own_delay_and_the_table_holds_before(file, who, household) -> None:
    with file.reading() as connection:
        shipped = service.delays_now(file, connection, who)
    assert [(each.value, each.own, each.verified) for each in shipped] == [
        (24, False, False), (3, False, False), (30, False, False),
    ]  # fmt: skip
    service.change_delay(file, who, Delay.ACTIVE_MONTHS, 12, "Convention avec le département")
    (found,) = standings(file, who, date(2027, 11, 24)).standings
    assert found.deadline == date(2027, 11, 24)
    for value, reason, field in ((0, "x", "value"), (24, " ", "reason")):
        with pytest.raises(InvalidEntry) as refused:
            service.change_delay(file, who, Delay.ACTIVE_MONTHS, value, reason)
        assert refused.value.field == field


def test_keeping_longer_needs_a_day_to_come_and_a_reason(file, who, household) -> None:
    with pytest.raises(InvalidEntry):
        service.keep_longer(file, who, [household], TODAY, "contentieux")
    service.keep_longer(file, who, [household], date(2029, 6, 30), "Contentieux locatif en cours")
    (kept,) = standings(file, who).standings
    assert (kept.state, kept.deadline, kept.reason) == (
        State.KEPT,
        date(2029, 6, 30),
        "Contentieux locatif en cours",
    )
    assert standings(file, who, date(2029, 6, 30)).standings[0].state is State.DUE
    service.call_off(file, who, [household])
    assert standings(file, who).standings[0].state is State.DUE


def test_an_archived_household_is_out_of_lists_search_and_counts(file, who, household) -> None:
    plain = caseworker(who)
    households.change_note(file, who, household, "Porte-clés égaré au bowling")
    service.archive(file, who, [household], "Deux ans sans nouvelles")
    with file.reading() as connection:
        assert find_households(connection, "marchadier") == []
        assert find_households(connection, "bowling") == []
        assert find_households(connection, "0639981247") == []
        assert directory.count_listed(connection, plain) == 0
        assert directory.page_of_list(connection, plain, TODAY, offset=0, limit=10) == []
        assert directory.find_listing(connection, plain, ListQuery(), TODAY).total == 0
        assert list(households.known_members(connection, plain)) == []
        assert list(households.known_contacts(connection, plain)) == []
        assert list(households.known_addresses(connection, plain)) == []
        assert list(households.references(connection, plain)) == []
        assert households.summaries(connection, plain, [household]) == {}
        for read in (households.open_household, dossier.open_overview):
            arguments = (TODAY,) if read is dossier.open_overview else ()
            with pytest.raises(Archived):
                read(connection, plain, household, *arguments)
        assert households.open_household(connection, who, household).household.archived_on == TODAY
        reference = households.summaries(connection, who, [household])[household].reference
        with pytest.raises(Archived):
            households.find_by_reference(connection, plain, reference)
        assert verify(connection).sound
    assert standings(file, who, TODAY).standings[0].state is State.ARCHIVED


def test_an_archived_household_comes_back_whole(file, who, household) -> None:
    households.change_note(file, who, household, "Porte-clés égaré au bowling")
    service.archive(file, who, [household], "Deux ans sans nouvelles")
    households.change_note(file, who, household, "Porte-clés rendu, patinoire")
    service.take_out_of_archive(file, who, [household])
    with file.reading() as connection:
        assert [hit.household_id for hit in find_households(connection, "marchadier")] == [household]
        assert [hit.household_id for hit in find_households(connection, "patinoire")] == [household]
        assert find_households(connection, "bowling") == []
        assert directory.count_listed(connection, caseworker(who)) == 1
        assert verify(connection).sound
    dossier.take_back_last(file, who)
    with file.reading() as connection:
        assert find_households(connection, "marchadier") == []


def test_appointments_of_archived_households_are_in_no_agenda(file, who, household) -> None:
    at = datetime.combine(date(2026, 12, 1), time(14))
    diary.plan_appointment(file, who, household, NewAppointment(at))
    period = Period(TODAY, LATER)
    with file.reading() as connection:
        assert len(diary.agenda(connection, who, period)) == 1
    service.archive(file, who, [household], "Sans nouvelles")
    with file.reading() as connection:
        assert diary.agenda(connection, who, period) == []


def test_a_household_with_a_running_measure_is_neither_archived_nor_erased(
    file, who, household, drafts
) -> None:
    from caseworker_app.features.measures import store

    row = {"household_id": household, "kind_code": "avdl", "kind_label": "AVDL", "lead_worker_id": who.worker_id,
           "intensity": "light", "visits_per_month": 1, "starts_on": TODAY}  # fmt: skip
    with file.unit_of_work(who.worker_id, "open") as uow:
        uow.insert(store.measure, row)
    for act in (
        lambda: service.archive(file, who, [household], "x"),
        lambda: service.plan_ending(file, who, [household], ChoiceKind.ERASE, "x"),
        lambda: service.erase_at_request(file, who, household, drafts),
    ):
        with pytest.raises(StillFollowed):
            act()


def test_an_erasure_is_planned_called_off_or_carried_out_after_its_delay(
    file, who, household, drafts
) -> None:
    until, _ = service.plan_ending(file, who, [household], ChoiceKind.ERASE, "Deux ans passés")
    assert until == date(2026, 12, 24)
    (planned,) = standings(file, who, TODAY).standings
    assert planned.state is State.PLANNED
    with pytest.raises(NotYet):
        service.carry_out(file, who, [household], drafts)
    service.call_off(file, who, [household])
    with pytest.raises(NotYet):
        service.carry_out(file, who, [household], drafts)
    service.plan_ending(file, who, [household], ChoiceKind.ANONYMISE, "Deux ans passés")
    file.close()
    with EncryptedFile.open(file.folder, KEY, FixedClock(NOW.replace(year=2027))) as later:
        assert service.carry_out(later, who, [household], drafts)[0] == Ended(1, cleaned=True)
        with later.reading() as connection:
            (line,) = service.erasures_made(connection, who)
            assert (line.kind.value, line.households, line.ground.value) == ("anonymised", 1, "retention")
            assert line.backups_until == date(2028, 12, 1)
            assert verify(connection).sound


def test_undoing_what_concerned_an_erased_household_is_refused_with_a_sentence(
    file, who, household, drafts
) -> None:
    with file.reading() as connection:
        made = dossier.undoable_changes(connection, who)[0]
    service.erase_at_request(file, who, household, drafts)
    with pytest.raises(CaseworkerError, match="effacé"):
        dossier.undo_change(file, who, made.changeset_id)
    with pytest.raises(CaseworkerError, match="effacé"):
        dossier.take_back_last(file, who)
    with file.reading() as connection:
        assert all(
            each.obstacle
            for each in dossier.undoable_changes(connection, who)
            if household in each.households
        )


def test_what_goes_is_counted_by_kind_before_anything_goes(ground: Ground) -> None:
    with ground.file.reading() as connection:
        going = service.what_goes(connection, ground.who, [ground.going.household_id], TODAY, ground.drafts)
    kinds = dict(going.kinds)
    assert kinds["personnes"] == 2
    assert kinds["pièces jointes"] == 1
    assert "autres éléments" not in kinds
    assert dict(going.staying)["personnes"] == 2
    assert "pièces jointes" not in dict(going.staying)
    assert going.drafts == 1
    assert going.backups_until == date(2027, 12, 1)


def test_saved_filters_naming_somebody_erased_go_and_others_stay(
    file, who, household, drafts: Drafts
) -> None:
    directory.save_filter(file, who, "Famille Marchadier", ListQuery())
    directory.save_filter(file, who, "Roubaix", ListQuery(words="rue des tisserands"))
    with file.reading() as connection:
        assert service.what_goes(connection, who, [household], TODAY).filters == ("Famille Marchadier",)
    service.erase_at_request(file, who, household, drafts)
    with file.reading() as connection:
        assert [saved.name for saved in directory.list_desk(connection, who).saved] == ["Roubaix"]


def test_the_log_of_accesses_tells_the_erasure_without_a_name(file, who, household, drafts) -> None:
    from caseworker_app.features.accesses import service as accesses
    from caseworker_app.features.accesses.domain import AccessQuery

    service.erase_at_request(file, who, household, drafts)
    file.keep_accesses()
    with file.reading() as connection:
        lines = accesses.accesses(connection, who, AccessQuery(), TODAY).lines
    assert lines[0].title == "Dossier effacé\u00a0: définitivement"
    assert lines[0].household == "dossier supprimé"


def test_erasing_one_of_two_who_share_a_home_leaves_the_home(file, who, drafts) -> None:
    from caseworker_app.features.housing import store

    first, second = (
        households.create_household(file, who, NewHousehold((NewMember(name),)))[0] for name in ("Ane", "Boa")
    )
    with file.unit_of_work(who.worker_id, "settle") as uow:
        home = uow.insert(store.dwelling, {"street": "3 rue du Phare"})
        lease = {"dwelling_id": home, "kind": "direct", "creditor": "landlord", "benefit_paid_to": "landlord"}
        for each in (first, second):
            uow.insert(store.lease, {**lease, "household_id": each})
    for each, homes in ((first, 1), (second, 0)):
        service.erase_at_request(file, who, each, drafts)
        with file.reading() as connection:
            raw = connection.connection.driver_connection
            assert raw.execute("SELECT count(*) FROM dwelling").fetchone()[0] == homes
            assert verify(connection).sound


def test_whoever_may_read_an_archived_file_sees_that_it_is(file, who, household) -> None:
    service.archive(file, who, [household], "Sans nouvelles")
    with file.reading() as connection:
        signs = header_of(dossier.open_overview(connection, who, household, TODAY)).signs
    assert [sign.words for sign in signs] == ["Archivé depuis le 24/11/2026"]
