"""Names found and taken out of texts as whole words, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.kernel.folding import fold
from caseworker_app.storage.citing import REDACTED, spans, without


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Vu M. MARCHADIER hier", ["marchadier"], f"Vu M. {REDACTED} hier"),
        ("Marchadier, marchadiers et Marchadier.", ["marchadier"], f"{REDACTED}, marchadiers et {REDACTED}."),
        ("Mme Zébrée-Lôngue", ["zebree longue"], f"Mme {REDACTED}"),
        ("N’Diaye parle", [fold("N’Diaye")], f"{REDACTED} parle"),
        ("rien ici", ["marchadier"], "rien ici"),
        ("", ["marchadier"], ""),
    ],
)
def test_a_name_goes_and_the_rest_stays(text: str, names: list[str], left: str) -> None:
    assert without(text, names) == left


@given(st.text(), st.text(alphabet="abcdé ", min_size=3).map(fold).filter(lambda name: len(name) > 2))
def test_once_taken_out_a_name_is_there_no_more(text: str, name: str) -> None:
    said = without(f"{text} {name} {text}", [name])
    assert name in fold(REDACTED) or spans(said, [name]) == []
