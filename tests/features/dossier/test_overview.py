"""What the overview says of a real file: header, figures, next steps, thread."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseworker_app.features.budget import service as budget
from caseworker_app.features.budget.domain.sheet import NewLine, NewMonth
from caseworker_app.features.dossier import service
from caseworker_app.features.dossier.domain.happening import Reach, Thread
from caseworker_app.features.dossier.domain.next_steps import StepKind
from caseworker_app.features.dossier.domain.overview import Tone, one_line
from caseworker_app.features.dossier.domain.shown import ShownDossier, shown_dossier
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.autonomy import Level, NewEvaluation, NewLevel, View
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.procedures import service as procedures
from caseworker_app.features.procedures.domain.procedure import NewProcedure
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.referrals.domain.following import Conclusion, NewDiagnosis
from caseworker_app.features.referrals.domain.referral import Decision, NewDecision, NewReferral, Sender
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile

TODAY = date(2026, 11, 24)


def shown(file: EncryptedFile, who: Who, household: str) -> ShownDossier:
    with file.reading() as connection:
        return shown_dossier(service.open_overview(connection, who, household, TODAY))


def test_the_header_always_answers(file: EncryptedFile, who: Who, followed: str) -> None:
    header = shown(file, who, followed).header
    assert header.initials == "SM"
    assert "Solène (34\u00a0ans) et Lila (9\u00a0ans)" in header.people
    assert header.housing.answer == "14 rue des Tisserands, bât. B, apt 12"
    assert header.contact.answer.startswith("06\u00a039\u00a098\u00a012\u00a047")
    assert header.measure.answer == "ASLL jusqu’au 15\u00a0déc."
    assert getattr(header.measure.detail, "tone", None) is Tone.DUE
    assert header.follower.answer == "Claire Lenoir, référent·e"
    assert [sign.words for sign in header.signs] == [
        "Suivi en cours",
        "Rendez-vous demain à 9\u00a0h\u00a030",
    ]


def test_a_file_with_nothing_says_so_without_failing(file: EncryptedFile, who: Who) -> None:
    household, _ = households.create_household(file, who, NewHousehold((NewMember("Kowal"),)))
    dossier = shown(file, who, household)
    assert dossier.header.initials == "KO"
    assert dossier.header.housing.answer == "Adresse inconnue"
    assert dossier.header.contact.answer == "Aucun moyen connu"
    assert dossier.header.measure.answer == "Aucune mesure en cours"
    assert dossier.to_do == dossier.thread == ()
    assert [figure.value for figure in dossier.figures[:3]] == ["—", "—", "—"]


def test_next_steps_stand_by_date_with_the_late_ones_first(
    file: EncryptedFile, who: Who, followed: str
) -> None:
    steps = shown(file, who, followed).to_do
    assert [step.kind for step in steps] == [
        StepKind.GOAL_STEP, StepKind.APPOINTMENT, StepKind.PROMISE, StepKind.MEASURE_END, StepKind.GOAL_STEP,
    ]  # fmt: skip
    assert steps[0].sign is not None
    assert (steps[0].sign.words, steps[0].sign.tone) == ("9\u00a0jours de retard", Tone.LATE)


def test_a_step_done_leaves_the_list_for_the_thread(file: EncryptedFile, who: Who, followed: str) -> None:
    first = shown(file, who, followed).to_do[0]
    goals.complete_step(file, who, first.row_id)
    after = shown(file, who, followed)
    assert first.key not in [step.key for step in after.to_do]
    assert [step.row_id for step in after.done] == [first.row_id]
    assert any(each.title == "Étape faite\u00a0: Ouvrir un compte" for each in after.thread)


def test_everything_written_in_the_diary_is_internal(file: EncryptedFile, who: Who, followed: str) -> None:
    dossier = shown(file, who, followed)
    visits = dossier.narrowed(Thread.VISITS)
    assert [each.reach for each in visits] == [Reach.INTERNAL]
    assert visits[0].sentence == "Logement aéré, chauffé."
    assert sum(dossier.counts().values()) == len(dossier.thread)


def test_a_procedure_is_in_the_thread_from_its_beginning_to_its_end(
    file: EncryptedFile, who: Who, followed: str
) -> None:
    def told() -> list[tuple[str, str]]:
        thread = shown(file, who, followed).thread
        return [(each.title, each.sentence) for each in thread if each.key.startswith("procedure")]

    days = [TODAY - timedelta(days) for days in (9, 2, 0)]
    begun = NewProcedure("enforceable_right", days[0], due_on=date(2027, 1, 9))
    key, _ = procedures.begin_procedure(file, who, followed, begun)
    assert told() == [("Démarche commencée\u00a0: Recours DALO", "À déposer pour le 09/01/2027")]
    ended = NewProcedure("enforceable_right", days[0], filed_on=days[1], ended_on=days[2])
    procedures.change_procedure(file, who, key, ended)
    assert [title for title, _ in told()] == [
        f"Démarche {said}\u00a0: Recours DALO" for said in ("terminée", "déposée", "commencée")
    ]


def test_a_referral_is_in_the_thread_from_its_reception_to_its_decision(
    file: EncryptedFile, who: Who, followed: str
) -> None:
    asked = NewReferral(TODAY, Sender.SIAO, ("first_home",), body="SIAO de Valmère")
    key = referrals.receive_referral(file, who, asked, followed)[0].referral_id
    found = NewDiagnosis(TODAY, conclusion=Conclusion.MEASURE, kind_code="asll")
    referrals.write_diagnosis(file, who, key, found)
    referrals.decide_referral(file, who, key, NewDecision(Decision.ACCEPTED, TODAY))
    told = {
        each.key.partition(":")[0]: each
        for each in shown(file, who, followed).thread
        if "referral" in each.key
    }
    assert {name: each.title.replace("\u00a0", " ") for name, each in told.items()} == {
        "referral": "Demande reçue : SIAO de Valmère",
        "referral-diagnosis": "Diagnostic : mesure proposée",
        "referral-decision": "Demande acceptée",
    }
    assert {each.reach for each in told.values()} == {Reach.INTERNAL}


def test_what_is_to_come_is_not_in_the_thread(file: EncryptedFile, who: Who, followed: str) -> None:
    assert all(each.day <= TODAY for each in shown(file, who, followed).thread)


def test_the_residual_income_explains_itself(file: EncryptedFile, who: Who, household: str) -> None:
    lines = (NewLine("rsa", 90_000), NewLine("rent", 40_000))
    budget.write_month(file, who, NewMonth(household, date(2026, 11, 1), lines, persons_hundredths=200))
    figure = shown(file, who, household).figures[0]
    assert figure.value == "8,33\u00a0€"
    assert figure.explanation is not None
    assert figure.explanation.formula.endswith("= 8,33\u00a0€")
    assert ("Ressources", "900,00\u00a0€") in [(line.label, line.value) for line in figure.explanation.lines]
    assert figure.explanation.source


def test_two_months_show_a_trend(file: EncryptedFile, who: Who, household: str) -> None:
    for month, rent in ((10, 50_000), (11, 40_000)):
        lines = (NewLine("rsa", 90_000), NewLine("rent", rent))
        budget.write_month(file, who, NewMonth(household, date(2026, month, 1), lines))
    residual, ratio = shown(file, who, household).figures[:2]
    assert residual.sign is not None
    assert residual.sign.words == "+3,34\u00a0€ depuis octobre\u00a02026"
    assert ratio.sign is not None
    assert ratio.sign.words.startswith("−\u00a011,")


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ((Level.TO_SECURE, Level.TO_SECURE, Level.FRAGILE), "2\u00a0domaines à sécuriser"),
        ((Level.STABLE, Level.FRAGILE), "1\u00a0domaine fragile"),
        ((Level.STABLE, Level.AUTONOMOUS), "Aucun domaine fragile"),
    ],
)
def test_autonomy_is_told_in_words(
    file: EncryptedFile, who: Who, household: str, levels: tuple[Level, ...], words: str
) -> None:
    codes = ("budget", "upkeep", "debts")
    told = tuple(NewLevel(code, level) for code, level in zip(codes, levels, strict=False))
    goals.record_evaluation(file, who, NewEvaluation(household, TODAY, View.WORKER, told))
    figure = shown(file, who, household).figures[3]
    assert figure.sign is not None
    assert figure.sign.words == words
    assert figure.series == ()


def test_a_long_text_is_cut_after_a_word() -> None:
    assert one_line("un deux trois", 8) == "un deux…"
    assert one_line("un\n deux", 8) == "un deux"
