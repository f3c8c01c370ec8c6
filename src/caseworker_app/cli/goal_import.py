"""`import --kind goals`: goals another program wrote, into a household's file or into the library."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from caseworker_app.bootstrap.office import Office
from caseworker_app.cli.report_file import write_report
from caseworker_app.cli.session import answer, open_for
from caseworker_app.features.intake.domain.goal_export import Notebook
from caseworker_app.features.intake.service import goal_exports
from caseworker_app.features.intake.service.goal_exports import GoalsBrought
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural


def import_goals(options: argparse.Namespace) -> int:
    """Bring goals in, or tell with --dry-run what there is. Raises UnreadableFile, InvalidEntry, NotFound."""
    with open_for(options) as office:
        found = _wanted(goal_exports.read_goal_export(office.file, office.who, options.list), options)
        brought = None if options.dry_run else _bring(office, found, options)
    count = sum(len(each.goals) for each in found)
    text = brought.words if brought is not None else f"{plural(count, 'objectif')} dans ce fichier"
    value = _json(found, brought)
    if options.report is not None:
        write_report(options.report, value)
    answer(options, value, text)
    return 0


def _wanted(found: Sequence[Notebook], options: argparse.Namespace) -> Sequence[Notebook]:
    """Return the notebook asked for, all of them where none is."""
    if options.notebook is None:
        if options.household is not None and len(found) > 1:
            raise InvalidEntry(
                f"Ce fichier parle de {len(found)}\u00a0personnes\u00a0: dites laquelle avec --notebook.",
                "notebook",
            )
        return found
    if options.notebook > len(found):
        raise InvalidEntry(f"Ce fichier n’a que {plural(len(found), 'carnet')}.", "notebook")
    return [found[options.notebook - 1]]


def _bring(office: Office, found: Sequence[Notebook], options: argparse.Namespace) -> GoalsBrought:
    from caseworker_app.features.households import service as households

    if options.library:
        return goal_exports.bring_models(office.file, office.who, found)[0]
    if options.household is None:
        raise InvalidEntry(
            "Dites où vont ces objectifs\u00a0: --household REF pour un dossier, --library pour la bibliothèque.",
            "household",
        )
    with office.file.reading() as connection:
        household = households.find_by_reference(connection, office.who, options.household)
    chosen = [goal for each in found for goal in each.goals]
    return goal_exports.bring_goals(office.file, office.who, household.id, chosen)[0]


def _json(found: Sequence[Notebook], brought: GoalsBrought | None) -> dict[str, Any]:
    """Return what was read and done; of the people of the file, nothing."""
    goals = [
        {
            "title": goal.title,
            "theme": goal.theme,
            "domain": goal.domain,
            "state": goal.state.value,
            "steps": [step.title for step in goal.steps],
        }
        for each in found
        for goal in each.goals
    ]
    done = brought or GoalsBrought(0, 0)
    return {
        "kind": "goals",
        "notebooks": len(found),
        "goals": goals,
        "created": done.brought,
        "skipped": done.known + done.naming,
    }
