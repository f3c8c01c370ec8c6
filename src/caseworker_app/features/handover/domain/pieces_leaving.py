"""The pieces of a procedure handed to a body: the agreement it takes, and what the second check shows of the cover.

A landlord is no such body: what it may be told is what an agreement lists, never a household's papers (Code pénal art.
226-13). The pieces are pictures and pages of others: no check reads them, whoever hands them over does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from caseworker_app.features.consents.domain import Consent, RecipientKind
from caseworker_app.features.handover.domain.hits import HitKind, KnownPeople, WordHit
from caseworker_app.features.handover.domain.own_words import OwnWord
from caseworker_app.features.handover.domain.review_material import hidden_places
from caseworker_app.features.handover.domain.word_check import check_words
from caseworker_app.features.households.domain import HouseholdFile
from caseworker_app.features.procedures.domain.pieces_file import PiecesCover
from caseworker_app.kernel.errors import CaseworkerError

SERIES = "PIE"
NB = "\u00a0"
_PLACE = "pieces"
# What a paper is called says no more than its procedure: « RIB », « avis d’imposition », « livret de famille ».
_AGREED = frozenset({HitKind.FAMILY, HitKind.MONEY})


class NoAgreementForPieces(CaseworkerError):
    """The household has no agreement in force with whoever the pieces are for."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            f"L’accord du ménage avec ce destinataire n’est plus en cours{NB}: notez-en un, ou remettez les pièces "
            "au ménage."
        )


class PiecesToSettle(CaseworkerError):
    """The second check found words on the cover, or pieces to look at, that nobody kept knowingly."""

    def __init__(self, hits: tuple[WordHit, ...]) -> None:
        """Keep the finds, for whoever shows them."""
        self.hits = hits
        super().__init__(
            f"Avant de transmettre ces pièces, vérifiez{NB}: {' '.join(hit.reason for hit in hits)}"
        )


def agreed_bodies(consents: Iterable[Consent], day: date) -> list[Consent]:
    """Return the agreements under which pieces may be handed to a body on a day, the latest of each body first."""
    found: list[Consent] = []
    for each in consents:
        known = any(each.recipient.is_same(other.recipient) for other in found)
        if each.recipient.kind is RecipientKind.BODY and each.in_force(day) and not known:
            found.append(each)
    return found


def pieces_finds(
    cover: PiecesCover,
    people: HouseholdFile,
    streets: Sequence[str | None],
    worker: str,
    day: date,
    own: tuple[OwnWord, ...],
) -> tuple[WordHit, ...]:
    """Return what the second check shows of the cover, and of a protected household the pieces themselves.

    The procedure and the papers it asks for are what was agreed to be told; the names on it are the household's.
    """
    household = people.household
    known = KnownPeople(
        expected=(*(each.full_name() for each in people.everyone), household.name, worker, cover.recipient),
        hidden=hidden_places(household, people.addresses, people.every_contact, streets),
    )
    text = "\n".join((*(f"{each.paper} {each.name}" for each in cover.joined), *_left_out(cover)))
    hits = check_words(_PLACE, text, known, day, own)
    shown = tuple({hit.key: hit for hit in hits if hit.kind not in _AGREED}.values())
    if household.protected:
        seen = "adresse ou téléphone sur une pièce"
        return (*shown, WordHit(_PLACE, 0, 0, seen, HitKind.PROTECTED))
    return shown


def _left_out(cover: PiecesCover) -> list[str]:
    return [f"{each.paper} {each.why}" for each in cover.left_out]
