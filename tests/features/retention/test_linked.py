"""Households merged, parted, or that lose one person: what goes and what stays others'."""

from __future__ import annotations

import pytest

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import NewAttachment, usual_form
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.dossier.domain.merging import MergeChoices
from caseworker_app.features.dossier.domain.splitting import SplitChoices
from caseworker_app.features.households import service as households
from caseworker_app.features.households import store
from caseworker_app.features.households.domain import NewContact, NewHousehold, NewMember
from caseworker_app.features.households.domain.household import ContactKind
from caseworker_app.features.households.service.retention import OF_THE_PERSON
from caseworker_app.features.intake.store import import_run
from caseworker_app.features.retention import service
from caseworker_app.features.retention.domain.going import ImportUnderWay
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.changesets import broken_links
from caseworker_app.storage.declarations import references_to
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import replay_into, snapshot
from tests.features.retention.conftest import Ground
from tests.ground import KEY


def replays(file: EncryptedFile, folder) -> bool:
    folder.mkdir()
    with EncryptedFile.create(folder, KEY) as copy, file.reading() as source:
        assert broken_links(source) == []
        assert verify(source).whole
        replay_into(source, copy)
        with copy.reading() as replayed:
            return snapshot(replayed) == snapshot(source)


def test_a_household_that_absorbed_another_goes_with_it(ground: Ground, tmp_path) -> None:
    kept, absorbed = ground.going.household_id, ground.staying.household_id
    dossier.merge_households(ground.file, ground.who, kept, absorbed, MergeChoices())
    service.erase_at_request(ground.file, ground.who, kept, ground.drafts)
    everything = ground.going.every | ground.staying.every
    assert ground.in_file(everything) == set()
    assert ground.in_drafts(everything) == set()
    assert replays(ground.file, tmp_path / "copy")


def test_a_merge_undone_leaves_the_other_whole(ground: Ground, tmp_path) -> None:
    kept, absorbed = ground.going.household_id, ground.staying.household_id
    with ground.file.reading() as connection:
        before = snapshot(connection)
    dossier.merge_households(ground.file, ground.who, kept, absorbed, MergeChoices())
    dossier.take_back_last(ground.file, ground.who)
    service.erase_at_request(ground.file, ground.who, kept, ground.drafts)
    assert ground.in_file(ground.going.every) == set()
    assert replays(ground.file, tmp_path / "copy")
    with ground.file.reading() as connection:
        after = snapshot(connection)
    for table, rows in after.items():
        own = [row[0] for row in before[table] if absorbed in row]
        assert {row[0] for row in rows} >= set(own), table


def family(file, who, *names: str) -> str:
    return households.create_household(file, who, NewHousehold(tuple(NewMember(*n.split()) for n in names)))[
        0
    ]


def members(file, household_id: str) -> list[str]:
    with file.reading() as connection:
        return [each.id for each in store.everyone_of(connection, household_id)]


@pytest.mark.parametrize("leaver_goes", [True, False])
def test_parted_households_are_erased_one_without_the_other(
    ground: Ground, leaver_goes: bool, tmp_path
) -> None:
    file, who = ground.file, ground.who
    first = family(file, who, "Zzanemorqux Wlodrexta", "Bbrinquolde Fquostrimza")
    leaving = members(file, first)[1]
    report, _ = dossier.split_household(file, who, first, SplitChoices((leaving,), leaving))
    gone, stays = (report.household_id, first) if leaver_goes else (first, report.household_id)
    service.erase_at_request(file, who, gone, ground.drafts)
    own = {"Zzanemorqux", "Wlodrexta"}, {"Bbrinquolde", "Fquostrimza"}
    lost, left = (own[1], own[0]) if leaver_goes else own
    assert ground.in_file({word.lower() for word in lost}) == set()
    assert ground.in_file({word.lower() for word in left}) == {word.lower() for word in left}
    with file.reading() as connection:
        assert households.open_household(connection, who, stays).members
    assert replays(file, tmp_path / "copy")


