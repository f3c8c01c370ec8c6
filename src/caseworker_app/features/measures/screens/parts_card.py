"""Who else follows the household, and for what part: the card, its rows, the form of one."""

from __future__ import annotations

from PySide6.QtCore import Signal

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.part import ChosenBody, NewPart, Part, part_words, running_first
from caseworker_app.features.measures.domain.shown_measures import ShownMeasures
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import INSET, Card
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.side_form import SideForm, Work
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.suggestions import suggest
from caseworker_app.ui_kit.text import Label

_LEAD, _FOR_A_PART = "lead", "part"
_ROLES = {_FOR_A_PART: "Intervient pour une part", _LEAD: "Chef de file du suivi"}
_NOBODY = (
    "Personne d’autre n’est noté. Parentalité, addictions, budget, voisinage\u00a0: dites ici qui fait quoi, "
    "de quand à quand."
)


class PartsCard(Card):
    """`form_asked(SideForm)`: to be opened at the side."""

    form_asked = Signal(object)

    def __init__(self, desk: MeasuresDesk) -> None:
        """Make it empty."""
        super().__init__("Qui fait quoi", "")
        self.desk = desk
        self._shown: ShownMeasures | None = None
        self.add_one = Button("A&jouter un intervenant", "ghost", "plus", compact=True)
        self.add_one.clicked.connect(lambda: self._ask(None))
        self.add_one.setVisible(desk.may_write)
        self.add_action(self.add_one)
        self.nobody = Label(_NOBODY, 13, tone="muted", wrap=True)
        self.nobody.setContentsMargins(INSET, 0, INSET, INSET)
        self.rows = RowList("Qui fait quoi", height=48, fit=True)
        self.rows.opened.connect(self._open)
        self.add_rows(self.nobody, rule=False)
        self.add_rows(self.rows)

    def show_parts(self, shown: ShownMeasures) -> None:
        """Show who follows the household besides the worker, those at work first."""
        self._shown = shown
        ordered = running_first(shown.parts, shown.day)
        self.rows.set_rows([self._row(each) for each in ordered])
        self.rows.setVisible(bool(ordered))
        self.nobody.setVisible(not ordered)

    def _row(self, part: Part) -> Row:
        title, detail = part_words(part, self.desk.today)
        over = part.ends_on is not None and part.ends_on < self.desk.today
        pill = State("Chef de file", "accent", "flag") if part.leads and not over else None
        return Row(part.id, title, detail, icon="users", pill=pill, done=over, chevron=self.desk.may_write)

    def _open(self, key: str) -> None:
        found = next((each for each in self._shown.parts if each.id == key), None) if self._shown else None
        if found is not None and self.desk.may_write:
            self._ask(found)

    def _ask(self, before: Part | None) -> None:
        if self._shown is not None:
            self.form_asked.emit(part_form(self.desk, self._shown.household_id, before))


def part_form(desk: MeasuresDesk, household: str, before: Part | None = None) -> SideForm:
    """Ask who does what with the household, from when to when, and what is shared with them."""
    title = "Nouvel intervenant" if before is None else "Intervenant"
    form = SideForm("part" if before is None else f"part:{before.id}", title, desk.today)
    form.worth_a_draft = before is None
    offered = _body_line(desk, form, before)
    form.line(
        "part", "&Ce qu’il fait", before.part if before else "", placeholder="Parentalité, budget, soins…"
    )
    form.side_by_side()
    form.choice("role", "Rô&le", _ROLES, _LEAD if before and before.leads else _FOR_A_PART)
    form.line("person", "&Personne à joindre", (before.person or "") if before else "")
    form.side_by_side()
    form.day("starts_on", "&Du", before.starts_on if before else desk.today)
    form.day("ends_on", "&Au", before.ends_on if before else None, hint="Vide\u00a0: en cours")
    form.long("shared", "Partagé avec lui", "ce que le ménage accepte", before.shared if before else "")
    if before is not None and desk.may_send:
        form.way("Fiche de liaison…", "mail", lambda: desk.open_sheet(household, before.id))
    words = "Intervenant ajouté" if before is None else "Intervenant modifié"
    return form.intend(lambda: _work(desk, form, household, before, offered), words)


def _work(
    desk: MeasuresDesk, form: SideForm, household: str, before: Part | None, offered: dict[str, ChosenBody]
) -> Work:
    body = form.text("body") or ""
    chosen = offered.get(body)
    same = before.partner_id if before is not None and before.body == body else None
    new = NewPart(
        body=chosen.name if chosen else body,
        part=form.text("part") or "",
        starts_on=form.needed_date("starts_on"),
        ends_on=form.date_of("ends_on"),
        person=form.text("person"),
        leads=form.text("role") == _LEAD,
        shared=form.text("shared"),
        partner_id=chosen.id if chosen else same,
    )
    if before is None:
        return lambda: service.add_part(desk.file, desk.who, household, new)
    return lambda: service.change_part(desk.file, desk.who, before.id, new, before.version)


def _body_line(desk: MeasuresDesk, form: SideForm, before: Part | None) -> dict[str, ChosenBody]:
    """Ask the body, the partners of the directory being proposed while it is typed; return those proposed by label."""
    entry = Entry("Nom de l’association ou du service")
    entry.setText(before.body if before else "")
    form.add_entry(
        "body", "&Organisme", entry, hint="De l’annuaire\u00a0: choisissez-le\u202f; sinon, son nom"
    )
    offered: dict[str, ChosenBody] = {}

    def read(words: str) -> list[str]:
        with desk.file.reading() as connection:
            found = service.bodies_like(connection, desk.who, words)
        # Two bodies of one name in one town: neither is chosen by its words alone.
        labels = [each.label for each in found]
        offered.update({each.label: each for each in found if labels.count(each.label) == 1})
        return labels

    suggest(entry, desk.tasks, read)
    return offered
