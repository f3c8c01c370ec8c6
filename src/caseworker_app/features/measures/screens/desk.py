"""What the tab and the settings of the room work with, and how a change is written, told and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.measures.domain.indicators import AgreementFigures
from caseworker_app.features.measures.service import FiguresSources
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.dates import Period
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork
from caseworker_app.ui_kit.room_desk import RoomDesk

# The days of the meetings held with a household in a period, which a room above this one knows.
VisitReader = Callable[[Connection, Who, str, Period], list[date]]


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A referral, or a veille, of a household on two lines, which a room above this one knows; `id` opens it."""

    id: str
    title: str
    detail: str


ReferralReader = Callable[[Connection, Who, str, date], list[AskedFor]]


def no_referrals(_connection: Connection, _who: Who, _household: str, _day: date) -> list[AskedFor]:
    """Return no referral: where their room is not joined."""
    return []


def no_visits(_connection: Connection, _who: Who, _household: str, _period: Period) -> list[date]:
    """Return no meeting: where the diary is not joined."""
    return []


NO_SOURCES = FiguresSources(no_visits, no_visits, lambda _connection, _who, _agreements: [])
# The page of an agreement's figures, drawn where the letterhead is known.
FiguresRenderer = Callable[[AgreementFigures, date], bytes]
# What rooms above this one change when an agreement changes, inside the same intention.
DelaysFollow = Callable[[UnitOfWork, str], None]


def no_page(_shown: AgreementFigures, _day: date) -> bytes:
    """Return nothing to print: where no page is joined."""
    return b""


def no_delays(_uow: UnitOfWork, _agreement_id: str) -> None:
    """Change nothing else: where the referrals are not joined."""


@dataclass(frozen=True, slots=True)
class MeasuresDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """What the windows of the room work with."""

    visits: VisitReader = no_visits
    referrals: ReferralReader = no_referrals
    draw_figures: FiguresRenderer = no_page
    delays_follow: DelaysFollow = no_delays
    watches: ReferralReader = no_referrals
    sources: FiguresSources = NO_SOURCES

    @property
    def may_write(self) -> bool:
        """Say whether measures may be opened and changed."""
        return self.who.may(Right.WRITE_FILES)

    @property
    def may_print(self) -> bool:
        """Say whether papers may be printed."""
        return self.who.may(Right.PRINT)

    @property
    def may_send(self) -> bool:
        """Say whether papers may be handed outside."""
        return self.who.may(Right.TRANSMIT)

    @property
    def may_manage(self) -> bool:
        """Say whether agreements may be added and changed."""
        return self.who.may(Right.MANAGE_OFFICE)

    def open_record(self, household: str, measure_id: str) -> None:
        """Show the end record of a measure, which a room above this one prepares."""
        self.navigator.open("paper", household, f"fiche-fin-mesure:{measure_id}")

    def open_sheet(self, household: str, part_id: str) -> None:
        """Show the sheet of who follows for a part before it leaves, which a room above this one prepares."""
        self.navigator.open("letter", household, f"fiche-liaison:{part_id}")
