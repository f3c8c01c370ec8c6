"""Two files side by side: which one stays, who is who, what differs, what comes along, what to read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caseworker_app.features.dossier.domain.merging import (
    Coming,
    FieldComparison,
    MergeMember,
    MergeProposal,
    MergeSide,
)
from caseworker_app.features.dossier.screens.work_dialog import inset, rows_card
from caseworker_app.features.households.domain import RELATION_LABELS, Relation
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital
from caseworker_app.kernel.joining import Outcome
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import INSET, Card, Surface
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.flow import Columns, Flow
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.radio import Radio
from caseworker_app.ui_kit.states import Pill, State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_OUTCOMES = {
    Outcome.BOTH: State("Les deux gardés", "ok", "circle-check"),
    Outcome.FILLED: State("Complété", "ok", "plus"),
    Outcome.CAUTIOUS: State("Le plus prudent", "note", "shield-check"),
}
_PROTECTED = State("Dossier protégé", "note", "shield-lock")
# Label, the value of the one that stays, the value of the other, what becomes of them.
_WEIGHTS = (9, 14, 14, 8)
_ALONE = ""
# A whole text is read in its own file; here one sees which it is.
_LONGEST = 360


class Sides(QWidget):
    """Both files; `swapped()` exchanges which one stays."""

    swapped = Signal()

    def __init__(self) -> None:
        """Make them empty."""
        super().__init__()
        self.kept, self.absorbed = _SideCard("Ce dossier reste", "ok"), _SideCard("Il le rejoint", "accent")
        self.swap = Button("&Inverser", "secondary", "arrows-sort", compact=True)
        self.swap.setAutoDefault(False)
        self.swap.setAccessibleDescription("Garder l’autre dossier")
        self.swap.clicked.connect(self.swapped)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(12))
        line.addWidget(self.kept, 1)
        line.addWidget(self.swap)
        line.addWidget(self.absorbed, 1)

    def show_sides(self, kept: MergeSide, absorbed: MergeSide) -> None:
        """Show which one stays and which one joins it."""
        self.kept.show_side(kept)
        self.absorbed.show_side(absorbed)


class _SideCard(Surface):
    def __init__(self, role: str, tone: str) -> None:
        super().__init__("surface", "border")
        self._role = role
        self._name = Label("", 14, fonts.SEMI_BOLD, wrap=True)
        self._reference = Label("", 13, tone="muted", wrap=True)
        self._protected = Pill(_PROTECTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, px(12), INSET, px(12))
        column.setSpacing(px(4))
        column.addWidget(StateLabel(State(role, tone, "circle-check" if tone == "ok" else "git-merge")))
        column.addWidget(self._name)
        column.addWidget(self._reference)
        column.addWidget(self._protected)

    def show_side(self, side: MergeSide) -> None:
        self._name.setText(side.name)
        self._reference.setText(f"n°\u00a0{side.reference}")
        self._protected.setVisible(side.protected)
        self.setAccessibleName(f"{self._role}\u00a0: {side.name}, {side.reference}")


class People(QWidget):
    """Who of the one is who of the other. `paired(dict)`: who goes -> who they are; `related(dict)`: what those
    who join the household are to its reference person.
    """

    paired = Signal(object)
    related = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.twins: dict[str, Choice] = {}
        self.relations: dict[str, Choice] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._card: Card | None = None

    def show_people(self, proposal: MergeProposal, relations: Mapping[str, Relation]) -> None:
        """Show the members who go, each with who they are in the file that stays."""
        if self._card is not None:
            self._column.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
        focus = QApplication.focusWidget()
        focused = next((who for who, choice in self.twins.items() if choice is focus), None)
        self.twins, self.relations = {}, {}
        same = {each.absorbed_id: each for each in proposal.same_members}
        rows: list[QWidget] = []
        for member in proposal.absorbed.members:
            pair = same.get(member.id)
            twin, why = (pair.kept_id, f"Pourquoi\u00a0: {pair.why}") if pair else (_ALONE, "")
            rows.append(inset(self._row(member, proposal.kept.members, twin, why)))
        self._card = rows_card("Qui est qui\u202f?", rows)
        self._column.addWidget(self._card)
        for member_id, relation in relations.items():
            if member_id in self.relations:
                self.relations[member_id].choose(relation)
        if focused in self.twins:
            self.twins[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def pairs(self) -> dict[str, str]:
        """Return who goes and who they are, as chosen."""
        return {who: key for who, choice in self.twins.items() if (key := choice.current_key())}

    def told(self) -> dict[str, Relation]:
        """Return what those who join are to the reference person, where it is told."""
        return {
            who: Relation(choice.current_key())
            for who, choice in self.relations.items()
            if choice.current_key() and not self.twins[who].current_key()
        }

    def _pair(self, member_id: str) -> None:
        """Two members are never one and the same person: the choice made last holds."""
        twin = self.twins[member_id].current_key()
        for other, choice in self.twins.items():
            if twin and other != member_id and choice.current_key() == twin:
                choice.choose(_ALONE)
        self.paired.emit(self.pairs())

    def _row(self, member: MergeMember, kept: Sequence[MergeMember], twin: str, why: str) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        line = Columns(gap=px(12), weights=(11, 17, 9))
        name = Label(member_words(member), 13, fonts.MEDIUM, wrap=True)
        line.addWidget(name)
        choice = self.twins[member.id] = Choice("")
        choice.setAccessibleName(f"Qui est {member.name} dans le dossier gardé")
        choice.add(_ALONE, "Une autre personne, qui le rejoint")
        for each in kept:
            born = f" ({format_date(each.birth)})" if each.birth else ""
            choice.add(each.id, f"C’est {each.name}{born}")
        choice.choose(twin)
        choice.setToolTip(choice.currentText())
        choice.activated.connect(lambda _index: self._pair(member.id))
        line.addWidget(choice)
        relation = self.relations[member.id] = Choice("Son lien")
        relation.setAccessibleName(f"Lien de {member.name} avec la personne de référence")
        for code, words in RELATION_LABELS.items():
            if code is not Relation.REFERENCE_PERSON:
                relation.add(code, capital(words))
        # Its room stays, so that the lines agree.
        policy = relation.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        relation.setSizePolicy(policy)
        relation.activated.connect(lambda _index: self.related.emit(self.told()))
        line.addWidget(relation)
        column.addLayout(line)
        relation.setVisible(not twin)
        if why:
            column.addWidget(Label(why, 12, tone="muted", wrap=True))
        return row


class Fields(QWidget):
    """What both tell differently. `chose(key, bool)`: whether the value of the one that goes is preferred."""

    chose = Signal(object, bool)

    def __init__(
        self,
        kept: str = "Dossier gardé",
        absorbed: str = "Dossier qui le rejoint",
        alike: str = "Rien ne diffère entre les deux dossiers.",
    ) -> None:
        """Make it empty; `kept` and `absorbed` name what stays and what goes, `alike` says that they agree."""
        super().__init__()
        self._roles, self._alike = (kept, absorbed), alike
        self.radios: dict[tuple[str, str], tuple[Radio, Radio]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._card: Card | None = None

    def show_fields(self, fields: Sequence[FieldComparison], taken: frozenset[tuple[str, str]]) -> None:
        """Show them, grouped by what they are of."""
        if self._card is not None:
            self._column.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
        self.radios = {}
        rows: list[QWidget] = [inset(_header(self._roles), 6)] if fields else []
        for subject, group in groupby(fields, key=lambda each: each.subject):
            rows.append(inset(_subject(subject, [self._row(each, each.key in taken) for each in group])))
        if not fields:
            rows = [inset(Label(self._alike, 13, tone="muted", wrap=True))]
        self._card = rows_card("Ce qui diffère", rows)
        self._column.addWidget(self._card)

    def _row(self, each: FieldComparison, taken: bool) -> QWidget:
        row = QWidget()
        line = Columns(row, gap=px(12), weights=_WEIGHTS)
        label = Label(capital(each.label), 13, fonts.MEDIUM, wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        line.addWidget(_top(label, 5))
        chosen = self._choice(each, taken) if each.outcome is Outcome.CHOOSE else ()
        for radio in chosen:
            line.addWidget(_top(radio, 0))
        for words in () if chosen else (each.kept, each.absorbed):
            line.addWidget(_top(_value(words), 5))
        state = _OUTCOMES.get(each.outcome)
        line.addWidget(_top(StateLabel(state) if state else QWidget(), 5))
        return row

    def _choice(self, each: FieldComparison, taken: bool) -> tuple[Radio, Radio]:
        kept, absorbed = (role[:1].lower() + role[1:] for role in self._roles)
        left = Radio(_short(each.kept), f"{each.label}, {kept}\u00a0: {each.kept}")
        right = Radio(_short(each.absorbed), f"{each.label}, {absorbed}\u00a0: {each.absorbed}")
        (right if taken else left).setChecked(True)
        # They stand in two columns: without a group each would be alone of its parent.
        group = QButtonGroup(left)
        for radio in (left, right):
            group.addButton(radio)
        right.toggled.connect(lambda on: self.chose.emit(each.key, on))
        self.radios[each.key] = left, right
        return left, right


class Along(QWidget):
    """What comes along with the file that goes, with counts, and what to read again afterwards."""

    def __init__(
        self,
        title: str = "Ce qui rejoint le dossier gardé",
        nothing: str = "Rien d’autre\u00a0: tout ce qu’il sait est déjà ici.",
    ) -> None:
        """Make it empty; `nothing` is said when nothing comes along."""
        super().__init__()
        self._title, self._nothing = title, nothing
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._cards: list[Card] = []

    def show_along(self, coming: Sequence[Coming], to_review: Sequence[str]) -> None:
        """Show both; without anything to read again there is no card for it."""
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [rows_card(self._title, [inset(_coming(coming, self._nothing))])]
        if to_review:
            lines = [inset(_line_of(words)) for words in to_review]
            self._cards.append(rows_card("À relire une fois réunis", lines))
        for card in self._cards:
            self._column.addWidget(card)


def member_words(member: MergeMember) -> str:
    """Return a member with their birth date."""
    return f"{member.name}, né·e le {format_date(member.birth)}" if member.birth else member.name


def _header(roles: tuple[str, str]) -> QWidget:
    header = QWidget()
    line = Columns(header, gap=px(12), weights=_WEIGHTS)
    for words in ("", *roles, ""):
        line.addWidget(Label(words, 12, fonts.MEDIUM, "muted"))
    return header


def _subject(words: str, rows: Sequence[QWidget]) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(2))
    column.addWidget(Label(capital(words), 13, fonts.SEMI_BOLD, "muted", wrap=True))
    for row in rows:
        column.addWidget(row)
    return block


def _coming(coming: Sequence[Coming], nothing: str) -> QWidget:
    if not coming:
        return Label(nothing, 13, tone="muted", wrap=True)
    holder = QWidget()
    flow = Flow(holder, gap=8)
    for each in coming:
        words = f"{capital(each.words)}\u00a0: {each.count}"
        flow.addWidget(Pill(State(words, "muted", "arrow-right")))
    return holder


def _line_of(words: str) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(px(8))
    line.addWidget(Mark("alert-triangle", 16, "warn"), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Label(words, 13, wrap=True), 1)
    return holder


def _value(words: str) -> QLabel:
    label = Label(_short(words) or "—", 13, tone="text" if words else "muted", wrap=True)
    label.setToolTip(words if len(words) > _LONGEST else "")
    return label


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _top(content: QWidget, above: int) -> QWidget:
    """Return content at the top of its column, `above` pixels lower so that lines of a row agree."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, px(above), 0, px(above))
    column.addWidget(content)
    column.addStretch(1)
    return holder
