"""What search compares: accents, capitals, ligatures and joined names make no difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.kernel import folding
from caseworker_app.kernel.folding import fold, fold_name, words_of

TEXTS = st.text(max_size=90)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Dubœuf", "duboeuf"),
        ("DUBŒUF", "duboeuf"),
        ("Lætitia", "laetitia"),
        ("Çelik", "celik"),
        ("Nguyễn", "nguyen"),
        ("Łukasz", "lukasz"),
        ("Ørjan Đặng", "orjan dang"),
        ("ǽ Ǿ", "ae o"),
        ("Straße", "strasse"),
        ("İbrahim Işık", "ibrahim isik"),
        ("O’Brien-Kaboré", "o brien kabore"),
        ("  Le   Goff\t", "le goff"),
        ("n°_12", "n 12"),
        ("É", "e"),
        ("ﬁne №", "fine no"),
        ("", ""),
        ("…!?", ""),
    ],
)
def test_writing_does_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("name", ["Иванов", "محمد", "Παπαδόπουλος", "王伟"])
def test_names_in_other_scripts_are_kept(name: str) -> None:
    assert fold(name)
    assert fold(name) == fold(name.upper()) == fold(f" {name}! ")


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_folded_text_is_words_between_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(word.isalnum() for word in folded.split())


@given(TEXTS)
def test_capitals_do_not_matter(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_the_quick_way_for_plain_letters_gives_the_same(text: str) -> None:
    # One accented letter sends the whole text along the other way.
    assert fold(text + " é") == f"{fold(text)} e".strip()


@given(st.text(alphabet=st.characters(codec="cp1252") | st.sampled_from("\u202f\u0301?"), max_size=60))
def test_the_quick_way_for_french_gives_the_same(text: str) -> None:
    # One Greek letter sends the whole text along the other way.
    assert fold(text + " α") == f"{fold(text)} α".strip()


@given(TEXTS)
def test_every_word_of_a_name_lies_in_its_letters(text: str) -> None:
    assert all(word in folding.letters_of(text) for word in fold_name(text).split())


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Le Goff", "le goff legoff"),
        ("N’Diaye", "n diaye ndiaye"),
        ("Martin", "martin"),
        ("de La Tour", "de la tour delatour dela latour"),
        ("Jean-Pierre", "jean pierre jeanpierre"),
        ("2026-B7K4-0417", "2026 b7k4 0417 2026b7k40417 2026b7k4 b7k40417"),
    ],
)
def test_a_name_is_also_found_joined(name: str, folded: str) -> None:
    assert fold_name(name) == folded


@given(TEXTS)
def test_a_folded_name_holds_every_word_once(text: str) -> None:
    words = fold_name(text).split()
    assert len(words) == len(set(words))
    assert set(words_of(text)) <= set(words)
    assert not words_of(text) or "".join(words_of(text)) in words


def test_only_short_texts_are_remembered_and_they_are_forgotten() -> None:
    folding.forget()
    fold("Marchadier")
    fold("une page de journal " * 40)
    assert folding._fold_kept.cache_info().currsize == 1
    folding.forget()
    assert folding._fold_kept.cache_info().currsize == 0
