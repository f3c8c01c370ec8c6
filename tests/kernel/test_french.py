"""French typography: put in once, put in everywhere, and never inside a reference or an address."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.kernel.french import (
    NARROW,
    NO_BREAK,
    after_de,
    capital,
    in_sentence,
    join_words,
    plural,
    sort_key,
    typeset,
)

NB, NN = NO_BREAK, NARROW


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'an d'avant", "l’an d’avant"),
        ("aujourd'hui...", "aujourd’hui…"),
        ("« oui »", f"«{NB}oui{NB}»"),
        ("«oui»", f"«{NB}oui{NB}»"),
        ("Loyer : payé", f"Loyer{NB}: payé"),
        ("Loyer :", f"Loyer{NB}:"),
        ("Vraiment ?", f"Vraiment{NN}?"),
        ("Oui ! Non ; peut-être", f"Oui{NN}! Non{NN}; peut-être"),
        ("12 € et 25 %", f"12{NB}€ et 25{NB}%"),
        ("1 234 567 €", f"1{NN}234{NN}567{NB}€"),
        ("1 234,56", f"1{NN}234,56"),
        ("le 24 novembre 2026", f"le 24{NB}novembre{NB}2026"),
        ("1er mars 2026", f"1er{NB}mars{NB}2026"),
        ("à 14 h 05", f"à 14{NB}h{NB}05"),
        ("à 14 h", f"à 14{NB}h"),
        ("Mme Marchadier et M. Kabo", f"Mme{NB}Marchadier et M.{NB}Kabo"),
        ("art. L. 442-8-3", f"art.{NB}L.{NB}442-8-3"),
        ("Page 2", f"Page{NB}2"),
        ("la page de garde", "la page de garde"),
        ("3 enfants, 45 m²", f"3{NB}enfants, 45{NB}m²"),
        ("dit – pense", f"dit{NB}– pense"),
    ],
)
def test_what_is_typed_is_printed_well(typed: str, printed: str) -> None:
    assert typeset(typed) == printed


@pytest.mark.parametrize(
    "kept",
    [
        "2026-B7K4-0417",
        "BIL-2026-B7K4-0147",
        "14:05",
        "https://asso.example/l'accueil?a=1:2;b=3...4!",
        "www.asso.example/d'ici",
        "jean.o'brien...claire@asso.example",
        "59100",
        "24/11/2026",
        "06\u00a039\u00a098\u00a012\u00a047",
        "06 39 98 12 47",
        "FR76 3000",
        "",
    ],
)
def test_references_addresses_and_times_stay_as_they_are(kept: str) -> None:
    assert typeset(kept) == kept
    assert kept in typeset(f"Voir l'avis du jour, {kept} (c'est là)")


PIECES = st.sampled_from(
    [
        " ", "  ", "'", "...", "«", "»", ":", ";", "!", "?", "€", "%", "1", "12", "234", "000", "h", "–",
        "M.", "Mme", "n°", "p.", "mois", "mars", "2026", "1er", NB, NN, "a", "l", "\n", ",", ".",
        "(", ")", "/", "@", "://", "www.", "https://a.example", "b@c.example", "art.", "L.", "2026-B7K4-0417",
        "14:05", "’", "…",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60)


@given(TEXTS)
def test_typesetting_twice_changes_nothing(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once


@given(TEXTS)
def test_only_spaces_apostrophes_and_ellipses_change(text: str) -> None:
    def bare(words: str) -> str:
        return re.sub(r"[ \u00a0\u202f]", "", words).replace("…", "...").replace("'", "’")

    assert bare(typeset(text)) == bare(text)


@given(
    TEXTS,
    st.sampled_from(["2026-B7K4-0417", "14:05", "https://asso.example/a...b?c='d'", "o'neil@asso.example"]),
)
def test_no_sentence_around_it_breaks_a_reference(text: str, reference: str) -> None:
    assert reference in typeset(f"{text} {reference} {text}")


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, f"0{NB}visite"),
        (1, f"1{NB}visite"),
        (2, f"2{NB}visites"),
        (1200, f"1{NN}200{NB}visites"),
        (-1, f"\u22121{NB}visite"),
        (-3, f"\u22123{NB}visites"),
    ],
)
def test_zero_and_one_take_the_singular(count: int, text: str) -> None:
    assert plural(count, "visite") == text


@pytest.mark.parametrize(
    ("words", "told"),
    [("référent·e", "Référent·e"), ("À revoir", "À revoir"), ("CCAS de Hem", "CCAS de Hem"), ("", "")],
)
def test_only_the_first_letter_becomes_a_capital(words: str, told: str) -> None:
    assert capital(words) == told


def test_an_irregular_plural_is_told() -> None:
    assert plural(2, "bail", "baux") == f"2{NB}baux"
    assert plural(1, "bail", "baux") == f"1{NB}bail"


def test_words_are_joined_as_a_person_would() -> None:
    assert join_words([]) == ""
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b"]) == "a et b"
    assert join_words(["a", "b", "c"]) == "a, b et c"


@pytest.mark.parametrize(
    ("noun", "joined"),
    [
        ("le ménage", "du ménage"),
        ("les deux adultes", "des deux adultes"),
        ("la famille Kaboré", "de la famille Kaboré"),
        (f"Mme{NB}Marchal", f"de Mme{NB}Marchal"),
        ("Awa Diop", "d’Awa Diop"),
        ("Élodie", "d’Élodie"),
        ("", "de "),
    ],
)
def test_de_joins_what_follows_as_one_says_it(noun: str, joined: str) -> None:
    assert after_de(noun) == joined


def test_names_sort_without_accents_or_capitals() -> None:
    names = ["Zola", "Éloi", "eloi-dupré", "Œuvrard", "nadaud", "Évrard", "N’Diaye", "N'Daw"]
    ordered = ["Éloi", "eloi-dupré", "Évrard", "nadaud", "N'Daw", "N’Diaye", "Œuvrard", "Zola"]
    assert sorted(names, key=sort_key) == ordered


@pytest.mark.parametrize(
    ("words", "inside"),
    [("Conseillère en ESF", "conseillère en ESF"), ("CESF", "CESF"), ("Éducateur", "éducateur"), ("", "")],
)
def test_words_begin_small_inside_a_sentence_unless_they_are_initials(words: str, inside: str) -> None:
    assert in_sentence(words) == inside
