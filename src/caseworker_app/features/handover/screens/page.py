"""The document page: a landlord review from its proposal to the register, or the report of a visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from caseworker_app.features.handover.domain.choices import review_draft_key
from caseworker_app.features.handover.domain.held_back import Withheld
from caseworker_app.features.handover.domain.kinds import LANDLORD_REVIEW, VISIT_REPORT
from caseworker_app.features.handover.domain.transmission import NoConsent, UnsettledWords
from caseworker_app.features.handover.domain.withholding import withheld
from caseworker_app.features.handover.screens.giving import chosen_printer, put_on_paper, write_pdf
from caseworker_app.features.handover.screens.head import DocumentHead
from caseworker_app.features.handover.screens.panel import WORDS, InternalPanel, ReviewPanel
from caseworker_app.features.handover.screens.paper import PaperPreview
from caseworker_app.features.handover.screens.preview_page import side_by_side
from caseworker_app.features.handover.screens.reading import VisitMaterials, draft_content, read_visit
from caseworker_app.features.handover.screens.rendering import LaidOut, lay_out
from caseworker_app.features.handover.screens.review_recipient import ReviewRecipient
from caseworker_app.features.handover.screens.review_work import DocumentDesk, ReviewWork
from caseworker_app.features.handover.service.printing import note_printed
from caseworker_app.kernel.dates import Period, format_long_date
from caseworker_app.kernel.errors import CaseworkerError, NotFound
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.page import Page, Route
from caseworker_app.ui_kit.saving import ask_place
from caseworker_app.ui_kit.theme import px

__all__ = ["DocumentDesk", "DocumentPage"]

_SIDE = 440


class DocumentPage(Page):
    """Route « document »: `household`, as `subject` the kind, with « :ENTRY » for a visit report."""

    def __init__(self, desk: DocumentDesk) -> None:
        """Make it empty."""
        super().__init__()
        self.desk = desk
        self.route = Route("document")
        self.work = ReviewWork(desk, self)
        self.head, self.preview = DocumentHead(), PaperPreview(desk.tasks)
        self.panel, self.internal = ReviewPanel(), InternalPanel()
        self.empty: EmptyState | None = None
        self.keeper = DraftKeeper(self, desk.tasks, lambda: draft_content(self.work.draft), self._keep)
        self.pdf = b""
        self.recipient = ReviewRecipient(self, desk, self.work, self._to_contact)
        self._lay_out()
        self._join()

    def enter(self, route: Route) -> None:
        """Show the document a route asks for, as the file is now."""
        same, self.route = route == self.route, route
        kind, _, entry_id = route.subject.partition(":")
        if kind == VISIT_REPORT.code:
            self.work.close()
            self._enter_visit(entry_id)
        elif kind not in ("", LANDLORD_REVIEW.code):
            self.work.close()
            self._clear("Document")
            self._show_empty(
                NotFound("Ce document ne se prépare pas ici\u00a0: repartez du dossier du ménage.")
            )
        elif same and self.work.materials is not None and self.work.sent is None:
            self.work.ask()
        else:
            self._clear("Bilan pour le bailleur")
            self._side.setCurrentWidget(self.panel)
            self.work.open(route.household)

    def leave(self) -> None:
        """Keep the draft of the choices."""
        self.keeper.keep_before_leaving()

    def focus_first(self) -> None:
        """Put the cursor on the pages: one reads before one sends."""
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the side readable, and never wider than the paper."""
        super().resizeEvent(event)
        self._side.setFixedWidth(min(px(_SIDE), event.size().width() * 50 // 100) + 24)

    def print_it(self) -> None:
        """Do what the primary says: register a review, or put on paper what may be."""
        if self._is_visit or self.work.sent is not None:
            self._print_on_paper()
            return
        refusal = self.work.refusal()
        if refusal is not None:
            self._refused(refusal)
            return
        out = ask_place(
            self, "Enregistrer le bilan et l’inscrire au registre", f"bilan-bailleur-{self._file_mark()}.pdf"
        )
        if out is not None:
            self.head.show_ways("Inscription\u2026", "", ready=False)
            self.work.transmit(out)

    def export(self) -> None:
        """Write the pages shown as a PDF: a review not yet transmitted stays marked « APERÇU »."""
        name = "compte-rendu" if self._is_visit else "bilan-bailleur" if self.work.sent else "bilan-apercu"
        out = ask_place(self, "Enregistrer le PDF", f"{name}-{self._file_mark()}.pdf")
        if out is not None:
            self._note_printed()
            write_pdf(self, self.desk, self.pdf, out)

    @property
    def _is_visit(self) -> bool:
        return self.route.subject.partition(":")[0] == VISIT_REPORT.code

    def _opened(self) -> None:
        materials = self.work.materials
        if materials is None:
            return
        self._body.setCurrentIndex(0)
        proposal = materials.proposal
        self.head.show_document(proposal.title, f"{proposal.household} · {_period_words(proposal.period)}")
        self.panel.show_review(proposal, self.work.choices)
        self.panel.withheld.show_withheld(withheld(proposal, self.work.choices))
        saved_at = materials.draft.saved_at
        self.panel.show_draft(_kept_words(saved_at) if saved_at else "")
        self._show_readiness()

    def _show_pages(self) -> None:
        if self.work.laid is None:
            return
        self.pdf = self.work.laid.pdf
        self.preview.show_pdf(self.pdf)
        self.panel.show_hits(self.work.hits)
        self._show_readiness()

    def _show_readiness(self) -> None:
        materials, sent = self.work.materials, self.work.sent
        if materials is None:
            return
        refusal = self.work.refusal()
        why = "Accord à recueillir" if isinstance(refusal, NoConsent) else "Mots à revoir"
        self.panel.progress.show_progress(materials.proposal.worker, sent, refusal is None, why)
        if sent is not None:
            self.head.show_ways("&Imprimer sur papier", f"Enregistrer une copie de {sent.number}", ready=True)
            return
        hint = "Enregistrer l’aperçu, marqué comme tel\u202f; rien n’est inscrit au registre"
        self.head.show_ways("&Imprimer et inscrire au registre", hint, ready=self.work.fresh)

    def _edited(self) -> None:
        if self.work.materials is None or self.work.sent is not None:
            return
        self.work.change(self.panel.apply(self.work.choices))
        self.panel.withheld.show_withheld(withheld(self.work.materials.proposal, self.work.choices))
        self.keeper.touch()
        self._show_readiness()

    def _kept_knowingly(self, key: str) -> None:
        self.work.change(self.panel.apply(self.work.choices).keeping(key))
        self.panel.show_hits(self.work.hits)
        self.keeper.touch()
        self._show_readiness()

    def _period_chosen(self, period: Period) -> None:
        self._ask_again(period=period)

    def _ask_again(self, **changed: Any) -> None:
        if self.work.materials is not None:
            self.work.ask(replace(self.work.draft.request, **changed))
            self.keeper.touch()

    def _transmitted(self) -> None:
        sent = self.work.sent
        if sent is None or self.work.laid is None:
            return
        self.keeper.rest()
        self.pdf = self.work.laid.pdf
        self.preview.show_pdf(self.pdf)
        self.panel.show_draft("")
        self.panel.setEnabled(False)
        self._show_readiness()
        self.desk.navigator.confirm(f"Bilan {sent.number} inscrit au registre et enregistré")

    def _refused(self, error: CaseworkerError) -> None:
        if isinstance(error, NoConsent):
            self.panel.open_tab("sending")
            self.panel.consent.refuse(error.sentence)
        elif isinstance(error, UnsettledWords):
            self.panel.open_tab(WORDS)
            self.panel.show_hits(self.work.hits)
        elif self.work.materials is None:
            self._show_empty(error)
        else:
            self.desk.tasks.refused.emit(error.sentence)
        self._show_readiness()

    def _show_empty(self, error: CaseworkerError) -> None:
        if self.empty is not None:
            self._body.removeWidget(self.empty)
            self.empty.deleteLater()
        self.empty = EmptyState(
            "file-off", "Ce document ne peut pas être préparé", error.sentence, "Ouvrir le dossier"
        )
        if self.empty.button is not None:
            self.empty.button.clicked.connect(
                lambda: self.desk.navigator.open("dossier", self.route.household)
            )
        self._body.addWidget(self.empty)
        self._body.setCurrentWidget(self.empty)

    def _change_recipient(self) -> None:
        self.recipient.choose_under(self.panel.recipient.change)

    def _to_contact(self, landlord_id: str, contact_id: str | None) -> None:
        self._ask_again(landlord_id=landlord_id, contact_id=contact_id)

    def _look(self, held: Withheld) -> None:
        household = self.route.household
        if held.page == "document":
            self.panel.open_tab(WORDS)
        elif held.page == "consents":
            self.recipient.record_consent()
        elif held.page == "diary" and held.entry_ids:
            self.desk.navigator.open("visit", household, held.entry_ids[0])
        else:
            self.desk.navigator.open("dossier", household, tab="diary" if held.page == "diary" else "")

    def _begin_again(self) -> None:
        if self.work.materials is None or self.work.sent is not None:
            return
        self.keeper.rest()
        before = self.work.begin_again()
        self.desk.navigator.confirm("Choix écartés", lambda: self._bring_back(before))

    def _bring_back(self, before: Any) -> None:
        self.work.take_back(before)
        self.keeper.touch()

    def _enter_visit(self, entry_id: str) -> None:
        desk, route = self.desk, self.route
        self._clear("Compte rendu de visite")
        self._side.setCurrentWidget(self.internal)
        self.head.show_ways("&Imprimer", "", ready=False)

        def found(materials: VisitMaterials) -> None:
            if route != self.route:
                return
            content = materials.content
            when = format_long_date(content.day, weekday=True)
            draft = "" if entry_id else " · brouillon, pas encore au dossier"
            self.head.show_document(content.title, f"{content.household} · {when} · document interne{draft}")
            self.preview.said.setText("Tel qu’il sera imprimé" if entry_id else "Aperçu du brouillon")
            self.internal.show_report(content)
            desk.tasks.compute(
                lay_out, desk.renderers.visit, content, materials.identity,
                then=lambda laid: self._show_report(route, laid), owner=self, words="Mise en page",
            )  # fmt: skip

        desk.tasks.read(
            lambda: read_visit(desk.file, desk.who, desk.drafts, route.household, entry_id),
            found,
            self._show_empty,
            owner=self,
        )

    def _show_report(self, route: Route, laid: LaidOut) -> None:
        if route == self.route:
            self.pdf = laid.pdf
            self.preview.show_pdf(self.pdf)
            ready = not route.subject.endswith(":")
            self.head.show_ways("&Imprimer", "Enregistrer le compte rendu, document interne", ready=ready)

    def _print_on_paper(self) -> None:
        printer = chosen_printer(self, self.desk, self.head.title.text())
        if printer is not None:
            self._note_printed()
            put_on_paper(self, self.desk, self.pdf, printer)

    def _note_printed(self) -> None:
        kind = VISIT_REPORT if self._is_visit else LANDLORD_REVIEW
        note_printed(self.desk.file, self.desk.who, self.route.household, kind.code)

    def _file_mark(self) -> str:
        """Return what tells files apart without naming anybody: titles are seen in folders and on screens."""
        if self.work.sent is not None:
            return self.work.sent.number
        return self.internal.mark if self._is_visit else f"{self._today():%Y-%m-%d}"

    def _today(self) -> datetime:
        return self.desk.file.clock.now().astimezone()

    def _clear(self, title: str) -> None:
        self._body.setCurrentIndex(0)
        self.keeper.rest()
        self.panel.setEnabled(True)
        self.pdf = b""
        self.preview.clear()
        self.preview.said.setText("Tel qu’il sera imprimé")
        self.head.show_document(title, "")
        self.panel.show_draft("")
        self.head.show_ways("&Imprimer et inscrire au registre", "", ready=False)

    def _keep(self, content: dict[str, Any]) -> str:
        household = str(content["household"])
        return self.desk.drafts.keep(review_draft_key(household), content, household)

    def _kept(self, saved_at: str, content: dict[str, Any]) -> None:
        if content["household"] == self.work.household and self.work.sent is None:
            self.panel.show_draft(_kept_words(saved_at))

    def _changed_elsewhere(self) -> None:
        if not self._is_visit:
            self.work.ask()

    def _lay_out(self) -> None:
        self._side = QStackedWidget()
        self._side.addWidget(self.panel)
        self._side.addWidget(self.internal)
        self._body = QStackedWidget()
        self._body.addWidget(side_by_side(self.preview, self._side))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._body, 1)

    def _join(self) -> None:
        work, panel, head = self.work, self.panel, self.head
        joined: tuple[tuple[Any, Callable[..., None]], ...] = (
            (work.opened, self._opened), (work.laid_out, self._show_pages), (work.failed, self._refused),
            (work.transmitted, self._transmitted), (panel.edited, self._edited),
            (panel.kept_knowingly, self._kept_knowingly), (panel.period_changed, self._period_chosen),
            (panel.consent.record_asked, self.recipient.record_consent), (panel.withheld.look_asked, self._look),
            (panel.recipient.change_asked, self._change_recipient), (head.printed, self.print_it),
            (head.exported, self.export), (panel.began_again, self._begin_again),
            (head.back_asked, self.desk.navigator.back), (self.keeper.kept, self._kept),
        )  # fmt: skip
        for signal, done in joined:
            signal.connect(done)
        self.desk.changes.listen(
            self,
            lambda changes: changes.concerns(household=self.work.household or None),
            self._changed_elsewhere,
        )


def _period_words(period: Period) -> str:
    end = f" au {format_long_date(period.end)}" if period.end else ""
    return f"du {format_long_date(period.start)}{end}"


def _kept_words(saved_at: str) -> str:
    at = datetime.fromisoformat(saved_at).astimezone()
    return f"Choix enregistrés à {at:%H:%M}"
