"""The commands: each calls a service and answers; the parser has checked what was written."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from caseworker_app.bootstrap.office import create_office
from caseworker_app.cli.session import answer, asked, data_folder, is_told, open_for, passphrase, progress
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError

# Known to everyone: it opens files that hold only invented people.
OF_DEMONSTRATIONS = "demonstration publique"


def create(options: argparse.Namespace) -> int:
    """Make a file and print its recovery key, once."""
    from caseworker_app.features.team.domain import NewOffice

    folder = data_folder(options)
    new = NewOffice(options.association, options.worker)
    office, recovery_key = create_office(folder, passphrase(options, new=True), new)
    with office:
        mark = office.file.state.device_mark
    text = (
        f"Fichier créé dans {folder}\n"
        "Clé de secours, à imprimer ou recopier maintenant (elle ne sera plus montrée)\u00a0:\n\n"
        f"    {recovery_key}\n"
    )
    answer(options, {"folder": str(folder), "device_mark": mark, "recovery_key": recovery_key}, text)
    return 0


def demo(options: argparse.Namespace) -> int:
    """Make a demonstration file in the data folder."""
    from caseworker_app.features.demonstration.service import DEMONSTRATION_OFFICE, fill
    from caseworker_app.security.passphrase import THROW_AWAY

    told = is_told(options)
    chosen = passphrase(options) if told else OF_DEMONSTRATIONS
    folder = data_folder(options) if options.data else data_folder(options) / "demonstration"
    # The public passphrase protects nothing: making it slow to guess would only slow its users.
    office, _ = create_office(folder, chosen, DEMONSTRATION_OFFICE, kdf=None if told else THROW_AWAY)
    with office:
        fill(office.file, office.who, households=options.households, seed=options.seed, progress=progress)
    value = {"folder": str(folder), "households": options.households, "seed": options.seed}
    hint = "" if told else f"\nPhrase secrète (publique, ménages inventés)\u00a0: {OF_DEMONSTRATIONS}"
    answer(options, value, f"Démonstration de {options.households}\u00a0ménages dans {folder}{hint}")
    return 0


def import_list(options: argparse.Namespace) -> int:
    """Import a list, or check it without writing; or list the profiles."""
    from caseworker_app.cli.answers.imported import import_text
    from caseworker_app.cli.import_choices import choices_for, list_profiles
    from caseworker_app.cli.report_file import check_place, write_report
    from caseworker_app.features.intake.domain.decision import OnDuplicate
    from caseworker_app.features.intake.service import importing

    if options.list_profiles:
        return list_profiles(options)
    check_place(options.report, options.list, data_folder(options))
    if options.kind == "goals":
        from caseworker_app.cli.goal_import import import_goals

        return import_goals(options)
    _ask_what_records_are(options)
    with open_for(options) as office:
        if options.undo_interrupted:
            importing.undo_interrupted(office.file, office.who)
        report = importing.import_list(
            office.file,
            office.who,
            options.list,
            choices=choices_for(options, office),
            duplicates=OnDuplicate(options.duplicates),
            landlord=options.landlord,
            dry_run=options.dry_run,
            go_on=options.go_on,
            progress=progress,
        )
    value = report.as_json()
    if options.report is not None:
        write_report(options.report, value)
    answer(options, value, import_text(report))
    return 0


def _ask_what_records_are(options: argparse.Namespace) -> None:
    """Refuse a JSON file whose kind is not told, with the kinds it can be. Raises UnreadableFile."""
    from caseworker_app.sheets.records import holds_records
    from caseworker_app.sheets.refusals import UNTOLD_RECORDS, UnreadableFile

    # By its name too: a table may begin with a bracket.
    named = options.list.suffix.lower() in (".json", ".geojson")
    if options.kind is None and named and holds_records(options.list):
        raise UnreadableFile(options.list.name, UNTOLD_RECORDS)


def undo_import(options: argparse.Namespace) -> int:
    """Undo a whole import."""
    from caseworker_app.cli.answers.imported import undone_json, undone_text
    from caseworker_app.features.intake.service import importing

    with open_for(options) as office:
        undone = importing.undo_import(office.file, office.who, options.run_id, progress)
    answer(options, undone_json(undone), undone_text(undone))
    return 0


def search(options: argparse.Namespace) -> int:
    """Search households."""
    from caseworker_app.cli.answers.found import found_json, found_text
    from caseworker_app.features.directory import service as directory

    with open_for(options) as office, office.file.reading() as connection:
        found = directory.search(connection, office.who, " ".join(options.words), options.limit)
    answer(options, [found_json(one) for one in found], found_text(found))
    return 0


def show(options: argparse.Namespace) -> int:
    """Show a household's file."""
    from caseworker_app.cli.answers.shown import dossier_json, dossier_text
    from caseworker_app.features.dossier import service as dossier
    from caseworker_app.features.households import service as households

    with open_for(options) as office, office.file.reading() as connection:
        household = households.find_by_reference(connection, office.who, options.reference)
        day = today(office.file.clock)
        whole = dossier.open_dossier(connection, office.who, household.id, day, entries=None)
        history = dossier.history_of(connection, office.who, household.id)
    answer(options, dossier_json(whole, history), dossier_text(whole))
    return 0


