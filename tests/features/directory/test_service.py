"""The list read from a real file: its pages, its search, what stands beside it."""

from __future__ import annotations

from datetime import date, datetime

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain import Alert, HouseholdForm
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
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile

TODAY = date(2026, 11, 24)


def protected(file: EncryptedFile, who: Who) -> str:
    new = NewHousehold(
        (NewMember("Kabinda", "Ruth"),),
        (NewAddress("3 impasse du Moulin", city="Wattrelos"),),
        (NewContact(ContactKind.PHONE, "06 39 98 77 31", safe=True),),
        protected=True,
    )
    return households.create_household(file, who, new)[0]


def test_a_row_says_what_the_file_says(file: EncryptedFile, who: Who, household: str) -> None:
    measures.open_measure(file, who, NewMeasure(household, "asll", date(2026, 6, 1), date(2026, 12, 15)))
    diary.add_note(
        file,
        who,
        NewEntry(
            household, EntryKind.CALL, datetime.fromisoformat("2026-11-16T09:00"), 8, said="Tout va bien."
        ),
    )
    diary.add_note(
        file,
        who,
        NewEntry(household, EntryKind.NOTE, datetime.fromisoformat("2026-11-20T09:00"), said="Pour mémoire."),
    )
    with file.reading() as connection:
        (row,) = service.page_of_list(connection, who, TODAY, offset=0, limit=64)
    assert (row.title, row.people, row.city) == (
        "Marchadier, Solène",
        "1\u00a0adulte, 1\u00a0enfant",
        "Roubaix",
    )
    assert (row.measure, row.ends_on, row.alert) == ("ASLL", date(2026, 12, 15), Alert.ENDING)
    assert row.last_contact == date(2026, 11, 16)  # a note to oneself is no contact


def test_pages_follow_the_names(file: EncryptedFile, who: Who) -> None:
    for name in ("Émeraude", "Zelmat", "abel", "Ébène"):
        service.add_from_form(file, who, HouseholdForm(name))
    with file.reading() as connection:
        pages = [service.page_of_list(connection, who, TODAY, offset=o, limit=2) for o in (0, 2)]
        assert service.count_listed(connection, who) == 4
    assert [row.title for page in pages for row in page] == ["abel", "Ébène", "Émeraude", "Zelmat"]


def test_a_protected_household_is_masked_in_list_search_and_preview(file: EncryptedFile, who: Who) -> None:
    household = protected(file, who)
    with file.reading() as connection:
        found = service.list_found(connection, who, "impasse moulin", TODAY)
        shown = service.preview(connection, who, household, TODAY)
    (row,) = found.rows
    assert row.protected
    assert row.city is None
    assert row.found is not None
    assert row.found.context == "masqué"
    everything = repr(shown) + repr(row)
    assert not any(secret in everything for secret in ("Moulin", "Wattrelos", "77\u00a031", "7731"))


def test_a_search_says_where_it_found_only_what_the_name_does_not(
    file: EncryptedFile, who: Who, household: str
) -> None:
    with file.reading() as connection:
        by_name = service.list_found(connection, who, "marchadier", TODAY).rows
        by_phone = service.list_found(connection, who, "06 39 98 12", TODAY).rows
        by_child = service.list_found(connection, who, "lila", TODAY).rows
    assert by_name[0].found is None
    assert by_phone[0].found is not None
    assert by_phone[0].found.context == "06\u00a039\u00a098\u00a012\u00a047"
    assert by_child[0].found is not None
    assert (by_child[0].found.label, by_child[0].found.context) == ("Prénom", "Lila")


def test_only_the_first_rows_of_a_search_are_read_at_once(file: EncryptedFile, who: Who) -> None:
    for number in range(20):
        service.add_from_form(file, who, HouseholdForm("Kowal", f"Ana{chr(97 + number)}"))
    with file.reading() as connection:
        found = service.list_found(connection, who, "kowal", TODAY, at_once=16)
        whole = service.list_found(connection, who, "kowal", TODAY)
    assert (len(found.household_ids), len(found.rows), len(whole.rows)) == (20, 16, 20)
    assert [row.id for row in whole.rows] == list(found.household_ids)


def test_the_preview_tells_of_the_last_visit(file: EncryptedFile, who: Who, household: str) -> None:
    visit = NewEntry(
        household,
        EntryKind.HOME_VISIT,
        datetime.fromisoformat("2026-11-17T10:00"),
        40,
        observed="Logement tenu.",
    )
    diary.add_note(file, who, visit)
    with file.reading() as connection:
        shown = service.preview(connection, who, household, TODAY)
    assert (shown.visit_title, shown.visit_text) == ("Dernière visite, 17\u00a0nov.", "Logement tenu.")
    assert shown.caption.startswith("2\u00a0personnes · n°\u00a02026-")
    assert shown.figures == ()
