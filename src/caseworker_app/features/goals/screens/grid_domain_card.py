"""The card of one domain of the grid while the association edits it: its names, its five anchors, what it is for."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.features.goals.domain.autonomy import LADDER, LEVEL_LABELS
from caseworker_app.features.goals.domain.edition import ALWAYS_INTERNAL, MAX_ANCHOR, MAX_LABEL, MAX_SHORT
from caseworker_app.features.goals.domain.grid import GridDomain
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.flow import Columns, Flow
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_LEAST = 320
_ANCHORS = "Ce que veut dire chaque niveau, en mots qui se lisent avec le ménage"


class GridDomainCard(Card):
    """`edited(GridDomain)` as one types; `moved(places)`; `left_out(bool)`."""

    edited = Signal(object)
    moved = Signal(int)
    left_out = Signal(bool)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setMinimumWidth(px(_LEAST))
        self._domain: GridDomain | None = None
        self.heading = Label("", 16, fonts.SEMI_BOLD, wrap=True)
        self.fields = {
            "label": _entry("&Nom du domaine", MAX_LABEL),
            "short_label": _entry("Nom &court, pour le schéma", MAX_SHORT),
            **{
                f"anchor{place}": _entry(LEVEL_LABELS[level].capitalize(), MAX_ANCHOR)
                for place, level in enumerate(LADDER)
            },
        }
        self.housing = Check("Concerne le logement (proposable au bailleur)")
        self.internal = Check("Interne, absent de tout envoi")
        self.up = Button("&Monter", "quiet", "arrow-up", compact=True)
        self.down = Button("&Descendre", "quiet", "arrow-down", compact=True)
        self.leave = Button("&Laisser de côté", "quiet", "ban", compact=True)
        self._lay_out()
        self._join()

    def show_domain(self, domain: GridDomain, *, may_edit: bool) -> None:
        """Show a domain; what is typed of the same one stays as it is."""
        same = self._domain is not None and self._domain.code == domain.code
        self._domain = domain
        self.heading.setText(domain.label or "Nouveau domaine")
        for name, words in _texts(domain).items():
            entry = self.entry(name)
            if not (same and entry.hasFocus()):
                entry.setText(words)
            entry.setReadOnly(not may_edit)
            if not same:
                self.fields[name].accept()
        self.housing.setChecked(domain.housing)
        self.internal.setChecked(domain.internal)
        self.housing.setEnabled(may_edit and not domain.internal)
        self.internal.setEnabled(may_edit and domain.code not in ALWAYS_INTERNAL)
        self.leave.setText("&Reprendre" if domain.left_out else "&Laisser de côté")
        for button in (self.up, self.down, self.leave):
            button.setVisible(may_edit)

    def entry(self, name: str) -> Entry:
        """Return the entry of a field."""
        editor = self.fields[name].editor
        if not isinstance(editor, Entry):
            raise TypeError(name)
        return editor

    def refuse(self, name: str, sentence: str) -> bool:
        """Say beside a field why it is refused; False where this card has no such field."""
        field = self.fields.get("label" if name == "housing" else name)
        if field is None:
            return False
        field.refuse(sentence)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_first(self) -> None:
        """Put the cursor in the name."""
        self.entry("label").setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.add(self.heading)
        names = QWidget()
        columns = Columns(names, gap=px(12), weights=(3, 2))
        columns.addWidget(self.fields["label"])
        columns.addWidget(self.fields["short_label"])
        self.add(names)
        self.add(Label(_ANCHORS, 13, tone="muted", wrap=True))
        for place in range(len(LADDER)):
            self.add(self.fields[f"anchor{place}"])
        ticks = QWidget()
        flow = Flow(ticks, gap=12)
        flow.addWidget(self.housing)
        flow.addWidget(self.internal)
        self.add(ticks)
        acts = QWidget()
        line = Flow(acts, gap=8)
        for button in (self.up, self.down, self.leave):
            line.addWidget(button)
        self.add(acts)

    def _join(self) -> None:
        for name in self.fields:
            self.entry(name).textEdited.connect(lambda _text: self._tell())
        self.housing.clicked.connect(lambda _on: self._tell())
        self.internal.clicked.connect(lambda _on: self._tell())
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.leave.clicked.connect(self._leave)

    def _leave(self) -> None:
        if self._domain is not None:
            self.left_out.emit(not self._domain.left_out)

    def _tell(self) -> None:
        if self._domain is None:
            return
        internal = self.internal.isChecked()
        self.edited.emit(
            replace(
                self._domain,
                label=self.entry("label").text(),
                short_label=self.entry("short_label").text(),
                anchors=tuple(self.entry(f"anchor{place}").text() for place in range(len(LADDER))),
                housing=self.housing.isChecked() and not internal,
                internal=internal,
            )
        )


def _entry(label: str, longest: int) -> Field:
    entry = Entry()
    entry.setMaxLength(longest)
    field = Field(label, entry)
    field.line.setMinimumHeight(0)
    return field


def _texts(domain: GridDomain) -> dict[str, str]:
    anchors = {f"anchor{place}": words for place, words in enumerate(domain.anchors)}
    return {"label": domain.label, "short_label": domain.short_label, **anchors}
