"""The commands on backups: make one, list them, bring one back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.cli.session import answer, data_folder, open_for, passphrase, progress
from caseworker_app.kernel.clock import SystemClock

if TYPE_CHECKING:
    from caseworker_app.security.data_key import DataKey


def backup(options: argparse.Namespace) -> int:
    """Make a backup, check it, rotate the older ones, copy it to the second place."""
    from caseworker_app.bootstrap.backups import back_up
    from caseworker_app.cli.answers.backed_up import made_json, made_text
    from caseworker_app.storage.backups.manifest import ASKED

    place = options.to.expanduser().absolute() if options.to else None
    with open_for(options) as office:
        made = back_up(office.file.access, ASKED, place=place, tell=progress)
    answer(options, made_json(made), made_text(made))
    if made.standing.failure:
        print(made.standing.failure, file=sys.stderr)
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
