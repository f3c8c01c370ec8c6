"""The page of a letter: shown as it will leave before it takes a number, then registered, printed, copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caseworker_app.features.consents import service as consents
from caseworker_app.features.consents.domain import Recipient
from caseworker_app.features.handover.domain.kinds import (
    ORIENTATION_LETTER,
    PART_SHEET,
    REFERRAL_ANSWER,
    DocumentKind,
    Letter,
)
from caseworker_app.features.handover.domain.part_sheet import NoAgreementForPart, PartSheet
from caseworker_app.features.handover.domain.referral_answer import ReferralAnswer
from caseworker_app.features.handover.domain.transmission import Transmission
from caseworker_app.features.handover.screens.consent_dialog import ask_agreement
from caseworker_app.features.handover.screens.giving import chosen_printer, put_on_paper, write_pdf
from caseworker_app.features.handover.screens.letter_message import LetterMessage
from caseworker_app.features.handover.screens.preview_page import PreviewPage, fill_card
from caseworker_app.features.handover.screens.review_work import DocumentDesk
from caseworker_app.features.handover.service.orientation_letters import (
    preview_orientation_letter,
    send_orientation_letter,
)
from caseworker_app.features.handover.service.pages import identity_of
from caseworker_app.features.handover.service.part_sheets import hand_part_sheet, preview_part_sheet
from caseworker_app.features.handover.service.printing import note_printed
from caseworker_app.features.handover.service.referral_answers import answer_referral, preview_answer
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import join_words
from caseworker_app.pdf.identity import Identity
from caseworker_app.storage.connection import Connection
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import FilterChips
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.page import Route
from caseworker_app.ui_kit.saving import ask_place
from caseworker_app.ui_kit.text import Label

# What a route adds after the referral for a letter that tells what was decided.
DECISION = "decision"
_RECEIPT = "receipt"
# What a route adds after the part for a sheet that holds what is noted as shared.
SHARED = "shared"
_ALONE = "alone"
_KINDS = {kind.code: kind for kind in (ORIENTATION_LETTER, REFERRAL_ANSWER, PART_SHEET)}
_TITLES = {
    ORIENTATION_LETTER: "Lettre d’orientation",
    REFERRAL_ANSWER: "Réponse à une demande",
    PART_SHEET: "Fiche de liaison",
}
_SAYS = {
    (ORIENTATION_LETTER, True): "Le ménage y est nommé\u00a0: son accord avec ce partenaire est en cours.",
    (ORIENTATION_LETTER, False): (
        "Personne n’y est nommé\u00a0: aucun accord en cours du ménage avec ce partenaire n’est lié à l’orientation."
    ),
    (
        REFERRAL_ANSWER,
        True,
    ): "Elle dit ce qui est décidé et quand, jamais pourquoi, et ne nomme pas le ménage.",
    (REFERRAL_ANSWER, False): "Elle dit que la demande est arrivée, rien de plus, et ne nomme pas le ménage.",
}
_PART_ONLY = (
    "Elle ne dit que sa part\u00a0: rien de celle des autres, rien du budget, du journal ni de la santé."
)
_UNDECIDED = "Aucune décision n’est prise\u00a0: la lettre accuse réception."
_NOT_YET = (
    "Rien n’est inscrit au registre tant que vous n’avez pas choisi «\u00a0Inscrire au registre\u00a0»."
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What one letter is made of."""

    content: Letter
    identity: Identity


