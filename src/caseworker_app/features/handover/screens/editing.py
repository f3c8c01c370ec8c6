"""Editing what the review says: each proposed thing kept or not, its words, additions, proposal, opinion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from caseworker_app.features.handover.domain.choices import ADDITION_SECTIONS, Addition, ReviewChoices
from caseworker_app.features.handover.domain.hits import HIT_KIND_LABELS, WordHit
from caseworker_app.features.handover.domain.proposal import (
    SECTION_LABELS,
    ItemText,
    OptionCode,
    ProposedItem,
    ReviewProposal,
    Section,
)
from caseworker_app.kernel.french import typeset
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Card, Surface
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.text_zone import PlainText
from caseworker_app.ui_kit.theme import colour, px

_NO_OPTION = "none"
# Characters: a longer origin has a line of its own.
_SHORT_ORIGIN = 24


class GrowingText(Surface):
    """A few lines to write in, as high as what is written; under it the finds of the second check.

    `edited`; `kept_knowingly(key)` when the person keeps a find.
    """

    edited = Signal()
    kept_knowingly = Signal(str)

    def __init__(self, name: str, placeholder: str = "") -> None:
        """Make it empty; `name` is read aloud."""
        super().__init__("surface", "field", px(6))
        self.editor = PlainText()
        self._shown: list[WordHit] = []
        self.editor.setAccessibleName(name)
        self.editor.setPlaceholderText(placeholder)
        self.editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._finds = QVBoxLayout()
        self._finds.setSpacing(px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(6), px(10), px(6))
        column.setSpacing(px(4))
        column.addWidget(self.editor)
        column.addLayout(self._finds)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.editor.textChanged.connect(self.edited)
        self.editor.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """Return what is written."""
        return self.editor.words()

    def set_text(self, words: str) -> None:
        """Replace what is written, without telling."""
        blocked = self.editor.blockSignals(True)
        self.editor.set_text(words)
        self.editor.blockSignals(blocked)
        self._fit()

    def show_hits(self, hits: Iterable[WordHit]) -> None:
        """Show the finds in this text, each with « Changer » and « Garder sciemment »."""
        while (item := self._finds.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        shown = list(hits)
        for hit in shown:
            self._finds.addWidget(self._find(hit))
        self._shown = shown
        self._underline()
        self.border = "warn" if shown else "field"
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of what is written."""
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.totalSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and its ring."""
        super().paintEvent(event)
        if self.editor.hasFocus():
            painter = paint.begin(self)
            paint.ring(painter, self.rect())
            painter.end()

    def _find(self, hit: WordHit) -> QWidget:
        row = Surface("warn_soft", None, px(4))
        change, keep = (
            Button("Changer", "ghost", compact=True),
            Button("Garder sciemment", "quiet", compact=True),
        )
        words = f"«\u00a0{hit.excerpt}\u00a0»\u00a0: {HIT_KIND_LABELS[hit.kind]}"
        change.setAccessibleName(f"Changer {words}")
        keep.setAccessibleName(f"Garder sciemment {words}")
        change.clicked.connect(lambda: self._select(hit))
        keep.clicked.connect(lambda: self.kept_knowingly.emit(hit.key))
        label = Label(words, 12, fonts.MEDIUM, "warn", wrap=True)
        top = QHBoxLayout()
        top.setSpacing(px(6))
        top.addWidget(Mark("alert-triangle", 14, "warn"), 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(label, 1)
        below = QHBoxLayout()
        below.addWidget(change)
        below.addWidget(keep)
        below.addStretch(1)
        column = QVBoxLayout(row)
        column.setContentsMargins(px(8), px(4), px(4), px(2))
        column.setSpacing(0)
        column.addLayout(top)
        if hit.advice:
            # In line with the words above, past the mark.
            advice = Label(typeset(hit.advice), 12, tone="muted", wrap=True)
            advice.setContentsMargins(px(20), 0, px(4), 0)
            column.addWidget(advice)
        column.addLayout(below)
        return row

    def changeEvent(self, event: QEvent) -> None:
        """Underline in the colours of the new appearance."""
        super().changeEvent(event)
        # Also told while the field is being made.
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_shown"):
            self._underline()

    def _underline(self) -> None:
        self.editor.setExtraSelections([self._underlined(hit) for hit in self._shown])

    def _underlined(self, hit: WordHit) -> QTextEdit.ExtraSelection:
        """Return what marks a find where it stands in the text."""
        mark = QTextEdit.ExtraSelection()
        mark.cursor = self._at(hit)
        mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        mark.format.setUnderlineColor(colour("warn"))
        mark.format.setBackground(colour("warn_soft"))
        return mark

    def _at(self, hit: WordHit) -> QTextCursor:
        cursor = self.editor.textCursor()
        at = self.text().find(hit.excerpt, max(0, hit.start - 2))
        if at >= 0:
            cursor.setPosition(at)
            cursor.setPosition(at + len(hit.excerpt), cursor.MoveMode.KeepAnchor)
        return cursor

    def _select(self, hit: WordHit) -> None:
        self.editor.setTextCursor(self._at(hit))
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self, *_size: object) -> None:
        self.editor.setFixedHeight(max(px(20), round(self.editor.document().size().height())) + 2)


class ItemEditor(QWidget):
    """One proposed thing: a tick, where it comes from, and its words. `edited`; `kept_knowingly(key)`."""

    edited = Signal()
    kept_knowingly = Signal(str)

    def __init__(self, item: ProposedItem, choices: ReviewChoices) -> None:
        """Show an item as chosen."""
        super().__init__()
        self.item = item
        self.tick = Check("")
        self.tick.setAccessibleName(f"{item.label}, {item.origin.label}")
        self.tick.setFixedWidth(px(30))
        self.tick.setChecked(choices.keeps(item))
        self.texts = {text.key: self._text(text, choices) for text in item.texts}
        self._originals = {text.key: text for text in item.texts}
        self._write = IconButton("pencil", f"Récrire\u00a0: {item.label}", size=28, icon_size=14)
        self._lay_out()
        self.tick.clicked.connect(self._ticked)
        self._write.clicked.connect(self._open)
        rewritten = any(choices.text(t) != t.text for t in item.texts)
        self._fold(folded=not rewritten)

    def apply(self, choices: ReviewChoices) -> ReviewChoices:
        """Return the choices with this item as it stands."""
        choices = choices.with_item(self.item, self.tick.isChecked())
        for key, text in self.texts.items():
            proposed = self._originals[key]
            # Nothing but what was rewritten is a choice: the rest follows the file.
            if text.text() != _shown(proposed.text) or choices.text(proposed) != proposed.text:
                choices = choices.with_text(key, text.text())
        return choices

    def show_hits(self, hits: dict[str, list[WordHit]]) -> None:
        """Show the finds in its texts, opened when there are any."""
        for key, text in self.texts.items():
            text.show_hits(hits.get(key, []))
        if any(key in hits for key in self.texts):
            self._fold(folded=False)

    def _text(self, text: ItemText, choices: ReviewChoices) -> GrowingText:
        editor = GrowingText(f"{text.label}, {self.item.label}", text.label)
        editor.set_text(choices.text(text))
        editor.edited.connect(self.edited)
        editor.kept_knowingly.connect(self.kept_knowingly)
        return editor

    def _ticked(self) -> None:
        self._fold(folded=self._folded)
        self.edited.emit()

    def _open(self) -> None:
        self._fold(folded=not self._folded)
        if not self._folded:
            next(iter(self.texts.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fold(self, *, folded: bool) -> None:
        self._folded = folded
        kept = self.tick.isChecked()
        self._below.setVisible(kept and not folded)
        self._write.setVisible(kept and bool(self.texts))
        first = next(iter(self.texts.values())).text() if self.texts else ""
        # A text may go on from a date printed in bold: « : le bailleur indique… ».
        self.extract.setText(first.lstrip(" :\u00a0"))
        self.extract.setVisible(kept and folded and bool(first))

    def _lay_out(self) -> None:
        self.extract = ElidedLabel("", 13)
        words = QVBoxLayout()
        words.setSpacing(0)
        origin = ElidedLabel(self.item.origin.label, 12, tone="muted")
        title = QHBoxLayout()
        title.setSpacing(px(8))
        title.addWidget(ElidedLabel(self.item.label, 13, fonts.MEDIUM), 1)
        words.addLayout(title)
        if len(self.item.origin.label) <= _SHORT_ORIGIN:
            title.addWidget(origin)
        else:
            words.addWidget(origin)
        words.addWidget(self.extract)
        top = QHBoxLayout()
        top.setSpacing(px(2))
        top.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        top.addWidget(self._write, 0, Qt.AlignmentFlag.AlignTop)
        self._below = QWidget()
        inner = QVBoxLayout(self._below)
        inner.setContentsMargins(px(32), px(4), 0, px(4))
        inner.setSpacing(px(6))
        for text in self.texts.values():
            inner.addWidget(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._below)


class SectionCard(Card):
    """A part of the review: its items, and paragraphs of the writer's own where they are allowed."""

    edited = Signal()
    kept_knowingly = Signal(str)

    def __init__(self, section: Section, items: list[ProposedItem], choices: ReviewChoices) -> None:
        """Show a part as chosen."""
        super().__init__(SECTION_LABELS[section])
        self.section = section
        self.items: list[ItemEditor] = []
        for item in items:
            self._add_item(ItemEditor(item, choices))
        self.additions: list[GrowingText] = []
        if section in ADDITION_SECTIONS:
            add = Button("Ajouter", "ghost", "plus", compact=True)
            add.setAccessibleName(f"Ajouter un texte, {SECTION_LABELS[section]}")
            add.clicked.connect(lambda: self._add_text("").editor.setFocus(Qt.FocusReason.OtherFocusReason))
            self.add_action(add)
            for addition in choices.additions:
                if addition.section is section:
                    self._add_text(addition.text)
        self._count()

    def apply(self, choices: ReviewChoices) -> ReviewChoices:
        """Return the choices with this part as it stands."""
        for item in self.items:
            choices = item.apply(choices)
        written = tuple(Addition(self.section, each.text()) for each in self.additions if each.text().strip())
        return replace(choices, additions=(*choices.additions, *written))

    def show_hits(self, hits: dict[str, list[WordHit]]) -> None:
        """Show the finds of its items."""
        for item in self.items:
            item.show_hits(hits)

    def _add_item(self, editor: ItemEditor) -> None:
        editor.edited.connect(self._changed)
        editor.kept_knowingly.connect(self.kept_knowingly)
        self.items.append(editor)
        self.add(editor)

    def _add_text(self, words: str) -> GrowingText:
        text = GrowingText(f"Texte ajouté, {SECTION_LABELS[self.section]}", "Un paragraphe à vous")
        text.set_text(words)
        text.edited.connect(self.edited)
        text.kept_knowingly.connect(self.kept_knowingly)
        self.additions.append(text)
        self.add(text)
        return text

    def _changed(self) -> None:
        self._count()
        self.edited.emit()

    def _count(self) -> None:
        kept = sum(item.tick.isChecked() for item in self.items)
        self.remark.setText(f"{kept} sur {len(self.items)}" if self.items else "")


