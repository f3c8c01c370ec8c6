"""What may enter a household, how it is called, where it lived on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.households.domain import (
    MAX_LINE,
    MAX_NAME,
    OLDEST_BIRTH,
    RELATION_LABELS,
    Address,
    Civility,
    ContactKind,
    HouseholdFile,
    HouseholdMember,
    HouseholdSummary,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    Relation,
    check_address,
    check_contact,
    check_household,
    check_member,
    household_name,
    is_adult,
    member_called,
    sort_name,
    stays_to_close,
)
from caseworker_app.features.households.domain import household as values
from caseworker_app.kernel.errors import InvalidEntry

TODAY = date(2026, 11, 24)
MR, MRS = Civility.MR, Civility.MRS
NAMES = st.text(min_size=1, max_size=30).filter(lambda text: any(c.isalnum() for c in text))


ELODIE = NewMember("Marchal", "Élodie", MRS)


def _couple(
    last: str, first: str | None = None, civility: Civility | None = None, *, reference: NewMember = ELODIE
) -> tuple[NewMember, NewMember]:
    return reference, NewMember(last, first, civility, relation=Relation.PARTNER)


# Names


@pytest.mark.parametrize(
    ("members", "name"),
    [
        ((NewMember("Marchal", "Élodie", MRS),), "Mme\u00a0Élodie Marchal"),
        ((NewMember("Marchal", "Élodie"),), "Élodie Marchal"),
        ((NewMember("Marchal", None, MR),), "M.\u00a0Marchal"),
        ((NewMember("Marchal"),), "Marchal"),
        (
            (NewMember("Marchal", "Élodie", MRS), NewMember("Marchal", "Lou", relation=Relation.CHILD)),
            "Mme\u00a0Élodie Marchal",
        ),
        (_couple("Marchal", "Ali", MR), "Élodie et Ali Marchal"),
        (_couple("MARCHAL", "Ali", MR), "Élodie et Ali Marchal"),
        (_couple("Kaboré", "Ali", MR), "Élodie Marchal et Ali Kaboré"),
        (_couple("Kaboré", None, MR), "Élodie Marchal et M.\u00a0Kaboré"),
        (_couple("Kaboré"), "Élodie Marchal et Kaboré"),
        (_couple("Kaboré", reference=NewMember("Marchal")), "Marchal et Kaboré"),
        (_couple("Marchal", None, MR), "Élodie Marchal et M.\u00a0Marchal"),
        (_couple("Marchal", None, MR, reference=NewMember("Marchal", None, MRS)), "M. et Mme\u00a0Marchal"),
        (_couple("Marchal", None, MRS, reference=NewMember("Marchal", None, MRS)), "Mme et Mme\u00a0Marchal"),
        (_couple("Marchal", reference=NewMember("Marchal")), "Marchal"),
    ],
)
def test_a_household_is_called_as_people_call_it(members: tuple[NewMember, ...], name: str) -> None:
    assert household_name(members) == name


def test_the_reference_person_names_the_household_wherever_they_stand() -> None:
    members = (
        NewMember("Marchal", "Ali", relation=Relation.PARTNER),
        NewMember("Œuvrard", "Élodie", relation=Relation.REFERENCE_PERSON),
    )
    assert household_name(members) == "Élodie Œuvrard et Ali Marchal"
    assert sort_name(members) == "oeuvrard elodie"
    assert sort_name((NewMember("Marchal"),)) == "marchal"


@given(
    st.lists(
        st.builds(
            NewMember,
            last_name=NAMES,
            first_name=st.none() | NAMES,
            civility=st.none() | st.sampled_from(Civility),
            relation=st.sampled_from([r for r in Relation if r is not Relation.REFERENCE_PERSON]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_name_holds_the_name_of_the_reference_person_and_no_hole(members: list[NewMember]) -> None:
    checked = check_household(NewHousehold(tuple(members)), TODAY).members
    name = household_name(checked)
    assert checked[0].last_name in name
    assert name == name.strip()
    assert "  " not in name
    assert "None" not in name


# Checks


def test_a_household_has_somebody() -> None:
    with pytest.raises(InvalidEntry, match="au moins une personne") as refusal:
        check_household(NewHousehold(()), TODAY)
    assert refusal.value.field == "members"


def test_the_first_is_the_reference_person_unless_another_is_called_so() -> None:
    first = check_household(NewHousehold((NewMember("Un"), NewMember("Deux"))), TODAY).members
    assert [m.relation for m in first] == [Relation.REFERENCE_PERSON, Relation.UNKNOWN]
    second = NewMember("Deux", relation=Relation.REFERENCE_PERSON)
    called = check_household(NewHousehold((NewMember("Un", relation=Relation.CHILD), second)), TODAY).members
    assert [m.relation for m in called] == [Relation.CHILD, Relation.REFERENCE_PERSON]
    alone = check_household(NewHousehold((NewMember("Un", relation=Relation.PARTNER),)), TODAY).members
    assert alone[0].relation is Relation.REFERENCE_PERSON


def test_two_reference_persons_are_refused() -> None:
    person = NewMember("Un", relation=Relation.REFERENCE_PERSON)
    with pytest.raises(InvalidEntry, match="une seule") as refusal:
        check_household(NewHousehold((person, person)), TODAY)
    assert refusal.value.field == "relation"


def test_a_file_is_not_opened_in_the_future() -> None:
    people = (NewMember("Un"),)
    assert check_household(NewHousehold(people, opened_on=TODAY), TODAY).opened_on == TODAY
    with pytest.raises(InvalidEntry, match="avenir"):
        check_household(NewHousehold(people, opened_on=TODAY + timedelta(1)), TODAY)


def test_what_stands_twice_is_kept_once() -> None:
    address = NewAddress(city="Roubaix")
    forms = ("06 39 98 12 47", "+33 6 39 98 12 47")
    contacts = tuple(NewContact(ContactKind.PHONE, form) for form in forms)
    labelled = NewContact(ContactKind.PHONE, forms[0], label="sœur")
    new = NewHousehold(
        (NewMember("Un"),), (address, replace(address, city=" Roubaix ")), (*contacts, labelled)
    )
    checked = check_household(new, TODAY)
    assert len(checked.addresses) == 1
    assert [c.label for c in checked.contacts] == [None, "sœur"]


@pytest.mark.parametrize("last_name", ["", "   ", "\u200b", "\0", "\n"])
def test_a_member_has_a_name(last_name: str) -> None:
    with pytest.raises(InvalidEntry, match="nom") as refusal:
        check_member(NewMember(last_name), TODAY)
    assert refusal.value.field == "last_name"


@pytest.mark.parametrize("field", ["last_name", "first_name", "birth_name", "language"])
def test_no_name_is_endless(field: str) -> None:
    def named(length: int) -> NewMember:
        texts: dict[str, Any] = {field: "x" * length}
        return replace(NewMember("Un"), **texts)

    assert check_member(named(MAX_NAME), TODAY) == named(MAX_NAME)
    with pytest.raises(InvalidEntry, match="120") as refusal:
        check_member(named(MAX_NAME + 1), TODAY)
    assert refusal.value.field == field


@given(st.dates())
def test_one_is_born_between_1900_and_today(birth: date) -> None:
    member = NewMember("Un", birth_date=birth)
    if OLDEST_BIRTH <= birth <= TODAY:
        assert check_member(member, TODAY) == member
    else:
        with pytest.raises(InvalidEntry, match="naissance") as refusal:
            check_member(member, TODAY)
        assert refusal.value.field == "birth_date"


@given(st.text(max_size=140), st.none() | st.text(max_size=140), st.none() | st.text(max_size=140))
def test_a_checked_member_is_clean_and_stays_so(last: str, first: str | None, birth: str | None) -> None:
    try:
        checked = check_member(NewMember(last, first, birth_name=birth), TODAY)
    except InvalidEntry:
        return
    assert checked.last_name
    for name in (checked.last_name, checked.first_name, checked.birth_name):
        assert name is None or name == " ".join(name.split()) != ""
    assert check_member(checked, TODAY) == checked


def test_an_address_is_somewhere() -> None:
    with pytest.raises(InvalidEntry, match="commune"):
        check_address(NewAddress("  ", None, "", "\u200b"))
    assert check_address(NewAddress(" 3  rue Basse ", "", None, "Sète")) == NewAddress(
        "3 rue Basse", None, None, "Sète"
    )
    with pytest.raises(InvalidEntry, match="trop long"):
        check_address(NewAddress("x" * (MAX_LINE + 1)))


@given(st.none() | st.dates(), st.none() | st.dates())
def test_one_leaves_an_address_on_or_after_the_day_one_came(since: date | None, until: date | None) -> None:
    address = NewAddress(city="Sète", from_date=since, to_date=until)
    if since and until and until < since:
        with pytest.raises(InvalidEntry, match="précéder") as refusal:
            check_address(address)
        assert refusal.value.field == "to_date"
    else:
        assert check_address(address) == address


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (ContactKind.PHONE, "06 39 98 12 47", "+33639981247"),
        (ContactKind.PHONE, "0692 12 34 56", "+262692123456"),
        (ContactKind.EMAIL, " Claire@Asso.EXAMPLE ", "claire@asso.example"),
        (ContactKind.EMAIL, "c.o'neil+x@a.b.example", "c.o'neil+x@a.b.example"),
    ],
)
def test_a_contact_is_kept_one_way(kind: ContactKind, typed: str, kept: str) -> None:
    contact = check_contact(NewContact(kind, typed, label=" ", instructions=" SMS\r\naprès 17 h "))
    assert (contact.value, contact.label, contact.instructions) == (kept, None, "SMS\naprès 17 h")
    assert check_contact(contact) == contact


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (ContactKind.PHONE, "115"),
        (ContactKind.PHONE, ""),
        (ContactKind.PHONE, "claire@asso.example"),
        (ContactKind.EMAIL, "claire"),
        (ContactKind.EMAIL, "claire@asso"),
        (ContactKind.EMAIL, "@asso.example"),
        (ContactKind.EMAIL, "claire@a@asso.example"),
        (ContactKind.EMAIL, "claire @asso.example"),
        (ContactKind.EMAIL, "claire@asso..example"),
        (ContactKind.EMAIL, "06 39 98 12 47"),
        (ContactKind.EMAIL, ""),
    ],
)
def test_an_unusable_contact_is_refused(kind: ContactKind, typed: str) -> None:
    with pytest.raises(InvalidEntry):
        check_contact(NewContact(kind, typed))


@given(st.text(max_size=30), st.sampled_from(ContactKind))
def test_no_contact_raises_anything_but_invalid_entry(text: str, kind: ContactKind) -> None:
    try:
        contact = check_contact(NewContact(kind, text))
    except InvalidEntry:
        return
    assert check_contact(contact) == contact


@pytest.mark.parametrize("owner", [-1, 1, 7])
def test_a_contact_belongs_to_a_member(owner: int) -> None:
    contact = NewContact(ContactKind.PHONE, "06 39 98 12 47", member=owner)
    with pytest.raises(InvalidEntry, match="ne fait pas partie"):
        check_household(NewHousehold((NewMember("Un"),), contacts=(contact,)), TODAY)


def test_every_word_of_a_form_has_its_french() -> None:
    for enum, labels in (
        (values.Civility, values.CIVILITY_LABELS),
        (values.Relation, RELATION_LABELS),
        (values.LegalProtection, values.LEGAL_PROTECTION_LABELS),
        (values.Reading, values.READING_LABELS),
        (values.ContactKind, values.CONTACT_KIND_LABELS),
    ):
        assert set(enum) == set(labels)
        assert all(labels.values())


# Ages


@pytest.mark.parametrize(
    ("relation", "birth", "adult"),
    [
        (Relation.CHILD, date(2008, 11, 24), True),
        (Relation.CHILD, date(2008, 11, 25), False),
        (Relation.PARTNER, date(2010, 1, 1), False),
        (Relation.CHILD, None, False),
        (Relation.UNKNOWN, None, True),
    ],
)
def test_one_is_adult_at_eighteen(relation: Relation, birth: date | None, *, adult: bool) -> None:
    assert is_adult(relation, birth, TODAY) is adult


@given(st.lists(st.tuples(st.sampled_from(Relation), st.none() | st.dates(OLDEST_BIRTH, TODAY))))
def test_adults_and_children_make_the_household(births: list[tuple[Relation, date | None]]) -> None:
    summary = HouseholdSummary("id", "ref", "nom", "nom", protected=False, births=tuple(births))
    adults, children = summary.adults_and_children(TODAY)
    assert adults + children == len(births)
    assert adults == sum(is_adult(relation, birth, TODAY) for relation, birth in births)


def test_a_member_has_an_age_and_a_name() -> None:
    member = HouseholdMember(
        "m", "v", "h", 0, MRS, "Marchal", None, "Élodie", date(2008, 11, 25), Relation.PARTNER,
        None, None, None, interpreter_needed=False, reading=None,
    )  # fmt: skip
    assert member.full_name() == "Mme\u00a0Élodie Marchal"
    assert member.age(TODAY) == 17
    assert replace(member, birth_date=None).age(TODAY) is None
    assert replace(member, civility=None, first_name=None).full_name() == "Marchal"


# Addresses

STAYS = st.tuples(st.none() | st.integers(0, 40), st.none() | st.integers(0, 40))


def _day(number: int | None) -> date | None:
    return None if number is None else date(2026, 1, 1) + timedelta(number)


def _address(number: int, since: int | None, until: int | None) -> Address:
    return Address(f"a{number}", "v", "h", "3 rue Basse", "bât. B", "34200", "Sète", _day(since), _day(until))


def test_an_address_is_written_on_one_line() -> None:
    assert _address(1, None, None).one_line() == "3 rue Basse, bât. B, 34200 Sète"
    assert NewAddress(city="Sète").one_line() == "Sète"
    assert NewAddress("3 rue Basse", postal_code="34200").one_line() == "3 rue Basse, 34200"


def test_on_the_day_of_a_move_one_lives_in_the_new_home() -> None:
    old, new = _address(1, 0, 10), _address(2, 10, None)
    moved = date(2026, 1, 11)
    assert not old.holds(moved)
    assert new.holds(moved)
    assert old.holds(moved - timedelta(1))
    assert not new.holds(moved - timedelta(1))


@given(st.lists(STAYS, max_size=5), st.integers(0, 40))
def test_a_move_ends_every_stay_that_runs(stays: list[tuple[int | None, int | None]], on: int) -> None:
    addresses = [_address(i, since, until) for i, (since, until) in enumerate(stays)]
    day = _day(on)
    assert day is not None
    try:
        closed = stays_to_close(addresses, day)
    except InvalidEntry:
        assert any(a.from_date is not None and a.from_date > day for a in addresses)
        return
    after = [replace(a, to_date=day) if a in closed else a for a in addresses]
    assert not any(a.holds(day) or a.holds(day + timedelta(1)) for a in after)
    assert all(
        a.from_date is None or a.to_date is None or a.from_date <= a.to_date for a in after if a in closed
    )


def test_the_home_of_a_day_is_found() -> None:
    addresses = (_address(2, 10, None), _address(1, 0, 10))
    file = HouseholdFile(None, (), addresses, ())  # type: ignore[arg-type]
    assert file.address_on(date(2026, 1, 5)) == addresses[1]
    assert file.address_on(date(2026, 1, 11)) == addresses[0]
    assert file.address_on(date(2025, 12, 31)) is None
    summary = HouseholdSummary(
        "h",
        "ref",
        "nom",
        "nom",
        protected=False,
        towns=((_day(10), None, "Sète"), (_day(0), _day(10), "Roubaix")),
    )
    assert summary.city_on(date(2026, 1, 5)) == "Roubaix"
    assert summary.city_on(date(2026, 2, 1)) == "Sète"
    assert summary.city_on(date(2025, 1, 1)) is None


def test_a_member_is_found_by_what_they_are_called() -> None:
    def member(member_id: str, first: str | None, last: str) -> HouseholdMember:
        return HouseholdMember(
            member_id,
            "v",
            "h",
            0,
            None,
            last,
            None,
            first,
            None,
            Relation.UNKNOWN,
            None,
            None,
            None,
            False,
            None,
        )

    people = [member("1", "Élodie", "Le Goff"), member("2", "Ali", "Kaboré"), member("3", None, "Sorel")]
    for words, found in (("elodie", "1"), ("Le Goff Élodie", "1"), ("ali kabore", "2"), ("SOREL", "3")):
        assert member_called(people, words).id == found
    for words in ("Kaboré", "Awa", ""):
        with pytest.raises(InvalidEntry, match="choisissez parmi Élodie Le Goff, Ali Kaboré et Sorel"):
            member_called(people, words)
    with pytest.raises(InvalidEntry, match="Plusieurs personnes s’appellent"):
        member_called([*people, member("4", "Ali", "Sorel")], "Ali")