class LetterPage(PreviewPage):
    """Route « letter »: `household`, as `subject` the kind and what it is about.

    « lettre-orientation:ORIENTATION » (without: the newest that waits), « reponse-demande:REFERRAL »,
    « reponse-demande:REFERRAL:decision », « fiche-liaison:PART » (without: the only one that runs),
    « fiche-liaison:PART:shared ».
    """

    def __init__(self, desk: DocumentDesk) -> None:
        """Make it empty."""
        super().__init__(desk, QWidget())
        self.kind: DocumentKind = ORIENTATION_LETTER
        self.subject = ""
        self.content: Letter | None = None
        self.sent: Transmission | None = None
        self.choice = FilterChips("Ce que dit la lettre")
        self.choice.add(_RECEIPT, "Accusé de réception")
        self.choice.add(DECISION, "Décision")
        self.adds = FilterChips("Ce que contient la fiche")
        self.adds.add(_ALONE, "Sa part seule")
        self.adds.add(SHARED, "Avec «\u00a0Partagé avec lui\u00a0»")
        self.message = LetterMessage()
        self.whom, self.says = Label("", 13, wrap=True), Label("", 13, tone="muted", wrap=True)
        self.state = Banner(_NOT_YET, "accent")
        self.refusal = Banner("", "warn", "alert-triangle")
        self.missing: Recipient | None = None
        self.agree = Button("&Noter un accord…", "secondary", "check")
        self.agree.hide()
        self.agree.clicked.connect(self.note_agreement)
        self.sources = {
            ORIENTATION_LETTER: Button("Ouvrir les &orientations", "secondary", "heart-handshake"),
            REFERRAL_ANSWER: Button("Ouvrir la d&emande", "secondary", "mail"),
            PART_SHEET: Button("Ouvrir la mes&ure", "secondary", "users"),
        }
        self._reading = desk.tasks.latest(self._lay_out_read, self.refused, owner=self)
        fill_card(
            self.side, "Cette lettre",
            (
                self.choice, self.adds, self.whom, self.says, self.message, self.refusal, self.agree, self.state,
                *self.sources.values(),
            ),
        )  # fmt: skip
        for chips in (self.choice, self.adds):
            chips.chosen.connect(lambda _key: self._begin_again())
        # What is shown is no longer what would leave: nothing may until the page is laid out again.
        self.message.edited.connect(self.begin)
        self.message.settled.connect(self.read_again)
        for button in self.sources.values():
            button.clicked.connect(self.open_source)

    def enter(self, route: Route) -> None:
        """Show a letter as the file is now; one that has left is another one."""
        self.household = route.household
        code, _, about = route.subject.partition(":")
        self.subject, _, told = about.partition(":")
        self.kind = _KINDS.get(code, ORIENTATION_LETTER)
        self.choice.setVisible(self.kind is REFERRAL_ANSWER)
        self.adds.setVisible(self.kind is PART_SHEET)
        self.message.setVisible(self.kind is PART_SHEET)
        self.message.stand_for(f"{self.household}:{self.subject}" if self.kind is PART_SHEET else "")
        self.choice.choose(DECISION if told == DECISION else _RECEIPT)
        self.adds.choose(SHARED if told == SHARED else _ALONE)
        for kind, button in self.sources.items():
            button.setVisible(kind is self.kind)
        self._begin_again()

    def focus_first(self) -> None:
        """Put the cursor on the pages: one reads before one sends."""
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """Lay the preview out again, until the letter has left."""
        if not (self.household or self.subject) or self.sent is not None:
            return
        self.content = None
        self.message.settle()
        self.begin()
        self.refusal.hide()
        self.agree.hide()
        self.head.show_document(_TITLES[self.kind], "")
        desk, letter = self.desk, self._preview()

        def read() -> _Read:
            with desk.file.reading() as connection:
                return _Read(letter(connection), identity_of(team.the_association(connection, desk.who)))

        self._reading.ask(read)

    def print_it(self) -> None:
        """Do what the primary says: register the letter, or put on paper the one that left."""
        if self.sent is not None:
            printer = chosen_printer(self, self.desk, self.head.title.text())
            if printer is not None:
                self._note_printed()
                put_on_paper(self, self.desk, self.pdf, printer)
            return
        out = ask_place(self, "Enregistrer la lettre et l’inscrire au registre", self._file_name())
        if out is not None:
            self.register(out)

    def export(self) -> None:
        """Write the pages shown: before the letter has left, they are marked « APERÇU »."""
        out = ask_place(self, "Enregistrer le PDF", f"{'' if self.sent else 'apercu-'}{self._file_name()}")
        if out is not None:
            if self.sent is not None:
                self._note_printed()
            write_pdf(self, self.desk, self.pdf, out)

    def register(self, out: Path) -> None:
        """Number the letter, enter it in the register and write it at `out`; the pages that left are shown."""
        send, desk = self._send(), self.desk
        self.head.show_ways("Inscription…", "", ready=False)

        def work() -> tuple[Transmission, Changes, bytes]:
            line, changes = send(out)
            return line, changes, out.read_bytes()

        def left(done: tuple[Transmission, Changes, bytes]) -> None:
            self.sent, changes, pdf = done
            self.message.clear_letter()
            self.state.show_sentence(f"Inscrite au registre\u00a0: {self.sent.number}", "ok")
            self._freeze(left=True)
            self.show_pages(pdf, "Telle qu’elle a été enregistrée")
            desk.changes.announce(changes)
            desk.navigator.confirm(f"Lettre {self.sent.number} inscrite au registre et enregistrée")

        desk.tasks.run(work, left, self._not_sent, owner=self)

    def open_source(self) -> None:
        """Open what the letter is about."""
        if self.kind is REFERRAL_ANSWER:
            self.desk.navigator.open("referrals", subject=self.subject)
        elif self.kind is PART_SHEET:
            self.desk.navigator.open("dossier", self.household, tab="measure")
        else:
            self.desk.navigator.open("dossier", self.household, self.subject, "orientations")

    def show_ways(self) -> None:
        """Offer to register the letter, then its copies."""
        if self.sent is not None:
            self.head.show_ways(
                "&Imprimer…", f"Enregistrer une copie de {self.sent.number}", ready=bool(self.pdf)
            )
            return
        hint = "Enregistrer l’aperçu, marqué comme tel\u202f; rien n’est inscrit au registre"
        self.head.show_ways("&Inscrire au registre…", hint, ready=bool(self.pdf))

    def note_agreement(self) -> None:
        """Ask for the agreement the sheet lacks, with the body it would be handed to."""
        if self.missing is None:
            return
        desk = self.desk

        def given(done: tuple[str, Changes]) -> None:
            desk.changes.announce(done[1])
            desk.navigator.confirm("Accord noté")

        ask_agreement(
            self, desk.tasks, self.household, self.missing, today(desk.file.clock),
            lambda new: consents.give_consent(desk.file, desk.who, new), given,
        )  # fmt: skip

    def refused(self, error: CaseworkerError) -> None:
        """Say why the letter cannot leave where it would be."""
        self.preview.clear()
        self.preview.said.setText("Cette lettre ne peut pas partir ainsi")
        self.whom.setText("")
        self.says.setText("")
        self.refusal.show_sentence(error.sentence, "warn", "alert-triangle")
        self.refusal.show()
        self.missing = error.recipient if isinstance(error, NoAgreementForPart) else None
        self.agree.setVisible(self.missing is not None and self.desk.who.may(Right.WRITE_FILES))

    def _begin_again(self) -> None:
        self.sent = None
        self._freeze(left=False)
        self.state.show_sentence(_NOT_YET, "accent")
        self.preview.clear()
        self.read_again()

    def _freeze(self, *, left: bool) -> None:
        """Keep what is chosen once the letter has left."""
        self.choice.setEnabled(not left)
        self.adds.setEnabled(not left)
        self.message.setEnabled(not left)

    def _lay_out_read(self, found: _Read) -> None:
        if self.sent is not None or self.message.waiting:
            return
        self.content = content = found.content
        self.head.show_document(_TITLES[self.kind], f"à {content.recipient[0]}" if content.recipient else "")
        self.whom.setText("Destinataire\u00a0: " + ", ".join(content.recipient))
        self.says.setText(self._says(content))
        self.draw(self.desk.renderers.letter, content, found.identity)

    def _says(self, content: Letter) -> str:
        if isinstance(content, ReferralAnswer):
            asked = self.choice.current_key() == DECISION
            if asked and not content.tells_decision:
                return _UNDECIDED
            return _SAYS[REFERRAL_ANSWER, content.tells_decision]
        if isinstance(content, PartSheet):
            held = join_words([f"«\u00a0{word}\u00a0»" for word in content.held[:4]])
            return (
                f"{_PART_ONLY} Reste à dire de vive voix ce qui touche à\u00a0: {held}."
                if held
                else _PART_ONLY
            )
        return _SAYS[ORIENTATION_LETTER, content.names]

    def _preview(self) -> Callable[[Connection], Letter]:
        """Return what reads the letter chosen, on the reader's thread."""
        who, household, subject = self.desk.who, self.household, self.subject
        tells, day = self.choice.current_key() == DECISION, today(self.desk.file.clock)
        if self.kind is REFERRAL_ANSWER:
            return lambda connection: preview_answer(connection, who, subject, day, tells_decision=tells)
        if self.kind is PART_SHEET:
            adds, message = self.adds.current_key() == SHARED, self.message.text()
            return lambda connection: preview_part_sheet(
                connection, who, household, day, subject or None, with_shared=adds, message=message
            )
        return lambda connection: preview_orientation_letter(connection, who, household, day, subject or None)

    def _send(self) -> Callable[[Path], tuple[Transmission, Changes]]:
        """Return what registers the letter chosen, on the writer's thread."""
        file, who, render = self.desk.file, self.desk.who, self.desk.renderers.letter
        household, subject, tells = self.household, self.subject, self.choice.current_key() == DECISION
        if self.kind is REFERRAL_ANSWER:
            return lambda out: answer_referral(file, who, subject, out, render, tells_decision=tells)
        chosen = subject or None
        if self.kind is PART_SHEET:
            adds, message = self.adds.current_key() == SHARED, self.message.text()
            return lambda out: hand_part_sheet(
                file, who, household, out, render, part_id=chosen, with_shared=adds, message=message
            )
        return lambda out: send_orientation_letter(file, who, household, out, render, orientation_id=chosen)

    def _not_sent(self, error: CaseworkerError) -> None:
        self.show_ways()
        self.desk.tasks.refused.emit(error.sentence)

    def _note_printed(self) -> None:
        if self.sent is not None:
            note_printed(self.desk.file, self.desk.who, self.sent.household_id, self.kind.code)

    def _file_name(self) -> str:
        """Return a name that tells files apart and names nobody: titles are seen in folders and on screens."""
        mark = self.sent.number if self.sent else today(self.desk.file.clock).isoformat()
        return f"{self.kind.code}-{mark}.pdf"
