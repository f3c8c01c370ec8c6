"""The commands on backups: make one, list them, bring one back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.bootstrap.office import has_office
from caseworker_app.cli.session import answer, asked, data_folder, open_for, passphrase, progress
from caseworker_app.kernel.clock import SystemClock
from caseworker_app.security.errors import VaultMissing

if TYPE_CHECKING:
    from caseworker_app.bootstrap.backups import BackedUp
    from caseworker_app.security.data_key import DataKey


def backup(options: argparse.Namespace) -> int:
    """Make a backup, check it, rotate the older ones, copy it to the second place."""
    from caseworker_app.bootstrap.backups import back_up
    from caseworker_app.cli.answers.backed_up import made_json, made_text
    from caseworker_app.storage.backups.manifest import ASKED
    from caseworker_app.storage.encrypted_file import NewerFile

    place = options.to.expanduser().absolute() if options.to else None
    secret = asked(options)
    try:
        with open_for(options, secret) as office:
            made = back_up(office.file.access, ASKED, place=place, tell=progress)
    except NewerFile:
        made = _copied(options, secret, place)
    answer(options, made_json(made), made_text(made))
    if made.standing.failure:
        print(made.standing.failure, file=sys.stderr)
    return 0


def _copied(options: argparse.Namespace, secret: str, place: Path | None) -> BackedUp:
    """Keep a copy of a file that only a newer version opens."""
    from caseworker_app.bootstrap.backups import BackedUp
    from caseworker_app.bootstrap.newer_file import copy_newer
    from caseworker_app.security.vault import open_with_passphrase
    from caseworker_app.storage.backups.second_place import Standing

    folder = data_folder(options)
    made = copy_newer(folder, lambda each: open_with_passphrase(each, secret), place, tell=progress)
    return BackedUp(made, Standing())


def backup_place(options: argparse.Namespace) -> int:
    """Tell where the backups are made; with a folder, or `--beside`, make them there and move those there are."""
    from caseworker_app.bootstrap.backups import choose_main
    from caseworker_app.cli.answers.backed_up import place_json, place_text
    from caseworker_app.security.single_use import hold_folder
    from caseworker_app.storage.backups.main_place import place_of, read_main

    folder = data_folder(options)
    if not has_office(folder):
        raise VaultMissing
    chosen = options.place.expanduser().absolute() if options.place else None
    if chosen is not None or options.beside:
        hold = hold_folder(folder)
        try:
            choose_main(folder, chosen, tell=progress)
        finally:
            hold.release()
    place, main = place_of(folder), read_main(folder)
    answer(options, place_json(place, main), place_text(place, main))
    return 0


def backups(options: argparse.Namespace) -> int:
    """List the backups of a data folder, or those found somewhere else; no passphrase is needed."""
    from caseworker_app.bootstrap.backups import backups_in
    from caseworker_app.cli.answers.backed_up import backup_json, backups_text
    from caseworker_app.storage.backups.main_place import own_backups

    found = backups_in(options.place.expanduser()) if options.place else own_backups(data_folder(options))
    answer(options, [backup_json(each) for each in found], backups_text(found))
    return 0


def restore(options: argparse.Namespace) -> int:
    """Put a backup in place of the file; the file that was there is set aside."""
    from caseworker_app.bootstrap.backups import find_backup, restore_backup
    from caseworker_app.cli.answers.backed_up import restored_json, restored_text

    folder = data_folder(options)
    chosen = find_backup(folder, options.backup)
    restored = restore_backup(folder, chosen, _unlock(options), SystemClock(), tell=progress)
    answer(options, restored_json(chosen, restored), restored_text(chosen, restored))
    return 0


def _unlock(options: argparse.Namespace) -> Callable[[Path], DataKey]:
    from caseworker_app.security.vault import open_with_passphrase, open_with_recovery_key

    secret = passphrase(options)
    opener = open_with_recovery_key if options.recovery_key else open_with_passphrase
    return lambda folder: opener(folder, secret)