class ConclusionCard(Card):
    """What the association proposes, why, and what the household says of it."""

    edited = Signal()
    kept_knowingly = Signal(str)

    def __init__(self, proposal: ReviewProposal, choices: ReviewChoices) -> None:
        """Show as chosen."""
        super().__init__("Proposition et avis")
        self.option = Choice(height=32)
        self.option.setAccessibleName("Ce que l’association propose")
        self.option.add(_NO_OPTION, "Sans proposition")
        for option in proposal.options:
            self.option.add(option.code.value, f"{option.action} {option.detail}".strip())
        self.option.choose(choices.option.value if choices.option else _NO_OPTION)
        self.detail = GrowingText("Précision sur la proposition", "Précision (durée, date\u2026)")
        self.reasons = GrowingText("Motifs", "Motifs")
        self.opinion = GrowingText("Avis du ménage", "Ce que le ménage en dit, avec ses mots")
        told = proposal.may_tell(Section.PROPOSAL)
        self.option.setEnabled(told)
        if told:
            self.add(self.option)
            self.add(self.detail)
            self.add(self.reasons)
        else:
            self.option.hide()
            self.add(
                Label(
                    "Le ménage n’a pas donné son accord sur les mesures demandées.",
                    13,
                    tone="muted",
                    wrap=True,
                )
            )
        self.add(self.opinion)
        for text, words in (
            (self.detail, choices.option_detail),
            (self.reasons, choices.reasons),
            (self.opinion, choices.opinion),
        ):
            text.set_text(words)
            text.edited.connect(self.edited)
            text.kept_knowingly.connect(self.kept_knowingly)
        self.option.activated.connect(lambda _index: self.edited.emit())

    def apply(self, choices: ReviewChoices) -> ReviewChoices:
        """Return the choices with the conclusion as it stands."""
        key = self.option.current_key()
        return replace(
            choices,
            option=None if key in ("", _NO_OPTION) else OptionCode(key),
            option_detail=self.detail.text(),
            reasons=self.reasons.text(),
            opinion=self.opinion.text(),
        )

    def show_hits(self, hits: dict[str, list[WordHit]]) -> None:
        """Show the finds of its texts."""
        for key, text in (
            ("option_detail", self.detail),
            ("reasons", self.reasons),
            ("opinion", self.opinion),
        ):
            text.show_hits(hits.get(key, []))


def _shown(words: str) -> str:
    # QTextEdit gives no-break spaces back as spaces.
    return words.replace("\u00a0", " ")
