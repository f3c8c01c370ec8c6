"""What goes with those who leave, kind by kind: ticked as proposed, unfolded where one wants to choose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.dossier.domain.splitting import MEMBERS, RowKey, SplitPart
from caseworker_app.features.dossier.domain.wording import TABLES
from caseworker_app.features.dossier.screens.work_dialog import inset
from caseworker_app.kernel.french import capital, plural
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import IconButton
from caseworker_app.ui_kit.card import Card, Rule
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_NOTHING = "Dites d’abord qui part\u00a0: ce qui est à ces personnes est proposé avec elles."
_REST = (
    "Ce qui concerne tout le ménage reste ici\u00a0: mesures, journal, objectifs, budget, bail. "
    "Cochez ce qui part aussi."
)


class Parts(Card):
    """`changed()` when something is ticked or no longer is."""

    changed = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Ce qui part aussi")
        self.kinds: dict[str, PartsOfKind] = {}
        # What the person decided themselves holds when somebody else leaves too.
        self._decided: dict[RowKey, bool] = {}
        self._words = Label(_NOTHING, 13, tone="muted", wrap=True)
        self._holder = QWidget()
        self._kinds = QVBoxLayout(self._holder)
        self._kinds.setContentsMargins(0, 0, 0, px(4))
        self._kinds.setSpacing(0)
        self._rows: list[QWidget] = []
        self.add_rows(inset(self._words, 10))
        self.add_rows(self._holder, rule=False)

    def show_parts(self, parts: Sequence[SplitPart]) -> None:
        """Show them by kind; those that cannot be chosen are not asked."""
        opened = {kind for kind, each in self.kinds.items() if each.is_open}
        self._clear()
        free = [part for part in parts if not part.fixed and part.key[0] != MEMBERS]
        self._words.setText(_REST if free else _NOTHING)
        for kind, group in _by_kind(free):
            each = PartsOfKind(kind, group, self._decided)
            each.decided.connect(self._decide)
            self.kinds[kind] = each
            for row in (Rule(), each):
                self._rows.append(row)
                self._kinds.addWidget(row)
            if kind in opened or each.is_mixed:
                each.unfold(shown=True)

    def clear(self) -> None:
        """Nobody leaves: nothing to choose."""
        self._clear()
        self._words.setText(_NOTHING)

    def leaving(self) -> frozenset[RowKey]:
        """Return the parts that leave."""
        return frozenset(key for each in self.kinds.values() for key in each.leaving())

    def _decide(self, decided: Mapping[RowKey, bool]) -> None:
        self._decided.update(decided)
        self.changed.emit()

    def _clear(self) -> None:
        for row in self._rows:
            self._kinds.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.kinds = [], {}


class PartsOfKind(QWidget):
    """The parts of one kind: all at once by a box, or one by one once unfolded. `decided(dict)`: key -> leaves."""

    decided = Signal(object)

    def __init__(self, kind: str, parts: Sequence[SplitPart], decided: Mapping[RowKey, bool]) -> None:
        """Show them folded, as proposed or as the person decided."""
        super().__init__()
        self._parts = parts
        self._leaves = {part.key: decided.get(part.key, part.leaves) for part in parts}
        self._name = TABLES[kind]
        self.checks: dict[RowKey, Check] = {}
        self.is_open = False
        self.all = Check(capital(self._name))
        self.all.setTristate(True)
        self.all.clicked.connect(self._all_clicked)
        self._count = Label("", 13, tone="muted")
        self._fold = IconButton("chevron-down", f"Choisir un à un\u00a0: {self._name}", icon_size=16)
        self._fold.clicked.connect(lambda: self.unfold(shown=not self.is_open))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.all)
        head.addWidget(self._count, 1)
        head.addWidget(self._fold)
        self._body = QWidget()
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(px(24), 0, 0, px(6))
        self._lines.setSpacing(0)
        self._body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(15, px(6), 8, px(6))
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._body)
        self._fit()

    @property
    def is_mixed(self) -> bool:
        """Say whether some leave and some stay."""
        return len(set(self._leaves.values())) > 1

    def leaving(self) -> Collection[RowKey]:
        """Return the parts that leave."""
        return [key for key, leaves in self._leaves.items() if leaves]

    def unfold(self, *, shown: bool) -> None:
        """Show the parts one by one; they are made when first seen, a diary may have hundreds."""
        if shown and not self.checks:
            for part in self._parts:
                self._add(part)
        self.is_open = shown
        self._body.setVisible(shown)
        words = "Replier" if shown else "Choisir un à un"
        self._fold.set_icon("chevron-up" if shown else "chevron-down", f"{words}\u00a0: {self._name}")

    def _add(self, part: SplitPart) -> None:
        check = Check(part.words.replace("&", "&&"))
        check.setChecked(self._leaves[part.key])
        check.clicked.connect(lambda on, key=part.key: self._decide({key: on}))
        self.checks[part.key] = check
        self._lines.addWidget(check, 0, Qt.AlignmentFlag.AlignLeft)
        if part.detail:
            detail = Label(part.detail, 12, tone="muted", wrap=True)
            detail.setContentsMargins(px(27), 0, 0, px(4))
            self._lines.addWidget(detail)

    def _all_clicked(self) -> None:
        # One click on a half-ticked box takes all; the next one none.
        everything = not all(self._leaves.values())
        self._decide(dict.fromkeys(self._leaves, everything))
        for check in self.checks.values():
            check.setChecked(everything)

    def _decide(self, decided: Mapping[RowKey, bool]) -> None:
        self._leaves.update(decided)
        self._fit()
        self.decided.emit(dict(decided))

    def _fit(self) -> None:
        count, total = len(self.leaving()), len(self._leaves)
        state = Qt.CheckState.Checked if count == total else Qt.CheckState.Unchecked
        self.all.setCheckState(Qt.CheckState.PartiallyChecked if 0 < count < total else state)
        leaving = plural(count, "part", "partent") if count else "tout reste"
        self._count.setText(
            f"{leaving} sur {total}" if count else f"{total}, {leaving}" if total > 1 else "reste"
        )
        self.all.setAccessibleName(f"{self._name}, {self._count.text()}")
        self._count.setFont(fonts.font(13, fonts.MEDIUM if count else fonts.REGULAR))


def _by_kind(parts: Sequence[SplitPart]) -> list[tuple[str, list[SplitPart]]]:
    """Return the parts of each kind; kinds with something that leaves come first, then by their words."""
    kinds: dict[str, list[SplitPart]] = {}
    for part in parts:
        kinds.setdefault(part.key[0], []).append(part)
    return sorted(kinds.items(), key=lambda kind: (not any(p.leaves for p in kind[1]), TABLES[kind[0]]))
