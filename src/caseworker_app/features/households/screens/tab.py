"""The tab « Composition »: its sections read, edited in place, each change written at once and undone in one click."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.households import service
from caseworker_app.features.households.domain import Address, Contact, HouseholdFile, HouseholdMember
from caseworker_app.features.households.domain.linked import FormerHousehold, SeparationLink
from caseworker_app.features.households.domain.shown import called, contact_words
from caseworker_app.features.households.screens.addresses import AddressesSection
from caseworker_app.features.households.screens.around import LinksSection, ProtectionCard, column_of
from caseworker_app.features.households.screens.contacts import ContactsSection
from caseworker_app.features.households.screens.forms import SectionForm
from caseworker_app.features.households.screens.people import PeopleSection
from caseworker_app.features.households.screens.section import Section
from caseworker_app.features.households.screens.texts import TextSection
from caseworker_app.features.households.screens.writing import Work, Writing
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.storage.drafts import Draft, Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.page import HouseholdTab, Navigator
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.tasks import Tasks

TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]
_WEIGHTS = (13, 10)
# Longer lines are harder to read than a second column is far.
_WIDEST = 1360


@dataclass(frozen=True, slots=True)
class Composition:
    """What one reading brings to the tab; `draft`: what was being typed when it was last left."""

    people: HouseholdFile
    formers: tuple[FormerHousehold, ...]
    separations: tuple[SeparationLink, ...]
    day: date
    draft: Draft | None


def draft_key(household: str) -> str:
    """Return the key of the draft of a household's composition."""
    return f"composition:{household}"


