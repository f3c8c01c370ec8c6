"""Saved filters, the opening one and the columns: kept in the encrypted file, per worker, taken back at once."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain.columns import DEFAULT_COLUMNS, ColumnKey, checked_columns
from caseworker_app.features.directory.domain.filters import (
    FIXED_VALUES,
    YES,
    FilterKind,
    ListFilter,
    ListQuery,
    Sort,
)
from caseworker_app.features.directory.domain.saved import (
    EVERYBODY,
    MAX_SAVED,
    MINE,
    ListDesk,
    built_in_query,
    query_from_text,
    query_to_text,
)
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from caseworker_app.storage.encrypted_file import EncryptedFile

QUERY = ListQuery((ListFilter(FilterKind.END, ("60",)),), sort=Sort(ColumnKey.END))


def desk(file: EncryptedFile, who: Who) -> ListDesk:
    with file.reading() as connection:
        return service.list_desk(connection, who)


def test_a_filter_is_kept_renamed_changed_and_deleted(file: EncryptedFile, who: Who) -> None:
    assert desk(file, who) == ListDesk()
    key, changes = service.save_filter(file, who, "  Échéances  de décembre ", QUERY)
    assert changes.concerns(table="saved_filter")
    (saved,) = desk(file, who).saved
    assert (saved.id, saved.name, saved.query) == (key, "Échéances de décembre", QUERY)
    service.rename_filter(file, who, key, "Décembre")
    other = QUERY.narrowed(FilterKind.FOLLOWED, [YES])
    service.update_filter(file, who, key, other)
    (saved,) = desk(file, who).saved
    assert (saved.name, saved.query) == ("Décembre", other)
    service.delete_filter(file, who, key)
    assert desk(file, who).saved == ()


def test_deleting_is_taken_back_whole(file: EncryptedFile, who: Who) -> None:
    key, _ = service.save_filter(file, who, "Décembre", QUERY)
    service.open_on(file, who, key)
    service.delete_filter(file, who, key)
    assert desk(file, who) == ListDesk()
    action, _ = dossier.take_back_last(file, who)
    assert action == "filtre enregistré supprimé"
    back = desk(file, who)
    assert (back.opening, [each.name for each in back.saved]) == (key, ["Décembre"])


def test_filters_keep_the_order_in_which_they_were_saved(file: EncryptedFile, who: Who) -> None:
    for name in ("Zone nord", "Abbeville", "Mars"):
        service.save_filter(file, who, name, QUERY)
    assert [each.name for each in desk(file, who).saved] == ["Zone nord", "Abbeville", "Mars"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "decembre", "Mes ménages", "TOUS"])
def test_a_name_that_says_nothing_or_is_taken_is_refused_beside_its_field(
    file: EncryptedFile, who: Who, name: str
) -> None:
    service.save_filter(file, who, "Décembre", QUERY)
    with pytest.raises(InvalidEntry) as refused:
        service.save_filter(file, who, name, QUERY)
    assert refused.value.field == "name"


def test_a_filter_may_keep_its_own_name(file: EncryptedFile, who: Who) -> None:
    key, _ = service.save_filter(file, who, "Décembre", QUERY)
    service.rename_filter(file, who, key, "DÉCEMBRE")
    assert desk(file, who).saved[0].name == "DÉCEMBRE"


def test_nobody_keeps_more_filters_than_they_can_read(file: EncryptedFile, who: Who) -> None:
    for number in range(MAX_SAVED):
        service.save_filter(file, who, f"Filtre {number}", QUERY)
    with pytest.raises(InvalidEntry):
        service.save_filter(file, who, "Un de trop", QUERY)


def test_each_worker_has_their_own(file: EncryptedFile, who: Who) -> None:
    colleague_id, _ = team.add_worker(file, who, "Élie Aubry", Role.CASEWORKER)
    colleague = Who(colleague_id, "Élie Aubry", Role.CASEWORKER)
    key, _ = service.save_filter(file, who, "Décembre", QUERY)
    service.choose_columns(file, who, (ColumnKey.NAME, ColumnKey.PHONE))
    assert desk(file, colleague) == ListDesk()
    for act in (
        lambda: service.rename_filter(file, colleague, key, "À moi"),
        lambda: service.update_filter(file, colleague, key, QUERY),
        lambda: service.delete_filter(file, colleague, key),
        lambda: service.open_on(file, colleague, key),
    ):
        with pytest.raises(NotFound):
            act()


def test_the_list_opens_on_what_one_chose(file: EncryptedFile, who: Who) -> None:
    assert desk(file, who).opening == EVERYBODY
    service.open_on(file, who, MINE)
    assert desk(file, who).opening == MINE
    key, _ = service.save_filter(file, who, "Décembre", QUERY)
    service.open_on(file, who, key)
    assert desk(file, who).opening == key
    service.delete_filter(file, who, key)
    assert desk(file, who).opening == EVERYBODY


def test_mine_are_those_whose_measure_one_leads(who: Who) -> None:
    assert built_in_query(MINE, who.worker_id).filters == (ListFilter(FilterKind.WORKER, (who.worker_id,)),)


def test_columns_are_kept_in_order_the_household_first(file: EncryptedFile, who: Who) -> None:
    assert desk(file, who).columns == DEFAULT_COLUMNS
    service.choose_columns(file, who, (ColumnKey.PHONE, ColumnKey.NAME, ColumnKey.TOWN, ColumnKey.PHONE))
    assert desk(file, who).columns == (ColumnKey.NAME, ColumnKey.PHONE, ColumnKey.TOWN)
    dossier.take_back_last(file, who)
    assert desk(file, who).columns == DEFAULT_COLUMNS


def test_a_column_of_a_newer_version_is_left_out() -> None:
    assert checked_columns(["phone", "horoscope"]) == (ColumnKey.NAME, ColumnKey.PHONE)


FILTERS = st.lists(
    st.sampled_from(sorted(FIXED_VALUES)).flatmap(
        lambda kind: st.builds(
            ListFilter,
            st.just(kind),
            st.lists(st.sampled_from(sorted(FIXED_VALUES[kind])), min_size=1, unique=True).map(tuple),
        )
    ),
    unique_by=lambda each: each.kind,
).map(tuple)


@given(FILTERS, st.none() | st.builds(Sort, st.sampled_from(ColumnKey), st.booleans()), st.text())
def test_a_query_is_read_back_but_for_the_words_searched(
    filters: tuple[ListFilter, ...], sort: Sort | None, words: str
) -> None:
    kept = query_to_text(ListQuery(filters, words, sort))
    assert query_from_text(kept) == ListQuery(filters, sort=sort)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda s: st.lists(s) | st.dictionaries(st.text(), s),
)


@given(st.text() | JSON.map(json.dumps) | st.builds(lambda v: json.dumps({"filters": v, "sort": v}), JSON))
def test_whatever_is_in_the_file_shows_a_list(text: str) -> None:
    assert isinstance(query_from_text(text), ListQuery)
