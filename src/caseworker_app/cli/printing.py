"""The `print` command: one household, or every household of a worker or of the association."""

from __future__ import annotations

import argparse
import sys

from caseworker_app.bootstrap.office import Office
from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.cli.answers.printed import printed_json, team_json
from caseworker_app.cli.session import answer, open_for
from caseworker_app.cli.usage import Usage
from caseworker_app.features.handover.domain.follow_up_sections import FollowUpPreset, preset_of
from caseworker_app.features.handover.domain.kinds import TeamPrint
from caseworker_app.features.handover.service.printing import print_document
from caseworker_app.features.handover.service.team_printing import print_team
from caseworker_app.features.households import service as households
from caseworker_app.kernel.clock import SystemClock, today
from caseworker_app.kernel.dates import Period


def for_household(options: argparse.Namespace) -> int:
    """Print a document of one household."""
    period = _period(options)
    with open_for(options) as office:
        with office.file.reading() as connection:
            household = households.find_by_reference(connection, office.who, options.household)
        printed = print_document(
            office.file,
            office.who,
            options.kind,
            household.id,
            options.out,
            renderers(),
            period=period,
            entry_number=options.entry,
            preset=_preset(options),
        )
    if printed.remark:
        print(printed.remark, file=sys.stderr)
    answer(options, printed_json(printed), str(printed.path))
    return 0


def for_team(options: argparse.Namespace) -> int:
    """Print a document of every household followed; those refused are told on stderr."""
    if options.entry is not None:
        raise Usage("--entry désigne une visite d’un seul ménage\u00a0: donnez --household, ou retirez-le.")
    period = _period(options)
    with open_for(options) as office:
        made = print_team(
            office.file,
            office.who,
            options.kind,
            options.team,
            options.out,
            renderers(),
            period=period,
            preset=_preset(options),
        )
        references = _references_of_refused(office, made)
    for refusal in made.refused:
        print(f"{refusal.name}\u00a0: {refusal.sentence}", file=sys.stderr)
    paths = dict.fromkeys(str(one.path) for one in made.printed)
    answer(options, team_json(made, references), "\n".join(paths))
    return 0 if made.printed else 1


def _references_of_refused(office: Office, made: TeamPrint) -> dict[str, str]:
    ids = [refusal.household_id for refusal in made.refused]
    with office.file.reading() as connection:
        found = households.summaries(connection, office.who, ids)
    return {household_id: summary.reference for household_id, summary in found.items()}


def _preset(options: argparse.Namespace) -> FollowUpPreset | None:
    return preset_of(options.preset) if options.preset else None


def _period(options: argparse.Namespace) -> Period | None:
    """Return the period written, None for the usual one. Raises Usage for one that cannot be."""
    if options.from_date is None and options.to_date is None:
        return None
    start, end = options.from_date, options.to_date or today(SystemClock())
    if start is None:
        raise Usage("Il manque le début de la période\u00a0: donnez --from avec --to.")
    if end < start:
        raise Usage("La période finit avant de commencer\u00a0: vérifiez --from et --to.")
    return Period(start, end)
