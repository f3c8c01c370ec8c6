"""What is known of one domain at both dates: the level, what the grid says of it, and the observation."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.goals.domain.autonomy import LEVEL_LABELS, Level
from caseworker_app.features.goals.domain.comparing import ComparedDomain, Pair, day_words
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.radar import RadarSample
from caseworker_app.ui_kit.states import INTERNAL, Pill
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class _Dated(QWidget):
    """One date's line: its sample, its level, the words of the grid."""

    def __init__(self, *, dashed: bool) -> None:
        super().__init__()
        self.level = Label("", 13, fonts.MEDIUM, wrap=True)
        self.anchor = Label("", 12, tone="muted", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(10))
        line.addWidget(RadarSample(dashed=dashed))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.level)
        words.addWidget(self.anchor)
        line.addLayout(words, 1)

    def show_level(self, day: str, level: Level, anchor: str) -> None:
        """Show a level at a date."""
        self.level.setText(f"{day}\u00a0: {LEVEL_LABELS[level]}")
        self.anchor.setText(anchor)
        self.anchor.setVisible(bool(anchor))


class DomainDetail(Surface):
    """One domain, in words."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("sunken", "line", 6)
        self.title = Label("", 13, fonts.SEMI_BOLD, wrap=True)
        self.pill = Pill(INTERNAL)
        self.before, self.after = _Dated(dashed=True), _Dated(dashed=False)
        self.observation = Label("", 12, tone="note", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.pill)
        column.addLayout(head)
        for part in (self.before, self.after, self.observation):
            column.addWidget(part)

    def show_domain(self, each: ComparedDomain, pair: Pair) -> None:
        """Show a domain."""
        self.title.setText(each.domain.label)
        self.pill.setVisible(each.domain.internal)
        self.before.setVisible(each.before is not None)
        if pair.before is not None and each.before is not None:
            self.before.show_level(day_words(pair.before.evaluation), each.before, each.earlier_anchor)
        self.after.show_level(day_words(pair.after.evaluation), each.after, each.anchor)
        seen = each.observation or each.earlier_observation
        self.observation.setText(f"Observation interne\u00a0: {seen}" if seen else "")
        self.observation.setVisible(bool(seen))
        self.setAccessibleName(each.domain.label)
