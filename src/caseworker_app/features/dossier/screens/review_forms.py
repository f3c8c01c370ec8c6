"""The forms of a reading: asking a colleague to read an entry, and answering."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.diary.domain.report_review import Readers, ReportReview, ReviewDecision
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.room_desk import RoomDesk
from caseworker_app.ui_kit.side_form import SideForm, Work

_ASKED = "L’écrit ne change pas\u00a0: la personne choisie le trouve dans «\u00a0Ma semaine\u00a0», le lit et répond."
_ANSWERED = "L’écrit ne change pas\u00a0: qui l’a écrit voit votre réponse, et le complète si besoin."
_ANSWERS = {ReviewDecision.ACCEPTED: "Accepter", ReviewDecision.TO_CORRECT: "Renvoyer, à reprendre"}


@dataclass(frozen=True, slots=True)
class ReviewDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """What the forms work with."""

    @property
    def may_review(self) -> bool:
        """Say whether whoever acts may ask for readings and answer them."""
        return self.who.may(Right.WRITE_FILES)


def asking_form(desk: ReviewDesk, entry: DiaryEntry, offered: Readers) -> SideForm:
    """Ask who is to read an entry, the last one asked proposed, with an optional word."""
    form = SideForm(f"ask:{entry.id}", "Demander une relecture", desk.today, _ASKED, "Dem&ander la relecture")
    form.choice("reader_id", "À relire &par", offered.names, offered.proposed)
    if not offered.names:
        form.note(
            "Personne d’autre dans l’équipe ne peut relire\u00a0: ajoutez un·e collègue dans les réglages."
        )
    form.long("word", "Un mot avec la demande", "facultatif")

    def read() -> Work:
        reader, word = form.text("reader_id"), form.text("word")
        if reader is None:
            raise InvalidEntry("Choisissez qui relit.", "reader_id")
        return lambda: diary.ask_report_review(desk.file, desk.who, entry.id, reader, word)

    return form.intend(read, "Relecture demandée")


def answering_form(desk: ReviewDesk, review: ReportReview) -> SideForm:
    """Accept an entry one was asked to read, or send it back, with a comment."""
    form = SideForm(
        f"answer:{review.id}", "Répondre à la relecture", desk.today, _ANSWERED, "En&voyer la réponse"
    )
    form.choice("decision", "Ré&ponse", _ANSWERS, ReviewDecision.ACCEPTED)
    form.long("comment", "Commentaire", "ce qui est à reprendre, ou un mot")

    def read() -> Work:
        decision, comment = form.needed("decision", ReviewDecision), form.text("comment")
        return lambda: diary.answer_report_review(desk.file, desk.who, review.id, decision, comment)

    return form.intend(read, "Réponse envoyée")
