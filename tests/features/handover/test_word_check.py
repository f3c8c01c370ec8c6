"""The second check finds what should not leave, and lets sentences about a building alone."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.handover.domain.hits import HitKind, KnownPeople
from caseworker_app.features.handover.domain.word_check import check_words

DAY = date(2026, 11, 24)
PEOPLE = KnownPeople(
    expected=("Mme Solène Marchadier", "Claire Lenoir", "Mme Sophie Vannier", "Valmère Habitat"),
    children=("Lila", "Rose"),
    others=("Fernande",),
    hidden=("639981247", "8 allée des Glycines"),
)

FOUND = [
    ("Mme Marchadier a des soucis de santé.", HitKind.HEALTH),
    ("Elle a été hospitalisée en octobre.", HitKind.HEALTH),
    ("Son médecin a demandé un certificat.", HitKind.HEALTH),
    ("Une dépression est évoquée.", HitKind.HEALTH),
    ("Consommation d’alcool importante.", HitKind.HEALTH),
    ("Madame est enceinte de six mois, dit-elle.", HitKind.HEALTH),
    ("Elle est enceinte.", HitKind.HEALTH),
    ("Dossier MDPH déposé.", HitKind.HEALTH),
    ("Il perçoit l’AAH depuis mars.", HitKind.HEALTH),
    ("Un cancer a été diagnostiqué.", HitKind.HEALTH),
    ("Suivi au CMP chaque semaine.", HitKind.HEALTH),
    ("Situation de handicap.", HitKind.HEALTH),
    ("Elle est sous traitement.", HitKind.HEALTH),
    ("Il sort de prison en mai.", HitKind.JUSTICE),
    ("Condamné en 2024.", HitKind.JUSTICE),
    ("Placée sous curatelle renforcée.", HitKind.JUSTICE),
    ("La police est intervenue.", HitKind.JUSTICE),
    ("Elle a porté plainte.", HitKind.JUSTICE),
    ("Un dépôt de plainte est envisagé.", HitKind.JUSTICE),
    ("Une information préoccupante a été faite.", HitKind.JUSTICE),
    ("Mesure suivie par l’ASE.", HitKind.JUSTICE),
    ("Le juge des enfants a statué.", HitKind.JUSTICE),
    ("Son titre de séjour expire en mars.", HitKind.ORIGIN),
    ("De nationalité malienne.", HitKind.ORIGIN),
    ("La famille est algérienne.", HitKind.ORIGIN),
    ("Ancienne demandeuse d’asile.", HitKind.ORIGIN),
    ("Une OQTF a été notifiée.", HitKind.ORIGIN),
    ("Famille de gens du voyage.", HitKind.ORIGIN),
    ("Elle est musulmane pratiquante.", HitKind.RELIGION),
    ("Absente pendant le ramadan.", HitKind.RELIGION),
    ("Il va à la mosquée le vendredi.", HitKind.RELIGION),
    ("Elle est témoin de Jéhovah.", HitKind.RELIGION),
    ("Militante active de son quartier.", HitKind.OPINIONS),
    ("Il est syndiqué à la CGT.", HitKind.OPINIONS),
    ("Elle a quitté un conjoint violent.", HitKind.VIOLENCE),
    ("Victime de violences conjugales.", HitKind.VIOLENCE),
    ("Une ordonnance de protection est en cours.", HitKind.VIOLENCE),
    ("Il l’a frappée.", HitKind.VIOLENCE),
    ("Elle est harcelée par un tiers.", HitKind.VIOLENCE),
    ("Son divorce est prononcé.", HitKind.FAMILY),
    ("La garde des enfants est alternée.", HitKind.FAMILY),
    ("Son ex-mari ne verse rien.", HitKind.FAMILY),
    ("Un dossier de surendettement est déposé.", HitKind.MONEY),
    ("Elle touche le RSA.", HitKind.MONEY),
    ("Deux crédits à la consommation courent.", HitKind.MONEY),
    ("Son salaire a baissé.", HitKind.MONEY),
    ("NIR 2 92 03 59 512 123 46, clé mal recopiée.", HitKind.IDENTITY_NUMBER),
    ("Numéro : 2 55 08 14 168 025 38.", HitKind.IDENTITY_NUMBER),
    ("Compte FR14 2004 1010 0505 0001 3M02 606.", HitKind.BANK),
    ("RIB 20041 01005 0500013M026 06", HitKind.BANK),
    ("Carte 4111 1111 1111 1111", HitKind.BANK),
    ("La chambre de Lila est repeinte.", HitKind.CHILD),
    ("Rose va à l’école du quartier.", HitKind.CHILD),
    ("L’école de LILA a appelé.", HitKind.CHILD),
    ("Fernande loge sur place.", HitKind.OTHER_PERSON),
    ("M. Diop, du troisième, s’est plaint.", HitKind.OTHER_PERSON),
    ("Sa sœur Awa garde le logement.", HitKind.OTHER_PERSON),
    ("Le docteur Vasseur confirme.", HitKind.OTHER_PERSON),
    ("Joignable au 06.39.98.12.47.", HitKind.PROTECTED),
    ("Joignable au +33 6 39 98 12 47.", HitKind.PROTECTED),
    ("Elle habite 8, allée des Glycines.", HitKind.PROTECTED),
]

HARMLESS = [
    "Bonne santé du bâtiment, aucune fissure.",
    "La santé financière de la copropriété est saine.",
    "Le mur d’enceinte de la résidence est fissuré.",
    "La place handicapé du parking est occupée.",
    "L’attestation de police d’assurance est fournie.",
    "La porte condamnée du palier reste fermée.",
    "Le syndicat des coproprietaires a voté les travaux.",
    "Adresse : rue de l’Église.",
    "Le gardien frappe à la porte sans réponse.",
    "Le voisinage ne signale aucune plainte.",
    "Plaintes répétées, tensions réglées avec un appui.",
    "Victime d’un dégât des eaux en mars.",
    "L’origine de la fuite est inconnue.",
    "Le traitement de l’humidité est prévu.",
    "Les troubles du voisinage ont cessé.",
    "La cloison de séparation est à refaire.",
    "Toilettes à la turque à remplacer.",
    "La chambre rose est à repeindre.",
    "Mme Marchadier a prévenu de son absence.",
    "Mme Sophie Vannier a reçu la demande.",
    "Solène Marchadier a signé le plan.",
    "Le loyer de 503,40 € est payé le 5 octobre 2026.",
    "Référence 04-118-023, appartement 23, 3e étage.",
    "Le secours catholique a fourni un lit.",
    "Vent violent du 12 octobre, volet arraché.",
    "La chaudière a été entretenue avec soin.",
    "Le bail est préparé au nom de la locataire.",
    "Demande n° 26-4471 du 5 octobre.",
    "Réunion tripartite le 15 janvier 2027.",
    "Les parties communes sont propres.",
    "Dossier 4970 1012 3456 7890 chez le bailleur.",
    "Local vélo dans l’enceinte de la résidence.",
]


@pytest.mark.parametrize(("sentence", "kind"), FOUND)
def test_what_should_not_leave_is_found(sentence: str, kind: HitKind) -> None:
    assert kind in {hit.kind for hit in check_words("t", sentence, PEOPLE, DAY)}


@pytest.mark.parametrize("sentence", HARMLESS)
def test_a_sentence_about_the_dwelling_is_let_through(sentence: str) -> None:
    assert check_words("t", sentence, PEOPLE, DAY) == ()


def test_a_find_tells_its_place_and_its_reason() -> None:
    text = "Bien reçue ; elle voit un médecin."
    (hit,) = check_words("reasons", text, PEOPLE, DAY)
    assert text[hit.start : hit.end] == hit.excerpt == "médecin"
    assert hit.key == "health|reasons|medecin"
    assert hit.reason.startswith("«\u00a0médecin\u00a0»\u00a0: santé")


@given(st.text())
def test_finds_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for hit in check_words("t", text, PEOPLE, DAY):
        assert end <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.excerpt
        end = hit.end


@given(st.text(alphabet=" .,;\n", max_size=5), st.sampled_from(FOUND))
def test_what_stands_around_a_find_does_not_hide_it(around: str, found: tuple[str, HitKind]) -> None:
    sentence, kind = found
    hits = check_words("t", f"{around}{sentence}{around}", PEOPLE, DAY)
    assert kind in {hit.kind for hit in hits}


@pytest.mark.parametrize(("sentence", "kind"), FOUND)
def test_accents_and_apostrophes_change_nothing(sentence: str, kind: HitKind) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFKD", sentence) if not unicodedata.combining(c))
    for typed in (sentence.replace("’", "'"), unicodedata.normalize("NFD", sentence), bare.replace("’", " ")):
        assert kind in {hit.kind for hit in check_words("t", typed, PEOPLE, DAY)}, typed


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [(sentence, kind) for sentence, kind in FOUND if kind not in (HitKind.OTHER_PERSON, HitKind.CHILD)],
)
def test_capitals_change_nothing(sentence: str, kind: HitKind) -> None:
    assert kind in {hit.kind for hit in check_words("t", sentence.upper(), PEOPLE, DAY)}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("hopitalisé trois jours", HitKind.HEALTH),
        ("probleme dalcool", HitKind.HEALTH),
        ("suivie par un phsychiatre", HitKind.HEALTH),
        ("titre de sejour perimé", HitKind.ORIGIN),
        ("incarseré depuis mai", HitKind.JUSTICE),
        ("Suivi A.E.M.O. et C.M.P.P.", HitKind.JUSTICE),
        ("n’est plus alcoolique", HitKind.HEALTH),
        ("musulmanne", HitKind.RELIGION),
        ("sa cousine aicha", HitKind.OTHER_PERSON),
        ("mme dupuis du 3e", HitKind.OTHER_PERSON),
    ],
)
def test_what_is_typed_in_haste_is_found(sentence: str, kind: HitKind) -> None:
    assert kind in {hit.kind for hit in check_words("t", sentence, PEOPLE, DAY)}


def test_people_who_may_be_named_are_not_other_people() -> None:
    people = KnownPeople(("Mme Solène Lallemand",), reachable=("639981247", "claire@amarres.example"))
    text = "Mme Lallemand a écrit à claire@amarres.example et appelé le 06 39 98 12 47."
    assert check_words("t", text, people, DAY) == ()
    assert len(check_words("t", text, KnownPeople(), DAY)) == 3


def test_a_find_says_what_to_write_instead() -> None:
    (hit,) = check_words("t", "Elle voit un psychologue.", PEOPLE, DAY)
    assert "effet sur le logement" in hit.advice


def test_a_page_is_read_as_fast_as_it_is_laid_out() -> None:
    text = " ".join([*HARMLESS, *(sentence for sentence, _ in FOUND)])[:2000]
    check_words("t", text, PEOPLE, DAY)
    # 10 ms on the office PC, counted in additions so that a loaded machine changes little: 1.4 to 1.7 of them here.
    floor = min(_cpu(lambda: sum(number for number in range(200_000))) for _ in range(5))
    assert min(_cpu(lambda: check_words("t", text, PEOPLE, DAY)) for _ in range(5)) <= 4 * floor


@pytest.mark.parametrize(
    "odd", ["a" * 20_000, "A.B.C." * 3_000, "fils enfants il a la " * 800, "1 2 3 4 " * 2_000]
)
def test_an_odd_page_is_read_in_one_go(odd: str) -> None:
    floor = min(_cpu(lambda: sum(number for number in range(200_000))) for _ in range(5))
    # Seconds before a long word was read once only: hundreds of times this floor.
    assert _cpu(lambda: check_words("t", odd, PEOPLE, DAY)) <= 100 * floor


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Il touche 607 par mois.", HitKind.MONEY),
        ("A trouvé du soutien à la paroisse.", HitKind.RELIGION),
        ("Il a fait 8 mois.", HitKind.JUSTICE),
        ("Monsieur est venu avec son mari.", HitKind.SEXUALITY),
        ("Sort de Sequedin en juin.", HitKind.JUSTICE),
        ("Ne se lave plus, volets fermés.", HitKind.HEALTH),
        ("mme ouedraogo garde les clés", HitKind.OTHER_PERSON),
    ],
)
def test_what_is_said_in_passing_is_found(sentence: str, kind: HitKind) -> None:
    assert kind in {hit.kind for hit in check_words("t", sentence, PEOPLE, DAY)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Il a fait 8 mois de stage.",
        "Logement adapté, plan détaillé, évacuation dégorgée.",
        "Le technicien a trouvé un trou de souris dans le mur.",
        "Un conseiller est venu avec la gardienne.",
    ],
)
def test_the_same_words_about_the_dwelling_are_let_through(sentence: str) -> None:
    assert check_words("t", sentence, PEOPLE, DAY) == ()


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