def print_document(options: argparse.Namespace) -> int:
    """Print a document of one household, or of every household of a worker or team."""
    from caseworker_app.cli import printing
    from caseworker_app.features.handover.domain.kinds import kind_of

    kind_of(options.kind)
    return printing.for_team(options) if options.team is not None else printing.for_household(options)


def documents(options: argparse.Namespace) -> int:
    """List the kinds of documents."""
    from caseworker_app.cli.answers.printed import kinds_json, kinds_text

    answer(options, kinds_json(), kinds_text())
    return 0


def verify(options: argparse.Namespace) -> int:
    """Check the file; exit 1 when something does not hold together."""
    from caseworker_app.bootstrap.backups import check_all
    from caseworker_app.cli.answers.backed_up import checked_json, checked_text
    from caseworker_app.cli.answers.verified import missing_json, verification_json, verification_text
    from caseworker_app.features.attachments.service import damaged_attachments
    from caseworker_app.storage import integrity
    from caseworker_app.storage.encrypted_file import NewerFile

    secret = asked(options)
    try:
        opened = open_for(options, secret)
    except NewerFile as error:
        raise _newer(options, secret) from error
    with opened as office:
        with office.file.reading() as connection:
            found = integrity.verify(connection)
            # Out of torn pages no list of attachments can be read.
            damaged = [] if found.pages else damaged_attachments(office.file, connection)
        checked = check_all(office.file.access, tell=progress) if options.backups else []
        missing = office.file.missing
    value = {**verification_json(found, damaged), **missing_json(missing)}
    text = verification_text(found, damaged)
    if options.backups:
        value, text = {**value, "backups": checked_json(checked)}, f"{text}\n{checked_text(checked)}"
    sound = found.sound and not damaged and not any(fault for _, fault in checked)
    answer(options, {**value, "sound": value["sound"] and missing is None}, text if sound else "")
    if not sound:
        raise CaseworkerError(text)
    if missing is not None:  # told when the file was opened; the rest is sound, and said so
        return 1
    return 0


def _newer(options: argparse.Namespace, secret: str) -> CaseworkerError:
    """Return what can be told of a file that only a newer version opens: whether its pages hold."""
    from caseworker_app.bootstrap.newer_file import pages_hold
    from caseworker_app.security.vault import open_with_passphrase
    from caseworker_app.storage.encrypted_file import NewerFile
    from caseworker_app.storage.failures import FileDamaged

    if not pages_hold(data_folder(options), lambda folder: open_with_passphrase(folder, secret)):
        return FileDamaged()
    return CaseworkerError(f"{NewerFile().sentence} Chacune de ses pages est comme elle a été écrite.")


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
        made = play_main_job(office.file, office.who, out, renderers=renderers(), say=_tell)
    answer(options, [str(path) for path in made], "\n".join(str(path) for path in made))
    return 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
