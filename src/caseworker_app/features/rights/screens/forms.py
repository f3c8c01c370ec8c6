"""The form that opens inside a card, with its refusals, « Enregistrer » and « Fermer »; the forms of the tab."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.rights.domain.agreements import AgreementShown
from caseworker_app.features.rights.domain.held import Person
from caseworker_app.features.rights.domain.requests import (
    IDENTITY_CHECK_LABELS,
    OUTCOME_LABELS,
    REQUEST_KIND_LABELS,
    RequestKind,
)
from caseworker_app.features.rights.domain.restriction import RESTRICTION_REASON_LABELS
from caseworker_app.features.rights.domain.shown import RequestShown
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.card_form import CardForm
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.text_zone import PlainText
from caseworker_app.ui_kit.theme import px

REQUEST, ANSWER, EXTEND, LINK, STATEMENT, RESTRICT, LIFT, WITHDRAW = (
    "request", "answer", "extend", "link", "statement", "restrict", "lift", "withdraw",
)  # fmt: skip
SOMEBODY_ELSE = "somebody_else"
Editor = Entry | Choice | PlainText


class RightsForm(CardForm):
    """A form of the tab « Droits »; `sentence` says beforehand what the law asks for."""

    def __init__(self, kind: str, title: str, row_id: str = "", sentence: str = "") -> None:
        """Make it without fields."""
        super().__init__(kind, title, row_id)
        if sentence:
            self.column.addWidget(Label(sentence, 13, tone="muted", wrap=True))

    def line(self, *parts: tuple[str, str, Editor]) -> None:
        """Add fields side by side: for each its name, its label with a letter, its editor."""
        line = Columns(gap=px(12))
        for name, label, editor in parts:
            field = Field(label, _framed(editor) if isinstance(editor, PlainText) else editor)
            if isinstance(editor, PlainText):
                field.label.setBuddy(editor)
                editor.setAccessibleName(label.replace("&", ""))
            self.fields[name], self.editors[name] = field, editor
            line.addWidget(field)
            _on_change(editor, self.edited.emit)
        self.column.addLayout(line)

    def finish(self) -> RightsForm:
        """Add the buttons, once every field is there."""
        self.add_buttons()
        return self

    def typed(self) -> dict[str, str]:
        """Return what every field holds."""
        return {name: _text_of(editor) for name, editor in self.editors.items()}

    def take(self, typed: Mapping[str, Any]) -> None:
        """Show what a draft holds."""
        for name, editor in self.editors.items():
            if name in typed:
                _show(editor, str(typed[name]))

    def submit(self) -> None:
        """Ask for what is typed to be written, once."""
        self.set_busy(True)
        super().submit()


def request_form(people: tuple[Person, ...], day: date) -> RightsForm:
    """Return the form of a new request."""
    form = RightsForm(
        REQUEST, "Nouvelle demande", sentence="La réponse est due dans le mois qui suit sa réception."
    )
    form.line(
        ("kind", "&Droit exercé", _choice(REQUEST_KIND_LABELS, RequestKind.ACCESS)),
        ("received_on", "&Reçue le", _day(day)),
    )
    asking = _choice({p.id: p.name for p in people} | {SOMEBODY_ELSE: "quelqu’un d’autre (tuteur, avocat…)"})
    asking.choose(people[0].id if people else SOMEBODY_ELSE)
    form.line(("member_id", "Demandée &par", asking), ("asked_by", "&Nom, si quelqu’un d’autre", Entry()))
    identity = _choice(IDENTITY_CHECK_LABELS, nothing="Pas encore vérifiée")
    form.line(("identity", "&Identité", identity))
    form.line(("details", "Ce qui est de&mandé", _long()))
    return form.finish()


def answer_form(shown: RequestShown, day: date) -> RightsForm:
    """Return the form of an answer."""
    form = RightsForm(ANSWER, "Répondre à la demande", shown.request.id)
    form.line(
        ("outcome", "&Suite donnée", _choice(OUTCOME_LABELS)), ("answered_on", "Répondu &le", _day(day))
    )
    identity = _choice(IDENTITY_CHECK_LABELS, nothing="Pas encore vérifiée")
    identity.choose(shown.request.identity_check or "")
    form.line(("identity", "&Identité", identity))
    form.line(
        ("text", "Ce qui a été ré&pondu", _long()), ("reason", "&Motif, si refusée même en partie", _long())
    )
    return form.finish()


def extension_form(shown: RequestShown) -> RightsForm:
    """Return the form of two months more."""
    form = RightsForm(
        EXTEND,
        "Prolonger de deux mois",
        shown.request.id,
        "À dire à la personne avec son motif, dans le premier mois.",
    )
    form.line(("reason", "&Motif", _long()))
    return form.finish()


def link_form(shown: RequestShown) -> RightsForm:
    """Return the form that notes which change of the file a request led to."""
    form = RightsForm(
        LINK, "Noter une correction faite", shown.request.id,
        "Corrigez d’abord l’information à sa place, dans le dossier\u202f; choisissez ensuite la modification.",
    )  # fmt: skip
    choice = _choice({each.changeset_id: each.words for each in shown.possible})
    form.line(("changeset_id", "&Modification", choice))
    return form.finish()


def statement_form(shown: RequestShown) -> RightsForm:
    """Return the form of the person's own words, kept beside what is not corrected."""
    form = RightsForm(
        STATEMENT, "Garder la déclaration de la personne", shown.request.id,
        "Quand l’information n’est pas corrigée, les mots de la personne restent à côté.",
    )  # fmt: skip
    form.line(("about", "In&formation contestée", Entry()))
    form.line(("statement", "&Déclaration, dans ses mots", _long()))
    return form.finish()