def test_one_person_is_erased_with_what_is_theirs(ground: Ground, tmp_path) -> None:
    file, who = ground.file, ground.who
    household = family(file, who, "Zzanemorqux Wlodrexta", "Bbrinquolde Fquostrimza")
    person = members(file, household)[1]
    phone = NewContact(ContactKind.EMAIL, "vrolmixtana@courriel.example", member_id=person)
    households.add_contact(file, who, household, phone)
    households.change_note(file, who, household, "Vu avec Fquostrimza, rappeler")
    done, _ = service.erase_member(file, who, person, ground.drafts)
    assert done.citing == 1
    households.change_note(file, who, household, "")
    assert ground.in_file({"bbrinquolde", "vrolmixtana"}) == set()
    with file.reading() as connection:
        left = households.open_household(connection, who, household)
        assert [each.last_name for each in left.members] == ["Zzanemorqux"]
        assert left.household.name == "Wlodrexta Zzanemorqux"
    assert replays(file, tmp_path / "copy")


def test_the_reference_person_is_not_erased_alone(file, who, household, drafts) -> None:
    with pytest.raises(InvalidEntry):
        service.erase_member(file, who, members(file, household)[0], drafts)


def test_every_table_that_points_to_a_person_says_whose_its_rows_are() -> None:
    """A new one: is its row the person's own, erased with them, or the household's, kept without the pointer?"""
    pointing = {table for table, _ in references_to("household_member")}
    assert pointing == {*OF_THE_PERSON, "budget_line", "rights_request", "data_disclosure"}


def test_contents_nobody_else_has_are_gone_at_once(file, who, household, drafts) -> None:
    other = family(file, who, "Ane Boa")
    for content, holders in ((b"un seul", [household]), (b"les deux", [household, other])):
        kept, _ = attachments.keep_file(file, who, content, "papier.txt")
        for each in holders:
            attachments.add_attachments(file, who, each, [NewAttachment(kept, usual_form(kept))])
    assert len(list(file.contents.folder.iterdir())) == 2
    service.erase_at_request(file, who, household, drafts)
    assert len(list(file.contents.folder.iterdir())) == 1
    with file.reading() as connection:
        (left,) = attachments.attachments_of(connection, who, other)
    assert attachments.content_of(file, who, left.id)[1] == b"les deux"


RUN = {
    "kind": "household_list", "file_name": "liste.csv", "file_hash": "ab", "duplicates": "skip",
    "started_at": "2026-11-24T13:00:00Z", "day": "2026-11-24", "decisions": '{"skip":[],"merge":[]}',
    "choices": '{"corrections":[[3,"last_name","qvortimelza"]]}', "rows": 1, "done_row": 1, "created": 1,
    "merged": 0, "skipped": 0, "in_error": 0,
}  # fmt: skip


def test_what_a_finished_import_kept_of_its_cells_goes_and_the_import_stays(ground: Ground, tmp_path) -> None:
    with ground.file.unit_of_work(ground.who.worker_id, "run") as uow:
        run = uow.insert(import_run, {**RUN, "state": "running"})
    with pytest.raises(ImportUnderWay):
        service.erase_at_request(ground.file, ground.who, ground.going.household_id, ground.drafts)
    with ground.file.unit_of_work(ground.who.worker_id, "run") as uow:
        uow.update(import_run, run, {"state": "done"})
    service.erase_at_request(ground.file, ground.who, ground.going.household_id, ground.drafts)
    assert ground.in_file({"qvortimelza"}) == set()
    with ground.file.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw.execute("SELECT file_name, state, choices FROM import_run").fetchall() == [
            ("liste.csv", "done", "")
        ]
    assert replays(ground.file, tmp_path / "copy")


def test_an_import_is_undone_although_one_of_its_households_was_erased(file, who, drafts) -> None:
    from caseworker_app.storage.undo import undo_import

    with file.unit_of_work(who.worker_id, "import_batch", tag="t") as uow:
        ids = [households.add_household(uow, NewHousehold((NewMember(name),))) for name in ("Ane", "Boa")]
    service.erase_at_request(file, who, ids[0], drafts)
    undo_import(file, who.worker_id, "t")
    with file.reading() as connection:
        assert households.count_households(connection, who) == 0
        assert verify(connection).sound
