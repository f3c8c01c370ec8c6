"""The `merge`, `split` and `undo` commands: households made one or two, and the last changes taken back."""

from __future__ import annotations

import argparse
from typing import Any

from caseworker_app.cli.session import answer, open_for
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.dossier.domain.merging import MergeReport
from caseworker_app.features.dossier.domain.splitting import SplitChoices, SplitReport
from caseworker_app.features.dossier.domain.undoing import UndoableChange
from caseworker_app.features.dossier.domain.value_words import moment_text
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewAddress, member_called
from caseworker_app.kernel.clock import today


def merge(options: argparse.Namespace) -> int:
    """Make a household one with another; whoever is likely the same person in both becomes one."""
    with open_for(options) as office:
        with office.file.reading() as connection:
            kept, absorbed = (
                households.find_by_reference(connection, office.who, reference).id
                for reference in (options.kept, options.absorbed)
            )
            day = today(office.file.clock)
            proposal = dossier.propose_merge(connection, office.who, kept, absorbed, day)
        report, _ = dossier.merge_households(
            office.file, office.who, kept, absorbed, proposal.choices(), office.drafts
        )
    answer(options, _merge_json(report), _merge_text(report))
    return 0


def split(options: argparse.Namespace) -> int:
    """Let some members leave into a file of their own, with what is theirs."""
    with open_for(options) as office:
        with office.file.reading() as connection:
            first = households.find_by_reference(connection, office.who, options.reference)
            members = households.open_household(connection, office.who, first.id).everyone
        leaving = tuple(dict.fromkeys(member_called(members, name).id for name in options.member))
        remaining = member_called(members, options.remaining).id if options.remaining else None
        choices = SplitChoices(
            leaving, leaving[0], remaining, new_address=_new_address(options), protect_new=options.protect
        )
        report, _ = dossier.split_household(office.file, office.who, first.id, choices)
    answer(options, _split_json(report, first.reference), _split_text(report))
    return 0


def undo(options: argparse.Namespace) -> int:
    """Take back the last change, or the one named; with --list, tell the last ones."""
    with open_for(options) as office:
        if options.list:
            with office.file.reading() as connection:
                household = None
                if options.household is not None:
                    household = households.find_by_reference(connection, office.who, options.household).id
                found = dossier.undoable_changes(connection, office.who, household)
            answer(options, [_change_json(each) for each in found], "\n".join(map(_change_text, found)))
            return 0
        if options.change is None:
            action, _ = dossier.take_back_last(office.file, office.who, office.drafts)
        else:
            action, _ = dossier.undo_change(office.file, office.who, options.change, office.drafts)
    answer(options, {"undone": action}, f"Annulé : {action}.")
    return 0


def _merge_json(report: MergeReport) -> dict[str, Any]:
    return {
        "reference": report.reference,
        "former_reference": report.former_reference,
        "name": report.name,
        "moved": [{"what": each.words, "count": each.count} for each in report.moved],
        "not_doubled": report.not_doubled,
        "set_aside": list(report.set_aside),
        "to_review": list(report.to_review),
    }


def _merge_text(report: MergeReport) -> str:
    moved = ", ".join(f"{each.words} ({each.count})" for each in report.moved) or "rien d’autre"
    lines = [
        f"{report.name} ({report.reference}) réunit aussi {report.former_reference}. Repris : {moved}.",
        *(f"  non retenu, gardé en note : {line}" for line in report.set_aside),
        *(f"  à relire : {line}" for line in report.to_review),
    ]
    return "\n".join(lines)


def _new_address(options: argparse.Namespace) -> NewAddress | None:
    parts = (options.street, options.complement, options.postal_code, options.city)
    told = any(parts) or options.since is not None
    return NewAddress(*parts, from_date=options.since) if told else None


def _split_json(report: SplitReport, former_reference: str) -> dict[str, Any]:
    return {
        "reference": report.reference,
        "name": report.name,
        "former_reference": former_reference,
        "moved": [{"what": each.words, "count": each.count} for each in report.moved],
        "cut": list(report.cut),
    }


def _split_text(report: SplitReport) -> str:
    moved = ", ".join(f"{each.words} ({each.count})" for each in report.moved)
    lines = [
        f"{report.name} a maintenant le dossier {report.reference}. Parti : {moved}.",
        *(f"  ne renvoie plus à l’autre dossier : {line}" for line in report.cut),
    ]
    return "\n".join(lines)


def _change_json(change: UndoableChange) -> dict[str, Any]:
    return {
        "change": change.changeset_id,
        "made_at": change.made_at.isoformat().replace("+00:00", "Z"),
        "worker": change.worker,
        "action": change.action,
        "is_undo": change.is_undo,
        "undone": change.undone,
        "obstacle": change.obstacle,
    }


def _change_text(change: UndoableChange) -> str:
    state = "déjà annulé" if change.undone else change.obstacle or "peut être annulé"
    made = moment_text(change.made_at.astimezone())
    return f"{change.changeset_id}  {made}  {change.worker}, {change.action} : {state}"
