"""Roles, rights and names of the team."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.team.domain import MAX_NAME, ROLE_LABELS, Right, Role, Who, checked_name
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed

RIGHTS = {
    Role.CASEWORKER: set(Right) - {Right.MANAGE_OFFICE, Right.READ_ACCESSES, Right.MANAGE_RETENTION},
    Role.VOLUNTEER: {Right.READ_FILES, Right.WRITE_DIARY},
    Role.SUPERVISOR: set(Right),
    Role.COORDINATOR: {Right.PRINT},
    Role.ADMINISTRATOR: {Right.MANAGE_OFFICE, Right.IMPORT_LISTS},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_each_role_may_what_it_is_for_and_nothing_else(role: Role, right: Right) -> None:
    who = Who("w", "Claire Lenoir", role)
    if right in RIGHTS[role]:
        who.require(right)
    else:
        with pytest.raises(NotAllowed) as refusal:
            who.require(right)
        assert ROLE_LABELS[role] in refusal.value.sentence
        assert refusal.value.sentence.endswith("chef·fe de service.")


def test_every_role_has_its_french() -> None:
    assert set(ROLE_LABELS) == set(Role)


@given(st.text(max_size=250))
def test_a_checked_name_is_one_clean_line(text: str) -> None:
    try:
        name = checked_name(text, "le nom", "worker")
    except InvalidEntry:
        return
    assert name
    assert len(name) <= MAX_NAME
    assert name == " ".join(name.split())
    assert checked_name(name, "le nom") == name


@pytest.mark.parametrize("text", ["", "  ", "\n", "\u200b"])
def test_an_empty_name_is_asked_for(text: str) -> None:
    with pytest.raises(InvalidEntry, match="Indiquez le nom de l’association") as refusal:
        checked_name(text, "le nom de l’association", "association")
    assert refusal.value.field == "association"


def test_an_endless_name_is_refused() -> None:
    assert checked_name("x" * MAX_NAME, "le nom")
    with pytest.raises(InvalidEntry, match="200"):
        checked_name("x" * (MAX_NAME + 1), "le nom")
