"""What a follow-up table tells beside households, written: measures, debts, entries of the diary, workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from caseworker_app.features.budget import service as budget
from caseworker_app.features.budget.domain.debts import NewDebt
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import IMPORTED, NewEntry
from caseworker_app.features.households.domain.completing import joined_note
from caseworker_app.features.intake.domain.choices import Choices
from caseworker_app.features.intake.domain.dated_notes import DatedNote
from caseworker_app.features.intake.domain.decision import Action, Decision
from caseworker_app.features.intake.domain.follow_up_words import kinds_on
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.features.intake.domain.tracker_workers import WorkerMatch, match_workers
from caseworker_app.features.intake.domain.tracking import ProposedDebt, ProposedMeasure, ProposedTracking
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewMeasure
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Role, Who
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.money import format_euros
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def require_rights(who: Who, kind: ListKind) -> None:
    """Refuse a list whose import writes more than the role may. Raises NotAllowed."""
    if kind in (ListKind.TRACKER, ListKind.REFERRALS):
        who.require(Right.WRITE_FILES)
    if kind is ListKind.TRACKER:
        who.require(Right.WRITE_DIARY)


def match_the_workers(
    file: EncryptedFile, who: Who, plan: ImportPlan, choices: Choices
) -> tuple[WorkerMatch, ...]:
    """Return whom the names of a follow-up table mean. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    if not plan.tracked:
        return ()
    with file.reading() as connection:
        known = [(worker.id, worker.name) for worker in team.list_workers(connection, who) if worker.active]
    names = dict.fromkeys(each.worker for each in plan.tracked if each.worker)
    may_add = choices.new_workers and who.may(Right.MANAGE_OFFICE)
    return match_workers(names, known, (who.worker_id, who.name), may_add=may_add, chosen=choices.workers)


@dataclass(slots=True)
class _Told:
    """What the rows of one household tell, and whether the file may hold some of it already."""

    household_id: str
    is_new: bool
    rows: list[ProposedTracking] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def write_tracked(
    uow: UnitOfWork,
    who: Who,
    plan: ImportPlan,
    chosen: dict[int, Decision],
    made: dict[int, str],
    workers: Sequence[WorkerMatch],
) -> None:
    """Write what the rows of a batch tell of the follow-up; what the household has already is not doubled."""
    told = _by_household(plan, chosen, made)
    ids = _worker_ids(uow, who, [row.worker for one in told for row in one.rows], workers)
    for one in told:
        _write_measures(uow, one, ids)
        _write_debts(uow, who, one)
    _write_notes(uow, who, told, ids)
    for one in told:
        if one.lines:
            _add_to_note(uow, one)


def _by_household(plan: ImportPlan, chosen: dict[int, Decision], made: dict[int, str]) -> list[_Told]:
    owners = {row: p.row for p in plan.households if p.row in chosen for row in p.rows}
    told: dict[str, _Told] = {}
    for each in plan.tracked:
        decision = chosen.get(owners.get(each.row, 0))
        if decision is None or decision.action is Action.SKIP:
            continue
        is_new = decision.action is Action.CREATE
        target = made.get(decision.row if is_new else decision.other_row or 0)
        household = target if is_new else decision.household_id or target
        if household is not None:
            # Two rows of a batch may tell of one household: the second must see what the first brings.
            one = told.setdefault(household, _Told(household, is_new))
            one.is_new = one.is_new and is_new
            one.rows.append(each)
    return list(told.values())


def _worker_ids(
    uow: UnitOfWork, who: Who, names: Sequence[str], workers: Sequence[WorkerMatch]
) -> dict[str, str]:
    """Return the worker each name means, adding those who are new and follow somebody of this batch."""
    wanted = {fold(name) for name in names}
    ids = {fold(match.name): match.worker_id for match in workers if match.worker_id is not None}
    new = {fold(m.name): m.worker_name for m in workers if m.worker_id is None and fold(m.name) in wanted}
    if new:
        # An earlier batch may have added them.
        known = {fold(each.name): each.id for each in team.list_workers(uow.connection, who)}
        for key, name in new.items():
            ids[key] = known.get(fold(name)) or team.add_workers(uow, [name], Role.CASEWORKER)[0]
            known[fold(name)] = ids[key]
    return ids


