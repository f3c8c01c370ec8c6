"""Numbers of people are found by their keys, however they are typed."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, luhn
from stdnum.fr import nir

from caseworker_app.features.handover.domain.hits import HitKind, KnownPeople
from caseworker_app.features.handover.domain.word_check import check_words

DAY = date(2026, 11, 24)
GAPS = st.sampled_from(["", " ", "\u00a0", "\u202f", ".", "-", "\n", " - "])


def kinds(text: str) -> set[HitKind]:
    return {hit.kind for hit in check_words("t", text, KnownPeople(), DAY)}


def spread(number: str, places: list[int], gap: str) -> str:
    cuts = sorted({0, len(number), *(place % len(number) for place in places)})
    return gap.join(number[start:end] for start, end in pairwise(cuts))


@given(
    sex=st.sampled_from("12"),
    year=st.integers(0, 99),
    month=st.integers(1, 12),
    place=st.integers(1001, 95999),
    order=st.integers(1, 999),
    cuts=st.lists(st.integers(1, 14), max_size=6),
    gap=GAPS,
)
def test_a_social_security_number_is_found_whatever_stands_between_its_digits(
    sex: str, year: int, month: int, place: int, order: int, cuts: list[int], gap: str
) -> None:
    bare = f"{sex}{year:02}{month:02}{place:05}{order:03}"
    typed = spread(bare + nir.calc_check_digits(bare), cuts, gap)
    assert HitKind.IDENTITY_NUMBER in kinds(f"Le numéro {typed} figure au dossier.")


@given(
    account=st.from_regex(r"\A[0-9]{23}\Z"),
    cuts=st.lists(st.integers(2, 26), max_size=8),
    gap=GAPS,
    low=st.booleans(),
)
def test_an_account_is_found_and_nothing_after_it(account: str, cuts: list[int], gap: str, low: bool) -> None:
    bare = "FR" + iban.calc_check_digits("FR00" + account) + account
    typed = spread(bare.lower() if low else bare, cuts, gap)
    text = f"Compte {typed} ouvert ce mois."
    (hit,) = (hit for hit in check_words("t", text, KnownPeople(), DAY) if hit.kind is HitKind.BANK)
    assert hit.excerpt == typed


@given(st.from_regex(r"\A4[0-9]{14}\Z"), st.sampled_from(["", " ", ".", "-", "\u00a0"]))
def test_a_card_is_found_by_its_key(start: str, gap: str) -> None:
    bare = start + luhn.calc_check_digit(start)
    typed = gap.join(bare[at : at + 4] for at in range(0, 16, 4))
    assert HitKind.BANK in kinds(f"Carte {typed}.")


@pytest.mark.parametrize(
    ("text", "shown", "kind"),
    [
        ("RIB 30004 00823 00000123456 07 joint.", "30004 00823 00000123456 07", HitKind.BANK),
        ("Prélèvement sur le compte 30004 00823 00000123456 07.", "30004 00823 00000123456 07", HitKind.BANK),
        ("BIC : AGRIFRPPXXX", "AGRIFRPPXXX", HitKind.BANK),
        ("Le code carte 4521 est noté sur le frigo.", "4521", HitKind.BANK),
        ("Scooter garé devant : AB-123-CD.", "AB-123-CD", HitKind.IDENTITY_NUMBER),
    ],
)
def test_a_number_named_by_the_word_before_it_is_found_without_its_key(
    text: str, shown: str, kind: HitKind
) -> None:
    assert [(hit.excerpt, hit.kind) for hit in check_words("t", text, KnownPeople(), DAY)] == [(shown, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Un stylo bic nouveaux modèles.",
        "Compteur 30004 00823 relevé.",
        "Bâtiment AB 123 au fond.",
        "Dossier 4970 1012 3456 7890 chez le bailleur.",
        "Demande 034 0426 118 023 344 du 5 octobre 2026.",
        "Loyer de 503,40 €, charges de 86,12 €, reste 412,30 €.",
        "Visites des 12/10/2026, 14/11/2026 et 15/12/2026.",
        "Numéro de bail 10.000000, lot 14.000001.",
    ],
)
def test_another_number_is_let_through(text: str) -> None:
    assert kinds(text) == set()
