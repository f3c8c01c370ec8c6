"""A review in the making: proposed, chosen, laid out again after each change, entered in the register."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from caseworker_app.features.handover.domain.choices import ReviewChoices, review_draft_key
from caseworker_app.features.handover.domain.hits import WordHit
from caseworker_app.features.handover.domain.kinds import Renderers
from caseworker_app.features.handover.domain.second_check import unsettled
from caseworker_app.features.handover.domain.transmission import (
    ChangedSincePreview,
    NoConsent,
    ReviewRequest,
    Transmission,
    UnsettledWords,
)
from caseworker_app.features.handover.screens.reading import ReviewDraft, ReviewMaterials, read_review
from caseworker_app.features.handover.screens.rendering import LaidOut, lay_out_review
from caseworker_app.features.handover.service.reviews import transmit_review
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks

# After the last key: laying a page out at each one would only show older ones.
PREVIEW_AFTER_MS = 300


@dataclass(frozen=True, slots=True)
class DocumentDesk:
    """What the page works with; `renderers` draw the pages."""

    file: EncryptedFile
    who: Who
    drafts: Drafts
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    renderers: Renderers


class ReviewWork(QObject):
    """`opened`: something new is proposed; `laid_out`: the pages follow the choices; `transmitted`: it left.

    `failed(CaseworkerError)`: what was asked last could not be done.
    """

    opened = Signal()
    laid_out = Signal()
    transmitted = Signal()
    failed = Signal(object)

    def __init__(self, desk: DocumentDesk, parent: QObject) -> None:
        """Work on nothing yet."""
        super().__init__(parent)
        self._desk = desk
        self.household = ""
        self.materials: ReviewMaterials | None = None
        self.choices = ReviewChoices()
        self.laid: LaidOut | None = None
        self.sent: Transmission | None = None
        # Of what is proposed and chosen, of the pages laid out, of the household worked on.
        self._version = self._laid_version = self._book = 0
        self._reading = self._laying = self._sending = False
        self._timer = QTimer(self, singleShot=True, interval=PREVIEW_AFTER_MS)
        self._timer.timeout.connect(self._lay_out)

    @property
    def fresh(self) -> bool:
        """Say whether the pages shown are those of the choices, so that they may leave."""
        return self.laid is not None and self._laid_version == self._version and not self._reading

    @property
    def hits(self) -> tuple[WordHit, ...]:
        """The finds of the second check still to settle."""
        return unsettled(self.laid.hits, self.choices) if self.laid else ()

    @property
    def draft(self) -> ReviewDraft:
        """What the draft holds: the review asked for and the choices."""
        if self.materials is None:
            raise RuntimeError("nothing is proposed yet")
        return ReviewDraft(self.materials.draft.request, self.choices)

    def close(self) -> None:
        """Work on nothing."""
        self._timer.stop()
        self._version, self._book = self._version + 1, self._book + 1
        self.household, self.materials, self.laid, self.sent = "", None, None, None
        self.choices = ReviewChoices()
        self._reading = self._sending = False

    def open(self, household: str) -> None:
        """Propose the review of a household, with the choices of its draft."""
        self.close()
        self.household = household
        self._read(None)

    def ask(self, request: ReviewRequest | None = None) -> None:
        """Propose again, as the file is now, the same review or another one; the choices stay."""
        if self.materials is not None and self.sent is None:
            draft = self.draft
            self._read(replace(draft, request=request) if request else draft)

    def begin_again(self) -> ReviewDraft:
        """Give the choices up and return them, for whoever wants them back."""
        before = self.draft
        self.choices = ReviewChoices()
        self._desk.tasks.read(lambda: self._desk.drafts.forget(review_draft_key(before.request.household_id)))
        self._read(
            ReviewDraft(ReviewRequest(before.request.household_id, before.request.period), self.choices)
        )
        return before

    def take_back(self, draft: ReviewDraft) -> None:
        """Go on with choices that were given up."""
        if draft.request.household_id == self.household and self.sent is None:
            self._read(draft)

    def change(self, choices: ReviewChoices) -> None:
        """Choose otherwise; the pages follow shortly."""
        self.choices = choices
        self._version += 1
        self._timer.start()

    def refusal(self) -> CaseworkerError | None:
        """Return why the review may not leave as it is, None when it may."""
        if self.materials is None:
            return None
        if not self.materials.proposal.agreed:
            return NoConsent(self.materials.proposal.recipient.name)
        return UnsettledWords(self.hits) if self.hits else None

    def transmit(self, out: Path) -> None:
        """Enter the review in the register and write it at `out`."""
        if self.materials is None or self.laid is None or self._sending:
            return
        self._sending = True
        desk, draft, expected = self._desk, self.draft, self.laid.fingerprint
        key = review_draft_key(draft.request.household_id)

        def work() -> tuple[Transmission, Changes, bytes]:
            line, changes = transmit_review(
                desk.file,
                desk.who,
                draft.request,
                draft.choices,
                out,
                desk.renderers.review,
                expected_fingerprint=expected,
            )
            desk.drafts.forget(key)
            return line, changes, out.read_bytes()

        desk.tasks.run(work, self._transmitted, self._refused, owner=self, words="Inscription au registre")

    def _transmitted(self, done: tuple[Transmission, Changes, bytes]) -> None:
        self._sending = False
        self.sent, changes, pdf = done
        self.laid = LaidOut(pdf)
        self.transmitted.emit()
        self._desk.changes.announce(changes)

    def _refused(self, error: CaseworkerError) -> None:
        self._sending = False
        if isinstance(error, ChangedSincePreview):
            self.ask()
        self.failed.emit(error)

    def _read(self, asked: ReviewDraft | None) -> None:
        desk, household = self._desk, self.household
        self._book += 1
        book, self._reading = self._book, True

        def found(materials: ReviewMaterials) -> None:
            if book == self._book:
                self._reading = False
                self._version += 1
                self.materials, self.choices = materials, materials.draft.choices
                self.opened.emit()
                self._lay_out()

        def failed(error: CaseworkerError) -> None:
            if book == self._book:
                self._reading = False
                self.failed.emit(error)

        desk.tasks.read(
            lambda: read_review(desk.file, desk.who, desk.drafts, household, asked), found, failed, owner=self
        )

    def _lay_out(self) -> None:
        """Have the pages made in another process, one at a time: what is typed meanwhile follows."""
        if self.materials is None or self.sent is not None or self._laying:
            return
        self._laying = True
        book, version, materials = self._book, self._version, self.materials

        def laid(made: LaidOut) -> None:
            if book == self._book and self.sent is None:
                self.laid, self._laid_version = made, version
                self.laid_out.emit()
            if self._laid_version != self._version and not self._timer.isActive():
                self._lay_out()

        task = self._desk.tasks.compute(
            lay_out_review,
            self._desk.renderers.review,
            materials.proposal,
            self.choices,
            materials.identity,
            then=laid,
            owner=self,
            words="Mise en page",
        )
        task.ended.connect(self._pages_done)

    def _pages_done(self) -> None:
        self._laying = False
