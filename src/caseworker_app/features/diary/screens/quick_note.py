"""The quick note (`Ctrl+N`): a sheet over any page, its draft kept, written for several households at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout
from shiboken6 import isValid

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.note import (
    NewNote,
    blank_note,
    note_draft_key,
    note_from_draft,
    written_words,
)
from caseworker_app.features.diary.domain.reused_sentences import ReusedSentence, offered_sentences
from caseworker_app.features.diary.domain.typed_moments import format_hour
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.features.diary.screens.quick_note_form import QuickNoteForm, title_label
from caseworker_app.features.diary.screens.quick_note_households import FindHouseholds
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdFile
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry, NotFound
from caseworker_app.storage.drafts import Draft
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Rule
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.sheet import Sheet
from caseworker_app.ui_kit.spelling import Speller
from caseworker_app.ui_kit.states import INTERNAL, Pill
from caseworker_app.ui_kit.text import ElidedLabel
from caseworker_app.ui_kit.theme import px

WIDTH = 640


@dataclass(frozen=True, slots=True)
class _Opened:
    """What opening reads: the hour on the wall, the draft left, the households it is about."""

    now: datetime
    draft: Draft | None
    note: NewNote
    people: tuple[HouseholdFile, ...]
    spelling: tuple[str, ...] = ()
    sentences: tuple[ReusedSentence, ...] = ()


class QuickNote(Sheet):
    """One note at a time. `reopen_asked(household)` when a note is taken back: its text is a draft again."""

    reopen_asked = Signal(str)

    def __init__(self, desk: VisitDesk, find: FindHouseholds) -> None:
        """Make it empty; `find` runs on the reader's thread."""
        super().__init__(WIDTH)
        self.desk = desk
        self.household = ""
        self._ready = False
        self.setAccessibleName("Note rapide")
        self.form = QuickNoteForm(desk.tasks, find)
        self.kept = ElidedLabel("", 12, tone="muted")
        self.save = Button("&Enregistrer la note", "primary", "check")
        self.again = Button("Repartir de &zéro", "ghost", compact=True)
        self.keeper = DraftKeeper(self, desk.tasks, self._content, self._keep)
        self.speller = Speller(desk.tasks, self._add_word, self)
        self.speller.watch([self.form.zone])
        self._lay_out()
        self._join()

    def begin(self, household: str) -> None:
        """Open a note begun from a household's file (empty: from elsewhere), or its draft."""
        if self._ready and self.isVisible() and household == self.household:
            self.form.focus_text()
            return
        self.leave()
        self.household, self._ready = household, False
        self.save.setEnabled(False)
        # Somebody who presses Ctrl+N types at once: the first letters must not go to the page behind.
        self.form.zone.set_text("")
        self.show()
        self.raise_()
        self.form.focus_text()
        self.desk.tasks.read(lambda: self._read(household), self._opened, owner=self, words="Note")

    def leave(self) -> None:
        """Keep the draft."""
        self.keeper.keep_before_leaving()

    def wanted(self) -> QSize:
        """Return the height of everything, its frame included."""
        wide = self.width() or px(WIDTH)
        body = self.form.layout()
        tall = body.totalHeightForWidth(wide - 14) if body is not None else 0
        return QSize(wide, tall + self._head.sizeHint().height() + self._foot.sizeHint().height() + 4)

    def finish(self) -> None:
        """Write the note."""
        if not self._ready:
            return
        try:
            note = self.form.read(strict=True)
        except InvalidEntry as error:
            self.form.refuse(error)
            return
        self._ready = False
        self.save.setEnabled(False)
        content, household, names = self.form.content(), self.household, self.form.households.names
        self.keeper.rest()
        desk, key = self.desk, note_draft_key(household)

        def work() -> Changes:
            _, changed = diary.write_note(desk.file, desk.who, note)
            # At once: killed here, the next opening must not offer a draft of what is already written.
            desk.drafts.forget(key)
            return changed

        desk.tasks.run(
            work, lambda changed: self._written(changed, household, names, content), self._refused, owner=self
        )

    def _written(
        self, changed: Changes, household: str, names: tuple[str, ...], content: dict[str, Any]
    ) -> None:
        desk = self.desk
        # A draft that was on its way when the note was written comes before this one on the same thread.
        desk.tasks.read(lambda: desk.drafts.forget(note_draft_key(household)), words="Brouillon")
        desk.changes.announce(changed)
        self.hide()
        self.put_away.emit()
        desk.navigator.confirm(written_words(names), lambda: self._undo(household, content))

    def _undo(self, household: str, content: Mapping[str, Any]) -> None:
        desk = self.desk

        def work() -> Changes:
            _, changed = desk.take_back(desk.file, desk.who)
            # What was typed is a draft again: undoing a note must not lose its text.
            desk.drafts.keep(note_draft_key(household), dict(content), household or None)
            return changed

        def undone(changed: Changes) -> None:
            desk.changes.announce(changed)
            # The window may have been rebuilt since: then the draft waits for the next Ctrl+N.
            if isValid(self):
                self.reopen_asked.emit(household)

        desk.tasks.run(work, undone)

    def _refused(self, error: CaseworkerError) -> None:
        self._ready = True
        self.save.setEnabled(True)
        self.keeper.touch()
        self.form.refuse(error)

    def _read(self, household: str) -> _Opened:
        desk = self.desk
        now = desk.file.clock.now().astimezone().replace(tzinfo=None, second=0, microsecond=0)
        draft = desk.drafts.find(note_draft_key(household))
        note = note_from_draft(draft.content, household, now) if draft else None
        if note is None:
            note = blank_note((household,) if household else (), now)
        with desk.file.reading() as connection:
            people = []
            for each in note.household_ids:
                try:
                    people.append(households.open_household(connection, desk.who, each))
                except NotFound:  # removed, or joined to another, since the draft was kept
                    continue
            words = tuple(each.word for each in diary.spelling_words(connection, desk.who))
            sentences = tuple(diary.reused_sentences(connection, desk.who)) or offered_sentences(now.date())
        return _Opened(now, draft, note, tuple(people), words, sentences)

    def _opened(self, opened: _Opened) -> None:
        typed = opened.draft.content.get("typed") if opened.draft else None
        early = self.form.zone.text()
        self.form.households.show_people(opened.people)
        names = [
            name
            for each in opened.people
            for m in each.members
            for name in (m.first_name, m.last_name)
            if name
        ]
        self.speller.know((*names, self.desk.who.name, *opened.spelling))
        self.form.offer(opened.sentences, self.desk.who.name)
        self.form.show_note(opened.note, typed if isinstance(typed, dict) else {}, opened.now.date())
        self.again.setVisible(opened.draft is not None)
        self.kept.setText(
            "" if opened.draft is None else f"Brouillon de {_hour(opened.draft.saved_at)} repris"
        )
        self.keeper.rest()
        self._ready = True
        self.save.setEnabled(True)
        self.show()
        self.raise_()
        self._settle()
        if not self.isAncestorOf(QApplication.focusWidget() or self):
            self.form.focus_text()
        if early:
            self._go_on_with(early)

    def _go_on_with(self, early: str) -> None:
        """Put what was typed while the note was being read after what it holds."""
        before = self.form.zone.text()
        self.form.zone.set_text(f"{before}\n{early}" if before else early)
        self.keeper.touch()

    def _settle(self) -> None:
        # Heights that depend on widths are known once what is hidden or shown was laid out.
        QTimer.singleShot(0, self, self.place)

    def _start_again(self) -> None:
        desk, household = self.desk, self.household
        self.keeper.rest()
        self._ready = False
        desk.tasks.read(lambda: desk.drafts.forget(note_draft_key(household)), words="Brouillon")
        content = self.form.content()
        self.begin(household)

        def bring_back() -> None:
            desk.tasks.read(
                lambda: desk.drafts.keep(note_draft_key(household), content, household or None),
                lambda _at: self.reopen_asked.emit(household) if isValid(self) else None,
                words="Brouillon",
            )

        desk.navigator.confirm("Brouillon écarté", bring_back)

    def _add(self, household: str) -> None:
        desk = self.desk

        def read() -> HouseholdFile:
            with desk.file.reading() as connection:
                return households.open_household(connection, desk.who, household)

        desk.tasks.read(read, self.form.households.add, owner=self)

    def _add_word(self, word: str) -> None:
        desk = self.desk
        desk.tasks.run(
            lambda: diary.add_spelling_word(desk.file, desk.who, word),
            lambda changes: desk.done(changes, "Mot ajouté au dictionnaire"),
        )

    def _typed(self) -> None:
        if self._ready:
            self.keeper.touch()

    def _content(self) -> dict[str, Any]:
        return {**self.form.content(), "begun_from": self.household}

    def _keep(self, content: dict[str, Any]) -> str:
        household = str(content["begun_from"])
        return self.desk.drafts.keep(note_draft_key(household), content, household or None)

    def _say_kept(self, saved_at: str, content: dict[str, Any]) -> None:
        if self._ready and content["begun_from"] == self.household:
            self.kept.setText(f"Brouillon enregistré à {_hour(saved_at)}")

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.setContentsMargins(16, px(10), 12, px(8))
        self._head.setSpacing(px(8))
        away = IconButton("x", "Fermer (le brouillon est gardé)", size=28, icon_size=16)
        away.clicked.connect(self.dismiss)
        self._head.addWidget(title_label())
        self._head.addWidget(Pill(INTERNAL), 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.addWidget(self.kept, 1)
        self._head.addWidget(self.again)
        self._head.addWidget(away)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(16, px(10), 16, px(12))
        self._foot.setSpacing(px(8))
        self._foot.addWidget(
            ElidedLabel("Ctrl + Entrée enregistre, Échap garde le brouillon.", 12, tone="muted"), 1
        )
        self._foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._body(), 1)
        column.addWidget(Rule("border"))
        column.addLayout(self._foot)

    def _body(self) -> ScrollBody:
        body = ScrollBody(self.form)
        # The sheet's own ground, up to its edge: the page's would stop short of the bar.
        for ground in (body.viewport(), self.form):
            ground.setAutoFillBackground(False)
        return body

    def _join(self) -> None:
        self.form.edited.connect(self._typed)
        self.form.resized.connect(self._settle)
        self.form.households.wanted.connect(self._add)
        self.save.clicked.connect(self.finish)
        self.again.clicked.connect(self._start_again)
        self.keeper.kept.connect(self._say_kept)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.finish)


def _hour(saved_at: str) -> str:
    return format_hour(datetime.fromisoformat(saved_at).astimezone().time())
