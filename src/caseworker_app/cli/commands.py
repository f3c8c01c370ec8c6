"""The commands: each calls a service and answers; the parser has checked what was written."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from caseworker_app.bootstrap.office import create_office
from caseworker_app.cli import answers
from caseworker_app.cli.session import answer, data_folder, open_for, passphrase, progress
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import CaseworkerError

# Known to everyone: it opens files that hold only invented people.
DEMONSTRATION_PASSPHRASE = "demonstration publique"


def create(options: argparse.Namespace) -> int:
    """Make a file and print its recovery key, once."""
    from caseworker_app.features.team.domain import NewOffice

    folder = data_folder(options)
    office, recovery_key = create_office(folder, passphrase(options, new=True), NewOffice(options.association, options.worker))
    with office:
        value = {"folder": str(folder), "device_mark": office.file.state.device_mark, "recovery_key": recovery_key}
    text = (
        f"Fichier créé dans {folder}\n"
        f"Clé de secours, à imprimer ou recopier maintenant (elle ne sera plus montrée) :\n\n    {recovery_key}\n"
    )
    answer(options, value, text)
    return 0


def demo(options: argparse.Namespace) -> int:
    """Make a demonstration file in the data folder."""
    from caseworker_app.cli.session import PASSPHRASE_VARIABLE
    from caseworker_app.features.demonstration.service import DEMONSTRATION_OFFICE, fill
    from caseworker_app.security.passphrase import THROW_AWAY

    import os

    told = options.passphrase_file is not None or PASSPHRASE_VARIABLE in os.environ
    chosen = passphrase(options) if told else DEMONSTRATION_PASSPHRASE
    folder = data_folder(options) if options.data else data_folder(options) / "demonstration"
    # The public passphrase protects nothing: making it slow to guess would only slow its users.
    office, _ = create_office(folder, chosen, DEMONSTRATION_OFFICE, kdf=None if told else THROW_AWAY)
    with office:
        fill(office.file, office.who, households=options.households, seed=options.seed, progress=progress)
    value = {"folder": str(folder), "households": options.households, "seed": options.seed}
    hint = "" if told else f"\nPhrase secrète (publique, ménages inventés) : {DEMONSTRATION_PASSPHRASE}"
    answer(options, value, f"Démonstration de {options.households} ménages dans {folder}{hint}")
    return 0


def import_list(options: argparse.Namespace) -> int:
    """Import a list, or check it without writing."""
    from caseworker_app.features.intake.domain.plan import OnDuplicate
    from caseworker_app.features.intake.service import importing as intake

    with open_for(options) as office:
        if options.undo_interrupted:
            intake.undo_import(office.file, office.who)
        report = intake.import_list(
            office.file,
            office.who,
            options.list,
            duplicates=OnDuplicate(options.duplicates),
            landlord=options.landlord,
            dry_run=options.dry_run,
            go_on=options.go_on,
            progress=progress,
        )
    value = report.as_json()
    if options.report is not None:
        _write_report(options.report, value)
    answer(options, value, answers.import_text(report))
    return 0


def undo_import(options: argparse.Namespace) -> int:
    """Undo a whole import."""
    from caseworker_app.features.intake.service import importing as intake

    with open_for(options) as office:
        undone = intake.undo_import(office.file, office.who, options.run_id)
    value = {"import": undone.run_id, "file": undone.file_name, "kept": list(undone.kept_references)}
    kept = f" ; gardés car modifiés depuis : {', '.join(undone.kept_references)}" if undone.kept_references else ""
    answer(options, value, f"Import de « {undone.file_name} » annulé{kept}.")
    return 0


def search(options: argparse.Namespace) -> int:
    """Search households."""
    from caseworker_app.features.directory import service as directory

    with open_for(options) as office, office.file.reading() as connection:
        found = directory.search(connection, office.who, " ".join(options.words), options.limit)
    answer(options, [answers.found_json(one) for one in found], answers.found_text(found))
    return 0


def show(options: argparse.Namespace) -> int:
    """Show a household's file."""
    from caseworker_app.features.dossier import service as dossier
    from caseworker_app.features.households import service as households

    with open_for(options) as office, office.file.reading() as connection:
        household = households.find_by_reference(connection, office.who, options.reference)
        whole = dossier.open_dossier(connection, office.who, household.id, today(office.file.clock))
        history = dossier.history_of(connection, office.who, household.id)
    answer(options, answers.dossier_json(whole, history), answers.dossier_text(whole))
    return 0