def _write_measures(uow: UnitOfWork, one: _Told, workers: dict[str, str]) -> None:
    for row in one.rows:
        if row.measure is None:
            continue
        try:
            measures.open_measures(
                uow, [_new_measure(one.household_id, row.measure, workers.get(fold(row.worker)))]
            )
        except InvalidEntry as error:
            line = f"{_measure_words(uow, row.measure)} (non reprise\u00a0: {error.sentence})"
            if not _is_told_twice(one, row):
                one.lines.append(line)


def _is_told_twice(one: _Told, row: ProposedTracking) -> bool:
    """Say whether an earlier row told the same measure: tables repeat it each year."""
    earlier = one.rows[: one.rows.index(row)]
    return row.measure is not None and any(
        other.measure is not None
        and (other.measure.kind_code, other.measure.starts_on)
        == (row.measure.kind_code, row.measure.starts_on)
        for other in earlier
    )


def _new_measure(household_id: str, told: ProposedMeasure, worker: str | None) -> NewMeasure:
    return NewMeasure(
        household_id,
        told.kind_code,
        told.starts_on,
        planned_end_on=told.planned_end_on,
        prescriber=told.prescriber,
        lead_worker_id=worker,
        ended_on=told.ended_on,
        exit_reason_code=told.exit_reason_code,
    )


def _measure_words(uow: UnitOfWork, told: ProposedMeasure) -> str:
    kind = kinds_on(uow.today).get(told.kind_code)
    label = kind.label if kind else told.kind_code
    end = told.ended_on or told.planned_end_on
    until = f" au {format_date(end)}" if end else ""
    return f"Mesure du tableau\u00a0: {label}, du {format_date(told.starts_on)}{until}"


def _write_debts(uow: UnitOfWork, who: Who, one: _Told) -> None:
    known = [] if one.is_new else budget.debts_of(uow.connection, who, one.household_id)
    own = {(each.nature, fold(each.creditor or "")): each.remaining_cents for each in known}
    batch: list[NewDebt] = []
    for debt in (debt for row in one.rows for debt in row.debts):
        key = (debt.nature, fold(debt.creditor or ""))
        if key not in own:
            own[key] = debt.remaining_cents
            batch.append(_new_debt(one.household_id, debt))
        elif own[key] != debt.remaining_cents:
            told = debt.note or debt.creditor or "même nature"
            one.lines.append(f"Autre montant de dette\u00a0: {format_euros(debt.remaining_cents)} ({told})")
    budget.add_debts(uow, batch)


def _new_debt(household_id: str, debt: ProposedDebt) -> NewDebt:
    return NewDebt(household_id, debt.nature, debt.remaining_cents, debt.creditor, note=debt.note)


def _write_notes(uow: UnitOfWork, who: Who, told: Sequence[_Told], workers: dict[str, str]) -> None:
    batch: list[NewEntry] = []
    for one in told:
        known = [] if one.is_new else diary.entries_of(uow.connection, who, one.household_id)
        own = {(entry.started_at, fold(entry.observed or "")) for entry in known}
        for row in one.rows:
            for note in row.notes:
                # Midnight: the table tells no hour.
                at = datetime.combine(note.day, time.min)
                if (at, fold(note.text)) not in own:
                    own.add((at, fold(note.text)))
                    batch.append(_entry(one.household_id, at, note, workers.get(fold(row.worker))))
    diary.add_entries(uow, sorted(batch, key=lambda entry: entry.started_at))


def _entry(household_id: str, at: datetime, note: DatedNote, worker: str | None) -> NewEntry:
    return NewEntry(household_id, note.kind, at, purpose=IMPORTED, observed=note.text, worker_id=worker)


def _add_to_note(uow: UnitOfWork, one: _Told) -> None:
    table = declaration_of("household").table
    before = uow.get(table, one.household_id)["note"]
    uow.update(table, one.household_id, {"note": joined_note(before, "\n".join(dict.fromkeys(one.lines)))})
