"""What an erasure leaves to clean once its transaction is written: drafts, contents, index, freed places."""

from __future__ import annotations

from caseworker_app.features.attachments import service as attachments
from caseworker_app.kernel.clock import today
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.erased_ids import forget_pending, keep_beside
from caseworker_app.storage.erasure import cleaning_due, forget_cleaning, is_cleaning_due


def finish_erasures(file: EncryptedFile, drafts: Drafts) -> bool:
    """Finish what erasures left to clean; say whether nothing is left. Called again, it goes on where it was killed.

    The rows are gone already. Upkeep of the program itself: at each opening too, whoever is at work. Another process
    at work on the file (a backup) makes it wait for the next time.
    """
    with file.reading() as connection:
        if not is_cleaning_due(connection):
            return True
        household_ids = cleaning_due(connection)
        try:
            keep_beside(file.folder, connection, today(file.clock))
        except OSError:  # a full disk: rows are gone already, and the rest waits
            return False
    drafts.erase(household_ids)
    attachments.sweep_contents(file, drafts, at_once=True)
    if not file.wipe_freed():
        return False
    with file.receiving() as raw:
        forget_pending(raw)
        forget_cleaning(raw)
    return True
