"""What endurance stands on: data folders made once, of this version and of an older one, and their passphrases."""

from __future__ import annotations

from pathlib import Path

from caseworker_app.bootstrap.office import create_office
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.service.entries import wall_clock
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
)
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.clock import SystemClock
from caseworker_app.security import vault
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.storage import migrate, witness
from caseworker_app.storage.encrypted_file import FILE_NAME
from caseworker_app.storage.engine import make_engine

# The revision an older file is taken back to: what the file of this ground holds had its tables then.
OLDER = "0003"
HOUSEHOLDS = 3


def phrase(number: int) -> str:
    """Return the passphrase of so many changes ago, from the first one, 0."""
    return f"corail lanterne {number} moutarde"


def make_folder(folder: Path, *, older: bool) -> None:
    """Found an office of three households with a few notes; `older`: as an earlier version left it."""
    new = NewOffice("Les Amarres", "Claire Lenoir")
    with create_office(folder, phrase(0), new, kdf=THROW_AWAY)[0] as office:
        for number in range(HOUSEHOLDS):
            household = households.create_household(office.file, office.who, _household(number))[0]
            entry = NewEntry(
                household, EntryKind.CALL, wall_clock(SystemClock()), observed=f"Rappel no {number}"
            )
            diary.add_note(office.file, office.who, entry)
    if older:
        key = vault.open_with_passphrase(folder, phrase(0))
        engine = make_engine(folder / FILE_NAME, key.hex(), writable=True)
        migrate.downgrade(engine, OLDER)
        engine.dispose()
        # That version had no log of accesses and no witness of it.
        (folder / f"{FILE_NAME}{witness.ENDING}").unlink()


def _household(number: int) -> NewHousehold:
    return NewHousehold(
        (NewMember(f"Tisserin{number}", "Aya"),),
        (NewAddress(f"{number + 1} rue des Lilas", None, "59100", "Roubaix"),),
        (NewContact(ContactKind.PHONE, f"06 39 98 10 {number:02d}"),),
    )
