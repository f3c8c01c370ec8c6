"""What stands around a paper about a household, read back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.pdf.document import render
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.paper import meta_of, opening
from tests.pdf.reading import text


@dataclass(frozen=True)
class About:
    household: str = "Mme Solène Marchadier-Kaboré et M. Idriss Kaboré"
    reference: str = "2026-W6T4-0001"
    day: date = date(2026, 9, 22)
    printed_by: str = "Marie-Bérengère de La Brunetière-Duclos"


def test_the_foot_says_who_printed_it_and_after_which_model_uncut() -> None:
    name = "Association des Amarres de Valmère-Nord"
    model = "modèle «\u00a0Évaluation de l’autonomie\u00a0», n°\u00a01"
    meta = meta_of(About(), Identity(name), "Évaluation de l’autonomie", model, internal=True)
    said = " ".join(text(render(opening(About(), Identity(name), "Évaluation", internal=True), meta)).split())
    assert f"{name} · dossier 2026-W6T4-0001" in said
    assert "Imprimé le 22/09/2026 par Marie-Bérengère de La Brunetière-Duclos · modèle" in said
    assert "l’autonomie », n° 1" in said
