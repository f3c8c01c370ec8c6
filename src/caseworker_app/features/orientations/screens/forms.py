"""The form of an orientation, with the partner found while its name is typed."""

from __future__ import annotations

from caseworker_app.features.orientations import service
from caseworker_app.features.orientations.domain.agreement import NOTHING_NAMED, consent_words
from caseworker_app.features.orientations.domain.orientation import ANSWER_LABELS, Answer, NewOrientation
from caseworker_app.features.orientations.domain.shown import (
    OrientationShown,
    OrientationsPage,
)
from caseworker_app.features.orientations.screens.desk import OrientationsDesk
from caseworker_app.features.partners.domain.themes import themes_on
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import typeset
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.side_form import SideForm, Work
from caseworker_app.ui_kit.suggestions import suggest

NEW = "new"


def orientation_form(
    desk: OrientationsDesk, page: OrientationsPage, before: OrientationShown | None = None
) -> SideForm:
    """Return the form of a new orientation, or of one to go on with."""
    of = before.orientation if before else None
    title = "Nouvelle orientation" if of is None else "Suite de l’orientation"
    form = SideForm(NEW if of is None else of.id, title, desk.today)
    _partner_line(desk, form, before)
    form.choice(
        "member_id", "P&our", dict(page.people), of.member_id if of else None, nothing="Le ménage entier"
    )
    themes = {theme.code: typeset(f"{theme.group}, {theme.label}") for theme in themes_on(form.today)}
    form.choice("theme", "&Thématique", themes, of.theme if of else None, nothing="Aucune")
    agreed = {each.id: consent_words(each) for each in page.consents}
    if of and of.consent_id:
        agreed.setdefault(of.consent_id, "Accord qui n’est plus en cours")
    form.choice(
        "consent_id", "&Accord du ménage", agreed, of.consent_id if of else None, nothing="Aucun",
        hint=NOTHING_NAMED if not page.consents else "",
    )  # fmt: skip
    form.side_by_side()
    form.day("proposed_on", "&Proposée le", of.proposed_on if of else form.today)
    form.day("meeting_on", "&Rencontre le", of.meeting_on if of else None)
    form.day(
        "answer_due_on", "Réponse atten&due le", of.answer_due_on if of else None,
        hint="Vide\u00a0: le délai usuel du barème",
    )  # fmt: skip
    form.side_by_side()
    form.choice("answer", "Répon&se", ANSWER_LABELS, of.answer if of else None, nothing="Pas encore")
    form.day("answered_on", "Reç&ue le", of.answered_on if of else None)
    form.day("ended_on", "Ter&minée le", of.ended_on if of else None)
    form.long(
        "reason",
        "Motif",
        "Pourquoi cette orientation, tel que le partenaire le lira",
        of.reason if of else "",
    )
    form.long("result", "Résultat", "Ce que cela a donné", of.result if of else "")
    words = "Orientation notée" if of is None else "Orientation mise à jour"
    return form.intend(lambda: _work(desk, form, page.household_id, before), words)


def _partner_line(desk: OrientationsDesk, form: SideForm, before: OrientationShown | None) -> None:
    entry = Entry("Nom, ville ou service")
    entry.setText(before.partner if before else "")
    form.add_entry("partner", "Parte&naire", entry, hint="De l’annuaire\u00a0: choisissez dans la liste")

    def read(words: str) -> list[str]:
        with desk.file.reading() as connection:
            return [label for _key, label in service.partners_like(connection, desk.who, words)]

    suggest(entry, desk.tasks, read)


def _work(desk: OrientationsDesk, form: SideForm, household: str, before: OrientationShown | None) -> Work:
    label = form.text("partner")
    if label is None:
        raise InvalidEntry("Indiquez le partenaire.", "partner")
    same = before.orientation.partner_id if before and before.partner == label else ""
    new = NewOrientation(
        partner_id=same,
        reason=form.text("reason") or "",
        proposed_on=form.needed_date("proposed_on"),
        member_id=form.text("member_id"),
        consent_id=form.text("consent_id"),
        theme=form.text("theme"),
        meeting_on=form.date_of("meeting_on"),
        answer_due_on=form.date_of("answer_due_on"),
        answer=form.chosen("answer", Answer),
        answered_on=form.date_of("answered_on"),
        result=form.text("result"),
        ended_on=form.date_of("ended_on"),
    )
    return lambda: desk.write(household, new, label, before)
