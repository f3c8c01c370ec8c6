"""Every table says what follows from it."""

from __future__ import annotations

from caseworker_app.storage.declarations import (
    OnErasure,
    SearchKind,
    declared_tables,
    local_tables,
    metadata,
    references_to,
)


def test_every_table_is_declared_or_local_with_a_reason():
    undeclared = set(metadata.tables) - set(declared_tables()) - set(local_tables())
    assert undeclared == set()
    assert all(reason for reason in local_tables().values())


def test_every_field_declares_itself():
    for declared in declared_tables().values():
        assert all(field is not None for field in declared.fields().values())


def test_what_a_household_owns_goes_with_its_erasure():
    for name, declared in declared_tables().items():
        if declared.household is not None:
            assert declared.on_erasure is OnErasure.DELETE, name


def test_long_texts_searched_are_interne_or_written_for_outside():
    """A text that search shows must say whether it is *interne*: the diary's zones are."""
    zones = {
        n: f for n, f in declared_tables()["diary_entry"].fields().items() if f.search is SearchKind.TEXT
    }
    assert zones
    assert all(field.internal for field in zones.values())


def test_references_point_to_declared_tables():
    for declared in declared_tables().values():
        for field in declared.fields().values():
            assert field.references is None or field.references in declared_tables()
    assert ("household_member", "household_id") in references_to("household")
