"""The plan of goals, the contract, the evaluation: what is on the paper, what never is, read back from real PDFs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.documents.plan import render_plan
from caseworker_app.features.goals.domain.autonomy import Level, NewEvaluation, NewLevel, View
from caseworker_app.features.goals.domain.goal import GoalState, NewStep
from caseworker_app.features.goals.domain.papers import GoalPlan, PaperHead, PlanGoal, PlanStep
from caseworker_app.features.handover.domain.kinds import CONTRACT, EVALUATION, GOAL_PLAN
from caseworker_app.features.handover.service.papers import household_paper
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed
from caseworker_app.pdf.identity import Identity
from caseworker_app.storage.access_log import AccessKind, read_accesses
from tests.features.handover.rich_household import DAY, Rich, build
from tests.pdf.reading import assert_sound

RENDERERS = renderers()
HEAD = PaperHead(
    "Mme Zoé Essai", "2026-AAAA-0001", ("Mme Zoé Essai",), "", "", "Claire Lenoir", "CESF", DAY, "C. L."
)


@pytest.fixture
def rich(file: Any, who: Who) -> Rich:
    return build(file, who)


def printed(file: Any, who: Who, household: str, kind: str, out: Path) -> tuple[str, Any]:
    made = print_document(file, who, kind, household, out, RENDERERS)
    return words(out.read_bytes()), made


def words(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(text.split())


def test_the_plan_says_who_does_what_and_nothing_internal(
    file: Any, who: Who, rich: Rich, tmp_path: Path
) -> None:
    text, made = printed(file, who, rich.household_id, "plan-objectifs", tmp_path / "p.pdf")
    assert made.pages == 1
    for told in (
        "Payer le loyer courant",
        "Signaler les travaux",
        "une première étape",
        "Vous",
        "Udaf inventée",
    ):
        assert told in text
    for kept in ("médecin", "crèche", "note du dossier", "Glycines"):
        assert kept not in text
    assert made.remark == "2\u00a0objectifs internes ne figurent pas sur ce document."
    assert_sound((tmp_path / "p.pdf").read_bytes())


def test_the_contract_holds_its_parts(file: Any, who: Who, rich: Rich, tmp_path: Path) -> None:
    text, _ = printed(file, who, rich.household_id, "contrat-accompagnement", tmp_path / "c.pdf")
    for told in (
        "Qui s’engage", "Solène Marchadier", "Bail glissant", "1er novembre 2025 au 30 avril 2027", "par mois",
        "L’association s’engage à", "Le ménage s’engage à", "Valmère Habitat", "31 mars 2027", "Vos recours",
        "Fin anticipée", "Signature",
    ):  # fmt: skip
        assert told in text, told
    assert "médecin" not in text
    assert_sound((tmp_path / "c.pdf").read_bytes())


def test_the_evaluation_tells_each_level_with_its_words(
    file: Any, who: Who, rich: Rich, tmp_path: Path
) -> None:
    text, _ = printed(file, who, rich.household_id, "evaluation-autonomie", tmp_path / "e.pdf")
    for told in ("Document interne", "12 mai 2026", "27 octobre 2026", "fragile", "en progrès", "progresse"):
        assert told in text, told
    assert "moyenne" not in text.casefold()
    assert "total n’est calculé" in text
    assert_sound((tmp_path / "e.pdf").read_bytes())


def test_a_protected_home_is_masked_wherever_it_was_typed(file: Any, who: Who) -> None:
    rich = build(file, who, protected=True)
    with file.reading() as connection:
        goal = goals.goals_of(connection, who, rich.household_id)[0].goal
    goals.add_step(file, who, goal.id, NewStep("Aller au 8 allée des Glycines"))
    with file.reading() as connection:
        paper = household_paper(connection, who, GOAL_PLAN, rich.household_id, day=DAY)
    assert isinstance(paper, GoalPlan)
    told = str(paper)
    assert "Glycines" not in told
    assert "[masqué]" in told


def test_a_goal_on_hold_says_until_when_and_never_why(file: Any, who: Who, rich: Rich) -> None:
    with file.reading() as connection:
        goal = goals.goals_of(connection, who, rich.household_id)[0].goal
    goals.change_goal_state(
        file, who, goal.id, GoalState.ON_HOLD, reason="hospitalisation", until=date(2027, 1, 31)
    )
    with file.reading() as connection:
        paper = household_paper(connection, who, GOAL_PLAN, rich.household_id, day=DAY)
    assert isinstance(paper, GoalPlan)
    waiting = [each.waiting.replace("\u00a0", " ") for each in paper.goals]
    assert "en pause jusqu’au 31 janvier 2027" in waiting
    assert "hospitalisation" not in str(paper)


def test_what_is_missing_is_said(file: Any, who: Who, tmp_path: Path) -> None:
    household, _ = households.create_household(file, who, NewHousehold((NewMember("Essai", "Zoé"),)))
    for kind, sentence in (
        ("plan-objectifs", "Aucun objectif"),
        ("contrat-accompagnement", "à partir d’une mesure"),
        ("evaluation-autonomie", "Aucune évaluation"),
    ):
        with pytest.raises(InvalidEntry, match=sentence):
            print_document(file, who, kind, household, tmp_path / "x.pdf", RENDERERS)
    assert list(tmp_path.glob("x.pdf")) == []


def test_printing_leaves_a_line_and_asks_for_the_right(
    file: Any, who: Who, rich: Rich, tmp_path: Path
) -> None:
    printed(file, who, rich.household_id, "plan-objectifs", tmp_path / "p.pdf")
    with file.unit_of_work(who.worker_id, "number_copies") as uow:
        uow.next_numbers("DOS", 1)
    with file.reading() as connection:
        read = read_accesses(connection, household_ids=[rich.household_id])
    assert "plan-objectifs" in [line.detail for line in read if line.kind == AccessKind.PRINTED.value]
    volunteer = Who(who.worker_id, who.name, Role.VOLUNTEER)
    for kind in (GOAL_PLAN, CONTRACT, EVALUATION):
        with pytest.raises(NotAllowed), file.reading() as connection:
            household_paper(connection, volunteer, kind, rich.household_id, day=DAY)


_text = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=200)
_steps = st.builds(
    PlanStep, _text, st.sampled_from(["Vous", "Ensemble"]), st.just("31 mars 2027"), st.booleans()
)
_goals = st.builds(PlanGoal, _text, st.just("31 mars 2027"), _text | st.just(""), st.just(""),
                   st.lists(_steps, max_size=20).map(tuple))  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(_goals, min_size=1, max_size=14).map(tuple), st.lists(_text, min_size=1, max_size=4).map(tuple)
)
def test_the_plan_holds_on_one_page_whatever_there_is(
    told: tuple[PlanGoal, ...], signers: tuple[str, ...]
) -> None:
    plan = GoalPlan(replace(HEAD, signers=signers), told, 0)
    pdf = render_plan(plan, Identity("Les Amarres", lines=("14, quai des Tilleuls",)))
    assert len(PdfReader(BytesIO(pdf)).pages) == 1


def test_a_usual_plan_is_in_large_type_with_every_step_left() -> None:
    steps = tuple(PlanStep(f"Étape {n}", "Vous", "5 février 2027", done=False) for n in range(3))
    plan = GoalPlan(
        HEAD, tuple(PlanGoal(f"Payer {n}", "31 mars 2027", "Reçu", "", steps) for n in range(3)), 0
    )
    text = words(render_plan(plan, Identity("Les Amarres")))
    assert text.count("Étape 2") == 3
    assert "dans votre dossier" not in text


def test_the_evaluation_tells_every_date_once_there_are_more_than_two(
    file: Any, who: Who, rich: Rich, tmp_path: Path
) -> None:
    for month in range(1, 6):
        levels = (NewLevel("budget", list(Level)[month % 5]),)
        evaluated = NewEvaluation(rich.household_id, date(2025, month, 3), View.WORKER, levels)
        goals.record_evaluation(file, who, evaluated)
    text, _ = printed(file, who, rich.household_id, "evaluation-autonomie", tmp_path / "d.pdf")
    words = " ".join(text.split())
    assert "Chaque domaine aux 7 dates" in words
    for month in ("janv.", "févr.", "mars", "avril", "mai"):
        assert f"3 {month} 2025" in words, month
    assert "moyenne" not in text.casefold()
    assert_sound((tmp_path / "d.pdf").read_bytes())
