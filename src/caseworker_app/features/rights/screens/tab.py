"""The tab « Droits » of a household: requests, restriction, agreements, the copy of the data with its review."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.rights.domain.requests import RequestKind
from caseworker_app.features.rights.domain.review import Review
from caseworker_app.features.rights.domain.shown import RightsPage
from caseworker_app.features.rights.screens import forms
from caseworker_app.features.rights.screens.agreements_card import AgreementsCard
from caseworker_app.features.rights.screens.cards import CopiesCard, RequestsCard, RestrictionCard
from caseworker_app.features.rights.screens.desk import RightsDesk
from caseworker_app.features.rights.screens.forms import RightsForm
from caseworker_app.features.rights.screens.review_panel import ReviewPanel
from caseworker_app.features.rights.screens.rows_card import RowsCard
from caseworker_app.features.rights.screens.writing import intention_of
from caseworker_app.features.rights.service.disclosing import (
    HandOver,
    Preparation,
    hand_over,
    prepare_disclosure,
)
from caseworker_app.features.rights.service.reading import rights_page
from caseworker_app.features.team.domain import Right
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.drafts import Draft
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.page import HouseholdTab
from caseworker_app.ui_kit.saving import ask_place
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.theme import px

_WIDEST = 1200


@dataclass(frozen=True, slots=True)
class _Material:
    """What one reading brings."""

    page: RightsPage
    draft: Draft | None


def draft_key(household: str) -> str:
    """Return the key of what is being typed on the tab of a household."""
    return f"rights:{household}"


def review_key(household: str, member: str) -> str:
    """Return the key of a review under way."""
    return f"rights-review:{household}:{member}"


class RightsTab(HouseholdTab):
    """« Droits » of a household; the subject « copy » begins the copy of the data."""

    def __init__(self, desk: RightsDesk) -> None:
        """Make it empty."""
        super().__init__()
        self.desk = desk
        self.restriction, self.requests, self.copies = RestrictionCard(), RequestsCard(), CopiesCard()
        self.agreements = AgreementsCard()
        self.panel = ReviewPanel()
        self.form: RightsForm | None = None
        self.keeper = DraftKeeper(self, desk.tasks, self._content, self._keep)
        self.review_keeper = DraftKeeper(self.panel, desk.tasks, self._review_content, self._keep_review)
        self._household, self._member, self._request = "", "", ""
        self._page: RightsPage | None = None
        self._reading = desk.tasks.latest(self._show, owner=self)
        self._lay_out()
        self.restriction.asked.connect(self._ask_restriction)
        self.requests.asked.connect(self.begin)
        self.agreements.asked.connect(self.begin)
        self.copies.asked.connect(self.prepare)
        self.panel.left.connect(self._close_review)
        self.panel.printed.connect(self._print)
        self.panel.edited.connect(self.review_keeper.touch)
        desk.changes.listen(self, lambda c: c.concerns(household=self._household), self.read_again)

    def show_household(self, household: str, subject: str = "") -> None:
        """Read and show a household; what is being typed of the same one stays."""
        if household != self._household:
            self.keeper.rest()
            self._close_form()
            self._household, self._page = household, None
            self.stack.setCurrentIndex(0)
        self.read_again()
        if subject == "copy":
            self.prepare("")

    def read_again(self) -> None:
        """Read the household again."""
        household = self._household
        if household:
            self._reading.ask(lambda: self._read(household))

    def leave(self) -> None:
        """Keep what is being typed and reviewed."""
        self.keeper.keep_before_leaving()
        self.review_keeper.keep_before_leaving()

    def focus_first(self) -> None:
        """Begin in the open form, the review, or with a new request."""
        if self.stack.currentIndex():
            self.panel.focus_first()
        elif self.form is not None:
            self.form.focus_first()
        else:
            self.requests.new.setFocus()

    def begin(self, what: str, request_id: str) -> None:
        """Open the form of something, or the copy a request asks for."""
        if self._page is None:
            return
        shown = next((each for each in self._page.requests if each.request.id == request_id), None)
        if what == "copy" and shown is not None:
            self.prepare(shown.request.member_id or "", request_id)
            return
        if what in (forms.RESTRICT, forms.LIFT):
            self._ask_restriction()
            return
        day = self.desk.today
        given = next((each for each in self._page.agreements if each.id == request_id), None)
        if what == forms.WITHDRAW and given is not None and given.revocable:
            self._open(forms.withdrawal_form(given, day))
        elif what == forms.REQUEST:
            self._open(forms.request_form(self._page.people, day))
        elif shown is not None and what == forms.ANSWER:
            self._open(forms.answer_form(shown, day))
        elif shown is not None and what == forms.EXTEND:
            self._open(forms.extension_form(shown))
        elif shown is not None and what == forms.LINK:
            self._open(forms.link_form(shown))
        elif shown is not None and what == forms.STATEMENT:
            self._open(forms.statement_form(shown))

    def prepare(self, member: str, request_id: str = "") -> None:
        """Read all that is held for the household or one member, and show what is proposed to be taken out."""
        desk, household, drafts = self.desk, self._household, self.desk.drafts
        self._member, self._request = member, request_id or self._open_access(member)

        def read() -> tuple[Preparation, Draft | None]:
            prepared = prepare_disclosure(desk.file, desk.who, household, member or None)
            return prepared, drafts.find(review_key(household, member))

        def show(found: tuple[Preparation, Draft | None]) -> None:
            prepared, draft = found
            if prepared.held.household_id != self._household or member != self._member:
                return
            review = Review(prepared.held, prepared.proposals)
            if draft is not None:
                review.resume(draft.content)
            whom = prepared.held.asked_by.name if prepared.held.asked_by else prepared.held.name
            self.panel.show_review(review, f"Copie des données, pour {whom}")
            self.stack.setCurrentIndex(1)
            self.panel.focus_first()

        desk.tasks.read(read, show, owner=self, words="Lecture de tout ce qui est gardé")

    def print_at(self, out: Path) -> None:
        """Print the copy as it was reviewed."""
        review, desk, household = self.panel.review, self.desk, self._household
        if review is None:
            return
        wanted = HandOver(
            household, self._member or None, self._request or None, review.redactions, review.held.fingerprint
        )
        key = review_key(household, self._member)

        def done(answer: Any) -> None:
            line, changes = answer
            self.review_keeper.rest()
            desk.tasks.read(lambda: desk.drafts.forget(key), words="Brouillon")
            self.stack.setCurrentIndex(0)
            desk.changes.announce(changes)
            desk.navigator.confirm(f"Copie {line.number} enregistrée\u00a0: {out.name}")

        desk.tasks.run(
            lambda: hand_over(desk.file, desk.who, wanted, out, desk.render), done,
            failed=lambda error: self.panel.refuse(error.sentence), owner=self, words="Écriture de la copie",
        )  # fmt: skip

    def _print(self) -> None:
        review = self.panel.review
        usual = (
            f"communication-donnees-{review.held.reference}.pdf" if review else "communication-donnees.pdf"
        )
        out = ask_place(self, "Enregistrer la copie, non chiffrée", usual)
        if out is not None:
            self.print_at(out)

    def _open_access(self, member: str) -> str:
        """Return the open request for access of whom the copy is for, if there is one."""
        requests = self._page.requests if self._page else ()
        return next(
            (
                each.request.id
                for each in requests
                if each.request.is_open
                and each.request.kind is RequestKind.ACCESS
                and (each.request.member_id or "") == member
            ),
            "",
        )

    def _close_review(self) -> None:
        self.review_keeper.keep_now()
        self.stack.setCurrentIndex(0)

    def _ask_restriction(self) -> None:
        if self._page is None:
            return
        running = self._page.restriction
        day = self.desk.today
        self._open(forms.restriction_form(day) if running is None else forms.lifting_form(running.id, day))

    def _open(self, form: RightsForm) -> None:
        self._close_form()
        self.form = form
        form.submitted.connect(self._submit)
        form.given_up.connect(self._give_up)
        form.edited.connect(self.keeper.touch)
        self._place_form()
        form.focus_first()

    def _place_form(self) -> None:
        form = self.form
        if form is None:
            return
        if form.kind in (forms.RESTRICT, forms.LIFT):
            self.restriction.column.addWidget(form)
            form.show()
        elif form.kind == forms.WITHDRAW:
            self.agreements.place(form)
        else:
            self.requests.place(form)

    def _form_of(self, card: RowsCard) -> RightsForm | None:
        """Return the open form where it stands in a card."""
        return self.form if self.form is not None and card.isAncestorOf(self.form) else None

    def _submit(self) -> None:
        form = self.form
        if form is None:
            return
        try:
            work, words = intention_of(self.desk, self._household, form)
        except CaseworkerError as error:
            form.refuse(error)
            return
        self.desk.write(work, words, self, self._written, form.refuse)

    def _written(self) -> None:
        self._close_form()
        self._forget_draft()

    def _give_up(self) -> None:
        form, page = self.form, self._page
        typed = form.typed() if form is not None else {}
        self._close_form()
        self._forget_draft()
        if form is not None and page is not None:
            kind, row = form.kind, form.row_id
            self.desk.navigator.confirm("Saisie abandonnée", lambda: self._again(kind, row, typed))

    def _again(self, kind: str, row_id: str, typed: dict[str, Any]) -> None:
        self.begin(kind, row_id)
        if self.form is not None and self.form.kind == kind:
            self.form.take(typed)
            self.keeper.touch()

    def _close_form(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.setParent(None)
            self.form.deleteLater()
            self.form = None

    def _read(self, household: str) -> _Material:
        desk = self.desk
        with desk.file.reading() as connection:
            page = rights_page(connection, desk.who, household, desk.today)
        return _Material(page, desk.drafts.find(draft_key(household)))

    def _show(self, material: _Material) -> None:
        page = material.page
        if page.household_id != self._household:
            return
        first, self._page = self._page is None, page
        writes = self.desk.who.may(Right.WRITE_FILES)
        self.restriction.show_page(page, may_write=writes)
        self.requests.show_page(page, self._form_of(self.requests), may_write=writes)
        self.agreements.show_page(page, self._form_of(self.agreements), may_write=writes)
        self.copies.show_page(page, may_print=self.desk.who.may(Right.TRANSMIT))
        self._place_form()
        self.counted.emit(page.waiting or None)
        if first and material.draft is not None:
            said = material.draft.content
            self._again(str(said.get("kind")), str(said.get("row_id")), dict(said.get("typed") or {}))

    def _content(self) -> dict[str, Any]:
        form = self.form
        said = {} if form is None else {"kind": form.kind, "row_id": form.row_id, "typed": form.typed()}
        return {"household": self._household, **said}

    def _keep(self, content: dict[str, Any]) -> str:
        household = str(content["household"])
        return self.desk.drafts.keep(draft_key(household), content, household)

    def _forget_draft(self) -> None:
        self.keeper.rest()
        drafts, key = self.desk.drafts, draft_key(self._household)
        self.desk.tasks.read(lambda: drafts.forget(key), words="Brouillon")

    def _review_content(self) -> dict[str, Any]:
        review = self.panel.review
        said = {} if review is None else review.content()
        return {"household": self._household, "member": self._member, **said}

    def _keep_review(self, content: dict[str, Any]) -> str:
        household = str(content["household"])
        return self.desk.drafts.keep(review_key(household, str(content["member"])), content, household)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(px(_WIDEST))
        column = QVBoxLayout(inner)
        column.setContentsMargins(*PAGE_INSETS)
        column.setSpacing(12)
        for card in (self.restriction, self.requests, self.agreements, self.copies):
            column.addWidget(card)
        column.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(ScrollBody(inner))
        self.stack.addWidget(self.panel)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.stack)
