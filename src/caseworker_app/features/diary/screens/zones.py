"""A zone to write in, and under it the facts of it that may be proposed for an outside document."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.entry import FACT_TOPIC_LABELS, EntryZone, FactTopic, NewFact
from caseworker_app.features.diary.domain.visit_sheet import sentence_at
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import TextZone
from caseworker_app.ui_kit.theme import px

ZONES = (
    (EntryZone.OBSERVED, "Constaté", "vu, mesuré, compté", "eye"),
    (EntryZone.SAID, "Dit par le ménage", "avec ses mots", "message-2"),
    (EntryZone.ANALYSIS, "Analyse", "mon avis de professionnel·le", "bulb"),
)
_LEAST_LINES = 3


class FactLine(Surface):
    """One proposable fact, in green: its words, its topic, and a button that takes it back."""

    removed = Signal(object)

    def __init__(self, fact: NewFact) -> None:
        """Show a fact."""
        super().__init__("ok_soft", None, px(6))
        self.fact = fact
        words = Label(fact.text, 13, wrap=True)
        topic = Label(FACT_TOPIC_LABELS[fact.topic], 12, fonts.MEDIUM, "ok")
        remove = IconButton("x", f"Ne plus proposer\u00a0: {fact.text}", size=24, icon_size=14)
        remove.clicked.connect(lambda: self.removed.emit(self))
        line = QHBoxLayout(self)
        line.setContentsMargins(px(10), px(4), px(4), px(4))
        line.setSpacing(px(8))
        line.addWidget(Mark("share-3", 14, "ok"), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(words, 1)
        line.addWidget(topic)
        line.addWidget(remove)
        self.setAccessibleName(f"Proposable au bailleur, {FACT_TOPIC_LABELS[fact.topic]}\u00a0: {fact.text}")


class FactComposer(Surface):
    """Where a fact gets its words for outside. `added(NewFact)`, `closed()`, `edited()`."""

    added = Signal(object)
    closed = Signal()
    edited = Signal()

    def __init__(self, zone: EntryZone) -> None:
        """Make it hidden."""
        super().__init__("surface", "border", px(6))
        self._zone = zone
        self.topic = Choice("Sujet\u2026", height=32)
        self.topic.setAccessibleName("Sujet du fait à proposer")
        for topic in FactTopic:
            self.topic.add(topic.value, FACT_TOPIC_LABELS[topic])
        self.topic.activated.connect(lambda _index: self.topic.set_refused(False))
        self.words = Entry("Le fait, dans les mots du document", height=32)
        self.words.setAccessibleName("Texte du fait, dans les mots du document")
        self.words.textEdited.connect(self._typed)
        self.words.returnPressed.connect(self.add)
        self.line = SentenceLine(
            "Un constat daté, sans avis ni détail de santé, de justice ou de vie familiale."
        )
        self._lay_out()
        self.hide()

    def start(self, words: str) -> None:
        """Open on the words chosen in the zone."""
        self.words.setText(words)
        self.topic.setCurrentIndex(-1)
        self.line.clear()
        self.show()
        self.topic.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Add the fact, or say what is missing."""
        words = " ".join(self.words.text().split())
        self.words.set_refused(not words)
        self.topic.set_refused(not self.topic.current_key())
        if not words:
            self.line.refuse("Écrivez le fait tel qu’il pourra être proposé à l’extérieur.")
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.topic.current_key():
            self.line.refuse("Choisissez le sujet\u00a0: l’accord du ménage est donné sujet par sujet.")
            self.topic.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            fact = NewFact(self._zone, FactTopic(self.topic.current_key()), words)
            self.close_empty()
            self.added.emit(fact)

    def close_empty(self) -> None:
        """Close without a fact."""
        self.words.clear()
        self.hide()
        self.closed.emit()

    def _typed(self) -> None:
        self.words.set_refused(False)
        self.line.clear()
        self.edited.emit()

    def _lay_out(self) -> None:
        add = Button("Ajouter", "secondary", "plus", compact=True)
        cancel = Button("Annuler", "quiet", compact=True)
        add.clicked.connect(self.add)
        cancel.clicked.connect(self.close_empty)
        self.topic.setFixedWidth(self.topic.sizeHint().width())
        top = QHBoxLayout()
        top.setSpacing(px(8))
        for part in (self.topic, self.words, add, cancel):
            top.addWidget(part, int(part is self.words))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(8), px(10), px(6))
        column.setSpacing(px(4))
        column.addLayout(top)
        column.addWidget(self.line)


class WritingZone(TextZone):
    """A TextZone, always *interne*, that grows with what is written and lists its proposable facts."""

    def __init__(self, zone: EntryZone, title: str, hint: str, icon: str) -> None:
        """Make it empty."""
        super().__init__(title, hint, icon, may_share=False)
        self.zone = zone
        self.facts: list[FactLine] = []
        self.composer = FactComposer(zone)
        self.error = SentenceLine()
        self.error.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(px(4))
        propose = Button("Proposer au bailleur\u2026", "quiet", "share-3", compact=True)
        propose.setAccessibleDescription(
            f"Depuis «\u00a0{title}\u00a0», la phrase choisie ou celle du curseur"
        )
        propose.setToolTip("Proposer la phrase choisie, ou celle du curseur (Ctrl+M)")
        propose.clicked.connect(self.propose)
        self.add_action(propose)
        self._finish(propose)
        self.editor.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def propose(self) -> None:
        """Open the composer on the selection, else on the sentence of the cursor."""
        cursor = self.editor.textCursor()
        chosen = cursor.selectedText().replace("\u2029", " ").strip()
        self.composer.start(chosen or sentence_at(self.text(), cursor.position()))

    def set_facts(self, facts: tuple[NewFact, ...]) -> None:
        """Show the facts of this zone in place of those shown."""
        for line in list(self.facts):
            self._drop(line)
        for fact in facts:
            if fact.zone is self.zone:
                self._add(fact)

    def new_facts(self) -> tuple[NewFact, ...]:
        """Return the facts, in order."""
        return tuple(line.fact for line in self.facts)

    def refuse(self, sentence: str) -> None:
        """Say under the text why it is refused."""
        self.error.show()
        self.error.refuse(sentence)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        """Return the height of what is written."""
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.totalSizeHint()

    def _add(self, fact: NewFact) -> None:
        line = FactLine(fact)
        line.removed.connect(self._remove)
        self.facts.append(line)
        self._list.addWidget(line)

    def _drop(self, line: FactLine) -> None:
        self.facts.remove(line)
        line.hide()
        self._list.removeWidget(line)
        line.deleteLater()

    def _remove(self, line: FactLine) -> None:
        self._drop(line)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _added(self, fact: NewFact) -> None:
        self._add(fact)
        self.edited.emit()

    def _finish(self, propose: QWidget) -> None:
        column = self.layout()
        if not isinstance(column, QVBoxLayout):
            raise TypeError("a TextZone lays its parts out in a column")
        column.addWidget(self.error)
        column.addLayout(self._list)
        column.addWidget(self.composer)
        self.composer.added.connect(self._added)
        self.composer.closed.connect(lambda: self.editor.setFocus(Qt.FocusReason.OtherFocusReason))
        self.composer.edited.connect(self.edited)
        self.edited.connect(self.error.hide)
        shortcut = QShortcut(QKeySequence("Ctrl+M"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.propose)
        self.setTabOrder(self.editor, propose)
        self.editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _fit(self, *_size: object) -> None:
        written = round(self.editor.document().size().height())
        self.editor.setFixedHeight(max(px(20) * _LEAST_LINES, written) + 2)
