"""The social diagnosis on paper (« diagnostic social »): who, home, budget, autonomy and goals on its day, conclusion.

Everything of it is *interne*: what may be told of a diagnosis goes by the answer to the referral, as agreed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.budget.domain.debts import DEBT_STAGE_LABELS, Debt, debt_kind
from caseworker_app.features.budget.domain.indicators import NOT_COMPUTABLE, indicators
from caseworker_app.features.budget.domain.sheet import BudgetSheet
from caseworker_app.features.goals.domain.autonomy import LEVEL_LABELS, EvaluationWithLevels, View
from caseworker_app.features.goals.domain.comparing import anchor_of, of_view
from caseworker_app.features.goals.domain.goal import GoalWithSteps
from caseworker_app.features.goals.domain.grid import Grids
from caseworker_app.features.goals.domain.papers import PaperHead
from caseworker_app.features.handover.domain.record import (
    InternalRecord,
    RecordBlock,
    RecordPart,
    Remark,
    Strong,
    Written,
    facts,
    table,
)
from caseworker_app.features.handover.domain.record_homes import home_facts
from caseworker_app.features.households.domain import HouseholdMember
from caseworker_app.features.households.domain.shown import (
    age_words,
    language_words,
    protection_words,
    relation_words,
)
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.measures.domain.measure import INTENSITY_LABELS
from caseworker_app.features.referrals.domain.file import ReferralFile
from caseworker_app.features.referrals.domain.following import (
    ADVICE_TEXTS,
    CONCLUSION_LABELS,
    HOUSING_TEXTS,
    SOCIAL_TEXTS,
    Diagnosis,
    interviews,
)
from caseworker_app.features.referrals.domain.referral import DECISION_LABELS
from caseworker_app.features.referrals.domain.shown import agreed_words, conclusion_words, product_words
from caseworker_app.features.referrals.domain.tables import every_label, reason_words
from caseworker_app.kernel.dates import format_date, format_long_date, format_month
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import join_words
from caseworker_app.kernel.money import format_euros, format_percent

TITLE = "Diagnostic social"
TEMPLATE = "modèle «\u00a0Diagnostic social\u00a0», n°\u00a01"
_GOING_ON = (
    "Ce diagnostic n’est pas conclu\u00a0: il se lit tel qu’il est écrit aujourd’hui. "
    "«\u00a0Diagnostic\u00a0», à la page Demandes, le termine."
)
_NO_TOTAL = "Chaque domaine se lit pour lui-même\u202f; aucun total n’est calculé."
_VIEWS = {View.WORKER: "Intervenant·e", View.HOUSEHOLD: "Ménage"}


@dataclass(frozen=True, slots=True)
class DiagnosisMaterial:
    """All that was read for a diagnosis.

    `day`: the day it speaks of, that of its conclusion, else today; `home`, `rent`, `sheet`: the home, its account and
    the last budget on that day; `evaluations`, `goals`: all of the household.
    """

    head: PaperHead
    day: date
    file: ReferralFile
    diagnosis: Diagnosis
    home: LeaseFile | None
    rent: RentStatement | None
    sheet: BudgetSheet | None
    evaluations: tuple[EvaluationWithLevels, ...]
    goals: tuple[GoalWithSteps, ...]
    grids: Grids


def diagnosis_record(material: DiagnosisMaterial) -> InternalRecord:
    """Return the diagnosis as it prints; without a conclusion a notice says that it goes on."""
    found = material.diagnosis
    parts = (
        RecordPart("La demande", facts(_request(material))),
        RecordPart("Le ménage", _household(material)),
        RecordPart("Situation sociale", tuple(_written(found, SOCIAL_TEXTS, "family"))),
        RecordPart("Ressources, charges et dettes", tuple(_budget(material))),
        RecordPart("Logement", (*facts(_home(material)), *_written(found, HOUSING_TEXTS))),
        RecordPart("Autonomie ce jour-là", tuple(_autonomy(material))),
        RecordPart("Objectifs proposés", tuple(_goals(material))),
        RecordPart("Conclusion", (*facts(_conclusion(material)), *_written(found, ADVICE_TEXTS))),
    )
    notice = "" if found.conclusion else _GOING_ON
    signers = ((material.head.worker_title or "Diagnostic établi par", material.head.worker),)
    return InternalRecord(material.head, TITLE, _about(found), TEMPLATE, parts, signers, notice)


def _about(found: Diagnosis) -> str:
    if found.conclusion is None or found.concluded_on is None:
        return "diagnostic en cours"
    return f"{CONCLUSION_LABELS[found.conclusion]}, conclu le {format_long_date(found.concluded_on)}"


def _request(material: DiagnosisMaterial) -> Iterator[tuple[str, str]]:
    of, found = material.file.referral, material.diagnosis
    held = [format_long_date(each) for each in interviews(material.file.attempts) if each <= material.day]
    prescribed = f"le {format_long_date(found.prescribed_on)}"
    yield "Demande", f"{of.number}, reçue le {format_long_date(of.received_on)}"
    yield "Adressée par", of.body
    yield "Motifs", reason_words(of.reason_codes)
    yield "Ce qui est demandé", product_words(of, material.file)
    yield "Accord du ménage", agreed_words(of)
    yield (
        "Diagnostic prescrit",
        f"{prescribed}, par {found.prescribed_by}" if found.prescribed_by else prescribed,
    )
    yield "Entretiens", join_words(held) or "aucun noté"
    yield "Situation décrite", of.statement or ""
    yield "Procédure", of.procedure or ""


def _household(material: DiagnosisMaterial) -> tuple[RecordBlock, ...]:
    rows = [
        _member(each, material.day) for each in material.file.people.everyone if _there(each, material.day)
    ]
    columns = ((0.32, "Personne"), (0.26, "Lien"), (0.14, "Âge"), (0.28, "À savoir"))
    return (*table(columns, rows), *_written(material.diagnosis, {"family": SOCIAL_TEXTS["family"]}))


def _there(member: HouseholdMember, day: date) -> bool:
    born = member.birth_date is None or member.birth_date <= day
    return born and (member.left_on is None or member.left_on > day)


def _member(member: HouseholdMember, day: date) -> tuple[str, ...]:
    more = ", ".join(part for part in (protection_words(member), language_words(member)) if part)
    return member.full_name(), relation_words(member), age_words(member, day) or "–", more or "–"


def _written(found: Diagnosis, titles: Mapping[str, str], *besides: str) -> Iterator[Written]:
    """Yield the texts of a diagnosis that say something; the resources stand with the budget."""
    for name, title in titles.items():
        text: str | None = getattr(found, name)
        if text and name not in (*besides, "resources"):
            yield Written(title, text)


def _budget(material: DiagnosisMaterial) -> Iterator[RecordBlock]:
    sheet = material.sheet
    if sheet is not None:
        yield from table(
            ((0.5, f"Budget de {format_month(sheet.month.month)}"), (0.5, "Montant")), _figures(sheet)
        )
        debts = [_debt(each, material.day) for each in sheet.debts]
        yield from table(((0.4, "Dette"), (0.34, "Reste dû"), (0.26, "Où elle en est")), debts)
    if material.diagnosis.resources:
        yield Written("Précisions" if sheet is not None else "", material.diagnosis.resources)


def _figures(sheet: BudgetSheet) -> Iterator[tuple[str, str]]:
    told = indicators(sheet)
    for figure in (told.income, told.expenses, told.residual, told.residual_per_day, told.balance):
        yield figure.label, NOT_COMPUTABLE if figure.value is None else format_euros(figure.value)
    ratio = told.net_ratio
    yield ratio.label, NOT_COMPUTABLE if ratio.value is None else format_percent(ratio.value)


def _debt(debt: Debt, day: date) -> tuple[str, ...]:
    try:
        nature = debt_kind(debt.nature, day).label
    except CaseworkerError:  # a nature of an older list
        nature = "Dette"
    what = ", ".join(part for part in (nature, debt.creditor) if part)
    stage = DEBT_STAGE_LABELS[debt.stage]
    return what, f"{format_euros(debt.remaining_cents)} au {format_date(debt.remaining_on)}", stage


def _home(material: DiagnosisMaterial) -> Iterator[tuple[str, str]]:
    protected = material.file.people.household.protected
    if material.home is not None:
        yield from home_facts(material.home, material.rent, protected=protected)
        return
    address = material.file.people.address_on(material.day)
    if address is not None:
        yield "Adresse", "masquée, dossier protégé" if protected else address.one_line()


def _autonomy(material: DiagnosisMaterial) -> Iterator[RecordBlock]:
    """Yield the last evaluation of each view up to the day, side by side where there are two."""
    until = [each for each in material.evaluations if each.evaluation.evaluated_on <= material.day]
    seen = [(words, of_view(until, view)[-1]) for view, words in _VIEWS.items() if of_view(until, view)]
    if not seen:
        return
    share = 0.7 / len(seen)
    columns = [(0.3, "Domaine")]
    columns += [(share, f"{words}, {format_date(each.evaluation.evaluated_on)}") for words, each in seen]
    labels = {
        domain.code: domain.label
        for _, each in reversed(seen)
        for domain in each.grid.known
        if any(level.domain == domain.code for level in each.levels)
    }
    rows = [(label, *(_level(each, code) for _, each in seen)) for code, label in labels.items()]
    yield from table(columns, rows)
    yield Remark(_NO_TOTAL)


def _level(of: EvaluationWithLevels, code: str) -> str | Strong:
    if not of.grid.holds(code):
        return "–"
    level = of.level(code)
    anchor = anchor_of(of.grid.domain(code), level)
    return Strong(LEVEL_LABELS[level], anchor) if anchor else LEVEL_LABELS[level]


def _goals(material: DiagnosisMaterial) -> Iterator[RecordBlock]:
    """Yield the goals set from the day the diagnosis was prescribed to the day it speaks of."""
    first, last = material.diagnosis.prescribed_on, material.day
    rows = []
    for each in material.goals:
        goal = each.goal
        if first <= goal.opened_on <= last:
            domain = material.grids.domain(goal.domain, last)
            due = format_date(goal.target_on) if goal.target_on else "–"
            rows.append((goal.title, domain.label if domain else "–", due, goal.indicator or "–"))
    columns = (
        (0.38, "Objectif"),
        (0.22, "Domaine"),
        (0.14, "Échéance"),
        (0.26, "On saura que c’est atteint"),
    )
    yield from table(columns, rows)


def _conclusion(material: DiagnosisMaterial) -> Iterator[tuple[str, str]]:
    found, of = material.diagnosis, material.file.referral
    if found.conclusion is not None:
        yield "Conclusion", conclusion_words(found, material.file)
        yield "Conclu le", format_long_date(found.concluded_on) if found.concluded_on else ""
        yield "Intensité proposée", INTENSITY_LABELS[found.intensity] if found.intensity else ""
    if of.decision is not None and of.decided_on is not None:
        refused = every_label("refusal").get(of.refusal_code or "", "")
        told = f"{DECISION_LABELS[of.decision]} le {format_long_date(of.decided_on)}"
        yield "Suite donnée", f"{told}\u00a0: {refused}" if refused else told