def print_document(options: argparse.Namespace) -> int:
    """Print a document of one household, or of every household of a worker or team."""
    from caseworker_app.features.handover.domain.kinds import kind_of

    kind_of(options.kind)
    return _print_team(options) if options.team is not None else _print_one(options)


def documents(options: argparse.Namespace) -> int:
    """List the kinds of documents."""
    from caseworker_app.features.handover.domain.kinds import DOCUMENT_KINDS

    value = [{"kind": k.code, "title": k.title, "leaves_the_association": k.leaves_house} for k in DOCUMENT_KINDS]
    lines = [f"{k.code:22} {k.title}{' (part vers le bailleur)' if k.leaves_house else ''}" for k in DOCUMENT_KINDS]
    answer(options, value, "\n".join(lines))
    return 0


def verify(options: argparse.Namespace) -> int:
    """Check the file; exit 1 when something does not hold together."""
    from caseworker_app.storage import integrity

    with open_for(options) as office, office.file.reading() as connection:
        found = integrity.verify(connection)
    answer(options, answers.verification_json(found), answers.verification_text(found) if found.sound else "")
    if not found.sound:
        raise CaseworkerError(answers.verification_text(found))
    return 0


def self_test(options: argparse.Namespace) -> int:
    """Try the installed program end to end in a throw-away folder."""
    from caseworker_app.cli.self_test import run

    lines = run(say=None if options.json else print)
    answer(options, {"passed": lines}, "Tout fonctionne.")
    return 0


def main_job(options: argparse.Namespace) -> int:
    """Play the main job on the demonstration and say where the documents are."""
    import tempfile

    from caseworker_app.bootstrap.office import open_demonstration
    from caseworker_app.bootstrap.renderers import renderers
    from caseworker_app.features.demonstration.service import play_main_job

    out = options.out.absolute() if options.out else Path(tempfile.mkdtemp(prefix="passerelle-documents-"))
    out.mkdir(parents=True, exist_ok=True)
    with open_demonstration() as office:
        made = play_main_job(
            office.file, office.who, out, renderers=renderers(), say=lambda line: print(line, file=sys.stderr)
        )
    answer(options, [str(path) for path in made], "\n".join(str(path) for path in made))
    return 0


def _print_one(options: argparse.Namespace) -> int:
    from caseworker_app.bootstrap.renderers import renderers
    from caseworker_app.features.handover.service.printing import print_document as print_one
    from caseworker_app.features.households import service as households

    with open_for(options) as office:
        with office.file.reading() as connection:
            household = households.find_by_reference(connection, office.who, options.household)
        period = _period(options, today(office.file.clock))
        printed = print_one(
            office.file, office.who, options.kind, household.id, options.out, renderers(),
            period=period, entry_number=options.entry,
        )  # fmt: skip
    answer(options, answers.printed_json(printed), str(printed.path))
    return 0


def _print_team(options: argparse.Namespace) -> int:
    from caseworker_app.bootstrap.renderers import renderers
    from caseworker_app.features.handover.service.printing import print_team

    with open_for(options) as office:
        period = _period(options, today(office.file.clock))
        made = print_team(office.file, office.who, options.kind, options.team, options.out, renderers(), period=period)
    for refusal in made.refused:
        print(f"{refusal.name} : {refusal.sentence}", file=sys.stderr)
    value = {
        "printed": [answers.printed_json(one) for one in made.printed],
        "refused": [{"household": r.household_id, "name": r.name, "message": r.sentence} for r in made.refused],
    }
    answer(options, value, "\n".join(str(one.path) for one in made.printed))
    return 0 if made.printed else 1


def _period(options: argparse.Namespace, day: date) -> Period | None:
    if options.from_date is None and options.to_date is None:
        return None
    start, end = options.from_date, options.to_date or day
    if start is None or end < start:
        raise CaseworkerError("La période n’est pas possible\u00a0: donnez --from avant --to.")
    return Period(start, end)


def _write_report(path: Path, value: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise CaseworkerError(
            f"L’import est fait, mais son rapport n’a pas pu être écrit dans {path}\u00a0: choisissez un autre endroit."
        ) from error