def restriction_form(day: date) -> RightsForm:
    """Return the form that puts a household under restriction."""
    form = RightsForm(
        RESTRICT, "Limiter le traitement", sentence=(
            "Le dossier reste lisible, mais plus rien ne s’y écrit, ne s’imprime ni ne se transmet, sauf à la personne."
        ),
    )  # fmt: skip
    form.line(("reason", "&Raison", _choice(RESTRICTION_REASON_LABELS)))
    form.line(("starts_on", "&Depuis le", _day(day)), ("until", "À réexaminer &le (facultatif)", _day(None)))
    form.line(("note", "&Note interne", _long()))
    return form.finish()


def lifting_form(restriction_id: str, day: date) -> RightsForm:
    """Return the form that lifts a restriction."""
    form = RightsForm(
        LIFT, "Lever la limitation", restriction_id, "La personne en est prévenue avant (RGPD, art. 18.3)."
    )
    form.line(("told_on", "Personne &prévenue le", _day(day)))
    return form.finish()


def withdrawal_form(agreement: AgreementShown, day: date) -> RightsForm:
    """Return the form by which a household takes an agreement back."""
    form = RightsForm(
        WITHDRAW, f"Retirer l’accord avec {agreement.title}", agreement.id,
        "Plus rien ne lui sera transmis. Ce qui l’a déjà été reste au registre des transmissions.",
    )  # fmt: skip
    form.line(("withdrawn_on", "Re&tiré le", _day(day)))
    return form.finish()


def _choice(labels: Mapping[Any, str], chosen: Any = None, nothing: str = "") -> Choice:
    choice = Choice(nothing or "Choisir\u2026")
    if nothing:
        choice.add("", nothing)
    for code, words in labels.items():
        choice.add(str(code), capital(words))
    if chosen is not None or nothing:
        choice.choose("" if chosen is None else str(chosen))
    return choice


def _day(value: date | None) -> Entry:
    entry = Entry("jj/mm/aaaa", tabular=True)
    entry.setText("" if value is None else format_date(value))
    return entry


def _long() -> PlainText:
    text = PlainText()
    text.setFixedHeight(px(20) * 3 + px(4))
    return text


def _framed(text: PlainText) -> Surface:
    frame = Surface("surface", "field", 6)
    column = QVBoxLayout(frame)
    column.setContentsMargins(px(10), px(7), px(6), px(7))
    column.addWidget(text)
    frame.setFocusProxy(text)
    return frame


def _on_change(editor: Editor, tell: Any) -> None:
    if isinstance(editor, Entry):
        editor.textChanged.connect(lambda _text: tell())
    elif isinstance(editor, Choice):
        editor.currentIndexChanged.connect(lambda _index: tell())
    else:
        editor.textChanged.connect(tell)


def _text_of(editor: QWidget) -> str:
    if isinstance(editor, Entry):
        return editor.text()
    if isinstance(editor, Choice):
        return editor.current_key()
    if isinstance(editor, PlainText):
        return editor.words()
    raise TypeError("an editor of another kind")


def _show(editor: QWidget, words: str) -> None:
    if isinstance(editor, Entry):
        editor.setText(words)
    elif isinstance(editor, Choice):
        editor.choose(words)
    elif isinstance(editor, PlainText):
        editor.set_text(words)