class CompositionTab(HouseholdTab):
    """Who lives there, how to reach them, where they live and lived, what to know before a visit."""

    def __init__(
        self, file: EncryptedFile, who: Who, drafts: Drafts, tasks: Tasks, changes: ChangeBroadcast,
        navigator: Navigator, take_back: TakeBack,
    ) -> None:  # fmt: skip
        """Make it empty."""
        super().__init__()
        self._file, self._who, self._drafts, self._tasks = file, who, drafts, tasks
        self._changes, self._navigator, self._take_back = changes, navigator, take_back
        self._household = ""
        self._subject = ""
        self.shown: Composition | None = None
        self.people, self.contacts, self.addresses = PeopleSection(), ContactsSection(), AddressesSection()
        self.links, self.protection = LinksSection(), ProtectionCard()
        self.texts = (
            TextSection(
                "visit_instructions",
                "Avant une visite",
                "des faits\u00a0: code, étage, chien",
                "door",
                ("g", "v"),
            ),
            TextSection("note", "Note du dossier", "ce qui ne va nulle part ailleurs", "notes", ("s", "x")),
        )
        self.sections: tuple[Section, ...] = (self.people, self.contacts, self.addresses)
        self.keeper = DraftKeeper(self, tasks, self._content, self._keep)
        self._reading = tasks.latest(self._show, self._vanished, owner=self)
        self._lay_out()
        self._join()
        changes.listen(self, lambda c: c.concerns(household=self._household), self._read_again)

    def show_household(self, household: str, subject: str = "") -> None:
        """Read and show a household; what is being typed for it stays."""
        if household != self._household:
            self.keeper.keep_before_leaving()
            self._forget_forms()
            self.shown = None
            self._body.hide()
        self._household, self._subject = household, subject
        self._read_again()

    def leave(self) -> None:
        """Keep what is being typed."""
        self.keeper.keep_before_leaving()

    def focus_first(self) -> None:
        """Go back to the form that is open, else begin with the people."""
        form = next(self._forms(), None)
        if form is not None:
            form.focus_first()
        else:
            self.people.adding.setFocus(Qt.FocusReason.OtherFocusReason)

    def write(self, work: Work, words: str, then: Callable[[], None] | None = None, form: Any = None) -> None:
        """Write a change, say so with « Annuler »; a refusal goes into the form it came from."""
        household = self._household
        kept = self._content(without=form)

        def both() -> Changes:
            changes = work()
            # At once: killed here, the next opening must not offer what is already written.
            self._keep(kept)
            return changes

        def done(changes: Changes) -> None:
            if household == self._household and then is not None:
                then()
            self._changes.announce(changes)
            self._navigator.confirm(words, self.undo)

        def failed(error: CaseworkerError) -> None:
            if form is not None and household == self._household:
                form.refuse(error)
            else:
                self._tasks.refused.emit(error.sentence)

        self._tasks.run(both, done, failed, owner=self)

    def undo(self) -> None:
        """Take back the last change."""

        def undone(answer: tuple[str, Changes]) -> None:
            self._changes.announce(answer[1])
            self._navigator.confirm(f"Annulé\u00a0: {answer[0]}")

        self._tasks.run(lambda: self._take_back(self._file, self._who), undone, owner=self)

    def _lay_out(self) -> None:
        instructions, note = self.texts
        content = QWidget()
        columns = Columns(content, gap=16, weights=_WEIGHTS)
        columns.setContentsMargins(*PAGE_INSETS)
        columns.addWidget(column_of(self.people, instructions, note))
        columns.addWidget(column_of(self.contacts, self.addresses, self.links, self.protection))
        content.setMaximumWidth(_WIDEST)
        self._body = ScrollBody(content)
        self._body.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._body)

    def _join(self) -> None:
        for section in self.sections:
            section.opened.connect(lambda form, s=section: self._join_form(s, form))
            section.blocked.connect(self._reveal)
        for text in self.texts:
            text.edited.connect(self.keeper.touch)
            text.submitted.connect(lambda t=text: self._write_text(t))
            text.given_up.connect(lambda t=text: self._give_up_text(t))
        self.people.return_asked.connect(self._bring_back)
        self.people.remove_asked.connect(self._remove_member)
        self.contacts.remove_asked.connect(self._remove_contact)
        self.addresses.remove_asked.connect(self._remove_address)
        self.protection.asked.connect(self._protect)
        self.links.file_asked.connect(lambda household: self._navigator.open("dossier", household))

    def _join_form(self, section: Section, form: SectionForm) -> None:
        form.edited.connect(self.keeper.touch)
        form.submitted.connect(lambda: self._submit(section, form))
        form.given_up.connect(lambda: self._give_up(section, form))
        form.focus_first()
        self._reveal(form)

    def _reveal(self, form: QWidget) -> None:
        """Bring a form into sight once it has its place."""
        QTimer.singleShot(0, form, lambda: self._body.ensureWidgetVisible(form, 0, 24))

    def _submit(self, section: Section, form: SectionForm) -> None:
        if self.shown is None:
            return
        try:
            work, words = self._writing(self.shown).of(form)
        except InvalidEntry as error:
            form.refuse(error)
            return
        form.set_busy(True)
        self.write(work, words, section.close_form, form)

    def _give_up(self, section: Section, form: SectionForm) -> None:
        typed, touched = form.typed(), form.touched
        kind, row_id, version = form.kind, form.row_id, form.version
        section.close_form()
        self._keep_now()
        if not touched:
            return

        def again() -> None:
            self._reopen(section, kind, row_id, version, typed)

        self._navigator.confirm("Saisie fermée sans être enregistrée", again)

    def _reopen(
        self, section: Section, kind: str, row_id: str, version: str | None, typed: Mapping[str, str]
    ) -> None:
        form = section.make_form(kind, row_id, typed)
        if form is not None:
            form.version = version
            if section.open_form(form):
                self.keeper.touch()

    def _write_text(self, text: TextSection) -> None:
        if self.shown is None:
            return
        text.set_busy(True)
        work, words = self._writing(self.shown).text(text.key, text.text(), text.version)
        self.write(work, words, text.written, text)

    def _give_up_text(self, text: TextSection) -> None:
        words, version = text.text(), text.version
        text.go_back()
        self._keep_now()

        def again() -> None:
            text.show_typed(words, version)
            self.keeper.touch()

        self._navigator.confirm("Texte d’avant repris", again)

    def _bring_back(self, member: HouseholdMember) -> None:
        work = service.return_to_household
        self.write(
            lambda: work(self._file, self._who, member.id, member.version),
            f"{called(member)} est de retour dans le ménage",
        )

    def _remove_member(self, member: HouseholdMember) -> None:
        work = service.remove_member
        words = f"{called(member)}\u00a0: fiche retirée"
        self.write(lambda: work(self._file, self._who, member.id, member.version), words)

    def _remove_contact(self, contact: Contact) -> None:
        work = service.remove_contact
        words = f"{contact_words(contact)} retiré"
        self.write(lambda: work(self._file, self._who, contact.id, contact.version), words)

    def _remove_address(self, address: Address) -> None:
        work = service.remove_address
        self.write(lambda: work(self._file, self._who, address.id, address.version), "Adresse retirée")

    def _protect(self, protected: bool) -> None:
        household = self._household
        words = "Dossier protégé" if protected else "Protection levée"
        work = service.set_protected
        self.write(lambda: work(self._file, self._who, household, protected=protected), words)

    def _writing(self, shown: Composition) -> Writing:
        return Writing(self._file, self._who, shown.people, shown.day)

    def _read_again(self) -> None:
        household, first = self._household, self.shown is None
        if not household:
            return

        def read() -> Composition:
            draft = self._drafts.find(draft_key(household)) if first else None
            with self._file.reading() as connection:
                return Composition(
                    service.open_household(connection, self._who, household),
                    tuple(service.former_of(connection, self._who, household)),
                    tuple(service.separations_of(connection, self._who, household)),
                    today(self._file.clock),
                    draft,
                )

        self._reading.ask(read)

    def _show(self, read: Composition) -> None:
        anew = self.shown is None
        self.shown = read
        self.people.show_people(read.people, read.day)
        self.contacts.show_people(read.people)
        self.addresses.show_people(read.people, read.day)
        for text in self.texts:
            text.show_household(read.people.household, anew=anew)
        self.links.show_links(read.formers, read.separations)
        self.protection.show_protection(protected=read.people.household.protected)
        self.counted.emit(len(read.people.members))
        self._body.show()
        if anew and read.draft is not None:
            self._resume(read.draft.content)
        if self._subject:
            self._stand_on(self._subject)

    def _vanished(self, error: CaseworkerError) -> None:
        """Show nothing of a household that is not there any more: its file joined another, or was undone."""
        self.keeper.keep_before_leaving()
        self.shown = None
        self._forget_forms()
        self._body.hide()
        self._tasks.refused.emit(error.sentence)

    def _stand_on(self, subject: str) -> None:
        self._subject = ""
        row = next((s.rows[subject] for s in self.sections if subject in s.rows), None)
        if row is not None:
            row.focus()
            self._reveal(row)

    def _resume(self, content: Mapping[str, Any]) -> None:
        """Open again what was being typed."""
        for kept in content.get("forms", ()):
            section = next((s for s in self.sections if s.key == kept["section"]), None)
            if section is not None:
                self._reopen(section, kept["kind"], kept["row"], kept["version"], kept["typed"])
                if section.form is not None:
                    section.form.rest.say("Votre saisie, là où vous l’aviez laissée.")
        for text in self.texts:
            kept_text = content.get("texts", {}).get(text.key)
            if kept_text is not None:
                text.show_typed(kept_text["words"], kept_text["version"])

    def _forms(self) -> Iterator[SectionForm]:
        yield from (section.form for section in self.sections if section.form is not None)

    def _forget_forms(self) -> None:
        self.keeper.rest()
        for section in self.sections:
            section.close_form(focus=False)

    def _content(self, without: object = None) -> dict[str, Any]:
        """Return what the draft keeps: every form that holds something not written."""
        forms = [
            {"section": s.key, "kind": f.kind, "row": f.row_id, "version": f.version, "typed": f.typed()}
            for s in self.sections
            if (f := s.form) is not None and f is not without and f.touched
        ]
        texts = {
            t.key: {"words": t.text(), "version": t.version}
            for t in self.texts
            if t.touched and t is not without
        }
        return {"household": self._household, "forms": forms, "texts": texts}

    def _keep(self, content: dict[str, Any]) -> str:
        key = draft_key(content["household"])
        if content["forms"] or content["texts"]:
            return self._drafts.keep(key, content, content["household"])
        self._drafts.forget(key)
        return ""

    def _keep_now(self) -> None:
        self.keeper.touch()
        self.keeper.keep_now()
