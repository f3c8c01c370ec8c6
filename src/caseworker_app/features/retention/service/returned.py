"""Households that were erased and that an older backup brought back: planned to go again, for somebody to confirm."""

from __future__ import annotations

from caseworker_app.features.retention import store
from caseworker_app.features.retention.domain.standing import ENDINGS, ChoiceKind
from caseworker_app.features.team import service as team
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import plural
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.erased_ids import ErasedId, came_back, note_told
from caseworker_app.storage.unit_of_work import UnitOfWork


def plan_returned(file: EncryptedFile) -> str | None:
    """Plan again, for today, the ending of households that were erased once and are there; return what to tell.

    Upkeep of the program itself at each opening, in the name of whose file it is: nothing goes before somebody who
    may confirms it, and calling it off holds. None when nobody came back.
    """
    with file.reading() as connection:
        back = came_back(file.folder, connection)
    if not back:
        return None
    with file.unit_of_work(team.owner(file).worker_id, "plan_erasure") as uow:
        for each in back:
            _plan(uow, each)
        note_told(uow, back)
    several = plural(len(back), "dossier déjà effacé est revenu", "dossiers déjà effacés sont revenus")
    return (
        f"{several} avec une sauvegarde plus ancienne\u00a0: à effacer de nouveau dans "
        "Réglages › Conservation des données, «\u00a0Effacement à confirmer\u00a0»."
    )


def _plan(uow: UnitOfWork, back: ErasedId) -> None:
    if any(each.kind in ENDINGS for each in store.choices_of(uow.connection, back.household_id)):
        return
    kind = ChoiceKind(back.kind) if back.kind in ENDINGS else ChoiceKind.ERASE
    row = {
        "household_id": back.household_id, "decided_for": back.household_id, "kind": kind, "until": uow.today,
        "reason": f"Déjà effacé\u202f; revenu le {format_date(uow.today)} avec une sauvegarde plus ancienne",
        "decided_on": uow.today, "worker_id": uow.worker_id,
    }  # fmt: skip
    uow.insert(store.choice, row)
