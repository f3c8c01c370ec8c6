"""A household kept apart for its retention (« dossier archivé »), and who may read it."""

from __future__ import annotations

from caseworker_app.features.households.domain.household import Household
from caseworker_app.kernel.errors import NotAllowed

# What stands for the name of a household that only counts.
ANONYMOUS = "Ménage anonymisé"


class Archived(NotAllowed):
    """The file is archived: only who manages retention reads it."""

    def __init__(self) -> None:
        """Say whom to ask, and nothing of the file."""
        super().__init__(
            "Ce dossier est archivé\u00a0: demandez à votre chef·fe de service de le sortir de l’archive."
        )


def check_readable(household: Household, *, may_read_archived: bool) -> None:
    """Raise Archived for a household kept apart, unless whoever asks may read those."""
    if household.archived_on is not None and not may_read_archived:
        raise Archived
