"""The tolerant search: near words from the index's own vocabulary, nothing written, nothing far-fetched."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewAddress, NewHousehold, NewMember
from caseworker_app.storage.search_close import NOTHING_CLOSE, CloseHits, find_close_households

NAMES = ("Dubœuf", "Le Goff", "N’Diaye", "Hadj-Ouali", "Martin", "Marchadier")


@pytest.fixture
def ids(file, who) -> dict[str, str]:
    return {
        name: households.create_household(
            file,
            who,
            NewHousehold((NewMember(name),), (NewAddress("3 rue des Tisserands", None, "59100", "Roubaix"),)),
        )[0]
        for name in NAMES
    }


def close(file, words: str, limit: int = 5, known: frozenset[str] = frozenset()) -> CloseHits:
    with file.reading() as connection:
        return find_close_households(connection, words, limit, known)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("dubeouf", "Dubœuf"),
        ("duboef", "Dubœuf"),
        ("legof", "Le Goff"),
        ("ndiyae", "N’Diaye"),
        ("adj ouali", "Hadj-Ouali"),
        ("marchaider", "Marchadier"),
        ("marchhad", "Marchadier"),
    ],
)
def test_the_name_meant_is_found_first(file, ids, words, name) -> None:
    assert close(file, words).hits[0].household_id == ids[name]


def test_several_words_must_all_be_near(file, ids) -> None:
    found = close(file, "marchadeir tiserands")
    assert [hit.household_id for hit in found.hits] == [ids["Marchadier"]]
    assert set(found.words) == {"marchadier", "tisserands"}
    assert close(file, "marchadeir zzzzz") == NOTHING_CLOSE


def test_streets_are_found_too_as_many_as_asked_and_none_twice(file, ids) -> None:
    assert len(close(file, "tiserands", limit=4).hits) == 4
    known = frozenset(list(ids.values())[:5])
    assert [hit.household_id for hit in close(file, "tiserands", 4, known).hits] == [list(ids.values())[5]]


@pytest.mark.parametrize(
    "words", ["", "  ", "mar", "zzzz", "06399", "a b c d e", "martin*", '"', "NEAR(", "é"]
)
def test_short_odd_or_far_words_find_nothing_and_break_nothing(file, ids, words) -> None:
    assert all(hit.household_id in ids.values() for hit in close(file, words).hits)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.text(max_size=30))
def test_anything_may_be_typed(file, ids, words) -> None:
    assert len(close(file, words).hits) <= 5


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.integers(0, 8), st.sampled_from(["gone", "twice", "swapped"]))
def test_one_slip_anywhere_in_a_long_name_is_forgiven(file, ids, place, slip) -> None:
    name = "marchadier"
    typed = {
        "gone": name[:place] + name[place + 1 :],
        "twice": name[: place + 1] + name[place:],
        "swapped": name[:place] + name[place + 1] + name[place] + name[place + 2 :],
    }[slip]
    assert ids["Marchadier"] in [hit.household_id for hit in close(file, typed).hits]


def test_the_file_stays_read_only_and_new_names_are_known_at_once(file, who, ids) -> None:
    close(file, "marchadeir")
    with file.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw.execute("PRAGMA query_only").fetchone()[0] == 1
    made, _ = households.create_household(file, who, NewHousehold((NewMember("Quillevéré"),)))
    assert close(file, "quilevere").hits[0].household_id == made
